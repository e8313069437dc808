//! A list that moved on by a few rows is moved by the terminal itself; only what is new is written.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};

/// Further than this, a list is drawn anew.
const FURTHEST: u16 = 8;

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
    let as_it_is: Vec<i32> = (0..area.height).map(|y| differing(seen, y, wanted, y)).collect();
    let top = u16::try_from(as_it_is.iter().position(|cells| *cells > 0)?).ok()?;
    let bottom = u16::try_from(as_it_is.iter().rposition(|cells| *cells > 0)?).ok()?;
    if bottom < top + 2 {
        return None;
    }
    let furthest = i32::from(FURTHEST.min(bottom - top));
    let ways = (-furthest..=furthest).filter(|up| *up != 0);
    let found = ways.filter_map(|up| region(seen, wanted, &as_it_is, (top, bottom), up));
    let (_, scroll) = found.max_by_key(|(gain, scroll)| (*gain, -scroll.up.abs()))?;
    Some(scroll)
}

/// Returns the rows that gain most when they move so far, and how many cells need not be written then.
fn region(
    seen: &Buffer,
    wanted: &Buffer,
    as_it_is: &[i32],
    (top, bottom): (u16, u16),
    up: i32,
) -> Option<(i32, Scroll)> {
    let gain = |y: u16, moved: i32| as_it_is.get(usize::from(y)).map_or(0, |now| now - moved);
    let rows: Vec<(u16, i32)> = (top..=bottom)
        .filter_map(|y| {
            let from = moved(y, up).filter(|from| (top..=bottom).contains(from))?;
            Some((y, gain(y, differing(seen, from, wanted, y))))
        })
        .collect();
    let far = u16::try_from(up.unsigned_abs()).ok()?;
    let mut best: Option<(i32, Scroll)> = None;
    for (begin, (first, _)) in rows.iter().enumerate() {
        let mut all = 0;
        for (last, gained) in rows.iter().skip(begin) {
            all += gained;
            // The rows at the edge come in empty.
            let empty = if up > 0 {
                last + 1..=last + far
            } else {
                first - far..=first - 1
            };
            let all = all + empty.map(|y| gain(y, filled(wanted, y))).sum::<i32>();
            if all > best.map_or(0, |(gained, _)| gained) {
                let (top, bottom) = if up > 0 {
                    (*first, last + far)
                } else {
                    (first - far, *last)
                };
                best = Some((all, Scroll { top, bottom, up }));
            }
        }
    }
    best
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
fn differing(seen: &Buffer, old: u16, wanted: &Buffer, new: u16) -> i32 {
    let pairs = row(seen, old).iter().zip(row(wanted, new));
    pairs.map(|(old, new)| i32::from(old != new)).sum()
}

/// Returns how many cells of a row are not empty.
fn filled(wanted: &Buffer, y: u16) -> i32 {
    let empty = Cell::EMPTY;
    row(wanted, y).iter().map(|cell| i32::from(*cell != empty)).sum()
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
    fn what_changed_below_the_list_does_not_move_with_it() {
        let (seen, mut wanted) = (list(0, 6), list(1, 6));
        wanted.set_string(0, 11, "Another hint", Style::new());
        let scroll = find(&seen, &wanted).unwrap();
        assert_eq!((scroll.top, scroll.bottom, scroll.up), (2, 9, 1));
        assert_eq!(find(&seen, &seen), None);
    }

    #[test]
    fn another_size_is_not_scrolled() {
        assert_eq!(find(&list(0, 6), &blank(30, 12)), None);
    }
}
