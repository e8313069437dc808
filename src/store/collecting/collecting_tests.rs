//! Collecting: a union by content, whatever the order, the copies and the names; nothing forged gets in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

use super::{Collected, Collector, collect};
use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewRecord;
use crate::store::atomic::{Access, make_folder, replace};
use crate::store::delivery;
use crate::store::envelope::{EnvelopeName, may_interview, seal, seal_slip};
use crate::store::envelope_store::{EnvelopeStore, FolderStore, MemoryStore};
use crate::store::folder::EvaluationFolder;
use crate::store::given_up::GivenUp;
use crate::store::handed_draft;
use crate::store::journal::Draft;
use crate::store::judging::{Judged, Remark, judge};
use crate::store::keys::{RecoveryKey, Signer};
use crate::store::ledger::Ledger;
use crate::store::randomness::repeatable;
use crate::store::resealing;
use crate::store::sample::{self, EVALUATION, People, record};
use crate::store::superseded;
use crate::store::tombstone::{self, Tombstones};
use crate::store::verification;

fn sealed(people: &People, number: u8) -> Vec<u8> {
    sealed_by(people, &record(number), &people.laptop)
}

fn sealed_by(people: &People, record: &InterviewRecord, signer: &Signer) -> Vec<u8> {
    let to = may_interview(&people.evaluation()).unwrap();
    seal(record, &to, signer).unwrap().bytes().to_vec()
}

fn slip(people: &People, number: u8) -> Vec<u8> {
    let to = may_interview(&people.evaluation()).unwrap();
    let slip = sample::slip(number);
    seal_slip(&slip, &to, &people.laptop).unwrap().bytes().to_vec()
}

/// An evaluation's folder with a ledger beside it.
struct Desk {
    root: tempfile::TempDir,
    people: People,
    evaluation: Evaluation,
}

impl Desk {
    fn new() -> Self {
        let people = People::new();
        let evaluation = people.evaluation();
        Self {
            root: tempfile::tempdir().unwrap(),
            people,
            evaluation,
        }
    }

    fn folder(&self) -> EvaluationFolder {
        let root = self.root.path().join("evaluering");
        make_folder(&root).unwrap();
        replace(&root.join("evaluation.toml"), b"", Access::Owner).unwrap();
        EvaluationFolder::open(&root).unwrap().0
    }

    fn stick(&self, name: &str) -> PathBuf {
        let stick = self.root.path().join(name);
        make_folder(&stick).unwrap();
        stick
    }

    fn ledger(&self) -> Ledger {
        Ledger::read(&self.root.path().join("ledger")).unwrap()
    }

    fn collect(&self, sources: &[PathBuf]) -> Collected {
        collect(
            sources,
            &self.folder(),
            &self.people.identities(),
            &self.evaluation,
            &mut self.ledger(),
            &mut |_| (),
        )
        .unwrap()
    }

    fn out(&self) -> Vec<String> {
        FolderStore::new(self.folder().out()).list().unwrap()
    }

    fn aside(&self) -> usize {
        FolderStore::new(self.folder().quarantine()).list().unwrap().len()
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    replace(&folder.join(name), bytes, Access::Owner).unwrap();
}

fn delivered(desk: &Desk, to: &Path, envelopes: &[Vec<u8>]) -> PathBuf {
    let store = MemoryStore::default();
    for bytes in envelopes {
        store.put_if_absent(&EnvelopeName::of(bytes), bytes).unwrap();
    }
    delivery::write(to, &desk.evaluation.id, &[&store], &[], |_| true)
        .unwrap()
        .path
}

#[test]
fn deliveries_copies_and_loose_files_end_as_one_set() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let (a, b, c, no) = (
        sealed(&desk.people, 1),
        sealed(&desk.people, 2),
        sealed(&desk.people, 3),
        slip(&desk.people, 9),
    );
    let first = delivered(&desk, &stick, &[a.clone(), b.clone(), no]);
    fs::copy(&first, stick.join("levering (1).stemme")).unwrap();
    let name = EnvelopeName::of(&c);
    make_folder(&stick.join("synced")).unwrap();
    put(&stick.join("synced"), &format!("{name}.stm"), &c);
    put(&stick.join("synced"), &format!("{name} (1).stm"), &c);
    put(
        &stick.join("synced"),
        &format!("{name}.sync-conflict-20261127-120000-ABCDEFG.stm"),
        &c,
    );
    put(&stick.join("synced"), "feriebilde.jpg", b"not ours");
    let collected = desk.collect(std::slice::from_ref(&stick));
    assert_eq!(
        (collected.interviews, collected.slips, collected.copies),
        (3, 1, 5)
    );
    assert_eq!((collected.deliveries, collected.accepted.len()), (2, 4));
    assert!(collected.absent.is_empty() && collected.cut.is_empty() && collected.aside.is_empty());
    let again = desk.collect(&[stick]);
    assert_eq!((again.interviews, again.slips, again.copies), (0, 0, 9));
    assert_eq!(again.accepted, collected.accepted);
    assert_eq!(desk.out().len(), 3);
    assert_eq!(desk.ledger().seen().count(), 4);
}

/// Threat row 7: anybody who has the public keys can seal, and nothing of it is counted.
#[test]
fn of_a_thousand_forged_interviews_none_gets_in() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let stranger = Signer::generate(&mut repeatable(99)).unwrap();
    let mut forged: Vec<Vec<u8>> = (0..=u8::MAX)
        .map(|number| sealed_by(&desk.people, &record(number), &stranger))
        .collect();
    // The rest without the cost of sealing each: bytes changed after sealing.
    for number in 0..744_usize {
        let mut bytes = forged[number % 256].clone();
        let place = bytes.len() - 1 - number;
        bytes[place] ^= 1;
        forged.push(bytes);
    }
    let honest = sealed(&desk.people, 1);
    forged.push(honest.clone());
    delivered(&desk, &stick, &forged);
    let collected = desk.collect(&[stick]);
    assert_eq!(collected.envelopes, 1001);
    assert_eq!(collected.interviews, 1);
    assert_eq!(desk.out(), [EnvelopeName::of(&honest).file_name()]);
    assert_eq!(collected.aside[&Remark::UnknownOrigin], 256);
    assert_eq!(collected.aside[&Remark::Damaged], 744);
    assert_eq!(desk.aside(), 1000, "nothing is deleted");
}

#[test]
fn what_is_set_aside_comes_in_when_its_laptop_is_known() {
    let mut desk = Desk::new();
    let stick = desk.stick("stick");
    delivered(&desk, &stick, &[sealed(&desk.people, 1)]);
    desk.evaluation.signing.laptops[0].revoked = true;
    let collected = desk.collect(&[stick]);
    assert_eq!(collected.aside[&Remark::RevokedLaptop], 1);
    assert_eq!(
        (collected.accepted.len(), desk.out().len(), desk.aside()),
        (0, 0, 1)
    );
    desk.evaluation.signing.laptops[0].revoked = false;
    let empty = desk.stick("tom");
    let collected = desk.collect(&[empty]);
    assert_eq!((collected.interviews, collected.accepted.len()), (1, 1));
    assert_eq!((desk.out().len(), desk.aside()), (1, 0));
}

#[test]
fn a_draft_of_a_revoked_laptop_lies_aside_only_as_long_as_its_interview_is_not_here() {
    let mut desk = Desk::new();
    let to = may_interview(&desk.evaluation).unwrap();
    let draft = |number: u8| {
        let mut opening = sample::opening();
        opening.interview = record(number).interview;
        let mut random = repeatable(number.into());
        let draft = Draft::create(desk.root.path(), &opening, &[], to.recipients(), &mut random).unwrap();
        let journal = fs::read(draft.path()).unwrap();
        handed_draft::wrap(&journal, EVALUATION, &desk.people.laptop)
    };
    let (early, other) = (draft(1), draft(2));
    let stick = desk.stick("stick");
    delivered(&desk, &stick, &[early.clone(), other]);
    desk.evaluation.signing.laptops[0].revoked = true;
    let collected = desk.collect(std::slice::from_ref(&stick));
    assert_eq!((collected.aside[&Remark::RevokedLaptop], desk.aside()), (2, 2));
    // It comes finished, from a laptop that counts.
    desk.evaluation.signing.laptops[0].revoked = false;
    let finished = desk.stick("ferdig");
    delivered(&desk, &finished, &[sealed(&desk.people, 1)]);
    let folder = desk.folder();
    let aside = FolderStore::new(folder.quarantine());
    let kept: Vec<Vec<u8>> = aside
        .list()
        .unwrap()
        .iter()
        .map(|name| aside.get(name).unwrap())
        .collect();
    for name in aside.list().unwrap() {
        fs::remove_file(aside.folder().join(name)).unwrap();
    }
    desk.collect(&[finished]);
    let signer = Signer::generate(&mut repeatable(5)).unwrap();
    desk.evaluation.signing.coordinator = Some(signer.public().to_string());
    let taken_over = resealing::Rewrite::TakeOver(desk.people.laptop.public());
    let identities = desk.people.identities();
    resealing::reseal(&folder, &identities, &desk.evaluation, &signer, &taken_over).unwrap();
    desk.evaluation.signing.laptops[0].revoked = true;
    for bytes in &kept {
        aside.put_if_absent(&EnvelopeName::of(bytes), bytes).unwrap();
    }
    desk.collect(&[desk.stick("tom")]);
    assert_eq!(desk.aside(), 1, "one has nothing new in it");
    let collected = desk.collect(&[stick]);
    assert_eq!(
        (collected.copies, collected.accepted.len(), desk.aside()),
        (1, 0, 1)
    );
}

#[test]
fn what_was_withdrawn_is_not_taken_in_again_and_the_laptop_may_let_it_go() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    delivered(&desk, &stick, &[sealed(&desk.people, 1), sealed(&desk.people, 2)]);
    let mut ledger = desk.ledger();
    ledger.withdraw(&record(1).interview);
    ledger.keep().unwrap();
    let collected = desk.collect(&[stick]);
    assert_eq!((collected.interviews, collected.withdrawn), (1, 1));
    assert_eq!(
        (collected.accepted.len(), desk.out().len(), desk.aside()),
        (2, 1, 0)
    );
}

#[test]
fn what_is_sealed_to_other_keys_is_not_called_damaged() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    delivered(&desk, &stick, &[sealed(&People::new(), 1)]);
    let collected = desk.collect(&[stick]);
    assert_eq!(collected.aside[&Remark::OtherKey], 1);
}

#[test]
fn what_is_not_here_yet_is_named_and_waits() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let whole = sealed(&desk.people, 1);
    let name = EnvelopeName::of(&whole).file_name();
    put(&stick, &name, &vec![0; whole.len()]);
    put(&stick, "levering-0000.stemme", b"");
    let collected = desk.collect(std::slice::from_ref(&stick));
    assert_eq!(
        collected.absent,
        [stick.join(&name), stick.join("levering-0000.stemme")]
    );
    assert_eq!((collected.envelopes, desk.aside()), (0, 0));
    put(&stick, &name, &whole);
    assert_eq!(desk.collect(&[stick]).interviews, 1);
}

#[test]
fn a_delivery_that_is_half_here_gives_what_is_whole() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let path = delivered(&desk, &stick, &[sealed(&desk.people, 1), sealed(&desk.people, 2)]);
    let whole = fs::read(&path).unwrap();
    put(&stick, "half.stemme", &whole[..whole.len() - 100]);
    fs::remove_file(&path).unwrap();
    let collected = desk.collect(std::slice::from_ref(&stick));
    assert_eq!(collected.cut, [stick.join("half.stemme")]);
    assert_eq!((collected.interviews, desk.out().len()), (1, 1));
    put(&stick, "half.stemme", &whole);
    let collected = desk.collect(&[stick]);
    assert_eq!((collected.interviews, collected.copies), (1, 1));
}

#[test]
fn a_delivery_of_another_evaluation_stays_where_it_is() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let store = MemoryStore::default();
    let bytes = sealed(&desk.people, 1);
    store.put_if_absent(&EnvelopeName::of(&bytes), &bytes).unwrap();
    let path = delivery::write(&stick, "0000000000000000", &[&store], &[], |_| true)
        .unwrap()
        .path;
    let collected = desk.collect(&[stick]);
    assert_eq!((collected.elsewhere, collected.envelopes), (vec![path], 0));
}

#[test]
fn a_copy_that_broke_here_is_mended_by_the_next_delivery() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let whole = sealed(&desk.people, 1);
    delivered(&desk, &stick, std::slice::from_ref(&whole));
    desk.collect(std::slice::from_ref(&stick));
    let name = EnvelopeName::of(&whole).file_name();
    put(&desk.folder().out(), &name, &whole[..1000]);
    desk.collect(&[stick]);
    assert_eq!(fs::read(desk.folder().out().join(&name)).unwrap(), whole);
}

/// Threat row 26, by the way a hostile file really comes in.
#[test]
fn a_hostile_header_costs_nothing() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let mut hostile = b"age-encryption.org/v1\n".to_vec();
    for _ in 0..4000 {
        hostile.extend(b"-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        hostile.extend(b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
    }
    hostile.extend(b"--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
    put(&stick, "x.stm", &hostile);
    let start = Instant::now();
    let collected = desk.collect(&[stick]);
    assert_eq!(collected.aside[&Remark::Damaged], 1);
    assert!(start.elapsed().as_millis() < 500);
}

/// Threat row 25: nothing in a delivery says where it goes. Every file there is afterwards lies in one of three
/// folders, under a name made of its own bytes.
#[test]
fn nothing_is_written_outside_the_three_folders() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    delivered(
        &desk,
        &stick,
        &[
            sealed(&desk.people, 1),
            slip(&desk.people, 2),
            b"../../../../etc/passwd".to_vec(),
        ],
    );
    put(&stick, "..%2f..%2fevil.stm", b"../evil");
    desk.collect(&[stick]);
    let root = desk.folder().root().to_owned();
    let mut found = Vec::new();
    for entry in fs::read_dir(&root).unwrap().flatten() {
        if entry.path().is_dir() {
            for file in fs::read_dir(entry.path()).unwrap().flatten() {
                let bytes = fs::read(file.path()).unwrap();
                assert_eq!(
                    file.file_name().to_str().unwrap(),
                    EnvelopeName::of(&bytes).file_name()
                );
                found.push(entry.file_name().into_string().unwrap());
            }
        }
    }
    found.sort();
    assert_eq!(found, ["out", "quarantine", "quarantine", "slips"]);
    let beside: Vec<_> = fs::read_dir(desk.root.path()).unwrap().flatten().collect();
    assert_eq!(
        beside.len(),
        4,
        "the evaluation, the stick, the ledger and its lock"
    );
}

/// What each of a dozen envelopes is, judged once.
struct Pool {
    people: People,
    envelopes: Vec<(Vec<u8>, Judged)>,
}

impl Pool {
    fn new() -> Self {
        let people = People::new();
        let evaluation = people.evaluation();
        let stranger = Signer::generate(&mut repeatable(99)).unwrap();
        let elsewhere = RecoveryKey::generate();
        let other = crate::store::age_file::seal(
            b"x",
            &crate::store::keys::Recipients::new([elsewhere.public().as_str()]).unwrap(),
        )
        .unwrap();
        let mut damaged = sealed(&people, 5);
        damaged[3000] ^= 1;
        let bytes = vec![
            sealed(&people, 1),
            sealed(&people, 1),
            sealed(&people, 2),
            sealed(&people, 3),
            slip(&people, 1),
            slip(&people, 2),
            sealed_by(&people, &record(4), &stranger),
            damaged,
            other,
            vec![0; 4500],
            b"no envelope".to_vec(),
        ];
        let judged = |bytes: Vec<u8>| {
            let judged = judge(&bytes, Path::new(""), &people.identities(), &evaluation);
            (bytes, judged)
        };
        let envelopes = bytes.into_iter().map(judged).collect();
        Self { people, envelopes }
    }
}

#[derive(Default)]
struct Stores([MemoryStore; 3]);

impl Stores {
    fn place(&self, people: &People, evaluation: &Evaluation, envelope: &(Vec<u8>, Judged)) {
        let [out, slips, aside] = &self.0;
        let identities = people.identities();
        let collector = Collector {
            out,
            slips,
            aside,
            identities: &identities,
            evaluation,
        };
        collector.place(&envelope.1, &envelope.0).unwrap();
    }

    fn contents(&self) -> Vec<std::collections::BTreeMap<String, Vec<u8>>> {
        self.0.iter().map(MemoryStore::contents).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    /// The merge laws: any order, any number of copies, any grouping into heaps that are merged with one another
    /// end in the same three sets.
    #[test]
    fn any_order_and_any_grouping_give_the_same_sets(
        drawn in vec((any::<u8>(), 0_usize..4), 0..24),
        turn in any::<u8>(),
    ) {
        static POOL: std::sync::LazyLock<Pool> = std::sync::LazyLock::new(Pool::new);
        let pool = &*POOL;
        let evaluation = pool.people.evaluation();
        let pick = |number: u8| &pool.envelopes[usize::from(number) % pool.envelopes.len()];
        let by_bytes = |bytes: &[u8]| pool.envelopes.iter().find(|(known, _)| known == bytes).unwrap();

        // Straight, in the order drawn.
        let straight = Stores::default();
        for (number, _) in &drawn {
            straight.place(&pool.people, &evaluation, pick(*number));
        }
        // In heaps, each with its copies in reverse order, then the heaps into one another, beginning anywhere.
        let heaps: Vec<Stores> = (0..4).map(|_| Stores::default()).collect();
        for (number, heap) in drawn.iter().rev() {
            heaps[*heap].place(&pool.people, &evaluation, pick(*number));
            heaps[*heap].place(&pool.people, &evaluation, pick(*number));
        }
        let merged = Stores::default();
        for place in 0..heaps.len() {
            let heap = &heaps[(place + usize::from(turn)) % heaps.len()];
            for bytes in heap.contents().into_iter().flat_map(std::collections::BTreeMap::into_values) {
                merged.place(&pool.people, &evaluation, by_bytes(&bytes));
            }
        }
        prop_assert_eq!(merged.contents(), straight.contents());
    }
}

#[test]
fn every_envelope_that_was_collected_bears_the_same_time() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let envelopes: Vec<Vec<u8>> = (1..40).map(|number| sealed(&desk.people, number)).collect();
    delivered(&desk, &stick, &envelopes);
    desk.collect(&[stick]);
    let out = desk.folder().out();
    let mut times = BTreeSet::new();
    for name in desk.out() {
        times.insert(fs::metadata(out.join(name)).unwrap().modified().unwrap());
    }
    assert_eq!(times.len(), 1, "every envelope bears the same time");
    assert_eq!(EVALUATION, desk.evaluation.id);
}

#[test]
fn what_was_sealed_again_is_not_put_back_by_the_delivery_it_came_in() {
    let mut desk = Desk::new();
    let stick = desk.stick("stick");
    let mut tagged = record(1);
    tagged.withdrawal_tag = Some("ab".repeat(32));
    let all = [
        sealed_by(&desk.people, &tagged, &desk.people.laptop),
        sealed(&desk.people, 2),
        slip(&desk.people, 9),
    ];
    delivered(&desk, &stick, &all);
    assert_eq!(desk.collect(std::slice::from_ref(&stick)).interviews, 2);
    let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
    desk.evaluation.signing.coordinator = Some(coordinator.public().to_string());
    let identities = desk.people.identities();
    let drop_tags = resealing::Rewrite::DropTags;
    resealing::reseal(
        &desk.folder(),
        &identities,
        &desk.evaluation,
        &coordinator,
        &drop_tags,
    )
    .unwrap();
    let resealed = desk.out();
    let again = desk.collect(std::slice::from_ref(&stick));
    assert_eq!((again.interviews, again.slips, again.copies), (0, 0, 3));
    assert_eq!((again.accepted.len(), desk.out()), (3, resealed.clone()));
    // Nor on another coordinator's machine, which never saw what came first.
    fs::remove_file(desk.root.path().join("ledger")).unwrap();
    let elsewhere = desk.collect(std::slice::from_ref(&stick));
    assert_eq!(
        (elsewhere.interviews, elsewhere.slips, elsewhere.copies),
        (0, 0, 3)
    );
    assert_eq!((elsewhere.accepted.len(), desk.out()), (3, resealed.clone()));
    // Also after the keys it was sealed to are gone.
    let second = RecoveryKey::generate();
    desk.evaluation.recipients[0].key = second.public();
    resealing::reseal(
        &desk.folder(),
        &identities,
        &desk.evaluation,
        &coordinator,
        &resealing::Rewrite::Nothing,
    )
    .unwrap();
    let (folder, evaluation) = (desk.folder(), &desk.evaluation);
    let sources = [stick];
    let keys = second.identities();
    let last = collect(
        &sources,
        &folder,
        &keys,
        evaluation,
        &mut desk.ledger(),
        &mut |_| (),
    )
    .unwrap();
    assert_eq!((last.interviews, last.copies, last.accepted.len()), (0, 3, 3));
    assert_eq!((desk.out().len(), desk.aside()), (2, 0));
}

#[test]
fn a_second_envelope_of_an_interview_is_a_copy_and_one_that_was_lost_here_is_not() {
    let desk = Desk::new();
    let stick = desk.stick("stick");
    let (first, second) = (sealed(&desk.people, 1), sealed(&desk.people, 1));
    delivered(&desk, &stick, &[first.clone(), second]);
    let collected = desk.collect(std::slice::from_ref(&stick));
    assert_eq!((collected.interviews, collected.copies), (1, 1));
    for name in desk.out() {
        fs::remove_file(desk.folder().out().join(name)).unwrap();
    }
    let again = desk.collect(&[stick]);
    assert_eq!((again.interviews, desk.out().len()), (1, 2), "both are put back");
}

#[test]
fn a_tombstone_in_another_coordinators_folder_comes_along_and_counts_here() {
    let mut desk = Desk::new();
    let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
    desk.evaluation.signing.coordinator = Some(coordinator.public().to_string());
    let theirs = desk.stick("deres");
    let sealed = sealed(&desk.people, 1);
    put(&theirs, "a.stm", &sealed);
    let to = may_interview(&desk.evaluation).unwrap();
    let gone = theirs.join("gone");
    let withdrawn = record(1).interview;
    tombstone::put(&gone, &withdrawn, &to, &coordinator, &mut repeatable(6)).unwrap();
    // One by somebody else stays what it was: damaged.
    let stranger = Signer::generate(&mut repeatable(7)).unwrap();
    tombstone::put(&gone, &record(2).interview, &to, &stranger, &mut repeatable(8)).unwrap();
    let collected = desk.collect(&[theirs]);
    assert_eq!((collected.tombstones, collected.interviews), (1, 1));
    assert_eq!(desk.aside(), 1);
    let identities = desk.people.identities();
    let here = tombstone::read_all(&desk.folder().gone(), &identities, &desk.evaluation).unwrap();
    assert!(here.interviews.contains(&withdrawn) && here.interviews.len() == 1);
    assert!(desk.ledger().withdrawn().contains(&withdrawn));
}

fn reseal(desk: &Desk, coordinator: &Signer) {
    let (identities, nothing) = (desk.people.identities(), resealing::Rewrite::Nothing);
    resealing::reseal(
        &desk.folder(),
        &identities,
        &desk.evaluation,
        coordinator,
        &nothing,
    )
    .unwrap();
}

#[test]
fn what_a_revoked_laptop_signed_is_set_aside_once_and_is_a_copy_where_it_counts_already() {
    let mut desk = Desk::new();
    let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
    desk.evaluation.signing.coordinator = Some(coordinator.public().to_string());
    let (stick, late) = (desk.stick("stick"), desk.stick("late"));
    delivered(&desk, &stick, &[sealed(&desk.people, 1)]);
    delivered(&desk, &late, &[sealed(&desk.people, 2), sealed(&desk.people, 2)]);
    assert_eq!(desk.collect(std::slice::from_ref(&stick)).interviews, 1);
    // Revoking seals what counts again, on the coordinator's word.
    let laptop = desk.people.laptop.public();
    let (identities, take_over) = (desk.people.identities(), resealing::Rewrite::TakeOver(laptop));
    let folder = desk.folder();
    resealing::reseal(&folder, &identities, &desk.evaluation, &coordinator, &take_over).unwrap();
    desk.evaluation.signing.laptops[0].revoked = true;
    for round in 0..3 {
        let collected = desk.collect(&[stick.clone(), late.clone()]);
        assert_eq!((collected.interviews, desk.out().len()), (0, 1), "{round}");
        assert_eq!(desk.aside(), 1, "{round}");
        reseal(&desk, &coordinator);
    }
    // Nor does another machine, which saw none of that, take a copy for something new.
    fs::remove_file(desk.root.path().join("ledger")).unwrap();
    let collected = desk.collect(&[stick, late]);
    assert_eq!((collected.aside.len(), collected.copies, desk.aside()), (0, 3, 1));
}

#[test]
fn an_interview_finished_twice_is_told_once_whatever_becomes_of_the_seals() {
    let mut desk = Desk::new();
    let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
    desk.evaluation.signing.coordinator = Some(coordinator.public().to_string());
    let stick = desk.stick("stick");
    let mut other = record(1);
    other.answers.clear();
    let both = [
        sealed(&desk.people, 1),
        sealed_by(&desk.people, &other, &coordinator),
    ];
    delivered(&desk, &stick, &both);
    let identities = desk.people.identities();
    let mut told = 0;
    let mut says = BTreeSet::new();
    for _ in 0..4 {
        let collected = desk.collect(std::slice::from_ref(&stick));
        let (folder, evaluation) = (desk.folder(), &desk.evaluation);
        let done = superseded::remove(&folder, &identities, evaluation, &collected.again).unwrap();
        told += done.aside;
        assert_eq!((desk.out().len(), desk.aside()), (1, 1));
        let path = desk.folder().out().join(&desk.out()[0]);
        let judged = judge(&fs::read(&path).unwrap(), &path, &identities, evaluation);
        says.insert(format!("{:?}", judged.contents));
        let verified = verification::verify(
            &folder,
            &identities,
            evaluation,
            (&Tombstones::default(), &GivenUp::default()),
            &mut desk.ledger(),
            &mut |_, _| (),
        );
        assert!(verified.unwrap().is_well());
        reseal(&desk, &coordinator);
    }
    assert_eq!((told, says.len()), (1, 1), "the same one counts all along");
}
