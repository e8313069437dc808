//! What is said when the day is near on which answers and keys go.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::texts::number::date;
use crate::texts::{Texts, fill};

/// So many days before it is said.
const SOON: i64 = 14;

/// Returns what to say today about the day of deletion; nothing while it is far. On a laptop nobody can close the
/// evaluation: there it is told what to do with what is left.
#[must_use]
pub fn notice(delete_by: Option<Date>, today: Date, is_laptop: bool, texts: &Texts) -> Option<String> {
    let day = delete_by?;
    let life = &texts.life;
    let soon = day.checked_sub(SOON.days()).ok()?;
    let words = if today >= day {
        if is_laptop {
            &life.delete_due_laptop
        } else {
            &life.delete_due
        }
    } else if today >= soon {
        &life.delete_soon
    } else {
        return None;
    };
    Some(fill(words, &[("date", &date(day, texts.language()))]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::notice;
    use crate::domain::language::Language;
    use crate::texts::Texts;

    #[test]
    fn the_day_of_deletion_is_announced_two_weeks_before_and_called_for_from_the_day_itself() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let at = |today, is_laptop| notice(Some(date(2027, 6, 15)), today, is_laptop, &texts);
        assert_eq!(at(date(2027, 5, 31), false), None);
        assert_eq!(
            at(date(2027, 6, 1), false).as_deref(),
            Some("Svar og nøkler skal slettes 15.06.2027.")
        );
        let due = at(date(2027, 6, 15), false).unwrap();
        assert!(
            due.contains("skulle vært slettet") && due.contains("stemme close"),
            "{due}"
        );
        let due = at(date(2028, 1, 1), true).unwrap();
        assert!(
            due.contains("Lever det som er igjen") && !due.contains("close"),
            "{due}"
        );
        assert_eq!(notice(None, date(2027, 6, 15), false, &texts), None);
    }
}
