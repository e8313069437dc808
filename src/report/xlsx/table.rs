//! A table as a sheet: beside every count its status and its bounds.

use crate::report::document::{Cell as Shown, Part, Role, Row, RowKind, Table, Value};
use crate::report::wording::{base_words, share};
use crate::texts::{Texts, fill};

use super::chart::{Look, NativeChart, Series};
use super::sheet::{Cell, Sheet, Style};

/// Widths of columns, in digits.
const LABEL: usize = 46;
const NUMBER: usize = 13;
/// Letters of a remark on one line.
const REMARK: usize = 110;
/// A picture of more bars is not read.
const MOST_BARS: usize = 24;

/// Whether a table holds numbers of its own, so that a workbook has a sheet for it.
pub(super) fn has_values(table: &Table) -> bool {
    !matches!(table.part, Part::Sheet | Part::Summary)
        && table
            .columns
            .iter()
            .any(|column| !matches!(column.role, Role::Label | Role::Figure))
}

/// Returns the sheet of a table. `said` is what was found about its item, in a sentence.
pub(super) fn sheet(
    table: &Table,
    name: String,
    (contents, said): (&str, Option<&str>),
    texts: &Texts,
) -> Sheet {
    let words = &texts.printed.workbook;
    let mut widths = Vec::new();
    let mut head = Vec::new();
    for column in &table.columns {
        let of = |text: &str| fill(text, &[("column", &column.title)]);
        let number = |words: &str| Cell::text(Style::NumberHead, words);
        match column.role {
            Role::Label => {
                head.push(Cell::text(Style::Head, &column.title));
                let place = widths.len();
                widths.push(if place == 0 { label_width(table) } else { LABEL });
            }
            Role::Count => {
                head.push(number(&column.title));
                head.push(Cell::text(Style::StatusHead, &of(&words.status_of)));
                head.push(number(&of(&words.low_of)));
                head.push(number(&of(&words.high_of)));
                widths.extend([NUMBER; 4]);
            }
            Role::Difference => {
                head.push(number(&column.title));
                head.push(number(&of(&words.low_of)));
                head.push(number(&of(&words.high_of)));
                widths.extend([NUMBER; 3]);
            }
            Role::Share => {
                head.push(number(&column.title));
                head.push(number(&of(&words.from_of)));
                head.push(number(&of(&words.to_of)));
                if knows_users(table) {
                    head.push(number(&of(&words.users_from_of)));
                    head.push(number(&of(&words.users_to_of)));
                }
                widths.extend(vec![NUMBER; share_columns(table)]);
            }
            Role::Words => {
                head.push(Cell::text(Style::Head, &column.title));
                widths.push(LABEL);
            }
            Role::ShareOfAsked | Role::Figure => {
                head.push(number(&column.title));
                widths.push(NUMBER);
            }
        }
    }
    let beside = widths.len();
    let mut sheet = Sheet::new(name, widths);
    sheet.row(vec![Cell::text(Style::Title, title(table))]);
    let about = base_words(table, texts).map_or_else(
        || table.caption.clone(),
        |base| format!("{}. {base}", table.caption),
    );
    sheet.row(vec![Cell::text(Style::Note, &about)]);
    sheet.link(0, contents);
    let mut beside_link = vec![Cell::text(Style::Link, &words.to_contents)];
    for (said, number) in [(&words.answered, table.n), (&words.asked, table.asked)] {
        if number.is_some() {
            beside_link.extend([Cell::text(Style::Note, said), Cell::count(number)]);
        }
    }
    sheet.row(beside_link);
    sheet.head_row(head);
    let mut values = table.values().into_iter();
    for row in &table.rows {
        sheet.row(cells(table, row, &mut values));
    }
    sheet.chart = chart(table, sheet.head + 1, beside + 1, texts).map(|chart| NativeChart {
        said: said.unwrap_or(&chart.title).to_owned(),
        ..chart
    });
    for note in table.notes.iter().filter(|note| !is_of_brackets(note, texts)) {
        sheet.row(Vec::new());
        for line in lines(note) {
            sheet.row(vec![Cell::text(Style::Note, &line)]);
        }
    }
    sheet
}

/// Whether a remark explains brackets, which are columns of their own here.
fn is_of_brackets(note: &str, texts: &Texts) -> bool {
    let words = &texts.results.report;
    let with_number = words.users_note.split('{').next().unwrap_or_default();
    note == words.interval_note || (!with_number.is_empty() && note.starts_with(with_number))
}

/// What a table is about: the question, where it is of one.
pub(super) fn title(table: &Table) -> &str {
    if table.question.is_empty() {
        &table.caption
    } else {
        &table.question
    }
}

/// What its sheet is called.
pub(super) fn name(table: &Table) -> &str {
    if table.name.is_empty() {
        title(table)
    } else {
        &table.name
    }
}

/// As wide as the longest label, within reason.
fn label_width(table: &Table) -> usize {
    let labels = table.rows.iter().filter_map(|row| row.cells.first());
    let longest = labels.map(|cell| cell.text().chars().count()).max().unwrap_or(0);
    (longest + 2).clamp(16, LABEL)
}

/// The cells of a row; `values` are the values of the table from this row on.
fn cells<'t>(table: &Table, row: &Row, values: &mut impl Iterator<Item = Value<'t>>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (column, shown) in table.columns.iter().zip(&row.cells) {
        match column.role {
            Role::Label | Role::Figure => cells.push(Cell::text(Style::Words, shown.text())),
            Role::Words => {
                let said = values.next().and_then(|value| value.words).unwrap_or_default();
                cells.push(Cell::text(Style::Words, said));
            }
            Role::Count => {
                let value = values.next();
                let bounds = value.and_then(|value| value.bounds);
                cells.push(Cell::count(value.and_then(|value| value.count)));
                cells.push(Cell::text(
                    Style::Status,
                    value.map_or("none", |value| value.status),
                ));
                cells.push(Cell::count(bounds.map(|(low, _)| low)));
                cells.push(Cell::count(bounds.map(|(_, high)| high)));
            }
            Role::Difference => {
                let points = |hundredths: i32| Cell::Number(Style::Points, f64::from(hundredths) / 100.0);
                match values.next().and_then(|value| value.difference) {
                    Some((by, low, high)) => cells.extend([by, low, high].map(points)),
                    None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
                }
            }
            Role::Share => cells.extend(shares(shown).into_iter().take(share_columns(table))),
            Role::ShareOfAsked => cells.extend(shares(shown).into_iter().take(1)),
        }
    }
    cells
}

/// Whether a table has intervals that know how many use the service.
fn knows_users(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.any(|cell| {
        matches!(
            cell,
            Shown::Share {
                of_users: Some(_),
                ..
            }
        )
    })
}

/// How many columns a share and its intervals take.
fn share_columns(table: &Table) -> usize {
    if knows_users(table) { 5 } else { 3 }
}

/// A share, its interval, and the one that knows the number of users.
fn shares(shown: &Shown) -> [Cell; 5] {
    let Shown::Share {
        part,
        of,
        between,
        of_users,
    } = shown
    else {
        return [const { Cell::Empty }; 5];
    };
    let style = if *of >= 100 {
        Style::FineShare
    } else {
        Style::Share
    };
    let bound = |bound: i32| Cell::Number(style, f64::from(bound) / 1_000_000.0);
    let both = |interval: &Option<(i32, i32)>| match interval {
        Some((low, high)) => [bound(*low), bound(*high)],
        None => [Cell::Empty, Cell::Empty],
    };
    let ([low, high], [users_low, users_high]) = (both(between), both(of_users));
    let own = Cell::Number(style, (share(*part, *of) * 1_000_000.0).round() / 1_000_000.0);
    [own, low, high, users_low, users_high]
}

/// Bars of the counts, where none of them is hidden: a picture with holes would be taken for one with zeros. Counts told
/// by their bounds are drawn where there is one count an answer.
fn chart(table: &Table, first_row: usize, column: usize, texts: &Texts) -> Option<NativeChart> {
    let singles: Vec<&Row> = table
        .rows
        .iter()
        .take_while(|row| row.kind == RowKind::Single)
        .collect();
    let rest = table.rows.get(singles.len()..).unwrap_or_default();
    let together = rest.iter().all(|row| row.kind != RowKind::Single);
    if !together || singles.len() < 2 || singles.len() > MOST_BARS {
        return None;
    }
    let mut series = Vec::new();
    let mut place = 0;
    for (nr, shown) in table.columns.iter().enumerate() {
        if shown.role == Role::Count {
            let cells: Vec<&Shown> = singles.iter().filter_map(|row| row.cells.get(nr)).collect();
            series.push((shown.title.as_str(), place, cells));
        }
        place += match shown.role {
            Role::Label | Role::ShareOfAsked | Role::Words | Role::Figure => 1,
            Role::Count => 4,
            Role::Share => share_columns(table),
            Role::Difference => 3,
        };
    }
    let is_exact = |cells: &[&Shown]| cells.iter().all(|cell| matches!(cell, Shown::Exact(_)));
    let (series, stacked) = match &series[..] {
        [] => return None,
        [(title, place, cells)] if !is_exact(cells) => (bounds(title, *place, cells, texts)?, true),
        all if all.iter().all(|(_, _, cells)| is_exact(cells)) => {
            let exact = all.iter().map(|(title, place, cells)| Series {
                name: (*title).to_owned(),
                column: *place,
                values: cells.iter().map(|cell| exact_of(cell)).collect(),
                look: Look::Numbered,
            });
            (exact.collect(), false)
        }
        _ => return None,
    };
    Some(NativeChart {
        title: title(table).to_owned(),
        said: String::new(),
        first_row,
        column,
        labels: singles
            .iter()
            .map(|row| row.cells.first().map_or("", Shown::text).to_owned())
            .collect(),
        series,
        stacked,
    })
}

const fn exact_of(cell: &Shown) -> Option<u32> {
    match cell {
        Shown::Exact(count) => Some(*count),
        _ => None,
    }
}

/// The counts of a column with their bounds: the most behind the least, the exact ones in front; `None` where one is
/// neither.
fn bounds(title: &str, place: usize, cells: &[&Shown], texts: &Texts) -> Option<Vec<Series>> {
    let mut all: [Vec<Option<u32>>; 3] = Default::default();
    for cell in cells {
        let of_cell = match cell {
            Shown::Exact(count) => [None, None, Some(*count)],
            Shown::AtMost(bound) => [Some(*bound), Some(0), None],
            Shown::AtLeast { bound, of } => [Some(*of), Some(*bound), None],
            _ => return None,
        };
        for (own, value) in all.iter_mut().zip(of_cell) {
            own.push(value);
        }
    }
    let words = &texts.printed.workbook;
    let of = |text: &str| fill(text, &[("column", title)]);
    let named = [
        (of(&words.high_of), place + 3, Look::Hatched),
        (of(&words.low_of), place + 2, Look::Filled),
        (title.to_owned(), place, Look::Numbered),
    ];
    let series = named.into_iter().zip(all);
    Some(
        series
            .map(|((name, column, look), values)| Series {
                name,
                column,
                values,
                look,
            })
            .collect(),
    )
}

/// Breaks a remark into lines, so that it widens no column.
fn lines(words: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.chars().count() + word.chars().count() >= REMARK);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
