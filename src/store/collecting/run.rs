//! Collecting under way: what was handed over is opened and put where it belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::record::InterviewId;
use crate::store::atomic;
use crate::store::envelope::EnvelopeName;
use crate::store::envelope_store::{EnvelopeStore, FolderStore, Put};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::{Contents, Judged, Remark};
use crate::store::ledger::Ledger;
use crate::store::taken_elsewhere;
use crate::store::tombstone;
use crate::store::workbook;

use super::here::Here;
use super::{Collected, Collector};

/// Collecting under way.
pub(super) struct Run<'r, 'c> {
    pub(super) collector: &'r Collector<'c>,
    pub(super) rescue: PathBuf,
    pub(super) folder: &'r EvaluationFolder,
    pub(super) ledger: &'r mut Ledger,
    pub(super) collected: Collected,
    pub(super) batch: Vec<(PathBuf, Vec<u8>)>,
    pub(super) bytes: usize,
    pub(super) own: Option<PathBuf>,
    pub(super) progress: &'r mut dyn FnMut(usize),
    /// Interviews and slips the ledger knew.
    pub(super) known: BTreeSet<InterviewId>,
    /// Interviews and slips that were met in this run.
    pub(super) counted: BTreeSet<InterviewId>,
    /// What is here already, read when it is wanted.
    pub(super) here: Option<Here>,
    /// What none of the keys at hand opened, and whether it was not set aside before.
    pub(super) shut: Vec<(EnvelopeName, bool)>,
    /// Receipts that were met, and what they name.
    pub(super) receipts: Vec<(PathBuf, BTreeSet<EnvelopeName>)>,
}

impl Run<'_, '_> {
    pub(super) fn everything(&mut self, sources: &[PathBuf], aside: &FolderStore) -> Result<(), StoreError> {
        for source in sources {
            self.source(source, 0, true)?;
        }
        self.flush()?;
        self.look_again(aside)?;
        self.settle_shut(aside)?;
        self.find_twins()
    }

    /// Keeps a draft for the coordinator to decide on, or sets it aside. Returns whether it need not lie there.
    pub(super) fn draft(&mut self, bytes: &[u8]) -> Result<bool, StoreError> {
        self.collected.envelopes += 1;
        match handed_draft::open(bytes, self.collector.evaluation) {
            Ok(journal) => {
                // One that was deleted, or is withdrawn, is taken in no more, and the laptop may let it go.
                let opened = handed_draft::interview_in(journal, self.collector.identities);
                if let Some((interview, steps)) = opened.clone() {
                    let is_gone = self.ledger.withdrawn().contains(&interview);
                    if is_gone || self.here()?.needs_no(&interview, steps) {
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
                match handed_draft::keep(&self.rescue, bytes)? {
                    Put::New => self.collected.drafts += 1,
                    Put::There => self.collected.copies += 1,
                }
                if let Some((interview, _)) = opened {
                    self.ledger.see_draft(EnvelopeName::of(journal), &interview);
                }
                // By the journal itself: so the laptop finds it again.
                self.collected.accepted.insert(EnvelopeName::of(journal));
                Ok(true)
            }
            Err(remark) => {
                if self.is_needless(bytes, remark)? {
                    self.collected.copies += 1;
                    return Ok(true);
                }
                self.collector
                    .aside
                    .put_if_absent(&EnvelopeName::of(bytes), bytes)?;
                *self.collected.aside.entry(remark).or_default() += 1;
                Ok(false)
            }
        }
    }

    /// Returns whether a draft that counts for nobody has nothing new either: of an interview that is here, or was withdrawn.
    fn is_needless(&mut self, bytes: &[u8], remark: Remark) -> Result<bool, StoreError> {
        if !matches!(
            remark,
            Remark::RevokedLaptop | Remark::UnknownOrigin | Remark::Forged
        ) {
            return Ok(false);
        }
        let journal = handed_draft::journal_in(bytes);
        let opened = journal.and_then(|found| handed_draft::interview_in(found, self.collector.identities));
        let Some((interview, steps)) = opened else {
            return Ok(false);
        };
        Ok(self.ledger.withdrawn().contains(&interview) || self.here()?.needs_no(&interview, steps))
    }

    /// Opens what waits, on all cores, and puts each where it belongs.
    pub(super) fn flush(&mut self) -> Result<(), StoreError> {
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
        if judged.contents.is_err() && self.tombstone(bytes)? {
            self.collected.accepted.insert(judged.name);
            return Ok(());
        }
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
        // What this machine did not see sealed again is a copy, too, and would bring back what was taken out of it.
        if is_unseen && self.is_said_here(judged)? {
            if let Some(interview) = judged.interview() {
                self.ledger.see(judged.name, interview);
            }
            self.collected.copies += 1;
            self.collected.accepted.insert(judged.name);
            return Ok(());
        }
        if self.is_aside(judged)? {
            self.collected.copies += 1;
            return Ok(());
        }
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
                if slip.decided.is_some() {
                    &mut self.collected.decisions
                } else if slip.asked == 0 {
                    // It counts nobody: it is a message about a draft.
                    &mut self.collected.held
                } else {
                    &mut self.collected.slips
                }
            }
            Err(Remark::OtherKey) => {
                self.shut.push((judged.name, put == Put::New));
                return Ok(());
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
        if let (true, Ok(Contents::Interview(record, _))) = (is_twin, &judged.contents) {
            self.collected.again.insert(record.interview.clone());
        }
        Ok(())
    }

    /// Keeps a tombstone that lay in another coordinator's folder. Returns whether it is one of ours.
    fn tombstone(&mut self, bytes: &[u8]) -> Result<bool, StoreError> {
        let collector = self.collector;
        let Ok(interview) = tombstone::read(bytes, collector.identities, collector.evaluation) else {
            return Ok(false);
        };
        if tombstone::keep(&self.folder.gone(), bytes)? {
            self.collected.tombstones += 1;
        }
        self.ledger.withdraw(&interview);
        Ok(true)
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
        Ok(self.here()?.is_said(&interview, says.as_ref()))
    }

    /// Returns whether it was set aside before, in another envelope perhaps: once is enough.
    fn is_aside(&mut self, judged: &Judged) -> Result<bool, StoreError> {
        let Some((interview, says)) = &judged.uncounted else {
            return Ok(false);
        };
        Ok(self.here()?.is_aside(interview, says))
    }

    /// Returns whether another envelope here says the same, whoever signed this one: a laptop may be revoked since.
    fn is_said_here(&mut self, judged: &Judged) -> Result<bool, StoreError> {
        let counting = judged.interview().cloned().zip(judged.says());
        let Some((interview, says)) = counting.or_else(|| judged.uncounted.clone()) else {
            return Ok(false);
        };
        if !self.known.contains(&interview) {
            return Ok(false);
        }
        Ok(self.here()?.is_said(&interview, Some(&says)))
    }

    /// Returns what is here already.
    fn here(&mut self) -> Result<&Here, StoreError> {
        if self.here.is_none() {
            self.here = Some(Here::read(self.folder, self.collector)?);
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
        let mut told = BTreeMap::new();
        for name in aside.list()? {
            let bytes = match aside.get(&name) {
                // Gone since it was listed: somebody else is collecting, too.
                Err(StoreError::TooLarge { .. } | StoreError::NotFound { .. }) => continue,
                read => read?,
            };
            let path = aside.folder().join(&name);
            if handed_draft::is_one(&bytes) {
                let is_done = match handed_draft::open(&bytes, self.collector.evaluation) {
                    Ok(_) => self.draft(&bytes)?,
                    Err(remark) => self.is_needless(&bytes, remark)?,
                };
                if is_done {
                    atomic::remove(&path)?;
                }
                continue;
            }
            let judged = self.collector.judge(&bytes, &path);
            if let Some((interview, says)) = &judged.uncounted {
                let same = told.entry(interview.clone()).or_insert_with(Vec::new);
                // Keys changed since, or it came by another way: one of them is enough.
                if same.contains(says) || self.is_said_here(&judged)? {
                    atomic::remove(&path)?;
                } else {
                    same.push(*says);
                }
            }
            let is_settled = match &judged.contents {
                Ok(Contents::Interview(record, says)) => self.here()?.is_settled(record, says),
                contents => contents.is_err(),
            };
            if !is_settled {
                self.take(&path, &bytes, &judged)?;
                atomic::remove(&path)?;
            }
        }
        Ok(())
    }

    /// Tells apart, of what no key at hand opens, what another coordinator has. It is not set aside now, and what was set
    /// aside before is known by the receipt from then on.
    fn settle_shut(&mut self, aside: &FolderStore) -> Result<(), StoreError> {
        let here = taken_elsewhere::named_here(self.folder, self.collector.evaluation)?;
        let is_named = |name: &EnvelopeName| {
            here.contains(name) || self.receipts.iter().any(|(_, named)| named.contains(name))
        };
        for (name, is_new) in std::mem::take(&mut self.shut) {
            if !is_named(&name) {
                *self.collected.aside.entry(Remark::OtherKey).or_default() += 1;
                continue;
            }
            self.collected.with_another += 1;
            if is_new {
                atomic::remove(&aside.folder().join(name.file_name()))?;
            }
        }
        let there: BTreeSet<EnvelopeName> = aside
            .list()?
            .iter()
            .filter_map(|file| EnvelopeName::parse(file.get(..32)?))
            .filter(|name| !here.contains(name))
            .collect();
        for (path, named) in &self.receipts {
            if !named.is_disjoint(&there) {
                taken_elsewhere::keep(path, self.folder)?;
            }
        }
        Ok(())
    }

    /// Names the interviews of which several envelopes lie here, by the ledger: which of them counts is settled next.
    pub(super) fn find_twins(&mut self) -> Result<(), StoreError> {
        let mut seen = BTreeSet::new();
        for file in self.collector.out.list()? {
            let name = file.get(..32).and_then(EnvelopeName::parse);
            let interview = name.and_then(|name| self.ledger.interview_in(&name));
            if let Some(interview) = interview
                && !seen.insert(interview.clone())
            {
                self.collected.again.insert(interview.clone());
            }
        }
        Ok(())
    }
}
