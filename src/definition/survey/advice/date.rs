//! A full date tells who somebody is; a month seldom does.

use super::questions;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    for question in questions(raw) {
        if question.day.as_ref().is_some_and(|day| day.value) {
            let span = question.key("day");
            reader.findings.add(Code::FullDate, span);
        }
    }
}
