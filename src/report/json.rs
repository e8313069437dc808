//! Results as JSON, for other programs: the same values as the tables, and how to take each. One file holds the
//! results of one survey or of several.

use serde::Serialize;

use super::document::{Block, Document, Figure, Part, RunChart, Table, Value};
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
    /// What the title page says of it: service, round, survey with its version.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<FactOut<'d>>,
    findings: Vec<FindingOut<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<QuoteOut<'d>>,
    notes: Vec<&'d str>,
    tables: Vec<TableOut<'d>>,
}

/// A line of the title page.
#[derive(Serialize)]
struct FactOut<'d> {
    name: &'d str,
    value: &'d str,
}

/// Somebody's own words.
#[derive(Serialize)]
struct QuoteOut<'d> {
    words: &'d str,
    attribution: &'d str,
}

/// What was found, and the items it is about.
#[derive(Serialize)]
struct FindingOut<'d> {
    text: &'d str,
    items: &'d [String],
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
    /// The sentences above the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    said: Vec<&'d str>,
    values: Vec<ValueOut<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<FigureOut<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunOut<'d>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'d [String],
}

/// A figure that follows from the counts. `value` stands only where it is exact, `low` and `high` only where all that
/// follows is that it lies between them.
#[derive(Serialize)]
struct FigureOut<'d> {
    figure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'d str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval_high: Option<f64>,
}

/// Rounds about their median.
#[derive(Serialize)]
struct RunOut<'d> {
    code: &'d str,
    median: f64,
    rounds: Vec<RoundOut<'d>>,
    useful: u64,
    longest_run: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    longest_run_limit: Option<u64>,
    crossings: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    crossings_limit: Option<u64>,
    signal: bool,
}

#[derive(Serialize)]
struct RoundOut<'d> {
    round: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
}

/// One value. `count` stands only where the count is exact, `low` and `high` only where it is coded.
#[derive(Serialize)]
struct ValueOut<'d> {
    code: &'d str,
    label: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    /// Of everybody asked, where some did not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    share_of_asked: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval_high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact_interval_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact_interval_high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users_interval_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users_interval_high: Option<f64>,
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
    // Notes to interviewers in the appendix are of the guide, not of the results.
    let guide = document.questions_of_a_guide().map(|own| own.from);
    let end = guide.filter(|from| *from > 0).unwrap_or(document.blocks.len());
    let notes = document.blocks.iter().take(end).filter_map(|block| match block {
        Block::Note(text) => Some(text.as_str()),
        _ => None,
    });
    let findings = document.blocks.iter().filter_map(|block| match block {
        Block::Finding { text, items } => Some(FindingOut { text, items }),
        _ => None,
    });
    SurveyOut {
        survey,
        kind: document.kind.code(),
        title: &document.title,
        about: document.front.as_ref().map_or_else(Vec::new, |front| {
            let facts = front.facts.iter();
            facts
                .map(|fact| FactOut {
                    name: &fact.name,
                    value: &fact.value,
                })
                .collect()
        }),
        findings: findings.collect(),
        quotes: quotes(document),
        notes: notes.collect(),
        tables: tables(document),
    }
}

/// The quotes, each once: findings have some beside them.
fn quotes(document: &Document) -> Vec<QuoteOut<'_>> {
    let mut quotes: Vec<QuoteOut<'_>> = Vec::new();
    for block in &document.blocks {
        if let Block::Quote { words, attribution } = block
            && quotes.iter().all(|known| known.words != words)
        {
            quotes.push(QuoteOut { words, attribution });
        }
    }
    quotes
}

/// The tables with the sentences that stand above each.
fn tables(document: &Document) -> Vec<TableOut<'_>> {
    let mut tables = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { .. } => said.clear(),
            Block::Paragraph(text) | Block::Finding { text, .. } => said.push(text),
            Block::Table(table) if !matches!(table.part, Part::Summary | Part::Sheet) => {
                tables.push(table_out(table, std::mem::take(&mut said), document));
            }
            _ => {}
        }
    }
    tables
}

fn table_out<'d>(table: &'d Table, said: Vec<&'d str>, document: &'d Document) -> TableOut<'d> {
    // Runs follow from the rounds: other tables of an item have none.
    let runs = match table.part {
        Part::Rounds => document.runs.as_slice(),
        _ => &[],
    };
    TableOut {
        item: &table.item,
        part: table.part.code(),
        question: &table.question,
        made_up: document.made_up,
        n: table.n,
        asked: table.asked,
        said,
        values: table.values().into_iter().map(value_out).collect(),
        figures: document.figures_of(table).map(figure_out).collect(),
        run: runs.iter().find(|run| run.item == table.item).map(run_out),
        notes: &table.notes,
    }
}

fn value_out(value: Value<'_>) -> ValueOut<'_> {
    let rounded = |(part, of)| (share(part, of) * 10_000.0).round() / 10_000.0;
    ValueOut {
        code: value.code,
        label: value.label,
        group: value.group,
        people: value.people,
        n: value.n,
        status: value.status,
        words: value.words,
        count: value.count,
        low: value.bounds.map(|(low, _)| low),
        high: value.bounds.map(|(_, high)| high),
        share: value.share.map(rounded),
        share_of_asked: value.share_of_asked.map(rounded),
        interval_low: value.interval.map(|(low, _)| of_all(low)),
        interval_high: value.interval.map(|(_, high)| of_all(high)),
        exact_interval_low: value.exact_interval.map(|(low, _)| of_all(low)),
        exact_interval_high: value.exact_interval.map(|(_, high)| of_all(high)),
        users_interval_low: value.users_interval.map(|(low, _)| of_all(low)),
        users_interval_high: value.users_interval.map(|(_, high)| of_all(high)),
        difference: value.difference.map(|(by, ..)| fraction(by)),
        difference_low: value.difference.map(|(_, low, _)| fraction(low)),
        difference_high: value.difference.map(|(.., high)| fraction(high)),
    }
}

fn figure_out(figure: &Figure) -> FigureOut<'_> {
    let number = |thousandths: i32| f64::from(thousandths) / 1000.0;
    FigureOut {
        figure: figure.name,
        of: figure.of.as_deref(),
        status: figure.status(),
        value: figure.value.map(number),
        low: figure.within.map(|(low, _)| number(low)),
        high: figure.within.map(|(_, high)| number(high)),
        interval_low: figure.interval.map(|(low, _)| number(low)),
        interval_high: figure.interval.map(|(_, high)| number(high)),
    }
}

fn run_out(run: &RunChart) -> RunOut<'_> {
    RunOut {
        code: &run.code,
        median: fraction(run.median),
        rounds: run
            .sides
            .iter()
            .map(|(round, side)| RoundOut { round, side: *side })
            .collect(),
        useful: run.useful,
        longest_run: run.longest_run.0,
        longest_run_limit: run.longest_run.1,
        crossings: run.crossings.0,
        crossings_limit: run.crossings.1,
        signal: run.signal,
    }
}

/// Millionths of all as a number from 0 to 1.
fn of_all(millionths: i32) -> f64 {
    f64::from(millionths) / 1_000_000.0
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
    fn a_share_has_its_interval_beside_it() {
        let json: serde_json::Value = serde_json::from_slice(&bytes(&[("a", small())]).unwrap()).unwrap();
        let values = json["surveys"][0]["tables"][0]["values"].as_array().unwrap();
        for value in values {
            let has = |key: &str| value.get(key).is_some();
            assert_eq!(
                has("share"),
                has("interval_low") && has("interval_high"),
                "{value}"
            );
        }
        let ten = values.iter().find(|value| value["count"] == 10).unwrap();
        // Wilson's interval of 10 of 23.
        let bound = |key: &str| ten[key].as_f64();
        assert_eq!(
            (bound("interval_low"), bound("interval_high")),
            (Some(0.256_346), Some(0.631_886))
        );
        // 10 of the 25 asked.
        assert_eq!(bound("share_of_asked"), Some(0.4));
    }

    #[test]
    fn a_finding_names_the_items_it_is_about() {
        let json: serde_json::Value = serde_json::from_slice(&bytes(&[("a", small())]).unwrap()).unwrap();
        let finding = &json["surveys"][0]["findings"][0];
        assert_eq!(
            finding["text"],
            "17 av 23 svarte «I stor grad» eller «I svært stor grad»."
        );
        let table = &json["surveys"][0]["tables"][0];
        assert_eq!(finding["items"], serde_json::json!([table["item"]]));
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
