//! Keeps an interview in its journal, on a thread of its own: the person never waits for the disk.
//!
//! Steps go to the writer in order, each with a number; the writer says up to which number the disk itself has
//! confirmed, or what went wrong. After a failure nothing more is written until it is tried again, with everything
//! from the beginning, in a fresh journal.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::domain::interview::{Action, Interview, Opening};
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::word_code::WithdrawalCode;
use crate::store::envelope::{EnvelopeName, SealTo};
use crate::store::journal::{Draft, Entry};
use crate::store::keys::{Recipients, Signer};
use crate::store::ledger::Ledger;
use crate::store::{NoRandomness, Randomness, StoreError};

use super::session::{Keeper, Remains, Saved, Trouble};

mod writer;

use writer::{Order, Report, Writer};

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
    /// Whether the drafts are those that laptops handed over: whoever answered is not here.
    pub rescues: bool,
    /// The ledger of what was seen, where this machine keeps one: a coordinator's.
    pub ledger: Option<PathBuf>,
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

/// The shared source as the store wants it.
pub(crate) struct Drawn<'r>(pub(crate) &'r RandomSource);

impl Randomness for Drawn<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        (self.0)(bytes)
    }
}

/// Notes in the ledger, where there is one, that this machine sealed something: it is missed by name when somebody
/// deletes it. Where that cannot be written now, the next collecting or verifying does.
pub(crate) fn note_in_ledger(ledger: Option<&Path>, name: &EnvelopeName, what: &InterviewId) {
    let Some(path) = ledger else {
        return;
    };
    let _ = Ledger::read(path).and_then(|mut ledger| {
        ledger.see(*name, what);
        ledger.keep()
    });
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
