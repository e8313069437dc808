//! A list that moved on by a few rows is moved by the terminal itself; only what is new is written.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};

/// Further than this, a list is drawn anew.
const FURTHEST: u16 = 4;

/// Rows that move up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first row that takes part.
    top: u16,
    /// The last.
    bottom: u16,
    /// How far; up is positive.
    up: i32,
}

/// Returns the scroll that leaves fewest cells to write; whether it takes fewer bytes is seen when both are written.
pub(super) fn find(seen: &Buffer, wanted: &Buffer) -> Option<Scroll> {
    let area = *wanted.area();
    if *seen.area() != area || area.x != 0 || area.y != 0 {
        return None;
    }
    let changed: Vec<u16> = (0..area.height)
        .filter(|y| differing(seen, *y, wanted, *y) > 0)
        .collect();
    let (top, bottom) = (*changed.first()?, *changed.last()?);
    if bottom < top + 2 {
        return None;
    }
    let furthest = i32::from(FURTHEST.min(bottom - top));
    let after = |up: i32| -> usize {
        (top..=bottom)
            .map(
                |y| match moved(y, up).filter(|from| (top..=bottom).contains(from)) {
                    Some(from) => differing(seen, from, wanted, y),
                    None => filled(wanted, y),
                },
            )
            .sum()
    };
    let (_, up) = (-furthest..=furthest)
        .filter(|up| *up != 0)
        .map(|up| (after(up), up))
        .min()?;
    Some(Scroll { top, bottom, up })
}

fn moved(y: u16, up: i32) -> Option<u16> {
    u16::try_from(i32::from(y) + up).ok()
}

fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area().width);
    let from = usize::from(y) * width;
    buffer.content().get(from..from + width).unwrap_or_default()
}

/// Returns how many cells of two rows differ.
fn differing(seen: &Buffer, old: u16, wanted: &Buffer, new: u16) -> usize {
    let pairs = row(seen, old).iter().zip(row(wanted, new));
    pairs.filter(|(old, new)| old != new).count()
}

/// Returns how many cells of a row are not empty.
fn filled(wanted: &Buffer, y: u16) -> usize {
    let empty = Cell::EMPTY;
    row(wanted, y).iter().filter(|cell| **cell != empty).count()
}

impl Scroll {
    /// Tells the terminal: a line feed on the last row of a region moves it up, a reverse one on its first row moves
    /// it down. Every terminal knows these; the one sequence that scrolls by itself, some do not. The cursor's place
    /// is unknown afterwards.
    pub(super) fn send(self, out: &mut impl Write) -> io::Result<()> {
        let (edge, step) = if self.up > 0 {
            (self.bottom, "\n")
        } else {
            (self.top, "\x1bM")
        };
        let steps: String = (0..self.up.unsigned_abs()).map(|_| step).collect();
        let (first, last) = (self.top + 1, self.bottom + 1);
        write!(out, "\x1b[{first};{last}r\x1b[{}H{steps}\x1b[r", edge + 1)
    }

    /// Returns what is seen after it.
    pub(super) fn applied(self, before: &Buffer) -> Buffer {
        let width = before.area().width;
        let mut seen = before.clone();
        for y in self.top..=self.bottom {
            let from = moved(y, self.up).filter(|from| (self.top..=self.bottom).contains(from));
            for x in 0..width {
                let cell = from.and_then(|from| before.cell((x, from))).cloned();
                if let Some(place) = seen.cell_mut((x, y)) {
                    *place = cell.unwrap_or_default();
                }
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::{Scroll, find};

    fn blank(width: u16, height: u16) -> Buffer {
        Buffer::empty(Rect::new(0, 0, width, height))
    }

    fn list(from: usize, focus: u16) -> Buffer {
        let mut buffer = blank(40, 12);
        buffer.set_string(0, 0, "Hode", Style::new());
        for y in 2..10 {
            let letter = char::from(b'a' + u8::try_from(from).unwrap() + u8::try_from(y).unwrap());
            let words = letter.to_string().repeat(30);
            let style = if y == focus {
                Style::new().bold()
            } else {
                Style::new()
            };
            buffer.set_string(0, y, words, style);
        }
        buffer.set_string(0, 11, "Hint", Style::new());
        buffer
    }

    #[test]
    fn a_list_that_moved_on_is_scrolled_and_its_new_rows_are_what_is_left() {
        let (seen, wanted) = (list(0, 6), list(1, 6));
        let scroll = find(&seen, &wanted).unwrap();
        assert_eq!(
            scroll,
            Scroll {
                top: 2,
                bottom: 9,
                up: 1
            }
        );
        let mut bytes = Vec::new();
        scroll.send(&mut bytes).unwrap();
        assert_eq!(bytes, b"\x1b[3;10r\x1b[10H\n\x1b[r");
        let seen = scroll.applied(&seen);
        let left: Vec<u16> = (0..12)
            .filter(|y| super::differing(&seen, *y, &wanted, *y) > 0)
            .collect();
        assert_eq!(left, [5, 6, 9]);
    }

    #[test]
    fn a_list_that_moved_back_is_scrolled_down_from_its_first_row() {
        let scroll = find(&list(2, 6), &list(0, 6)).unwrap();
        let mut bytes = Vec::new();
        scroll.send(&mut bytes).unwrap();
        assert_eq!(bytes, b"\x1b[3;10r\x1b[3H\x1bM\x1bM\x1b[r");
    }

    #[test]
    fn another_size_is_not_scrolled() {
        assert_eq!(find(&list(0, 6), &blank(30, 12)), None);
    }
}
