//! A simulated folder under the whole way of an interview: answers, the end, the envelope, the draft removed. Names are
//! lost, torn and reordered as contents are: after a power cut a file may have both of its names, one, or none, until
//! the folder was synced.
//!
//! At every moment the interview is there, in the draft or in an envelope; what was called sealed is sealed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::draft::Synced;
use super::entry::Entry;
use super::sim_disk_tests::seeds;
use super::sim_journal::{going_on, left, written};
use crate::domain::interview::Action;
use crate::domain::order::SplitMix64;
use crate::store::StoreError;
use crate::store::atomic::order::{Steps, bring_to_place};
use crate::store::envelope::{EnvelopeName, Sealed};
use crate::store::randomness::repeatable;
use crate::store::sample::answered;
use crate::store::sealing::{Place, seal_into};
use crate::store::sim_disk::SimDisk;

const JOURNAL: &str = "draft.jnl";
const TEMPORARY: &str = ".tmp-";
/// Enough for failures and cuts to meet every step; in the last nothing fails.
const LIVES: usize = 5;

/// A change of names that is not last yet.
#[derive(Clone)]
enum Change {
    Named(String, usize),
    Removed(String),
}

fn apply(names: &mut BTreeMap<String, usize>, change: &Change) {
    match change {
        Change::Named(name, file) => names.insert(name.clone(), *file),
        Change::Removed(name) => names.remove(name),
    };
}

/// A folder on a disk that loses power.
struct SimFolder {
    files: Vec<SimDisk>,
    kept: BTreeMap<String, usize>,
    cached: BTreeMap<String, usize>,
    changes: Vec<Change>,
    chance: SplitMix64,
    fails_in: usize,
    lies: bool,
}

impl SimFolder {
    fn new(seed: u64, journal: Vec<u8>) -> Self {
        let names = BTreeMap::from([(JOURNAL.to_owned(), 0)]);
        Self {
            files: vec![SimDisk::new(journal, seed, usize::MAX)],
            kept: names.clone(),
            cached: names,
            changes: Vec::new(),
            chance: SplitMix64::named(seed, "folder"),
            fails_in: usize::MAX,
            lies: false,
        }
    }

    /// Counts a call, and returns what it fails with, if it does.
    fn call(&mut self) -> io::Result<()> {
        let fails = self.fails_in == 0;
        self.fails_in = self.fails_in.wrapping_sub(1);
        if !fails {
            return Ok(());
        }
        let full = self.chance.below(2) == 0;
        Err(if full {
            io::ErrorKind::StorageFull.into()
        } else {
            io::Error::from_raw_os_error(5)
        })
    }

    fn change(&mut self, change: Change) {
        apply(&mut self.cached, &change);
        self.changes.push(change);
    }

    fn create(&mut self, name: &str) -> io::Result<usize> {
        self.call()?;
        let seed = self.chance.next_u64();
        let mut file = SimDisk::new(Vec::new(), seed, usize::MAX);
        file.lies = self.lies;
        self.files.push(file);
        let file = self.files.len() - 1;
        self.change(Change::Named(name.to_owned(), file));
        Ok(file)
    }

    /// A call on a file. One that fails may have come some way.
    fn on(&mut self, file: usize, call: impl FnOnce(&mut SimDisk) -> io::Result<()>) -> io::Result<()> {
        let failed = self.call();
        let file = &mut self.files[file];
        file.fails_in = if failed.is_err() { 0 } else { usize::MAX };
        let done = call(file);
        failed.and(done)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.call()?;
        if self.cached.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = self.cached[from];
        self.change(Change::Named(to.to_owned(), file));
        self.change(Change::Removed(from.to_owned()));
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.call()?;
        self.change(Change::Removed(name.to_owned()));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        // What a sync that fails made last, nobody knows; it is all still to be synced.
        self.call()?;
        if !self.lies {
            self.changes.clear();
            self.kept.clone_from(&self.cached);
        }
        Ok(())
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        Some(&self.files[*self.cached.get(name)?].cached)
    }

    /// The power goes. Of the changes to names the first so many are there (a file system that keeps a journal), or
    /// any (one that does not).
    fn lose_power(&mut self) {
        let in_order = self.chance.below(2) == 0;
        let first = self.chance.below(self.changes.len() + 1);
        for (place, change) in std::mem::take(&mut self.changes).into_iter().enumerate() {
            let is_there = if in_order {
                place < first
            } else {
                self.chance.below(2) == 0
            };
            if is_there {
                apply(&mut self.kept, &change);
            }
        }
        self.cached.clone_from(&self.kept);
        for file in &mut self.files {
            let (kept, lies) = (file.lose_power(), file.lies);
            *file = SimDisk::new(kept, self.chance.next_u64(), usize::MAX);
            file.lies = lies;
        }
    }

    /// The envelopes that are there, each whole.
    fn envelopes(&self) -> Vec<EnvelopeName> {
        let called = self.cached.iter().filter(|(name, _)| name.ends_with(".stm"));
        called
            .filter_map(|(name, file)| {
                let found = EnvelopeName::of(&self.files[*file].cached);
                (found.file_name() == *name).then_some(found)
            })
            .collect()
    }
}

/// The disk, as the program has it.
#[derive(Clone)]
struct Shared(Arc<Mutex<SimFolder>>);

impl Shared {
    fn disk(&self) -> MutexGuard<'_, SimFolder> {
        self.0.lock().unwrap()
    }
}

struct JournalFile(Shared, usize);

impl Synced for JournalFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.disk().on(self.1, |file| file.write(bytes))
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.disk().on(self.1, SimDisk::sync)
    }
}

/// A file beside its place on the simulated disk.
struct Beside<'s> {
    disk: &'s Shared,
    file: usize,
    beside: String,
    name: String,
}

impl Steps for Beside<'_> {
    type Placed = ();

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.disk().on(self.file, |file| file.write(bytes))
    }

    fn set_time(&mut self, _: SystemTime) -> io::Result<()> {
        self.disk.disk().call()
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.disk().on(self.file, SimDisk::sync)
    }

    fn read_back(&mut self, _: usize) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut disk = self.disk.disk();
        disk.call()?;
        Ok(Zeroizing::new(disk.files[self.file].cached.clone()))
    }

    fn take_place(self) -> Result<(), StoreError> {
        let placed = self.disk.disk().rename(&self.beside, &self.name);
        placed.map_err(|error| StoreError::at(Path::new(&self.name), &error))
    }
}

impl Place for Shared {
    fn has(&self, name: &EnvelopeName) -> bool {
        self.disk().envelopes().contains(name)
    }

    fn sync_again(&self, name: &EnvelopeName) -> Result<(), StoreError> {
        let mut disk = self.disk();
        let file = disk.cached[&name.file_name()];
        let synced = disk.on(file, SimDisk::sync).and_then(|()| disk.sync());
        synced.map_err(|error| StoreError::at(Path::new("out"), &error))
    }

    fn write(&self, sealed: &Sealed) -> Result<(), StoreError> {
        let name = sealed.name().file_name();
        let path = Path::new(&name);
        let at = |error: io::Error| StoreError::at(path, &error);
        let beside = format!("{TEMPORARY}{}", self.disk().files.len());
        let file = self.disk().create(&beside).map_err(at)?;
        let steps = Beside {
            disk: self,
            file,
            beside,
            name: name.clone(),
        };
        let time = Some(SystemTime::UNIX_EPOCH);
        bring_to_place(steps, sealed.bytes(), time, path, || {
            self.disk().sync().map_err(at)
        })
    }

    fn make_room(&self) -> Result<(), StoreError> {
        let mut disk = self.disk();
        disk.call()
            .map_err(|error| StoreError::at(Path::new("ballast"), &error))
    }
}

/// What one seed came to.
#[derive(Default)]
struct Outcome {
    /// Answers or envelopes that were acknowledged and are not there.
    lost: usize,
    failed: usize,
    erased: bool,
}

/// An interview in several lives, each ended by a failing call or a power cut.
fn lives(seed: u64, lies: bool, place: &File) -> Outcome {
    let mut random = repeatable(seed);
    let mut chance = SplitMix64::named(seed, "lives");
    let mut folder = SimFolder::new(seed, written(&[], &mut random));
    folder.lies = lies;
    folder.files[0].lies = lies;
    let shared = Shared(Arc::new(Mutex::new(folder)));
    let (mut acknowledged, mut sealed): (usize, Vec<EnvelopeName>) = (0, Vec::new());
    let mut outcome = Outcome::default();
    for life in 0..LIVES {
        let Some(journal) = shared.disk().bytes(JOURNAL).map(<[u8]>::to_vec) else {
            // The draft is gone: then the interview is sealed.
            outcome.lost += usize::from(shared.disk().envelopes().is_empty());
            outcome.erased = true;
            return outcome;
        };
        let Some(contents) = left(&journal) else {
            assert!(lies, "seed {seed}");
            outcome.lost += acknowledged;
            return outcome;
        };
        let mut entries = contents.entries;
        outcome.lost += acknowledged.saturating_sub(entries.len());
        acknowledged = entries.len();
        let good = written(&entries, &mut random);
        let file = {
            let mut disk = shared.disk();
            let file = disk.kept[JOURNAL];
            disk.files[file] = SimDisk::new(good, seed ^ chance.next_u64(), usize::MAX);
            disk.files[file].lies = lies;
            let last = life + 1 == LIVES;
            disk.fails_in = if last || chance.below(4) == 0 {
                usize::MAX
            } else {
                chance.below(24)
            };
            file
        };
        let mut draft = going_on(&entries, place, Box::new(JournalFile(shared.clone(), file)));
        let mut live = || -> Result<(), StoreError> {
            if !entries.contains(&Entry::Action(Action::Finish)) {
                for number in 0..chance.below(3) {
                    entries.push(answered(&format!("svar {number}")));
                    draft.append(entries.last().unwrap(), &mut random)?;
                    acknowledged = entries.len();
                }
                entries.push(Entry::Action(Action::Finish));
                draft.append(entries.last().unwrap(), &mut random)?;
                acknowledged = entries.len();
            }
            let long = 1 + chance.below(4);
            let made = format!("seed {seed} life {life} ").repeat(long * 40).into_bytes();
            let make = || Ok(Sealed::of(made.clone()));
            let name = seal_into(&shared, &mut draft, &mut entries, &make, &mut random)?;
            acknowledged = entries.len();
            if !sealed.contains(&name) {
                sealed.push(name);
            }
            // The code is shown here, and the power may go while it is.
            if chance.below(3) > 0 || life + 1 == LIVES {
                let mut disk = shared.disk();
                let removed = disk.remove(JOURNAL).and_then(|()| disk.sync());
                removed.map_err(|error| StoreError::at(Path::new(JOURNAL), &error))?;
            }
            Ok(())
        };
        outcome.failed += usize::from(live().is_err());
        let mut disk = shared.disk();
        disk.lose_power();
        let there = disk.envelopes();
        outcome.lost += sealed.iter().filter(|name| !there.contains(name)).count();
        let called = disk.cached.keys().filter(|name| name.ends_with(".stm")).count();
        assert!(
            lies || called == there.len(),
            "seed {seed}: an envelope that is not whole"
        );
    }
    outcome.lost += usize::from(shared.disk().envelopes().is_empty());
    outcome.erased = shared.disk().bytes(JOURNAL).is_none();
    outcome
}

#[test]
fn whatever_the_disk_does_an_interview_is_in_its_draft_or_in_its_envelope() {
    let place = tempfile::tempfile().unwrap();
    let (mut failed, mut erased) = (0, 0);
    for seed in 0..seeds() {
        let outcome = lives(seed, false, &place);
        assert_eq!(outcome.lost, 0, "seed {seed}");
        assert!(outcome.erased, "seed {seed}: in the end nothing fails");
        failed += outcome.failed;
        erased += usize::from(outcome.erased);
    }
    // The chances are such that calls fail often on the way there.
    assert!(failed as u64 > seeds() / 2, "{failed}");
    assert_eq!(erased as u64, seeds());
}

#[test]
fn the_simulated_folder_finds_out_a_sync_that_does_nothing() {
    let place = tempfile::tempfile().unwrap();
    let lost: usize = (0..200).map(|seed| lives(seed, true, &place).lost).sum();
    assert!(lost > 100, "{lost}");
}
