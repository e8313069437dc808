//! Advice: the survey can be used, but could be easier to answer or ask for less.
//!
//! Each piece of advice is a file. They look at the file as written, so they also work while it has mistakes.

use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::definition::wording::Wording;

mod breakdown;
mod date;
mod duration;
mod faces;
mod fits;
mod leading;
mod names;
mod routing;
mod sentence;
mod two_questions;

pub(crate) use duration::minutes;

/// Gives every piece of advice.
pub(crate) fn give(raw: &RawSurvey, reader: &mut Reader<'_>) {
    sentence::advise(raw, reader);
    two_questions::advise(raw, reader);
    leading::advise(raw, reader);
    date::advise(raw, reader);
    faces::advise(raw, reader);
    names::advise(raw, reader);
    fits::advise(raw, reader);
    duration::advise(raw, reader);
    breakdown::advise(raw, reader);
    routing::advise(raw, reader);
}

/// Returns every question in file order.
fn questions(raw: &RawSurvey) -> impl Iterator<Item = &RawQuestion> {
    raw.sections.iter().flat_map(|section| &section.questions)
}

/// Returns whether a question is of this type.
fn is(question: &RawQuestion, kind: Type) -> bool {
    question.kind.as_ref().is_some_and(|known| known.value == kind)
}

/// Returns every text that is read aloud to people.
fn read_aloud(raw: &RawSurvey) -> Vec<&Wording> {
    let mut texts: Vec<&Wording> = Vec::new();
    if let Some(consent) = &raw.consent {
        texts.extend(&consent.read_aloud);
        texts.extend(consent.points.iter().filter_map(|point| point.text.as_ref()));
    }
    for section in &raw.sections {
        texts.extend(&section.intro);
        for question in &section.questions {
            texts.extend(question.text.iter().chain(&question.help));
            let rows = question.rows.iter().flat_map(|rows| &rows.value);
            texts.extend(rows.filter_map(|row| row.text.as_ref()));
            texts.extend(question.checks.iter().filter_map(|check| check.text.as_ref()));
        }
    }
    texts.extend(&raw.readback);
    texts
}
