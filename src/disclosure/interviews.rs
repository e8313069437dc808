//! The door for layers that see no tallies: from interviews straight to what is printed.

use crate::domain::record::InterviewRecord;
use crate::domain::survey::Survey;
use crate::stats::collect::Tallies;

use super::profile::Settings;
use super::publish::publish;
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
