//! `stemme rescue`: drafts that nobody finished. The coordinator sees how far they came, not what was answered, and
//! decides: use, delete or wait. Until then they are in no figure: a draft never is.

use clap::{ArgMatches, Command};

use crate::domain::interview::{Action, Interview, Position};
use crate::fieldwork::desk::{Desk, DraftEntry};
use crate::fieldwork::session::Session;
use crate::fieldwork::workplace::Workplace;
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch};
use super::evaluation::{cannot_start, cannot_unlock, draft_secret, open};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::trouble;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.life;
    bare("rescue")
        .about(words.rescue_about.clone())
        .arg(switch("all", "all", &words.rescue_all))
}

/// Goes through the drafts.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.life;
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let today = (surroundings.now)().date();
    let hours = workplace.evaluation().draft_hours;
    let mut drafts = workplace.drafts();
    if !matches.get_flag("all") {
        drafts.retain(|draft| draft.is_old(today, hours));
    }
    // On a laptop nothing arrives; where nothing arrived, no passphrase is asked for nothing.
    let has_arrived = workplace.left_drafts().arrived > 0;
    if drafts.is_empty() && !has_arrived {
        let hours = hours.to_string();
        surroundings
            .output
            .note(&fill(&words.rescue_none, &[("hours", &hours)]));
        return ExitCode::NothingToDo;
    }
    let secret = match draft_secret(&workplace, settings, surroundings) {
        Ok(secret) => secret,
        Err(code) => return code,
    };
    if has_arrived {
        match workplace.arrived_drafts(secret.as_ref().map(|secret| secret.as_str())) {
            Ok(arrived) => drafts.extend(arrived),
            Err(error) => return cannot_unlock(error, settings, surroundings),
        }
    }
    if drafts.is_empty() {
        surroundings.output.note(&words.rescue_all_done);
        return ExitCode::NothingToDo;
    }
    let all = drafts.len();
    let mut ended = ExitCode::Ok;
    for (place, draft) in drafts.iter().enumerate() {
        let place = Place {
            number: place + 1,
            all,
        };
        let secret = secret.as_ref().map(|secret| secret.as_str());
        let code = one(&mut workplace, draft, place, secret, settings, surroundings);
        if code != ExitCode::Ok {
            ended = code;
        }
    }
    ended
}

/// Which draft of how many.
#[derive(Clone, Copy)]
struct Place {
    number: usize,
    all: usize,
}

fn one(
    workplace: &mut Workplace,
    draft: &DraftEntry,
    place: Place,
    secret: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.life;
    let mut session = match workplace.resume(draft, secret) {
        Ok((session, _)) => session,
        Err(error) => return cannot_start(error, workplace.draft_secret(), &settings.texts, surroundings),
    };
    let said = summary(session.interview(), draft, place, settings);
    surroundings.output.line(&said);
    if *session.interview().position() == Position::Held {
        surroundings.output.line(&words.rescue_held);
        return ExitCode::Ok;
    }
    let answer = if settings.no_input {
        String::new()
    } else {
        surroundings.output.note_part(&format!("{} ", words.rescue_ask));
        surroundings.read_line().unwrap_or_default()
    };
    let answer = answer.trim().to_lowercase();
    let (done, said) = if answer == words.rescue_use {
        let is_shown = *session.interview().position() == Position::Finished;
        if !finish(&mut session) {
            surroundings.output.line(&words.rescue_not_usable);
            return ExitCode::Ok;
        }
        // Whoever answered is not here: a code that was never shown would help nobody, so there is none; one that may
        // have been shown holds.
        let sealed = session.seal().and_then(|code| match code {
            Some(_) if !is_shown => session.code_is_unwanted(),
            _ => session.code_is_noted(),
        });
        (sealed, &words.rescue_used)
    } else if answer == words.rescue_delete {
        // A laptop that has had no receipt yet will hand it over again.
        if draft.arrived {
            let interview = session.interview().opening().interview.clone();
            if let Err(error) = workplace.bury(&interview, secret) {
                return cannot_unlock(error, settings, surroundings);
            }
        }
        (session.delete(), &words.rescue_deleted)
    } else {
        (Ok(()), &words.rescue_waits)
    };
    match done {
        Ok(()) => {
            surroundings.output.line(said);
            ExitCode::Ok
        }
        Err(why) => {
            surroundings.output.note(trouble::sentence(why, &settings.texts));
            ExitCode::Unreadable
        }
    }
}

/// Ends the interview where it stands, on a copy first: a draft that cannot be used stays as it is.
fn finish(session: &mut Session) -> bool {
    let mut copy = session.interview().clone();
    let mut steps = Vec::new();
    for step in [Action::StopAndUse, Action::EndReadBack, Action::Finish] {
        if copy.apply(&step).is_ok() {
            steps.push(step);
        }
    }
    if *copy.position() != Position::Finished {
        return false;
    }
    steps.into_iter().all(|step| session.apply(step).is_ok())
}

fn summary(interview: &Interview, draft: &DraftEntry, place: Place, settings: &Settings) -> String {
    let words = &settings.texts.life;
    let items: Vec<_> = interview.survey().items().map(|item| item.key()).collect();
    let answered = items
        .iter()
        .filter(|item| interview.response(item).is_some())
        .count();
    let day = draft.last_day.map(|day| date(day, settings.language()));
    let read_back = if interview.all_approved() {
        &words.rescue_read_back
    } else {
        &words.rescue_not_read_back
    };
    let values = [
        ("place", place.number.to_string()),
        ("all", place.all.to_string()),
        ("day", day.unwrap_or_default()),
        ("answered", answered.to_string()),
        ("items", items.len().to_string()),
        ("read_back", read_back.clone()),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let text = if draft.arrived {
        &words.rescue_arrived
    } else {
        &words.rescue_one
    };
    fill(text, &values)
}
