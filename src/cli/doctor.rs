//! `stemme doctor`: what works on this machine, and what to do about what does not.

use clap::{ArgMatches, Command};
use serde_json::{Map, Value, json};

use crate::store::StoreError;
use crate::store::preferences::{Passed, PassedKind};
use crate::store::trial;
use crate::texts::command::Doctor;
use crate::texts::{Texts, fill};
use crate::tui;
use crate::tui::trial::{Arrived, KEYS, next_key, widths};

use super::arguments::{bare, switch};
use super::evaluation::{folder, is_there, store_sentence};
use super::exit_code::ExitCode;
use super::places::PORTABLE;
use super::settings::{By, Settings, locale};
use super::surroundings::Surroundings;

use terminal::{SAMPLES, characters, colours, keyboard, size, terminal};

mod terminal;

/// Less room than this is not enough for a day of interviews.
const ROOM: u64 = 50 * 1024 * 1024;
/// A disk slower than this is felt while typing.
const SLOW: u128 = 500;

/// How well something works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Works,
    Notice,
    Trouble,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    id: &'static str,
    state: State,
    says: String,
    values: Value,
}

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.doctor;
    bare("doctor")
        .about(words.about.clone())
        .arg(switch("json", "json", &words.json))
        .arg(switch("keys", "keys", &words.keys))
}

/// Looks at everything and says how it works.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let as_json = matches.get_flag("json");
    let on_terminal = surroundings.stdin_is_terminal && surroundings.stdout_is_terminal;
    let mut findings = vec![terminal(settings, surroundings)];
    let window = on_terminal.then(tui::window).flatten();
    findings.extend(window.map(|window| size(window, settings)));
    findings.push(colours(settings, matches, surroundings));
    let drawn = (on_terminal && !as_json && !settings.linear && !settings.no_input)
        .then(|| widths(&SAMPLES))
        .flatten();
    findings.push(characters(drawn.as_deref(), settings, surroundings));
    findings.push(keyboard(settings, surroundings));
    findings.push(language(settings, surroundings));
    findings.push(settings_file(settings));
    findings.extend(disk(settings, surroundings));
    findings.push(evaluation(settings, surroundings));
    let code = if findings.iter().any(|found| found.state == State::Trouble) {
        ExitCode::Unreadable
    } else {
        ExitCode::Ok
    };
    if as_json {
        surroundings.output.line(&report(&findings).to_string());
        return code;
    }
    let words = &settings.texts.command.doctor;
    let version = env!("CARGO_PKG_VERSION");
    surroundings
        .output
        .line(&fill(&words.head, &[("version", version)]));
    for found in &findings {
        let mark = match found.state {
            State::Works => &words.works,
            State::Notice => &words.notice,
            State::Trouble => &words.trouble,
        };
        surroundings.output.line(&format!("{mark} {}", found.says));
    }
    if matches.get_flag("keys") && on_terminal && !settings.no_input {
        try_keys(settings, surroundings);
    } else if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    code
}

fn report(findings: &[Finding]) -> Value {
    let checks: Vec<Value> = findings
        .iter()
        .map(|found| {
            let mut check = Map::new();
            check.insert("id".to_owned(), json!(found.id));
            let state = match found.state {
                State::Works => "works",
                State::Notice => "notice",
                State::Trouble => "trouble",
            };
            check.insert("state".to_owned(), json!(state));
            check.insert("text".to_owned(), json!(found.says));
            if let Value::Object(values) = &found.values {
                check.extend(values.clone());
            }
            Value::Object(check)
        })
        .collect();
    json!({ "version": env!("CARGO_PKG_VERSION"), "checks": checks })
}

fn found(id: &'static str, state: State, says: &str, values: Value) -> Finding {
    Finding {
        id,
        state,
        says: says.to_owned(),
        values,
    }
}

/// What decided something, in words.
fn by_words(by: By, words: &Doctor) -> String {
    match by {
        By::Flag(name) | By::Variable(name) => fill(&words.because, &[("what", name)]),
        By::Settings => fill(&words.because, &[("what", "config.toml")]),
        By::Terminal => String::new(),
    }
}

fn by_id(by: By) -> Value {
    match by {
        By::Flag(name) | By::Variable(name) => json!(name),
        By::Settings => json!("config.toml"),
        By::Terminal => json!("terminal"),
    }
}

fn language(settings: &Settings, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let preferences = settings.configuration.preferences();
    let by = if super::configuration::named(surroundings, "lang", None).is_some() {
        "--lang"
    } else if surroundings.variable("STEMME_LANG").is_some() {
        "STEMME_LANG"
    } else if preferences.language.is_some() {
        "config.toml"
    } else {
        locale(surroundings, "LC_MESSAGES").unwrap_or_default()
    };
    let name = settings.language().own_name();
    let because = if by.is_empty() {
        String::new()
    } else {
        fill(&words.because, &[("what", by)])
    };
    let says = fill(&words.language, &[("language", name), ("because", &because)]);
    let values = json!({ "code": settings.language().code(), "because": by });
    found("language", State::Works, &says, values)
}

fn settings_file(settings: &Settings) -> Finding {
    let words = &settings.texts.command.doctor;
    let configuration = &settings.configuration;
    let path = configuration.path.display().to_string();
    let passed: Vec<String> = configuration
        .own
        .passed
        .iter()
        .chain(&configuration.evaluation.passed)
        .map(|passed| passed_words(passed, words))
        .collect();
    let values = json!({
        "path": path,
        "is_there": configuration.own.is_there,
        "evaluation_path": configuration.evaluation_path.as_ref().filter(|_| configuration.evaluation.is_there),
        "not_understood": passed,
    });
    let (state, says) = match &configuration.trouble {
        Some(error) => (State::Trouble, store_sentence(error, &settings.texts)),
        None if !passed.is_empty() => {
            let says = fill(&words.settings_passed, &[("file", &path)]);
            (State::Notice, format!("{says} {}", passed.join(" ")))
        }
        None if configuration.own.is_there => (State::Works, fill(&words.settings, &[("file", &path)])),
        None => (State::Works, fill(&words.settings_none, &[("file", &path)])),
    };
    found("settings", state, &says, values)
}

/// Says what is wrong with a settings file that was named with `--config`.
pub(super) fn tell_of_a_named_file(settings: &Settings, surroundings: &mut Surroundings) {
    let configuration = &settings.configuration;
    if !configuration.is_named {
        return;
    }
    let path = configuration.path.clone();
    let words = &settings.texts.command.doctor;
    let said = match &configuration.trouble {
        Some(error) => store_sentence(error, &settings.texts),
        None if !configuration.own.is_there => {
            store_sentence(&StoreError::NotFound { path }, &settings.texts)
        }
        None if configuration.own.passed.is_empty() => return,
        None => {
            let passed = configuration.own.passed.iter();
            let passed: Vec<String> = passed.map(|passed| passed_words(passed, words)).collect();
            let file = path.display().to_string();
            let says = fill(&words.settings_passed, &[("file", &file)]);
            format!("{says} {}", passed.join(" "))
        }
    };
    surroundings.output.note(&said);
}

fn passed_words(passed: &Passed, words: &Doctor) -> String {
    let line = passed.line.to_string();
    match &passed.kind {
        PassedKind::NotToml => fill(&words.not_toml, &[("line", &line)]),
        PassedKind::UnknownKey(key) => fill(&words.unknown_key, &[("line", &line), ("key", key)]),
        PassedKind::WrongValue(key, values) => fill(
            &words.wrong_value,
            &[("line", &line), ("key", key), ("values", values)],
        ),
    }
}

fn disk(settings: &Settings, surroundings: &Surroundings) -> Vec<Finding> {
    let words = &settings.texts.command.doctor;
    let place = if is_there(settings, surroundings) {
        folder(settings, surroundings)
    } else {
        surroundings.home.clone()
    };
    let trial = trial::of(&place);
    let shown = place.display().to_string();
    let portable = surroundings.home.file_name().is_some_and(|name| name == PORTABLE);
    let mut values = json!({
        "path": shown,
        "portable": portable,
        "locks": trial.locks,
        "free_bytes": trial.free,
    });
    let write = match &trial.written {
        Ok(took) => {
            if let Value::Object(values) = &mut values {
                let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
                values.insert("milliseconds".to_owned(), json!(took));
            }
            let milliseconds = took.as_millis().to_string();
            let (state, says) = if !trial.locks {
                (State::Notice, &words.disk_no_locks)
            } else if took.as_millis() > SLOW {
                (State::Notice, &words.disk_slow)
            } else if portable {
                (State::Works, &words.disk_portable)
            } else {
                (State::Works, &words.disk)
            };
            let says = fill(says, &[("folder", &shown), ("milliseconds", &milliseconds)]);
            found("disk", state, &says, values)
        }
        Err(error) => {
            let why = store_sentence(error, &settings.texts);
            let says = fill(&words.disk_trouble, &[("folder", &shown), ("why", &why)]);
            found("disk", State::Trouble, &says, values)
        }
    };
    let room = trial.free.map(|free| {
        let megabytes = (free / (1024 * 1024)).to_string();
        let (state, says) = if free < ROOM {
            (State::Notice, &words.room_little)
        } else {
            (State::Works, &words.room)
        };
        let says = fill(says, &[("megabytes", &megabytes)]);
        found("room", state, &says, json!({ "free_bytes": free }))
    });
    [write].into_iter().chain(room).collect()
}

fn evaluation(settings: &Settings, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let there = is_there(settings, surroundings);
    let place = folder(settings, surroundings).display().to_string();
    let says = if there {
        &words.evaluation
    } else {
        &words.evaluation_none
    };
    let says = fill(says, &[("folder", &place)]);
    found(
        "evaluation",
        State::Works,
        &says,
        json!({ "is_there": there, "path": place }),
    )
}

/// Asks for keys, one after the other, and says whether they arrive.
fn try_keys(settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.command.doctor;
    let names = &settings.texts.interview.key;
    surroundings.output.line(&words.keys_how);
    for wanted in KEYS {
        let name = match wanted {
            tui::input::Key::BackTab => format!("Shift+{}", names.tab),
            key => tui::keymap::key_name(key, names),
        };
        surroundings
            .output
            .part(&format!("{} ", fill(&words.press, &[("key", &name)])));
        surroundings.output.flush();
        let says = match next_key(wanted, names) {
            Arrived::Right => words.arrived.clone(),
            Arrived::Other(other) => fill(&words.arrived_other, &[("key", &other)]),
            Arrived::Passed => words.passed.clone(),
        };
        surroundings.output.line(&says);
    }
}

#[cfg(test)]
mod named_file_tests;

#[cfg(test)]
mod tests {
    use crate::cli::exit_code::ExitCode;
    use crate::cli::run;
    use crate::cli::surroundings::Surroundings;
    use crate::store::atomic::{Access, replace};

    fn said(arguments: &[&str], prepare: impl FnOnce(&mut Surroundings)) -> (ExitCode, String) {
        let (mut surroundings, written) = Surroundings::made_up(arguments, "");
        prepare(&mut surroundings);
        (run(&mut surroundings), written.0.text())
    }

    #[test]
    fn what_works_is_said_in_every_language_and_as_json() {
        let folder = tempfile::tempdir().unwrap();
        for (language, expected) in [("nb", "Farger: av"), ("nn", "Fargar: av"), ("en", "Colours: off")] {
            let (code, text) = said(&["doctor", "--lang", language], |surroundings| {
                surroundings.home = folder.path().to_owned();
                surroundings.working_folder = folder.path().to_owned();
            });
            assert_eq!(code, ExitCode::Ok, "{text}");
            assert!(text.contains(expected), "{text}");
            assert!(!text.contains('{'), "{text}");
        }
        let (_, text) = said(&["helse", "--json"], |surroundings| {
            surroundings.home = folder.path().to_owned();
            surroundings.working_folder = folder.path().to_owned();
        });
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        let ids: Vec<&str> = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|check| check["id"].as_str().unwrap())
            .collect();
        let expected = [
            "terminal",
            "colours",
            "characters",
            "keyboard",
            "language",
            "settings",
            "disk",
            "room",
            "evaluation",
        ];
        assert_eq!(ids, expected);
    }

    #[test]
    fn the_reason_for_no_colour_is_named() {
        let (_, text) = said(&["doctor", "--lang", "en"], |surroundings| {
            surroundings.environment.insert("NO_COLOR".into(), "1".into());
        });
        assert!(text.contains("Colours: off (because of NO_COLOR)."), "{text}");
    }

    #[test]
    fn settings_that_are_not_understood_are_named_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        replace(&path, b"mus = true\nluft = 'vid'\n", Access::AsUsual).unwrap();
        let (_, text) = said(&["doctor", "--lang", "en"], |surroundings| {
            surroundings.config_folder = folder.path().to_owned();
        });
        assert!(
            text.contains("Line 2: “luft” can be: tett, normal, luftig."),
            "{text}"
        );
    }
}
