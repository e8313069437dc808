//! `stemme practice`: an interview with a made-up person; nothing is kept.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};

use crate::domain::id::Slug;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::{Desk, NewInterview};
use crate::fieldwork::practice_desk::PracticeDesk;
use crate::fieldwork::session::Session;
use crate::fieldwork::workplace::Workplace;
use crate::texts::Texts;
use crate::tui::Start;

use super::arguments::bare;
use super::evaluation::{is_there, open};
use super::exit_code::ExitCode;
use super::linear::Conversation;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::survey_file;
use crate::fieldwork::shipped::SHIPPED;

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

/// Holds a practice interview with the survey that `named` means: of the evaluation at hand, of a file, or one that
/// comes with the program.
pub fn hold(named: Option<&str>, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    if is_there(settings, surroundings) {
        let workplace = match open(settings, surroundings) {
            Ok(workplace) => workplace,
            Err(code) => return code,
        };
        let known = |named: &str| {
            workplace
                .surveys()
                .as_read()
                .iter()
                .any(|survey| survey.id().as_str() == named)
        };
        if named.is_none_or(known) {
            let survey = named.and_then(|named| Slug::new(named).ok());
            let start = Start::Practice { survey };
            return at(workplace, named, start, settings, surroundings);
        }
    }
    begin(named, Start::Practice { survey: None }, settings, surroundings)
}

/// Practises at an evaluation's desk.
pub(super) fn at(
    mut workplace: Workplace,
    named: Option<&str>,
    start: Start,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    if screens::wanted(settings, surroundings) {
        return screens::show(Box::new(workplace), start, settings, surroundings);
    }
    let is_wanted = |survey: &&Arc<Survey>| named.is_none_or(|named| survey.id().as_str() == named);
    let Some(survey) = workplace
        .surveys()
        .as_read()
        .iter()
        .find(is_wanted)
        .map(Arc::clone)
    else {
        return begin(named, start, settings, surroundings);
    };
    let session = workplace.practice(&wanted(survey, settings));
    converse(session, workplace.contacts(), true, surroundings)
}

/// Practises without an evaluation.
pub(super) fn begin(
    named: Option<&str>,
    start: Start,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let first = SHIPPED.first().map_or("", |shipped| shipped.id);
    let survey = match survey_file::find(named.unwrap_or(first), settings, surroundings) {
        Ok(found) => found.survey,
        Err(code) => return code,
    };
    let mut desk = PracticeDesk::new(Arc::clone(&survey));
    if screens::wanted(settings, surroundings) {
        return screens::show(Box::new(desk), start, settings, surroundings);
    }
    let session = desk.practice(&wanted(survey, settings));
    converse(session, &[], true, surroundings)
}

fn wanted(survey: Arc<Survey>, settings: &Settings) -> NewInterview {
    NewInterview {
        language: language_for(&survey, settings),
        group: made_up_group(&survey),
        survey,
        site: None,
        entered: Entered::Live,
        letter: None,
    }
}

/// Returns how many people are made up, where the survey asks groups alone.
fn made_up_group(survey: &Survey) -> Option<u16> {
    let group = survey.parts().group_mode.as_ref()?;
    (!survey.asks_one_person()).then_some(group.min_people.max(MADE_UP_GROUP))
}

/// So many people are in a made-up group, or as many as the survey advises.
const MADE_UP_GROUP: u16 = 5;

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
