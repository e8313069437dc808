//! Trying a folder out: whether what is written there stays, and how much room there is.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::store::error::StoreError;

/// As much as an interview's draft, about.
const BYTES: usize = 64 * 1024;

/// What a folder can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The folder that was tried: the one asked for, or the nearest above it that is there.
    pub folder: PathBuf,
    /// How long it took until the disk said that all was there.
    pub written: Result<Duration, StoreError>,
    /// Whether two windows can be kept from opening the same draft.
    pub locks: bool,
    /// Bytes that can still be written, where the system tells.
    pub free: Option<u64>,
}

/// Tries a folder. Nothing is left behind.
#[must_use]
pub fn of(folder: &Path) -> Trial {
    let there = folder
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    let mut locks = false;
    let written = write(there, &mut locks);
    Trial {
        folder: there.to_owned(),
        written,
        locks,
        free: fs4::available_space(there).ok(),
    }
}

fn write(folder: &Path, locks: &mut bool) -> Result<Duration, StoreError> {
    use std::io::Write;
    let at = |error: &std::io::Error| StoreError::at(folder, error);
    let began = Instant::now();
    let mut file = NamedTempFile::with_prefix_in(".tmp-", folder).map_err(|error| at(&error))?;
    let bytes = vec![0x5a; BYTES];
    file.write_all(&bytes).map_err(|error| at(&error))?;
    file.as_file().sync_all().map_err(|error| at(&error))?;
    let took = began.elapsed();
    let mut read = Vec::new();
    std::fs::File::open(file.path())
        .and_then(|mut file| file.read_to_end(&mut read))
        .map_err(|error| at(&error))?;
    // After the reading: on Windows a locked file cannot be read by others.
    *locks = file.as_file().try_lock().is_ok() && is_locked(file.path());
    if read == bytes {
        Ok(took)
    } else {
        Err(StoreError::damaged(folder, crate::store::error::What::Bytes))
    }
}

/// Whether somebody else finds the file locked.
fn is_locked(path: &Path) -> bool {
    std::fs::File::open(path).is_ok_and(|other| other.try_lock().is_err())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_folder_that_is_there_takes_writing_and_locks_and_is_empty_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let trial = of(folder.path());
        assert!(trial.written.is_ok() && trial.locks);
        assert!(trial.free.is_some_and(|free| free > 0));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_tried_where_it_would_be() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(of(&folder.path().join("a/b")).folder, folder.path());
    }
}
