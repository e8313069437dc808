//! More than 20 words in a sentence are hard to hear.

use std::ops::Range;

use super::read_aloud;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::RawSurvey;

/// The most words a sentence that is read aloud should have (interaction design, 4.6).
const MOST_WORDS: usize = 20;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    for wording in read_aloud(raw) {
        let long = wording.texts.iter().find_map(|text| {
            let place = sentences(&text.raw).find(|place| words(part(&text.raw, place)) > MOST_WORDS)?;
            Some((text, place))
        });
        let Some((text, place)) = long else { continue };
        let count = words(part(&text.raw, &place));
        let span = text.place(reader.source, place);
        reader
            .findings
            .add(Code::LongSentence, span)
            .with(Argument::Count(count as u64))
            .with(Argument::Limit(MOST_WORDS.to_string()))
            .with(Argument::Languages(vec![text.language]));
    }
}

fn part<'t>(text: &'t str, place: &Range<usize>) -> &'t str {
    text.get(place.clone()).unwrap_or_default()
}

/// Returns where each sentence of a text stands. A line is a sentence at most.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(['.', '!', '?', '\n', ':', ';'])
        .filter_map(move |sentence| {
            let begin = start + (sentence.len() - sentence.trim_start().len());
            let end = start + sentence.trim_end().len();
            start += sentence.len();
            (begin < end).then_some(begin..end)
        })
}

/// Returns how many words a text has.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places come from the text itself")]
mod tests {
    use super::{sentences, words};

    #[test]
    fn a_text_falls_into_sentences() {
        let text = "Hei. Hvor gammel er du?\nNy linje";
        let found: Vec<&str> = sentences(text).map(|place| &text[place]).collect();
        assert_eq!(found, ["Hei.", "Hvor gammel er du?", "Ny linje"]);
    }

    #[test]
    fn a_dash_is_no_word() {
        assert_eq!(words("ja – eller nei, 12 ganger"), 5);
    }
}
