//! Lines that stand beside other lines: a list and what is said about the row it stands at.

use ratatui::text::Span;

use crate::tui::command::Command;
use crate::tui::field::Field;
use crate::tui::page::Page;
use crate::tui::theme::{Theme, Tone};
use crate::tui::wrap::{columns, columns16, cut, pad, wrap};

/// So many rows on each side of the focus are laid out in a long list: more than any window shows.
pub const AROUND: usize = 100;
/// Columns between two panes.
pub const BETWEEN: usize = 3;

/// What stands on one line.
#[derive(Clone, Debug, Default)]
struct PaneLine {
    spans: Vec<Span<'static>>,
    targets: Vec<(u16, u16, Command)>,
    cursor: Option<u16>,
    /// Stays in view as the cursor's line does.
    is_focus: bool,
}

/// Lines of at most so many columns.
#[derive(Clone, Debug)]
pub struct Pane {
    width: usize,
    theme: Theme,
    lines: Vec<PaneLine>,
}

impl Pane {
    /// Returns an empty pane.
    #[must_use]
    pub const fn new(width: usize, theme: Theme) -> Self {
        Self {
            width,
            theme,
            lines: Vec::new(),
        }
    }

    /// Returns the width in columns.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Returns how many lines there are.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.lines.len()
    }

    /// Returns an empty pane of the same look, so many columns wide.
    #[must_use]
    pub const fn like(&self, width: usize) -> Self {
        Self::new(width, self.theme)
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(PaneLine::default());
    }

    /// Adds a text, wrapped.
    pub fn text(&mut self, text: &str, tone: Tone) {
        self.hanging("", text, tone);
    }

    /// Adds a text whose first line begins with `lead`; further lines stand under the first.
    pub fn hanging(&mut self, lead: &str, text: &str, tone: Tone) {
        let hang = columns(lead);
        for (place, line) in wrap(text, self.width.saturating_sub(hang))
            .into_iter()
            .enumerate()
        {
            let start = if place == 0 {
                lead.to_owned()
            } else {
                " ".repeat(hang)
            };
            self.spans(vec![(start, tone), (line, tone)]);
        }
    }

    /// Adds a line as it is, cut where it is too long.
    pub fn line(&mut self, text: &str, tone: Tone) {
        let text = cut(text, self.width);
        self.spans(vec![(text, tone)]);
    }

    /// Adds a line of pieces, each in its tone.
    pub fn spans(&mut self, parts: Vec<(String, Tone)>) {
        let spans = parts
            .into_iter()
            .map(|(text, tone)| Span::styled(text, self.theme.style(tone)));
        self.lines.push(PaneLine {
            spans: spans.collect(),
            ..PaneLine::default()
        });
    }

    /// Adds a row of one line that can be chosen; the cursor stands on it when it is focused.
    pub fn row(&mut self, text: &str, focused: bool, command: &Command) {
        let mark = if focused { "> " } else { "  " };
        let tone = if focused { Tone::Focus } else { Tone::Plain };
        let text = cut(text, self.width.saturating_sub(2));
        let end = columns16(&text) + 2;
        self.spans(vec![(mark.to_owned(), Tone::Plain), (text, tone)]);
        self.target(0, end, command);
        if focused {
            self.cursor(0);
        }
    }

    /// Adds a row that takes as many lines as its words need; the cursor stands on the first when it is focused.
    pub fn long_row(&mut self, lead: &str, text: &str, focused: bool, command: &Command) {
        let mark = if focused { "> " } else { "  " };
        let tone = if focused { Tone::Focus } else { Tone::Plain };
        let hang = 2 + columns(lead);
        for (place, line) in wrap(text, self.width.saturating_sub(hang))
            .into_iter()
            .enumerate()
        {
            let first = place == 0;
            let (mark, lead) = if first {
                (mark, lead.to_owned())
            } else {
                ("  ", " ".repeat(columns(lead)))
            };
            let shown = format!("{lead}{line}");
            let end = columns16(&shown) + 2;
            self.spans(vec![(mark.to_owned(), Tone::Plain), (shown, tone)]);
            self.target(0, end, command);
            if first && focused {
                self.cursor(0);
            }
        }
    }

    /// Adds a field that is typed in, as many lines as its text needs, with the cursor.
    pub fn field(&mut self, label: &str, field: &Field) {
        let lead = format!("{label} ");
        // A label that leaves little room stands above.
        let hang = columns(&lead);
        let hang = if hang * 2 > self.width {
            self.text(label, Tone::Plain);
            0
        } else {
            hang
        };
        let (rows, (row, column)) = field.laid(self.width.saturating_sub(hang));
        for (place, text) in rows.into_iter().enumerate() {
            let start = match (place, hang) {
                (_, 0) => String::new(),
                (0, _) => lead.clone(),
                _ => " ".repeat(hang),
            };
            self.spans(vec![(start, Tone::Plain), (text.to_owned(), Tone::Chosen)]);
            if place == row {
                self.cursor(u16::try_from(hang + column).unwrap_or(u16::MAX));
            }
        }
    }

    /// Makes part of the last line clickable.
    pub fn target(&mut self, from: u16, to: u16, command: &Command) {
        if let Some(line) = self.lines.last_mut() {
            line.targets.push((from, to, command.clone()));
        }
    }

    /// Puts the cursor on the last line.
    pub fn cursor(&mut self, column: u16) {
        if let Some(line) = self.lines.last_mut() {
            line.cursor = Some(column);
        }
    }

    /// Keeps the last line in view though the cursor stands elsewhere.
    pub fn focus(&mut self) {
        if let Some(line) = self.lines.last_mut() {
            line.is_focus = true;
        }
    }

    /// Returns the lines without their looks.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<String> {
        let text = |line: &PaneLine| line.spans.iter().map(|span| span.content.as_ref()).collect();
        self.lines.iter().map(text).collect()
    }

    /// Returns whether the cursor stands on some line.
    #[must_use]
    pub fn has_cursor(&self) -> bool {
        self.lines.iter().any(|line| line.cursor.is_some())
    }

    /// Puts the lines of another pane below these.
    pub fn below(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Returns the part that stands in `height` lines: around the cursor, or from `above` lines on where that is said.
    /// `more` is said where lines are left out.
    #[must_use]
    pub fn seen(mut self, height: usize, above: Option<usize>, more: (&str, &str)) -> Self {
        let all = self.lines.len();
        if all <= height || height == 0 {
            self.lines.truncate(height);
            return self;
        }
        let is_focus = |line: &PaneLine| line.is_focus || line.cursor.is_some();
        let focus = self.lines.iter().position(is_focus);
        let wanted = match (above, focus) {
            (Some(above), _) => above,
            (None, Some(focus)) => focus.saturating_sub(height * 2 / 3),
            (None, None) => 0,
        };
        let top = wanted.min(all - height);
        let mut lines: Vec<PaneLine> = self.lines.drain(..).skip(top).take(height).collect();
        let says = |text: &str| PaneLine {
            spans: vec![Span::styled(cut(text, self.width), self.theme.style(Tone::Aside))],
            ..PaneLine::default()
        };
        let free = |line: Option<&PaneLine>| line.is_some_and(|line| !is_focus(line));
        if top > 0
            && free(lines.first())
            && let Some(first) = lines.first_mut()
        {
            *first = says(more.0);
        }
        if top + height < all
            && free(lines.last())
            && let Some(last) = lines.last_mut()
        {
            *last = says(more.1);
        }
        self.lines = lines;
        self
    }

    /// Returns these lines with those of another pane to their right, a line between them.
    #[must_use]
    pub fn beside(self, right: Self, down: &str) -> Self {
        let (left_width, theme) = (self.width, self.theme);
        let shift = u16::try_from(left_width + BETWEEN).unwrap_or(u16::MAX);
        let height = self.lines.len().max(right.lines.len());
        let mut left = self.lines.into_iter();
        let mut other = right.lines.into_iter();
        let mut lines = Vec::new();
        for _ in 0..height {
            let (mut line, next) = (left.next().unwrap_or_default(), other.next().unwrap_or_default());
            let used: usize = line.spans.iter().map(|span| columns(&span.content)).sum();
            line.spans
                .push(Span::raw(" ".repeat(left_width.saturating_sub(used))));
            line.spans
                .push(Span::styled(format!(" {down} "), theme.style(Tone::Rule)));
            line.spans.extend(next.spans);
            let moved = next
                .targets
                .into_iter()
                .map(|(from, to, command)| (from + shift, to + shift, command));
            line.targets.extend(moved);
            line.cursor = line.cursor.or_else(|| next.cursor.map(|column| column + shift));
            lines.push(line);
        }
        Self {
            width: left_width + BETWEEN + right.width,
            theme,
            lines,
        }
    }

    /// Returns the widths of a list and of what is said beside it, where there is room for both.
    #[must_use]
    pub const fn halves(width: usize) -> Option<(usize, usize)> {
        if width < 110 {
            return None;
        }
        let left = 72 + (width - 110) / 3;
        Some((left, width - left - BETWEEN))
    }

    /// Returns how many lines a list gets above what is said of its row, a line between them: so many at least, and those
    /// that what is said leaves empty.
    #[must_use]
    pub fn list_rows(list: &Self, said: &Self, least: usize, room: usize) -> usize {
        let spare = room.saturating_sub(said.height() + 1);
        list.height().min(spare.max(least)).min(room)
    }

    /// Writes the lines on a page. A page without a focused row has its cursor on the first line.
    pub fn write(self, page: &mut Page) {
        let has_cursor = self.has_cursor();
        for (place, line) in self.lines.into_iter().enumerate() {
            page.line(line.spans);
            for (from, to, command) in line.targets {
                page.target(from, to, command);
            }
            if let Some(column) = line.cursor {
                page.cursor(column);
            } else if !has_cursor && place == 0 {
                page.cursor(0);
            }
        }
    }
}

/// Words in exactly so many columns.
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
    pad(&cut(text, width), width)
}

/// The same, at the right end of the columns.
#[must_use]
pub fn right(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let spaces = width.saturating_sub(columns(&text));
    format!("{}{text}", " ".repeat(spaces))
}

#[cfg(test)]
mod tests {
    use super::{Pane, fit, right};
    use crate::tui::command::Command;
    use crate::tui::field::Field;
    use crate::tui::look::Look;
    use crate::tui::theme::{Theme, Tone};

    fn pane(width: usize, rows: usize, focus: usize) -> Pane {
        let mut pane = Pane::new(width, Theme::new(Look::default()));
        for row in 0..rows {
            pane.row(&format!("row {row}"), row == focus, &Command::Press(row));
        }
        pane
    }

    fn texts(pane: &Pane) -> Vec<String> {
        pane.texts()
    }

    #[test]
    fn the_row_with_the_cursor_is_seen_and_what_is_left_out_is_said() {
        let seen = pane(20, 30, 20).seen(6, None, ("above", "below"));
        let texts = texts(&seen);
        assert_eq!((texts[0].as_str(), texts[5].as_str()), ("above", "below"));
        assert!(texts.iter().any(|text| text == "> row 20"), "{texts:?}");
        assert!(pane(20, 3, 0).seen(6, None, ("above", "below")).height() == 3);
    }

    #[test]
    fn a_list_gets_the_lines_that_what_is_said_of_its_row_leaves_empty() {
        let rows = |list, said| Pane::list_rows(&pane(20, list, 0), &pane(20, said, 0), 4, 11);
        assert_eq!((rows(17, 30), rows(17, 3), rows(17, 0)), (4, 7, 10));
        assert_eq!((rows(2, 3), rows(2, 30)), (2, 2));
    }

    #[test]
    fn what_stands_to_the_right_is_clicked_there() {
        let both = pane(10, 2, 0).beside(pane(10, 3, 9), "|");
        assert_eq!(texts(&both)[2], "           |   row 2");
        assert!(both.lines[2].targets.iter().all(|(from, ..)| *from == 13));
        assert_eq!(both.lines[0].cursor, Some(0));
    }

    #[test]
    fn a_long_text_is_typed_in_as_many_lines_as_it_needs() {
        let mut pane = pane(20, 0, 0);
        pane.field("Funn:", &Field::line("Mange vil slippe å fortelle"));
        assert_eq!(
            texts(&pane),
            ["Funn: Mange vil", "      slippe å", "      fortelle"]
        );
        assert_eq!(pane.lines[2].cursor, Some(14));
        pane.field("Det som ble sagt (uten navn):", &Field::line(""));
        assert_eq!(texts(&pane)[3..], ["Det som ble sagt", "(uten navn):", ""]);
    }

    #[test]
    fn words_take_exactly_the_columns_they_are_given() {
        assert_eq!(fit("blåbær", 8), "blåbær  ");
        assert_eq!(fit("blåbærsyltetøy", 8), "blåbærs…");
        assert_eq!(right("12", 4), "  12");
        let mut pane = pane(8, 0, 0);
        pane.line("blåbærsyltetøy", Tone::Plain);
        assert_eq!(texts(&pane), ["blåbærs…"]);
    }
}
