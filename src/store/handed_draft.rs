//! A draft that nobody finished, on its way from a laptop to the coordinator. It goes as it is: its journal is sealed to
//! the coordinators already, and the laptop cannot open it without its code. The laptop signs it, since anybody who has
//! the public keys could make one.
//!
//! # Format, version 1
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeR` and a zero byte |
//! | 2 | version, 1, little-endian |
//! | 32 | the laptop's public signing key |
//! | 64 | its signature over the bytes before, the evaluation's id and the journal |
//! | rest | the journal, as it lay on the laptop |
//!
//! Where one was set aside and the key of its journal is wrapped anew for other recipients, the signature of the laptop
//! holds no more, and the coordinator's stands in its place, over the same: the key that is named is still the laptop's,
//! and whether it counts is still a matter of that. An older program calls such a draft forged, and keeps it.
//!
//! At the coordinator's the journal lies in `rescue/` under the hash of its bytes, until it is decided what becomes of it.
//! Beside it lies who signed it: whoever can write there could lay a journal there, too.
//!
//! # Who signed it, version 1: `rescue/<32 digits>.from`
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeF` and a zero byte |
//! | 2 | version, 1, little-endian |
//! | 8 | how many bytes of the journal are signed; what was added here since stands behind them |
//! | 106 | the first 106 bytes of the draft as it was handed over: what is signed is the same |
//!
//! While the coordinator's key is made anew, a file of the same form lies beside it, signed by the new key:
//! `rescue/<32 digits>.next`. One of the two counts, whichever key does, so that a crash in between loses no draft.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::InterviewId;
use crate::store::atomic::{self, Access};
use crate::store::envelope::{EnvelopeName, MAX_ENVELOPE, Origin};
use crate::store::envelope_store::Put;
use crate::store::error::StoreError;
use crate::store::journal;
use crate::store::judging::Remark;
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;
use crate::store::keys::signing::{KEY_BYTES, SIGNATURE_BYTES, Signer, VerifyingKey};
use crate::store::listing;

const MAGIC: [u8; 8] = *b"stemmeR\0";
const VERSION: u16 = 1;
const HEAD: usize = MAGIC.len() + 2 + KEY_BYTES + SIGNATURE_BYTES;
const FROM_MAGIC: [u8; 8] = *b"stemmeF\0";
/// How the name of the file ends that says who signed a journal.
const FROM: &str = "from";
/// The same, by a key that is about to take the place of the one that signed before.
const NEXT: &str = "next";

/// Wraps a journal's bytes for the way.
#[must_use]
pub fn wrap(journal: &[u8], evaluation: &str, signer: &Signer) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend(signer.public().as_bytes());
    let signature = signer.sign(&message(&head, evaluation, journal));
    [head.as_slice(), &signature, journal].concat()
}

/// Returns whether these bytes say that they are one.
#[must_use]
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Returns the journal, if a laptop of this evaluation signed it.
///
/// # Errors
/// The [`Remark`] why it is set aside.
pub fn open<'b>(bytes: &'b [u8], evaluation: &Evaluation) -> Result<&'b [u8], Remark> {
    opened(bytes, evaluation).map(|(journal, _)| journal)
}

/// As [`open`], and the laptop that signed it, where no coordinator did.
fn opened<'b>(bytes: &'b [u8], evaluation: &Evaluation) -> Result<(&'b [u8], Option<Slug>), Remark> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(Remark::Damaged)?;
    let (version, rest) = rest.split_first_chunk().ok_or(Remark::Damaged)?;
    if u16::from_le_bytes(*version) > VERSION {
        return Err(Remark::Newer);
    }
    let (key, rest) = rest.split_first_chunk::<KEY_BYTES>().ok_or(Remark::Damaged)?;
    let (signature, journal) = rest
        .split_first_chunk::<SIGNATURE_BYTES>()
        .ok_or(Remark::Damaged)?;
    let key = VerifyingKey::from_bytes(*key);
    let laptop = match Origin::of(&key, &evaluation.signing) {
        Origin::Unknown => return Err(Remark::UnknownOrigin),
        Origin::Revoked(_) => return Err(Remark::RevokedLaptop),
        Origin::Coordinator => None,
        Origin::Laptop(laptop) => Some(laptop),
    };
    let head = bytes.get(..MAGIC.len() + 2 + KEY_BYTES).unwrap_or_default();
    if is_signed(
        &key,
        &message(head, &evaluation.id, journal),
        signature,
        evaluation,
    ) {
        Ok((journal, laptop))
    } else {
        Err(Remark::Forged)
    }
}

/// Returns whether the key that is named signed this, or the coordinator in its place.
fn is_signed(
    key: &VerifyingKey,
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
    evaluation: &Evaluation,
) -> bool {
    let coordinator = evaluation.signing.coordinator.as_deref();
    key.verifies(message, signature)
        || coordinator
            .and_then(|key| VerifyingKey::parse(key).ok())
            .is_some_and(|coordinator| coordinator.verifies(message, signature))
}

/// Returns a draft that was set aside with its journal's key wrapped to `recipients`; `None` where these keys do not open
/// it, or it is of a newer version. Where its signature was good, the coordinator signs; where it was not, it is none now.
///
/// # Errors
/// [`StoreError`] where it cannot be wrapped.
pub(super) fn rewrapped(
    bytes: &[u8],
    identities: &Identities,
    recipients: &Recipients,
    evaluation: &Evaluation,
    signer: &Signer,
) -> Result<Option<Vec<u8>>, StoreError> {
    let parts = bytes
        .strip_prefix(&MAGIC)
        .and_then(|rest| rest.split_first_chunk())
        .filter(|(version, _)| u16::from_le_bytes(**version) <= VERSION)
        .and_then(|(_, rest)| rest.split_first_chunk::<KEY_BYTES>())
        .and_then(|(key, rest)| Some((key, rest.split_first_chunk::<SIGNATURE_BYTES>()?)));
    let Some((key, (signature, journal))) = parts else {
        return Ok(None);
    };
    let Some(new) = journal::rewrap::rewrapped(journal, identities, recipients)? else {
        return Ok(None);
    };
    let head = bytes.get(..MAGIC.len() + 2 + KEY_BYTES).unwrap_or_default();
    let key = VerifyingKey::from_bytes(*key);
    let was_signed = is_signed(
        &key,
        &message(head, &evaluation.id, journal),
        signature,
        evaluation,
    );
    let signature = if was_signed {
        signer.sign(&message(head, &evaluation.id, &new))
    } else {
        [0; SIGNATURE_BYTES]
    };
    Ok(Some([head, &signature, &new].concat()))
}

/// Returns the journal in a draft on its way, whoever signed it; `None` for what is no such draft.
pub(super) fn journal_in(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(&MAGIC)?;
    rest.get(2 + KEY_BYTES + SIGNATURE_BYTES..)
}

/// Returns which interview a journal is of, and how many steps it has, where these keys open it.
pub(super) fn interview_in(journal: &[u8], identities: &Identities) -> Option<(InterviewId, u64)> {
    let read = journal::read_in_memory(journal, Path::new(""), identities).ok()?;
    let steps = read.steps();
    Some((read.opening.interview, steps))
}

fn message(head: &[u8], evaluation: &str, journal: &[u8]) -> Vec<u8> {
    [head, evaluation.as_bytes(), journal].concat()
}

/// Puts a draft that arrived among those that wait for the coordinator, unless it is there.
///
/// # Errors
/// What the system said.
pub fn keep(rescue: &Path, wrapped: &[u8]) -> Result<Put, StoreError> {
    let (head, journal) = wrapped.split_at(wrapped.len().min(HEAD));
    atomic::make_folder(rescue)?;
    let path = rescue.join(format!("{}.{}", EnvelopeName::of(journal), journal::EXTENSION));
    let put = match atomic::write_new_timeless(&path, journal, Access::Owner) {
        Ok(()) => Put::New,
        Err(StoreError::AlreadyThere { .. }) => {
            let there = atomic::read(&path, MAX_ENVELOPE)?;
            // A copy that was cut off here gives way. One that somebody went on with is longer and stays.
            if there.len() < journal.len() && journal.starts_with(&there) {
                atomic::replace_timeless(&path, journal, Access::Owner)?;
                Put::New
            } else {
                atomic::sync_again(&path)?;
                Put::There
            }
        }
        Err(error) => return Err(error),
    };
    let there = atomic::read(&path, MAX_ENVELOPE)?;
    if there.starts_with(journal) {
        note_origin(FROM, &path, journal.len(), head)?;
    }
    Ok(put)
}

/// Signs a journal among those that wait: what stood there was checked, and it was written anew.
///
/// # Errors
/// What the system said.
pub fn sign(path: &Path, journal: &[u8], evaluation: &str, signer: &Signer) -> Result<(), StoreError> {
    sign_as(FROM, path, journal, evaluation, signer)
}

/// As [`sign`], by a key that counts next, beside the one that counts now: whichever of them counts, the draft is known.
///
/// # Errors
/// What the system said.
pub fn sign_for_next(
    path: &Path,
    journal: &[u8],
    evaluation: &str,
    signer: &Signer,
) -> Result<(), StoreError> {
    sign_as(NEXT, path, journal, evaluation, signer)
}

fn sign_as(
    ending: &str,
    path: &Path,
    journal: &[u8],
    evaluation: &str,
    signer: &Signer,
) -> Result<(), StoreError> {
    let wrapped = wrap(journal, evaluation, signer);
    let head = wrapped.get(..HEAD).unwrap_or_default();
    note_origin(ending, path, journal.len(), head)
}

fn note_origin(ending: &str, path: &Path, length: usize, head: &[u8]) -> Result<(), StoreError> {
    let length = u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes();
    let bytes = [&FROM_MAGIC[..], &VERSION.to_le_bytes(), &length, head].concat();
    atomic::replace_timeless(&path.with_extension(ending), &bytes, Access::Owner)
}

/// Checks who signed a journal that waits.
///
/// # Errors
/// The [`Remark`] why it is not used: nobody of ours signed it, a laptop that counts no more, or it is another one.
pub fn origin(path: &Path, journal: &[u8], evaluation: &Evaluation) -> Result<(), Remark> {
    signed_by(path, journal, evaluation).map(drop)
}

fn signed_by(path: &Path, journal: &[u8], evaluation: &Evaluation) -> Result<Option<Slug>, Remark> {
    let by = |ending: &str| {
        let (head, length) = signed_head(path, ending).ok_or(Remark::UnknownOrigin)??;
        let signed = journal.get(..length).ok_or(Remark::Forged)?;
        opened(&[&head, signed].concat(), evaluation).map(|(_, laptop)| laptop)
    };
    by(FROM).or_else(|remark| by(NEXT).map_err(|_| remark))
}

/// Returns a draft that waits in another coordinator's folder as the laptop handed it over, without what was added to it
/// there; `None` where nothing says who signed it.
#[must_use]
pub fn as_handed(path: &Path, evaluation: &Evaluation) -> Option<Vec<u8>> {
    let journal = atomic::read(path, MAX_ENVELOPE).ok()?;
    let handed = |ending: &str| {
        let (head, length) = signed_head(path, ending)?.ok()?;
        Some([&head, journal.get(..length)?].concat())
    };
    let next = || handed(NEXT).filter(|draft| open(draft, evaluation).is_ok());
    handed(FROM)
        .filter(|draft| open(draft, evaluation).is_ok())
        .or_else(next)
        .or_else(|| handed(FROM))
}

/// Reads what says who signed a journal: the head of what was handed over, and how many bytes of the journal are signed.
/// `None` where there is no such file, or where it is something else.
fn signed_head(path: &Path, ending: &str) -> Option<Result<(Vec<u8>, usize), Remark>> {
    let limit = u64::try_from(FROM_MAGIC.len() + 2 + 8 + HEAD).unwrap_or_default();
    let bytes = atomic::read(&path.with_extension(ending), limit).ok()?;
    let rest = bytes.strip_prefix(&FROM_MAGIC)?;
    let (version, rest) = rest.split_first_chunk()?;
    if u16::from_le_bytes(*version) > VERSION {
        return Some(Err(Remark::Newer));
    }
    let (length, head) = rest.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    Some(Ok((head.to_owned(), length)))
}

/// Removes a journal that waited, and who signed it.
///
/// # Errors
/// What the system said.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    atomic::remove(path)?;
    atomic::remove(&path.with_extension(FROM))?;
    atomic::remove(&path.with_extension(NEXT))
}

/// Removes what says who signed journals that are gone: they were used or dropped.
///
/// # Errors
/// What the system said.
pub fn tidy(rescue: &Path) -> Result<(), StoreError> {
    let entries = match fs::read_dir(rescue) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::at(rescue, &error)),
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_from = path.extension().is_some_and(|end| end == FROM || end == NEXT);
        let is_needless = is_from && !path.with_extension(journal::EXTENSION).exists();
        if is_needless {
            atomic::remove(&path)?;
        }
    }
    Ok(())
}

/// Returns the bytes of the journals under these names in a folder, as far as they are there and small enough to be
/// handed over.
///
/// # Errors
/// What the system said.
pub fn read(drafts: &Path, names: &[String]) -> Result<Vec<(PathBuf, Vec<u8>)>, StoreError> {
    let mut found = Vec::new();
    for name in names {
        let path = drafts.join(format!("{name}.{}", journal::EXTENSION));
        match atomic::read(&path, MAX_ENVELOPE / 2) {
            Ok(bytes) => found.push((path, bytes)),
            Err(StoreError::NotFound { .. } | StoreError::TooLarge { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Returns how many drafts have arrived and wait.
///
/// # Errors
/// What the system said.
pub fn count(rescue: &Path) -> Result<usize, StoreError> {
    listing::of(rescue, journal::EXTENSION).map(|found| found.files.len())
}

/// Returns the laptops whose drafts wait, as far as they count. What cannot be read says of none.
#[must_use]
pub fn laptops(rescue: &Path, evaluation: &Evaluation) -> BTreeSet<Slug> {
    let found = listing::of(rescue, journal::EXTENSION).unwrap_or_default();
    let origin = |path: &PathBuf| {
        let journal = atomic::read(path, MAX_ENVELOPE).ok()?;
        signed_by(path, &journal, evaluation).ok().flatten()
    };
    found.files.iter().filter_map(origin).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{is_one, keep, open, origin, sign, tidy, wrap};
    use crate::store::atomic::{self, Access};
    use crate::store::envelope::EnvelopeName;
    use crate::store::envelope_store::Put;
    use crate::store::judging::Remark;
    use crate::store::keys::signing::Signer;
    use crate::store::randomness::repeatable;
    use crate::store::sample::People;

    #[test]
    fn a_copy_that_was_cut_off_gives_way_and_one_that_was_gone_on_with_stays() {
        let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
        let evaluation = people.evaluation();
        let journal = b"stemmeJ\0 and so on";
        let wrapped = wrap(journal, &evaluation.id, &people.laptop);
        assert_eq!(keep(folder.path(), &wrapped), Ok(Put::New));
        assert_eq!(keep(folder.path(), &wrapped), Ok(Put::There));
        let name = format!("{}.jnl", EnvelopeName::of(journal));
        let path = folder.path().join(name);
        for (there, put) in [
            (&b""[..], Put::New),
            (&journal[..5], Put::New),
            (b"stemmeJ\0 and so on and on", Put::There),
        ] {
            atomic::replace(&path, there, Access::Owner).unwrap();
            assert_eq!(keep(folder.path(), &wrapped), Ok(put));
            assert!(fs::read(&path).unwrap().starts_with(journal));
            assert_eq!(origin(&path, &fs::read(&path).unwrap(), &evaluation), Ok(()));
        }
    }

    #[test]
    fn a_journal_that_somebody_lays_among_those_that_wait_is_of_nobody() {
        let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
        let mut evaluation = people.evaluation();
        let path = folder.path().join("0123456789abcdef0123456789abcdef.jnl");
        let journal = b"stemmeJ\0 and so on";
        assert_eq!(origin(&path, journal, &evaluation), Err(Remark::UnknownOrigin));
        sign(&path, journal, &evaluation.id, &people.laptop).unwrap();
        assert_eq!(origin(&path, journal, &evaluation), Ok(()));
        assert_eq!(origin(&path, b"stemmeJ\0 and so on, and on", &evaluation), Ok(()));
        assert_eq!(
            origin(&path, b"stemmeJ\0 and so no", &evaluation),
            Err(Remark::Forged)
        );
        let stranger = Signer::generate(&mut repeatable(77)).unwrap();
        sign(&path, journal, &evaluation.id, &stranger).unwrap();
        assert_eq!(origin(&path, journal, &evaluation), Err(Remark::UnknownOrigin));
        sign(&path, journal, &evaluation.id, &people.laptop).unwrap();
        evaluation.signing.laptops[0].revoked = true;
        assert_eq!(origin(&path, journal, &evaluation), Err(Remark::RevokedLaptop));
        tidy(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_what_a_laptop_of_the_evaluation_signed_is_opened() {
        let people = People::new();
        let mut evaluation = people.evaluation();
        let wrapped = wrap(b"stemmeJ\0...", &evaluation.id, &people.laptop);
        assert!(is_one(&wrapped));
        assert_eq!(open(&wrapped, &evaluation), Ok(&b"stemmeJ\0..."[..]));
        for place in 0..wrapped.len() {
            let mut changed = wrapped.clone();
            changed[place] ^= 1;
            assert!(open(&changed, &evaluation).is_err(), "{place}");
        }
        let stranger = Signer::generate(&mut repeatable(77)).unwrap();
        let foreign = wrap(b"stemmeJ\0...", &evaluation.id, &stranger);
        assert_eq!(open(&foreign, &evaluation), Err(Remark::UnknownOrigin));
        let elsewhere = wrap(b"stemmeJ\0...", "ffffffffffffffff", &people.laptop);
        assert_eq!(open(&elsewhere, &evaluation), Err(Remark::Forged));
        for laptop in &mut evaluation.signing.laptops {
            laptop.revoked = true;
        }
        assert_eq!(open(&wrapped, &evaluation), Err(Remark::RevokedLaptop));
    }
}
