//! Collections: what counts, what does not, and that the order in which files came together does not matter.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use sha2::{Digest, Sha256};

use super::{Counts, Opening, Remark, count, read};
use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewRecord, TakesInterviews};
use crate::store::atomic::{Access, write_new};
use crate::store::checked::{Checked, EnvelopeHash};
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::{Sealed, may_interview, seal};
use crate::store::error::StoreError;
use crate::store::keys::{RecoveryKey, Signer};
use crate::store::randomness::repeatable;
use crate::store::sample::{People, record};
use crate::store::tombstone::Tombstones;

fn sealed(people: &People, number: u8) -> Sealed {
    let to = may_interview(&people.evaluation()).unwrap();
    seal(&record(number), &to, &people.laptop).unwrap()
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    write_new(&folder.join(name), bytes, Access::Owner).unwrap();
}

/// What counts, with what was said.
struct Found {
    /// By id.
    records: Vec<InterviewRecord>,
    counts: Counts,
    remarks: Vec<(PathBuf, Remark)>,
}

fn collect(folder: &Path, people: &People) -> Found {
    collect_of(folder, people, &people.evaluation()).unwrap()
}

fn collect_of(folder: &Path, people: &People, evaluation: &Evaluation) -> Result<Found, StoreError> {
    collect_with(
        folder,
        people,
        evaluation,
        &Tombstones::default(),
        &Checked::default(),
    )
}

fn collect_with(
    folder: &Path,
    people: &People,
    evaluation: &Evaluation,
    gone: &Tombstones,
    checked: &Checked,
) -> Result<Found, StoreError> {
    let opening = Opening {
        identities: &people.identities(),
        evaluation,
        gone,
        checked,
        asked: &DraftWishes::default(),
    };
    let mut records: Vec<InterviewRecord> = Vec::new();
    let found = read(folder, &opening, &mut records)?;
    records.sort_by(|a, b| a.interview.cmp(&b.interview));
    let heads = found.interviews.iter().map(|head| &head.interview);
    assert!(heads.eq(records.iter().map(|record| &record.interview)));
    Ok(Found {
        records,
        counts: found.counts,
        remarks: found.remarks,
    })
}

#[test]
fn interviews_are_counted_once_and_sorted_by_id() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    for number in [3, 1, 2] {
        let sealed = sealed(&people, number);
        put(folder.path(), &sealed.name().file_name(), sealed.bytes());
    }
    let twin = sealed(&people, 2);
    put(folder.path(), &twin.name().file_name(), twin.bytes());
    put(folder.path(), &format!("{} (1).stm", twin.name()), twin.bytes());
    put(folder.path(), ".tmp-left", b"x");
    let collection = collect(folder.path(), &people);
    assert_eq!(collection.records, [record(1), record(2), record(3)]);
    assert_eq!(collection.remarks, []);
    let expected = Counts {
        files: 5,
        finished: 3,
        duplicates: 2,
        ..Counts::default()
    };
    assert_eq!(collection.counts, expected);
    assert_eq!(count(folder.path()), Ok(5));
    assert_eq!(count(&folder.path().join("not there")), Ok(0));
}

#[test]
fn twins_that_differ_are_told_and_the_smallest_name_counts() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    let to = may_interview(&people.evaluation()).unwrap();
    let mut other = record(1);
    other.read_back = false;
    let mut twins = [
        (sealed(&people, 1), true),
        (seal(&other, &to, &people.laptop).unwrap(), false),
    ];
    for (twin, _) in &twins {
        put(folder.path(), &twin.name().file_name(), twin.bytes());
    }
    twins.sort_by_key(|(twin, _)| *twin.name());
    let collection = collect(folder.path(), &people);
    assert_eq!(collection.records.len(), 1);
    assert_eq!(collection.records[0].read_back, twins[0].1);
    let second = folder.path().join(twins[1].0.name().file_name());
    assert_eq!(collection.remarks, [(second, Remark::Differs)]);
}

#[test]
fn an_interview_handed_over_before_no_code_was_wanted_is_one_interview() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    let to = may_interview(&people.evaluation()).unwrap();
    let (mut coded, mut without) = (record(1), record(1));
    coded.withdrawal_tag = Some("ab".repeat(32));
    without.withdrawal_tag = None;
    for twin in [&coded, &without] {
        let sealed = seal(twin, &to, &people.laptop).unwrap();
        put(folder.path(), &sealed.name().file_name(), sealed.bytes());
    }
    let collection = collect(folder.path(), &people);
    assert_eq!((collection.counts.finished, collection.counts.duplicates), (1, 1));
    assert_eq!(collection.remarks, []);
    // What was said differs all the same where it differs.
    without.read_back = !without.read_back;
    let sealed = seal(&without, &to, &people.laptop).unwrap();
    put(folder.path(), &sealed.name().file_name(), sealed.bytes());
    let remarks = collect(folder.path(), &people).remarks;
    assert!(!remarks.is_empty());
    assert!(remarks.iter().all(|(_, remark)| *remark == Remark::Differs));
}

#[test]
fn what_does_not_count_is_counted_as_what_it_is() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    let evaluation = people.evaluation();
    let to = may_interview(&evaluation).unwrap();
    let mut expected = Vec::new();
    let mut add = |sealed: &Sealed, remark| {
        put(folder.path(), &sealed.name().file_name(), sealed.bytes());
        expected.push((folder.path().join(sealed.name().file_name()), remark));
    };
    let stranger = Signer::generate(&mut repeatable(99)).unwrap();
    add(&seal(&record(1), &to, &stranger).unwrap(), Remark::UnknownOrigin);
    let mut newer = record(2);
    newer.schema = 2;
    add(&seal(&newer, &to, &people.laptop).unwrap(), Remark::Newer);
    let mut made_up = record(3);
    made_up.made_up = true;
    add(&seal(&made_up, &to, &people.laptop).unwrap(), Remark::MadeUp);
    let others = People {
        coordinator: RecoveryKey::generate(),
        recovery: RecoveryKey::generate(),
        laptop: people.laptop.clone(),
    };
    add(&sealed(&others, 4), Remark::OtherKey);
    let mut elsewhere = evaluation.clone();
    elsewhere.id = "0000000000000000".to_owned();
    let elsewhere = may_interview(&elsewhere).unwrap();
    let elsewhere = seal(&record(5), &elsewhere, &people.laptop).unwrap();
    add(&elsewhere, Remark::OtherEvaluation);
    let cut = sealed(&people, 6).bytes()[..4000].to_vec();
    let whole = sealed(&people, 7).bytes().to_vec();
    for (name, bytes, remark) in [
        ("empty.stm", Vec::new(), Remark::Absent),
        ("noise.stm", vec![7; 5000], Remark::Damaged),
        ("cut.stm", cut, Remark::Damaged),
        ("renamed.stm", whole, Remark::Misnamed),
    ] {
        put(folder.path(), name, &bytes);
        expected.push((folder.path().join(name), remark));
    }
    expected.sort();
    let collection = collect(folder.path(), &people);
    assert_eq!(collection.remarks, expected);
    // Its name is wrong, its bytes are right.
    assert_eq!(collection.records, [record(7)]);
    let counts = Counts {
        files: 9,
        finished: 1,
        waiting: 0,
        newer: 1,
        unreadable: 1,
        damaged: 2,
        foreign: 3,
        absent: 1,
        duplicates: 0,
        slips: 0,
    };
    assert_eq!(collection.counts, counts);

    let mut revoked = evaluation;
    revoked.signing.laptops[0].revoked = true;
    let collection = collect_of(folder.path(), &people, &revoked).unwrap();
    assert_eq!(collection.records, []);
}

#[test]
fn what_cannot_be_read_for_a_moment_is_an_error_and_not_missing() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    // A folder under a file's name is nothing of ours and stops nobody.
    fs::create_dir(folder.path().join("folder.stm")).unwrap();
    assert!(collect_of(folder.path(), &people, &people.evaluation()).is_ok());
    let file = folder.path().join("none");
    write_new(&file, b"x", Access::Owner).unwrap();
    assert!(collect_of(&file, &people, &people.evaluation()).is_err());
}

#[test]
fn of_twins_that_differ_the_same_one_counts_whatever_is_met_first() {
    // Under names that say nothing the larger envelope comes first, is taken, and has to be forgotten again.
    struct Counting(Vec<InterviewRecord>, usize);
    impl TakesInterviews for Counting {
        fn take(&mut self, record: &InterviewRecord) {
            self.0.push(record.clone());
        }
        fn forget(&mut self) {
            self.0.clear();
            self.1 += 1;
        }
    }
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let mut other = record(1);
    other.read_back = false;
    let mut twins = [
        (sealed(&people, 1), record(1)),
        (seal(&other, &to, &people.laptop).unwrap(), other),
    ];
    twins.sort_by_key(|(twin, _)| *twin.name());
    for (names, again) in [(["a", "b"], 0), (["b", "a"], 1)] {
        let folder = tempfile::tempdir().unwrap();
        for ((twin, _), name) in twins.iter().zip(names) {
            put(folder.path(), &format!("{name}.stm"), twin.bytes());
        }
        let alone = sealed(&people, 2);
        put(folder.path(), "c.stm", alone.bytes());
        let opening = Opening {
            identities: &people.identities(),
            evaluation: &people.evaluation(),
            gone: &Tombstones::default(),
            checked: &Checked::default(),
            asked: &DraftWishes::default(),
        };
        let mut counting = Counting(Vec::new(), 0);
        let found = read(folder.path(), &opening, &mut counting).unwrap();
        counting.0.sort_by(|a, b| a.interview.cmp(&b.interview));
        assert_eq!(counting.0, [twins[0].1.clone(), record(2)]);
        assert_eq!((counting.1, found.counts.finished), (again, 2));
        let differs = folder.path().join(format!("{}.stm", names[1]));
        assert!(found.remarks.contains(&(differs, Remark::Differs)));
    }
}

#[test]
fn a_withdrawn_interview_is_given_to_nobody_whatever_copies_there_are() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    for number in [1, 1, 2] {
        let sealed = sealed(&people, number);
        put(folder.path(), &sealed.name().file_name(), sealed.bytes());
    }
    let gone = Tombstones {
        interviews: [record(1).interview].into(),
        ignored: Vec::new(),
    };
    let none = Checked::default();
    let found = collect_with(folder.path(), &people, &people.evaluation(), &gone, &none).unwrap();
    assert_eq!((found.records, found.counts.finished), (vec![record(2)], 1));
}

#[test]
fn a_signature_that_was_checked_is_not_checked_again_and_who_signed_is() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    let (evaluation, gone) = (people.evaluation(), Tombstones::default());
    let to = may_interview(&evaluation).unwrap();
    let known = sealed(&people, 1);
    let stranger = Signer::generate(&mut repeatable(99)).unwrap();
    let foreign = seal(&record(2), &to, &stranger).unwrap();
    let later = sealed(&people, 3);
    for sealed in [&known, &foreign, &later] {
        put(folder.path(), &sealed.name().file_name(), sealed.bytes());
    }
    let hash = |sealed: &Sealed| -> EnvelopeHash { Sha256::digest(sealed.bytes()).into() };
    let checked: Checked = [hash(&known), hash(&foreign)].into_iter().collect();
    let found = collect_with(folder.path(), &people, &evaluation, &gone, &checked).unwrap();
    assert_eq!(found.records, [record(1), record(3)]);
    assert_eq!(found.counts.foreign, 1);
    let mut revoked = evaluation;
    revoked.signing.laptops[0].revoked = true;
    let found = collect_with(folder.path(), &people, &revoked, &gone, &checked).unwrap();
    assert_eq!((found.records.len(), found.counts.foreign), (0, 3));
}

/// Envelopes of a few interviews, some of them twins: made once, put together in many ways.
fn pool() -> &'static (People, Vec<Sealed>) {
    static POOL: std::sync::OnceLock<(People, Vec<Sealed>)> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        let people = People::new();
        let envelopes = [1, 1, 2, 3, 3, 3, 4].map(|number| sealed(&people, number));
        (people, envelopes.to_vec())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_union_in_any_order_and_any_number_of_times(places in vec((any::<bool>(), any::<u8>()), 7)) {
        let (people, envelopes) = pool();
        let whole = tempfile::tempdir().unwrap();
        for sealed in envelopes {
            put(whole.path(), &sealed.name().file_name(), sealed.bytes());
        }
        // Brought together in some order, with copies under other names.
        let merged = tempfile::tempdir().unwrap();
        let mut order: Vec<_> = envelopes.iter().zip(&places).collect();
        order.sort_by_key(|(_, (_, place))| *place);
        for (sealed, (copied, _)) in order {
            put(merged.path(), &sealed.name().file_name(), sealed.bytes());
            if *copied {
                put(merged.path(), &format!("{} (1).stm", sealed.name()), sealed.bytes());
            }
        }
        let (whole, merged) = (collect(whole.path(), people), collect(merged.path(), people));
        prop_assert_eq!(whole.records, merged.records);
        prop_assert_eq!(merged.remarks, []);
    }
}
