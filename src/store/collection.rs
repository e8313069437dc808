//! Reading every sealed interview of an evaluation: what counts, what does not, and why.
//!
//! Nothing is changed, moved or deleted here. An interview counts once: of several envelopes of one interview
//! (made around a crash, or sealed again for new keys) the one with the smallest name is taken, on every machine
//! the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::Slip;
use crate::store::envelope::{EXTENSION, EnvelopeName};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::error::StoreError;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::{Contents, Judged, judge};
use crate::store::keys::identities::Identities;

pub use crate::store::judging::Remark;

#[cfg(test)]
mod collection_tests;

/// Everything sealed in an evaluation, as far as these keys open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The interviews that count, by id.
    pub records: Vec<InterviewRecord>,
    /// Slips, by name.
    pub slips: Vec<Slip>,
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
    /// Further envelopes and copies of interviews and slips that count.
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
    /// Slips.
    pub slips: usize,
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
    let store = FolderStore::new(out.to_owned());
    read_all(&[(out, &store)], identities, evaluation, &mut |_, _| ())
}

/// Reads every envelope in several places, on all cores. `progress` is told how many of how many are read.
///
/// # Errors
/// As [`read`].
pub fn read_all(
    places: &[(&Path, &dyn EnvelopeStore)],
    identities: &Identities,
    evaluation: &Evaluation,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Collection, StoreError> {
    let mut names = Vec::new();
    for (folder, store) in places {
        names.extend(store.list()?.into_iter().map(|name| (*folder, *store, name)));
    }
    let mut reading = Reading::default();
    let all = names.len();
    let open = |number: usize| {
        let (folder, store, name) = names.get(number)?;
        let path = folder.join(name);
        let judged = match store.get(name) {
            Ok(bytes) => Ok(Some(judge(&bytes, &path, identities, evaluation))),
            Err(StoreError::TooLarge { .. }) => Ok(None),
            Err(error) => Err(error),
        };
        Some((path, judged))
    };
    in_parallel(all, open, |opened| {
        if let Some((path, judged)) = opened {
            reading.counts.files += 1;
            match judged? {
                Some(judged) => reading.take(path, judged),
                None => reading.remark(path, Remark::Damaged),
            }
        }
        progress(reading.counts.files, all);
        Ok::<(), StoreError>(())
    })?;
    Ok(reading.finish())
}

/// A collection being read.
#[derive(Default)]
struct Reading {
    counts: Counts,
    remarks: Vec<(PathBuf, Remark)>,
    interviews: BTreeMap<InterviewId, Vec<Found>>,
    slips: BTreeMap<InterviewId, (EnvelopeName, Slip)>,
}

/// An envelope that counts.
struct Found {
    name: EnvelopeName,
    path: PathBuf,
    record: InterviewRecord,
}

impl Reading {
    fn take(&mut self, path: PathBuf, judged: Judged) {
        let contents = match judged.contents {
            Ok(contents) => contents,
            Err(remark) => return self.remark(path, remark),
        };
        if !judged.is_named {
            self.remarks.push((path.clone(), Remark::Misnamed));
        }
        match contents {
            Contents::Interview(record) => {
                let found = Found {
                    name: judged.name,
                    path,
                    record: *record,
                };
                let twins = self.interviews.entry(found.record.interview.clone()).or_default();
                // A mere copy says nothing new, and its contents need not be held.
                match twins.iter_mut().find(|twin| twin.name == found.name) {
                    Some(twin) => {
                        twin.path = found.path.min(std::mem::take(&mut twin.path));
                        self.counts.duplicates += 1;
                    }
                    None => twins.push(found),
                }
            }
            Contents::Slip(slip) => self.take_slip(judged.name, *slip),
        }
    }

    /// Of slips of one name the one in the smallest envelope counts, in whatever order they come.
    fn take_slip(&mut self, name: EnvelopeName, slip: Slip) {
        match self.slips.entry(slip.slip.clone()) {
            Entry::Vacant(place) => {
                place.insert((name, slip));
            }
            Entry::Occupied(mut place) => {
                self.counts.duplicates += 1;
                if name < place.get().0 {
                    place.insert((name, slip));
                }
            }
        }
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
        self.counts.slips = self.slips.len();
        self.remarks.sort();
        Collection {
            records,
            slips: self.slips.into_values().map(|(_, slip)| slip).collect(),
            counts: self.counts,
            remarks: self.remarks,
        }
    }
}
