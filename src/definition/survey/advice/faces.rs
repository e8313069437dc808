//! Faces help children; those of 13 and more may feel treated as one. Said once.

use super::questions;
use crate::definition::code::Code;
use crate::definition::fields::Reader;
use crate::definition::survey::raw::RawSurvey;

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    let first = questions(raw).find(|question| question.faces.as_ref().is_some_and(|faces| faces.value));
    if let Some(question) = first {
        let span = question.key("faces");
        reader.findings.add(Code::Faces, span);
    }
}
