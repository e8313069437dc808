//! `[[section.q]]` as written.

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{At, Span};
use crate::definition::survey::raw::choice::{self, RawOption, RawRow};
use crate::definition::survey::raw::keys::has;
use crate::definition::survey::raw::scale::{self, RawGroups};
use crate::definition::survey::raw::{MAX_ENTRIES, MAX_OPTIONS, RawCondition, condition};
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::Id;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::survey::question::{Level, Order};

/// Keys of every question, whatever its type.
pub(crate) const QUESTION: &[&str] = &[
    "id",
    "type",
    "text",
    "help",
    "interviewer_note",
    "said",
    "required",
    "show_if",
    "dimension",
    "role",
    "sensitive",
    "self_answer",
    "probes",
    "report",
    "reverse",
    "without",
    "options",
    "scale",
    "scales",
    "rows",
    "groups",
    "merge",
    "faces",
    "min",
    "max",
    "order",
    "unit",
    "decimals",
    "bands",
    "day",
    "long",
    "coding",
    "quotable",
    "check",
];

const CHECK: &[&str] = &["level", "that", "text"];

const WAYS: &[(&str, Missing)] = &[
    ("dont_know", Missing::DontKnow),
    ("wont_say", Missing::WontSay),
    ("not_applicable", Missing::NotApplicable),
];
const ORDERS: &[(&str, Order)] = &[
    ("fixed", Order::Fixed),
    ("random", Order::Random),
    ("rotate", Order::Rotate),
];
const LEVELS: &[(&str, Level)] = &[("stop", Level::Stop), ("ask", Level::Ask)];

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    One,
    Scale,
    Many,
    Matrix,
    Number,
    Date,
    Text,
    Rank,
    Count,
    Info,
}

/// Types by the word for them.
pub(crate) const TYPES: &[(&str, Type)] = &[
    ("one", Type::One),
    ("scale", Type::Scale),
    ("many", Type::Many),
    ("matrix", Type::Matrix),
    ("number", Type::Number),
    ("date", Type::Date),
    ("text", Type::Text),
    ("rank", Type::Rank),
    ("count", Type::Count),
    ("info", Type::Info),
];

/// One question.
pub(crate) struct RawQuestion {
    pub(crate) span: Span,
    /// Every key and where it stands.
    pub(crate) keys: Vec<(String, Span)>,
    pub(crate) id: Option<At<Id>>,
    pub(crate) kind: Option<At<Type>>,
    pub(crate) text: Option<Wording>,
    pub(crate) help: Option<Wording>,
    pub(crate) interviewer_note: Option<Wording>,
    pub(crate) said: Option<Wording>,
    pub(crate) probes: Vec<Wording>,
    pub(crate) required: bool,
    pub(crate) show_if: Option<RawCondition>,
    pub(crate) dimension: Option<At<Id>>,
    pub(crate) background: Option<Span>,
    pub(crate) sensitive: bool,
    pub(crate) self_answer: bool,
    pub(crate) report: bool,
    pub(crate) reverse: bool,
    pub(crate) without: Vec<At<Missing>>,
    pub(crate) options: Option<At<Vec<RawOption>>>,
    pub(crate) scale: Option<At<Id>>,
    pub(crate) scales: Option<At<Vec<At<Id>>>>,
    pub(crate) rows: Option<At<Vec<RawRow>>>,
    pub(crate) groups: Vec<(At<Id>, Option<Wording>)>,
    pub(crate) merge: Option<RawGroups>,
    pub(crate) faces: Option<At<bool>>,
    pub(crate) min: Option<At<Number>>,
    pub(crate) max: Option<At<Number>>,
    pub(crate) order: Order,
    pub(crate) unit: Option<Wording>,
    pub(crate) decimals: u8,
    pub(crate) bands: Option<At<Vec<At<(Number, Number)>>>>,
    pub(crate) day: Option<At<bool>>,
    pub(crate) long: bool,
    pub(crate) codebook: Option<At<Id>>,
    pub(crate) quotable: Option<At<String>>,
    pub(crate) checks: Vec<RawCheck>,
}

/// One check of an answer.
pub(crate) struct RawCheck {
    pub(crate) level: Option<At<Level>>,
    pub(crate) that: Option<RawCondition>,
    pub(crate) text: Option<Wording>,
}

impl RawQuestion {
    pub(crate) fn read(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Fields::free(value, reader)?;
        let kind = fields.need("type", reader, value::word(TYPES));
        let shown: Vec<&str> = match &kind {
            Some(kind) => QUESTION
                .iter()
                .copied()
                .filter(|key| has(kind.value, key))
                .collect(),
            None => QUESTION.to_vec(),
        };
        fields.name_unknown(QUESTION, &shown, reader);
        let keys = fields
            .in_file_order()
            .into_iter()
            .map(|field| (field.key.to_owned(), field.key_span))
            .collect();
        Some(Self {
            span: fields.span,
            keys,
            id: fields.need("id", reader, value::id),
            kind,
            text: fields.need("text", reader, wording::block),
            help: fields.get("help", reader, wording::block),
            interviewer_note: fields.get("interviewer_note", reader, wording::block),
            said: fields.get("said", reader, wording::line),
            probes: fields.list("probes", MAX_ENTRIES, reader, wording::line),
            required: fields.truth("required", false, reader),
            show_if: fields.get("show_if", reader, condition),
            dimension: fields.get("dimension", reader, value::id),
            background: fields
                .get("role", reader, value::word(&[("background", ())]))
                .map(|role| role.span),
            sensitive: fields.truth("sensitive", false, reader),
            self_answer: fields.truth("self_answer", false, reader),
            report: fields.truth("report", true, reader),
            reverse: fields.truth("reverse", false, reader),
            without: fields.list("without", MAX_ENTRIES, reader, value::word(WAYS)),
            options: fields.get("options", reader, value::list_of(MAX_OPTIONS, choice::option)),
            scale: fields.get("scale", reader, value::id),
            scales: fields.get("scales", reader, value::list_of(MAX_OPTIONS, value::id)),
            rows: fields.get("rows", reader, value::list_of(MAX_OPTIONS, choice::row)),
            groups: fields.get("groups", reader, choice::groups).unwrap_or_default(),
            merge: fields.get("merge", reader, scale::groups),
            faces: fields.get("faces", reader, value::truth),
            min: fields.get("min", reader, value::number),
            max: fields.get("max", reader, value::number),
            order: fields
                .get("order", reader, value::word(ORDERS))
                .map_or_else(Order::default, |order| order.value),
            unit: fields.get("unit", reader, wording::line),
            decimals: fields
                .get("decimals", reader, value::whole(0, 3))
                .and_then(|decimals| u8::try_from(decimals.value).ok())
                .unwrap_or(0),
            bands: fields.get("bands", reader, bands),
            day: fields.get("day", reader, value::truth),
            long: fields.truth("long", false, reader),
            codebook: fields.get("coding", reader, |value, reader| {
                Fields::open(value, &["codebook"], reader)?.need("codebook", reader, value::id)
            }),
            quotable: fields.get("quotable", reader, condition),
            checks: fields.list("check", MAX_ENTRIES, reader, check),
        })
    }

    /// Returns where a key stands, or the question when it is not there.
    pub(crate) fn key(&self, key: &str) -> Span {
        let found = self.keys.iter().find(|(known, _)| known == key);
        found.map_or(self.span, |(_, span)| *span)
    }
}

fn bands(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Vec<At<(Number, Number)>>>> {
    value::list_of(MAX_OPTIONS, value::pair_of(value::number))(value, reader)
}

fn check(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawCheck> {
    let fields = Fields::open(value, CHECK, reader)?;
    Some(RawCheck {
        level: fields.need("level", reader, value::word(LEVELS)),
        that: fields.need("that", reader, condition),
        text: fields.need("text", reader, wording::block),
    })
}
