//! Withdrawal: from the code on somebody's card to answers that are gone.
//!
//! In the sealed interview stands only the code's tag, a slow hash. The coordinator types the code, opens everything
//! and looks for the tag; nothing outside the seals says which file it is.

use std::collections::BTreeMap;
use std::path::Path;

use zeroize::Zeroizing;

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::InterviewId;
use crate::domain::word_code::WithdrawalCode;
use crate::store::atomic;
use crate::store::envelope::may_interview;
use crate::store::error::{KeyProblem, StoreError};
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::hex;
use crate::store::judging::is_absent;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::Signer;
use crate::store::ledger::Ledger;
use crate::store::randomness::{NoRandomness, Randomness, draw};
use crate::store::tombstone::{self, NoTombstone, Tombstones};
use crate::store::unsealed;

/// The work of one tag: scrypt with N = 2^15, r = 8, p = 1; about 0.1 s and 32 MiB. A code has 33 random bits: the
/// work is for whoever has both the coordinator's key and the patience.
const LOG_N: u8 = 15;
const R: u32 = 8;
const P: u32 = 1;
/// The title of an age file and what it drew for the first key: as much as no other file begins with.
const BEGINNING: usize = 75;
/// Bytes of a tag.
const TAG: usize = 32;

/// Makes a code.
///
/// # Errors
/// [`NoRandomness`].
pub fn make(random: &mut dyn Randomness) -> Result<WithdrawalCode, NoRandomness> {
    draw::<{ WithdrawalCode::RANDOM_BYTES }>(random).map(WithdrawalCode::from_random)
}

/// Returns the tag of a code in an evaluation: scrypt of the code as it stands on the card, salted with the
/// evaluation's id, as 64 hexadecimal digits. `None` cannot happen with the work fixed above.
#[must_use]
pub fn tag(code: &WithdrawalCode, evaluation: &str) -> Option<String> {
    let work = scrypt::Params::new(LOG_N, R, P, TAG).ok()?;
    let mut tag = Zeroizing::new([0; TAG]);
    scrypt::scrypt(
        code.text().as_bytes(),
        evaluation.as_bytes(),
        &work,
        tag.as_mut_slice(),
    )
    .ok()?;
    Some(hex::hex(&*tag))
}

/// An interview that bears the tag looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub interview: InterviewId,
    /// Where it was held: the second factor when two people should have the same code.
    pub site: Option<Slug>,
    /// When.
    pub round: Slug,
}

/// Returns the interviews that bear a tag; more than one has to be told apart before anything is deleted.
/// Interviews that do not count, of a revoked laptop or set aside, are looked through as well.
///
/// # Errors
/// What the system said.
pub fn find(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    tag: &str,
) -> Result<Vec<Hit>, StoreError> {
    let mut hits = BTreeMap::new();
    unsealed::each_interview(folder, identities, evaluation, |found| {
        let record = found.record;
        if record.withdrawal_tag.as_deref() == Some(tag) {
            let hit = Hit {
                interview: record.interview,
                site: record.site,
                round: record.round,
            };
            hits.insert(hit.interview.clone(), hit);
        }
        Ok(())
    })?;
    Ok(hits.into_values().collect())
}

/// Deletes an interview for good: first a tombstone, which wins over every copy that will ever come, then every
/// envelope of it that is here. After a crash between, the tombstone holds and [`prune`] finishes. Returns why not every
/// envelope could be deleted now: the interview counts nowhere all the same, and the next [`prune`] goes on.
///
/// # Errors
/// [`KeyProblem`] where the signer is not the evaluation's coordinator: nothing it signs holds, so nothing is done. What
/// the system said of the tombstone.
pub fn withdraw(
    folder: &EvaluationFolder,
    interview: &InterviewId,
    identities: &Identities,
    evaluation: &Evaluation,
    signer: &Signer,
    random: &mut dyn Randomness,
) -> Result<Option<StoreError>, StoreError> {
    if evaluation.signing.coordinator != Some(signer.public().to_string()) {
        return Err(KeyProblem::NotAKey.into());
    }
    let to = may_interview(evaluation).map_err(|_| KeyProblem::None)?;
    tombstone::put(&folder.gone(), interview, &to, signer, random)?;
    Ok(prune(folder, identities, evaluation).err())
}

/// Notes in the ledger at this place that an interview was withdrawn, whatever becomes of its tombstone.
///
/// # Errors
/// As [`Ledger::read`] and [`Ledger::keep`]; the interview is withdrawn all the same.
pub fn note(ledger: &Path, interview: &InterviewId) -> Result<(), StoreError> {
    let mut ledger = Ledger::read(ledger)?;
    ledger.withdraw(interview);
    ledger.keep()
}

/// Lets the ledger know of every withdrawn interview, and makes anew the tombstones that the ledger knows of and the
/// folder does not have: somebody deleted them, or an older copy of the folder was put back. Returns how many were made.
///
/// # Errors
/// What the system said.
pub fn remember(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    ledger: &mut Ledger,
    signer: &Signer,
    random: &mut dyn Randomness,
) -> Result<usize, StoreError> {
    bring_back(folder, identities, evaluation)?;
    let gone = tombstone::read_all(&folder.gone(), identities, evaluation)?;
    for (ignored, why) in &gone.ignored {
        let is_needless = match why {
            NoTombstone::Foreign => true,
            NoTombstone::Unopened => is_half_of_another(ignored, &gone)?,
            NoTombstone::Newer => false,
        };
        if is_needless {
            set_aside(ignored, folder)?;
        }
    }
    let lost: Vec<_> = ledger.withdrawn().difference(&gone.interviews).collect();
    for interview in &lost {
        let to = may_interview(evaluation).map_err(|_| KeyProblem::None)?;
        tombstone::put(&folder.gone(), interview, &to, signer, random)?;
    }
    let made = lost.len();
    for interview in &gone.interviews {
        ledger.withdraw(interview);
    }
    ledger.keep()?;
    Ok(made)
}

/// Brings tombstones of ours back from what was set aside: one may have been put there half synced, or by a program that
/// did not know the keys.
fn bring_back(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<(), StoreError> {
    for path in unsealed::files(&folder.quarantine())? {
        let Some(bytes) = unsealed::read(&path)? else {
            continue;
        };
        if tombstone::read(&bytes, identities, evaluation).is_ok() {
            tombstone::keep(&folder.gone(), &bytes)?;
            atomic::remove(&path)?;
        }
    }
    Ok(())
}

/// Returns whether a file is the beginning of a tombstone that lies whole beside it: a copy that a sync program brought half.
fn is_half_of_another(path: &Path, gone: &Tombstones) -> Result<bool, StoreError> {
    let half = unsealed::read(path)?.unwrap_or_default();
    let end = half
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    let half = half.get(..end).unwrap_or_default();
    let whole = match path.parent() {
        // Less than this holds nothing that is its own.
        Some(folder) if end >= BEGINNING => unsealed::files(folder)?,
        _ => Vec::new(),
    };
    for other in whole {
        let is_tombstone = !gone.ignored.iter().any(|(ignored, _)| *ignored == other);
        if is_tombstone && unsealed::read(&other)?.is_some_and(|other| other.starts_with(half)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sets aside what lies among the tombstones and is none. One that a sync program has not brought yet stays.
fn set_aside(path: &Path, folder: &EvaluationFolder) -> Result<(), StoreError> {
    let bytes = unsealed::read(path)?;
    if bytes.is_some_and(|bytes| is_absent(&bytes)) {
        return Ok(());
    }
    atomic::make_folder(&folder.quarantine())?;
    match atomic::move_into(path, &folder.quarantine()) {
        Err(StoreError::AlreadyThere { .. }) => Ok(()),
        moved => moved,
    }
}

/// Deletes the envelopes of withdrawn interviews, and drafts of them that laptops handed over: those just withdrawn, and
/// copies that came later. Returns how many files went.
///
/// # Errors
/// What the system said; the rest goes next time.
pub fn prune(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
) -> Result<usize, StoreError> {
    let gone = tombstone::read_all(&folder.gone(), identities, evaluation)?;
    if gone.interviews.is_empty() {
        return Ok(0);
    }
    let mut removed = 0;
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if gone.interviews.contains(&found.record.interview) {
            atomic::remove(&found.path)?;
            removed += 1;
        }
        Ok(())
    })?;
    unsealed::each_handed_draft(folder, identities, |path, interview| {
        if gone.interviews.contains(&interview) {
            handed_draft::remove(path)?;
            removed += 1;
        }
        Ok(())
    })?;
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NoTombstone, find, make, prune, remember, tag, withdraw};
    use crate::domain::record::InterviewRecord;
    use crate::domain::word_code::WithdrawalCode;
    use crate::store::atomic::{Access, write_new};
    use crate::store::envelope::may_interview;
    use crate::store::keys::Signer;
    use crate::store::ledger::Ledger;
    use crate::store::randomness::repeatable;
    use crate::store::sample::{EVALUATION, record, slug};
    use crate::store::sample_office::Office;
    use crate::store::tombstone;

    fn counted(office: &Office) -> Vec<InterviewRecord> {
        let identities = office.people.identities();
        let found = office.found(&identities);
        assert_eq!(found.counts.finished, found.records.len());
        found.records
    }

    fn withdrawn(office: &Office, code: &WithdrawalCode) -> usize {
        let tag = tag(code, EVALUATION).unwrap();
        let identities = office.people.identities();
        let hits = find(&office.folder, &identities, &office.evaluation, &tag).unwrap();
        if let [hit] = hits.as_slice() {
            withdraw(
                &office.folder,
                &hit.interview,
                &identities,
                &office.evaluation,
                &office.coordinator,
                &mut repeatable(8),
            )
            .unwrap();
        }
        hits.len()
    }

    fn with_code(number: u8, code: &WithdrawalCode) -> InterviewRecord {
        let mut record = record(number);
        record.withdrawal_tag = tag(code, EVALUATION);
        record
    }

    fn code(seed: u64) -> WithdrawalCode {
        make(&mut repeatable(seed)).unwrap()
    }

    #[test]
    fn a_tag_is_of_its_code_and_its_evaluation() {
        let (a, b) = (code(1), code(2));
        assert_eq!(tag(&a, EVALUATION), tag(&a, EVALUATION));
        assert_ne!(tag(&a, EVALUATION), tag(&b, EVALUATION));
        assert_ne!(tag(&a, EVALUATION), tag(&a, "0000000000000000"));
        // Tags stand in sealed interviews: a change here would cut them off from their codes.
        let fixed = WithdrawalCode::from_random([0, 1, 0, 2, 0, 3]);
        insta::assert_snapshot!(tag(&fixed, EVALUATION).unwrap());
    }

    #[test]
    fn the_one_interview_with_the_code_is_deleted_with_all_its_copies_for_ever() {
        let office = Office::new();
        let (mine, other) = (with_code(1, &code(1)), with_code(2, &code(2)));
        let first = office.put(&mine);
        // Sealed twice around a crash, and a copy a sync program made.
        office.put(&mine);
        let copy = office.folder.out().join(format!("{} (1).stm", first.name()));
        write_new(&copy, first.bytes(), Access::Owner).unwrap();
        office.put(&other);
        office.put(&record(3));
        assert_eq!(withdrawn(&office, &code(1)), 1);
        assert_eq!(counted(&office), [other.clone(), record(3)]);
        assert_eq!(office.files(), 2);
        // A laptop delivers it once more: it counts as little as before, and goes.
        office.put_bytes(&first);
        assert_eq!(counted(&office), [other, record(3)]);
        assert_eq!(
            prune(&office.folder, &office.people.identities(), &office.evaluation),
            Ok(1)
        );
        assert_eq!(office.files(), 2);
        assert_eq!(withdrawn(&office, &code(1)), 0);
    }

    #[test]
    fn a_tombstone_that_somebody_deletes_comes_back() {
        let office = Office::new();
        let first = office.put(&with_code(1, &code(1)));
        assert_eq!(withdrawn(&office, &code(1)), 1);
        let path = office.folder.root().join("ledger");
        let identities = office.people.identities();
        let remembered = |seed: u64| {
            let mut ledger = Ledger::read(&path).unwrap();
            let made = remember(
                &office.folder,
                &identities,
                &office.evaluation,
                &mut ledger,
                &office.coordinator,
                &mut repeatable(seed),
            );
            made.unwrap()
        };
        assert_eq!(remembered(20), 0);
        for file in fs::read_dir(office.folder.gone()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        office.put_bytes(&first);
        assert_eq!(
            counted(&office).len(),
            1,
            "nothing here says that it was withdrawn"
        );
        assert_eq!(remembered(21), 1);
        assert_eq!(counted(&office), []);
        assert_eq!(remembered(22), 0);
    }

    #[test]
    fn a_code_that_nobody_has_deletes_nothing() {
        let office = Office::new();
        office.put(&with_code(1, &code(1)));
        assert_eq!(withdrawn(&office, &code(2)), 0);
        assert_eq!(counted(&office).len(), 1);
    }

    #[test]
    fn a_code_that_two_people_have_deletes_nothing_and_tells_them_apart() {
        let office = Office::new();
        let mut second = with_code(2, &code(1));
        second.site = Some(slug("sor"));
        office.put(&with_code(1, &code(1)));
        office.put(&second);
        assert_eq!(withdrawn(&office, &code(1)), 2);
        assert_eq!(counted(&office).len(), 2);
        let tag = tag(&code(1), EVALUATION).unwrap();
        let hits = find(
            &office.folder,
            &office.people.identities(),
            &office.evaluation,
            &tag,
        )
        .unwrap();
        let sites: Vec<_> = hits.iter().map(|hit| hit.site.clone()).collect();
        assert_eq!(sites, [None, Some(slug("sor"))]);
    }

    #[test]
    fn a_forged_or_foreign_tombstone_changes_nothing() {
        let office = Office::new();
        office.put(&with_code(1, &code(1)));
        let gone = office.folder.gone();
        let to = may_interview(&office.evaluation).unwrap();
        // Sealed by somebody who has the public keys, signed by a laptop and by nobody we know.
        let stranger = Signer::generate(&mut repeatable(77)).unwrap();
        for (number, signer) in [(1, &stranger), (2, &office.people.laptop)] {
            tombstone::put(&gone, &record(1).interview, &to, signer, &mut repeatable(number)).unwrap();
        }
        // Of another evaluation, by the same coordinator.
        let mut elsewhere = office.evaluation.clone();
        elsewhere.id = "0000000000000000".to_owned();
        let to = may_interview(&elsewhere).unwrap();
        let signer = &office.coordinator;
        tombstone::put(&gone, &record(1).interview, &to, signer, &mut repeatable(3)).unwrap();
        write_new(&gone.join("noise.stm"), &[7; 5000], Access::Owner).unwrap();
        write_new(
            &gone.join("interview.stm"),
            office.sealed(&record(1)).bytes(),
            Access::Owner,
        )
        .unwrap();
        let read = tombstone::read_all(&gone, &office.people.identities(), &office.evaluation).unwrap();
        assert!(read.interviews.is_empty());
        assert_eq!(read.ignored.len(), 5);
        let mut ledger = Ledger::read(&office.folder.root().join("ledger")).unwrap();
        let (identities, signer) = (office.people.identities(), &office.coordinator);
        let evaluation = &office.evaluation;
        let made = remember(
            &office.folder,
            &identities,
            evaluation,
            &mut ledger,
            signer,
            &mut repeatable(4),
        );
        assert_eq!(made, Ok(0));
        let files = |folder: std::path::PathBuf| fs::read_dir(folder).unwrap().count();
        assert_eq!((files(gone), files(office.folder.quarantine())), (0, 5));
        assert_eq!(counted(&office).len(), 1);
        assert_eq!(
            prune(&office.folder, &office.people.identities(), &office.evaluation),
            Ok(0)
        );
    }

    #[test]
    fn a_tombstone_that_came_half_or_for_other_keys_stays_and_counts_when_it_is_whole() {
        let office = Office::new();
        office.put(&with_code(1, &code(1)));
        let (gone, quarantine) = (office.folder.gone(), office.folder.quarantine());
        let to = may_interview(&office.evaluation).unwrap();
        let signer = &office.coordinator;
        tombstone::put(&gone, &record(1).interview, &to, signer, &mut repeatable(1)).unwrap();
        let path = fs::read_dir(&gone).unwrap().next().unwrap().unwrap().path();
        let whole = fs::read(&path).unwrap();
        let identities = office.people.identities();
        let mut ledger = Ledger::read(&office.folder.root().join("ledger")).unwrap();
        let mut remembered = || {
            let evaluation = &office.evaluation;
            let mut random = repeatable(4);
            remember(
                &office.folder,
                &identities,
                evaluation,
                &mut ledger,
                signer,
                &mut random,
            )
        };
        for half in [&whole[..whole.len() / 2], &whole[..100], &whole[..22]] {
            crate::store::atomic::replace(&path, half, Access::Owner).unwrap();
            assert_eq!(remembered(), Ok(0));
            let read = tombstone::read_all(&gone, &identities, &office.evaluation).unwrap();
            assert_eq!(
                read.ignored,
                [(path.clone(), NoTombstone::Unopened)],
                "it stays and is told"
            );
        }
        // The whole one comes beside the half: the half is a copy, and nobody is told of it any more.
        let whole_beside = gone.join(format!("{}.stm", "2".repeat(32)));
        write_new(&whole_beside, &whole, Access::Owner).unwrap();
        let mut padded = whole[..whole.len() / 2].to_vec();
        padded.resize(whole.len(), 0);
        crate::store::atomic::replace(&path, &padded, Access::Owner).unwrap();
        assert_eq!(remembered(), Ok(0));
        let read = tombstone::read_all(&gone, &identities, &office.evaluation).unwrap();
        assert_eq!((read.interviews.len(), read.ignored.len()), (1, 0));
        fs::remove_file(&whole_beside).unwrap();
        // An earlier version put such a file aside: whole, it comes back from there.
        write_new(&quarantine.join("half.stm"), &whole, Access::Owner).unwrap();
        assert_eq!(remembered(), Ok(0));
        let read = tombstone::read_all(&gone, &identities, &office.evaluation).unwrap();
        assert!(read.interviews.contains(&record(1).interview));
        assert_eq!(prune(&office.folder, &identities, &office.evaluation), Ok(1));
        assert!(counted(&office).is_empty());
    }

    #[test]
    fn a_tombstone_that_was_changed_anywhere_counts_no_more() {
        let office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let gone = office.folder.gone();
        let signer = &office.coordinator;
        tombstone::put(&gone, &record(1).interview, &to, signer, &mut repeatable(1)).unwrap();
        let path = fs::read_dir(&gone).unwrap().next().unwrap().unwrap().path();
        let whole = fs::read(&path).unwrap();
        for place in (0..whole.len()).step_by(97) {
            let mut changed = whole.clone();
            changed[place] ^= 1;
            let read = tombstone::read(&changed, &office.people.identities(), &office.evaluation);
            assert!(read.is_err(), "at {place}");
        }
        let read = tombstone::read(&whole, &office.people.identities(), &office.evaluation);
        assert_eq!(read, Ok(record(1).interview));
    }

    #[test]
    fn a_tombstone_shows_nothing_from_outside() {
        let office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let gone = office.folder.gone();
        for number in 1..=5 {
            let signer = &office.coordinator;
            let interview = record(number).interview;
            tombstone::put(&gone, &interview, &to, signer, &mut repeatable(number.into())).unwrap();
        }
        let files: Vec<_> = fs::read_dir(&gone).unwrap().map(|entry| entry.unwrap()).collect();
        let times: Vec<_> = files
            .iter()
            .map(|file| file.metadata().unwrap().modified().unwrap())
            .collect();
        assert!(times.windows(2).all(|pair| pair[0] == pair[1]));
        for file in files {
            let bytes = fs::read(file.path()).unwrap();
            let name = file.file_name().into_string().unwrap();
            for number in 1..=5 {
                let interview = record(number).interview;
                assert!(!name.contains(interview.as_str()));
                let id = interview.as_str().as_bytes();
                assert!(!bytes.windows(id.len()).any(|part| part == id));
            }
        }
    }
}
