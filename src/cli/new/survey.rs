//! `stemme new survey FILE`: a survey of one's own, begun from one that comes with the program.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{bare, path, value};
use crate::cli::exit_code::ExitCode;
use crate::cli::failure;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::survey_file;
use crate::definition;
use crate::domain::id::Slug;
use crate::fieldwork::shipped::SHIPPED;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

/// Returns its arguments.
#[must_use]
pub(super) fn command(texts: &Texts) -> Command {
    let words = &texts.workbench.new_survey;
    let known = SHIPPED.map(|shipped| shipped.id).join("|");
    bare("survey")
        .visible_alias("undersokelse")
        .about(words.about.clone())
        .arg(path(
            Arg::new("file")
                .value_name(texts.command.value.file.clone())
                .help(words.file.clone())
                .required(true),
        ))
        .arg(value("from", "from", &known, &words.from).default_value("min-stemme-bup"))
        .arg(value("id", "id", "ID", &words.id))
}

/// Makes the file.
pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.new_survey;
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let from = matches.get_one::<String>("from").map_or("", String::as_str);
    let template = survey_file::find(from, settings, surroundings)?;
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let wanted = matches.get_one::<String>("id").map_or(stem, String::as_str);
    let Ok(id) = Slug::new(wanted) else {
        let said = fill(&words.not_an_id, &[("id", wanted)]);
        surroundings.output.error("not_an_id", &said);
        return Err(ExitCode::Usage);
    };
    let made = std::str::from_utf8(&template.bytes)
        .ok()
        .and_then(|text| renamed(text, &id));
    // What was made must be a survey: a template that is written in another way is not guessed at.
    let made = made.filter(|made| {
        let outcome = definition::survey::open(made.as_bytes());
        outcome.value.is_some_and(|survey| *survey.id() == id)
    });
    let Some(made) = made else {
        surroundings.output.error("not_renamed", &words.not_renamed);
        return Err(ExitCode::SurveyErrors);
    };
    let path = surroundings.path(&file);
    atomic::write_new(&path, made.as_bytes(), Access::AsUsual)
        .map_err(|error| failure::store(&error, settings, surroundings))?;
    let shown = file.display().to_string();
    surroundings.output.line(&fill(&words.made, &[("file", &shown)]));
    if !settings.quiet {
        surroundings.output.note(&fill(&words.next, &[("file", &shown)]));
    }
    Ok(ExitCode::Ok)
}

/// The template under another name: its first line that says an id, before any table.
pub(in crate::cli) fn renamed(text: &str, id: &Slug) -> Option<String> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            return None;
        }
        let key = line.split_once('=').map(|(key, _)| key.trim());
        if key == Some("id") {
            let end = at + line.len();
            let (before, after) = (text.get(..at)?, text.get(end..)?);
            return Some(format!("{before}id = \"{id}\"\n{after}"));
        }
        at += line.len();
    }
    None
}
