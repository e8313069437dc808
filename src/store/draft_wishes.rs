//! What people decided about their drafts after a copy had been handed over, and what the coordinator decided about
//! those. It comes in slips, and holds for every copy of the draft, whenever and however often that comes: a set and
//! greatest numbers, so that no order of deliveries makes a difference.
//!
//! "Delete everything" makes a tombstone, as a withdrawal does. Where the coordinator had sealed the draft meanwhile, a
//! laptop's word alone does not take away an interview for good: it counts no more, the coordinator is told, and decides.
//! The same goes for "do not use them yet", and for what a laptop asked for that was revoked: its slips count for
//! nothing else, but whoever wants answers gone or held knows the random name that lies sealed with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::domain::slip::{Decision, Slip};
use crate::store::envelope::{self, Opened, Origin};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::hex;
use crate::store::judging::{Contents, judge};
use crate::store::keys::identities::Identities;
use crate::store::ledger::Ledger;
use crate::store::unsealed;

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftWishes {
    deleted: BTreeSet<InterviewId>,
    /// Asked for by a laptop that was revoked.
    doubtful: BTreeSet<InterviewId>,
    /// With how many steps.
    held: BTreeMap<InterviewId, u64>,
    said_yes: BTreeMap<InterviewId, u64>,
    dropped: BTreeMap<InterviewId, u64>,
    not_deleted: BTreeSet<InterviewId>,
}

/// Why answers count nowhere, until the person or the coordinator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// The person deleted them on the laptop.
    Deleted,
    /// The same, by a laptop that was revoked.
    DeletionAsked,
    /// "Do not use them yet".
    NotYet,
}

impl DraftWishes {
    /// Returns what the slips in an evaluation's folder say, those of revoked laptops included as far as they hold
    /// anything back.
    ///
    /// # Errors
    /// What the system said.
    pub fn read(
        folder: &EvaluationFolder,
        identities: &Identities,
        evaluation: &Evaluation,
    ) -> Result<Self, StoreError> {
        let mut wishes = Self::of_revoked(folder, identities, evaluation)?;
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

    /// Returns what slips of revoked laptops ask for: those that came before they were revoked, and those set aside.
    ///
    /// # Errors
    /// What the system said.
    pub fn of_revoked(
        folder: &EvaluationFolder,
        identities: &Identities,
        evaluation: &Evaluation,
    ) -> Result<Self, StoreError> {
        let mut wishes = Self::default();
        if !evaluation.signing.laptops.iter().any(|laptop| laptop.revoked) {
            return Ok(wishes);
        }
        for place in [folder.slips(), folder.quarantine()] {
            for path in unsealed::files(&place)? {
                let bytes = unsealed::read(&path)?.filter(|bytes| !handed_draft::is_one(bytes));
                let opened = bytes.map(|bytes| envelope::open(&bytes, identities, &evaluation.id));
                if let Some(Ok(Opened::Slip { slip, signed_by, .. })) = opened
                    && matches!(Origin::of(&signed_by, &evaluation.signing), Origin::Revoked(_))
                    && slip.made_up == evaluation.made_up
                {
                    wishes.take_doubtful(&slip);
                }
            }
        }
        Ok(wishes)
    }

    /// Adds what a slip says that counts.
    pub fn take(&mut self, slip: &Slip) {
        self.deleted.extend(slip.deleted.iter().filter(is_name).cloned());
        self.hold(slip);
        let Some(decided) = &slip.decided else {
            return;
        };
        let interview = decided.interview.clone();
        match decided.what {
            Decision::SaidYes => raise(&mut self.said_yes, interview, decided.steps),
            Decision::Dropped => raise(&mut self.dropped, interview, decided.steps),
            Decision::NotDeleted => drop(self.not_deleted.insert(interview)),
        }
    }

    /// Adds what a slip of a revoked laptop asks for.
    fn take_doubtful(&mut self, slip: &Slip) {
        self.doubtful.extend(slip.deleted.iter().filter(is_name).cloned());
        self.hold(slip);
    }

    fn hold(&mut self, slip: &Slip) {
        if let Some(held) = &slip.held {
            raise(&mut self.held, held.interview.clone(), held.steps);
        }
    }

    /// Returns whether the person deleted the interview, by a laptop that counts.
    #[must_use]
    pub fn is_deleted(&self, interview: &InterviewId) -> bool {
        self.deleted.contains(interview)
    }

    /// Returns whether the coordinator dropped the draft with so many steps.
    #[must_use]
    pub fn is_dropped(&self, interview: &InterviewId, steps: u64) -> bool {
        self.dropped
            .get(interview)
            .is_some_and(|dropped| steps <= *dropped)
    }

    /// Returns whether the answers of an interview wait, and why. `steps` is how many its draft had, of a draft or of an
    /// interview sealed from one by the coordinator; nothing of one that was finished with the person there.
    #[must_use]
    pub fn waits(&self, interview: &InterviewId, steps: Option<u64>) -> Option<Waits> {
        if self.deleted.contains(interview) {
            return Some(Waits::Deleted);
        }
        if self.doubtful.contains(interview) && !self.not_deleted.contains(interview) {
            return Some(Waits::DeletionAsked);
        }
        let held = self.held.get(interview)?;
        let is_answered = self.said_yes.get(interview).is_some_and(|yes| yes >= held);
        let is_held = steps.is_some_and(|steps| steps <= *held) && !is_answered;
        is_held.then_some(Waits::NotYet)
    }

    /// Returns how many steps the last message had that an interview waits.
    #[must_use]
    pub fn held_with(&self, interview: &InterviewId) -> Option<u64> {
        self.held.get(interview).copied()
    }

    /// Returns whether nothing of this can hold back an interview.
    fn is_nothing(&self, ledger: &Ledger) -> bool {
        self.doubtful.is_empty() && self.held.is_empty() && self.fresh(ledger).next().is_none()
    }

    /// The deletions that the ledger does not know of.
    fn fresh<'w>(&'w self, ledger: &'w Ledger) -> impl Iterator<Item = &'w InterviewId> {
        self.deleted.difference(ledger.withdrawn())
    }
}

fn is_name(interview: &&InterviewId) -> bool {
    hex::bytes::<16>(interview.as_str()).is_some()
}

fn raise(numbers: &mut BTreeMap<InterviewId, u64>, interview: InterviewId, to: u64) {
    let number = numbers.entry(interview).or_default();
    *number = to.max(*number);
}

/// Lets the ledger know of every draft that was deleted on its laptop, so that no copy of it ever counts. Returns the
/// interviews that had been sealed before and wait now for the coordinator, each with the reason.
///
/// # Errors
/// What the system said.
pub fn honour(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    ledger: &mut Ledger,
) -> Result<BTreeMap<InterviewId, Waits>, StoreError> {
    let wishes = DraftWishes::read(folder, identities, evaluation)?;
    let mut waiting = BTreeMap::new();
    if wishes.is_nothing(ledger) {
        return Ok(waiting);
    }
    // Of each interview here that may have to wait, how far the one that counts had come; the furthest wins.
    let mut here: BTreeMap<InterviewId, Option<u64>> = BTreeMap::new();
    let out = folder.out();
    unsealed::each_interview(folder, identities, evaluation, |found| {
        let counts = Origin::of(&found.signed_by, &evaluation.signing).counts();
        if counts && found.path.parent() == Some(out.as_path()) {
            let rescued = found.record.rescued;
            let known = here.entry(found.record.interview).or_insert(rescued);
            *known = known.zip(rescued).map(|(a, b)| a.max(b));
        }
        Ok(())
    })?;
    for (interview, rescued) in &here {
        if let Some(why) = wishes.waits(interview, *rescued)
            && !ledger.withdrawn().contains(interview)
        {
            waiting.insert(interview.clone(), why);
        }
    }
    let gone: Vec<_> = wishes
        .fresh(ledger)
        .filter(|interview| !here.contains_key(interview))
        .cloned()
        .collect();
    for interview in &gone {
        ledger.withdraw(interview);
    }
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{DraftWishes, Waits, honour};
    use crate::domain::slip::{Decided, Decision, Held, Slip};
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
    use crate::store::sample::{self, answered, interview, opening, record};
    use crate::store::sample_office::Office;
    use crate::store::withdrawal::{prune, remember};

    /// Somebody who stopped and wanted everything deleted.
    fn slip(number: u8) -> Slip {
        Slip {
            declined: 0,
            stopped: 1,
            deleted: Some(opening().interview),
            ..sample::slip(number)
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
        let is_it = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|end| end != "from");
        let files =
            |folder: &Path| fs::read_dir(folder).map_or(0, |entries| entries.flatten().filter(is_it).count());
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
    fn an_interview_that_was_sealed_from_the_draft_waits_for_the_coordinator() {
        let office = Office::new();
        let stick = tempfile::tempdir().unwrap();
        let mut rescued = record(1);
        rescued.rescued = Some(7);
        office.put(&rescued);
        assert_eq!(record(1).interview, opening().interview);
        delivered(&office, stick.path(), &[slip(9)], &[]);
        assert_eq!(collected(&office, stick.path()).1, 1);
        assert_eq!(collected(&office, stick.path()).1, 1, "until it is decided");
        assert_eq!(office.files(), 1);
    }

    fn says(held: Option<u64>, decided: Option<(Decision, u64)>, is_deleted: bool) -> Slip {
        Slip {
            deleted: is_deleted.then(|| interview(1)),
            held: held.map(|steps| Held {
                interview: interview(1),
                steps,
            }),
            decided: decided.map(|(what, steps)| Decided {
                interview: interview(1),
                steps,
                what,
            }),
            ..slip(1)
        }
    }

    fn of<'s>(slips: impl IntoIterator<Item = &'s Slip>) -> DraftWishes {
        let mut wishes = DraftWishes::default();
        slips.into_iter().for_each(|slip| wishes.take(slip));
        wishes
    }

    #[test]
    fn a_draft_waits_until_it_was_gone_on_with() {
        let wishes = of([&says(Some(7), None, false)]);
        assert_eq!(wishes.waits(&interview(1), Some(7)), Some(Waits::NotYet));
        assert_eq!(wishes.waits(&interview(1), Some(8)), None);
        assert_eq!(wishes.waits(&interview(1), None), None, "finished by the person");
        assert_eq!(wishes.waits(&interview(2), Some(1)), None);
    }

    #[test]
    fn a_yes_holds_until_the_next_not_yet_in_whatever_order_they_come() {
        let mut slips = [
            says(Some(7), None, false),
            says(None, Some((Decision::SaidYes, 7)), false),
            says(Some(9), None, false),
        ];
        assert_eq!(of(&slips[..2]).waits(&interview(1), Some(6)), None);
        for _ in 0..3 {
            slips.rotate_left(1);
            assert_eq!(of(&slips).waits(&interview(1), Some(6)), Some(Waits::NotYet));
            slips.swap(0, 1);
            assert_eq!(of(&slips).waits(&interview(1), Some(6)), Some(Waits::NotYet));
        }
    }

    #[test]
    fn what_a_revoked_laptop_asks_for_waits_until_it_is_known_that_it_was_not_the_person() {
        let mut wishes = DraftWishes::default();
        wishes.take_doubtful(&says(Some(7), Some((Decision::SaidYes, 9)), true));
        assert_eq!(wishes.waits(&interview(1), Some(6)), Some(Waits::DeletionAsked));
        assert_eq!(wishes.waits(&interview(1), None), Some(Waits::DeletionAsked));
        wishes.take(&says(None, Some((Decision::NotDeleted, 0)), false));
        assert_eq!(
            wishes.waits(&interview(1), Some(6)),
            Some(Waits::NotYet),
            "it vouches for nothing"
        );
        wishes.take(&says(None, None, true));
        assert_eq!(wishes.waits(&interview(1), None), Some(Waits::Deleted));
    }

    #[test]
    fn a_draft_that_was_dropped_stays_so_and_a_longer_one_is_decided_anew() {
        let wishes = of([&says(None, Some((Decision::Dropped, 7)), false)]);
        assert!(wishes.is_dropped(&interview(1), 7) && !wishes.is_dropped(&interview(1), 8));
        assert_eq!(wishes.waits(&interview(1), None), None);
    }

    #[test]
    fn slips_of_a_revoked_laptop_are_read_where_they_were_set_aside() {
        let mut office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let sealed = seal_slip(&says(None, None, true), &to, &office.people.laptop).unwrap();
        let path = office.folder.quarantine().join(sealed.name().file_name());
        write_new(&path, sealed.bytes(), Access::Owner).unwrap();
        let read = |office: &Office| {
            DraftWishes::of_revoked(&office.folder, &office.people.identities(), &office.evaluation).unwrap()
        };
        assert_eq!(read(&office), DraftWishes::default());
        office.evaluation.signing.laptops[0].revoked = true;
        assert_eq!(
            read(&office).waits(&interview(1), None),
            Some(Waits::DeletionAsked)
        );
    }
}
