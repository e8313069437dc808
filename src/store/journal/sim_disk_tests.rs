//! A simulated disk under the journal: what was not synced may be lost, torn or out of order after a power cut, and
//! any call may fail. What was acknowledged is there afterwards, whatever the chance.

use std::env;
use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex};

use super::draft::Synced;
use super::entry::Entry;
use super::sim_journal::{going_on, left, written};
use crate::domain::order::SplitMix64;
use crate::store::error::StoreError;
use crate::store::randomness::repeatable;
use crate::store::sample::answered;
use crate::store::sim_disk::SimDisk;

/// How many disks are tried: `STEMME_SIM_SEEDS`, or ten thousand.
pub(super) fn seeds() -> u64 {
    env::var("STEMME_SIM_SEEDS").map_or(10_000, |seeds| seeds.parse().unwrap())
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
    let mut bytes = written(&[], &mut random);
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
        let mut draft = going_on(&entries, place, Box::new(Handle(Arc::clone(&disk))));
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
        let Some(contents) = left(&bytes) else {
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
        bytes = written(&entries, &mut repeatable(seed + 1));
    }
    outcome
}

#[test]
fn nothing_acknowledged_is_lost_whatever_the_disk_does() {
    let place = tempfile::tempfile().unwrap();
    let (mut acknowledged, mut failed) = (0, 0);
    for seed in 0..seeds() {
        let outcome = lives(seed, false, &place);
        assert_eq!(outcome.lost, 0, "seed {seed}");
        acknowledged += outcome.acknowledged;
        failed += usize::from(outcome.failed);
    }
    // The chances are such that both happen often.
    assert!(acknowledged as u64 > 10 * seeds(), "{acknowledged}");
    assert!(failed as u64 > seeds() / 10, "{failed}");
}

#[test]
fn the_simulated_disk_finds_out_a_sync_that_does_nothing() {
    let place = tempfile::tempfile().unwrap();
    let lost: usize = (0..100).map(|seed| lives(seed, true, &place).lost).sum();
    assert!(lost > 100, "{lost}");
}
