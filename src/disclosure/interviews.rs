//! The door for layers that see no tallies: from interviews, or rows of a file, straight to what is printed.

use std::fmt;

use crate::domain::coding::{Coding, TakesRows};
use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::Survey;
use crate::stats::collect::{Counting, RowCounts, Tallies};
use crate::stats::dimension::dimension_items;

use super::choice::Choice;
use super::policies::{CheckFailed, Policies};
use super::profile::Settings;
use super::publish::{publish, publish_by};
use super::published::Published;

/// Returns what may be printed of these interviews. Records of `earlier` versions of the survey count where they
/// have the item.
#[must_use]
pub fn publish_interviews<'r>(
    survey: &Survey,
    earlier: &[&Survey],
    records: impl IntoIterator<Item = &'r InterviewRecord>,
    settings: &Settings,
) -> Published {
    publish(survey, &Tallies::of(survey, earlier, records), settings)
}

/// Counts interviews as they are opened, so that none of them is kept. What was counted comes out as [`Published`] only.
#[derive(Clone)]
pub struct Interviews<'s> {
    survey: &'s Survey,
    counting: Counting<'s>,
}

impl<'s> Interviews<'s> {
    /// Returns a count of nobody, of a survey and by the groups that questions are split by. Records of `earlier` versions
    /// of the survey count where they have the item.
    #[must_use]
    pub fn new(survey: &'s Survey, earlier: &[&'s Survey], choice: &Choice) -> Self {
        let coding = Coding::of(survey, choice.rosters.clone());
        Self {
            survey,
            counting: Counting::begin(coding, earlier, &choice.by),
        }
    }

    /// Counts one.
    pub fn add(&mut self, record: &InterviewRecord) {
        self.counting.add(record);
    }

    /// Returns what may be printed of them. `choice` is the one it was begun with.
    ///
    /// # Errors
    /// [`CheckFailed`]: nothing may be printed.
    pub fn publish(self, settings: &Settings, choice: &Choice) -> Result<Published, CheckFailed> {
        publish_by(
            &mut Policies::default(),
            self.survey,
            &self.counting.finish(),
            settings,
            &choice.breakdowns,
        )
    }
}

impl fmt::Debug for Interviews<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interviews(..)")
    }
}

/// Takes rows of answers collected elsewhere. What was counted comes out as [`Published`] only.
#[derive(Clone)]
pub struct Rows(RowCounts);

impl Rows {
    /// Returns a place for rows of this coding, by the groups that questions are split by, with nobody in it.
    #[must_use]
    pub fn new(coding: &Coding<'_>, choice: &Choice) -> Self {
        // Person by person takes longer than all the rest, so only where there is something to count.
        let dimensions = coding.survey().parts().dimensions.iter();
        let several = |(dimension, _): &(Id, Localized)| dimension_items(coding, dimension).len() > 2;
        Self(if dimensions.into_iter().any(several) {
            RowCounts::with_dimensions(coding, &choice.by)
        } else {
            RowCounts::new(coding, &choice.by)
        })
    }
}

impl TakesRows for Rows {
    fn take(&mut self, row: &[u16]) {
        self.0.take(row);
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows(..)")
    }
}

/// Returns what may be printed of rows, each a person. All of `parts` were begun with this coding and choice.
///
/// # Errors
/// [`CheckFailed`]: nothing may be printed.
pub fn publish_rows(
    coding: &Coding<'_>,
    parts: Vec<Rows>,
    settings: &Settings,
    choice: &Choice,
) -> Result<Published, CheckFailed> {
    let Rows(mut all) = Rows::new(coding, choice);
    for Rows(part) in parts {
        all.merge(part);
    }
    publish_by(
        &mut Policies::default(),
        coding.survey(),
        &all.tallies(coding, &choice.by),
        settings,
        &choice.breakdowns,
    )
}
