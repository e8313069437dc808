//! Figures as sentences: never more than the figures carry.
//!
//! A sentence is a printed value in words. Where it says "most", that follows from the printed values whatever the
//! others are.

use crate::disclosure::published::{Answers, Category, Cell as PrintedCell, Count, Counted, PublishedItem};
use crate::domain::localized::Localized;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::report::document::Cell;
use crate::report::wording::{cell_words, share_words};
use crate::texts::number::whole;
use crate::texts::{Texts, fill};

use super::Sources;
use super::item::{favourable, short};

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
            let most = most(printed, n)?;
            let text = match (counted, is_one_answer(&most.what)) {
                (Counted::One, true) => &words.most_answered,
                (Counted::Several, true) => &words.most_chose,
                (Counted::FirstChoice, true) => &words.most_first,
                (Counted::One, false) => &words.answered,
                (Counted::Several, false) => &words.chose,
                (Counted::FirstChoice, false) => &words.put_first,
            };
            (most, text)
        }
    };
    let who = who(cell.count, n, cell.share.is_some(), sources.texts)?;
    if favourable(item).is_some()
        && let Some(said) = statement(item)
    {
        let said = said.get(sources.language());
        return Some(fill(&words.says, &[("who", &who), ("said", said)]));
    }
    let answers = sources.answers(item, &cell.what);
    Some(fill(text, &[("who", &who), ("answers", &answers)]))
}

/// Whether an item asks how important something is, beside how it was: what matters to somebody is no good answer about
/// the service. The first scale of two is that one.
pub(super) fn matters(item: &Item<'_>) -> bool {
    let QuestionKind::Matrix { scales, .. } = &item.question.kind else {
        return false;
    };
    item.paired && scales.first() == item.key().scale_id()
}

/// What those say who give a favourable answer, as the survey has it.
pub(super) fn statement<'s>(item: &Item<'s>) -> Option<&'s Localized> {
    match item.row {
        Some(row) => row.said.as_ref().filter(|_| !matters(item)),
        None => item.question.said.as_ref(),
    }
}

/// Returns the finding of an item as a sentence that stands alone: with the question before it, where the survey does not
/// say what a good answer means.
#[must_use]
pub(super) fn alone(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Option<String> {
    let said = finding(sources, printed, item)?;
    if statement(item).is_some() && good(printed, item).is_some() {
        return Some(said);
    }
    Some(after(&short(sources, item), &said))
}

/// Returns what was said after what was asked: a statement that does not end like a sentence gets a colon.
#[must_use]
pub(super) fn after(asked: &str, said: &str) -> String {
    let mark = if asked.ends_with(['?', '.', '!', ':', '…']) {
        ""
    } else {
        ":"
    };
    format!("{asked}{mark} {said}")
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

/// Whether it is one answer that people could give. That more gave any of several than one other says nothing: it depends
/// on which are put together, and on how wide a band is.
fn is_one_answer(what: &[Category]) -> bool {
    match what {
        [Category::Code(_)] => true,
        [Category::Numbers(from, to)] => from == to,
        [Category::Years(from, to)] => from == to,
        _ => false,
    }
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

#[cfg(test)]
mod tests;
