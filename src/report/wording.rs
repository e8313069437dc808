//! How a cell is said in words: the same in every format that is read by people.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::domain::language::Language;
use crate::texts::number::{decimal, percent, whole};
use crate::texts::{Texts, fill};

use super::document::{Cell, Part, Table};

/// Returns the words of a cell.
#[must_use]
pub fn cell_words(cell: &Cell, texts: &Texts) -> String {
    let language = texts.language();
    let number = |value: u32| whole(u64::from(value), language);
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Exact(count) => number(*count),
        Cell::AtMost(bound) => fill(&texts.results.at_most, &[("bound", &number(*bound))]),
        Cell::AtLeast { bound, .. } => fill(&texts.results.at_least, &[("bound", &number(*bound))]),
        Cell::Hidden => texts.results.hidden.clone(),
        Cell::Share { part, of, .. } => share_words(*part, *of, language),
        Cell::Difference { by, low, high } => fill(
            &texts.compare.points,
            &[
                ("by", &signed_points(whole_points(*by), language)),
                // Outwards, so that a bound on the other side of 0 keeps its sign.
                (
                    "low",
                    &bound(*low, |value, unit| value.div_euclid(unit), language),
                ),
                (
                    "high",
                    &bound(*high, |value, unit| -(-value).div_euclid(unit), language),
                ),
            ],
        ),
        Cell::None => texts.results.none.clone(),
    }
}

/// Returns the words of a cell as a printed table has them: beside the share of an answer stands its interval, of all
/// users where their number is known.
#[must_use]
pub fn table_words(table: &Table, cell: &Cell, texts: &Texts) -> String {
    match (table.part, cell) {
        (Part::Answers, Cell::Share { part, of, .. }) => match cell.interval() {
            Some((low, high)) => {
                let language = texts.language();
                let decimals = usize::from(*of >= 100);
                let bound = |bound: i32| decimal(f64::from(bound) / 10_000.0, decimals, language);
                fill(
                    &texts.results.share_interval,
                    &[
                        ("share", &share_words(*part, *of, language)),
                        ("low", &bound(low)),
                        ("high", &bound(high)),
                    ],
                )
            }
            None => cell_words(cell, texts),
        },
        _ => cell_words(cell, texts),
    }
}

/// Returns words in quotation marks as the language writes them; marks in the words themselves become inner ones.
#[must_use]
pub fn quoted(words: &str, language: Language) -> String {
    match language {
        Language::Bokmal | Language::Nynorsk => format!("«{}»", words.replace('«', "‘").replace('»', "’")),
        Language::English => format!("“{}”", words.replace('“', "‘").replace('”', "’")),
    }
}

/// Returns words with the apostrophes of print within them: `don’t`. Surveys and people write both kinds.
#[must_use]
pub fn curled(words: &str) -> Cow<'_, str> {
    if !words.contains('\'') {
        return Cow::Borrowed(words);
    }
    let letters: Vec<char> = words.chars().collect();
    let is_letter = |place: Option<usize>| {
        let letter = place.and_then(|place| letters.get(place));
        letter.is_some_and(|letter| letter.is_alphabetic())
    };
    let curled = letters.iter().enumerate().map(|(place, letter)| {
        let is_within = is_letter(place.checked_sub(1)) && is_letter(place.checked_add(1));
        if *letter == '\'' && is_within {
            '’'
        } else {
            *letter
        }
    });
    Cow::Owned(curled.collect())
}

/// Returns how many answered, of how many asked, as the line under a table's caption.
#[must_use]
pub fn base_words(table: &Table, texts: &Texts) -> Option<String> {
    let number = |value: u32| whole(u64::from(value), texts.language());
    let words = &texts.results;
    match (table.part, table.n, table.asked) {
        // Of hands it is said above the table.
        (Part::Hands | Part::Missing | Part::Summary | Part::Sheet, ..) => None,
        (_, Some(n), Some(asked)) => Some(fill(
            &words.answered_of,
            &[("n", &number(n)), ("asked", &number(asked))],
        )),
        (_, Some(n), None) => Some(fill(&words.answered, &[("n", &number(n))])),
        (_, None, _) => None,
    }
}

/// Returns a share as per cent: no decimals below 100 people, one from there on.
#[must_use]
pub fn share_words(part: u32, of: u32, language: Language) -> String {
    let decimals = usize::from(of >= 100);
    percent(share(part, of), decimals, language)
}

/// Returns a bound in whole points, rounded outwards. One that is not 0 and would be written so has a decimal: on which side
/// of 0 it lies is what it is read for.
fn bound(hundredths: i32, outwards: impl Fn(i32, i32) -> i32, language: Language) -> String {
    let (points, tenths) = (outwards(hundredths, 100), outwards(hundredths, 10));
    if points != 0 || tenths == 0 {
        return signed_points(points, language);
    }
    let sign = if tenths > 0 { "+" } else { "\u{2212}" };
    format!("{sign}{}", decimal(f64::from(tenths.abs()) / 10.0, 1, language))
}

/// Returns whole percentage points with their sign: `+22`, `−4`, `0`.
fn signed_points(points: i32, language: Language) -> String {
    let sign = match points {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    format!("{sign}{}", whole(u64::from(points.unsigned_abs()), language))
}

/// Returns a share, or a difference of two, in hundredths of a percentage point. Whole points made of them are those of
/// the share itself: a half that only rounding has made would be rounded a second time.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a share lies between 0 and 1, a difference between -1 and 1"
)]
pub fn hundredths(share: f64) -> i32 {
    let near = (share * 10_000.0).round() as i32;
    let whole = (share * 100.0).round() as i32;
    match whole_points(near).cmp(&whole) {
        Ordering::Greater => near - 1,
        Ordering::Less => near + 1,
        Ordering::Equal => near,
    }
}

/// Returns hundredths of a percentage point as whole points, halves away from 0.
#[must_use]
pub const fn whole_points(hundredths: i32) -> i32 {
    let half = if hundredths < 0 { -50 } else { 50 };
    (hundredths + half) / 100
}

/// Returns a share as a number from 0 to 1; 0 of nobody is 0.
#[must_use]
pub fn share(part: u32, of: u32) -> f64 {
    if of == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(of)
    }
}

#[cfg(test)]
mod tests {
    use super::{cell_words, hundredths, table_words, whole_points};
    use crate::domain::language::Language;
    use crate::report::document::{Cell, Part, Table};
    use crate::texts::Texts;

    fn answers() -> Table {
        Table {
            item: String::new(),
            name: String::new(),
            part: Part::Answers,
            question: String::new(),
            caption: String::new(),
            n: None,
            asked: None,
            columns: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_half_that_only_rounding_has_made_is_not_rounded_up_again() {
        let of = |share: f64| (hundredths(share), whole_points(hundredths(share)));
        assert_eq!(of(0.114_963_137), (1149, 11));
        assert_eq!((of(0.115), of(0.114_94)), ((1150, 12), (1149, 11)));
        assert_eq!((of(-0.114_963), of(-0.115)), ((-1149, -11), (-1150, -12)));
        assert_eq!((of(0.0), of(1.0)), ((0, 0), (10_000, 100)));
    }

    #[test]
    fn zero_hidden_coded_and_none_never_look_alike() {
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            let cells = [
                Cell::Exact(0),
                Cell::Hidden,
                Cell::None,
                Cell::AtMost(5),
                Cell::AtLeast { bound: 24, of: 29 },
            ];
            let mut words: Vec<String> = cells.iter().map(|cell| cell_words(cell, &texts)).collect();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), 5, "{words:?}");
        }
    }

    #[test]
    fn differences_have_a_sign_and_no_decimals() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let cell = Cell::Difference {
            by: 2237,
            low: -404,
            high: 31,
        };
        assert_eq!(cell_words(&cell, &texts), "+22 (\u{2212}5 til +1)");
        assert_eq!(
            cell_words(
                &Cell::Difference {
                    by: 0,
                    low: -4700,
                    high: 0
                },
                &texts
            ),
            "0 (\u{2212}47 til 0)"
        );
        let just = |low, high| Cell::Difference { by: 0, low, high };
        assert_eq!(cell_words(&just(30, 4700), &texts), "0 (+0,3 til +47)");
        assert_eq!(
            cell_words(&just(-4700, -30), &texts),
            "0 (\u{2212}47 til \u{2212}0,3)"
        );
    }

    #[test]
    fn beside_the_share_of_an_answer_stands_where_it_probably_lies() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let table = |part| Table { part, ..answers() };
        let share = |of, of_users| Cell::Share {
            part: 10,
            of,
            between: Some((256_346, 631_886)),
            of_users,
        };
        let words = |part, of, of_users| table_words(&table(part), &share(of, of_users), &texts);
        assert_eq!(words(Part::Answers, 23, None), "43\u{a0}% (26–63)");
        assert_eq!(words(Part::Answers, 100, None), "10,0\u{a0}% (25,6–63,2)");
        // The number of users is known; or all of them answered, and nothing is left to doubt.
        assert_eq!(
            words(Part::Answers, 23, Some((300_000, 590_000))),
            "43\u{a0}% (30–59)"
        );
        assert_eq!(words(Part::Answers, 23, Some((434_783, 434_783))), "43\u{a0}%");
        assert_eq!(words(Part::Rounds, 23, None), "43\u{a0}%");
    }

    #[test]
    fn a_bound_is_rounded_once() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let share = Cell::Share {
            part: 6,
            of: 25,
            between: Some((114_963, 434_288)),
            of_users: None,
        };
        // 11,4963 per cent: neither 11,50 nor 12.
        assert_eq!(table_words(&answers(), &share, &texts), "24\u{a0}% (11–43)");
    }

    #[test]
    fn per_cent_has_decimals_from_a_hundred_people_on() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let share = |part, of| Cell::Share {
            part,
            of,
            between: None,
            of_users: None,
        };
        assert_eq!(cell_words(&share(17, 23), &texts), "74\u{a0}%");
        assert_eq!(cell_words(&share(17, 123), &texts), "13,8\u{a0}%");
    }

    #[test]
    fn apostrophes_within_words_are_those_of_print() {
        assert_eq!(
            super::curled("You don't have to, 'Ada's cat'."),
            "You don’t have to, 'Ada’s cat'."
        );
        assert_eq!(super::curled("'"), "'");
    }
}
