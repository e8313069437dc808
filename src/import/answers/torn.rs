//! Rows that a stray quote has run together.
//!
//! A quote at the beginning of a cell that was never meant as one takes in everything up to the next quote: rows that
//! are gone without a trace, in one that looks whole. Text over several lines looks the same, so it is told by what it
//! holds.

use memchr::memchr;

use crate::domain::survey::question::QuestionKind;

use super::cell;
use super::columns::{Column, Target};
use super::records::{Ends, Quoted};
use super::rows::Shared;
use super::words::{NONE, trim};

/// Returns over how many lines a row without its end goes.
pub(super) fn lines(row: &[u8], end: u8) -> u64 {
    let ends = memchr::memchr_iter(end, row).count();
    u64::try_from(ends).unwrap_or(u64::MAX).saturating_add(1)
}

/// Returns whether a row over several lines, given without its end and as its cells, is several rows.
pub(super) fn is_several(row: &[u8], cells: &Quoted, shared: &Shared<'_>) -> bool {
    let columns = shared.columns.len();
    let surplus = (columns..cells.len()).any(|cell| !trim(cells.cell(cell)).is_empty());
    surplus
        || cells.len() < columns
        || Ends::goes_on_after_lines(shared.dialect, row)
        || (0..columns).any(|place| holds_rows(cells.cell(place), place, shared))
}

/// Returns whether the lines of a cell are the end of a row, rows, and the beginning of one: as many cells in each as
/// there would be, and answers in them where answers are to stand.
fn holds_rows(cell: &[u8], place: usize, shared: &Shared<'_>) -> bool {
    let end = shared.dialect.end;
    if memchr(end, trim(cell)).is_none() {
        return false;
    }
    let (mut read, mut unread) = (0, 0);
    let mut lines = cell.split(|byte| *byte == end).peekable();
    let mut first = place;
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let parts: Vec<&[u8]> = line.split(|byte| *byte == shared.dialect.delimiter).collect();
        let is_last = lines.peek().is_none();
        let behind = if is_last { place + 1 } else { shared.columns.len() };
        if first + parts.len() != behind {
            return false;
        }
        for (column, part) in shared.columns.iter().skip(first).zip(parts) {
            match is_answer(column, trim(part), shared) {
                Some(true) => read += 1,
                Some(false) => unread += 1,
                None => {}
            }
        }
        first = 0;
    }
    read > unread
}

/// Returns whether a cell is an answer of its column; `None` where it is empty, or anything is.
fn is_answer(column: &Column, cell: &[u8], shared: &Shared<'_>) -> Option<bool> {
    if cell.is_empty() {
        return None;
    }
    match column.target {
        Target::Words(_) | Target::Option(..) => Some(column.words.of_any(cell) != NONE),
        Target::Typed(item) => {
            let item = shared.coding.items().get(item)?;
            let is_text = matches!(item.item.question.kind, QuestionKind::Text { .. });
            (!is_text).then(|| cell::read(item, &column.words, cell).is_ok())
        }
        Target::Nothing | Target::Background(_) => None,
    }
}
