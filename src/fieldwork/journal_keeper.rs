//! Keeps an interview in its journal, on a thread of its own: the person never waits for the disk.
//!
//! Steps go to the writer in order, each with a number; the writer says up to which number the disk itself has
//! confirmed, or what went wrong. After a failure nothing more is written until it is tried again, with everything
//! from the beginning, in a fresh journal.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::domain::interview::{Action, Interview, Opening};
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::{self, Slip};
use crate::domain::word_code::WithdrawalCode;
use crate::store::draft_marks::DraftMarks;
use crate::store::envelope::{SealTo, seal_slip};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::hidden::Hidden;
use crate::store::journal::{self, Draft, Entry};
use crate::store::keys::{Recipients, Signer};
use crate::store::{NoRandomness, Randomness, StoreError, atomic, sealing, withdrawal};

use super::session::{Keeper, Remains, Saved, Trouble};

/// How long a person waits without noticing. A disk that is not busy takes a tenth of it.
const BRIEFLY: Duration = Duration::from_millis(60);

/// Randomness fit for keys, usable from any thread.
pub type RandomSource = Arc<dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync>;

/// Where and for whom an interview is kept.
#[derive(Clone)]
pub struct Place {
    /// The folder of drafts.
    pub drafts: PathBuf,
    /// The folder of sealed interviews.
    pub out: PathBuf,
    /// The folder of slips.
    pub slips: PathBuf,
    /// The folder where damaged drafts were set aside.
    pub aside: PathBuf,
    /// The evaluation's folder: there it is noted which drafts were handed over.
    pub root: PathBuf,
    /// Whom the finished interview is sealed to.
    pub to: SealTo,
    /// Whom the draft is sealed to.
    pub recipients: Recipients,
    /// Who signs.
    pub signer: Signer,
    /// Whether people get a code to withdraw with.
    pub codes: bool,
    /// Randomness.
    pub random: RandomSource,
}

/// Keeps one interview.
pub struct JournalKeeper {
    orders: Option<Sender<Order>>,
    reports: Receiver<Report>,
    writer: Option<JoinHandle<()>>,
    sent: u64,
    done: u64,
    trouble: Option<Trouble>,
    /// The withdrawal code that is to be shown.
    code: Option<WithdrawalCode>,
    /// What is left of the interview after it was deleted.
    remains: Remains,
}

enum Order {
    Begin(Box<Opening>, Vec<Action>),
    Keep(Box<Action>),
    TryAgain,
    Seal(Box<InterviewRecord>),
    CodeIsNoted,
    CodeIsUnwanted(Box<InterviewRecord>),
    Delete,
    Declined(Box<Opening>),
}

/// What a slip says.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    /// Somebody said no.
    Declined,
    /// Somebody stopped and wanted everything deleted.
    Stopped,
    /// "Do not use them yet", after a copy was handed over.
    Held(u64),
}

/// What the writer says about the orders up to this number.
struct Report {
    number: u64,
    outcome: Result<(), Trouble>,
    code: Option<WithdrawalCode>,
    remains: Remains,
}

impl JournalKeeper {
    /// Returns a keeper for a new interview.
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self::with(Writer {
            place,
            opening: None,
            draft: None,
            entries: Vec::new(),
            trouble: None,
        })
    }

    /// Returns a keeper that goes on with a draft; `entries` are those in it.
    #[must_use]
    pub fn reopened(place: Place, opening: Opening, draft: Draft, entries: Vec<Entry>) -> Self {
        Self::with(Writer {
            place,
            opening: Some(opening),
            draft: Some(draft),
            entries,
            trouble: None,
        })
    }

    fn with(writer: Writer) -> Self {
        let (orders, taken) = channel();
        let (said, reports) = channel();
        let spawned = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.work(&taken, &said));
        Self {
            orders: Some(orders),
            reports,
            trouble: spawned.is_err().then_some(Trouble::Other),
            writer: spawned.ok(),
            sent: 0,
            done: 0,
            code: None,
            remains: Remains::Nothing,
        }
    }

    fn send(&mut self, order: Order) {
        self.sent += 1;
        let sent = self
            .orders
            .as_ref()
            .is_some_and(|orders| orders.send(order).is_ok());
        if !sent {
            self.trouble = Some(Trouble::Other);
        }
    }

    fn take(&mut self, report: Report) {
        self.done = report.number;
        self.trouble = report.outcome.err();
        self.code = report.code;
        self.remains = report.remains;
    }

    fn state(&self) -> Saved {
        match self.trouble {
            Some(trouble) => Saved::Failed(trouble),
            None if self.done < self.sent => Saved::Saving,
            None => Saved::Safe,
        }
    }

    /// Waits for the report on everything sent.
    fn settle(&mut self) {
        while self.done < self.sent {
            match self.reports.recv() {
                Ok(report) => self.take(report),
                Err(_) => {
                    self.done = self.sent;
                    self.trouble = Some(Trouble::Other);
                }
            }
        }
    }

    fn and_wait(&mut self, order: Order) -> Result<(), Trouble> {
        self.send(order);
        self.settle();
        self.trouble.map_or(Ok(()), Err)
    }
}

impl Keeper for JournalKeeper {
    fn begin(&mut self, interview: &Interview, steps: &[Action]) {
        self.send(Order::Begin(
            Box::new(interview.opening().clone()),
            steps.to_vec(),
        ));
    }

    fn keep(&mut self, step: &Action) {
        self.send(Order::Keep(Box::new(step.clone())));
    }

    fn saved(&mut self) -> Saved {
        while let Ok(report) = self.reports.try_recv() {
            self.take(report);
        }
        self.state()
    }

    fn wait(&mut self) -> Saved {
        self.settle();
        self.state()
    }

    fn wait_briefly(&mut self) -> Saved {
        while self.done < self.sent {
            match self.reports.recv_timeout(BRIEFLY) {
                Ok(report) => self.take(report),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => self.settle(),
            }
        }
        self.state()
    }

    fn try_again(&mut self, _: &Interview, _: &[Action]) {
        // The writer has every step, those that did not reach the disk included.
        self.send(Order::TryAgain);
        self.settle();
    }

    fn seal(&mut self, record: &InterviewRecord) -> Result<(), Trouble> {
        self.and_wait(Order::Seal(Box::new(record.clone())))
    }

    fn code(&mut self) -> Option<WithdrawalCode> {
        self.code.clone()
    }

    fn code_is_noted(&mut self) -> Result<(), Trouble> {
        self.and_wait(Order::CodeIsNoted)
    }

    fn code_is_unwanted(&mut self, record: &InterviewRecord) -> Result<(), Trouble> {
        self.and_wait(Order::CodeIsUnwanted(Box::new(record.clone())))
    }

    fn delete(&mut self) -> Result<Remains, Trouble> {
        self.and_wait(Order::Delete).map(|()| self.remains)
    }

    fn declined(&mut self, interview: &Interview) {
        self.send(Order::Declined(Box::new(interview.opening().clone())));
    }
}

/// What was handed over is written before the program ends.
impl Drop for JournalKeeper {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// Owns the draft.
struct Writer {
    place: Place,
    opening: Option<Opening>,
    draft: Option<Draft>,
    /// Every entry, those that did not reach the disk included.
    entries: Vec<Entry>,
    /// Why nothing is written any more, until it is tried again.
    trouble: Option<Trouble>,
}

impl Writer {
    fn work(mut self, orders: &Receiver<Order>, reports: &Sender<Report>) {
        let mut number = 0;
        let mut held = None;
        while let Some(order) = held.take().or_else(|| orders.recv().ok()) {
            number += 1;
            let mut code = None;
            let mut remains = Remains::Nothing;
            let outcome = match order {
                Order::Begin(opening, steps) => self.begin(*opening, steps),
                Order::Keep(step) => {
                    // Whatever else waits goes to the disk together.
                    let mut together = vec![Entry::Action(*step)];
                    while let Ok(next) = orders.try_recv() {
                        match next {
                            Order::Keep(step) => {
                                number += 1;
                                together.push(Entry::Action(*step));
                            }
                            other => {
                                held = Some(other);
                                break;
                            }
                        }
                    }
                    self.keep(together)
                }
                Order::TryAgain => self.try_again(),
                Order::Seal(record) => self.seal(*record).map(|made| code = made),
                Order::CodeIsNoted => self.erase(),
                Order::CodeIsUnwanted(record) => self.without_code(*record),
                Order::Delete => self.delete().map(|left| remains = left),
                Order::Declined(opening) => {
                    let _ = self.slip(&opening, &Outcome::Declined);
                    Ok(())
                }
            };
            if reports
                .send(Report {
                    number,
                    outcome,
                    code,
                    remains,
                })
                .is_err()
            {
                // Nobody listens any more, and what is still to come is written all the same.
            }
        }
    }

    fn begin(&mut self, opening: Opening, steps: Vec<Action>) -> Result<(), Trouble> {
        self.opening = Some(opening);
        self.entries.extend(steps.into_iter().map(Entry::Action));
        let outcome = self.create();
        self.note(outcome)
    }

    fn create(&mut self) -> Result<(), StoreError> {
        let Some(opening) = &self.opening else {
            return Ok(());
        };
        let mut random = Drawn(&self.place.random);
        let (drafts, recipients) = (&self.place.drafts, &self.place.recipients);
        self.draft = Some(Draft::create(
            drafts,
            opening,
            &self.entries,
            recipients,
            &mut random,
        )?);
        Ok(())
    }

    fn keep(&mut self, together: Vec<Entry>) -> Result<(), Trouble> {
        let from = self.entries.len();
        self.entries.extend(together);
        if let Some(trouble) = self.trouble {
            return Err(trouble);
        }
        let Some(draft) = &mut self.draft else {
            return Err(Trouble::Other);
        };
        let fresh = self.entries.get(from..).unwrap_or_default();
        let outcome = draft.append_all(fresh, &mut Drawn(&self.place.random));
        let steps = || fresh.iter().filter_map(Entry::action);
        let is_held = steps().next_back() == Some(&Action::Hold);
        let is_lifted =
            steps().next() == Some(&Action::Resume) || steps().next() == Some(&Action::StopAndUse);
        if outcome.is_ok() && (is_held || is_lifted) {
            self.wait_for_their_word(is_held);
        }
        self.note(outcome)
    }

    /// Notes whether the draft waits for the person's word, so that it is not handed over; where a copy was handed over
    /// before, tells the coordinator. Nobody is kept waiting where that cannot be written: the draft says it, too.
    fn wait_for_their_word(&self, is_held: bool) {
        let Some(name) = self.names().into_iter().next() else {
            return;
        };
        let _ = DraftMarks::read(&self.place.root).and_then(|mut marks| {
            marks.hold(&name, is_held);
            marks.keep()
        });
        if let (true, Some(opening)) = (is_held && self.is_handed_over(), &self.opening) {
            let steps = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
            let _ = self.slip(opening, &Outcome::Held(steps));
        }
    }

    /// Returns the names this interview's journal has and had, the newest first.
    fn names(&self) -> Vec<String> {
        let now = self.draft.as_ref().map(|draft| draft.path().to_owned());
        let before = self.entries.iter().rev().filter_map(|entry| match entry {
            Entry::Continues { path, .. } => Some(PathBuf::from(path)),
            _ => None,
        });
        now.into_iter()
            .chain(before)
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect()
    }

    /// Returns whether a copy of this interview may have been handed over. Where that cannot be read, it may.
    fn is_handed_over(&self) -> bool {
        let names = self.names();
        DraftMarks::read(&self.place.root)
            .map_or(true, |marks| names.iter().any(|name| marks.is_handed(name)))
    }

    fn try_again(&mut self) -> Result<(), Trouble> {
        if self.trouble.is_none() {
            return Ok(());
        }
        let outcome = match &mut self.draft {
            None => self.create(),
            Some(draft) => {
                let place = &self.place;
                let mut random = Drawn(&place.random);
                draft.continue_elsewhere(&place.drafts, &self.entries, &place.recipients, &mut random)
            }
        };
        self.note(outcome)
    }

    fn seal(&mut self, mut record: InterviewRecord) -> Result<Option<WithdrawalCode>, Trouble> {
        self.try_again()?;
        let code = self.code()?;
        if let Some((_, tag)) = &code {
            record.withdrawal_tag = Some(tag.clone());
        }
        let place = &self.place;
        let Some(draft) = &mut self.draft else {
            return Err(Trouble::Other);
        };
        sealing::take_back_coded(&self.entries, &place.out).map_err(|error| trouble(&error))?;
        let mut random = Drawn(&place.random);
        let sealed = sealing::seal(
            draft,
            &mut self.entries,
            &record,
            &place.to,
            &place.signer,
            &place.out,
            &mut random,
        );
        let poisoned = draft.is_poisoned();
        match sealed {
            Ok(_) => {
                self.trouble = None;
                if code.is_none() {
                    // The interview is safe now. A draft that cannot be removed is removed when it is next opened.
                    let _ = self.erase();
                }
                Ok(code.map(|(code, _)| code))
            }
            Err(error) => {
                let trouble = trouble(&error);
                if poisoned {
                    self.trouble = Some(trouble);
                }
                Err(trouble)
            }
        }
    }

    /// Returns the withdrawal code and its tag, which are made once and stand in the journal from then on; none where
    /// none is wanted.
    fn code(&mut self) -> Result<Option<(WithdrawalCode, String)>, Trouble> {
        if self.entries.iter().any(Entry::is_no_code) {
            return Ok(None);
        }
        let made = self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Withdrawal { code, tag } => Some((WithdrawalCode::read(code.reveal()).ok()?, tag.clone())),
            _ => None,
        });
        if made.is_some() || !self.place.codes {
            return Ok(made);
        }
        let mut random = Drawn(&self.place.random);
        let code = withdrawal::make(&mut random).map_err(|_| Trouble::Other)?;
        let tag = withdrawal::tag(&code, self.place.to.evaluation_text()).ok_or(Trouble::Other)?;
        self.keep(vec![Entry::Withdrawal {
            code: Hidden::new(code.text().as_str().to_owned()),
            tag: tag.clone(),
        }])?;
        Ok(Some((code, tag)))
    }

    /// Seals again without the tag of a code, for there is none. Wherever this is cut off, sealing goes on from there.
    fn without_code(&mut self, record: InterviewRecord) -> Result<(), Trouble> {
        self.try_again()?;
        if !self.entries.iter().any(Entry::is_no_code) {
            self.keep(vec![Entry::no_code()])?;
        }
        self.seal(record).map(drop)
    }

    fn erase(&mut self) -> Result<(), Trouble> {
        match self.draft.take().map(Draft::erase) {
            Some(Err((draft, error))) => {
                self.draft = Some(*draft);
                Err(trouble(&error))
            }
            _ => Ok(()),
        }
    }

    /// Deletes the draft, every earlier journal of it, and the damaged ones that were set aside. That it was deleted
    /// goes to the coordinator with the next delivery, and there it wins over every copy; so it is written before the
    /// draft goes, and again afterwards where the disk was too full.
    fn delete(&mut self) -> Result<Remains, Trouble> {
        let was_handed = self.is_handed_over();
        let stopped = |writer: &Self| {
            let opening = writer.opening.as_ref()?;
            Some(writer.slip(opening, &Outcome::Stopped))
        };
        let told = stopped(self);
        let aside = [self.place.drafts.clone(), self.place.aside.clone()];
        let gone = journal::remove_damaged(&self.entries, &aside).map_err(|error| trouble(&error));
        if let Err(why) = gone.and_then(|()| self.erase()) {
            // It is still here, and nothing may say that it is not.
            if let Some(Ok(slip)) = told {
                let _ = atomic::remove(&slip);
            }
            return Err(why);
        }
        let told = match told {
            Some(Err(_)) => stopped(self),
            told => told,
        };
        self.entries.clear();
        self.opening = None;
        self.trouble = None;
        Ok(match (was_handed, told) {
            (false, _) => Remains::Nothing,
            (true, Some(Ok(_))) => Remains::CopyToGo,
            (true, _) => Remains::CopyUntold,
        })
    }

    /// Writes down that somebody was asked and gave no interview: a count, sealed as interviews are. Where it
    /// cannot be written, a response rate misses one; nobody is bothered with that while somebody says no. Returns
    /// where it lies.
    fn slip(&self, opening: &Opening, outcome: &Outcome) -> Result<PathBuf, StoreError> {
        let mut name = [0; 16];
        (self.place.random)(&mut name)?;
        let held = match outcome {
            Outcome::Held(steps) => Some(slip::Held {
                interview: opening.interview.clone(),
                steps: *steps,
            }),
            _ => None,
        };
        let slip = Slip {
            schema: slip::SCHEMA,
            slip: InterviewId::from_bytes(name),
            round: opening.round.clone(),
            site: opening.site.clone(),
            asked: u32::from(held.is_none()),
            declined: u32::from(*outcome == Outcome::Declined),
            stopped: u32::from(*outcome == Outcome::Stopped),
            deleted: (*outcome == Outcome::Stopped).then(|| opening.interview.clone()),
            held,
            made_up: opening.made_up,
            newer: BTreeMap::new(),
        };
        let sealed = seal_slip(&slip, &self.place.to, &self.place.signer)?;
        let slips = FolderStore::new(self.place.slips.clone());
        slips.put_if_absent(sealed.name(), sealed.bytes())?;
        Ok(self.place.slips.join(sealed.name().file_name()))
    }

    fn note(&mut self, outcome: Result<(), StoreError>) -> Result<(), Trouble> {
        self.trouble = outcome.as_ref().err().map(trouble);
        self.trouble.map_or(Ok(()), Err)
    }
}

/// The shared source as the store wants it.
pub(crate) struct Drawn<'r>(pub(crate) &'r RandomSource);

impl Randomness for Drawn<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        (self.0)(bytes)
    }
}

/// Returns what a person needs to know about what the store said.
#[must_use]
pub const fn trouble(error: &StoreError) -> Trouble {
    match error {
        StoreError::DiskFull { .. } => Trouble::DiskFull,
        StoreError::ReadOnly { .. } | StoreError::NotAllowed { .. } => Trouble::ReadOnly,
        StoreError::NotFound { .. } => Trouble::Gone,
        _ => Trouble::Other,
    }
}
