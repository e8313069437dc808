//! What one file is worth: opened, its origin and its name checked. The same judgement on collecting, on counting and
//! on verifying.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::Slip;
use crate::store::checked::{Checked, EnvelopeHash};
use crate::store::envelope::{self, EnvelopeName, Opened, Origin, Says, Signature, Unopened};
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::VerifyingKey;

/// What there is to say about a file that calls itself an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Of a newer version of the program.
    Newer,
    /// Sealed to other keys.
    OtherKey,
    /// Not what was sealed.
    Damaged,
    /// Signed by nobody we know.
    UnknownOrigin,
    /// Signed by a laptop that was revoked.
    RevokedLaptop,
    /// The signature does not hold.
    Forged,
    /// Of another evaluation.
    OtherEvaluation,
    /// Made up, in an evaluation that is not.
    MadeUp,
    /// Empty: not brought yet.
    Absent,
    /// Another envelope of the same interview says something else. One of them is counted.
    Differs,
    /// It counts, under a name that is not its own.
    Misnamed,
    /// A folder, a link or a pipe that bears a file's name: never opened, and nothing of ours.
    NoFile,
}

/// A file that was judged.
#[derive(Debug)]
pub struct Judged {
    /// The SHA-256 of its bytes.
    pub hash: EnvelopeHash,
    /// The name its bytes have.
    pub name: EnvelopeName,
    /// Whether the file is called so.
    pub is_named: bool,
    /// What is in it, if it counts; otherwise why not.
    pub contents: Result<Contents, Remark>,
    /// The laptop that signed it, if it counts and no coordinator did.
    pub laptop: Option<Slug>,
    /// Where it does not count, and for no other reason than who signed it: whose it is, and what it says.
    pub uncounted: Option<(InterviewId, Says)>,
}

/// What counts.
#[derive(Debug)]
pub enum Contents {
    /// An interview, and what it says as a hash.
    Interview(Box<InterviewRecord>, Says),
    /// A slip, and what it says as a hash.
    Slip(Box<Slip>, Says),
}

impl Judged {
    /// Returns what it says, if it counts.
    #[must_use]
    pub fn says(&self) -> Option<Says> {
        match &self.contents {
            Ok(Contents::Interview(_, says) | Contents::Slip(_, says)) => Some(*says),
            Err(_) => None,
        }
    }

    /// Returns the random name of the interview or slip in it, if it counts.
    #[must_use]
    pub fn interview(&self) -> Option<&InterviewId> {
        match &self.contents {
            Ok(Contents::Interview(record, _)) => Some(&record.interview),
            Ok(Contents::Slip(slip, _)) => Some(&slip.slip),
            Err(_) => None,
        }
    }
}

/// Judges the bytes that lie under `path`.
#[must_use]
pub fn judge(bytes: &[u8], path: &Path, identities: &Identities, evaluation: &Evaluation) -> Judged {
    judge_again(bytes, path, identities, evaluation, &Checked::default())
}

/// As [`judge`]; the signatures of these envelopes were checked before.
#[must_use]
pub fn judge_again(
    bytes: &[u8],
    path: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    checked: &Checked,
) -> Judged {
    let hash = Sha256::digest(bytes).into();
    let name = EnvelopeName::of_hash(&hash);
    let is_named = name.is_name_of(path);
    let signature = if checked.has(&hash) {
        Signature::WasChecked
    } else {
        Signature::Check
    };
    let (contents, laptop, uncounted) = match contents(bytes, is_named, identities, evaluation, signature) {
        Ok((contents, Ok(laptop))) => (Ok(contents), laptop, None),
        Ok((Contents::Interview(record, says), Err(remark))) => {
            (Err(remark), None, Some((record.interview, says)))
        }
        Ok((Contents::Slip(slip, says), Err(remark))) => (Err(remark), None, Some((slip.slip, says))),
        Err(remark) => (Err(remark), None, None),
    };
    Judged {
        hash,
        name,
        is_named,
        contents,
        laptop,
        uncounted,
    }
}

/// Returns whether these bytes are a file that is not here yet: a sync program made room and brought nothing.
#[must_use]
pub fn is_absent(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

/// Returns what is in it, and the laptop of ours that signed it, or why whoever did does not count.
fn contents(
    bytes: &[u8],
    is_named: bool,
    identities: &Identities,
    evaluation: &Evaluation,
    signature: Signature,
) -> Result<(Contents, Result<Option<Slug>, Remark>), Remark> {
    if is_absent(bytes) {
        return Err(Remark::Absent);
    }
    let opened = envelope::open_with(bytes, identities, &evaluation.id, signature);
    let opened = opened.map_err(|unopened| match unopened {
        // What is not what its name says cannot be told from what is sealed to others.
        Unopened::WrongKey if is_named => Remark::OtherKey,
        Unopened::WrongKey | Unopened::Damaged(_) => Remark::Damaged,
        Unopened::Forged => Remark::Forged,
        Unopened::OtherEvaluation => Remark::OtherEvaluation,
    })?;
    match opened {
        Opened::Interview {
            record,
            signed_by,
            says,
        } => {
            let laptop = counts(&signed_by, record.made_up, evaluation);
            Ok((Contents::Interview(record, says), laptop))
        }
        Opened::Slip {
            slip,
            signed_by,
            says,
        } => {
            let laptop = counts(&signed_by, slip.made_up, evaluation);
            Ok((Contents::Slip(slip, says), laptop))
        }
        Opened::Newer => Err(Remark::Newer),
    }
}

/// Returns the laptop that signed, if a laptop of ours did.
fn counts(signed_by: &VerifyingKey, made_up: bool, evaluation: &Evaluation) -> Result<Option<Slug>, Remark> {
    match Origin::of(signed_by, &evaluation.signing) {
        Origin::Unknown => Err(Remark::UnknownOrigin),
        Origin::Revoked(_) => Err(Remark::RevokedLaptop),
        Origin::Coordinator | Origin::Laptop(_) if made_up && !evaluation.made_up => Err(Remark::MadeUp),
        Origin::Coordinator => Ok(None),
        Origin::Laptop(laptop) => Ok(Some(laptop)),
    }
}
