//! A breakdown that will be hidden because too few people of a kind are planned.

use super::questions;
use super::routing::names;
use crate::definition::code::Code;
use crate::definition::expression::parse::parse;
use crate::definition::fields::Reader;
use crate::definition::problem::{Argument, Role};
use crate::definition::survey::raw::RawSurvey;
use crate::domain::survey::report_plan::Limit;

/// The fewest people in a group of a breakdown in the profile `standard` (disclosure design, "Profiles").
const STANDARD_MIN_GROUP: u16 = 12;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    let own = raw.limits.iter().find(|(limit, _)| *limit == Limit::MinGroup);
    let least = own.map_or(STANDARD_MIN_GROUP, |(_, value)| {
        value.value.max(STANDARD_MIN_GROUP)
    });
    for by in raw.tables.iter().flat_map(|table| &table.by) {
        let background =
            questions(raw).any(|question| question.id.as_ref().is_some_and(|id| id.value == by.value));
        let small = raw.quotas.iter().find(|quota| {
            let target = quota
                .target
                .as_ref()
                .is_some_and(|target| target.value < i64::from(least));
            let when = quota.when.as_ref().and_then(|when| parse(&when.value).ok());
            target && when.is_some_and(|when| names(&when, by.value.as_str()))
        });
        if let Some(target) = small
            .filter(|_| background)
            .and_then(|quota| quota.target.as_ref())
        {
            reader
                .findings
                .add(Code::BreakdownHidden, by.span)
                .name(&by.value)
                .with(Argument::Count(u64::try_from(target.value).unwrap_or(0)))
                .with(Argument::Limit(least.to_string()))
                .related(target.span, Role::DefinedHere);
        }
    }
}
