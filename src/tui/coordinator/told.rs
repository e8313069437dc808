//! A text to read over one of the coordinator's screens: an explanation, what came of something, the checklist.

use crate::domain::word_code::LaptopCode;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::Pane;
use super::usual_keys;

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// A heading.
    Heading(String),
    /// Running text.
    Text(String),
    /// Something marked in front.
    Marked(String, String),
    /// A line as it is, of a table.
    Line(String),
    /// A code to write down: it is shown once.
    Code(LaptopCode),
}

/// A text to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What stands in row 1.
    pub heading: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// Lines above what is seen.
    above: usize,
}

impl Told {
    /// Returns a text.
    #[must_use]
    pub const fn new(heading: String, paragraphs: Vec<Paragraph>) -> Self {
        Self {
            heading,
            paragraphs,
            above: 0,
        }
    }

    /// Writes the paragraphs into a pane.
    pub fn write(paragraphs: &[Paragraph], pane: &mut Pane) {
        for (place, paragraph) in paragraphs.iter().enumerate() {
            if place > 0 && !matches!(paragraph, Paragraph::Marked(..) | Paragraph::Line(_)) {
                pane.blank();
            }
            match paragraph {
                Paragraph::Heading(text) => pane.text(text, Tone::Heading),
                Paragraph::Text(text) => pane.text(text, Tone::Plain),
                Paragraph::Marked(mark, text) => pane.hanging(&format!("{mark} "), text, Tone::Plain),
                Paragraph::Line(text) => pane.line(text, Tone::Plain),
                Paragraph::Code(code) => pane.hanging("   ", &code.words().join(" - "), Tone::Chosen),
            }
        }
    }

    fn pane(&self, s: &Situation, width: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        Self::write(&self.paragraphs, &mut pane);
        pane
    }

    fn furthest(&self, s: &Situation) -> usize {
        let (width, height) = crate::tui::frame::body_size(s);
        self.pane(s, width).height().saturating_sub(height)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let hint = &s.t().hint;
        let mut table = Vec::new();
        if self.above < self.furthest(s) {
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::PageDown, &hint.read_on, 1));
        } else {
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Close, &hint.close, 1));
        }
        if self.furthest(s) > 0 {
            table.push(Binding::new(
                Keys::UpDown,
                Command::Move(Step::Down),
                &hint.scroll,
                3,
            ));
        } else {
            table.push(Binding::silent(Keys::UpDown, Command::Move(Step::Down)));
        }
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::PageDown));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        self.pane(s, width)
            .seen(height, Some(self.above), more)
            .write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let (_, height) = crate::tui::frame::body_size(s);
        let whole = height.saturating_sub(2).max(1);
        let furthest = self.furthest(s);
        let before = self.above.min(furthest);
        let after = match command {
            Command::PageDown => before + whole,
            Command::PageUp => before.saturating_sub(whole),
            Command::Move(Step::Down) => before + 1,
            Command::Move(Step::Up) => before.saturating_sub(1),
            Command::Move(Step::First) => 0,
            Command::Move(Step::Last) => furthest,
            other => return Reaction::Do(other.clone()),
        };
        self.above = after.min(furthest);
        if self.above == before {
            Reaction::Nothing
        } else {
            Reaction::Changed
        }
    }
}
