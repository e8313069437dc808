//! Cells that take more than a look-up: numbers, dates, several options, rankings, words.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::Category;
use crate::domain::clean_text::CleanText;
use crate::domain::coding::CodedItem;
use crate::domain::id::Id;
use crate::domain::interview::accept::{check_answer, check_enough};
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::record::Mode;
use crate::domain::survey::question::{ChoiceOption, QuestionKind};

use super::words::{NONE, Words, text, trim};
use super::wrong::Why;

/// Codes of words that say why there is no answer begin here.
pub(super) const MISSING_CODES: u16 = NONE - 16;

/// Returns the code of a word that says why there is no answer.
pub(super) fn missing_code(kind: Missing) -> u16 {
    let place = Missing::ALL.iter().position(|other| *other == kind).unwrap_or(0);
    MISSING_CODES + u16::try_from(place).unwrap_or(0)
}

/// Returns the kind of missing a word's code stands for.
pub(super) fn missing_kind(code: u16) -> Option<Missing> {
    let place = code.checked_sub(MISSING_CODES)?;
    Missing::ALL.get(usize::from(place)).copied()
}

/// Reads a cell of an item.
pub(super) fn read(item: &CodedItem<'_>, words: &Words, cell: &[u8]) -> Result<Response, Why> {
    let cell = trim(cell);
    if let Some(kind) = missing_kind(words.of_any(cell)) {
        return Ok(Response::Missing(kind));
    }
    let answer = match &item.item.question.kind {
        QuestionKind::Number { .. } => number(cell)?,
        QuestionKind::Date { day, .. } => date(cell, *day)?,
        QuestionKind::Many { .. } => {
            let codes = several(item, words, cell)?;
            let all = codes.len();
            let codes: BTreeSet<Id> = codes.into_iter().collect();
            if codes.len() < all {
                return Err(Why::Twice);
            }
            Answer::Choices { codes, specify: None }
        }
        QuestionKind::Rank { .. } => {
            let codes = several(item, words, cell)?;
            let once: BTreeSet<&Id> = codes.iter().collect();
            if once.len() < codes.len() {
                return Err(Why::Twice);
            }
            Answer::Ranking(codes)
        }
        _ => Answer::Text(CleanText::block(&text(cell))),
    };
    check(item, &answer)?;
    Ok(Response::Given(answer))
}

/// Returns whether a word is a number or a date the question takes.
pub(super) fn is_number_or_date(item: &CodedItem<'_>, word: &str) -> bool {
    let answer = match &item.item.question.kind {
        QuestionKind::Number { .. } => number(word.as_bytes()),
        QuestionKind::Date { day, .. } => date(word.as_bytes(), *day),
        _ => return false,
    };
    answer.is_ok_and(|answer| check(item, &answer).is_ok())
}

/// Says whether the question takes this answer, as an interview would.
pub(super) fn check(item: &CodedItem<'_>, answer: &Answer) -> Result<(), Why> {
    let choices = item.item.question.kind.choices();
    let options: Vec<&ChoiceOption> = choices
        .map_or(&[][..], |choices| &choices.options)
        .iter()
        .collect();
    check_answer(&item.item, answer, &options, Mode::Individual)
        .and_then(|()| check_enough(&item.item, answer))
        .map_err(|refusal| Why::of(&refusal))
}

fn number(cell: &[u8]) -> Result<Answer, Why> {
    let text = std::str::from_utf8(cell).map_err(|_| Why::NoNumber)?;
    let value = text.parse::<Number>().map_err(|_| Why::NoNumber)?;
    Ok(Answer::Number { value, about: false })
}

/// Reads `2024`, `2024-03`, `2024-03-15`, `03.2024` and `15.03.2024`. A day that is not asked for is left out.
fn date(cell: &[u8], day_wanted: bool) -> Result<Answer, Why> {
    let text = std::str::from_utf8(cell).map_err(|_| Why::NoDate)?;
    // A whole number in a column with empty cells is a decimal number to some programs.
    let text = text
        .strip_suffix(".0")
        .filter(|year| year.len() == 4)
        .unwrap_or(text);
    let mut parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    if parts.first().is_some_and(|first| first.len() < 4) {
        parts.reverse();
    }
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (year, rest) = parts.split_first().ok_or(Why::NoDate)?;
    if year.len() != 4 || !digits(year, 4) || rest.len() > 2 || !rest.iter().all(|part| digits(part, 2)) {
        return Err(Why::NoDate);
    }
    let part = |place: usize| rest.get(place).and_then(|part| part.parse::<i8>().ok());
    let (month, day) = (part(0), part(1));
    let year: i16 = year.parse().map_err(|_| Why::NoDate)?;
    let whole = jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1));
    whole.map_err(|_| Why::NoDate)?;
    Ok(Answer::Date {
        year,
        month,
        day: day.filter(|_| day_wanted),
    })
}

/// Reads options in one cell: between `|`, `;` or `,`, or codes between spaces.
fn several(item: &CodedItem<'_>, words: &Words, cell: &[u8]) -> Result<Vec<Id>, Why> {
    let code = |part: &[u8]| {
        let found = words.of_any(part);
        match item.categories.get(usize::from(found)) {
            Some(Category::Code(code)) => Some(code.clone()),
            _ => None,
        }
    };
    if let Some(code) = code(cell) {
        return Ok(vec![code]);
    }
    let by_marks = split(cell, |byte| matches!(byte, b'|' | b';' | b','));
    if let Some(codes) = by_marks.iter().map(|part| code(part)).collect() {
        return Ok(codes);
    }
    let by_spaces = split(cell, |byte| {
        matches!(byte, b'|' | b';' | b',') || byte.is_ascii_whitespace()
    });
    by_spaces
        .iter()
        .map(|part| code(part))
        .collect::<Option<_>>()
        .ok_or(Why::NoSuchAnswer)
}

fn split(cell: &[u8], between: impl Fn(u8) -> bool) -> Vec<&[u8]> {
    let parts = cell.split(|byte| between(*byte)).map(trim);
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{date, number};
    use crate::domain::answer::Answer;
    use crate::import::answers::wrong::Why;

    fn day(text: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
        match date(text.as_bytes(), true) {
            Ok(Answer::Date { year, month, day }) => Some((year, month, day)),
            _ => None,
        }
    }

    #[test]
    fn dates_are_read_both_ways_round() {
        assert_eq!(day("2024"), Some((2024, None, None)));
        assert_eq!(day("2024.0"), Some((2024, None, None)));
        assert_eq!(day("2024-03"), Some((2024, Some(3), None)));
        assert_eq!(day("15.03.2024"), Some((2024, Some(3), Some(15))));
        assert_eq!(day("2024-03-15"), Some((2024, Some(3), Some(15))));
        for wrong in [
            "",
            "24",
            "2024-13",
            "31.02.2024",
            "2024-03-15-1",
            "20240315",
            "mars 2024",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_comma_is_a_decimal_point_and_words_are_no_number() {
        assert!(number(b"12,5").is_ok() && number(b"12.5").is_ok());
        assert_eq!(number(b"tolv"), Err(Why::NoNumber));
        assert_eq!(number(b"\xe6"), Err(Why::NoNumber));
    }
}
