//! The frame every screen stands in: what and where, the body, two hint rows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::fieldwork::session::Saved;
use crate::texts::fill;

use super::command::Command;
use super::curtain::Curtain;
use super::field::Shown;
use super::hints::{Hints, lay_out};
use super::input::Key;
use super::keymap::{Binding, key_name};
use super::look::Spacing;
use super::page::{Laid, border};
use super::situation::Situation;
use super::theme::{Theme, Tone};
use super::view::View;
use super::wrap::{columns, columns16, cut, wrap};

/// The smallest window: columns and rows.
pub const SMALLEST: (u16, u16) = (60, 16);
/// The frame is never wider, but for screens that use a wide window.
pub(super) const WIDEST: u16 = 80;
/// Those are never wider than this.
const WIDE: u16 = 160;
/// From this width the frame stands in the middle.
const CENTRED: u16 = 100;
/// In the airy look lines are no longer than this.
const AIRY_COLUMN: usize = 66;
/// Rows that are not body: head, rule, rule, two hints.
const CHROME: u16 = 5;

/// Returns the columns and rows of the body.
#[must_use]
pub fn body_size(s: &Situation) -> (usize, usize) {
    let (width, height) = s.size;
    let width = width.min(WIDEST);
    let bar = bar(s, usize::from(width.saturating_sub(2))).len();
    (
        usize::from(width.saturating_sub(4)).min(column_of(s)),
        usize::from(height.saturating_sub(CHROME)).saturating_sub(bar),
    )
}

/// Returns how wide a column of text may be.
const fn column_of(s: &Situation) -> usize {
    match s.look.spacing {
        Spacing::Airy => AIRY_COLUMN,
        Spacing::Tight | Spacing::Normal => usize::MAX,
    }
}

/// Everything on the screen at one moment.
pub struct Picture<'a> {
    area: Rect,
    theme: Theme,
    ascii: bool,
    content: Drawn<'a>,
}

enum Drawn<'a> {
    /// One text and nothing else: curtain, or a window that is too small.
    Bare {
        lines: Vec<String>,
        /// The row of the first line.
        y: u16,
        /// The row among them and the column where the cursor stands.
        cursor: (u16, u16),
    },
    Whole(Box<Whole<'a>>),
}

struct Whole<'a> {
    frame: Rect,
    head: Line<'static>,
    hide: (u16, u16),
    discreet: bool,
    /// A card: no rules, and one hint row.
    card: bool,
    bar: Vec<String>,
    body: Rect,
    laid: Laid,
    field: Option<Shown<'a>>,
    in_field: bool,
    popup: Option<(Rect, Laid)>,
    status: Vec<String>,
    hints: Hints,
}

/// What a picture is made of.
pub struct Scene<'a> {
    /// How things stand.
    pub situation: &'a Situation,
    /// The view that fills the screen.
    pub view: &'a View,
    /// A box over it.
    pub popup: Option<&'a View>,
    /// The curtain, where it is drawn.
    pub curtain: Option<&'a Curtain>,
    /// What was just said.
    pub status: Option<&'a str>,
}

impl<'a> Picture<'a> {
    /// Lays a scene into a window.
    #[must_use]
    pub fn new(scene: &Scene<'a>, area: Rect) -> Self {
        let s = scene.situation;
        let width = usize::from(area.width.saturating_sub(4)).min(72);
        let smallest = scene.popup.unwrap_or(scene.view).smallest();
        let content = if let Some(curtain) = scene.curtain {
            let (lines, cursor) = curtain.lines(s, scene.status, width);
            // Everything is seen in a window of any height.
            let most = area
                .height
                .saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX));
            Drawn::Bare {
                lines,
                y: (area.height * 2 / 5).min(most),
                cursor,
            }
        } else if area.width < smallest.0 || area.height < smallest.1 {
            Drawn::Bare {
                lines: wrap(&s.t().small, width),
                y: 0,
                cursor: (0, 0),
            }
        } else {
            Drawn::Whole(Box::new(whole(scene, area)))
        };
        Self {
            area,
            theme: s.theme(),
            ascii: s.look.ascii,
            content,
        }
    }

    /// Returns where the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> Position {
        match &self.content {
            Drawn::Bare { y, cursor, .. } => {
                Position::new(self.area.x + 2 + cursor.1, self.area.y + y + cursor.0)
            }
            Drawn::Whole(whole) => whole.cursor(),
        }
    }

    /// Returns what a click asks for.
    #[must_use]
    pub fn command_at(&self, x: u16, y: u16) -> Option<Command> {
        let Drawn::Whole(whole) = &self.content else {
            return None;
        };
        let column = x.checked_sub(whole.frame.x + 1);
        if y == whole.frame.y && column.is_some_and(|column| (whole.hide.0..whole.hide.1).contains(&column)) {
            return Some(Command::Curtain);
        }
        if let Some(row) = y.checked_sub(whole.first_hint()) {
            let hit = |column: u16| {
                whole
                    .hints
                    .placed
                    .iter()
                    .find(|hint| hint.row == row && (hint.from..hint.to).contains(&column))
            };
            return column.and_then(hit).and_then(|hint| hint.command.clone());
        }
        match &whole.popup {
            Some((_, laid)) => laid.command_at(x, y).cloned(),
            None => whole.laid.command_at(x, y).cloned(),
        }
    }

    /// Returns the row and column in the field that a click falls on; a field of one line has row 0.
    #[must_use]
    pub fn field_at(&self, x: u16, y: u16) -> Option<(usize, usize)> {
        let Drawn::Whole(whole) = &self.content else {
            return None;
        };
        if whole.popup.is_some() {
            return None;
        }
        if let Some(column) = whole.laid.line_field_at(x, y) {
            return Some((0, column));
        }
        let inside = whole.laid.inside_field()?;
        let at = |place: u16, from: u16, size: u16| {
            place
                .checked_sub(from)
                .filter(|place| *place < size)
                .map(usize::from)
        };
        // The columns between text and border belong to the text.
        let column = at(x, inside.x.saturating_sub(1), inside.width + 2)?.saturating_sub(1);
        Some((at(y, inside.y, inside.height)?, column))
    }
}

impl Whole<'_> {
    /// Returns the row of the first hint.
    const fn first_hint(&self) -> u16 {
        let rows = if self.card { 1 } else { 2 };
        self.frame.bottom().saturating_sub(rows)
    }

    fn cursor(&self) -> Position {
        if let Some((_, laid)) = &self.popup {
            return laid.cursor().unwrap_or_default();
        }
        if let Some(field) = self.field.as_ref().filter(|_| self.in_field) {
            return field.cursor();
        }
        self.laid
            .cursor()
            .unwrap_or_else(|| Position::new(self.body.x, self.body.y))
    }
}

fn whole<'a>(scene: &Scene<'a>, area: Rect) -> Whole<'a> {
    let s = scene.situation;
    let is_wide = scene.view.is_wide();
    let width = area.width.min(if is_wide { WIDE } else { WIDEST });
    let left = if area.width > CENTRED {
        (area.width - width) / 2
    } else {
        0
    };
    let frame = Rect {
        x: area.x + left,
        width,
        ..area
    };
    let inner = usize::from(width.saturating_sub(2));
    let top = scene.popup.unwrap_or(scene.view);
    let discreet = scene.view.is_discreet();
    let (head, hide) = head(scene, inner, discreet);
    let bar = bar(s, inner);
    let text = |says: &str| wrap(says, inner.saturating_sub(1));
    let notice = top.notice(s);
    let status = scene.status.or(notice.as_deref()).map(text).unwrap_or_default();
    let taken = |lines: &[String]| u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let card = matches!(scene.view, View::Card(_));
    let (above, chrome) = if card {
        (1, super::card::CHROME)
    } else {
        (2, CHROME)
    };
    let body = Rect {
        x: frame.x + 2,
        y: frame.y + above + taken(&bar),
        width: frame.width.saturating_sub(4),
        height: frame.height.saturating_sub(chrome + taken(&bar) + taken(&status)),
    };
    let spacing = s.look.spacing;
    let columns = usize::from(body.width).min(if is_wide { usize::MAX } else { column_of(s) });
    let laid = scene
        .view
        .page(s, columns, usize::from(body.height))
        .lay(body, spacing);
    let popup = scene.popup.map(|popup| {
        let wide = body.width.min(56);
        let page = popup.page(s, usize::from(wide.saturating_sub(4)), usize::from(body.height));
        let high = u16::try_from(page.lines() + 3)
            .unwrap_or(u16::MAX)
            .min(body.height);
        let outer = Rect {
            x: body.x + (body.width - wide) / 2,
            y: body.y,
            width: wide,
            height: high,
        };
        let inside = Rect {
            x: outer.x + 2,
            y: outer.y + 1,
            width: outer.width.saturating_sub(4),
            height: outer.height.saturating_sub(2),
        };
        (outer, page.lay(inside, Spacing::Tight))
    });
    let table: Vec<Binding> = top.table(s);
    let hints = lay_out(&table, top.sentence(s).as_deref(), &s.t().key, &s.theme(), inner);
    Whole {
        frame,
        head,
        hide,
        discreet,
        card,
        bar,
        body,
        field: scene
            .view
            .long_field()
            .and_then(|field| Some(field.show(laid.inside_field()?))),
        in_field: scene.view.is_in_long_field(),
        laid,
        popup,
        status,
        hints,
    }
}

/// Row 1: what this is, where in it, when it was saved, and the way to hide it.
fn head(scene: &Scene<'_>, inner: usize, discreet: bool) -> (Line<'static>, (u16, u16)) {
    let s = scene.situation;
    let theme = s.theme();
    let hide = format!("[{}]", s.t().hide);
    // The first questions are about whoever sits here, and nobody is made up there.
    let first = matches!(scene.view, View::List(list) if list.is_first_run());
    let marks = if first { Vec::new() } else { s.marks() };
    let marks = marks.iter().map(|mark| format!("({mark}) ")).collect::<String>();
    let mut right = Vec::new();
    let mut title = String::new();
    let heading = scene.view.heading(s);
    if !discreet {
        title = match &s.interview {
            Some(interview) => interview.survey().parts().title.get(s.language()).to_owned(),
            None => s.t().program.clone(),
        };
        let place = s.interview.as_ref().and_then(|interview| {
            let question = interview
                .current_question()
                .filter(|_| matches!(scene.view, View::Asking(_)))?;
            interview.place_of(question)
        });
        if let Some((place, all)) = place {
            let (place, all) = (place.to_string(), all.to_string());
            right.push(fill(&s.t().place, &[("place", &place), ("all", &all)]));
        }
        if let Some(saved) = s.saved_words().filter(|_| s.interview.is_some()) {
            right.push(saved);
        }
    }
    let is_card = matches!(scene.view, View::Card(_));
    if !is_card {
        right.push(hide.clone());
    }
    let right = right.join("  ");
    let room = inner.saturating_sub(columns(&right) + 2);
    // The section is worth more than the survey's name.
    let heading = cut(&heading, room.saturating_sub(columns(&marks)));
    let left_for_title = room.saturating_sub(columns(&marks) + columns(&heading) + 2);
    let title = if columns(&title) <= left_for_title || heading.is_empty() {
        cut(&title, left_for_title)
    } else {
        String::new()
    };
    let between = if title.is_empty() || heading.is_empty() {
        ""
    } else {
        "  "
    };
    let used = columns(&marks) + columns(&title) + columns(between) + columns(&heading);
    let gap = inner.saturating_sub(used + columns(&right));
    let line = Line::from(vec![
        Span::styled(marks, theme.style(Tone::Notice)),
        Span::styled(title, theme.style(Tone::Heading)),
        Span::raw(between.to_owned()),
        Span::styled(heading, theme.style(Tone::Plain)),
        Span::raw(" ".repeat(gap)),
        Span::styled(right, theme.style(Tone::Plain)),
    ]);
    let last = u16::try_from(inner).unwrap_or(u16::MAX);
    if is_card {
        return (line, (0, 0));
    }
    (line, (last.saturating_sub(columns16(&hide)), last))
}

/// The bar over the body: answers are not on the disk, or the survey that is previewed has errors.
fn bar(s: &Situation, inner: usize) -> Vec<String> {
    let mut lines = failed(s, inner);
    lines.extend(super::preview::note_lines(s, inner));
    lines
}

/// The bar that says that answers are not on the disk.
fn failed(s: &Situation, inner: usize) -> Vec<String> {
    let Saved::Failed(trouble) = s.saved else {
        return Vec::new();
    };
    let enter = key_name(Key::Enter, &s.t().key);
    let says = fill(
        &s.t().save_failed,
        &[("why", s.trouble(trouble)), ("enter", &enter)],
    );
    wrap(&says, inner)
}

impl Widget for &Picture<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        match &self.content {
            Drawn::Bare { lines, y, .. } => {
                for (line, at) in lines.iter().zip(*y..area.height) {
                    buffer.set_stringn(
                        area.x + 2,
                        area.y + at,
                        line,
                        usize::from(area.width),
                        Style::new(),
                    );
                }
            }
            Drawn::Whole(whole) => self.draw(whole, buffer),
        }
    }
}

impl Picture<'_> {
    fn draw(&self, whole: &Whole<'_>, buffer: &mut Buffer) {
        let Whole { frame, body, .. } = whole;
        let inner = frame.width.saturating_sub(2);
        let left = frame.x + 1;
        let rule = if self.ascii { "-" } else { "─" }.repeat(usize::from(inner));
        let rule_style = self.theme.style(Tone::Rule);
        buffer.set_line(left, frame.y, &whole.head, inner);
        if !whole.discreet {
            buffer.set_string(left, frame.y + 1, &rule, rule_style);
        }
        let hints = whole.first_hint();
        if !whole.card {
            buffer.set_string(left, hints.saturating_sub(1), &rule, rule_style);
        }
        let above = if whole.card { 1 } else { 2 };
        for (line, y) in whole.bar.iter().zip(frame.y + above..) {
            let style = self.theme.style(Tone::Trouble);
            buffer.set_stringn(
                left,
                y,
                super::wrap::pad(line, usize::from(inner)),
                usize::from(inner),
                style,
            );
        }
        // Beside a box, pieces of lines would only be in the way.
        if whole.popup.is_none() {
            whole.laid.draw(buffer);
            if let Some(field) = &whole.field {
                whole.laid.draw_field(buffer, self.ascii, rule_style);
                field.draw(buffer, self.theme.style(Tone::Focus));
            }
        }
        for (line, y) in whole.status.iter().zip(body.bottom()..) {
            buffer.set_stringn(
                left + 1,
                y,
                line,
                usize::from(inner),
                self.theme.style(Tone::Notice),
            );
        }
        if let Some((outer, laid)) = &whole.popup {
            border(*outer, buffer, self.ascii, Style::new());
            laid.draw(buffer);
        }
        for (line, y) in whole.hints.rows.iter().zip(hints..frame.bottom()) {
            buffer.set_line(left, y, line, inner);
        }
    }
}
