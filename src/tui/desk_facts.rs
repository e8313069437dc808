//! What the start screen shows of the desk.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::domain::evaluation::{Contact, Site};
use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::fieldwork::desk::{CannotStart, Desk, DraftEntry, DraftSecret, LeftDrafts};
use crate::fieldwork::handover::Waiting;
use crate::fieldwork::round_surveys::RoundSurveys;

/// A picture of the desk, taken whenever no interview is open.
#[derive(Clone, Debug)]
pub struct DeskFacts {
    /// The evaluation's title, where there is one.
    pub title: Option<Localized>,
    /// Whether everything is made up.
    pub made_up: bool,
    /// Surveys of the open round.
    pub surveys: RoundSurveys,
    /// Sites.
    pub sites: Vec<Site>,
    /// The letters of those who interview here.
    pub letters: Vec<Id>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// Last day of withdrawal.
    pub withdraw_until: Option<Date>,
    /// The day on which answers and keys go.
    pub delete_by: Option<Date>,
    /// Drafts on this machine.
    pub drafts: Vec<DraftEntry>,
    /// Sealed interviews on this machine.
    pub sealed: usize,
    /// What opens a draft.
    pub draft_secret: DraftSecret,
    /// The words that stand for the keys.
    pub key_words: Option<String>,
    /// What waits to be handed over.
    pub waiting: Option<Waiting>,
    /// Drafts that were deleted here, of which the coordinator has a copy.
    pub deleted_drafts: Vec<String>,
    /// Drafts that nobody has gone on with for long.
    pub left_drafts: LeftDrafts,
    /// Folders of memory sticks.
    pub sticks: Vec<PathBuf>,
    /// Why no interview can begin here.
    pub cannot_begin: Option<CannotStart>,
    /// Where a new evaluation can be made: whether one is begun already.
    pub founding: Option<bool>,
}

impl DeskFacts {
    /// Returns how things stand.
    #[must_use]
    pub fn of(desk: &dyn Desk) -> Self {
        Self {
            title: desk.title().cloned(),
            made_up: desk.made_up(),
            surveys: desk.surveys().clone(),
            sites: desk.sites().to_vec(),
            letters: desk.letters().to_vec(),
            contacts: desk.contacts().to_vec(),
            withdraw_until: desk.withdraw_until(),
            delete_by: desk.delete_by(),
            drafts: desk.drafts(),
            sealed: desk.sealed(),
            draft_secret: desk.draft_secret(),
            key_words: desk.key_words(),
            waiting: desk.waiting(),
            deleted_drafts: desk.deleted_drafts(),
            left_drafts: desk.left_drafts(),
            sticks: desk.sticks(),
            cannot_begin: desk.cannot_begin(),
            founding: None,
        }
    }
}
