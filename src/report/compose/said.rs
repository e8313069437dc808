//! Figures as sentences: never more than the figures carry.
//!
//! A sentence is a printed value in words. Where it says "most" or "in the middle", that follows from the printed
//! values whatever the others are.

use crate::disclosure::published::{
    Answers, Category, Cell as PrintedCell, Count, Counted, Grain, PublishedItem,
};
use crate::domain::survey::Item;
use crate::report::document::Cell;
use crate::report::wording::{cell_words, share_words};
use crate::texts::number::whole;
use crate::texts::{Texts, fill};

use super::Sources;
use super::item::favourable;

/// From how many people on a sentence says per cent beside the count: fewer are read as people.
const PERCENT_FROM: u32 = 100;

/// Returns so many of so many in words; `None` where no number is printed. `percent` is whether per cent are printed.
#[must_use]
pub(super) fn who(count: Count, n: u32, percent: bool, texts: &Texts) -> Option<String> {
    let words = &texts.paper.said;
    let people = whole(u64::from(n), texts.language());
    let text = match count {
        Count::Hidden => return None,
        Count::Exact(0) => &words.nobody,
        Count::Exact(count) if count == n => &words.everybody,
        Count::Exact(_) if percent && n >= PERCENT_FROM => &words.of_percent,
        Count::Exact(_) | Count::AtMost(_) | Count::AtLeast(_) => &words.of,
    };
    let (said, share) = match count {
        Count::Exact(count) => (Cell::Exact(count), share_words(count, n, texts.language())),
        Count::AtMost(bound) => (Cell::AtMost(bound), String::new()),
        Count::AtLeast(bound) => (Cell::AtLeast { bound, of: n }, String::new()),
        Count::Hidden => return None,
    };
    let count = cell_words(&said, texts);
    Some(fill(
        text,
        &[("count", &count), ("n", &people), ("percent", &share)],
    ))
}

/// Returns the sentence of an item: how many gave a favourable answer or, where no end is the good one, which answer
/// most gave. `None` where the printed values carry neither.
#[must_use]
pub(super) fn finding(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Option<String> {
    let Answers::Row { counted, .. } = &printed.answers else {
        return None;
    };
    let n = printed.valid()?;
    let words = &sources.texts.paper.said;
    let (cell, text) = match good(printed, item) {
        Some(cell) => (cell, &words.answered),
        None if favourable(item).is_some() => return None,
        None => {
            let text = match counted {
                Counted::One => &words.most_answered,
                Counted::Several => &words.most_chose,
                Counted::FirstChoice => &words.most_first,
            };
            (most(printed, n)?, text)
        }
    };
    let who = who(cell.count, n, cell.share.is_some(), sources.texts)?;
    let answers = sources.answers(item, &cell.what);
    Some(fill(text, &[("who", &who), ("answers", &answers)]))
}

/// Returns the cell of the favourable answers, where it is printed.
#[must_use]
pub(super) fn good<'p>(printed: &'p PublishedItem, item: &Item<'_>) -> Option<&'p PrintedCell> {
    if !matches!(printed.answers, Answers::Row { .. }) {
        return None;
    }
    let wanted = favourable(item)?;
    let is_wanted = |cell: &&PrintedCell| {
        let among = |category: &Category| matches!(category, Category::Code(code) if wanted.contains(&code));
        cell.what.len() == wanted.len() && cell.what.iter().all(among)
    };
    printed
        .cells()
        .iter()
        .find(is_wanted)
        .filter(|cell| cell.count != Count::Hidden)
}

/// The answer more people gave than any other, whatever stands behind the coded counts.
fn most(printed: &PublishedItem, n: u32) -> Option<&PrintedCell> {
    let finest: Vec<&PrintedCell> = finest(printed).collect();
    let [_, _, ..] = finest.as_slice() else {
        return None;
    };
    finest.iter().copied().find(|cell| {
        let (low, _) = cell.count.bounds(n);
        let others = finest.iter().filter(|other| other.what != cell.what);
        let rest = others.map(|other| other.count.bounds(n).1).max().unwrap_or(n);
        low > rest
    })
}

/// The finest printed cells.
pub(super) fn finest(printed: &PublishedItem) -> impl Iterator<Item = &PrintedCell> {
    let form = match &printed.answers {
        Answers::Row { form, .. } => Some(*form),
        Answers::Hidden { .. } | Answers::Words => None,
    };
    printed
        .cells()
        .iter()
        .filter(move |cell| Some(cell.grain) == form)
}

/// Returns which level stands in the middle of the answers put in order, where the printed row fixes it.
#[must_use]
pub(super) fn middle(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Option<String> {
    let scale = item
        .scale
        .filter(|scale| scale.is_ordered() && scale.levels.len() > 2)?;
    let Answers::Row {
        form: Grain::Levels,
        cells,
        ..
    } = &printed.answers
    else {
        return None;
    };
    let n = printed.valid().filter(|n| *n > 0)?;
    let levels: Vec<Category> = scale
        .levels
        .iter()
        .map(|level| Category::Code(level.code.clone()))
        .collect();
    let upper = |position: u32| place_of(position, &levels, cells, n);
    let (low, high) = (upper(n.div_ceil(2))?, upper(n / 2 + 1)?);
    let words = &sources.texts.paper.said;
    let said = |place: usize| {
        levels
            .get(place)
            .map(|level| sources.answers(item, std::slice::from_ref(level)))
    };
    Some(if low == high {
        fill(&words.median, &[("answers", &said(low)?)])
    } else {
        fill(
            &words.median_between,
            &[("low", &said(low)?), ("high", &said(high)?)],
        )
    })
}

/// The place of the level that the answer at this position (from 1) has, for every set of counts that prints the same.
fn place_of(position: u32, levels: &[Category], cells: &[PrintedCell], n: u32) -> Option<usize> {
    let below = |place: usize| bounds_up_to(place, levels, cells, n);
    (0..levels.len()).find(|place| {
        let (_, most_before) = below(*place);
        let (least_with, _) = below(place + 1);
        most_before < position && position <= least_with
    })
}

/// The least and the most people the first so many levels can have together, from every printed cell and sum.
fn bounds_up_to(place: usize, levels: &[Category], cells: &[PrintedCell], n: u32) -> (u32, u32) {
    let (first, rest) = levels.split_at(place.min(levels.len()));
    let sum = |part: &[Category]| {
        let bounds = part.iter().map(|level| {
            let cell = cells.iter().find(|cell| cell.what == std::slice::from_ref(level));
            cell.map_or((0, n), |cell| cell.count.bounds(n))
        });
        let (low, high) = bounds.fold((0_u32, 0_u32), |(low, high), (l, h)| {
            (low.saturating_add(l), high.saturating_add(h))
        });
        let whole = cells
            .iter()
            .find(|cell| cell.what == part)
            .map(|cell| cell.count.bounds(n));
        whole.map_or((low, high.min(n)), |(l, h)| (low.max(l), high.min(h)))
    };
    let (low, high) = sum(first);
    let (rest_low, rest_high) = sum(rest);
    (
        low.max(n.saturating_sub(rest_high)),
        high.min(n.saturating_sub(rest_low)),
    )
}

#[cfg(test)]
mod tests;
