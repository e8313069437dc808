//! What becomes of a workbook on a disk that other programs and other people use, too.

use std::collections::BTreeSet;
use std::fs;

use super::writer::{Safe, Writer};
use super::{EXTENSION, Found, Judged, put, read, segment, tidy, verify};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::Recipient;
use crate::domain::record::InterviewId;
use crate::domain::workbook::log::{Change, Event, Log};
use crate::domain::workbook::{AnswerRef, Workbook};
use crate::store::atomic::{Access, write_new};
use crate::store::collecting::collect;
use crate::store::envelope::{SealTo, may_interview};
use crate::store::judging::Remark;
use crate::store::keys::{RecoveryKey, Signer};
use crate::store::ledger::Ledger;
use crate::store::randomness::repeatable;
use crate::store::resealing::{Rewrite, only_old_keys_open, reseal};
use crate::store::sample::{id, interview};
use crate::store::sample_office::Office;

/// A name no file may show.
const NAME: &str = "Blåbærsyltetøy";

fn to(office: &Office) -> SealTo {
    may_interview(&office.evaluation).unwrap()
}

fn tag(log: &mut Log, coder: &str, number: u8) -> Event {
    let answer = AnswerRef {
        interview: interview(number),
        item: id("q1").into(),
    };
    let theme = id("venting");
    log.add(&id(coder), 1, Change::Tag { answer, theme })
}

fn named(log: &mut Log, coder: &str) -> Event {
    let (theme, name) = (id("venting"), CleanText::line(NAME));
    log.add(&id(coder), 1, Change::ThemeName { theme, name })
}

fn put_events(office: &Office, events: &[Event]) -> std::path::PathBuf {
    let sealed = segment::seal(events, &to(office), &office.coordinator).unwrap();
    put(&office.folder.workbook(), &sealed).unwrap().0
}

fn found_but(office: &Office, gone: &BTreeSet<InterviewId>) -> Found {
    let identities = office.people.identities();
    read(&office.folder.workbook(), &identities, &office.evaluation, gone).unwrap()
}

fn found(office: &Office) -> Found {
    found_but(office, &BTreeSet::new())
}

fn tidied(office: &Office, found: &Found, gone: &BTreeSet<InterviewId>) -> usize {
    let sealing = to(office);
    let by = (&sealing, &office.coordinator);
    tidy(&office.folder, found, &id("a"), gone, by).unwrap().len()
}

fn files(office: &Office) -> usize {
    fs::read_dir(office.folder.workbook()).unwrap().count()
}

#[test]
fn what_is_said_to_be_safe_is_read_back_by_everybody_with_a_key_and_shows_nothing() {
    let office = Office::new();
    let mut log = Log::default();
    let mut writer = Writer::new(office.folder.workbook(), to(&office), office.coordinator.clone());
    for number in 1..=30 {
        writer.write(tag(&mut log, "a", number));
    }
    writer.write(named(&mut log, "a"));
    assert_eq!(writer.wait(), Safe::Yes);
    for key in [&office.people.coordinator, &office.people.recovery] {
        let found = read(
            &office.folder.workbook(),
            &key.identities(),
            &office.evaluation,
            &BTreeSet::new(),
        );
        assert!(found.unwrap().log == log);
    }
    // Written again and again, and one file stays.
    assert_eq!(files(&office), 1);
    let bytes = fs::read(&found(&office).segments[0].path).unwrap();
    assert!(!bytes.windows(4).any(|part| part == &NAME.as_bytes()[..4]));
    assert!(!format!("{:?}", found(&office)).contains(NAME));
}

#[test]
fn what_cannot_be_written_is_not_called_safe_and_is_written_when_it_can_be() {
    let office = Office::new();
    let mut log = Log::default();
    // A file stands where the folder should be.
    let place = office.folder.root().join("elsewhere");
    write_new(&place, b"x", Access::Owner).unwrap();
    let mut writer = Writer::new(place.clone(), to(&office), office.coordinator.clone());
    writer.write(tag(&mut log, "a", 1));
    assert!(matches!(writer.wait(), Safe::No(_)));
    fs::remove_file(&place).unwrap();
    writer.write(tag(&mut log, "a", 2));
    assert_eq!(writer.wait(), Safe::Yes);
    let read = read(
        &place,
        &office.people.identities(),
        &office.evaluation,
        &BTreeSet::new(),
    );
    assert!(read.unwrap().log == log);
}

#[test]
fn a_long_run_is_cut_into_files_that_do_not_grow_without_end() {
    let office = Office::new();
    let mut log = Log::default();
    let mut writer = Writer::new(office.folder.workbook(), to(&office), office.coordinator.clone());
    for round in 0..6 {
        for number in 0..100 {
            writer.write(tag(&mut log, "a", number + round));
        }
        assert_eq!(writer.wait(), Safe::Yes);
    }
    drop(writer);
    let found = found(&office);
    assert!(found.log == log);
    assert!(
        (2..=4).contains(&found.segments.len()),
        "{}",
        found.segments.len()
    );
}

#[test]
fn copies_count_once_and_what_is_no_segment_of_ours_is_set_aside_and_kept() {
    let mut office = Office::new();
    let mut log = Log::default();
    let own = put_events(&office, &[tag(&mut log, "a", 1), named(&mut log, "b")]);
    let workbook = office.folder.workbook();
    let bytes = fs::read(&own).unwrap();
    let stem = own.file_stem().unwrap().to_str().unwrap().to_owned();
    write_new(
        &workbook.join(format!("{stem} (1).{EXTENSION}")),
        &bytes,
        Access::Owner,
    )
    .unwrap();
    write_new(
        &workbook.join(format!("{}.{EXTENSION}", "0".repeat(32))),
        &[0; 4096],
        Access::Owner,
    )
    .unwrap();
    write_new(
        &workbook.join(format!("noise.{EXTENSION}")),
        &[7; 5000],
        Access::Owner,
    )
    .unwrap();
    let mut cut = bytes.clone();
    cut.truncate(bytes.len() - 9);
    write_new(&workbook.join(format!("cut.{EXTENSION}")), &cut, Access::Owner).unwrap();
    let stranger = Signer::generate(&mut repeatable(99)).unwrap();
    let forged = segment::seal(&[tag(&mut Log::default(), "x", 9)], &to(&office), &stranger).unwrap();
    put(&workbook, &forged).unwrap();
    let mine = office.evaluation.id.clone();
    office.evaluation.id = "00000000000000aa".to_owned();
    let foreign = segment::seal(
        &[tag(&mut Log::default(), "x", 9)],
        &to(&office),
        &office.coordinator,
    )
    .unwrap();
    office.evaluation.id = mine;
    put(&workbook, &foreign).unwrap();

    let found_all = found(&office);
    assert!(found_all.log == log);
    let remarks: BTreeSet<Remark> = found_all.remarks.iter().map(|(_, remark)| *remark).collect();
    let expected = [
        Remark::Absent,
        Remark::Damaged,
        Remark::Misnamed,
        Remark::OtherEvaluation,
        Remark::UnknownOrigin,
    ];
    assert_eq!(remarks, expected.into());
    assert_eq!(tidied(&office, &found_all, &BTreeSet::new()), 5);
    // What has not come yet stays where it will come.
    assert_eq!(files(&office), 2);
    assert_eq!(fs::read_dir(office.folder.quarantine()).unwrap().count(), 5);
    assert!(found(&office).log == log);
    let judged = judged(&office, &BTreeSet::new());
    assert_eq!((judged.segments, judged.remarks.len()), (1, 1));
}

fn judged(office: &Office, gone: &BTreeSet<InterviewId>) -> Judged {
    let identities = office.people.identities();
    verify(&office.folder.workbook(), &identities, &office.evaluation, gone).unwrap()
}

#[test]
fn a_deleted_file_that_others_built_on_is_noticed() {
    let office = Office::new();
    let mut log = Log::default();
    let first = put_events(&office, &[tag(&mut log, "a", 1), tag(&mut log, "a", 2)]);
    let second = put_events(&office, &[tag(&mut log, "b", 1)]);
    assert_eq!(judged(&office, &BTreeSet::new()).lacking, 0);
    fs::remove_file(first).unwrap();
    assert_eq!(judged(&office, &BTreeSet::new()).lacking, 2);
    // Withdrawing takes steps out, too.
    assert_eq!(judged(&office, &[interview(1)].into()).lacking, 0);
    fs::remove_file(second).unwrap();
    assert_eq!(judged(&office, &BTreeSet::new()).lacking, 0, "nobody built on it");
}

#[test]
fn every_flipped_bit_and_every_cut_is_noticed() {
    let office = Office::new();
    let path = put_events(&office, &[tag(&mut Log::default(), "a", 1)]);
    let bytes = fs::read(path).unwrap();
    let identities = office.people.identities();
    let opens = |bytes: &[u8]| segment::open(bytes, &identities, &office.evaluation).is_ok();
    assert!(opens(&bytes));
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1 << (place % 8);
        assert!(!opens(&changed), "byte {place}");
    }
    for length in 0..bytes.len() {
        assert!(!opens(&bytes[..length]), "cut at {length}");
    }
}

#[test]
fn many_small_segments_become_one_and_another_coordinators_stay() {
    let office = Office::new();
    let mut log = Log::default();
    for number in 0..20 {
        put_events(&office, &[tag(&mut log, "a", number)]);
    }
    for number in 0..2 {
        put_events(&office, &[tag(&mut log, "b", number)]);
    }
    let before = found(&office);
    tidied(&office, &before, &BTreeSet::new());
    let after = found(&office);
    assert!(after.log == log && after.segments.len() == 3);
    // Another folder that had only the old files gives the same when both are put together.
    for segment in &before.segments {
        put_events(&office, &segment.events);
    }
    assert!(found(&office).log == log);
}

#[test]
fn nothing_of_a_withdrawn_interview_stays_on_the_disk() {
    let office = Office::new();
    let mut log = Log::default();
    put_events(&office, &[tag(&mut log, "a", 1), tag(&mut log, "b", 2)]);
    put_events(&office, &[tag(&mut log, "b", 1)]);
    let gone = BTreeSet::from([interview(1)]);
    let read = found_but(&office, &gone);
    assert_eq!(read.log.len(), 1);
    tidied(&office, &read, &gone);
    let left = found(&office);
    assert_eq!((left.log.len(), left.segments.len()), (1, 1));
    assert!(left.log.events().all(|(_, change)| !change.is_about(&gone)));
}

#[test]
fn two_coordinators_who_collect_from_each_other_have_the_same_workbook() {
    let office = Office::new();
    let other = tempfile::tempdir().unwrap();
    let mut mine = Log::default();
    put_events(&office, &[tag(&mut mine, "a", 1)]);
    let mut theirs = Log::default();
    let events = [tag(&mut theirs, "b", 1), named(&mut theirs, "b")];
    let sealed = segment::seal(&events, &to(&office), &office.coordinator).unwrap();
    put(&other.path().join("workbook"), &sealed).unwrap();
    let mut ledger = Ledger::read(&other.path().join("ledger")).unwrap();
    let mut collected = |office: &Office| {
        let sources = [other.path().to_owned()];
        let identities = office.people.identities();
        collect(
            &sources,
            &office.folder,
            &identities,
            &office.evaluation,
            &mut ledger,
            &mut |_| (),
        )
        .unwrap()
    };
    assert_eq!(collected(&office).workbook, 1);
    let again = collected(&office);
    assert_eq!((again.workbook, again.copies), (0, 1));
    mine.extend(theirs.events().map(|(stamp, change)| Event {
        stamp: stamp.clone(),
        change: change.clone(),
    }));
    assert!(found(&office).log == mine);
    assert!(Workbook::of([], &found(&office).log) == Workbook::of([], &mine));
}

#[test]
fn new_keys_open_the_workbook_after_resealing_and_old_ones_do_not() {
    let mut office = Office::new();
    let mut log = Log::default();
    put_events(&office, &[tag(&mut log, "a", 1)]);
    let second = RecoveryKey::generate();
    office.evaluation.recipients[0] = Recipient {
        name: CleanText::line("koordinator 2"),
        key: second.public(),
        proved: true,
    };
    let all = second.identities().and(office.people.identities());
    let needed = || only_old_keys_open(&office.folder, &second.identities(), &all).unwrap();
    assert_eq!(needed().len(), 1);
    let old = office.people.identities();
    reseal(
        &office.folder,
        &old,
        &office.evaluation,
        &office.coordinator,
        &Rewrite::Nothing,
    )
    .unwrap();
    let opened = |key: &RecoveryKey| {
        let gone = BTreeSet::new();
        read(
            &office.folder.workbook(),
            &key.identities(),
            &office.evaluation,
            &gone,
        )
        .unwrap()
    };
    assert!(opened(&second).log == log);
    let shut = opened(&office.people.coordinator);
    assert_eq!((shut.log.len(), shut.remarks[0].1), (0, Remark::OtherKey));
    assert_eq!(needed().len(), 0);
}

#[test]
fn a_lost_coordinators_work_counts_on_the_new_ones_word() {
    let mut office = Office::new();
    let mut log = Log::default();
    put_events(&office, &[tag(&mut log, "a", 1)]);
    let new = Signer::generate(&mut repeatable(44)).unwrap();
    let identities = office.people.identities();
    let (workbook, was) = (office.folder.workbook(), office.coordinator.public());
    super::sign_again(&workbook, &identities, &to(&office), was, &new).unwrap();
    // Until the evaluation names the new key, the old file counts.
    assert!(found(&office).log == log && files(&office) == 2);
    office.evaluation.signing.coordinator = Some(new.public().to_string());
    assert!(found(&office).log == log);
    super::remove_signed_by(&workbook, &identities, &office.evaluation, was).unwrap();
    assert!(found(&office).log == log && files(&office) == 1);
}
