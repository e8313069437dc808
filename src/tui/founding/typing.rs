//! A line to type in, with the two buttons under it: on and back.

use crate::tui::buttons::{self, Button};
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Field,
    Next,
    Back,
}

/// A line and its buttons.
pub(super) struct Line {
    field: Field,
    zone: Zone,
    masked: bool,
}

/// What came of a command.
pub(super) enum Taken {
    /// The line is still being typed.
    Stays(Reaction),
    /// On, with what stands there.
    Next,
    /// To what was before.
    Back,
}

impl Line {
    pub(super) fn new(text: &str) -> Self {
        Self {
            field: Field::line(text),
            zone: Zone::Field,
            masked: false,
        }
    }

    /// Returns an empty line that does not show what is typed.
    pub(super) fn masked() -> Self {
        Self {
            masked: true,
            ..Self::new("")
        }
    }

    pub(super) fn text(&self) -> &str {
        self.field.shown()
    }

    /// Puts another text there.
    pub(super) fn set(&mut self, text: &str) {
        self.field = Field::line(text);
        self.zone = Zone::Field;
    }

    /// Returns the field, with the cursor in it.
    pub(super) const fn field(&mut self) -> &mut Field {
        self.zone = Zone::Field;
        &mut self.field
    }

    pub(super) const fn is_typing(&self) -> bool {
        matches!(self.zone, Zone::Field)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let one = Keys::One;
        let mut table = Vec::new();
        if self.is_typing() {
            table.push(Binding::new(one(Key::Enter), Command::Enter, &t.hint.next, 0));
            table.extend(typing(t, false));
            table.push(Binding::silent(one(Key::Down), Command::NextZone));
        } else {
            table.push(Binding::new(one(Key::Enter), Command::Enter, &t.hint.press, 0));
            let right = Command::Move(Step::Right);
            table.push(Binding::new(Keys::LeftRight, right, &t.hint.go_to, 3));
            table.push(Binding::silent(one(Key::Char(' ')), Command::Enter));
            table.push(Binding::silent(one(Key::Up), Command::PreviousZone));
        }
        table.push(Binding::new(one(Key::Tab), Command::NextZone, &t.hint.buttons, 2));
        table.push(Binding::silent(one(Key::BackTab), Command::PreviousZone));
        table.push(Binding::new(one(Key::PageUp), Command::Back, &t.hint.back, 1));
        table.push(Binding::silent(one(Key::PageDown), Command::Next));
        table.push(Binding::new(one(Key::Esc), Command::Up, &t.hint.menu, 0));
        table
    }

    pub(super) fn put(&self, page: &mut Page, label: &str, size: usize) {
        input_line(page, label, &self.field, size, self.is_typing(), self.masked);
    }

    pub(super) fn put_buttons(&self, page: &mut Page, s: &Situation) {
        let each = [
            (&s.t().button_next, Zone::Next, Command::Next),
            (&s.texts.founding.button_back, Zone::Back, Command::Back),
        ];
        buttons::line(
            page,
            each.into_iter().map(|(words, zone, command)| Button {
                words,
                command,
                focused: self.zone == zone,
            }),
        );
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Taken {
        let zone = match (command, self.zone) {
            (Command::Enter, Zone::Field | Zone::Next) | (Command::Next, _) => return Taken::Next,
            (Command::Enter, Zone::Back) | (Command::Back, _) => return Taken::Back,
            (Command::NextZone, Zone::Field) => Zone::Next,
            (Command::NextZone, Zone::Next) => Zone::Back,
            (Command::NextZone, Zone::Back) => Zone::Field,
            (Command::PreviousZone, Zone::Field) => Zone::Back,
            (Command::PreviousZone, Zone::Next) => Zone::Field,
            (Command::PreviousZone, Zone::Back) => Zone::Next,
            (Command::Move(Step::Left | Step::First), Zone::Next | Zone::Back) => Zone::Next,
            (Command::Move(Step::Right | Step::Last), Zone::Next | Zone::Back) => Zone::Back,
            (Command::Move(Step::Up), Zone::Next | Zone::Back) => Zone::Field,
            (Command::Undo | Command::Redo, _) | (_, Zone::Field) => {
                let edited = edit(&mut self.field, command, s);
                return Taken::Stays(edited.unwrap_or_else(|| Reaction::Do(command.clone())));
            }
            (other, _) => return Taken::Stays(Reaction::Do(other.clone())),
        };
        self.zone = zone;
        Taken::Stays(Reaction::Changed)
    }
}
