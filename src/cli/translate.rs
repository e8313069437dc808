//! `stemme translate`: the words of a survey out as a table, and a translated table back into the file.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::definition::translation::{NotTranslated, table, translated};
use crate::import::translation::{NoTable, read};
use crate::report::translation;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::exit_code::ExitCode;
use super::failure;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::survey_file;

/// The largest table of translations: many times what the largest survey makes.
const LARGEST_TABLE: u64 = 16 * 1024 * 1024;

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
    let named = matches.get_one::<String>("survey").map_or("", String::as_str);
    let found = survey_file::find(named, settings, surroundings)?;
    let at = |name: &str, surroundings: &Surroundings| {
        let given = matches.get_one::<PathBuf>(name);
        given.map(|path| surroundings.path(path))
    };
    if let Some(table) = at("out", surroundings) {
        return write_table(&found.bytes, &table, settings, surroundings);
    }
    let table = at("from", surroundings).unwrap_or_default();
    let to = at("to", surroundings).unwrap_or_default();
    take_table(&found.bytes, &table, &to, settings, surroundings)?;
    if !settings.quiet {
        let file = to.display().to_string();
        let next = &settings.texts.workbench.translate.next;
        surroundings.output.note(&fill(next, &[("file", &file)]));
    }
    Ok(())
}

/// Writes the words of a survey to a table.
///
/// # Errors
/// How the run ends where that cannot be done; what is wrong was said.
pub(super) fn write_table(
    survey: &[u8],
    to: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench.translate;
    let Some(all) = std::str::from_utf8(survey).ok().and_then(|file| table(file).ok()) else {
        return Err(wrong(&words.not_toml, surroundings));
    };
    let rows = all.iter().map(|phrase| (phrase.place.as_str(), &phrase.texts));
    let bytes = translation::bytes(rows).map_err(|_| ExitCode::Unexpected)?;
    write(to, &bytes, settings, surroundings)?;
    let (n, file) = (all.len().to_string(), to.display().to_string());
    let values = [("n", n.as_str()), ("file", file.as_str())];
    surroundings.output.line(&fill(&words.written, &values));
    Ok(())
}

/// Writes a survey anew with the words of a table.
///
/// # Errors
/// How the run ends where that cannot be done; what is wrong was said.
pub(super) fn take_table(
    survey: &[u8],
    from: &Path,
    to: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench.translate;
    let Ok(survey) = std::str::from_utf8(survey) else {
        return Err(wrong(&words.not_toml, surroundings));
    };
    let bytes =
        atomic::read(from, LARGEST_TABLE).map_err(|error| failure::store(&error, settings, surroundings))?;
    let shown = from.display().to_string();
    let phrases = read(&bytes).map_err(|error| {
        let said = match error {
            NoTable::NotRead => &words.not_read,
            NoTable::NoColumns => &words.no_columns,
        };
        wrong(&fill(said, &[("file", &shown)]), surroundings)
    })?;
    let (edited, changed) = translated(survey, &phrases).map_err(|error| match error {
        NotTranslated::NotToml => wrong(&words.not_toml, surroundings),
        NotTranslated::NoText(place) => wrong(&fill(&words.no_text, &[("place", &place)]), surroundings),
    })?;
    write(to, edited.as_bytes(), settings, surroundings)?;
    let (n, file) = (changed.to_string(), to.display().to_string());
    let values = [("n", n.as_str()), ("file", file.as_str())];
    surroundings.output.line(&fill(&words.translated, &values));
    Ok(())
}

fn wrong(said: &str, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.error("not_translated", said);
    ExitCode::SurveyErrors
}

fn write(
    path: &Path,
    bytes: &[u8],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    atomic::write_new(path, bytes, Access::AsUsual)
        .map_err(|error| failure::store(&error, settings, surroundings))
}
