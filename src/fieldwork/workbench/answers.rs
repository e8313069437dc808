//! The open answers of the open round, by question.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::identifier::{self, Kind};
use crate::domain::item::ItemKey;
use crate::domain::localized::Localized;
use crate::domain::record::{InterviewRecord, Mode, QuotePermission, TakesInterviews};
use crate::domain::survey::{Item, Survey};
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::quote::Place;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;

/// A question that was answered in people's own words.
pub struct OpenQuestion {
    /// The survey it stands in.
    pub survey: Slug,
    /// The item.
    pub item: ItemKey,
    /// What was asked.
    pub title: Localized,
    /// The codebook its answers are coded with.
    pub codebook: Option<Id>,
    /// The quality dimension it is about.
    pub dimension: Option<Id>,
    answers: Vec<OpenAnswer>,
}

impl fmt::Debug for OpenQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenQuestion({}, {} answers)", self.item, self.answers.len())
    }
}

impl OpenQuestion {
    /// Returns the answers. Their order says nothing of the order of the interviews.
    #[must_use]
    pub fn answers(&self) -> &[OpenAnswer] {
        &self.answers
    }

    /// Returns an answer.
    #[must_use]
    pub fn answer(&self, answer: &AnswerRef) -> Option<&OpenAnswer> {
        let place = self
            .answers
            .binary_search_by(|known| known.answer.interview.cmp(&answer.interview));
        self.answers.get(place.ok()?)
    }
}

/// What somebody said, in their own words. `Debug` shows none of them.
pub struct OpenAnswer {
    /// Whose, and to what.
    pub answer: AnswerRef,
    /// The words as they were said.
    pub words: CleanText,
    /// Whether they may be quoted.
    pub may_quote: MayQuote,
    /// Whether a group said it.
    pub is_group: bool,
    /// What looks as if somebody could be recognised by it.
    pub suggestions: Vec<Suggestion>,
    /// The words in small letters, to be searched.
    pub(super) folded: String,
}

impl fmt::Debug for OpenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenAnswer({:?})", self.words)
    }
}

/// Whether somebody's words may be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayQuote {
    /// They agreed, and approved the words when they were read back.
    Yes,
    /// They agreed to be quoted in other words only.
    InOtherWords,
    /// They did not agree, or the question is none that is quoted.
    NotAgreed,
    /// They agreed, and the words were not read back to them.
    NotReadBack,
}

/// Something in an answer that somebody could be recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it looks like.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

/// Takes the open answers of interviews as they are opened.
pub(super) struct Gathering {
    round: Option<Slug>,
    surveys: Vec<std::sync::Arc<Survey>>,
    found: BTreeMap<(Slug, ItemKey), Vec<OpenAnswer>>,
}

impl Gathering {
    pub(super) fn of(workplace: &Workplace) -> Self {
        Self {
            round: workplace.evaluation().open_round().map(|round| round.id.clone()),
            surveys: workplace.surveys().as_read().to_vec(),
            found: BTreeMap::new(),
        }
    }

    /// Returns the questions in the order of the surveys.
    pub(super) fn questions(mut self) -> Vec<OpenQuestion> {
        let mut questions = Vec::new();
        for survey in &self.surveys {
            for item in survey.items() {
                let found = self.found.remove(&(survey.id().clone(), item.key()));
                let Some(mut answers) = found else { continue };
                answers.sort_by(|a, b| a.answer.cmp(&b.answer));
                questions.push(OpenQuestion {
                    survey: survey.id().clone(),
                    item: item.key(),
                    title: item.question.text.clone(),
                    codebook: item.question.codebook.clone(),
                    dimension: item.question.dimension.clone(),
                    answers,
                });
            }
        }
        questions
    }
}

impl TakesInterviews for Gathering {
    fn take(&mut self, record: &InterviewRecord) {
        if self.round.as_ref() != Some(&record.round) {
            return;
        }
        let survey = self
            .surveys
            .iter()
            .find(|survey| *survey.id() == record.survey.id);
        let Some(survey) = survey else { return };
        for (key, response) in &record.answers {
            let words = response.answer().and_then(|answer| answer.words());
            let Some(words) = words.filter(|words| !words.is_blank()) else {
                continue;
            };
            let Some(item) = survey.item(key).filter(|item| item.question.report) else {
                continue;
            };
            let answers = self.found.entry((survey.id().clone(), key.clone())).or_default();
            answers.push(open_answer(record, &item, words));
        }
    }

    fn forget(&mut self) {
        self.found.clear();
    }
}

fn open_answer(record: &InterviewRecord, item: &Item<'_>, words: &CleanText) -> OpenAnswer {
    let key = item.key();
    OpenAnswer {
        may_quote: may_quote(record, item),
        is_group: matches!(record.mode, Mode::Group { .. }),
        suggestions: suggestions(words.as_str()),
        folded: words.as_str().to_lowercase(),
        words: words.clone(),
        answer: AnswerRef {
            interview: record.interview.clone(),
            item: key,
        },
    }
}

fn may_quote(record: &InterviewRecord, item: &Item<'_>) -> MayQuote {
    let point = item.question.quotable.as_ref();
    let agreed = point.is_some_and(|point| record.consent.points.get(point) == Some(&true));
    match record.quotes.get(&item.key()) {
        _ if !agreed => MayQuote::NotAgreed,
        Some(QuotePermission::No) => MayQuote::NotAgreed,
        Some(QuotePermission::Rewritten) => MayQuote::InOtherWords,
        Some(QuotePermission::AsItStands) => MayQuote::Yes,
        None => MayQuote::NotReadBack,
    }
}

/// Identifiers as places in characters.
fn suggestions(text: &str) -> Vec<Suggestion> {
    let mut at = (0, 0_u32);
    let mut characters = |byte: usize| {
        let passed = text.get(at.0..byte).map_or(0, |part| part.chars().count());
        at = (
            byte,
            at.1.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)),
        );
        at.1
    };
    identifier::find(text)
        .into_iter()
        .map(|found| Suggestion {
            kind: found.kind,
            place: Place {
                from: characters(found.place.start),
                to: characters(found.place.end),
            },
        })
        .collect()
}
