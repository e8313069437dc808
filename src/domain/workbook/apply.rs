//! What each event does. An event about something that is not there (any more) does nothing: the other coordinator
//! may have dropped it meanwhile.

use std::collections::BTreeMap;

use super::finding::{Action, ActionStatus, Finding, Standing};
use super::log::{Change, Stamp};
use super::quote::{Bracket, QuoteMark};
use super::theme::Theme;
use super::{AnswerRef, Workbook};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;

impl Workbook {
    pub(super) fn apply(&mut self, stamp: &Stamp, change: &Change) {
        match change.clone() {
            Change::Theme { theme, name, under } => {
                let under = under.filter(|under| self.can_hold(under, &theme));
                let made = Theme {
                    under,
                    made: Some(stamp.clone()),
                    ..Theme::seed(theme.clone(), name)
                };
                self.themes.entry(theme).or_insert(made);
            }
            Change::ThemeName { theme, name } => self.change_theme(&theme, |theme| theme.name = name),
            Change::ThemeMemo { theme, memo } => self.change_theme(&theme, |theme| theme.memo = memo),
            Change::ThemeUnder { theme, under } => {
                if under.as_ref().is_none_or(|under| self.can_hold(under, &theme)) {
                    self.change_theme(&theme, |theme| theme.under = under);
                }
            }
            Change::ThemeMerged { theme, into } => self.merge(&theme, &into),
            Change::ThemeDropped { theme } => self.change_theme(&theme, |theme| theme.dropped = true),
            Change::Tag { answer, theme } => {
                let coders = self.tags.entry(answer).or_default().entry(theme).or_default();
                coders.insert(stamp.coder.clone());
            }
            Change::Untag { answer, theme } => self.untag(&answer, &theme, &stamp.coder),
            Change::GoneThrough { answer } => {
                let coders = self.gone_through.entry(answer).or_default();
                coders.insert(stamp.coder.clone());
            }
            Change::Quote { answer, place, theme } => {
                let quote = QuoteMark {
                    answer,
                    place,
                    theme,
                    reviews: BTreeMap::new(),
                };
                self.quotes.insert(stamp.clone(), quote);
            }
            Change::QuoteDropped { quote } => drop(self.quotes.remove(&quote)),
            Change::QuoteReviewed { quote, fit } => {
                if let Some(quote) = self.quotes.get_mut(&quote) {
                    quote.reviews.insert(stamp.coder.clone(), fit);
                }
            }
            Change::Bracket { answer, place, word } => self.bracket(stamp, Bracket { answer, place, word }),
            Change::BracketDropped { bracket } => {
                if let Some(bracket) = self.brackets.remove(&bracket) {
                    self.read_again(&bracket);
                }
            }
            Change::NoName { answer, place } => drop(self.no_names.insert((answer, place))),
            change => self.apply_to_findings(stamp, change),
        }
    }

    fn apply_to_findings(&mut self, stamp: &Stamp, change: Change) {
        match change {
            Change::Finding {
                round,
                text,
                dimension,
                addressee,
                items,
                themes,
            } => {
                let finding = Finding {
                    round,
                    text,
                    dimension,
                    addressee,
                    items,
                    themes,
                    standing: Standing::default(),
                    answer: CleanText::default(),
                };
                self.findings.insert(stamp.clone(), finding);
            }
            Change::FindingText { finding, text } => {
                self.change_finding(&finding, |finding| finding.text = text);
            }
            Change::FindingAddressee { finding, addressee } => {
                self.change_finding(&finding, |finding| finding.addressee = addressee);
            }
            Change::FindingStanding { finding, standing } => {
                self.change_finding(&finding, |finding| finding.standing = standing);
            }
            Change::FindingAnswer { finding, answer } => {
                self.change_finding(&finding, |finding| finding.answer = answer);
            }
            Change::FindingDropped { finding } => drop(self.findings.remove(&finding)),
            Change::Action {
                finding,
                text,
                owner,
                due,
            } => {
                let action = Action {
                    finding,
                    text,
                    owner,
                    due,
                    status: ActionStatus::default(),
                };
                self.actions.insert(stamp.clone(), action);
            }
            Change::ActionStatus { action, status } => {
                if let Some(action) = self.actions.get_mut(&action) {
                    action.status = status;
                }
            }
            Change::ActionDropped { action } => drop(self.actions.remove(&action)),
            _ => {}
        }
    }

    fn change_theme(&mut self, id: &Id, change: impl FnOnce(&mut Theme)) {
        let Some(id) = self.theme(id).map(|theme| theme.id.clone()) else {
            return;
        };
        if let Some(theme) = self.themes.get_mut(&id) {
            change(theme);
        }
    }

    fn change_finding(&mut self, finding: &Stamp, change: impl FnOnce(&mut Finding)) {
        if let Some(finding) = self.findings.get_mut(finding) {
            change(finding);
        }
    }

    /// Returns whether a theme can stand under another: one that is there, and does not stand under it.
    fn can_hold(&self, above: &Id, theme: &Id) -> bool {
        self.theme(above).is_some() && !self.is_under(above, theme)
    }

    /// Returns whether a theme is another, or stands somewhere under it.
    fn is_under(&self, theme: &Id, above: &Id) -> bool {
        let above = self.theme(above).map_or(above, |theme| &theme.id);
        theme == above || self.path(theme).iter().any(|theme| theme.id == *above)
    }

    /// Themes under the merged one go along; where the other stands under it, that one takes its place first.
    fn merge(&mut self, theme: &Id, into: &Id) {
        let (Some(from), Some(to)) = (self.theme(theme), self.theme(into)) else {
            return;
        };
        if from.id == to.id {
            return;
        }
        let (from, to, place) = (from.id.clone(), to.id.clone(), from.under.clone());
        if self.is_under(&to, &from) {
            self.change_theme(&to, |theme| theme.under = place);
        }
        if let Some(theme) = self.themes.get_mut(&from) {
            theme.merged_into = Some(to);
        }
    }

    /// A tag is taken away under every name the theme has had.
    fn untag(&mut self, answer: &AnswerRef, theme: &Id, coder: &Id) {
        let Some(wanted) = self.theme(theme).map(|theme| theme.id.clone()) else {
            return;
        };
        let tags = self.tags.get(answer).into_iter().flatten();
        let same: Vec<Id> = tags
            .map(|(tag, _)| tag)
            .filter(|tag| self.theme(tag).is_some_and(|theme| theme.id == wanted))
            .cloned()
            .collect();
        let Some(tags) = self.tags.get_mut(answer) else {
            return;
        };
        for tag in same {
            if let Some(coders) = tags.get_mut(&tag) {
                coders.remove(coder);
            }
        }
    }

    /// Other words than those somebody approved must be read again.
    fn bracket(&mut self, stamp: &Stamp, bracket: Bracket) {
        self.read_again(&bracket);
        self.brackets.insert(stamp.clone(), bracket);
    }

    fn read_again(&mut self, bracket: &Bracket) {
        let touched =
            |quote: &&mut QuoteMark| quote.answer == bracket.answer && quote.place.meets(bracket.place);
        for quote in self.quotes.values_mut().filter(touched) {
            quote.reviews.clear();
        }
    }
}
