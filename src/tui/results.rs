//! What may be shown of the answers, to scroll through: the same documents as on paper.

use std::collections::BTreeMap;

use crate::domain::language::Language;
use crate::report::document::Document;
use crate::report::plain::{self, Line, LineRole};

use super::command::{Command, Open, Step};
use super::input::Key;
use super::keymap::{Binding, Keys};
use super::page::Page;
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;

/// The documents to read, in every language that can be spoken. Empty where nothing is to be shown.
#[derive(Clone, Debug, Default)]
pub struct Documents(BTreeMap<Language, Vec<Document>>);

impl Documents {
    /// Adds a document, in its language.
    pub fn add(&mut self, document: Document) {
        self.0.entry(document.language).or_default().push(document);
    }

    /// Returns whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn lines(&self, s: &Situation, width: usize) -> Vec<Line> {
        let documents = self.0.get(&s.language()).map_or(&[][..], Vec::as_slice);
        let mut lines = Vec::new();
        for document in documents {
            if !lines.is_empty() {
                let text = String::new();
                let role = LineRole::Text;
                lines.push(Line { role, text });
            }
            lines.extend(plain::lines(document, &s.texts, width));
        }
        lines
    }
}

/// The screen to read them on.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// How many lines lie above what is seen.
    above: usize,
}

impl Results {
    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let words = &s.texts.results.screen;
        let mut table = Vec::new();
        if self.above < furthest(s) {
            let one = Keys::One(Key::Enter);
            table.push(Binding::new(one, Command::PageDown, &t.hint.read_on, 1));
        } else {
            let one = Keys::One(Key::Enter);
            table.push(Binding::silent(one, Command::Close));
        }
        let letters = [
            (Keys::One(Key::PageDown), Command::PageDown),
            (Keys::One(Key::Char(' ')), Command::PageDown),
            (Keys::One(Key::PageUp), Command::PageUp),
        ];
        table.extend(letters.map(|(keys, command)| Binding::silent(keys, command)));
        let down = Command::Move(Step::Down);
        table.push(Binding::new(Keys::UpDown, down, &t.hint.scroll, 3));
        let right = Command::Move(Step::Right);
        table.push(Binding::new(Keys::LeftRight, right, &words.question, 4));
        let help = Command::Open(Open::Help);
        table.push(Binding::new(Keys::One(Key::Char('?')), help, &t.hint.help, 1));
        table.push(Binding::new(
            Keys::One(Key::Esc),
            Command::Close,
            &words.to_start,
            0,
        ));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        // The first line stands under the words that say that there is more above.
        let above = self.above.min(furthest(s));
        let first = above + usize::from(above > 0);
        for (place, line) in s.results.lines(s, width).into_iter().enumerate() {
            page.plain(&line.text, tone(line.role));
            if place == first {
                page.cursor(0);
            }
        }
        page.scroll_to(above);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let (_, height) = super::frame::body_size(s);
        // The lines that say that there is more take one each.
        let whole = height.saturating_sub(2).max(1);
        let furthest = furthest(s);
        let before = self.above.min(furthest);
        let after = match command {
            Command::PageDown => before + whole,
            Command::PageUp => before.saturating_sub(whole),
            Command::Move(Step::Down) => before + 1,
            Command::Move(Step::Up) => before.saturating_sub(1),
            Command::Move(Step::First) => 0,
            Command::Move(Step::Last) => furthest,
            Command::Move(Step::Right) => {
                let mut headings = headings(s).into_iter();
                headings.find(|above| *above > before).unwrap_or(furthest)
            }
            Command::Move(Step::Left) => {
                let mut headings = headings(s).into_iter().rev();
                headings.find(|above| *above < before).unwrap_or(0)
            }
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

/// Returns how many lines lie above when the last one is seen.
fn furthest(s: &Situation) -> usize {
    let (width, height) = super::frame::body_size(s);
    s.results.lines(s, width).len().saturating_sub(height)
}

/// Returns for every heading how many lines lie above when it is the first line seen.
fn headings(s: &Situation) -> Vec<usize> {
    let (width, _) = super::frame::body_size(s);
    let mut headings = Vec::new();
    let mut before = LineRole::Text;
    for (place, line) in s.results.lines(s, width).into_iter().enumerate() {
        if line.role == LineRole::Heading && before != LineRole::Heading {
            headings.push(place.saturating_sub(1));
        }
        before = line.role;
    }
    headings
}

const fn tone(role: LineRole) -> Tone {
    match role {
        LineRole::Title | LineRole::Heading => Tone::Heading,
        LineRole::Rule => Tone::Rule,
        LineRole::Text => Tone::Plain,
    }
}
