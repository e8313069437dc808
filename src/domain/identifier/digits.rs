//! Numbers a person can be found by: telephone, identity number, dates, other long numbers.

use std::ops::Range;

use super::{Found, Kind};

/// Digits that stand together, and what comes after them.
struct Group {
    place: Range<usize>,
    /// Whether one space, hyphen or the like, and nothing else, leads to the next group.
    leads_on: Option<char>,
    /// Whether a plus stands before.
    plus: bool,
    /// Whether letters or a decimal mark touch it.
    part_of_more: bool,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = groups.get(at..).filter(|rest| !rest.is_empty()) {
        match read(text, rest) {
            Some((found_here, taken)) => {
                found.push(found_here);
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

fn groups(text: &str) -> Vec<Group> {
    let bytes = text.as_bytes();
    let mut groups: Vec<Group> = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((from, c)) = characters.next() {
        if !c.is_ascii_digit() {
            before = c;
            continue;
        }
        let mut to = from + 1;
        while characters.next_if(|(_, c)| c.is_ascii_digit()).is_some() {
            to += 1;
        }
        let next = characters.peek().map_or(' ', |(_, c)| *c);
        let then = bytes.get(to + next.len_utf8()).copied().unwrap_or(b' ');
        let decimal = next == ',' && then.is_ascii_digit();
        let decimals = before == ',' && groups.last().is_some_and(|last| last.place.end + 1 == from);
        groups.push(Group {
            place: from..to,
            leads_on: (matches!(next, ' ' | '\u{a0}' | '-' | '.' | '/' | '–') && then.is_ascii_digit())
                .then_some(next),
            plus: before == '+',
            part_of_more: before.is_alphabetic() || before == '_' || decimal || decimals,
        });
        before = '0';
    }
    groups
}

/// Reads what begins with the first of these groups, and how many of them it takes.
fn read(text: &str, groups: &[Group]) -> Option<(Found, usize)> {
    let first = groups.first()?;
    if first.part_of_more {
        return None;
    }
    let upto = |kind: Kind, taken: usize| {
        let end = groups.get(taken.checked_sub(1)?)?.place.end;
        let place = first.place.start - usize::from(first.plus)..end;
        Some((Found { kind, place }, taken))
    };
    if let Some(taken) = numeric_date(text, groups) {
        return upto(Kind::Date, taken);
    }
    if day_and_month(text, groups) {
        return upto(Kind::Date, 2);
    }
    if let Some(place) = written_date(text, first) {
        let kind = Kind::Date;
        return Some((Found { kind, place }, 1));
    }
    let together = run(groups);
    let lengths: Vec<usize> = groups
        .get(..together)?
        .iter()
        .map(|group| group.place.len())
        .collect();
    for taken in (1..=together).rev() {
        let part = lengths.get(..taken)?;
        let digits: Vec<u8> = groups
            .get(..taken)?
            .iter()
            .flat_map(|group| text.as_bytes().get(group.place.clone()).unwrap_or_default())
            .map(|digit| digit - b'0')
            .collect();
        let total = digits.len();
        let abroad = first.plus || digits.starts_with(&[0, 0]);
        let national = digits.first().is_some_and(|digit| *digit >= 2);
        let kind = if matches!(part, [11] | [6, 5]) && is_identity_number(&digits) {
            Some(Kind::IdentityNumber)
        } else if abroad && (9..=15).contains(&total)
            || national && matches!(part, [8] | [3, 2, 3] | [2, 2, 2, 2] | [3, 5])
        {
            Some(Kind::Phone)
        } else if taken == 1 && total >= 8 || matches!(part, [4, 2, 5] | [6, 5]) {
            Some(Kind::LongNumber)
        } else {
            None
        };
        if let Some(kind) = kind {
            return upto(kind, taken);
        }
    }
    None
}

/// How many groups stand in a row as the groups of one number do: with the same mark between them.
fn run(groups: &[Group]) -> usize {
    let longest = 6;
    let mark = groups.first().and_then(|first| first.leads_on);
    let joined = groups
        .iter()
        .take(longest)
        .take_while(|group| {
            matches!(group.leads_on, Some(' ' | '\u{a0}' | '-' | '.')) && group.leads_on == mark
        })
        .count();
    (joined + 1).min(groups.len()).min(longest)
}

fn number(text: &str, group: &Group) -> Option<u32> {
    text.get(group.place.clone())?.parse().ok()
}

/// A date in three numbers: 12.03.2019, 12/3-19, 2019-03-12.
fn numeric_date(text: &str, groups: &[Group]) -> Option<usize> {
    let [a, b, c, ..] = groups else {
        return None;
    };
    let mark = |group: &Group| matches!(group.leads_on, Some('.' | '/' | '-'));
    if !mark(a) || !mark(b) {
        return None;
    }
    let (x, y, z) = (number(text, a)?, number(text, b)?, number(text, c)?);
    let day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let year = |group: &Group, year: u32| match group.place.len() {
        2 => true,
        4 => (1900..=2099).contains(&year),
        _ => false,
    };
    let short = |group: &Group| group.place.len() <= 2;
    let small_first = short(a) && short(b) && (day(x, y) || day(y, x)) && year(c, z);
    let large_first = a.place.len() == 4 && year(a, x) && short(b) && short(c) && day(z, y);
    (small_first || large_first).then_some(3)
}

/// A day and a month in numbers, said as one: den 3/4, den 3.4. By themselves they may be anything.
fn day_and_month(text: &str, groups: &[Group]) -> bool {
    let [day, month, ..] = groups else {
        return false;
    };
    let before = text.get(..day.place.start).unwrap_or_default();
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
    let is_said = before.ends_with(' ')
        && word.is_some_and(|word| ["den", "the"].contains(&word.to_lowercase().as_str()));
    let within = |group: &Group, most: u32| {
        group.place.len() <= 2 && number(text, group).is_some_and(|number| (1..=most).contains(&number))
    };
    is_said && matches!(day.leads_on, Some('.' | '/')) && within(day, 31) && within(month, 12)
}

const MONTHS: &[&str] = &[
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
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "october",
    "december",
    "jan",
    "feb",
    "apr",
    "aug",
    "sep",
    "sept",
    "okt",
    "oct",
    "nov",
    "des",
    "dec",
];

fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    MONTHS.contains(&word.as_str())
}

/// A day and a month in words, with the year where it follows: 12. mars 2019, 12th of March, March 12.
fn written_date(text: &str, first: &Group) -> Option<Range<usize>> {
    let day: u32 = number(text, first)?;
    if first.place.len() > 2 || !(1..=31).contains(&day) {
        return None;
    }
    let mut rest = text.get(first.place.end..)?;
    for part in ["st", "nd", "rd", "th", ".", " ", "\u{a0}", "of "] {
        rest = rest.strip_prefix(part).unwrap_or(rest);
    }
    let word = rest
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    if is_month(word) {
        let end = text.len() - rest.len() + word.len();
        return Some(first.place.start..with_year(text, end));
    }
    // "i mars 2 ganger" is no date: the month comes first only where English is written, with a capital.
    let before = text.get(..first.place.start)?.strip_suffix(' ')?;
    let month = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let english = MONTHS_FIRST.contains(&month);
    (english && word.is_empty()).then(|| before.len() - month.len()..with_year(text, first.place.end))
}

const MONTHS_FIRST: &[&str] = &[
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
];

/// Returns where a date that ends here ends together with its year.
fn with_year(text: &str, end: usize) -> usize {
    let after = text.get(end..).unwrap_or_default();
    let year = after.trim_start_matches('.').trim_start_matches([' ', ',']);
    let digits = year.chars().take_while(char::is_ascii_digit).count();
    let gap = after.len() - year.len();
    if digits == 4 && (1..=2).contains(&gap) {
        end + gap + digits
    } else {
        end
    }
}

/// Whether eleven digits are a Norwegian identity number: date and both check digits. Numbers of people without
/// residence (day + 40) and of test people (month + 40, 65 or 80) count.
fn is_identity_number(digits: &[u8]) -> bool {
    const FIRST: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
    const SECOND: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let sum = |weights: &[u32]| -> u32 {
        weights
            .iter()
            .zip(digits)
            .map(|(weight, digit)| weight * u32::from(*digit))
            .sum()
    };
    let [d1, d2, m1, m2, ..] = digits else {
        return false;
    };
    let day = (d1 * 10 + d2) % 40;
    let month = m1 * 10 + m2;
    let month = [80, 65, 40]
        .into_iter()
        .find(|more| month > *more)
        .map_or(month, |more| month - more);
    digits.len() == 11
        && (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && sum(&FIRST) % 11 == 0
        && sum(&SECOND) % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::domain::identifier::Kind;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        find(text)
            .into_iter()
            .map(|found| (found.kind, text.get(found.place).unwrap()))
            .collect()
    }

    #[test]
    fn telephone_numbers_as_people_write_them() {
        for phone in [
            "91234567",
            "912 34 567",
            "91 23 45 67",
            "+47 912 34 567",
            "004791234567",
            "22-33-44-55",
            "+46 70 123 45 67",
        ] {
            assert_eq!(found(&format!("Ring {phone} da.")), [(Kind::Phone, phone)]);
        }
    }

    #[test]
    fn numbers_of_everyday_are_nothing() {
        for text in [
            "i 2019 og 2020",
            "2019 2020",
            "12 ganger på 3 uker",
            "fra 0 til 10",
            "ring 113 eller 116 117",
            "116 111",
            "1 000 000 kroner",
            "klokka 14.30",
            "15-16 år",
            "1/2",
            "3/24",
            "kl. 08.15",
            "12,5 timer",
            "1200 kr",
            "uke 34-36",
            "10 000 skritt",
            "side 1-2-3 av 99",
            "8. klasse",
            "9 av 10",
            "kl. 20.30-21.30",
            "20 000 000 kroner",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn an_identity_number_needs_its_check_digits() {
        // A test person of the authorities: the month is 80 more.
        assert_eq!(found("Nr 13887098730 ok"), [(Kind::LongNumber, "13887098730")]);
        for valid in identity_numbers() {
            assert_eq!(found(&valid), [(Kind::IdentityNumber, valid.as_str())]);
            let (date, rest) = valid.split_at(6);
            let spaced = format!("{date} {rest}");
            assert_eq!(found(&spaced), [(Kind::IdentityNumber, spaced.as_str())]);
            let last = valid.as_bytes()[10] - b'0';
            let wrong = format!("{}{}", valid.split_at(10).0, (last + 1) % 10);
            assert_eq!(found(&wrong), [(Kind::LongNumber, wrong.as_str())]);
        }
    }

    /// Numbers made by the published rule, of test people only.
    fn identity_numbers() -> Vec<String> {
        let check = |digits: &[u32], weights: &[u32]| {
            let sum: u32 = digits.iter().zip(weights).map(|(a, b)| a * b).sum();
            (11 - sum % 11) % 11
        };
        let mut valid = Vec::new();
        for (day, month, year, serial) in [
            (1, 81, 10, 500),
            (55, 92, 5, 700),
            (31, 81, 8, 612),
            (9, 85, 99, 123),
        ] {
            for serial in serial..serial + 20 {
                let text = format!("{day:02}{month:02}{year:02}{serial:03}");
                let mut digits: Vec<u32> = text.chars().map(|c| c.to_digit(10).unwrap()).collect();
                let first = check(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2]);
                digits.push(first);
                let second = check(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
                if first < 10 && second < 10 {
                    valid.push(format!("{text}{first}{second}"));
                }
            }
        }
        assert!(valid.len() > 40);
        valid
    }

    #[test]
    fn dates_with_a_day_in_them() {
        for date in [
            "12.03.2019",
            "12/3-19",
            "2019-03-12",
            "1.1.2010",
            "12. mars 2019",
            "12. mars",
            "3 mai",
            "12th of March",
            "March 12, 2019",
            "3/4",
            "3.4",
        ] {
            let text = format!("den {date}, fikk jeg");
            assert_eq!(found(&text), [(Kind::Date, date)], "{text}");
        }
        for text in [
            "mars 2019",
            "i 2019",
            "3/24",
            "03.2024",
            "99.99.2019",
            "i mars 2 ganger",
            "3/4 av dem",
            "den 3/24",
            "den 3.14 jeg lærte",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn other_long_numbers_are_long_numbers() {
        assert_eq!(
            found("konto 1234 56 78901"),
            [(Kind::LongNumber, "1234 56 78901")]
        );
        assert_eq!(found("sak 123456789"), [(Kind::LongNumber, "123456789")]);
        assert_eq!(found("3,14159265358"), []);
    }
}
