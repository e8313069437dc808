//! How far two coders agree about open answers, for those who code: it stands in no report.
//!
//! A figure of agreement is made of counts of people, so it is given by public sizes only: from so many answers that both
//! have gone through, of so many people that a row would print, and of a single theme only where that theme would stand
//! as a heading among them. That a figure is not given then says no more than where the theme stands. Two decimals.

use std::collections::BTreeSet;

use crate::domain::id::Id;
use crate::domain::record::InterviewId;
use crate::domain::survey::report_plan::Limit;
use crate::domain::workbook::{AnswerRef, Workbook};
use crate::stats::agreement::{CodedTwice, Weighing};
use crate::stats::krippendorff::{Measure, krippendorff};

use super::profile::Settings;

/// The fewest answers that two have gone through, for any figure.
pub const FEWEST_ANSWERS: usize = 20;

/// How far two coders agree.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoCoders {
    /// Who; the first by name.
    pub coders: (Id, Id),
    /// Answers both have gone through: planning data.
    pub answers: usize,
    /// Krippendorff's alpha over all themes that have a figure of their own, each answer and theme a unit.
    pub alpha: Option<f64>,
    /// Each theme that has a figure.
    pub themes: Vec<OfTheme>,
}

/// How far two coders agree about a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct OfTheme {
    /// The theme.
    pub theme: Id,
    /// Cohen's kappa; nothing where one of them used one code only.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
}

/// Returns how far every two coders agree about these answers.
#[must_use]
pub fn agreement(
    workbook: &Workbook,
    answers: &[AnswerRef],
    themes: &[Id],
    settings: &Settings,
) -> Vec<TwoCoders> {
    let coders: Vec<&Id> = workbook.coders().into_iter().collect();
    let mut pairs = Vec::new();
    for (place, one) in coders.iter().enumerate() {
        for other in coders.iter().skip(place + 1) {
            pairs.push(two(workbook, (one, other), answers, themes, settings));
        }
    }
    pairs
}

fn two(
    workbook: &Workbook,
    (one, other): (&Id, &Id),
    answers: &[AnswerRef],
    themes: &[Id],
    settings: &Settings,
) -> TwoCoders {
    let both: Vec<AnswerRef> = answers
        .iter()
        .filter(|answer| workbook.is_gone_through(answer, one) && workbook.is_gone_through(answer, other))
        .cloned()
        .collect();
    let people: BTreeSet<&InterviewId> = both.iter().map(|answer| &answer.interview).collect();
    let least = usize::from(settings.row_base(true).max(settings.limit(Limit::ThemeFrom)));
    let enough = both.len() >= FEWEST_ANSWERS && people.len() >= least;
    let mut figures = Vec::new();
    let mut all: [Vec<Option<u16>>; 2] = [Vec::new(), Vec::new()];
    for theme in themes.iter().filter(|_| enough) {
        let holding: BTreeSet<&InterviewId> = both
            .iter()
            .filter(|answer| workbook.is_tagged(answer, theme))
            .map(|answer| &answer.interview)
            .collect();
        if !is_heading(holding.len(), people.len(), settings) {
            continue;
        }
        let codes = |coder: &Id| -> Vec<Option<u16>> {
            let found = workbook.coding(coder, theme, &both);
            found.into_iter().map(|found| found.map(u16::from)).collect()
        };
        let (first, second) = (codes(one), codes(other));
        let kappa = CodedTwice::new(&first, &second)
            .and_then(|coded| coded.agreement(Weighing::Alike))
            .and_then(|agreement| agreement.kappa);
        let own = [first, second];
        figures.push(OfTheme {
            theme: theme.clone(),
            kappa: kappa.ok().map(two_decimals),
            alpha: krippendorff(&own, Measure::Nominal).ok().map(two_decimals),
        });
        for (all, own) in all.iter_mut().zip(own) {
            all.extend(own);
        }
    }
    TwoCoders {
        coders: (one.clone(), other.clone()),
        answers: both.len(),
        alpha: krippendorff(&all, Measure::Nominal).ok().map(two_decimals),
        themes: figures,
    }
}

/// As a theme stands in a report.
fn is_heading(holding: usize, people: usize, settings: &Settings) -> bool {
    let least = usize::from(settings.limit(Limit::ThemeFrom));
    let threshold = usize::from(settings.threshold(true).max(settings.threshold(false)));
    people >= least + threshold && holding >= least
}

fn two_decimals(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::{TwoCoders, agreement};
    use crate::disclosure::made_up::settings;
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::ProfileName;
    use crate::domain::record::InterviewId;
    use crate::domain::workbook::log::{Change, Log};
    use crate::domain::workbook::theme::Theme;
    use crate::domain::workbook::{AnswerRef, Workbook};
    use crate::stats::made_up::{id, key};

    /// Two coders and so many people; each finds the theme in the first so many answers.
    fn found(people: u8, one: u8, other: u8) -> Vec<TwoCoders> {
        let answers: Vec<AnswerRef> = (0..people)
            .map(|person| AnswerRef {
                interview: InterviewId::from_bytes([person; 16]),
                item: key("fritt"),
            })
            .collect();
        let mut log = Log::default();
        for (coder, held) in [("anna", one), ("bo", other)] {
            for (number, answer) in (0..).zip(&answers) {
                let (answer, theme) = (answer.clone(), id("tid"));
                let change = if number < held {
                    Change::Tag { answer, theme }
                } else {
                    Change::GoneThrough { answer }
                };
                log.add(&id(coder), 1, change);
            }
        }
        let seeds = [Theme::seed(id("tid"), CleanText::line("Tid"))];
        let workbook = Workbook::of(seeds, &log);
        agreement(
            &workbook,
            &answers,
            &[id("tid")],
            &settings(ProfileName::Standard),
        )
    }

    #[test]
    fn two_who_find_the_same_agree_wholly_and_two_who_do_not_agree_less() {
        let same = &found(30, 12, 12)[0];
        assert_eq!(
            (same.themes[0].kappa, same.alpha, same.answers),
            (Some(1.0), Some(1.0), 30)
        );
        // 12 and 15 of 30: po = 0.9, pe = 0.4 * 0.5 + 0.6 * 0.5 = 0.5, kappa = 0.8.
        let other = &found(30, 12, 15)[0];
        assert_eq!(other.themes[0].kappa, Some(0.8));
    }

    #[test]
    fn few_answers_and_themes_few_hold_have_no_figure() {
        assert!(found(15, 8, 8)[0].themes.is_empty());
        assert!(found(30, 3, 4)[0].themes.is_empty());
        assert_eq!(found(30, 3, 4)[0].alpha, None);
    }
}
