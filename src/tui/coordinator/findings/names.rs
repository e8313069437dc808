//! Names in what coordinators write: everything here may be printed, and nobody is to be named in it.

use std::collections::BTreeSet;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::words_of;
use crate::domain::id::Slug;
use crate::domain::identifier::{self, Kind};
use crate::domain::workbook::Workbook;
use crate::domain::workbook::log::Stamp;
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

/// Where somebody may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// In a finding, or in what was answered to it.
    Finding(Stamp),
    /// In what was said at the conference, about a finding where there was one.
    Said(Option<Stamp>),
    /// In an action.
    Action(Stamp),
    /// In what else was changed after the round.
    Mark,
}

/// The texts of a round in which somebody may be named: findings, what was answered and said to them, actions, what else was
/// changed after it. Findings, actions and marks have the number they are told by.
fn named<'b>(book: &'b Workbook, round: &Slug, own: &BTreeSet<String>) -> Vec<(At, usize, &'b CleanText)> {
    let findings = book.findings().filter(|(_, finding)| finding.round == *round);
    let findings = (1..).zip(findings).flat_map(|(number, (stamp, finding))| {
        [&finding.text, &finding.addressee, &finding.answer]
            .map(|text| (At::Finding(stamp.clone()), number, text))
    });
    let said = book.statements().filter(|(_, said)| said.round == *round);
    let actions = book.actions().filter(|(_, action)| action.round == *round);
    let actions = (1..).zip(actions).flat_map(|(number, (stamp, action))| {
        [&action.text, &action.owner].map(|text| (At::Action(stamp.clone()), number, text))
    });
    let marks = book.alterations().filter(|(_, other)| other.round == *round);
    let marks = (1..)
        .zip(marks)
        .map(|(number, (_, other))| (At::Mark, number, &other.text));
    findings
        .chain(said.map(|(_, said)| (At::Said(said.finding.clone()), 0, &said.text)))
        .chain(actions)
        .chain(marks)
        .filter(|(.., text)| first(text.as_str(), own).is_some())
        .collect()
}

/// A text in which somebody may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where it stands.
    pub at: At,
    /// What is said of that.
    pub says: String,
    /// The text.
    pub text: CleanText,
}

/// Returns where somebody may be named in a round.
#[must_use]
pub fn told(book: &Workbook, round: &Slug, own: &BTreeSet<String>, texts: &Texts) -> Vec<Named> {
    let words = &texts.coordinator.findings;
    let sentence = |(at, number, text): (At, usize, &CleanText)| {
        let warning = warning(text.as_str(), own, texts)?;
        let says = match at {
            At::Finding(_) => &words.named_finding,
            At::Said(_) => &words.named_said,
            At::Action(_) => &words.named_action,
            At::Mark => &words.named_mark,
        };
        let number = number.to_string();
        Some(Named {
            says: fill(says, &[("number", &number), ("says", &warning)]),
            at,
            text: text.clone(),
        })
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
        let found = first("I dag skrev Nord Hansen, og Kari svarte.", &own).map(|(_, words)| words);
        assert_eq!(found, Some("Nord Hansen"));
        let found = first("Nord skriver, og Kari svarer.", &own).map(|(_, words)| words);
        assert_eq!(found, Some("Kari"));
    }
}
