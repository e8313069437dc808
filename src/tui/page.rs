//! The body of a screen as lines that fit themselves into the room there is.
//!
//! A screen says which lines it has, which gaps between them may close, which lines can be clicked and where the
//! cursor stands. The page closes gaps first, then scrolls so that the cursor's line is seen.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::command::Command;
use super::look::Spacing;
use super::theme::{Theme, Tone};
use super::wrap::{columns16, wrap};

mod laid;

use laid::{Beginning, scroll};
pub use laid::{Laid, border};

/// A gap that closes when there is little room: the higher, the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Between parts of a screen.
    Part,
    /// Around what belongs together.
    Around,
    /// Between options.
    Options,
}

/// Part of a line that can be clicked.
#[derive(Clone, Debug)]
struct Target {
    from: u16,
    to: u16,
    command: Command,
}

#[derive(Clone, Debug, Default)]
struct Row {
    line: Line<'static>,
    targets: Vec<Target>,
    cursor: Option<u16>,
    /// The columns of a field of one line, and how many columns of its text lie before them.
    typed: Option<(u16, u16, usize)>,
    /// Stays in view when the page scrolls.
    pinned: bool,
    /// Belongs to the focused row, and is seen with it.
    kept: bool,
}

#[derive(Clone, Debug)]
enum Part {
    Row(Row),
    Gap(Gap),
    /// A field that takes the room there is, with its border.
    Field {
        least: u16,
    },
}

impl Part {
    const fn is_choice(&self) -> bool {
        matches!(self, Self::Row(row) if !row.targets.is_empty())
    }
}

/// The body of a screen.
#[derive(Clone, Debug)]
pub struct Page {
    width: usize,
    theme: Theme,
    parts: Vec<Part>,
    offset: Option<usize>,
    /// Moves by a row at a time, also where it begins to.
    even: bool,
    /// All of it shall be seen together, if closing gaps is enough.
    together: bool,
    more: (String, String),
}

impl Page {
    /// Returns an empty page of `width` columns.
    #[must_use]
    pub const fn new(width: usize, theme: Theme) -> Self {
        Self {
            width,
            theme,
            parts: Vec::new(),
            offset: None,
            even: false,
            together: false,
            more: (String::new(), String::new()),
        }
    }

    /// Returns the width in columns.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Sets what is said where lines lie above and below.
    pub fn says_more(&mut self, above: &str, below: &str) {
        self.more = (above.to_owned(), below.to_owned());
    }

    /// Begins at this line instead of following the cursor.
    pub const fn scroll_to(&mut self, line: usize) {
        self.offset = Some(line);
    }

    /// Follows the cursor by a row at a time: for lists, where nothing at the beginning must stay in view. On a slow
    /// line a jump takes long.
    pub const fn follow_evenly(&mut self) {
        self.even = true;
    }

    /// Closes gaps before anything is out of view, however airy the look: for rows that belong to what is said above
    /// them.
    pub const fn keep_together(&mut self) {
        self.together = true;
    }

    /// Adds a gap.
    pub fn gap(&mut self, gap: Gap) {
        if !self.parts.is_empty() && !matches!(self.parts.last(), Some(Part::Gap(_))) {
            self.parts.push(Part::Gap(gap));
        }
    }

    /// Adds a text, wrapped, `indent` columns in.
    pub fn text(&mut self, text: &str, tone: Tone, indent: usize) {
        self.hanging("", text, tone, indent);
    }

    /// Adds a text that stays in view when the page scrolls.
    pub fn pinned(&mut self, text: &str, tone: Tone, indent: usize) {
        let from = self.parts.len();
        self.text(text, tone, indent);
        for part in self.parts.iter_mut().skip(from) {
            if let Part::Row(row) = part {
                row.pinned = true;
            }
        }
    }

    /// Adds a text whose first line begins with `lead`; further lines stand under the first.
    pub fn hanging(&mut self, lead: &str, text: &str, tone: Tone, indent: usize) {
        let hang = indent + usize::from(columns16(lead));
        let style = self.theme.style(tone);
        for (place, line) in wrap(text, self.width.saturating_sub(hang))
            .into_iter()
            .enumerate()
        {
            // What is empty has no style: on a slow line it would be sent for nothing.
            let (empty, lead) = if place == 0 { (indent, lead) } else { (hang, "") };
            self.push(vec![
                Span::raw(" ".repeat(empty)),
                Span::styled(lead.to_owned(), style),
                Span::styled(line, style),
            ]);
        }
    }

    /// Adds a line as it is.
    pub fn line(&mut self, spans: Vec<Span<'static>>) {
        self.push(spans);
    }

    /// Adds a piece of text at the end of the last line.
    pub fn append(&mut self, text: &str) {
        let span = self.span(text, Tone::Plain);
        if let Some(Part::Row(row)) = self.parts.last_mut() {
            row.line.push_span(span);
        }
    }

    /// Adds a line in one tone.
    pub fn plain(&mut self, text: &str, tone: Tone) {
        let style = self.theme.style(tone);
        self.push(vec![Span::styled(text.to_owned(), style)]);
    }

    /// Returns a piece of text in a tone.
    #[must_use]
    pub fn span(&self, text: &str, tone: Tone) -> Span<'static> {
        Span::styled(text.to_owned(), self.theme.style(tone))
    }

    /// Adds a row that can be chosen: `lead` (mark and number), `text` under itself, the cursor on it when focused.
    pub fn choice(&mut self, lead: &str, text: &str, focused: bool, chosen: bool, command: &Command) {
        let mark = if focused { " > " } else { "   " };
        let hang = 3 + usize::from(columns16(lead));
        let tone = if focused {
            Tone::Focus
        } else if chosen {
            Tone::Chosen
        } else {
            Tone::Plain
        };
        for (place, line) in wrap(text, self.width.saturating_sub(hang + 1))
            .into_iter()
            .enumerate()
        {
            let first = place == 0;
            let shown = if first {
                format!("{lead}{line}")
            } else {
                format!("{}{line}", " ".repeat(hang.saturating_sub(3)))
            };
            let start = if first { mark } else { "   " };
            let end = 3 + columns16(&shown);
            self.push(vec![Span::raw(start.to_owned()), self.span(&shown, tone)]);
            self.target(0, end, command.clone());
            if first && focused {
                self.cursor(1);
            }
        }
    }

    /// Makes part of the last line clickable.
    pub fn target(&mut self, from: u16, to: u16, command: Command) {
        if let Some(Part::Row(row)) = self.parts.last_mut() {
            row.targets.push(Target { from, to, command });
        }
    }

    /// Puts the cursor on the last line.
    pub fn cursor(&mut self, column: u16) {
        if let Some(Part::Row(row)) = self.parts.last_mut() {
            row.cursor = Some(column);
        }
    }

    /// Puts the cursor on the first line.
    pub fn cursor_at_top(&mut self, column: u16) {
        if let Some(Part::Row(row)) = self.parts.first_mut() {
            row.cursor = Some(column);
        }
    }

    /// Says that a field of one line stands in these columns of the last line, `skip` columns of its text before them.
    pub fn typed(&mut self, from: u16, to: u16, skip: usize) {
        if let Some(Part::Row(row)) = self.parts.last_mut() {
            row.typed = Some((from, to, skip));
        }
    }

    /// Keeps the last line in view together with the cursor's.
    pub fn keep(&mut self) {
        if let Some(Part::Row(row)) = self.parts.last_mut() {
            row.kept = true;
        }
    }

    /// Adds the field of a long text, at least so many lines high, borders included.
    pub fn field(&mut self, least: u16) {
        self.parts.push(Part::Field { least });
    }

    /// Returns how many lines there are when every gap is closed.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.height(None)
    }

    fn push(&mut self, spans: Vec<Span<'static>>) {
        self.parts.push(Part::Row(Row {
            line: Line::from(spans),
            ..Row::default()
        }));
    }

    /// Height with gaps up to `open` open.
    fn height(&self, open: Option<Gap>) -> usize {
        let height = |part: &Part| match part {
            Part::Row(_) => 1,
            Part::Gap(gap) => usize::from(open.is_some_and(|open| *gap <= open)),
            Part::Field { least } => usize::from(*least),
        };
        self.parts.iter().map(height).sum()
    }

    /// Lays the page into `area`.
    #[must_use]
    pub fn lay(self, area: Rect, spacing: Spacing) -> Laid {
        let room = usize::from(area.height);
        let fits = |open: &Gap| self.height(Some(*open)) <= room;
        let open = match spacing {
            Spacing::Tight => [Gap::Around, Gap::Part].into_iter().find(fits),
            Spacing::Normal => [Gap::Options, Gap::Around, Gap::Part].into_iter().find(fits),
            // Only where the page follows the focus can all of it be reached.
            Spacing::Airy if !self.together && self.parts.iter().any(Part::is_choice) => Some(Gap::Options),
            Spacing::Airy => [Gap::Options, Gap::Around, Gap::Part].into_iter().find(fits),
        };
        let spare = room.saturating_sub(self.height(open));
        let mut rows: Vec<(usize, Row)> = Vec::new();
        let mut field = None;
        let mut at = 0;
        for part in self.parts {
            match part {
                Part::Row(row) => {
                    rows.push((at, row));
                    at += 1;
                }
                Part::Gap(gap) => at += usize::from(open.is_some_and(|open| gap <= open)),
                Part::Field { least } => {
                    let height = usize::from(least) + spare;
                    field = Some((at, height));
                    at += height;
                }
            }
        }
        if at <= room {
            let place = |line: usize| area.y.saturating_add(u16::try_from(line).unwrap_or(u16::MAX));
            return Laid {
                field: field.map(|(top, height)| Rect {
                    y: place(top),
                    height: u16::try_from(height).unwrap_or(u16::MAX),
                    ..area
                }),
                rows: rows.into_iter().map(|(line, row)| (place(line), row)).collect(),
                area,
                below: 0,
            };
        }
        let start = match self.offset {
            Some(line) => Beginning::At(line),
            None if self.even => Beginning::Evenly,
            None => Beginning::AsLongAsItGoes,
        };
        scroll(rows, field, area, start, &self.more, &self.theme)
    }
}
