//! `stemme interview`: an interview that is kept, sealed and counted.

use std::sync::Arc;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::evaluation::Site;
use crate::domain::id::{Id, Slug};
use crate::domain::letter::{letter, shown};
use crate::domain::localized::Localized;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::{Desk, NewInterview};
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};
use crate::tui::Start;

use super::arguments::{bare, switch, value};
use super::choose::{Left, choose, number, search};
use super::evaluation::{cannot_start, open};
use super::exit_code::ExitCode;
use super::practice::{converse, hold, language_for};
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;

mod resume;
#[cfg(test)]
mod tests;

pub(super) use resume::resume;

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
        .arg(
            value("resume", "resume", &placeholder.draft, &words.resume_named)
                .num_args(0..=1)
                .default_missing_value(""),
        )
        .arg(value("site", "site", &placeholder.site, &words.site))
        .arg(value("letter", "letter", &words.letter_value, &words.letter))
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
    let workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    if let Some(draft) = matches.get_one::<String>("resume") {
        let draft = Some(draft.as_str()).filter(|draft| !draft.is_empty());
        return resume::run(workplace, draft, settings, surroundings);
    }
    let on_screen = screens::wanted(settings, surroundings);
    let details = Details {
        survey: named,
        site: matches.get_one::<String>("site").cloned(),
        letter: matches.get_one::<String>("letter").cloned(),
        group: matches.get_one::<u16>("group").copied(),
        entered: match matches.get_one::<String>("afterwards").map(String::as_str) {
            Some("notes") => Entered::FromNotes,
            Some(_) => Entered::FromPaper,
            None => Entered::Live,
        },
    };
    if on_screen {
        return match on_screens(&details, &workplace, settings, surroundings) {
            Ok(start) => screens::show(Box::new(workplace), start, settings, surroundings),
            Err(code) => code,
        };
    }
    mention_drafts(&workplace, settings, surroundings);
    begin(workplace, Some(details), settings, surroundings)
}

/// A new interview is begun all the same; but one that was broken off may be what was meant.
fn mention_drafts(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.command.interview;
    let said = match workplace.drafts().len() {
        0 => return,
        1 => words.draft_waits.clone(),
        n => fill(&words.drafts_wait, &[("n", &n.to_string())]),
    };
    surroundings.output.note(&said);
}

/// What was given with the command.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    survey: Option<String>,
    site: Option<String>,
    letter: Option<String>,
    group: Option<u16>,
    entered: Entered,
}

/// Returns how the screens begin; what is named must be there.
fn on_screens(
    details: &Details,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Start, ExitCode> {
    let surveys = workplace.surveys().as_read();
    let survey = details.survey.as_deref().map(|named| {
        let ids = surveys.iter().map(|survey| survey.id());
        let known = ids.into_iter().find(|id| id.as_str() == named).cloned();
        known.ok_or_else(|| no_survey(named, settings, surroundings))
    });
    let survey = survey.transpose()?;
    let chosen = match &survey {
        Some(named) => surveys.iter().find(|survey| survey.id() == named),
        None => surveys.first().filter(|_| surveys.len() == 1),
    };
    if let Some(chosen) = chosen {
        takes_group(chosen, details, settings, surroundings)?;
    }
    let sites = workplace.sites();
    let site = details.site.as_deref().map(|named| {
        let known = sites.iter().find(|site| site.id.as_str() == named);
        known
            .map(|site| site.id.clone())
            .ok_or_else(|| no_site(sites, settings, surroundings))
    });
    Ok(Start::Interview {
        survey,
        site: site.transpose()?,
        letter: named_letter(details, workplace, settings, surroundings)?,
        people: details.group,
        entered: details.entered,
    })
}

/// Begins an interview line by line; asks for what is not given.
pub(super) fn begin(
    mut workplace: Workplace,
    details: Option<Details>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    // Before anything is asked.
    if let Some(error) = workplace.cannot_begin() {
        return cannot_start(error, workplace.draft_secret(), &settings.texts, surroundings);
    }
    let wanted = match wanted(&details.unwrap_or_default(), &workplace, settings, surroundings) {
        Ok(wanted) => wanted,
        Err(code) => return code,
    };
    match workplace.begin(&wanted) {
        Ok(session) => converse(session, workplace.contacts(), false, surroundings),
        Err(error) => cannot_start(error, workplace.draft_secret(), &settings.texts, surroundings),
    }
}

/// Asks what an interview that was held before is entered from, and enters it.
pub(super) fn enter_afterwards(
    workplace: Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.interview.afterwards;
    let names = [words.notes.clone(), words.paper.clone()];
    let entered = match choose(&words.title, &names, None, settings, surroundings) {
        Ok(0) => Entered::FromNotes,
        Ok(_) => Entered::FromPaper,
        Err(Left::Back | Left::Quit) => return ExitCode::Ok,
        Err(Left::Ended) => return ExitCode::NothingToDo,
    };
    let details = Details {
        entered,
        ..Details::default()
    };
    begin(workplace, Some(details), settings, surroundings)
}

/// What is asked before an interview, in this order.
#[derive(Clone, Copy)]
enum Ask {
    Survey,
    Site,
    Letter,
    Group,
    People,
    Few,
}

fn wanted(
    details: &Details,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<NewInterview, ExitCode> {
    let words = &settings.texts.command.interview;
    let title = |title: &Localized| title.get(settings.language()).to_owned();
    let (surveys, sites) = (workplace.surveys().as_read(), workplace.sites());
    let mut survey = match (details.survey.as_deref(), surveys) {
        (Some(named), _) => {
            let known = surveys.iter().find(|survey| survey.id().as_str() == named);
            Some(known.ok_or_else(|| no_survey(named, settings, surroundings))?)
        }
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let mut site = match (details.site.as_deref(), sites) {
        (Some(named), _) => {
            let known = sites.iter().find(|site| site.id.as_str() == named);
            Some(known.ok_or_else(|| no_site(sites, settings, surroundings))?)
        }
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let letters = workplace.letters();
    let mut letter = named_letter(details, workplace, settings, surroundings)?;
    let mut group = details.group;
    let mut is_group = group.is_some().then_some(true);
    let mut few_anyway = settings.no_input;
    let mut asked: Vec<Ask> = Vec::new();
    loop {
        let ask = match survey {
            None => Ask::Survey,
            Some(_) if site.is_none() && !sites.is_empty() => Ask::Site,
            Some(_) if letter.is_none() && letters.len() > 1 => Ask::Letter,
            Some(survey) if is_group.is_none() && !survey.asks_one_person() => {
                if settings.no_input {
                    let said = fill(&words.groups_only, &[("survey", survey.id().as_str())]);
                    surroundings.output.note(&said);
                    return Err(ExitCode::Usage);
                }
                is_group = Some(true);
                continue;
            }
            Some(survey) if survey.parts().group_mode.is_none() && details.group.is_some() => {
                takes_group(survey, details, settings, surroundings)?;
                continue;
            }
            Some(survey) if may_ask_group(survey, settings) && is_group.is_none() => Ask::Group,
            Some(_) if is_group == Some(true) && group.is_none() => Ask::People,
            Some(survey) if is_group == Some(true) && !few_anyway && is_few(survey, group) => Ask::Few,
            Some(survey) => {
                return Ok(new_interview(
                    survey,
                    (site.map(|site| site.id.clone()), letter),
                    group.filter(|_| is_group == Some(true)),
                    details,
                    settings,
                ));
            }
        };
        let answer = match ask {
            Ask::Survey => {
                let names: Vec<String> = surveys
                    .iter()
                    .map(|survey| title(&survey.parts().title))
                    .collect();
                let chosen = search(&words.which_survey, &names, settings, surroundings);
                chosen.map(|place| survey = surveys.get(place))
            }
            Ask::Site => {
                let names: Vec<String> = sites.iter().map(|site| title(&site.title)).collect();
                let chosen = search(&words.which_site, &names, settings, surroundings);
                chosen.map(|place| site = sites.get(place))
            }
            Ask::Letter => {
                let names: Vec<String> = letters.iter().map(shown).collect();
                let chosen = search(&words.which_letter, &names, settings, surroundings);
                chosen.map(|place| letter = letters.get(place).cloned())
            }
            Ask::Group => {
                let words = &settings.texts.interview.start;
                let names = [
                    words.one_person.clone(),
                    format!("{} {}", words.group, words.group_aside),
                ];
                let chosen = choose(&words.one_or_group, &names, None, settings, surroundings);
                chosen.map(|place| is_group = Some(place == 1))
            }
            Ask::People => number(
                &settings.texts.interview.prompt.people_title,
                &settings.texts.interview.prompt.people_wrong,
                2..=500,
                settings,
                surroundings,
            )
            .map(|people| group = Some(people)),
            Ask::Few => {
                let words = &settings.texts.interview.group;
                let least = survey.and_then(|survey| least_people(survey)).unwrap_or(0);
                let about = fill(&words.few_about, &[("min", &least.to_string())]);
                let ask = format!("{}. {about}", words.few_title);
                let mut names = vec![words.few_go_on.clone()];
                if survey.is_some_and(|survey| survey.asks_one_person()) {
                    names.insert(0, words.few_single.clone());
                }
                let chosen = choose(&ask, &names, None, settings, surroundings);
                chosen.map(|place| {
                    is_group = Some(place + 1 == names.len());
                    few_anyway = true;
                })
            }
        };
        match (answer, asked.pop()) {
            (Ok(()), before) => asked.extend(before.into_iter().chain([ask])),
            (Err(Left::Back), Some(before)) => match before {
                Ask::Survey => survey = None,
                Ask::Site => site = None,
                Ask::Letter => letter = None,
                Ask::Group => is_group = None,
                Ask::People | Ask::Few => group = None,
            },
            (Err(Left::Back | Left::Quit), _) => return Err(ExitCode::Ok),
            (Err(Left::Ended), _) => {
                return Err(match ask {
                    Ask::Site => no_site(sites, settings, surroundings),
                    Ask::Letter => no_letter(letters, settings, surroundings),
                    Ask::Survey => no_survey("", settings, surroundings),
                    Ask::Group | Ask::People | Ask::Few => ExitCode::Usage,
                });
            }
        }
    }
}

/// Refuses a number of people for a survey that only one person is asked.
fn takes_group(
    survey: &Survey,
    details: &Details,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    if survey.parts().group_mode.is_some() || details.group.is_none() {
        return Ok(());
    }
    let words = &settings.texts.command.interview;
    let said = fill(&words.no_groups, &[("survey", survey.id().as_str())]);
    surroundings.output.note(&said);
    Err(ExitCode::Usage)
}

/// Whether one person or a group is a question here. Where nothing may be asked, it is one person.
fn may_ask_group(survey: &Survey, settings: &Settings) -> bool {
    survey.parts().group_mode.is_some() && !settings.no_input
}

/// Returns how many people the survey advises at least.
fn least_people(survey: &Survey) -> Option<u16> {
    survey.parts().group_mode.as_ref().map(|group| group.min_people)
}

fn is_few(survey: &Survey, people: Option<u16>) -> bool {
    least_people(survey).is_some_and(|least| people.is_some_and(|people| people < least))
}

fn no_survey(named: &str, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let said = fill(&settings.texts.storage.no_survey, &[("survey", named)]);
    surroundings.output.note(&said);
    ExitCode::Usage
}

fn no_site(sites: &[Site], settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    let words = &settings.texts.command.interview;
    let said = fill(&words.no_site, &[("sites", &known.join(", "))]);
    surroundings.output.note(&said);
    ExitCode::Usage
}

/// Returns the letter that was named, if it is one of those who interview here.
fn named_letter(
    details: &Details,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Id>, ExitCode> {
    let Some(named) = &details.letter else {
        return Ok(None);
    };
    let letters = workplace.letters();
    match letter(named).filter(|letter| letters.contains(letter)) {
        Some(letter) => Ok(Some(letter)),
        None => Err(no_letter(letters, settings, surroundings)),
    }
}

fn no_letter(letters: &[Id], settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let known: Vec<String> = letters.iter().map(shown).collect();
    let words = &settings.texts.command.interview;
    let said = fill(&words.no_letter, &[("letters", &known.join(", "))]);
    surroundings.output.note(&said);
    ExitCode::Usage
}

fn new_interview(
    survey: &Arc<Survey>,
    (site, letter): (Option<Slug>, Option<Id>),
    group: Option<u16>,
    details: &Details,
    settings: &Settings,
) -> NewInterview {
    NewInterview {
        survey: Arc::clone(survey),
        site,
        language: language_for(survey, settings),
        group,
        entered: details.entered,
        letter,
    }
}
