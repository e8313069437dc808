//! `stemme practice`: an interview with a made-up person; nothing is kept.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};

use crate::domain::interview::Interview;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::NewInterview;
use crate::fieldwork::session::{KeepsNothing, Session};
use crate::fieldwork::workplace::practice_opening;
use crate::texts::Texts;

use super::arguments::bare;
use super::exit_code::ExitCode;
use super::linear::Conversation;
use super::settings::Settings;
use super::shipped::SHIPPED;
use super::surroundings::Surroundings;
use super::survey_file;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.practice;
    bare("practice").about(words.about.clone()).arg(
        Arg::new("survey")
            .value_name(texts.command.value.survey.clone())
            .help(words.survey.clone()),
    )
}

/// Holds a practice interview.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let named = matches.get_one::<String>("survey").cloned();
    hold(named.as_deref(), settings, surroundings)
}

/// Holds a practice interview with the survey that `named` means, else with the first that comes with the program.
pub fn hold(named: Option<&str>, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let first = SHIPPED.first().map_or("", |shipped| shipped.id);
    let survey = match survey_file::find(named.unwrap_or(first), settings, surroundings) {
        Ok(found) => found.survey,
        Err(code) => return code,
    };
    converse(practice_session(survey, settings), &[], true, surroundings)
}

fn practice_session(survey: Arc<Survey>, settings: &Settings) -> Session {
    let wanted = NewInterview {
        survey: Arc::clone(&survey),
        site: None,
        language: language_for(&survey, settings),
        group: None,
    };
    Session::begin(
        Interview::begin(survey, practice_opening(&wanted)),
        Box::new(KeepsNothing),
    )
}

/// Returns the language to begin in: this run's, else the survey's first.
pub(super) fn language_for(survey: &Survey, settings: &Settings) -> crate::domain::language::Language {
    let languages = &survey.parts().languages;
    if languages.contains(&settings.language()) {
        settings.language()
    } else {
        survey.source_language()
    }
}

/// Holds an interview line by line to its end.
pub(super) fn converse(
    session: Session,
    contacts: &[crate::domain::evaluation::Contact],
    practice: bool,
    surroundings: &mut Surroundings,
) -> ExitCode {
    match Conversation::new(session, contacts, practice, surroundings) {
        Ok(mut conversation) => conversation.hold().code(),
        Err(error) => {
            surroundings.output.note(&error.to_string());
            ExitCode::Unexpected
        }
    }
}
