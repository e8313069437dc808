//! Sealing everything again: for new keys, and for whatever else must change inside the seals.
//!
//! What is in an envelope is kept to the byte, signature included, so that what a newer version of the program
//! wrote survives; only the seal is new. Every new file is there, whole, before the old one goes: a crash between
//! leaves two envelopes of one interview, which count once, and the next run tidies up.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewRecord;
use crate::domain::slip::Slip;
use crate::store::age_file::{self, Shut};
use crate::store::atomic::{self, Access};
use crate::store::envelope::{self, EXTENSION, EnvelopeName, Opened, SealTo, may_interview};
use crate::store::error::{KeyProblem, StoreError};
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::journal::{self, MAX_DRAFT};
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{Signer, VerifyingKey};
use crate::store::unsealed;
use crate::store::workbook;

/// What shall be different inside, besides the seal. What is rewritten is signed by the coordinator: it was opened,
/// so the coordinator stands in for where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// Nothing.
    Nothing,
    /// Interviews and slips signed by this key count from now on on the coordinator's word: a laptop that is revoked next,
    /// or a coordinator's key that is given up.
    TakeOver(VerifyingKey),
    /// The tags of withdrawal codes go: the last day of withdrawal is past.
    DropTags,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Files that were sealed again.
    pub files: usize,
    /// Files that none of the keys opens: they stay as they are, and so must the keys that open them.
    pub shut: Vec<PathBuf>,
}

/// Seals everything again to the recipients that stand in the evaluation now.
///
/// # Errors
/// What the system said; the rest is sealed again next time.
pub fn reseal(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    signer: &Signer,
    rewrite: &Rewrite,
) -> Result<Resealed, StoreError> {
    let to = may_interview(evaluation).map_err(|_| KeyProblem::None)?;
    let mut done = Resealed::default();
    let mut seen = BTreeSet::new();
    for (place, extension) in places(folder) {
        for path in called(&place, extension)? {
            let Some(bytes) = unsealed::read(&path)? else {
                done.shut.push(path);
                continue;
            };
            let payload = match age_file::open(&bytes, identities) {
                Ok(payload) => payload,
                Err(Shut::Key | Shut::Header | Shut::Seal) => {
                    done.shut.push(path);
                    continue;
                }
            };
            // A copy of what was sealed again in this run needs no second envelope.
            let is_new = seen.insert(<[u8; 32]>::from(Sha256::digest(&payload)));
            if is_new {
                let sealed = match rewritten(&bytes, identities, evaluation, rewrite) {
                    Some(Rewritten::Interview(record)) => {
                        envelope::seal(&record, &to, signer)?.bytes().to_vec()
                    }
                    Some(Rewritten::Slip(slip)) => envelope::seal_slip(&slip, &to, signer)?.bytes().to_vec(),
                    None => age_file::seal(&payload, to.recipients())?,
                };
                let target = place.join(format!("{}.{extension}", EnvelopeName::of(&sealed)));
                atomic::write_new_timeless(&target, &sealed, Access::Owner)?;
                done.files += 1;
            }
            atomic::remove(&path)?;
        }
    }
    reseal_drafts(folder, identities, evaluation, (&to, signer), &mut done)?;
    Ok(done)
}

/// Wraps the keys of drafts anew: the coordinator's own, those that laptops handed over, which the coordinator signs, and
/// damaged ones. One that somebody has open just now stays as it is, and is named.
fn reseal_drafts(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    (to, signer): (&SealTo, &Signer),
    done: &mut Resealed,
) -> Result<(), StoreError> {
    for place in draft_places(folder) {
        for draft in journal::list_drafts(&place)? {
            let path = draft.path;
            // Who signed it signed other bytes: the coordinator stands in for them.
            let mut counts = false;
            let rewrapped = match atomic::read(&path, MAX_DRAFT) {
                Ok(bytes) if !draft.in_use => {
                    counts = handed_draft::origin(&path, &bytes, evaluation).is_ok();
                    journal::rewrap::rewrapped(&bytes, identities, to.recipients())?
                }
                Ok(_) | Err(StoreError::TooLarge { .. }) => None,
                Err(error) => return Err(error),
            };
            match rewrapped {
                // Under its name: other drafts may go on from it, and what was handed over is known by its interview.
                Some(bytes) if counts && place == folder.rescue() => {
                    let name = format!("{}.{}", EnvelopeName::of(&bytes), journal::EXTENSION);
                    let target = place.join(name);
                    atomic::write_new_timeless(&target, &bytes, Access::Owner)?;
                    handed_draft::sign(&target, &bytes, &evaluation.id, signer)?;
                    handed_draft::remove(&path)?;
                }
                Some(bytes) if place == folder.draft() => atomic::replace(&path, &bytes, Access::Owner)?,
                Some(bytes) => atomic::replace_timeless(&path, &bytes, Access::Owner)?,
                None => {
                    done.shut.push(path);
                    continue;
                }
            }
            done.files += 1;
        }
    }
    Ok(())
}

/// Returns the files that `current` does not open and `all` does: keys that are needed for them must not be thrown
/// away. What neither opens is damaged or was never ours, and no key of ours is kept for it.
///
/// # Errors
/// What the system said.
pub fn only_old_keys_open(
    folder: &EvaluationFolder,
    current: &Identities,
    all: &Identities,
) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for (place, extension) in places(folder) {
        for path in called(&place, extension)? {
            let bytes = unsealed::read(&path)?;
            if bytes.is_some_and(|bytes| !opens(&bytes, current) && opens(&bytes, all)) {
                found.push(path);
            }
        }
    }
    for place in draft_places(folder) {
        for draft in journal::list_drafts(&place)? {
            let bytes = atomic::read(&draft.path, MAX_DRAFT)?;
            if !journal::rewrap::opens(&bytes, current) && journal::rewrap::opens(&bytes, all) {
                found.push(draft.path);
            }
        }
    }
    Ok(found)
}

/// Returns whether these keys open a sealed file; a draft on its way is opened by what opens its journal.
fn opens(bytes: &[u8], identities: &Identities) -> bool {
    match handed_draft::journal_in(bytes) {
        Some(journal) => journal::rewrap::opens(journal, identities),
        None => age_file::open(bytes, identities).is_ok(),
    }
}

/// Adds, to every interview and slip this key signed, an envelope that the new coordinator's key signed. The old ones stay:
/// which of them count, the evaluation file says.
///
/// # Errors
/// What the system said.
pub fn sign_again(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    to: &SealTo,
    was: VerifyingKey,
    now: &Signer,
) -> Result<usize, StoreError> {
    let mut added = 0;
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if found.signed_by == was {
            let sealed = envelope::seal(&found.record, to, now)?;
            let place = found
                .path
                .parent()
                .map_or_else(|| folder.out(), ToOwned::to_owned);
            let target = place.join(sealed.name().file_name());
            atomic::write_new_timeless(&target, sealed.bytes(), Access::Owner)?;
            added += 1;
        }
        Ok(())
    })?;
    unsealed::each_slip(folder, identities, evaluation, |_, slip, signed_by| {
        if signed_by == was {
            let sealed = envelope::seal_slip(&slip, to, now)?;
            let target = folder.slips().join(sealed.name().file_name());
            atomic::write_new_timeless(&target, sealed.bytes(), Access::Owner)?;
            added += 1;
        }
        Ok(())
    })?;
    Ok(added)
}

/// Signs the drafts that wait with the coming coordinator's key as well, of those that count now. They count whichever of
/// the two does; sealing them again leaves the one.
///
/// # Errors
/// What the system said.
pub fn sign_drafts_for_next(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    next: &Signer,
) -> Result<(), StoreError> {
    for draft in journal::list_drafts(&folder.rescue())? {
        let bytes = atomic::read(&draft.path, MAX_DRAFT)?;
        if handed_draft::origin(&draft.path, &bytes, evaluation).is_ok() {
            handed_draft::sign_for_next(&draft.path, &bytes, &evaluation.id, next)?;
        }
    }
    Ok(())
}

/// Removes the envelopes that this key signed.
///
/// # Errors
/// What the system said.
pub fn remove_signed_by(
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    was: VerifyingKey,
) -> Result<(), StoreError> {
    unsealed::each_interview(folder, identities, evaluation, |found| {
        if found.signed_by == was {
            atomic::remove(&found.path)?;
        }
        Ok(())
    })?;
    unsealed::each_slip(folder, identities, evaluation, |path, _, signed_by| {
        if signed_by == was {
            atomic::remove(path)?;
        }
        Ok(())
    })
}

/// Where something sealed lies, and what it is called there.
fn places(folder: &EvaluationFolder) -> [(PathBuf, &'static str); 6] {
    [
        (folder.out(), EXTENSION),
        (folder.gone(), EXTENSION),
        (folder.quarantine(), EXTENSION),
        (folder.slips(), EXTENSION),
        (folder.workbook(), workbook::EXTENSION),
        (folder.quarantine(), workbook::EXTENSION),
    ]
}

/// Where drafts lie.
fn draft_places(folder: &EvaluationFolder) -> [PathBuf; 3] {
    [folder.draft(), folder.rescue(), folder.quarantine()]
}

fn called(place: &Path, extension: &str) -> Result<Vec<PathBuf>, StoreError> {
    if extension == EXTENSION {
        unsealed::files(place)
    } else {
        workbook::files(place)
    }
}

/// What is in an envelope, as it shall be.
enum Rewritten {
    Interview(Box<InterviewRecord>),
    Slip(Box<Slip>),
}

/// Returns the interview or slip as it shall be, where something of it changes.
fn rewritten(
    bytes: &[u8],
    identities: &Identities,
    evaluation: &Evaluation,
    rewrite: &Rewrite,
) -> Option<Rewritten> {
    if *rewrite == Rewrite::Nothing {
        return None;
    }
    match (envelope::open(bytes, identities, &evaluation.id).ok()?, rewrite) {
        (
            Opened::Interview {
                record, signed_by, ..
            },
            Rewrite::TakeOver(key),
        ) if signed_by == *key => Some(Rewritten::Interview(record)),
        (Opened::Slip { slip, signed_by, .. }, Rewrite::TakeOver(key)) if signed_by == *key => {
            Some(Rewritten::Slip(slip))
        }
        (
            Opened::Interview {
                mut record,
                signed_by,
                ..
            },
            Rewrite::DropTags,
        ) if record.withdrawal_tag.is_some() && counts(&signed_by, evaluation) => {
            record.withdrawal_tag = None;
            Some(Rewritten::Interview(record))
        }
        _ => None,
    }
}

/// Rewriting must not make something count that did not.
fn counts(signed_by: &VerifyingKey, evaluation: &Evaluation) -> bool {
    envelope::Origin::of(signed_by, &evaluation.signing).counts()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::{Rewrite, only_old_keys_open, remove_signed_by, reseal, sign_again, sign_drafts_for_next};
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::Recipient;
    use crate::domain::slip::Slip;
    use crate::store::atomic::{Access, make_folder, write_new};
    use crate::store::draft_wishes::{DraftWishes, Waits};
    use crate::store::envelope::{may_interview, seal, seal_slip};
    use crate::store::envelope_store::{EnvelopeStore, FolderStore};
    use crate::store::handed_draft;
    use crate::store::journal::{Draft, Entry, list_drafts, read_in_memory};
    use crate::store::judging::Remark;
    use crate::store::keys::{Identities, RecoveryKey, Signer};
    use crate::store::randomness::repeatable;
    use crate::store::sample::{answered, interview, opening, record, slug};
    use crate::store::sample_office::Office;
    use crate::store::tombstone;

    fn resealed(office: &Office, rewrite: &Rewrite) -> super::Resealed {
        let identities = office.people.identities();
        reseal(
            &office.folder,
            &identities,
            &office.evaluation,
            &office.coordinator,
            rewrite,
        )
        .unwrap()
    }

    fn recipient(key: &RecoveryKey) -> Recipient {
        Recipient {
            name: CleanText::line("koordinator 2"),
            key: key.public(),
            proved: true,
        }
    }

    #[test]
    fn after_resealing_new_and_old_keys_open_what_they_should() {
        let mut office = Office::new();
        for number in 1..=3 {
            office.put(&record(number));
        }
        let second = RecoveryKey::generate();
        office.evaluation.recipients.push(recipient(&second));
        assert_eq!(office.found(&second.identities()).counts.unreadable, 3);
        let done = resealed(&office, &Rewrite::Nothing);
        assert_eq!((done.files, done.shut), (3, Vec::new()));
        for identities in [second.identities(), office.people.identities()] {
            let found = office.found(&identities);
            assert_eq!(found.records, [record(1), record(2), record(3)]);
            assert_eq!((found.counts.duplicates, found.remarks), (0, Vec::new()));
        }
        // The old coordinator is taken off the list.
        office.evaluation.recipients.remove(0);
        resealed(&office, &Rewrite::Nothing);
        assert_eq!(office.found(&office.people.identities()).counts.unreadable, 3);
        assert_eq!(office.found(&second.identities()).counts.finished, 3);
        let all = second.identities().and(office.people.identities());
        let old_needed =
            |current: &Identities| only_old_keys_open(&office.folder, current, &all).unwrap().len();
        assert_eq!(old_needed(&second.identities()), 0);
        assert_eq!(old_needed(&office.people.identities()), 3);
        // What no key opens keeps no key.
        write_new(
            &office.folder.quarantine().join("noise.stm"),
            &[7; 5000],
            Access::Owner,
        )
        .unwrap();
        assert_eq!(old_needed(&second.identities()), 0);
    }

    #[test]
    fn drafts_are_opened_by_the_new_keys_wherever_they_lie() {
        let mut office = Office::new();
        let places = [
            office.folder.draft(),
            office.folder.rescue(),
            office.folder.quarantine(),
        ];
        let to = may_interview(&office.evaluation).unwrap();
        let mut paths = Vec::new();
        for (number, place) in (1..).zip(&places) {
            make_folder(place).unwrap();
            let entries = [answered("en"), answered("to")];
            let draft = Draft::create(
                place,
                &opening(),
                &entries,
                to.recipients(),
                &mut repeatable(number),
            );
            paths.push(draft.unwrap().path().to_owned());
        }
        let second = RecoveryKey::generate();
        office.evaluation.recipients[0].key = second.public();
        let all = second.identities().and(office.people.identities());
        let needed = || only_old_keys_open(&office.folder, &second.identities(), &all).unwrap();
        assert_eq!(needed(), paths);
        assert_eq!(resealed(&office, &Rewrite::Nothing).files, 3);
        assert_eq!(needed(), [] as [std::path::PathBuf; 0]);
        for path in &paths {
            let bytes = fs::read(path).unwrap();
            let read = read_in_memory(&bytes, path, &second.identities()).unwrap();
            assert_eq!(read.entries, [answered("en"), answered("to")]);
            assert!(read_in_memory(&bytes, path, &office.people.identities()).is_err());
        }
    }

    /// The drafts that wait, each with what its origin is.
    fn waiting(office: &Office) -> Vec<Result<(), Remark>> {
        let drafts = list_drafts(&office.folder.rescue()).unwrap();
        let origin = |path: &Path| handed_draft::origin(path, &fs::read(path).unwrap(), &office.evaluation);
        drafts.iter().map(|draft| origin(&draft.path)).collect()
    }

    #[test]
    fn a_draft_that_waits_stays_known_when_keys_laptops_and_the_coordinators_key_change() {
        let mut office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let here = tempfile::tempdir().unwrap();
        let entries = [answered("en")];
        let mut random = repeatable(1);
        let draft = Draft::create(here.path(), &opening(), &entries, to.recipients(), &mut random).unwrap();
        let journal = fs::read(draft.path()).unwrap();
        let wrapped = handed_draft::wrap(&journal, &office.evaluation.id, &office.people.laptop);
        handed_draft::keep(&office.folder.rescue(), &wrapped).unwrap();
        assert_eq!(waiting(&office), [Ok(())]);
        assert_eq!(
            resealed(&office, &Rewrite::TakeOver(office.people.laptop.public())).files,
            1
        );
        office.evaluation.signing.laptops[0].revoked = true;
        assert_eq!(waiting(&office), [Ok(())], "the coordinator stands in for it");
        let next = Signer::generate(&mut repeatable(99)).unwrap();
        // Wherever it stops: before the new key counts, and after, the draft is of somebody of ours.
        sign_drafts_for_next(&office.folder, &office.evaluation, &next).unwrap();
        assert_eq!(waiting(&office), [Ok(())]);
        office.evaluation.signing.coordinator = Some(next.public().to_string());
        assert_eq!(waiting(&office), [Ok(())]);
        office.coordinator = next;
        assert_eq!(resealed(&office, &Rewrite::Nothing).files, 1);
        assert_eq!(waiting(&office), [Ok(())]);
        assert_eq!(fs::read_dir(office.folder.rescue()).unwrap().count(), 2);
        let stranger = Signer::generate(&mut repeatable(98)).unwrap();
        office.evaluation.signing.coordinator = Some(stranger.public().to_string());
        assert_eq!(waiting(&office), [Err(Remark::UnknownOrigin)]);
    }

    #[test]
    fn what_people_said_through_a_laptop_that_is_revoked_goes_on_counting() {
        let mut office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let said = |number: u8| Slip {
            schema: 1,
            slip: interview(number),
            round: slug("2026h"),
            site: None,
            asked: 1,
            declined: 0,
            stopped: 1,
            deleted: Some(interview(1)),
            held: None,
            decided: None,
            made_up: false,
            newer: BTreeMap::new(),
        };
        let slips = FolderStore::new(office.folder.slips());
        let sealed = seal_slip(&said(9), &to, &office.people.laptop).unwrap();
        slips.put_if_absent(sealed.name(), sealed.bytes()).unwrap();
        resealed(&office, &Rewrite::TakeOver(office.people.laptop.public()));
        office.evaluation.signing.laptops[0].revoked = true;
        let deletes = |office: &Office| {
            let identities = office.people.identities();
            let wishes = DraftWishes::read(&office.folder, &identities, &office.evaluation).unwrap();
            wishes.waits(&interview(1), None)
        };
        assert_eq!(deletes(&office), Some(Waits::Deleted));
        let was = office.coordinator.public();
        let next = Signer::generate(&mut repeatable(99)).unwrap();
        let identities = office.people.identities();
        assert_eq!(
            sign_again(&office.folder, &identities, &office.evaluation, &to, was, &next),
            Ok(1)
        );
        office.evaluation.signing.coordinator = Some(next.public().to_string());
        remove_signed_by(&office.folder, &identities, &office.evaluation, was).unwrap();
        assert_eq!(slips.list().unwrap().len(), 1);
        assert_eq!(deletes(&office), Some(Waits::Deleted));
    }

    #[test]
    fn a_draft_that_somebody_has_open_stays_and_is_named() {
        let office = Office::new();
        let to = may_interview(&office.evaluation).unwrap();
        let entries: [Entry; 0] = [];
        let (place, open) = (office.folder.draft(), opening());
        let draft = Draft::create(&place, &open, &entries, to.recipients(), &mut repeatable(1)).unwrap();
        let done = resealed(&office, &Rewrite::Nothing);
        assert_eq!(done.shut, [draft.path().to_owned()]);
    }

    #[test]
    fn a_copy_goes_and_what_does_not_open_stays() {
        let office = Office::new();
        let sealed = office.put(&record(1));
        let copy = office.folder.out().join(format!("{} (1).stm", sealed.name()));
        write_new(&copy, sealed.bytes(), Access::Owner).unwrap();
        let noise = office.folder.out().join("noise.stm");
        write_new(&noise, &[7; 5000], Access::Owner).unwrap();
        let done = resealed(&office, &Rewrite::Nothing);
        assert_eq!((done.files, done.shut), (1, vec![noise.clone()]));
        assert_eq!(fs::read(&noise).unwrap(), [7; 5000]);
        assert_eq!(office.files(), 2);
    }

    #[test]
    fn a_withdrawn_interview_stays_withdrawn_after_resealing() {
        let office = Office::new();
        office.put(&record(1));
        office.put(&record(2));
        let to = may_interview(&office.evaluation).unwrap();
        let (gone, interview) = (office.folder.gone(), record(1).interview);
        tombstone::put(&gone, &interview, &to, &office.coordinator, &mut repeatable(1)).unwrap();
        resealed(&office, &Rewrite::Nothing);
        let identities = office.people.identities();
        let read = tombstone::read_all(&gone, &identities, &office.evaluation).unwrap();
        assert_eq!((read.interviews.len(), read.ignored.len()), (1, 0));
        let found = office.found(&identities);
        assert_eq!(found.records, [record(2)]);
    }

    #[test]
    fn what_a_revoked_laptop_had_delivered_counts_and_what_it_seals_later_does_not() {
        let mut office = Office::new();
        office.put(&record(1));
        resealed(&office, &Rewrite::TakeOver(office.people.laptop.public()));
        office.evaluation.signing.laptops[0].revoked = true;
        office.put(&record(2));
        let found = office.found(&office.people.identities());
        assert_eq!(found.records, [record(1)]);
        assert_eq!(found.counts.foreign, 1);
    }

    #[test]
    fn tags_go_and_what_did_not_count_does_not_begin_to() {
        let mut office = Office::new();
        let mut tagged = record(1);
        tagged.withdrawal_tag = Some("ab".repeat(32));
        office.put(&tagged);
        let mut other = tagged.clone();
        other.interview = record(2).interview;
        let to = may_interview(&office.evaluation).unwrap();
        let stranger = Signer::generate(&mut repeatable(99)).unwrap();
        let forged = seal(&other, &to, &stranger).unwrap();
        let path = office.folder.out().join(forged.name().file_name());
        write_new(&path, forged.bytes(), Access::Owner).unwrap();
        resealed(&office, &Rewrite::DropTags);
        let found = office.found(&office.people.identities());
        assert_eq!(found.records, [record(1)]);
        assert_eq!(found.counts.foreign, 1);
        office.evaluation.signing.laptops.clear();
        assert_eq!(office.found(&office.people.identities()).records, [record(1)]);
    }
}
