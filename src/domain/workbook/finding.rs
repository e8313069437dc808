//! Findings, what became of them, and what somebody will do about them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::log::Stamp;
use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;

/// What the dialogue conference made of a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has not been talked about yet.
    #[default]
    Open,
    /// It is so.
    Confirmed,
    /// It is so, and it is more than that.
    Nuanced,
    /// It is not so.
    Rejected,
    /// It came up there.
    New,
}

/// How far an action has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Promised.
    #[default]
    Planned,
    /// Begun.
    Begun,
    /// Done.
    Done,
    /// Given up.
    GivenUp,
}

/// A finding.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// The round it was found in.
    pub round: Slug,
    /// What was found.
    pub text: CleanText,
    /// The dimension it is about.
    pub dimension: Option<Id>,
    /// Who it is for.
    pub addressee: CleanText,
    /// The questions whose figures stand beside it.
    pub items: Vec<ItemKey>,
    /// The themes whose quotes stand beside it.
    pub themes: Vec<Id>,
    /// What the dialogue conference made of it.
    pub standing: Standing,
    /// What the service answers.
    pub answer: CleanText,
}

/// Shows no text.
impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finding({}, {:?})", self.round, self.standing)
    }
}

/// Something that was said at the dialogue conference. It stands for the group: nobody is named.
#[derive(Clone, PartialEq, Eq)]
pub struct Statement {
    /// The round it was said in.
    pub round: Slug,
    /// The finding it is about.
    pub finding: Option<Stamp>,
    /// What was said.
    pub text: CleanText,
}

/// Shows no text.
impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement({})", self.round)
    }
}

/// What somebody will do.
#[derive(Clone, PartialEq, Eq)]
pub struct Action {
    /// The round it was promised in.
    pub round: Slug,
    /// The finding it follows from.
    pub finding: Option<Stamp>,
    /// What.
    pub text: CleanText,
    /// Who.
    pub owner: CleanText,
    /// By when.
    pub due: Option<Date>,
    /// How far it has come.
    pub status: ActionStatus,
    /// Whether it is marked where rounds stand side by side, once it is done.
    pub is_marked: bool,
}

/// Shows no text.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Action({:?}, {:?})", self.due, self.status)
    }
}

/// Something that was changed and that nobody had promised as an action.
#[derive(Clone, PartialEq, Eq)]
pub struct Alteration {
    /// The round it came after.
    pub round: Slug,
    /// What was changed.
    pub text: CleanText,
    /// On which day, where that is known.
    pub day: Option<Date>,
}

/// Shows no text.
impl fmt::Debug for Alteration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alteration({}, {:?})", self.round, self.day)
    }
}

impl Action {
    /// Returns whether it is marked where rounds stand side by side.
    #[must_use]
    pub fn marks(&self) -> bool {
        self.is_marked && self.status == ActionStatus::Done
    }

    /// Returns whether somebody still has it to do.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Planned | ActionStatus::Begun)
    }

    /// Returns whether it should have been done before this day and is not.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
}

impl Standing {
    /// Every standing, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Confirmed,
        Self::Nuanced,
        Self::Rejected,
        Self::New,
    ];

    /// Returns the name used in data and flags.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Nuanced => "nuanced",
            Self::Rejected => "rejected",
            Self::New => "new",
        }
    }
}

impl ActionStatus {
    /// Every status, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Begun, Self::Done, Self::GivenUp];

    /// Returns the name used in data and flags.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::GivenUp => "given-up",
        }
    }
}
