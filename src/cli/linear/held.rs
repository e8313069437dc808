//! Interviews for tests: what somebody types, what is said, and what is kept.

use std::sync::{Arc, Mutex};

use super::{Conversation, Ending};
use crate::cli::surroundings::Surroundings;
use crate::domain::answer::Response;
use crate::domain::interview::{Action, Interview};
use crate::domain::language::Language;
use crate::domain::record::{Entered, InterviewRecord, Mode};
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::fixture::{interview, interview_entered};
use crate::fieldwork::session::{Keeper, Remains, Saved, Session, Trouble};

/// Keeps in memory, and fails as often as it is told to.
#[derive(Clone, Default)]
pub(super) struct Memory(pub(super) Arc<Mutex<Kept>>);

#[derive(Default)]
pub(super) struct Kept {
    pub(super) steps: Vec<Action>,
    pub(super) record: Option<InterviewRecord>,
    pub(super) deleted: bool,
    pub(super) failures: usize,
    pub(super) code: Option<WithdrawalCode>,
    pub(super) refuses_seal: bool,
    pub(super) unwanted: bool,
}

impl Keeper for Memory {
    fn begin(&mut self, _: &Interview, steps: &[Action]) {
        self.0.lock().unwrap().steps = steps.to_vec();
    }
    fn keep(&mut self, step: &Action) {
        self.0.lock().unwrap().steps.push(step.clone());
    }
    fn saved(&mut self) -> Saved {
        let kept = self.0.lock().unwrap();
        if kept.failures > 0 {
            Saved::Failed(Trouble::DiskFull)
        } else {
            Saved::Safe
        }
    }
    fn wait(&mut self) -> Saved {
        self.saved()
    }
    fn try_again(&mut self, _: &Interview, steps: &[Action]) {
        let mut kept = self.0.lock().unwrap();
        kept.failures = kept.failures.saturating_sub(1);
        kept.steps = steps.to_vec();
    }
    fn seal(&mut self, record: &InterviewRecord) -> Result<(), Trouble> {
        let mut kept = self.0.lock().unwrap();
        if kept.refuses_seal {
            return Err(Trouble::DiskFull);
        }
        kept.record = Some(record.clone());
        Ok(())
    }
    fn code(&mut self) -> Option<WithdrawalCode> {
        self.0.lock().unwrap().code.clone()
    }
    fn code_is_unwanted(&mut self, _: &InterviewRecord) -> Result<(), Trouble> {
        self.0.lock().unwrap().unwanted = true;
        Ok(())
    }
    fn delete(&mut self) -> Result<Remains, Trouble> {
        self.0.lock().unwrap().deleted = true;
        Ok(Remains::Nothing)
    }
}

pub(super) struct Held {
    pub(super) ending: Ending,
    pub(super) said: String,
    pub(super) kept: Memory,
}

impl Held {
    pub(super) fn answer(&self, item: &str) -> Response {
        let kept = self.kept.0.lock().unwrap();
        kept.record.as_ref().unwrap().answers[&item.parse().unwrap()].clone()
    }
}

pub(super) fn hold_with(language: Language, mode: Mode, lines: &[&str], kept: Memory) -> Held {
    hold_of(interview(language, mode), lines, kept)
}

/// An interview that was held before and is entered from paper.
pub(super) fn enter(language: Language, lines: &[&str], kept: Memory) -> Held {
    let interview = interview_entered(language, Mode::Individual, Entered::FromPaper);
    hold_of(interview, lines, kept)
}

pub(super) fn hold_of(interview: Interview, lines: &[&str], kept: Memory) -> Held {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (mut surroundings, written) = Surroundings::made_up(&[], &input);
    let session = Session::begin(interview, Box::new(kept.clone()));
    let ending = Conversation::new(session, &[], false, &mut surroundings)
        .unwrap()
        .hold();
    let said = written.0.text();
    assert!(!said.contains('\u{1b}'));
    Held { ending, said, kept }
}

pub(super) fn hold(lines: &[&str]) -> Held {
    hold_with(Language::Bokmal, Mode::Individual, lines, Memory::default())
}

/// Information, age, both consent points.
pub(super) const CONSENT: [&str; 4] = ["", "2", "ja", "ja"];

pub(super) fn after_consent(lines: &[&str]) -> Held {
    hold(&[&CONSENT[..], lines].concat())
}

pub(super) const ANSWERS: [&str; 22] = [
    "4",
    "3",
    "mormor",
    "7",
    "1,3",
    "2",
    "3",
    "1",
    "2",
    "3",
    "1",
    "3 1",
    "",
    "ca 60",
    "ja",
    "mars 2024",
    "\"pause\"",
    "Første linje",
    "andre",
    ".",
    "1",
    "",
];

/// Whole read-back: 16 rows, the long text asks about quoting.
pub(super) fn whole(seal: &'static str) -> Vec<&'static str> {
    let mut lines = CONSENT.to_vec();
    lines.extend(&ANSWERS[..21]);
    // Rows before the quotable text, the text with its quote question, the masked row.
    lines.extend([""; 14]);
    lines.extend(["", "2", "", seal, "1"]);
    lines
}
