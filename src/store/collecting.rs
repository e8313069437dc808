//! Bringing together what laptops handed over: a union by content. Whatever order, however many copies, under
//! whatever names: the same envelopes end in the same places, and nothing is ever deleted.
//!
//! | what | where to |
//! |---|---|
//! | an interview that counts | `out/` |
//! | a slip that counts | `slips/` |
//! | a draft that a laptop of ours signed | `rescue/` |
//! | a tombstone that a coordinator of ours signed | `gone/` |
//! | a piece of the workbook that a coordinator of ours signed | `workbook/` |
//! | sealed to keys that are not here, where a receipt says that another coordinator has it | nowhere; it is counted |
//! | damaged, of unknown or revoked origin, of another evaluation, of a newer version | `quarantine/`, looked at again next time |
//! | an interview that the ledger knows as withdrawn | nowhere; a receipt names it, so that the laptop lets it go |
//! | a file that is not here yet | nowhere; it is named |
//!
//! Names are made anew from the contents, so that nothing in a delivery can say where it goes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::checked::EnvelopeHash;
use crate::store::envelope::EnvelopeName;
use crate::store::envelope_store::{EnvelopeStore, FolderStore, Put};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::judging::{Contents, Judged, Remark, judge};
use crate::store::keys::identities::Identities;
use crate::store::ledger::Ledger;

use run::Run;

#[cfg(test)]
mod collecting_tests;
mod here;
mod run;
#[cfg(test)]
mod share_law_tests;
mod sources;

/// What came of collecting.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Collected {
    /// Deliveries read.
    pub deliveries: usize,
    /// Envelopes looked at.
    pub envelopes: usize,
    /// Interviews that were not here before.
    pub interviews: usize,
    /// Slips that were not here before.
    pub slips: usize,
    /// Drafts that nobody finished and that were not here before.
    pub drafts: usize,
    /// Messages that somebody's draft waits for their word, and that were not here before.
    pub held: usize,
    /// Decisions of another coordinator about drafts, that were not here before.
    pub decisions: usize,
    /// Interviews that came once more, in another envelope: one that the person finished may take the place of one that
    /// was sealed from a draft.
    pub again: BTreeSet<InterviewId>,
    /// Pieces of another coordinator's workbook that were not here before.
    pub workbook: usize,
    /// Copies of what was here, or came twice.
    pub copies: usize,
    /// Tombstones of withdrawn interviews that were not here before, from another coordinator's folder.
    pub tombstones: usize,
    /// Of interviews that were withdrawn: they are taken in no more, and the laptop need not keep them.
    pub withdrawn: usize,
    /// What was set aside, by reason.
    pub aside: BTreeMap<Remark, usize>,
    /// Sealed to keys that are not here, and taken in by another coordinator, as a receipt says.
    pub with_another: usize,
    /// Evaluation files of other coordinators' folders: they may name laptops that nobody here knows.
    pub evaluation_files: Vec<PathBuf>,
    /// Drafts that nobody handed over: they lie in a laptop's own folder, and are left there.
    pub left: usize,
    /// Files that are not here yet: a sync program has their names and not their contents.
    pub absent: Vec<PathBuf>,
    /// Deliveries that are not whole. What is whole in them is taken.
    pub cut: Vec<PathBuf>,
    /// Deliveries of another evaluation. Nothing of them is taken.
    pub elsewhere: Vec<PathBuf>,
    /// Deliveries of a newer version of the program.
    pub newer: Vec<PathBuf>,
    /// Files that were named and are nothing that is handed over. They are left where they are.
    pub strange: Vec<PathBuf>,
    /// What the system would not let us read.
    pub unreadable: Vec<(PathBuf, StoreError)>,
    /// Everything that is safe here now and was in what was handed over: what a receipt can name.
    pub accepted: BTreeSet<EnvelopeName>,
    /// The same by their whole hashes: their signatures were checked.
    pub checked: BTreeSet<EnvelopeHash>,
}

/// Where everything goes, and what decides it.
pub struct Collector<'c> {
    /// Interviews.
    pub out: &'c dyn EnvelopeStore,
    /// Slips.
    pub slips: &'c dyn EnvelopeStore,
    /// What is set aside.
    pub aside: &'c dyn EnvelopeStore,
    /// The keys at hand.
    pub identities: &'c Identities,
    /// The evaluation.
    pub evaluation: &'c Evaluation,
}

/// Collects files and folders into an evaluation's folder. `progress` is told how many envelopes were looked at.
///
/// # Errors
/// What the system said about our own folder. What cannot be read of the sources is told in [`Collected`], and the
/// rest is taken.
pub fn collect(
    sources: &[PathBuf],
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    ledger: &mut Ledger,
    progress: &mut dyn FnMut(usize),
) -> Result<Collected, StoreError> {
    let store = |path: PathBuf| FolderStore::new(path);
    let (out, slips, aside) = (
        store(folder.out()),
        store(folder.slips()),
        store(folder.quarantine()),
    );
    let collector = Collector {
        out: &out,
        slips: &slips,
        aside: &aside,
        identities,
        evaluation,
    };
    catch_up(&collector, ledger)?;
    let known = ledger.seen().map(|(_, interview)| interview.clone()).collect();
    let mut run = Run {
        known,
        counted: BTreeSet::new(),
        here: None,
        collector: &collector,
        rescue: folder.rescue(),
        folder,
        ledger,
        collected: Collected::default(),
        shut: Vec::new(),
        receipts: Vec::new(),
        batch: Vec::new(),
        bytes: 0,
        own: folder.root().canonicalize().ok(),
        progress,
    };
    let done = run.everything(sources, &aside);
    let collected = run.collected;
    // Also where our own folder failed in the middle: what is in it by then must be missed when somebody deletes it.
    ledger.keep()?;
    done.map(|()| collected)
}

/// Lets the ledger know of envelopes that lie here and that it never saw: another coordinator's machine collected them, or
/// sealed them again.
fn catch_up(collector: &Collector<'_>, ledger: &mut Ledger) -> Result<(), StoreError> {
    for store in [collector.out, collector.slips] {
        for file in store.list()? {
            let name = file.get(..32).and_then(EnvelopeName::parse);
            if name.is_some_and(|name| ledger.interview_in(&name).is_some()) {
                continue;
            }
            let bytes = match store.get(&file) {
                Err(StoreError::TooLarge { .. } | StoreError::NotFound { .. }) => continue,
                read => read?,
            };
            let judged = collector.judge(&bytes, Path::new(&file));
            if let Some(interview) = judged.interview() {
                ledger.see(judged.name, interview);
            }
        }
    }
    Ok(())
}

impl Collector<'_> {
    /// Puts an envelope where it belongs. Returns whether it was new there; `None` for what is not here yet.
    ///
    /// # Errors
    /// What the system said.
    pub fn place(&self, judged: &Judged, bytes: &[u8]) -> Result<Option<Put>, StoreError> {
        let store = match &judged.contents {
            Ok(Contents::Interview(..)) => self.out,
            Ok(Contents::Slip(..)) => self.slips,
            Err(Remark::Absent) => return Ok(None),
            Err(_) => self.aside,
        };
        store.put_if_absent(&judged.name, bytes).map(Some)
    }

    fn judge(&self, bytes: &[u8], path: &Path) -> Judged {
        judge(bytes, path, self.identities, self.evaluation)
    }
}
