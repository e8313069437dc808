//! One segment of the workbook.
//!
//! # Format, version 1
//! An age file sealed to the coordinators, named by the first 128 bits of the SHA-256 of its bytes. What it holds, all
//! integers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeW` and a zero byte; `stemmeH` for what is half typed ([`super::half`]) |
//! | 2 | version, 1 |
//! | 16 | the evaluation's id, as its 16 digits |
//! | 4 | length of the JSON |
//! | so many | the events, a JSON list; what is half typed, a JSON object |
//! | 32 | public key of who signed: the coordinator |
//! | 64 | Ed25519 signature over everything before it |
//! | rest | zeros, up to a power of two of at least 4 KiB |
//!
//! An event names an interview and an item by their keys and holds no word that anybody said. An event that this
//! version of the program does not know whole (a newer one wrote it) makes its segment one that is kept and not read.

use serde::Serialize;
use zeroize::Zeroizing;

use crate::domain::evaluation::Evaluation;
use crate::domain::workbook::log::Event;
use crate::store::age_file::{self, Shut};
use crate::store::envelope::SealTo;
use crate::store::error::StoreError;
use crate::store::judging::{Remark, is_absent};
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{KEY_BYTES, SIGNATURE_BYTES, Signer, VerifyingKey};
use crate::store::whole_json;

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Events.
    Segment,
    /// What is half typed.
    Half,
}

impl Kind {
    const fn magic(self) -> [u8; 8] {
        match self {
            Self::Segment => *b"stemmeW\0",
            Self::Half => *b"stemmeH\0",
        }
    }
}

const VERSION: u16 = 1;
const SMALLEST: usize = 4096;

/// Seals events.
///
/// # Errors
/// [`StoreError::TooLarge`] for more than a segment holds; [`StoreError::Keys`].
pub fn seal(events: &[Event], to: &SealTo, signer: &Signer) -> Result<Vec<u8>, StoreError> {
    seal_as(Kind::Segment, events, to, signer)
}

/// Seals what a file of this kind holds.
///
/// # Errors
/// As [`seal`].
pub(super) fn seal_as<T: Serialize + ?Sized>(
    kind: Kind,
    held: &T,
    to: &SealTo,
    signer: &Signer,
) -> Result<Vec<u8>, StoreError> {
    let too_large = || StoreError::TooLarge {
        path: std::path::PathBuf::new(),
    };
    let mut json = Zeroizing::new(Vec::with_capacity(64 * 1024));
    serde_json::to_writer(&mut *json, held).map_err(|_| too_large())?;
    let length = u32::try_from(json.len()).map_err(|_| too_large())?;
    let room = (json.len() + SMALLEST).next_power_of_two();
    let mut payload = Zeroizing::new(Vec::with_capacity(room));
    payload.extend_from_slice(&kind.magic());
    payload.extend_from_slice(&VERSION.to_le_bytes());
    payload.extend_from_slice(to.evaluation_text().as_bytes());
    payload.extend_from_slice(&length.to_le_bytes());
    payload.extend_from_slice(&json);
    payload.extend_from_slice(signer.public().as_bytes());
    let signature = signer.sign(&payload);
    payload.extend_from_slice(&signature);
    let bucket = payload.len().next_power_of_two().max(SMALLEST);
    payload.resize(bucket, 0);
    if bucket as u64 > super::MAX_SEGMENT / 2 {
        return Err(too_large());
    }
    Ok(age_file::seal(&payload, to.recipients())?)
}

/// Returns the events of a segment, if the coordinator of this evaluation signed it.
///
/// # Errors
/// [`Remark`] says why it does not count.
pub fn open(bytes: &[u8], identities: &Identities, evaluation: &Evaluation) -> Result<Vec<Event>, Remark> {
    let json = open_as(Kind::Segment, bytes, identities, evaluation)?;
    whole_json::read(&json).ok_or(Remark::Newer)
}

/// Returns the JSON in a file of this kind, if the coordinator of this evaluation signed it.
///
/// # Errors
/// As [`open`].
pub(super) fn open_as(
    kind: Kind,
    bytes: &[u8],
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<Zeroizing<Vec<u8>>, Remark> {
    let coordinator = evaluation.signing.coordinator.as_deref();
    let coordinator = coordinator.and_then(|key| VerifyingKey::parse(key).ok());
    let coordinator = coordinator.ok_or(Remark::UnknownOrigin)?;
    json_signed_by(kind, bytes, identities, (&evaluation.id, coordinator))
}

/// As [`open`], signed by this key.
pub(super) fn open_signed_by(
    bytes: &[u8],
    identities: &Identities,
    evaluation: &str,
    by: VerifyingKey,
) -> Result<Vec<Event>, Remark> {
    let json = json_signed_by(Kind::Segment, bytes, identities, (evaluation, by))?;
    whole_json::read(&json).ok_or(Remark::Newer)
}

fn json_signed_by(
    kind: Kind,
    bytes: &[u8],
    identities: &Identities,
    (evaluation, by): (&str, VerifyingKey),
) -> Result<Zeroizing<Vec<u8>>, Remark> {
    if is_absent(bytes) {
        return Err(Remark::Absent);
    }
    let payload = age_file::open(bytes, identities).map_err(|shut| match shut {
        Shut::Key => Remark::OtherKey,
        Shut::Header | Shut::Seal => Remark::Damaged,
    })?;
    let rest = payload.strip_prefix(&kind.magic()).ok_or(Remark::Damaged)?;
    let (version, rest) = rest.split_first_chunk().ok_or(Remark::Damaged)?;
    if u16::from_le_bytes(*version) > VERSION {
        return Err(Remark::Newer);
    }
    let (id, rest) = rest.split_first_chunk::<16>().ok_or(Remark::Damaged)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Remark::Damaged)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Remark::Damaged)?;
    let (json, rest) = rest.split_at_checked(length).ok_or(Remark::Damaged)?;
    let (signed_by, rest) = rest.split_first_chunk::<KEY_BYTES>().ok_or(Remark::Damaged)?;
    let (signature, padding) = rest
        .split_first_chunk::<SIGNATURE_BYTES>()
        .ok_or(Remark::Damaged)?;
    let signed = payload.get(..payload.len() - padding.len() - SIGNATURE_BYTES);
    let signed = signed.ok_or(Remark::Damaged)?;
    let signed_by = VerifyingKey::from_bytes(*signed_by);
    if !signed_by.verifies(signed, signature) {
        return Err(Remark::Forged);
    }
    if id != evaluation.as_bytes() {
        return Err(Remark::OtherEvaluation);
    }
    if signed_by != by {
        return Err(Remark::UnknownOrigin);
    }
    if padding.iter().any(|byte| *byte != 0) {
        return Err(Remark::Damaged);
    }
    Ok(Zeroizing::new(json.to_vec()))
}
