//! `stemme report`: what may be shown, written to files.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use crate::domain::id::Id;
use crate::report::compose;
use crate::report::csv_profile::{self, Profile};
use crate::report::document::Document;
use crate::report::{json, markdown};
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, switch, value, variable};
use super::exit_code::ExitCode;
use super::failure;
use super::settings::Settings;
use super::showing::{self, Asked, Shown};
use super::surroundings::Surroundings;

/// A format a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Markdown,
    /// As Norwegian Excel opens it.
    Csv,
    /// As every other program reads it.
    PlainCsv,
    Json,
}

impl Format {
    const ALL: [Self; 4] = [Self::Csv, Self::PlainCsv, Self::Markdown, Self::Json];

    const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::PlainCsv => "csv-plain",
            Self::Json => "json",
        }
    }

    /// What the file's name ends with.
    const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => ".md",
            Self::Csv => ".csv",
            Self::PlainCsv => "-plain.csv",
            Self::Json => ".json",
        }
    }

    fn bytes(self, survey: &str, document: &Document, texts: &Texts) -> Result<Vec<u8>, String> {
        match self {
            Self::Markdown => Ok(markdown::bytes(document, texts)),
            Self::Csv => {
                csv_profile::bytes(document, Profile::NorwegianExcel).map_err(|error| error.to_string())
            }
            Self::PlainCsv => csv_profile::bytes(document, Profile::Plain).map_err(|error| error.to_string()),
            Self::Json => json::bytes(&[(survey, document.clone())]).map_err(|error| error.to_string()),
        }
    }
}

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.results.command;
    let folder = &texts.command.value.folder;
    bare("report")
        .about(words.report_about.clone())
        .arg(value("to", "to", "csv,md", &words.to).default_value("csv,md"))
        .arg(path(value("out", "out", folder, &words.out)).default_value("."))
        .arg(value("by", "by", &words.by_value, &words.by).value_parser(variable))
        .arg(switch("yes", "yes", &words.yes))
        .arg(switch("json", "json", &words.json))
}

/// Writes the report.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.results.command;
    let wanted = matches.get_one::<String>("to").map_or("", String::as_str);
    let mut formats = Vec::new();
    for name in wanted.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(format) = Format::ALL.into_iter().find(|format| format.name() == name) else {
            let known = Format::ALL.map(Format::name).join(", ");
            let values = [("format", name), ("known", known.as_str())];
            let said = fill(&words.no_format, &values);
            surroundings.output.error("no_format", &said);
            return ExitCode::Usage;
        };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    if formats.is_empty() {
        let known = Format::ALL.map(Format::name).join(", ");
        let said = fill(&words.no_format_named, &[("known", &known)]);
        surroundings.output.error("no_format", &said);
        return ExitCode::Usage;
    }
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let out = surroundings.working_folder.join(out);
    let asked = Asked {
        by: matches.get_one::<Id>("by").cloned(),
        yes: matches.get_flag("yes"),
        anew: false,
    };
    match showing::shown(&asked, settings, surroundings) {
        Ok(shown) => match write(&shown, &formats, &out, settings, surroundings) {
            Ok(files) => {
                say_written(&files, matches.get_flag("json"), settings, surroundings);
                ExitCode::Ok
            }
            Err(code) => code,
        },
        Err(code) => code,
    }
}

/// Writes the files and returns where they are, or how the run ends.
fn write(
    shown: &Shown,
    formats: &[Format],
    out: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<String>, ExitCode> {
    let texts = &settings.texts;
    let mut files = Vec::new();
    for part in &shown.parts {
        for sources in shown.sources(part, texts) {
            let document = compose::report(&sources);
            for format in formats {
                let name = format!(
                    "{}-{}-{}{}{}",
                    part.survey.id(),
                    shown.round(),
                    settings.language().code(),
                    part_name(sources.people.part),
                    format.ending()
                );
                match format.bytes(part.survey.id().as_str(), &document, texts) {
                    Ok(bytes) => files.push((out.join(name), bytes)),
                    Err(error) => {
                        surroundings.output.error("unexpected", &error);
                        return Err(ExitCode::Unexpected);
                    }
                }
            }
        }
    }
    let there = |file: &Path, surroundings: &mut Surroundings| {
        let file = file.display().to_string();
        let said = fill(&texts.results.command.file_there, &[("file", &file)]);
        surroundings.output.error("already_there", &said);
        ExitCode::NothingToDo
    };
    if let Some((file, _)) = files.iter().find(|(file, _)| file.exists()) {
        return Err(there(file, surroundings));
    }
    if let Err(error) = atomic::make_folder(out) {
        return Err(failure::store(&error, settings, surroundings));
    }
    let mut written = Vec::new();
    for (path, bytes) in &files {
        match atomic::write_new(path, bytes, Access::AsUsual) {
            Ok(()) => written.push(path.display().to_string()),
            Err(StoreError::AlreadyThere { .. }) => return Err(there(path, surroundings)),
            Err(error) => return Err(failure::store(&error, settings, surroundings)),
        }
    }
    Ok(written)
}

/// What a file's name says of the state it is about, where there are several.
fn part_name(part: compose::Part) -> String {
    match part {
        compose::Part::Only | compose::Part::Together { .. } => String::new(),
        compose::Part::First => "-1".to_owned(),
        compose::Part::Since { number } => format!("-{number}"),
    }
}

fn say_written(files: &[String], as_json: bool, settings: &Settings, surroundings: &mut Surroundings) {
    if as_json {
        let json = serde_json::json!({ "format": 1, "files": files });
        surroundings.output.line(&json.to_string());
        return;
    }
    let words = &settings.texts.results.command;
    for file in files {
        surroundings.output.line(&fill(&words.written, &[("file", file)]));
    }
}
