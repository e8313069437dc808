//! The finished interview: what is sealed, opened by a coordinator, and tallied.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::answer::Response;
use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::survey::Fingerprint;

mod gathered;
pub mod head;
mod in_order;
pub mod taker;

pub use gathered::Gathered;
pub use head::RecordHead;
pub use taker::TakesInterviews;

/// The version of the payload's shape. A higher one is kept and counted as "newer", never half-read.
pub const SCHEMA: u16 = 1;

/// One finished interview. Holds no time, name, place of birth or other trace of who it was.
///
/// `Debug` shows the id only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewRecord {
    /// Shape of this record, [`SCHEMA`].
    pub schema: u16,
    /// Random name of the interview: copies and resealed twins share it.
    pub interview: InterviewId,
    /// What was asked.
    pub survey: SurveyStamp,
    /// The round it belongs to.
    pub round: Slug,
    /// The site, a background variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Slug>,
    /// The laptop it was held on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laptop: Option<Slug>,
    /// The interviewer's letter, if the evaluation uses letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interviewer: Option<Id>,
    /// One person, or a group.
    pub mode: Mode,
    /// How the answers came into the program.
    #[serde(default, skip_serializing_if = "Entered::is_live")]
    pub entered: Entered,
    /// The language it was held in.
    pub language: Language,
    /// Seed of the order options were put in; marks of quotes are made with it, so it is never shown.
    pub order_seed: u64,
    /// What was agreed to.
    pub consent: ConsentRecord,
    /// An entry for every item of the survey: the answer or why there is none.
    #[serde(deserialize_with = "in_order::read")]
    pub answers: BTreeMap<ItemKey, Response>,
    /// Items the person typed unseen by the interviewer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_answered: Vec<ItemKey>,
    /// Checks that did not hold and were confirmed: question and place of the check.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmations: Vec<(Id, u16)>,
    /// The interviewer's notes per question.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<Id, CleanText>,
    /// Whether everything was read back before sealing.
    pub read_back: bool,
    /// What was agreed about the person's own words, per item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quotes: BTreeMap<ItemKey, QuotePermission>,
    /// Slow hash of the withdrawal code; absent in anonymous evaluations or when no code was wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal_tag: Option<String>,
    /// How it ended.
    pub ended: Ended,
    /// How many steps its draft had, where the coordinator sealed it from a draft that nobody finished; absent where it was
    /// sealed with the person there. One that the person finished wins over one that was rescued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescued: Option<u64>,
    /// Whether this is made-up data (demo).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made_up: bool,
    /// What a newer version added; kept when the record is sealed again.
    #[serde(flatten)]
    pub newer: BTreeMap<String, serde_json::Value>,
}

impl fmt::Debug for InterviewRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InterviewRecord({})", self.interview)
    }
}

/// A random name of 128 bits as 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InterviewId(String);

impl InterviewId {
    /// Returns the name made of these random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InterviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InterviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which survey, in which version, by which bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SurveyStamp {
    /// The survey's name.
    pub id: Slug,
    /// Its version.
    pub version: String,
    /// Hash of the file.
    pub sha256: Fingerprint,
}

/// One person, or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One person.
    Individual,
    /// A group of so many people; nobody has a row of their own.
    Group {
        /// How many took part.
        people: u16,
    },
}

/// How the answers came into the program. A file of an older program, which has no such mark, was made live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entered {
    /// While the conversation went on.
    #[default]
    Live,
    /// Afterwards, from the interviewer's notes.
    FromNotes,
    /// Afterwards, from a form on paper.
    FromPaper,
}

impl Entered {
    /// Returns whether the person who answers is there.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Live)
    }
}

/// What was agreed to before the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// The age band, where the policy asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<Id>,
    /// Whether the interviewer confirmed a guardian's written consent, where the policy needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian_confirmed: Option<bool>,
    /// Points agreed to or not.
    pub points: BTreeMap<Id, bool>,
}

/// What was agreed about quoting somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotePermission {
    /// As they stand.
    AsItStands,
    /// In other words.
    Rewritten,
    /// Not at all.
    No,
}

/// How an interview ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Gone through to the end.
    Complete,
    /// Stopped on the way; the person agreed that the answers are used.
    StoppedUse,
}
