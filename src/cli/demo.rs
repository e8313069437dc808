//! `stemme demo`: an example evaluation with made-up interviews, made through the real path.
//!
//! Made-up people answer the interview machine; every step goes to a journal, every interview is sealed, opened,
//! counted and published as always. Only the people and the keys are throw-away. There are two rounds: one that was shown
//! before, and the open one, in which those close to young people are asked, too.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgMatches, Command, value_parser};

use crate::definition;
use crate::domain::id::{Id, NotAnId};
use crate::domain::language::Language;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::made_up::{Crowd, fill as fill_desk};
use crate::fieldwork::workbench::{Safe, Workbench, coder_named};
use crate::fieldwork::workplace::Workplace;
use crate::report::compose;
use crate::report::plain;
use crate::store::folder::edit::add_round;
use crate::texts::workbench::DemoTexts;
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
#[cfg(test)]
pub(in crate::cli) mod one_round;
mod workbook;

/// The seed of the example as everybody sees it.
const SEED: u64 = 2026;
/// How many made-up young people are interviewed in the open round: enough for four sites to stand beside each other.
pub const PEOPLE: usize = 52;
/// They come in with these deliveries.
const BATCHES: [Range<usize>; 3] = [0..20, 20..40, 40..PEOPLE];
/// The made-up people of the round before.
const EARLIER: Range<usize> = 300..324;
/// The service was not as good then, in hundredths of somebody's mood.
const EARLIER_GLOOM: usize = 30;
/// The made-up people who are close to young people.
const CLOSE: Range<usize> = 200..217;
/// They see it otherwise.
const CLOSE_GLOOM: usize = 15;

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
    let sources = shown
        .parts
        .iter()
        .flat_map(|part| shown.sources(part, &settings.texts));
    for (place, sources) in sources.enumerate() {
        if place > 0 {
            surroundings.output.line("");
        }
        let document = compose::results(&sources);
        surroundings
            .output
            .bytes(&plain::bytes(&document, &settings.texts));
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

/// Makes the evaluation with an earlier round that was shown, and holds and seals the interviews of this one.
fn made(
    folder: &Path,
    seed: u64,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let random = surroundings.randomness();
    if let Err(error) = example::create(folder, (&example::TWO_ROUNDS, seed), settings, &random) {
        return Err(not_made(&error, settings, surroundings));
    }
    if !settings.quiet {
        let words = &settings.texts.results.command;
        let n = (EARLIER.len() + PEOPLE + CLOSE.len()).to_string();
        surroundings.output.note(&fill(&words.demo_intro, &[("n", &n)]));
    }
    let mut workplace = opened(folder, settings, surroundings)?;
    earlier_round(&mut workplace, seed, settings, surroundings)?;
    let is_read = |edited: &String| definition::evaluation::read(edited.as_bytes()).value.is_some();
    let next = match example::second_round() {
        Ok(next) => next,
        Err(error) => return Err(not_made(&error, settings, surroundings)),
    };
    let edited = workplace
        .folder()
        .edit(|text| add_round(text, &next).filter(is_read));
    edited.map_err(|error| failure::store(&error, settings, surroundings))?;
    drop(workplace);
    let mut workplace = opened(folder, settings, surroundings)?;
    // They come in one after the other, and each time somebody sorts what came.
    for (place, batch) in BATCHES.into_iter().enumerate() {
        let young = Crowd {
            places: batch,
            gloom: 0,
        };
        held(&mut workplace, 0, seed, &young, settings, surroundings)?;
        if place + 1 == BATCHES.len() {
            let close = Crowd {
                places: CLOSE,
                gloom: CLOSE_GLOOM,
            };
            held(&mut workplace, 1, seed, &close, settings, surroundings)?;
        }
        at_the_bench(&workplace, None, settings, surroundings, &mut |bench, words| {
            workbook::code(bench, words, false)
        })?;
    }
    Ok(workplace)
}

fn not_made(error: &example::NotMade, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match error {
        example::NotMade::Store(error) => failure::store(error, settings, surroundings),
        other => failed(&other.to_string(), settings, surroundings),
    }
}

fn opened(
    folder: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let random = surroundings.randomness();
    Workplace::open(folder, &surroundings.home, random)
        .map_err(|error| failed(&format!("{error:?}"), settings, surroundings))
}

/// Holds and seals interviews with the round's survey at this place.
fn held(
    workplace: &mut Workplace,
    survey: usize,
    seed: u64,
    crowd: &Crowd,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let survey = workplace.surveys().as_read().get(survey).map(Arc::clone);
    let Some(survey) = survey else {
        return Err(failed("no survey", settings, surroundings));
    };
    fill_desk(workplace, &survey, seed, crowd)
        .map_err(|error| failed(&error.to_string(), settings, surroundings))
}

/// The round before: held, sorted, shown, with a finding and what the service promised.
fn earlier_round(
    workplace: &mut Workplace,
    seed: u64,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let crowd = Crowd {
        places: EARLIER,
        gloom: EARLIER_GLOOM,
    };
    held(workplace, 0, seed, &crowd, settings, surroundings)?;
    showing::shown_of(workplace, &Asked::default(), settings, surroundings)?;
    at_the_bench(workplace, None, settings, surroundings, &mut |bench, words| {
        workbook::code(bench, words, false)?;
        workbook::promise(bench, words)
    })?;
    told(workplace, settings, surroundings)
}

/// Does something at the workbench, as one of two coordinators, and waits until it is kept.
fn at_the_bench(
    workplace: &Workplace,
    coder: Option<Id>,
    settings: &Settings,
    surroundings: &mut Surroundings,
    work: &mut dyn FnMut(&mut Workbench, &DemoTexts) -> Result<(), NotAnId>,
) -> Result<(), ExitCode> {
    let keys = evaluation::coordinator(workplace, settings, surroundings)?;
    let bench = Workbench::open(workplace, &keys, coder, &mut |_, _| ());
    let mut bench = bench.map_err(|error| evaluation::cannot_unlock(error, settings, surroundings))?;
    work(&mut bench, &settings.texts.workbench.demo)
        .map_err(|error| failed(&error.to_string(), settings, surroundings))?;
    match bench.wait() {
        Safe::No(error) => Err(failure::store(&error, settings, surroundings)),
        _ => Ok(()),
    }
}

/// Releases themes and quotes.
fn told(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) -> Result<(), ExitCode> {
    let mut kept = showing::read_ledger(workplace, settings, surroundings)?;
    let versions = Versions::of(workplace);
    let opened = Opened::open(workplace, &versions, &kept, None, settings, surroundings)?;
    voices::release_unasked(&opened, &mut kept, settings, surroundings)
}

/// Shows the figures, sorts the answers as a second coordinator and releases themes and quotes, as coordinators would.
fn worked(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    showing::shown_of(workplace, &Asked::default(), settings, surroundings)?;
    at_the_bench(workplace, None, settings, surroundings, &mut |bench, words| {
        workbook::quote(bench)?;
        workbook::write(bench, words)
    })?;
    let second = coder_named(&settings.texts.workbench.demo.coder);
    at_the_bench(workplace, second, settings, surroundings, &mut |bench, words| {
        workbook::code(bench, words, true)
    })?;
    told(workplace, settings, surroundings)
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
