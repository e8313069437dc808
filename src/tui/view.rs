//! What can be on the screen: each view says its heading, its keys and its page, and answers commands.

use crate::domain::interview::Action;

use super::asking::Asking;
use super::card::{Card, Shown};
use super::command::Command;
use super::coordinator::{Ask as CoordinatorAsk, Screen};
use super::field::Field;
use super::founding::{Ask, Founding};
use super::help::Help;
use super::keymap::Binding;
use super::list::List;
use super::note::Note;
use super::overview::Overview;
use super::page::Page;
use super::prompt::Prompt;
use super::readback::ReadBack;
use super::reading::Reading;
use super::results::Results;
use super::situation::Situation;

/// How a view takes a command.
pub enum Reaction {
    /// Nothing came of it.
    Nothing,
    /// It changed.
    Changed,
    /// It has something to say.
    Say(String),
    /// Something the whole program must do.
    Do(Command),
    /// Something for the view below.
    Beneath(Command),
    /// Steps of the interview.
    Steps(Vec<Action>),
    /// A step in making an evaluation.
    Found(Ask),
    /// Something the coordinator's screens ask for.
    Coordinate(CoordinatorAsk),
}

/// What can be on the screen.
pub enum View {
    /// Rows to choose from: the start, consent, menus, pauses, the end.
    List(List),
    /// One thing to type.
    Prompt(Prompt),
    /// Something to read.
    Reading(Reading),
    /// What there is to do.
    Help(Help),
    /// What may be shown of the answers.
    Results(Results),
    /// Every question.
    Overview(Overview),
    /// A note.
    Note(Note),
    /// A question.
    Asking(Box<Asking>),
    /// The read-back.
    ReadBack(ReadBack),
    /// The screen turned to the other person.
    Card(Card),
    /// Making a new evaluation.
    Founding(Box<Founding>),
    /// One of the coordinator's screens.
    Coordinator(Box<Screen>),
}

impl View {
    /// Returns what kind of screen this is; nothing of what is on it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "list",
            Self::Prompt(_) => "prompt",
            Self::Reading(_) => "reading",
            Self::Help(_) => "help",
            Self::Results(_) => "results",
            Self::Overview(_) => "overview",
            Self::Note(_) => "note",
            Self::Asking(_) => "question",
            Self::ReadBack(_) => "read-back",
            Self::Card(_) => "card",
            Self::Founding(_) => "founding",
            Self::Coordinator(screen) => screen.name(),
        }
    }

    /// Returns what stands in the middle of row 1.
    #[must_use]
    pub fn heading(&self, s: &Situation) -> String {
        match self {
            Self::List(list) => list.content(s).heading,
            Self::Prompt(_) | Self::Card(_) => String::new(),
            Self::Reading(reading) => reading.heading(s),
            Self::Help(_) => s.t().help.title.clone(),
            Self::Results(_) => s.texts.results.screen.title.clone(),
            Self::Overview(_) => s.t().overview.title.clone(),
            Self::Note(_) => s.t().note.title.clone(),
            Self::Asking(asking) => asking.heading(s),
            Self::ReadBack(_) if !s.is_live() => s.t().afterwards.look_over.clone(),
            Self::ReadBack(_) => s.t().readback.title.clone(),
            Self::Founding(founding) => founding.heading(s),
            Self::Coordinator(screen) => screen.heading(s),
        }
    }

    /// Returns whether row 1 says nothing about the interview: the other person looks, or might.
    #[must_use]
    pub fn is_discreet(&self) -> bool {
        match self {
            Self::Asking(asking) => asking.is_discreet(),
            Self::List(list) => list.is_discreet(),
            Self::Card(_) => true,
            _ => false,
        }
    }

    /// Returns whether it lies over the view below as a box.
    #[must_use]
    pub const fn is_popup(&self) -> bool {
        matches!(self, Self::List(list) if list.is_popup())
    }

    /// Returns whether an answer that was given alone lies covered here.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        matches!(self, Self::Asking(asking) if asking.is_covered())
    }

    /// Returns what is shown to the other person here, if anything is.
    #[must_use]
    pub fn card(&self, s: &Situation) -> Option<Shown> {
        match self {
            Self::Asking(asking) => asking.card(s),
            Self::List(list) => list.card(s),
            Self::Reading(reading) => reading.card(s),
            Self::ReadBack(_) => ReadBack::card(s),
            Self::Prompt(_)
            | Self::Help(_)
            | Self::Results(_)
            | Self::Overview(_)
            | Self::Note(_)
            | Self::Card(_)
            | Self::Founding(_)
            | Self::Coordinator(_) => None,
        }
    }

    /// Returns whether it uses all of a wide window.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        matches!(self, Self::Coordinator(screen) if screen.is_wide())
    }

    /// Returns the smallest window it can be seen in.
    #[must_use]
    pub fn smallest(&self) -> (u16, u16) {
        match self {
            Self::Card(_) => super::card::SMALLEST,
            // Large letters leave as little room as on the card.
            Self::Coordinator(screen) if screen.is_conference() => super::card::SMALLEST,
            _ => super::frame::SMALLEST,
        }
    }

    /// Returns the key table.
    #[must_use]
    pub fn table(&self, s: &Situation) -> Vec<Binding> {
        match self {
            Self::List(list) => list.table(s),
            Self::Prompt(prompt) => prompt.table(s),
            Self::Reading(reading) => reading.table(s),
            Self::Help(help) => help.table(s),
            Self::Results(results) => results.table(s),
            Self::Overview(_) => Overview::table(s),
            Self::Note(note) => note.table(s),
            Self::Asking(asking) => asking.table(s),
            Self::ReadBack(readback) => readback.table(s),
            Self::Card(card) => card.table(s),
            Self::Founding(founding) => founding.table(s),
            Self::Coordinator(screen) => screen.table(s),
        }
    }

    /// Returns a sentence for the second hint row, when it is free.
    #[must_use]
    pub fn sentence(&self, s: &Situation) -> Option<String> {
        match self {
            Self::List(list) => list.content(s).sentence,
            _ => None,
        }
    }

    /// Returns what must be seen although the body has no room for it.
    #[must_use]
    pub fn notice(&self, s: &Situation) -> Option<String> {
        match self {
            Self::Asking(asking) => asking.notice(s),
            _ => None,
        }
    }

    /// Returns the body, `width` columns wide.
    #[must_use]
    pub fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        match self {
            Self::List(list) => list.page(s, width),
            Self::Prompt(prompt) => prompt.page(s, width),
            Self::Reading(reading) => reading.page(s, width),
            Self::Help(help) => help.page(s, width),
            Self::Results(results) => results.page(s, width),
            Self::Overview(overview) => overview.page(s, width),
            Self::Note(note) => note.page(s, width),
            Self::Asking(asking) => asking.page(s, width, height),
            Self::ReadBack(readback) => readback.page(s, width),
            Self::Card(card) => card.page(s, width, height),
            Self::Founding(founding) => founding.page(s, width),
            Self::Coordinator(screen) => screen.page(s, width, height),
        }
    }

    /// Takes a command.
    pub fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        match self {
            Self::List(list) => list.take(command, s),
            Self::Prompt(prompt) => prompt.take(command, s),
            Self::Reading(reading) => reading.take(command, s),
            Self::Help(help) => help.take(command, s),
            Self::Results(results) => results.take(command, s),
            Self::Overview(overview) => overview.take(command, s),
            Self::Note(note) => note.take(command, s),
            Self::Asking(asking) => asking.take(command, s),
            Self::ReadBack(readback) => readback.take(command, s),
            Self::Card(card) => card.take(command, s),
            Self::Founding(founding) => founding.take(command, s),
            Self::Coordinator(screen) => screen.take(command, s),
        }
    }

    /// Returns the field being typed in, if there is one.
    pub fn typing(&mut self) -> Option<&mut Field> {
        match self {
            Self::Prompt(prompt) => Some(prompt.field()),
            Self::Help(help) => Some(help.field()),
            Self::Overview(overview) => Some(overview.field()),
            Self::Note(note) => note.typing(),
            Self::Asking(asking) => asking.typing(),
            Self::Founding(founding) => founding.typing(),
            Self::Coordinator(screen) => screen.typing(),
            Self::List(list) => list.typing(),
            Self::Reading(_) | Self::Results(_) | Self::ReadBack(_) | Self::Card(_) => None,
        }
    }

    /// Looks at a text that was pasted as at one that was typed.
    pub fn was_pasted_into(&mut self, s: &Situation) {
        match self {
            Self::Overview(overview) => overview.look(s),
            Self::Note(note) => note.look(),
            Self::Asking(asking) => asking.look_for_identifiers(),
            Self::Coordinator(screen) => screen.was_pasted_into(),
            _ => {}
        }
    }

    /// Puts the cursor into the field, for a click on it.
    pub fn enter_field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Asking(asking) => asking.enter_field(),
            Self::Note(note) => Some(note.enter_field()),
            other => other.typing(),
        }
    }

    /// Returns the field of many lines that the page leaves room for.
    #[must_use]
    pub fn long_field(&self) -> Option<&Field> {
        match self {
            Self::Note(note) => Some(note.shown()),
            Self::Asking(asking) => asking.long_field(),
            _ => None,
        }
    }

    /// Returns whether the wheel moves something here. Where a step of the focus would answer, it does not.
    #[must_use]
    pub fn is_scrolled(&self) -> bool {
        match self {
            Self::List(_)
            | Self::Reading(_)
            | Self::Help(_)
            | Self::Results(_)
            | Self::Overview(_)
            | Self::ReadBack(_)
            | Self::Card(_)
            | Self::Coordinator(_) => true,
            Self::Asking(asking) => asking.is_scrolled(),
            Self::Note(_) => self.is_in_long_field(),
            Self::Founding(founding) => founding.is_scrolled(),
            Self::Prompt(_) => false,
        }
    }

    /// Returns whether the cursor stands in the long field.
    #[must_use]
    pub fn is_in_long_field(&self) -> bool {
        match self {
            Self::Note(note) => note.is_in_field(),
            Self::Asking(asking) => asking.is_in_long_field(),
            _ => false,
        }
    }

    /// Returns the steps that keep what is typed here.
    pub fn keep(&mut self, s: &Situation) -> Vec<Action> {
        match self {
            Self::Note(note) => note.keep(),
            Self::Asking(asking) => asking.keep(s),
            _ => Vec::new(),
        }
    }

    /// Returns the steps that settle what is typed before the view is left.
    pub fn leave(&mut self, s: &Situation) -> Vec<Action> {
        match self {
            Self::Asking(asking) => asking.leave(s),
            other => other.keep(s),
        }
    }

    /// Takes what is wrong with a field.
    pub fn set_error(&mut self, says: String) -> bool {
        match self {
            Self::Prompt(prompt) => {
                prompt.set_error(says);
                true
            }
            Self::Asking(asking) => {
                asking.set_error(says);
                true
            }
            _ => false,
        }
    }
}
