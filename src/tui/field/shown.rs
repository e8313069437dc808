//! A long field as it is drawn: wrapped, scrolled so that the cursor is seen, the selection marked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Field;
use super::rows::{Row, Rows};

/// A long field laid into its room.
pub struct Shown<'f> {
    field: &'f Field,
    area: Rect,
    rows: Rows,
    top: usize,
    cursor: Position,
}

impl Field {
    /// Lays the field into `area`. Scrolls only as far as the cursor needs, and remembers how far.
    #[must_use]
    pub fn show(&self, area: Rect) -> Shown<'_> {
        // The last column is for the cursor behind a full row.
        self.width.set(usize::from(area.width.saturating_sub(1)));
        let rows = self.rows();
        let height = usize::from(area.height.max(1));
        let row = rows.row_of(self.cursor());
        let top = self
            .top
            .get()
            .min(rows.len().saturating_sub(height))
            .clamp((row + 1).saturating_sub(height), row);
        self.top.set(top);
        let down = u16::try_from(row - top).unwrap_or(u16::MAX);
        let column = u16::try_from(rows.column_of(self.shown(), self.cursor())).unwrap_or(u16::MAX);
        let last = area.width.saturating_sub(1);
        Shown {
            field: self,
            area,
            rows,
            top,
            cursor: Position::new(area.x + column.min(last), area.y + down),
        }
    }
}

impl Field {
    /// Returns the text in rows of at most so many columns, and the row and the column of the cursor.
    #[must_use]
    pub fn laid(&self, width: usize) -> (Vec<&str>, (usize, usize)) {
        // The last column is for the cursor behind a full row.
        let rows = Rows::of(self.shown(), width.saturating_sub(1));
        let text = |row| {
            let Row { from, to } = rows.get(row)?;
            Some(self.shown().get(from..to)?.trim_end())
        };
        let column = rows.column_of(self.shown(), self.cursor());
        let at = (rows.row_of(self.cursor()), column.min(width.saturating_sub(1)));
        ((0..rows.len()).filter_map(text).collect(), at)
    }
}

impl Shown<'_> {
    /// Returns where the cursor stands on the screen.
    #[must_use]
    pub const fn cursor(&self) -> Position {
        self.cursor
    }

    /// Draws the text; `marked` is the style of what is selected.
    pub fn draw(&self, buffer: &mut Buffer, marked: Style) {
        let text = self.field.shown();
        let selected = self.field.selection().unwrap_or(0..0);
        for (row, y) in (self.top..self.rows.len()).zip(self.area.top()..self.area.bottom()) {
            let Some(Row { from, to }) = self.rows.get(row) else {
                return;
            };
            let mut x = self.area.x;
            let inside = |place: usize| place.clamp(from, to);
            let (begin, end) = (inside(selected.start), inside(selected.end));
            for (part, style) in [
                (from..begin, Style::new()),
                (begin..end, marked),
                (end..to, Style::new()),
            ] {
                let part = text.get(part).unwrap_or_default();
                let room = usize::from(self.area.right().saturating_sub(x));
                (x, _) = buffer.set_stringn(x, y, part, room, style);
            }
            // A selected line break can be seen.
            let broken = selected.contains(&to) && text.get(to..).is_some_and(|rest| rest.starts_with('\n'));
            if broken && x < self.area.right() {
                buffer.set_string(x, y, " ", marked);
            }
        }
    }

    /// Returns whether there is text above and below what is seen.
    #[must_use]
    pub fn goes_on(&self) -> (bool, bool) {
        let seen = self.top + usize::from(self.area.height);
        (self.top > 0, seen < self.rows.len())
    }
}
