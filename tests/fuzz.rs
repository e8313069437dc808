//! The fuzz targets of `fuzz/`, on genuine files that were changed in a thousand ways. The same seed makes the same
//! changes. `STEMME_FUZZ_RUNS` says how many, for each target; `fuzz/README.md` has the fuzzer itself.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    unreachable_pub,
    reason = "a test may fail; a broken promise of a target is a panic"
)]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use stemme::domain::order::SplitMix64;

/// Pieces that mean something to somebody who reads.
const PIECES: &[&[u8]] = &[
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x80",
    b"\x1b[31m",
    b"\xe2\x80\xae",
    b"\xc3\x28",
    b"\xf0\x9f\x98\x80",
    b"\n",
    b"\"",
    b"'",
    b"\"\"\"",
    b"\\u0000",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[section.q]]\n",
    b" = ",
    b"null",
    b"1e999",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"true",
    b"{\"answer\":",
    b"\"schema\":2,",
    b" and ",
    b" or ",
    b"not ",
    b"(((((((((((((((",
    b"answered(",
    b" has ",
    b" in [",
    b"{{one}}",
    b"stemmeR\0",
    b"age-encryption.org/v1\n",
    b"-> X25519 ",
    b"--- ",
];
/// No input may take longer. Far more than any needs, on a machine that does other things.
const LONGEST: Duration = Duration::from_secs(20);

fn runs(usual: usize) -> usize {
    env::var("STEMME_FUZZ_RUNS").map_or(usual, |runs| runs.parse().unwrap())
}

/// Changes a file in one to six places.
fn changed(chance: &mut SplitMix64, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    // The first byte says how deep it goes: it mostly stays.
    let first = usize::from(chance.below(20) != 0);
    for _ in 0..=chance.below(6) {
        let at = |chance: &mut SplitMix64, bytes: &[u8]| {
            first + chance.below((bytes.len().saturating_sub(first)).max(1))
        };
        let place = at(chance, &bytes).min(bytes.len());
        let end = (place + chance.below(24)).min(bytes.len());
        match chance.below(8) {
            0 => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << chance.below(8);
                }
            }
            1 => {
                bytes.drain(place..end);
            }
            2 => bytes.truncate(place),
            3 => {
                let piece = bytes[place..end].to_vec();
                let to = at(chance, &bytes).min(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len().max(1));
                let piece = other[from..(from + chance.below(200)).min(other.len())].to_vec();
                bytes.splice(place..end, piece);
            }
            5 => {
                let byte = chance.next_u64().to_le_bytes()[0];
                bytes.insert(place, byte);
            }
            _ => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(place..end.min(place + chance.below(8)), piece.iter().copied());
            }
        }
    }
    bytes
}

fn holds(name: &str, usual: usize, target: fn(&[u8])) {
    let seeds = targets::seeds(name);
    let mut chance = SplitMix64::named(20_261_127, name);
    for seed in &seeds {
        target(seed);
    }
    for run in 0..runs(usual) {
        let bytes = changed(&mut chance, &seeds);
        let began = Instant::now();
        target(&bytes);
        assert!(began.elapsed() < LONGEST, "run {run}: {:?}", began.elapsed());
    }
}

#[test]
fn whatever_stands_in_a_journal_no_entry_is_made_up_and_nothing_panics() {
    holds("journal", 4_000, targets::journal);
}

#[test]
fn whatever_stands_in_an_envelope_it_is_whole_or_nothing() {
    holds("envelope", 4_000, targets::envelope);
}

#[test]
fn whatever_stands_in_a_delivery_nothing_strange_counts() {
    holds("delivery", 12_000, targets::delivery);
}

#[test]
fn whatever_stands_in_a_survey_or_an_evaluation_it_is_read_or_explained() {
    holds("definition", 1_000, targets::definition);
}

#[test]
fn whatever_a_condition_says_an_interview_goes_on() {
    holds("expression", 8_000, targets::expression);
}

/// Writes files to begin with, for a fuzzer, into `STEMME_FUZZ_CORPUS`.
#[test]
#[ignore = "writes files where it is told to"]
fn write_the_corpus() {
    let root = env::var("STEMME_FUZZ_CORPUS").unwrap();
    for target in ["journal", "envelope", "delivery", "definition", "expression"] {
        let folder = Path::new(&root).join(target);
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in targets::seeds(target).into_iter().enumerate() {
            let path = folder.join(format!("seed-{number}"));
            let mut file = fs::OpenOptions::new()
                .create(true)
                .truncate(true)
                .write(true)
                .open(path)
                .unwrap();
            file.write_all(&seed).unwrap();
        }
    }
}
