//! Undoing and doing again: what a coder did is taken back from the last thing on, and comes back the same way.
//!
//! Both are events like any other, so that they hold on every machine and after every start of the program.

use std::fmt;

use super::log::{Change, Log, Stamp};
use crate::domain::id::Id;

/// What a coder can undo and do again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Steps {
    done: Vec<Stamp>,
    /// What was taken back, and by which event.
    undone: Vec<(Stamp, Stamp)>,
}

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Steps({} done, {} undone)", self.done.len(), self.undone.len())
    }
}

impl Steps {
    /// Returns the steps of a coder in a log.
    #[must_use]
    pub fn of(coder: &Id, log: &Log) -> Self {
        let mut steps = Self::default();
        for (stamp, change) in log.events().filter(|(stamp, _)| stamp.coder == *coder) {
            steps.take(stamp, change);
        }
        steps
    }

    /// Takes the coder's newest event.
    pub fn take(&mut self, stamp: &Stamp, change: &Change) {
        let Change::TakenBack { event } = change else {
            if change.is_a_step() {
                self.done.push(stamp.clone());
                self.undone.clear();
            }
            return;
        };
        if let Some(at) = self.done.iter().rposition(|done| done == event) {
            self.undone.push((self.done.remove(at), stamp.clone()));
        } else if let Some(at) = self.undone.iter().rposition(|(_, back)| back == event) {
            self.done.push(self.undone.remove(at).0);
        }
    }

    /// Returns what undoes the last step.
    #[must_use]
    pub fn undo(&self) -> Option<Change> {
        let event = self.done.last()?.clone();
        Some(Change::TakenBack { event })
    }

    /// Returns what does the last undone step again.
    #[must_use]
    pub fn redo(&self) -> Option<Change> {
        let (_, back) = self.undone.last()?;
        Some(Change::TakenBack { event: back.clone() })
    }

    /// Returns the step that would be done again.
    #[must_use]
    pub fn undone(&self) -> Option<&Stamp> {
        self.undone.last().map(|(step, _)| step)
    }

    /// Returns the step that would be undone.
    #[must_use]
    pub fn last(&self) -> Option<&Stamp> {
        self.done.last()
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;
    use crate::domain::clean_text::CleanText;
    use crate::domain::workbook::log::{Change, Log};
    use crate::domain::workbook::theme::tests::{answer, id};

    fn named(log: &mut Log, coder: &str, name: &str) {
        let (theme, name) = (id("venting"), CleanText::line(name));
        log.add(&id(coder), 1, Change::ThemeName { theme, name });
    }

    fn names(log: &Log) -> Vec<String> {
        let names = log.in_force().filter_map(|(_, change)| match change {
            Change::ThemeName { name, .. } => Some(name.to_string()),
            _ => None,
        });
        names.collect()
    }

    fn undo(log: &mut Log) -> bool {
        let step = Steps::of(&id("a"), log).undo();
        step.is_some_and(|step| {
            log.add(&id("a"), 1, step);
            true
        })
    }

    fn redo(log: &mut Log) -> bool {
        let step = Steps::of(&id("a"), log).redo();
        step.is_some_and(|step| {
            log.add(&id("a"), 1, step);
            true
        })
    }

    #[test]
    fn steps_go_back_one_by_one_and_come_again_in_order() {
        let mut log = Log::default();
        for name in ["1", "2", "3"] {
            named(&mut log, "a", name);
        }
        assert!(undo(&mut log) && undo(&mut log));
        assert_eq!(names(&log), ["1"]);
        assert!(redo(&mut log));
        assert_eq!(names(&log), ["1", "2"]);
        assert!(redo(&mut log) && !redo(&mut log));
        assert_eq!(names(&log), ["1", "2", "3"]);
        assert!(undo(&mut log) && undo(&mut log) && undo(&mut log) && !undo(&mut log));
        assert!(names(&log).is_empty());
    }

    #[test]
    fn what_is_done_after_an_undo_ends_what_could_be_done_again() {
        let mut log = Log::default();
        named(&mut log, "a", "1");
        undo(&mut log);
        named(&mut log, "a", "2");
        assert!(!redo(&mut log));
        assert!(undo(&mut log));
        assert!(names(&log).is_empty());
    }

    #[test]
    fn each_coder_undoes_their_own_and_nothing_that_was_not_done_on_purpose() {
        let mut log = Log::default();
        named(&mut log, "a", "1");
        named(&mut log, "b", "2");
        log.add(&id("a"), 1, Change::GoneThrough { answer: answer(1) });
        assert!(undo(&mut log) && !undo(&mut log));
        assert_eq!(names(&log), ["2"]);
    }
}
