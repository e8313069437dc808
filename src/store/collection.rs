//! Reading every sealed interview of an evaluation: what counts, what does not, and why.
//!
//! Nothing is changed, moved or deleted here. An interview counts once: of several envelopes of one interview
//! (made around a crash, or sealed again for new keys) the one with the smallest name is taken, on every machine
//! the same. One that the person finished wins over one that the coordinator sealed from a draft, and of those the one
//! of the longest draft wins.
//!
//! What somebody said on the laptop about an interview after its draft had been handed over stands in slips. They are
//! read first where their place is named first; either way, an interview that waits for somebody's word is given to
//! nobody.
//!
//! Interviews are handed to whoever wants them as they are opened, and are not kept: what stays is which they are.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::{InterviewId, InterviewRecord, RecordHead, TakesInterviews};
use crate::domain::slip::{Decision, Slip};
use crate::store::checked::Checked;
use crate::store::draft_wishes::{DraftWishes, Waits};
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
    /// Interviews that would count and wait for the person's word or the coordinator's, by id.
    pub waiting: Vec<(RecordHead, Waits)>,
    /// Of all of those, how many steps the draft had where the coordinator sealed it.
    pub rescued: BTreeMap<InterviewId, u64>,
    /// Slips, by name.
    pub slips: Vec<Slip>,
    /// What the slips say of drafts.
    pub wishes: DraftWishes,
    /// Laptops of which something has come beside interviews that count, each with the round: slips, and interviews that
    /// wait.
    pub heard: BTreeSet<(Slug, Slug)>,
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
    /// What is known already of what people decided about their drafts, beside what stands in the slips that are read.
    pub asked: &'o DraftWishes,
}

/// How many of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Files that are called envelopes.
    pub files: usize,
    /// Interviews that count.
    pub finished: usize,
    /// Interviews that wait for somebody's word, and count nowhere meanwhile.
    pub waiting: usize,
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
    let mut ends = Vec::new();
    for (folder, store) in places {
        files.extend(store.list()?.into_iter().map(|name| (*folder, *store, name)));
        ends.push(files.len());
    }
    let known = opening.asked.clone();
    let first = Reading::pass(
        (&files, &ends),
        opening,
        (known, &BTreeMap::new()),
        taker,
        progress,
    )?;
    let counting = first.not_the_smallest();
    if counting.is_empty() && !first.gave_what_waits() {
        return Ok(first.finish(opening));
    }
    // Somebody's interview says one thing in one envelope and another in the other, and the wrong one was met first; or
    // it was met before the word that it waits. Only now it is known which counts.
    taker.forget();
    let known = first.wishes;
    let second = Reading::pass((&files, &ends), opening, (known, &counting), taker, progress)?;
    Ok(second.finish(opening))
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
    wishes: DraftWishes,
    heard: BTreeSet<(Slug, Slug)>,
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
    /// How many steps the draft had it was sealed from, where the coordinator did that.
    rescued: Option<u64>,
}

impl Found {
    /// The envelope that counts.
    fn smallest(&self) -> Option<&Twin> {
        self.twins.iter().min_by_key(|twin| rank(twin.rescued, twin.name))
    }
}

/// Returns what decides which of several envelopes of one interview counts: the smallest.
pub(super) fn rank(rescued: Option<u64>, name: EnvelopeName) -> (u64, EnvelopeName) {
    (
        rescued.map_or(0, |steps| u64::MAX.saturating_sub(steps).max(1)),
        name,
    )
}

/// Returns whether the envelope that counts takes the place of another, which says less: nothing is wrong then.
pub(super) fn takes_its_place(counts: Option<u64>, other: Option<u64>) -> bool {
    other.is_some_and(|other| counts.is_none_or(|steps| steps > other))
}

impl<'f> Reading<'f> {
    /// Reads everything once. Of the interviews in `counting` only the envelope of that name is taken.
    fn pass(
        (files, ends): (&'f [File<'f>], &[usize]),
        opening: &Opening<'_>,
        (wishes, counting): (DraftWishes, &BTreeMap<InterviewId, EnvelopeName>),
        taker: &mut dyn TakesInterviews,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, StoreError> {
        let mut reading = Self {
            files,
            counts: Counts::default(),
            remarks: Vec::new(),
            interviews: BTreeMap::new(),
            slips: BTreeMap::new(),
            wishes,
            heard: BTreeSet::new(),
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
        let mut from = 0;
        for end in ends {
            let begin = std::mem::replace(&mut from, *end);
            in_parallel(
                end - begin,
                |number| open(begin + number),
                |opened| {
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
                },
            )?;
        }
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
                    rescued: record.rescued,
                };
                self.take_interview(&record, twin, opening, counting, taker);
            }
            Contents::Slip(slip, _) => {
                let from = judged.laptop.map(|laptop| (laptop, slip.round.clone()));
                self.heard.extend(from);
                self.take_slip(judged.name, *slip);
            }
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
        // Where the one that counts waits, they all do: it is of the longest draft.
        let waits = self.wishes.waits(id, twin.rescued).is_some();
        if is_it && !waits && found.taken.is_none() {
            found.taken = Some(twin.says);
            if !opening.gone.interviews.contains(id) {
                taker.take(record);
            }
        }
    }

    /// Of slips of one name the one in the smallest envelope counts, in whatever order they come.
    fn take_slip(&mut self, name: EnvelopeName, slip: Slip) {
        self.wishes.take(&slip);
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
            Remark::Differs | Remark::Misnamed | Remark::NoFile => None,
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
                let is_other = found.taken.is_some_and(|taken| taken != smallest.says);
                is_other.then(|| (id.clone(), smallest.name))
            })
            .collect()
    }

    /// Returns why an interview waits.
    fn waits(&self, id: &InterviewId, found: &Found) -> Option<Waits> {
        let smallest = found.smallest()?;
        self.wishes.waits(id, smallest.rescued)
    }

    /// Returns whether an interview was given away before the slip came that says that it waits.
    fn gave_what_waits(&self) -> bool {
        let mut given = self.interviews.iter().filter(|(_, found)| found.taken.is_some());
        given.any(|(id, found)| self.waits(id, found).is_some())
    }

    fn finish(mut self, opening: &Opening<'_>) -> Collection {
        let mut interviews = Vec::with_capacity(self.interviews.len());
        let (mut waiting, mut rescued) = (Vec::new(), BTreeMap::new());
        for (id, found) in std::mem::take(&mut self.interviews) {
            if let Some(smallest) = found.smallest() {
                let is_odd = |twin: &&Twin| {
                    twin.says != smallest.says && !takes_its_place(smallest.rescued, twin.rescued)
                };
                for other in found.twins.iter().filter(is_odd) {
                    self.remark(other.file, Remark::Differs);
                }
                if let Some(steps) = smallest.rescued {
                    rescued.insert(id.clone(), steps);
                }
            }
            if opening.gone.interviews.contains(&id) {
                continue;
            }
            match self.waits(&id, &found) {
                Some(why) => {
                    let laptop = found.head.laptop.clone();
                    let from = laptop.map(|laptop| (laptop, found.head.round.clone()));
                    self.heard.extend(from);
                    waiting.push((found.head, why));
                }
                None => interviews.push(found.head),
            }
        }
        // Whoever finished after all did not stop, and nobody stopped twice: the laptop says so, and the coordinator.
        let mut stopped = BTreeSet::new();
        for (_, slip) in self.slips.values_mut() {
            let dropped = slip
                .decided
                .as_ref()
                .filter(|decided| decided.what == Decision::Dropped);
            let whose = slip
                .deleted
                .as_ref()
                .or(dropped.map(|decided| &decided.interview));
            let Some(whose) = whose.cloned() else {
                continue;
            };
            let counts = interviews
                .binary_search_by(|head: &RecordHead| head.interview.cmp(&whose))
                .is_ok();
            if counts || !stopped.insert(whose) {
                (slip.asked, slip.stopped) = (0, 0);
            }
        }
        self.counts.finished = interviews.len();
        self.counts.waiting = waiting.len();
        self.counts.slips = self.slips.len();
        self.remarks.sort();
        Collection {
            interviews,
            waiting,
            rescued,
            slips: self.slips.into_values().map(|(_, slip)| slip).collect(),
            wishes: self.wishes,
            heard: self.heard,
            counts: self.counts,
            remarks: self.remarks,
        }
    }
}
