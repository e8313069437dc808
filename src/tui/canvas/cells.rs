//! Changed cells as bytes: as few as will do.
//!
//! A frame begins and ends in the terminal's own style. Between two changed cells of a line the cursor is moved, or
//! the cells between are written once more, whatever is shorter; a change of style is one sequence.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::tui::wrap::columns;

/// What a cell looks like.
type Style = (Color, Color, Modifier);

const PLAIN: Style = (Color::Reset, Color::Reset, Modifier::empty());

/// The modifiers the screens use, and how a terminal is told.
const MODIFIERS: [(Modifier, u8); 4] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
];

/// Writes what differs between what is seen and what is wanted.
pub(super) fn write(out: &mut impl Write, seen: &Buffer, wanted: &Buffer) -> io::Result<()> {
    let mut pen = Pen::default();
    let changes: Vec<_> = seen.diff(wanted);
    let mut left = changes.as_slice();
    while let Some(((x, y, cell), rest)) = left.split_first() {
        let in_row = 1 + rest.iter().take_while(|(_, row, _)| row == y).count();
        if in_row > ERASE.len() && is_blank_from(wanted, *x, *y) {
            // Where the pen stands before blanks already, it erases those too.
            if !pen
                .at
                .is_some_and(|(at, row)| row == *y && at <= *x && is_blank_from(wanted, at, row))
            {
                pen.go(wanted, *x, *y);
            }
            pen.erase();
            left = left.get(in_row..).unwrap_or_default();
        } else {
            pen.go(wanted, *x, *y);
            pen.put(cell, *x);
            left = rest;
        }
    }
    if pen.style != PLAIN {
        pen.text.push_str("\x1b[m");
    }
    out.write_all(pen.text.as_bytes())
}

/// Erases from the cursor to the end of the line.
const ERASE: &str = "\x1b[K";

/// Returns whether a line holds nothing from here on.
fn is_blank_from(wanted: &Buffer, x: u16, y: u16) -> bool {
    let blank = |x| {
        let cell = wanted.cell((x, y));
        cell.is_some_and(|cell| cell.symbol() == " " && style(cell) == PLAIN)
    };
    (x..wanted.area().right()).all(blank)
}

/// Where the terminal's cursor stands, and in which style it writes.
struct Pen {
    text: String,
    style: Style,
    at: Option<(u16, u16)>,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            text: String::new(),
            style: PLAIN,
            at: None,
        }
    }
}

impl Pen {
    fn go(&mut self, wanted: &Buffer, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x => {
                let forward = format!("\x1b[{}C", x - from);
                if !self.rewrite(wanted, from..x, y, forward.len()) {
                    self.text.push_str(&forward);
                }
            }
            _ if x == 0 => {
                let _ = write!(self.text, "\x1b[{}H", y + 1);
            }
            _ => {
                let _ = write!(self.text, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    /// Writes the cells on the way once more, where that takes no more bytes than moving over them.
    fn rewrite(&mut self, wanted: &Buffer, over: std::ops::Range<u16>, y: u16, most: usize) -> bool {
        let mut between = String::new();
        for x in over {
            let Some(cell) = wanted.cell((x, y)) else {
                return false;
            };
            // A wide letter has a cell behind it that holds nothing to write.
            let single = cell.symbol().chars().count() == 1 && columns(cell.symbol()) == 1;
            if style(cell) != self.style || !single || between.len() + cell.symbol().len() > most {
                return false;
            }
            between.push_str(letters(cell));
        }
        self.text.push_str(&between);
        true
    }

    /// Erases the rest of the line, in the terminal's own style.
    fn erase(&mut self) {
        if self.style != PLAIN {
            self.text.push_str("\x1b[m");
            self.style = PLAIN;
        }
        self.text.push_str(ERASE);
    }

    fn put(&mut self, cell: &Cell, x: u16) {
        let wanted = style(cell);
        if wanted != self.style {
            change(&mut self.text, self.style, wanted);
            self.style = wanted;
        }
        self.text.push_str(letters(cell));
        // After a wide letter terminals may disagree on where they are.
        let narrow = columns(cell.symbol()) == 1;
        self.at = self.at.filter(|_| narrow).map(|(_, y)| (x + 1, y));
    }
}

/// Returns what is written in a cell. A space that keeps words together has done so by now: it is written as a space,
/// which every terminal shows as one.
fn letters(cell: &Cell) -> &str {
    match cell.symbol() {
        "\u{a0}" => " ",
        symbol => symbol,
    }
}

const fn style(cell: &Cell) -> Style {
    (cell.fg, cell.bg, cell.modifier)
}

/// Changes the style in one sequence; what was on goes off first, where something has to.
fn change(text: &mut String, from: Style, to: Style) {
    let keeps = to.2.contains(from.2)
        && (from.0 == to.0 || from.0 == Color::Reset)
        && (from.1 == to.1 || from.1 == Color::Reset);
    let mut parts: Vec<String> = Vec::new();
    let from = if keeps { from } else { PLAIN };
    if !keeps && to != PLAIN {
        parts.push("0".to_owned());
    }
    for (modifier, number) in MODIFIERS {
        if to.2.contains(modifier) && !from.2.contains(modifier) {
            parts.push(number.to_string());
        }
    }
    if to.0 != from.0 {
        parts.extend(colour(to.0, 30));
    }
    if to.1 != from.1 {
        parts.extend(colour(to.1, 40));
    }
    let _ = write!(text, "\x1b[{}m", parts.join(";"));
}

/// Returns the numbers of a colour; `base` is 30 for letters and 40 for what is behind them.
fn colour(colour: Color, base: u8) -> Option<String> {
    match colour {
        Color::Indexed(number) => Some(format!("{};5;{number}", base + 8)),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", base + 8)),
        named => named_colour(named).map(|place| {
            let bright = if place < 8 { 0 } else { 52 };
            (base + place + bright).to_string()
        }),
    }
}

/// Returns the place of a colour among the sixteen of a terminal; the bright ones come last.
pub(super) const fn named_colour(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => return None,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::write;

    fn sent(seen: &Buffer, wanted: &Buffer) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, seen, wanted).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn line(width: u16) -> Buffer {
        Buffer::empty(Rect::new(0, 0, width, 2))
    }

    #[test]
    fn spaces_between_words_are_written_and_long_gaps_are_moved_over() {
        let mut wanted = line(40);
        wanted.set_string(0, 0, "en to", Style::new());
        wanted.set_string(20, 0, "tre", Style::new());
        assert_eq!(sent(&line(40), &wanted), "\x1b[1Hen to\x1b[15Ctre");
    }

    #[test]
    fn a_change_of_style_is_one_sequence_and_the_end_is_plain() {
        let mut wanted = line(40);
        let key = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
        wanted.set_string(1, 0, "Esc", key);
        wanted.set_string(4, 0, "!", Style::new().add_modifier(Modifier::DIM));
        wanted.set_string(5, 0, "?", Style::new());
        wanted.set_string(6, 0, "x", key);
        assert_eq!(
            sent(&line(40), &wanted),
            "\x1b[1;2H\x1b[1;36mEsc\x1b[0;2m!\x1b[m?\x1b[1;36mx\x1b[m"
        );
    }

    #[test]
    fn a_line_that_became_shorter_is_erased_from_its_new_end() {
        let (mut seen, mut wanted) = (line(40), line(40));
        seen.set_string(0, 0, "en lang linje med ord", Style::new());
        wanted.set_string(0, 0, "en", Style::new().add_modifier(Modifier::BOLD));
        assert_eq!(sent(&seen, &wanted), "\x1b[1H\x1b[1men\x1b[m\x1b[K");
        let mut one = line(40);
        one.set_string(0, 0, "enx", Style::new());
        let mut two = line(40);
        two.set_string(0, 0, "en", Style::new());
        assert_eq!(sent(&one, &two), "\x1b[1;3H ");
    }

    #[test]
    fn after_a_wide_letter_the_cursor_is_placed_again() {
        let mut wanted = line(20);
        wanted.set_string(0, 0, "日本a", Style::new());
        assert_eq!(sent(&line(20), &wanted), "\x1b[1H日\x1b[1;3H本\x1b[1;5Ha");
    }
}
