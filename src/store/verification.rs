//! Is everything here that was ever here, and is it what it was? Every file is opened and judged; what the ledger
//! knows and the folder does not have is named. Nothing is changed, and no answer is held.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::checked::EnvelopeHash;
use crate::store::collection::{rank, takes_its_place};
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::{self, EnvelopeName, Says};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::given_up::GivenUp;
use crate::store::handed_draft;
use crate::store::in_parallel::in_parallel;
use crate::store::journal;
use crate::store::judging::{Contents, Judged, Remark, judge};
use crate::store::keys::identities::Identities;
use crate::store::ledger::Ledger;
use crate::store::listing;
use crate::store::taken_elsewhere;
use crate::store::tombstone::{NoTombstone, Tombstones};
use crate::store::workbook;

#[cfg(test)]
mod verification_tests;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Verified {
    /// Files that are called envelopes, those set aside not counted.
    pub files: usize,
    /// Interviews that count.
    pub interviews: usize,
    /// Slips that count.
    pub slips: usize,
    /// Further envelopes and copies of what counts.
    pub copies: usize,
    /// Files of the workbook that count.
    pub workbook: usize,
    /// Steps of the workbook that others were made after and no file holds.
    pub lacking_steps: u64,
    /// Files set aside in the quarantine.
    pub aside: usize,
    /// The same by reason.
    pub aside_by: BTreeMap<Remark, usize>,
    /// Files set aside that only another coordinator's key opens, and that a coordinator has, as a receipt says.
    pub with_another: usize,
    /// Files set aside that count now, and come in with the next collecting.
    pub collectable: usize,
    /// Files among the tombstones that change nothing, and why.
    pub no_tombstones: Vec<(PathBuf, NoTombstone)>,
    /// Envelopes the ledger knew before.
    pub known: usize,
    /// Files there is something to say about, by path.
    pub remarks: Vec<(PathBuf, Remark)>,
    /// Envelopes that were seen before and are gone: deleted by somebody, or not synced. Withdrawn interviews and
    /// those there is another envelope of are not missing.
    pub missing: Vec<EnvelopeName>,
    /// Interviews that the ledger knows as withdrawn and of which there is no tombstone any more. They count nowhere all
    /// the same.
    pub lost_tombstones: usize,
    /// Laptops of the evaluation file that this machine does not know as they stand there, and copies of that file: the
    /// caller knows them.
    pub strangers: usize,
    /// A change of keys was begun on this machine and is not finished. Copies it left behind are no trouble.
    pub is_changing_keys: bool,
    /// Envelopes that count, by their whole hashes: their signatures were checked.
    pub checked: BTreeSet<EnvelopeHash>,
}

impl Verified {
    /// Returns whether all is well: nothing missing, and nothing among what counts that is not what it should be.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let harmless = |remark: &Remark| matches!(remark, Remark::Misnamed);
        // What is damaged or forged was set aside for good. What only another key or program opens may be an interview, and
        // so may what a laptop signed that nobody here has heard of.
        let waits =
            |remark: &Remark| matches!(remark, Remark::OtherKey | Remark::Newer | Remark::UnknownOrigin);
        self.missing.is_empty()
            && self.collectable == 0
            && self.lost_tombstones == 0
            && self.lacking_steps == 0
            && self.strangers == 0
            && self.no_tombstones.is_empty()
            && !self.aside_by.keys().any(waits)
            && self.remarks.iter().all(|(_, remark)| harmless(remark))
    }
}

/// Verifies an evaluation's folder against the ledger. What counts is added to the ledger; the caller keeps it.
///
/// `gone` says which interviews were withdrawn, so that nobody misses them, and the ledger learns of them. `given_up` says
/// whose files are copies of others, because a change of keys is not finished.
///
/// # Errors
/// What the system said.
pub fn verify(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    (gone, given_up): (&Tombstones, &GivenUp),
    ledger: &mut Ledger,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Verified, StoreError> {
    let stores = [FolderStore::new(folder.out()), FolderStore::new(folder.slips())];
    let mut names = Vec::new();
    for store in &stores {
        names.extend(store.list()?.into_iter().map(|name| (store, name)));
    }
    let all = names.len();
    let open = |number: usize| {
        let (store, name) = names.get(number)?;
        let path = store.folder().join(name);
        let seen = match store.get(name) {
            Ok(bytes) => {
                let judged = judge(&bytes, &path, identities, evaluation);
                Ok(Seen::of(judged))
            }
            Err(StoreError::TooLarge { .. }) => Ok(Err(Remark::Damaged)),
            Err(error) => Err(error),
        };
        Some((path, seen))
    };
    let mut found = Found::default();
    in_parallel(all, open, |opened| {
        if let Some((path, seen)) = opened {
            found.take(path, seen?);
        }
        progress(found.verified.files, all);
        Ok::<(), StoreError>(())
    })?;
    let judged = workbook::verify(&folder.workbook(), identities, evaluation, &gone.interviews)?;
    found.verified.workbook = judged.segments;
    found.verified.lacking_steps = judged.lacking;
    found.verified.remarks.extend(judged.remarks);
    found.verified.remarks.extend(no_files(folder)?);
    found.verified.aside =
        FolderStore::new(folder.quarantine()).list()?.len() + workbook::files(&folder.quarantine())?.len();
    let is_copy = |path: &Path| given_up.signed(path, identities, evaluation);
    found.leave_out(&is_copy);
    set_aside(folder, identities, evaluation, &is_copy, &mut found)?;
    found.verified.is_changing_keys = !given_up.is_empty();
    let waiting = found.drafts(folder, identities, evaluation)?;
    let ignored = gone.ignored.iter().filter(|(path, _)| !is_copy(path));
    found.verified.no_tombstones = ignored.cloned().collect();
    found.verified.lost_tombstones = ledger.withdrawn().difference(&gone.interviews).count();
    for interview in &gone.interviews {
        ledger.withdraw(interview);
    }
    let dropped = DraftWishes::read(folder, identities, evaluation)?;
    let gone = |interview: &InterviewId| waiting.contains(interview) || dropped.is_dropped(interview, 0);
    Ok(found.finish(ledger, &gone))
}

/// Returns what bears the name of a file of ours and is none.
fn no_files(folder: &EvaluationFolder) -> Result<Vec<(PathBuf, Remark)>, StoreError> {
    let mut strange = Vec::new();
    for (place, extension) in [
        (folder.out(), envelope::EXTENSION),
        (folder.slips(), envelope::EXTENSION),
        (folder.gone(), envelope::EXTENSION),
        (folder.quarantine(), envelope::EXTENSION),
        (folder.quarantine(), journal::EXTENSION),
        (folder.rescue(), journal::EXTENSION),
        (folder.draft(), journal::EXTENSION),
        (folder.workbook(), workbook::EXTENSION),
    ] {
        strange.extend(listing::of(&place, extension)?.strange);
    }
    Ok(strange.into_iter().map(|path| (path, Remark::NoFile)).collect())
}

/// Counts what is set aside, by the reason it has now, and what there is no reason for any more.
fn set_aside(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    is_copy: &dyn Fn(&Path) -> bool,
    found: &mut Found,
) -> Result<(), StoreError> {
    let aside = FolderStore::new(folder.quarantine());
    let taken = taken_elsewhere::named_here(folder, evaluation)?;
    for name in aside.list()? {
        let remark = match aside.get(&name) {
            Ok(bytes) if handed_draft::is_one(&bytes) => handed_draft::open(&bytes, evaluation).err(),
            Ok(bytes) => {
                let judged = judge(&bytes, &aside.folder().join(&name), identities, evaluation);
                if found.has_copy_of(&judged) {
                    continue;
                }
                if matches!(judged.contents, Err(Remark::OtherKey)) && taken.contains(&judged.name) {
                    found.verified.with_another += 1;
                    continue;
                }
                found.settled(judged)
            }
            Err(StoreError::TooLarge { .. }) => Some(Remark::Damaged),
            Err(error) => return Err(error),
        };
        match remark {
            Some(Remark::UnknownOrigin) if is_copy(&aside.folder().join(&name)) => {}
            Some(remark) => *found.verified.aside_by.entry(remark).or_default() += 1,
            None => found.verified.collectable += 1,
        }
    }
    Ok(())
}

/// An envelope that counts, without what was said in it.
struct Seen {
    hash: EnvelopeHash,
    name: EnvelopeName,
    is_named: bool,
    interview: InterviewId,
    is_slip: bool,
    says: Says,
    rescued: Option<u64>,
}

impl Seen {
    fn of(judged: Judged) -> Result<Self, Remark> {
        let (interview, says, is_slip, rescued) = match judged.contents? {
            Contents::Interview(record, says) => (record.interview, says, false, record.rescued),
            Contents::Slip(slip, says) => (slip.slip, says, true, None),
        };
        Ok(Self {
            hash: judged.hash,
            name: judged.name,
            is_named: judged.is_named,
            interview,
            is_slip,
            says,
            rescued,
        })
    }
}

#[derive(Default)]
struct Found {
    verified: Verified,
    counting: BTreeMap<InterviewId, Vec<(Seen, PathBuf)>>,
}

impl Found {
    fn take(&mut self, path: PathBuf, seen: Result<Seen, Remark>) {
        self.verified.files += 1;
        match seen {
            Err(remark) => self.verified.remarks.push((path, remark)),
            Ok(seen) => {
                if !seen.is_named {
                    self.verified.remarks.push((path.clone(), Remark::Misnamed));
                }
                let twins = self.counting.entry(seen.interview.clone()).or_default();
                twins.push((seen, path));
            }
        }
    }

    /// Returns whether something that was set aside is here in another envelope, too.
    fn has_copy_of(&self, judged: &Judged) -> bool {
        let counting = judged.interview().cloned().zip(judged.says());
        let aside = counting.or_else(|| judged.uncounted.clone());
        aside.is_some_and(|(interview, says)| {
            let here = self.counting.get(&interview);
            here.is_some_and(|here| here.iter().any(|(one, _)| one.says == says))
        })
    }

    /// Returns why something that was set aside stays there, now that it is known what is here.
    fn settled(&self, judged: Judged) -> Option<Remark> {
        let aside = match Seen::of(judged) {
            Ok(aside) => aside,
            Err(remark) => return Some(remark),
        };
        let here = self.counting.get(&aside.interview)?;
        let took_its_place = |(one, _): &(Seen, PathBuf)| !takes_its_place(aside.rescued, one.rescued);
        here.iter().any(took_its_place).then_some(Remark::Differs)
    }

    /// Copies of what counts are nothing to say anything about.
    fn leave_out(&mut self, is_copy: &dyn Fn(&Path) -> bool) {
        let unknown = |remark: &Remark| *remark == Remark::UnknownOrigin;
        self.verified
            .remarks
            .retain(|(path, remark)| !unknown(remark) || !is_copy(path));
    }

    /// Looks at the drafts that wait: whose they are, and of which interviews.
    fn drafts(
        &mut self,
        folder: &EvaluationFolder,
        identities: &Identities,
        evaluation: &Evaluation,
    ) -> Result<BTreeSet<InterviewId>, StoreError> {
        let mut waiting = BTreeSet::new();
        for draft in journal::list_drafts(&folder.rescue())? {
            let bytes = match atomic::read(&draft.path, journal::MAX_DRAFT) {
                Err(StoreError::TooLarge { .. }) => Vec::new(),
                read => read?,
            };
            if let Err(remark) = handed_draft::origin(&draft.path, &bytes, evaluation) {
                self.verified.remarks.push((draft.path, remark));
                continue;
            }
            let opened = handed_draft::interview_in(&bytes, identities);
            waiting.extend(opened.map(|(interview, _)| interview));
        }
        Ok(waiting)
    }

    /// `is_settled` says of an interview that its draft is here, or was dropped.
    fn finish(mut self, ledger: &mut Ledger, is_settled: &dyn Fn(&InterviewId) -> bool) -> Verified {
        let verified = &mut self.verified;
        let mut here = BTreeSet::new();
        for twins in self.counting.values_mut() {
            twins.sort_by(|(a, at), (b, bt)| {
                (rank(a.rescued, a.name), at).cmp(&(rank(b.rescued, b.name), bt))
            });
            let Some(((first, _), others)) = twins.split_first() else {
                continue;
            };
            if first.is_slip {
                verified.slips += 1;
            } else {
                verified.interviews += 1;
            }
            verified.copies += others.len();
            here.insert(first.name);
            for (other, path) in others {
                here.insert(other.name);
                if other.says != first.says && !takes_its_place(first.rescued, other.rescued) {
                    verified.remarks.push((path.clone(), Remark::Differs));
                }
            }
        }
        for (name, interview) in ledger.seen() {
            verified.known += 1;
            let has_another = self.counting.contains_key(interview);
            if !here.contains(name) && !has_another && !ledger.withdrawn().contains(interview) {
                verified.missing.push(*name);
            }
        }
        // A draft that was used is missed as what it was sealed into.
        let sealed: BTreeSet<&InterviewId> = ledger.seen().map(|(_, interview)| interview).collect();
        for (name, interview) in ledger.drafts() {
            let is_in = sealed.contains(interview) || is_settled(interview);
            if !is_in && !ledger.withdrawn().contains(interview) {
                verified.missing.push(*name);
            }
        }
        for (seen, _) in self.counting.values().flatten() {
            ledger.see(seen.name, &seen.interview);
            verified.checked.insert(seen.hash);
        }
        verified.remarks.sort();
        self.verified
    }
}
