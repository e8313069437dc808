//! How long the interview takes, counted the long way: every question that one person could get.

use std::collections::BTreeSet;

use super::sentence::words;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::place::Span;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::definition::wording::Wording;
use crate::domain::id::Id;

/// Words read aloud in a minute, slowly enough to follow (survey format, "The checker").
const WORDS_A_MINUTE: usize = 130;
/// The longest interview people should sit through.
const MOST_MINUTES: usize = 45;

// Seconds for an answer: estimates, to be replaced when interviews have been timed.
const CHOICE: usize = 8;
const SEVERAL: usize = 15;
const RANKING: usize = 30;
const NUMBER: usize = 10;
const SHORT_TEXT: usize = 20;
/// Telling, follow-up and writing it down.
const LONG_TEXT: usize = 90;
const CONSENT_POINT: usize = 10;
/// Reading back what was written, per open answer.
const READING_BACK: usize = 10;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    let minutes = minutes(raw);
    if minutes > MOST_MINUTES {
        let span = raw.title.as_ref().map_or_else(Span::default, |title| title.span);
        reader
            .findings
            .add(Code::LongInterview, span)
            .with(Argument::Count(minutes as u64))
            .with(Argument::Limit(MOST_MINUTES.to_string()));
    }
}

/// Returns how many minutes it takes.
pub(crate) fn minutes(raw: &RawSurvey) -> usize {
    seconds(raw).div_ceil(60)
}

fn seconds(raw: &RawSurvey) -> usize {
    let mut spoken = 0;
    let mut answering = 0;
    if let Some(consent) = &raw.consent {
        spoken += consent.read_aloud.as_ref().map_or(0, count);
        spoken += consent
            .points
            .iter()
            .filter_map(|point| point.text.as_ref())
            .map(count)
            .sum::<usize>();
        answering += consent.points.len() * CONSENT_POINT;
    }
    let only_groups: BTreeSet<&Id> = raw
        .group_mode
        .iter()
        .flat_map(|group| &group.only)
        .map(|id| &id.value)
        .collect();
    let mut scales_said = BTreeSet::new();
    for section in &raw.sections {
        spoken += section.intro.as_ref().map_or(0, count);
        for question in &section.questions {
            if question
                .id
                .as_ref()
                .is_some_and(|id| only_groups.contains(&id.value))
            {
                continue;
            }
            spoken += question.text.as_ref().map_or(0, count);
            spoken += options(raw, question, &mut scales_said);
            answering += answer(question);
        }
    }
    spoken * 60 / WORDS_A_MINUTE + answering
}

/// Words of the options; those of a scale are said the first time only.
fn options<'r>(raw: &'r RawSurvey, question: &'r RawQuestion, said: &mut BTreeSet<&'r Id>) -> usize {
    let own = question.options.iter().flat_map(|options| &options.value);
    let rows = question.rows.iter().flat_map(|rows| &rows.value);
    let mut total: usize = own.filter_map(|option| option.text.as_ref()).map(count).sum();
    total += rows.filter_map(|row| row.text.as_ref()).map(count).sum::<usize>();
    let named = question
        .scale
        .iter()
        .chain(question.scales.iter().flat_map(|scales| &scales.value));
    for name in named {
        if said.insert(&name.value) {
            let scale = raw.scales.iter().find(|(known, _)| known.value == name.value);
            let levels = scale
                .iter()
                .flat_map(|(_, scale)| &scale.levels)
                .flat_map(|levels| &levels.value);
            total += levels
                .filter_map(|level| level.text.as_ref())
                .map(count)
                .sum::<usize>();
        }
    }
    total
}

fn answer(question: &RawQuestion) -> usize {
    let Some(kind) = &question.kind else { return 0 };
    match kind.value {
        Type::One | Type::Scale => CHOICE,
        Type::Many => SEVERAL,
        Type::Matrix => {
            let rows = question.rows.as_ref().map_or(0, |rows| rows.value.len());
            let scales = question.scales.as_ref().map_or(1, |scales| scales.value.len());
            rows * scales * CHOICE
        }
        Type::Number | Type::Date => NUMBER,
        Type::Text if question.long => LONG_TEXT + READING_BACK,
        Type::Text => SHORT_TEXT + READING_BACK,
        Type::Rank => RANKING,
        Type::Count | Type::Info => 0,
    }
}

fn count(wording: &Wording) -> usize {
    wording.texts.first().map_or(0, |text| words(text.clean.as_str()))
}
