//! Words that lead to an answer or judge beforehand.

use super::questions;
use super::two_questions::phrase;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;

/// A small list on purpose: each of these leads wherever it stands in a question.
const LEADING: &[&str] = &[
    "ikke sant",
    "synes du ikke",
    "mener du ikke",
    "er du ikke enig",
    "er du enig i at",
    "vil du ikke si",
    "selvfølgelig",
    "åpenbart",
    "heldigvis",
    "dessverre",
    "alle vet",
    "de fleste mener",
    "fantastisk",
    "forferdelig",
    "ikkje sant",
    "synest du ikkje",
    "meiner du ikkje",
    "er du ikkje einig",
    "er du einig i at",
    "vil du ikkje seie",
    "sjølvsagt",
    "openbert",
    "diverre",
    "alle veit",
    "dei fleste meiner",
    "forferdeleg",
    "don't you",
    "don’t you",
    "wouldn't you",
    "wouldn’t you",
    "isn't it",
    "isn’t it",
    "do you agree that",
    "of course",
    "obviously",
    "surely",
    "everyone knows",
    "most people think",
    "wonderful",
    "terrible",
];

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    for question in questions(raw) {
        let texts = question.text.iter().flat_map(|wording| &wording.texts);
        let found = texts
            .filter_map(|text| Some((text, phrase(&text.raw, LEADING)?)))
            .next();
        if let Some((text, place)) = found {
            let words = text.raw.get(place.clone()).unwrap_or_default().to_owned();
            let span = text.place(reader.source, place);
            reader.findings.add(Code::LeadingWording, span).name(words);
        }
    }
}
