//! Something to read, page by page: the information, follow-up questions.

use super::card::Shown;
use super::command::{Command, Open, Step};
use super::input::Key;
use super::keymap::{Binding, Keys};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;

/// What is read.
#[derive(Clone, Debug)]
pub enum Text {
    /// The information before consent; `again` when it is looked up from the question.
    Information {
        /// Looked up again, not read for the first time.
        again: bool,
    },
    /// What to ask further.
    Probes(Vec<String>),
    /// That the survey which is previewed has errors, and is waited for.
    Waiting,
}

/// Something to read.
#[derive(Clone, Debug)]
pub struct Reading {
    text: Text,
    /// The first line seen.
    from: usize,
}

impl Reading {
    /// Returns it from the beginning.
    #[must_use]
    pub const fn new(text: Text) -> Self {
        Self { text, from: 0 }
    }

    pub(super) fn heading(&self, s: &Situation) -> String {
        match &self.text {
            Text::Information { .. } => s.t().consent.title.clone(),
            Text::Probes(_) => s.t().probes_title.clone(),
            Text::Waiting => String::new(),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        if matches!(self.text, Text::Waiting) {
            let esc = Keys::One(Key::Esc);
            return vec![Binding::new(esc, Command::Up, &t.hint.menu, 0)];
        }
        let more = self.left(s) > 0;
        let mut table = Vec::new();
        if matches!(self.text, Text::Information { again: false }) {
            let says = if more { &t.hint.read_on } else { &t.hint.next };
            let command = if more { Command::PageDown } else { Command::Next };
            table.push(Binding::new(Keys::One(Key::Enter), command.clone(), says, 0));
            table.push(Binding::silent(Keys::One(Key::PageDown), command));
            table.push(Binding::new(
                Keys::One(Key::Ctrl('l')),
                Command::Curtain,
                &t.hint.curtain,
                2,
            ));
            if self.card(s).is_some() {
                let card = Command::Open(Open::Card);
                let letter = Keys::Letter(t.letter.card.clone());
                table.push(Binding::new(letter, card, &t.hint.card, 3));
            }
            table.push(Binding::new(Keys::One(Key::Esc), Command::Up, &t.hint.menu, 1));
        } else {
            if more {
                table.push(Binding::new(
                    Keys::One(Key::PageDown),
                    Command::PageDown,
                    &t.hint.read_on,
                    2,
                ));
            }
            table.push(Binding::new(
                Keys::One(Key::Enter),
                Command::Close,
                &t.hint.close,
                1,
            ));
            table.push(Binding::new(
                Keys::One(Key::Esc),
                Command::Close,
                &t.hint.close,
                0,
            ));
        }
        let arrows = if more || self.from > 0 {
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.scroll, 3)
        } else {
            Binding::silent(Keys::UpDown, Command::Move(Step::Down))
        };
        table.push(arrows);
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let mut page = self.whole(s, width);
        if self.from > 0 || self.left(s) > 0 {
            page.scroll_to(self.from);
        }
        page
    }

    fn whole(&self, s: &Situation, width: usize) -> Page {
        let t = s.t();
        let mut page = Page::new(width, s.theme());
        page.says_more(&t.more_above, &t.more_below);
        match &self.text {
            Text::Information { .. } => {
                let live = s.interview.as_ref().is_none_or(|i| i.entered().is_live());
                if super::kim::is_there(s) {
                    page.text(&s.aside(&t.kim.about), Tone::Notice, 0);
                    page.gap(Gap::Part);
                }
                if live {
                    page.text(&t.consent.read_aloud, Tone::Aside, 0);
                } else {
                    page.text(&s.aside(&t.afterwards.about), Tone::Notice, 0);
                    page.gap(Gap::Part);
                    page.text(&t.afterwards.was_read, Tone::Aside, 0);
                }
                page.cursor_at_top(0);
                page.gap(Gap::Around);
                let consent = s.interview.as_ref().map(|i| &i.survey().parts().consent);
                if let Some(consent) = consent {
                    for part in s.says(&consent.read_aloud).split("\n\n") {
                        page.text(&s.aloud(part), Tone::Aloud, 1);
                        page.gap(Gap::Part);
                    }
                    if let Some(note) = consent.interviewer_note.as_ref().filter(|_| live) {
                        page.text(&s.aside(&s.says(note)), Tone::Aside, 0);
                    }
                }
            }
            Text::Probes(probes) => {
                page.text(&t.probes_about, Tone::Aside, 0);
                page.cursor(0);
                page.gap(Gap::Part);
                for probe in probes {
                    page.hanging("- ", &s.aloud(probe), Tone::Aloud, 1);
                    page.gap(Gap::Options);
                }
            }
            Text::Waiting => {
                let words = &s.texts.preview;
                page.gap(Gap::Around);
                page.text(&words.waiting, Tone::Heading, 1);
                page.cursor(1);
                page.gap(Gap::Part);
                page.text(&words.waiting_safe, Tone::Plain, 1);
            }
        }
        page
    }

    /// Returns what the other person may read along: the information.
    pub(super) fn card(&self, s: &Situation) -> Option<Shown> {
        let interview = s.interview.as_ref().filter(|i| i.entered().is_live())?;
        let consent = &interview.survey().parts().consent;
        matches!(self.text, Text::Information { .. }).then(|| Shown {
            text: s
                .says(&consent.read_aloud)
                .split("\n\n")
                .map(str::to_owned)
                .collect(),
            ..Shown::default()
        })
    }

    /// Returns how many lines lie below what is seen.
    fn left(&self, s: &Situation) -> usize {
        let (width, height) = super::frame::body_size(s);
        let lines = self.whole(s, width).lines();
        lines.saturating_sub(self.from + height)
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let (_, height) = super::frame::body_size(s);
        let before = self.from;
        match command {
            Command::PageDown => self.from += self.left(s).min(height.saturating_sub(2)),
            Command::PageUp => self.from = self.from.saturating_sub(height.saturating_sub(2)),
            Command::Move(Step::Down) => self.from += self.left(s).min(1),
            Command::Move(Step::Up) => self.from = self.from.saturating_sub(1),
            Command::Move(Step::First) => self.from = 0,
            Command::Move(Step::Last) => self.from += self.left(s),
            Command::Next => return Reaction::Steps(vec![crate::domain::interview::Action::Next]),
            other => return Reaction::Do(other.clone()),
        }
        if self.from == before {
            Reaction::Nothing
        } else {
            Reaction::Changed
        }
    }
}
