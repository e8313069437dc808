//! The two hint rows: made from the key table, whole or not at all.

use ratatui::text::{Line, Span};

use crate::texts::interview::KeyNames;

use super::command::Command;
use super::keymap::{Binding, Keys};
use super::theme::{Theme, Tone};
use super::wrap::columns;

/// A part of a hint row that can be clicked.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Row, 0 or 1.
    pub row: u16,
    /// First column.
    pub from: u16,
    /// First column after it.
    pub to: u16,
    /// What a click does.
    pub command: Option<Command>,
}

/// The hint rows as they are drawn.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Two rows.
    pub rows: [Line<'static>; 2],
    /// Where each hint stands.
    pub placed: Vec<Placed>,
}

struct Hint<'t> {
    keys: String,
    says: &'t str,
    command: Option<Command>,
    rank: u8,
}

impl Hint<'_> {
    fn columns(&self) -> usize {
        let colon = if self.keys.is_empty() {
            0
        } else {
            columns(&self.keys) + 2
        };
        colon + columns(self.says)
    }
}

const BETWEEN: usize = 3;

/// Lays out the hints of a table in two rows of `width` columns. What does not fit is left out whole, the highest
/// rank first; `sentence` stands in the second row when that row is free.
#[must_use]
pub fn lay_out(
    table: &[Binding],
    sentence: Option<&str>,
    names: &KeyNames,
    theme: &Theme,
    width: usize,
) -> Hints {
    let mut hints: Vec<Hint<'_>> = table
        .iter()
        .filter_map(|binding| {
            let says = binding.says.as_deref()?;
            Some(Hint {
                keys: binding.keys.name(names),
                says,
                command: clickable(binding),
                rank: binding.rank,
            })
        })
        .collect();
    let rows = loop {
        if let Some(rows) = split(&hints, width) {
            break rows;
        }
        let Some(last) = (0..hints.len()).max_by_key(|&place| hints.get(place).map_or(0, |hint| hint.rank))
        else {
            break 0;
        };
        hints.remove(last);
    };
    let mut laid = Hints::default();
    let mut row = 0_u16;
    let mut line: Vec<Span<'static>> = Vec::new();
    let mut column = 0;
    for (place, hint) in hints.iter().enumerate() {
        if place == rows {
            laid.rows[0] = Line::from(std::mem::take(&mut line));
            row = 1;
            column = 0;
        }
        if column > 0 {
            line.push(Span::raw(" ".repeat(BETWEEN)));
            column += BETWEEN;
        }
        let from = column;
        column += hint.columns();
        if hint.keys.is_empty() {
            line.push(Span::raw(hint.says.to_owned()));
        } else {
            line.push(Span::styled(hint.keys.clone(), theme.style(Tone::Key)));
            line.push(Span::raw(format!(": {}", hint.says)));
        }
        laid.placed.push(Placed {
            row,
            from: u16::try_from(from).unwrap_or(u16::MAX),
            to: u16::try_from(column).unwrap_or(u16::MAX),
            command: hint.command.clone(),
        });
    }
    if row == 0 {
        laid.rows[0] = Line::from(line);
        if let Some(sentence) = sentence.filter(|sentence| columns(sentence) <= width) {
            laid.rows[1] = Line::styled(sentence.to_owned(), theme.style(Tone::Aside));
        }
    } else {
        laid.rows[1] = Line::from(line);
    }
    laid
}

/// Returns how many hints stand in the first row, if two rows are enough.
fn split(hints: &[Hint<'_>], width: usize) -> Option<usize> {
    let room = |hints: &[Hint<'_>]| {
        let mut used = 0;
        hints
            .iter()
            .take_while(|hint| {
                used += hint.columns() + if used == 0 { 0 } else { BETWEEN };
                used <= width
            })
            .count()
    };
    let first = room(hints);
    let rest = hints.get(first..).unwrap_or_default();
    (room(rest) == rest.len()).then_some(first)
}

/// Returns what a click on a hint does: nothing where only the keys themselves say what is meant.
pub(super) fn clickable(binding: &Binding) -> Option<Command> {
    match binding.keys {
        Keys::One(_) | Keys::Letter(_) => Some(binding.command.clone()),
        Keys::Digits(..)
        | Keys::DigitsAnd(..)
        | Keys::UpDown
        | Keys::LeftRight
        | Keys::Arrows
        | Keys::Text
        | Keys::None => None,
    }
}
