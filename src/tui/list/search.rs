//! Searching in a list too long to be seen whole: `/`, then a part of the words.

use super::{Content, Kind, List, NUMBERED, do_entry};
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

impl Kind {
    /// Returns whether there may be many rows, whose words somebody knows.
    const fn is_searched(&self) -> bool {
        matches!(self, Self::Surveys | Self::Sites | Self::Drafts | Self::HandOver)
    }
}

impl List {
    /// Says whether the list can be searched, and leaves what is found.
    pub(super) fn search_in(&self, content: &mut Content) {
        content.searched = self.kind.is_searched() && content.entries.len() > NUMBERED;
        let Some(filter) = &self.filter else {
            return;
        };
        let wanted = filter.shown().trim().to_lowercase();
        content
            .entries
            .retain(|entry| entry.text.to_lowercase().contains(&wanted) || entry.aside.contains(&wanted));
    }

    pub(in crate::tui) const fn typing(&mut self) -> Option<&mut Field> {
        self.filter.as_mut()
    }

    pub(super) fn search_table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = vec![
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 2),
            Binding::new(Keys::One(Key::Enter), Command::Enter, self.enter_says(s), 1),
        ];
        for mut binding in typing(t, false) {
            if binding.keys == Keys::Text {
                binding = Binding::new(Keys::Text, binding.command, &t.hint.type_to_search, 3);
            }
            table.push(binding);
        }
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, &t.hint.close, 0));
        table
    }

    /// Takes what belongs to the search; `None` where the list itself takes it.
    pub(super) fn take_in_search(
        &mut self,
        command: &Command,
        content: &Content,
        s: &Situation,
    ) -> Option<Reaction> {
        if *command == Command::Filter && content.searched {
            self.filter = Some(Field::line(""));
            return Some(Reaction::Changed);
        }
        self.filter.as_ref()?;
        match command {
            Command::Up => {
                let found = content.entries.get(self.focus).map(|entry| entry.command.clone());
                self.filter = None;
                let all = self.content(s).entries;
                let place = all
                    .iter()
                    .position(|entry| Some(&entry.command) == found.as_ref());
                self.focus = place.unwrap_or(0);
                Some(Reaction::Changed)
            }
            Command::Enter => Some(do_entry(content, self.focus)),
            Command::Move(Step::Up | Step::Down) | Command::Press(_) => None,
            other => {
                let reaction = self.filter.as_mut().and_then(|filter| edit(filter, other, s))?;
                self.focus = 0;
                Some(reaction)
            }
        }
    }
}
