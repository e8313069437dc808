//! A list that moved on by a few rows is moved by the terminal itself; only what is new is written.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::cells::named_colour;

/// FNV-1a (Fowler, Noll, Vo): a whole screen is numbered for a frame, and one cell is a few bytes.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// See [`FNV_OFFSET`].
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Further than this, a list is drawn anew.
const FURTHEST: usize = 8;

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
    let looked = Looked::new(seen, wanted);
    let top = looked.as_it_is.iter().position(|cells| *cells > 0)?;
    let bottom = looked.as_it_is.iter().rposition(|cells| *cells > 0)?;
    if bottom < top + 2 {
        return None;
    }
    let furthest = FURTHEST.min(bottom - top);
    let ways = (1..=furthest).flat_map(|far| [(far, true), (far, false)]);
    let found = ways.filter_map(|(far, up)| looked.region((top, bottom), far, up));
    let (_, scroll) = found.max_by_key(|(gain, scroll)| (*gain, -scroll.up.abs()))?;
    Some(scroll)
}

/// Two screens as they were looked at: every cell is a number, for a row is compared with many others.
struct Looked {
    width: usize,
    seen: Vec<u64>,
    wanted: Vec<u64>,
    /// How many cells of each row are to be written as it is.
    as_it_is: Vec<i32>,
    /// How many fewer, or more, where the row comes in empty: of all rows above this one.
    gained_empty: Vec<i32>,
}

impl Looked {
    fn new(seen: &Buffer, wanted: &Buffer) -> Self {
        let width = usize::from(wanted.area().width).max(1);
        let (seen, wanted) = (numbers(seen), numbers(wanted));
        let blank = number(&Cell::EMPTY);
        let rows = || seen.chunks(width).zip(wanted.chunks(width));
        let as_it_is: Vec<i32> = rows().map(|(old, new)| differing(old, new)).collect();
        let mut gained_empty = vec![0];
        let mut all = 0;
        for ((_, new), now) in rows().zip(&as_it_is) {
            all += now - new.iter().map(|cell| i32::from(*cell != blank)).sum::<i32>();
            gained_empty.push(all);
        }
        Self {
            width,
            seen,
            wanted,
            as_it_is,
            gained_empty,
        }
    }

    /// Returns how many cells of a row need not be written when another row stands there already.
    fn gain(&self, from: usize, to: usize) -> i32 {
        let old = self.seen.chunks(self.width).nth(from).unwrap_or_default();
        let new = self.wanted.chunks(self.width).nth(to).unwrap_or_default();
        self.as_it_is.get(to).copied().unwrap_or(0) - differing(old, new)
    }

    /// Returns the same for rows that come in empty, from the first up to the last, which is not one of them.
    fn gain_empty(&self, first: usize, end: usize) -> i32 {
        let above = |y: usize| self.gained_empty.get(y).copied().unwrap_or(0);
        above(end) - above(first)
    }

    /// Returns the rows that gain most when they move so far, and how many cells need not be written then.
    fn region(&self, (top, bottom): (usize, usize), far: usize, up: bool) -> Option<(i32, Scroll)> {
        // The rows that something moves to, and what that gains.
        let rows: Vec<(usize, i32)> = if up {
            (top..=bottom - far).map(|y| (y, self.gain(y + far, y))).collect()
        } else {
            (top + far..=bottom).map(|y| (y, self.gain(y - far, y))).collect()
        };
        let mut best: Option<(i32, Scroll)> = None;
        for (begin, (first, _)) in rows.iter().enumerate() {
            let mut moved = 0;
            for (last, gained) in rows.iter().skip(begin) {
                moved += gained;
                // The rows at the edge come in empty.
                let (all, top, bottom) = if up {
                    let all = moved + self.gain_empty(last + 1, last + 1 + far);
                    (all, *first, last + far)
                } else {
                    (moved + self.gain_empty(first - far, *first), first - far, *last)
                };
                if all > best.map_or(0, |(gained, _)| gained) {
                    let line = |y: usize| u16::try_from(y).unwrap_or(u16::MAX);
                    let far = i32::try_from(far).unwrap_or(0);
                    let scroll = Scroll {
                        top: line(top),
                        bottom: line(bottom),
                        up: if up { far } else { -far },
                    };
                    best = Some((all, scroll));
                }
            }
        }
        best
    }
}

fn numbers(buffer: &Buffer) -> Vec<u64> {
    buffer.content().iter().map(number).collect()
}

/// Returns a number for what a cell looks like. Should two that differ have the same, a scroll is thought better than
/// it is, and nothing worse.
fn number(cell: &Cell) -> u64 {
    let look = [tint(cell.fg), tint(cell.bg), u64::from(cell.modifier.bits())];
    let letters = cell.symbol().bytes().map(u64::from);
    letters
        .chain(look)
        .fold(FNV_OFFSET, |sum, part| (sum ^ part).wrapping_mul(FNV_PRIME))
}

/// Returns a number for a colour.
fn tint(colour: Color) -> u64 {
    match colour {
        Color::Rgb(red, green, blue) => u64::from(u32::from_be_bytes([2, red, green, blue])),
        Color::Indexed(number) => 0x100 | u64::from(number),
        named => named_colour(named).map_or(0, |place| 1 + u64::from(place)),
    }
}

/// Returns how many cells of two rows differ.
fn differing(old: &[u64], new: &[u64]) -> i32 {
    let pairs = old.iter().zip(new);
    pairs.map(|(old, new)| i32::from(old != new)).sum()
}

fn moved(y: u16, up: i32) -> Option<u16> {
    u16::try_from(i32::from(y) + up).ok()
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
            .filter(|y| (0..40).any(|x| seen.cell((x, *y)) != wanted.cell((x, *y))))
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
