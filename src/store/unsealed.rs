//! Going through every interview that opens, file by file, wherever in an evaluation's folder it lies.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewRecord;
use crate::store::atomic;
use crate::store::envelope::{self, EXTENSION, MAX_ENVELOPE, Opened};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::VerifyingKey;

/// An interview and the file it was in.
#[derive(Debug)]
pub struct Unsealed {
    /// The file.
    pub path: PathBuf,
    /// The interview.
    pub record: InterviewRecord,
    /// Who signed it.
    pub signed_by: VerifyingKey,
}

/// Returns every interview that these keys open, whether it counts or not: in `out/` and what was set aside.
///
/// # Errors
/// What the system said.
pub fn interviews(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<Vec<Unsealed>, StoreError> {
    let mut found = Vec::new();
    for place in [folder.out(), folder.quarantine()] {
        for path in files(&place)? {
            let Some(bytes) = read(&path)? else {
                continue;
            };
            let opened = envelope::open(&bytes, identities, &evaluation.id);
            if let Ok(Opened::Interview { record, signed_by }) = opened {
                found.push(Unsealed {
                    path,
                    record: *record,
                    signed_by,
                });
            }
        }
    }
    Ok(found)
}

/// Returns the sealed files of a folder, by name; a folder that is not there has none.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::at(folder, &error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| StoreError::at(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a sealed file; `None` for one too large to be any of ours.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match atomic::read(path, MAX_ENVELOPE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StoreError::TooLarge { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
