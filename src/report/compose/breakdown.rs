//! One item by groups of people, as it was printed.

use crate::disclosure::compared::{Difference, apart};
use crate::disclosure::published::{
    Answers, Base, Category, Count, Counted, GroupAnswers, GroupBand, PublishedBreakdown, PublishedGroup,
    PublishedItem,
};
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::report::document::{Block, Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::texts::fill;

use super::item::question;
use super::rounds::{Round, difference_cell, is_wanted};
use super::tables::{captioned, cell, column, explain, joined, label};
use super::{Sources, numbers, picture};

/// The code of those who are of no group.
const NONE: &str = "none";
/// The code of the answers that are not told by groups, all together.
const REST: &str = "rest";
/// More answers than this are not named one by one.
const MOST_NAMED: usize = 3;

/// Writes the groups of an item, where it was decided by groups.
pub(super) fn write(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    document: &mut Document,
) {
    if let Some(breakdown) = &printed.breakdown {
        match table(sources, printed, item, breakdown) {
            Some(table) => document.table(table),
            None => {
                let variable = sources.variable(&breakdown.by);
                let said = fill(&sources.texts.release.by_hidden, &[("variable", &variable)]);
                // With the table of the question, so that it is known what it is about.
                match document.blocks.last_mut() {
                    Some(Block::Table(table)) => table.notes.push(said),
                    _ => document.note(said),
                }
            }
        }
    }
}

/// Returns the groups side by side in every round that was shown by this background, with what sets them apart; `None`
/// where none was, or the wanted question is not there.
#[must_use]
pub fn by_group(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    by: &Id,
    wanted: Option<&str>,
) -> Option<Document> {
    let words = &sources.texts.compare;
    let variable = sources.variable(by);
    let title = sources.evaluation.title.get(sources.language());
    let title = fill(&words.by_title, &[("title", title), ("variable", &variable)]);
    let mut document = Document::new(sources.language(), sources.titled(title), sources.made_up());
    if sources.made_up() {
        document.note(sources.words().made_up.clone());
    }
    document.paragraph(words.by_about.clone());
    document.paragraph(words.by_how.clone());
    let mut found = false;
    for round in rounds {
        let items = sources
            .survey
            .items()
            .filter(|item| item.question.report && wanted.is_none_or(|wanted| is_wanted(item, wanted)));
        let here: Vec<_> = items
            .filter_map(|item| {
                let printed = round.published.item(&item.key())?;
                Some((printed, by_own(printed, by)?, item))
            })
            .collect();
        if !here.is_empty() {
            found = true;
            document.heading(1, round.title);
        }
        let mut hidden = Vec::new();
        for (printed, breakdown, item) in here {
            let Some(mut table) = table(sources, printed, &item, breakdown) else {
                if !matches!(printed.answers, Answers::Words) {
                    hidden.push(numbers::bare(&item.key(), sources.survey, sources.texts));
                }
                continue;
            };
            document.heading(3, question(sources, &item));
            let apart = apart(breakdown, round.published.terms().percent_from);
            let beside = match apart.as_slice() {
                [one] => {
                    two(sources, breakdown, *one, &mut table);
                    None
                }
                all => several(sources, breakdown, all, &table),
            };
            document.table(table);
            document
                .blocks
                .extend(beside.map(|table| Block::Table(Box::new(table))));
        }
        if !hidden.is_empty() {
            let values = [("variable", variable.as_str()), ("items", &hidden.join(", "))];
            document.note(fill(&sources.texts.paper.breakdown_none, &values));
        }
    }
    found.then_some(document)
}

fn by_own<'p>(printed: &'p PublishedItem, by: &Id) -> Option<&'p PublishedBreakdown> {
    printed.breakdown.as_ref().filter(|own| own.by == *by)
}

/// Puts the difference of two groups beside their counts: the second less the first.
fn two(sources: &Sources<'_>, breakdown: &PublishedBreakdown, apart: Option<Difference>, table: &mut Table) {
    let (Some(apart), [one, other]) = (apart, breakdown.groups.as_slice()) else {
        return;
    };
    let (one, other) = (
        names_of(sources, breakdown, one),
        names_of(sources, breakdown, other),
    );
    table.columns.push(Column {
        title: fill(
            &sources.texts.compare.by_difference,
            &[("one", &one.1), ("other", &other.1)],
        ),
        role: Role::Difference,
        group: Some(format!("change={}..{}", one.0, other.0)),
        people: None,
        n: None,
    });
    let told = told_code(breakdown);
    for row in &mut table.rows {
        // The other answers differ by as much the other way.
        row.cells.push(if Some(&row.code) == told.as_ref() {
            difference_cell(&apart)
        } else if row.code == REST {
            turned(difference_cell(&apart))
        } else {
            Cell::None
        });
    }
}

/// The code of the row of the answers that are told by groups.
fn told_code(breakdown: &PublishedBreakdown) -> Option<String> {
    match &breakdown.answers {
        GroupAnswers::Row { what, .. } => Some(joined(what)),
        GroupAnswers::Hidden { .. } => None,
    }
}

fn turned(cell: Cell) -> Cell {
    match cell {
        Cell::Difference { by, low, high } => Cell::Difference {
            by: -by,
            low: -high,
            high: -low,
        },
        other => other,
    }
}

/// A table of each of several groups beside all the others together.
fn several(
    sources: &Sources<'_>,
    breakdown: &PublishedBreakdown,
    apart: &[Option<Difference>],
    beside: &Table,
) -> Option<Table> {
    let words = &sources.texts.compare;
    let rows: Vec<Row> = breakdown
        .groups
        .iter()
        .zip(apart)
        .filter_map(|(group, apart)| {
            let (code, name) = names_of(sources, breakdown, group);
            Some(Row {
                code,
                kind: RowKind::Single,
                cells: vec![Cell::Text(name), difference_cell(apart.as_ref()?)],
            })
        })
        .collect();
    let told = told_code(breakdown)?;
    let told = beside.rows.iter().find(|row| row.code == told)?;
    let answers = told.cells.first()?.text();
    let about = [("item", beside.item.clone()), ("answers", answers.to_owned())];
    (!rows.is_empty()).then(|| Table {
        item: beside.item.clone(),
        name: String::new(),
        part: Part::Breakdown,
        question: beside.question.clone(),
        caption: captioned(sources, &words.by_others, &about),
        n: None,
        asked: None,
        columns: vec![
            column(&words.by_group, Role::Label),
            Column {
                title: words.by_others_difference.clone(),
                role: Role::Difference,
                group: Some(format!("{}=others..own", breakdown.by)),
                people: None,
                n: None,
            },
        ],
        rows,
        notes: Vec::new(),
    })
}

/// The items of a report that were decided by groups.
fn divided<'s>(
    sources: &Sources<'s>,
) -> impl Iterator<Item = (&'s PublishedItem, &'s PublishedBreakdown, Item<'s>)> {
    let published = sources.published;
    let own = sources.survey.items().filter(|item| item.question.report);
    own.filter_map(move |item| {
        let printed = published.item(&item.key())?;
        Some((printed, printed.breakdown.as_ref()?, item))
    })
}

/// Returns the backgrounds that questions were shown by, each once.
#[must_use]
pub fn shown_by<'s>(sources: &Sources<'s>) -> Vec<&'s Id> {
    let mut variables: Vec<&Id> = Vec::new();
    for (_, breakdown, _) in divided(sources) {
        if !variables.contains(&&breakdown.by) {
            variables.push(&breakdown.by);
        }
    }
    variables
}

/// Writes the part of a report where answers stand by groups: each background in turn.
pub(super) fn all(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.paper;
    for by in shown_by(sources) {
        let variable = sources.variable(by);
        document.heading(1, fill(&words.breakdown, &[("variable", &variable)]));
        let mut hidden = Vec::new();
        let mut is_first = true;
        for (printed, breakdown, item) in divided(sources).filter(|(_, breakdown, _)| breakdown.by == *by) {
            let Some(table) = table(sources, printed, &item, breakdown) else {
                if !matches!(printed.answers, Answers::Words) {
                    hidden.push(numbers::bare(&printed.item, sources.survey, sources.texts));
                }
                continue;
            };
            if std::mem::take(&mut is_first) {
                document.paragraph(words.breakdown_about.clone());
            }
            let heading = numbers::headed(&item.key(), sources.survey, &question(sources, &item));
            document.heading(2, heading);
            let names = names(sources, breakdown);
            if let Some(chart) = picture::of_groups(sources, printed, &item, breakdown, &names) {
                document.paragraph(chart.alt.clone());
                document.chart(chart);
            }
            document.table(table);
        }
        if !hidden.is_empty() {
            let values = [("variable", variable.as_str()), ("items", &hidden.join(", "))];
            document.note(fill(&words.breakdown_none, &values));
        }
    }
}

fn table(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    breakdown: &PublishedBreakdown,
) -> Option<Table> {
    let (words, own) = (sources.words(), &sources.texts.release);
    let GroupAnswers::Row {
        what,
        counts,
        complete,
        bands,
    } = &breakdown.answers
    else {
        return None;
    };
    let (n, asked) = match printed.base {
        Base::Shown { asked, valid } => (Some(valid), Some(asked)),
        Base::Hidden => (None, None),
    };
    let mut columns = vec![column(&words.answer, Role::Label)];
    columns.extend(
        breakdown
            .groups
            .iter()
            .map(|group| group_column(sources, breakdown, group)),
    );
    let row = |code: String, kind: RowKind, text: String, cells: Vec<Cell>| Row {
        code,
        kind,
        cells: std::iter::once(Cell::Text(text)).chain(cells).collect(),
    };
    let cells = |counts: &[Count]| -> Vec<Cell> {
        let groups = counts.iter().zip(&breakdown.groups);
        groups.map(|(count, group)| cell(*count, group.people)).collect()
    };
    let rest: Vec<Count> = counts
        .iter()
        .zip(&breakdown.groups)
        .map(|(count, group)| count.rest_of(group.people))
        .collect();
    // The two bands stand before the side they make, which is their sum.
    let is_in = |band: &GroupBand| band.what.iter().all(|answer| what.contains(answer));
    let (told, others): (Vec<&GroupBand>, Vec<&GroupBand>) = bands.iter().partition(|band| is_in(band));
    let side = |bands: &[&GroupBand], code: String, text: String, counts: &[Count]| {
        let single = |band: &&GroupBand| {
            let (code, text) = (joined(&band.what), label(sources, item, &band.what));
            row(code, RowKind::Single, text, cells(&band.counts))
        };
        let (kind, text) = if bands.is_empty() {
            (RowKind::Single, text)
        } else {
            (RowKind::Sum, fill(&words.sum, &[("answers", &text)]))
        };
        let mut rows: Vec<Row> = bands.iter().map(single).collect();
        rows.push(row(code, kind, text, cells(counts)));
        rows
    };
    let mut rows = side(&told, joined(what), label(sources, item, what), counts);
    if *complete {
        let name = rest_name(sources, printed, item, what);
        rows.extend(side(&others, REST.to_owned(), name, &rest));
    } else {
        rows.extend(others.iter().map(|band| {
            let (code, text) = (joined(&band.what), label(sources, item, &band.what));
            row(code, RowKind::Single, text, cells(&band.counts))
        }));
    }
    let variable = sources.variable(&breakdown.by);
    let mut table = Table {
        item: item.key().to_string(),
        name: String::new(),
        part: Part::Breakdown,
        question: question(sources, item),
        caption: captioned(
            sources,
            &own.by_caption,
            &[("variable", variable), ("item", item.key().to_string())],
        ),
        n,
        asked,
        columns,
        rows,
        notes: Vec::new(),
    };
    match &printed.answers {
        Answers::Row {
            counted: Counted::Several,
            ..
        } => table.notes.push(words.many_note.clone()),
        Answers::Row {
            counted: Counted::FirstChoice,
            ..
        } => table.notes.push(words.first_choice.clone()),
        _ => {}
    }
    if table.rows.iter().any(|row| row.kind == RowKind::Sum) {
        table.notes.push(words.sum_note.clone());
    }
    if !complete {
        table.notes.push(own.by_sum_only.clone());
    }
    let is_mixed = |group: &PublishedGroup| {
        let unsaid = |place: &usize| level_of(sources, &breakdown.by, *place).0 == NONE;
        group.levels.len() > 1 && group.levels.iter().any(unsaid)
    };
    if breakdown.groups.iter().any(is_mixed) {
        table
            .notes
            .push(fill(&own.by_unsaid_note, &[("unsaid", &own.by_unsaid)]));
    }
    explain(sources, &mut table);
    Some(table)
}

/// What the other answers are called: by their names where they are few and each person gave one answer.
fn rest_name(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>, what: &[Category]) -> String {
    let others = || sources.texts.release.by_rest.clone();
    let Answers::Row {
        counted: Counted::One,
        cells,
        ..
    } = &printed.answers
    else {
        return others();
    };
    let mut rest: Vec<Category> = Vec::new();
    for answer in cells.iter().flat_map(|cell| &cell.what) {
        if !what.contains(answer) && !rest.contains(answer) {
            rest.push(answer.clone());
        }
    }
    if (1..=MOST_NAMED).contains(&rest.len()) {
        label(sources, item, &rest)
    } else {
        others()
    }
}

/// Returns what the groups of a breakdown are called.
pub(super) fn names(sources: &Sources<'_>, breakdown: &PublishedBreakdown) -> Vec<String> {
    let groups = breakdown.groups.iter();
    groups
        .map(|group| names_of(sources, breakdown, group).1)
        .collect()
}

/// The codes and the names of a group, each of its levels joined.
fn names_of(
    sources: &Sources<'_>,
    breakdown: &PublishedBreakdown,
    group: &PublishedGroup,
) -> (String, String) {
    let names = group
        .levels
        .iter()
        .map(|level| level_of(sources, &breakdown.by, *level));
    let (codes, names): (Vec<String>, Vec<String>) = names.unzip();
    let joint = format!(" {} ", sources.words().and);
    (codes.join("+"), names.join(&joint))
}

fn group_column(sources: &Sources<'_>, breakdown: &PublishedBreakdown, group: &PublishedGroup) -> Column {
    let (codes, names) = names_of(sources, breakdown, group);
    let people = sources.number(group.people);
    let values = [("group", names), ("n", people)];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Column {
        title: fill(&sources.texts.release.by_column, &values),
        role: Role::Count,
        group: Some(format!("{}={codes}", breakdown.by)),
        people: Some(group.people),
        n: None,
    }
}

/// The code and the name of a level of a background, by its place; those of no level come last.
fn level_of(sources: &Sources<'_>, by: &Id, place: usize) -> (String, String) {
    let language = sources.language();
    let none = || (NONE.to_owned(), sources.texts.release.by_unsaid.clone());
    if by.as_str() == "site" {
        let site = sources.evaluation.sites.get(place);
        return site.map_or_else(none, |site| {
            (site.id.to_string(), site.title.get(language).to_owned())
        });
    }
    let mut items = sources.survey.items();
    let item = items.find(|item| item.question.id == *by);
    let options = item.and_then(|item| item.question.kind.choices());
    options
        .and_then(|choices| choices.options.get(place))
        .map_or_else(none, |option| {
            (option.code.to_string(), option.text.get(language).to_owned())
        })
}
