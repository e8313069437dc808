//! What an interviewer can do on this machine: begin, go on, see how many are waiting.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::evaluation::{Contact, Site};
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;

use super::handover::{CannotHandOver, Cleared, HandedOver, Waiting};
use super::round_surveys::RoundSurveys;
use super::session::{Session, Trouble};

/// A draft that can be gone on with. Says nothing about who or what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEntry {
    /// The draft's random name.
    pub name: String,
    /// The day it was last written to.
    pub last_day: Option<Date>,
    /// Whether it came from a laptop, for the coordinator to decide on.
    pub arrived: bool,
}

impl DraftEntry {
    /// Returns whether it was last used so many hours ago, by the days: a clock that is a little off changes nothing.
    #[must_use]
    pub fn is_old(&self, today: Date, hours: u32) -> bool {
        let days = self
            .last_day
            .and_then(|day| today.since(day).ok())
            .map(|span| i64::from(span.get_days()));
        days.is_some_and(|days| days * 24 >= i64::from(hours))
    }
}

/// The fewest letters of a draft's name that are shown.
pub const SHORTEST_NAME: usize = 4;

/// Returns as much of each draft's name as it takes to tell them all apart.
#[must_use]
pub fn short_names(drafts: &[DraftEntry]) -> Vec<String> {
    let begin = |name: &str, letters: usize| name.chars().take(letters).collect::<String>();
    let longest = drafts.iter().map(|draft| draft.name.chars().count()).max();
    let tells_apart = |letters: &usize| {
        let begins: BTreeSet<String> = drafts.iter().map(|draft| begin(&draft.name, *letters)).collect();
        begins.len() == drafts.len()
    };
    let longest = longest.unwrap_or(0);
    let letters = (SHORTEST_NAME..longest).find(tells_apart).unwrap_or(longest);
    drafts.iter().map(|draft| begin(&draft.name, letters)).collect()
}

/// Drafts that nobody has gone on with for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LeftDrafts {
    /// After how many hours a draft is old.
    pub hours: u32,
    /// Old drafts of this machine.
    pub here: usize,
    /// Drafts that laptops handed over.
    pub arrived: usize,
}

/// Why an interview cannot begin or go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotStart {
    /// There is no evaluation here: one can only practise.
    NoEvaluation,
    /// There are fewer than two recipients, or one has not opened a test envelope.
    KeysNotProved,
    /// The evaluation was closed: keys and answers are gone.
    Closed,
    /// The day of deletion has come: nothing new is asked of anybody.
    DeletionDue,
    /// This machine has no key of the evaluation to sign with.
    NoSigningKey,
    /// The secret does not open the draft.
    WrongSecret,
    /// The draft is sealed to keys that are not here, whatever the secret.
    OtherKey,
    /// Another window has the draft open.
    OpenElsewhere,
    /// The draft's first part is damaged; the file is kept as it is.
    Damaged,
    /// The draft was made by a newer program.
    Newer,
    /// The survey of the draft is not in this evaluation.
    SurveyGone,
    /// A survey in use cannot be read: it is for another version of the program.
    SurveyMistaken,
    /// The disk said no.
    Disk(Trouble),
}

/// What opens a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DraftSecret {
    /// Nothing: everything is made up.
    Nothing,
    /// The coordinator's passphrase.
    #[default]
    Passphrase,
    /// The laptop code.
    LaptopCode,
}

/// What was found when a draft was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Recovery {
    /// The last step was cut off by a crash; it had never been confirmed as saved.
    pub torn: bool,
    /// Something in the middle is damaged; what could be read is shown, the file is kept.
    pub damaged: bool,
    /// A copy of the draft was handed over before: what is decided now reaches it with the next delivery.
    pub copy_is_out: bool,
}

/// What is asked before an interview begins.
#[derive(Clone, Debug)]
pub struct NewInterview {
    /// Which survey.
    pub survey: Arc<Survey>,
    /// The site, where the evaluation has sites.
    pub site: Option<Slug>,
    /// The language it begins in.
    pub language: Language,
    /// People in a group; `None` for one person.
    pub group: Option<u16>,
    /// How the answers come into the program.
    pub entered: Entered,
    /// The interviewer's letter, where several interview with one machine; where there is one letter, it is that one.
    pub letter: Option<Id>,
}

/// The interviewer's desk: one opened evaluation on this machine.
pub trait Desk {
    /// Returns the evaluation's title; `None` where there is no evaluation.
    fn title(&self) -> Option<&Localized>;
    /// Returns whether everything here is made up.
    fn made_up(&self) -> bool;
    /// Returns the surveys of the open round.
    fn surveys(&self) -> &RoundSurveys;
    /// Returns the sites.
    fn sites(&self) -> &[Site];
    /// Returns the letters of those who interview with this machine.
    fn letters(&self) -> &[Id] {
        &[]
    }
    /// Returns whom to call.
    fn contacts(&self) -> &[Contact];
    /// Returns the last day of withdrawal.
    fn withdraw_until(&self) -> Option<Date>;
    /// Returns the day on which answers and keys go, where there is one.
    fn delete_by(&self) -> Option<Date> {
        None
    }
    /// Returns the drafts on this machine.
    fn drafts(&self) -> Vec<DraftEntry>;
    /// Returns how many sealed interviews lie here.
    fn sealed(&self) -> usize;
    /// Returns what opens a draft here.
    fn draft_secret(&self) -> DraftSecret {
        if self.made_up() {
            DraftSecret::Nothing
        } else {
            DraftSecret::Passphrase
        }
    }
    /// Returns the words that stand for the keys interviews are sealed to, where somebody may compare them.
    fn key_words(&self) -> Option<String> {
        None
    }
    /// Returns what there is to hand over; `None` where nothing is ever handed over: interviews are made up, or lie
    /// with the coordinator already.
    fn waiting(&self) -> Option<Waiting> {
        None
    }
    /// Returns the names of drafts that were deleted here after a copy had been handed over, until the coordinator has
    /// confirmed that.
    fn deleted_drafts(&self) -> Vec<String> {
        Vec::new()
    }
    /// Returns how many drafts wait that nobody has gone on with for long.
    fn left_drafts(&self) -> LeftDrafts {
        LeftDrafts::default()
    }
    /// Returns folders of memory sticks, as far as they can be found.
    fn sticks(&self) -> Vec<PathBuf> {
        Vec::new()
    }
    /// Hands over everything that waits, as one file in a folder, and reads it back.
    ///
    /// # Errors
    /// [`CannotHandOver`]; everything is still here.
    fn hand_over(&mut self, _: &Path) -> Result<HandedOver, CannotHandOver> {
        Err(CannotHandOver::Nothing)
    }
    /// Removes what a receipt in a folder says has arrived. Returns how many interviews were removed.
    ///
    /// # Errors
    /// [`CannotHandOver`]; what could not be removed is still here.
    fn clear(&mut self, _: &Path) -> Result<Cleared, CannotHandOver> {
        Err(CannotHandOver::Nothing)
    }
    /// Returns why no interview can begin here, as far as that is known before anything is asked.
    fn cannot_begin(&self) -> Option<CannotStart> {
        None
    }
    /// Begins an interview.
    ///
    /// # Errors
    /// [`CannotStart`].
    fn begin(&mut self, wanted: &NewInterview) -> Result<Session, CannotStart>;
    /// Goes on with a draft. `secret` is the coordinator's passphrase or the laptop code; made-up evaluations
    /// need none.
    ///
    /// # Errors
    /// [`CannotStart`]; the draft stays as it is.
    fn resume(
        &mut self,
        draft: &DraftEntry,
        secret: Option<&str>,
    ) -> Result<(Session, Recovery), CannotStart>;
    /// Finds out whether this secret opens drafts here.
    ///
    /// # Errors
    /// [`CannotStart::WrongSecret`], or why nobody can tell.
    fn prove(&self, _: &str) -> Result<(), CannotStart> {
        Err(CannotStart::WrongSecret)
    }
    /// Begins a practice interview with a made-up person; nothing is kept.
    fn practice(&mut self, wanted: &NewInterview) -> Session;
}
