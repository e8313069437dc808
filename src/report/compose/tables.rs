//! What tables of items are built of: captions, columns, cells, and the lines below them.

use crate::disclosure::published::{Base, Category, Count, PublishedItem, Share};
use crate::disclosure::users::share_of_users;
use crate::domain::survey::Item;
use crate::report::document::{Cell, Column, Part, Role, Table, millionths};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;
use super::item::question;

fn caption(sources: &Sources<'_>, item: &Item<'_>) -> String {
    captioned(
        sources,
        &sources.words().caption,
        &[("item", item.key().to_string())],
    )
}

pub(super) fn captioned(sources: &Sources<'_>, text: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    sources.titled(fill(text, &values))
}

pub(super) fn column(title: &str, role: Role) -> Column {
    Column {
        title: title.to_owned(),
        role,
        group: None,
        people: None,
        n: None,
    }
}

pub(super) fn cell(count: Count, people: u32) -> Cell {
    match count {
        Count::Exact(count) => Cell::Exact(count),
        Count::AtMost(bound) => Cell::AtMost(bound),
        Count::AtLeast(bound) => Cell::AtLeast { bound, of: people },
        Count::Hidden => Cell::Hidden,
    }
}

/// The base of a question that was meant for everybody: only those may be taken for a part of all users.
fn everybody(sources: &Sources<'_>, people: u32) -> Base {
    Base::Shown {
        asked: sources.published.interviews(),
        valid: people,
    }
}

/// A share beside an exact count, with its interval.
pub(super) fn share_cell(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    count: &Cell,
    share: Option<&Share>,
    people: u32,
) -> Cell {
    let users = sources
        .users()
        .filter(|_| printed.base == everybody(sources, people));
    match (count, share) {
        (Cell::Exact(part), Some(share)) => Cell::Share {
            part: *part,
            of: people,
            between: Some((millionths(share.low), millionths(share.high))),
            of_users: users
                .and_then(|users| share_of_users(*part, people, users))
                .map(|(low, high)| (millionths(low), millionths(high))),
        },
        _ => Cell::None,
    }
}

/// Returns a table of this item without rows.
pub(super) fn blank(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Table {
    let (n, asked) = match printed.base {
        Base::Shown { asked, valid } => (Some(valid), Some(asked)),
        Base::Hidden => (None, None),
    };
    Table {
        item: item.key().to_string(),
        name: String::new(),
        part: Part::Answers,
        question: question(sources, item),
        caption: caption(sources, item),
        n,
        asked,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

/// What the interval beside a share says, and of whom.
pub(super) fn interval_note(sources: &Sources<'_>, printed: &PublishedItem, table: &Table) -> Option<String> {
    let words = sources.words();
    let shares = || {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| matches!(cell, Cell::Share { .. }))
    };
    shares().next()?;
    let users = sources
        .users()
        .filter(|_| printed.base == everybody(sources, printed.valid().unwrap_or(0)));
    let has_interval = shares().any(|cell| cell.interval().is_some());
    let (text, users) = match users {
        Some(users) if has_interval => (&words.users_note, users),
        Some(users) => (&words.all_users_note, users),
        None => return has_interval.then(|| words.interval_note.clone()),
    };
    Some(fill(text, &[("users", &sources.number(users))]))
}

/// One answer as it is, answers put together quoted.
pub(super) fn label(sources: &Sources<'_>, item: &Item<'_>, what: &[Category]) -> String {
    match what {
        [one] => sources.answer(item, one),
        what => sources.answers(item, what),
    }
}

/// Returns categories put together, as data files name them.
#[must_use]
pub fn joined(what: &[Category]) -> String {
    let name = |category: &Category| match category {
        Category::Code(code) => code.to_string(),
        Category::Numbers(from, to) => format!("{from}_{to}"),
        Category::Years(from, to) => format!("{from}_{to}"),
        Category::Outside => "outside".to_owned(),
    };
    what.iter().map(name).collect::<Vec<_>>().join("+")
}

/// One line where something is coded or hidden. The same words whatever the reason.
pub(super) fn explain(sources: &Sources<'_>, table: &mut Table) {
    let words = sources.words();
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let hidden = cells().any(|cell| *cell == Cell::Hidden);
    let mut notes = Vec::new();
    let mut codes: Vec<(bool, u32, String)> = cells()
        .filter_map(|cell| {
            let words = || cell_words(cell, sources.texts);
            match cell {
                Cell::AtMost(bound) => Some((false, *bound, words())),
                Cell::AtLeast { bound, .. } => Some((true, *bound, words())),
                _ => None,
            }
        })
        .collect();
    codes.sort();
    codes.dedup();
    if !codes.is_empty() {
        let said = sources.all_quoted(codes.into_iter().map(|(.., words)| words));
        notes.push(fill(&words.coded_note, &[("codes", &said)]));
    }
    if hidden {
        notes.push(fill(
            &words.hidden_note,
            &[("hidden", &sources.texts.results.hidden)],
        ));
    }
    table.notes.extend(notes);
}
