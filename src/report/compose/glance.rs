//! One printed item at a time, for a list that is looked through: a line of its own, its chart, and all there is about it.

use crate::disclosure::published::{
    Answers, Base, Count, GroupAnswers, MissingShown, PublishedBreakdown, PublishedItem,
};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::Item;
use crate::report::chart::Chart;
use crate::report::document::{Block, Cell, Document, Part};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::item::question;
use super::said::{finding, finest, good};
use super::tables::{cell, label};
use super::{Sources, breakdown, item, picture};

/// How much of an item's answers is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// Every count is written in full.
    Whole,
    /// Some counts are "so many or fewer", hidden, or of answers put together.
    Partly,
    /// No count is printed.
    Nothing,
    /// Words: only how many answered.
    Words,
}

/// One item as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The item.
    pub item: ItemKey,
    /// The place of its section in the survey.
    pub section: usize,
    /// What it asks; of a matrix, its row.
    pub label: String,
    /// All of what it asks.
    pub question: String,
    /// How many gave a favourable answer, in words; where no end is the good one, how many answered.
    pub value: String,
    /// How many gave no answer, in words, where that is printed.
    pub missing: String,
    /// How much is printed.
    pub openness: Openness,
    /// What it is split by.
    pub by: Option<Id>,
}

/// Returns everything that is printed of a survey, in its order. Items a file has no column for are left out.
#[must_use]
pub fn glances(sources: &Sources<'_>) -> Vec<Glance> {
    let mut all = Vec::new();
    for (section, own) in sources.survey.sections().iter().enumerate() {
        for question in own.questions.iter().filter(|question| question.report) {
            for known in sources.survey.items_of(question) {
                if let Some(printed) = sources.published.item(&known.key())
                    && !sources.is_no_column(printed)
                {
                    all.push(glance(sources, section, printed, &known));
                }
            }
        }
    }
    all
}

fn glance(sources: &Sources<'_>, section: usize, printed: &PublishedItem, known: &Item<'_>) -> Glance {
    let whole = question(sources, known);
    let row = known.row.map(|row| sources.asked(&row.text));
    Glance {
        item: known.key(),
        section,
        label: row.unwrap_or_else(|| whole.clone()),
        question: whole,
        value: value(sources, printed, known),
        missing: missing(sources, printed),
        openness: openness(sources, printed),
        by: printed.breakdown.as_ref().map(|own| own.by.clone()),
    }
}

/// How many gave a favourable answer, or answered at all.
fn value(sources: &Sources<'_>, printed: &PublishedItem, known: &Item<'_>) -> String {
    let words = &sources.texts.coordinator.results;
    let hidden = || sources.texts.results.hidden.clone();
    let by_themes = sources.is_of_groups() && printed.answers == Answers::Words;
    if by_themes || sources.is_told_by_hands(printed) {
        return sources.texts.results.hands.in_words.clone();
    }
    match (&printed.answers, printed.base) {
        (Answers::Hidden { .. }, _) | (_, Base::Hidden) => hidden(),
        (Answers::Words, Base::Shown { valid, .. }) => {
            fill(&words.value_answers, &[("n", &sources.number(valid))])
        }
        (Answers::Row { .. }, Base::Shown { valid, .. }) => match good(printed, known) {
            Some(own) => counted_of(sources, own.count, valid),
            None if item::favourable(known).is_some() => hidden(),
            None => fill(&words.value_answered, &[("n", &sources.number(valid))]),
        },
    }
}

fn missing(sources: &Sources<'_>, printed: &PublishedItem) -> String {
    match (&printed.missing, printed.base) {
        (MissingShown::Hidden, _) | (_, Base::Hidden) => sources.texts.results.hidden.clone(),
        (_, Base::Shown { asked, valid }) => sources.number(asked.saturating_sub(valid)),
    }
}

fn openness(sources: &Sources<'_>, printed: &PublishedItem) -> Openness {
    match &printed.answers {
        _ if sources.is_told_by_hands(printed) => Openness::Words,
        Answers::Words => Openness::Words,
        Answers::Hidden { .. } => Openness::Nothing,
        Answers::Row { .. } => {
            let in_full =
                finest(printed).all(|cell| matches!(cell.count, Count::Exact(_)) && cell.what.len() == 1);
            if in_full {
                Openness::Whole
            } else {
                Openness::Partly
            }
        }
    }
}

/// Returns the chart of an item, where a picture says something.
#[must_use]
pub fn chart_of(sources: &Sources<'_>, wanted: &ItemKey) -> Option<Chart> {
    let known = sources.survey.item(wanted)?;
    picture::of_item(sources, sources.published.item(wanted)?, &known)
}

/// Returns the chart of an item's groups, where they are printed.
#[must_use]
pub fn groups_of(sources: &Sources<'_>, wanted: &ItemKey) -> Option<Chart> {
    let known = sources.survey.item(wanted)?;
    let printed = sources.published.item(wanted)?;
    let breakdown = printed.breakdown.as_ref()?;
    let names = breakdown::names(sources, breakdown);
    picture::of_groups(sources, printed, &known, breakdown, &names)
}

/// Returns all there is about an item, without a heading: its sentence, its tables, why others did not answer. `None`
/// when it is not in the release.
#[must_use]
pub fn about(sources: &Sources<'_>, wanted: &ItemKey) -> Option<Document> {
    let known = sources.survey.item(wanted)?;
    let printed = sources.published.item(wanted)?;
    let mut document = Document::new(sources.language(), String::new(), sources.made_up());
    item::write(sources, printed, &known, (3, String::new()), &mut document);
    document
        .blocks
        .retain(|block| !matches!(block, Block::Heading { .. }));
    Some(document)
}

/// What can be explained about an item: why it is printed as it is, by what is public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why nothing is printed, where nothing is.
    pub nothing: Option<String>,
    /// Answers that were put together until they were many enough.
    pub together: Vec<String>,
    /// Whether some count is coded.
    pub coded: bool,
    /// Whether some count is hidden.
    pub hidden: bool,
    /// Groups of people that were put together: the names of each.
    pub groups: Vec<String>,
    /// What they are grouped by, where the question is split.
    pub by: Option<String>,
    /// Whether the groups print no count.
    pub groups_hidden: bool,
    /// Whether the stricter limits hold.
    pub sensitive: bool,
}

/// Explains an item in general: never why a certain cell is as it is, which would tell of it.
#[must_use]
pub fn explained(sources: &Sources<'_>, wanted: &ItemKey) -> Option<Explanation> {
    let known = sources.survey.item(wanted)?;
    let printed = sources.published.item(wanted)?;
    let mut explanation = Explanation {
        sensitive: printed.sensitive,
        ..Explanation::default()
    };
    match &printed.answers {
        _ if sources.is_told_by_hands(printed) => {}
        Answers::Hidden { reason, .. } => {
            explanation.nothing = Some(item::reason(sources, printed, *reason));
            explanation.hidden = true;
        }
        Answers::Row { .. } => {
            let together = finest(printed).filter(|cell| cell.what.len() > 1);
            explanation.together = together.map(|cell| label(sources, &known, &cell.what)).collect();
            explanation.coded =
                finest(printed).any(|cell| matches!(cell.count, Count::AtMost(_) | Count::AtLeast(_)));
            explanation.hidden = finest(printed).any(|cell| cell.count == Count::Hidden);
        }
        Answers::Words => {}
    }
    if let Some(own) = &printed.breakdown {
        explanation.by = Some(sources.variable(&own.by));
        explanation.groups_hidden = matches!(own.answers, GroupAnswers::Hidden { .. });
        explanation.groups = merged(sources, own);
    }
    Some(explanation)
}

fn merged(sources: &Sources<'_>, own: &PublishedBreakdown) -> Vec<String> {
    let names = breakdown::names(sources, own);
    let groups = own.groups.iter().zip(names);
    groups
        .filter(|(group, _)| group.levels.len() > 1)
        .map(|(_, name)| name)
        .collect()
}

/// Returns how many counts of a document's tables are not written in full: coded, and hidden.
#[must_use]
pub fn not_in_full(document: &Document) -> (usize, usize) {
    let cells = || {
        let tables = document.tables().filter(|table| table.part != Part::Background);
        tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells))
    };
    let coded = cells().filter(|cell| matches!(cell, Cell::AtMost(_) | Cell::AtLeast { .. }));
    let hidden = cells().filter(|cell| **cell == Cell::Hidden);
    (coded.count(), hidden.count())
}

/// Returns how many counts of a document's tables by group are hidden.
#[must_use]
pub fn hidden_by_group(document: &Document) -> usize {
    let tables = document.tables().filter(|table| table.part == Part::Breakdown);
    let cells = tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    cells.filter(|cell| **cell == Cell::Hidden).count()
}

/// A group of an item as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// What the group is called.
    pub name: String,
    /// Places of its levels.
    pub levels: Vec<usize>,
    /// Its count, in words.
    pub value: String,
}

/// Returns the groups of an item with their counts; none where no count is printed by group.
#[must_use]
pub fn group_lines(sources: &Sources<'_>, wanted: &ItemKey) -> Vec<GroupLine> {
    let breakdown = sources
        .published
        .item(wanted)
        .and_then(|printed| printed.breakdown.as_ref());
    let Some(own) = breakdown else {
        return Vec::new();
    };
    let names = breakdown::names(sources, own);
    let groups = own.groups.iter().zip(own.counts()).zip(names);
    groups
        .map(|((group, count), name)| GroupLine {
            name,
            levels: group.levels.clone(),
            value: counted_asked(sources, *count, group.people),
        })
        .collect()
}

/// What a question that is split tells of everybody: which answers the groups are told of, and how many of all gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitWhole {
    /// The answers, in words.
    pub answers: String,
    /// How many of all, in words.
    pub value: String,
}

/// Returns the whole of an item in the answers its groups are told of; none where no count is printed by group.
#[must_use]
pub fn split_whole(sources: &Sources<'_>, wanted: &ItemKey) -> Option<SplitWhole> {
    let known = sources.survey.item(wanted)?;
    let printed = sources.published.item(wanted)?;
    let GroupAnswers::Row { what, .. } = &printed.breakdown.as_ref()?.answers else {
        return None;
    };
    let whole = printed.cells().iter().find(|cell| cell.what == *what);
    let value = match (whole, printed.base) {
        (Some(whole), Base::Shown { valid, .. }) => counted_of(sources, whole.count, valid),
        _ => sources.texts.results.hidden.clone(),
    };
    Some(SplitWhole {
        answers: label(sources, &known, what),
        value,
    })
}

/// A count of so many who answered, in words.
fn counted_of(sources: &Sources<'_>, count: Count, of: u32) -> String {
    counted(&sources.texts.coordinator.results.value_of, sources, count, of)
}

/// A count of a group of so many who were asked, in words: how many of them answered is not told, and no share is either.
fn counted_asked(sources: &Sources<'_>, count: Count, of: u32) -> String {
    counted(&sources.texts.coordinator.results.value_asked, sources, count, of)
}

fn counted(text: &str, sources: &Sources<'_>, count: Count, of: u32) -> String {
    match count {
        Count::Exact(count) => {
            let (count, of) = (sources.number(count), sources.number(of));
            fill(text, &[("n", &count), ("of", &of)])
        }
        other => cell_words(&cell(other, of), sources.texts),
    }
}

/// Returns the sentence that the printed numbers of an item say by themselves, where there is one.
#[must_use]
pub fn sentence_of(sources: &Sources<'_>, wanted: &ItemKey) -> Option<String> {
    let known = sources.survey.item(wanted)?;
    finding(sources, sources.published.item(wanted)?, &known)
}
