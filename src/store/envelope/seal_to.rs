//! Whom an evaluation's interviews are sealed to, and the gate before that: no interview begins that could not be
//! sealed to at least two people who have shown that they can open it.

use crate::domain::evaluation::Evaluation;
use crate::store::error::KeyProblem;
use crate::store::hex;
use crate::store::keys::recipients::Recipients;

/// The fewest recipients.
pub const FEWEST: usize = 2;

/// Whom an evaluation's interviews are sealed to. There is no way to one but through [`may_interview`].
#[derive(Clone, Debug)]
pub struct SealTo {
    evaluation: EvaluationId,
    recipients: Recipients,
}

/// An evaluation's id as it stands in envelopes: its 16 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EvaluationId([u8; 16]);

/// Why no interview may begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MayNot {
    /// Fewer than two recipients.
    #[error("{found} recipients, and {FEWEST} are needed")]
    TooFewRecipients {
        /// How many.
        found: usize,
    },
    /// A recipient has not shown that they can open what is sealed to them.
    #[error("a recipient is not proved")]
    NotProved {
        /// Which: its place in the file, from 0.
        recipient: usize,
    },
    /// The recipients' keys are no keys, or one stands twice.
    #[error("{0}")]
    Keys(#[from] KeyProblem),
    /// The id is not 16 hexadecimal digits.
    #[error("no id")]
    NoId,
    /// There is no round.
    #[error("no open round")]
    NoRound,
}

/// Returns whom to seal to, if interviews may begin. A made-up evaluation has to meet the same.
///
/// # Errors
/// [`MayNot`] for the first reason found.
pub fn may_interview(evaluation: &Evaluation) -> Result<SealTo, MayNot> {
    let found = evaluation.recipients.len();
    if found < FEWEST {
        return Err(MayNot::TooFewRecipients { found });
    }
    if let Some(recipient) = evaluation.recipients.iter().position(|one| !one.proved) {
        return Err(MayNot::NotProved { recipient });
    }
    let recipients = Recipients::new(evaluation.recipients.iter().map(|one| one.key.as_str()))?;
    if evaluation.open_round().is_none() {
        return Err(MayNot::NoRound);
    }
    Ok(SealTo {
        evaluation: EvaluationId::new(&evaluation.id).ok_or(MayNot::NoId)?,
        recipients,
    })
}

impl SealTo {
    /// Returns the recipients: for drafts, to which a laptop's own key is added.
    #[must_use]
    pub const fn recipients(&self) -> &Recipients {
        &self.recipients
    }

    /// Returns the evaluation's id.
    #[must_use]
    pub fn evaluation_text(&self) -> &str {
        // The id is made of the digits of a text.
        std::str::from_utf8(&self.evaluation.0).unwrap_or_default()
    }

    pub(super) const fn evaluation(&self) -> &EvaluationId {
        &self.evaluation
    }
}

impl EvaluationId {
    fn new(text: &str) -> Option<Self> {
        hex::bytes::<8>(text)?;
        text.as_bytes().try_into().ok().map(Self)
    }

    pub(super) const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}
