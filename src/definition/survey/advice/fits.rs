//! Does it fit a window of 60 by 16? That is what is left for those who need large letters.

use unicode_width::UnicodeWidthStr;

use super::is;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::definition::wording::{Wording, Written};
use crate::domain::language::Language;

/// Columns left for text in a window of 60.
const COLUMNS: usize = 56;
/// Columns left for an option after its key and mark.
const OPTION_COLUMNS: usize = 49;
/// Lines left in a window of 16: without heading, rules and hints.
const LINES: usize = 11;
/// Lines a text may take where what is below it scrolls.
const TEXT_LINES: usize = 6;
/// Lines a statement of a matrix may take.
const ROW_LINES: usize = 3;
/// Longer lists of options scroll and are filtered by typing; shorter ones should be seen at once.
const SEEN_AT_ONCE: usize = 7;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    let consent = raw.consent.iter().flat_map(|consent| &consent.read_aloud);
    let intros = raw.sections.iter().filter_map(|section| section.intro.as_ref());
    for wording in consent.chain(intros) {
        // A blank line begins a new thing to say, shown by itself.
        let tallest = |text: &Written| {
            let parts = text.clean.as_str().split("\n\n");
            parts.map(|part| lines(part, COLUMNS)).max().unwrap_or(0)
        };
        report(wording, LINES, tallest, reader);
    }
    for section in &raw.sections {
        for question in &section.questions {
            advise_on(raw, question, reader);
        }
    }
}

fn advise_on(raw: &RawSurvey, question: &RawQuestion, reader: &mut Reader<'_>) {
    let rows = question.rows.iter().flat_map(|rows| &rows.value);
    for row in rows.filter_map(|row| row.text.as_ref()) {
        report(row, ROW_LINES, |text| lines(text.clean.as_str(), COLUMNS), reader);
    }
    let Some(wording) = &question.text else { return };
    let options = options(raw, question);
    let at_once = (is(question, Type::One) || is(question, Type::Scale)) && options.len() <= SEEN_AT_ONCE;
    if !at_once {
        let limit = if is(question, Type::Info) {
            LINES
        } else {
            TEXT_LINES
        };
        report(wording, limit, |text| lines(text.clean.as_str(), COLUMNS), reader);
        return;
    }
    let whole = |text: &Written| {
        let below: usize = options
            .iter()
            .map(|option| lines(words(option, text.language), OPTION_COLUMNS))
            .sum();
        // A blank line, and a line for the ways not to answer.
        lines(text.clean.as_str(), COLUMNS) + 1 + below + 1
    };
    report(wording, LINES, whole, reader);
}

/// Reports the first language that does not fit.
fn report(wording: &Wording, limit: usize, height: impl Fn(&Written) -> usize, reader: &mut Reader<'_>) {
    let tall = wording
        .texts
        .iter()
        .map(|text| (text, height(text)))
        .find(|(_, height)| *height > limit);
    if let Some((text, height)) = tall {
        reader
            .findings
            .add(Code::DoesNotFit, text.span)
            .with(Argument::Count(height as u64))
            .with(Argument::Limit(limit.to_string()))
            .with(Argument::Languages(vec![text.language]));
    }
}

fn options<'r>(raw: &'r RawSurvey, question: &'r RawQuestion) -> Vec<&'r Wording> {
    if let Some(name) = &question.scale {
        let scale = raw.scales.iter().find(|(known, _)| known.value == name.value);
        let levels = scale
            .iter()
            .flat_map(|(_, scale)| &scale.levels)
            .flat_map(|levels| &levels.value);
        return levels.filter_map(|level| level.text.as_ref()).collect();
    }
    let options = question.options.iter().flat_map(|options| &options.value);
    let offered = options.filter(|option| option.retired.is_none());
    offered.filter_map(|option| option.text.as_ref()).collect()
}

fn words(wording: &Wording, language: Language) -> &str {
    let text = wording.texts.iter().find(|text| text.language == language);
    text.or_else(|| wording.texts.first())
        .map_or("", |text| text.clean.as_str())
}

/// Returns how many lines a text takes when it is broken between words.
fn lines(text: &str, columns: usize) -> usize {
    text.trim_end()
        .split('\n')
        .map(|line| wrapped(line, columns))
        .sum()
}

fn wrapped(line: &str, columns: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in line.split_whitespace() {
        let width = word.width();
        let needed = if used == 0 { width } else { used + 1 + width };
        if needed <= columns {
            used = needed;
        } else {
            lines += usize::from(used > 0) + width.saturating_sub(1) / columns;
            used = width % columns;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("en to tre", 5), 2);
        assert_eq!(lines("en to\n\ntre", 5), 3);
        assert_eq!(lines("kommunehelsetjeneste", 5), 4);
        assert_eq!(lines("", 5), 1);
    }
}
