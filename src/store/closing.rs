//! Closing an evaluation: the tables stay, answers and keys go.
//!
//! The keys go first. Without them everything sealed is noise, here and in every copy that nobody remembers, so that
//! a crash anywhere after that has deleted more than it seems, never less.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::journal;

/// The record of what was deleted, in the evaluation's folder.
pub const PROTOCOL_FILE: &str = "deletion.txt";

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Key files on this machine.
    pub keys: usize,
    /// Sealed interviews.
    pub sealed: usize,
    /// Drafts.
    pub drafts: usize,
    /// Anything else that held answers: slips, tombstones, what was set aside, the coordinator's work.
    pub other: usize,
}

/// Deletes keys and answers. The evaluation file, the surveys and the releases stay.
///
/// # Errors
/// What the system said; run it again, what is gone is gone.
pub fn close(folder: &EvaluationFolder, keys: &Path) -> Result<Deleted, StoreError> {
    let mut deleted = Deleted::default();
    for place in [keys.to_owned(), folder.keys()] {
        deleted.keys += empty(&place)?;
    }
    deleted.sealed = empty(&folder.out())?;
    deleted.drafts = empty(&folder.draft())? + empty(&folder.rescue())?;
    for place in [
        folder.root().join("slips"),
        folder.gone(),
        folder.quarantine(),
        folder.workbook(),
    ] {
        deleted.other += empty(&place)?;
    }
    Ok(deleted)
}

/// Deletes every answer on an interview laptop: finished interviews, counts of who was asked, drafts. What the kit is
/// made of stays, and so do its keys: the coordinator signed for them, and without drafts they open nothing.
///
/// # Errors
/// [`StoreError::Locked`] while a draft is open: then nothing is deleted. What the system said; run it again, what is
/// gone is gone.
pub fn clear_laptop(folder: &EvaluationFolder) -> Result<Deleted, StoreError> {
    if let Some(open) = journal::list_drafts(&folder.draft())?
        .into_iter()
        .find(|draft| draft.in_use)
    {
        return Err(StoreError::Locked { path: open.path });
    }
    Ok(Deleted {
        drafts: empty(&folder.draft())?,
        sealed: empty(&folder.out())?,
        other: empty(&folder.slips())?,
        ..Deleted::default()
    })
}

/// Keeps the record of a deletion. An earlier one stays: a second closing has one of its own.
///
/// # Errors
/// What the system said.
pub fn keep_protocol(folder: &EvaluationFolder, text: &str) -> Result<PathBuf, StoreError> {
    let first = folder.root().join(PROTOCOL_FILE);
    let numbered = (2..).map(|number: u32| folder.root().join(format!("deletion-{number}.txt")));
    for path in std::iter::once(first).chain(numbered) {
        match atomic::write_new(&path, text.as_bytes(), Access::AsUsual) {
            Err(StoreError::AlreadyThere { .. }) => {}
            written => return written.map(|()| path),
        }
    }
    Err(StoreError::TooLarge {
        path: folder.root().to_owned(),
    })
}

/// Removes every file in a folder and below, and says how many; what is hidden counts as nothing.
fn empty(folder: &Path) -> Result<usize, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(StoreError::at(folder, &error)),
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry.map_err(|error| StoreError::at(folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| StoreError::at(&path, &error))?;
        if kind.is_dir() {
            removed += empty(&path)?;
        } else {
            atomic::remove(&path)?;
            removed += usize::from(!entry.file_name().to_string_lossy().starts_with('.'));
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Deleted, close, keep_protocol};
    use crate::store::atomic::{Access, make_folder, write_new};
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::sample::People;

    #[test]
    fn tables_stay_and_keys_and_answers_go() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        let folder =
            EvaluationFolder::create(&root, &People::new().evaluation(), &[], &Comments::none()).unwrap();
        let keys = place.path().join("home/keys/x");
        make_folder(&keys).unwrap();
        make_folder(&folder.workbook().join("koding")).unwrap();
        make_folder(&folder.rescue()).unwrap();
        let files = [
            keys.join("coordinator.key"),
            keys.join("laptop.key"),
            folder.out().join("a.stm"),
            folder.out().join(".ballast"),
            folder.draft().join("b.jnl"),
            folder.rescue().join("d.jnl"),
            folder.gone().join("c.stm"),
            folder.workbook().join("koding/log.age"),
        ];
        for file in &files {
            write_new(file, b"x", Access::Owner).unwrap();
        }
        write_new(&folder.releases().join("1.json"), b"{}", Access::Owner).unwrap();
        let expected = Deleted {
            keys: 2,
            sealed: 1,
            drafts: 2,
            other: 2,
        };
        assert_eq!(close(&folder, &keys), Ok(expected));
        assert!(files.iter().all(|file| !file.exists()));
        assert!(folder.releases().join("1.json").exists());
        assert!(folder.evaluation_path().exists());
        assert_eq!(close(&folder, &keys), Ok(Deleted::default()));
        let first = keep_protocol(&folder, "en").unwrap();
        let second = keep_protocol(&folder, "to").unwrap();
        assert_ne!(first, second);
        assert_eq!(fs::read_to_string(first).unwrap(), "en");
    }
}
