//! What a coordinator has half typed: it is sealed as everything they do is, and lies beside it until it is written or
//! taken away, so that a program that ends in the middle of a sentence loses none of it.
//!
//! A file of each coder in `workbook/`, replaced whole. It goes nowhere with deliveries, and with the workbook when the
//! evaluation is closed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Id;
use crate::store::atomic::{self, Access};
use crate::store::envelope::SealTo;
use crate::store::error::StoreError;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::Signer;
use crate::store::whole_json;

use super::segment::{Kind, open_as, seal_as};

/// The largest file.
const MAX: u64 = 1024 * 1024;

/// What is half typed, by what it was typed for.
pub type Half = BTreeMap<String, String>;

fn path(folder: &Path, coder: &Id) -> PathBuf {
    folder.join(format!("half-typed-{coder}.sth"))
}

/// Keeps what is half typed; where that is nothing, nothing is left.
///
/// # Errors
/// [`StoreError::TooLarge`]; what the system said.
pub fn keep(
    folder: &Path,
    coder: &Id,
    half: &Half,
    (to, signer): (&SealTo, &Signer),
) -> Result<(), StoreError> {
    let path = path(folder, coder);
    if half.is_empty() {
        return atomic::remove(&path);
    }
    let bytes = seal_as(Kind::Half, half, to, signer)?;
    atomic::make_folder(folder)?;
    atomic::replace(&path, &bytes, Access::Owner)
}

/// Returns what was half typed. What is no such file of this evaluation's coordinator holds nothing.
#[must_use]
pub fn read(folder: &Path, coder: &Id, identities: &Identities, evaluation: &Evaluation) -> Half {
    let bytes = atomic::read(&path(folder, coder), MAX).ok();
    let json = bytes.and_then(|bytes| open_as(Kind::Half, &bytes, identities, evaluation).ok());
    json.and_then(|json| whole_json::read(&json)).unwrap_or_default()
}
