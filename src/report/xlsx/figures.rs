//! The sheet of figures that follow from the tables: means, indices, gaps.

use crate::report::document::{Cell as Shown, Document, Figure, Table};
use crate::texts::{Texts, fill};

use super::sheet::{Cell, Sheet, Style};
use super::table::{name, title};

/// Returns the sheet; figures stand in the order of their tables. What they are is said in words; the names all data
/// files have for it, the same in every language, stand last. `named` is the sheet of a table, where it has one.
pub(super) fn sheet(
    document: &Document,
    own: String,
    (contents, named): (&str, &dyn Fn(&Table) -> Option<String>),
    texts: &Texts,
) -> Sheet {
    let words = &texts.printed.workbook;
    let mut sheet = Sheet::new(own, vec![24, 60, 40, 28, 13, 13, 13, 13, 13, 11, 20, 20, 20]);
    sheet.row(vec![Cell::text(Style::Title, &words.figures_about)]);
    sheet.row(vec![Cell::text(Style::Note, &words.figures_note)]);
    sheet.link(0, contents);
    sheet.row(vec![Cell::text(Style::Link, &words.to_contents)]);
    let number = |text: &str| Cell::text(Style::NumberHead, text);
    let of = |text: &str| number(&fill(text, &[("column", &words.value)]));
    let id = |text: &str| Cell::text(Style::StatusHead, &fill(&words.id_of, &[("column", text)]));
    sheet.head_row(vec![
        Cell::text(Style::Head, &words.from_table),
        Cell::text(Style::Head, &words.about_what),
        Cell::text(Style::Head, &words.of_what),
        Cell::text(Style::Head, &words.figure),
        number(&words.value),
        of(&words.low_of),
        of(&words.high_of),
        of(&words.from_of),
        of(&words.to_of),
        Cell::text(Style::StatusHead, &words.status),
        id(&words.from_table),
        id(&words.of_what),
        id(&words.figure),
    ]);
    for table in document.tables() {
        for figure in document.figures_of(table) {
            let sheet_of = named(table);
            if let Some(named) = &sheet_of {
                sheet.link(0, named);
            }
            sheet.row(cells(figure, table, sheet_of.as_deref(), texts));
        }
    }
    sheet
}

fn cells(figure: &Figure, table: &Table, sheet: Option<&str>, texts: &Texts) -> Vec<Cell> {
    let number = |thousandths: Option<i32>| match thousandths {
        Some(own) => Cell::Number(Style::Figure, f64::from(own) / 1000.0),
        None => Cell::Empty,
    };
    let from = match sheet {
        Some(sheet) => Cell::text(Style::Link, sheet),
        None => Cell::text(Style::Words, name(table)),
    };
    let of = figure.of.as_deref().unwrap_or_default();
    let row = table.rows.iter().find(|row| row.code == of);
    let of_what = row.and_then(|row| row.cells.first()).map_or(of, Shown::text);
    vec![
        from,
        Cell::text(Style::Words, title(table)),
        Cell::text(Style::Words, of_what),
        Cell::text(Style::Words, texts.printed.figure_names.of(figure.name)),
        number(figure.value),
        number(figure.within.map(|(low, _)| low)),
        number(figure.within.map(|(_, high)| high)),
        number(figure.interval.map(|(low, _)| low)),
        number(figure.interval.map(|(_, high)| high)),
        Cell::text(Style::Status, figure.status()),
        Cell::text(Style::Status, &figure.item),
        Cell::text(Style::Status, of),
        Cell::text(Style::Status, figure.name),
    ]
}
