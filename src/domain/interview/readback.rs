//! Reading the answers back: rows, approval, and what was agreed about quoting.

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::Mode;
use crate::domain::survey::question::QuestionKind;

use super::Interview;

/// One row of the read-back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadbackRow {
    /// The item.
    pub item: ItemKey,
    /// Whether the person said it is right.
    pub approved: bool,
    /// Whether the answer stays unseen by the interviewer.
    pub masked: bool,
    /// Whether to ask how the person's words may be used: an open answer, quotable, and agreed to at consent. A group is never
    /// quoted, and so not asked.
    pub may_quote: bool,
}

impl Interview {
    /// Returns every item asked, in file order, as rows to read back.
    #[must_use]
    pub fn readback_rows(&self) -> Vec<ReadbackRow> {
        self.route()
            .questions
            .iter()
            .flat_map(|question| self.items_asked(question))
            .map(|item| {
                let key = item.key();
                ReadbackRow {
                    approved: self.state.approved.contains(&key),
                    masked: self.is_masked(&key),
                    may_quote: self.may_quote(&item.question.id, &key),
                    item: key,
                }
            })
            .collect()
    }

    /// Returns whether every row was approved.
    #[must_use]
    pub fn all_approved(&self) -> bool {
        self.readback_rows().iter().all(|row| row.approved)
    }

    fn may_quote(&self, question: &Id, item: &ItemKey) -> bool {
        let Some(question) = self.survey.question(question) else {
            return false;
        };
        let agreed = question
            .quotable
            .as_ref()
            .is_some_and(|point| self.state.consent.points.get(point).copied() == Some(true));
        let has_words = self
            .response(item)
            .and_then(|r| r.answer())
            .is_some_and(|a| a.words().is_some());
        let is_one = self.mode() == Mode::Individual;
        is_one && matches!(question.kind, QuestionKind::Text { .. }) && agreed && has_words
    }
}
