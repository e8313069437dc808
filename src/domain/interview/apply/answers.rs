//! Answers, notes and text being typed; taking changes back and doing them again.

use std::sync::Arc;

use crate::domain::answer::{Answer, MAX_TEXT_BYTES, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;
use crate::domain::writing::{Change as TextChange, Unfit};

use super::super::accept::{check_answer, check_missing};
use super::super::{Change, Entry, Interview, Refusal, UNDO_DEPTH, Written};

impl Interview {
    pub(super) fn answer(&mut self, item: &ItemKey, answer: &Answer, by_self: bool) -> Result<(), Refusal> {
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

    pub(super) fn missing(&mut self, item: &ItemKey, kind: Missing, by_self: bool) -> Result<(), Refusal> {
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

    pub(super) fn clear(&mut self, item: &ItemKey) -> Result<(), Refusal> {
        self.require_open(item)?;
        if self.state.entries.contains_key(item) || self.state.typing.contains_key(item) {
            self.set(vec![(item.clone(), None)]);
        }
        Ok(())
    }

    pub(super) fn write(
        &mut self,
        on: &Written,
        changes: &[TextChange],
        cursor: usize,
    ) -> Result<(), Refusal> {
        match on {
            Written::Item(item) => self.require_open(item)?,
            Written::Note(question) => self.require_noted(question)?,
        }
        let mut writing = self.state.written.get(on).cloned().unwrap_or_default();
        let edited = Arc::make_mut(&mut writing);
        for change in changes {
            edited.apply(change).map_err(|unfit| match unfit {
                Unfit::TooLong => Refusal::TooLong,
                Unfit::Elsewhere | Unfit::Nothing => Refusal::WrongKind,
            })?;
        }
        edited.move_to(cursor);
        if !changes.is_empty() {
            let text = edited.clean();
            match on {
                Written::Item(item) if self.stands(item, &text) => {
                    self.state.typing.remove(item);
                }
                Written::Item(item) => {
                    self.state.typing.insert(item.clone(), text);
                }
                Written::Note(question) => self.set_note(question, &text),
            }
        }
        self.state.written.insert(on.clone(), writing);
        Ok(())
    }

    /// Returns whether this text is the item's answer already.
    fn stands(&self, item: &ItemKey, text: &CleanText) -> bool {
        let answer = self
            .state
            .entries
            .get(item)
            .and_then(|entry| entry.response.answer());
        matches!(answer, Some(Answer::Text(answer)) if answer == text)
    }

    pub(super) fn type_text(&mut self, item: &ItemKey, text: &CleanText) -> Result<(), Refusal> {
        self.require_open(item)?;
        if text.as_str().len() > MAX_TEXT_BYTES {
            return Err(Refusal::TooLong);
        }
        self.state.typing.insert(item.clone(), text.clone());
        Ok(())
    }

    pub(super) fn write_note(&mut self, question: &Id, text: &CleanText) -> Result<(), Refusal> {
        self.require_noted(question)?;
        if text.as_str().len() > MAX_TEXT_BYTES {
            return Err(Refusal::TooLong);
        }
        self.set_note(question, text);
        Ok(())
    }

    fn require_noted(&self, question: &Id) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        if self.route.asks(question) {
            Ok(())
        } else {
            Err(Refusal::NotAskedHere)
        }
    }

    fn set_note(&mut self, question: &Id, text: &CleanText) {
        if text.is_blank() {
            self.state.notes.remove(question);
        } else {
            self.state.notes.insert(question.clone(), text.clone());
        }
    }

    pub(super) fn require_open(&self, item: &ItemKey) -> Result<(), Refusal> {
        self.require(self.has_consent())?;
        if self.route.asks_item(item) {
            Ok(())
        } else {
            Err(Refusal::NotAskedHere)
        }
    }

    /// Sets entries as one change that can be taken back whole.
    pub(super) fn set(&mut self, entries: Vec<(ItemKey, Option<Entry>)>) {
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
    pub(super) fn put(&mut self, item: ItemKey, entry: Option<Entry>) -> Change {
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

    pub(super) fn undo(&mut self) -> Result<(), Refusal> {
        let changes = self.state.undo.pop().ok_or(Refusal::NothingToUndo)?;
        let back = self.revert(changes);
        self.state.redo.push(back);
        Ok(())
    }

    pub(super) fn redo(&mut self) -> Result<(), Refusal> {
        let changes = self.state.redo.pop().ok_or(Refusal::NothingToUndo)?;
        let back = self.revert(changes);
        self.state.undo.push(back);
        Ok(())
    }

    pub(super) fn revert(&mut self, changes: Vec<Change>) -> Vec<Change> {
        changes
            .into_iter()
            .rev()
            .map(|change| self.put(change.item, change.before))
            .collect()
    }

    /// Text still being typed becomes the answer: leaving a field never loses it.
    pub(super) fn settle_typing(&mut self) {
        let typed: Vec<(ItemKey, CleanText)> = self
            .state
            .typing
            .iter()
            .map(|(item, text)| (item.clone(), text.clone()))
            .collect();
        for (item, text) in typed {
            let asked_unseen = self
                .survey
                .question(item.question_id())
                .is_some_and(|question| self.is_answered_alone(question));
            let by_self = asked_unseen || self.is_masked(&item);
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
    pub(super) fn with_own_words(&self, item: &ItemKey, text: &CleanText) -> Option<Response> {
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
}
