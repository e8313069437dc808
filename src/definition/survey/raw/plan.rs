//! What the survey plans, as written: group mode, quotas, tables, codebooks, limits.

use toml::de::DeValue;

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::At;
use crate::definition::problem::Kind;
use crate::definition::survey::raw::{MAX_ENTRIES, MAX_OPTIONS, RawCondition, condition};
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::Id;
use crate::domain::limits::Settings;
use crate::domain::survey::report_plan::Limit;

const GROUP_MODE: &[&str] = &["allowed", "only", "questions", "min_people"];
const QUOTA: &[&str] = &["id", "when", "target"];
const TABLE: &[&str] = &["id", "title", "rows", "show", "by"];
const CODEBOOK: &[&str] = &["id", "title", "codes"];
const THEME: &[&str] = &["code", "text"];

/// Figures a table can show.
const FIGURES: &[(&str, &str)] = &[
    ("n", "n"),
    ("counts", "counts"),
    ("percent", "percent"),
    ("favourable", "favourable"),
    ("mean", "mean"),
    ("median", "median"),
    ("missing", "missing"),
];

/// How a group may be asked.
pub(crate) struct RawGroupMode {
    pub(crate) allowed: bool,
    pub(crate) only: Vec<At<Id>>,
    pub(crate) questions: Vec<At<Id>>,
    pub(crate) min_people: u16,
}

/// How many of whom.
pub(crate) struct RawQuota {
    pub(crate) id: Option<At<Id>>,
    pub(crate) when: Option<RawCondition>,
    pub(crate) target: Option<At<i64>>,
}

/// A disclosure limit.
pub(crate) type RawLimit = (Limit, At<u16>);

/// A table of the report.
pub(crate) struct RawTable {
    pub(crate) id: Option<At<Id>>,
    pub(crate) title: Option<Wording>,
    pub(crate) rows: Vec<At<Id>>,
    pub(crate) show: Vec<Id>,
    pub(crate) by: Vec<At<Id>>,
}

/// Themes to begin with.
pub(crate) struct RawCodebook {
    pub(crate) id: Option<At<Id>>,
    pub(crate) title: Option<Wording>,
    pub(crate) codes: Vec<(Option<At<Id>>, Option<Wording>)>,
}

impl RawGroupMode {
    pub(crate) fn read(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Fields::open(value, GROUP_MODE, reader)?;
        let min_people = fields.get("min_people", reader, value::whole(2, 100));
        Some(Self {
            allowed: fields.truth("allowed", true, reader),
            only: fields.list("only", MAX_OPTIONS, reader, value::id),
            questions: fields.list("questions", MAX_OPTIONS, reader, value::id),
            min_people: min_people
                .and_then(|least| u16::try_from(least.value).ok())
                .unwrap_or(3),
        })
    }
}

impl RawQuota {
    pub(crate) fn read(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Fields::open(value, QUOTA, reader)?;
        Some(Self {
            id: fields.need("id", reader, value::id),
            when: fields.need("when", reader, condition),
            target: fields.need("target", reader, value::whole(1, 100_000)),
        })
    }
}

impl RawCodebook {
    pub(crate) fn read(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Fields::open(value, CODEBOOK, reader)?;
        let codes = fields.need(
            "codes",
            reader,
            value::list_of(MAX_OPTIONS, |value, reader: &mut Reader<'_>| {
                let fields = Fields::open(value, THEME, reader)?;
                Some((
                    fields.need("code", reader, value::id),
                    fields.need("text", reader, wording::line),
                ))
            }),
        );
        Some(Self {
            id: fields.need("id", reader, value::id),
            title: fields.get("title", reader, wording::line),
            codes: codes.map(|codes| codes.value).unwrap_or_default(),
        })
    }
}

/// Reads `[report]`: its tables.
pub(crate) fn tables(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<RawTable>> {
    let fields = Fields::open(value, &["table"], reader)?;
    Some(fields.list("table", MAX_ENTRIES, reader, table))
}

fn table(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawTable> {
    let fields = Fields::open(value, TABLE, reader)?;
    let show = fields.need("show", reader, value::list_of(MAX_ENTRIES, value::word(FIGURES)));
    Some(RawTable {
        id: fields.need("id", reader, value::id),
        title: fields.need("title", reader, wording::line),
        rows: fields.need("rows", reader, one_or_several).unwrap_or_default(),
        show: show
            .map(|show| show.value)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|figure| Id::new(figure.value).ok())
            .collect(),
        by: fields.list("by", MAX_ENTRIES, reader, value::id),
    })
}

/// Reads `"dimension"` or `["bup01", "bup02"]`.
fn one_or_several(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<At<Id>>> {
    match value.get_ref() {
        DeValue::String(_) => value::id(value, reader).map(|id| vec![id]),
        DeValue::Array(_) => value::list_of(MAX_OPTIONS, value::id)(value, reader).map(|list| list.value),
        _ => value::wrong(value, Kind::TextOrList, reader),
    }
}

/// Reads `[disclosure]` of a survey: limits that tighten the evaluation's.
pub(crate) fn limits(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<RawLimit>> {
    let keys = Limit::ALL.map(Limit::key);
    let fields = Fields::open(value, &keys, reader)?;
    Some(
        Limit::ALL
            .into_iter()
            .filter_map(|limit| {
                let value = fields.get(limit.key(), reader, limit_value(Settings::least(limit)))?;
                Some((limit, value))
            })
            .collect(),
    )
}

/// Reads the value of a limit, which must not be looser than `least`.
pub(crate) fn limit_value(least: u16) -> impl Fn(&Value<'_>, &mut Reader<'_>) -> Option<At<u16>> + Copy {
    move |value, reader| {
        let limit = value::whole(i64::from(least), 1000)(value, reader)?;
        let number = u16::try_from(limit.value).ok()?;
        Some(At::new(number, limit.span))
    }
}
