//! A field for typing: one line or many, with undo, paste and a real cursor.

use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::answer::MAX_TEXT_BYTES;
use crate::domain::clean_text::CleanText;

use super::command::Step;
use super::wrap::columns;

/// Changes that can be taken back in one field.
const UNDO_STEPS: usize = 1000;

/// The text is as long as an answer may be; nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// A text being typed.
pub struct Field {
    area: TextArea<'static>,
    long: bool,
    /// Changed since it was last kept.
    changed: bool,
}

impl Field {
    /// Returns a field of one line that holds `text`, the cursor at its end.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::new(CleanText::line(text).as_str(), false)
    }

    /// Returns a field of many lines that holds `text`, the cursor at its end.
    #[must_use]
    pub fn block(text: &str) -> Self {
        Self::new(CleanText::block(text).as_str(), true)
    }

    fn new(text: &str, long: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_cursor_line_style(Style::new());
        area.set_cursor_style(Style::new());
        area.set_max_histories(UNDO_STEPS);
        if long {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            area,
            long,
            changed: false,
        }
    }

    /// Returns the text, cleaned and composed.
    #[must_use]
    pub fn text(&self) -> CleanText {
        CleanText::block(&self.area.lines().join("\n"))
    }

    /// Returns the text of a one-line field as it stands.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Returns the column of the cursor in a one-line field.
    #[must_use]
    pub fn cursor_column(&self) -> usize {
        let before: String = self.shown().chars().take(self.area.cursor().1).collect();
        columns(&before)
    }

    /// Returns how many letters a person would count.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.area
            .lines()
            .iter()
            .map(|line| line.graphemes(true).count())
            .sum()
    }

    /// Returns the widget of a long field.
    #[must_use]
    pub const fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Returns whether it changed since [`Field::kept`].
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.changed
    }

    /// Remembers that the text as it stands is kept.
    pub const fn kept(&mut self) {
        self.changed = false;
    }

    /// Writes a character.
    ///
    /// # Errors
    /// [`Full`].
    pub fn insert(&mut self, c: char) -> Result<(), Full> {
        if c.is_control() {
            return Ok(());
        }
        self.room_for(c.len_utf8())?;
        if is_combining_mark(c)
            && let Some(before) = self.character_before()
        {
            let mut composed = [before, c].into_iter().nfc();
            if let (Some(one), None) = (composed.next(), composed.next()) {
                self.area.delete_char();
                self.area.insert_char(one);
                self.changed = true;
                return Ok(());
            }
        }
        self.area.insert_char(c);
        self.changed = true;
        Ok(())
    }

    /// Writes a line break, in a long field.
    ///
    /// # Errors
    /// [`Full`].
    pub fn new_line(&mut self) -> Result<(), Full> {
        if self.long {
            self.room_for(1)?;
            self.area.insert_newline();
            self.changed = true;
        }
        Ok(())
    }

    /// Writes a pasted text, cleaned; all of it or nothing.
    ///
    /// # Errors
    /// [`Full`].
    pub fn paste(&mut self, text: &str) -> Result<(), Full> {
        let clean = if self.long {
            CleanText::block(text)
        } else {
            CleanText::line(text.trim_matches('\n'))
        };
        self.room_for(clean.as_str().len())?;
        self.area.insert_str(clean.as_str());
        self.changed = true;
        Ok(())
    }

    /// Deletes the letter before the cursor, whole.
    pub fn delete_back(&mut self) {
        let before = self.line_before();
        let parts = before
            .graphemes(true)
            .next_back()
            .map_or(1, |last| last.chars().count());
        for _ in 0..parts {
            self.changed |= self.area.delete_char();
        }
    }

    /// Deletes the letter at the cursor, whole.
    pub fn delete_forward(&mut self) {
        let after = self.line_after();
        let parts = after
            .graphemes(true)
            .next()
            .map_or(1, |first| first.chars().count());
        for _ in 0..parts {
            self.changed |= self.area.delete_next_char();
        }
    }

    /// Moves the cursor by whole letters and lines.
    pub fn go(&mut self, step: Step) {
        let letter = |text: Option<&str>| text.map_or(1, |letter| letter.chars().count());
        match step {
            Step::Left => {
                for _ in 0..letter(self.line_before().graphemes(true).next_back()) {
                    self.area.move_cursor(CursorMove::Back);
                }
            }
            Step::Right => {
                for _ in 0..letter(self.line_after().graphemes(true).next()) {
                    self.area.move_cursor(CursorMove::Forward);
                }
            }
            Step::Up => self.area.move_cursor(CursorMove::Up),
            Step::Down => self.area.move_cursor(CursorMove::Down),
            Step::First => self.area.move_cursor(CursorMove::Head),
            Step::Last => self.area.move_cursor(CursorMove::End),
        }
    }

    /// Moves the cursor to a place of the drawn field.
    pub fn click(&mut self, row: u16, column: u16) {
        let (top, left) = self.area.scroll_offset();
        let at = self
            .area
            .screen_to_data(usize::from(row + top), usize::from(column + left));
        let whole = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(whole(at.0), whole(at.1)));
    }

    /// Takes back the last change; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let done = self.area.undo();
        self.changed |= done;
        done
    }

    /// Does it again; says whether there was something.
    pub fn redo(&mut self) -> bool {
        let done = self.area.redo();
        self.changed |= done;
        done
    }

    fn room_for(&self, bytes: usize) -> Result<(), Full> {
        let taken: usize = self.area.lines().iter().map(|line| line.len() + 1).sum();
        // The last line has no break after it.
        if taken.saturating_sub(1) + bytes > MAX_TEXT_BYTES {
            Err(Full)
        } else {
            Ok(())
        }
    }

    fn current_line(&self) -> &str {
        self.area
            .lines()
            .get(self.area.cursor().0)
            .map_or("", String::as_str)
    }

    fn line_before(&self) -> String {
        self.current_line().chars().take(self.area.cursor().1).collect()
    }

    fn line_after(&self) -> String {
        self.current_line().chars().skip(self.area.cursor().1).collect()
    }

    fn character_before(&self) -> Option<char> {
        self.line_before().chars().next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Full};
    use crate::domain::answer::MAX_TEXT_BYTES;
    use crate::tui::command::Step;

    #[test]
    fn a_mark_typed_after_its_letter_becomes_one_letter() {
        let mut field = Field::line("");
        for c in "A\u{30a}se".chars() {
            field.insert(c).unwrap();
        }
        assert_eq!(field.text().as_str(), "Åse");
        assert_eq!(field.letters(), 3);
    }

    #[test]
    fn a_letter_of_several_characters_is_deleted_and_passed_whole() {
        let mut field = Field::line("x\u{301}\u{302}y");
        field.go(Step::Left);
        field.delete_back();
        assert_eq!(field.text().as_str(), "y");
    }

    #[test]
    fn pasted_line_breaks_are_plain_and_controls_are_gone() {
        let mut field = Field::block("");
        field.paste("a\r\nb\rc\u{1b}[2J").unwrap();
        assert_eq!(field.text().as_str(), "a\nb\nc[2J");
        let mut line = Field::line("");
        line.paste("to\nlinjer").unwrap();
        assert_eq!(line.text().as_str(), "to linjer");
    }

    #[test]
    fn an_answer_may_be_64_kib_and_not_more() {
        let mut field = Field::block("");
        field.paste(&"a".repeat(MAX_TEXT_BYTES)).unwrap();
        assert_eq!(field.insert('b'), Err(Full));
        assert_eq!(field.text().as_str().len(), MAX_TEXT_BYTES);
    }

    #[test]
    fn changes_are_taken_back_and_done_again() {
        let mut field = Field::block("før");
        field.insert('!').unwrap();
        assert!(field.undo());
        assert_eq!(field.text().as_str(), "før");
        assert!(field.redo());
        assert_eq!(field.text().as_str(), "før!");
    }
}
