//! A journal as the simulated disks hold it: how it begins, how what is left of it is read, and how a new life goes on
//! behind that.

use std::fs::File;

use super::draft::{Draft, Synced};
use super::entry::{Entry, to_json};
use super::format;
use super::key::{JournalKey, KEY};
use super::recover::{Contents, read};
use crate::store::randomness::Randomness;
use crate::store::sample::opening;

/// The key of every simulated journal.
fn key() -> JournalKey {
    JournalKey::from_bytes(&[7; KEY])
}

/// Returns the journal with these entries: at the beginning, and, as after every torn end, in a copy of what is good.
pub(super) fn written(entries: &[Entry], random: &mut dyn Randomness) -> Vec<u8> {
    let jsons = std::iter::once(to_json(&opening()).unwrap())
        .chain(entries.iter().map(|entry| entry.to_json().unwrap()));
    let records = (0..).zip(jsons);
    records
        .flat_map(|(number, json)| format::record(&key(), number, &json, random).unwrap().unwrap())
        .collect()
}

/// Reads what is left of one; `None` where not even the opening is.
pub(super) fn left(bytes: &[u8]) -> Option<Contents> {
    read(bytes, 0, &key()).ok()
}

/// Returns the draft that goes on behind these entries, in a file on the simulated disk. `place` stands for the file it
/// would have on a real one.
pub(super) fn going_on(entries: &[Entry], place: &File, file: Box<dyn Synced>) -> Draft {
    let next = u64::try_from(entries.len()).unwrap() + 1;
    let handle = place.try_clone().unwrap();
    let first = to_json(&opening()).unwrap();
    let draft = Draft::reopened("draft.jnl".into(), handle, key(), first, next, &[]);
    draft.with_file(file)
}
