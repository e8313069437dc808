//! `stemme check`: every problem of surveys and evaluations, at once.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use crate::definition::evaluation::AskedAbout;
use crate::definition::survey;
use crate::disclosure::choice::known;
use crate::store::folder::EVALUATION_FILE;
use crate::texts::Texts;

use super::arguments::{bare, switch};
use super::diagnostics::{Form, Input, check_files};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use crate::fieldwork::shipped;

/// Where the surveys of an evaluation lie beside it.
const SURVEYS: &str = "surveys";
/// More surveys than an evaluation has.
const MOST_SURVEYS: usize = 100;
/// More than a survey may have: enough to see that a file is too large, without reading all of it.
const READ_AT_MOST: u64 = 3 * 1024 * 1024;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.check;
    bare("check")
        .about(words.about.clone())
        .arg(
            Arg::new("files")
                .value_name(texts.command.value.file.clone())
                .help(words.files.clone())
                .num_args(1..)
                .required(true),
        )
        .arg(switch("json", "json", &words.json))
}

/// Checks the files, and the shipped surveys that are named, and prints all there is to say.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let form = match (matches.get_flag("json"), settings.colour) {
        (true, _) => Form::Json,
        (false, true) => Form::Coloured,
        (false, false) => Form::Plain,
    };
    let read: Vec<(String, Result<Vec<u8>, ErrorKind>)> = matches
        .get_many::<String>("files")
        .into_iter()
        .flatten()
        .map(|name| (name.clone(), content(&surroundings.path(name), name)))
        .collect();
    let asked: Vec<Option<AskedAbout>> = read
        .iter()
        .map(|(name, _)| asked_beside(&surroundings.path(name)))
        .collect();
    let files: Vec<Input<'_>> = read
        .iter()
        .zip(&asked)
        .map(|((name, content), asked)| Input {
            name,
            content: content.as_deref().map_err(|kind| *kind),
            asked: asked.as_ref(),
        })
        .collect();
    let checked = check_files(&files, &settings.texts, form);
    surroundings.output.bytes(checked.output.as_bytes());
    checked.exit_code
}

/// Returns what the surveys beside an evaluation ask; nothing where this is none, or where one of them cannot be read.
fn asked_beside(path: &Path) -> Option<AskedAbout> {
    if path.file_name().is_none_or(|name| name != EVALUATION_FILE) {
        return None;
    }
    let mut asked = AskedAbout::default();
    for entry in fs::read_dir(path.with_file_name(SURVEYS))
        .ok()?
        .take(MOST_SURVEYS)
    {
        let path = entry.ok()?.path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let survey = survey::read(&content(&path, "").ok()?).value?;
        for item in survey.items() {
            let key = item.key();
            asked
                .items
                .extend([key.to_string(), key.question_id().to_string()]);
        }
        let backgrounds = known(&[], &survey);
        asked
            .backgrounds
            .extend(backgrounds.iter().map(ToString::to_string));
    }
    (!asked.items.is_empty()).then_some(asked)
}

fn content(path: &Path, name: &str) -> Result<Vec<u8>, ErrorKind> {
    // Systems disagree on what reading one is.
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory);
    }
    let read = fs::File::open(path).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(READ_AT_MOST).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    match read {
        Ok(bytes) => Ok(bytes),
        Err(error) => match shipped::find(name) {
            Some(shipped) if error.kind() == ErrorKind::NotFound => Ok(shipped.bytes()),
            _ => Err(error.kind()),
        },
    }
}
