//! The tombstone: an interview that was withdrawn and counts nowhere any more.
//!
//! # Format, version 1
//! An age file sealed to the coordinators, under a random name in `gone/`. What it holds, all integers
//! little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeT` and a zero byte |
//! | 2 | version, 1 |
//! | 16 | the evaluation's id, as its 16 digits |
//! | 16 | the interview's id |
//! | 32 | public key of who signed: the coordinator |
//! | 64 | Ed25519 signature over everything before it |
//! | rest | zeros, up to 4 KiB: as large as a short interview |
//!
//! It names the interview and not a file, since an interview can lie in several: sealed twice around a crash, or
//! sealed again for new keys. It wins over all of them, whenever they come.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::age_file;
use crate::store::atomic::{self, Access};
use crate::store::envelope::{EXTENSION, EnvelopeName, SealTo};
use crate::store::envelope_store::{EnvelopeStore, FolderStore, Put};
use crate::store::error::{KeyProblem, StoreError};
use crate::store::hex;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{KEY_BYTES, SIGNATURE_BYTES, Signer, VerifyingKey};
use crate::store::randomness::{Randomness, draw};
use crate::store::unsealed;

const MAGIC: [u8; 8] = *b"stemmeT\0";
const VERSION: u16 = 1;
const SIZE: usize = 4096;

/// The interviews that were withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tombstones {
    /// Which.
    pub interviews: BTreeSet<InterviewId>,
    /// Files in the folder that change nothing, and why.
    pub ignored: Vec<(PathBuf, NoTombstone)>,
}

/// Why a file among the tombstones is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoTombstone {
    /// It does not open: a sync program has not brought it whole, or it is sealed to keys that are not at hand. It may be
    /// somebody's withdrawal and stays where it is.
    Unopened,
    /// A newer version of the program wrote it. It stays where it is.
    Newer,
    /// It is none, or no coordinator of this evaluation signed it.
    Foreign,
}

/// Writes a tombstone.
///
/// # Errors
/// What the system said.
pub fn put(
    gone: &Path,
    interview: &InterviewId,
    to: &SealTo,
    signer: &Signer,
    random: &mut dyn Randomness,
) -> Result<(), StoreError> {
    let id = hex::bytes::<16>(interview.as_str()).ok_or(KeyProblem::NotAKey)?;
    let mut payload = Vec::with_capacity(SIZE);
    payload.extend_from_slice(&MAGIC);
    payload.extend_from_slice(&VERSION.to_le_bytes());
    payload.extend_from_slice(to.evaluation_text().as_bytes());
    payload.extend_from_slice(&id);
    payload.extend_from_slice(signer.public().as_bytes());
    let signature = signer.sign(&payload);
    payload.extend_from_slice(&signature);
    payload.resize(SIZE, 0);
    let sealed = age_file::seal(&payload, to.recipients())?;
    let name = hex::hex(&draw::<16>(random)?);
    let path = gone.join(format!("{name}.{EXTENSION}"));
    atomic::make_folder(gone)?;
    atomic::write_new_timeless(&path, &sealed, Access::Owner)
}

/// Reads every tombstone in a folder.
///
/// # Errors
/// What the system said: a tombstone that cannot be read for a moment must not let an interview count again.
pub fn read_all(
    gone: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<Tombstones, StoreError> {
    let mut found = Tombstones::default();
    for path in unsealed::files(gone)? {
        let read = match unsealed::read(&path)? {
            Some(bytes) => read(&bytes, identities, evaluation),
            None => Err(NoTombstone::Foreign),
        };
        match read {
            Ok(interview) => drop(found.interviews.insert(interview)),
            Err(why) => found.ignored.push((path, why)),
        }
    }
    Ok(found)
}

/// Returns the interview that a file declares withdrawn, if the coordinator of this evaluation signed that.
///
/// # Errors
/// Why it changes nothing.
pub fn read(
    sealed: &[u8],
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<InterviewId, NoTombstone> {
    let coordinator = evaluation.signing.coordinator.as_deref();
    let coordinator = coordinator.and_then(|text| VerifyingKey::parse(text).ok());
    read_signed_by(
        sealed,
        identities,
        evaluation,
        coordinator.ok_or(NoTombstone::Foreign)?,
    )
}

/// Returns the interview that a file declares withdrawn, if this key signed that: one that is given up leaves its
/// tombstones behind.
#[must_use]
pub fn signed_by(
    path: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    by: VerifyingKey,
) -> Option<InterviewId> {
    let bytes = unsealed::read(path).ok().flatten()?;
    read_signed_by(&bytes, identities, evaluation, by).ok()
}

/// Keeps a tombstone that came from elsewhere, as it is. Returns whether it was not here.
///
/// # Errors
/// What the system said; then it is there whole or not at all.
pub fn keep(gone: &Path, sealed: &[u8]) -> Result<bool, StoreError> {
    let put = FolderStore::new(gone.to_owned()).put_if_absent(&EnvelopeName::of(sealed), sealed)?;
    Ok(put == Put::New)
}

fn read_signed_by(
    sealed: &[u8],
    identities: &Identities,
    evaluation: &Evaluation,
    by: VerifyingKey,
) -> Result<InterviewId, NoTombstone> {
    let payload = match age_file::open(sealed, identities) {
        Ok(payload) => payload,
        // What does not even begin as a sealed file is no half of one.
        Err(_) if !age_file::is_age_file(sealed) => return Err(NoTombstone::Foreign),
        Err(_) => return Err(NoTombstone::Unopened),
    };
    let version = payload
        .strip_prefix(&MAGIC)
        .and_then(|rest| rest.first_chunk())
        .map(|version| u16::from_le_bytes(*version));
    match version {
        Some(VERSION) => declared(&payload, evaluation, by).ok_or(NoTombstone::Foreign),
        Some(newer) if newer > VERSION => Err(NoTombstone::Newer),
        _ => Err(NoTombstone::Foreign),
    }
}

/// The interview that a payload of this version declares withdrawn.
fn declared(payload: &[u8], evaluation: &Evaluation, by: VerifyingKey) -> Option<InterviewId> {
    let rest = payload.get(MAGIC.len() + 2..)?;
    let (id, rest) = rest.split_first_chunk::<16>()?;
    let (interview, rest) = rest.split_first_chunk::<16>()?;
    let (signed_by, rest) = rest.split_first_chunk::<KEY_BYTES>()?;
    let (signature, padding) = rest.split_first_chunk::<SIGNATURE_BYTES>()?;
    let signed = payload.get(..payload.len() - padding.len() - SIGNATURE_BYTES)?;
    let signed_by = VerifyingKey::from_bytes(*signed_by);
    let counts = payload.len() == SIZE
        && padding.iter().all(|byte| *byte == 0)
        && id == evaluation.id.as_bytes()
        && signed_by == by
        && signed_by.verifies(signed, signature);
    counts.then(|| InterviewId::from_bytes(*interview))
}
