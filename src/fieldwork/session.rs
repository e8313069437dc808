//! An interview under way, and whether its answers are safe.

use std::fmt;

use crate::domain::interview::{Action, Interview, Position, Refusal};
use crate::domain::record::InterviewRecord;
use crate::domain::word_code::WithdrawalCode;

/// Whether what was said so far is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Nothing is kept: before consent, or because it is practice.
    Nothing,
    /// On its way to the disk.
    Saving,
    /// On the disk: the disk itself has said so.
    Safe,
    /// Not on the disk. What was said is still in memory.
    Failed(Trouble),
}

/// Why something could not be kept, as the person needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full.
    DiskFull,
    /// The disk or folder cannot be written to.
    ReadOnly,
    /// The folder or disk is gone (a pulled memory stick).
    Gone,
    /// Anything else the system said.
    Other,
}

/// What is left of an interview that was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remains {
    /// Nothing.
    Nothing,
    /// Nothing here. A locked copy was handed over before; it goes when the next delivery is collected.
    CopyToGo,
    /// Nothing here. A locked copy was handed over before, and that it shall go could not be written down.
    CopyUntold,
}

/// Keeps an interview's steps. One keeper holds one interview.
pub trait Keeper: Send {
    /// Begins to keep an interview, with the steps taken before consent.
    fn begin(&mut self, interview: &Interview, steps: &[Action]);
    /// Keeps one step; returns at once.
    fn keep(&mut self, step: &Action);
    /// Returns whether everything handed over so far is safe.
    fn saved(&mut self) -> Saved;
    /// Waits until everything handed over is safe, or is known not to be.
    fn wait(&mut self) -> Saved;
    /// As [`Self::wait`], but not so long that the person notices: a slow disk goes on by itself.
    fn wait_briefly(&mut self) -> Saved {
        self.wait()
    }
    /// Tries again, elsewhere on the disk, after a failure: everything from the beginning.
    fn try_again(&mut self, interview: &Interview, steps: &[Action]);
    /// Seals the finished interview. The draft goes once the envelope is safe; where there is a withdrawal code to
    /// show ([`Self::code`]), it stays until [`Self::code_is_noted`].
    ///
    /// # Errors
    /// [`Trouble`]; the draft stays as it is.
    fn seal(&mut self, record: &InterviewRecord) -> Result<(), Trouble>;
    /// Returns the withdrawal code of the interview that was sealed, until it is noted.
    fn code(&mut self) -> Option<WithdrawalCode> {
        None
    }
    /// The withdrawal code has been written down: the draft, and the code with it, goes.
    ///
    /// # Errors
    /// [`Trouble`]; the code is still there and will be shown again.
    fn code_is_noted(&mut self) -> Result<(), Trouble> {
        Ok(())
    }
    /// The person wants no withdrawal code: the interview is sealed again so that no trace of one is in it.
    ///
    /// # Errors
    /// [`Trouble`]; everything is still in the draft, and sealing goes on from there.
    fn code_is_unwanted(&mut self, _: &InterviewRecord) -> Result<(), Trouble> {
        Ok(())
    }
    /// Deletes everything kept of this interview.
    ///
    /// # Errors
    /// [`Trouble`]; what could not be deleted is still there.
    fn delete(&mut self) -> Result<Remains, Trouble>;
    /// Counts that somebody was asked and said no. Nothing else of it is kept.
    fn declined(&mut self, _: &Interview) {}
}

/// Keeps nothing: practice, previews and tests.
#[derive(Debug, Default)]
pub struct KeepsNothing;

impl Keeper for KeepsNothing {
    fn begin(&mut self, _: &Interview, _: &[Action]) {}
    fn keep(&mut self, _: &Action) {}
    fn saved(&mut self) -> Saved {
        Saved::Nothing
    }
    fn wait(&mut self) -> Saved {
        Saved::Nothing
    }
    fn try_again(&mut self, _: &Interview, _: &[Action]) {}
    fn seal(&mut self, _: &InterviewRecord) -> Result<(), Trouble> {
        Ok(())
    }
    fn delete(&mut self) -> Result<Remains, Trouble> {
        Ok(Remains::Nothing)
    }
}

/// An interview under way.
pub struct Session {
    interview: Interview,
    /// Every step taken, so that a failed disk can be answered with a fresh copy elsewhere.
    steps: Vec<Action>,
    keeper: Box<dyn Keeper>,
    kept: bool,
}

impl Session {
    /// Begins a session on a new interview; nothing is kept before consent.
    #[must_use]
    pub fn begin(interview: Interview, keeper: Box<dyn Keeper>) -> Self {
        Self {
            interview,
            steps: Vec::new(),
            keeper,
            kept: false,
        }
    }

    /// Goes on with an interview that was kept: `steps` are those the keeper already has.
    #[must_use]
    pub fn resume(interview: Interview, steps: Vec<Action>, keeper: Box<dyn Keeper>) -> Self {
        Self {
            interview,
            steps,
            keeper,
            kept: true,
        }
    }

    /// Takes a step and hands it to the keeper.
    ///
    /// # Errors
    /// The machine's [`Refusal`]; then nothing changed and nothing is kept.
    pub fn apply(&mut self, step: Action) -> Result<(), Refusal> {
        self.interview.apply(&step)?;
        if self.kept {
            self.keeper.keep(&step);
        }
        self.steps.push(step);
        if !self.kept && self.interview.has_consent() {
            self.keeper.begin(&self.interview, &self.steps);
            self.kept = true;
        }
        // Nothing comes after a no, so that it is counted once.
        if self.is_declined() && !self.interview.lacks_guardian() {
            self.keeper.declined(&self.interview);
        }
        Ok(())
    }

    /// Returns the interview.
    #[must_use]
    pub const fn interview(&self) -> &Interview {
        &self.interview
    }

    /// Returns every step taken, in order.
    #[must_use]
    pub fn steps(&self) -> &[Action] {
        &self.steps
    }

    /// Returns whether everything said is safe.
    pub fn saved(&mut self) -> Saved {
        if self.kept {
            self.keeper.saved()
        } else {
            Saved::Nothing
        }
    }

    /// Waits until everything said is safe, or is known not to be.
    pub fn wait(&mut self) -> Saved {
        if self.kept {
            self.keeper.wait()
        } else {
            Saved::Nothing
        }
    }

    /// As [`Self::wait`], but not so long that the person notices.
    pub fn wait_briefly(&mut self) -> Saved {
        if self.kept {
            self.keeper.wait_briefly()
        } else {
            Saved::Nothing
        }
    }

    /// Tries to keep everything again after a failure.
    pub fn try_again(&mut self) {
        if self.kept {
            self.keeper.try_again(&self.interview, &self.steps);
        }
    }

    /// Seals the interview, which must be finished. Returns the code to withdraw with, where the evaluation has
    /// codes: show it until it is written down, then say so with [`Self::code_is_noted`]. Until then the draft
    /// stays, so that after a crash between the code is shown again: going on with the draft and sealing once more
    /// makes no second interview and no second code.
    ///
    /// # Errors
    /// [`Trouble`] when the envelope could not be written; the draft stays.
    pub fn seal(&mut self) -> Result<Option<WithdrawalCode>, Trouble> {
        let record = self.interview.record(None).ok_or(Trouble::Other)?;
        self.keeper.seal(&record)?;
        Ok(self.keeper.code())
    }

    /// The withdrawal code has been written down: it is shown nowhere again.
    ///
    /// # Errors
    /// [`Trouble`]; the code will be shown again when the draft is gone on with.
    pub fn code_is_noted(&mut self) -> Result<(), Trouble> {
        self.keeper.code_is_noted()
    }

    /// The person wants no withdrawal code: none is kept anywhere, in no form.
    ///
    /// # Errors
    /// [`Trouble`]; everything is still in the draft, which is to be sealed again.
    pub fn code_is_unwanted(&mut self) -> Result<(), Trouble> {
        let record = self.interview.record(None).ok_or(Trouble::Other)?;
        self.keeper.code_is_unwanted(&record)
    }

    /// Deletes everything said, and returns what is left elsewhere.
    ///
    /// # Errors
    /// [`Trouble`] when something could not be deleted.
    pub fn delete(&mut self) -> Result<Remains, Trouble> {
        if self.kept {
            self.keeper.delete()
        } else {
            Ok(Remains::Nothing)
        }
    }

    /// Returns whether the interview ended without consent, so that nothing was ever kept.
    #[must_use]
    pub fn is_declined(&self) -> bool {
        *self.interview.position() == Position::Declined
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({:?}, {} steps)", self.interview, self.steps.len())
    }
}
