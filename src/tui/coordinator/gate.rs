//! The passphrase that opens what is sealed.

use zeroize::Zeroizing;

use crate::tui::command::Command;
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::{Gap, Page};
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::{Ask, Deed, Door, Place};

/// Asks for the passphrase; where none is needed, says that it opens.
pub struct Gate {
    field: Field,
    error: Option<String>,
}

impl Gate {
    /// Returns it, nothing typed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            field: Field::line(""),
            error: None,
        }
    }

    pub(super) const fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    /// Says why it stays shut.
    pub(in crate::tui) fn stays_shut(&mut self, why: String) {
        self.field = Field::line("");
        self.error = Some(why);
    }

    pub(super) fn table(s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let enter = Keys::One(Key::Enter);
        let mut table = vec![Binding::new(enter, Command::Enter, &t.hint.open, 1)];
        table.extend(typing(t, false));
        let words = &s.texts.coordinator;
        if s.coordinator.door == Some(Door::Passphrase) {
            let others = Command::Deed(Deed::Go(Place::Keys));
            table.push(Binding::new(
                Keys::One(Key::Tab),
                others,
                &words.hint.other_key,
                1,
            ));
        }
        table.push(Binding::new(
            Keys::One(Key::Esc),
            Command::Home,
            &words.to_start,
            0,
        ));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let words = &s.texts.coordinator;
        let mut page = Page::new(width, s.theme());
        page.gap(Gap::Around);
        if s.coordinator.door == Some(Door::Open) {
            page.text(&words.opening, Tone::Plain, 2);
            if let Some(error) = &self.error {
                page.gap(Gap::Around);
                page.hanging("! ", error, Tone::Notice, 2);
            }
            page.cursor(2);
            return page;
        }
        page.pinned(&words.gate_title, Tone::Heading, 2);
        page.gap(Gap::Part);
        page.text(&words.gate_about, Tone::Plain, 2);
        page.gap(Gap::Part);
        input_line(&mut page, &words.gate_label, &self.field, 40, true, true);
        if let Some(error) = &self.error {
            page.gap(Gap::Around);
            page.hanging("! ", error, Tone::Notice, 2);
        }
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if let Some(edited) = edit(&mut self.field, command, s) {
            self.error = None;
            return edited;
        }
        match command {
            Command::Enter if s.coordinator.door == Some(Door::Open) => Reaction::Coordinate(Ask::Open(None)),
            Command::Enter => {
                let typed = Zeroizing::new(self.field.shown().trim().to_owned());
                if typed.is_empty() {
                    return Reaction::Nothing;
                }
                self.error = None;
                Reaction::Coordinate(Ask::Open(Some(typed)))
            }
            other => Reaction::Do(other.clone()),
        }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
