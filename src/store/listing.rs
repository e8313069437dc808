//! What lies in a folder that others can write to: files of a kind, by their extension, and what bears such a name
//! and is no file. Nobody stops a program by laying a folder, a link or a pipe where it looks for files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;

/// What bears the names of files of one kind, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Listing {
    /// Files.
    pub(super) files: Vec<PathBuf>,
    /// Folders, links, pipes: nothing of ours, and never opened.
    pub(super) strange: Vec<PathBuf>,
}

/// Lists what has this extension in a folder; there is nothing in one that is not there.
///
/// # Errors
/// What the system said of the folder.
pub(super) fn of(folder: &Path, extension: &str) -> Result<Listing, StoreError> {
    let at = |error: &io::Error| StoreError::at(folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listing::default()),
        Err(error) => return Err(at(&error)),
    };
    let mut listing = Listing::default();
    for entry in entries {
        let entry = entry.map_err(|error| at(&error))?;
        let path = entry.path();
        if path.extension().is_none_or(|found| found != extension) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_file() => listing.files.push(path),
            Ok(_) => listing.strange.push(path),
            // Gone since it was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::at(&path, &error)),
        }
    }
    listing.files.sort();
    listing.strange.sort();
    Ok(listing)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::of;
    use crate::store::atomic::{Access, make_folder, write_new};

    #[test]
    fn a_folder_and_a_link_that_bear_the_name_of_a_file_are_none() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        for name in ["b.stm", "a.stm", "c.jnl"] {
            write_new(&at(name), b"x", Access::Owner).unwrap();
        }
        make_folder(&at("d.stm")).unwrap();
        symlink(at("c.jnl"), at("e.stm")).unwrap();
        let found = of(place.path(), "stm").unwrap();
        assert_eq!(found.files, [at("a.stm"), at("b.stm")]);
        assert_eq!(found.strange, [at("d.stm"), at("e.stm")]);
        assert_eq!(of(&at("nowhere"), "stm").unwrap().files.len(), 0);
    }
}
