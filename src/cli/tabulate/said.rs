//! What is said of how a file was read, and of what could not be: never what stands there.

use std::io;

use crate::domain::survey::Survey;
use crate::import::answers::wrong::{Why, WrongCell};
use crate::import::answers::{Unreadable, WhatWasRead};
use crate::texts::fill;
use crate::texts::number::{plural, whole};

use super::super::settings::Settings;
use super::super::surroundings::Surroundings;

/// How many wrong cells are named unless somebody wants all that are listed.
const NAMED: usize = 10;

/// Says how the file was read and everything in it that could not be: never what stands there.
pub(super) fn say_what_was_read(read: &WhatWasRead, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.tabulate;
    let number = |value: u64| whole(value, settings.language());
    let mut lines = Vec::new();
    if !settings.quiet {
        let delimiter = match read.delimiter {
            b'\t' => "tab".to_owned(),
            other => {
                let quoted = &settings.texts.results.report.quoted;
                fill(quoted, &[("answer", &char::from(other).to_string())])
            }
        };
        lines.push(fill(
            &words.read_as,
            &[("n", &number(read.rows)), ("delimiter", &delimiter)],
        ));
        if !read.unused.is_empty() {
            let named = read.unused.iter().map(|name| match name.trim() {
                "" => words.unnamed.as_str(),
                name => name,
            });
            let columns = named.collect::<Vec<_>>().join(", ");
            lines.push(fill(&words.unused, &[("columns", &columns)]));
        }
        if !read.for_groups.is_empty() {
            lines.push(fill(
                &words.for_groups,
                &[("columns", &read.for_groups.join(", "))],
            ));
        }
        if !read.absent.is_empty() {
            let items: Vec<String> = read.absent.iter().map(ToString::to_string).collect();
            lines.push(fill(&words.absent, &[("items", &items.join(", "))]));
        }
    }
    if read.empty_rows > 0 {
        let text = plural(read.empty_rows, &words.empty_rows_one, &words.empty_rows);
        lines.push(fill(text, &[("n", &number(read.empty_rows))]));
    }
    if let Some((row, over)) = read.only_long {
        lines.push(fill(
            &words.only_long,
            &[("row", &number(row)), ("lines", &number(over))],
        ));
    }
    for unsure in &read.unsure {
        let text = plural(unsure.answers, &words.unsure_one, &words.unsure);
        let (n, item) = (number(unsure.answers), unsure.item.to_string());
        let values = [
            ("n", n.as_str()),
            ("item", &item),
            ("columns", &unsure.on.join(", ")),
        ];
        lines.push(fill(text, &values));
    }
    let wrong = &read.wrong;
    if !wrong.listed.is_empty() {
        lines.push(words.wrong_list.clone());
        let shown = if settings.verbose { usize::MAX } else { NAMED };
        lines.extend(
            wrong
                .listed
                .iter()
                .take(shown)
                .map(|wrong| wrong_line(wrong, read, settings)),
        );
        let named = u64::try_from(shown.min(wrong.listed.len())).unwrap_or(u64::MAX);
        let more = (wrong.cells + wrong.rows).saturating_sub(named);
        if more > 0 {
            lines.push(fill(&words.wrong_more, &[("n", &number(more))]));
        }
    }
    for line in lines {
        surroundings.output.note(&line);
    }
}

fn wrong_line(wrong: &WrongCell, read: &WhatWasRead, settings: &Settings) -> String {
    let words = &settings.texts.tabulate;
    let row = whole(wrong.row, settings.language());
    let why = why(wrong.why, settings);
    let column = wrong.column.and_then(|column| read.columns.get(column));
    match column {
        Some(column) => fill(
            &words.wrong_cell_at,
            &[("row", &row), ("column", column), ("why", why)],
        ),
        None => fill(&words.wrong_row_at, &[("row", &row), ("why", why)]),
    }
}

fn why(why: Why, settings: &Settings) -> &str {
    let words = &settings.texts.tabulate.why;
    let said = match why {
        Why::NoSuchAnswer => &words.no_such_answer,
        Why::NoNumber => &words.no_number,
        Why::NoDate => &words.no_date,
        Why::OutsideLimits => &words.outside_limits,
        Why::TooManyDecimals => &words.too_many_decimals,
        Why::HowManyOptions => &words.how_many_options,
        Why::NotAlone => &words.not_alone,
        Why::Twice => &words.twice,
        Why::NotAsked => &words.not_asked,
        Why::Check => &words.check,
        Why::ShortRow => &words.short_row,
        Why::LongRow => &words.long_row,
    };
    said.as_str()
}

/// Returns why a file gives no tables: as a name, and in words.
pub(super) fn unreadable(
    why: &Unreadable,
    name: &str,
    survey: &Survey,
    settings: &Settings,
) -> (&'static str, String) {
    let words = &settings.texts.tabulate;
    let (id, text) = match why {
        Unreadable::Io(error) if error.kind() == io::ErrorKind::NotFound => ("not_found", &words.not_found),
        Unreadable::Io(_) => ("not_read", &words.not_read),
        Unreadable::Empty => ("empty", &words.empty),
        Unreadable::NotText => ("not_text", &words.not_text),
        Unreadable::NoColumn(Some(_)) => ("no_column", &words.no_column),
        Unreadable::NoColumn(None) => ("only_groups", &words.only_groups),
        Unreadable::OnlyForGroups(_) => ("only_groups", &words.groups_question),
        Unreadable::ColumnTwice(_) => ("column_twice", &words.twice),
        Unreadable::RowTooLong(_) => ("row_too_long", &words.row_too_long),
        Unreadable::OpenQuote(_) => ("open_quote", &words.open_quote),
        Unreadable::NoSuchColumn(_) => ("no_such_column", &words.no_such_column),
        Unreadable::MissingIsAnswer { .. } => ("missing_is_answer", &words.missing_is_answer),
    };
    let (column, word) = match why {
        Unreadable::ColumnTwice(column)
        | Unreadable::NoSuchColumn(column)
        | Unreadable::OnlyForGroups(column) => (column.as_str(), ""),
        Unreadable::MissingIsAnswer { column, word } => (column.as_str(), word.as_str()),
        _ => ("", ""),
    };
    let row = match why {
        Unreadable::RowTooLong(row) | Unreadable::OpenQuote(row) => whole(*row, settings.language()),
        _ => String::new(),
    };
    let item = match why {
        Unreadable::NoColumn(Some(item)) => item.to_string(),
        _ => String::new(),
    };
    let values = [
        ("file", name),
        ("survey", survey.parts().title.get(settings.language())),
        ("column", column),
        ("row", &row),
        ("word", word),
        ("item", &item),
    ];
    (id, fill(text, &values))
}
