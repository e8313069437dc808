//! What people say and write for numbers and times: "ca 12", "12,5", "mars 2024", "3/24".

use crate::domain::answer::Answer;
use crate::domain::number::Number;

/// Returns the number that was written, and whether it was said to be "about". `about` are the words for that.
#[must_use]
pub fn number(text: &str, about: &[String]) -> Option<Answer> {
    let text = text.trim().to_lowercase();
    let said_about = about
        .iter()
        .filter_map(|word| text.strip_prefix(word.as_str()))
        .find(|rest| rest.starts_with([' ', '.']) || rest.starts_with(|c: char| c.is_ascii_digit()));
    let digits = said_about.map_or(text.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
    let value: Number = digits.trim().replace(['\u{a0}', ' '], "").parse().ok()?;
    Some(Answer::Number {
        value,
        about: said_about.is_some(),
    })
}

/// Returns the day, month or year that was written. `months` are the twelve names, also recognised by their first
/// three letters; a year of two digits is one of the last hundred counted from `this_year`.
#[must_use]
pub fn date(text: &str, months: &[String], this_year: i16) -> Option<Answer> {
    let text = text.trim().to_lowercase();
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let (year, rest) = parts.split_last()?;
    let (year, rest) = match (year_of(year, this_year), rest) {
        // 2024-03, 2024-03-05
        (_, [first, between @ ..]) if first.len() == 4 && between.len() <= 1 => {
            let year = year_of(first, this_year)?;
            let mut rest: Vec<&str> = parts.get(1..).unwrap_or_default().to_vec();
            rest.reverse();
            (year, rest)
        }
        (Some(year), rest) => (year, rest.to_vec()),
        (None, _) => return None,
    };
    let (month, day) = match rest.as_slice() {
        [] => (None, None),
        [month] => (Some(month_of(month, months)?), None),
        [day, month] => (Some(month_of(month, months)?), Some(day_of(day)?)),
        _ => return None,
    };
    Some(Answer::Date { year, month, day })
}

fn year_of(text: &str, this_year: i16) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => {
            let century = this_year - this_year.rem_euclid(100);
            let year = century + year;
            Some(if year > this_year { year - 100 } else { year })
        }
        _ => None,
    }
}

fn month_of(text: &str, months: &[String]) -> Option<i8> {
    if let Ok(month) = text.parse::<i8>() {
        return (1..=12).contains(&month).then_some(month);
    }
    let short = |name: &str| name.chars().take(3).collect::<String>();
    let place = months
        .iter()
        .position(|name| text == *name || (text.chars().count() >= 3 && name.starts_with(text)))
        .or_else(|| months.iter().position(|name| text == short(name)))?;
    i8::try_from(place + 1).ok()
}

fn day_of(text: &str) -> Option<i8> {
    let day: i8 = text.parse().ok()?;
    (1..=31).contains(&day).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::{date, number};
    use crate::domain::answer::Answer;

    fn about() -> Vec<String> {
        ["ca", "cirka", "omtrent"].map(str::to_owned).to_vec()
    }

    fn months() -> Vec<String> {
        [
            "januar",
            "februar",
            "mars",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "desember",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn said(text: &str) -> Option<(String, bool)> {
        match number(text, &about())? {
            Answer::Number { value, about } => Some((value.to_string(), about)),
            _ => None,
        }
    }

    fn when(text: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
        match date(text, &months(), 2026)? {
            Answer::Date { year, month, day } => Some((year, month, day)),
            _ => None,
        }
    }

    #[test]
    fn a_number_may_be_about_so_much() {
        for text in ["ca 12", "ca. 12", "Ca12", "omtrent 12", " cirka  12 "] {
            assert_eq!(said(text), Some(("12".to_owned(), true)), "{text}");
        }
        assert_eq!(said("12,5"), Some(("12.5".to_owned(), false)));
        assert_eq!(said("1 200"), Some(("1200".to_owned(), false)));
        for text in ["", "mange", "ca", "12 ganger"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_written_in_many_ways() {
        for text in [
            "mars 2024",
            "Mar 2024",
            "3/24",
            "03.2024",
            "03/2024",
            "2024-03",
            "3 2024",
        ] {
            assert_eq!(when(text), Some((2024, Some(3), None)), "{text}");
        }
        assert_eq!(when("2024"), Some((2024, None, None)));
        assert_eq!(when("5.3.2024"), Some((2024, Some(3), Some(5))));
        assert_eq!(when("2024-03-05"), Some((2024, Some(3), Some(5))));
        assert_eq!(when("12/98"), Some((1998, Some(12), None)));
        for text in [
            "",
            "mars",
            "13/2024",
            "m 2024",
            "1.2.3.2024",
            "32.1.2024",
            "20245",
        ] {
            assert_eq!(when(text), None, "{text}");
        }
    }
}
