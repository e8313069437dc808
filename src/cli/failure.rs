//! What a command says when it fails: a sentence for people beside the result, and for programs that asked for JSON
//! the same as JSON in the result's place.

use std::ffi::OsString;

use serde::Serialize;

use crate::store::StoreError;

use super::evaluation::store_sentence;
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// The shape of the JSON. Higher when a key changes its meaning; new keys may come at any time.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Root<'a> {
    format: u32,
    error: Failure<'a>,
}

/// `code` is the exit code, `id` says what went wrong in the same word in every language and version.
#[derive(Serialize)]
struct Failure<'a> {
    code: u8,
    id: &'a str,
    message: &'a str,
}

/// Returns whether these arguments ask for JSON, understood or not.
#[must_use]
pub fn wants_json(arguments: &[OsString]) -> bool {
    arguments
        .iter()
        .take_while(|argument| *argument != "--")
        .any(|argument| argument == "--json")
}

/// Answers with JSON how the run ended, where JSON was asked for and nothing stands on stdout yet.
pub fn answer(code: ExitCode, surroundings: &mut Surroundings) {
    let output = &mut surroundings.output;
    if code == ExitCode::Ok || output.has_result() || !wants_json(&surroundings.arguments) {
        return;
    }
    let said = output.said();
    let root = Root {
        format: FORMAT,
        error: Failure {
            code: code.number(),
            id: said.map_or(code.name(), |(id, _)| id),
            message: said.map_or("", |(_, message)| message),
        },
    };
    if let Ok(json) = serde_json::to_string(&root) {
        output.line(&json);
    }
}

/// Says what the store said, and returns how the run ends.
pub fn store(error: &StoreError, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let sentence = store_sentence(error, &settings.texts);
    surroundings.output.error(store_id(error), &sentence);
    ExitCode::Unreadable
}

const fn store_id(error: &StoreError) -> &'static str {
    match error {
        StoreError::DiskFull { .. } => "disk_full",
        StoreError::ReadOnly { .. } => "read_only",
        StoreError::NotAllowed { .. } => "not_allowed",
        StoreError::Strange { .. } => "strange",
        StoreError::NotFound { .. } => "not_found",
        StoreError::AlreadyThere { .. } => "already_there",
        StoreError::NotEmpty { .. } => "not_empty",
        StoreError::Locked { .. } => "open_elsewhere",
        StoreError::WrongPassphrase { .. } => "wrong_passphrase",
        StoreError::WrongKey { .. } => "wrong_key",
        StoreError::Damaged { .. } => "damaged",
        StoreError::Newer { .. } => "newer",
        StoreError::TooLarge { .. } => "too_large",
        StoreError::SurveyChanged { .. } => "survey_changed",
        _ => "storage",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::cli::exit_code::ExitCode;
    use crate::cli::run;
    use crate::cli::surroundings::Surroundings;

    fn answered(arguments: &[&str]) -> (ExitCode, Value, String) {
        let (mut surroundings, written) = Surroundings::made_up(arguments, "");
        let code = run(&mut surroundings);
        let json = serde_json::from_str(&written.0.text()).unwrap_or(Value::Null);
        (code, json, written.1.text())
    }

    #[test]
    fn an_error_is_json_where_json_was_asked_for_and_a_sentence_for_people_too() {
        for (arguments, id) in [
            (["results", "--json", "-e", "/nowhere"], "no_evaluation"),
            (["status", "--json", "-e", "/nowhere"], "no_evaluation"),
            (["report", "--json", "-e", "/nowhere"], "no_evaluation"),
            (["results", "--json", "--by", "Feil navn"], "usage"),
            (["results", "--json", "--color", "blue"], "usage"),
            (["chekc", "--json", "-e", "x"], "usage"),
            (["check", "--json", "--lang", "en"], "usage"),
        ] {
            let (code, json, beside) = answered(&arguments);
            assert_eq!(json["error"]["id"], id, "{arguments:?}");
            assert_eq!(json["error"]["code"], code.number(), "{arguments:?}");
            let message = json["error"]["message"].as_str().unwrap_or_default();
            assert!(
                message.len() > 10 && beside.contains(message),
                "{arguments:?}: {beside}"
            );
        }
    }

    #[test]
    fn without_json_nothing_stands_on_stdout() {
        let (_, json, beside) = answered(&["results", "-e", "/nowhere"]);
        assert!(json.is_null() && !beside.is_empty());
    }
}
