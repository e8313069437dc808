//! Options and rows as written.

use jiff::civil::Date;

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::At;
use crate::definition::survey::raw::{MAX_ENTRIES, RawCondition, condition, key_id};
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::Id;
use crate::domain::number::Number;

const OPTION: &[&str] = &[
    "code",
    "value",
    "text",
    "was",
    "retired",
    "specify",
    "exclusive",
    "pin",
    "show_if",
    "group",
];
const ROW: &[&str] = &[
    "id",
    "text",
    "said",
    "show_if",
    "dimension",
    "reverse",
    "sensitive",
];

/// One option.
pub(crate) struct RawOption {
    pub(crate) code: Option<At<Id>>,
    pub(crate) value: Option<At<Number>>,
    pub(crate) text: Option<Wording>,
    pub(crate) was: Vec<At<Id>>,
    pub(crate) retired: Option<At<Date>>,
    pub(crate) specify: bool,
    pub(crate) exclusive: Option<At<bool>>,
    pub(crate) pin_last: bool,
    pub(crate) show_if: Option<RawCondition>,
    pub(crate) group: Option<At<Id>>,
}

/// One statement of a matrix.
pub(crate) struct RawRow {
    pub(crate) id: Option<At<Id>>,
    pub(crate) text: Option<Wording>,
    pub(crate) said: Option<Wording>,
    pub(crate) show_if: Option<RawCondition>,
    pub(crate) dimension: Option<At<Id>>,
    pub(crate) reverse: bool,
    pub(crate) sensitive: bool,
}

/// Reads one option.
pub(crate) fn option(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawOption> {
    let fields = Fields::open(value, OPTION, reader)?;
    Some(RawOption {
        code: fields.need("code", reader, value::id),
        value: fields.get("value", reader, value::number),
        text: fields.need("text", reader, wording::line),
        was: fields.list("was", MAX_ENTRIES, reader, value::id),
        retired: fields.get("retired", reader, value::date),
        specify: fields.truth("specify", false, reader),
        exclusive: fields.get("exclusive", reader, value::truth),
        pin_last: fields.get("pin", reader, value::word(&[("last", ())])).is_some(),
        show_if: fields.get("show_if", reader, condition),
        group: fields.get("group", reader, value::id),
    })
}

/// Reads one row.
pub(crate) fn row(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawRow> {
    let fields = Fields::open(value, ROW, reader)?;
    Some(RawRow {
        id: fields.need("id", reader, value::id),
        text: fields.need("text", reader, wording::line),
        said: fields.get("said", reader, wording::line),
        show_if: fields.get("show_if", reader, condition),
        dimension: fields.get("dimension", reader, value::id),
        reverse: fields.truth("reverse", false, reader),
        sensitive: fields.truth("sensitive", false, reader),
    })
}

/// Reads `[question.groups]`: names of groups of options.
pub(crate) fn groups(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<(At<Id>, Option<Wording>)>> {
    let fields = Fields::free(value, reader)?.in_file_order();
    reader.within(fields.len(), MAX_ENTRIES, value::span(value));
    let mut groups = Vec::new();
    for field in fields.into_iter().take(MAX_ENTRIES) {
        let text = wording::line(field.value, reader);
        groups.extend(key_id(field.key, field.key_span, reader).map(|id| (id, text)));
    }
    Some(groups)
}
