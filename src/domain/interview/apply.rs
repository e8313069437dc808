//! How each action changes an interview.

use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::question::{Level, QuestionKind};

use super::accept::{check_answer, check_missing};
use super::route::Route;
use super::{Action, Change, Entry, Interview, Position, Refusal, UNDO_DEPTH};

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
        self.route = Route::of(&self.survey, &self.state);
        self.leave_what_is_hidden(&before);
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

    // Consent

    fn age_band(&mut self, band: &Id) -> Result<(), Refusal> {
        self.require(self.state.position == Position::AgeBand)?;
        let bands = &self.state.opening.age_bands;
        let known = bands
            .iter()
            .find(|known| known.code == *band)
            .ok_or(Refusal::NoSuchOption)?;
        let guardian = known.guardian;
        self.state.consent.age_band = Some(band.clone());
        if guardian {
            self.state.position = Position::Guardian;
        } else {
            self.state.consent.guardian_confirmed = None;
            self.state.position = self.point_or_questions(0);
        }
        Ok(())
    }

    fn guardian(&mut self, exists: bool) -> Result<(), Refusal> {
        self.require(self.state.position == Position::Guardian)?;
        self.state.consent.guardian_confirmed = Some(exists);
        if exists {
            self.state.position = self.point_or_questions(0);
        } else {
            self.decline();
        }
        Ok(())
    }

    fn consent_point(&mut self, point: &Id, given: bool) -> Result<(), Refusal> {
        let Position::Point(place) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        let wanted = self
            .survey
            .parts()
            .consent
            .points
            .get(place)
            .ok_or(Refusal::NotNow)?;
        self.require(wanted.id == *point)?;
        let required = wanted.required;
        self.state.consent.points.insert(point.clone(), given);
        if required && !given {
            self.decline();
        } else {
            self.state.position = self.point_or_questions(place + 1);
        }
        Ok(())
    }

    /// A "no" leaves nothing behind, not even the age band.
    fn decline(&mut self) {
        self.state.consent = crate::domain::record::ConsentRecord::default();
        self.state.position = Position::Declined;
    }

    fn point_or_questions(&self, place: usize) -> Position {
        if place < self.survey.parts().consent.points.len() {
            return Position::Point(place);
        }
        // What is asked may hang on the consent just given.
        let route = Route::of(&self.survey, &self.state);
        route
            .questions
            .first()
            .cloned()
            .map_or(Position::Closing, Position::Question)
    }

    // Answers

    fn answer(&mut self, item: &ItemKey, answer: &Answer, by_self: bool) -> Result<(), Refusal> {
        self.require_open(item)?;
        let known = self.survey.item(item).ok_or(Refusal::NotAskedHere)?;
        check_answer(&known, answer, &self.options(known.question), self.mode())?;
        self.set(vec![(
            item.clone(),
            Some(Entry {
                response: Response::Given(answer.clone()),
                by_self,
            }),
        )]);
        Ok(())
    }

    fn missing(&mut self, item: &ItemKey, kind: Missing, by_self: bool) -> Result<(), Refusal> {
        self.require_open(item)?;
        check_missing(&self.survey.item(item).ok_or(Refusal::NotAskedHere)?, kind)?;
        self.set(vec![(
            item.clone(),
            Some(Entry {
                response: Response::Missing(kind),
                by_self,
            }),
        )]);
        Ok(())
    }

    fn clear(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        self.require_open(item)?;
        if self.state.entries.contains_key(item) || self.state.typing.contains_key(item) {
            self.set(vec![(item.clone(), None)]);
        }
        Ok(())
    }

    fn type_text(&mut self, item: &ItemKey, text: &CleanText) -> Result<(), Refusal> {
        self.require_open(item)?;
        if text.as_str().len() > crate::domain::answer::MAX_TEXT_BYTES {
            return Err(Refusal::TooLong);
        }
        self.state.typing.insert(item.clone(), text.clone());
        Ok(())
    }

    fn write_note(&mut self, question: &Id, text: &CleanText) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        if !self.route.asks(question) {
            return Err(Refusal::NotAskedHere);
        }
        if text.as_str().len() > crate::domain::answer::MAX_TEXT_BYTES {
            return Err(Refusal::TooLong);
        }
        if text.is_blank() {
            self.state.notes.remove(question);
        } else {
            self.state.notes.insert(question.clone(), text.clone());
        }
        Ok(())
    }

    fn require_open(&self, item: &ItemKey) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        if self.route.asks_item(item) {
            Ok(())
        } else {
            Err(Refusal::NotAskedHere)
        }
    }

    /// Sets entries as one change that can be taken back whole.
    fn set(&mut self, entries: Vec<(ItemKey, Option<Entry>)>) {
        let changes = entries
            .into_iter()
            .map(|(item, entry)| self.put(item, entry))
            .collect();
        self.state.undo.push(changes);
        let surplus = self.state.undo.len().saturating_sub(UNDO_DEPTH);
        self.state.undo.drain(..surplus);
        self.state.redo.clear();
    }

    /// Puts an entry and returns what stood there. What was agreed about the old answer falls with it.
    fn put(&mut self, item: ItemKey, entry: Option<Entry>) -> Change {
        let before = self.state.entries.remove(&item);
        if before != entry {
            self.state.approved.remove(&item);
            self.state.quotes.remove(&item);
            self.state
                .confirmed
                .retain(|(question, _)| question != item.question_id());
        }
        self.state.typing.remove(&item);
        if let Some(entry) = entry {
            self.state.entries.insert(item.clone(), entry);
        }
        Change { item, before }
    }

    fn undo(&mut self) -> Result<(), Refusal> {
        let changes = self.state.undo.pop().ok_or(Refusal::NothingToUndo)?;
        let back = self.revert(changes);
        self.state.redo.push(back);
        Ok(())
    }

    fn redo(&mut self) -> Result<(), Refusal> {
        let changes = self.state.redo.pop().ok_or(Refusal::NothingToUndo)?;
        let back = self.revert(changes);
        self.state.undo.push(back);
        Ok(())
    }

    fn revert(&mut self, changes: Vec<Change>) -> Vec<Change> {
        changes
            .into_iter()
            .rev()
            .map(|change| self.put(change.item, change.before))
            .collect()
    }

    /// Text still being typed becomes the answer: leaving a field never loses it.
    fn settle_typing(&mut self) {
        let typed: Vec<(ItemKey, CleanText)> = self
            .state
            .typing
            .iter()
            .map(|(item, text)| (item.clone(), text.clone()))
            .collect();
        for (item, text) in typed {
            let by_self = self.is_masked(&item);
            let entry = self
                .survey
                .item(&item)
                .and_then(|known| match &known.question.kind {
                    QuestionKind::Text { .. } if text.is_blank() => Some(None),
                    QuestionKind::Text { .. } => Some(Some(Response::Given(Answer::Text(text.clone())))),
                    _ => self.with_own_words(&item, &text).map(Some),
                });
            if let Some(entry) = entry {
                self.set(vec![(item, entry.map(|response| Entry { response, by_self }))]);
            }
        }
    }

    /// The chosen "noe annet" together with the words typed for it.
    fn with_own_words(&self, item: &ItemKey, text: &CleanText) -> Option<Response> {
        let words = (!text.is_blank()).then(|| text.clone());
        let choices = self.survey.question(item.question_id())?.kind.choices()?;
        let asks_words = |code: &Id| choices.option(code).is_some_and(|option| option.specify);
        match self.state.entries.get(item)?.response.answer()? {
            Answer::Choice { code, .. } if asks_words(code) => Some(Response::Given(Answer::Choice {
                code: code.clone(),
                specify: words,
            })),
            Answer::Choices { codes, .. } if codes.iter().any(asks_words) => {
                Some(Response::Given(Answer::Choices {
                    codes: codes.clone(),
                    specify: words,
                }))
            }
            _ => None,
        }
    }

    // Leaving a question

    fn check_before_leaving(&self, id: &Id) -> Result<(), Refusal> {
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
        for (place, check) in (0_u16..).zip(&question.checks) {
            if check.that.truth(&self.seen()) != Some(false) {
                continue;
            }
            let name = (id.clone(), place);
            match check.level {
                Level::Stop => {
                    return Err(Refusal::CheckStops {
                        question: name.0,
                        check: place,
                    });
                }
                Level::Ask if !self.state.confirmed.contains(&name) => {
                    return Err(Refusal::CheckAsks {
                        question: name.0,
                        check: place,
                    });
                }
                Level::Ask => {}
            }
        }
        Ok(())
    }

    fn skip(&mut self) -> Result<(), Refusal> {
        let Position::Question(question) = self.state.position.clone() else {
            return Err(Refusal::NotNow);
        };
        self.settle_typing();
        self.skip_unanswered(&question);
        self.leave(&question);
        Ok(())
    }

    /// What was put and left open is "skipped", not "not asked".
    fn skip_unanswered(&mut self, question: &Id) {
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

    fn leave(&mut self, question: &Id) {
        self.state.passed.insert(question.clone());
        self.state.position = match self.state.correcting.take() {
            Some(row) => self.readback_at(&row),
            None => self.after(question),
        };
    }

    fn after(&self, question: &Id) -> Position {
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

    fn last_question(&self) -> Option<Position> {
        self.route.questions.last().cloned().map(Position::Question)
    }

    fn confirm(&mut self, question: &Id, check: u16) -> Result<(), Refusal> {
        let known = self
            .survey
            .question(question)
            .and_then(|q| q.checks.get(usize::from(check)));
        self.require(known.is_some_and(|check| check.level == Level::Ask))?;
        self.state.confirmed.insert((question.clone(), check));
        Ok(())
    }

    /// An answer that hides the question the interview is at moves it to the nearest one that is asked.
    fn leave_what_is_hidden(&mut self, before: &Position) {
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

    // Reading back

    fn begin_readback(&mut self) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        self.settle_typing();
        self.state.correcting = None;
        self.state.position = if self.readback_rows().is_empty() {
            Position::Closing
        } else {
            Position::ReadBack(0)
        };
        Ok(())
    }

    fn approve(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        let Position::ReadBack(_) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        let rows = self.readback_rows();
        let row = rows
            .iter()
            .position(|row| row.item == *item)
            .ok_or(Refusal::NotAskedHere)?;
        self.state.approved.insert(item.clone());
        self.state.position = if row + 1 < rows.len() {
            Position::ReadBack(row + 1)
        } else {
            Position::Closing
        };
        Ok(())
    }

    fn correct(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        let Position::ReadBack(_) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        if !self.route.asks_item(item) {
            return Err(Refusal::NotAskedHere);
        }
        self.state.correcting = Some(item.clone());
        self.state.position = Position::Question(item.question_id().clone());
        Ok(())
    }

    fn readback_at(&self, item: &ItemKey) -> Position {
        let rows = self.readback_rows();
        Position::ReadBack(rows.iter().position(|row| row.item == *item).unwrap_or(0))
    }
}
