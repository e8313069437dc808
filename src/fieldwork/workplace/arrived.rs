//! Drafts that laptops handed over, and interviews sealed from them that wait for somebody's word: which are still to be
//! decided on, and what is decided.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::id::Slug;
use crate::domain::record::InterviewId;
use crate::domain::slip::{self, Decided, Decision, Slip};
use crate::fieldwork::desk::DraftEntry;
use crate::fieldwork::journal_keeper::{Drawn, note_in_ledger};
use crate::store::draft_wishes::Waits;
use crate::store::envelope::{may_interview, seal_slip};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::error::KeyProblem;
use crate::store::judging::Remark;
use crate::store::keys::CoordinatorKeys;
use crate::store::randomness::draw;
use crate::store::{
    StoreError, atomic, collection, handed_draft, journal, set_aside, superseded, tombstone, withdrawal,
};

use super::{CannotUnlock, Workplace};

/// A draft that a laptop handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivedDraft {
    /// The draft, to be opened.
    pub entry: DraftEntry,
    /// Of which interview; nothing where it cannot be read.
    pub interview: Option<InterviewId>,
    /// How many steps it has.
    pub steps: u64,
    /// Whether somebody asked that the answers be deleted, or not used yet.
    pub waits: Option<Waits>,
    /// How many steps the last message had that it waits.
    pub held_with: Option<u64>,
    /// Whether an interview was sealed from a shorter draft of it before.
    pub replaces: bool,
    /// Why it is not used, where no laptop that counts signed it.
    pub foreign: Option<Remark>,
}

/// An interview that would count and waits for somebody's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingInterview {
    /// Which.
    pub interview: InterviewId,
    /// Its round.
    pub round: Slug,
    /// The laptop it was held on.
    pub laptop: Option<Slug>,
    /// The site.
    pub site: Option<Slug>,
    /// Why.
    pub why: Waits,
    /// How many steps the message had that says so.
    pub held_with: u64,
}

impl Workplace {
    /// Returns the drafts that laptops handed over and that are still to be decided on. Those of interviews that came
    /// finished since, that were withdrawn or dropped, or of which a longer draft came, are removed.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn arrived_drafts(&self, secret: Option<&str>) -> Result<Vec<ArrivedDraft>, CannotUnlock> {
        let identities = self.unlock(secret)?;
        let rescue = self.folder.rescue();
        let found = journal::recover_all(&rescue, &identities).map_err(CannotUnlock::Store)?;
        let mut best: BTreeMap<InterviewId, (u64, PathBuf)> = BTreeMap::new();
        let mut needless = Vec::new();
        let mut drafts = Vec::new();
        handed_draft::tidy(&rescue).map_err(CannotUnlock::Store)?;
        for (path, recovered) in found {
            // Whoever can write there could lay a draft there.
            let bytes = atomic::read(&path, journal::MAX_DRAFT).map_err(CannotUnlock::Store)?;
            if let Err(remark) = handed_draft::origin(&path, &bytes, &self.evaluation) {
                drafts.extend(arrived(&path).map(|draft| ArrivedDraft {
                    foreign: Some(remark),
                    ..draft
                }));
                continue;
            }
            let Ok(recovered) = recovered else {
                // It is named when it is opened.
                drafts.extend(arrived(&path));
                continue;
            };
            let steps = recovered.steps();
            let interview = recovered.opening.interview.clone();
            match best.get_mut(&interview) {
                Some(known) if known.0 >= steps => needless.push(path),
                Some(known) => needless.push(std::mem::replace(known, (steps, path)).1),
                None => drop(best.insert(interview, (steps, path))),
            }
        }
        if !best.is_empty() {
            let gone = self.gone(&identities).map_err(CannotUnlock::Store)?;
            let collection = self.open_again(&identities, &mut (), &mut |_, _| ())?;
            let wishes = &collection.wishes;
            let waiting = collection.waiting.iter().map(|(head, _)| head);
            let here: BTreeSet<&InterviewId> = collection
                .interviews
                .iter()
                .chain(waiting)
                .map(|head| &head.interview)
                .collect();
            for (interview, (steps, path)) in best {
                // One of an interview that was sealed from a draft is needed where it is longer.
                let is_in = here.contains(&interview)
                    && collection
                        .rescued
                        .get(&interview)
                        .is_none_or(|known| *known >= steps);
                let is_gone = gone.interviews.contains(&interview)
                    || wishes.is_deleted(&interview)
                    || wishes.is_dropped(&interview, steps);
                if is_in || is_gone {
                    needless.push(path);
                    continue;
                }
                drafts.extend(arrived(&path).map(|draft| ArrivedDraft {
                    steps,
                    waits: wishes.waits(&interview, Some(steps)),
                    held_with: wishes.held_with(&interview),
                    replaces: here.contains(&interview),
                    interview: Some(interview),
                    ..draft
                }));
            }
        }
        for path in needless {
            handed_draft::remove(&path).map_err(CannotUnlock::Store)?;
        }
        drafts.sort_by(|a, b| a.entry.name.cmp(&b.entry.name));
        Ok(drafts)
    }

    /// Returns whether slips lie here, or something that was set aside and may be one.
    #[must_use]
    pub fn has_slips(&self) -> bool {
        let lies = |folder: &Path| collection::count(folder).unwrap_or(1) > 0;
        lies(&self.folder.slips()) || lies(&self.folder.quarantine())
    }

    /// Returns the interviews that would count and wait for somebody's word: after the draft had been handed over and
    /// sealed here, the person deleted everything on the laptop, or said "do not use them yet".
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn waiting_interviews(&self, secret: Option<&str>) -> Result<Vec<WaitingInterview>, CannotUnlock> {
        let collection = self.open_collection(secret)?;
        let waiting = collection.waiting.iter();
        Ok(waiting
            .map(|(head, why)| WaitingInterview {
                interview: head.interview.clone(),
                round: head.round.clone(),
                laptop: head.laptop.clone(),
                site: head.site.clone(),
                why: *why,
                held_with: collection.wishes.held_with(&head.interview).unwrap_or(0),
            })
            .collect())
    }

    /// Takes away an interview for good, with every draft of it. Returns what went wrong where it could not be noted in this
    /// machine's ledger: it is gone all the same.
    ///
    /// # Errors
    /// What the system said; [`StoreError::Keys`] where these keys sign for nobody.
    pub fn withdraw(
        &self,
        interview: &InterviewId,
        keys: &CoordinatorKeys,
    ) -> Result<Option<StoreError>, StoreError> {
        let mut random = Drawn(&self.random);
        let (folder, evaluation, identities) = (&self.folder, &self.evaluation, keys.identities());
        let left = withdrawal::withdraw(
            folder,
            interview,
            &identities,
            evaluation,
            keys.signer(),
            &mut random,
        )?;
        // A made-up evaluation leaves nothing on the machine.
        let noted = self
            .own_ledger()
            .map_or(Ok(()), |ledger| withdrawal::note(&ledger, interview));
        Ok(left.or(noted.err()))
    }

    /// As [`Self::withdraw`], by the coordinator's secret.
    ///
    /// # Errors
    /// [`CannotUnlock`]: it takes the coordinator's own keys.
    pub fn let_go(
        &self,
        interview: &InterviewId,
        secret: Option<&str>,
    ) -> Result<Option<StoreError>, CannotUnlock> {
        let keys = self.coordinator(secret)?;
        self.withdraw(interview, &keys).map_err(CannotUnlock::Store)
    }

    /// Sees to it that no copy of an interview ever comes back, whatever a laptop hands over.
    ///
    /// # Errors
    /// [`CannotUnlock`]: it takes the coordinator's own keys.
    pub fn bury(&self, interview: &InterviewId, secret: Option<&str>) -> Result<(), CannotUnlock> {
        let keys = self.coordinator(secret)?;
        let gone = self.folder.gone();
        let to = may_interview(&self.evaluation).map_err(|_| CannotUnlock::NeedsSecret)?;
        tombstone::put(&gone, interview, &to, keys.signer(), &mut Drawn(&self.random))
            .map_err(CannotUnlock::Store)?;
        // Where that cannot be noted now, the next collecting notes it.
        let _ = self
            .own_ledger()
            .map(|ledger| withdrawal::note(&ledger, interview));
        Ok(())
    }

    /// Writes down what the coordinator decided about an interview with so many steps, so that it holds for every copy
    /// and for every coordinator.
    ///
    /// # Errors
    /// What the system said; then nothing is decided.
    pub fn decide(
        &self,
        interview: &InterviewId,
        round: &Slug,
        steps: u64,
        what: Decision,
    ) -> Result<(), StoreError> {
        let to = may_interview(&self.evaluation).map_err(|_| KeyProblem::None)?;
        let laptop = self.laptop_key().map_err(|_| KeyProblem::NotAKey)?;
        // Whoever did not finish was asked, and stopped.
        let stopped = u32::from(what == Decision::Dropped);
        let slip = Slip {
            schema: slip::SCHEMA,
            slip: InterviewId::from_bytes(draw::<16>(&mut Drawn(&self.random))?),
            round: round.clone(),
            site: None,
            asked: stopped,
            declined: 0,
            stopped,
            deleted: None,
            held: None,
            decided: Some(Decided {
                interview: interview.clone(),
                steps,
                what,
            }),
            made_up: self.evaluation.made_up,
            newer: BTreeMap::new(),
        };
        let sealed = seal_slip(&slip, &to, laptop.signer())?;
        FolderStore::new(self.folder.slips()).put_if_absent(sealed.name(), sealed.bytes())?;
        note_in_ledger(self.own_ledger().as_deref(), sealed.name(), &slip.slip);
        Ok(())
    }

    /// Returns the ledger of what was seen, where this machine keeps one: a coordinator's.
    pub(super) fn own_ledger(&self) -> Option<PathBuf> {
        let keeps = self.kit.is_none() && !self.evaluation.made_up;
        keeps
            .then(|| self.home.ledger(&self.evaluation.id).ok())
            .flatten()
    }

    /// Returns how many interviews and drafts were set aside and not looked at here: they count nowhere.
    #[must_use]
    pub fn set_aside(&self) -> usize {
        set_aside::unseen(&self.folder, &self.home, &self.evaluation.id).unwrap_or(0)
    }

    /// Notes that somebody has looked at what is set aside.
    ///
    /// # Errors
    /// What the system said.
    pub fn see_set_aside(&self) -> Result<(), StoreError> {
        set_aside::see(&self.folder, &self.home, &self.evaluation.id)
    }

    /// Removes what says who signed drafts that are gone. What cannot be removed now is, the next time.
    pub fn tidy_arrived(&self) {
        let _ = handed_draft::tidy(&self.folder.rescue());
    }

    /// Signs a draft that arrived and was written anew here, so that it is known the next time.
    pub(super) fn sign_arrived(&self, path: &Path) -> Result<(), StoreError> {
        let laptop = self.laptop_key().map_err(|_| KeyProblem::NotAKey)?;
        let bytes = atomic::read(path, journal::MAX_DRAFT)?;
        handed_draft::sign(path, &bytes, &self.evaluation.id, laptop.signer())
    }

    /// Removes the envelope of an interview that was sealed from a shorter draft than one that counts.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn remove_superseded(
        &self,
        interview: &InterviewId,
        secret: Option<&str>,
    ) -> Result<(), CannotUnlock> {
        let identities = self.unlock(secret)?;
        let only = [interview.clone()].into();
        superseded::remove(&self.folder, &identities, &self.evaluation, &only)
            .map(drop)
            .map_err(CannotUnlock::Store)
    }
}

fn arrived(path: &Path) -> Option<ArrivedDraft> {
    Some(ArrivedDraft {
        entry: DraftEntry {
            name: path.file_stem()?.to_str()?.to_owned(),
            last_day: None,
            arrived: true,
        },
        interview: None,
        steps: 0,
        waits: None,
        held_with: None,
        replaces: false,
        foreign: None,
    })
}
