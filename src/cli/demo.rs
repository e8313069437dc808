//! `stemme demo`: an example evaluation with made-up interviews, made through the real path.
//!
//! Made-up people answer the interview machine; every step goes to a journal, every interview is sealed, opened,
//! counted and published as always. Only the people and the keys are throw-away.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgMatches, Command, value_parser};

use crate::domain::language::Language;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::made_up::fill as fill_desk;
use crate::fieldwork::workbench::{Safe, Workbench, coder_named};
use crate::fieldwork::workplace::Workplace;
use crate::report::compose;
use crate::report::plain;
use crate::texts::{Texts, TextsError, fill};
use crate::tui::Start;
use crate::tui::results::Documents;

use super::arguments::{bare, path, value};
use super::evaluation;
use super::exit_code::ExitCode;
use super::failure;
use super::release::voices;
use super::screens;
use super::settings::Settings;
use super::showing::{self, Asked, Opened, Shown, Versions};
use super::surroundings::Surroundings;

mod example;
mod workbook;

/// The seed of the example as everybody sees it.
const SEED: u64 = 2026;
/// How many made-up people are interviewed.
pub const PEOPLE: usize = 29;

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.results.command;
    let folder = &texts.command.value.folder;
    bare("demo")
        .about(words.demo_about.clone())
        .arg(path(value("dir", "dir", folder, &words.dir)))
        .arg(value("seed", "seed", &words.seed_value, &words.seed).value_parser(value_parser!(u64)))
}

/// Makes the example and shows its results.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(SEED);
    match matches.get_one::<PathBuf>("dir") {
        Some(dir) => {
            let dir = surroundings.path(dir);
            let code = show(&dir, seed, settings, surroundings);
            if code == ExitCode::Ok {
                let folder = dir.display().to_string();
                let words = &settings.texts.results.command;
                let said = fill(&words.demo_dir, &[("folder", &folder)]);
                surroundings.output.note(&said);
            }
            code
        }
        None => match tempfile::tempdir() {
            Ok(temporary) => {
                let code = show(&temporary.path().join("demo"), seed, settings, surroundings);
                if code == ExitCode::Ok {
                    let words = &settings.texts.results;
                    let said = if screens::wanted(settings, surroundings) {
                        &words.screen.demo_gone
                    } else {
                        &words.command.demo_temporary
                    };
                    surroundings.output.note(said);
                }
                code
            }
            Err(error) => failed(&error.to_string(), settings, surroundings),
        },
    }
}

/// Makes the evaluation in a folder, fills it and shows its results: on a terminal as screens, else as tables.
fn show(folder: &Path, seed: u64, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let workplace = match made(folder, seed, settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let shown = worked(&workplace, settings, surroundings)
        .and_then(|()| showing::shown_of(&workplace, &Asked::default(), settings, surroundings));
    let shown = match shown {
        Ok(shown) => shown,
        Err(code) => return code,
    };
    if screens::wanted(settings, surroundings) {
        return match in_every_language(&shown) {
            Ok(documents) => screens::show_office(workplace, Start::Home, documents, settings, surroundings),
            Err(error) => failed(&error.to_string(), settings, surroundings),
        };
    }
    for part in &shown.parts {
        for sources in shown.sources(part, &settings.texts) {
            let document = compose::results(&sources);
            surroundings
                .output
                .bytes(&plain::bytes(&document, &settings.texts));
        }
    }
    ExitCode::Ok
}

/// Whoever reads can change the language on the screen.
fn in_every_language(shown: &Shown) -> Result<Documents, TextsError> {
    let mut documents = Documents::default();
    for language in Language::ALL {
        let texts = Texts::load(language)?;
        for part in &shown.parts {
            for sources in shown.sources(part, &texts) {
                documents.add(compose::results(&sources));
            }
        }
    }
    Ok(documents)
}

/// Makes the evaluation and holds and seals its interviews.
fn made(
    folder: &Path,
    seed: u64,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let random = surroundings.randomness();
    if let Err(error) = example::create(folder, seed, settings, &random) {
        return Err(match error {
            example::NotMade::Store(error) => failure::store(&error, settings, surroundings),
            other => failed(&other.to_string(), settings, surroundings),
        });
    }
    if !settings.quiet {
        let words = &settings.texts.results.command;
        let n = PEOPLE.to_string();
        surroundings.output.note(&fill(&words.demo_intro, &[("n", &n)]));
    }
    let mut workplace = Workplace::open(folder, &surroundings.home, random)
        .map_err(|error| failed(&format!("{error:?}"), settings, surroundings))?;
    let survey = workplace.surveys().as_read().first().map(Arc::clone);
    let Some(survey) = survey else {
        return Err(failed("no survey", settings, surroundings));
    };
    fill_desk(&mut workplace, &survey, seed, PEOPLE)
        .map_err(|error| failed(&error.to_string(), settings, surroundings))?;
    Ok(workplace)
}

/// Shows the figures, sorts the answers and releases themes and quotes, as coordinators would.
fn worked(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    showing::shown_of(workplace, &Asked::default(), settings, surroundings)?;
    let words = &settings.texts.workbench.demo;
    let keys = evaluation::coordinator(workplace, settings, surroundings)?;
    for is_second in [false, true] {
        let coder = coder_named(&words.coder).filter(|_| is_second);
        let bench = Workbench::open(workplace, &keys, coder, &mut |_, _| ());
        let mut bench = bench.map_err(|error| evaluation::cannot_unlock(error, settings, surroundings))?;
        let done = workbook::code(&mut bench, words, is_second).and_then(|()| {
            if is_second {
                return Ok(());
            }
            workbook::quote(&mut bench)?;
            workbook::write(&mut bench, words)
        });
        done.map_err(|error| failed(&error.to_string(), settings, surroundings))?;
        if let Safe::No(error) = bench.wait() {
            return Err(failure::store(&error, settings, surroundings));
        }
    }
    let mut kept = showing::read_ledger(workplace, settings, surroundings)?;
    let versions = Versions::of(workplace);
    let opened = Opened::open(workplace, &versions, &kept, None, settings, surroundings)?;
    voices::release_unasked(&opened, &mut kept, settings, surroundings)
}

fn failed(detail: &str, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.results.command;
    surroundings
        .output
        .note(&fill(&words.demo_failed, &[("detail", detail)]));
    ExitCode::Unexpected
}

#[cfg(test)]
mod tests;
