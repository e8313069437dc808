//! What this machine has seen of what was shown. The releases lie where others can write: one that somebody deletes, or
//! that an older copy of the folder does not have, is put back from here; one that this machine never showed or took in
//! counts when the coordinator has said so. What was shown once is known to its readers for ever, and every later table is
//! decided with it: it must neither be forgotten nor made up.
//!
//! # Format, version 1
//! A folder with a file for each release that is known, `<SHA-256>.json`, byte for byte as it lies in `releases/`. That the
//! folder is there says that the evaluation was seen here.

use std::fs;
use std::path::PathBuf;

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::releases::{self, MAX_RELEASE, ReleaseFile};

const EXTENSION: &str = "json";

/// What this machine knows of an evaluation's releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    place: PathBuf,
    known: Vec<ReleaseFile>,
}

impl Shown {
    /// Reads what this machine knows; at the first time, that is what lies in the folder. What is known and does not lie
    /// there is put back. Returns how many were.
    ///
    /// # Errors
    /// As [`releases::read_all`]; what the system said.
    pub fn of(home: &Home, evaluation: &str, folder: &EvaluationFolder) -> Result<(Self, usize), StoreError> {
        let place = home.shown(evaluation)?;
        let mut shown = Self {
            place,
            known: Vec::new(),
        };
        if !shown.place.is_dir() {
            for file in releases::read_all(&folder.releases())? {
                shown.note(&file)?;
            }
            atomic::make_folder(&shown.place)?;
            return Ok((shown, 0));
        }
        let entries = fs::read_dir(&shown.place).map_err(|error| StoreError::at(&shown.place, &error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| StoreError::at(&shown.place, &error))?
                .path();
            let file = ReleaseFile::of(atomic::read(&path, MAX_RELEASE)?);
            // What a crash left half written was never shown.
            if path.file_stem().is_some_and(|stem| *stem == *file.sha256) {
                shown.known.push(file);
            }
        }
        shown.known.sort_by(|a, b| a.sha256.cmp(&b.sha256));
        let back = releases::put_back(&folder.releases(), &shown.known)?;
        Ok((shown, back))
    }

    /// Notes of a new evaluation that nothing was shown of it yet. Its folder may lie where others can write: what they lay
    /// into it before anything was shown from here is not taken for what was.
    ///
    /// # Errors
    /// What the system said.
    pub fn begin(home: &Home, evaluation: &str) -> Result<(), StoreError> {
        atomic::make_folder(&home.shown(evaluation)?)
    }

    /// Returns whether a release is known here.
    #[must_use]
    pub fn knows(&self, file: &ReleaseFile) -> bool {
        self.known.iter().any(|known| known.sha256 == file.sha256)
    }

    /// Notes a release: it is about to be shown, was taken in, or somebody has said that it is right.
    ///
    /// # Errors
    /// What the system said.
    pub fn note(&mut self, file: &ReleaseFile) -> Result<(), StoreError> {
        if self.knows(file) {
            return Ok(());
        }
        atomic::make_folder(&self.place)?;
        let path = self.place.join(format!("{}.{EXTENSION}", file.sha256));
        atomic::replace(&path, &file.bytes, Access::Owner)?;
        self.known.push(file.clone());
        Ok(())
    }

    /// Forgets a release that was not written after all.
    ///
    /// # Errors
    /// What the system said.
    pub fn forget(&mut self, file: &ReleaseFile) -> Result<(), StoreError> {
        self.known.retain(|known| known.sha256 != file.sha256);
        let path = self.place.join(format!("{}.{EXTENSION}", file.sha256));
        atomic::remove(&path)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Shown;
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::home::Home;
    use crate::store::releases::{ReleaseFile, add, read_all, remove};
    use crate::store::sample::{EVALUATION, People};

    #[test]
    fn what_lies_in_a_new_evaluation_before_anything_was_shown_is_not_taken_for_shown() {
        let place = tempfile::tempdir().unwrap();
        let evaluation = People::new().evaluation();
        let folder =
            EvaluationFolder::create(&place.path().join("e"), &evaluation, &[], &Comments::none()).unwrap();
        let home = Home::new(place.path().join("home"));
        Shown::begin(&home, EVALUATION).unwrap();
        add(&folder.releases(), 0, b"forged").unwrap();
        let (shown, _) = Shown::of(&home, EVALUATION, &folder).unwrap();
        assert!(!shown.knows(&ReleaseFile::of(b"forged".to_vec())));
    }

    #[test]
    fn what_was_shown_is_neither_forgotten_nor_made_up() {
        let place = tempfile::tempdir().unwrap();
        let evaluation = People::new().evaluation();
        let folder =
            EvaluationFolder::create(&place.path().join("e"), &evaluation, &[], &Comments::none()).unwrap();
        let home = Home::new(place.path().join("home"));
        let at = folder.releases();
        let all = |folder: &EvaluationFolder| -> Vec<Vec<u8>> {
            let files = read_all(&folder.releases()).unwrap();
            files.into_iter().map(|file| file.bytes).collect()
        };
        add(&at, 0, b"first").unwrap();
        let (mut shown, _) = Shown::of(&home, EVALUATION, &folder).unwrap();
        let second = ReleaseFile::of(b"second".to_vec());
        shown.note(&second).unwrap();
        add(&at, 1, &second.bytes).unwrap();
        // Somebody deletes the first, or both.
        for gone in [&["1.json"][..], &["1.json", "2.json"], &["2.json"]] {
            for name in gone {
                fs::remove_file(at.join(name)).unwrap();
            }
            let (_, back) = Shown::of(&home, EVALUATION, &folder).unwrap();
            assert_eq!(back, gone.len());
            let mut found = all(&folder);
            found.sort();
            assert_eq!(found, [b"first".to_vec(), b"second".to_vec()]);
        }
        // Somebody writes in one: it is another one, and the one that was shown is there again.
        let name = if all(&folder)[0] == b"first" {
            "1.json"
        } else {
            "2.json"
        };
        crate::store::atomic::replace(&at.join(name), b"forged", crate::store::atomic::Access::Owner)
            .unwrap();
        let (shown, back) = Shown::of(&home, EVALUATION, &folder).unwrap();
        let files = read_all(&at).unwrap();
        let strangers: Vec<_> = files.iter().filter(|file| !shown.knows(file)).collect();
        assert_eq!((back, files.len(), strangers.len()), (1, 3, 1));
        remove(&at, strangers[0]).unwrap();
        let mut found = all(&folder);
        found.sort();
        assert_eq!(found, [b"first".to_vec(), b"second".to_vec()]);
        let (_, back) = Shown::of(&home, EVALUATION, &folder).unwrap();
        assert_eq!(back, 0);
    }
}
