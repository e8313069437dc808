//! Closing an evaluation: the tables stay, answers and keys go.
//!
//! The keys go first. Without them everything sealed is noise, here and in every copy that nobody remembers, so that
//! a crash anywhere after that has deleted more than it seems, never less.
//!
//! What stays of single interviews is their random names in the releases: a release must be known by what it was made
//! of, and nothing is left that bears such a name. The home's note of the public keys stays, too, so that whoever looks
//! at the tables later is not asked about keys that are no more; and one that the evaluation was closed, so that a backup of
//! it is not put back without a word.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::delivered;
use crate::store::draft_marks;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::journal;

/// The record of what was deleted, in the evaluation's folder.
pub const PROTOCOL_FILE: &str = "deletion.txt";

/// What stands in the home's note that an evaluation was closed.
const CLOSED: &[u8] = b"stemme closed 1\n";

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Key files on this machine.
    pub keys: usize,
    /// Sealed interviews.
    pub sealed: usize,
    /// Drafts.
    pub drafts: usize,
    /// Anything else that came of interviews: slips, tombstones, what was set aside, the coordinator's work, and the
    /// home's lists of envelopes that were seen and checked.
    pub other: usize,
}

/// Deletes keys and answers of the evaluation with this id. The evaluation file, the surveys and the releases stay.
///
/// # Errors
/// [`StoreError::Locked`] while a draft is open, [`StoreError::Strange`] where one of the folders is a link: then nothing
/// is deleted. What the system said; run it again, what is gone is gone.
pub fn close(folder: &EvaluationFolder, home: &Home, evaluation: &str) -> Result<Deleted, StoreError> {
    let lists = [
        home.ledger(evaluation)?,
        home.checked(evaluation)?,
        home.seen(evaluation)?,
    ];
    folder.leads_nowhere_else()?;
    nothing_is_open(folder)?;
    // A backup that is put back later is known to bring back what was promised to be gone.
    note_closed(home, evaluation)?;
    let mut deleted = Deleted::default();
    for place in [home.keys(evaluation)?, folder.keys()] {
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
    for list in lists {
        let was_there = fs::symlink_metadata(&list).is_ok();
        atomic::remove(&list)?;
        deleted.other += usize::from(was_there);
    }
    Ok(deleted)
}

/// Notes on this machine that an evaluation was closed here. Stays for good.
fn note_closed(home: &Home, evaluation: &str) -> Result<(), StoreError> {
    let path = home.closed(evaluation)?;
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder)?;
    }
    atomic::replace(&path, CLOSED, Access::Owner)
}

/// Returns whether an evaluation was closed on this machine.
#[must_use]
pub fn was_closed(home: &Home, evaluation: &str) -> bool {
    home.closed(evaluation).is_ok_and(|path| path.is_file())
}

/// Deletes every answer on an interview laptop: finished interviews, counts of who was asked, drafts, damaged ones that
/// were set aside. The laptop's keys go first: what a disk or a backup still holds of a draft is noise without them, and
/// nothing begins here any more. The evaluation file, the surveys and the coordinator's signature stay.
///
/// # Errors
/// [`StoreError::Locked`] while a draft is open, [`StoreError::Strange`] where one of the folders is a link: then nothing
/// is deleted. What the system said; run it again, what is gone is gone.
pub fn clear_laptop(folder: &EvaluationFolder) -> Result<Deleted, StoreError> {
    folder.leads_nowhere_else()?;
    nothing_is_open(folder)?;
    let mut deleted = Deleted {
        keys: empty(&folder.keys())?,
        drafts: empty(&folder.draft())? + empty(&folder.rescue())?,
        sealed: empty(&folder.out())?,
        other: empty(&folder.slips())?,
    };
    // What is set aside on a laptop is drafts whose journals were damaged.
    deleted.drafts += empty(&folder.quarantine())?;
    for list in [delivered::FILE, draft_marks::FILE] {
        atomic::remove(&folder.root().join(list))?;
    }
    Ok(deleted)
}

/// Somebody may be in the middle of an interview: on the coordinator's own computer, too.
fn nothing_is_open(folder: &EvaluationFolder) -> Result<(), StoreError> {
    let drafts = journal::list_drafts(&folder.draft())?;
    match drafts.into_iter().find(|draft| draft.in_use) {
        Some(open) => Err(StoreError::Locked { path: open.path }),
        None => Ok(()),
    }
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
///
/// # Errors
/// [`StoreError::Strange`] for a link: what it leads to is somebody else's.
fn empty(folder: &Path) -> Result<usize, StoreError> {
    if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
        return Err(StoreError::Strange {
            path: folder.to_owned(),
        });
    }
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

    use super::{Deleted, clear_laptop, close, keep_protocol, was_closed};
    use crate::store::atomic::{self, Access, make_folder, write_new};
    use crate::store::error::StoreError;
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::home::Home;
    use crate::store::sample::{EVALUATION, People};

    #[test]
    fn tables_stay_and_keys_and_answers_go() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        let folder =
            EvaluationFolder::create(&root, &People::new().evaluation(), &[], &Comments::none()).unwrap();
        let home = Home::new(place.path().join("home"));
        let [keys, other] = [EVALUATION, "0000000000000000"].map(|id| home.keys(id).unwrap());
        for list in [home.ledger(EVALUATION).unwrap(), home.known(EVALUATION).unwrap()] {
            make_folder(list.parent().unwrap()).unwrap();
        }
        make_folder(&home.path().join("checked")).unwrap();
        make_folder(&keys).unwrap();
        make_folder(&other).unwrap();
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
            home.ledger(EVALUATION).unwrap(),
            home.checked(EVALUATION).unwrap(),
        ];
        let kept = [
            folder.releases().join("1.json"),
            other.join("coordinator.key"),
            home.ledger("0000000000000000").unwrap(),
            home.known(EVALUATION).unwrap(),
        ];
        for file in files.iter().chain(&kept) {
            write_new(file, b"x", Access::Owner).unwrap();
        }
        let expected = Deleted {
            keys: 2,
            sealed: 1,
            drafts: 2,
            other: 4,
        };
        assert_eq!(close(&folder, &home, EVALUATION), Ok(expected));
        assert!(files.iter().all(|file| !file.exists()));
        assert!(kept.iter().all(|file| file.exists()));
        assert!(folder.evaluation_path().exists());
        assert!(was_closed(&home, EVALUATION) && !was_closed(&home, "0000000000000000"));
        assert_eq!(close(&folder, &home, EVALUATION), Ok(Deleted::default()));
        let first = keep_protocol(&folder, "en").unwrap();
        let second = keep_protocol(&folder, "to").unwrap();
        assert_ne!(first, second);
        assert_eq!(fs::read_to_string(first).unwrap(), "en");
    }

    #[test]
    fn a_cleared_laptop_keeps_no_answer_and_no_key() {
        let place = tempfile::tempdir().unwrap();
        let evaluation = People::new().evaluation();
        let root = place.path().join("e");
        let folder = EvaluationFolder::create(&root, &evaluation, &[], &Comments::none()).unwrap();
        make_folder(&folder.keys()).unwrap();
        make_folder(&folder.slips()).unwrap();
        let files = [
            folder.keys().join("laptop.key"),
            folder.keys().join("laptop.age"),
            folder.out().join("a.stm"),
            folder.slips().join("b.stm"),
            folder.draft().join("c.jnl"),
            folder.quarantine().join("d.jnl"),
            root.join("drafts"),
            root.join("delivered"),
        ];
        for file in &files {
            write_new(file, b"x", Access::Owner).unwrap();
        }
        let expected = Deleted {
            keys: 2,
            sealed: 1,
            drafts: 2,
            other: 1,
        };
        assert_eq!(clear_laptop(&folder), Ok(expected));
        assert!(files.iter().all(|file| !file.exists()));
        assert!(folder.evaluation_path().exists());
        assert_eq!(clear_laptop(&folder), Ok(Deleted::default()));
    }

    #[test]
    fn nothing_is_deleted_under_somebody_who_is_interviewing() {
        let place = tempfile::tempdir().unwrap();
        let folder = EvaluationFolder::create(
            &place.path().join("e"),
            &People::new().evaluation(),
            &[],
            &Comments::none(),
        )
        .unwrap();
        let home = Home::new(place.path().join("home"));
        let key = home.keys(EVALUATION).unwrap().join("coordinator.key");
        make_folder(key.parent().unwrap()).unwrap();
        write_new(&key, b"x", Access::Owner).unwrap();
        let open = atomic::begin(&folder.draft().join("a.jnl"), b"x").unwrap();
        let refused = close(&folder, &home, EVALUATION);
        assert!(matches!(refused, Err(StoreError::Locked { .. })), "{refused:?}");
        assert!(key.exists());
        drop(open);
        assert!(close(&folder, &home, EVALUATION).is_ok());
        assert!(!key.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_in_the_folder_leads_to_is_never_deleted() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        let folder =
            EvaluationFolder::create(&root, &People::new().evaluation(), &[], &Comments::none()).unwrap();
        let home = Home::new(place.path().join("home"));
        let letter = place.path().join("annet").join("brev.txt");
        make_folder(letter.parent().unwrap()).unwrap();
        write_new(&letter, b"x", Access::Owner).unwrap();
        for taken in [folder.quarantine(), folder.out()] {
            fs::remove_dir(&taken).unwrap();
            std::os::unix::fs::symlink(letter.parent().unwrap(), &taken).unwrap();
            let refused = Err(StoreError::Strange { path: taken.clone() });
            assert_eq!(close(&folder, &home, EVALUATION), refused);
            assert_eq!(clear_laptop(&folder), refused);
            assert!(letter.exists());
            fs::remove_file(&taken).unwrap();
        }
        let inside = folder.quarantine().join("lenke");
        make_folder(&folder.quarantine()).unwrap();
        std::os::unix::fs::symlink(letter.parent().unwrap(), &inside).unwrap();
        assert!(close(&folder, &home, EVALUATION).is_ok());
        assert!(
            letter.exists() && fs::symlink_metadata(&inside).is_err(),
            "the link itself goes"
        );
    }
}
