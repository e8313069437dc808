//! Room kept free for sealing: when the disk is full, the ballast is thrown out.

use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::randomness::Randomness;

/// Room kept free: enough for the envelope of the longest interview, and a fresh journal.
const BYTES: usize = 1024 * 1024;

/// Makes sure that the ballast is in the folder. Random bytes: a disk that compresses would keep nothing free.
///
/// # Errors
/// What the system said.
pub fn take_in(folder: &Path, random: &mut dyn Randomness) -> Result<(), StoreError> {
    let path = place(folder);
    if std::fs::metadata(&path).is_ok_and(|found| found.len() == BYTES as u64) {
        return Ok(());
    }
    let mut bytes = vec![0; BYTES];
    random.fill(&mut bytes)?;
    atomic::replace(&path, &bytes, Access::Owner)
}

/// Throws the ballast out, so that its room is free.
///
/// # Errors
/// What the system said.
pub fn throw_out(folder: &Path) -> Result<(), StoreError> {
    atomic::remove(&place(folder))
}

fn place(folder: &Path) -> PathBuf {
    folder.join(".ballast")
}

#[cfg(test)]
mod tests {
    use super::{BYTES, place, take_in, throw_out};
    use crate::store::randomness::repeatable;

    #[test]
    fn the_ballast_is_there_until_it_is_thrown_out() {
        let folder = tempfile::tempdir().unwrap();
        take_in(folder.path(), &mut repeatable(1)).unwrap();
        take_in(folder.path(), &mut repeatable(1)).unwrap();
        let found = std::fs::metadata(place(folder.path())).unwrap();
        assert_eq!(found.len(), BYTES as u64);
        throw_out(folder.path()).unwrap();
        throw_out(folder.path()).unwrap();
        assert!(!place(folder.path()).exists());
    }
}
