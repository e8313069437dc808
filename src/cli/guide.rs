//! `stemme guide`: the questions of a survey on paper.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::fieldwork::workplace::Workplace;
use crate::report::compose::guide::{Form, guide};
use crate::texts::Texts;

use super::arguments::{bare, path, switch, value};
use super::evaluation;
use super::exit_code::ExitCode;
use super::papers::{Files, Format, formats};
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::survey_file;

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (words, own) = (&texts.results.command, &texts.paper.command);
    let folder = &texts.command.value.folder;
    bare("guide")
        .about(own.guide_about.clone())
        .arg(
            Arg::new("survey")
                .value_name(own.guide_survey_value.clone())
                .help(own.guide_survey.clone())
                .required(true),
        )
        .arg(value("to", "to", "html", &own.guide_formats).default_value("html"))
        .arg(path(value("out", "out", folder, &words.out)).default_value("."))
        .arg(switch("json", "json", &words.json))
}

/// Writes the guide.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match write(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn write(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let known: Vec<Format> = Format::ALL
        .into_iter()
        .filter(|format| format.is_text())
        .collect();
    let formats = formats(text("to"), &known, settings, surroundings)?;
    let survey = survey_file::find(text("survey"), settings, surroundings)?.survey;
    // The ages are those of the evaluation at hand.
    let workplace = if evaluation::is_there(settings, surroundings) {
        Some(evaluation::open(settings, surroundings)?)
    } else {
        None
    };
    let evaluation = workplace.as_ref().map(Workplace::evaluation);
    let document = guide(&survey, &settings.texts, evaluation, Form::Paper);
    let name = format!(
        "{}-{}-{}",
        survey.id(),
        settings.texts.paper.command.file_guide,
        settings.language().code()
    );
    let mut files = Files::default();
    let about = (survey.id().as_str(), &document);
    files.add(&name, about, &formats, settings, surroundings)?;
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let out = surroundings.path(out);
    Ok(files.write(&out, matches.get_flag("json"), settings, surroundings))
}

#[cfg(test)]
mod tests;
