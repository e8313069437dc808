//! What a command says for other programs: JSON, or one name and value a line.

use clap::{Arg, ArgMatches};
use serde_json::Value;

use crate::texts::Texts;

use super::arguments::switch;
use super::surroundings::Surroundings;
use super::workbench::record;

/// Returns the two flags.
pub fn flags(texts: &Texts) -> [Arg; 2] {
    let words = &texts.results.command;
    [
        switch("plain", "plain", &words.plain).conflicts_with("json"),
        switch("json", "json", &words.json),
    ]
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON document.
    Json,
    /// A line for each value.
    Lines,
}

/// Returns the form that was asked for; nothing where sentences are wanted.
#[must_use]
pub fn wanted(matches: &ArgMatches) -> Option<Form> {
    match (matches.get_flag("json"), matches.get_flag("plain")) {
        (true, _) => Some(Form::Json),
        (false, true) => Some(Form::Lines),
        (false, false) => None,
    }
}

/// Writes it in a form.
pub fn write(value: &Value, form: Form, surroundings: &mut Surroundings) {
    if form == Form::Json {
        surroundings.output.line(&value.to_string());
        return;
    }
    let mut records = Vec::new();
    flatten("", value, &mut records);
    for (name, value) in records {
        record(&[&name, &value], surroundings);
    }
}

/// The same as JSON says, one name and value a line: tables are named by what stands in them.
fn flatten(name: &str, value: &Value, records: &mut Vec<(String, String)>) {
    let under = |key: &str| {
        if name.is_empty() {
            key.to_owned()
        } else {
            format!("{name}.{key}")
        }
    };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                flatten(&under(key), value, records);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            for (place, value) in list.iter().enumerate() {
                let key = value.get("id").and_then(Value::as_str).map(str::to_owned);
                flatten(&under(&key.unwrap_or_else(|| place.to_string())), value, records);
            }
        }
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(plain).collect();
            records.push((name.to_owned(), list.join(",")));
        }
        other => records.push((name.to_owned(), plain(other))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
