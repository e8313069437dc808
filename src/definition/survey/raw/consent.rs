//! `[consent]` as written.

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{At, Span};
use crate::definition::survey::raw::MAX_ENTRIES;
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::Id;

const CONSENT: &[&str] = &["read_aloud", "points", "ask_age", "interviewer_note"];
const POINT: &[&str] = &["id", "text", "required"];

/// What is read aloud and agreed to.
pub(crate) struct RawConsent {
    pub(crate) span: Span,
    pub(crate) read_aloud: Option<Wording>,
    pub(crate) interviewer_note: Option<Wording>,
    pub(crate) points: Vec<RawPoint>,
    pub(crate) ask_age: bool,
}

/// One thing to agree to.
pub(crate) struct RawPoint {
    pub(crate) id: Option<At<Id>>,
    pub(crate) text: Option<Wording>,
    pub(crate) required: bool,
}

impl RawConsent {
    pub(crate) fn read(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Fields::open(value, CONSENT, reader)?;
        let points = fields.need("points", reader, value::list_of(MAX_ENTRIES, point));
        Some(Self {
            span: points.as_ref().map_or(fields.span, |points| points.span),
            read_aloud: fields.need("read_aloud", reader, wording::block),
            interviewer_note: fields.get("interviewer_note", reader, wording::block),
            points: points.map(|points| points.value).unwrap_or_default(),
            ask_age: fields.truth("ask_age", false, reader),
        })
    }
}

fn point(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawPoint> {
    let fields = Fields::open(value, POINT, reader)?;
    Some(RawPoint {
        id: fields.need("id", reader, value::id),
        text: fields.need("text", reader, wording::block),
        required: fields.truth("required", false, reader),
    })
}
