//! Envelopes whose place another one takes: what the coordinator sealed from somebody's draft goes when the person has
//! finished the interview, or when a longer draft of it was sealed. It says less, and perhaps what they struck out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::collection::takes_its_place;
use crate::store::envelope::Origin;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::keys::identities::Identities;
use crate::store::unsealed;

/// Removes the superseded envelopes of these interviews. Returns of how many there were any that the person finished
/// since.
///
/// # Errors
/// What the system said; the rest goes next time, and counts nowhere meanwhile.
pub fn remove(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    interviews: &BTreeSet<InterviewId>,
) -> Result<usize, StoreError> {
    if interviews.is_empty() {
        return Ok(0);
    }
    let mut found: BTreeMap<InterviewId, Vec<(Option<u64>, PathBuf)>> = BTreeMap::new();
    let out = folder.out();
    unsealed::each_interview(folder, identities, evaluation, |one| {
        let counts = Origin::of(&one.signed_by, &evaluation.signing).counts();
        let is_wanted = interviews.contains(&one.record.interview);
        if is_wanted && counts && one.path.parent() == Some(out.as_path()) {
            let rescued = one.record.rescued;
            found
                .entry(one.record.interview)
                .or_default()
                .push((rescued, one.path));
        }
        Ok(())
    })?;
    let mut finished = 0;
    for envelopes in found.into_values() {
        let best = envelopes.iter().map(|(rescued, _)| *rescued);
        let Some(best) = best.reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b))) else {
            continue;
        };
        let mut removed = 0;
        for (rescued, path) in envelopes {
            if takes_its_place(best, rescued) {
                atomic::remove(&path)?;
                removed += 1;
            }
        }
        finished += usize::from(best.is_none() && removed > 0);
    }
    Ok(finished)
}

#[cfg(test)]
mod tests {
    use super::remove;
    use crate::domain::record::InterviewRecord;
    use crate::store::sample::record;
    use crate::store::sample_office::Office;

    fn rescued(steps: u64) -> InterviewRecord {
        let mut record = record(1);
        (record.rescued, record.read_back) = (Some(steps), false);
        record
    }

    fn removed(office: &Office) -> usize {
        let identities = office.people.identities();
        let only = [record(1).interview].into();
        remove(&office.folder, &identities, &office.evaluation, &only).unwrap()
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
