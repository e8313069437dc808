//! `stemme interview`: an interview that is kept, sealed and counted.

use std::sync::Arc;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::id::Slug;
use crate::domain::localized::Localized;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::{Desk, DraftEntry, NewInterview};
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};
use crate::tui::Start;

use super::arguments::{bare, switch, value};
use super::choose::choose;
use super::evaluation::{cannot_start, draft_secret, open};
use super::exit_code::ExitCode;
use super::practice::{converse, hold, language_for};
use super::screens;
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
            value("afterwards", "afterwards", "notes|paper", &words.afterwards)
                .value_parser(["notes", "paper"]),
        )
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
    let on_screen = screens::wanted(settings, surroundings);
    if matches.get_flag("resume") {
        return if on_screen {
            screens::show(Box::new(workplace), Start::Home, settings, surroundings)
        } else {
            resume(&mut workplace, settings, surroundings)
        };
    }
    let details = Details {
        survey: named,
        site: matches.get_one::<String>("site").cloned(),
        group: matches.get_one::<u16>("group").copied(),
        entered: match matches.get_one::<String>("afterwards").map(String::as_str) {
            Some("notes") => Entered::FromNotes,
            Some(_) => Entered::FromPaper,
            None => Entered::Live,
        },
    };
    if on_screen && details.site.is_none() && details.group.is_none() {
        let survey = details.survey.as_deref().and_then(|named| Slug::new(named).ok());
        return screens::show(
            Box::new(workplace),
            Start::Interview {
                survey,
                entered: details.entered,
            },
            settings,
            surroundings,
        );
    }
    begin(workplace, Some(details), settings, surroundings)
}

/// What was given with the command.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    survey: Option<String>,
    site: Option<String>,
    group: Option<u16>,
    entered: Entered,
}

/// Begins an interview line by line; asks for what is not given.
pub(super) fn begin(
    mut workplace: Workplace,
    details: Option<Details>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let wanted = match wanted(&details.unwrap_or_default(), &workplace, settings, surroundings) {
        Ok(wanted) => wanted,
        Err(code) => return code,
    };
    match workplace.begin(&wanted) {
        Ok(session) => converse(session, workplace.contacts(), false, surroundings),
        Err(error) => cannot_start(error, &settings.texts, surroundings),
    }
}

/// Goes on with the draft that was last written to; asks which, where there are several.
pub(super) fn resume(
    workplace: &mut Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
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
            converse(session, workplace.contacts(), false, surroundings)
        }
        Err(error) => cannot_start(error, &settings.texts, surroundings),
    }
}

fn wanted(
    details: &Details,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<NewInterview, ExitCode> {
    let words = &settings.texts.command.interview;
    let language = settings.language();
    let title = |title: &Localized| title.get(language).to_owned();
    let surveys = workplace.surveys();
    let survey = match (details.survey.as_deref(), surveys) {
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
        let named = details.survey.as_deref().unwrap_or_default();
        let said = fill(&settings.texts.storage.no_survey, &[("survey", named)]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let sites = workplace.sites();
    let site = match (details.site.as_deref(), sites) {
        (Some(named), _) => sites.iter().find(|site| site.id.as_str() == named),
        (None, []) => return Ok(new_interview(details, survey, None, settings)),
        (None, [only]) => Some(only),
        (None, several) => {
            let names: Vec<String> = several.iter().map(|site| title(&site.title)).collect();
            choose(&words.which_site, &names, settings, surroundings).and_then(|place| several.get(place))
        }
    };
    match site {
        Some(site) => Ok(new_interview(details, survey, Some(site.id.clone()), settings)),
        None => {
            let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
            let said = fill(&words.no_site, &[("sites", &known.join(", "))]);
            surroundings.output.note(&said);
            Err(ExitCode::Usage)
        }
    }
}

fn new_interview(
    details: &Details,
    survey: &Arc<Survey>,
    site: Option<Slug>,
    settings: &Settings,
) -> NewInterview {
    NewInterview {
        survey: Arc::clone(survey),
        site,
        language: language_for(survey, settings),
        group: details.group,
        entered: details.entered,
    }
}
