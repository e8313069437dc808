//! Tests of this module.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Rewrite, only_old_keys_open, remove_signed_by, reseal, sign_again, sign_drafts_for_next};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::Recipient;
use crate::domain::slip::Slip;
use crate::store::atomic::{Access, make_folder, write_new};
use crate::store::draft_wishes::{DraftWishes, Waits};
use crate::store::envelope::{EnvelopeName, may_interview, seal, seal_slip};
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
    let old_needed = |current: &Identities| only_old_keys_open(&office.folder, current, &all).unwrap().len();
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
fn a_draft_that_was_set_aside_keeps_no_old_key_and_is_still_of_the_laptop_that_signed_it() {
    let mut office = Office::new();
    let to = may_interview(&office.evaluation).unwrap();
    let here = tempfile::tempdir().unwrap();
    let draft = Draft::create(
        here.path(),
        &opening(),
        &[answered("en")],
        to.recipients(),
        &mut repeatable(1),
    )
    .unwrap();
    let journal = fs::read(draft.path()).unwrap();
    let wrapped = handed_draft::wrap(&journal, &office.evaluation.id, &office.people.laptop);
    let mut forged = wrapped.clone();
    forged[60] ^= 1;
    let aside = FolderStore::new(office.folder.quarantine());
    for bytes in [&wrapped, &forged] {
        aside.put_if_absent(&EnvelopeName::of(bytes), bytes).unwrap();
    }
    let second = RecoveryKey::generate();
    let all = second.identities().and(office.people.identities());
    let old_needed = || {
        only_old_keys_open(&office.folder, &second.identities(), &all)
            .unwrap()
            .len()
    };
    assert_eq!(old_needed(), 2);
    office.evaluation.recipients[0].key = second.public();
    assert_eq!(resealed(&office, &Rewrite::Nothing).files, 2);
    assert_eq!(old_needed(), 0);
    let mut origins = |revoked: bool| {
        office.evaluation.signing.laptops[0].revoked = revoked;
        let drafts = aside
            .list()
            .unwrap()
            .into_iter()
            .map(|name| aside.get(&name).unwrap());
        let mut found: Vec<Result<(), Remark>> = drafts
            .map(|bytes| handed_draft::open(&bytes, &office.evaluation).map(drop))
            .collect();
        found.sort();
        found
    };
    assert_eq!(origins(false), [Ok(()), Err(Remark::Forged)]);
    assert_eq!(
        origins(true),
        [Err(Remark::RevokedLaptop), Err(Remark::RevokedLaptop)]
    );
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
