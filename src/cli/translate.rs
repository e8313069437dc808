//! `stemme translate`: the words of a survey out as a table, and a translated table back into the file.

use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::definition::translation::{NotTranslated, table, translated};
use crate::import::translation::{NoTable, read};
use crate::report::translation;
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::exit_code::ExitCode;
use super::failure;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::survey_file;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.workbench.translate;
    let file = &texts.command.value.file;
    bare("translate")
        .about(words.about.clone())
        .arg(
            Arg::new("survey")
                .value_name(texts.command.value.survey.clone())
                .help(words.survey.clone())
                .required(true),
        )
        .arg(path(value("out", "out", file, &words.out)).required_unless_present("from"))
        .arg(
            path(value("from", "from", file, &words.from))
                .requires("to")
                .conflicts_with("out"),
        )
        .arg(path(value("to", "to", file, &words.to)).requires("from"))
}

/// Writes the table, or the translated survey.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match translate(matches, settings, surroundings) {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

fn translate(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench.translate;
    let named = matches.get_one::<String>("survey").map_or("", String::as_str);
    let found = survey_file::find(named, settings, surroundings)?;
    let wrong = |said: &str, surroundings: &mut Surroundings| {
        surroundings.output.error("not_translated", said);
        ExitCode::SurveyErrors
    };
    let Ok(file) = std::str::from_utf8(&found.bytes) else {
        return Err(wrong(&words.not_toml, surroundings));
    };
    let at = |name: &str, surroundings: &Surroundings| {
        let given = matches.get_one::<PathBuf>(name);
        given.map(|path| surroundings.path(path))
    };
    if let Some(out) = at("out", surroundings) {
        let all = table(file).map_err(|_| wrong(&words.not_toml, surroundings))?;
        let rows = all.iter().map(|phrase| (phrase.place.as_str(), &phrase.texts));
        let bytes = translation::bytes(rows).map_err(|_| ExitCode::Unexpected)?;
        write(&out, &bytes, settings, surroundings)?;
        let (n, file) = (all.len().to_string(), out.display().to_string());
        let values = [("n", n.as_str()), ("file", file.as_str())];
        surroundings.output.line(&fill(&words.written, &values));
        return Ok(());
    }
    let from = at("from", surroundings).unwrap_or_default();
    let bytes = fs::read(&from)
        .map_err(|error| failure::store(&StoreError::at(&from, &error), settings, surroundings))?;
    let shown = from.display().to_string();
    let phrases = read(&bytes).map_err(|error| {
        let said = match error {
            NoTable::NotRead => &words.not_read,
            NoTable::NoColumns => &words.no_columns,
        };
        wrong(&fill(said, &[("file", &shown)]), surroundings)
    })?;
    let (edited, changed) = translated(file, &phrases).map_err(|error| match error {
        NotTranslated::NotToml => wrong(&words.not_toml, surroundings),
        NotTranslated::NoText(place) => wrong(&fill(&words.no_text, &[("place", &place)]), surroundings),
    })?;
    let to = at("to", surroundings).unwrap_or_default();
    write(&to, edited.as_bytes(), settings, surroundings)?;
    let (n, file) = (changed.to_string(), to.display().to_string());
    let values = [("n", n.as_str()), ("file", file.as_str())];
    surroundings.output.line(&fill(&words.translated, &values));
    if !settings.quiet {
        surroundings.output.note(&fill(&words.next, &[("file", &file)]));
    }
    Ok(())
}

fn write(
    path: &std::path::Path,
    bytes: &[u8],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    atomic::write_new(path, bytes, Access::AsUsual)
        .map_err(|error| failure::store(&error, settings, surroundings))
}
