//! Quotes that are marked: what each still needs before it can stand, and who has read it.

use crate::disclosure::quote::NoQuote;
use crate::domain::id::Id;
use crate::domain::survey::report_plan::Limit;
use crate::fieldwork::workbench::{MayQuote, OpenAnswer, QuoteFacts};
use crate::report::wording::quoted;
use crate::texts::fill;
use crate::texts::workbench::VoicesTexts;
use crate::tui::command::Command;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::super::pane::Pane;
use super::super::{Deed, undo_words};
use super::{Coding, Stage, Typing};

/// Returns why a quote cannot stand yet, as far as that can be told of it alone. `needed` have to approve it.
#[must_use]
pub fn problem(facts: &QuoteFacts, needed: u16) -> Option<NoQuote> {
    let of_answer = never(facts.is_group, facts.may_quote).or_else(|| {
        let is_agreed = facts.is_rewritten == (facts.may_quote == MayQuote::InOtherWords);
        (!is_agreed).then_some(NoQuote::NotApproved)
    });
    let of_review = [
        (!facts.searched, NoQuote::NotSearched),
        (facts.reviewers.is_empty(), NoQuote::MayGiveAway),
        (
            facts.reviewers.len() < usize::from(needed),
            NoQuote::TooFewReviewers { needed },
        ),
    ];
    let of_review = || {
        of_review
            .into_iter()
            .find_map(|(is_so, why)| is_so.then_some(why))
    };
    of_answer.or_else(of_review)
}

/// Why no words of an answer can stand, whatever is done about them.
fn never(is_group: bool, may_quote: MayQuote) -> Option<NoQuote> {
    match may_quote {
        _ if is_group => Some(NoQuote::OfGroup),
        MayQuote::Yes | MayQuote::InOtherWords => None,
        MayQuote::NotAgreed => Some(NoQuote::NotConsented),
        MayQuote::NotReadBack => Some(NoQuote::NotApproved),
    }
}

/// Returns why a quote cannot stand, as a sentence.
#[must_use]
pub fn reason(why: NoQuote, words: &VoicesTexts) -> String {
    match why {
        NoQuote::NotConsented => words.not_consented.clone(),
        NoQuote::NotApproved => words.not_approved.clone(),
        NoQuote::NotSearched => words.not_searched.clone(),
        NoQuote::MayGiveAway => words.may_give_away.clone(),
        NoQuote::TooFewReviewers { needed } => {
            fill(&words.too_few_reviewers, &[("needed", &needed.to_string())])
        }
        NoQuote::OtherWords => words.other_words.clone(),
        NoQuote::EnoughInTheme => words.enough_in_theme.clone(),
        NoQuote::EnoughInReport => words.enough_in_report.clone(),
        NoQuote::NoTheme => words.no_theme.clone(),
        NoQuote::OfGroup => words.of_group.clone(),
    }
}

/// Returns who has said no to a quote, as a sentence, where somebody has.
#[must_use]
pub fn rejected(facts: &QuoteFacts, words: &VoicesTexts) -> Option<String> {
    let who: Vec<&str> = facts.rejected_by.iter().map(Id::as_str).collect();
    (!who.is_empty()).then(|| fill(&words.rejected, &[("who", &who.join(", "))]))
}

/// Says why no words of an answer can be quoted, where that is so.
#[must_use]
pub fn not_quotable(answer: &OpenAnswer, words: &VoicesTexts) -> Option<String> {
    let why = never(answer.is_group, answer.may_quote)?;
    Some(reason(why, words))
}

impl Coding {
    /// Quotes that are marked, with what each still needs.
    pub(super) fn quotes(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.quotes_about, Tone::Plain);
        let quotes = &self.marked;
        if quotes.is_empty() {
            pane.blank();
            pane.text(&words.no_quotes, Tone::Plain);
        }
        let focus = self.focus.min(quotes.len().saturating_sub(1));
        for (place, quote) in quotes.iter().enumerate() {
            pane.blank();
            let text = quoted(quote.words.as_str(), s.language());
            pane.long_row("", &text, focus == place, &Command::Press(place));
            if focus == place
                && let Some((Typing::OtherWords, field)) = &self.typing
            {
                pane.field(&words.other_words_label, field);
            }
            pane.hanging("    ", &self.quote_words(quote, s), Tone::Aside);
        }
        pane
    }

    /// What is said of a quote: its theme, and what it still needs.
    pub(super) fn quote_words(&self, quote: &QuoteFacts, s: &Situation) -> String {
        let mut said = Vec::new();
        if let Some(theme) = self.bench.book().theme(&quote.theme) {
            said.push(format!("({})", self.bench.theme_name(theme, s.language())));
        }
        let words = &s.texts.coordinator.coding;
        let voices = &s.texts.workbench.voices;
        let rejected = rejected(quote, voices);
        said.extend(rejected.clone());
        let needed = self
            .bench
            .limits(&quote.survey)
            .map_or(u16::MAX, |limits| limits.limit(Limit::QuoteReviewers));
        let waits = quote.may_quote == MayQuote::InOtherWords && !quote.is_rewritten;
        if quote.is_rewritten {
            said.push(words.is_rewritten.clone());
        }
        said.push(match problem(quote, needed) {
            Some(_) if waits => fill(
                &words.other_words_first,
                &[
                    ("quotes", &s.texts.coordinator.letter.quotes),
                    ("key", &s.texts.coordinator.letter.rename),
                ],
            ),
            // That nobody has approved it is no news of what somebody has said no to.
            Some(NoQuote::MayGiveAway) if rejected.is_some() => String::new(),
            Some(why) => reason(why, voices),
            None => words.ready.clone(),
        });
        said.retain(|said| !said.is_empty());
        let readers: Vec<&str> = quote.reviewers.iter().map(Id::as_str).collect();
        if !readers.is_empty() {
            said.push(fill(&words.read_by, &[("who", &readers.join(", "))]));
        }
        said.join("  ")
    }

    /// Types other words for a quote, from those it has.
    pub(super) fn reword(&mut self, quote: &QuoteFacts) -> Reaction {
        self.reworded = Some(quote.quote.clone());
        self.types(Typing::OtherWords, quote.words.as_str())
    }

    /// Returns whether the quote one is at is told in other words.
    pub(super) fn is_to_reword(&self) -> bool {
        let last = self.marked.len().saturating_sub(1);
        let here = self.marked.get(self.focus.min(last));
        here.is_some_and(|quote| quote.may_quote == MayQuote::InOtherWords)
    }

    pub(super) fn take_quotes(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.marked.len().saturating_sub(1);
        let here = self.marked.get(self.focus.min(last));
        let current = here.map(|quote| quote.quote.clone());
        match command {
            Command::Move(step) => return self.go(*step, last),
            Command::Press(place) => self.focus = (*place).min(last),
            Command::Back => {
                self.stage = Stage::Questions;
                self.focus = 0;
            }
            Command::Deed(deed @ (Deed::Fit | Deed::Unfit | Deed::Drop)) => {
                let Some(quote) = current else {
                    return Reaction::Nothing;
                };
                match deed {
                    Deed::Drop => {
                        self.bench.drop_quote(&quote);
                        return Reaction::Say(undo_words(&s.texts.coordinator.coding.dropped, s));
                    }
                    deed => self.bench.review_quote(&quote, *deed == Deed::Fit),
                }
            }
            Command::Deed(Deed::Rename) => {
                let quote = here
                    .filter(|quote| quote.may_quote == MayQuote::InOtherWords)
                    .cloned();
                return quote.map_or(Reaction::Nothing, |quote| self.reword(&quote));
            }
            Command::Undo => return self.undo(true, s),
            Command::Redo => return self.undo(false, s),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }
}
