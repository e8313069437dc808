//! Copies of the evaluation file that a sync program left beside it, when two coordinators changed it at once: what only
//! the copy says would be lost without a word. Where two coordinators have a folder each, the other one's file is laid
//! there, too, when it says something of laptops that is not known here.

use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::{EVALUATION_FILE, EvaluationFolder, MAX_DEFINITION};
use crate::store::hex;
use crate::store::listing;

/// Returns the copies, by name, and their bytes.
///
/// # Errors
/// What the system said.
pub fn of(folder: &EvaluationFolder) -> Result<Vec<(PathBuf, Vec<u8>)>, StoreError> {
    let mut copies = Vec::new();
    for path in listing::of(folder.root(), "toml")?.files {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name != EVALUATION_FILE
            && name.starts_with("evaluation")
            && let Some(bytes) = read(&path)?
        {
            copies.push((path, bytes));
        }
    }
    Ok(copies)
}

/// Reads a copy; `None` for what is too large to be one, or gone since it was listed.
///
/// # Errors
/// What the system said.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match atomic::read(path, MAX_DEFINITION) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StoreError::TooLarge { .. } | StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Lays another coordinator's evaluation file beside ours. The same bytes give the same name. Returns whether it was not
/// there.
///
/// # Errors
/// What the system said.
pub fn bring(folder: &EvaluationFolder, bytes: &[u8]) -> Result<bool, StoreError> {
    match atomic::write_new(&folder.root().join(name_of(bytes)), bytes, Access::AsUsual) {
        Err(StoreError::AlreadyThere { .. }) => Ok(false),
        written => written.map(|()| true),
    }
}

/// Takes a file away that [`bring`] laid there: everything it says is known here now. Others are their maker's.
///
/// # Errors
/// What the system said.
pub fn take_away(path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
    let is_brought = path.file_name().is_some_and(|name| *name == *name_of(bytes));
    if is_brought {
        atomic::remove(path)?;
    }
    Ok(is_brought)
}

fn name_of(bytes: &[u8]) -> String {
    let hash = hex::sha256(bytes);
    format!("evaluation-{}.toml", hash.get(..8).unwrap_or(&hash))
}

#[cfg(test)]
mod tests {
    use super::{bring, of, take_away};
    use crate::store::atomic::{Access, write_new};
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::sample::People;

    #[test]
    fn what_a_sync_program_calls_otherwise_is_found_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        let evaluation = People::new().evaluation();
        let folder = EvaluationFolder::create(&root, &evaluation, &[], &Comments::none()).unwrap();
        assert!(of(&folder).unwrap().is_empty());
        let copies = ["evaluation (1).toml", "evaluation.sync-conflict-20261127.toml"];
        for name in copies.into_iter().chain(["survey.toml"]) {
            write_new(&root.join(name), name.as_bytes(), Access::AsUsual).unwrap();
        }
        let found = of(&folder).unwrap();
        let names = found.iter().map(|(_, bytes)| std::str::from_utf8(bytes).unwrap());
        assert_eq!(names.collect::<Vec<_>>(), copies);
        for is_new in [true, false] {
            assert_eq!(bring(&folder, b"theirs"), Ok(is_new));
        }
        let all = of(&folder).unwrap();
        let taken: Vec<_> = all
            .iter()
            .map(|(path, bytes)| take_away(path, bytes).unwrap())
            .collect();
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
        assert_eq!(of(&folder).unwrap().len(), copies.len());
    }
}
