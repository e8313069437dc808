//! Quotes and brackets at the workbench.

use std::collections::BTreeSet;
use std::fmt;

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::identifier;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::log::{Change, Stamp};
use crate::domain::workbook::marks::QuoteMarks;
use crate::domain::workbook::quote::{Place, QuoteMark};
use crate::store::quote_marks::quote_marks;

use super::answers::MayQuote;
use super::{OpenAnswer, Workbench};

/// Everything that bears on whether a quote can stand. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq)]
pub struct QuoteFacts {
    /// Its name.
    pub quote: Stamp,
    /// The survey it was said in.
    pub survey: Slug,
    /// In which answer.
    pub answer: AnswerRef,
    /// Which quote of that answer: where it begins.
    pub number: u16,
    /// The theme it stands under, as it is called now.
    pub theme: Id,
    /// The words as they would stand, with what is bracketed, or the other words in their place.
    pub words: CleanText,
    /// Whether they are other words than were said.
    pub is_rewritten: bool,
    /// Whether the words may be quoted.
    pub may_quote: MayQuote,
    /// Whether a group said it.
    pub is_group: bool,
    /// Whether everything in it that looks like an identifier was decided on.
    pub searched: bool,
    /// Who has read it and found it fit to stand.
    pub reviewers: BTreeSet<Id>,
    /// Who has found it unfit.
    pub rejected_by: BTreeSet<Id>,
    /// What it is recognised by once it is released.
    pub marks: QuoteMarks,
}

impl fmt::Debug for QuoteFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QuoteFacts({:?})", self.quote)
    }
}

impl Workbench {
    /// Returns every quote that is marked, oldest first, as far as its answer is there.
    #[must_use]
    pub fn quotes(&self) -> Vec<QuoteFacts> {
        let marked = self.book().quotes();
        marked
            .filter_map(|(stamp, quote)| self.facts(stamp, quote))
            .collect()
    }

    /// Returns the quotes that are marked in an answer, oldest first.
    #[must_use]
    pub fn quotes_of(&self, answer: &AnswerRef) -> Vec<QuoteFacts> {
        let marked = self.book().quotes().filter(|(_, quote)| quote.answer == *answer);
        marked
            .filter_map(|(stamp, quote)| self.facts(stamp, quote))
            .collect()
    }

    fn facts(&self, stamp: &Stamp, quote: &QuoteMark) -> Option<QuoteFacts> {
        let question = self.questions().iter().find(|question| {
            question
                .answer(&quote.answer)
                .is_some_and(|own| own.answer == quote.answer)
        })?;
        let answer = question.answer(&quote.answer)?;
        let theme = self.book().theme(&quote.theme)?;
        let mut interviews = self.interviews().iter();
        let head = interviews.find(|head| head.interview == quote.answer.interview)?;
        let number = u16::try_from(quote.place.from).unwrap_or(u16::MAX);
        let (words, open) = match &quote.other_words {
            Some(words) => (words.clone(), !identifier::find(words.as_str()).is_empty()),
            None => (
                self.book().shown(&quote.answer, &answer.words, quote.place),
                self.undecided(answer).any(|found| found.place.meets(quote.place)),
            ),
        };
        Some(QuoteFacts {
            quote: stamp.clone(),
            survey: question.survey.clone(),
            answer: quote.answer.clone(),
            number,
            theme: theme.id.clone(),
            marks: quote_marks(head.secret, &quote.answer, number, &words),
            words,
            is_rewritten: quote.other_words.is_some(),
            may_quote: answer.may_quote,
            is_group: answer.is_group,
            searched: !open,
            reviewers: quote.approved_by().cloned().collect(),
            rejected_by: quote.rejected_by().cloned().collect(),
        })
    }

    /// Marks words as a quote under a theme. Nothing where there are none at that place.
    pub fn mark_quote(&mut self, answer: &AnswerRef, place: Place, theme: &Id) -> Option<Stamp> {
        let place = self.place_in(self.answer(answer)?, place)?;
        let theme = self.book().theme(theme)?.id.clone();
        let answer = answer.clone();
        Some(self.does(Change::Quote { answer, place, theme }))
    }

    /// Tells a quote in other words; as it was said where there are none.
    pub fn reword_quote(&mut self, quote: &Stamp, words: &str) {
        let Some(answer) = self.book().quote(quote).map(|quote| quote.answer.clone()) else {
            return;
        };
        let (quote, words) = (quote.clone(), CleanText::line(words.trim()));
        self.does(Change::QuoteWords { quote, answer, words });
    }

    /// Says that somebody has read a quote: it gives nobody away, nor what was answered to a closed question, or it does.
    pub fn review_quote(&mut self, quote: &Stamp, fit: bool) {
        let quote = quote.clone();
        self.does(Change::QuoteReviewed { quote, fit });
    }

    /// Takes a mark away.
    pub fn drop_quote(&mut self, quote: &Stamp) {
        let quote = quote.clone();
        self.does(Change::QuoteDropped { quote });
    }

    /// Puts a quote under another theme.
    pub fn move_quote(&mut self, quote: &Stamp, theme: &Id) {
        let (quote, theme) = (quote.clone(), theme.clone());
        self.does(Change::QuoteTheme { quote, theme });
    }

    /// Shows words as another word in brackets. Nothing where there are none at that place, or no word.
    pub fn bracket(&mut self, answer: &AnswerRef, place: Place, word: &str) -> Option<Stamp> {
        let place = self.place_in(self.answer(answer)?, place)?;
        let word = CleanText::line(word.trim().trim_matches(['[', ']']));
        if word.is_blank() {
            return None;
        }
        let answer = answer.clone();
        Some(self.does(Change::Bracket { answer, place, word }))
    }

    /// Shows words as they were said again.
    pub fn unbracket(&mut self, bracket: &Stamp) {
        let bracket = bracket.clone();
        self.does(Change::BracketDropped { bracket });
    }

    /// Says that what looks like an identifier is none.
    pub fn no_name(&mut self, answer: &AnswerRef, place: Place) {
        let answer = answer.clone();
        self.does(Change::NoName { answer, place });
    }

    /// A place as far as there are words, without white space at its ends.
    fn place_in(&self, answer: &OpenAnswer, place: Place) -> Option<Place> {
        let characters: Vec<char> = answer.words.as_str().chars().collect();
        let at = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(characters.len());
        let (mut from, mut to) = (at(place.from), at(place.to));
        let is_blank = |place: usize| characters.get(place).is_some_and(|c| c.is_whitespace());
        while from < to && is_blank(from) {
            from += 1;
        }
        while from < to && is_blank(to - 1) {
            to -= 1;
        }
        (from < to).then(|| Place {
            from: u32::try_from(from).unwrap_or(u32::MAX),
            to: u32::try_from(to).unwrap_or(u32::MAX),
        })
    }
}

impl OpenAnswer {
    /// Returns where words stand in the answer, the first time they do.
    #[must_use]
    pub fn place_of(&self, words: &str) -> Option<Place> {
        let words = words.trim();
        let text = self.words.as_str();
        let from = text.find(words).filter(|_| !words.is_empty())?;
        let before = text.get(..from)?.chars().count();
        Some(Place {
            from: u32::try_from(before).ok()?,
            to: u32::try_from(before + words.chars().count()).ok()?,
        })
    }
}
