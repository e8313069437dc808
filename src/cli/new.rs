//! `stemme new evaluation DIR`: a new evaluation with its keys, from flags or by asking.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

mod field;
mod making;
mod questions;
mod wanted;

#[cfg(test)]
mod tests;

pub(in crate::cli) use making::passphrase;

use field::Field;
use wanted::Wanted;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.new_evaluation;
    let placeholder = &texts.command.value;
    let folder = Arg::new("folder")
        .value_name(placeholder.folder.clone())
        .help(words.folder.clone())
        .required(true);
    let flags = Field::ALL.map(|field| {
        let arg = value(
            field.flag(),
            field.flag(),
            field.placeholder(texts),
            field.help(texts),
        );
        if field.is_repeated() {
            arg.action(ArgAction::Append)
        } else {
            arg
        }
    });
    let recovery = value(
        "recovery-out",
        "recovery-out",
        &placeholder.file,
        &words.recovery_out,
    );
    let evaluation = bare("evaluation")
        .visible_alias("evaluering")
        .about(words.about.clone())
        .arg(path(folder))
        .args(flags)
        .arg(path(recovery));
    bare("new")
        .about(texts.command.new.about.clone())
        .subcommand_required(true)
        .subcommand(evaluation)
}

/// Makes the evaluation.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let Some(("evaluation", matches)) = matches.subcommand() else {
        return ExitCode::Usage;
    };
    match evaluation(matches, settings, surroundings) {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

fn evaluation(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let here = surroundings.working_folder.clone();
    let at = |name: &str| {
        matches
            .get_one::<std::path::PathBuf>(name)
            .map(|path| here.join(path))
    };
    let folder = at("folder").unwrap_or(here.clone());
    if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let said = fill(&words.not_empty, &[("folder", &folder.display().to_string())]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    }
    let mut wanted = Wanted {
        recovery_out: at("recovery-out"),
        ..Wanted::default()
    };
    for field in Field::ALL {
        let given: Vec<String> = matches
            .get_many::<String>(field.flag())
            .map(|values| values.cloned().collect())
            .unwrap_or_default();
        if given.is_empty() {
            continue;
        }
        if let Err(said) = wanted.take(field, &given.join("\n"), settings, surroundings) {
            surroundings.output.note(&format!("--{}: {said}", field.flag()));
            return Err(ExitCode::Usage);
        }
    }
    let missing = wanted.missing(settings);
    if !missing.is_empty() {
        if settings.no_input {
            let said = fill(&words.missing, &[("flags", &missing.join(", "))]);
            surroundings.output.note(&said);
            return Err(ExitCode::Usage);
        }
        questions::ask(&mut wanted, settings, surroundings)?;
    }
    making::make(&folder, &wanted, settings, surroundings)
}
