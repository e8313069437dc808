//! `[scale.NAME]` as written.

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{At, Span};
use crate::definition::survey::raw::{MAX_ENTRIES, MAX_OPTIONS, key_id};
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::Id;
use crate::domain::number::Number;
use crate::domain::survey::scale::Good;

const SCALE: &[&str] = &["good", "bands", "options", "ask"];
const LEVEL: &[&str] = &["code", "value", "text"];
const BANDS: &[&str] = &["three", "two"];
const GOOD: &[(&str, Good)] = &[("high", Good::High), ("low", Good::Low), ("none", Good::None)];

/// An answer scale.
pub(crate) struct RawScale {
    pub(crate) span: Span,
    pub(crate) good: Option<At<Good>>,
    pub(crate) ask: Option<Wording>,
    pub(crate) levels: Option<At<Vec<RawLevel>>>,
    pub(crate) bands: Option<RawBands>,
}

/// One level.
pub(crate) struct RawLevel {
    pub(crate) span: Span,
    pub(crate) code: Option<At<Id>>,
    pub(crate) value: Option<At<Number>>,
    pub(crate) text: Option<Wording>,
}

/// How levels are put together.
pub(crate) struct RawBands {
    pub(crate) three: Option<RawGroups>,
    pub(crate) two: Option<RawGroups>,
}

/// Lists of codes.
pub(crate) type RawGroups = At<Vec<At<Vec<At<Id>>>>>;

/// Reads `[scale]`: scales by name.
pub(crate) fn scales(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<(At<Id>, RawScale)>> {
    let fields = Fields::free(value, reader)?.in_file_order();
    reader.within(fields.len(), MAX_ENTRIES, value::span(value));
    let mut scales = Vec::new();
    for field in fields.into_iter().take(MAX_ENTRIES) {
        let name = key_id(field.key, field.key_span, reader);
        let scale = scale(field.value, reader);
        scales.extend(name.zip(scale));
    }
    Some(scales)
}

fn scale(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawScale> {
    let fields = Fields::open(value, SCALE, reader)?;
    Some(RawScale {
        span: fields.span,
        good: fields.need("good", reader, value::word(GOOD)),
        ask: fields.get("ask", reader, wording::block),
        levels: fields.need("options", reader, value::list_of(MAX_OPTIONS, level)),
        bands: fields.get("bands", reader, bands),
    })
}

fn level(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawLevel> {
    let fields = Fields::open(value, LEVEL, reader)?;
    Some(RawLevel {
        span: fields.span,
        code: fields.need("code", reader, value::id),
        value: fields.get("value", reader, value::number),
        text: fields.need("text", reader, wording::line),
    })
}

fn bands(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawBands> {
    let fields = Fields::open(value, BANDS, reader)?;
    Some(RawBands {
        three: fields.get("three", reader, groups),
        two: fields.need("two", reader, groups),
    })
}

/// Reads lists of codes.
pub(crate) fn groups(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawGroups> {
    let group = |value, reader: &mut Reader<'_>| value::list_of(MAX_OPTIONS, value::id)(value, reader);
    value::list_of(MAX_OPTIONS, group)(value, reader)
}
