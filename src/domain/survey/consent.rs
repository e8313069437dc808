//! What comes before the questions: information, age band, consent; and how a group may be asked.

use crate::domain::id::Id;
use crate::domain::localized::Localized;

/// What is read aloud and agreed to before anything is kept.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Read aloud first; a blank line begins a new thing to say.
    pub read_aloud: Localized,
    /// For the interviewer only.
    pub interviewer_note: Option<Localized>,
    /// What is agreed to, one by one.
    pub points: Vec<ConsentPoint>,
    /// Whether an age band is asked where the evaluation's policy needs it.
    pub ask_age: bool,
}

/// One thing to agree to.
#[derive(Clone, Debug)]
pub struct ConsentPoint {
    /// Stable id, `consent.ID` in conditions.
    pub id: Id,
    /// The question put.
    pub text: Localized,
    /// Whether there is no interview without it.
    pub required: bool,
}

/// How a group may be asked together: hands are counted, nobody has a row of their own.
#[derive(Clone, Debug)]
pub struct GroupMode {
    /// Questions a group may be asked, beside those for groups only.
    pub questions: Vec<Id>,
    /// Questions for groups only.
    pub only: Vec<Id>,
    /// Below so many people the program advises single interviews.
    pub min_people: u16,
}
