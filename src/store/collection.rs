//! Reading every sealed interview of an evaluation: what counts, what does not, and why.
//!
//! Nothing is changed, moved or deleted here. An interview counts once: of several envelopes of one interview
//! (made around a crash, or sealed again for new keys) the one with the smallest name is taken, on every machine
//! the same.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::store::atomic;
use crate::store::envelope::{self, EXTENSION, EnvelopeName, MAX_ENVELOPE, Opened, Origin, Unopened};
use crate::store::error::StoreError;
use crate::store::keys::identities::Identities;

#[cfg(test)]
mod collection_tests;

/// Everything sealed in an evaluation, as far as these keys open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The interviews that count, by id.
    pub records: Vec<InterviewRecord>,
    /// How many of what.
    pub counts: Counts,
    /// Files that do not count, with the reason, and interviews whose envelopes differ; by name.
    pub remarks: Vec<(PathBuf, Remark)>,
}

/// How many of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Files that are called envelopes.
    pub files: usize,
    /// Interviews that count.
    pub finished: usize,
    /// Further envelopes and copies of interviews that count.
    pub duplicates: usize,
    /// Of a newer version of the program.
    pub newer: usize,
    /// Sealed to other keys than those at hand.
    pub unreadable: usize,
    /// Not what was sealed.
    pub damaged: usize,
    /// Signed by nobody we know or by a revoked laptop, forged, of another evaluation, or made up.
    pub foreign: usize,
    /// Named and not here: what a sync program has not brought yet.
    pub absent: usize,
}

/// What there is to say about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Of a newer version of the program.
    Newer,
    /// Sealed to other keys.
    OtherKey,
    /// Not what was sealed.
    Damaged,
    /// Signed by nobody we know.
    UnknownOrigin,
    /// Signed by a laptop that was revoked.
    RevokedLaptop,
    /// The signature does not hold.
    Forged,
    /// Of another evaluation.
    OtherEvaluation,
    /// Made up, in an evaluation that is not.
    MadeUp,
    /// Empty: not brought yet.
    Absent,
    /// Another envelope of the same interview says something else. One of them is counted.
    Differs,
    /// It counts, under a name that is not its own.
    Misnamed,
}

/// Returns how many envelopes there are, without any key.
///
/// # Errors
/// What the system said about the folder.
pub fn count(out: &Path) -> Result<usize, StoreError> {
    crate::store::folder::count(out, EXTENSION)
}

/// Reads every envelope in a folder. A folder that is not there has none.
///
/// # Errors
/// What the system said about the folder, or about reading a file: an interview must not be missing from the
/// figures for a moment's trouble with a disk.
pub fn read(out: &Path, identities: &Identities, evaluation: &Evaluation) -> Result<Collection, StoreError> {
    let mut reading = Reading::default();
    for path in envelopes(out)? {
        reading.counts.files += 1;
        let bytes = match atomic::read(&path, MAX_ENVELOPE) {
            Err(StoreError::TooLarge { .. }) => {
                reading.remark(path, Remark::Damaged);
                continue;
            }
            read => read?,
        };
        reading.take(path, &bytes, identities, evaluation);
    }
    Ok(reading.finish())
}

/// The paths of all envelopes, by name.
fn envelopes(out: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let at = |error: &io::Error| StoreError::at(out, error);
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(&error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| at(&error))?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// A collection being read.
#[derive(Default)]
struct Reading {
    counts: Counts,
    remarks: Vec<(PathBuf, Remark)>,
    interviews: BTreeMap<InterviewId, Vec<Found>>,
}

/// An envelope that counts.
struct Found {
    name: EnvelopeName,
    path: PathBuf,
    record: InterviewRecord,
}

impl Reading {
    fn take(&mut self, path: PathBuf, bytes: &[u8], identities: &Identities, evaluation: &Evaluation) {
        if bytes.is_empty() {
            return self.remark(path, Remark::Absent);
        }
        let name = EnvelopeName::of(bytes);
        let is_named = name.is_name_of(&path);
        let opened = match envelope::open(bytes, identities, &evaluation.id) {
            Ok(opened) => opened,
            // What is not what its name says cannot be told from what is sealed to others.
            Err(Unopened::WrongKey) if is_named => return self.remark(path, Remark::OtherKey),
            Err(Unopened::WrongKey | Unopened::Damaged(_)) => return self.remark(path, Remark::Damaged),
            Err(Unopened::Forged) => return self.remark(path, Remark::Forged),
            Err(Unopened::OtherEvaluation) => return self.remark(path, Remark::OtherEvaluation),
        };
        let Opened::Interview { record, signed_by } = opened else {
            return self.remark(path, Remark::Newer);
        };
        match Origin::of(&signed_by, &evaluation.signing) {
            Origin::Unknown => return self.remark(path, Remark::UnknownOrigin),
            Origin::Revoked(_) => return self.remark(path, Remark::RevokedLaptop),
            Origin::Coordinator | Origin::Laptop(_) => {}
        }
        if record.made_up && !evaluation.made_up {
            return self.remark(path, Remark::MadeUp);
        }
        if !is_named {
            self.remarks.push((path.clone(), Remark::Misnamed));
        }
        let found = Found {
            name,
            path,
            record: *record,
        };
        self.interviews
            .entry(found.record.interview.clone())
            .or_default()
            .push(found);
    }

    fn remark(&mut self, path: PathBuf, remark: Remark) {
        let counts = &mut self.counts;
        *match remark {
            Remark::Newer => &mut counts.newer,
            Remark::OtherKey => &mut counts.unreadable,
            Remark::Damaged => &mut counts.damaged,
            Remark::Absent => &mut counts.absent,
            Remark::UnknownOrigin
            | Remark::RevokedLaptop
            | Remark::Forged
            | Remark::OtherEvaluation
            | Remark::MadeUp => &mut counts.foreign,
            Remark::Differs | Remark::Misnamed => return self.remarks.push((path, remark)),
        } += 1;
        self.remarks.push((path, remark));
    }

    fn finish(mut self) -> Collection {
        let mut records = Vec::with_capacity(self.interviews.len());
        for (_, mut envelopes) in std::mem::take(&mut self.interviews) {
            envelopes.sort_by(|a, b| (a.name, &a.path).cmp(&(b.name, &b.path)));
            let mut envelopes = envelopes.into_iter();
            let Some(first) = envelopes.next() else {
                continue;
            };
            for other in envelopes {
                self.counts.duplicates += 1;
                if other.record != first.record {
                    self.remarks.push((other.path, Remark::Differs));
                }
            }
            records.push(first.record);
        }
        self.counts.finished = records.len();
        self.remarks.sort();
        Collection {
            records,
            counts: self.counts,
            remarks: self.remarks,
        }
    }
}
