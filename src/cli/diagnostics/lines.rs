//! Lines and columns of a file, and lines made fit to be shown.

use std::ops::Range;

use crate::domain::clean_text::first_hidden;

/// Columns of a long line shown before and after the place.
const BEFORE: usize = 60;
const AFTER: usize = 120;
/// Lines up to this length are shown whole.
const WHOLE: usize = 200;

/// A file by its lines.
pub(super) struct Lines {
    text: String,
    starts: Vec<usize>,
}

/// A place for people: both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A line fit to be shown, and where in it the place is.
pub(super) struct Shown {
    pub(super) line: String,
    pub(super) place: Range<usize>,
    /// Whether the line is longer than what is shown.
    pub(super) cut: bool,
}

impl Lines {
    /// Bytes that are no text are shown as replacement characters; places before the first of them stay right.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(place, _)| place + 1))
            .collect();
        Self { text, starts }
    }

    /// Returns the place of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = self.boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.start(line);
        let before = self.text.get(start..byte).unwrap_or_default();
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// Returns the line a stretch begins in, cleaned and cut to the window around it. What goes on in the next
    /// line ends with its first.
    pub(super) fn shown(&self, range: Range<usize>) -> Shown {
        let start = self.boundary(range.start);
        let position = self.position(start);
        let line_start = self.start(position.line);
        let line = self.text.get(line_start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let end = self
            .boundary(range.end)
            .clamp(start, line_start + line.len().max(start - line_start));
        let window = window(line, start - line_start);
        let mut shown = Shown {
            line: String::new(),
            place: 0..0,
            cut: window != (0..line.len()),
        };
        if window.start > 0 {
            shown.line.push('…');
        }
        shown.place = shown.line.len()..shown.line.len();
        for (place, c) in line.get(window.clone()).unwrap_or_default().char_indices() {
            let place = line_start + window.start + place;
            if place <= start {
                shown.place.start = shown.line.len();
            }
            shown.line.push(visible(c));
            if place < end {
                shown.place.end = shown.line.len();
            }
        }
        if start >= line_start + line.len() {
            shown.place.start = shown.line.len();
        }
        shown.place.end = shown.place.end.max(shown.place.start);
        if window.end < line.len() {
            shown.line.push('…');
        }
        shown
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0)
    }

    /// Returns the nearest beginning of a character at or before a byte.
    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// Returns the part of a line around a place that is shown.
fn window(line: &str, place: usize) -> Range<usize> {
    if line.len() <= WHOLE {
        return 0..line.len();
    }
    let before = line.get(..place).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take(BEFORE)
        .last()
        .map_or(place, |(start, _)| start);
    let after = line.get(place..).unwrap_or_default();
    let end = after
        .char_indices()
        .nth(AFTER)
        .map_or(line.len(), |(end, _)| place + end);
    start..end
}

/// Controls, direction overrides and the like are shown as a sign that something is there.
fn visible(c: char) -> char {
    let mut buffer = [0; 4];
    match c {
        '\t' => ' ',
        c if c.is_control() || first_hidden(c.encode_utf8(&mut buffer)).is_some() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places come from the text itself")]
mod tests {
    use super::{Lines, Position};

    #[test]
    fn columns_are_counted_in_characters() {
        let lines = Lines::new("æøå\nå = ø".as_bytes());
        assert_eq!(lines.position(2), Position { line: 1, column: 2 });
        assert_eq!(lines.position(12), Position { line: 2, column: 5 });
        assert_eq!(lines.position(9999), Position { line: 2, column: 6 });
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}ÅÅ{}", "a".repeat(500), "b".repeat(500));
        let shown = Lines::new(line.as_bytes()).shown(500..504);
        assert_eq!(&shown.line[shown.place.clone()], "ÅÅ");
        assert!(shown.line.starts_with("…a") && shown.line.ends_with("b…"));
        assert!(shown.line.chars().count() <= 200);
    }

    #[test]
    fn a_place_at_the_end_of_a_line_stays_there() {
        let shown = Lines::new(b"ab\r\ncd").shown(2..6);
        assert_eq!((shown.line.as_str(), shown.place), ("ab", 2..2));
    }

    #[test]
    fn hidden_characters_show_that_they_are_there() {
        let shown = Lines::new("a\u{202e}b\u{1b}".as_bytes()).shown(1..4);
        assert_eq!(shown.line, "a\u{fffd}b\u{fffd}");
        assert_eq!(&shown.line[shown.place], "\u{fffd}");
    }
}
