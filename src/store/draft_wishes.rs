//! What people decided about their drafts after a copy had been handed over. It comes in slips that the laptop signed,
//! and wins over every copy of the draft, whenever and however often that comes.
//!
//! "Delete everything" makes a tombstone, as a withdrawal does. Where the coordinator had sealed the draft meanwhile, a
//! laptop's word alone does not take away an interview that counts: the coordinator is told, and decides.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::domain::slip::Slip;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::hex;
use crate::store::judging::{Contents, judge};
use crate::store::keys::identities::Identities;
use crate::store::ledger::Ledger;
use crate::store::unsealed;

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftWishes {
    /// Interviews whose answers were deleted.
    pub deleted: BTreeSet<InterviewId>,
    /// Interviews that wait for the person's word, with how many steps their drafts had then.
    pub held: BTreeMap<InterviewId, u64>,
}

impl DraftWishes {
    /// Returns what slips say.
    #[must_use]
    pub fn of<'s>(slips: impl IntoIterator<Item = &'s Slip>) -> Self {
        let mut wishes = Self::default();
        for slip in slips {
            wishes.take(slip);
        }
        wishes
    }

    /// Returns what the slips in an evaluation's folder say, as far as they count.
    ///
    /// # Errors
    /// What the system said.
    pub fn read(
        folder: &EvaluationFolder,
        identities: &Identities,
        evaluation: &Evaluation,
    ) -> Result<Self, StoreError> {
        let mut wishes = Self::default();
        for path in unsealed::files(&folder.slips())? {
            let Some(bytes) = unsealed::read(&path)? else {
                continue;
            };
            if let Ok(Contents::Slip(slip, _)) = judge(&bytes, &path, identities, evaluation).contents {
                wishes.take(&slip);
            }
        }
        Ok(wishes)
    }

    fn take(&mut self, slip: &Slip) {
        let is_name = |interview: &&InterviewId| hex::bytes::<16>(interview.as_str()).is_some();
        self.deleted.extend(slip.deleted.iter().filter(is_name).cloned());
        if let Some(held) = &slip.held {
            let steps = self.held.entry(held.interview.clone()).or_default();
            *steps = held.steps.max(*steps);
        }
    }

    /// Returns whether a draft with so many steps waits for the person's word.
    #[must_use]
    pub fn holds(&self, interview: &InterviewId, steps: usize) -> bool {
        let held = self.held.get(interview);
        held.is_some_and(|held| u64::try_from(steps).is_ok_and(|steps| steps <= *held))
    }
}

/// Lets the ledger know of every draft that was deleted on its laptop, so that no copy of it ever counts. Returns the
/// interviews that had been sealed from such a draft: they count still.
///
/// # Errors
/// What the system said.
pub fn honour(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    ledger: &mut Ledger,
) -> Result<BTreeSet<InterviewId>, StoreError> {
    let wishes = DraftWishes::read(folder, identities, evaluation)?;
    let fresh: BTreeSet<_> = wishes.deleted.difference(ledger.withdrawn()).cloned().collect();
    let mut sealed = BTreeSet::new();
    if fresh.is_empty() {
        return Ok(sealed);
    }
    let out = folder.out();
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if found.path.parent() == Some(out.as_path()) && fresh.contains(&found.record.interview) {
            sealed.insert(found.record.interview);
        }
        Ok(())
    })?;
    for interview in fresh.difference(&sealed) {
        ledger.withdraw(interview);
    }
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{DraftWishes, honour};
    use crate::domain::slip::{Held, SCHEMA, Slip};
    use crate::store::atomic::{Access, make_folder, write_new};
    use crate::store::collecting::{Collected, collect};
    use crate::store::delivery;
    use crate::store::envelope::{may_interview, seal_slip};
    use crate::store::envelope_store::{EnvelopeStore, MemoryStore};
    use crate::store::handed_draft;
    use crate::store::journal::Draft;
    use crate::store::keys::Signer;
    use crate::store::ledger::Ledger;
    use crate::store::randomness::repeatable;
    use crate::store::sample::{answered, interview, opening, record, slug};
    use crate::store::sample_office::Office;
    use crate::store::withdrawal::{prune, remember};

    fn slip(number: u8) -> Slip {
        Slip {
            schema: SCHEMA,
            slip: interview(number),
            round: slug("2026h"),
            site: None,
            asked: 1,
            declined: 0,
            stopped: 1,
            deleted: Some(opening().interview),
            held: None,
            made_up: false,
            newer: Default::default(),
        }
    }

    /// A draft as a laptop wraps it for the way.
    fn wrapped(office: &Office, words: &[&str], signer: &Signer) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let to = may_interview(&office.evaluation).unwrap();
        let entries: Vec<_> = words.iter().map(|words| answered(words)).collect();
        let made = Draft::create(
            folder.path(),
            &opening(),
            &entries,
            to.recipients(),
            &mut repeatable(1),
        );
        let journal = fs::read(made.unwrap().path()).unwrap();
        handed_draft::wrap(&journal, &office.evaluation.id, signer)
    }

    fn delivered(office: &Office, to: &Path, slips: &[Slip], drafts: &[Vec<u8>]) {
        let to_them = may_interview(&office.evaluation).unwrap();
        let store = MemoryStore::default();
        for slip in slips {
            let sealed = seal_slip(slip, &to_them, &office.people.laptop).unwrap();
            store.put_if_absent(sealed.name(), sealed.bytes()).unwrap();
        }
        delivery::write(to, &office.evaluation.id, &[&store], drafts, |_| true).unwrap();
    }

    /// What the coordinator's program does with what was handed over. Returns what came, and how many sealed
    /// interviews there is something to decide about.
    fn collected(office: &Office, stick: &Path) -> (Collected, usize) {
        let identities = office.people.identities();
        let (folder, evaluation) = (&office.folder, &office.evaluation);
        let mut ledger = Ledger::read(&folder.root().join("ledger")).unwrap();
        let sources = [stick.to_owned()];
        let done = collect(
            &sources,
            folder,
            &identities,
            evaluation,
            &mut ledger,
            &mut |_| (),
        )
        .unwrap();
        let sealed = honour(folder, &identities, evaluation, &mut ledger).unwrap();
        let signer = &office.coordinator;
        remember(
            folder,
            &identities,
            evaluation,
            &mut ledger,
            signer,
            &mut repeatable(9),
        )
        .unwrap();
        prune(folder, &identities, evaluation).unwrap();
        (done, sealed.len())
    }

    fn left(office: &Office) -> usize {
        let files = |folder: &Path| fs::read_dir(folder).map_or(0, Iterator::count);
        files(&office.folder.rescue()) + files(&office.folder.quarantine())
    }

    #[test]
    fn what_was_deleted_on_the_laptop_goes_at_the_coordinators_for_good() {
        let office = Office::new();
        let stick = tempfile::tempdir().unwrap();
        let (first, then) = (stick.path().join("1"), stick.path().join("2"));
        make_folder(&first).unwrap();
        make_folder(&then).unwrap();
        delivered(
            &office,
            &first,
            &[],
            &[wrapped(&office, &["en"], &office.people.laptop)],
        );
        assert_eq!(collected(&office, &first).0.drafts, 1);
        // A copy that a sync program made of an older state, and one whose sender nobody knows.
        let stranger = Signer::generate(&mut repeatable(77)).unwrap();
        let foreign = wrapped(&office, &["en", "to"], &stranger);
        write_new(&office.folder.quarantine().join("x.stm"), &foreign, Access::Owner).unwrap();
        let damaged = handed_draft::wrap(b"", &office.evaluation.id, &stranger);
        write_new(&office.folder.quarantine().join("y.stm"), &damaged, Access::Owner).unwrap();
        assert_eq!(left(&office), 3);
        delivered(&office, &then, &[slip(9)], &[]);
        assert_eq!(collected(&office, &then).1, 0);
        assert_eq!(left(&office), 1, "what cannot be read stays");
        // The old delivery still lies on the stick; and somebody deletes the tombstone.
        for file in fs::read_dir(office.folder.gone()).unwrap().flatten() {
            fs::remove_file(file.path()).unwrap();
        }
        let (again, _) = collected(&office, &first);
        assert_eq!((again.drafts, again.withdrawn, again.accepted.len()), (0, 1, 1));
        assert_eq!(left(&office), 1);
    }

    #[test]
    fn an_interview_that_was_sealed_from_the_draft_is_for_the_coordinator_to_decide() {
        let office = Office::new();
        let stick = tempfile::tempdir().unwrap();
        office.put(&record(1));
        assert_eq!(record(1).interview, opening().interview);
        delivered(&office, stick.path(), &[slip(9)], &[]);
        assert_eq!(collected(&office, stick.path()).1, 1);
        assert_eq!(collected(&office, stick.path()).1, 1, "until it is decided");
        assert_eq!(office.files(), 1);
    }

    #[test]
    fn a_draft_waits_until_it_was_gone_on_with() {
        let mut waits = slip(1);
        (waits.deleted, waits.held) = (
            None,
            Some(Held {
                interview: interview(1),
                steps: 7,
            }),
        );
        let wishes = DraftWishes::of([&waits, &slip(2)]);
        assert!(wishes.holds(&interview(1), 7) && !wishes.holds(&interview(1), 8));
        assert!(!wishes.holds(&interview(2), 1));
        assert_eq!(wishes.deleted.len(), 1);
    }
}
