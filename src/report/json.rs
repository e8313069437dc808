//! Results as JSON, for other programs: the same values as the tables, and how to take each. One file holds the
//! results of one survey or of several.

use serde::Serialize;

use super::document::{Block, Document, Part, Table, Value};
use super::wording::share;

/// The shape of this file. Higher when a key changes its meaning; new keys may come at any time.
const FORMAT: u32 = 1;

/// A file that could not be put together; it lives in memory, so this is never seen.
#[derive(Debug, thiserror::Error)]
#[error("json: {0}")]
pub struct JsonError(String);

#[derive(Serialize)]
struct Root<'d> {
    format: u32,
    language: &'static str,
    made_up: bool,
    surveys: Vec<SurveyOut<'d>>,
}

#[derive(Serialize)]
struct SurveyOut<'d> {
    survey: &'d str,
    kind: &'static str,
    title: &'d str,
    findings: Vec<&'d str>,
    notes: Vec<&'d str>,
    tables: Vec<TableOut<'d>>,
}

#[derive(Serialize)]
struct TableOut<'d> {
    item: &'d str,
    part: &'static str,
    question: &'d str,
    made_up: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<u32>,
    values: Vec<ValueOut<'d>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'d [String],
}

/// One value. `count` stands only where the count is exact, `low` and `high` only where it is coded.
#[derive(Serialize)]
struct ValueOut<'d> {
    code: &'d str,
    label: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'d str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference_high: Option<f64>,
}

/// Returns the notes and values of documents, each with its survey's id, as one JSON value that ends in a line break.
///
/// # Errors
/// [`JsonError`], for completeness.
pub fn bytes(documents: &[(&str, Document)]) -> Result<Vec<u8>, JsonError> {
    let root = Root {
        format: FORMAT,
        language: documents.first().map_or("", |(_, first)| first.language.code()),
        made_up: documents.iter().any(|(_, document)| document.made_up),
        surveys: documents
            .iter()
            .map(|(survey, document)| survey_out(survey, document))
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&root).map_err(|error| JsonError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn survey_out<'d>(survey: &'d str, document: &'d Document) -> SurveyOut<'d> {
    let notes = document.blocks.iter().filter_map(|block| match block {
        Block::Note(text) => Some(text.as_str()),
        _ => None,
    });
    let findings = document.blocks.iter().filter_map(|block| match block {
        Block::Finding(text) => Some(text.as_str()),
        _ => None,
    });
    SurveyOut {
        survey,
        kind: document.kind.code(),
        title: &document.title,
        findings: findings.collect(),
        notes: notes.collect(),
        tables: document
            .tables()
            .filter(|table| !matches!(table.part, Part::Summary | Part::Sheet))
            .map(|table| table_out(table, document.made_up))
            .collect(),
    }
}

fn table_out(table: &Table, made_up: bool) -> TableOut<'_> {
    TableOut {
        item: &table.item,
        part: table.part.code(),
        question: &table.question,
        made_up,
        n: table.n,
        asked: table.asked,
        values: table.values().into_iter().map(value_out).collect(),
        notes: &table.notes,
    }
}

fn value_out(value: Value<'_>) -> ValueOut<'_> {
    ValueOut {
        code: value.code,
        label: value.label,
        group: value.group,
        status: value.status,
        count: value.count,
        low: value.bounds.map(|(low, _)| low),
        high: value.bounds.map(|(_, high)| high),
        share: value
            .share
            .map(|(part, of)| (share(part, of) * 10_000.0).round() / 10_000.0),
        difference: value.difference.map(|(by, ..)| fraction(by)),
        difference_low: value.difference.map(|(_, low, _)| fraction(low)),
        difference_high: value.difference.map(|(.., high)| fraction(high)),
    }
}

/// Hundredths of a percentage point as a number from -1 to 1, as shares are written.
fn fraction(hundredths: i32) -> f64 {
    f64::from(hundredths) / 10_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::bytes;
    use crate::report::example::{hostile, small};

    #[test]
    fn a_hidden_value_has_a_status_and_nothing_else() {
        let json: serde_json::Value = serde_json::from_slice(&bytes(&[("a", small())]).unwrap()).unwrap();
        let values = json["surveys"][0]["tables"][2]["values"].as_array().unwrap();
        let hidden = values.iter().find(|value| value["status"] == "hidden").unwrap();
        for key in ["count", "low", "high", "share"] {
            assert!(hidden.get(key).is_none(), "{key}");
        }
    }

    #[test]
    fn several_surveys_are_one_value() {
        let json: serde_json::Value =
            serde_json::from_slice(&bytes(&[("a", small()), ("b", small())]).unwrap()).unwrap();
        let surveys = json["surveys"].as_array().unwrap();
        let ids: Vec<_> = surveys.iter().map(|survey| survey["survey"].as_str()).collect();
        assert_eq!(ids, [Some("a"), Some("b")]);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_as_it_was(text in any::<String>()) {
            let json: serde_json::Value = serde_json::from_slice(&bytes(&[("a", hostile(&text))]).unwrap()).unwrap();
            assert_eq!(json["surveys"][0]["tables"][0]["question"], text);
        }
    }
}
