//! `stemme interview`: an interview that is kept, sealed and counted.

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::id::Slug;
use crate::domain::localized::Localized;
use crate::fieldwork::desk::{Desk, DraftEntry, NewInterview};
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value};
use super::evaluation::{cannot_start, draft_secret, open};
use super::exit_code::ExitCode;
use super::practice::{converse, hold, language_for};
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.interview;
    let placeholder = &texts.command.value;
    bare("interview")
        .about(words.about.clone())
        .arg(
            Arg::new("survey")
                .value_name(placeholder.survey.clone())
                .help(words.survey.clone()),
        )
        .arg(switch("practice", "practice", &words.practice))
        .arg(switch("resume", "resume", &words.resume))
        .arg(value("site", "site", &placeholder.site, &words.site))
        .arg(
            value("group", "group", &placeholder.people, &words.group)
                .value_parser(RangedU64ValueParser::<u16>::new().range(1..=999)),
        )
}

/// Holds an interview.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let named = matches.get_one::<String>("survey").cloned();
    if matches.get_flag("practice") {
        return hold(named.as_deref(), settings, surroundings);
    }
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    if matches.get_flag("resume") {
        return resume(&mut workplace, settings, surroundings);
    }
    let wanted = match wanted(matches, named.as_deref(), &workplace, settings, surroundings) {
        Ok(wanted) => wanted,
        Err(code) => return code,
    };
    match workplace.begin(&wanted) {
        Ok(session) => converse(session, &workplace.contacts().to_vec(), false, surroundings),
        Err(error) => cannot_start(error, &settings.texts, surroundings),
    }
}

/// Goes on with the draft that was last written to; asks which, where there are several.
fn resume(workplace: &mut Workplace, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.command.interview;
    let drafts = workplace.drafts();
    let day = |draft: &DraftEntry| draft.last_day.map(|day| day.to_string()).unwrap_or_default();
    let draft = match drafts.as_slice() {
        [] => {
            surroundings.output.note(&words.no_drafts);
            return ExitCode::NothingToDo;
        }
        [only] => only.clone(),
        several => {
            let names: Vec<String> = several.iter().map(day).collect();
            match choose(&words.which_draft, &names, settings, surroundings)
                .and_then(|place| several.get(place))
            {
                Some(draft) => draft.clone(),
                None => return ExitCode::Usage,
            }
        }
    };
    let secret = match draft_secret(workplace, settings, surroundings) {
        Ok(secret) => secret,
        Err(code) => return code,
    };
    match workplace.resume(&draft, secret.as_ref().map(|secret| secret.as_str())) {
        Ok((session, recovery)) => {
            let said = if recovery.damaged {
                &words.resumed_damaged
            } else {
                &words.resumed
            };
            surroundings.output.line(said);
            converse(session, &workplace.contacts().to_vec(), false, surroundings)
        }
        Err(error) => cannot_start(error, &settings.texts, surroundings),
    }
}

fn wanted(
    matches: &ArgMatches,
    named: Option<&str>,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<NewInterview, ExitCode> {
    let words = &settings.texts.command.interview;
    let language = settings.language();
    let title = |title: &Localized| title.get(language).to_owned();
    let surveys = workplace.surveys();
    let survey = match (named, surveys) {
        (Some(named), _) => surveys.iter().find(|survey| survey.id().as_str() == named),
        (None, [only]) => Some(only),
        (None, several) => {
            let names: Vec<String> = several
                .iter()
                .map(|survey| title(&survey.parts().title))
                .collect();
            choose(&words.which_survey, &names, settings, surroundings).and_then(|place| several.get(place))
        }
    };
    let Some(survey) = survey else {
        let named = named.unwrap_or_default();
        let said = fill(&settings.texts.storage.no_survey, &[("survey", named)]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let sites = workplace.sites();
    let site = match (matches.get_one::<String>("site"), sites) {
        (Some(named), _) => sites.iter().find(|site| site.id.as_str() == named),
        (None, []) => return Ok(new_interview(matches, survey, None, settings)),
        (None, [only]) => Some(only),
        (None, several) => {
            let names: Vec<String> = several.iter().map(|site| title(&site.title)).collect();
            choose(&words.which_site, &names, settings, surroundings).and_then(|place| several.get(place))
        }
    };
    match site {
        Some(site) => Ok(new_interview(matches, survey, Some(site.id.clone()), settings)),
        None => {
            let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
            let said = fill(&words.no_site, &[("sites", &known.join(", "))]);
            surroundings.output.note(&said);
            Err(ExitCode::Usage)
        }
    }
}

fn new_interview(
    matches: &ArgMatches,
    survey: &std::sync::Arc<crate::domain::survey::Survey>,
    site: Option<Slug>,
    settings: &Settings,
) -> NewInterview {
    NewInterview {
        survey: std::sync::Arc::clone(survey),
        site,
        language: language_for(survey, settings),
        group: matches.get_one::<u16>("group").copied(),
    }
}

/// Lists names and asks for the number of one.
fn choose(
    ask: &str,
    names: &[String],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Option<usize> {
    if settings.no_input {
        return None;
    }
    surroundings.output.line(ask);
    for (place, name) in (1..).zip(names) {
        let place: usize = place;
        surroundings.output.line(&format!("{place}. {name}"));
    }
    for _ in 0..3 {
        surroundings.output.part("> ");
        let line = surroundings.read_line()?;
        if !surroundings.stdin_is_terminal {
            surroundings.output.line(line.trim());
        }
        let place = line
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|place| place.checked_sub(1));
        if place.is_some_and(|place| place < names.len()) {
            return place;
        }
        surroundings.output.line(&settings.texts.linear.no_such_number);
    }
    None
}
