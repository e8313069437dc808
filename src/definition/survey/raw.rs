//! The survey file as it is written: flat structs with the place of each value, nothing checked against anything.

use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{At, Span};
use crate::definition::value::{self, Value};
use crate::definition::wording::{self, Wording};
use crate::domain::id::{Id, Slug};
use crate::domain::missing::Missing;

pub(crate) mod choice;
pub(crate) mod consent;
pub(crate) mod keys;
pub(crate) mod plan;
pub(crate) mod question;
pub(crate) mod scale;

use consent::RawConsent;
use plan::{RawCodebook, RawGroupMode, RawLimit, RawQuota, RawTable};
use question::RawQuestion;
use scale::RawScale;

/// The most questions a survey may have.
pub(crate) const MAX_QUESTIONS: usize = 10_000;
/// The most options a question, levels a scale or rows a matrix may have.
pub(crate) const MAX_OPTIONS: usize = 1000;
/// The most of anything else that is listed.
pub(crate) const MAX_ENTRIES: usize = 1000;

/// Keys of the file itself.
pub(crate) const KEYS: &[&str] = &[
    "format",
    "id",
    "version",
    "languages",
    "title",
    "purpose",
    "consent",
    "missing",
    "scale",
    "dimension",
    "section",
    "readback",
    "group_mode",
    "quota",
    "disclosure",
    "report",
    "codebook",
];

/// Keys that belong inside a table of the file and are easily put outside.
pub(crate) const INSIDE: &[&str] = &["section.q"];

const SECTION: &[&str] = &["id", "title", "intro", "show_if", "q"];
const MISSING: &[&str] = &["dont_know", "wont_say", "not_applicable"];

/// A condition as written.
pub(crate) type RawCondition = At<String>;

/// The whole file.
pub(crate) struct RawSurvey {
    pub(crate) id: Option<At<Slug>>,
    pub(crate) version: Option<At<String>>,
    pub(crate) title: Option<Wording>,
    pub(crate) purpose: Option<Wording>,
    pub(crate) consent: Option<RawConsent>,
    pub(crate) missing: Vec<(Missing, Wording)>,
    pub(crate) scales: Vec<(At<Id>, RawScale)>,
    pub(crate) dimensions: Vec<(At<Id>, Option<Wording>)>,
    pub(crate) sections: Vec<RawSection>,
    pub(crate) readback: Option<Wording>,
    pub(crate) group_mode: Option<RawGroupMode>,
    pub(crate) quotas: Vec<RawQuota>,
    pub(crate) limits: Vec<RawLimit>,
    pub(crate) tables: Vec<RawTable>,
    pub(crate) codebooks: Vec<RawCodebook>,
}

/// Questions that belong together.
pub(crate) struct RawSection {
    pub(crate) id: Option<At<Id>>,
    pub(crate) title: Option<Wording>,
    pub(crate) intro: Option<Wording>,
    pub(crate) show_if: Option<RawCondition>,
    pub(crate) questions: Vec<RawQuestion>,
}

impl RawSurvey {
    /// Reads the file. `reader` knows its languages already.
    pub(crate) fn read(root: &Fields<'_>, reader: &mut Reader<'_>) -> Self {
        Self {
            id: root.need("id", reader, value::slug),
            version: root.need("version", reader, version),
            title: root.need("title", reader, wording::line),
            purpose: root.get("purpose", reader, wording::block),
            consent: root.need("consent", reader, RawConsent::read),
            missing: missing(root, reader),
            scales: root.get("scale", reader, scale::scales).unwrap_or_default(),
            dimensions: root.get("dimension", reader, dimensions).unwrap_or_default(),
            sections: sections(root, reader),
            readback: root.get("readback", reader, |value, reader| {
                Fields::open(value, &["text"], reader)?.need("text", reader, wording::block)
            }),
            group_mode: root.get("group_mode", reader, RawGroupMode::read),
            quotas: root.list("quota", MAX_ENTRIES, reader, RawQuota::read),
            limits: root.get("disclosure", reader, plan::limits).unwrap_or_default(),
            tables: root.get("report", reader, plan::tables).unwrap_or_default(),
            codebooks: root.list("codebook", MAX_ENTRIES, reader, RawCodebook::read),
        }
    }
}

/// Reads a condition.
pub(crate) fn condition(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawCondition> {
    let text = value::text(value, reader)?;
    Some(At::new(text.value.to_owned(), text.span))
}

/// Reads a version: any short text, usually a date.
pub(crate) fn version(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<String>> {
    let text = value::filled(value, reader)?;
    let fits = text.value.chars().count() <= 32 && !text.value.chars().any(char::is_control);
    if fits {
        return Some(At::new(text.value.trim().to_owned(), text.span));
    }
    value::bad_id(text.value, text.span, '-', reader)
}

fn missing(root: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<(Missing, Wording)> {
    let fields = root.get("missing", reader, |value, reader| {
        Fields::open(value, MISSING, reader)
    });
    let Some(fields) = fields else {
        return Vec::new();
    };
    Missing::CHOSEN
        .into_iter()
        .filter_map(|kind| Some((kind, fields.get(kind.code(), reader, wording::line)?)))
        .collect()
}

fn dimensions(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<(At<Id>, Option<Wording>)>> {
    let fields = Fields::free(value, reader)?.in_file_order();
    reader.within(fields.len(), MAX_ENTRIES, value::span(value));
    let mut dimensions = Vec::new();
    for field in fields.into_iter().take(MAX_ENTRIES) {
        let text = wording::line(field.value, reader);
        dimensions.extend(key_id(field.key, field.key_span, reader).map(|id| (id, text)));
    }
    Some(dimensions)
}

/// Reads a key that is an id.
pub(crate) fn key_id(key: &str, span: Span, reader: &mut Reader<'_>) -> Option<At<Id>> {
    match Id::new(key) {
        Ok(id) => Some(At::new(id, span)),
        Err(_) => value::bad_id(key, span, '_', reader),
    }
}

fn sections(root: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<RawSection> {
    let sections = root.need("section", reader, value::list_of(MAX_QUESTIONS, section));
    let Some(sections) = sections else {
        return Vec::new();
    };
    let questions: usize = sections.value.iter().map(|section| section.questions.len()).sum();
    reader.within(questions, MAX_QUESTIONS, sections.span);
    sections.value
}

fn section(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<RawSection> {
    let fields = Fields::open(value, SECTION, reader)?;
    let questions = fields.need("q", reader, value::list_of(MAX_QUESTIONS, RawQuestion::read));
    Some(RawSection {
        id: fields.need("id", reader, value::id),
        title: fields.need("title", reader, wording::line),
        intro: fields.get("intro", reader, wording::block),
        show_if: fields.get("show_if", reader, condition),
        questions: questions.map(|list| list.value).unwrap_or_default(),
    })
}
