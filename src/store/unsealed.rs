//! Going through every interview that opens, file by file, wherever in an evaluation's folder it lies.

use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::Slip;
use crate::store::atomic;
use crate::store::envelope::{self, EXTENSION, EnvelopeName, MAX_ENVELOPE, Opened, Says};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::in_parallel::in_parallel;
use crate::store::journal;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::VerifyingKey;
use crate::store::listing;

/// An interview and the file it was in.
#[derive(Debug)]
pub struct Unsealed {
    /// The file.
    pub path: PathBuf,
    /// The name of its bytes, whatever it is called.
    pub name: EnvelopeName,
    /// The interview.
    pub record: InterviewRecord,
    /// Who signed it.
    pub signed_by: VerifyingKey,
    /// What it says, as a hash.
    pub says: Says,
}

/// Opens every interview that these keys open, whether it counts or not: in `out/` and what was set aside. Each is
/// given to `take` and not kept.
///
/// # Errors
/// What the system said, or `take`.
pub fn each_interview(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    mut take: impl FnMut(Unsealed) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut paths = Vec::new();
    for place in [folder.out(), folder.quarantine()] {
        paths.extend(files(&place)?);
    }
    let open = |number: usize| {
        let path = paths.get(number)?;
        let bytes = match read(path) {
            Ok(bytes) => bytes?,
            Err(error) => return Some(Err(error)),
        };
        match envelope::open(&bytes, identities, &evaluation.id) {
            Ok(Opened::Interview {
                record,
                signed_by,
                says,
            }) => Some(Ok(Unsealed {
                path: path.clone(),
                name: EnvelopeName::of(&bytes),
                record: *record,
                signed_by,
                says,
            })),
            _ => None,
        }
    };
    in_parallel(paths.len(), open, |found| match found {
        Some(found) => take(found?),
        None => Ok(()),
    })
}

/// Finds every slip that these keys open, whoever signed it.
///
/// # Errors
/// What the system said, or `take`.
pub fn each_slip(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    mut take: impl FnMut(&Path, Slip, VerifyingKey) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for path in files(&folder.slips())? {
        let opened = read(&path)?.map(|bytes| envelope::open(&bytes, identities, &evaluation.id));
        if let Some(Ok(Opened::Slip { slip, signed_by, .. })) = opened {
            take(&path, *slip, signed_by)?;
        }
    }
    Ok(())
}

/// Finds every draft that these keys open and that came from a laptop or was set aside: in `rescue/`, and in
/// `quarantine/` as it came or as a damaged journal.
///
/// # Errors
/// What the system said, or `take`.
pub fn each_handed_draft(
    folder: &EvaluationFolder,
    identities: &Identities,
    mut take: impl FnMut(&Path, InterviewId) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for place in [folder.rescue(), folder.quarantine()] {
        for draft in journal::list_drafts(&place)? {
            let bytes = match atomic::read(&draft.path, journal::MAX_DRAFT) {
                Err(StoreError::TooLarge { .. }) => continue,
                read => read?,
            };
            if let Some((interview, _)) = handed_draft::interview_in(&bytes, identities) {
                take(&draft.path, interview)?;
            }
        }
    }
    for path in files(&folder.quarantine())? {
        let bytes = read(&path)?.unwrap_or_default();
        let journal = handed_draft::journal_in(&bytes);
        if let Some((interview, _)) =
            journal.and_then(|journal| handed_draft::interview_in(journal, identities))
        {
            take(&path, interview)?;
        }
    }
    Ok(())
}

/// Returns the sealed files of a folder, by name; a folder that is not there has none.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    listing::of(folder, EXTENSION).map(|found| found.files)
}

/// Reads a sealed file; `None` for one too large to be any of ours.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match atomic::read(path, MAX_ENVELOPE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StoreError::TooLarge { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
