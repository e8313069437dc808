//! The command line: arguments, exit codes, the interview line by line, and commands for coordinators.
//!
//! A command is one file with two functions, and one line in [`commands`]:
//!
//! ```text
//! pub fn command(texts: &Texts) -> clap::Command            its arguments, with words from the texts
//! pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode
//! ```
//!
//! Results go to stdout, everything else to stderr, both through [`output::Output`]. Nothing here reads the clock,
//! the environment or randomness by itself: they come with [`surroundings::Surroundings`], so that tests run the
//! whole command line in their own process.

use std::path::PathBuf;

use clap::ArgMatches;

use crate::domain::language::Language;
use crate::texts::Texts;
use crate::tui::trace::Event;

pub mod actions;
pub mod answers;
pub mod arguments;
pub mod backup;
pub mod check;
pub mod choose;
pub mod close;
pub mod code;
pub mod collect;
pub mod commands;
pub mod compare;
pub mod completions;
pub mod configuration;
pub mod confirm;
pub mod coordinator;
pub mod data;
pub mod debug_log;
pub mod deliver;
pub mod demo;
pub mod diagnostics;
pub mod doctor;
pub mod evaluation;
pub mod exit_code;
pub mod failure;
pub mod findings;
mod first_run;
pub mod guide;
pub mod interview;
pub mod keys;
pub mod kit;
mod line_settings;
pub mod linear;
pub mod man;
pub mod new;
pub mod output;
pub mod papers;
pub mod places;
pub mod plan;
pub mod practice;
pub mod preview;
pub mod progress;
pub mod quotes;
pub mod release;
pub mod renew;
pub mod report;
pub mod rescue;
pub mod restore;
pub mod results;
pub mod screens;
pub mod secret;
pub mod settings;
pub mod showing;
pub mod start;
pub mod status;
pub mod strangers;
pub mod surroundings;
pub mod survey_file;
pub mod tabulate;
pub mod themes;
pub mod translate;
pub mod trouble;
pub mod usage;
pub mod verify;
pub mod wipe;
pub mod withdraw;
pub mod workbench;

use configuration::Configuration;
use exit_code::ExitCode;
use settings::Settings;
use surroundings::Surroundings;

/// Runs the program once and returns how it went.
pub fn run(surroundings: &mut Surroundings) -> ExitCode {
    let configuration = Configuration::load(surroundings);
    let language = settings::language(surroundings, &configuration.preferences());
    let texts = match Texts::load(language) {
        Ok(texts) => texts,
        Err(error) => {
            surroundings.output.note(&error.to_string());
            return ExitCode::Unexpected;
        }
    };
    let code = match arguments::parse(&texts, &surroundings.arguments) {
        Ok(matches) => {
            let settings = Settings::of(&matches, texts, configuration, surroundings);
            doctor::tell_of_a_named_file(&settings, surroundings);
            let opened = open_log(&matches, &settings, surroundings);
            let code = match opened {
                Ok(()) => commands::dispatch(&matches, &settings, surroundings),
                Err(code) => code,
            };
            surroundings.log.add(&Event {
                numbers: [("code", code.number().into()), ("", 0)],
                ..Event::new("program", "ends")
            });
            code
        }
        Err(error) => usage::answer(&error, &texts, surroundings),
    };
    failure::answer(code, surroundings);
    surroundings.output.flush();
    if surroundings.output.has_failed() {
        if let Ok(texts) = Texts::load(language) {
            surroundings.output.note(&texts.command.error.not_written);
        }
        return ExitCode::Unexpected;
    }
    code
}

/// Opens the log, where one is wanted, and begins it with what is known of the program and the terminal.
fn open_log(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let Some(path) = matches.get_one::<PathBuf>("debug_log") else {
        return Ok(());
    };
    let path = surroundings.working_folder.join(path);
    if let Err(error) = surroundings.log.open(&path) {
        return Err(failure::store(&error, settings, surroundings));
    }
    let log = &surroundings.log;
    log.happened("version", env!("CARGO_PKG_VERSION"), None);
    let system = if surroundings.is_windows {
        "windows"
    } else {
        "other"
    };
    log.happened("system", system, None);
    log.happened("language", settings.language().code(), None);
    let modes = [
        (settings.linear, "line by line"),
        (settings.ascii, "plain characters"),
        (settings.colour, "colour"),
        (settings.no_input, "nothing asked"),
    ];
    for (_, mode) in modes.into_iter().filter(|(on, _)| *on) {
        log.happened("mode", mode, None);
    }
    let named = matches.subcommand_name();
    let known = commands::COMMANDS.iter().find(|entry| Some(entry.name) == named);
    log.happened("command", known.map_or("start", |entry| entry.name), None);
    Ok(())
}

/// Returns the language in which a failure nobody thought of is told.
#[must_use]
pub fn language(surroundings: &Surroundings) -> Language {
    settings::language(surroundings, &Configuration::load(surroundings).preferences())
}

/// Returns what is said when the program fails in a way nobody thought of. Read only then: reading the texts takes
/// longer than everything else before the first frame.
#[must_use]
pub fn crash_sentence(language: Language) -> String {
    Texts::load(language).map_or_else(|error| error.to_string(), |texts| texts.command.crashed.clone())
}

#[cfg(test)]
mod hidden_values_tests;
