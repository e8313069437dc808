//! What a laptop remembers of drafts it cannot open: of which a copy was handed over, which wait for the person's word, of
//! which a damaged one was set aside, and of which the deletion waits to be handed over. Names of journals, which are
//! random and say nothing to anybody; no day, since that would say that somebody was there.
//!
//! # Format, version 2
//! `drafts` in the evaluation's folder: `stemme drafts 2`, then a line for each: `handed <32 digits>`, `held <32 digits>`,
//! `aside <32 digits> <32 digits>` (a damaged journal that was set aside, and the envelope its interview was sealed
//! into), `deleted <32 digits> <32 digits>` (a journal, and the slip that says that it was deleted). Without lines of the
//! last two kinds it is version 1, as older programs write it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::envelope::EnvelopeName;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::titled;

/// The file, in the evaluation's folder.
pub(super) const FILE: &str = "drafts";
/// The first line, up to the version.
const TITLE: &str = "stemme drafts ";
const VERSION: u16 = 2;
/// The version without pairs.
const NO_PAIRS: u16 = 1;
const ASIDE: &str = "aside ";
const DELETED: &str = "deleted ";
const HANDED: &str = "handed ";
const HELD: &str = "held ";
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Drafts there is something to remember of, by the names of their journals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMarks {
    path: PathBuf,
    handed: BTreeSet<String>,
    held: BTreeSet<String>,
    aside: BTreeMap<String, EnvelopeName>,
    deleted: BTreeMap<String, EnvelopeName>,
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
            aside: BTreeMap::new(),
            deleted: BTreeMap::new(),
            changed: false,
        };
        let bytes = match atomic::read(&marks.path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(marks),
            read => read?,
        };
        for line in titled::lines(&bytes, TITLE, VERSION, &marks.path)? {
            let pairs = match (line.strip_prefix(ASIDE), line.strip_prefix(DELETED)) {
                (Some(pair), _) => Some((&mut marks.aside, pair)),
                (_, Some(pair)) => Some((&mut marks.deleted, pair)),
                _ => None,
            };
            if let Some((pairs, pair)) = pairs {
                let (name, envelope) = pair
                    .split_once(' ')
                    .filter(|(name, _)| hex::bytes::<16>(name).is_some())
                    .and_then(|(name, envelope)| Some((name, EnvelopeName::parse(envelope)?)))
                    .ok_or_else(|| StoreError::damaged(&marks.path, What::Contents))?;
                pairs.insert(name.to_owned(), envelope);
                continue;
            }
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

    /// Notes that a damaged journal was set aside, and into which envelope its interview was sealed.
    pub fn set_aside(&mut self, name: &str, envelope: EnvelopeName) {
        self.changed |= self.aside.insert(name.to_owned(), envelope) != Some(envelope);
    }

    /// Notes that a draft was deleted of which a copy had been handed over, and in which slip that stands.
    pub fn delete(&mut self, name: &str, slip: EnvelopeName) {
        self.changed |= self.deleted.insert(name.to_owned(), slip) != Some(slip);
    }

    /// Returns the damaged journals that were set aside, and the envelopes of their interviews.
    pub fn aside(&self) -> impl Iterator<Item = (&str, &EnvelopeName)> {
        self.aside
            .iter()
            .map(|(name, envelope)| (name.as_str(), envelope))
    }

    /// Returns the drafts whose deletion waits, and the slips that say so.
    pub fn deleted(&self) -> impl Iterator<Item = (&str, &EnvelopeName)> {
        self.deleted.iter().map(|(name, slip)| (name.as_str(), slip))
    }

    /// Forgets what belongs to envelopes and slips that have arrived.
    pub fn forget(&mut self, arrived: &BTreeSet<EnvelopeName>) {
        for pairs in [&mut self.aside, &mut self.deleted] {
            let before = pairs.len();
            pairs.retain(|_, envelope| !arrived.contains(envelope));
            self.changed |= pairs.len() != before;
        }
    }

    /// Writes what is remembered, if there is anything new.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep(&mut self) -> Result<(), StoreError> {
        if !self.changed {
            return Ok(());
        }
        let version = if self.aside.is_empty() && self.deleted.is_empty() {
            NO_PAIRS
        } else {
            VERSION
        };
        let mut text = format!("{TITLE}{version}\n");
        for (word, names) in [(HANDED, &self.handed), (HELD, &self.held)] {
            for name in names {
                text.push_str(&format!("{word}{name}\n"));
            }
        }
        for (word, pairs) in [(ASIDE, &self.aside), (DELETED, &self.deleted)] {
            for (name, envelope) in pairs {
                text.push_str(&format!("{word}{name} {envelope}\n"));
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
    use crate::store::envelope::EnvelopeName;

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
        let half = format!("stemme drafts 2\naside {}\n", "a".repeat(32));
        for text in ["", "stemme drafts 3\n", "stemme drafts 1\nhanded x\n", &half] {
            replace(&folder.path().join("drafts"), text.as_bytes(), Access::Owner).unwrap();
            assert!(DraftMarks::read(folder.path()).is_err(), "{text}");
        }
    }

    #[test]
    fn what_was_set_aside_or_deleted_is_remembered_until_it_has_arrived() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = ("a".repeat(32), "b".repeat(32));
        let (one, other) = (EnvelopeName::of(b"1"), EnvelopeName::of(b"2"));
        let mut marks = DraftMarks::read(folder.path()).unwrap();
        marks.hand([&a]);
        marks.set_aside(&a, one);
        marks.delete(&b, other);
        marks.keep().unwrap();
        let text = || std::fs::read_to_string(folder.path().join("drafts")).unwrap();
        assert!(text().starts_with("stemme drafts 2\n"));
        let mut again = DraftMarks::read(folder.path()).unwrap();
        assert_eq!(again, marks);
        assert!(again.aside().eq([(a.as_str(), &one)]) && again.deleted().eq([(b.as_str(), &other)]));
        again.forget(&[one, other].into());
        again.keep().unwrap();
        assert!(
            text().starts_with("stemme drafts 1\n"),
            "an older program reads it"
        );
        assert!(DraftMarks::read(folder.path()).unwrap().is_handed(&a));
    }
}
