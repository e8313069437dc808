//! What only another coordinator's key opens, and what a receipt says that a coordinator has. An envelope that was sealed
//! before a second coordinator had a key is noise at the second one's; where the first has taken it in, nothing is missing,
//! and it comes with their folder, sealed for both.

use std::collections::BTreeSet;
use std::path::Path;

use crate::domain::evaluation::Evaluation;
use crate::store::atomic::{self, Access};
use crate::store::delivery;
use crate::store::envelope::EnvelopeName;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::listing;
use crate::store::receipt;

/// Returns what the receipts name that lie in an evaluation's folder, and those that were kept beside what was set aside.
///
/// # Errors
/// What the system said of the folders. A file that is no receipt of ours names nothing.
pub fn named_here(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
) -> Result<BTreeSet<EnvelopeName>, StoreError> {
    let mut named = BTreeSet::new();
    for place in [folder.root().to_owned(), folder.quarantine()] {
        for path in listing::of(&place, delivery::EXTENSION)?.files {
            named.extend(named_in(&path, evaluation));
        }
    }
    Ok(named)
}

/// Returns what a receipt names, if a coordinator of ours signed it.
#[must_use]
pub fn named_in(path: &Path, evaluation: &Evaluation) -> BTreeSet<EnvelopeName> {
    let coordinator = evaluation.signing.coordinator.as_deref().unwrap_or_default();
    receipt::read(path, &evaluation.id, coordinator).unwrap_or_default()
}

/// Keeps a receipt beside what was set aside, so that it is known without whatever it lay on.
///
/// # Errors
/// What the system said.
pub fn keep(receipt: &Path, folder: &EvaluationFolder) -> Result<(), StoreError> {
    let (bytes, Some(name)) = (receipt::bytes(receipt)?, receipt.file_name()) else {
        return Ok(());
    };
    atomic::make_folder(&folder.quarantine())?;
    match atomic::write_new_timeless(&folder.quarantine().join(name), &bytes, Access::Owner) {
        Err(StoreError::AlreadyThere { .. }) => Ok(()),
        written => written,
    }
}
