//! Comparing dates that are known to the year, the month or the day.
//!
//! An answer may be `2026`, `2026-03` or `2026-03-14`, kept as that text. Compared with a coarser date, what counts
//! is the period: `start <= '2024'` holds for every day of 2024.

use crate::domain::expression::{Comparison, Expression, Value};

/// Returns the comparison of a date with a literal; `None` when the literal is no date.
pub(crate) fn compare(how: Comparison, date: Expression, literal: &str) -> Option<Expression> {
    let next = following(literal)?;
    let against = |how, word: &str| {
        Expression::Compare(
            how,
            Box::new(date.clone()),
            Box::new(Expression::Literal(Value::Word(word.to_owned()))),
        )
    };
    let both = |a, b| Expression::And(Box::new(a), Box::new(b));
    Some(match how {
        Comparison::Less => against(Comparison::Less, literal),
        Comparison::GreaterOrEqual => against(Comparison::GreaterOrEqual, literal),
        Comparison::LessOrEqual => against(Comparison::Less, &next),
        Comparison::Greater => against(Comparison::GreaterOrEqual, &next),
        Comparison::Equal => both(
            against(Comparison::GreaterOrEqual, literal),
            against(Comparison::Less, &next),
        ),
        Comparison::NotEqual => Expression::Not(Box::new(both(
            against(Comparison::GreaterOrEqual, literal),
            against(Comparison::Less, &next),
        ))),
    })
}

/// Returns the beginning of the period after this one, in the same precision.
fn following(literal: &str) -> Option<String> {
    let mut parts = literal.split('-');
    let year = digits(parts.next()?, 4)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() || !(1900..=2100).contains(&year) {
        return None;
    }
    let Some(month) = month else {
        return Some(format!("{:04}", year + 1));
    };
    let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
    let Some(day) = day else {
        return Some(if month == 12 {
            format!("{:04}-01", year + 1)
        } else {
            format!("{year:04}-{:02}", month + 1)
        });
    };
    let day = digits(day, 2)?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    date.tomorrow().ok().map(|date| date.to_string())
}

fn digits(text: &str, length: usize) -> Option<u16> {
    let shaped = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| shaped)
}

#[cfg(test)]
mod tests {
    use super::following;

    #[test]
    fn a_period_is_followed_by_the_next_of_the_same_length() {
        assert_eq!(following("2024").as_deref(), Some("2025"));
        assert_eq!(following("2024-12").as_deref(), Some("2025-01"));
        assert_eq!(following("2024-02-29").as_deref(), Some("2024-03-01"));
        for wrong in [
            "24",
            "2024-13",
            "2024-02-30",
            "mars 2024",
            "2024-1",
            "2024-01-01-01",
        ] {
            assert_eq!(following(wrong), None, "{wrong}");
        }
    }
}
