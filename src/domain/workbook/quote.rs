//! Quotes, and words that could tell who somebody is: both are places in an answer.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::log::Stamp;
use super::{AnswerRef, Workbook};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;

/// A place in an answer, in characters: from one, up to but without another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The first character.
    pub from: u32,
    /// The first one after it.
    pub to: u32,
}

impl Place {
    /// Returns whether two places have a character in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// Words worth quoting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteMark {
    /// In which answer.
    pub answer: AnswerRef,
    /// Where in it.
    pub place: Place,
    /// The theme they stand under.
    pub theme: Id,
    /// Other words that are told in their place.
    pub other_words: Option<CleanText>,
    /// Who has read them, and whether they found them fit to stand.
    pub reviews: BTreeMap<Id, bool>,
}

impl QuoteMark {
    /// Returns who found them fit; nobody as long as somebody did not.
    pub fn approved_by(&self) -> impl Iterator<Item = &Id> {
        let all = self.reviews.values().all(|fit| *fit);
        self.reviews.keys().filter(move |_| all)
    }

    /// Returns who found them unfit.
    pub fn rejected_by(&self) -> impl Iterator<Item = &Id> {
        let unfit = self.reviews.iter().filter(|(_, fit)| !**fit);
        unfit.map(|(coder, _)| coder)
    }
}

/// Words shown as others.
#[derive(Clone, PartialEq, Eq)]
pub struct Bracket {
    /// In which answer.
    pub answer: AnswerRef,
    /// Where in it.
    pub place: Place,
    /// What is shown, without the brackets: a word for what it is ("en behandler").
    pub word: CleanText,
}

/// Shows no word.
impl fmt::Debug for Bracket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bracket({:?})", self.place)
    }
}

impl Workbook {
    /// Returns the quotes, oldest first.
    pub fn quotes(&self) -> impl Iterator<Item = (&Stamp, &QuoteMark)> {
        self.quotes.iter()
    }

    /// Returns a quote.
    #[must_use]
    pub fn quote(&self, quote: &Stamp) -> Option<&QuoteMark> {
        self.quotes.get(quote)
    }

    /// Returns the words that are shown as others in an answer, by place. Where two meet, the newer holds.
    #[must_use]
    pub fn brackets_of(&self, answer: &AnswerRef) -> Vec<(&Stamp, &Bracket)> {
        let mut holding: Vec<(&Stamp, &Bracket)> = Vec::new();
        let own = self.bracketed.get(answer).into_iter().flatten().rev();
        for (stamp, bracket) in own.filter_map(|stamp| self.brackets.get_key_value(stamp)) {
            let is_free = !holding.iter().any(|(_, newer)| newer.place.meets(bracket.place));
            if is_free {
                holding.push((stamp, bracket));
            }
        }
        holding.sort_by_key(|(_, bracket)| bracket.place);
        holding
    }

    /// Returns whether somebody said that what looks like a name here is none.
    #[must_use]
    pub fn is_no_name(&self, answer: &AnswerRef, place: Place) -> bool {
        self.no_names.contains(&(answer.clone(), place))
    }

    /// Returns the words at a place in an answer as they are shown, with what is bracketed. A bracket that begins
    /// before the place or ends after it is shown whole: half a name may be enough.
    #[must_use]
    pub fn shown(&self, answer: &AnswerRef, text: &CleanText, place: Place) -> CleanText {
        let characters: Vec<char> = text.as_str().chars().collect();
        let said = |from: u32, to: u32| -> String {
            let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(characters.len());
            characters
                .get(place(from)..place(to))
                .map(|said| said.iter().collect())
                .unwrap_or_default()
        };
        let mut shown = String::new();
        let mut next = place.from;
        for (_, bracket) in self.brackets_of(answer) {
            if bracket.place.meets(place) {
                shown.push_str(&said(next, bracket.place.from));
                shown.push('[');
                shown.push_str(bracket.word.as_str());
                shown.push(']');
                next = bracket.place.to.max(next);
            }
        }
        shown.push_str(&said(next, place.to));
        CleanText::block(&shown)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::domain::clean_text::CleanText;
    use crate::domain::workbook::Workbook;
    use crate::domain::workbook::log::{Change, Log, Stamp};
    use crate::domain::workbook::theme::tests::{answer, id};

    fn bracket(log: &mut Log, from: u32, to: u32, word: &str) -> Stamp {
        let change = Change::Bracket {
            answer: answer(1),
            place: Place { from, to },
            word: CleanText::line(word),
        };
        log.add(&id("a"), 1, change).stamp
    }

    fn shown(log: &Log, from: u32, to: u32) -> String {
        let text = CleanText::line("Øya? Kari så på meg.");
        let workbook = Workbook::of([], log);
        workbook.shown(&answer(1), &text, Place { from, to }).to_string()
    }

    #[test]
    fn bracketed_words_stand_in_every_quote_that_touches_them() {
        let mut log = Log::default();
        bracket(&mut log, 5, 9, "en behandler");
        assert_eq!(shown(&log, 0, 99), "Øya? [en behandler] så på meg.");
        assert_eq!(shown(&log, 7, 12), "[en behandler] så");
        assert_eq!(shown(&log, 0, 7), "Øya? [en behandler]");
        assert_eq!(shown(&log, 10, 15), "så på");
    }

    #[test]
    fn where_brackets_meet_the_newer_holds_until_it_is_taken_back() {
        let mut log = Log::default();
        bracket(&mut log, 5, 9, "navn");
        let newer = bracket(&mut log, 0, 9, "sted og navn");
        assert_eq!(shown(&log, 0, 12), "[sted og navn] så");
        log.add(&id("a"), 1, Change::TakenBack { event: newer });
        assert_eq!(shown(&log, 0, 12), "Øya? [navn] så");
    }

    #[test]
    fn a_quote_somebody_found_unfit_is_approved_by_nobody() {
        let mut log = Log::default();
        let change = Change::Quote {
            answer: answer(1),
            place: Place { from: 0, to: 3 },
            theme: id("venting"),
        };
        let quote = log.add(&id("a"), 1, change).stamp;
        let review = |log: &mut Log, coder: &str, fit| {
            let quote = quote.clone();
            log.add(&id(coder), 1, Change::QuoteReviewed { quote, fit });
            let workbook = Workbook::of([], log);
            let approved = workbook.quotes().map(|(_, quote)| quote.approved_by().count());
            approved.sum::<usize>()
        };
        assert_eq!(review(&mut log, "a", true), 1);
        assert_eq!(review(&mut log, "b", false), 0);
        assert_eq!(review(&mut log, "b", true), 2);
    }
}
