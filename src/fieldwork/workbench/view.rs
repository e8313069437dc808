//! Looking at answers: which of a question's are shown, and how each is drawn.

use std::collections::BTreeSet;
use std::fmt;

use crate::domain::id::Id;
use crate::domain::identifier::Kind;
use crate::domain::workbook::log::Stamp;
use crate::domain::workbook::quote::{Bracket, Place};
use crate::domain::workbook::{AnswerRef, Workbook};

use super::Workbench;
use super::answers::{OpenAnswer, OpenQuestion, Suggestion};

/// Which answers are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What there must be about them.
    pub show: Show,
    /// Words that stand in them.
    pub words: String,
}

/// What there must be about an answer to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Anything.
    #[default]
    All,
    /// The coder has not gone through it.
    NotGoneThrough,
    /// It is about this theme or one under it.
    Theme(Id),
    /// It has no theme.
    NoTheme,
    /// Something in it is marked as a quote.
    Quoted,
    /// Two coders who have both gone through it found it to be about different themes.
    Disputed,
    /// Something in it looks like an identifier and nobody has decided on it.
    Identifier,
}

/// A part of an answer that is drawn alike. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in what was said.
    pub place: Place,
    /// What is shown.
    pub text: String,
    /// What it is.
    pub look: Look,
    /// The quotes it is part of.
    pub quotes: Vec<Stamp>,
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({:?}, {:?})", self.place, self.look)
    }
}

/// What a part of an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words as they were said.
    Plain,
    /// Another word in brackets.
    Bracket(Stamp),
    /// Words that look like an identifier.
    Suggested(Kind),
}

impl Workbench {
    /// Returns the places of the answers that are shown of a question.
    #[must_use]
    pub fn filtered(&self, question: &OpenQuestion, filter: &Filter) -> Vec<usize> {
        let words = filter.words.trim().to_lowercase();
        let quoted: BTreeSet<&AnswerRef> = match filter.show {
            Show::Quoted => self.book().quotes().map(|(_, quote)| &quote.answer).collect(),
            _ => BTreeSet::new(),
        };
        let shown = |(_, answer): &(usize, &OpenAnswer)| {
            (words.is_empty() || self.says(answer, &words)) && self.is_shown(answer, &filter.show, &quoted)
        };
        let all = question.answers().iter().enumerate();
        all.filter(shown).map(|(place, _)| place).collect()
    }

    /// Whether words stand in an answer as it is shown: what is bracketed is not searched.
    fn says(&self, answer: &OpenAnswer, words: &str) -> bool {
        if self.book().brackets_of(&answer.answer).is_empty() {
            return answer.folded.contains(words);
        }
        self.shown(answer).as_str().to_lowercase().contains(words)
    }

    fn is_shown(&self, answer: &OpenAnswer, show: &Show, quoted: &BTreeSet<&AnswerRef>) -> bool {
        match show {
            Show::All => true,
            Show::NotGoneThrough => !self.book().is_gone_through(&answer.answer, self.coder()),
            Show::Theme(theme) => {
                let seen = self.themes_seen(&answer.answer).into_iter();
                seen.flat_map(|own| self.book().path(own))
                    .any(|above| above.id == *theme)
            }
            Show::NoTheme => self.themes_seen(&answer.answer).is_empty(),
            Show::Disputed => self.is_disputed(&answer.answer),
            Show::Quoted => quoted.contains(&answer.answer),
            Show::Identifier => self.undecided(answer).next().is_some(),
        }
    }

    /// Returns what looks like an identifier in an answer and is neither bracketed nor said to be none.
    pub fn undecided<'a>(&'a self, answer: &'a OpenAnswer) -> impl Iterator<Item = &'a Suggestion> {
        undecided_in(self.book(), answer)
    }

    /// Returns an answer as it is drawn: brackets in the place of what they stand for, identifiers and quotes marked.
    #[must_use]
    pub fn pieces(&self, answer: &OpenAnswer) -> Vec<Piece> {
        let characters: Vec<char> = answer.words.as_str().chars().collect();
        let end = u32::try_from(characters.len()).unwrap_or(u32::MAX);
        let brackets = self.book().brackets_of(&answer.answer);
        let quotes: Vec<(&Stamp, Place)> = self
            .book()
            .quotes()
            .filter(|(_, quote)| quote.answer == answer.answer)
            .map(|(stamp, quote)| (stamp, quote.place))
            .collect();
        let undecided: Vec<&Suggestion> = self.undecided(answer).collect();
        let mut cuts = vec![0, end];
        for place in brackets
            .iter()
            .map(|(_, bracket)| bracket.place)
            .chain(quotes.iter().map(|(_, place)| *place))
            .chain(undecided.iter().map(|suggestion| suggestion.place))
        {
            cuts.extend([place.from.min(end), place.to.min(end)]);
        }
        let inside = |cut: &u32| {
            let within = |bracket: &Bracket| bracket.place.from < *cut && *cut < bracket.place.to;
            brackets.iter().any(|(_, bracket)| within(bracket))
        };
        cuts.retain(|cut| !inside(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Vec::new();
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let place = Place { from: *from, to: *to };
            let bracket = brackets.iter().find(|(_, bracket)| bracket.place.meets(place));
            let suggested = undecided.iter().find(|suggestion| suggestion.place.meets(place));
            let (text, look) = match (bracket, suggested) {
                (Some((stamp, bracket)), _) => {
                    (format!("[{}]", bracket.word), Look::Bracket((*stamp).clone()))
                }
                (None, Some(suggestion)) => (said(&characters, place), Look::Suggested(suggestion.kind)),
                (None, None) => (said(&characters, place), Look::Plain),
            };
            pieces.push(Piece {
                place,
                text,
                look,
                quotes: quotes
                    .iter()
                    .filter(|(_, quoted)| quoted.meets(place))
                    .map(|(stamp, _)| (*stamp).clone())
                    .collect(),
            });
        }
        pieces
    }

    /// Returns an answer's words as they are shown, with what is bracketed.
    #[must_use]
    pub fn shown(&self, answer: &OpenAnswer) -> crate::domain::clean_text::CleanText {
        let end = u32::try_from(answer.words.as_str().chars().count()).unwrap_or(u32::MAX);
        let whole = Place { from: 0, to: end };
        self.book().shown(&answer.answer, &answer.words, whole)
    }
}

/// Returns what looks like an identifier in an answer and is neither bracketed nor said to be none.
pub(super) fn undecided_in<'a>(
    book: &'a Workbook,
    answer: &'a OpenAnswer,
) -> impl Iterator<Item = &'a Suggestion> {
    let brackets = if answer.suggestions.is_empty() {
        Vec::new()
    } else {
        book.brackets_of(&answer.answer)
    };
    answer.suggestions.iter().filter(move |suggestion| {
        let covered = |bracket: &Bracket| {
            bracket.place.from <= suggestion.place.from && suggestion.place.to <= bracket.place.to
        };
        !brackets.iter().any(|(_, bracket)| covered(bracket))
            && !book.is_no_name(&answer.answer, suggestion.place)
    })
}

fn said(characters: &[char], place: Place) -> String {
    let at = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(characters.len());
    let said = characters.get(at(place.from)..at(place.to));
    said.map(|said| said.iter().collect()).unwrap_or_default()
}
