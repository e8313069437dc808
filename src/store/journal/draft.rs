//! A draft that is being written.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::interview::Opening;
use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::journal::entry::{Entry, to_json};
use crate::store::journal::key::JournalKey;
use crate::store::journal::{EXTENSION, format};
use crate::store::keys::recipients::Recipients;
use crate::store::randomness::{Randomness, draw};

/// A draft open for writing. Nobody else can open it meanwhile; the system lets go of it when the program ends,
/// however it ends.
///
/// What is appended is on disk when [`Self::append`] returns `Ok`, and not before: say "saved" then. After a
/// failure the handle is of no use any more ([`StoreError::Poisoned`]): the system may have thrown away what it
/// could not write and say "synced" next time. Go on with [`Self::continue_elsewhere`].
pub struct Draft {
    path: PathBuf,
    file: Box<dyn Synced>,
    key: JournalKey,
    opening: Zeroizing<Vec<u8>>,
    next: u64,
    poisoned: bool,
    older: Vec<Older>,
}

/// An earlier journal of the same interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether it is damaged, so that it is kept and set aside.
    pub damaged: bool,
}

/// A file whose writes can be made last.
pub(super) trait Synced: Send {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn sync(&mut self) -> io::Result<()>;
}

impl Synced for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// What a journal begins with in memory: everything needed to write it.
struct Beginning {
    key: JournalKey,
    bytes: Vec<u8>,
    next: u64,
}

impl Draft {
    /// Begins a draft with what is known so far. Nothing may be kept before there is consent: the caller makes
    /// the draft then, with the actions up to there.
    ///
    /// # Errors
    /// What the system said; then there is no draft.
    pub fn create(
        folder: &Path,
        opening: &Opening,
        entries: &[Entry],
        recipients: &Recipients,
        random: &mut dyn Randomness,
    ) -> Result<Self, StoreError> {
        let opening = to_json(opening).ok_or_else(|| StoreError::damaged(folder, What::Opening))?;
        Self::begin(folder, opening, entries, recipients, random)
    }

    pub(super) fn begin(
        folder: &Path,
        opening: Zeroizing<Vec<u8>>,
        entries: &[Entry],
        recipients: &Recipients,
        random: &mut dyn Randomness,
    ) -> Result<Self, StoreError> {
        Self::begin_with(&atomic::begin, folder, opening, entries, recipients, random)
    }

    /// As [`Self::begin`], with what writes a whole new file and returns it.
    pub(super) fn begin_with(
        write: &dyn Fn(&Path, &[u8]) -> Result<File, StoreError>,
        folder: &Path,
        opening: Zeroizing<Vec<u8>>,
        entries: &[Entry],
        recipients: &Recipients,
        random: &mut dyn Randomness,
    ) -> Result<Self, StoreError> {
        let path = folder.join(format!("{}.{EXTENSION}", hex::hex(&draw::<16>(random)?)));
        let beginning = begin(&path, &opening, entries, recipients, random)?;
        let file = write(&path, &beginning.bytes).inspect_err(|error| {
            // Where only the folder could not be synced, a whole journal lies there that nobody goes on with.
            if !matches!(error, StoreError::AlreadyThere { .. }) {
                let _ = atomic::remove(&path);
            }
        })?;
        Ok(Self {
            path,
            file: Box::new(file),
            key: beginning.key,
            opening,
            next: beginning.next,
            poisoned: false,
            older: older_in(entries, folder),
        })
    }

    /// A draft that goes on at the end of a journal whose records were read.
    pub(super) fn reopened(
        path: PathBuf,
        file: File,
        key: JournalKey,
        opening: Zeroizing<Vec<u8>>,
        next: u64,
        entries: &[Entry],
    ) -> Self {
        let older = older_in(entries, path.parent().unwrap_or(Path::new(".")));
        Self {
            path,
            file: Box::new(file),
            key,
            opening,
            next,
            poisoned: false,
            older,
        }
    }

    /// Writes an entry and waits until it is on disk.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for an entry no journal takes: nothing is written, and the draft goes on.
    /// Anything else poisons the handle; whether the entry is there or not shows when the journal is read.
    pub fn append(&mut self, entry: &Entry, random: &mut dyn Randomness) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(entry), random)
    }

    /// Writes several entries with one write and one sync.
    ///
    /// # Errors
    /// As [`Self::append`]. After a crash some of the entries may be there and the later ones not.
    pub fn append_all(&mut self, entries: &[Entry], random: &mut dyn Randomness) -> Result<(), StoreError> {
        if self.poisoned {
            return Err(StoreError::Poisoned {
                path: self.path.clone(),
            });
        }
        let mut bytes = Vec::new();
        let mut next = self.next;
        for entry in entries {
            bytes.extend(record(&self.key, next, entry, &self.path, random)?);
            next += 1;
        }
        let written = self.file.write(&bytes).and_then(|()| self.file.sync());
        if let Err(error) = written {
            self.poisoned = true;
            return Err(StoreError::at(&self.path, &error));
        }
        self.next = next;
        Ok(())
    }

    /// Goes on in a fresh journal, in this folder or on another disk, with everything there is: the caller hands
    /// in all entries, those that could not be written included. Then removes the failed journal; if that cannot
    /// be done now, [`Self::older`] names it, and it is tried again at the next opening and before the draft is
    /// erased.
    ///
    /// # Errors
    /// What the system said; then this handle is what it was, and it can be tried again.
    pub fn continue_elsewhere(
        &mut self,
        folder: &Path,
        entries: &[Entry],
        recipients: &Recipients,
        random: &mut dyn Randomness,
    ) -> Result<(), StoreError> {
        let mut entries = entries.to_vec();
        let named = self
            .older
            .iter()
            .map(|older| continues(&older.path, older.damaged));
        for entry in named.chain([continues(&self.path, false)]) {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        let fresh = Self::begin(folder, self.opening.clone(), &entries, recipients, random)?;
        // The failed handle is closed here, which Windows wants before the file is removed.
        *self = fresh;
        self.remove_older();
        Ok(())
    }

    /// Removes earlier journals of this interview as far as that is possible now; damaged ones stay.
    pub(super) fn remove_older(&mut self) {
        self.older
            .retain(|older| older.damaged || remove_journal(&older.path).is_err());
    }

    /// Sets damaged earlier journals of this interview aside, as far as that is possible now: the one at `path` as these
    /// bytes, which are the same records under a key that is locked to others; where they cannot be written, and the other
    /// ones, as they are.
    pub(super) fn set_aside_older(&mut self, folder: &Path, path: &Path, locked: Option<&[u8]>) {
        self.older.retain(|older| {
            let stays = older.damaged && is_journal(&older.path);
            let locked = locked.filter(|_| older.path == path);
            stays && lock_away(&older.path, folder, locked).is_err()
        });
    }

    /// Removes the draft for good: forgets its key and deletes the only places where it stands wrapped. After
    /// sealing, after "delete everything", after a refusal.
    ///
    /// # Errors
    /// What the system said, and the draft as it is; it can be tried again.
    pub fn erase(mut self) -> Result<(), (Box<Self>, StoreError)> {
        let gone = self
            .older
            .iter()
            .filter(|older| !older.damaged)
            .try_for_each(|older| remove_journal(&older.path));
        if let Err(error) = gone {
            return Err((Box::new(self), error));
        }
        match atomic::remove(&self.path) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.poisoned = true;
                Err((Box::new(self), error))
            }
        }
    }

    /// Returns whether this is the draft of that interview.
    #[must_use]
    pub fn is_of(&self, interview: &InterviewId) -> bool {
        serde_json::from_slice::<Opening>(&self.opening).is_ok_and(|opening| opening.interview == *interview)
    }

    /// Returns where the journal lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns earlier journals of this interview that are still there.
    #[must_use]
    pub fn older(&self) -> &[Older] {
        &self.older
    }

    /// Returns whether a write has failed, so that nothing more is written here.
    #[must_use]
    pub const fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    /// Puts another file in the journal's place, which fails as told.
    #[cfg(test)]
    pub(super) fn with_file(mut self, file: Box<dyn Synced>) -> Self {
        self.file = file;
        self
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("path", &self.path)
            .field("records", &self.next)
            .field("poisoned", &self.poisoned)
            .finish_non_exhaustive()
    }
}

/// Returns a whole journal in memory.
fn begin(
    path: &Path,
    opening: &[u8],
    entries: &[Entry],
    recipients: &Recipients,
    random: &mut dyn Randomness,
) -> Result<Beginning, StoreError> {
    let (key, secret) = JournalKey::generate(random)?;
    let mut bytes = format::header(&secret, recipients)?;
    let too_large = || StoreError::TooLarge {
        path: path.to_owned(),
    };
    bytes.extend(format::record(&key, 0, opening, random)?.ok_or_else(too_large)?);
    let mut next = 1;
    for entry in entries {
        bytes.extend(record(&key, next, entry, path, random)?);
        next += 1;
    }
    Ok(Beginning { key, bytes, next })
}

fn record(
    key: &JournalKey,
    number: u64,
    entry: &Entry,
    path: &Path,
    random: &mut dyn Randomness,
) -> Result<Vec<u8>, StoreError> {
    let json = entry
        .to_json()
        .ok_or_else(|| StoreError::damaged(path, What::Contents))?;
    format::record(key, number, &json, random)?.ok_or_else(|| StoreError::TooLarge {
        path: path.to_owned(),
    })
}

/// The entry that names an earlier journal.
pub(super) fn continues(path: &Path, damaged: bool) -> Entry {
    Entry::Continues {
        path: path.to_string_lossy().into_owned(),
        damaged,
    }
}

/// The earlier journals that these entries name and that are still there: at the place that was named, or, where
/// the folder was moved since, beside this one.
pub(super) fn older_in(entries: &[Entry], folder: &Path) -> Vec<Older> {
    let named = entries.iter().filter_map(|entry| match entry {
        Entry::Continues { path, damaged } => Some((PathBuf::from(path), *damaged)),
        _ => None,
    });
    let there = named.filter_map(|(path, damaged)| {
        let beside = folder.join(path.file_name()?);
        let path = [path, beside].into_iter().find(|path| is_journal(path))?;
        Some(Older { path, damaged })
    });
    there.collect()
}

/// Removes the damaged journals that these entries go on from, wherever they lie: at their old places or in one of
/// these folders. They hold what the new one holds, so "delete everything" is not done before they are gone.
///
/// # Errors
/// What the system said; try again.
pub fn remove_damaged(entries: &[Entry], folders: &[PathBuf]) -> Result<(), StoreError> {
    for entry in entries {
        let Entry::Continues { path, damaged: true } = entry else {
            continue;
        };
        let path = PathBuf::from(path);
        let name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
        remove_journal(&path)?;
        for folder in folders {
            remove_journal(&folder.join(&name))?;
        }
    }
    Ok(())
}

/// Puts a journal into another folder, with these bytes where there are any, and takes it away here when it is there whole.
fn lock_away(path: &Path, folder: &Path, bytes: Option<&[u8]>) -> Result<(), StoreError> {
    let target = path.file_name().map(|name| folder.join(name));
    let written = bytes
        .zip(target)
        .map(|(bytes, target)| atomic::write_new_timeless(&target, bytes, atomic::Access::Owner));
    match written {
        Some(Ok(())) => atomic::remove(path),
        Some(Err(_)) | None => atomic::move_into(path, folder),
    }
}

/// Returns whether a journal of ours lies there. Nothing else is ever removed on the word of an entry.
fn is_journal(path: &Path) -> bool {
    let named = path
        .file_name()
        .and_then(|name| name.to_str()?.strip_suffix(&format!(".{EXTENSION}")))
        .is_some_and(|name| hex::bytes::<16>(name).is_some());
    let mut magic = format::MAGIC.map(|_| 0);
    let begins = File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut magic));
    named && begins.is_ok() && magic == format::MAGIC
}

fn remove_journal(path: &Path) -> Result<(), StoreError> {
    if is_journal(path) {
        atomic::remove(path)
    } else {
        Ok(())
    }
}
