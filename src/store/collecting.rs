//! Bringing together what laptops handed over: a union by content. Whatever order, however many copies, under
//! whatever names: the same envelopes end in the same places, and nothing is ever deleted.
//!
//! | what | where to |
//! |---|---|
//! | an interview that counts | `out/` |
//! | a slip that counts | `slips/` |
//! | a draft that a laptop of ours signed | `rescue/` |
//! | a piece of the workbook that a coordinator of ours signed | `workbook/` |
//! | damaged, of unknown or revoked origin, of another evaluation, of a newer version | `quarantine/`, looked at again next time |
//! | an interview that the ledger knows as withdrawn | nowhere; a receipt names it, so that the laptop lets it go |
//! | a file that is not here yet | nowhere; it is named |
//!
//! Names are made anew from the contents, so that nothing in a delivery can say where it goes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::checked::EnvelopeHash;
use crate::store::delivery::{self, Reader};
use crate::store::envelope::{self, EnvelopeName, MAX_ENVELOPE, Says};
use crate::store::envelope_store::{EnvelopeStore, FolderStore, Put};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::{Contents, Judged, Remark, is_absent, judge};
use crate::store::keys::identities::Identities;
use crate::store::ledger::Ledger;
use crate::store::receipt;
use crate::store::unsealed;
use crate::store::workbook;

#[cfg(test)]
mod collecting_tests;

/// How deep folders are looked into.
const DEEPEST: usize = 8;
/// Envelopes opened together, and how many bytes of them at most.
const TOGETHER: usize = 256;
const TOGETHER_BYTES: usize = 32 * 1024 * 1024;

/// What came of collecting.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Collected {
    /// Deliveries read.
    pub deliveries: usize,
    /// Envelopes looked at.
    pub envelopes: usize,
    /// Interviews that were not here before.
    pub interviews: usize,
    /// Slips that were not here before.
    pub slips: usize,
    /// Drafts that nobody finished and that were not here before.
    pub drafts: usize,
    /// Messages that somebody's draft waits for their word, and that were not here before.
    pub held: usize,
    /// Pieces of another coordinator's workbook that were not here before.
    pub workbook: usize,
    /// Copies of what was here, or came twice.
    pub copies: usize,
    /// Of interviews that were withdrawn: they are taken in no more, and the laptop need not keep them.
    pub withdrawn: usize,
    /// What was set aside, by reason.
    pub aside: BTreeMap<Remark, usize>,
    /// Files that are not here yet: a sync program has their names and not their contents.
    pub absent: Vec<PathBuf>,
    /// Deliveries that are not whole. What is whole in them is taken.
    pub cut: Vec<PathBuf>,
    /// Deliveries of another evaluation. Nothing of them is taken.
    pub elsewhere: Vec<PathBuf>,
    /// Deliveries of a newer version of the program.
    pub newer: Vec<PathBuf>,
    /// What the system would not let us read.
    pub unreadable: Vec<(PathBuf, StoreError)>,
    /// Everything that is safe here now and was in what was handed over: what a receipt can name.
    pub accepted: BTreeSet<EnvelopeName>,
    /// The same by their whole hashes: their signatures were checked.
    pub checked: BTreeSet<EnvelopeHash>,
}

/// Where everything goes, and what decides it.
pub struct Collector<'c> {
    /// Interviews.
    pub out: &'c dyn EnvelopeStore,
    /// Slips.
    pub slips: &'c dyn EnvelopeStore,
    /// What is set aside.
    pub aside: &'c dyn EnvelopeStore,
    /// The keys at hand.
    pub identities: &'c Identities,
    /// The evaluation.
    pub evaluation: &'c Evaluation,
}

/// Collects files and folders into an evaluation's folder. `progress` is told how many envelopes were looked at.
///
/// # Errors
/// What the system said about our own folder. What cannot be read of the sources is told in [`Collected`], and the
/// rest is taken.
pub fn collect(
    sources: &[PathBuf],
    folder: &EvaluationFolder,
    identities: &Identities,
    evaluation: &Evaluation,
    ledger: &mut Ledger,
    progress: &mut dyn FnMut(usize),
) -> Result<Collected, StoreError> {
    let store = |path: PathBuf| FolderStore::new(path);
    let (out, slips, aside) = (
        store(folder.out()),
        store(folder.slips()),
        store(folder.quarantine()),
    );
    let collector = Collector {
        out: &out,
        slips: &slips,
        aside: &aside,
        identities,
        evaluation,
    };
    let known = ledger.seen().map(|(_, interview)| interview.clone()).collect();
    let mut run = Run {
        known,
        counted: BTreeSet::new(),
        here: None,
        collector: &collector,
        rescue: folder.rescue(),
        folder,
        ledger,
        collected: Collected::default(),
        batch: Vec::new(),
        bytes: 0,
        own: folder.root().canonicalize().ok(),
        progress,
    };
    let done = run.everything(sources, &aside);
    let collected = run.collected;
    // Also where our own folder failed in the middle: what is in it by then must be missed when somebody deletes it.
    ledger.keep()?;
    done.map(|()| collected)
}

impl Collector<'_> {
    /// Puts an envelope where it belongs. Returns whether it was new there; `None` for what is not here yet.
    ///
    /// # Errors
    /// What the system said.
    pub fn place(&self, judged: &Judged, bytes: &[u8]) -> Result<Option<Put>, StoreError> {
        let store = match &judged.contents {
            Ok(Contents::Interview(..)) => self.out,
            Ok(Contents::Slip(..)) => self.slips,
            Err(Remark::Absent) => return Ok(None),
            Err(_) => self.aside,
        };
        store.put_if_absent(&judged.name, bytes).map(Some)
    }

    fn judge(&self, bytes: &[u8], path: &Path) -> Judged {
        judge(bytes, path, self.identities, self.evaluation)
    }
}

/// Opens every interview and slip that counts in a folder, and returns what each says.
fn said_in(
    folder: &EvaluationFolder,
    collector: &Collector<'_>,
) -> Result<BTreeMap<InterviewId, Vec<Says>>, StoreError> {
    let mut paths = unsealed::files(&folder.out())?;
    paths.extend(unsealed::files(&folder.slips())?);
    let open = |number: usize| {
        let path = paths.get(number)?;
        match unsealed::read(path) {
            Ok(bytes) => Some(Ok(collector.judge(&bytes?, path))),
            Err(error) => Some(Err(error)),
        }
    };
    let mut here: BTreeMap<InterviewId, Vec<Says>> = BTreeMap::new();
    in_parallel(paths.len(), open, |judged| match judged {
        Some(judged) => {
            if let Ok(contents) = judged?.contents {
                let (interview, says) = match contents {
                    Contents::Interview(record, says) => (record.interview, says),
                    Contents::Slip(slip, says) => (slip.slip, says),
                };
                here.entry(interview).or_default().push(says);
            }
            Ok::<(), StoreError>(())
        }
        None => Ok(()),
    })?;
    Ok(here)
}

/// Collecting under way.
struct Run<'r, 'c> {
    collector: &'r Collector<'c>,
    rescue: PathBuf,
    folder: &'r EvaluationFolder,
    ledger: &'r mut Ledger,
    collected: Collected,
    batch: Vec<(PathBuf, Vec<u8>)>,
    bytes: usize,
    own: Option<PathBuf>,
    progress: &'r mut dyn FnMut(usize),
    /// Interviews and slips the ledger knew.
    known: BTreeSet<InterviewId>,
    /// Interviews and slips that were met in this run.
    counted: BTreeSet<InterviewId>,
    /// What each interview and slip here says, read when it is wanted.
    here: Option<BTreeMap<InterviewId, Vec<Says>>>,
}

impl Run<'_, '_> {
    fn everything(&mut self, sources: &[PathBuf], aside: &FolderStore) -> Result<(), StoreError> {
        for source in sources {
            self.source(source, 0, true)?;
        }
        self.flush()?;
        self.look_again(aside)
    }

    /// Takes a file or everything in a folder. `named` files are taken whatever they are called.
    fn source(&mut self, path: &Path, depth: usize, named: bool) -> Result<(), StoreError> {
        let found = if named {
            fs::metadata(path)
        } else {
            fs::symlink_metadata(path)
        };
        match found {
            Err(error) => self.skip(path, StoreError::at(path, &error)),
            Ok(found) if found.is_dir() => return self.folder(path, depth),
            Ok(found) if found.is_file() => return self.file(path, named),
            Ok(_) => {}
        }
        Ok(())
    }

    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), StoreError> {
        let is_own = self.own.is_some() && path.canonicalize().ok() == self.own;
        if is_own || depth > DEEPEST {
            return Ok(());
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => {
                self.skip(path, StoreError::at(path, &error));
                return Ok(());
            }
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => paths.push(entry.path()),
                // The share went away in the middle of its list.
                Err(error) => {
                    self.skip(path, StoreError::at(path, &error));
                    break;
                }
            }
        }
        paths.sort();
        for path in paths {
            self.source(&path, depth + 1, false)?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, named: bool) -> Result<(), StoreError> {
        let mut head = [0; 32];
        let begins = File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(32).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        let begins = match begins {
            Ok(begins) => begins,
            Err(error) => {
                self.skip(path, StoreError::at(path, &error));
                return Ok(());
            }
        };
        for (to, from) in head.iter_mut().zip(&begins) {
            *to = *from;
        }
        let called = path.extension().and_then(|extension| extension.to_str());
        if called == Some(workbook::EXTENSION) {
            return self.segment(path);
        }
        let is_ours = named || matches!(called, Some(envelope::EXTENSION | delivery::EXTENSION));
        if head.starts_with(&delivery::MAGIC) {
            return self.delivery(path);
        }
        if !is_ours || receipt::is_receipt(&begins) {
            return Ok(());
        }
        if is_absent(&begins) {
            self.collected.absent.push(path.to_owned());
            return Ok(());
        }
        match atomic::read(path, MAX_ENVELOPE) {
            Ok(bytes) => self.add(path, bytes),
            Err(error) => {
                self.skip(path, error);
                Ok(())
            }
        }
    }

    /// Takes in a piece of another coordinator's workbook, or sets it aside.
    fn segment(&mut self, path: &Path) -> Result<(), StoreError> {
        self.collected.envelopes += 1;
        let bytes = match workbook::bytes_of(path) {
            Ok(Some(bytes)) => bytes,
            other => {
                let too_large = || StoreError::TooLarge {
                    path: path.to_owned(),
                };
                self.skip(path, other.err().unwrap_or_else(too_large));
                return Ok(());
            }
        };
        let collector = self.collector;
        let place = match workbook::segment::open(&bytes, collector.identities, collector.evaluation) {
            Ok(_) => self.folder.workbook(),
            Err(Remark::Absent) => {
                self.collected.absent.push(path.to_owned());
                return Ok(());
            }
            Err(remark) => {
                *self.collected.aside.entry(remark).or_default() += 1;
                self.folder.quarantine()
            }
        };
        let is_aside = place == self.folder.quarantine();
        let (_, is_new) = workbook::put(&place, &bytes)?;
        match (is_aside, is_new) {
            (true, _) => {}
            (false, true) => self.collected.workbook += 1,
            (false, false) => self.collected.copies += 1,
        }
        Ok(())
    }

    fn delivery(&mut self, path: &Path) -> Result<(), StoreError> {
        let reader = match Reader::open(path) {
            Ok(reader) => reader,
            Err(error) => {
                self.broken(path, error);
                return Ok(());
            }
        };
        if reader.evaluation() != self.collector.evaluation.id {
            self.collected.elsewhere.push(path.to_owned());
            return Ok(());
        }
        self.collected.deliveries += 1;
        for envelope in reader {
            match envelope {
                // An envelope in a delivery has no name but its own.
                Ok(bytes) => {
                    let name = EnvelopeName::of(&bytes).file_name();
                    self.add(Path::new(&name), bytes)?;
                }
                Err(error) => self.broken(path, error),
            }
        }
        Ok(())
    }

    fn broken(&mut self, path: &Path, error: StoreError) {
        match error {
            StoreError::Damaged { .. } => self.collected.cut.push(path.to_owned()),
            StoreError::Newer { .. } => self.collected.newer.push(path.to_owned()),
            error => self.skip(path, error),
        }
    }

    fn skip(&mut self, path: &Path, error: StoreError) {
        self.collected.unreadable.push((path.to_owned(), error));
    }

    fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), StoreError> {
        if handed_draft::is_one(&bytes) {
            return self.draft(&bytes).map(drop);
        }
        self.bytes += bytes.len();
        self.batch.push((path.to_owned(), bytes));
        if self.batch.len() >= TOGETHER || self.bytes >= TOGETHER_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Keeps a draft for the coordinator to decide on, or sets it aside. Returns whether it is kept.
    fn draft(&mut self, bytes: &[u8]) -> Result<bool, StoreError> {
        self.collected.envelopes += 1;
        match handed_draft::open(bytes, self.collector.evaluation) {
            Ok(journal) => {
                // One that was deleted, or is withdrawn, is taken in no more, and the laptop may let it go.
                let interview = handed_draft::interview_in(journal, self.collector.identities);
                if let Some(interview) = interview {
                    let is_gone = self.ledger.withdrawn().contains(&interview);
                    if is_gone || self.here()?.contains_key(&interview) {
                        let counted = if is_gone {
                            &mut self.collected.withdrawn
                        } else {
                            &mut self.collected.copies
                        };
                        *counted += 1;
                        self.collected.accepted.insert(EnvelopeName::of(journal));
                        return Ok(true);
                    }
                }
                match handed_draft::keep(&self.rescue, journal)? {
                    Put::New => self.collected.drafts += 1,
                    Put::There => self.collected.copies += 1,
                }
                // By the journal itself: so the laptop finds it again.
                self.collected.accepted.insert(EnvelopeName::of(journal));
                Ok(true)
            }
            Err(remark) => {
                self.collector
                    .aside
                    .put_if_absent(&EnvelopeName::of(bytes), bytes)?;
                *self.collected.aside.entry(remark).or_default() += 1;
                Ok(false)
            }
        }
    }

    /// Opens what waits, on all cores, and puts each where it belongs.
    fn flush(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let collector = self.collector;
        let open = |number: usize| {
            let (path, bytes) = batch.get(number)?;
            Some((path, bytes, collector.judge(bytes, path)))
        };
        in_parallel(batch.len(), open, |opened| match opened {
            Some((path, bytes, judged)) => self.take(path, bytes, &judged),
            None => Ok(()),
        })
    }

    fn take(&mut self, path: &Path, bytes: &[u8], judged: &Judged) -> Result<(), StoreError> {
        self.collected.envelopes += 1;
        (self.progress)(self.collected.envelopes);
        if let Ok(Contents::Interview(record, _)) = &judged.contents
            && self.ledger.withdrawn().contains(&record.interview)
        {
            self.collected.withdrawn += 1;
            self.collected.accepted.insert(judged.name);
            return Ok(());
        }
        if self.was_sealed_again(judged)? {
            self.collected.copies += 1;
            self.collected.accepted.insert(judged.name);
            return Ok(());
        }
        // Another envelope of an interview that came before is a copy; one that was lost here and comes back is not.
        let is_unseen = self.ledger.interview_in(&judged.name).is_none();
        let is_twin = judged.interview().is_some_and(|interview| {
            let is_first = self.counted.insert(interview.clone());
            !is_first || (is_unseen && self.known.contains(interview))
        });
        let put = self.collector.place(judged, bytes)?;
        let Some(put) = put else {
            self.collected.absent.push(path.to_owned());
            return Ok(());
        };
        let counted = match &judged.contents {
            Ok(Contents::Interview(record, _)) => {
                self.ledger.see(judged.name, &record.interview);
                &mut self.collected.interviews
            }
            Ok(Contents::Slip(slip, _)) => {
                self.ledger.see(judged.name, &slip.slip);
                if slip.asked == 0 {
                    // It counts nobody: it says that a draft waits for the person's word.
                    &mut self.collected.held
                } else {
                    &mut self.collected.slips
                }
            }
            Err(remark) => {
                *self.collected.aside.entry(*remark).or_default() += 1;
                return Ok(());
            }
        };
        self.collected.accepted.insert(judged.name);
        self.collected.checked.insert(judged.hash);
        match put {
            Put::New if !is_twin => *counted += 1,
            Put::New | Put::There => self.collected.copies += 1,
        }
        Ok(())
    }

    /// Returns whether this envelope was seen before and its place is taken by another one that says the same: it was
    /// sealed again for other keys. To put it back would undo that, and what else the sealing took out of it.
    fn was_sealed_again(&mut self, judged: &Judged) -> Result<bool, StoreError> {
        let Some(interview) = self.ledger.interview_in(&judged.name).cloned() else {
            return Ok(false);
        };
        let stores = [self.collector.out, self.collector.slips];
        let name = judged.name.file_name();
        if stores.iter().any(|store| store.get(&name).is_ok()) {
            return Ok(false);
        }
        let says = match &judged.contents {
            Ok(Contents::Interview(_, says) | Contents::Slip(_, says)) => Some(*says),
            // Its old keys are thrown away. The name says what is in it.
            Err(Remark::OtherKey | Remark::RevokedLaptop | Remark::UnknownOrigin) => None,
            Err(_) => return Ok(false),
        };
        let here = self.here()?.get(&interview);
        Ok(here.is_some_and(|here| says.is_none_or(|says| here.contains(&says))))
    }

    /// Returns what each interview and slip that counts here says.
    fn here(&mut self) -> Result<&BTreeMap<InterviewId, Vec<Says>>, StoreError> {
        if self.here.is_none() {
            self.here = Some(said_in(self.folder, self.collector)?);
        }
        Ok(self.here.get_or_insert_default())
    }

    /// Looks again at what was set aside: a laptop may be known now, a program newer, a key at hand.
    fn look_again(&mut self, aside: &FolderStore) -> Result<(), StoreError> {
        for path in workbook::files(aside.folder())? {
            let collector = self.collector;
            let opens = workbook::bytes_of(&path)?.is_some_and(|bytes| {
                workbook::segment::open(&bytes, collector.identities, collector.evaluation).is_ok()
            });
            // A copy that was set aside is there already.
            if opens {
                self.segment(&path)?;
                atomic::remove(&path)?;
            }
        }
        for name in aside.list()? {
            let bytes = match aside.get(&name) {
                // Gone since it was listed: somebody else is collecting, too.
                Err(StoreError::TooLarge { .. } | StoreError::NotFound { .. }) => continue,
                read => read?,
            };
            let path = aside.folder().join(&name);
            if handed_draft::is_one(&bytes) {
                if handed_draft::open(&bytes, self.collector.evaluation).is_ok() && self.draft(&bytes)? {
                    atomic::remove(&path)?;
                }
                continue;
            }
            let judged = self.collector.judge(&bytes, &path);
            if judged.contents.is_ok() {
                self.take(&path, &bytes, &judged)?;
                atomic::remove(&path)?;
            }
        }
        Ok(())
    }
}
