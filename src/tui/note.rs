//! The interviewer's note to a question.

use crate::domain::id::Id;
use crate::domain::interview::Action;

use super::command::Command;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, typing};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;

/// A note being written.
pub struct Note {
    question: Id,
    field: Field,
}

impl Note {
    /// Returns the note to a question as it stands.
    #[must_use]
    pub fn new(question: Id, s: &Situation) -> Self {
        let text = s
            .interview
            .as_ref()
            .and_then(|interview| interview.note(&question));
        let field = Field::block(text.map_or("", |text| text.as_str()));
        Self { question, field }
    }

    pub(super) const fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    pub(super) const fn shown(&self) -> &Field {
        &self.field
    }

    pub(super) fn table(s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = typing(t, true);
        table.push(Binding::new(
            Keys::One(Key::PageDown),
            Command::Close,
            &t.hint.done,
            1,
        ));
        table.push(Binding::silent(Keys::One(Key::Tab), Command::Close));
        table.push(Binding::new(
            Keys::One(Key::Esc),
            Command::Close,
            &t.hint.close,
            0,
        ));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().note;
        let mut page = Page::new(width, s.theme());
        page.text(&t.about, Tone::Aside, 0);
        if let Some(question) = s
            .interview
            .as_ref()
            .and_then(|i| i.survey().question(&self.question))
        {
            page.text(&s.says(&question.text), Tone::Plain, 0);
        }
        page.gap(Gap::Part);
        page.field(5);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        super::edit::edit(&mut self.field, command, s).unwrap_or_else(|| Reaction::Do(command.clone()))
    }

    pub(super) fn keep(&mut self, s: &Situation) -> Vec<Action> {
        let text = self.field.text();
        let before = s
            .interview
            .as_ref()
            .and_then(|interview| interview.note(&self.question));
        self.field.kept();
        if before.map_or(text.is_blank(), |before| *before == text) {
            return Vec::new();
        }
        vec![Action::Note {
            question: self.question.clone(),
            text,
        }]
    }
}
