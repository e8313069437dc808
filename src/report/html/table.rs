//! A table of a page.

use maud::{Markup, html};

use crate::report::document::{Cell, Column, Part, Role, Row, RowKind, Table};
use crate::report::wording::{base_words, table_words};
use crate::texts::{Texts, fill};

use super::{lang, lines, shown, spoken};

/// More columns than this do not fit a narrow screen: the table can then be moved sideways.
const NARROW: usize = 5;

/// More characters than this do not fit a narrow screen side by side, beside the labels: headings break between words only.
const WORDS: usize = 36;

/// Tables of so many rows stay on one page of paper.
const SHORT: usize = 8;

/// More columns than this do not fit a page of paper: there the table stands in parts, each with its labels.
const FITS_PAPER: usize = 8;
/// So many columns a part has beside its labels.
const PART: usize = 6;

/// Returns the table. `place` is that of its block, `number` what it is called by.
pub(super) fn markup(place: usize, table: &Table, number: Option<usize>, texts: &Texts) -> Markup {
    let own = texts.language();
    let caption = format!("c{place}");
    let notes = format!("n{place}");
    let described = (!table.notes.is_empty()).then_some(notes.as_str());
    let number = number.map(|number| fill(&texts.paper.table_number, &[("n", &number.to_string())]));
    let above = html! {
        caption id=(caption) {
            @if let Some(number) = &number { strong { (number) } " " }
            (spoken(&table.caption, own))
            @if let Some(base) = base_words(table, texts) { span.base { (base) } }
        }
    };
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let has_figures = table.columns.iter().any(|column| column.role == Role::Figure);
    let is_parted = all.len() > FITS_PAPER;
    let whole = grid(table, &all, (described, &above), texts);
    html! {
        div class=(if table.printed_rows().count() > SHORT { "table" } else { "table short" }) {
            @if all.len() > NARROW || (all.len() == NARROW && has_figures) || words_beside(table) > WORDS {
                div class=(wide(all.len(), is_parted)) role="group" aria-labelledby=(caption) tabindex="0" {
                    (whole)
                }
                @if is_parted { div.on-paper { (parts(table, number.as_deref(), texts)) } }
            } @else {
                (whole)
            }
            @if !table.notes.is_empty() {
                div.notes id=(notes) { @for note in &table.notes { p lang=[lang(note, own)] { (shown(note)) } } }
            }
        }
    }
}

/// Returns how many characters the longest words of the headings take that stand side by side.
fn words_beside(table: &Table) -> usize {
    let headings = table.columns.iter().skip(1);
    let longest = headings.map(|column| {
        let words = column.title.split([' ', '-']);
        words.map(|word| word.chars().count()).max().unwrap_or(0)
    });
    longest.sum()
}

/// How a table that may be moved sideways looks: one of many columns has smaller letters on paper.
const fn wide(columns: usize, is_parted: bool) -> &'static str {
    match (columns > NARROW, is_parted) {
        (_, true) => "wide on-screen",
        (true, false) => "wide many",
        (false, false) => "wide",
    }
}

/// The table in parts, for paper.
fn parts(table: &Table, number: Option<&str>, texts: &Texts) -> Markup {
    let values: Vec<usize> = (1..table.columns.len()).collect();
    html! {
        @for (nr, part) in values.chunks(PART).enumerate() {
            @let columns: Vec<usize> = std::iter::once(0).chain(part.iter().copied()).collect();
            @let words = if nr == 0 {
                table.caption.clone()
            } else {
                fill(&texts.printed.continued, &[("caption", &table.caption)])
            };
            @let above = html! {
                caption {
                    @if let Some(number) = number { strong { (number) } " " }
                    (spoken(&words, texts.language()))
                }
            };
            (grid(table, &columns, (None, &above), texts))
        }
    }
}

/// The cells of so many columns, under a caption.
fn grid(
    table: &Table,
    columns: &[usize],
    (described, above): (Option<&str>, &Markup),
    texts: &Texts,
) -> Markup {
    let heads = || columns.iter().filter_map(|place| table.columns.get(*place));
    html! {
        table aria-describedby=[described] class=[(table.part == Part::Sheet).then_some("sheet")] {
            (above)
            thead {
                tr { @for column in heads() { th scope="col" class=[class(column)] lang=[lang(&column.title, texts.language())] { (shown(&column.title)) } } }
            }
            tbody { @for row in table.printed_rows() { (row_markup(row, columns, table, texts)) } }
        }
    }
}

fn class(column: &Column) -> Option<&'static str> {
    column.role.is_number().then_some("number")
}

fn row_markup(row: &Row, columns: &[usize], table: &Table, texts: &Texts) -> Markup {
    let cells = columns
        .iter()
        .filter_map(|place| Some((*place, row.cells.get(*place)?, table.columns.get(*place)?)));
    let sum = (row.kind == RowKind::Sum).then_some("sum");
    html! {
        tr class=[sum] {
            @for (place, cell, column) in cells {
                @let words = table_words(table, cell, texts);
                @let other = lang(&words, texts.language());
                @if place == 0 {
                    th scope="row" lang=[other] { (lines(&words)) }
                } @else {
                    td class=[class_of(cell, column)] lang=[other] { (lines(&words)) }
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
