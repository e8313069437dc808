//! The help about the screen that is open, and doing what is found in it.

use crate::tui::command::{Command, Moment, Open};
use crate::tui::effect::Effect;
use crate::tui::help::Help;
use crate::tui::list::{Kind, List};

use super::App;

impl App {
    /// Returns the help about what the menu, if it is open, lies over.
    pub(super) fn help(&self) -> Help {
        let below = self
            .layers
            .iter()
            .rev()
            .map(|(_, view)| view)
            .find(|view| !view.is_popup())
            .unwrap_or(&self.base);
        // The menu speaks of the screen at the bottom.
        let menu = if std::ptr::eq(below, &self.base) {
            List::new(Kind::Menu, &self.s).content(&self.s).entries
        } else {
            Vec::new()
        };
        Help::new(&below.table(&self.s), &menu, &self.s)
    }

    /// Closes the help and does what was found in it.
    pub(super) fn run(&mut self, command: &Command, now: Moment) -> Option<Effect> {
        if let Some(place) = self.layers.iter().position(|(open, _)| *open == Some(Open::Help)) {
            self.layers.truncate(place);
        }
        self.act(command, now)
    }
}
