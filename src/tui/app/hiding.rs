//! The curtain, and the PIN that may lie on it.

use crate::fieldwork::desk::CannotStart;
use crate::texts::fill;
use crate::tui::command::{Command, Moment, Open};
use crate::tui::curtain::{Curtain, Pull};
use crate::tui::effect::Effect;
use crate::tui::input::{Input, Key};
use crate::tui::keymap::key_name;
use crate::tui::pin::Pin;
use crate::tui::prompt::{Asked, Prompt};
use crate::tui::view::View;

use super::App;

impl App {
    /// Draws the curtain over everything; what is typed is kept.
    pub(super) fn hide(&mut self) -> Option<Effect> {
        if self.curtain.is_none() {
            self.curtain = Some(Curtain::drawn(&self.s));
        }
        self.keep()
    }

    /// Behind a drawn curtain no key does anything but what draws it aside, or leaves the program.
    pub(super) fn behind_curtain(&mut self, input: Input, now: Moment) -> Option<Effect> {
        let curtain = self.curtain.as_mut()?;
        let pull = match input {
            Input::Key(Key::Ctrl('c')) => return self.act(&Command::Quit, now),
            Input::Key(key) => curtain.take(key, &self.s, now.since_start),
            Input::Paste(text) => curtain.paste(&text),
            Input::Click(..) | Input::Drag(..) | Input::Wheel(_) | Input::Resize(..) | Input::Away => {
                Pull::Nothing
            }
        };
        match pull {
            Pull::Nothing => self.dirty = false,
            Pull::Changed => {}
            Pull::Aside => self.draw_aside(now),
            Pull::Prove(secret) => return Some(Effect::Prove(secret)),
        }
        None
    }

    fn draw_aside(&mut self, now: Moment) {
        self.curtain = None;
        self.page_changed = now.since_start;
    }

    /// Somebody forgot the PIN and proved with what opens a draft that they may see this, or did not.
    pub(super) fn proved(&mut self, result: Result<(), CannotStart>, now: Moment) {
        match (result, self.curtain.as_mut()) {
            (Ok(()), _) => {
                self.s.pin = None;
                self.draw_aside(now);
                self.status = Some(self.s.t().pin.forgotten.clone());
            }
            (Err(why), Some(curtain)) => curtain.refused(why),
            (Err(_), None) => {}
        }
    }

    /// What was typed as a PIN: first once, then once more. Nothing takes the old one away.
    pub(super) fn choose_pin(&mut self, typed: &str) {
        let t = &self.s.t().pin;
        let says = match (typed.is_empty() && self.s.pin.is_some(), Pin::new(typed)) {
            (true, _) => {
                let says = t.removed.clone();
                self.s.pin = None;
                self.end_choosing(says);
                return;
            }
            (false, Some(pin)) => {
                self.new_pin = Some(pin);
                self.layers.pop();
                self.layers
                    .push((Some(Open::Pin), View::Prompt(Prompt::new(Asked::PinAgain))));
                return;
            }
            (false, None) => t.no_pin.clone(),
        };
        self.say_at_top(says);
    }

    /// The same digits once more.
    pub(super) fn repeat_pin(&mut self, typed: &str) {
        let t = &self.s.t().pin;
        match self.new_pin.take().filter(|pin| pin.is(typed)) {
            Some(pin) => {
                let hide = key_name(Key::Ctrl('l'), &self.s.t().key);
                let says = fill(&t.is_set, &[("hide", &hide)]);
                self.s.pin = Some(pin);
                self.end_choosing(says);
            }
            None => {
                let says = t.not_same.clone();
                self.layers.pop();
                self.open_layer(Open::Pin);
                self.say_at_top(says);
            }
        }
    }

    fn end_choosing(&mut self, says: String) {
        self.layers.pop();
        self.status = Some(says);
    }
}
