//! What is done with words that are marked in an answer: a quote under a theme, another word in brackets, or a mark is taken
//! away again.

use crate::domain::id::Id;
use crate::domain::identifier;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::log::Stamp;
use crate::domain::workbook::quote::Place as Words;
use crate::fieldwork::workbench::{MayQuote, OpenAnswer};
use crate::tui::command::Command;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::super::{Deed, undo_words};
use super::marking::{Marking, without_signs};
use super::quotes::not_quotable;
use super::{Coding, Typing};

/// What is marked where words are being marked now.
#[derive(Default)]
pub(super) struct There {
    quotes: Vec<Stamp>,
    brackets: Vec<Stamp>,
}

impl There {
    pub(super) const fn is_empty(&self) -> bool {
        self.quotes.is_empty() && self.brackets.is_empty()
    }
}

impl Coding {
    /// Begins to mark words, under the theme one is at, or one that the answer has.
    pub(super) fn begin_marking(&mut self) -> Reaction {
        let Some(answer) = self.current() else {
            return Reaction::Nothing;
        };
        let marking = Marking::of(answer.words.as_str());
        let own = self.bench.book().themes_by(self.bench.coder(), &answer.answer);
        let tree = self.bench.tree();
        let is_own = |place: usize| tree.get(place).is_some_and(|(_, theme)| own.contains(&theme.id));
        if !is_own(self.focus)
            && let Some(place) = (0..tree.len()).find(|place| is_own(*place))
        {
            self.focus = place;
        }
        self.marking = Some(marking);
        self.above = 0;
        Reaction::Changed
    }

    pub(super) fn take_marking(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some((answer, text)) = self.current().map(|own| (own.answer.clone(), own.words.clone())) else {
            self.marking = None;
            return Reaction::Changed;
        };
        let last = self.bench.tree().len().saturating_sub(1);
        let Some(marking) = &mut self.marking else {
            return Reaction::Nothing;
        };
        match command {
            Command::Move(step) => marking.go(*step, text.as_str()),
            Command::NextZone => marking.grip(true),
            Command::PreviousZone => marking.grip(false),
            Command::Press(word) => marking.point(*word, text.as_str()),
            Command::Digit(digit) => {
                let place = usize::from(*digit).saturating_sub(1);
                if place > last {
                    return Reaction::Nothing;
                }
                self.focus = place;
            }
            Command::Back | Command::Close => self.marking = None,
            Command::Enter => return self.mark(&answer, s),
            Command::Deed(Deed::Bracket) => {
                let instead = self.instead(s);
                return self.types(Typing::Bracket, &instead);
            }
            Command::Deed(Deed::Drop) => return self.unmark(s),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    /// Marks a quote. Whoever marks it under a theme means that the answer is about it.
    fn mark(&mut self, answer: &AnswerRef, s: &Situation) -> Reaction {
        let words = &s.texts.coordinator.coding;
        let Some(said) = self.current() else {
            return Reaction::Nothing;
        };
        if let Some(refused) = not_quotable(said, &s.texts.workbench.voices) {
            return Reaction::Say(refused);
        }
        let in_other_words = said.may_quote == MayQuote::InOtherWords;
        let (Some(place), Some(theme)) = (self.marked_place(said), self.theme()) else {
            return Reaction::Say(words.theme_first.clone());
        };
        self.marking = None;
        if self.is_marked(answer, place, &theme) {
            return Reaction::Say(words.marked_before.clone());
        }
        if !self
            .bench
            .book()
            .themes_by(self.bench.coder(), answer)
            .contains(&theme)
        {
            self.bench.toggle(answer, &theme);
        }
        let marked = self.bench.mark_quote(answer, place, &theme);
        if in_other_words && let Some(marked) = marked {
            let all = self.bench.quotes_of(answer);
            if let Some(quote) = all.iter().find(|quote| quote.quote == marked) {
                return self.reword(quote);
            }
        }
        Reaction::Say(words.marked.clone())
    }

    fn is_marked(&self, answer: &AnswerRef, place: Words, theme: &Id) -> bool {
        let mut all = self.bench.book().quotes();
        all.any(|(_, quote)| quote.answer == *answer && quote.place == place && quote.theme == *theme)
    }

    /// What is marked already where words are being marked.
    pub(super) fn marked_there(&self) -> There {
        let found = self
            .current()
            .and_then(|answer| Some((answer, self.marked_place(answer)?)));
        let Some((answer, place)) = found else {
            return There::default();
        };
        let quotes = self.bench.book().quotes();
        let quotes = quotes.filter(|(_, own)| own.answer == answer.answer && own.place.meets(place));
        let brackets = self.bench.book().brackets_of(&answer.answer).into_iter();
        let brackets = brackets.filter(|(_, own)| own.place.meets(place));
        There {
            quotes: quotes.map(|(stamp, _)| stamp.clone()).collect(),
            brackets: brackets.map(|(stamp, _)| stamp.clone()).collect(),
        }
    }

    fn unmark(&mut self, s: &Situation) -> Reaction {
        let there = self.marked_there();
        if there.is_empty() {
            return Reaction::Nothing;
        }
        for quote in &there.quotes {
            self.bench.drop_quote(quote);
        }
        for bracket in &there.brackets {
            self.bench.unbracket(bracket);
        }
        Reaction::Say(undo_words(&s.texts.coordinator.coding.dropped, s))
    }

    /// The words that get another word in their place: those that are marked, else what looks like an identifier.
    pub(super) fn to_bracket(&self) -> Option<Words> {
        match (self.marking, self.current()) {
            (Some(_), Some(answer)) => {
                let place = self.marked_place(answer)?;
                Some(without_signs(place, answer.words.as_str()))
            }
            _ => self.undecided().map(|found| found.place),
        }
    }

    /// The word in brackets that is proposed for what is marked.
    fn instead(&self, s: &Situation) -> String {
        let found = self.current().and_then(|answer| {
            let said = said(answer, self.to_bracket()?);
            let kind = identifier::find(&said).first()?.kind;
            let instead = &s.texts.interview.writing.suggestion(kind).instead;
            Some(instead.trim_matches(['[', ']']).to_owned())
        });
        found.unwrap_or_default()
    }
}

/// The words at a place of an answer, as they were said.
pub(super) fn said(answer: &OpenAnswer, place: Words) -> String {
    let (from, to) = (place.from as usize, place.to as usize);
    let text = answer.words.as_str().chars();
    text.skip(from).take(to.saturating_sub(from)).collect()
}
