//! `stemme new evaluation [DIR]`: a new evaluation with its keys, on screen, from flags or by asking. `stemme new survey
//! FILE`: a survey of one's own.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::domain::founding::{Field, Unfit};
use crate::fieldwork::founding::{Founder, Ground};
use crate::fieldwork::shipped::SHIPPED;
use crate::texts::{Texts, fill};
use crate::tui::Start;

use super::arguments::{bare, path, value};
use super::exit_code::ExitCode;
use super::practice;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;

mod flags;
mod making;
mod questions;
pub(super) mod round;
pub(in crate::cli) mod survey;

#[cfg(test)]
mod tests;

pub(in crate::cli) use making::passphrase;

use making::Recovery;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.new_evaluation;
    let placeholder = &texts.command.value;
    let folder = Arg::new(Field::Folder.name())
        .value_name(placeholder.folder.clone())
        .help(words.folder.clone());
    let flags = flags::ALL.map(|field| {
        let arg = value(
            field.name(),
            field.name(),
            flags::placeholder(field, texts),
            flags::help(field, texts),
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
        .arg(folder)
        .args(flags)
        .arg(path(recovery));
    bare("new")
        .about(texts.command.new.about.clone())
        .subcommand_required(true)
        .subcommand(evaluation)
        .subcommand(round::command(texts))
        .subcommand(survey::command(texts))
}

/// Makes the evaluation.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let made = match matches.subcommand() {
        Some(("evaluation", matches)) => evaluation(matches, settings, surroundings),
        Some(("round", matches)) => round::run(matches, settings, surroundings),
        Some(("survey", matches)) => survey::run(matches, settings, surroundings),
        _ => return ExitCode::Usage,
    };
    match made {
        Ok(code) | Err(code) => code,
    }
}

/// Returns somebody who makes an evaluation here. On screen, what is typed is kept until it is made.
pub(super) fn founder(keeps: bool, surroundings: &Surroundings) -> Founder {
    Founder::new(Ground {
        folder: surroundings.working_folder.clone(),
        home: surroundings.home.clone(),
        now: (surroundings.now)(),
        random: surroundings.randomness(),
        strength: surroundings.key_strength,
        keeps,
    })
}

fn evaluation(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let mut founder = founder(false, surroundings);
    let round = settings.texts.usual_round((surroundings.now)().date());
    let mut given = Vec::new();
    for field in Field::ALL {
        let values: Vec<String> = matches
            .get_many::<String>(field.name())
            .map(|values| values.cloned().collect())
            .unwrap_or_default();
        if values.is_empty() {
            continue;
        }
        let text = values.join("\n");
        take(&mut founder, field, &text, &round, settings, surroundings)?;
        given.push((field, text));
    }
    let recovery = matches
        .get_one::<std::path::PathBuf>("recovery-out")
        .map(|path| surroundings.path(path));
    let mut missing: Vec<String> = founder
        .wanted()
        .missing()
        .into_iter()
        .map(|field| format!("--{}", field.name()))
        .collect();
    if settings.passphrase_file.is_none() {
        missing.push("--passphrase-file".to_owned());
    }
    if recovery.is_none() {
        missing.push("--recovery-out".to_owned());
    }
    let has_folder = founder.wanted().has(Field::Folder);
    if !missing.is_empty() || !has_folder {
        if settings.no_input {
            if !has_folder {
                missing.insert(0, settings.texts.command.value.folder.clone());
            }
            let said = fill(&words.missing, &[("flags", &missing.join(", "))]);
            surroundings.output.note(&said);
            return Err(ExitCode::Usage);
        }
        let by_hand = settings.passphrase_file.is_none() && recovery.is_none();
        if by_hand && screens::wanted(settings, surroundings) {
            let start = Start::Founding { given };
            return Ok(practice::begin(None, start, settings, surroundings));
        }
        questions::ask(&mut founder, &round, settings, surroundings)?;
    }
    if !founder.wanted().has(Field::Profile) {
        // What holds when nobody chooses must fit the surveys, too.
        take(&mut founder, Field::Profile, "", &round, settings, surroundings)?;
    }
    let recovery = recovery.map_or(Recovery::TypedBack, Recovery::File);
    making::make(&mut founder, &recovery, settings, surroundings)?;
    Ok(ExitCode::Ok)
}

/// Takes what a flag says. Says what is wrong with it.
///
/// # Errors
/// How the run ends.
fn take(
    founder: &mut Founder,
    field: Field,
    text: &str,
    round: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let Err(unfit) = founder.take(field, text, round) else {
        return Ok(());
    };
    let words = &settings.texts.command.new_evaluation;
    let said = match &unfit {
        // Asked for with words that fit a question to somebody, not a flag.
        Unfit::NotYesOrNo => words.flag_mode.clone(),
        Unfit::NoSuchSurvey(survey) => {
            let known: Vec<&str> = SHIPPED.iter().map(|shipped| shipped.id).collect();
            let values = [("survey", survey.as_str()), ("known", &known.join(", "))];
            fill(&words.flag_survey, &values)
        }
        _ => settings.texts.unfit(&unfit),
    };
    let (said, code) = match unfit {
        Unfit::NotEmpty(_) => (said, ExitCode::Usage),
        Unfit::SurveyMistakes(_) | Unfit::SurveyLoosens(_) => (said, ExitCode::SurveyErrors),
        _ => (format!("--{}: {said}", field.name()), ExitCode::Usage),
    };
    surroundings.output.note(&said);
    Err(code)
}
