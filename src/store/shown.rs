//! What this machine has seen of everything that was shown. The ledger lies where others can write: a state that is
//! deleted there, changed, or overwritten by an older copy would be forgotten, and the same people shown a second time
//! beside one more. So the coordinator's machine keeps a copy of each file of it, and holds them against the folder.
//!
//! The copies lie in the home as the files do in the evaluation: numbered, written once, never changed. A file is known by
//! the SHA-256 of its bytes.

use std::path::Path;

use crate::store::atomic;
use crate::store::error::StoreError;
use crate::store::releases::{self, ReleaseFile};

/// How the folder differs from what this machine remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Seen here before, and not in the folder now, in the order in which they came.
    pub missing: Vec<ReleaseFile>,
    /// In the folder, and not seen here before, by their numbers from 1.
    pub new: Vec<(usize, ReleaseFile)>,
    /// How many were seen here before.
    pub seen: usize,
}

/// Holds the files of the folder against those that were seen here.
///
/// # Errors
/// As [`releases::read_all`], of the copies.
pub fn differences(copies: &Path, files: &[ReleaseFile]) -> Result<Differences, StoreError> {
    let seen = releases::read_all(copies)?;
    let lacks =
        |files: &[ReleaseFile], wanted: &ReleaseFile| files.iter().all(|file| file.sha256 != wanted.sha256);
    let new = (1..).zip(files).filter(|(_, file)| lacks(&seen, file));
    Ok(Differences {
        new: new.map(|(number, file)| (number, file.clone())).collect(),
        missing: seen.iter().filter(|file| lacks(files, file)).cloned().collect(),
        seen: seen.len(),
    })
}

/// Remembers a file of the ledger. One that is remembered already is not kept twice.
///
/// # Errors
/// What the system said.
pub fn remember(copies: &Path, file: &ReleaseFile) -> Result<(), StoreError> {
    atomic::make_folder(copies)?;
    let seen = releases::read_all(copies)?;
    if seen.iter().any(|known| known.sha256 == file.sha256) {
        return Ok(());
    }
    let so_far = u32::try_from(seen.len()).map_err(|_| StoreError::TooLarge {
        path: copies.to_owned(),
    })?;
    releases::add(copies, so_far, &file.bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Differences, differences, remember};
    use crate::store::releases::ReleaseFile;

    fn file(words: &str) -> ReleaseFile {
        ReleaseFile::of(words.as_bytes().to_vec())
    }

    #[test]
    fn what_was_seen_once_is_missed_and_what_is_new_is_noticed() {
        let home = tempfile::tempdir().unwrap();
        let copies = home.path().join("shown").join("0123456789abcdef");
        let [first, second, other] = ["1", "2", "3"].map(file);
        let seen = |files: &[ReleaseFile]| differences(&copies, files).unwrap();
        assert_eq!(seen(&[]), Differences::default(), "nobody has shown anything");
        remember(&copies, &first).unwrap();
        remember(&copies, &second).unwrap();
        remember(&copies, &first).unwrap();
        let both = [first.clone(), second.clone()];
        let all_well = Differences {
            seen: 2,
            ..Differences::default()
        };
        assert_eq!(seen(&both), all_well);
        assert_eq!(seen(&both[..1]).missing, vec![second.clone()]);
        assert_eq!(seen(&[]).missing, both, "in the order in which they came");
        let changed = seen(&[other.clone(), second]);
        assert_eq!((changed.missing, changed.new), (vec![first], vec![(1, other)]));
    }
}
