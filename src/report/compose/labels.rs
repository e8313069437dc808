//! What answers, kinds of missing and background variables are called.

use crate::domain::id::Id;
use crate::domain::interview::wording::{number_words, option_words};
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::texts::fill;

use super::Sources;

impl Sources<'_> {
    /// Returns the words of one answer: an option, a level, or the band a number or year lies in.
    pub(super) fn answer(&self, item: &Item<'_>, code: &Id) -> String {
        if let Some(words) = option_words(item, code, self.language()) {
            return words;
        }
        self.band(item, code).unwrap_or_else(|| code.to_string())
    }

    /// Bands of numbers and years are named by their ends: `b1` is the first.
    fn band(&self, item: &Item<'_>, code: &Id) -> Option<String> {
        let place: usize = code.as_str().strip_prefix('b')?.parse().ok()?;
        let place = place.checked_sub(1)?;
        match &item.question.kind {
            QuestionKind::Number { bands, unit, .. } => {
                let (from, to) = bands.get(place)?;
                let [first, last] = [from, to].map(|end| number_words(*end, self.language()));
                let range = if from == to {
                    first
                } else {
                    format!("{first}–{last}")
                };
                let unit = unit.as_ref().map(|unit| unit.get(self.language()));
                Some(unit.map_or_else(|| range.clone(), |unit| format!("{range} {unit}")))
            }
            QuestionKind::Date { bands, .. } => {
                let (from, to) = bands.get(place)?;
                Some(if from == to {
                    from.to_string()
                } else {
                    format!("{from}–{to}")
                })
            }
            _ => None,
        }
    }

    /// Returns the words of answers taken together: each quoted, the last one after "or".
    pub(super) fn answers(&self, item: &Item<'_>, codes: &[Id]) -> String {
        let quoted: Vec<String> = codes
            .iter()
            .map(|code| fill(&self.words().quoted, &[("answer", &self.answer(item, code))]))
            .collect();
        match quoted.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} {} {last}", before.join(", "), self.words().or),
            None => String::new(),
        }
    }

    /// Returns the words of a kind of missing, as the survey or else the program says them.
    pub(super) fn missing(&self, kind: Missing) -> String {
        if let Some(own) = self.survey.parts().missing_wording.get(&kind) {
            return own.get(self.language()).to_owned();
        }
        let words = &self.texts.words;
        match kind {
            Missing::NotAsked => &words.not_asked,
            Missing::Skipped => &words.skipped,
            Missing::DontKnow => &words.dont_know,
            Missing::WontSay => &words.wont_say,
            Missing::NotApplicable => &words.not_applicable,
        }
        .clone()
    }

    /// Returns what a background variable is called.
    pub(super) fn variable(&self, variable: &Id) -> String {
        match variable.as_str() {
            "site" => self.words().site.clone(),
            "age_band" => self.words().age_band.clone(),
            _ => self.survey.question(variable).map_or_else(
                || variable.to_string(),
                |question| question.text.get(self.language()).to_owned(),
            ),
        }
    }

    /// Returns what a group is called: its levels, joined by "or".
    pub(super) fn group(&self, variable: &Id, levels: &[String]) -> String {
        let words: Vec<String> = levels
            .iter()
            .map(|level| self.background_level(variable, level))
            .collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} {} {last}", before.join(", "), self.words().or),
            None => String::new(),
        }
    }

    fn background_level(&self, variable: &Id, level: &str) -> String {
        let language = self.language();
        let known = match variable.as_str() {
            "site" => {
                let mut sites = self.evaluation.sites.iter();
                sites
                    .find(|site| site.id.as_str() == level)
                    .map(|site| site.title.get(language).to_owned())
            }
            "age_band" => self.age_band(level),
            _ => self.survey.question(variable).and_then(|question| {
                let item = self.survey.items_of(question).into_iter().next()?;
                option_words(&item, &Id::new(level).ok()?, language)
            }),
        };
        known.unwrap_or_else(|| level.to_owned())
    }

    fn age_band(&self, code: &str) -> Option<String> {
        let bands = self.evaluation.consent_policy.age_bands();
        let band = bands.into_iter().find(|band| band.code.as_str() == code)?;
        let words = &self.texts.words;
        Some(match (band.from, band.below) {
            (None, Some(below)) => fill(&words.age_band_under, &[("age", &below.to_string())]),
            (Some(from), Some(below)) => fill(
                &words.age_band_between,
                &[
                    ("from", &from.to_string()),
                    ("to", &below.saturating_sub(1).to_string()),
                ],
            ),
            (Some(from), None) => fill(&words.age_band_from, &[("age", &from.to_string())]),
            (None, None) => return None,
        })
    }
}
