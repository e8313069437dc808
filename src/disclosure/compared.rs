//! Rounds side by side: what each of them printed, and the difference where both printed an exact number.
//!
//! Made of kept releases and nothing else, so it tells nothing they do not tell. Rounds are different people, each
//! with a release of its own. Groups of one round side by side are a breakdown, which is decided with the whole.

use serde::Serialize;

use crate::domain::item::ItemKey;
use crate::stats::confidence::Confidence;
use crate::stats::difference::share_difference;
use crate::stats::run_chart::{RULES_FROM, RunRules, run_chart};
use crate::stats::share::ratio;

pub use crate::stats::difference::Difference;

use super::published::{
    Answers, Category, Cell, Count, Counted, GroupAnswers, Published, PublishedBreakdown, PublishedItem,
};

/// One item over the rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedItem {
    /// The item.
    pub item: ItemKey,
    /// n in each round; `None` where it is not printed.
    pub valid: Vec<Option<u32>>,
    /// Cells that at least two rounds printed, those of fewest answers first.
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
    /// How the rounds lie about their median, where enough of them print the share for rules to say anything.
    pub run: Option<Run>,
}

/// The shares of rounds in time about their median.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// The median share, 0 to 1.
    pub median: f64,
    /// Where each round lies; `None` where it does not print the share.
    pub sides: Vec<Option<Side>>,
    /// What the rules for runs say.
    pub rules: RunRules,
}

/// Where a round lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above the median of all rounds.
    Above,
    /// On it.
    On,
    /// Below it.
    Below,
}

/// From how many rounds on the rules for runs say anything.
pub const RUNS_FROM: usize = RULES_FROM as usize;

/// Two exact counts of two groups of people, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// So many of so many before.
    pub before: (u32, u32),
    /// So many of so many now.
    pub after: (u32, u32),
    /// The share now less the share before, with its 95 % interval; only where both rounds print per cent.
    pub change: Option<Difference>,
}

/// Returns every item that at least two of the rounds hold, in the order of the last. `rounds` stand in time order.
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
    let valid = rounds
        .iter()
        .map(|round| round.and_then(PublishedItem::valid))
        .collect();
    let mut possible: Vec<_> = rounds
        .iter()
        .flatten()
        .filter_map(|printed| answers_of(printed))
        .collect();
    possible.dedup();
    let answers_differ = possible.len() > 1;
    let mut cells: Vec<ComparedCell> = Vec::new();
    for cell in rounds.iter().flatten().flat_map(|printed| printed.cells()) {
        if !answers_differ && cells.iter().all(|known| known.what != cell.what) {
            let over = cell_over(&cell.what, rounds);
            if over.counts.iter().flatten().count() > 1 {
                cells.push(over);
            }
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
fn answers_of(printed: &PublishedItem) -> Option<(Counted, Vec<Category>)> {
    let Answers::Row { counted, cells, .. } = &printed.answers else {
        return None;
    };
    let mut all: Vec<Category> = cells.iter().flat_map(|cell| cell.what.clone()).collect();
    all.sort();
    all.dedup();
    Some((*counted, all))
}

fn cell_over(what: &[Category], rounds: &[Option<&PublishedItem>]) -> ComparedCell {
    let all: Vec<Option<(&Cell, u32)>> = rounds.iter().map(|round| printed_cell(*round, what)).collect();
    ComparedCell {
        what: what.to_vec(),
        counts: all
            .iter()
            .map(|round| round.map(|(cell, _)| cell.count))
            .collect(),
        step: step(&all),
        run: run(&all),
    }
}

/// The shares of the rounds that print one, about their median; there only where the rules may say something.
fn run(rounds: &[Option<(&Cell, u32)>]) -> Option<Run> {
    let share = |round: &Option<(&Cell, u32)>| {
        let (cell, n) = (*round)?;
        match cell.count {
            Count::Exact(count) if cell.share.is_some() => ratio(u64::from(count), u64::from(n)).ok(),
            _ => None,
        }
    };
    let series: Vec<Option<f64>> = rounds.iter().map(share).collect();
    let chart = run_chart(&series).ok()?;
    let side = |share: f64| match share.total_cmp(&chart.median) {
        std::cmp::Ordering::Greater => Side::Above,
        std::cmp::Ordering::Equal => Side::On,
        std::cmp::Ordering::Less => Side::Below,
    };
    Some(Run {
        median: chart.median,
        sides: series.iter().map(|share| share.map(side)).collect(),
        rules: *chart.rules.shown().ok()?,
    })
}

/// A cell of one round with its n, unless it is hidden there.
fn printed_cell<'p>(round: Option<&'p PublishedItem>, what: &[Category]) -> Option<(&'p Cell, u32)> {
    let cell = round?.cells().iter().find(|cell| cell.what == what)?;
    (cell.count != Count::Hidden).then_some((cell, round?.valid()?))
}

fn step(rounds: &[Option<(&Cell, u32)>]) -> Option<Step> {
    let [.., Some((before, before_n)), Some((after, after_n))] = rounds else {
        return None;
    };
    let (Count::Exact(was), Count::Exact(is)) = (before.count, after.count) else {
        return None;
    };
    let percent = before.share.is_some() && after.share.is_some();
    let (before, after) = ((was, *before_n), (is, *after_n));
    Some(Step {
        before,
        after,
        change: percent.then(|| difference(before, after)).flatten(),
    })
}

/// Returns what sets each group of a breakdown apart, in the order of the groups: of two groups the second less the first,
/// once; of more each one less all the others together. There only where everybody answered, so that the groups' sizes are
/// printed n's, where every count on both sides is exact, and from `percent_from` people on each side.
#[must_use]
pub fn apart(breakdown: &PublishedBreakdown, percent_from: u16) -> Vec<Option<Difference>> {
    let GroupAnswers::Row {
        counts,
        complete: true,
        ..
    } = &breakdown.answers
    else {
        return Vec::new();
    };
    let groups: Vec<Option<(u32, u32)>> = counts
        .iter()
        .zip(&breakdown.groups)
        .map(|(count, group)| match count {
            Count::Exact(count) => Some((*count, group.people)),
            _ => None,
        })
        .collect();
    let enough = |side: (u32, u32)| (side.1 >= u32::from(percent_from)).then_some(side);
    if let [first, second] = groups.as_slice() {
        let sides = (*first).and_then(enough).zip((*second).and_then(enough));
        return vec![sides.and_then(|(first, second)| difference(first, second))];
    }
    let of = |own: usize| {
        let others = (0..).zip(&groups).filter(|(place, _)| *place != own);
        let others: Option<Vec<(u32, u32)>> = others.map(|(_, group)| *group).collect();
        let sum = |part: fn(&(u32, u32)) -> u32, all: &[(u32, u32)]| all.iter().map(part).sum::<u32>();
        let others = others.map(|all| (sum(|one| one.0, &all), sum(|one| one.1, &all)))?;
        let own = groups.get(own).copied().flatten()?;
        difference(enough(others)?, enough(own)?)
    };
    (0..groups.len()).map(of).collect()
}

fn difference(before: (u32, u32), after: (u32, u32)) -> Option<Difference> {
    let of = |(count, n): (u32, u32)| (u64::from(count), u64::from(n));
    share_difference(of(after), of(before), Confidence::NinetyFive).ok()
}

#[cfg(test)]
impl Step {
    /// A step of large enough groups, for tests of its words.
    pub(crate) fn made_up(before: (u32, u32), after: (u32, u32)) -> Self {
        Self {
            before,
            after,
            change: difference(before, after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ComparedItem, Side, apart, compare};
    use crate::disclosure::made_up::standard;
    use crate::disclosure::published::{Category, Count, GroupAnswers, PublishedBreakdown, PublishedGroup};
    use crate::stats::made_up::id;
    use crate::stats::made_up::{on_five, one_of, records_of, survey};

    /// Yes and no in each round.
    fn yes_and_no(rounds: &[(usize, usize)]) -> ComparedItem {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let rounds: Vec<_> = rounds
            .iter()
            .map(|(yes, no)| standard(&survey, &records_of(&survey, "q", &[("y", *yes), ("n", *no)])))
            .collect();
        compare(&rounds.iter().collect::<Vec<_>>()).remove(0)
    }

    #[test]
    fn two_exact_counts_have_a_difference_with_its_interval() {
        let compared = yes_and_no(&[(12, 13), (19, 8)]);
        let yes = &compared.cells[0];
        assert_eq!(yes.counts, [Some(Count::Exact(12)), Some(Count::Exact(19))]);
        assert_eq!(compared.valid, [Some(25), Some(27)]);
        let change = yes.step.unwrap().change.unwrap();
        assert!((change.difference - (19.0 / 27.0 - 12.0 / 25.0)).abs() < 1e-12);
        // By hand from Wilson's bounds: 12 of 25 [0.3003, 0.6650], 19 of 27 [0.5152, 0.8415].
        let interval = change.interval;
        assert!((interval.low - -0.0404).abs() < 1e-3 && (interval.high - 0.4501).abs() < 1e-3);
    }

    fn groups(of: &[(Count, u32)], complete: bool) -> PublishedBreakdown {
        PublishedBreakdown {
            by: id("site"),
            groups: of
                .iter()
                .enumerate()
                .map(|(place, (_, people))| PublishedGroup {
                    levels: vec![place],
                    people: *people,
                })
                .collect(),
            answers: GroupAnswers::Row {
                what: vec![Category::Code(id("y"))],
                counts: of.iter().map(|(count, _)| *count).collect(),
                complete,
                bands: Vec::new(),
            },
        }
    }

    #[test]
    fn two_groups_have_one_difference_where_both_are_exact_and_everybody_answered() {
        let exact = [(Count::Exact(12), 25), (Count::Exact(19), 27)];
        let [Some(apart_by)] = apart(&groups(&exact, true), 20)[..] else {
            panic!("one difference");
        };
        assert!((apart_by.difference - (19.0 / 27.0 - 12.0 / 25.0)).abs() < 1e-12);
        let interval = apart_by.interval;
        assert!((interval.low - -0.0404).abs() < 1e-3 && (interval.high - 0.4501).abs() < 1e-3);
        // How many of a group answered is not printed.
        assert!(apart(&groups(&exact, false), 20).is_empty());
        assert_eq!(apart(&groups(&exact, true), 26), [None]);
        let coded = [(Count::Exact(12), 25), (Count::AtLeast(22), 27)];
        assert_eq!(apart(&groups(&coded, true), 20), [None]);
    }

    #[test]
    fn each_of_several_groups_stands_beside_the_others_together() {
        let exact = [
            (Count::Exact(12), 25),
            (Count::Exact(19), 27),
            (Count::Exact(10), 20),
        ];
        let all = apart(&groups(&exact, true), 20);
        let of: Vec<f64> = all.iter().map(|one| one.unwrap().difference).collect();
        let expected = [
            12.0 / 25.0 - 29.0 / 47.0,
            19.0 / 27.0 - 22.0 / 45.0,
            10.0 / 20.0 - 31.0 / 52.0,
        ];
        assert!(
            of.iter()
                .zip(expected)
                .all(|(got, want)| (got - want).abs() < 1e-12)
        );
        let coded = [exact[0], (Count::AtLeast(22), 27), exact[2]];
        assert_eq!(apart(&groups(&coded, true), 20), [None, None, None]);
    }

    #[test]
    fn a_coded_count_has_no_difference() {
        let compared = yes_and_no(&[(12, 13), (24, 3)]);
        let yes = &compared.cells[0];
        assert_eq!(yes.counts, [Some(Count::Exact(12)), Some(Count::AtLeast(22))]);
        assert_eq!(yes.step, None);
    }

    #[test]
    fn fewer_people_than_per_cent_are_printed_for_have_counts_and_no_difference() {
        let step = yes_and_no(&[(8, 7), (12, 13)]).cells[0].step.unwrap();
        assert_eq!((step.before, step.after), ((8, 15), (12, 25)));
        assert_eq!(step.change, None);
    }

    #[test]
    fn the_difference_is_to_the_round_before_the_last() {
        let step = yes_and_no(&[(20, 5), (12, 13), (16, 9)]).cells[0].step.unwrap();
        assert_eq!((step.before, step.after), ((12, 25), (16, 25)));
    }

    #[test]
    fn a_round_that_prints_nothing_leaves_nothing_to_compare() {
        let compared = yes_and_no(&[(4, 3), (12, 13)]);
        assert!(compared.cells.is_empty() && !compared.answers_differ);
    }

    #[test]
    fn ten_rounds_on_two_sides_of_their_median_are_a_signal_and_nine_say_nothing() {
        let low_then_high = |low: usize, high: usize| {
            let rounds: Vec<(usize, usize)> = std::iter::repeat_n((10, 15), low)
                .chain(std::iter::repeat_n((15, 10), high))
                .collect();
            yes_and_no(&rounds).cells.remove(0).run
        };
        assert_eq!(low_then_high(4, 5), None);
        let run = low_then_high(5, 5).unwrap();
        assert_eq!(
            (run.rules.longest_run, run.rules.crossings, run.rules.is_signal),
            (5, 1, true)
        );
        assert_eq!(
            (run.sides[0], run.sides[9]),
            (Some(Side::Below), Some(Side::Above))
        );
        let there_and_back: Vec<(usize, usize)> = (0..10)
            .map(|round| if round % 2 == 0 { (10, 15) } else { (15, 10) })
            .collect();
        assert!(
            !yes_and_no(&there_and_back).cells[0]
                .run
                .as_ref()
                .unwrap()
                .rules
                .is_signal
        );
    }

    #[test]
    fn other_answers_are_not_compared() {
        let (old, new) = (
            survey("1", vec![one_of("q", "yn")]),
            survey("2", vec![one_of("q", "ynx")]),
        );
        let one = standard(&old, &records_of(&old, "q", &[("y", 12), ("n", 13)]));
        let other = standard(&new, &records_of(&new, "q", &[("y", 9), ("n", 8), ("x", 8)]));
        let compared = compare(&[&one, &other]);
        assert!(compared[0].answers_differ && compared[0].cells.is_empty());
    }

    #[test]
    fn every_compared_count_stands_in_its_own_release() {
        let survey = survey("1", vec![on_five("q")]);
        let counts = |of: [usize; 5]| -> Vec<(&str, usize)> {
            ["a", "b", "c", "d", "e"].into_iter().zip(of).collect()
        };
        let rounds = [[1, 2, 6, 10, 11], [2, 2, 2, 3, 20], [6, 6, 6, 6, 6]];
        let rounds = rounds.map(|of| standard(&survey, &records_of(&survey, "q", &counts(of))));
        let compared = compare(&rounds.iter().collect::<Vec<_>>());
        assert!(!compared[0].cells.is_empty());
        for cell in &compared[0].cells {
            for (count, round) in cell.counts.iter().zip(&rounds) {
                let own = round.items()[0].cells().iter().find(|own| own.what == cell.what);
                let own = own.map(|own| own.count).filter(|own| *own != Count::Hidden);
                assert_eq!(*count, own);
            }
        }
    }
}
