//! Rounds side by side: what each of them printed, and the difference where both printed an exact number.
//!
//! Made of kept releases and nothing else, so it tells nothing they do not tell. Rounds are different people, each
//! with a release of its own. Groups of one round side by side are a breakdown, which is decided with the whole.

use serde::Serialize;

use crate::domain::item::ItemKey;
use crate::stats::change::{Change, change};

use super::published::{Answers, Category, Cell, Count, Counted, Grain, Published, PublishedItem};

/// One item over the rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedItem {
    /// The item.
    pub item: ItemKey,
    /// n in each round; `None` where it is not printed.
    pub valid: Vec<Option<u32>>,
    /// Cells that every round printing the item has, finest first.
    pub cells: Vec<ComparedCell>,
    /// Whether rounds gave other answers to choose between, so that nothing is compared.
    pub answers_differ: bool,
}

/// One cell over the rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedCell {
    /// The answers counted together.
    pub what: Vec<Category>,
    /// The count in each round, as it was printed; `None` where the round printed no such cell.
    pub counts: Vec<Option<Count>>,
    /// From the last round but one to the last: what changed, where both counts are exact.
    pub step: Option<Step>,
}

/// Two exact counts of two groups of people, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// So many of so many before.
    pub before: (u32, u32),
    /// So many of so many now.
    pub after: (u32, u32),
    /// The difference of the shares with its 95 % interval; only where both rounds print per cent.
    pub change: Option<Change>,
}

/// Returns every item that at least two of the rounds printed, in the order of the last. `rounds` stand in time order.
#[must_use]
pub fn compare(rounds: &[&Published]) -> Vec<ComparedItem> {
    let Some(last) = rounds.last() else {
        return Vec::new();
    };
    let compared = last.items().iter().filter_map(|item| {
        let all: Vec<Option<&PublishedItem>> = rounds.iter().map(|round| round.item(&item.item)).collect();
        let there = all.iter().flatten().count();
        (there > 1 && !matches!(item.answers, Answers::Words)).then(|| item_over(&item.item, &all))
    });
    compared.collect()
}

fn item_over(key: &ItemKey, rounds: &[Option<&PublishedItem>]) -> ComparedItem {
    let valid = rounds.iter().map(|round| round.and_then(PublishedItem::valid)).collect();
    let mut known: Vec<(Counted, Vec<Category>)> = Vec::new();
    for printed in rounds.iter().flatten() {
        if let Some(answers) = possible(printed)
            && !known.contains(&answers)
        {
            known.push(answers);
        }
    }
    let answers_differ = known.len() > 1;
    let mut cells: Vec<ComparedCell> = Vec::new();
    for cell in rounds.iter().flatten().flat_map(|printed| printed.cells()) {
        let is_new = cell.count != Count::Hidden && cells.iter().all(|known| known.what != cell.what);
        if is_new && !answers_differ {
            cells.push(cell_over(&cell.what, rounds));
        }
    }
    // Single answers first, as in every other table.
    cells.sort_by_key(|cell| cell.what.len());
    ComparedItem {
        item: key.clone(),
        valid,
        cells,
        answers_differ,
    }
}

/// How a printed row counts, and every answer in it; nothing where it prints nothing.
fn possible(printed: &PublishedItem) -> Option<(Counted, Vec<Category>)> {
    let Answers::Row { counted, cells, .. } = &printed.answers else {
        return None;
    };
    let mut all: Vec<Category> = cells.iter().flat_map(|cell| cell.what.clone()).collect();
    all.sort();
    all.dedup();
    Some((*counted, all))
}

fn cell_over(what: &[Category], rounds: &[Option<&PublishedItem>]) -> ComparedCell {
    let of = |printed: &Option<&PublishedItem>| {
        let printed = (*printed)?;
        let cell = printed.cells().iter().find(|cell| cell.what == what)?;
        (cell.count != Count::Hidden).then_some((cell, printed.valid()?))
    };
    let all: Vec<Option<(&Cell, u32)>> = rounds.iter().map(of).collect();
    ComparedCell {
        what: what.to_vec(),
        counts: all.iter().map(|round| round.map(|(cell, _)| cell.count)).collect(),
        step: step(&all),
    }
}

fn step(rounds: &[Option<(&Cell, u32)>]) -> Option<Step> {
    let [.., Some((before, before_n)), Some((after, after_n))] = rounds else {
        return None;
    };
    let (Count::Exact(was), Count::Exact(is)) = (before.count, after.count) else {
        return None;
    };
    let shares = before.share.as_ref().zip(after.share.as_ref());
    Some(Step {
        before: (was, *before_n),
        after: (is, *after_n),
        change: shares.and_then(|(before, after)| change(before, after)),
    })
}

impl ComparedCell {
    /// Returns whether the cell is a single answer.
    #[must_use]
    pub const fn is_single(&self) -> bool {
        self.what.len() == 1
    }
}

/// Returns how coarse the finest cells of a round's item are; `None` where it prints nothing.
#[must_use]
pub const fn grain(printed: &PublishedItem) -> Option<Grain> {
    match &printed.answers {
        Answers::Row { form, .. } => Some(*form),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::disclosure::made_up::standard;
    use crate::disclosure::published::Count;
    use crate::stats::made_up::{one_of, records_of, survey};

    fn step(before: (usize, usize), after: (usize, usize)) -> (Vec<Option<Count>>, Option<(f64, f64, f64)>) {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let round = |(yes, no)| standard(&survey, &records_of(&survey, "q", &[("y", yes), ("n", no)]));
        let (one, other) = (round(before), round(after));
        let compared = compare(&[&one, &other]);
        let cell = compared[0].cells.first().unwrap();
        let change = cell.step.and_then(|step| step.change);
        (
            cell.counts.clone(),
            change.map(|change| (change.change, change.low, change.high)),
        )
    }

    #[test]
    fn two_exact_counts_have_a_difference_with_its_interval() {
        let (counts, change) = step((12, 13), (19, 8));
        assert_eq!(counts, [Some(Count::Exact(12)), Some(Count::Exact(19))]);
        let (change, low, high) = change.unwrap();
        assert!((change - (19.0 / 27.0 - 12.0 / 25.0)).abs() < 1e-9);
        // By hand from Wilson's bounds: 12 of 25 [0.3001, 0.6650], 19 of 27 [0.5152, 0.8415].
        assert!((low - -0.0404).abs() < 1e-4 && (high - 0.4501).abs() < 5e-4, "{low} {high}");
    }

    #[test]
    fn a_coded_count_has_no_difference() {
        let (counts, change) = step((12, 13), (24, 3));
        assert_eq!(counts, [Some(Count::Exact(12)), Some(Count::AtLeast(22))]);
        assert_eq!(change, None);
    }

    #[test]
    fn fewer_people_than_per_cent_are_printed_for_have_no_interval() {
        let (_, change) = step((8, 7), (12, 13));
        assert_eq!(change, None);
    }

    #[test]
    fn other_answers_are_not_compared() {
        let (old, new) = (survey("1", vec![one_of("q", "yn")]), survey("2", vec![one_of("q", "ynx")]));
        let one = standard(&old, &records_of(&old, "q", &[("y", 12), ("n", 13)]));
        let other = standard(&new, &records_of(&new, "q", &[("y", 9), ("n", 8), ("x", 8)]));
        let compared = compare(&[&one, &other]);
        assert!(compared[0].answers_differ && compared[0].cells.is_empty());
    }
}
