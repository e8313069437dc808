//! One item: its sentence and its table of answers.

use crate::disclosure::published::{
    Answers, Base, Category, Cell as PrintedCell, Count, Counted, Grain, PublishedItem, Reason, Share,
};
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::domain::survey::scale::Good;
use crate::report::chart::Chart;
use crate::report::document::{Cell, Document, Kind, Part, Role, Row, RowKind, Table};
use crate::texts::fill;

use super::said::finding;
use super::tables::{blank, cell, column, explain, interval_note, joined, label, share_cell};
use super::{Sources, averages, breakdown, hands, missing, picture};

/// Writes everything printed of an item, under a heading of a level. Papers have the groups in a part of their own.
pub(super) fn write(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (level, heading): (u8, String),
    document: &mut Document,
) {
    document.heading(level, heading);
    let is_paper = document.kind != Kind::Results;
    if let Some(hands) = &printed.hands {
        hands::write(sources, printed, (item, hands), document);
        if sources.is_told_by_hands(printed) {
            return;
        }
    }
    match &printed.answers {
        Answers::Words => document.paragraph(in_words(sources, printed)),
        Answers::Row { counted, form, cells } => {
            if let Some(sentence) = finding(sources, printed, item) {
                document.finding(sentence, vec![item.key().to_string()]);
            }
            let (sentences, figures) = averages::of_item(sources, printed, item);
            if !sentences.is_empty() {
                document.paragraph(sentences.join(" "));
            }
            document.figures.extend(figures);
            // Rows of a matrix stand in one picture above them.
            if is_paper
                && level < 4
                && let Some(chart) = picture::of_item(sources, printed, item)
            {
                document.chart(chart);
            }
            document.table(answers(
                sources,
                printed,
                item,
                (*counted, *form, cells),
                is_paper,
            ));
            if !is_paper {
                breakdown::write(sources, printed, item, document);
            }
            missing::write(sources, printed, item, document);
        }
        Answers::Hidden { reason, cells, .. } => {
            document.table(nothing(sources, printed, item, (*reason, cells)));
            missing::write(sources, printed, item, document);
        }
    }
}

/// How many answered a question in their own words.
pub(super) fn in_words(sources: &Sources<'_>, printed: &PublishedItem) -> String {
    let words = sources.words();
    match printed.base {
        Base::Shown { asked, valid } => fill(
            &words.open,
            &[("n", &sources.number(valid)), ("asked", &sources.number(asked))],
        ),
        Base::Hidden if sources.is_of_groups() => words.groups_open.clone(),
        Base::Hidden => words.base_not_shown.clone(),
    }
}

/// Why nothing is printed, by what is public.
pub(super) fn reason(sources: &Sources<'_>, printed: &PublishedItem, reason: Reason) -> String {
    let words = sources.words();
    match reason {
        Reason::TooFewAnswered => {
            let least = printed.least_answered(sources.published.terms());
            fill(&words.too_few, &[("least", &sources.number(least))])
        }
        Reason::TooFewInterviews => words.too_few_interviews.clone(),
        Reason::BaseNotShown => words.base_not_shown.clone(),
        Reason::Protected => words.not_shown.clone(),
        Reason::NotDecided => words.not_decided.clone(),
        Reason::OptionsDiffer => words.options_differ.clone(),
        Reason::TiedToAnother => words.tied.clone(),
        Reason::GroupsOnly => words.groups_only.clone(),
    }
}

/// The question as it was put, a matrix with its row.
pub(super) fn question(sources: &Sources<'_>, item: &Item<'_>) -> String {
    let text = sources.asked(&item.question.text);
    let ask = item
        .scale
        .filter(|_| item.paired)
        .and_then(|scale| scale.ask.as_ref());
    let row = item.row.map(|row| sources.asked(&row.text));
    let parts = [Some(text), ask.map(|ask| sources.asked(ask)), row];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What tells an item from the others in a list or a picture: the statement of a matrix without what stands over all of
/// them, and else the question.
pub(super) fn short(sources: &Sources<'_>, item: &Item<'_>) -> String {
    item.row
        .map_or_else(|| question(sources, item), |row| sources.asked(&row.text))
}

fn answers(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (counted, form, cells): (Counted, Grain, &[PrintedCell]),
    is_paper: bool,
) -> Table {
    let words = sources.words();
    let people = printed.valid().unwrap_or(0);
    let is_share = |cell: &PrintedCell| cell.share.is_some() && matches!(cell.count, Count::Exact(_));
    // On paper a column of nothing is left out.
    let with_share = people >= u32::from(sources.published.terms().percent_from)
        && (!is_paper || cells.iter().any(is_share));
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    if with_share {
        table.columns.push(column(&words.share, Role::Share));
    }
    let percent_from = sources.published.terms().percent_from;
    let of_asked = |count: Count| printed.part_of_asked(count, percent_from);
    // One per cent says the same as the other where everybody asked has answered.
    let with_asked = cells.iter().any(|cell| of_asked(cell.count).is_some());
    if with_asked {
        table
            .columns
            .push(column(&words.share_of_asked, Role::ShareOfAsked));
    }
    let row = |what: &[Category], kind: RowKind, counted: Count, share: Option<&Share>| {
        let count = match kind {
            RowKind::Merged => Cell::None,
            RowKind::Single | RowKind::Sum => cell(counted, people),
        };
        let label = match (kind, what) {
            (RowKind::Sum, what) => fill(&words.sum, &[("answers", &sources.answers(item, what))]),
            (_, what) => label(sources, item, what),
        };
        let mut cells = vec![Cell::Text(label), count.clone()];
        if with_share {
            cells.push(share_cell(sources, printed, &count, share, people));
        }
        if with_asked {
            cells.push(of_asked(counted).map_or(Cell::None, |(part, of)| Cell::Share {
                part,
                of,
                between: None,
                of_users: None,
            }));
        }
        Row {
            code: joined(what),
            kind,
            cells,
        }
    };
    let mut seen: Vec<&[Category]> = Vec::new();
    let mut merged: Vec<Row> = Vec::new();
    for printed in cells {
        // A band of one level is that level again.
        if seen.contains(&printed.what.as_slice()) {
            continue;
        }
        seen.push(&printed.what);
        let kind = if printed.grain == form {
            RowKind::Single
        } else {
            RowKind::Sum
        };
        table
            .rows
            .push(row(&printed.what, kind, printed.count, printed.share.as_ref()));
        if kind == RowKind::Single && printed.what.len() > 1 {
            let own = printed.what.iter();
            merged
                .extend(own.map(|one| row(std::slice::from_ref(one), RowKind::Merged, Count::Hidden, None)));
        }
    }
    // Data files say last of all which answers have no row of their own.
    table.rows.extend(merged);
    match counted {
        Counted::One => {}
        Counted::Several => table.notes.push(words.many_note.clone()),
        Counted::FirstChoice => table.notes.push(words.first_choice.clone()),
    }
    if table.rows.iter().any(|row| row.kind == RowKind::Sum) {
        table.notes.push(words.sum_note.clone());
    }
    explain(sources, &mut table);
    table.notes.extend(interval_note(sources, printed, &table));
    table
}

/// Returns the picture and the table of an item to stand beside a finding, its code and its name; its values stand in its own
/// table. `None` where nothing is printed.
pub(super) fn shown_beside(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (code, name): (&str, &str),
) -> Option<(Option<Chart>, Table)> {
    let Answers::Row { counted, form, cells } = &printed.answers else {
        return None;
    };
    let mut table = Table {
        item: code.to_owned(),
        name: name.to_owned(),
        part: Part::Summary,
        caption: sources.titled(question(sources, item)),
        ..answers(sources, printed, item, (*counted, *form, cells), true)
    };
    // Summaries have no intervals beside their shares.
    let note = interval_note(sources, printed, &table);
    table.notes.retain(|own| Some(own) != note.as_ref());
    Some((picture::of_item(sources, printed, item), table))
}

/// A table that prints nothing: every cell says so, and one line says why, as far as that is public.
fn nothing(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (why, cells): (Reason, &[PrintedCell]),
) -> Table {
    let words = sources.words();
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    table.rows = cells
        .iter()
        .map(|printed| Row {
            code: joined(&printed.what),
            kind: RowKind::Single,
            cells: vec![Cell::Text(label(sources, item, &printed.what)), Cell::Hidden],
        })
        .collect();
    table.notes.push(reason(sources, printed, why));
    table
}

/// The favourable of two bands, or of two levels; `None` where neither end is the good one.
pub(super) fn favourable<'s>(item: &Item<'s>) -> Option<Vec<&'s Id>> {
    let scale = item.scale?;
    let reverse = item.question.reverse || item.row.is_some_and(|row| row.reverse);
    let high = match scale.good {
        Good::None => return None,
        Good::High => !reverse,
        Good::Low => reverse,
    };
    match (&scale.bands, scale.levels.as_slice()) {
        (Some(bands), _) => {
            let [low_band, high_band] = &bands.two;
            Some((if high { high_band } else { low_band }).iter().collect())
        }
        (None, [first, last]) => Some(vec![if high { &last.code } else { &first.code }]),
        (None, _) => None,
    }
}

/// Returns words with their first letter in upper case.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}
