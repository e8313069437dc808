//! The coordinator's list of every envelope that was ever seen. It lies on the coordinator's own machine, out of
//! reach of whoever can write to a share: an envelope that somebody deletes there is missed by name.
//!
//! It remembers which interviews were withdrawn, too: whoever can delete can delete tombstones.
//!
//! # Format, version 3
//! `stemme ledger 3`, then a line for each envelope, its name and the interview's, a line `withdrawn <interview>` for each
//! interview that was withdrawn, and a line `draft <name> <interview>` for each draft that a laptop handed over. Where no
//! draft came it is version 2, and where nothing was withdrawn either, version 1, as older programs write it. No line says
//! anything to anybody without the envelope.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::record::InterviewId;
use crate::store::atomic::{self, Access};
use crate::store::envelope::EnvelopeName;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::titled;

/// The first line, up to the version.
const TITLE: &str = "stemme ledger ";
const VERSION: u16 = 3;
/// The version without drafts.
const NO_DRAFTS: u16 = 2;
/// The version without withdrawn interviews.
const ONLY_SEEN: u16 = 1;
/// How a line of a draft begins.
const DRAFT: &str = "draft ";
/// How a line of a withdrawn interview begins.
const WITHDRAWN: &str = "withdrawn ";
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// What was seen: of each envelope, which interview it holds; and which interviews were withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    path: PathBuf,
    seen: BTreeMap<EnvelopeName, InterviewId>,
    withdrawn: BTreeSet<InterviewId>,
    drafts: BTreeMap<EnvelopeName, InterviewId>,
    changed: bool,
}

impl Ledger {
    /// Reads the ledger at this place; an empty one where there is none yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let mut ledger = Self {
            path: path.to_owned(),
            seen: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
            drafts: BTreeMap::new(),
            changed: false,
        };
        let bytes = match atomic::read(path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(ledger),
            read => read?,
        };
        let damaged = || StoreError::damaged(path, What::List);
        let interview_of = |digits: &str| {
            let id = hex::bytes::<16>(digits).ok_or_else(damaged)?;
            Ok::<_, StoreError>(InterviewId::from_bytes(id))
        };
        let lines = titled::lines(&bytes, TITLE, VERSION, path).map_err(|error| match error {
            StoreError::Damaged { .. } => damaged(),
            error => error,
        })?;
        for line in lines {
            if let Some(interview) = line.strip_prefix(WITHDRAWN) {
                ledger.withdrawn.insert(interview_of(interview)?);
                continue;
            }
            let (names, line) = match line.strip_prefix(DRAFT) {
                Some(line) => (&mut ledger.drafts, line),
                None => (&mut ledger.seen, line),
            };
            let (name, interview) = line.split_once(' ').ok_or_else(damaged)?;
            let name = EnvelopeName::parse(name).ok_or_else(damaged)?;
            names.insert(name, interview_of(interview)?);
        }
        Ok(ledger)
    }

    /// Notes that an envelope was seen.
    pub fn see(&mut self, name: EnvelopeName, interview: &InterviewId) {
        if self.seen.get(&name) != Some(interview) {
            self.seen.insert(name, interview.clone());
            self.changed = true;
        }
    }

    /// Notes that a draft came.
    pub fn see_draft(&mut self, name: EnvelopeName, interview: &InterviewId) {
        if self.drafts.get(&name) != Some(interview) {
            self.drafts.insert(name, interview.clone());
            self.changed = true;
        }
    }

    /// Returns every draft that came, smallest name first.
    pub fn drafts(&self) -> impl Iterator<Item = (&EnvelopeName, &InterviewId)> {
        self.drafts.iter()
    }

    /// Returns which interview an envelope of this name holds, if it was seen.
    #[must_use]
    pub fn interview_in(&self, name: &EnvelopeName) -> Option<&InterviewId> {
        self.seen.get(name)
    }

    /// Returns every envelope seen, smallest name first.
    pub fn seen(&self) -> impl Iterator<Item = (&EnvelopeName, &InterviewId)> {
        self.seen.iter()
    }

    /// Notes that an interview was withdrawn.
    pub fn withdraw(&mut self, interview: &InterviewId) {
        self.changed |= self.withdrawn.insert(interview.clone());
    }

    /// Returns every interview that was withdrawn.
    #[must_use]
    pub const fn withdrawn(&self) -> &BTreeSet<InterviewId> {
        &self.withdrawn
    }

    /// Writes the ledger, if there is anything new in it. What another run of the program wrote meanwhile stays: nothing
    /// that was seen is ever unseen.
    ///
    /// # Errors
    /// As [`Self::read`]; what the system said.
    pub fn keep(&mut self) -> Result<(), StoreError> {
        if !self.changed {
            return Ok(());
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        atomic::make_folder(folder)?;
        // From reading what is there to taking its place nobody else may write.
        let _alone = atomic::alone(folder)?;
        let there = Self::read(&self.path)?;
        self.seen.extend(there.seen);
        self.withdrawn.extend(there.withdrawn);
        self.drafts.extend(there.drafts);
        let version = match (self.drafts.is_empty(), self.withdrawn.is_empty()) {
            (false, _) => VERSION,
            (true, false) => NO_DRAFTS,
            (true, true) => ONLY_SEEN,
        };
        let mut text = format!("{TITLE}{version}\n");
        for (name, interview) in &self.seen {
            text.push_str(&format!("{name} {interview}\n"));
        }
        for (name, interview) in &self.drafts {
            text.push_str(&format!("{DRAFT}{name} {interview}\n"));
        }
        for interview in &self.withdrawn {
            text.push_str(&format!("{WITHDRAWN}{interview}\n"));
        }
        atomic::replace(&self.path, text.as_bytes(), Access::Owner)?;
        self.changed = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Ledger;
    use crate::store::envelope::EnvelopeName;
    use crate::store::sample::interview;

    #[test]
    fn what_was_seen_is_seen_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledgers").join("x");
        let mut ledger = Ledger::read(&path).unwrap();
        ledger.keep().unwrap();
        assert!(!path.exists(), "an empty ledger is no file");
        for number in [2, 1] {
            ledger.see(EnvelopeName::of(&[number]), &interview(number));
        }
        ledger.keep().unwrap();
        let again = Ledger::read(&path).unwrap();
        assert_eq!(again, ledger);
        assert_eq!(again.seen().count(), 2);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("stemme ledger 1\n"), "an older program reads it");
    }

    #[test]
    fn two_runs_at_once_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledgers").join("x");
        let (mut one, mut other) = (Ledger::read(&path).unwrap(), Ledger::read(&path).unwrap());
        one.see(EnvelopeName::of(&[1]), &interview(1));
        one.withdraw(&interview(3));
        other.see(EnvelopeName::of(&[2]), &interview(2));
        one.keep().unwrap();
        other.keep().unwrap();
        let both = Ledger::read(&path).unwrap();
        assert_eq!(both.seen().count(), 2);
        assert!(both.withdrawn().contains(&interview(3)));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("stemme ledger 2\n"));
        other.see_draft(EnvelopeName::of(&[3]), &interview(4));
        other.keep().unwrap();
        let all = Ledger::read(&path).unwrap();
        assert_eq!((all.seen().count(), all.drafts().count()), (2, 1));
        assert!(all.withdrawn().contains(&interview(3)));
    }

    #[test]
    fn of_many_runs_at_the_same_moment_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledgers").join("x");
        std::thread::scope(|scope| {
            for run in 0..8_u8 {
                let path = &path;
                scope.spawn(move || {
                    for number in 0..8_u8 {
                        let mut ledger = Ledger::read(path).unwrap();
                        ledger.see(EnvelopeName::of(&[run, number]), &interview(run));
                        ledger.keep().unwrap();
                    }
                });
            }
        });
        assert_eq!(Ledger::read(&path).unwrap().seen().count(), 64);
    }
}
