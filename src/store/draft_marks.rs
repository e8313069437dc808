//! What a laptop remembers of drafts it cannot open: of which a copy was handed over, and which wait for the person's
//! word. Names of journals, which are random and say nothing to anybody.
//!
//! # Format, version 1
//! `drafts` in the evaluation's folder: `stemme drafts 1`, then a line `handed <32 digits>` or `held <32 digits>` for
//! each.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::titled;

/// The file, in the evaluation's folder.
pub(super) const FILE: &str = "drafts";
/// The first line, up to the version.
const TITLE: &str = "stemme drafts ";
const VERSION: u16 = 1;
const HANDED: &str = "handed ";
const HELD: &str = "held ";
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Drafts there is something to remember of, by the names of their journals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMarks {
    path: PathBuf,
    handed: BTreeSet<String>,
    held: BTreeSet<String>,
    changed: bool,
}

impl DraftMarks {
    /// Reads what is remembered in an evaluation's folder; nothing where there is no such file yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn read(root: &Path) -> Result<Self, StoreError> {
        let mut marks = Self {
            path: root.join(FILE),
            handed: BTreeSet::new(),
            held: BTreeSet::new(),
            changed: false,
        };
        let bytes = match atomic::read(&marks.path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(marks),
            read => read?,
        };
        for line in titled::lines(&bytes, TITLE, VERSION, &marks.path)? {
            let (set, name) = match (line.strip_prefix(HANDED), line.strip_prefix(HELD)) {
                (Some(name), _) => (&mut marks.handed, name),
                (_, Some(name)) => (&mut marks.held, name),
                _ => return Err(StoreError::damaged(&marks.path, What::Contents)),
            };
            if hex::bytes::<16>(name).is_none() {
                return Err(StoreError::damaged(&marks.path, What::Contents));
            }
            set.insert(name.to_owned());
        }
        Ok(marks)
    }

    /// Returns whether a copy of the draft may have been handed over.
    #[must_use]
    pub fn is_handed(&self, name: &str) -> bool {
        self.handed.contains(name)
    }

    /// Returns whether the draft waits for the person's word.
    #[must_use]
    pub fn is_held(&self, name: &str) -> bool {
        self.held.contains(name)
    }

    /// Notes that copies are handed over. It is never unsaid: where a copy has gone nobody knows.
    pub fn hand<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        for name in names {
            self.changed |= self.handed.insert(name.clone());
        }
    }

    /// Notes that a draft waits for the person's word, or no longer does.
    pub fn hold(&mut self, name: &str, is_held: bool) {
        self.changed |= if is_held {
            self.held.insert(name.to_owned())
        } else {
            self.held.remove(name)
        };
    }

    /// Writes what is remembered, if there is anything new.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep(&mut self) -> Result<(), StoreError> {
        if !self.changed {
            return Ok(());
        }
        let mut text = format!("{TITLE}{VERSION}\n");
        for (word, names) in [(HANDED, &self.handed), (HELD, &self.held)] {
            for name in names {
                text.push_str(&format!("{word}{name}\n"));
            }
        }
        atomic::replace(&self.path, text.as_bytes(), Access::Owner)?;
        self.changed = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::DraftMarks;
    use crate::store::atomic::{Access, replace};

    #[test]
    fn what_was_handed_over_stays_so_and_what_waits_can_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = ("a".repeat(32), "b".repeat(32));
        let mut marks = DraftMarks::read(folder.path()).unwrap();
        marks.keep().unwrap();
        assert!(!folder.path().join("drafts").exists());
        marks.hand([&a]);
        marks.hold(&b, true);
        marks.keep().unwrap();
        let mut again = DraftMarks::read(folder.path()).unwrap();
        assert_eq!(again, marks);
        assert!(again.is_handed(&a) && !again.is_handed(&b) && again.is_held(&b));
        again.hold(&b, false);
        again.keep().unwrap();
        let last = DraftMarks::read(folder.path()).unwrap();
        assert!(last.is_handed(&a) && !last.is_held(&b));
    }

    #[test]
    fn a_file_that_is_something_else_is_not_taken_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "stemme drafts 2\n", "stemme drafts 1\nhanded x\n"] {
            replace(&folder.path().join("drafts"), text.as_bytes(), Access::Owner).unwrap();
            assert!(DraftMarks::read(folder.path()).is_err(), "{text}");
        }
    }
}
