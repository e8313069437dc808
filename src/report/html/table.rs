//! A table of a page.

use maud::{Markup, html};

use crate::report::document::{Cell, Column, Part, Row, RowKind, Table};
use crate::report::wording::{base_words, table_words};
use crate::texts::{Texts, fill};

use super::{lines, shown};

/// More columns than this do not fit a narrow screen: the table can then be moved sideways.
const NARROW: usize = 5;

/// Tables of so many rows stay on one page of paper.
const SHORT: usize = 8;

/// Returns the table. `place` is that of its block, `number` what it is called by.
pub(super) fn markup(place: usize, table: &Table, number: Option<usize>, texts: &Texts) -> Markup {
    let caption = format!("c{place}");
    let notes = format!("n{place}");
    let described = (!table.notes.is_empty()).then_some(notes.as_str());
    let number = number.map(|number| fill(&texts.paper.table_number, &[("n", &number.to_string())]));
    let inner = html! {
        table aria-describedby=[described] class=[(table.part == Part::Sheet).then_some("sheet")] {
            caption id=(caption) {
                @if let Some(number) = number { strong { (number) } " " }
                (shown(&table.caption))
                @if let Some(base) = base_words(table, texts) { span.base { (base) } }
            }
            thead {
                tr { @for column in &table.columns { th scope="col" class=[class(column)] { (shown(&column.title)) } } }
            }
            tbody { @for row in table.printed_rows() { (row_markup(row, table, texts)) } }
        }
    };
    html! {
        div class=(if table.printed_rows().count() > SHORT { "table" } else { "table short" }) {
            @if table.columns.len() > NARROW {
                div.wide role="group" aria-labelledby=(caption) tabindex="0" { (inner) }
            } @else {
                (inner)
            }
            @if !table.notes.is_empty() {
                div.notes id=(notes) { @for note in &table.notes { p { (shown(note)) } } }
            }
        }
    }
}

fn class(column: &Column) -> Option<&'static str> {
    column.role.is_number().then_some("number")
}

fn row_markup(row: &Row, table: &Table, texts: &Texts) -> Markup {
    let sum = (row.kind == RowKind::Sum).then_some("sum");
    html! {
        tr class=[sum] {
            @for (place, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                @if place == 0 {
                    th scope="row" { (lines(&table_words(table, cell, texts))) }
                } @else {
                    td class=[class_of(cell, column)] { (lines(&table_words(table, cell, texts))) }
                }
            }
        }
    }
}

fn class_of(cell: &Cell, column: &Column) -> Option<&'static str> {
    match cell {
        Cell::AtMost(_) | Cell::AtLeast { .. } => Some("number coded"),
        Cell::Hidden => Some("number hidden"),
        _ => class(column),
    }
}
