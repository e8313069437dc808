//! Verifying: exactly what is gone is missed, exactly what is wrong is told, and nothing is changed.

use std::fs;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use proptest::sample::subsequence;

use super::{Verified, verify};
use crate::store::atomic::{Access, make_folder, replace};
use crate::store::envelope::{EnvelopeName, may_interview, seal};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::folder::EvaluationFolder;
use crate::store::given_up::GivenUp;
use crate::store::judging::Remark;
use crate::store::ledger::Ledger;
use crate::store::sample::{People, interview, record};
use crate::store::tombstone::{NoTombstone, Tombstones};

struct Desk {
    root: tempfile::TempDir,
    people: People,
}

impl Desk {
    fn with(interviews: u8) -> Self {
        let desk = Self {
            root: tempfile::tempdir().unwrap(),
            people: People::new(),
        };
        make_folder(&desk.root.path().join("e").join("out")).unwrap();
        replace(
            &desk.root.path().join("e").join("evaluation.toml"),
            b"",
            Access::Owner,
        )
        .unwrap();
        for number in 1..=interviews {
            desk.add(number);
        }
        desk
    }

    fn folder(&self) -> EvaluationFolder {
        EvaluationFolder::open(&self.root.path().join("e")).unwrap().0
    }

    fn add(&self, number: u8) -> EnvelopeName {
        let to = may_interview(&self.people.evaluation()).unwrap();
        let sealed = seal(&record(number), &to, &self.people.laptop).unwrap();
        let out = FolderStore::new(self.folder().out());
        out.put_if_absent(sealed.name(), sealed.bytes()).unwrap();
        *sealed.name()
    }

    fn verify(&self) -> Verified {
        self.verify_with(&Tombstones::default())
    }

    fn verify_with(&self, gone: &Tombstones) -> Verified {
        let mut ledger = Ledger::read(&self.root.path().join("ledger")).unwrap();
        let verified = verify(
            &self.folder(),
            &self.people.identities(),
            &self.people.evaluation(),
            (gone, &GivenUp::default()),
            &mut ledger,
            &mut |_, _| (),
        )
        .unwrap();
        ledger.keep().unwrap();
        verified
    }

    fn names(&self) -> Vec<String> {
        FolderStore::new(self.folder().out()).list().unwrap()
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.folder().out().join(name)).unwrap();
    }
}

#[test]
fn a_whole_folder_is_well_and_stays_well() {
    let desk = Desk::with(3);
    let first = desk.verify();
    assert!(first.is_well());
    assert_eq!((first.interviews, first.files, first.known), (3, 3, 0));
    let second = desk.verify();
    assert!(second.is_well());
    assert_eq!(second.known, 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Threat row 6: of n envelopes k are deleted, and exactly those k are named.
    #[test]
    fn exactly_what_was_deleted_is_missed(gone in subsequence((0..12).collect::<Vec<usize>>(), 0..=12)) {
        let desk = Desk::with(12);
        desk.verify();
        let names = desk.names();
        let mut expected = Vec::new();
        for place in &gone {
            desk.remove(&names[*place]);
            expected.push(EnvelopeName::parse(names[*place].strip_suffix(".stm").unwrap()).unwrap());
        }
        let verified = desk.verify();
        prop_assert_eq!(verified.missing.clone(), expected);
        prop_assert_eq!(verified.is_well(), gone.is_empty());
        prop_assert_eq!(desk.verify().missing, verified.missing, "it stays missed");
    }
}

#[test]
fn what_was_sealed_again_or_withdrawn_is_not_missed() {
    let desk = Desk::with(2);
    desk.verify();
    let old = desk.names();
    desk.add(1);
    for name in &old {
        desk.remove(name);
    }
    assert_eq!(desk.verify().missing.len(), 1);
    let gone = Tombstones {
        interviews: [interview(2)].into(),
        ignored: Vec::new(),
    };
    assert!(desk.verify_with(&gone).is_well());
    // Somebody deletes the tombstone. Then it is the tombstone that is missed.
    let verified = desk.verify();
    assert_eq!((verified.missing.len(), verified.lost_tombstones), (0, 1));
    assert!(!verified.is_well());
}

#[test]
fn what_is_wrong_is_told_and_left_as_it_is() {
    let desk = Desk::with(2);
    let out = desk.folder().out();
    let names = desk.names();
    let whole = fs::read(out.join(&names[0])).unwrap();
    let put = |name: &str, bytes: &[u8]| replace(&out.join(name), bytes, Access::Owner).unwrap();
    put(&names[0], &whole[..2000]);
    put("00000000000000000000000000000000.stm", b"");
    put("kopi.stm", &fs::read(out.join(&names[1])).unwrap());
    let before: Vec<Vec<u8>> = desk
        .names()
        .iter()
        .map(|name| fs::read(out.join(name)).unwrap())
        .collect();
    let verified = desk.verify();
    let mut expected = vec![
        (out.join(&names[0]), Remark::Damaged),
        (out.join("00000000000000000000000000000000.stm"), Remark::Absent),
        (out.join("kopi.stm"), Remark::Misnamed),
    ];
    expected.sort();
    assert_eq!(verified.remarks, expected);
    assert_eq!((verified.interviews, verified.copies), (1, 1));
    assert!(!verified.is_well());
    let after: Vec<Vec<u8>> = desk
        .names()
        .iter()
        .map(|name| fs::read(out.join(name)).unwrap())
        .collect();
    assert_eq!(after, before);
}

#[test]
fn what_is_set_aside_is_told_by_its_reason_and_an_interview_for_other_keys_is_not_well() {
    let desk = Desk::with(1);
    let aside = FolderStore::new(desk.folder().quarantine());
    aside
        .put_if_absent(&EnvelopeName::of(b"noise"), b"noise")
        .unwrap();
    let verified = desk.verify();
    assert_eq!(
        verified.aside_by.into_iter().collect::<Vec<_>>(),
        [(Remark::Damaged, 1)]
    );
    assert!(desk.verify().is_well());
    let other = People::new();
    let to = may_interview(&other.evaluation()).unwrap();
    let sealed = seal(&record(2), &to, &desk.people.laptop).unwrap();
    aside.put_if_absent(sealed.name(), sealed.bytes()).unwrap();
    let verified = desk.verify();
    assert_eq!(verified.aside_by.get(&Remark::OtherKey), Some(&1));
    assert!(!verified.is_well());
}

#[test]
fn a_file_among_the_tombstones_that_is_none_is_told() {
    let desk = Desk::with(1);
    let gone = Tombstones {
        ignored: vec![(desk.folder().gone().join("x.stm"), NoTombstone::Foreign)],
        ..Tombstones::default()
    };
    assert!(!desk.verify_with(&gone).is_well());
}

#[cfg(unix)]
#[test]
fn a_folder_a_link_and_a_pipe_that_bear_the_names_of_files_are_named_and_stop_nothing() {
    let desk = Desk::with(2);
    let folder = desk.folder();
    for (place, name) in [
        (folder.out(), "aa.stm"),
        (folder.gone(), "bb.stm"),
        (folder.rescue(), "cc.jnl"),
    ] {
        make_folder(&place.join(name)).unwrap();
    }
    make_folder(&folder.quarantine()).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.quarantine().join("dd.stm")).unwrap();
    let verified = desk.verify();
    assert_eq!(verified.interviews, 2);
    let named: Vec<_> = verified
        .remarks
        .iter()
        .map(|(path, remark)| (path.file_name().unwrap(), *remark))
        .collect();
    let expected =
        ["bb.stm", "aa.stm", "dd.stm", "cc.jnl"].map(|name| (std::ffi::OsStr::new(name), Remark::NoFile));
    assert_eq!(named, expected);
    assert!(!verified.is_well());
}
