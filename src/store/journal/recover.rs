//! Reading a journal again: after a break, a crash or a power cut.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::interview::{Action, Opening};
use crate::store::atomic;
use crate::store::error::{StoreError, What};
use crate::store::journal::draft::{Draft, continues};
use crate::store::journal::entry::Entry;
use crate::store::journal::format::{self, BadHeader, MAX_JOURNAL};
use crate::store::journal::key::{JournalKey, KEY};
use crate::store::journal::list_drafts;
use crate::store::journal::search::{Behind, behind, read_good};
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;
use crate::store::randomness::Randomness;
use crate::store::whole_json;

/// A journal that was read. Held against other programs until it is let go.
pub struct Recovered {
    /// What was settled before the interview began.
    pub opening: Opening,
    /// Every entry up to the first record that is not good: exactly what was written, in order.
    pub entries: Vec<Entry>,
    /// How the journal ends.
    pub tail: Tail,
    /// Damage in the middle. The file is never changed then.
    pub damage: Option<Damage>,
    path: PathBuf,
    file: File,
    writable: bool,
    key: JournalKey,
    opening_json: Zeroizing<Vec<u8>>,
    good: Vec<u8>,
    /// Its own key, where it is damaged: the original is locked away with it.
    secret: Option<(Zeroizing<[u8; KEY]>, usize)>,
}

/// How a journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// With a whole record.
    Whole,
    /// With a write that was cut off. It was never acknowledged: nothing that was "saved" is missing.
    Torn {
        /// Bytes behind the last good record.
        bytes: u64,
    },
    /// With something as long as a record that is none. Most likely a write that a power cut scrambled before it
    /// was acknowledged; but the last saved entry may have gone bad: ask whether the last answer is there.
    Doubtful {
        /// Bytes behind the last good record.
        bytes: u64,
    },
}

/// Damage in the middle of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The number of the first record that is not good; 1 is the first entry.
    pub record: u64,
    /// Entries behind the damage that are good, with their numbers. Empty when there is too much to look
    /// through.
    pub later: Vec<(u64, Entry)>,
}

/// Reads a draft. Everything it returns is on disk: what a crashed program had written but not yet synced is
/// synced first. Whether another draft goes on from this one, only [`recover_all`] can tell.
///
/// # Errors
/// [`StoreError::Locked`] when a running program has it; [`StoreError::WrongKey`]; [`StoreError::Newer`];
/// [`StoreError::Damaged`] when not even the opening can be read. The file is as it was in any case.
pub fn recover(path: &Path, identities: &Identities) -> Result<Recovered, StoreError> {
    let (mut file, writable) = open(path)?;
    atomic::hold(&file, path)?;
    if was_replaced(&file, path) {
        // Another program put a copy in its place between our opening and our lock: that program has it.
        return Err(StoreError::Locked {
            path: path.to_owned(),
        });
    }
    let bytes = atomic::read_from(&mut file, path, MAX_JOURNAL)?;
    if writable {
        file.sync_data().map_err(|error| StoreError::at(path, &error))?;
    }
    let (key, contents) = unlock(&bytes, path, identities)?;
    let secret = match contents.damage {
        Some(_) => format::unwrap_header(&bytes, identities).ok(),
        None => None,
    };
    let mut good = bytes;
    good.truncate(contents.end);
    Ok(Recovered {
        opening: contents.opening,
        entries: contents.entries,
        tail: contents.tail,
        damage: contents.damage,
        path: path.to_owned(),
        file,
        writable,
        key,
        opening_json: contents.opening_json,
        good,
        secret,
    })
}

/// Reads a journal that lies in memory, as [`recover`] reads one on disk. `path` is for errors.
///
/// # Errors
/// As [`recover`], but for those of the disk.
pub fn read_in_memory(bytes: &[u8], path: &Path, identities: &Identities) -> Result<Contents, StoreError> {
    unlock(bytes, path, identities).map(|(_, contents)| contents)
}

fn unlock(bytes: &[u8], path: &Path, identities: &Identities) -> Result<(JournalKey, Contents), StoreError> {
    let (key, begin) = format::read_header(bytes, identities).map_err(|bad| bad.at(path))?;
    let contents = read(bytes, begin, &key).map_err(|bad| bad.at(path))?;
    Ok((key, contents))
}

/// Reads every draft of a folder that these keys open and nobody has in use. A draft that another one goes on
/// from is left out: whatever it holds is in the other, and more.
///
/// # Errors
/// What the system said about the folder. What is wrong with a single draft stands beside its path.
#[expect(
    clippy::type_complexity,
    reason = "a draft or what is wrong with it, each at its path"
)]
pub fn recover_all(
    folder: &Path,
    identities: &Identities,
) -> Result<Vec<(PathBuf, Result<Recovered, StoreError>)>, StoreError> {
    let mut all: Vec<(PathBuf, Result<Recovered, StoreError>)> = list_drafts(folder)?
        .into_iter()
        .map(|draft| {
            let recovered = recover(&draft.path, identities);
            (draft.path, recovered)
        })
        .collect();
    let superseded: Vec<_> = all
        .iter()
        .filter_map(|(_, recovered)| recovered.as_ref().ok())
        .flat_map(|recovered| &recovered.entries)
        .filter_map(|entry| match entry {
            Entry::Continues { path, .. } => Path::new(path).file_name().map(ToOwned::to_owned),
            _ => None,
        })
        .collect();
    // By name: names are random, and the folder may have been moved since.
    all.retain(|(path, _)| {
        let name = path.file_name();
        !superseded
            .iter()
            .any(|older: &OsString| Some(older.as_os_str()) == name)
    });
    Ok(all)
}

impl Recovered {
    /// Returns the steps of the interview up to the first bad record.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        self.entries.iter().filter_map(Entry::action).cloned().collect()
    }

    /// Returns how many entries a newer version of the program wrote. An interview with such entries is neither
    /// gone on with nor sealed by this version: it would lose what it does not understand.
    #[must_use]
    pub fn newer(&self) -> usize {
        let later = self.damage.iter().flat_map(|damage| &damage.later);
        self.entries
            .iter()
            .chain(later.map(|(_, entry)| entry))
            .filter(|entry| matches!(entry, Entry::Newer(_)))
            .count()
    }

    /// Returns how many steps can be read, those behind damage included: see [`Entry::steps`].
    #[must_use]
    pub fn steps(&self) -> u64 {
        steps(&self.entries, self.damage.as_ref())
    }

    /// Returns where the journal lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Goes on with the draft. A torn tail is not cut off in place: the good records are copied to a new file,
    /// which replaces the old one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when records are missing in the middle: [`Self::rescue`] goes on elsewhere.
    /// [`StoreError::ReadOnly`]; what the system said.
    pub fn resume(self) -> Result<Draft, StoreError> {
        if self.damage.is_some() {
            return Err(StoreError::damaged(&self.path, What::Record));
        }
        if !self.writable {
            return Err(StoreError::ReadOnly { path: self.path });
        }
        let file = match self.tail {
            Tail::Whole => self.file,
            Tail::Torn { .. } | Tail::Doubtful { .. } => atomic::begin_again(&self.path, &self.good)?,
        };
        let next = 1 + self.entries.len() as u64;
        let mut draft = Draft::reopened(self.path, file, self.key, self.opening_json, next, &self.entries);
        draft.remove_older();
        Ok(draft)
    }

    /// Goes on with everything that can be read in a fresh journal, and sets the damaged one aside: its records as they
    /// are, its key wrapped for the coordinators alone (`locked_to`), so that no second copy of the answers lies there
    /// that the laptop code opens. Returns the draft and its entries; an [`Entry::Gap`] stands where records are missing.
    /// Where the damaged journal cannot be set aside now, [`Draft::older`] names it.
    ///
    /// # Errors
    /// What the system said; then the damaged journal is where it was.
    pub fn rescue(
        self,
        folder: &Path,
        set_aside: &Path,
        (recipients, locked_to): (&Recipients, &Recipients),
        random: &mut dyn Randomness,
    ) -> Result<(Draft, Vec<Entry>), StoreError> {
        let locked = self.secret.as_ref().and_then(|(secret, begin)| {
            let bytes = atomic::read(&self.path, MAX_JOURNAL).ok()?;
            let mut locked = format::header(secret, locked_to).ok()?;
            locked.extend_from_slice(bytes.get(*begin..)?);
            Some(locked)
        });
        let mut entries = self.entries;
        let mut expected = 1 + entries.len() as u64;
        let mut later = self.damage.map_or_else(Vec::new, |damage| damage.later);
        later.retain(|(number, _)| *number >= expected);
        later.sort_by_key(|(number, _)| *number);
        later.dedup_by_key(|(number, _)| *number);
        if later.is_empty() {
            entries.push(Entry::Gap { records: 1 });
        }
        for (number, entry) in later {
            if number > expected {
                entries.push(Entry::Gap {
                    records: number - expected,
                });
            }
            entries.push(entry);
            expected = number + 1;
        }
        entries.push(continues(&self.path, true));
        let mut draft = Draft::begin(folder, self.opening_json, &entries, recipients, random)?;
        drop(self.file);
        draft.set_aside_older(set_aside, &self.path, locked.as_deref());
        Ok((draft, entries))
    }
}

impl std::fmt::Debug for Recovered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recovered")
            .field("path", &self.path)
            .field("entries", &self.entries.len())
            .field("tail", &self.tail)
            .field("damage", &self.damage.as_ref().map(|damage| damage.record))
            .finish_non_exhaustive()
    }
}

/// What stands in a journal.
pub struct Contents {
    /// What was settled before the interview began.
    pub opening: Opening,
    /// Every entry up to the first record that is not good.
    pub entries: Vec<Entry>,
    /// How the journal ends.
    pub tail: Tail,
    /// Damage in the middle.
    pub damage: Option<Damage>,
    opening_json: Zeroizing<Vec<u8>>,
    end: usize,
}

impl Contents {
    /// Returns how many steps can be read, those behind damage included: see [`Entry::steps`].
    #[must_use]
    pub fn steps(&self) -> u64 {
        steps(&self.entries, self.damage.as_ref())
    }
}

fn steps(entries: &[Entry], damage: Option<&Damage>) -> u64 {
    let later = damage.iter().flat_map(|damage| &damage.later);
    let all: Vec<Entry> = entries
        .iter()
        .chain(later.map(|(_, entry)| entry))
        .cloned()
        .collect();
    Entry::steps(&all)
}

/// Reads the records that begin at `begin`.
pub(super) fn read(bytes: &[u8], begin: usize, key: &JournalKey) -> Result<Contents, BadHeader> {
    let (mut records, end, at_end) = read_good(bytes, begin, key);
    if records.is_empty() {
        return Err(BadHeader::What(What::Opening));
    }
    let opening_json = records.remove(0);
    // What authenticates was written by this program or a newer one.
    let opening: Opening = whole_json::read(&opening_json).ok_or(BadHeader::Newer)?;
    let entries: Vec<Entry> = records.iter().map(|json| Entry::from_json(json)).collect();
    let record = 1 + entries.len() as u64;
    let beyond = (bytes.len() - end) as u64;
    let (tail, damage) = if at_end {
        (Tail::Whole, None)
    } else {
        match behind(bytes, end, record, key) {
            Behind::Torn => (Tail::Torn { bytes: beyond }, None),
            Behind::Doubtful => (Tail::Doubtful { bytes: beyond }, None),
            Behind::Records(found) => {
                let later = found
                    .into_iter()
                    .filter(|(number, _)| *number > 0)
                    .map(|(number, json)| (number, Entry::from_json(&json)))
                    .collect();
                (Tail::Doubtful { bytes: beyond }, Some(Damage { record, later }))
            }
            Behind::TooMuch => {
                let later = Vec::new();
                (Tail::Doubtful { bytes: beyond }, Some(Damage { record, later }))
            }
        }
    };
    Ok(Contents {
        opening,
        entries,
        tail,
        damage,
        opening_json,
        end,
    })
}

/// Opens a journal for appending; where that is not allowed, for reading, so that it can be rescued from there.
fn open(path: &Path) -> Result<(File, bool), StoreError> {
    match OpenOptions::new().read(true).append(true).open(path) {
        Ok(file) => Ok((file, true)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
            ) =>
        {
            let file = File::open(path).map_err(|error| StoreError::at(path, &error))?;
            Ok((file, false))
        }
        Err(error) => Err(StoreError::at(path, &error)),
    }
}

/// Returns whether another file stands at the path by now.
#[cfg(unix)]
fn was_replaced(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) != (there.dev(), there.ino()),
        _ => true,
    }
}

/// Returns whether another file stands at the path by now: never while we hold it, on systems other than Unix.
#[cfg(not(unix))]
fn was_replaced(_: &File, _: &Path) -> bool {
    false
}
