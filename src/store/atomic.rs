//! Writing whole files so that they are there entirely or not at all.
//!
//! Every file is written beside its place under a name beginning with `.tmp-`, synced, renamed, and the folder is
//! synced. A file that is there is never truncated, and overwritten only by [`replace`].
//!
//! On Windows a folder cannot be synced: what the file system gives for the name, it gives; the contents are
//! flushed before the rename.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use crate::store::error::StoreError;

pub(super) mod order;

use order::{Steps, bring_to_place};

/// The length of a file for which there is room before it is read.
const BELIEVED: u64 = 1024 * 1024;
/// What every file that is not in its place yet is called first.
const TEMPORARY: &str = ".tmp-";
/// The empty file whose lock says that somebody is writing in its folder.
const ALONE: &str = ".lock";

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The owner only (0600; on Windows what the folder gives): keys, drafts, interviews.
    Owner,
    /// Whoever the system lets: the evaluation, surveys.
    AsUsual,
}

/// What happens when the name is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Refuse,
    Replace,
}

/// Writes a new file.
///
/// # Errors
/// [`StoreError::AlreadyThere`] when the name is taken; nothing is overwritten. Otherwise what the system said,
/// and then there is no such file, or, when only the folder could not be synced, a whole one.
pub fn write_new(path: &Path, bytes: &[u8], access: Access) -> Result<(), StoreError> {
    put(path, bytes, access, Taken::Refuse, None).map(drop)
}

/// Writes a new file whose time says nothing, and reads it back.
///
/// # Errors
/// As [`write_new`], and [`StoreError::Damaged`] when what was read back is not what was written.
pub fn write_new_timeless(path: &Path, bytes: &[u8], access: Access) -> Result<(), StoreError> {
    put(path, bytes, access, Taken::Refuse, Some(timeless())).map(drop)
}

/// Replaces a file, or writes a new one: at every moment the old one or the new one is there, whole.
///
/// # Errors
/// What the system said.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), StoreError> {
    put(path, bytes, access, Taken::Replace, None).map(drop)
}

/// As [`replace`], with a time that says nothing.
pub(super) fn replace_timeless(path: &Path, bytes: &[u8], access: Access) -> Result<(), StoreError> {
    put(path, bytes, access, Taken::Replace, Some(timeless())).map(drop)
}

/// Writes a new file and returns it locked, to be appended to.
pub(super) fn begin(path: &Path, bytes: &[u8]) -> Result<File, StoreError> {
    put(path, bytes, Access::Owner, Taken::Refuse, None)
}

/// As [`replace`], and returns the new file locked, to be appended to.
pub(super) fn begin_again(path: &Path, bytes: &[u8]) -> Result<File, StoreError> {
    put(path, bytes, Access::Owner, Taken::Replace, None)
}

/// Opens a file to add lines to, or begins one that only the owner reads. What is added need not survive a crash.
///
/// # Errors
/// What the system said.
pub fn append(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map_err(|error| StoreError::at(path, &error))
}

fn put(
    path: &Path,
    bytes: &[u8],
    access: Access,
    taken: Taken,
    time: Option<SystemTime>,
) -> Result<File, StoreError> {
    let at = |error: &io::Error| StoreError::at(path, error);
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = match access {
            Access::Owner => 0o600,
            Access::AsUsual => 0o666,
        };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = access;
    let temporary = builder.tempfile_in(folder).map_err(|error| match error.kind() {
        // It is the folder that is not there.
        io::ErrorKind::NotFound => StoreError::at(folder, &error),
        _ => at(&error),
    })?;
    // Held until the end, so that a sweep of another running program leaves it alone.
    hold(temporary.as_file(), path)?;
    let beside = Beside {
        temporary,
        path,
        taken,
    };
    bring_to_place(beside, bytes, time, path, || sync_folder(folder))
}

/// A file beside its place.
struct Beside<'p> {
    temporary: NamedTempFile,
    path: &'p Path,
    taken: Taken,
}

impl Steps for Beside<'_> {
    type Placed = File;

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.temporary.as_file_mut().write_all(bytes)
    }

    fn set_time(&mut self, time: SystemTime) -> io::Result<()> {
        self.temporary.as_file().set_modified(time)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.temporary.as_file().sync_all()
    }

    fn read_back(&mut self, room: usize) -> io::Result<Zeroizing<Vec<u8>>> {
        let file = self.temporary.as_file_mut();
        file.seek(SeekFrom::Start(0))?;
        let mut written = Zeroizing::new(Vec::with_capacity(room));
        file.read_to_end(&mut written)?;
        Ok(written)
    }

    fn take_place(self) -> Result<File, StoreError> {
        match self.taken {
            Taken::Replace => {
                let placed = self.temporary.persist(self.path);
                placed.map_err(|error| StoreError::at(self.path, &error.error))
            }
            Taken::Refuse => persist_new(self.temporary, self.path),
        }
    }
}

/// Renames without overwriting. Some file systems (exFAT under macOS) have no way to do both at once; names are
/// random or hashes there, so looking first is enough.
fn persist_new(temporary: NamedTempFile, path: &Path) -> Result<File, StoreError> {
    let failed = match temporary.persist_noclobber(path) {
        Ok(file) => return Ok(file),
        Err(failed) => failed,
    };
    let cannot = matches!(
        failed.error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput
    );
    if cannot && fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return failed
            .file
            .persist(path)
            .map_err(|error| StoreError::at(path, &error.error));
    }
    Err(StoreError::at(path, &failed.error))
}

/// Locks a file for this handle. Where the file system has no locks, the file is used without: an interview is
/// not lost for want of a lock.
pub(super) fn hold(file: &File, path: &Path) -> Result<(), StoreError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => hold(file, path),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Waits until no other run of the program is between reading and writing in this folder, and keeps the others waiting
/// until what it returns is dropped. Where the file system has no locks, nobody waits.
///
/// # Errors
/// What the system said about the folder.
pub(super) fn alone(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(ALONE);
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let file = opened.map_err(|error| StoreError::at(&path, &error))?;
    while file
        .lock()
        .is_err_and(|error| error.kind() == io::ErrorKind::Interrupted)
    {}
    Ok(file)
}

/// Makes what was created, renamed or removed in a folder last. Does nothing on Windows, and where the file system
/// (some network shares) has no such thing.
///
/// # Errors
/// What the system said.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        let opened = File::open(folder).and_then(|folder| folder.sync_all());
        match opened {
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) => {}
            opened => opened.map_err(|error| StoreError::at(folder, &error))?,
        }
    }
    Ok(())
}

/// Makes a file that is there already last, and its name.
pub(super) fn sync_again(path: &Path) -> Result<(), StoreError> {
    // Windows flushes only what is open for writing.
    let file = OpenOptions::new().read(true).write(cfg!(windows)).open(path);
    file.and_then(|file| file.sync_all())
        .map_err(|error| StoreError::at(path, &error))?;
    sync_folder(folder_of(path))
}

/// Removes a file for good. A file that is not there is removed already.
///
/// # Errors
/// What the system said.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        // Also where it is gone already: an earlier try may have failed at the sync.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::at(path, &error)),
        _ => match sync_folder(folder_of(path)) {
            Err(StoreError::NotFound { .. }) => Ok(()),
            synced => synced,
        },
    }
}

/// Puts a file in the place of another one in the same folder.
///
/// # Errors
/// What the system said; then both are as they were, or it is done and may not outlive a power cut.
pub fn take_place(new: &Path, path: &Path) -> Result<(), StoreError> {
    fs::rename(new, path).map_err(|error| StoreError::at(path, &error))?;
    sync_folder(folder_of(path))
}

/// Moves a file to another folder of the same disk, under the same name and without overwriting.
pub(super) fn move_into(path: &Path, folder: &Path) -> Result<(), StoreError> {
    let Some(name) = path.file_name() else {
        return Err(StoreError::NotFound {
            path: path.to_owned(),
        });
    };
    let target = folder.join(name);
    if fs::symlink_metadata(&target).is_ok() {
        return Err(StoreError::AlreadyThere { path: target });
    }
    fs::rename(path, &target).map_err(|error| StoreError::at(&target, &error))?;
    sync_folder(folder)?;
    sync_folder(folder_of(path))
}

/// Makes a folder that only its owner can look into, and those above it that are missing.
///
/// # Errors
/// What the system said.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    match builder.create(path) {
        Ok(()) => sync_folder(folder_of(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(StoreError::at(path, &error)),
    }
}

/// Removes what crashes left behind under temporary names. `before` keeps the sweep off files another running
/// program is just about to lock; an hour before the start of the program will do.
///
/// # Errors
/// What the system said about the folder; a file that cannot be removed is left for the next time.
pub fn sweep(folder: &Path, before: SystemTime) -> Result<(), StoreError> {
    let entries = fs::read_dir(folder).map_err(|error| StoreError::at(folder, &error))?;
    for entry in entries.flatten() {
        let is_ours = entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(TEMPORARY));
        let is_old = entry
            .metadata()
            .is_ok_and(|found| found.is_file() && found.modified().is_ok_and(|modified| modified < before));
        if !is_ours || !is_old {
            continue;
        }
        let path = entry.path();
        let unheld = File::open(&path).is_ok_and(|file| hold(&file, &path).is_ok());
        if unheld {
            let _ = fs::remove_file(&path);
        }
    }
    Ok(())
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// [`StoreError::Strange`] for what is no file: a pipe would never end, nor even begin.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let found = fs::metadata(path).map_err(|error| StoreError::at(path, &error))?;
    if !found.is_file() {
        return Err(StoreError::Strange {
            path: path.to_owned(),
        });
    }
    let file = File::open(path).map_err(|error| StoreError::at(path, &error))?;
    // Room for everything at once, as far as the system is to be believed.
    let length = found.len().min(BELIEVED);
    let room = usize::try_from(length).unwrap_or_default().saturating_add(1);
    read_into(Vec::with_capacity(room), file, path, limit)
}

/// Reads the first `count` bytes of a file, or as many as there are.
///
/// # Errors
/// As [`read`].
pub(super) fn first_of(path: &Path, count: usize) -> Result<Vec<u8>, StoreError> {
    let found = fs::metadata(path).map_err(|error| StoreError::at(path, &error))?;
    if !found.is_file() {
        return Err(StoreError::Strange {
            path: path.to_owned(),
        });
    }
    let file = File::open(path).map_err(|error| StoreError::at(path, &error))?;
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    read_into(Vec::new(), file.take(count), path, count)
}

/// Reads an opened file of at most `limit` bytes.
pub(super) fn read_from(file: impl Read, path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    read_into(Vec::new(), file, path, limit)
}

fn read_into(mut bytes: Vec<u8>, file: impl Read, path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let read = file
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| StoreError::at(path, &error))?;
    if read as u64 > limit {
        return Err(StoreError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

/// The time every sealed file bears: it says nothing. 1 January 2000, which every file system can express.
fn timeless() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(946_684_800)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::SystemTime;

    use super::{Access, replace, sweep, timeless, write_new, write_new_timeless};
    use crate::store::StoreError;

    #[test]
    fn a_folder_that_is_not_there_is_named_and_not_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("borte");
        let written = write_new(&missing.join("f"), b"x", Access::Owner);
        assert_eq!(written, Err(StoreError::NotFound { path: missing }));
    }

    #[test]
    fn a_new_file_never_overwrites() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write_new(&path, b"one", Access::Owner).unwrap();
        let again = write_new(&path, b"two", Access::Owner);
        assert_eq!(again, Err(StoreError::AlreadyThere { path: path.clone() }));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"two", Access::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary is left"
        );
    }

    #[test]
    fn a_timeless_file_has_the_same_time_as_every_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write_new_timeless(&path, b"one", Access::Owner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), timeless());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_the_owner_is_readable_by_the_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write_new(&path, b"one", Access::Owner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_sweep_takes_only_what_a_crash_left() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".tmp-left", ".tmp-held", "kept.stm"] {
            write_new_timeless(&at(name), b"x", Access::Owner).unwrap();
        }
        let held = fs::File::open(at(".tmp-held")).unwrap();
        held.try_lock().unwrap();
        write_new(&at(".tmp-young"), b"x", Access::Owner).unwrap();
        sweep(
            folder.path(),
            SystemTime::UNIX_EPOCH + super::Duration::from_secs(1_000_000_000),
        )
        .unwrap();
        assert!(!at(".tmp-left").exists());
        for kept in [".tmp-held", ".tmp-young", "kept.stm"] {
            assert!(at(kept).exists(), "{kept}");
        }
    }
}
