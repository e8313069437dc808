//! Copies of the evaluation file that a sync program left beside it, when two coordinators changed it at once: what only
//! the copy says would be lost without a word.

use std::path::PathBuf;

use crate::store::atomic;
use crate::store::error::StoreError;
use crate::store::folder::{EVALUATION_FILE, EvaluationFolder, MAX_DEFINITION};
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
        if name != EVALUATION_FILE && name.starts_with("evaluation") {
            match atomic::read(&path, MAX_DEFINITION) {
                Ok(bytes) => copies.push((path, bytes)),
                Err(StoreError::TooLarge { .. } | StoreError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(copies)
}

#[cfg(test)]
mod tests {
    use super::of;
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
    }
}
