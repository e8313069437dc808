//! Numbers, times and lists as each language writes them.

use jiff::civil::{Date, Time};

use crate::domain::language::Language;

/// Narrow enough not to break a line, wide enough to read.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// Returns a whole number with thousands kept apart from 10,000 on: `12 345`, in English `12,345`.
#[must_use]
pub fn whole(value: u64, language: Language) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mark = if language == Language::English {
        ','
    } else {
        NO_BREAK_SPACE
    };
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

/// Far less than anything that is said differs from a half, unless it is one.
const HARDLY_ANYTHING: f64 = 1e-9;

/// Returns a number with so many decimals, with the decimal sign of the language. Halves go away from 0, also those that a
/// binary number only comes near: 12.5 is 13, and 3.55 is 3.6.
#[must_use]
pub fn decimal(value: f64, decimals: usize, language: Language) -> String {
    let parts = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let rounded = (value.abs() * parts + 0.5 + HARDLY_ANYTHING).floor() / parts;
    let sign = if value < 0.0 && rounded > 0.0 { "-" } else { "" };
    let plain = format!("{sign}{rounded:.decimals$}");
    if language == Language::English {
        plain
    } else {
        plain.replace('.', ",")
    }
}

/// Returns a share of 0 to 1 as per cent: `42 %`, in English `42%`.
#[must_use]
pub fn percent(share: f64, decimals: usize, language: Language) -> String {
    let number = decimal(share * 100.0, decimals, language);
    if language == Language::English {
        format!("{number}%")
    } else {
        format!("{number}{NO_BREAK_SPACE}%")
    }
}

/// Returns a time of day: `14.02`, in English `14:02`.
#[must_use]
pub fn time(at: Time, language: Language) -> String {
    let mark = if language == Language::English { ':' } else { '.' };
    format!("{:02}{mark}{:02}", at.hour(), at.minute())
}

/// Returns a date in figures: `22.11.2026`, in English `2026-11-22`.
#[must_use]
pub fn date(day: Date, language: Language) -> String {
    if language == Language::English {
        format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
    } else {
        format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year())
    }
}

/// Returns a day with its month in words: "22. november 2026", in English "22 November 2026".
#[must_use]
pub fn date_in_words(day: Date, language: Language) -> String {
    let months = match language {
        Language::Bokmal | Language::Nynorsk => [
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
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    let place = usize::try_from(day.month()).unwrap_or(1).saturating_sub(1);
    let month = months.get(place).copied().unwrap_or_default();
    let dot = if language == Language::English { "" } else { "." };
    format!("{}{dot} {month} {}", day.day(), day.year())
}

/// Returns one of two texts by number: "1 utkast" and "2 utkast" differ in most words.
#[must_use]
pub const fn plural<'t>(count: u64, one: &'t str, more: &'t str) -> &'t str {
    if count == 1 { one } else { more }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use crate::domain::language::Language::{Bokmal, English};

    #[test]
    fn a_month_has_its_name_in_the_language() {
        let day = date(2026, 11, 2);
        assert_eq!(super::date_in_words(day, Bokmal), "2. november 2026");
        assert_eq!(super::date_in_words(day, English), "2 November 2026");
    }

    #[test]
    fn norwegian_writes_comma_and_spaces_and_english_point_and_commas() {
        assert_eq!(super::whole(1234, Bokmal), "1234");
        assert_eq!(super::whole(1_234_567, Bokmal), "1\u{a0}234\u{a0}567");
        assert_eq!(super::whole(12345, English), "12,345");
        assert_eq!(super::decimal(3.24, 1, Bokmal), "3,2");
        assert_eq!(super::percent(0.42, 0, Bokmal), "42\u{a0}%");
        assert_eq!(super::time(time(14, 2, 0, 0), Bokmal), "14.02");
        assert_eq!(super::date(date(2026, 1, 5), Bokmal), "05.01.2026");
    }

    #[test]
    fn halves_go_away_from_zero_also_where_a_binary_number_lies_below() {
        let one = |value: f64| super::decimal(value, 1, English);
        assert_eq!([one(201.0 / 60.0), one(213.0 / 60.0)], ["3.4", "3.6"]);
        assert_eq!([one(-3.25), one(-0.04), one(3.249_999)], ["-3.3", "0.0", "3.2"]);
        assert_eq!(super::percent(5.0 / 40.0, 0, English), "13%");
        assert_eq!(super::decimal(1e9 / 3.0, 2, English), "333333333.33");
    }
}
