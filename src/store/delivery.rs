//! A delivery: what a laptop hands over, as one file. It holds envelopes one after the other and nothing about
//! them: no names, no places, no times. The same envelopes give the same bytes, in whatever order they were made.
//!
//! # Format, version 1
//! All integers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeD` and a zero byte |
//! | 2 | version, 1 |
//! | 16 | the evaluation's id, as its 16 digits |
//! | 4 | how many envelopes |
//! | then, for each, smallest name first | 4 bytes length, the envelope; or a draft (`handed_draft`) |
//! | 32 | SHA-256 of everything before |
//!
//! A delivery that was cut off (a stick pulled out, half of it synced) gives every envelope that is whole in it;
//! each of those is checked by its own seal.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::store::atomic::{self, Access};
use crate::store::envelope::{EnvelopeName, MAX_ENVELOPE};
use crate::store::envelope_store::EnvelopeStore;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::judging::is_absent;

/// How every delivery begins.
pub const MAGIC: [u8; 8] = *b"stemmeD\0";
const VERSION: u16 = 1;
/// How the name of a delivery ends; a receipt's, too.
pub const EXTENSION: &str = "stemme";
/// How the name of a delivery begins.
const PREFIX: &str = "levering";
/// Digits of the hash in the name, more where the name is taken by something else.
const DIGITS: [usize; 3] = [4, 8, 32];
/// The largest delivery read back: 10,000 long interviews.
const MAX_DELIVERY: u64 = 2 * 1024 * 1024 * 1024;

/// A delivery that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where it lies.
    pub path: PathBuf,
    /// The names of the envelopes in it, smallest first.
    pub envelopes: Vec<EnvelopeName>,
    /// How many of them were read back from where it lies, and were the same.
    pub checked: usize,
}

/// Writes everything in `stores`, and the `drafts` that were wrapped for the way, as one delivery into a folder, and
/// reads it back from there. Files that are not
/// what their name says are left where they are; `verify` tells of them.
///
/// # Errors
/// What the system said; then there is no delivery, or a whole one that could not be checked.
pub fn write(
    folder: &Path,
    evaluation: &str,
    stores: &[&dyn EnvelopeStore],
    drafts: &[Vec<u8>],
    wanted: impl Fn(&EnvelopeName) -> bool,
) -> Result<Delivery, StoreError> {
    let mut envelopes: Vec<(EnvelopeName, Vec<u8>)> = Vec::new();
    for store in stores {
        for called in store.list()? {
            let bytes = match store.get(&called) {
                Err(StoreError::TooLarge { .. }) => continue,
                read => read?,
            };
            let name = EnvelopeName::of(&bytes);
            if name.is_name_of(Path::new(&called)) && !is_absent(&bytes) && wanted(&name) {
                envelopes.push((name, bytes));
            }
        }
    }
    envelopes.extend(
        drafts
            .iter()
            .map(|draft| (EnvelopeName::of(draft), draft.clone())),
    );
    envelopes.sort_by_key(|(name, _)| *name);
    envelopes.dedup_by_key(|(name, _)| *name);
    let bytes = bundle(folder, evaluation, &envelopes)?;
    let names: Vec<EnvelopeName> = envelopes.into_iter().map(|(name, _)| name).collect();
    let path = put(folder, &bytes)?;
    let checked = read_back(&path, &names)?;
    Ok(Delivery {
        path,
        envelopes: names,
        checked,
    })
}

fn bundle(
    folder: &Path,
    evaluation: &str,
    envelopes: &[(EnvelopeName, Vec<u8>)],
) -> Result<Vec<u8>, StoreError> {
    let too_large = || StoreError::TooLarge {
        path: folder.to_owned(),
    };
    if hex::bytes::<8>(evaluation).is_none() {
        return Err(StoreError::damaged(folder, What::Contents));
    }
    let length: usize = envelopes.iter().map(|(_, bytes)| bytes.len() + 4).sum();
    let mut bytes = Vec::with_capacity(length + 64);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(evaluation.as_bytes());
    let count = u32::try_from(envelopes.len()).map_err(|_| too_large())?;
    bytes.extend(count.to_le_bytes());
    for (_, envelope) in envelopes {
        let length = u32::try_from(envelope.len()).map_err(|_| too_large())?;
        bytes.extend(length.to_le_bytes());
        bytes.extend(envelope);
    }
    bytes.extend(Sha256::digest(&bytes));
    Ok(bytes)
}

/// Puts the bytes under a name made of their hash. Made again, the same delivery is the same file.
fn put(folder: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let hash = hex::sha256(bytes);
    let mut taken = StoreError::AlreadyThere {
        path: folder.to_owned(),
    };
    for digits in DIGITS {
        let short = hash.get(..digits).unwrap_or(&hash);
        let path = folder.join(format!("{PREFIX}-{short}.{EXTENSION}"));
        match atomic::write_new_timeless(&path, bytes, Access::AsUsual) {
            Ok(()) => return Ok(path),
            Err(StoreError::AlreadyThere { path }) => {
                if atomic::read(&path, MAX_DELIVERY).is_ok_and(|there| there == bytes) {
                    return Ok(path);
                }
                taken = StoreError::AlreadyThere { path };
            }
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

fn read_back(path: &Path, names: &[EnvelopeName]) -> Result<usize, StoreError> {
    let mut checked = 0;
    for envelope in Reader::open(path)? {
        let found = EnvelopeName::of(&envelope?);
        checked += usize::from(names.get(checked) == Some(&found));
    }
    Ok(checked)
}

/// Reads a delivery envelope by envelope.
pub struct Reader<R> {
    file: R,
    path: PathBuf,
    evaluation: String,
    left: u32,
    hash: Sha256,
    ended: bool,
}

impl Reader<BufReader<File>> {
    /// Opens a delivery.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for what is no delivery; [`StoreError::Newer`]; what the system said.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(|error| StoreError::at(path, &error))?;
        Self::of(BufReader::new(file), path)
    }
}

impl<R: Read> Reader<R> {
    /// Reads a delivery from anywhere; `path` is for errors.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn of(file: R, path: &Path) -> Result<Self, StoreError> {
        let mut reader = Self {
            file,
            path: path.to_owned(),
            evaluation: String::new(),
            left: 0,
            hash: Sha256::new(),
            ended: false,
        };
        if reader.bytes::<8>()? != MAGIC {
            return Err(StoreError::damaged(path, What::Kind));
        }
        if u16::from_le_bytes(reader.bytes()?) > VERSION {
            return Err(StoreError::Newer {
                path: path.to_owned(),
            });
        }
        let evaluation = reader.bytes::<16>()?;
        reader.evaluation = String::from_utf8_lossy(&evaluation).into_owned();
        reader.left = u32::from_le_bytes(reader.bytes()?);
        Ok(reader)
    }

    /// Returns the id of the evaluation it says it belongs to.
    #[must_use]
    pub fn evaluation(&self) -> &str {
        &self.evaluation
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.file
            .read_exact(&mut bytes)
            .map_err(|error| self.cut(&error))?;
        self.hash.update(bytes);
        Ok(bytes)
    }

    fn envelope(&mut self) -> Result<Vec<u8>, StoreError> {
        let length = u64::from(u32::from_le_bytes(self.bytes()?));
        if length == 0 || length > MAX_ENVELOPE {
            return Err(StoreError::damaged(&self.path, What::Contents));
        }
        let mut bytes = Vec::new();
        // What the length says is not believed before the bytes are there.
        let read = (&mut self.file).take(length).read_to_end(&mut bytes);
        let read = read.map_err(|error| StoreError::at(&self.path, &error))?;
        if read as u64 != length {
            return Err(StoreError::damaged(&self.path, What::Bytes));
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }

    fn end(&mut self) -> Result<(), StoreError> {
        let whole: [u8; 32] = std::mem::take(&mut self.hash).finalize().into();
        let mut said = [0; 32];
        let read = self.file.read_exact(&mut said);
        read.map_err(|error| self.cut(&error))?;
        if said == whole {
            Ok(())
        } else {
            Err(StoreError::damaged(&self.path, What::Bytes))
        }
    }

    fn cut(&self, error: &io::Error) -> StoreError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            StoreError::damaged(&self.path, What::Bytes)
        } else {
            StoreError::at(&self.path, error)
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Vec<u8>, StoreError>;

    /// The next envelope; an error when the rest is not there or not what was written, and then no more.
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let Some(left) = self.left.checked_sub(1) else {
            self.ended = true;
            return self.end().err().map(Err);
        };
        self.left = left;
        let envelope = self.envelope();
        self.ended = envelope.is_err();
        Some(envelope)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Cursor;
    use std::path::Path;

    use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

    use super::{MAGIC, Reader, bundle, write};
    use crate::store::StoreError;
    use crate::store::atomic::{Access, replace};
    use crate::store::envelope::EnvelopeName;
    use crate::store::envelope_store::{EnvelopeStore, FolderStore, MemoryStore};
    use crate::store::error::What;
    use crate::store::sample::EVALUATION;

    fn stored(contents: &[&[u8]]) -> MemoryStore {
        let store = MemoryStore::default();
        for bytes in contents {
            store.put_if_absent(&EnvelopeName::of(bytes), bytes).unwrap();
        }
        store
    }

    #[test]
    fn the_same_envelopes_give_the_same_file_in_any_order() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = write(
            one.path(),
            EVALUATION,
            &[&stored(&[b"a", b"b", b"c"])],
            &[],
            |_| true,
        )
        .unwrap();
        let (c, ab) = (stored(&[b"c"]), stored(&[b"b", b"a", b"c"]));
        let second = write(other.path(), EVALUATION, &[&c, &ab], &[], |_| true).unwrap();
        assert_eq!(first.path.file_name(), second.path.file_name());
        assert_eq!(fs::read(&first.path).unwrap(), fs::read(&second.path).unwrap());
        assert_eq!((first.envelopes.len(), first.checked), (3, 3));
        let again = write(one.path(), EVALUATION, &[&c, &ab], &[], |_| true).unwrap();
        assert_eq!(again, first);
        assert_eq!(fs::read_dir(one.path()).unwrap().count(), 1);
        let read: Vec<_> = Reader::open(&first.path).unwrap().map(Result::unwrap).collect();
        let names: Vec<_> = read.iter().map(|bytes| EnvelopeName::of(bytes)).collect();
        assert_eq!(names, first.envelopes);
    }

    #[test]
    fn what_is_not_what_its_name_says_stays_behind() {
        let (folder, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = FolderStore::new(folder.path().to_owned());
        let name = EnvelopeName::of(b"whole");
        store.put_if_absent(&name, b"whole").unwrap();
        replace(
            &folder.path().join(format!("{name} (1).stm")),
            b"whole",
            Access::Owner,
        )
        .unwrap();
        replace(
            &folder.path().join("00000000000000000000000000000000.stm"),
            b"x",
            Access::Owner,
        )
        .unwrap();
        replace(
            &folder.path().join("11111111111111111111111111111111.stm"),
            b"",
            Access::Owner,
        )
        .unwrap();
        let made = write(to.path(), EVALUATION, &[&store], &[], |_| true).unwrap();
        assert_eq!((made.envelopes, made.checked), (vec![name], 1));
    }

    #[test]
    fn a_delivery_that_was_cut_gives_what_is_whole_in_it() {
        let envelopes: Vec<_> = [&b"first"[..], b"second", b"third"]
            .into_iter()
            .map(|bytes| (EnvelopeName::of(bytes), bytes.to_vec()))
            .collect();
        let whole = bundle(Path::new("d"), EVALUATION, &envelopes).unwrap();
        for length in 0..whole.len() {
            let read = Reader::of(Cursor::new(&whole[..length]), Path::new("d"));
            let Ok(read) = read else {
                assert!(length < 30);
                continue;
            };
            let items: Vec<_> = read.collect();
            let (last, before) = items.split_last().unwrap();
            assert!(last.is_err(), "{length}");
            for (item, (_, bytes)) in before.iter().zip(&envelopes) {
                assert_eq!(item.as_ref().unwrap(), bytes);
            }
        }
    }

    #[test]
    fn a_delivery_of_a_newer_version_is_named_so() {
        let mut bytes = bundle(Path::new("d"), EVALUATION, &[]).unwrap();
        bytes[8] = 2;
        let read = Reader::of(Cursor::new(bytes), Path::new("d")).err();
        assert_eq!(read, Some(StoreError::Newer { path: "d".into() }));
        let other = Reader::of(Cursor::new(b"not a delivery"), Path::new("d")).err();
        assert_eq!(other, Some(StoreError::damaged(Path::new("d"), What::Kind)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        /// Threat row 25 and the fuzzing of deliveries: whatever the bytes, no panic, no more memory than there are
        /// bytes, and an end.
        #[test]
        fn any_bytes_end_in_an_error_or_in_envelopes(bytes: Vec<u8>, has_magic in any::<bool>()) {
            let mut all = if has_magic { MAGIC.to_vec() } else { Vec::new() };
            if has_magic {
                all.extend([1, 0]);
            }
            all.extend(&bytes);
            if let Ok(read) = Reader::of(Cursor::new(&all), Path::new("d")) {
                let total: usize = read.flatten().map(|envelope| envelope.len()).sum();
                prop_assert!(total <= all.len());
            }
        }
    }
}
