//! The sheet of figures that follow from the tables: means, indices, gaps.

use crate::report::document::{Document, Figure};
use crate::texts::{Texts, fill};

use super::sheet::{Cell, Sheet, Style};

/// Returns the sheet; figures stand in the order of their tables. Their names are those of all data files, the same in
/// every language.
pub(super) fn sheet(document: &Document, name: String, contents: &str, texts: &Texts) -> Sheet {
    let words = &texts.printed.workbook;
    let mut sheet = Sheet::new(name, vec![24, 20, 20, 11, 13, 13, 13, 13, 13]);
    sheet.row(vec![Cell::text(Style::Title, &words.figures_about)]);
    sheet.row(vec![Cell::text(Style::Note, &words.figures_note)]);
    sheet.link(0, contents);
    sheet.row(vec![Cell::text(Style::Link, &words.to_contents)]);
    let number = |text: &str| Cell::text(Style::NumberHead, text);
    let of = |text: &str| number(&fill(text, &[("column", &words.value)]));
    sheet.head_row(vec![
        Cell::text(Style::Head, &words.from_table),
        Cell::text(Style::Head, &words.of_what),
        Cell::text(Style::Head, &words.figure),
        Cell::text(Style::StatusHead, &words.status),
        number(&words.value),
        of(&words.low_of),
        of(&words.high_of),
        of(&words.from_of),
        of(&words.to_of),
    ]);
    for table in document.tables() {
        for figure in document.figures_of(table) {
            sheet.row(cells(figure));
        }
    }
    sheet
}

fn cells(figure: &Figure) -> Vec<Cell> {
    let number = |thousandths: Option<i32>| match thousandths {
        Some(own) => Cell::Number(Style::Figure, f64::from(own) / 1000.0),
        None => Cell::Empty,
    };
    vec![
        Cell::text(Style::Words, &figure.item),
        Cell::text(Style::Words, figure.of.as_deref().unwrap_or_default()),
        Cell::text(Style::Words, figure.name),
        Cell::text(Style::Status, figure.status()),
        number(figure.value),
        number(figure.within.map(|(low, _)| low)),
        number(figure.within.map(|(_, high)| high)),
        number(figure.interval.map(|(low, _)| low)),
        number(figure.interval.map(|(_, high)| high)),
    ]
}
