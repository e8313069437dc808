//! A page in its room: which lines are seen, and what lies where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::{Row, Target};
use crate::tui::command::Command;
use crate::tui::theme::{Theme, Tone};

/// A page laid into its room.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    pub(super) rows: Vec<(u16, Row)>,
    /// Where the long text field stands, border included.
    pub field: Option<Rect>,
    pub(super) area: Rect,
    /// How many lines lie below what is seen.
    pub below: usize,
}

/// What a page that scrolls begins with.
#[derive(Clone, Copy)]
pub(super) enum Beginning {
    /// This line.
    At(usize),
    /// The cursor's line is never more than two thirds down, unless what belongs to it needs the room.
    Evenly,
    /// Its beginning, as long as the cursor's line is seen there.
    AsLongAsItGoes,
}

/// Shows the part around the cursor, the pinned lines above it, and says that there is more.
pub(super) fn scroll(
    rows: Vec<(usize, Row)>,
    field: Option<(usize, usize)>,
    area: Rect,
    beginning: Beginning,
    more: &(String, String),
    theme: &Theme,
) -> Laid {
    let room = usize::from(area.height);
    let (rows, field) = pinned_first(rows, field, room);
    let last = rows
        .last()
        .map_or(0, |(at, _)| at + 1)
        .max(field.map_or(0, |(at, h)| at + h));
    let head: usize = rows.iter().take_while(|(_, row)| row.pinned).count();
    let head = if head * 2 <= room { head } else { 0 };
    let window = room - head;
    let focus = rows
        .iter()
        .find(|(_, row)| row.cursor.is_some())
        .map(|(at, _)| *at);
    let end = rows.iter().filter(|(_, row)| row.kept).map(|(at, _)| *at).max();
    // The first line that leaves room for all that belongs to the focused row.
    let whole = |focus: usize| {
        end.map_or(0, |end| {
            // What says that there is more takes a line too, above and below.
            let needed = end + 1 + usize::from(end + 1 < last);
            let above = usize::from(needed.saturating_sub(focus) < window);
            needed.saturating_sub(window).min(focus.saturating_sub(above))
        })
    };
    // The page begins at its beginning as long as the cursor's line is seen there; after that the line stays two
    // thirds down, and at the end the page stops.
    let wanted = match (beginning, focus, field) {
        (Beginning::At(offset), ..) => head + offset,
        (Beginning::Evenly, Some(focus), _) => {
            whole(focus).max(focus.saturating_sub(window * 2 / 3)).max(head)
        }
        (Beginning::AsLongAsItGoes, Some(focus), _) => {
            if end.unwrap_or(focus) + 2 <= head + window {
                head
            } else {
                whole(focus).max(focus.saturating_sub(window * 2 / 3))
            }
        }
        (_, None, Some((top, height))) => (top + height).saturating_sub(window),
        (_, None, None) => head,
    };
    let top = wanted.clamp(head, last.saturating_sub(window).max(head));
    let bottom = top + window;
    let line = |at: usize| area.y.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
    let mut laid: Vec<(u16, Row)> = Vec::new();
    let mut shown_field = None;
    for (at, row) in rows {
        if at < head {
            laid.push((line(at), row));
        } else if (top..bottom).contains(&at) {
            laid.push((line(head + at - top), row));
        }
    }
    if let Some((at, height)) = field.filter(|(at, _)| *at >= top && *at < bottom) {
        let height = height.min(bottom - at);
        shown_field = Some(Rect {
            y: line(head + at - top),
            height: u16::try_from(height).unwrap_or(u16::MAX),
            ..area
        });
    }
    let mark = |says: &str| Row {
        line: Line::styled(says.to_owned(), theme.style(Tone::Aside)),
        ..Row::default()
    };
    let mut put = |at: usize, says: &str| {
        let y = line(at);
        let taken = laid
            .iter()
            .any(|(other, row)| *other == y && row.cursor.is_some());
        let in_field = shown_field.is_some_and(|field: Rect| (field.y..field.bottom()).contains(&y));
        if !says.is_empty() && !taken && !in_field {
            laid.retain(|(other, _)| *other != y);
            laid.push((y, mark(says)));
        }
    };
    if top > head {
        put(head, &more.0);
    }
    if bottom < last {
        put(room.saturating_sub(1), &more.1);
    }
    Laid {
        rows: laid,
        field: shown_field,
        area,
        below: last.saturating_sub(bottom),
    }
}

/// Puts what stays in view before what scrolls, as long as it leaves half the room: what is asked, and what the
/// digits mean, though help may stand between them.
fn pinned_first(
    rows: Vec<(usize, Row)>,
    field: Option<(usize, usize)>,
    room: usize,
) -> (Vec<(usize, Row)>, Option<(usize, usize)>) {
    let pinned: Vec<usize> = rows
        .iter()
        .filter(|(_, row)| row.pinned)
        .map(|(at, _)| *at)
        .collect();
    // What is said before what is asked stays before it.
    let begins = rows.first().is_some_and(|(_, row)| row.pinned);
    if !begins || pinned.len() * 2 > room {
        return (rows, field);
    }
    let later = |at: usize| pinned.iter().filter(|other| **other > at).count();
    let mut place = 0;
    let mut moved: Vec<(usize, Row)> = rows
        .into_iter()
        .map(|(at, row)| {
            if row.pinned {
                place += 1;
                (place - 1, row)
            } else {
                (at + later(at), row)
            }
        })
        .collect();
    moved.sort_by_key(|(at, _)| *at);
    (moved, field.map(|(at, height)| (at + later(at), height)))
}

impl Laid {
    /// Returns where the cursor stands, if a line has it.
    #[must_use]
    pub fn cursor(&self) -> Option<Position> {
        self.rows.iter().find_map(|(y, row)| {
            let column = row.cursor?;
            let last = self.area.right().saturating_sub(1);
            Some(Position::new(self.area.x.saturating_add(column).min(last), *y))
        })
    }

    /// Returns what a click at this place asks for.
    #[must_use]
    pub fn command_at(&self, x: u16, y: u16) -> Option<&Command> {
        let (_, row) = self.rows.iter().find(|(line, _)| *line == y)?;
        let column = x.checked_sub(self.area.x)?;
        let hit = |target: &&Target| (target.from..target.to).contains(&column);
        row.targets.iter().find(hit).map(|target| &target.command)
    }

    /// Returns the column of a one-line field's text that lies at this place.
    #[must_use]
    pub fn line_field_at(&self, x: u16, y: u16) -> Option<usize> {
        let (_, row) = self.rows.iter().find(|(line, _)| *line == y)?;
        let (from, to, skip) = row.typed?;
        let column = x.checked_sub(self.area.x)?;
        (from..to)
            .contains(&column)
            .then(|| usize::from(column - from) + skip)
    }

    /// Draws the lines.
    pub fn draw(&self, buffer: &mut Buffer) {
        for (y, row) in &self.rows {
            buffer.set_line(self.area.x, *y, &row.line, self.area.width);
        }
    }

    /// Returns the room inside the long field's border.
    #[must_use]
    pub fn inside_field(&self) -> Option<Rect> {
        let field = self.field.filter(|field| field.height > 2 && field.width > 4)?;
        Some(Rect {
            x: field.x + 2,
            y: field.y + 1,
            width: field.width - 4,
            height: field.height - 2,
        })
    }

    /// Draws the border of the long field.
    pub fn draw_field(&self, buffer: &mut Buffer, ascii: bool, style: Style) {
        if let (Some(field), Some(_)) = (self.field, self.inside_field()) {
            border(field, buffer, ascii, style);
        }
    }
}

/// Draws a border.
pub fn border(area: Rect, buffer: &mut Buffer, ascii: bool, style: Style) {
    let inner = usize::from(area.width.saturating_sub(2));
    let (corners, across, down) = if ascii {
        (["+", "+", "+", "+"], "-", "|")
    } else {
        (["┌", "┐", "└", "┘"], "─", "│")
    };
    let edge = |left: &str, right: &str| format!("{left}{}{right}", across.repeat(inner));
    let [top_left, top_right, low_left, low_right] = corners;
    let low = area.bottom().saturating_sub(1);
    buffer.set_string(area.x, area.y, edge(top_left, top_right), style);
    for y in area.y + 1..low {
        buffer.set_string(area.x, y, down, style);
        buffer.set_string(area.right().saturating_sub(1), y, down, style);
    }
    buffer.set_string(area.x, low, edge(low_left, low_right), style);
}
