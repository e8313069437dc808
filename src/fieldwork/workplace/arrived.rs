//! Drafts that laptops handed over: which are still to be decided on, and which interviews never come back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::record::InterviewId;
use crate::fieldwork::desk::DraftEntry;
use crate::fieldwork::journal_keeper::Drawn;
use crate::store::envelope::may_interview;
use crate::store::{atomic, journal, tombstone};

use super::{CannotUnlock, Workplace};

impl Workplace {
    /// Returns the drafts that laptops handed over and that are still to be decided on. Those of interviews that came
    /// finished since, that were withdrawn, or of which a longer draft came, are removed.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn arrived_drafts(&self, secret: Option<&str>) -> Result<Vec<DraftEntry>, CannotUnlock> {
        let identities = self.unlock(secret)?;
        let rescue = self.folder.rescue();
        let found = journal::recover_all(&rescue, &identities).map_err(CannotUnlock::Store)?;
        let mut best: BTreeMap<InterviewId, (usize, PathBuf)> = BTreeMap::new();
        let mut needless = Vec::new();
        let mut entries = Vec::new();
        for (path, recovered) in found {
            let Ok(recovered) = recovered else {
                // It is named when it is opened.
                entries.extend(arrived(&path));
                continue;
            };
            let length = recovered.entries.len();
            let interview = recovered.opening.interview.clone();
            match best.get_mut(&interview) {
                Some(known) if known.0 >= length => needless.push(path),
                Some(known) => needless.push(std::mem::replace(known, (length, path)).1),
                None => drop(best.insert(interview, (length, path))),
            }
        }
        if !best.is_empty() {
            let gone = self.gone(&identities).map_err(CannotUnlock::Store)?;
            let collection = self.open_collection(secret)?;
            let finished: BTreeSet<&InterviewId> =
                collection.interviews.iter().map(|head| &head.interview).collect();
            for (interview, (_, path)) in best {
                if finished.contains(&interview) || gone.interviews.contains(&interview) {
                    needless.push(path);
                } else {
                    entries.extend(arrived(&path));
                }
            }
        }
        for path in needless {
            atomic::remove(&path).map_err(CannotUnlock::Store)?;
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Sees to it that an interview never comes back, whatever a laptop hands over.
    ///
    /// # Errors
    /// [`CannotUnlock`]: it takes the coordinator's own keys.
    pub fn bury(&self, interview: &InterviewId, secret: Option<&str>) -> Result<(), CannotUnlock> {
        let keys = self.coordinator(secret)?;
        let gone = self.folder.gone();
        let to = may_interview(&self.evaluation).map_err(|_| CannotUnlock::NeedsSecret)?;
        tombstone::put(&gone, interview, &to, keys.signer(), &mut Drawn(&self.random))
            .map_err(CannotUnlock::Store)
    }
}

fn arrived(path: &Path) -> Option<DraftEntry> {
    Some(DraftEntry {
        name: path.file_stem()?.to_str()?.to_owned(),
        last_day: None,
        arrived: true,
    })
}
