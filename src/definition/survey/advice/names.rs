//! Open answers that are likely to hold names, where nobody reminds the interviewer to leave them out.

use std::ops::Range;

use super::two_questions::phrase;
use super::{is, questions};
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::definition::wording::Written;
use crate::domain::language::Language;

const ASKS: &[&str] = &[
    "hvem",
    "heter",
    "heiter",
    "navn",
    "navnet",
    "navnene",
    "kven",
    "namn",
    "namnet",
    "namna",
    "is called",
    "are called",
    "your name",
    "their name",
    "the name",
    "names",
];
/// Words that show that somebody has thought of it.
const REMINDS: &[&str] = &[
    "uten navn",
    "ingen navn",
    "ikke navn",
    "utan namn",
    "ingen namn",
    "ikkje namn",
    "without names",
    "without name",
    "no names",
    "no name",
];

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    for question in questions(raw).filter(|question| is(question, Type::Text)) {
        if reminds(question) {
            continue;
        }
        let texts = question.text.iter().flat_map(|wording| &wording.texts);
        let found = texts.filter_map(|text| Some((text, asks(text)?))).next();
        if let Some((text, place)) = found {
            let span = text.place(reader.source, place);
            reader.findings.add(Code::NamesLikely, span);
        }
    }
}

fn asks(text: &Written) -> Option<Range<usize>> {
    // "Who" asks for somebody at the beginning only: "those who helped" does not.
    if text.language == Language::English && text.raw.starts_with("Who ") {
        return Some(0..3);
    }
    phrase(&text.raw, ASKS)
}

fn reminds(question: &RawQuestion) -> bool {
    let voices = question
        .text
        .iter()
        .chain(&question.help)
        .chain(&question.interviewer_note);
    voices
        .flat_map(|wording| &wording.texts)
        .any(|text| phrase(&text.raw, REMINDS).is_some())
}
