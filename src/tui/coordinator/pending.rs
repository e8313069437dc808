//! What waits for the coordinator to decide: drafts that nobody finished and answers somebody asked about since, and what
//! has changed behind this machine's back.

use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::form::What;
use super::pane::Pane;
use super::{Deed, letter, usual_keys};

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its answers count.
    Use,
    /// They go.
    Delete,
}

/// A draft that nobody finished, or an interview that was sealed from one and waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftDraft {
    /// Its name.
    pub name: String,
    /// What is known of it, a sentence each; nothing of what was answered.
    pub says: Vec<String>,
    /// Whether its answers can be used.
    pub can_be_used: bool,
    /// Whether they can be deleted.
    pub can_be_deleted: bool,
    /// Whether the person has to have said that they can be used.
    pub must_ask: bool,
}

/// Something that is other than this machine knew it, and what is asked about it. It is accepted by typing what the question
/// says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    /// Which question.
    pub name: String,
    /// The question.
    pub asks: String,
    /// Whether it is only told, and nothing is typed to it.
    pub is_told: bool,
}

/// What waits.
#[derive(Clone, Debug)]
pub enum Waiting {
    /// Drafts.
    Drafts(Vec<LeftDraft>),
    /// What has changed.
    Changes(Vec<Strange>),
}

/// The list.
#[derive(Clone, Debug)]
pub struct Pending {
    waiting: Waiting,
    focus: usize,
}

impl Pending {
    /// Returns the list of these.
    #[must_use]
    pub const fn new(waiting: Waiting) -> Self {
        Self { waiting, focus: 0 }
    }

    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.upkeep;
        match self.waiting {
            Waiting::Drafts(_) => words.rescue.clone(),
            Waiting::Changes(_) => words.confirm.clone(),
        }
    }

    fn draft(&self) -> Option<&LeftDraft> {
        match &self.waiting {
            Waiting::Drafts(drafts) => drafts.get(self.focus),
            Waiting::Changes(_) => None,
        }
    }

    fn rows(&self) -> Vec<String> {
        match &self.waiting {
            Waiting::Drafts(drafts) => drafts.iter().map(|draft| draft.says.join(" ")).collect(),
            Waiting::Changes(all) => all.iter().map(|strange| strange.asks.clone()).collect(),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = Vec::new();
        match &self.waiting {
            Waiting::Drafts(_) => {
                let own = &words.upkeep;
                if self.draft().is_some_and(|draft| draft.can_be_used) {
                    let fit = Command::Deed(Deed::Fit);
                    table.push(Binding::new(letter(&words.letter.use_draft), fit, &own.use_it, 1));
                }
                if self.draft().is_some_and(|draft| draft.can_be_deleted) {
                    let drop = Command::Deed(Deed::Drop);
                    table.push(Binding::new(letter(&words.letter.drop), drop, &own.delete_it, 1));
                }
            }
            Waiting::Changes(all) if all.get(self.focus).is_some_and(|strange| !strange.is_told) => {
                let enter = Keys::One(Key::Enter);
                table.push(Binding::new(enter, Command::Enter, &hint.open, 1));
            }
            Waiting::Changes(_) => {}
        }
        let down = Command::Move(Step::Down);
        table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.upkeep;
        let mut page = Page::new(width, s.theme());
        let mut pane = Pane::new(width, s.theme());
        let rows = self.rows();
        pane.text(
            match (&self.waiting, rows.is_empty()) {
                (Waiting::Drafts(_), true) => &words.no_drafts,
                (Waiting::Drafts(_), false) => &words.drafts_about,
                (Waiting::Changes(_), true) => &words.no_changes,
                (Waiting::Changes(_), false) => &words.changes_about,
            },
            Tone::Plain,
        );
        for (place, text) in rows.iter().enumerate() {
            pane.blank();
            pane.long_row("", text, place == self.focus, &Command::Press(place));
        }
        let more = (s.t().more_above.as_str(), s.t().more_below.as_str());
        pane.seen(height, None, more).write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.rows().len().saturating_sub(1);
        match command {
            Command::Move(step) => {
                self.focus = step.in_list(self.focus, last);
                Reaction::Changed
            }
            Command::Press(place) if *place != self.focus => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Press(_) | Command::Enter => match &self.waiting {
                Waiting::Changes(all) => match all.get(self.focus) {
                    Some(strange) if !strange.is_told => {
                        Reaction::Do(Command::Deed(Deed::Fill(What::Accept(strange.clone()))))
                    }
                    _ => Reaction::Nothing,
                },
                Waiting::Drafts(_) => self.decide(Fate::Use, s),
            },
            Command::Deed(Deed::Fit) => self.decide(Fate::Use, s),
            Command::Deed(Deed::Drop) => self.decide(Fate::Delete, s),
            other => Reaction::Do(other.clone()),
        }
    }

    /// Asks once more before it is done.
    fn decide(&self, fate: Fate, s: &Situation) -> Reaction {
        let Some(draft) = self.draft() else {
            return Reaction::Nothing;
        };
        let can = match fate {
            Fate::Use => draft.can_be_used,
            Fate::Delete => draft.can_be_deleted,
        };
        if !can {
            return Reaction::Say(s.texts.coordinator.upkeep.not_to_be_used.clone());
        }
        Reaction::Do(Command::Deed(Deed::Fill(What::Decide(draft.clone(), fate))))
    }
}
