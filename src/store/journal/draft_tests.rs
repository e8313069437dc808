//! Writing drafts, failing to, and going on.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::draft::Synced;
use super::entry::to_json;
use super::{Draft, Entry, Recovered, Tail, list_drafts, recover, recover_all};
use crate::domain::interview::Action;
use crate::store::StoreError;
use crate::store::atomic::{self, Access, write_new};
use crate::store::keys::RecoveryKey;
use crate::store::randomness::repeatable;
use crate::store::sample::{People, actions, answered, opening};

/// A folder that needs no disk where the system has one.
fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Takes bytes away from the end of a file.
fn cut(path: &Path, bytes: u64) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(file.metadata().unwrap().len() - bytes).unwrap();
}

fn read(people: &People, path: &Path) -> Recovered {
    recover(path, &people.identities()).unwrap()
}

#[test]
fn what_was_appended_is_read_by_each_of_the_recipients() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let begun = [Entry::Action(Action::Next)];
    let mut draft = Draft::create(
        folder.path(),
        &opening(),
        &begun,
        &people.recipients(),
        &mut random,
    )
    .unwrap();
    draft.append(&answered("blåbær"), &mut random).unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    for key in [&people.coordinator, &people.recovery] {
        let recovered = recover(&path, &key.identities()).unwrap();
        assert_eq!(recovered.opening, opening());
        assert_eq!(recovered.entries, [begun[0].clone(), answered("blåbær")]);
        assert_eq!((recovered.tail, &recovered.damage), (Tail::Whole, &None));
    }
    let other = recover(&path, &RecoveryKey::generate().identities());
    assert_eq!(other.unwrap_err(), StoreError::WrongKey { path });
}

#[test]
fn no_answer_stands_in_clear_and_no_length_tells_one() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let length = |draft: &Draft| fs::metadata(draft.path()).unwrap().len();
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let before = length(&draft);
    draft.append(&answered("ZQXMARKER"), &mut random).unwrap();
    let long = length(&draft) - before;
    draft.append(&Entry::Action(Action::Next), &mut random).unwrap();
    assert_eq!(length(&draft) - before, 2 * long);
    let bytes = fs::read(draft.path()).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"ZQXMARKER"));
}

#[test]
fn the_same_draft_is_not_opened_twice() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let path = draft.path().to_owned();
    assert!(list_drafts(folder.path()).unwrap()[0].in_use);
    let second = recover(&path, &people.identities());
    assert_eq!(second.unwrap_err(), StoreError::Locked { path: path.clone() });
    drop(draft);
    let read = read(&people, &path);
    assert!(list_drafts(folder.path()).unwrap()[0].in_use);
    let draft = read.resume().unwrap();
    assert!(recover(&path, &people.identities()).is_err());
    drop(draft);
    assert!(!list_drafts(folder.path()).unwrap()[0].in_use);
}

#[test]
fn a_resumed_draft_goes_on_where_it_was() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    draft.append(&answered("en"), &mut random).unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    let mut draft = read(&people, &path).resume().unwrap();
    draft
        .append_all(&[answered("to"), answered("tre")], &mut random)
        .unwrap();
    drop(draft);
    let recovered = read(&people, &path);
    assert_eq!(
        recovered.entries,
        [answered("en"), answered("to"), answered("tre")]
    );
}

#[test]
fn after_a_torn_write_the_good_records_go_on_in_a_new_file() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    draft.append(&answered("en"), &mut random).unwrap();
    draft.append(&answered("to"), &mut random).unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    cut(&path, 7);
    let torn = fs::read(&path).unwrap();
    let recovered = read(&people, &path);
    assert!(matches!(recovered.tail, Tail::Torn { .. }));
    assert_eq!(recovered.entries, [answered("en")]);
    assert_eq!(fs::read(&path).unwrap(), torn, "reading changes nothing");
    let mut draft = recovered.resume().unwrap();
    let kept = fs::read(&path).unwrap();
    assert!(torn.starts_with(&kept) && kept.len() < torn.len());
    assert!(
        recover(&path, &people.identities()).is_err(),
        "the new file is held"
    );
    draft.append(&answered("to"), &mut random).unwrap();
    drop(draft);
    let recovered = read(&people, &path);
    assert_eq!(recovered.entries, [answered("en"), answered("to")]);
    assert_eq!(recovered.tail, Tail::Whole);
}

/// A file that takes so many bytes, or whose sync fails.
struct Failing {
    room: usize,
    syncs: bool,
}

impl Synced for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.room.checked_sub(bytes.len()) {
            Some(room) => {
                self.room = room;
                Ok(())
            }
            None => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.syncs {
            Ok(())
        } else {
            Err(io::Error::from_raw_os_error(5))
        }
    }
}

#[test]
fn a_handle_that_failed_is_never_used_again() {
    for (room, syncs) in [(0, true), (10_000, false)] {
        let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
        let draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
        let path = draft.path().to_owned();
        let mut draft = draft.with_file(Box::new(Failing { room, syncs }));
        let first = draft.append(&answered("en"), &mut random).unwrap_err();
        assert_eq!(matches!(first, StoreError::DiskFull { .. }), room == 0);
        let poisoned = Err(StoreError::Poisoned { path: path.clone() });
        assert_eq!(draft.append(&answered("en"), &mut random), poisoned);
        assert_eq!(draft.append_all(&[], &mut random), poisoned);

        // Everything goes on in a fresh journal, and the failed one goes.
        let all = [answered("en"), answered("to")];
        draft
            .continue_elsewhere(folder.path(), &all, &people.recipients(), &mut random)
            .unwrap();
        draft.append(&answered("tre"), &mut random).unwrap();
        let fresh = draft.path().to_owned();
        assert!(fresh != path && !path.exists());
        drop(draft);
        let recovered = read(&people, &fresh);
        assert_eq!(
            recovered.actions().len(),
            3,
            "and one entry names the failed journal"
        );
        assert_eq!(recovered.opening, opening());
    }
}

/// A file that writes down what is asked of it.
struct Noting(std::sync::mpsc::Sender<&'static str>);

impl Synced for Noting {
    fn write(&mut self, _: &[u8]) -> io::Result<()> {
        self.0.send("write").unwrap();
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.send("sync").unwrap();
        Ok(())
    }
}

#[test]
fn several_entries_are_one_write_and_saved_means_synced() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let (notes, noted) = std::sync::mpsc::channel();
    let mut draft = draft.with_file(Box::new(Noting(notes)));
    for entries in [vec![answered("en")], vec![answered("to"), answered("tre")]] {
        draft.append_all(&entries, &mut random).unwrap();
        assert_eq!(noted.try_iter().collect::<Vec<_>>(), ["write", "sync"]);
    }
}

#[test]
fn going_on_elsewhere_can_be_tried_again() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let mut draft = draft.with_file(Box::new(Failing { room: 0, syncs: true }));
    assert!(draft.append(&answered("en"), &mut random).is_err());
    let missing = folder.path().join("not there");
    let all = [answered("en")];
    let failed = draft.continue_elsewhere(&missing, &all, &people.recipients(), &mut random);
    assert!(matches!(failed, Err(StoreError::NotFound { .. })));
    assert!(draft.is_poisoned());
    draft
        .continue_elsewhere(folder.path(), &all, &people.recipients(), &mut random)
        .unwrap();
    draft.append(&answered("to"), &mut random).unwrap();
}

#[test]
fn a_failed_journal_that_could_not_be_removed_is_passed_over_and_removed_later() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    draft.append(&answered("en"), &mut random).unwrap();
    let failed = draft.path().to_owned();
    let kept = fs::read(&failed).unwrap();
    let all = [answered("en"), answered("to")];
    draft
        .continue_elsewhere(folder.path(), &all, &people.recipients(), &mut random)
        .unwrap();
    let fresh = draft.path().to_owned();
    drop(draft);
    // As if removing it had failed.
    write_new(&failed, &kept, Access::Owner).unwrap();
    let found = recover_all(folder.path(), &people.identities()).unwrap();
    assert_eq!(found.len(), 1);
    let (path, recovered) = found.into_iter().next().unwrap();
    assert_eq!(path, fresh);
    drop(recovered.unwrap().resume().unwrap());
    assert!(!failed.exists());
}

#[test]
fn an_entry_never_makes_us_remove_anything_but_a_journal() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let valued = folder.path().join("evaluation.toml");
    write_new(&valued, b"x", Access::Owner).unwrap();
    let hostile = [Entry::Continues {
        path: valued.to_string_lossy().into_owned(),
        damaged: false,
    }];
    let draft = Draft::create(
        folder.path(),
        &opening(),
        &hostile,
        &people.recipients(),
        &mut random,
    )
    .unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    let draft = read(&people, &path).resume().unwrap();
    draft.erase().unwrap();
    assert!(valued.exists() && !path.exists());
}

#[test]
fn an_entry_too_large_for_any_journal_costs_nothing() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let huge = answered(&"å".repeat(1_000_000));
    assert!(matches!(
        draft.append(&huge, &mut random),
        Err(StoreError::TooLarge { .. })
    ));
    draft.append(&answered("en"), &mut random).unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    assert_eq!(read(&people, &path).entries, [answered("en")]);
}

#[test]
fn entries_of_a_newer_version_are_counted_and_kept() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let newer = Entry::from_json(br#"{"weather":{"rain":true}}"#);
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    draft.append(&newer, &mut random).unwrap();
    let path = draft.path().to_owned();
    drop(draft);
    let recovered = read(&people, &path);
    assert_eq!(recovered.newer(), 1);
    assert_eq!(recovered.entries, [newer]);
}

#[test]
fn an_erased_draft_is_gone() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    draft.erase().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn damage_in_the_middle_is_told_and_rescued_elsewhere() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let aside = folder.path().join("quarantine");
    fs::create_dir(&aside).unwrap();
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let path = draft.path().to_owned();
    let mut places = Vec::new();
    for words in ["en", "to", "tre", "fire"] {
        places.push(usize::try_from(fs::metadata(&path).unwrap().len()).unwrap());
        draft.append(&answered(words), &mut random).unwrap();
    }
    drop(draft);
    let mut bytes = fs::read(&path).unwrap();
    bytes[places[1] + 100] ^= 1;
    fs::remove_file(&path).unwrap();
    write_new(&path, &bytes, Access::Owner).unwrap();

    let recovered = read(&people, &path);
    assert_eq!(recovered.entries, [answered("en")]);
    let damage = recovered.damage.clone().unwrap();
    assert_eq!(damage.record, 2);
    assert_eq!(damage.later, [(3, answered("tre")), (4, answered("fire"))]);
    assert!(matches!(
        read(&people, &{
            drop(recovered);
            path.clone()
        })
        .resume(),
        Err(StoreError::Damaged { .. })
    ));
    assert_eq!(fs::read(&path).unwrap(), bytes, "the file is as it was");

    // The coordinators' keys, without the laptop's.
    let others = People::new();
    let locked_to = others.recipients();
    let (draft, entries) = read(&people, &path)
        .rescue(
            folder.path(),
            &aside,
            (&people.recipients(), &locked_to),
            &mut random,
        )
        .unwrap();
    let expected = [
        answered("en"),
        Entry::Gap { records: 1 },
        answered("tre"),
        answered("fire"),
    ];
    assert_eq!(entries[..4], expected);
    assert!(!path.exists());
    let set_aside = aside.join(path.file_name().unwrap());
    let records = &bytes[bytes.len() - 1000..];
    assert!(fs::read(&set_aside).unwrap().ends_with(records), "as it was");
    let is_open = |people: &People| recover(&set_aside, &people.identities()).is_ok();
    assert!(is_open(&others) && !is_open(&people), "and locked away");
    let fresh = draft.path().to_owned();
    drop(draft);
    assert_eq!(read(&people, &fresh).entries, entries);
}

#[test]
fn a_record_whose_checksum_went_bad_is_damage_and_loses_nothing() {
    let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
    let mut draft = Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
    let path = draft.path().to_owned();
    let place = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
    draft.append(&answered("en"), &mut random).unwrap();
    drop(draft);
    let mut bytes = fs::read(&path).unwrap();
    bytes[place + 5] ^= 1;
    fs::remove_file(&path).unwrap();
    write_new(&path, &bytes, Access::Owner).unwrap();
    let recovered = read(&people, &path);
    assert_eq!(recovered.damage.clone().unwrap().later, [(1, answered("en"))]);
    let (_, entries) = recovered
        .rescue(
            folder.path(),
            folder.path(),
            (&people.recipients(), &people.recipients()),
            &mut random,
        )
        .unwrap();
    assert_eq!(entries[0], answered("en"), "no gap");
}

#[test]
fn with_the_same_randomness_everything_outside_age_is_the_same() {
    let people = People::new();
    let make = || {
        let folder = folder();
        let mut random = repeatable(5);
        let mut draft =
            Draft::create(folder.path(), &opening(), &[], &people.recipients(), &mut random).unwrap();
        draft.append(&answered("en"), &mut random).unwrap();
        let bytes = fs::read(draft.path()).unwrap();
        let wrapped = usize::try_from(u32::from_le_bytes(bytes[10..14].try_into().unwrap())).unwrap();
        let name = draft.path().file_name().unwrap().to_owned();
        (name, bytes[14 + wrapped..].to_vec())
    };
    assert_eq!(make(), make());
}

#[test]
fn a_draft_can_be_handed_to_a_writer_thread() {
    const fn is_send<T: Send>() {}
    is_send::<Draft>();
    is_send::<Recovered>();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn saving_and_loading_gives_the_same_interview(actions in vec(actions(), 0..30), split in 0_usize..30) {
        let (folder, people, mut random) = (folder(), People::new(), repeatable(1));
        let entries: Vec<Entry> = actions.iter().cloned().map(Entry::Action).collect();
        let (begun, rest) = entries.split_at(split.min(entries.len()));
        let mut draft =
            Draft::create(folder.path(), &opening(), begun, &people.recipients(), &mut random).unwrap();
        for entry in rest {
            draft.append(entry, &mut random).unwrap();
        }
        let path = draft.path().to_owned();
        drop(draft);
        let recovered = read(&people, &path);
        prop_assert_eq!(recovered.tail, Tail::Whole);
        prop_assert_eq!(recovered.actions(), actions);
    }
}

#[test]
fn a_draft_whose_name_could_not_be_made_last_leaves_nothing_behind_and_can_be_begun_again() {
    let (folder, people, mut random) = (tempfile::tempdir().unwrap(), People::new(), repeatable(8));
    let first = to_json(&opening()).unwrap();
    let failing = |path: &Path, bytes: &[u8]| {
        // The file is whole and has its name; then the folder's sync fails.
        atomic::begin(path, bytes)?;
        Err(StoreError::at(path, &io::Error::from_raw_os_error(5)))
    };
    let to = people.recipients();
    let failed = Draft::begin_with(&failing, folder.path(), first.clone(), &[], &to, &mut random);
    assert!(failed.is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let mut draft = Draft::begin(folder.path(), first, &[], &to, &mut random).unwrap();
    draft.append(&answered("hei"), &mut random).unwrap();
    drop(draft);
    let found = recover_all(folder.path(), &people.identities()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1.as_ref().unwrap().entries, [answered("hei")]);
}

#[test]
fn a_draft_that_has_the_name_already_is_left_as_it_is() {
    let (folder, people) = (tempfile::tempdir().unwrap(), People::new());
    let first = to_json(&opening()).unwrap();
    let begin = |number: u64| {
        let (mut random, to) = (repeatable(number), people.recipients());
        Draft::begin(folder.path(), first.clone(), &[], &to, &mut random)
    };
    let draft = begin(8).unwrap();
    let before = fs::read(draft.path()).unwrap();
    assert!(matches!(begin(8), Err(StoreError::AlreadyThere { .. })));
    assert_eq!(fs::read(draft.path()).unwrap(), before);
}
