//! What is inside the seal, as described in [`super`].

use memchr::memmem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::record::{InterviewRecord, SCHEMA};
use crate::domain::slip::{self, Slip};
use crate::store::envelope::seal_to::EvaluationId;
use crate::store::envelope::{Opened, Says, Signature, Unopened};
use crate::store::error::What;
use crate::store::hex;
use crate::store::keys::signing::{KEY_BYTES, SIGNATURE_BYTES, Signer, VerifyingKey};
use crate::store::whole_json::{self, Whole};

const MAGIC: [u8; 8] = *b"stemmeE\0";
const VERSION: u16 = 1;
/// The kind of payload that holds an interview.
const INTERVIEW: u16 = 1;
/// The kind of payload that holds a slip.
const SLIP: u16 = 2;
/// The smallest payload.
const SMALLEST: usize = 4096;

/// Returns the payload of an interview; `None` when it is too large to be counted in 32 bits.
pub(super) fn write(
    record: &InterviewRecord,
    evaluation: &EvaluationId,
    signer: &Signer,
) -> Option<Zeroizing<Vec<u8>>> {
    write_kind(INTERVIEW, record, evaluation, signer)
}

/// Returns the payload of a slip.
pub(super) fn write_slip(
    slip: &Slip,
    evaluation: &EvaluationId,
    signer: &Signer,
) -> Option<Zeroizing<Vec<u8>>> {
    write_kind(SLIP, slip, evaluation, signer)
}

fn write_kind<T: Serialize>(
    kind: u16,
    contents: &T,
    evaluation: &EvaluationId,
    signer: &Signer,
) -> Option<Zeroizing<Vec<u8>>> {
    // Room enough for most: a vector that grows leaves copies of the contents behind.
    let mut json = Zeroizing::new(Vec::with_capacity(64 * 1024));
    serde_json::to_writer(&mut *json, contents).ok()?;
    let length = u32::try_from(json.len()).ok()?;
    let room = (json.len() + SMALLEST).next_power_of_two();
    let mut payload = Zeroizing::new(Vec::with_capacity(room));
    payload.extend_from_slice(&MAGIC);
    payload.extend_from_slice(&VERSION.to_le_bytes());
    payload.extend_from_slice(&kind.to_le_bytes());
    payload.extend_from_slice(evaluation.as_bytes());
    payload.extend_from_slice(&length.to_le_bytes());
    payload.extend_from_slice(&json);
    payload.extend_from_slice(signer.public().as_bytes());
    let signature = signer.sign(&payload);
    payload.extend_from_slice(&signature);
    let bucket = payload.len().next_power_of_two().max(SMALLEST);
    payload.resize(bucket, 0);
    Some(payload)
}

/// Reads a payload of this evaluation.
pub(super) fn read(payload: &[u8], evaluation: &str, check: Signature) -> Result<Opened, Unopened> {
    let rest = payload
        .strip_prefix(&MAGIC)
        .ok_or(Unopened::Damaged(What::Kind))?;
    let cut = Unopened::Damaged(What::Contents);
    let (version, rest) = rest.split_first_chunk().ok_or(cut)?;
    if u16::from_le_bytes(*version) > VERSION {
        return Ok(Opened::Newer);
    }
    let (kind, rest) = rest.split_first_chunk().ok_or(cut)?;
    let kind = u16::from_le_bytes(*kind);
    let (id, rest) = rest.split_first_chunk::<16>().ok_or(cut)?;
    let (length, rest) = rest.split_first_chunk().ok_or(cut)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| cut)?;
    let (json, rest) = rest.split_at_checked(length).ok_or(cut)?;
    let (signed_by, rest) = rest.split_first_chunk::<KEY_BYTES>().ok_or(cut)?;
    let (signature, padding) = rest.split_first_chunk::<SIGNATURE_BYTES>().ok_or(cut)?;
    let signed = payload
        .get(..payload.len() - padding.len() - SIGNATURE_BYTES)
        .ok_or(cut)?;
    let signed_by = VerifyingKey::from_bytes(*signed_by);
    if check == Signature::Check && !signed_by.verifies(signed, signature) {
        return Err(Unopened::Forged);
    }
    if id != evaluation.as_bytes() {
        return Err(Unopened::OtherEvaluation);
    }
    let is_bucket = payload.len().is_power_of_two() && payload.len() >= SMALLEST;
    if !is_bucket || !is_nothing(padding) {
        return Err(cut);
    }
    match kind {
        INTERVIEW => record(json, signed_by),
        SLIP => slip(json, signed_by),
        _ => Ok(Opened::Newer),
    }
}

/// Returns whether these are zeros, many at a time.
fn is_nothing(padding: &[u8]) -> bool {
    const ZEROS: [u8; SMALLEST] = [0; SMALLEST];
    padding.chunks(SMALLEST).all(|part| ZEROS.starts_with(part))
}

/// Reads an interview.
fn record(json: &[u8], signed_by: VerifyingKey) -> Result<Opened, Unopened> {
    let tag = |record: &InterviewRecord| record.withdrawal_tag.clone();
    let Some((record, says)) = whole::<InterviewRecord>(json, SCHEMA, |record| record.schema, tag)? else {
        return Ok(Opened::Newer);
    };
    if hex::bytes::<16>(record.interview.as_str()).is_none() {
        return Err(Unopened::Damaged(What::Contents));
    }
    Ok(Opened::Interview {
        record: Box::new(record),
        signed_by,
        says,
    })
}

/// Reads a slip.
fn slip(json: &[u8], signed_by: VerifyingKey) -> Result<Opened, Unopened> {
    let Some((slip, says)) = whole::<Slip>(json, slip::SCHEMA, |slip| slip.schema, |_| None)? else {
        return Ok(Opened::Newer);
    };
    if hex::bytes::<16>(slip.slip.as_str()).is_none() {
        return Err(Unopened::Damaged(What::Contents));
    }
    Ok(Opened::Slip {
        slip: Box::new(slip),
        signed_by,
        says,
    })
}

/// Reads contents whole or not at all; `None` when a newer version wrote them.
fn whole<T: DeserializeOwned + Serialize>(
    json: &[u8],
    known: u16,
    schema_of: impl Fn(&T) -> u16,
    tag_of: impl Fn(&T) -> Option<String>,
) -> Result<Option<(T, Says)>, Unopened> {
    #[derive(serde::Deserialize)]
    struct Schema {
        #[serde(rename = "schema")]
        _schema: u16,
    }
    let damaged = Unopened::Damaged(What::Contents);
    let Some(Whole { value, is_as_written }) = whole_json::read_whole::<T>(json) else {
        // Signed by one of ours and not ours to read, where it is anything at all: of a newer version.
        return serde_json::from_slice::<Schema>(json)
            .map(|_| None)
            .map_err(|_| damaged);
    };
    if schema_of(&value) > known {
        return Ok(None);
    }
    let tag = tag_of(&value);
    let says = if is_as_written {
        says(json, tag.as_deref())
    } else {
        let written = Zeroizing::new(serde_json::to_vec(&value).map_err(|_| damaged)?);
        says(&written, tag.as_deref())
    };
    Ok(Some((value, says)))
}

/// Returns what contents say. The tag of a withdrawal code is nothing anybody said: whoever wanted no code after
/// the envelope was copied somewhere has one envelope with a tag and one without, and they say the same.
fn says(json: &[u8], tag: Option<&str>) -> Says {
    let field = tag.map(|tag| format!("\"withdrawal_tag\":\"{tag}\","));
    let around = field.as_deref().and_then(|field| {
        let (before, from) = json.split_at_checked(memmem::find(json, field.as_bytes())?)?;
        Some((before, from.get(field.len()..)?))
    });
    let digest = match around {
        Some((before, after)) => Sha256::new().chain_update(before).chain_update(after).finalize(),
        None => Sha256::digest(json),
    };
    Says(digest.into())
}
