//! The coordinators' work on disk: a log of events in sealed segments, one after the other, never changed in place.
//!
//! A segment is a file in `workbook/` named by the hash of its bytes ([`segment`] says what is in it). A run of the
//! program writes its events into a segment of its own ([`writer`]); when more come, a new file with all of them is
//! there, whole, before the one it replaces goes. So every moment there is a file with everything that was kept, and a
//! crash leaves at most a copy too many.
//!
//! Two folders are merged by taking the files of both: events have stamps and count once. What is no segment of this
//! evaluation's coordinators changes nothing; it is told and set aside, never deleted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Id;
use crate::domain::record::InterviewId;
use crate::domain::workbook::log::{Event, Log};
use crate::store::atomic::{self, Access};
use crate::store::envelope::{EnvelopeName, SealTo};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::Remark;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{Signer, VerifyingKey};
use crate::store::listing;

pub mod half;
pub mod segment;
#[cfg(test)]
mod workbook_tests;
pub mod writer;

/// What the name of a segment ends with.
pub const EXTENSION: &str = "stw";
/// The largest segment.
pub const MAX_SEGMENT: u64 = 16 * 1024 * 1024;
/// So many small segments of one coder are put together.
const MANY: usize = 8;
/// Events of a segment that is not added to any more.
pub(super) const FULL: usize = 2000;

/// The workbook as it lies there.
#[derive(Debug, Default)]
pub struct Found {
    /// Everything that was done, without what is about interviews that are gone.
    pub log: Log,
    /// The segments it was read from, by path.
    pub segments: Vec<Segment>,
    /// Files that call themselves segments and are none that counts, or are copies of one.
    pub remarks: Vec<(PathBuf, Remark)>,
}

/// A segment that counts.
#[derive(Debug)]
pub struct Segment {
    /// Where it lies.
    pub path: PathBuf,
    /// What was done, in the order it was written.
    pub events: Vec<Event>,
    /// Whether something in it was about an interview that is gone.
    holds_gone: bool,
}

impl Segment {
    fn is_of(&self, coder: &Id) -> bool {
        self.events.iter().all(|event| event.stamp.coder == *coder)
    }
}

/// Reads every segment of a folder. One that is not there has none.
///
/// # Errors
/// What the system said: work must not be missing for a moment's trouble with a disk.
pub fn read(
    folder: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    gone: &BTreeSet<InterviewId>,
) -> Result<Found, StoreError> {
    let paths = files(folder)?;
    let open = |number: usize| {
        let path = paths.get(number)?;
        let opened = bytes_of(path).map(|bytes| match bytes {
            Some(bytes) => (
                EnvelopeName::of(&bytes),
                segment::open(&bytes, identities, evaluation),
            ),
            None => (EnvelopeName::of(&[]), Err(Remark::Damaged)),
        });
        Some((path, opened))
    };
    let mut opened = Vec::with_capacity(paths.len());
    in_parallel(paths.len(), open, |found| {
        opened.extend(found);
        Ok::<(), StoreError>(())
    })?;
    // By path: the same files give the same remarks.
    opened.sort_by_key(|(path, _)| *path);
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for (path, segment) in opened {
        let (name, events) = segment?;
        match events {
            // The file with the segment's own name comes before `name (1)`.
            Ok(_) if !seen.insert(name) => found.remarks.push((path.clone(), Remark::Misnamed)),
            Ok(events) => {
                let holds_gone = events.iter().any(|event| event.change.is_about(gone));
                found.log.extend(events.iter().cloned());
                found.segments.push(Segment {
                    path: path.clone(),
                    events,
                    holds_gone,
                });
            }
            Err(remark) => found.remarks.push((path.clone(), remark)),
        }
    }
    found.log.forget(gone);
    Ok(found)
}

/// What there is to say of the files of a workbook.
#[derive(Debug, Default)]
pub struct Judged {
    /// Files that count.
    pub segments: usize,
    /// Files there is something to say about.
    pub remarks: Vec<(PathBuf, Remark)>,
    /// Steps that somebody built on and no file holds.
    pub lacking: u64,
}

/// Judges every file that calls itself a segment, and looks for steps that are gone. A step has a number one above every
/// number its doer knew, so where a higher one is there, a lower one was: only the last steps can be missing unseen. With
/// interviews withdrawn the numbers tell nothing, for what was about those was taken out.
///
/// # Errors
/// What the system said.
pub fn verify(
    folder: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    gone: &BTreeSet<InterviewId>,
) -> Result<Judged, StoreError> {
    let found = read(folder, identities, evaluation, &BTreeSet::new())?;
    let clocks: BTreeSet<u64> = found.log.events().map(|(stamp, _)| stamp.clock).collect();
    let last = clocks.last().copied().unwrap_or_default();
    let there = u64::try_from(clocks.len()).unwrap_or(u64::MAX);
    Ok(Judged {
        segments: found.segments.len(),
        remarks: found.remarks,
        lacking: if gone.is_empty() {
            last.saturating_sub(there)
        } else {
            0
        },
    })
}

/// Puts bytes under their own name, unless they are there. Returns whether they were new.
///
/// # Errors
/// What the system said; then they are there whole or not at all.
pub fn put(folder: &Path, bytes: &[u8]) -> Result<(PathBuf, bool), StoreError> {
    atomic::make_folder(folder)?;
    let path = folder.join(format!("{}.{EXTENSION}", EnvelopeName::of(bytes)));
    match atomic::write_new_timeless(&path, bytes, Access::Owner) {
        Ok(()) => Ok((path, true)),
        Err(StoreError::AlreadyThere { .. }) => match bytes_of(&path)? {
            Some(there) if there == bytes => Ok((path, false)),
            // A copy that broke gives way to what its name says.
            _ => atomic::replace_timeless(&path, bytes, Access::Owner).map(|()| (path, true)),
        },
        Err(error) => Err(error),
    }
}

/// Tidies a workbook that was read: what is no segment of ours is set aside, many small segments of this coder become
/// one, and what was about interviews that are gone goes for good. What a newer version of the program wrote, or is
/// sealed to other keys, or has not come yet, stays where it is. Returns what was set aside.
///
/// # Errors
/// What the system said; what was found is still there then, once or twice.
pub fn tidy(
    folder: &EvaluationFolder,
    found: &Found,
    coder: &Id,
    gone: &BTreeSet<InterviewId>,
    (to, signer): (&SealTo, &Signer),
) -> Result<Vec<PathBuf>, StoreError> {
    let place = folder.workbook();
    let mut aside = Vec::new();
    for (path, remark) in &found.remarks {
        if !matches!(remark, Remark::Newer | Remark::OtherKey | Remark::Absent) {
            set_aside(folder, path)?;
            aside.push(path.clone());
        }
    }
    let small = |segment: &&Segment| segment.is_of(coder) && segment.events.len() < FULL;
    let own: Vec<&Segment> = found.segments.iter().filter(small).collect();
    let folding = own.len() >= MANY;
    for group in groups(if folding { &own } else { &[] }) {
        rewrite(&place, &group, gone, (to, signer))?;
    }
    for segment in found.segments.iter().filter(|segment| segment.holds_gone) {
        if !(folding && small(&segment)) {
            rewrite(&place, &[segment], gone, (to, signer))?;
        }
    }
    Ok(aside)
}

/// Segments put together as long as they come to no more than a full one.
fn groups<'s>(own: &[&'s Segment]) -> Vec<Vec<&'s Segment>> {
    let mut groups: Vec<(usize, Vec<&Segment>)> = Vec::new();
    for segment in own {
        match groups.last_mut() {
            Some((events, group)) if *events + segment.events.len() <= FULL => {
                *events += segment.events.len();
                group.push(segment);
            }
            _ => groups.push((segment.events.len(), vec![segment])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Writes the events of some segments to one, and only then takes the old files away.
fn rewrite(
    place: &Path,
    segments: &[&Segment],
    gone: &BTreeSet<InterviewId>,
    (to, signer): (&SealTo, &Signer),
) -> Result<(), StoreError> {
    let mut log: Log = segments
        .iter()
        .flat_map(|segment| segment.events.iter().cloned())
        .collect();
    log.forget(gone);
    let events: Vec<Event> = log
        .events()
        .map(|(stamp, change)| Event {
            stamp: stamp.clone(),
            change: change.clone(),
        })
        .collect();
    if segments.len() == 1
        && events
            == segments
                .iter()
                .flat_map(|own| own.events.clone())
                .collect::<Vec<_>>()
    {
        return Ok(());
    }
    if !events.is_empty() {
        put(place, &segment::seal(&events, to, signer)?)?;
    }
    segments.iter().try_for_each(|old| atomic::remove(&old.path))
}

fn set_aside(folder: &EvaluationFolder, path: &Path) -> Result<(), StoreError> {
    atomic::make_folder(&folder.quarantine())?;
    match atomic::move_into(path, &folder.quarantine()) {
        // One of that name is there already; this one stays where it is.
        Err(StoreError::AlreadyThere { .. }) => Ok(()),
        moved => moved,
    }
}

/// Adds, to every segment this key signed, one that the new coordinator's key signed. The old ones stay: which of them
/// count, the evaluation file says.
///
/// # Errors
/// What the system said.
pub fn sign_again(
    folder: &Path,
    identities: &Identities,
    to: &SealTo,
    was: VerifyingKey,
    now: &Signer,
) -> Result<usize, StoreError> {
    let mut added = 0;
    for path in files(folder)? {
        let events = bytes_of(&path)?
            .and_then(|bytes| segment::open_signed_by(&bytes, identities, to.evaluation_text(), was).ok());
        if let Some(events) = events {
            put(folder, &segment::seal(&events, to, now)?)?;
            added += 1;
        }
    }
    Ok(added)
}

/// Returns whether a file is a segment that this key signed.
#[must_use]
pub fn is_signed_by(path: &Path, identities: &Identities, evaluation: &Evaluation, by: VerifyingKey) -> bool {
    let bytes = bytes_of(path).ok().flatten();
    bytes.is_some_and(|bytes| segment::open_signed_by(&bytes, identities, &evaluation.id, by).is_ok())
}

/// Removes the segments that this key signed.
///
/// # Errors
/// What the system said.
pub fn remove_signed_by(
    folder: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    was: VerifyingKey,
) -> Result<(), StoreError> {
    for path in files(folder)? {
        let is_old = bytes_of(&path)?
            .is_some_and(|bytes| segment::open_signed_by(&bytes, identities, &evaluation.id, was).is_ok());
        if is_old {
            atomic::remove(&path)?;
        }
    }
    Ok(())
}

/// Returns the files of a folder that are called segments, by name.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut paths = listing::of(folder, EXTENSION)?.files;
    // A copy that a sync program renamed is longer than the name it is a copy of.
    paths.sort_by(|a, b| (a.as_os_str().len(), a).cmp(&(b.as_os_str().len(), b)));
    Ok(paths)
}

/// Reads a segment's bytes; `None` for what is too large to be one. One that another coordinator's program folded just
/// now may be gone between the listing and the reading: its events are in the new file.
pub(super) fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match atomic::read(path, MAX_SEGMENT) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StoreError::TooLarge { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
