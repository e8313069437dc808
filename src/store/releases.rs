//! Releases as files: numbered, written once, never changed. What is in them, the caller knows.
//!
//! A number is only a place in the folder; two coordinators give theirs apart. What a file is known by everywhere is the
//! SHA-256 of its bytes.

use std::fs;
use std::io;
use std::path::Path;

use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::hex;

/// The largest release.
pub(super) const MAX_RELEASE: u64 = 64 * 1024 * 1024;
const EXTENSION: &str = "json";

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFile {
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl ReleaseFile {
    /// Returns a file with these bytes.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        Self {
            sha256: hex::sha256(&bytes),
            bytes,
        }
    }
}

/// Keeps a release under the next number. The caller says how many there were when it decided: if somebody else
/// released meanwhile, what was decided must be decided again.
///
/// # Errors
/// [`StoreError::AlreadyThere`] as above; [`StoreError::Damaged`] when one in between is missing; what the system
/// said.
pub fn add(folder: &Path, so_far: u32, bytes: &[u8]) -> Result<u32, StoreError> {
    let number = so_far.checked_add(1).ok_or_else(|| StoreError::TooLarge {
        path: folder.to_owned(),
    })?;
    let path = folder.join(format!("{number}.{EXTENSION}"));
    let last = numbers(folder)?.last().copied().unwrap_or(0);
    if last > so_far {
        return Err(StoreError::AlreadyThere { path });
    }
    if last < so_far {
        return Err(StoreError::damaged(folder, What::Sequence));
    }
    atomic::write_new(&path, bytes, Access::Owner)?;
    Ok(number)
}

/// Reads every release in order. A folder that is not there has none.
///
/// # Errors
/// [`StoreError::Damaged`] when one in between is missing: what it published would be forgotten; what the system
/// said.
pub fn read_all(folder: &Path) -> Result<Vec<ReleaseFile>, StoreError> {
    let read = |number: u32| {
        let bytes = atomic::read(&folder.join(format!("{number}.{EXTENSION}")), MAX_RELEASE)?;
        Ok(ReleaseFile::of(bytes))
    };
    numbers(folder)?.into_iter().map(read).collect()
}

/// Puts those of these releases back that do not lie in the folder, first into gaps that somebody left. Returns how many.
///
/// # Errors
/// What the system said.
pub fn put_back(folder: &Path, known: &[ReleaseFile]) -> Result<usize, StoreError> {
    let there = found(folder)?;
    let mut lie_there = Vec::new();
    for number in &there {
        let path = folder.join(format!("{number}.{EXTENSION}"));
        lie_there.push(ReleaseFile::of(atomic::read(&path, MAX_RELEASE)?).sha256);
    }
    let missing: Vec<&ReleaseFile> = known
        .iter()
        .filter(|file| !lie_there.contains(&file.sha256))
        .collect();
    let free = (1..).filter(|number: &u32| !there.contains(number));
    atomic::make_folder(folder)?;
    for (number, file) in free.zip(&missing) {
        let path = folder.join(format!("{number}.{EXTENSION}"));
        atomic::write_new(&path, &file.bytes, Access::Owner)?;
    }
    Ok(missing.len())
}

/// Removes a release that was never shown here; the last one takes its number.
///
/// # Errors
/// What the system said.
pub fn remove(folder: &Path, file: &ReleaseFile) -> Result<(), StoreError> {
    let numbers = numbers(folder)?;
    let at = |number: &u32| folder.join(format!("{number}.{EXTENSION}"));
    let all = read_all(folder)?;
    let Some(place) = all.iter().position(|one| one.sha256 == file.sha256) else {
        return Ok(());
    };
    let (Some(number), Some(last), Some(bytes)) = (numbers.get(place), numbers.last(), all.last()) else {
        return Ok(());
    };
    if number != last {
        atomic::replace(&at(number), &bytes.bytes, Access::Owner)?;
    }
    atomic::remove(&at(last))
}

/// The numbers of the releases, which are 1, 2, 3 and so on without a gap.
fn numbers(folder: &Path) -> Result<Vec<u32>, StoreError> {
    let numbers = found(folder)?;
    if numbers
        .iter()
        .zip(1..)
        .any(|(number, expected)| *number != expected)
    {
        return Err(StoreError::damaged(folder, What::Sequence));
    }
    Ok(numbers)
}

/// The numbers there are, in order.
fn found(folder: &Path) -> Result<Vec<u32>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::at(folder, &error)),
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| StoreError::at(folder, &error))?.file_name();
        let stem = name
            .to_str()
            .and_then(|name| name.strip_suffix(&format!(".{EXTENSION}")));
        let number = stem.and_then(|stem| {
            stem.parse::<u32>()
                .ok()
                .filter(|number| number.to_string() == stem)
        });
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{add, read_all};
    use crate::store::{StoreError, What};

    fn bytes(folder: &Path) -> Vec<Vec<u8>> {
        let files = read_all(folder).unwrap();
        files.into_iter().map(|file| file.bytes).collect()
    }

    #[test]
    fn releases_are_numbered_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(add(folder.path(), 0, b"a"), Ok(1));
        assert_eq!(add(folder.path(), 1, b"b"), Ok(2));
        assert_eq!(bytes(folder.path()), [b"a", b"b"]);
        let sha256 = &read_all(folder.path()).unwrap()[0].sha256;
        assert!(sha256.starts_with("ca978112ca1b") && sha256.len() == 64);
    }

    #[test]
    fn what_was_decided_without_knowing_the_last_release_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        add(folder.path(), 0, b"a").unwrap();
        assert!(matches!(
            add(folder.path(), 0, b"b"),
            Err(StoreError::AlreadyThere { .. })
        ));
        assert_eq!(bytes(folder.path()), [b"a"]);
    }

    #[test]
    fn a_missing_release_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        for so_far in 0..11 {
            add(folder.path(), so_far, b"x").unwrap();
        }
        std::fs::remove_file(folder.path().join("3.json")).unwrap();
        let gap = StoreError::damaged(folder.path(), What::Sequence);
        assert_eq!(read_all(folder.path()), Err(gap.clone()));
        assert_eq!(add(folder.path(), 11, b"x"), Err(gap));
    }
}
