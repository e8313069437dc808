//! The coordinator's list of every envelope that was ever seen. It lies on the coordinator's own machine, out of
//! reach of whoever can write to a share: an envelope that somebody deletes there is missed by name.
//!
//! One line each: the envelope's name and the interview's. Neither says anything to anybody without the envelope.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::record::InterviewId;
use crate::store::atomic::{self, Access};
use crate::store::envelope::EnvelopeName;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::titled;

/// The first line, up to the version.
const TITLE: &str = "stemme ledger ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// What was seen: of each envelope, which interview it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    path: PathBuf,
    seen: BTreeMap<EnvelopeName, InterviewId>,
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
            changed: false,
        };
        let bytes = match atomic::read(path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(ledger),
            read => read?,
        };
        let damaged = || StoreError::damaged(path, What::Contents);
        for line in titled::lines(&bytes, TITLE, VERSION, path)? {
            let (name, interview) = line.split_once(' ').ok_or_else(damaged)?;
            let name = EnvelopeName::parse(name).ok_or_else(damaged)?;
            let interview = hex::bytes::<16>(interview).ok_or_else(damaged)?;
            ledger.seen.insert(name, InterviewId::from_bytes(interview));
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

    /// Returns every envelope seen, smallest name first.
    pub fn seen(&self) -> impl Iterator<Item = (&EnvelopeName, &InterviewId)> {
        self.seen.iter()
    }

    /// Writes the ledger, if there is anything new in it.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep(&mut self) -> Result<(), StoreError> {
        if !self.changed {
            return Ok(());
        }
        let mut text = format!("{TITLE}{VERSION}\n");
        for (name, interview) in &self.seen {
            text.push_str(&format!("{name} {interview}\n"));
        }
        if let Some(folder) = self.path.parent() {
            atomic::make_folder(folder)?;
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
    }
}
