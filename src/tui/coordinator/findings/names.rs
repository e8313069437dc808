//! Names in what coordinators write: everything here may be printed, and nobody is to be named in it.

use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::domain::identifier::{self, Kind};
use crate::domain::workbook::Workbook;
use crate::texts::{Texts, fill};

/// Returns the first words of a text that look as if they named somebody, and what they look like. Places and days are
/// none here: a finding may well be about a site and a spring.
fn first(text: &str) -> Option<(Kind, &str)> {
    let mut found = identifier::find(text).into_iter();
    let named = found.find(|found| !matches!(found.kind, Kind::Place | Kind::School | Kind::Date))?;
    Some((named.kind, text.get(named.place)?))
}

/// Returns what is said of a text in which somebody may be named.
#[must_use]
pub fn warning(text: &str, texts: &Texts) -> Option<String> {
    let (kind, words) = first(text)?;
    let what = &texts.interview.writing.suggestion(kind).what;
    let says = &texts.coordinator.findings.may_name;
    Some(fill(says, &[("words", words), ("what", what)]))
}

/// A text in which somebody may be named, and where it stands: which finding or action, in the order they are told, or what was
/// said at the conference.
#[derive(Clone, Copy)]
enum Place {
    Finding(usize),
    Said,
    Action(usize),
    Mark(usize),
}

/// The texts of a round in which somebody may be named: findings, what was answered and said to them, actions, what else was
/// changed after it.
fn named<'b>(book: &'b Workbook, round: &Slug) -> Vec<(Place, &'b CleanText)> {
    let findings = book.findings().filter(|(_, finding)| finding.round == *round);
    let findings = (1..).zip(findings).flat_map(|(number, (_, finding))| {
        [&finding.text, &finding.addressee, &finding.answer].map(|text| (Place::Finding(number), text))
    });
    let said = book.statements().filter(|(_, said)| said.round == *round);
    let actions = book.actions().filter(|(_, action)| action.round == *round);
    let actions = (1..).zip(actions).flat_map(|(number, (_, action))| {
        [&action.text, &action.owner].map(|text| (Place::Action(number), text))
    });
    let marks = book.alterations().filter(|(_, other)| other.round == *round);
    let marks = (1..)
        .zip(marks)
        .map(|(number, (_, other))| (Place::Mark(number), &other.text));
    findings
        .chain(said.map(|(_, said)| (Place::Said, &said.text)))
        .chain(actions)
        .chain(marks)
        .filter(|(_, text)| first(text.as_str()).is_some())
        .collect()
}

/// Returns in how many texts of a round somebody may be named.
#[must_use]
pub fn count(book: &Workbook, round: &Slug) -> usize {
    named(book, round).len()
}

/// Returns where somebody may be named in a round, a sentence each.
#[must_use]
pub fn told(book: &Workbook, round: &Slug, texts: &Texts) -> Vec<String> {
    let words = &texts.coordinator.findings;
    let sentence = |(place, text): (Place, &CleanText)| {
        let warning = warning(text.as_str(), texts)?;
        let (says, number) = match place {
            Place::Finding(number) => (&words.named_finding, number),
            Place::Said => (&words.named_said, 0),
            Place::Action(number) => (&words.named_action, number),
            Place::Mark(number) => (&words.named_mark, number),
        };
        let number = number.to_string();
        Some(fill(says, &[("number", &number), ("says", &warning)]))
    };
    named(book, round).into_iter().filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn a_person_is_found_and_a_site_or_a_day_is_not() {
        assert_eq!(
            first("Ola Nordmann sa det").map(|(_, words)| words),
            Some("Ola Nordmann")
        );
        assert_eq!(first("Mange vil slippe å vente i Bergen fra 15.05.2027."), None);
    }
}
