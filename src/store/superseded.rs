//! Envelopes whose place another one takes: what the coordinator sealed from somebody's draft goes when the person has
//! finished the interview, or when a longer draft of it was sealed. It says less, and perhaps what they struck out.
//!
//! Where an interview was finished twice and says two things, nobody can tell which is right: the one that counts stays,
//! and the other is set aside, so that it is told once and not for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::collection::{rank, takes_its_place};
use crate::store::envelope::Origin;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::keys::identities::Identities;
use crate::store::unsealed::{self, Unsealed};

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Superseded {
    /// Interviews that the person finished, and of which what was sealed from the draft went.
    pub finished: usize,
    /// Envelopes set aside, because the one that counts says something else.
    pub aside: usize,
}

/// Removes the superseded envelopes of these interviews, and sets aside those that say something else than the one that
/// counts.
///
/// # Errors
/// What the system said; the rest goes next time, and counts nowhere meanwhile.
pub fn remove(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    interviews: &BTreeSet<InterviewId>,
) -> Result<Superseded, StoreError> {
    let mut done = Superseded::default();
    if interviews.is_empty() {
        return Ok(done);
    }
    let mut found: BTreeMap<InterviewId, Vec<Unsealed>> = BTreeMap::new();
    let out = folder.out();
    unsealed::each_interview(folder, identities, evaluation, |one| {
        let counts = Origin::of(&one.signed_by, &evaluation.signing).counts();
        let is_wanted = interviews.contains(&one.record.interview);
        if is_wanted && counts && one.path.parent() == Some(out.as_path()) {
            let interview = one.record.interview.clone();
            found.entry(interview).or_default().push(one);
        }
        Ok(())
    })?;
    for mut envelopes in found.into_values() {
        envelopes.sort_by_key(|one| rank(one.record.rescued, one.name));
        let Some((best, others)) = envelopes.split_first() else {
            continue;
        };
        let mut removed = 0;
        for other in others {
            if takes_its_place(best.record.rescued, other.record.rescued) {
                atomic::remove(&other.path)?;
                removed += 1;
            } else if other.says != best.says {
                done.aside += usize::from(set_aside(other, folder)?);
            }
        }
        done.finished += usize::from(best.record.rescued.is_none() && removed > 0);
    }
    Ok(done)
}

/// Returns whether it was not there already.
fn set_aside(one: &Unsealed, folder: &EvaluationFolder) -> Result<bool, StoreError> {
    atomic::make_folder(&folder.quarantine())?;
    match atomic::move_into(&one.path, &folder.quarantine()) {
        Err(StoreError::AlreadyThere { .. }) => {
            atomic::remove(&one.path)?;
            Ok(false)
        }
        moved => moved.map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use super::{Superseded, remove};
    use crate::domain::record::InterviewRecord;
    use crate::store::sample::record;
    use crate::store::sample_office::Office;

    fn rescued(steps: u64) -> InterviewRecord {
        let mut record = record(1);
        (record.rescued, record.read_back) = (Some(steps), false);
        record
    }

    fn tidied(office: &Office) -> Superseded {
        let identities = office.people.identities();
        let only = [record(1).interview].into();
        remove(&office.folder, &identities, &office.evaluation, &only).unwrap()
    }

    fn removed(office: &Office) -> usize {
        tidied(office).finished
    }

    #[test]
    fn of_an_interview_finished_twice_the_one_that_counts_stays_and_the_other_is_set_aside_once() {
        for _ in 0..4 {
            let office = Office::new();
            let identities = office.people.identities();
            let mut other = record(1);
            other.answers.clear();
            for one in [record(1), other, rescued(9), record(2)] {
                office.put(&one);
            }
            let before = office.found(&identities);
            let told = Superseded {
                finished: 1,
                aside: 1,
            };
            assert_eq!((tidied(&office), tidied(&office)), (told, Superseded::default()));
            let after = office.found(&identities);
            assert_eq!((after.records, after.remarks), (before.records, vec![]));
            assert_eq!(office.files(), 2);
        }
    }

    #[test]
    fn what_the_person_finished_takes_the_place_of_what_was_sealed_from_the_draft() {
        // Which of two names is smaller is a matter of chance.
        for _ in 0..8 {
            let office = Office::new();
            office.put(&rescued(7));
            office.put(&rescued(9));
            let identities = office.people.identities();
            let found = office.found(&identities);
            assert_eq!((found.records, found.remarks), (vec![rescued(9)], vec![]));
            office.put(&record(1));
            let found = office.found(&identities);
            assert_eq!((found.records, found.remarks), (vec![record(1)], vec![]));
            assert_eq!((removed(&office), office.files()), (1, 1));
            assert_eq!(removed(&office), 0);
        }
    }

    #[test]
    fn a_longer_draft_takes_the_place_of_a_shorter_one() {
        let office = Office::new();
        for steps in [9, 7, 9] {
            office.put(&rescued(steps));
        }
        assert_eq!((removed(&office), office.files()), (0, 2));
    }
}
