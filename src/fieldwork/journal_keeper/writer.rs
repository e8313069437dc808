//! Writes an interview's journal and what becomes of it, in the order it is told, on a thread of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};

use crate::domain::interview::{Action, Opening};
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::{self, Slip};
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::session::{Remains, Trouble};
use crate::store::draft_marks::DraftMarks;
use crate::store::envelope::{EnvelopeName, seal_slip};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::hidden::Hidden;
use crate::store::journal::{self, Draft, Entry};
use crate::store::{StoreError, atomic, sealing, withdrawal};

use super::{Drawn, Place, note_in_ledger, trouble};

/// What the writer is told to do.
pub(super) enum Order {
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
pub(super) struct Report {
    pub(super) number: u64,
    pub(super) outcome: Result<(), Trouble>,
    pub(super) code: Option<WithdrawalCode>,
    pub(super) remains: Remains,
}

/// Owns the draft.
pub(super) struct Writer {
    pub(super) place: Place,
    pub(super) opening: Option<Opening>,
    pub(super) draft: Option<Draft>,
    /// Every entry, those that did not reach the disk included.
    pub(super) entries: Vec<Entry>,
    /// Why nothing is written any more, until it is tried again.
    pub(super) trouble: Option<Trouble>,
}

impl Writer {
    /// Does what it is told, in order, and says how far it has come, until nobody can tell it more.
    pub(super) fn work(mut self, orders: &Receiver<Order>, reports: &Sender<Report>) {
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
                Order::CodeIsNoted => {
                    self.note_sealed();
                    self.erase()
                }
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
            let steps = Entry::steps(&self.entries);
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
        record.rescued = place.rescues.then(|| Entry::steps(&self.entries));
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
            Ok(name) => {
                self.note_set_aside(name);
                self.trouble = None;
                if code.is_none() {
                    self.note_sealed();
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

    /// Notes in the ledger of a coordinator's machine into which envelope the interview is sealed for good: as long as its
    /// code is shown that one may be taken back, and the draft is still here.
    fn note_sealed(&self) {
        let envelope = self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Envelope { name } => Some(name),
            _ => None,
        });
        if let Some((name, opening)) = envelope.zip(self.opening.as_ref()) {
            note_in_ledger(self.place.ledger.as_deref(), name, &opening.interview);
        }
    }

    /// Notes into which envelope an interview was sealed of which a damaged journal was set aside: when the envelope has
    /// arrived, that goes, too. Where it cannot be noted, or not everything in it was read, it goes on the day of deletion.
    fn note_set_aside(&self, envelope: EnvelopeName) {
        let damaged = Entry::read_from_damaged(&self.entries);
        // A coordinator's machine has no receipts.
        if self.place.ledger.is_some() || damaged.is_empty() {
            return;
        }
        let _ = DraftMarks::read(&self.place.root).and_then(|mut marks| {
            for name in damaged.into_iter().filter_map(stem) {
                marks.set_aside(name, envelope);
            }
            marks.keep()
        });
    }

    /// Notes that the deletion of a draft waits to be handed over, so that the laptop can say which. Where it cannot be
    /// noted, it waits all the same.
    fn note_deleted(&self, name: Option<&String>, slip: &Path) {
        let slip = stem(slip).and_then(EnvelopeName::parse);
        if let Some((name, slip)) = name.zip(slip) {
            let _ = DraftMarks::read(&self.place.root).and_then(|mut marks| {
                marks.delete(name, slip);
                marks.keep()
            });
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
        let name = self.names().into_iter().next();
        let stopped = |writer: &Self| {
            // What the coordinator does to a copy is not what the person wants.
            let opening = writer.opening.as_ref().filter(|_| !writer.place.rescues)?;
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
        if let (true, Some(Ok(slip))) = (was_handed, &told) {
            self.note_deleted(name.as_ref(), slip);
        }
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
            decided: None,
            made_up: opening.made_up,
            newer: BTreeMap::new(),
        };
        let sealed = seal_slip(&slip, &self.place.to, &self.place.signer)?;
        let slips = FolderStore::new(self.place.slips.clone());
        slips.put_if_absent(sealed.name(), sealed.bytes())?;
        note_in_ledger(self.place.ledger.as_deref(), sealed.name(), &slip.slip);
        Ok(self.place.slips.join(sealed.name().file_name()))
    }

    fn note(&mut self, outcome: Result<(), StoreError>) -> Result<(), Trouble> {
        self.trouble = outcome.as_ref().err().map(trouble);
        self.trouble.map_or(Ok(()), Err)
    }
}

/// The name of a file, without its ending.
fn stem(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}
