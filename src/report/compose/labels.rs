//! What answers, kinds of missing and background variables are called.

use crate::disclosure::published::Category;
use crate::domain::id::Id;
use crate::domain::interview::wording::{number_words, option_words, unfilled};
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::texts::fill;

use super::Sources;

/// A band that begins here or earlier has no beginning.
const FIRST_YEAR: i16 = 1900;
/// A band that ends here or later has no end.
const LAST_YEAR: i16 = 2099;

impl Sources<'_> {
    /// Returns a text of the survey as a report has it, which is about nobody's answer: with a blank wherever an earlier
    /// one is put in.
    pub(super) fn asked(&self, text: &Localized) -> String {
        unfilled(text.get(self.language()))
    }

    /// Returns the words of one answer: an option, a level, or the band a number or year lies in.
    pub(super) fn answer(&self, item: &Item<'_>, category: &Category) -> String {
        let language = self.language();
        match category {
            Category::Code(code) => option_words(item, code, language).unwrap_or_else(|| code.to_string()),
            Category::Numbers(from, to) => {
                let unit = match &item.question.kind {
                    QuestionKind::Number { unit, .. } => unit.as_ref().map(|unit| unit.get(language)),
                    _ => None,
                };
                let range = range(&number_words(*from, language), &number_words(*to, language));
                unit.map_or_else(|| range.clone(), |unit| format!("{range} {unit}"))
            }
            // The first and the last year a date can have are no years that anybody means.
            Category::Years(from, to) if *to >= LAST_YEAR => {
                fill(&self.words().year_or_later, &[("year", &from.to_string())])
            }
            Category::Years(from, to) if *from <= FIRST_YEAR => {
                fill(&self.words().year_or_earlier, &[("year", &to.to_string())])
            }
            Category::Years(from, to) => range(&from.to_string(), &to.to_string()),
            Category::Outside => self.words().outside.clone(),
        }
    }

    /// Returns the words of answers taken together: each quoted, the last one after "or".
    pub(super) fn answers(&self, item: &Item<'_>, categories: &[Category]) -> String {
        let quoted = categories
            .iter()
            .map(|category| fill(&self.words().quoted, &[("answer", &self.answer(item, category))]));
        self.either(quoted.collect())
    }

    /// Returns all these words, each quoted, the last one after "and".
    pub(super) fn all_quoted(&self, words: impl Iterator<Item = String>) -> String {
        let quoted = words.map(|words| fill(&self.words().quoted, &[("answer", &words)]));
        listed(&quoted.collect::<Vec<_>>(), &self.words().and)
    }

    fn either(&self, words: Vec<String>) -> String {
        listed(&words, &self.words().or)
    }

    /// Returns the words of a kind of missing, as the survey or else the program says them.
    fn missing(&self, kind: Missing) -> String {
        if let Some(own) = self.survey.parts().missing_wording.get(&kind) {
            return own.get(self.language()).to_owned();
        }
        self.texts.words.missing(kind).to_owned()
    }

    /// Returns the words of kinds of missing taken together.
    pub(super) fn kinds(&self, kinds: &[Missing]) -> String {
        self.either(kinds.iter().map(|kind| self.missing(*kind)).collect())
    }

    /// Returns what a background variable is called: a question by its own words.
    #[must_use]
    pub fn variable(&self, variable: &Id) -> String {
        if variable.as_str() == "site" {
            return self.words().site.clone();
        }
        match self.survey.question(variable) {
            Some(question) => fill(&self.words().quoted, &[("answer", &self.asked(&question.text))]),
            None => variable.to_string(),
        }
    }

    /// Returns what a group of people is called.
    pub(super) fn group(&self, variable: &Id, level: &str) -> String {
        let mut sites = self
            .evaluation
            .sites
            .iter()
            .filter(|_| variable.as_str() == "site");
        sites.find(|site| site.id.as_str() == level).map_or_else(
            || level.to_owned(),
            |site| site.title.get(self.language()).to_owned(),
        )
    }
}

/// From one end to the other; one where both are the same.
fn range(from: &str, to: &str) -> String {
    if from == to {
        from.to_owned()
    } else {
        format!("{from}–{to}")
    }
}

fn listed(words: &[String], before_last: &str) -> String {
    match words {
        [] => String::new(),
        [last] => last.clone(),
        [before @ .., last] => format!("{} {before_last} {last}", before.join(", ")),
    }
}
