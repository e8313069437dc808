//! Problems for programs: one object each, the same in every version of the same format.

use std::io::ErrorKind;

use serde::Serialize;

use super::lines::Lines;
use super::words::Words;
use crate::definition::problem::{Problem, Severity};
use crate::domain::clean_text::first_hidden;

#[derive(Serialize)]
struct Entry<'e> {
    code: &'e str,
    severity: &'static str,
    file: &'e str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: String,
    help: String,
    fix: Option<Fix>,
}

/// A change that mends the problem: replace the stretch by the text.
#[derive(Serialize)]
struct Fix {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: String,
}

/// Returns a problem as an object.
pub(super) fn problem(problem: &Problem, file: &str, lines: &Lines, words: &Words<'_>) -> String {
    let start = lines.position(problem.span.start);
    let end = lines.position(problem.span.end);
    let fix = problem.suggestion.as_ref().map(|suggestion| {
        let start = lines.position(suggestion.span.start);
        let end = lines.position(suggestion.span.end);
        Fix {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: suggestion.text.clone(),
        }
    });
    let severity = match problem.severity() {
        Severity::Error => "error",
        Severity::Advice => "advice",
    };
    written(&Entry {
        code: &problem.id(),
        severity,
        file,
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
        message: words.title(problem),
        help: words.help(problem),
        fix,
    })
}

/// Returns a file that cannot be read as an object without a place.
pub(super) fn unreadable(file: &str, why: ErrorKind, words: &Words<'_>) -> String {
    written(&Entry {
        code: "unreadable",
        severity: "error",
        file,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        message: words.unreadable_title(file, why),
        help: words.unreadable_help(why).to_owned(),
        fix: None,
    })
}

fn written(entry: &Entry<'_>) -> String {
    // Plain text and numbers always have a JSON form.
    let json = serde_json::to_string(entry).unwrap_or_else(|_| "null".to_owned());
    let mut safe = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_control() || first_hidden(c.encode_utf8(&mut [0; 4])).is_some() {
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}
