//! Two questions in one: nobody knows which of them was answered.
//!
//! A careful rule, for a false alarm teaches people to skip the advice: two question marks, and in questions with
//! fixed answers also "and/or", "and" before a question word, or a comma and "and" before a verb. A plain "og" between two nouns is left to the
//! reader; an open question may ask for both sides ("When does it work, and when not?").

use std::ops::Range;

use super::{is, questions};
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::Type;

/// Words that begin a second question.
const SECOND: &[&str] = &[
    "og/eller",
    "and/or",
    "og hva",
    "og hvem",
    "og hvilke",
    "og hvilken",
    "og hvor",
    "og hvordan",
    "og hvorfor",
    "og når",
    "og kva",
    "og kven",
    "og kor",
    "og korleis",
    "og kvifor",
    "and what",
    "and who",
    "and which",
    "and how",
    "and why",
    "and when",
    "and where",
];

/// Verbs that begin a second question after a comma: "Fikk du hjelp fort, og var den god?"
const SECOND_VERB: &[&str] = &[
    "og var",
    "og er",
    "og har",
    "og hadde",
    "og fikk",
    "og får",
    "og ble",
    "og blir",
    "og kunne",
    "og kan",
    "og føler",
    "og følte",
    "og vet",
    "og visste",
    "og synes",
    "og syntes",
    "og fekk",
    "og vart",
    "og kjenner",
    "og kjende",
    "og veit",
    "og syns",
    "and was",
    "and were",
    "and did",
    "and do",
    "and does",
    "and is",
    "and are",
    "and has",
    "and have",
];

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    for question in questions(raw) {
        let texts = question.text.iter().flat_map(|wording| &wording.texts);
        let open = is(question, Type::Text) || is(question, Type::Info);
        let found = texts
            .filter_map(|text| Some((text, second(&text.raw, open)?)))
            .next();
        if let Some((text, place)) = found {
            let span = text.place(reader.source, place);
            reader.findings.add(Code::TwoQuestions, span);
        }
    }
}

/// Returns where a second question stands.
fn second(text: &str, open: bool) -> Option<Range<usize>> {
    let mut marks = text.match_indices('?');
    if let (Some((first, _)), Some((last, _))) = (marks.next(), marks.next_back()) {
        let rest = text.get(first + 1..last + 1)?;
        let blank = rest.len() - rest.trim_start().len();
        return Some(first + 1 + blank..last + 1);
    }
    if open || !text.contains('?') {
        return None;
    }
    let after_comma = |place: &Range<usize>| {
        let before = text.get(..place.start).unwrap_or_default();
        before.trim_end().ends_with(',')
    };
    phrase(text, SECOND).or_else(|| phrase(text, SECOND_VERB).filter(after_comma))
}

/// Returns where one of these phrases stands as whole words, whatever the case of its letters.
pub(super) fn phrase(text: &str, phrases: &[&str]) -> Option<Range<usize>> {
    let lower = text.to_lowercase();
    // Lowering may change lengths in rare scripts; then places would not fit.
    if lower.len() != text.len() {
        return None;
    }
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    phrases.iter().find_map(|phrase| {
        lower.match_indices(phrase).find_map(|(start, found)| {
            let end = start + found.len();
            let before = lower.get(..start).and_then(|text| text.chars().next_back());
            let after = lower.get(end..).and_then(|text| text.chars().next());
            (!inside(before) && !inside(after)).then_some(start..end)
        })
    })
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places come from the text itself")]
mod tests {
    use super::second;

    fn found(text: &str) -> Option<&str> {
        second(text, false).map(|place| &text[place])
    }

    #[test]
    fn two_questions_are_seen() {
        assert_eq!(found("Hva hjalp? Hva hjalp ikke?"), Some("Hva hjalp ikke?"));
        assert_eq!(found("Når kom du, og hvor lenge ventet du?"), Some("og hvor"));
        assert_eq!(found("Hjalp det deg og/eller familien?"), Some("og/eller"));
        assert_eq!(found("Fikk du hjelp fort, og var hjelpen god?"), Some("og var"));
    }

    #[test]
    fn one_question_is_left_alone() {
        for text in [
            "I hvilken grad får du være med og bestemme?",
            "Fortell om en gang hjelpen kom i tide, eller en gang den kom for sent.",
            "Først: tenk etter, og når du er klar, fortell.",
            "Hva betyr venner og familie for deg?",
            "Er det lett å komme hit og få hjelp?",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
