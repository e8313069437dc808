//! What a finished interview is, without anything that was said in it.

use crate::domain::id::{Id, Slug};
use crate::domain::record::{InterviewId, InterviewRecord, Mode};
use crate::domain::survey::Fingerprint;

/// The head of a record: which interview, of which survey and round, where, with one or several. Ten thousand of them
/// are kept where ten thousand records are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordHead {
    /// Which interview.
    pub interview: InterviewId,
    /// The survey, whatever its version.
    pub survey: Slug,
    /// Which version it was.
    pub version: Fingerprint,
    /// The round.
    pub round: Slug,
    /// The site.
    pub site: Option<Slug>,
    /// The laptop it was held on.
    pub laptop: Option<Slug>,
    /// The interviewer's letter, where the evaluation uses letters.
    pub interviewer: Option<Id>,
    /// One person, or a group.
    pub mode: Mode,
    /// Whether a withdrawal code finds it.
    pub has_code: bool,
    /// What quotes of it are turned into marks with.
    pub secret: Secret,
}

/// What only those know who have opened an interview: it was drawn at random when the interview began, lies sealed with
/// it, and is gone with it. `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret(u64);

impl Secret {
    /// Returns the secret of an interview whose options were put in order with this seed.
    #[must_use]
    pub const fn of_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns its bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl RecordHead {
    /// Returns the head of a record.
    #[must_use]
    pub fn of(record: &InterviewRecord) -> Self {
        Self {
            interview: record.interview.clone(),
            survey: record.survey.id.clone(),
            version: record.survey.sha256.clone(),
            round: record.round.clone(),
            site: record.site.clone(),
            laptop: record.laptop.clone(),
            interviewer: record.interviewer.clone(),
            mode: record.mode,
            has_code: record.withdrawal_tag.is_some(),
            secret: Secret::of_seed(record.order_seed),
        }
    }
}
