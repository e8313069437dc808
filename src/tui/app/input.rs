//! Keys, pastes and the mouse on their way to a command.

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::layout::Rect;

use crate::fieldwork::session::Saved;
use crate::tui::command::{Command, Moment, Step};
use crate::tui::edit;
use crate::tui::effect::Effect;
use crate::tui::input::{HELD, Input, Key, SETTLE};
use crate::tui::keymap::{command, everywhere};
use crate::tui::view::{Reaction, View};

use super::{App, DOUBLE_CLICK};

impl App {
    pub(super) fn input(&mut self, input: Input, now: Moment) -> Option<Effect> {
        if let Input::Resize(width, height) = input {
            self.resize(width, height);
            return None;
        }
        if self.curtain.is_some() {
            return self.behind_curtain(input, now);
        }
        let smallest = self.top().smallest();
        let small = self.s.size.0 < smallest.0 || self.s.size.1 < smallest.1;
        match input {
            Input::Key(key) => {
                let mut table = self.table();
                table.extend(everywhere());
                let meant = command(&table, key);
                if self.is_repeat(key, meant.as_ref(), now) {
                    self.dirty = false;
                    return None;
                }
                if key == Key::Enter && matches!(self.s.saved, Saved::Failed(_)) {
                    return self.act(&Command::Retry, now);
                }
                let command =
                    meant.filter(|command| !small || matches!(command, Command::Quit | Command::Curtain));
                match command {
                    Some(command) => match self.paging(key) {
                        Some(effect) => Some(effect),
                        None => self.act(&command, now),
                    },
                    None => {
                        self.dirty = false;
                        None
                    }
                }
            }
            Input::Paste(text) if !small => self.paste(&text, now),
            Input::Click(x, y) => self.click(x, y, now),
            Input::Drag(x, y) => self.drag(x, y),
            Input::Wheel(turn) => {
                if !self.top().is_scrolled() {
                    self.dirty = false;
                    return None;
                }
                let step = if turn < 0 { Step::Up } else { Step::Down };
                self.act(&Command::Move(step), now)
            }
            Input::Away if self.s.look.hide_unfocused => self.act(&Command::Curtain, now),
            Input::Paste(_) | Input::Resize(..) | Input::Away => {
                self.dirty = false;
                None
            }
        }
    }

    /// Sorts what was typed while something opened. Where everything on the screen that came can be taken back, it is
    /// taken there; elsewhere it could act on what nobody has seen: it does nothing, and that is said.
    pub fn typed_early(&mut self, inputs: &mut VecDeque<Input>) {
        let last = self.last_key.map(|(key, _)| key);
        let is_new = |input: &Input| match input {
            Input::Key(key) => last != Some(*key),
            Input::Paste(_) => true,
            _ => false,
        };
        let takes = self.curtain.is_none()
            && matches!(self.top(), View::Coordinator(screen) if screen.takes_what_was_typed_early());
        if takes {
            // A click meant what stood there before.
            inputs.retain(|input| !matches!(input, Input::Click(..) | Input::Drag(..) | Input::Wheel(_)));
            if inputs.front().is_some_and(is_new) {
                self.page_changed = Duration::ZERO;
            }
            return;
        }
        let is_lost = |input: &Input| !input.holds_while_waiting();
        let says = inputs.iter().any(|input| is_lost(input) && is_new(input));
        inputs.retain(|input| !is_lost(input));
        if says {
            let early = &self.s.t().typed_early;
            self.status = Some(match self.status.take() {
                Some(before) => format!("{before} {early}"),
                None => early.clone(),
            });
            self.dirty = true;
        }
    }

    /// Returns whether a key only repeats itself because it is held down: it answers one question and no more.
    fn is_repeat(&mut self, key: Key, meant: Option<&Command>, now: Moment) -> bool {
        let before = self.last_key.replace((key, now.since_start));
        let fresh_page = now.since_start < self.page_changed + SETTLE;
        let digit = matches!(key, Key::Char('0'..='9')) && self.top_mut().typing().is_none();
        let again = before.filter(|(last, _)| *last == key);
        match again {
            _ if key == Key::Enter && meant == Some(&Command::NewLine) => fresh_page,
            again if key == Key::Enter => {
                fresh_page || again.is_some_and(|(_, at)| now.since_start < at + HELD)
            }
            Some((_, at)) if digit => fresh_page || now.since_start < at + HELD,
            _ => false,
        }
    }

    fn paste(&mut self, text: &str, now: Moment) -> Option<Effect> {
        let (s, top) = (
            &self.s,
            self.layers.last_mut().map_or(&mut self.base, |(_, view)| view),
        );
        let reaction = match top.typing() {
            Some(field) => edit::paste(field, text, s),
            None => Reaction::Say(s.t().paste_ignored.clone()),
        };
        top.was_pasted_into(s);
        self.react(reaction, now)
    }

    fn click(&mut self, x: u16, y: u16, now: Moment) -> Option<Effect> {
        let area = Rect::new(0, 0, self.s.size.0, self.s.size.1);
        let (command, in_field) = {
            let picture = self.picture(area);
            (picture.command_at(x, y), picture.field_at(x, y))
        };
        let again = self
            .clicked
            .replace((x, y, now.since_start))
            .is_some_and(|(other_x, other_y, at)| {
                (other_x, other_y) == (x, y) && now.since_start < at + DOUBLE_CLICK
            });
        if let Some(field) = in_field.and_then(|_| self.top_mut().enter_field()) {
            let (row, column) = in_field.unwrap_or_default();
            field.point(row, column, false);
            if again {
                field.select_word();
            }
            return None;
        }
        command.and_then(|command| self.act(&command, now))
    }

    /// Selects up to where the mouse is dragged.
    fn drag(&mut self, x: u16, y: u16) -> Option<Effect> {
        let area = Rect::new(0, 0, self.s.size.0, self.s.size.1);
        let in_field = self.picture(area).field_at(x, y);
        match (in_field, self.top_mut().typing()) {
            (Some((row, column)), Some(field)) => field.point(row, column, true),
            _ => self.dirty = false,
        }
        None
    }
}
