//! A simulated disk under the journal: what was not synced may be lost, torn or out of order after a power cut, and
//! any call may fail. What was acknowledged is there afterwards, whatever the chance.

use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex};

use super::draft::{Draft, Synced};
use super::entry::{Entry, to_json};
use super::format;
use super::key::{JournalKey, KEY};
use super::recover::{Contents, read};
use crate::domain::order::SplitMix64;
use crate::store::error::StoreError;
use crate::store::randomness::repeatable;
use crate::store::sample::{answered, opening};

const SEEDS: u64 = 10_000;
/// What a disk writes at once.
const SECTOR: usize = 512;

/// One file on a disk that loses power.
struct SimDisk {
    /// What is there for good.
    kept: Vec<u8>,
    /// What the system has in memory.
    cached: Vec<u8>,
    /// The sectors the system knows that it has to write.
    dirty: Vec<usize>,
    chance: SplitMix64,
    /// Which call fails, counted from now.
    fails_in: usize,
    /// Whether a sync says that it was done without doing it.
    lies: bool,
}

impl SimDisk {
    fn new(kept: Vec<u8>, seed: u64, fails_in: usize) -> Self {
        Self {
            cached: kept.clone(),
            kept,
            dirty: Vec::new(),
            chance: SplitMix64::named(seed, "disk"),
            fails_in,
            lies: false,
        }
    }

    /// Returns whether this call fails.
    fn fails(&mut self) -> bool {
        let fails = self.fails_in == 0;
        self.fails_in = self.fails_in.wrapping_sub(1);
        fails
    }

    /// Makes one sector last, or the first bytes of it.
    fn keep(&mut self, sector: usize, bytes: usize) {
        let from = sector * SECTOR;
        let to = (from + bytes).min(self.cached.len());
        if self.kept.len() < to {
            self.kept.resize(to, 0);
        }
        self.kept[from..to].copy_from_slice(&self.cached[from..to]);
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fails = self.fails();
        // A write that fails may have come some way.
        let taken = if fails {
            self.chance.below(bytes.len() + 1)
        } else {
            bytes.len()
        };
        let begin = self.cached.len();
        self.cached.extend_from_slice(&bytes[..taken]);
        for sector in begin / SECTOR..self.cached.len().div_ceil(SECTOR) {
            if !self.dirty.contains(&sector) {
                self.dirty.push(sector);
            }
        }
        if fails {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            Ok(())
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let fails = self.fails();
        for sector in std::mem::take(&mut self.dirty) {
            // After a failure the system holds everything for written, and it is not.
            if !self.lies && (!fails || self.chance.below(2) == 0) {
                self.keep(sector, SECTOR);
            }
        }
        if fails {
            Err(io::Error::from_raw_os_error(5))
        } else {
            Ok(())
        }
    }

    /// The power goes: every sector that was not synced is there, half there or not, and the file may be longer than
    /// what is in it.
    fn lose_power(&mut self) -> Vec<u8> {
        for sector in std::mem::take(&mut self.dirty) {
            match self.chance.below(4) {
                0 | 1 => self.keep(sector, SECTOR),
                2 => {
                    let torn = self.chance.below(SECTOR);
                    self.keep(sector, torn);
                }
                _ => {}
            }
        }
        if self.chance.below(3) == 0 && self.kept.len() < self.cached.len() {
            let length = self.kept.len() + self.chance.below(self.cached.len() - self.kept.len() + 1);
            self.kept.resize(length, 0);
        }
        self.kept.clone()
    }
}

/// The journal's handle on the disk.
struct Handle(Arc<Mutex<SimDisk>>);

impl Synced for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.lock().unwrap().sync()
    }
}

/// What one seed came to.
struct Outcome {
    /// Entries that were acknowledged and are not there.
    lost: usize,
    acknowledged: usize,
    failed: bool,
}

/// Three lives of one journal: entries until a call fails or the power goes; then what is there is read, and the next
/// life goes on behind it.
fn lives(seed: u64, lies: bool, place: &File) -> Outcome {
    let mut random = repeatable(seed);
    let mut chance = SplitMix64::named(seed, "lives");
    let secret = [7; KEY];
    let key = || JournalKey::from_bytes(&secret);
    let first = to_json(&opening()).unwrap();
    let mut bytes = format::record(&key(), 0, &first, &mut random).unwrap().unwrap();
    let mut entries: Vec<Entry> = Vec::new();
    let mut outcome = Outcome {
        lost: 0,
        acknowledged: 0,
        failed: false,
    };
    for _ in 0..3 {
        let fails_in = if chance.below(2) == 0 {
            chance.below(20)
        } else {
            usize::MAX
        };
        let mut disk = SimDisk::new(bytes, seed ^ chance.next_u64(), fails_in);
        disk.lies = lies;
        let disk = Arc::new(Mutex::new(disk));
        let next = u64::try_from(entries.len()).unwrap() + 1;
        let handle = place.try_clone().unwrap();
        let draft = Draft::reopened("x.jnl".into(), handle, key(), first.clone(), next, &[]);
        let mut draft = draft.with_file(Box::new(Handle(Arc::clone(&disk))));
        let mut acknowledged = entries.len();
        for _ in 0..chance.below(12) {
            let words = |place: usize| answered(&format!("svar {place}{}", "-".repeat(place % 7 * 60)));
            let together: Vec<Entry> = (0..=chance.below(3))
                .map(|more| words(entries.len() + more))
                .collect();
            entries.extend(together.iter().cloned());
            if draft.append_all(&together, &mut random).is_err() {
                outcome.failed = true;
                let again = draft.append_all(&together, &mut random);
                assert!(matches!(again, Err(StoreError::Poisoned { .. })), "seed {seed}");
                break;
            }
            acknowledged = entries.len();
        }
        bytes = disk.lock().unwrap().lose_power();
        let Ok(contents): Result<Contents, _> = read(&bytes, 0, &key()) else {
            // Not even the opening: only a disk that lies can do that.
            assert!(lies, "seed {seed}");
            outcome.lost += acknowledged;
            return outcome;
        };
        let there = contents.entries.len();
        assert_eq!(
            contents.entries,
            entries[..there],
            "seed {seed}: in order, as written"
        );
        for (number, entry) in contents.damage.iter().flat_map(|damage| &damage.later) {
            assert_eq!(
                *entry,
                entries[usize::try_from(*number).unwrap() - 1],
                "seed {seed}"
            );
        }
        outcome.acknowledged += acknowledged;
        outcome.lost += acknowledged.saturating_sub(there);
        entries.truncate(there);
        // Going on, as after every torn end, in a copy of what is good.
        let mut again = repeatable(seed + 1);
        bytes = format::record(&key(), 0, &first, &mut again).unwrap().unwrap();
        for (number, entry) in (1..).zip(&entries) {
            let json = entry.to_json().unwrap();
            bytes.extend(
                format::record(&key(), number, &json, &mut again)
                    .unwrap()
                    .unwrap(),
            );
        }
    }
    outcome
}

#[test]
fn nothing_acknowledged_is_lost_whatever_the_disk_does() {
    let place = tempfile::tempfile().unwrap();
    let (mut acknowledged, mut failed) = (0, 0);
    for seed in 0..SEEDS {
        let outcome = lives(seed, false, &place);
        assert_eq!(outcome.lost, 0, "seed {seed}");
        acknowledged += outcome.acknowledged;
        failed += usize::from(outcome.failed);
    }
    // The chances are such that both happen often.
    assert!(acknowledged > 100_000, "{acknowledged}");
    assert!(failed > 1_000, "{failed}");
}

#[test]
fn the_simulated_disk_finds_out_a_sync_that_does_nothing() {
    let place = tempfile::tempfile().unwrap();
    let lost: usize = (0..100).map(|seed| lives(seed, true, &place).lost).sum();
    assert!(lost > 100, "{lost}");
}
