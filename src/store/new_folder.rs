//! A new or empty folder that becomes whole or stays as it was: a kit, an evaluation brought back from a backup. What a
//! disk that is full or a stick that was pulled out left half made would stand in the way of the next try.

use std::fs;
use std::path::Path;

use crate::store::atomic;
use crate::store::error::StoreError;

/// A folder being filled. Let go before [`Self::keep`], everything in it is taken away again.
#[derive(Debug)]
pub(in crate::store) struct NewFolder<'p> {
    path: &'p Path,
    was_there: bool,
    is_kept: bool,
}

impl<'p> NewFolder<'p> {
    /// Makes the folder, or takes one that is empty.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`]; what the system said.
    pub(in crate::store) fn claim(path: &'p Path) -> Result<Self, StoreError> {
        let was_there = path.is_dir();
        atomic::make_folder(path)?;
        let mut entries = fs::read_dir(path).map_err(|error| StoreError::at(path, &error))?;
        if entries.next().is_some() {
            return Err(StoreError::NotEmpty {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path,
            was_there,
            is_kept: false,
        })
    }

    /// It is whole.
    pub(in crate::store) fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for NewFolder<'_> {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        // It was empty, so all there is was put here. What cannot be taken away the next try will name.
        for entry in fs::read_dir(self.path).into_iter().flatten().flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let _ = if is_folder {
                fs::remove_dir_all(entry.path())
            } else {
                fs::remove_file(entry.path())
            };
        }
        if !self.was_there {
            let _ = fs::remove_dir(self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::NewFolder;
    use crate::store::atomic::{Access, write_new};
    use crate::store::error::StoreError;

    #[test]
    fn what_is_not_finished_leaves_the_folder_as_it_was() {
        let place = tempfile::tempdir().unwrap();
        let (new, empty) = (place.path().join("new"), place.path().join("empty"));
        fs::create_dir(&empty).unwrap();
        for folder in [&new, &empty] {
            let claimed = NewFolder::claim(folder).unwrap();
            fs::create_dir(folder.join("keys")).unwrap();
            write_new(&folder.join("keys/laptop.key"), b"key", Access::Owner).unwrap();
            write_new(&folder.join("evaluation.toml"), b"half", Access::Owner).unwrap();
            drop(claimed);
        }
        assert!(!new.exists());
        assert_eq!(fs::read_dir(&empty).unwrap().count(), 0);
    }

    #[test]
    fn what_is_finished_stays_and_what_was_there_is_never_touched() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new");
        let claimed = NewFolder::claim(&folder).unwrap();
        write_new(&folder.join("evaluation.toml"), b"whole", Access::Owner).unwrap();
        claimed.keep();
        let again = NewFolder::claim(&folder);
        assert!(matches!(again, Err(StoreError::NotEmpty { .. })));
        drop(again);
        assert_eq!(fs::read(folder.join("evaluation.toml")).unwrap(), b"whole");
    }
}
