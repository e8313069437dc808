//! Settling a point of the checklist in an evaluation file: a value in the place of another, or on a line of its own where
//! the table has none yet.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::domain::clean_text::CleanText;
use crate::domain::localized::Localized;
use crate::store::folder::evaluation_file::{quoted, texts};

use super::{appended, replaced};

/// A point with what was settled.
#[derive(Clone, Debug)]
pub enum Settled {
    /// What it is for.
    Purpose(Localized),
    /// Who asked for it.
    Commissioner(CleanText),
    /// Whether it is quality work or research, on this day.
    Assessment(CleanText, Date),
    /// Who is the data controller, on this day.
    Controller(CleanText, Date),
    /// Why the ages of consent are as they are.
    ConsentReason(CleanText),
    /// When every number was last tried.
    Tried(Date),
    /// When answers and keys go.
    DeleteBy(Date),
}

/// Returns the file with a point settled; nothing where that cannot be done.
#[must_use]
pub fn settle(text: &str, settled: &Settled) -> Option<String> {
    let words = |words: &CleanText| quoted(words.as_str());
    let frame = |key: &str, value: &CleanText, day: &Date| {
        let edited = put(text, Some("legal_frame"), key, &words(value))?;
        put(&edited, Some("legal_frame"), "settled", &day.to_string())
    };
    match settled {
        Settled::Purpose(purpose) => put(text, None, "purpose", &texts(purpose)),
        Settled::Commissioner(name) => put(text, None, "commissioner", &words(name)),
        Settled::Assessment(said, day) => frame("assessment", said, day),
        Settled::Controller(who, day) => frame("controller", who, day),
        Settled::ConsentReason(reason) => put(text, Some("consent_policy"), "reason", &words(reason)),
        Settled::Tried(day) => tried(text, *day),
        Settled::DeleteBy(day) => put(text, None, "delete_by", &day.to_string()),
    }
}

fn tried(text: &str, day: Date) -> Option<String> {
    let count = match DeTable::parse(text).ok()?.get_ref().get("contact")?.get_ref() {
        DeValue::Array(contacts) => contacts.len(),
        _ => return None,
    };
    let mut text = text.to_owned();
    for place in 0..count {
        let edited = {
            let root = DeTable::parse(&text).ok()?;
            let contact = root.get_ref().get("contact")?.get_ref().get(place)?;
            put_in(&text, contact.get_ref().as_table()?, "checked", &day.to_string())?
        };
        text = edited;
    }
    Some(text)
}

/// Writes a key of the file, or of a table that may not be there yet.
fn put(text: &str, table: Option<&str>, key: &str, value: &str) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    let Some(table) = table else {
        return put_in(text, root.get_ref(), key, value);
    };
    match root.get_ref().get(table) {
        Some(there) => put_in(text, there.get_ref().as_table()?, key, value),
        None => {
            let edited = appended(text, &format!("[{table}]\n{key} = {value}\n"));
            DeTable::parse(&edited).is_ok().then_some(edited)
        }
    }
}

fn put_in(text: &str, table: &DeTable<'_>, key: &str, value: &str) -> Option<String> {
    if let Some(old) = table.get(key) {
        return replaced(text, &old.span(), value);
    }
    // After the last value that surely stands in the table itself, behind whatever is said on its line.
    let is_plain = |value: &DeValue<'_>| !matches!(value, DeValue::Table(_) | DeValue::Array(_));
    let plain = table.values().filter(|value| is_plain(value.get_ref()));
    let last = plain.map(|value| value.span().end).max()?;
    let rest = text.get(last..)?;
    let end = last + rest.find(['\r', '\n']).unwrap_or(rest.len());
    replaced(text, &(end..end), &format!("\n{key} = {value}"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Settled, settle};
    use crate::domain::clean_text::CleanText;
    use crate::domain::language::Language;
    use crate::domain::localized::Localized;

    const FILE: &str = r#"# for hand
made_up = false
id = "3f9c2d1ab0e44c53" # kept
mode = "anonymous"

[consent_policy]
self_from = 16 # kept, too
reason = "gammel"

[[contact]]
name = { nb = "A" }
phone = "1"

[[contact]]
name = { nb = "B" }
phone = "2"
checked = 2020-01-01
"#;

    fn line(text: &str) -> CleanText {
        CleanText::line(text)
    }

    #[test]
    fn a_point_takes_the_place_of_what_stood_there_and_comments_stay() {
        let edited = settle(FILE, &Settled::ConsentReason(line("Avklart \"i dag\""))).unwrap();
        assert_eq!(edited, FILE.replace("\"gammel\"", "\"Avklart \\\"i dag\\\"\""));
    }

    #[test]
    fn what_was_not_there_stands_on_a_line_of_its_own() {
        let purpose =
            Localized::new(Language::Bokmal, line("Bli bedre")).with(Language::English, line("Better"));
        let edited = settle(FILE, &Settled::Purpose(purpose)).unwrap();
        let wanted = "mode = \"anonymous\"\npurpose = { nb = \"Bli bedre\", en = \"Better\" }\n\n[consent";
        assert!(edited.contains(wanted), "{edited}");
        let edited = settle(FILE, &Settled::Assessment(line("Kvalitet"), date(2026, 11, 22))).unwrap();
        let wanted = "\n\n[legal_frame]\nassessment = \"Kvalitet\"\nsettled = 2026-11-22\n";
        assert!(edited.ends_with(wanted), "{edited}");
        let again = settle(
            &edited,
            &Settled::Controller(line("Klinikken"), date(2026, 12, 1)),
        )
        .unwrap();
        let wanted = "assessment = \"Kvalitet\"\nsettled = 2026-12-01\ncontroller = \"Klinikken\"\n";
        assert!(again.ends_with(wanted), "{again}");
    }

    #[test]
    fn all_numbers_are_tried_on_one_day() {
        let edited = settle(FILE, &Settled::Tried(date(2026, 11, 22))).unwrap();
        assert_eq!(edited.matches("checked = 2026-11-22").count(), 2);
        assert!(settle("made_up = false\n", &Settled::Tried(date(2026, 11, 22))).is_none());
    }
}
