//! Reading every sealed interview of an evaluation: what counts, what does not, and why.
//!
//! Nothing is changed, moved or deleted here. An interview counts once: of several envelopes of one interview
//! (made around a crash, or sealed again for new keys) the one with the smallest name is taken, on every machine
//! the same.
//!
//! Interviews are handed to whoever wants them as they are opened, and are not kept: what stays is which they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewId, InterviewRecord, RecordHead, TakesInterviews};
use crate::domain::slip::Slip;
use crate::store::checked::Checked;
use crate::store::envelope::{EXTENSION, EnvelopeName, Says};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::error::StoreError;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::{Contents, Judged, judge_again};
use crate::store::keys::identities::Identities;
use crate::store::tombstone::Tombstones;

pub use crate::store::judging::Remark;

#[cfg(test)]
mod collection_tests;

/// Everything sealed in an evaluation, as far as these keys open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The interviews that count, by id, without what was said in them.
    pub interviews: Vec<RecordHead>,
    /// Slips, by name.
    pub slips: Vec<Slip>,
    /// How many of what.
    pub counts: Counts,
    /// Files that do not count, with the reason, and interviews whose envelopes differ; by name.
    pub remarks: Vec<(PathBuf, Remark)>,
}

/// What opens envelopes and decides what of them counts.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'o> {
    /// The keys at hand.
    pub identities: &'o Identities,
    /// The evaluation.
    pub evaluation: &'o Evaluation,
    /// Withdrawn interviews: they count nowhere, whatever copies there are.
    pub gone: &'o Tombstones,
    /// Envelopes whose signature need not be checked again.
    pub checked: &'o Checked,
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

/// Reads every envelope in a folder. A folder that is not there has none. `taker` is given every interview that counts.
///
/// # Errors
/// What the system said about the folder, or about reading a file: an interview must not be missing from the
/// figures for a moment's trouble with a disk.
pub fn read(
    out: &Path,
    opening: &Opening<'_>,
    taker: &mut dyn TakesInterviews,
) -> Result<Collection, StoreError> {
    let store = FolderStore::new(out.to_owned());
    read_all(&[(out, &store)], opening, taker, &mut |_, _| ())
}

/// Reads every envelope in several places, on all cores. `taker` is given every interview that counts; `progress` is told
/// how many of how many are read.
///
/// # Errors
/// As [`read`].
pub fn read_all(
    places: &[(&Path, &dyn EnvelopeStore)],
    opening: &Opening<'_>,
    taker: &mut dyn TakesInterviews,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Collection, StoreError> {
    let mut files = Vec::new();
    for (folder, store) in places {
        files.extend(store.list()?.into_iter().map(|name| (*folder, *store, name)));
    }
    let first = Reading::pass(&files, opening, &BTreeMap::new(), taker, progress)?;
    let counting = first.not_the_smallest();
    if counting.is_empty() {
        return Ok(first.finish(opening));
    }
    // Somebody's interview says one thing in one envelope and another in the other, and the wrong one was met first.
    // Only now it is known which counts.
    taker.forget();
    Ok(Reading::pass(&files, opening, &counting, taker, progress)?.finish(opening))
}

/// A file that calls itself an envelope, and where it lies.
type File<'f> = (&'f Path, &'f dyn EnvelopeStore, String);

/// A collection being read.
struct Reading<'f> {
    files: &'f [File<'f>],
    counts: Counts,
    remarks: Vec<(PathBuf, Remark)>,
    interviews: BTreeMap<InterviewId, Found>,
    slips: BTreeMap<InterviewId, (EnvelopeName, Slip)>,
}

/// An interview, and the envelopes it was found in.
struct Found {
    head: RecordHead,
    /// Of different names.
    twins: Vec<Twin>,
    /// What the one says that was taken.
    taken: Option<Says>,
}

/// An envelope of an interview.
#[derive(Clone, Copy)]
struct Twin {
    name: EnvelopeName,
    /// Its number among the files; of mere copies the smallest.
    file: usize,
    says: Says,
}

impl Found {
    /// The envelope that counts.
    fn smallest(&self) -> Option<&Twin> {
        self.twins.iter().min_by_key(|twin| twin.name)
    }
}

impl<'f> Reading<'f> {
    /// Reads everything once. Of the interviews in `counting` only the envelope of that name is taken.
    fn pass(
        files: &'f [File<'f>],
        opening: &Opening<'_>,
        counting: &BTreeMap<InterviewId, EnvelopeName>,
        taker: &mut dyn TakesInterviews,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, StoreError> {
        let mut reading = Self {
            files,
            counts: Counts::default(),
            remarks: Vec::new(),
            interviews: BTreeMap::new(),
            slips: BTreeMap::new(),
        };
        let open = |number: usize| {
            let (folder, store, name) = files.get(number)?;
            let judged = store.get(name).map(|bytes| {
                judge_again(
                    &bytes,
                    &folder.join(name),
                    opening.identities,
                    opening.evaluation,
                    opening.checked,
                )
            });
            Some((number, judged))
        };
        in_parallel(files.len(), open, |opened| {
            if let Some((number, judged)) = opened {
                reading.counts.files += 1;
                match judged {
                    Ok(judged) => reading.take(number, judged, opening, counting, taker),
                    Err(StoreError::TooLarge { .. }) => reading.remark(number, Remark::Damaged),
                    Err(error) => return Err(error),
                }
            }
            progress(reading.counts.files, files.len());
            Ok(())
        })?;
        Ok(reading)
    }

    fn take(
        &mut self,
        file: usize,
        judged: Judged,
        opening: &Opening<'_>,
        counting: &BTreeMap<InterviewId, EnvelopeName>,
        taker: &mut dyn TakesInterviews,
    ) {
        let contents = match judged.contents {
            Ok(contents) => contents,
            Err(remark) => return self.remark(file, remark),
        };
        if !judged.is_named {
            self.remark(file, Remark::Misnamed);
        }
        match contents {
            Contents::Interview(record, says) => {
                let twin = Twin {
                    name: judged.name,
                    file,
                    says,
                };
                self.take_interview(&record, twin, opening, counting, taker);
            }
            Contents::Slip(slip, _) => self.take_slip(judged.name, *slip),
        }
    }

    fn take_interview(
        &mut self,
        record: &InterviewRecord,
        twin: Twin,
        opening: &Opening<'_>,
        counting: &BTreeMap<InterviewId, EnvelopeName>,
        taker: &mut dyn TakesInterviews,
    ) {
        let id = &record.interview;
        let is_it = counting.get(id).is_none_or(|name| *name == twin.name);
        let head = RecordHead::of(record);
        let found = self.interviews.entry(id.clone()).or_insert_with(|| Found {
            head,
            twins: Vec::new(),
            taken: None,
        });
        self.counts.duplicates += usize::from(!found.twins.is_empty());
        match found.twins.iter_mut().find(|known| known.name == twin.name) {
            Some(known) => known.file = known.file.min(twin.file),
            None => found.twins.push(twin),
        }
        if is_it && found.taken.is_none() {
            found.taken = Some(twin.says);
            if !opening.gone.interviews.contains(id) {
                taker.take(record);
            }
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

    fn remark(&mut self, file: usize, remark: Remark) {
        let counts = &mut self.counts;
        let count = match remark {
            Remark::Newer => Some(&mut counts.newer),
            Remark::OtherKey => Some(&mut counts.unreadable),
            Remark::Damaged => Some(&mut counts.damaged),
            Remark::Absent => Some(&mut counts.absent),
            Remark::UnknownOrigin
            | Remark::RevokedLaptop
            | Remark::Forged
            | Remark::OtherEvaluation
            | Remark::MadeUp => Some(&mut counts.foreign),
            Remark::Differs | Remark::Misnamed => None,
        };
        if let Some(count) = count {
            *count += 1;
        }
        if let Some((folder, _, name)) = self.files.get(file) {
            self.remarks.push((folder.join(name), remark));
        }
    }

    /// Returns the interviews of which something else was taken than the envelope that counts says, and that envelope.
    fn not_the_smallest(&self) -> BTreeMap<InterviewId, EnvelopeName> {
        let several = self.interviews.iter().filter(|(_, found)| found.twins.len() > 1);
        several
            .filter_map(|(id, found)| {
                let smallest = found.smallest()?;
                (found.taken != Some(smallest.says)).then(|| (id.clone(), smallest.name))
            })
            .collect()
    }

    fn finish(mut self, opening: &Opening<'_>) -> Collection {
        let mut interviews = Vec::with_capacity(self.interviews.len());
        for (id, found) in std::mem::take(&mut self.interviews) {
            if let Some(smallest) = found.smallest() {
                for other in found.twins.iter().filter(|twin| twin.says != smallest.says) {
                    self.remark(other.file, Remark::Differs);
                }
            }
            if !opening.gone.interviews.contains(&id) {
                interviews.push(found.head);
            }
        }
        self.counts.finished = interviews.len();
        self.counts.slips = self.slips.len();
        self.remarks.sort();
        Collection {
            interviews,
            slips: self.slips.into_values().map(|(_, slip)| slip).collect(),
            counts: self.counts,
            remarks: self.remarks,
        }
    }
}
