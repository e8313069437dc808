//! A field for typing: one line or many, with a real cursor, selection, paste, and steps that can be taken back.
//!
//! It edits its own [`Writing`] at once and remembers the changes until they are kept: the interview makes the same
//! changes to its copy, so that after a restart the field is what it was, with everything that can be taken back.
//! Editing is by letters as a person sees them; what is written is composed (NFC) and clean.

use std::cell::Cell;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::answer::MAX_TEXT_BYTES;
use crate::domain::clean_text::{CleanText, first_hidden};
use crate::domain::writing::{Change, Writing};

use super::command::{Reach, Step};
use super::wrap::columns;

mod changes;
mod rows;
mod shown;

#[cfg(test)]
mod tests;

use changes::Unkept;
use rows::{Rows, letters};
pub use shown::Shown;

/// Rows are this wide until the field has been drawn.
const USUAL_WIDTH: usize = 70;

/// The text is as long as an answer may be; so many letters of what was to be written were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full(pub usize);

/// What the last keys did: going on with it belongs to the same step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Typing,
    /// Whether white space was deleted last.
    Deleting {
        gap: bool,
    },
}

/// A text being typed.
pub struct Field {
    writing: Writing,
    unkept: Unkept,
    long: bool,
    /// Where a selection began; it ends at the cursor.
    anchor: Option<usize>,
    run: Option<Run>,
    /// The column that going up and down holds on to.
    goal: Option<usize>,
    width: Cell<usize>,
    /// The first row that is seen.
    top: Cell<usize>,
}

impl Field {
    /// Returns a field of one line that holds `text`, the cursor at its end.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::new(Writing::new(&CleanText::line(text)), false, false)
    }

    /// Returns a field of many lines that holds `text`, the cursor at its end.
    #[must_use]
    pub fn block(text: &str) -> Self {
        Self::new(Writing::new(&CleanText::block(text)), true, false)
    }

    /// Returns a field that goes on with what was written before, if that is still `text`, its cursor and its steps
    /// included; else a new one.
    #[must_use]
    pub fn of(written: Option<&Writing>, text: &str, long: bool) -> Self {
        match written.filter(|written| written.clean().as_str() == text) {
            Some(written) => Self::new(written.clone(), long, true),
            None if long => Self::block(text),
            None => Self::line(text),
        }
    }

    fn new(writing: Writing, long: bool, known: bool) -> Self {
        Self {
            unkept: Unkept::new(&writing, known),
            writing,
            long,
            anchor: None,
            run: None,
            goal: None,
            width: Cell::new(USUAL_WIDTH),
            top: Cell::new(0),
        }
    }

    /// Returns the text, cleaned and composed.
    #[must_use]
    pub fn text(&self) -> CleanText {
        self.writing.clean()
    }

    /// Returns the text as it stands.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.writing.text()
    }

    /// Returns where the cursor is, in bytes.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.writing.cursor()
    }

    /// Returns the column of the cursor in a one-line field.
    #[must_use]
    pub fn cursor_column(&self) -> usize {
        columns(self.before(self.cursor()))
    }

    /// Returns how many letters a person would count.
    #[must_use]
    pub fn letters(&self) -> usize {
        letters(self.shown(), 0)
            .filter(|letter| letter.text != "\n")
            .count()
    }

    /// Returns how many bytes there are still room for.
    #[must_use]
    pub fn room(&self) -> usize {
        MAX_TEXT_BYTES.saturating_sub(self.shown().len())
    }

    /// Returns what is selected, in bytes.
    #[must_use]
    pub fn selection(&self) -> Option<Range<usize>> {
        let (anchor, cursor) = (self.anchor?, self.cursor());
        (anchor != cursor).then(|| anchor.min(cursor)..anchor.max(cursor))
    }

    /// Returns whether text or cursor changed since they were last kept.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.unkept.is_changed(self.cursor())
    }

    /// Hands over the changes since they were last kept, each group small enough to be kept at once.
    pub fn take_changes(&mut self) -> Vec<Vec<Change>> {
        let cursor = self.cursor();
        self.unkept.take(cursor)
    }

    /// Remembers that the text as it stands is known, by another way than its changes.
    pub fn kept(&mut self) {
        self.unkept = Unkept::new(&self.writing, false);
    }

    /// Writes a character.
    ///
    /// # Errors
    /// [`Full`].
    pub fn insert(&mut self, c: char) -> Result<(), Full> {
        let mut typed = String::from(c);
        if c.is_control() || first_hidden(&typed).is_some() {
            return Ok(());
        }
        let mut place = self.selection().unwrap_or(self.cursor()..self.cursor());
        let before = self.before(place.start);
        let starts_word = !c.is_whitespace() && before.chars().next_back().is_none_or(char::is_whitespace);
        if let Some(last) = before.graphemes(true).next_back().filter(|_| c >= '\u{300}') {
            // A mark becomes one with its letter.
            let together = format!("{last}{typed}");
            let composed: String = together.nfc().collect();
            if composed != together {
                place.start -= last.len();
                typed = composed;
            }
        }
        let joins = self.run == Some(Run::Typing) && self.selection().is_none() && !starts_word;
        self.put(place, &typed, joins)?;
        self.run = Some(Run::Typing);
        Ok(())
    }

    /// Writes a line break, in a long field.
    ///
    /// # Errors
    /// [`Full`].
    pub fn new_line(&mut self) -> Result<(), Full> {
        if self.long {
            let place = self.selection().unwrap_or(self.cursor()..self.cursor());
            self.put(place, "\n", false)?;
            self.run = Some(Run::Typing);
        }
        Ok(())
    }

    /// Writes a pasted text, cleaned: as much of it as there is room for.
    ///
    /// # Errors
    /// [`Full`]: what there was room for is written.
    pub fn paste(&mut self, text: &str) -> Result<(), Full> {
        let place = self.selection().unwrap_or(self.cursor()..self.cursor());
        let room = self.room() + place.len();
        let (clean, rest) = clean_up_to(text, self.long, room);
        if clean.is_empty() && rest == 0 {
            return Ok(());
        }
        if !clean.is_empty() {
            self.put(place, &clean, false)?;
        }
        self.run = None;
        if rest > 0 { Err(Full(rest)) } else { Ok(()) }
    }

    /// Puts another text in the place of these, all at once and as one step.
    pub fn exchange(&mut self, places: &[Range<usize>], text: &str) {
        let clean = CleanText::line(text);
        let cursor = self.cursor();
        let mut after = cursor;
        self.anchor = None;
        let mut joins = false;
        for place in places.iter().rev() {
            if self.put(place.clone(), clean.as_str(), joins).is_ok() {
                joins = true;
                if place.end <= cursor {
                    after = (after + clean.as_str().len()).saturating_sub(place.len());
                } else if place.start < cursor {
                    after = place.start + clean.as_str().len();
                }
            }
        }
        self.writing.move_to(after);
        self.run = None;
    }

    /// Deletes what is selected, or the letter before the cursor, whole.
    pub fn delete_back(&mut self) {
        let before = self.before(self.cursor());
        let last = before.graphemes(true).next_back().map_or(0, str::len);
        self.delete(self.cursor() - last..self.cursor());
    }

    /// Deletes what is selected, or the letter at the cursor, whole.
    pub fn delete_forward(&mut self) {
        let first = self.after(self.cursor()).graphemes(true).next();
        let to = self.cursor() + first.map_or(0, str::len);
        self.delete(self.cursor()..to);
    }

    /// Deletes what is selected, or a word: before the cursor when `back`.
    pub fn delete_word(&mut self, back: bool) {
        let reach = Reach {
            words: true,
            selects: false,
        };
        let to = self.target(if back { Step::Left } else { Step::Right }, reach);
        self.run = None;
        self.delete(to.min(self.cursor())..to.max(self.cursor()));
        self.run = None;
    }

    fn delete(&mut self, place: Range<usize>) {
        let selected = self.selection();
        let place = selected.clone().unwrap_or(place);
        if place.is_empty() {
            return;
        }
        let gone = self.shown().get(place.clone()).unwrap_or_default();
        let gap = gone.chars().all(char::is_whitespace);
        // A word, and the space before it, go as one step.
        let joins = match self.run {
            Some(Run::Deleting { gap: before }) => selected.is_none() && (before || !gap),
            _ => false,
        };
        // Shorter is never too long.
        let _ = self.put(place, "", joins);
        self.run = selected.is_none().then_some(Run::Deleting { gap });
    }

    fn put(&mut self, place: Range<usize>, insert: &str, joins: bool) -> Result<(), Full> {
        let change = Change::Replace {
            at: place.start,
            remove: place.len(),
            insert: insert.to_owned(),
            joins,
        };
        self.writing
            .apply(&change)
            .map_err(|_| Full(letters(insert, 0).count()))?;
        self.unkept.add(change);
        self.anchor = None;
        self.goal = None;
        Ok(())
    }

    /// Takes back the last step; says whether there was one.
    pub fn undo(&mut self) -> bool {
        self.back_and_forth(Change::Undo)
    }

    /// Does it again; says whether there was something.
    pub fn redo(&mut self) -> bool {
        self.back_and_forth(Change::Redo)
    }

    fn back_and_forth(&mut self, change: Change) -> bool {
        let done = self.writing.apply(&change).is_ok();
        if done {
            self.unkept.add(change);
            self.rest();
        }
        done
    }

    /// Ends what the last keys began.
    const fn rest(&mut self) {
        self.anchor = None;
        self.run = None;
        self.goal = None;
    }

    /// Moves the cursor by whole letters and rows.
    pub fn go(&mut self, step: Step) {
        self.reach(step, Reach::default());
    }

    /// Moves the cursor, further or selecting on the way.
    pub fn reach(&mut self, step: Step, reach: Reach) {
        let selected = self.selection().filter(|_| !reach.selects && !reach.words);
        let to = match (selected, step) {
            (Some(selected), Step::Left) => selected.start,
            (Some(selected), Step::Right) => selected.end,
            _ => self.target(step, reach),
        };
        let goal = matches!(step, Step::Up | Step::Down).then(|| self.goal_column());
        let anchor = reach.selects.then(|| self.anchor.unwrap_or(self.cursor()));
        self.rest();
        self.anchor = anchor;
        self.goal = goal;
        self.writing.move_to(to);
    }

    fn target(&self, step: Step, reach: Reach) -> usize {
        let (text, cursor) = (self.shown(), self.cursor());
        let rows = self.rows();
        let row = rows.row_of(cursor);
        match step {
            Step::Left if reach.words => word_before(self.before(cursor)),
            Step::Right if reach.words => cursor + word_after(self.after(cursor)),
            Step::Left => {
                let last = self.before(cursor).graphemes(true).next_back();
                cursor - last.map_or(0, str::len)
            }
            Step::Right => {
                let next = self.after(cursor).graphemes(true).next();
                cursor + next.map_or(0, str::len)
            }
            Step::First if reach.words => 0,
            Step::Last if reach.words => text.len(),
            Step::First => rows.get(row).map_or(0, |row| row.from),
            Step::Last => rows.last_of(text, row),
            Step::Up => match row.checked_sub(1) {
                Some(above) => rows.place_at(text, above, self.goal_column()),
                None => 0,
            },
            Step::Down if row + 1 < rows.len() => rows.place_at(text, row + 1, self.goal_column()),
            Step::Down => text.len(),
        }
    }

    fn goal_column(&self) -> usize {
        let column = || self.rows().column_of(self.shown(), self.cursor());
        self.goal.unwrap_or_else(column)
    }

    fn rows(&self) -> Rows {
        let width = if self.long { self.width.get() } else { usize::MAX };
        Rows::of(self.shown(), width)
    }

    /// Moves the cursor to a place of the drawn field; when `selects`, what lies between is selected.
    pub fn point(&mut self, row: usize, column: usize, selects: bool) {
        let to = self.rows().place_at(self.shown(), self.top.get() + row, column);
        let anchor = selects.then(|| self.anchor.unwrap_or(self.cursor()));
        self.rest();
        self.anchor = anchor;
        self.writing.move_to(to);
    }

    /// Selects the word at the cursor.
    pub fn select_word(&mut self) {
        let cursor = self.cursor();
        let word = self
            .shown()
            .split_word_bound_indices()
            .map(|(at, word)| at..at + word.len())
            .find(|word| word.contains(&cursor));
        if let Some(word) = word {
            self.rest();
            self.anchor = Some(word.start);
            self.writing.move_to(word.end);
        }
    }

    fn before(&self, place: usize) -> &str {
        self.shown().get(..place).unwrap_or_default()
    }

    fn after(&self, place: usize) -> &str {
        self.shown().get(place..).unwrap_or_default()
    }
}

/// Returns where the word before the end of a text begins.
fn word_before(text: &str) -> usize {
    text.split_word_bound_indices()
        .rev()
        .find(|(_, word)| is_word(word))
        .map_or(0, |(at, _)| at)
}

/// Returns where the first word of a text ends.
fn word_after(text: &str) -> usize {
    text.split_word_bound_indices()
        .find(|(_, word)| is_word(word))
        .map_or(text.len(), |(at, word)| at + word.len())
}

fn is_word(part: &str) -> bool {
    part.chars().any(char::is_alphanumeric)
}

/// Cleans a text from its beginning until there are `room` bytes, and returns how many letters are left over. A
/// text far longer than the room is not cleaned to its end.
fn clean_up_to(raw: &str, long: bool, room: usize) -> (String, usize) {
    let clean = |raw: &str| {
        if long {
            CleanText::block(raw).to_string()
        } else {
            CleanText::line(raw.trim_matches('\n')).to_string()
        }
    };
    let mut taken = room.saturating_mul(2).max(4096);
    loop {
        let part = (0..4).find_map(|more| raw.get(..taken + more)).unwrap_or(raw);
        let text = clean(part);
        let whole = part.len() == raw.len();
        if text.len() <= room && whole {
            return (text, 0);
        }
        if text.len() > room {
            let end = letters(&text, 0)
                .map(|letter| letter.end())
                .take_while(|end| *end <= room)
                .last()
                .unwrap_or(0);
            let left = text.get(end..).unwrap_or_default().chars().count();
            let unread = raw.get(part.len()..).unwrap_or_default().chars().count();
            return (text.get(..end).unwrap_or_default().to_owned(), left + unread);
        }
        taken *= 2;
    }
}
