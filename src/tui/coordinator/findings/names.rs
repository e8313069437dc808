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
pub(super) fn warning(text: &str, texts: &Texts) -> Option<String> {
    let (kind, words) = first(text)?;
    let what = &texts.interview.writing.suggestion(kind).what;
    let says = &texts.coordinator.findings.may_name;
    Some(fill(says, &[("words", words), ("what", what)]))
}

/// Returns in how many texts of a round somebody may be named: findings, what was answered and said to them, actions.
#[must_use]
pub fn count(book: &Workbook, round: &Slug) -> usize {
    let findings = book.findings().filter(|(_, finding)| finding.round == *round);
    let findings = findings.flat_map(|(_, finding)| [&finding.text, &finding.addressee, &finding.answer]);
    let said = book.statements().filter(|(_, said)| said.round == *round);
    let actions = book.actions().filter(|(_, action)| action.round == *round);
    let actions = actions.flat_map(|(_, action)| [&action.text, &action.owner]);
    findings
        .chain(said.map(|(_, said)| &said.text))
        .chain(actions)
        .map(CleanText::as_str)
        .filter(|text| first(text).is_some())
        .count()
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
