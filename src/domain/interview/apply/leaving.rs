//! Leaving a question: checks, what was passed over, and where to go.

use crate::domain::answer::Response;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::question::{Check, Level, Question};

use super::super::accept::check_enough;
use super::super::route::Route;
use super::super::{Entry, Interview, Position, Refusal};

impl Interview {
    pub(super) fn check_before_leaving(&self, id: &Id) -> Result<(), Refusal> {
        let Some(question) = self.survey.question(id) else {
            return Ok(());
        };
        let open = self
            .items_asked(id)
            .iter()
            .any(|item| self.response(&item.key()).is_none());
        if open && question.required {
            return Err(Refusal::Required);
        }
        for item in self.items_asked(id) {
            if let Some(answer) = self.response(&item.key()).and_then(Response::answer) {
                check_enough(&item, answer)?;
            }
        }
        // Nobody is asked whether an answer is right that cannot stay as it is.
        for level in [Level::Stop, Level::Ask] {
            if let Some(check) = self.failing_check(question, level) {
                let question = id.clone();
                return Err(match level {
                    Level::Stop => Refusal::CheckStops { question, check },
                    Level::Ask => Refusal::CheckAsks { question, check },
                });
            }
        }
        Ok(())
    }

    /// Returns the place of the first check of a level that the answers fail and nobody has confirmed.
    fn failing_check(&self, question: &Question, level: Level) -> Option<u16> {
        let fails = |place: u16, check: &Check| {
            check.level == level
                && check.that.truth(&self.seen()) == Some(false)
                && !self.state.confirmed.contains(&(question.id.clone(), place))
        };
        (0_u16..)
            .zip(&question.checks)
            .find(|(place, check)| fails(*place, check))
            .map(|(place, _)| place)
    }

    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        let Position::Question(question) = self.state.position.clone() else {
            return Err(Refusal::NotNow);
        };
        self.settle_typing();
        self.skip_unanswered(&question);
        self.leave(&question);
        Ok(())
    }

    /// What was put and left open is "skipped", not "not asked".
    pub(super) fn skip_unanswered(&mut self, question: &Id) {
        let open: Vec<ItemKey> = self
            .items_asked(question)
            .iter()
            .map(Item::key)
            .filter(|item| self.response(item).is_none())
            .collect();
        if !open.is_empty() {
            let skipped = Entry {
                response: Response::Missing(Missing::Skipped),
                by_self: false,
            };
            self.set(
                open.into_iter()
                    .map(|item| (item, Some(skipped.clone())))
                    .collect(),
            );
        }
    }

    pub(super) fn leave(&mut self, question: &Id) {
        self.state.passed.insert(question.clone());
        self.state.position = match self.state.correcting.take() {
            Some(row) => self.readback_at(&row),
            None => self.after(question),
        };
    }

    pub(super) fn after(&self, question: &Id) -> Position {
        let route = Route::of(&self.survey, &self.state);
        let here = self.survey.place(question);
        let next = route
            .questions
            .into_iter()
            .find(|id| self.survey.place(id) > here);
        match next {
            Some(next) => Position::Question(next),
            None if self.readback_rows().is_empty() => Position::Closing,
            None => Position::ReadBack(0),
        }
    }

    pub(in crate::domain::interview) fn last_question(&self) -> Option<Position> {
        self.route.questions.last().cloned().map(Position::Question)
    }

    pub(super) fn confirm(&mut self, question: &Id, check: u16) -> Result<(), Refusal> {
        let known = self
            .survey
            .question(question)
            .and_then(|q| q.checks.get(usize::from(check)));
        self.require(known.is_some_and(|check| check.level == Level::Ask))?;
        self.state.confirmed.insert((question.clone(), check));
        Ok(())
    }

    /// An answer that hides the question the interview is at moves it to the nearest one that is asked.
    pub(super) fn leave_what_is_hidden(&mut self, before: &Position) {
        match &self.state.position {
            Position::Question(question) if !self.route.asks(question) => {
                let question = question.clone();
                self.state.correcting = None;
                self.state.position = self.after(&question);
            }
            Position::ReadBack(row) if *row >= self.readback_rows().len() => {
                self.state.position = Position::Closing;
            }
            _ => {}
        }
        debug_assert!(self.state.position != Position::Finished || *before == Position::Closing);
    }
}
