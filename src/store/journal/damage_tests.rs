//! Every cut, every flipped bit, splices, replays and random files: never a panic, never a wrong entry, always an
//! exact beginning of what was written.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

use super::entry::{Entry, to_json};
use super::format::{self, RECORD_HEAD};
use super::key::JournalKey;
use super::recover::{Contents, Tail, read};
use crate::domain::order::SplitMix64;
use crate::store::keys::Identities;
use crate::store::randomness::repeatable;
use crate::store::sample::{People, answered, opening};

/// A small journal: its bytes, where each record begins, and what it holds.
struct Journal {
    bytes: Vec<u8>,
    places: Vec<usize>,
    entries: Vec<Entry>,
    key: JournalKey,
    identities: Identities,
}

fn journal(seed: u64) -> Journal {
    let (people, mut random) = (People::new(), repeatable(seed));
    let (key, secret) = JournalKey::generate(&mut random).unwrap();
    let mut bytes = format::header(&secret, &people.recipients()).unwrap();
    let entries: Vec<Entry> = ["en", "to", "tre"].map(answered).to_vec();
    let mut places = vec![bytes.len()];
    let first = to_json(&opening()).unwrap();
    bytes.extend(format::record(&key, 0, &first, &mut random).unwrap().unwrap());
    for (number, entry) in (1..).zip(&entries) {
        places.push(bytes.len());
        let json = entry.to_json().unwrap();
        bytes.extend(format::record(&key, number, &json, &mut random).unwrap().unwrap());
    }
    Journal {
        bytes,
        places,
        entries,
        key,
        identities: people.identities(),
    }
}

impl Journal {
    fn read(&self, bytes: &[u8]) -> Option<Contents> {
        read(bytes, self.places[0], &self.key).ok()
    }

    /// Returns how many entries stand before this place.
    fn entries_before(&self, place: usize) -> usize {
        self.places[1..].iter().filter(|begin| **begin < place).count()
    }

    /// Returns what was read, having checked that it is an exact beginning, and that whatever was found behind
    /// damage is what was written under that number.
    fn check(&self, bytes: &[u8]) -> Option<Contents> {
        let contents = self.read(bytes)?;
        assert_eq!(contents.opening, opening());
        assert_eq!(contents.entries, self.entries[..contents.entries.len()]);
        for (number, entry) in contents.damage.iter().flat_map(|damage| &damage.later) {
            let number = usize::try_from(*number).unwrap();
            assert_eq!(*entry, self.entries[number - 1], "record {number}");
        }
        Some(contents)
    }
}

#[test]
fn every_cut_leaves_the_exact_beginning() {
    let journal = journal(1);
    for length in 0..journal.bytes.len() {
        let cut = &journal.bytes[..length];
        if length < journal.places[0] {
            assert!(format::read_header(cut, &journal.identities).is_err(), "{length}");
            continue;
        }
        let Some(contents) = journal.check(cut) else {
            assert!(length < journal.places[1], "{length}");
            continue;
        };
        let whole = journal.places[1..]
            .iter()
            .chain([&journal.bytes.len()])
            .position(|end| *end > length);
        assert_eq!(contents.entries.len(), whole.unwrap() - 1, "{length}");
        let at_end = journal.places.contains(&length);
        assert_eq!(contents.tail == Tail::Whole, at_end, "{length}");
        assert_eq!(matches!(contents.tail, Tail::Torn { .. }), !at_end, "{length}");
        assert_eq!(contents.damage, None);
    }
}

#[test]
fn every_flipped_bit_is_noticed_and_changes_no_entry() {
    let journal = journal(2);
    for place in 0..journal.bytes.len() {
        for bit in 0..8 {
            let mut flipped = journal.bytes.clone();
            flipped[place] ^= 1 << bit;
            if place < journal.places[0] {
                let opened = format::read_header(&flipped, &journal.identities);
                assert!(opened.is_err(), "{place}.{bit}");
                continue;
            }
            let Some(contents) = journal.check(&flipped) else {
                assert!(place < journal.places[1], "{place}.{bit}");
                continue;
            };
            let before = journal.entries_before(place + 1) - 1;
            assert_eq!(contents.entries.len(), before, "{place}.{bit}");
            let in_head = place - journal.places[before + 1] < RECORD_HEAD;
            let last = before + 1 == journal.entries.len();
            // A whole record that went bad never passes for a write that was cut off.
            assert!(matches!(contents.tail, Tail::Doubtful { .. }), "{place}.{bit}");
            assert_eq!(contents.damage.is_some(), in_head || !last, "{place}.{bit}");
            if let Some(damage) = contents.damage {
                let readable = journal.entries.len() - before - usize::from(!in_head);
                assert_eq!(damage.later.len(), readable, "{place}.{bit}");
            }
        }
    }
}

#[test]
fn tails_that_a_power_cut_leaves_are_cut_and_no_entry_is_lost() {
    let journal = journal(3);
    let mut noise = SplitMix64::new(3);
    for length in [1, 7, 8, 9, 39, 40, 100, 303, 304, 305, 1000, 4096] {
        let garbage: Vec<u8> = (0..length).map(|_| noise.next_u64().to_le_bytes()[0]).collect();
        for tail in [vec![0; length], vec![0xff; length], garbage] {
            let contents = journal.check(&[&journal.bytes[..], &tail].concat()).unwrap();
            assert_eq!(contents.entries, journal.entries);
            assert_eq!(contents.damage, None);
            assert_ne!(contents.tail, Tail::Whole);
            let zeros = tail.iter().all(|byte| *byte == 0);
            assert!(!zeros || matches!(contents.tail, Tail::Torn { .. }));
        }
    }
}

#[test]
fn spliced_and_replayed_records_are_not_taken() {
    let (journal, other) = (journal(4), journal(5));
    let record = |from: &Journal, number: usize| {
        let end = from.places.get(number + 1).copied().unwrap_or(from.bytes.len());
        from.bytes[from.places[number]..end].to_vec()
    };
    for at in 1..=4 {
        let place = journal.places.get(at).copied().unwrap_or(journal.bytes.len());
        for number in 0..4 {
            for source in [&journal, &other] {
                // Inserted before record `at`, and put in its place.
                let spliced = record(source, number);
                let inserted = [&journal.bytes[..place], &spliced, &journal.bytes[place..]].concat();
                let contents = journal.check(&inserted).unwrap();
                let is_itself = std::ptr::eq(source, &raw const journal) && number == at;
                assert_eq!(contents.entries.len(), at - 1 + usize::from(is_itself));
                assert!(contents.damage.is_some() || contents.tail != Tail::Whole);
                let Some(after) = journal
                    .places
                    .get(at + 1)
                    .copied()
                    .or((at == 3).then_some(journal.bytes.len()))
                else {
                    continue;
                };
                let replaced = [&journal.bytes[..place], &spliced, &journal.bytes[after..]].concat();
                let contents = journal.check(&replaced).unwrap();
                assert_eq!(contents.tail == Tail::Whole, is_itself);
            }
        }
    }
}

#[test]
fn a_file_made_to_be_slow_is_given_up_and_kept() {
    let journal = journal(6);
    // Every place looks like the beginning of a large record.
    let slow = [&journal.bytes[..], &[0x00, 0x00, 0x0f, 0x00].repeat(1 << 19)].concat();
    let contents = journal.check(&slow).unwrap();
    assert_eq!(contents.entries, journal.entries);
    assert!(contents.damage.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_file_is_no_journal(bytes in vec(any::<u8>(), 0..600), keep in 0_usize..16) {
        let journal = shared();
        let begun = [&journal.bytes[..keep], &bytes].concat();
        prop_assert!(format::read_header(&begun, &journal.identities).is_err());
        prop_assert!(read(&bytes, 0, &journal.key).is_err());
    }
}

fn shared() -> &'static Journal {
    static JOURNAL: std::sync::OnceLock<Journal> = std::sync::OnceLock::new();
    JOURNAL.get_or_init(|| journal(9))
}
