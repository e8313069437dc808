//! The interviewer's note to a question.

use crate::domain::id::Id;
use crate::domain::interview::{Action, Written};

use super::asking::typed::changes_of;
use super::buttons::{self, Button};
use super::command::{Command, Step};
use super::edit::edit;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, typing};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::warning::Warning;

/// A note being written.
pub struct Note {
    question: Id,
    field: Field,
    /// The button with the focus; in the field there is none.
    button: Option<usize>,
    warning: Warning,
}

impl Note {
    /// Returns the note to a question as it stands, with all that can be taken back in it.
    #[must_use]
    pub fn new(question: Id, s: &Situation) -> Self {
        let interview = s.interview.as_ref();
        let text = interview.and_then(|interview| interview.note(&question));
        let on = Written::Note(question.clone());
        let written = interview.and_then(|interview| interview.written(&on));
        let field = Field::of(written, text.map_or("", |text| text.as_str()), true);
        let mut warning = Warning::default();
        warning.look(&field, true);
        Self {
            question,
            field,
            button: None,
            warning,
        }
    }

    pub(super) const fn typing(&mut self) -> Option<&mut Field> {
        match self.button {
            None => Some(&mut self.field),
            Some(_) => None,
        }
    }

    pub(super) const fn enter_field(&mut self) -> &mut Field {
        self.button = None;
        &mut self.field
    }

    pub(super) const fn is_in_field(&self) -> bool {
        self.button.is_none()
    }

    pub(super) const fn shown(&self) -> &Field {
        &self.field
    }

    /// The buttons: what they say and do.
    fn buttons(&self, s: &Situation) -> Vec<(String, Command)> {
        let mut buttons = vec![(s.t().note.button_done.clone(), Command::Close)];
        if let Some((exchange, leave)) = self.warning.buttons(s) {
            buttons.push((exchange, Command::Exchange));
            buttons.push((leave, Command::LeaveAsIs));
        }
        buttons
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let one = |key| Keys::One(key);
        let mut table = Vec::new();
        if self.is_in_field() {
            table.extend(typing(t, true));
            table.push(Binding::new(one(Key::Tab), Command::NextZone, &t.hint.buttons, 2));
        } else {
            table.push(Binding::new(one(Key::Enter), Command::Enter, &t.hint.press, 0));
            let right = Command::Move(Step::Right);
            table.push(Binding::new(Keys::LeftRight, right, &t.hint.go_to, 3));
            table.push(Binding::silent(one(Key::Char(' ')), Command::Enter));
            table.push(Binding::silent(one(Key::Up), Command::Filter));
            table.push(Binding::new(one(Key::Tab), Command::NextZone, &t.hint.onward, 2));
        }
        table.push(Binding::silent(one(Key::BackTab), Command::PreviousZone));
        table.push(Binding::new(one(Key::PageDown), Command::Close, &t.hint.done, 1));
        table.push(Binding::new(one(Key::Ctrl('z')), Command::Undo, &t.hint.undo, 5));
        table.push(Binding::new(one(Key::Ctrl('y')), Command::Redo, &t.hint.redo, 6));
        table.push(Binding::new(one(Key::Esc), Command::Close, &t.hint.close, 0));
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
        self.warning.line(s, &mut page, true);
        self.buttons_line(s, &mut page);
        page
    }

    fn buttons_line(&self, s: &Situation, page: &mut Page) {
        let buttons = self.buttons(s);
        let each = buttons.iter().enumerate();
        buttons::line(
            page,
            each.map(|(place, (words, command))| Button {
                words,
                command: command.clone(),
                focused: self.button == Some(place),
            }),
        );
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let buttons = self.buttons(s);
        let last = buttons.len() - 1;
        let reaction = match (command, self.button) {
            (Command::NextZone, None) => self.focus(Some(0)),
            (Command::NextZone, Some(place)) => self.focus((place < last).then_some(place + 1)),
            (Command::PreviousZone, None) => self.focus(Some(last)),
            (Command::PreviousZone, Some(place)) => self.focus(place.checked_sub(1)),
            (Command::Filter, Some(_)) => self.focus(None),
            (Command::Move(step), Some(place)) => self.focus(Some(match step {
                Step::Left | Step::Up => place.saturating_sub(1),
                Step::Right | Step::Down => (place + 1).min(last),
                Step::First => 0,
                Step::Last => last,
            })),
            (Command::Enter, Some(place)) => match buttons.get(place) {
                Some((_, command)) => return self.take(&command.clone(), s),
                None => Reaction::Nothing,
            },
            (Command::Exchange, _) => {
                self.warning.exchange(&mut self.field, s);
                self.focus(None)
            }
            (Command::LeaveAsIs, _) => {
                self.warning.leave();
                self.focus(None)
            }
            // Taking back works from the buttons too.
            (Command::Undo | Command::Redo, _) | (_, None) => {
                edit(&mut self.field, command, s).unwrap_or_else(|| Reaction::Do(command.clone()))
            }
            (other, Some(_)) => Reaction::Do(other.clone()),
        };
        if matches!(reaction, Reaction::Changed | Reaction::Say(_)) {
            self.look();
        }
        reaction
    }

    /// Looks for what somebody may be known by in the note.
    pub(super) fn look(&mut self) {
        let writing = self.is_in_field();
        self.warning.look(&self.field, writing);
    }

    fn focus(&mut self, button: Option<usize>) -> Reaction {
        self.button = button;
        Reaction::Changed
    }

    pub(super) fn keep(&mut self) -> Vec<Action> {
        changes_of(&mut self.field, &Written::Note(self.question.clone()))
    }
}
