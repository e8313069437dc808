//! Drafts that laptops handed over: which are still to be decided on, and which interviews never come back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::record::InterviewId;
use crate::fieldwork::desk::DraftEntry;
use crate::fieldwork::journal_keeper::Drawn;
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::may_interview;
use crate::store::ledger::Ledger;
use crate::store::{atomic, collection, journal, tombstone, withdrawal};

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
            let wishes = DraftWishes::of(&collection.slips);
            let finished: BTreeSet<&InterviewId> =
                collection.interviews.iter().map(|head| &head.interview).collect();
            for (interview, (steps, path)) in best {
                let is_deleted = gone.interviews.contains(&interview) || wishes.deleted.contains(&interview);
                if finished.contains(&interview) || is_deleted {
                    needless.push(path);
                } else {
                    let held = wishes.holds(&interview, steps);
                    entries.extend(arrived(&path).map(|entry| DraftEntry { held, ..entry }));
                }
            }
        }
        for path in needless {
            atomic::remove(&path).map_err(CannotUnlock::Store)?;
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Returns whether slips lie here.
    #[must_use]
    pub fn has_slips(&self) -> bool {
        collection::count(&self.folder.slips()).unwrap_or(1) > 0
    }

    /// Returns the interviews that count, though the person deleted everything on the laptop after the draft they were
    /// sealed from had been handed over.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn deleted_after_sealing(&self, secret: Option<&str>) -> Result<Vec<InterviewId>, CannotUnlock> {
        let collection = self.open_collection(secret)?;
        let wishes = DraftWishes::of(&collection.slips);
        let all = collection.interviews.into_iter().map(|head| head.interview);
        Ok(all
            .filter(|interview| wishes.deleted.contains(interview))
            .collect())
    }

    /// Takes away an interview that counts, for good, as a withdrawal does.
    ///
    /// # Errors
    /// [`CannotUnlock`]: it takes the coordinator's own keys.
    pub fn let_go(&self, interview: &InterviewId, secret: Option<&str>) -> Result<(), CannotUnlock> {
        let keys = self.coordinator(secret)?;
        let mut random = Drawn(&self.random);
        let (folder, evaluation, identities) = (&self.folder, &self.evaluation, keys.identities());
        withdrawal::withdraw(
            folder,
            interview,
            &identities,
            evaluation,
            keys.signer(),
            &mut random,
        )
        .map_err(CannotUnlock::Store)?;
        if evaluation.made_up {
            return Ok(());
        }
        let path = self.home.ledger(&evaluation.id).map_err(CannotUnlock::Store)?;
        let mut ledger = Ledger::read(&path).map_err(CannotUnlock::Store)?;
        withdrawal::remember(
            folder,
            &identities,
            evaluation,
            &mut ledger,
            keys.signer(),
            &mut random,
        )
        .map(drop)
        .map_err(CannotUnlock::Store)
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
        held: false,
    })
}
