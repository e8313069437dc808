//! Where themes stand in the report as things are now, and how far two coders agree: what those who code may know.

use std::collections::BTreeSet;

use crate::disclosure::agreement::{TwoCoders, agreement};
use crate::disclosure::voices::stand_now;
use crate::domain::id::Id;
use crate::domain::record::{Gathered, InterviewId, Mode};
use crate::domain::workbook::AnswerRef;
use crate::fieldwork::workbench::{OpenQuestion, Workbench};
use crate::texts::workbench::ThemesTexts;

/// How a theme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// A heading of its own.
    Heading,
    /// Among other input.
    Other,
    /// As all others do: too few were interviewed to tell them apart.
    Alike,
    /// In no answer.
    Nobody,
}

impl Stands {
    /// Returns its name for other programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Other => "other",
            Self::Alike => "alike",
            Self::Nobody => "nobody",
        }
    }

    /// Returns what is said of it.
    #[must_use]
    pub fn words(self, words: &ThemesTexts) -> &str {
        match self {
            Self::Heading => &words.heading,
            Self::Other => &words.other,
            Self::Alike => &words.alike,
            Self::Nobody => &words.nobody,
        }
    }
}

/// Returns how the themes stand among those interviewed in the open round, survey by survey, in the order of the tree;
/// the higher place counts.
#[must_use]
pub fn standing(bench: &Workbench) -> Vec<(Id, Stands)> {
    let order = order(bench);
    let mut all: Vec<(Id, Stands)> = order.iter().map(|id| (id.clone(), Stands::Nobody)).collect();
    for survey in bench.surveys() {
        let Some(limits) = bench.limits(survey.id()) else {
            continue;
        };
        let own = || {
            let all = bench.interviews().iter();
            all.filter(|head| head.survey == *survey.id() && Some(&head.round) == bench.round())
        };
        let alone = own().filter(|head| head.mode == Mode::Individual);
        let mut people: BTreeSet<InterviewId> = alone.map(|head| head.interview.clone()).collect();
        if people.is_empty() {
            people.extend(Gathered::names(own()).cloned());
        }
        let now = stand_now(bench.book(), &order, &people, limits);
        for (id, stands) in &mut all {
            if now.headings().contains(id) {
                *stands = if now.is_divided() {
                    Stands::Heading
                } else {
                    Stands::Alike
                };
            } else if now.others().contains(id) && *stands == Stands::Nobody {
                *stands = Stands::Other;
            }
        }
    }
    all
}

/// Returns how far every two coders agree, over the answers of each survey by its own limits.
#[must_use]
pub fn agreed(bench: &Workbench) -> Vec<TwoCoders> {
    let themes = order(bench);
    let mut all = Vec::new();
    for survey in bench.surveys() {
        let Some(limits) = bench.limits(survey.id()) else {
            continue;
        };
        let own = bench
            .questions()
            .iter()
            .filter(|question| question.survey == *survey.id());
        let answers: Vec<AnswerRef> = own
            .flat_map(OpenQuestion::answers)
            .filter(|answer| !answer.is_group)
            .map(|answer| answer.answer.clone())
            .collect();
        all.extend(agreement(bench.book(), &answers, &themes, limits));
    }
    all.retain(|two| two.answers > 0);
    all
}

fn order(bench: &Workbench) -> Vec<Id> {
    let tree = bench.tree().into_iter();
    tree.map(|(_, theme)| theme.id.clone()).collect()
}
