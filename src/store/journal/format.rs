//! The bytes of a journal: header and records, as described in [`super`].

use zeroize::Zeroizing;

use crate::store::age_file::{self, MAX_HEADER, Shut};
use crate::store::error::{KeyProblem, StoreError, What};
use crate::store::journal::key::{JournalKey, KEY};
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;
use crate::store::randomness::{NoRandomness, Randomness};

/// What a journal begins with.
pub(super) const MAGIC: [u8; 8] = *b"stemmeJ\0";
/// The version this program writes, and the newest it reads.
pub(super) const VERSION: u16 = 1;
/// Bytes of a nonce.
pub(super) const NONCE: usize = 24;
/// Bytes of an authentication tag.
pub(super) const TAG: usize = 16;
/// Bytes before a record's nonce: length and checksum.
pub(super) const RECORD_HEAD: usize = 8;
/// Bytes of a record beside its plain text.
pub(super) const OVERHEAD: usize = NONCE + TAG;
/// The smallest padded plain text.
const SMALLEST: usize = 256;
/// The largest padded plain text. An answer has at most 64 KiB, which JSON can make six times as long.
const LARGEST: usize = 1024 * 1024;
/// The largest journal read: thousands of times the longest interview.
pub const MAX_JOURNAL: u64 = 256 * 1024 * 1024;
/// The largest wrapped key: an age header and the key.
const MAX_WRAPPED: usize = MAX_HEADER + 256;

/// Every length a whole record's nonce and ciphertext can have.
pub(super) fn our_lengths() -> impl Iterator<Item = usize> {
    std::iter::successors(Some(SMALLEST), |plain| Some(plain * 2))
        .take_while(|plain| *plain <= LARGEST)
        .map(|plain| plain + OVERHEAD)
}

/// A whole record's plain text is padded to a power of two between these; anything else was not written by us.
pub(super) fn is_our_length(body: usize) -> bool {
    body.checked_sub(OVERHEAD)
        .is_some_and(|plain| plain.is_power_of_two() && (SMALLEST..=LARGEST).contains(&plain))
}

/// Fewer bytes than the shortest whole record.
pub(super) const fn is_too_short_for_a_record(bytes: usize) -> bool {
    bytes < RECORD_HEAD + OVERHEAD + SMALLEST
}

/// Returns a header with the key wrapped to `recipients`.
pub(super) fn header(key: &[u8; KEY], recipients: &Recipients) -> Result<Vec<u8>, KeyProblem> {
    let wrapped = age_file::seal(key, recipients)?;
    let length = u32::try_from(wrapped.len()).map_err(|_| KeyProblem::TooMany)?;
    let mut header = Vec::with_capacity(MAGIC.len() + 6 + wrapped.len());
    header.extend_from_slice(&MAGIC);
    header.extend_from_slice(&VERSION.to_le_bytes());
    header.extend_from_slice(&length.to_le_bytes());
    header.extend_from_slice(&wrapped);
    Ok(header)
}

/// Why a header does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadHeader {
    What(What),
    Newer,
    WrongKey,
}

impl BadHeader {
    pub(super) fn at(self, path: &std::path::Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::What(what) => StoreError::Damaged { path, what },
            Self::Newer => StoreError::Newer { path },
            Self::WrongKey => StoreError::WrongKey { path },
        }
    }
}

/// Returns the journal's key and where its records begin.
pub(super) fn read_header(bytes: &[u8], identities: &Identities) -> Result<(JournalKey, usize), BadHeader> {
    let (key, begin) = unwrap_header(bytes, identities)?;
    Ok((JournalKey::from_bytes(&key), begin))
}

/// Returns the bytes of the journal's key and where its records begin.
pub(super) fn unwrap_header(
    bytes: &[u8],
    identities: &Identities,
) -> Result<(Zeroizing<[u8; KEY]>, usize), BadHeader> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(BadHeader::What(What::Kind))?;
    let cut = BadHeader::What(What::Header);
    let (version, rest) = rest.split_first_chunk().ok_or(cut)?;
    let version = u16::from_le_bytes(*version);
    if version > VERSION {
        return Err(BadHeader::Newer);
    }
    let (length, rest) = rest.split_first_chunk().ok_or(cut)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| cut)?;
    if version == 0 || length > MAX_WRAPPED {
        return Err(cut);
    }
    let wrapped = rest.get(..length).ok_or(cut)?;
    let key = age_file::open(wrapped, identities).map_err(|shut| match shut {
        Shut::Key => BadHeader::WrongKey,
        Shut::Header | Shut::Seal => cut,
    })?;
    let key: Zeroizing<[u8; KEY]> = Zeroizing::new(key.as_slice().try_into().map_err(|_| cut)?);
    Ok((key, bytes.len() - rest.len() + length))
}

/// Returns record `number` as it stands in the file; `None` when its JSON is too long.
pub(super) fn record(
    key: &JournalKey,
    number: u64,
    json: &[u8],
    random: &mut dyn Randomness,
) -> Result<Option<Vec<u8>>, NoRandomness> {
    let padded = json.len().next_power_of_two().max(SMALLEST);
    if padded > LARGEST {
        return Ok(None);
    }
    let mut plain = Zeroizing::new(Vec::with_capacity(padded));
    plain.extend_from_slice(json);
    plain.resize(padded, b' ');
    let Some(body) = key.encrypt(number, plain, random)? else {
        return Ok(None);
    };
    let Ok(length) = u32::try_from(body.len()) else {
        return Ok(None);
    };
    let mut record = Vec::with_capacity(RECORD_HEAD + body.len());
    record.extend_from_slice(&length.to_le_bytes());
    record.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    record.extend_from_slice(&body);
    Ok(Some(record))
}

/// What stands where a record should begin.
pub(super) enum Next<'b> {
    /// The end of the file.
    End,
    /// A record whose checksum holds: its nonce and ciphertext.
    Body(&'b [u8]),
    /// Something else.
    Bad,
}

/// Looks at what stands at `place`.
pub(super) fn next(bytes: &[u8], place: usize) -> Next<'_> {
    let Some(rest) = bytes.get(place..) else {
        return Next::Bad;
    };
    if rest.is_empty() {
        return Next::End;
    }
    match body_at(rest) {
        Some((sum, body)) if crc32fast::hash(body) == sum => Next::Body(body),
        _ => Next::Bad,
    }
}

/// Returns the checksum and body that a record beginning here would have, if they fit.
pub(super) fn body_at(rest: &[u8]) -> Option<(u32, &[u8])> {
    let (length, sum) = declared(rest)?;
    if !(OVERHEAD..=OVERHEAD + LARGEST).contains(&length) {
        return None;
    }
    let body = rest.get(RECORD_HEAD..RECORD_HEAD.checked_add(length)?)?;
    Some((sum, body))
}

/// Returns the length and checksum that stand here.
pub(super) fn declared(rest: &[u8]) -> Option<(usize, u32)> {
    let (length, rest) = rest.split_first_chunk()?;
    let (sum, _) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    Some((length, u32::from_le_bytes(*sum)))
}
