//! How each action changes an interview.

use std::sync::Arc;

use crate::domain::id::Id;

use super::route::Route;
use super::{Action, Interview, Position, Refusal};

mod answers;
mod consent;
mod leaving;
mod reading_back;

/// Returns whether a step can change what is asked. What is still being typed decides nothing, nor does a note.
const fn may_change_the_route(action: &Action) -> bool {
    !matches!(
        action,
        Action::Write { .. } | Action::Typing { .. } | Action::Note { .. } | Action::Language(_)
    )
}

impl Interview {
    /// Takes one action. Either it happens whole, or nothing changes.
    ///
    /// # Errors
    /// The [`Refusal`] that says why it does not happen.
    pub fn apply(&mut self, action: &Action) -> Result<(), Refusal> {
        let before = self.state.position.clone();
        // Text being typed is settled before a step is judged; a step that is refused settles nothing.
        let kept = (!self.state.typing.is_empty()).then(|| self.state.clone());
        if let Err(refusal) = self.take(action) {
            if let Some(kept) = kept {
                self.state = kept;
            }
            return Err(refusal);
        }
        if may_change_the_route(action) {
            self.route = Arc::new(Route::of(&self.survey, &self.state));
            self.leave_what_is_hidden(&before);
        }
        Ok(())
    }

    fn take(&mut self, action: &Action) -> Result<(), Refusal> {
        if self.state.position == Position::Finished || self.state.position == Position::Declined {
            return Err(Refusal::NotNow);
        }
        if self.state.position == Position::Held && !matches!(action, Action::Resume | Action::StopAndUse) {
            return Err(Refusal::NotNow);
        }
        match action {
            Action::Next => self.next(),
            Action::Back => self.back(),
            Action::GoTo(question) => self.go_to(question),
            Action::AgeBand(band) => self.age_band(band),
            Action::Guardian(exists) => self.guardian(*exists),
            Action::Consent { point, given } => self.consent_point(point, *given),
            Action::Answer {
                item,
                answer,
                by_self,
            } => self.answer(item, answer, *by_self),
            Action::Missing { item, kind, by_self } => self.missing(item, *kind, *by_self),
            Action::Clear(item) => self.clear(item),
            Action::Write { on, changes, cursor } => self.write(on, changes, *cursor),
            Action::Typing { item, text } => self.type_text(item, text),
            Action::Note { question, text } => self.write_note(question, text),
            Action::Skip => self.skip(),
            Action::Confirm { question, check } => self.confirm(question, *check),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Language(language) => {
                self.state.language = *language;
                Ok(())
            }
            Action::ReadBack => self.begin_readback(),
            Action::Approve(item) => self.approve(item),
            Action::Correct(item) => self.correct(item),
            Action::Quote { item, permission } => {
                let rows = self.readback_rows();
                if !rows.iter().any(|row| row.item == *item && row.may_quote) {
                    return Err(Refusal::NotAskedHere);
                }
                self.state.quotes.insert(item.clone(), *permission);
                Ok(())
            }
            Action::EndReadBack => {
                self.require(matches!(self.state.position, Position::ReadBack(_)))?;
                self.state.position = Position::Closing;
                Ok(())
            }
            Action::Hold => {
                self.require(self.has_consent())?;
                self.settle_typing();
                self.state.held_from = Some(self.state.position.clone());
                self.state.position = Position::Held;
                Ok(())
            }
            Action::Resume => {
                self.require(self.state.position == Position::Held)?;
                self.state.position = self.state.held_from.take().unwrap_or(Position::Closing);
                Ok(())
            }
            Action::StopAndUse => {
                self.require(self.has_consent())?;
                self.settle_typing();
                self.state.stopped = true;
                self.state.correcting = None;
                self.state.position = Position::ReadBack(0);
                Ok(())
            }
            Action::Finish => {
                self.require(self.state.position == Position::Closing)?;
                self.state.position = Position::Finished;
                Ok(())
            }
        }
    }

    fn require(&self, fits: bool) -> Result<(), Refusal> {
        if fits { Ok(()) } else { Err(Refusal::NotNow) }
    }

    fn next(&mut self) -> Result<(), Refusal> {
        match self.state.position.clone() {
            Position::Information => {
                let ask_age = self.survey.parts().consent.ask_age && !self.state.opening.age_bands.is_empty();
                self.state.position = if ask_age {
                    Position::AgeBand
                } else {
                    self.point_or_questions(0)
                };
                Ok(())
            }
            Position::AgeBand => {
                let band = self.state.consent.age_band.clone().ok_or(Refusal::Required)?;
                self.age_band(&band)
            }
            Position::Guardian => {
                let exists = self.state.consent.guardian_confirmed.ok_or(Refusal::Required)?;
                self.guardian(exists)
            }
            Position::Point(place) => {
                let point = self
                    .survey
                    .parts()
                    .consent
                    .points
                    .get(place)
                    .map(|point| point.id.clone());
                let given = point
                    .as_ref()
                    .and_then(|id| self.state.consent.points.get(id))
                    .copied();
                match (point, given) {
                    (Some(point), Some(given)) => self.consent_point(&point, given),
                    _ => Err(Refusal::Required),
                }
            }
            Position::Question(question) => {
                self.settle_typing();
                self.check_before_leaving(&question)?;
                self.skip_unanswered(&question);
                self.leave(&question);
                Ok(())
            }
            Position::ReadBack(row) => {
                let last = self.readback_rows().len();
                self.state.position = if row + 1 < last {
                    Position::ReadBack(row + 1)
                } else {
                    Position::Closing
                };
                Ok(())
            }
            Position::Closing | Position::Held | Position::Finished | Position::Declined => {
                Err(Refusal::NotNow)
            }
        }
    }

    fn back(&mut self) -> Result<(), Refusal> {
        let last_point = self.survey.parts().consent.points.len().checked_sub(1);
        let asks_age = self.survey.parts().consent.ask_age && !self.state.opening.age_bands.is_empty();
        let before_points = if asks_age {
            Position::AgeBand
        } else {
            Position::Information
        };
        self.state.position = match self.state.position.clone() {
            Position::AgeBand => Position::Information,
            Position::Guardian => Position::AgeBand,
            Position::Point(0) => before_points,
            Position::Point(place) => Position::Point(place.saturating_sub(1)),
            Position::Question(question) => {
                self.settle_typing();
                if let Some(row) = self.state.correcting.take() {
                    self.readback_at(&row)
                } else {
                    let questions = &self.route.questions;
                    let place = questions.iter().position(|id| *id == question).unwrap_or(0);
                    match place.checked_sub(1).and_then(|before| questions.get(before)) {
                        Some(before) => Position::Question(before.clone()),
                        // Consent stands; going behind it would only unsettle.
                        None => return Err(Refusal::NotNow),
                    }
                }
            }
            Position::ReadBack(0) => self.last_question().ok_or(Refusal::NotNow)?,
            Position::ReadBack(row) => Position::ReadBack(row.saturating_sub(1)),
            Position::Closing => match self.readback_rows().len().checked_sub(1) {
                Some(last) => Position::ReadBack(last),
                None => self
                    .last_question()
                    .or(last_point.map(Position::Point))
                    .ok_or(Refusal::NotNow)?,
            },
            Position::Information | Position::Declined | Position::Held | Position::Finished => {
                return Err(Refusal::NotNow);
            }
        };
        Ok(())
    }

    fn go_to(&mut self, question: &Id) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        if !self.route.asks(question) {
            return Err(Refusal::NotAskedHere);
        }
        self.settle_typing();
        self.state.correcting = None;
        self.state.position = Position::Question(question.clone());
        Ok(())
    }
}
