//! One person's answers as conditions see them.

use crate::domain::answer::{Answer, Response};
use crate::domain::expression::{Expression, Facts};
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::number::Number;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};

/// A finished interview and the survey version it was held with.
pub(super) struct Respondent<'a> {
    pub(super) survey: &'a Survey,
    pub(super) record: &'a InterviewRecord,
}

impl Respondent<'_> {
    /// Returns whether an item was meant for this person: the conditions of its section, question and row held.
    ///
    /// Sealing made answers that routing hid "not asked", so the conditions can be read off the sealed answers.
    pub(super) fn was_meant(&self, item: &Item<'_>) -> bool {
        let survey = self.survey;
        let id = &item.question.id;
        let only_groups = survey
            .parts()
            .group_mode
            .as_ref()
            .is_some_and(|group| group.only.contains(id))
            || matches!(item.question.kind, QuestionKind::Count(_));
        let holds = |condition: Option<&Expression>| {
            condition.is_none_or(|condition| condition.truth(self) == Some(true))
        };
        !only_groups
            && holds(survey.section_of(id).and_then(|section| section.show_if.as_ref()))
            && holds(item.question.show_if.as_ref())
            && holds(item.row.and_then(|row| row.show_if.as_ref()))
    }
}

impl Facts for Respondent<'_> {
    fn response(&self, item: &ItemKey) -> Option<&Response> {
        self.record.answers.get(item)
    }

    fn consent(&self, point: &Id) -> Option<bool> {
        self.record.consent.points.get(point).copied()
    }

    fn background(&self, name: &Id) -> Option<&str> {
        match name.as_str() {
            "site" => self.record.site.as_ref().map(Slug::as_str),
            "round" => Some(self.record.round.as_str()),
            "age_band" => self.record.consent.age_band.as_ref().map(Id::as_str),
            _ => None,
        }
    }

    fn score(&self, item: &ItemKey) -> Option<Number> {
        let Answer::Choice { code, .. } = self.response(item)?.answer()? else {
            return None;
        };
        self.survey
            .item(item)?
            .scale?
            .level(code)
            .map(|level| level.value)
    }
}
