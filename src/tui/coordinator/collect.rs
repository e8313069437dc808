//! Bringing in what laptops handed over: from a memory stick, or from a folder that is typed.

use std::path::PathBuf;

use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::{Gap, Page};
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::Ask;

/// Where the deliveries are.
pub struct Collect {
    field: Field,
    focus: usize,
    /// How many memory sticks stand above the field.
    sticks: usize,
}

impl Collect {
    /// Returns the screen, nothing typed.
    #[must_use]
    pub fn new(sticks: usize) -> Self {
        Self {
            field: Field::line(""),
            focus: 0,
            sticks,
        }
    }

    const fn is_typing(&self) -> bool {
        self.focus >= self.sticks
    }

    /// Whoever types means the field, wherever the focus stands.
    pub(super) const fn typing(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    /// Whoever pastes a folder means that folder.
    pub(super) const fn was_pasted_into(&mut self) {
        self.focus = self.sticks;
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let enter = Keys::One(Key::Enter);
        let mut table = vec![Binding::new(enter, Command::Enter, &words.hint.collect_from, 1)];
        if self.sticks > 0 {
            table.push(Binding::new(
                Keys::UpDown,
                Command::Move(Step::Down),
                &hint.go_to,
                2,
            ));
        }
        table.extend(typing(s.t(), false));
        table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.back, 0));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let words = &s.texts.coordinator.collect;
        let mut page = Page::new(width, s.theme());
        page.gap(Gap::Around);
        page.pinned(&words.title, Tone::Heading, 2);
        page.gap(Gap::Part);
        page.text(&words.about, Tone::Plain, 2);
        page.gap(Gap::Part);
        for (place, stick) in s.desk.sticks.iter().enumerate() {
            let shown = stick.display().to_string();
            let text = fill(&words.from_stick, &[("folder", &shown)]);
            page.choice("", &text, self.focus == place, false, &Command::Press(place));
            page.gap(Gap::Options);
        }
        input_line(&mut page, &words.label, &self.field, 60, self.is_typing(), false);
        page.gap(Gap::Part);
        page.text(&words.copies, Tone::Aside, 2);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Move(Step::Up) => {
                self.focus = self.focus.min(self.sticks).saturating_sub(1);
                return Reaction::Changed;
            }
            Command::Move(Step::Down) => {
                self.focus = (self.focus + 1).min(self.sticks);
                return Reaction::Changed;
            }
            Command::Press(place) => {
                self.focus = (*place).min(self.sticks);
                return self.bring(s);
            }
            Command::Enter => return self.bring(s),
            _ => {}
        }
        match edit(&mut self.field, command, s) {
            Some(edited) => {
                self.focus = self.sticks;
                edited
            }
            None => Reaction::Do(command.clone()),
        }
    }

    fn bring(&self, s: &Situation) -> Reaction {
        match s.desk.sticks.get(self.focus) {
            Some(stick) => Reaction::Coordinate(Ask::Collect(stick.clone())),
            None => {
                let typed = self.field.shown().trim();
                if typed.is_empty() {
                    return Reaction::Say(s.texts.coordinator.collect.type_first.clone());
                }
                Reaction::Coordinate(Ask::Collect(PathBuf::from(typed)))
            }
        }
    }
}
