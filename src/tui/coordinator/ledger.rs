//! Everything that was shown, and marking some of it as wrong: it is shown no more, and its people never in another way.

use crate::domain::clean_text::CleanText;
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::command::Step;
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::Pane;
use super::{Ask, Deed, letter, usual_keys};

/// Something that was shown, as the list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownState {
    /// Its whole name, where it can be marked as wrong: of themes and quotes each is mended by itself.
    pub name: Option<String>,
    /// What it is: the survey, the round, of how many, its short name.
    pub says: String,
    /// Why it is wrong, where somebody found so.
    pub wrong: Option<String>,
}

/// The list.
pub struct LedgerList {
    states: Vec<ShownState>,
    focus: usize,
    /// Why the one that is focused is wrong, being written.
    why: Option<Field>,
}

impl LedgerList {
    /// Returns the list of these, in the order they were shown.
    #[must_use]
    pub const fn new(states: Vec<ShownState>) -> Self {
        Self {
            states,
            focus: 0,
            why: None,
        }
    }

    /// Returns the whole name of the one that is focused, where it can be marked as wrong and is not.
    fn can_be_wrong(&self) -> Option<&str> {
        let state = self.states.get(self.focus)?;
        state.name.as_deref().filter(|_| state.wrong.is_none())
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = Vec::new();
        if self.why.is_some() {
            table.extend(typing(s.t(), false));
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Enter, &words.ledger.mark, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        if self.can_be_wrong().is_some() {
            let wrong = Command::Deed(Deed::Wrong);
            table.push(Binding::new(
                letter(&words.letter.wrong),
                wrong,
                &words.ledger.mark,
                1,
            ));
        }
        let down = Command::Move(Step::Down);
        table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.ledger;
        let mut page = Page::new(width, s.theme());
        let mut pane = Pane::new(width, s.theme());
        let none = self.states.is_empty();
        pane.text(if none { &words.none } else { &words.about }, Tone::Plain);
        pane.blank();
        for (place, state) in self.states.iter().enumerate() {
            let focused = place == self.focus && self.why.is_none();
            pane.long_row("", &state.says, focused, &Command::Press(place));
            if let Some(why) = &state.wrong {
                pane.hanging("    ", &fill(&words.is_wrong, &[("why", why)]), Tone::Notice);
            }
            if place == self.focus
                && let Some(field) = &self.why
            {
                pane.text(&words.careful, Tone::Notice);
                pane.field(&words.why, field);
            }
        }
        let more = (s.t().more_above.as_str(), s.t().more_below.as_str());
        pane.seen(height, None, more).write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.states.len().saturating_sub(1);
        let Some(field) = &mut self.why else {
            return match command {
                Command::Move(step) => {
                    self.focus = step.in_list(self.focus, last);
                    Reaction::Changed
                }
                Command::Press(place) => {
                    self.focus = (*place).min(last);
                    Reaction::Changed
                }
                Command::Deed(Deed::Wrong) if self.can_be_wrong().is_some() => {
                    self.why = Some(Field::line(""));
                    Reaction::Changed
                }
                other => Reaction::Do(other.clone()),
            };
        };
        match command {
            Command::Close | Command::Up => {
                self.why = None;
                Reaction::Changed
            }
            Command::Enter => {
                let why = CleanText::line(field.shown().trim());
                match self.can_be_wrong() {
                    Some(_) if why.is_blank() => Reaction::Say(s.texts.coordinator.ledger.needs_why.clone()),
                    Some(name) => Reaction::Coordinate(Ask::Wrong(name.to_owned(), why)),
                    None => Reaction::Nothing,
                }
            }
            other => edit(field, other, s).unwrap_or(Reaction::Nothing),
        }
    }

    pub(super) const fn typing(&mut self) -> Option<&mut Field> {
        self.why.as_mut()
    }
}
