//! Names in what coordinators write: everything here may be printed, and nobody is to be named in it.

use std::collections::BTreeSet;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::words_of;
use crate::domain::id::Slug;
use crate::domain::identifier::{self, Kind};
use crate::domain::workbook::Workbook;
use crate::texts::{Texts, fill};

/// Returns the first words of a text that look as if they named somebody, and what they look like. Places and days are
/// none here: a finding may well be about a site and a spring. Nor are the `own` words of the evaluation: a clinic may be called
/// what people are called, too.
fn first<'t>(text: &'t str, own: &BTreeSet<String>) -> Option<(Kind, &'t str)> {
    identifier::find(text).into_iter().find_map(|found| {
        let named = text.get(found.place)?;
        let is_own = found.kind == Kind::Name && words_of(named).all(|word| own.contains(&word));
        let is_none = is_own || matches!(found.kind, Kind::Place | Kind::School | Kind::Date);
        (!is_none).then_some((found.kind, named))
    })
}

/// Returns what is said of a text in which somebody may be named.
#[must_use]
pub fn warning(text: &str, own: &BTreeSet<String>, texts: &Texts) -> Option<String> {
    let (kind, words) = first(text, own)?;
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
fn named<'b>(book: &'b Workbook, round: &Slug, own: &BTreeSet<String>) -> Vec<(Place, &'b CleanText)> {
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
        .filter(|(_, text)| first(text.as_str(), own).is_some())
        .collect()
}

/// Returns in how many texts of a round somebody may be named.
#[must_use]
pub fn count(book: &Workbook, round: &Slug, own: &BTreeSet<String>) -> usize {
    named(book, round, own).len()
}

/// Returns where somebody may be named in a round, a sentence each.
#[must_use]
pub fn told(book: &Workbook, round: &Slug, own: &BTreeSet<String>, texts: &Texts) -> Vec<String> {
    let words = &texts.coordinator.findings;
    let sentence = |(place, text): (Place, &CleanText)| {
        let warning = warning(text.as_str(), own, texts)?;
        let (says, number) = match place {
            Place::Finding(number) => (&words.named_finding, number),
            Place::Said => (&words.named_said, 0),
            Place::Action(number) => (&words.named_action, number),
            Place::Mark(number) => (&words.named_mark, number),
        };
        let number = number.to_string();
        Some(fill(says, &[("number", &number), ("says", &warning)]))
    };
    let all = named(book, round, own).into_iter();
    all.filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::first;

    #[test]
    fn a_person_is_found_and_a_site_or_a_day_is_not() {
        let none = BTreeSet::new();
        assert_eq!(
            first("Ola Nordmann sa det", &none).map(|(_, words)| words),
            Some("Ola Nordmann")
        );
        assert_eq!(
            first("Mange vil slippe å vente i Bergen fra 15.05.2027.", &none),
            None
        );
    }

    #[test]
    fn a_site_that_is_called_as_people_are_is_no_name_and_a_person_called_as_it_is_one() {
        let own = BTreeSet::from(["poliklinikk".to_owned(), "nord".to_owned()]);
        assert_eq!(first("Nord skriver brev før første time.", &own), None);
        let found = first("Nord Hansen skriver, og Kari svarer.", &own).map(|(_, words)| words);
        assert_eq!(found, Some("Nord Hansen"));
        let found = first("Nord skriver, og Kari svarer.", &own).map(|(_, words)| words);
        assert_eq!(found, Some("Kari"));
    }
}
