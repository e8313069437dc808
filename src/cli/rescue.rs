//! `stemme rescue`: drafts that nobody finished. The coordinator sees how far they came, not what was answered, and
//! decides: use, delete or wait. Until then they are in no figure: a draft never is.

use clap::{ArgMatches, Command};

use crate::domain::interview::{Action, Interview, Position};
use crate::domain::record::InterviewId;
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
    // What laptops say of drafts they handed over before stands in slips, which nobody reads without the key.
    let has_slips = workplace.kit().is_none() && workplace.has_slips();
    let none = |surroundings: &mut Surroundings| {
        let hours = hours.to_string();
        surroundings
            .output
            .note(&fill(&words.rescue_none, &[("hours", &hours)]));
        ExitCode::NothingToDo
    };
    if drafts.is_empty() && !has_arrived && !has_slips {
        return none(surroundings);
    }
    let secret = match draft_secret(&workplace, settings, surroundings) {
        Ok(secret) => secret,
        Err(code) => return code,
    };
    let given = secret.as_ref().map(|secret| secret.as_str());
    let deleted = if has_slips {
        match workplace.deleted_after_sealing(given) {
            Ok(deleted) => deleted,
            Err(error) => return cannot_unlock(error, settings, surroundings),
        }
    } else {
        Vec::new()
    };
    if has_arrived {
        match workplace.arrived_drafts(given) {
            Ok(arrived) => drafts.extend(arrived),
            Err(error) => return cannot_unlock(error, settings, surroundings),
        }
    }
    for (place, interview) in deleted.iter().enumerate() {
        let place = Place {
            number: place + 1,
            all: deleted.len(),
        };
        let code = sealed_before(&workplace, interview, place, given, settings, surroundings);
        if code != ExitCode::Ok {
            return code;
        }
    }
    if drafts.is_empty() {
        if !deleted.is_empty() {
            return ExitCode::Ok;
        }
        if !has_arrived {
            return none(surroundings);
        }
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
    let is_held = draft.held || *session.interview().position() == Position::Held;
    if is_held {
        surroundings.output.line(&words.rescue_held);
    }
    let answer = ask(&words.rescue_ask, settings, surroundings);
    let (done, said) = if answer == words.rescue_use {
        if answered(session.interview()) == 0 {
            surroundings.output.line(&words.rescue_empty);
            return ExitCode::Ok;
        }
        // The coordinator vouches for it: nobody else can know what the person said.
        if is_held && ask(&words.rescue_said_yes, settings, surroundings) != words.rescue_yes {
            surroundings.output.line(&words.rescue_waits);
            return ExitCode::Ok;
        }
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
    } else if answer == words.rescue_delete && is_sure(settings, surroundings) {
        // A laptop that has had no receipt yet will hand it over again.
        if draft.arrived {
            let interview = session.interview().opening().interview.clone();
            if let Err(error) = workplace.bury(&interview, secret) {
                return cannot_unlock(error, settings, surroundings);
            }
        }
        (session.delete().map(drop), &words.rescue_deleted)
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

/// Asks what becomes of an interview that was sealed from a draft whose person deleted everything afterwards.
fn sealed_before(
    workplace: &Workplace,
    interview: &InterviewId,
    place: Place,
    secret: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.life;
    let (number, all) = (place.number.to_string(), place.all.to_string());
    let said = fill(&words.rescue_unsealed, &[("place", &number), ("all", &all)]);
    surroundings.output.line(&said);
    let answer = ask(&words.rescue_withdraw, settings, surroundings);
    if answer != words.rescue_delete || !is_sure(settings, surroundings) {
        return ExitCode::Ok;
    }
    match workplace.let_go(interview, secret) {
        Ok(()) => {
            surroundings.output.line(&words.rescue_withdrawn);
            ExitCode::Ok
        }
        Err(error) => cannot_unlock(error, settings, surroundings),
    }
}

/// Returns what is typed, in small letters; nothing where nobody may be asked.
fn ask(question: &str, settings: &Settings, surroundings: &mut Surroundings) -> String {
    if settings.no_input {
        return String::new();
    }
    surroundings.output.note_part(&format!("{question} "));
    let line = surroundings.read_line().unwrap_or_default();
    line.trim().to_lowercase()
}

/// Returns whether the word was typed that stands for what cannot be undone.
fn is_sure(settings: &Settings, surroundings: &mut Surroundings) -> bool {
    let words = &settings.texts.life;
    let question = fill(&words.rescue_sure, &[("word", &words.rescue_word)]);
    ask(&question, settings, surroundings) == words.rescue_word
}

fn answered(interview: &Interview) -> usize {
    let items = interview.survey().items();
    items
        .filter(|item| interview.response(&item.key()).is_some())
        .count()
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
    let items = interview.survey().items().count();
    let answered = answered(interview);
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
        ("items", items.to_string()),
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
