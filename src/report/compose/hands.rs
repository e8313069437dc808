//! Hands of groups, in words.

use crate::disclosure::published::{HowMany, PublishedHands, PublishedItem};
use crate::domain::survey::Item;
use crate::report::document::{Cell, Document, Part, Role, Row, RowKind};
use crate::texts::fill;

use super::Sources;
use super::tables::{blank, column, joined, label};

/// Writes how many raised a hand for each option, in words.
pub(super) fn write(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    (item, hands): (&Item<'_>, &PublishedHands),
    document: &mut Document,
) {
    let words = &sources.texts.results.hands;
    let said = |how_many: HowMany| match how_many {
        HowMany::Few => words.few.clone(),
        HowMany::Divided => words.divided.clone(),
        HowMany::Most => words.most.clone(),
    };
    let (groups, people) = (sources.number(hands.groups), sources.number(hands.people));
    document.paragraph(fill(&words.base, &[("groups", &groups), ("people", &people)]));
    let mut table = blank(sources, printed, item);
    // Of those who raised hands, not of those who were asked alone.
    table.part = Part::Hands;
    (table.n, table.asked) = (Some(hands.people), None);
    table.columns = vec![
        column(&sources.words().answer, Role::Label),
        column(&words.column, Role::Words),
    ];
    table.rows = hands
        .answers
        .iter()
        .map(|answer| {
            let what = std::slice::from_ref(&answer.what);
            Row {
                code: joined(what),
                kind: RowKind::Single,
                cells: vec![
                    Cell::Text(label(sources, item, what)),
                    Cell::Text(said(answer.said)),
                ],
            }
        })
        .collect();
    table.notes.push(words.note.clone());
    document.table(table);
}
