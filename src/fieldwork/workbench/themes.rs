//! Themes at the workbench: the tree, and what can be done with it.

use std::collections::BTreeSet;

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::workbook::log::Change;
use crate::domain::workbook::theme::Theme;
use crate::domain::workbook::{AnswerRef, Workbook};

use super::{OpenQuestion, Workbench};

impl Workbench {
    /// Returns the themes as the tree is read: each before those under it, the survey's own in the order of its codebook
    /// before those that were made, oldest first. Beside each, how deep it stands.
    #[must_use]
    pub fn tree(&self) -> Vec<(usize, &Theme)> {
        tree(self.book(), &self.order)
    }

    /// Makes a theme and returns its name in data; nothing where there is no word in the name.
    pub fn new_theme(&mut self, name: &str, under: Option<Id>) -> Option<Id> {
        let name = CleanText::line(name.trim());
        let theme = self.new_name(&name)?;
        let change = Change::Theme {
            theme: theme.clone(),
            name,
            under,
        };
        self.does(change);
        Some(theme)
    }

    /// Splits a theme: these answers are about a new one beside it, which is returned.
    pub fn split_theme(&mut self, theme: &Id, name: &str, answers: Vec<AnswerRef>) -> Option<Id> {
        self.book().theme(theme)?;
        let name = CleanText::line(name.trim());
        let into = self.new_name(&name)?;
        let change = Change::ThemeSplit {
            theme: theme.clone(),
            into: into.clone(),
            name,
            answers,
        };
        self.does(change);
        Some(into)
    }

    fn new_name(&self, name: &CleanText) -> Option<Id> {
        if name.is_blank() {
            return None;
        }
        self.log.next(&self.coder, self.run).theme().ok()
    }

    /// Gives a theme another name.
    pub fn rename_theme(&mut self, theme: &Id, name: &str) {
        let name = CleanText::line(name.trim());
        if !name.is_blank() {
            let theme = theme.clone();
            self.does(Change::ThemeName { theme, name });
        }
    }

    /// Writes what somebody thinks about a theme.
    pub fn write_memo(&mut self, theme: &Id, memo: &str) {
        let (theme, memo) = (theme.clone(), CleanText::block(memo));
        self.does(Change::ThemeMemo { theme, memo });
    }

    /// Puts a theme under another, or at the top.
    pub fn move_theme(&mut self, theme: &Id, under: Option<Id>) {
        let theme = theme.clone();
        self.does(Change::ThemeUnder { theme, under });
    }

    /// Makes two themes one: everything of the first goes to the second.
    pub fn merge_theme(&mut self, theme: &Id, into: &Id) {
        let (theme, into) = (theme.clone(), into.clone());
        self.does(Change::ThemeMerged { theme, into });
    }

    /// Drops a theme.
    pub fn drop_theme(&mut self, theme: &Id) {
        let theme = theme.clone();
        self.does(Change::ThemeDropped { theme });
    }

    /// Puts a theme on an answer, or takes the coder's own away. Returns whether it is on now.
    pub fn toggle(&mut self, answer: &AnswerRef, theme: &Id) -> bool {
        let Some(theme) = self.book().theme(theme).map(|theme| theme.id.clone()) else {
            return false;
        };
        let is_on = self.book().themes_by(&self.coder, answer).contains(&theme);
        let answer = answer.clone();
        self.does(if is_on {
            Change::Untag { answer, theme }
        } else {
            Change::Tag { answer, theme }
        });
        !is_on
    }

    /// Returns what an answer was found to be about, as far as the coder may see it: two people who sort by themselves do
    /// not see what the other found before they have left the answer behind.
    #[must_use]
    pub fn themes_seen(&self, answer: &AnswerRef) -> BTreeSet<&Id> {
        if self.book().has_left(answer, &self.coder) {
            self.book().themes_of(answer)
        } else {
            self.book().themes_by(&self.coder, answer)
        }
    }

    /// Returns whether two coders have both gone through an answer and found it to be about different themes. Whoever
    /// sorts the answers too is not told so before they have gone through it themselves.
    #[must_use]
    pub fn is_disputed(&self, answer: &AnswerRef) -> bool {
        let book = self.book();
        let coders = book.coders();
        if coders.contains(&self.coder) && !book.is_gone_through(answer, &self.coder) {
            return false;
        }
        let mut gone = coders.iter().filter(|coder| book.is_gone_through(answer, coder));
        let first = gone.next().map(|coder| book.themes_by(coder, answer));
        first.is_some_and(|first| gone.any(|other| book.themes_by(other, answer) != first))
    }

    /// Returns whether several people sort the answers.
    #[must_use]
    pub fn has_several_coders(&self) -> bool {
        let mut others = self.book().coders().into_iter();
        others.any(|coder| *coder != self.coder)
    }

    /// Returns how many answers two coders have sorted otherwise.
    #[must_use]
    pub fn disputed(&self) -> usize {
        let answers = self.questions().iter().flat_map(OpenQuestion::answers);
        answers.filter(|answer| self.is_disputed(&answer.answer)).count()
    }

    /// Notes that the coder has gone through an answer.
    pub fn gone_through(&mut self, answer: &AnswerRef) {
        if !self.book().has_left(answer, &self.coder) {
            let answer = answer.clone();
            self.does(Change::GoneThrough { answer });
        }
    }
}

/// The themes from the top of the tree down.
pub(super) fn tree<'b>(book: &'b Workbook, order: &[Id]) -> Vec<(usize, &'b Theme)> {
    let place = |theme: &Theme| {
        let own = order.iter().position(|id| *id == theme.id);
        (own.unwrap_or(usize::MAX), theme.made.clone())
    };
    let mut paths: Vec<Vec<&Theme>> = book.themes().map(|theme| book.path(&theme.id)).collect();
    paths.sort_by_cached_key(|path| {
        let steps = path.iter().map(|theme| (place(theme), theme.id.clone()));
        steps.collect::<Vec<_>>()
    });
    paths
        .into_iter()
        .filter_map(|path| Some((path.len().checked_sub(1)?, *path.last()?)))
        .collect()
}
