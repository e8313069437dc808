//! Sealing everything again: for new keys, and for whatever else must change inside the seals.
//!
//! What is in an envelope is kept to the byte, signature included, so that what a newer version of the program
//! wrote survives; only the seal is new. Every new file is there, whole, before the old one goes: a crash between
//! leaves two envelopes of one interview, which count once, and the next run tidies up.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewRecord;
use crate::domain::slip::Slip;
use crate::store::age_file::{self, Shut};
use crate::store::atomic::{self, Access};
use crate::store::envelope::{self, EXTENSION, EnvelopeName, Opened, SealTo, may_interview};
use crate::store::error::{KeyProblem, StoreError};
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::journal::{self, MAX_DRAFT};
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{Signer, VerifyingKey};
use crate::store::unsealed;
use crate::store::workbook;

/// What shall be different inside, besides the seal. What is rewritten is signed by the coordinator: it was opened,
/// so the coordinator stands in for where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// Nothing.
    Nothing,
    /// Interviews and slips signed by this key count from now on on the coordinator's word: a laptop that is revoked next,
    /// or a coordinator's key that is given up.
    TakeOver(VerifyingKey),
    /// The tags of withdrawal codes go: the last day of withdrawal is past.
    DropTags,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Files that were sealed again.
    pub files: usize,
    /// Files that none of the keys opens: they stay as they are, and so must the keys that open them.
    pub shut: Vec<PathBuf>,
}

impl Resealed {
    /// Writes what was sealed again beside what it takes the place of, which goes then.
    fn replace(&mut self, path: &Path, extension: &str, sealed: &[u8]) -> Result<(), StoreError> {
        let target = path.with_file_name(format!("{}.{extension}", EnvelopeName::of(sealed)));
        atomic::write_new_timeless(&target, sealed, Access::Owner)?;
        self.files += 1;
        atomic::remove(path)
    }
}

/// Seals everything again to the recipients that stand in the evaluation now.
///
/// # Errors
/// What the system said; the rest is sealed again next time.
pub fn reseal(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    signer: &Signer,
    rewrite: &Rewrite,
) -> Result<Resealed, StoreError> {
    let to = may_interview(evaluation).map_err(|_| KeyProblem::None)?;
    let mut done = Resealed::default();
    let mut seen = BTreeSet::new();
    for (place, extension) in places(folder) {
        for path in called(&place, extension)? {
            let Some(bytes) = unsealed::read(&path)? else {
                done.shut.push(path);
                continue;
            };
            if handed_draft::is_one(&bytes) {
                match handed_draft::rewrapped(&bytes, identities, to.recipients(), evaluation, signer)? {
                    Some(new) => done.replace(&path, extension, &new)?,
                    None => done.shut.push(path),
                }
                continue;
            }
            let payload = match age_file::open(&bytes, identities) {
                Ok(payload) => payload,
                Err(Shut::Key | Shut::Header | Shut::Seal) => {
                    done.shut.push(path);
                    continue;
                }
            };
            // A copy of what was sealed again in this run needs no second envelope.
            let is_new = seen.insert(<[u8; 32]>::from(Sha256::digest(&payload)));
            if is_new {
                let sealed = match rewritten(&bytes, identities, evaluation, rewrite) {
                    Some(Rewritten::Interview(record)) => {
                        envelope::seal(&record, &to, signer)?.bytes().to_vec()
                    }
                    Some(Rewritten::Slip(slip)) => envelope::seal_slip(&slip, &to, signer)?.bytes().to_vec(),
                    None => age_file::seal(&payload, to.recipients())?,
                };
                done.replace(&path, extension, &sealed)?;
            } else {
                atomic::remove(&path)?;
            }
        }
    }
    reseal_drafts(folder, identities, evaluation, (&to, signer), &mut done)?;
    Ok(done)
}

/// Wraps the keys of drafts anew: the coordinator's own, those that laptops handed over, which the coordinator signs, and
/// damaged ones. One that somebody has open just now stays as it is, and is named.
fn reseal_drafts(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    (to, signer): (&SealTo, &Signer),
    done: &mut Resealed,
) -> Result<(), StoreError> {
    for place in draft_places(folder) {
        for draft in journal::list_drafts(&place)? {
            let path = draft.path;
            // Who signed it signed other bytes: the coordinator stands in for them.
            let mut counts = false;
            let rewrapped = match atomic::read(&path, MAX_DRAFT) {
                Ok(bytes) if !draft.in_use => {
                    counts = handed_draft::origin(&path, &bytes, evaluation).is_ok();
                    journal::rewrap::rewrapped(&bytes, identities, to.recipients())?
                }
                Ok(_) | Err(StoreError::TooLarge { .. }) => None,
                Err(error) => return Err(error),
            };
            match rewrapped {
                // Under its name: other drafts may go on from it, and what was handed over is known by its interview.
                Some(bytes) if counts && place == folder.rescue() => {
                    let name = format!("{}.{}", EnvelopeName::of(&bytes), journal::EXTENSION);
                    let target = place.join(name);
                    atomic::write_new_timeless(&target, &bytes, Access::Owner)?;
                    handed_draft::sign(&target, &bytes, &evaluation.id, signer)?;
                    handed_draft::remove(&path)?;
                }
                Some(bytes) if place == folder.draft() => atomic::replace(&path, &bytes, Access::Owner)?,
                Some(bytes) => atomic::replace_timeless(&path, &bytes, Access::Owner)?,
                None => {
                    done.shut.push(path);
                    continue;
                }
            }
            done.files += 1;
        }
    }
    Ok(())
}

/// Returns the files that `current` does not open and `all` does: keys that are needed for them must not be thrown
/// away. What neither opens is damaged or was never ours, and no key of ours is kept for it.
///
/// # Errors
/// What the system said.
pub fn only_old_keys_open(
    folder: &EvaluationFolder,
    current: &Identities,
    all: &Identities,
) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for (place, extension) in places(folder) {
        for path in called(&place, extension)? {
            let bytes = unsealed::read(&path)?;
            if bytes.is_some_and(|bytes| !opens(&bytes, current) && opens(&bytes, all)) {
                found.push(path);
            }
        }
    }
    for place in draft_places(folder) {
        for draft in journal::list_drafts(&place)? {
            let bytes = atomic::read(&draft.path, MAX_DRAFT)?;
            if !journal::rewrap::opens(&bytes, current) && journal::rewrap::opens(&bytes, all) {
                found.push(draft.path);
            }
        }
    }
    Ok(found)
}

/// Returns whether these keys open a sealed file; a draft on its way is opened by what opens its journal.
fn opens(bytes: &[u8], identities: &Identities) -> bool {
    match handed_draft::journal_in(bytes) {
        Some(journal) => journal::rewrap::opens(journal, identities),
        None => age_file::open(bytes, identities).is_ok(),
    }
}

/// Adds, to every interview and slip this key signed, an envelope that the new coordinator's key signed. The old ones stay:
/// which of them count, the evaluation file says.
///
/// # Errors
/// What the system said.
pub fn sign_again(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    to: &SealTo,
    was: VerifyingKey,
    now: &Signer,
) -> Result<usize, StoreError> {
    let mut added = 0;
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if found.signed_by == was {
            let sealed = envelope::seal(&found.record, to, now)?;
            let place = found
                .path
                .parent()
                .map_or_else(|| folder.out(), ToOwned::to_owned);
            let target = place.join(sealed.name().file_name());
            atomic::write_new_timeless(&target, sealed.bytes(), Access::Owner)?;
            added += 1;
        }
        Ok(())
    })?;
    unsealed::each_slip(folder, identities, evaluation, |_, slip, signed_by| {
        if signed_by == was {
            let sealed = envelope::seal_slip(&slip, to, now)?;
            let target = folder.slips().join(sealed.name().file_name());
            atomic::write_new_timeless(&target, sealed.bytes(), Access::Owner)?;
            added += 1;
        }
        Ok(())
    })?;
    Ok(added)
}

/// Signs the drafts that wait with the coming coordinator's key as well, of those that count now. They count whichever of
/// the two does; sealing them again leaves the one.
///
/// # Errors
/// What the system said.
pub fn sign_drafts_for_next(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    next: &Signer,
) -> Result<(), StoreError> {
    for draft in journal::list_drafts(&folder.rescue())? {
        let bytes = atomic::read(&draft.path, MAX_DRAFT)?;
        if handed_draft::origin(&draft.path, &bytes, evaluation).is_ok() {
            handed_draft::sign_for_next(&draft.path, &bytes, &evaluation.id, next)?;
        }
    }
    Ok(())
}

/// Removes the envelopes that this key signed.
///
/// # Errors
/// What the system said.
pub fn remove_signed_by(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    was: VerifyingKey,
) -> Result<(), StoreError> {
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if found.signed_by == was {
            atomic::remove(&found.path)?;
        }
        Ok(())
    })?;
    unsealed::each_slip(folder, identities, evaluation, |path, _, signed_by| {
        if signed_by == was {
            atomic::remove(path)?;
        }
        Ok(())
    })
}

/// Where something sealed lies, and what it is called there.
fn places(folder: &EvaluationFolder) -> [(PathBuf, &'static str); 6] {
    [
        (folder.out(), EXTENSION),
        (folder.gone(), EXTENSION),
        (folder.quarantine(), EXTENSION),
        (folder.slips(), EXTENSION),
        (folder.workbook(), workbook::EXTENSION),
        (folder.quarantine(), workbook::EXTENSION),
    ]
}

/// Where drafts lie.
fn draft_places(folder: &EvaluationFolder) -> [PathBuf; 3] {
    [folder.draft(), folder.rescue(), folder.quarantine()]
}

fn called(place: &Path, extension: &str) -> Result<Vec<PathBuf>, StoreError> {
    if extension == EXTENSION {
        unsealed::files(place)
    } else {
        workbook::files(place)
    }
}

/// What is in an envelope, as it shall be.
enum Rewritten {
    Interview(Box<InterviewRecord>),
    Slip(Box<Slip>),
}

/// Returns the interview or slip as it shall be, where something of it changes.
fn rewritten(
    bytes: &[u8],
    identities: &Identities,
    evaluation: &Evaluation,
    rewrite: &Rewrite,
) -> Option<Rewritten> {
    if *rewrite == Rewrite::Nothing {
        return None;
    }
    match (envelope::open(bytes, identities, &evaluation.id).ok()?, rewrite) {
        (
            Opened::Interview {
                record, signed_by, ..
            },
            Rewrite::TakeOver(key),
        ) if signed_by == *key => Some(Rewritten::Interview(record)),
        (Opened::Slip { slip, signed_by, .. }, Rewrite::TakeOver(key)) if signed_by == *key => {
            Some(Rewritten::Slip(slip))
        }
        (
            Opened::Interview {
                mut record,
                signed_by,
                ..
            },
            Rewrite::DropTags,
        ) if record.withdrawal_tag.is_some() && counts(&signed_by, evaluation) => {
            record.withdrawal_tag = None;
            Some(Rewritten::Interview(record))
        }
        _ => None,
    }
}

/// Rewriting must not make something count that did not.
fn counts(signed_by: &VerifyingKey, evaluation: &Evaluation) -> bool {
    envelope::Origin::of(signed_by, &evaluation.signing).counts()
}

#[cfg(test)]
mod tests;
