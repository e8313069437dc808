//! Where the interview stands: state of each question, place, counts.

use crate::domain::answer::Response;
use crate::domain::id::Id;
use crate::domain::missing::Missing;

use super::{Interview, Position};

/// How far one question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionState {
    /// Every item of it is answered; an `info` once it has been passed.
    Answered,
    /// Every item has its answer or a reason the person gave, at least one of them a reason.
    Declined,
    /// Passed over, to come back to.
    Skipped,
    /// Begun, not through.
    Begun,
    /// Not asked yet.
    NotAsked,
}

/// Counts over the questions asked in this interview, `info` left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Answered or declined.
    pub done: usize,
    /// Passed over.
    pub skipped: usize,
    /// Not asked yet, or begun.
    pub open: usize,
}

impl Interview {
    /// Returns how far a question has come.
    #[must_use]
    pub fn question_state(&self, question: &Id) -> QuestionState {
        let items = self.items_asked(question);
        if items.is_empty() {
            let passed = self.state.passed.contains(question);
            return if passed {
                QuestionState::Answered
            } else {
                QuestionState::NotAsked
            };
        }
        let responses: Vec<Option<&Response>> = items.iter().map(|item| self.response(&item.key())).collect();
        let open = responses.iter().filter(|response| response.is_none()).count();
        let missing = |kind: Missing| responses.iter().flatten().any(|r| r.missing() == Some(kind));
        let declined = Missing::CHOSEN.into_iter().any(missing);
        if open == responses.len() {
            QuestionState::NotAsked
        } else if missing(Missing::Skipped) {
            QuestionState::Skipped
        } else if open > 0 {
            QuestionState::Begun
        } else if declined {
            QuestionState::Declined
        } else {
            QuestionState::Answered
        }
    }

    /// Returns counts over the questions asked.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for id in self.route().counted() {
            match self.question_state(id) {
                QuestionState::Answered | QuestionState::Declined => counts.done += 1,
                QuestionState::Skipped => counts.skipped += 1,
                QuestionState::Begun | QuestionState::NotAsked => counts.open += 1,
            }
        }
        counts
    }

    /// Returns the questions that can still be come back to, in file order: passed over, begun, or not asked yet.
    #[must_use]
    pub fn left(&self) -> Vec<Id> {
        let is_left = |id: &&Id| {
            !self.items_asked(id).is_empty()
                && !matches!(
                    self.question_state(id),
                    QuestionState::Answered | QuestionState::Declined
                )
        };
        self.route().questions.iter().filter(is_left).cloned().collect()
    }

    /// Returns the number of a question, from 1, and of how many; `info` is not counted.
    #[must_use]
    pub fn place_of(&self, question: &Id) -> Option<(usize, usize)> {
        let counted = self.route().counted();
        let place =
            counted.partition_point(|other| self.survey().place(other) < self.survey().place(question));
        (counted.get(place) == Some(question)).then_some((place + 1, counted.len()))
    }

    /// Returns the question the interview is at.
    #[must_use]
    pub fn current_question(&self) -> Option<&Id> {
        match &self.state.position {
            Position::Question(id) => Some(id),
            _ => None,
        }
    }
}
