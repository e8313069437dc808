//! `stemme rescue`: drafts that nobody finished. The coordinator sees how far they came, not what was answered, and
//! decides: use, delete or wait. Until then they are in no figure: a draft never is. Nor is an interview that was sealed
//! from one, where the person asked for something else since; that is decided here, too.

use clap::{ArgMatches, Command};

use crate::domain::id::Slug;
use crate::domain::interview::{Action, Interview, Position};
use crate::domain::slip::Decision;
use crate::fieldwork::desk::{Desk, DraftEntry};
use crate::fieldwork::session::Session;
use crate::fieldwork::workplace::{ArrivedDraft, CannotUnlock, WaitingInterview, Workplace};
use crate::store::draft_wishes::Waits;
use crate::store::{StoreError, journal};
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch};
use super::collect::remark_words;
use super::evaluation::{become_office, cannot_start, cannot_unlock, draft_secret, open};
use super::exit_code::ExitCode;
use super::kit::refuse_on_laptop;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::trouble;
use crate::tui::coordinator::pending::{Fate, LeftDraft};

mod asked;

pub(super) use asked::Asked;

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
    go_through(
        matches.get_flag("all"),
        &mut Asked::Typing,
        settings,
        surroundings,
    )
}

/// Goes through the drafts, those newer than the deadline too where `all` is.
pub(super) fn go_through(
    all: bool,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.life;
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    // What becomes of a draft whose person is not there, the coordinator decides.
    if let Err(code) = refuse_on_laptop(&workplace, settings, surroundings) {
        return code;
    }
    let today = (surroundings.now)().date();
    let hours = workplace.evaluation().draft_hours;
    let mut drafts = workplace.drafts();
    if !all {
        drafts.retain(|draft| draft.is_old(today, hours));
    }
    let mut drafts: Vec<Left> = drafts.into_iter().map(Left::Here).collect();
    // Where nothing arrived, no passphrase is asked for nothing.
    let has_arrived = workplace.left_drafts().arrived > 0;
    // What laptops say of drafts they handed over before stands in slips, which nobody reads without the key.
    let has_slips = workplace.has_slips();
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
    match become_office(&workplace, settings, surroundings) {
        Ok(None) => {}
        Ok(Some(_)) => match open(settings, surroundings) {
            Ok(opened) => workplace = opened,
            Err(code) => return code,
        },
        Err(code) => return code,
    }
    let secret = match draft_secret(&workplace, settings, surroundings) {
        Ok(secret) => secret,
        Err(code) => return code,
    };
    let given = secret.as_ref().map(|secret| secret.as_str());
    let waiting = if has_slips {
        match workplace.waiting_interviews(given) {
            Ok(waiting) => waiting,
            Err(error) => return cannot_unlock(error, settings, surroundings),
        }
    } else {
        Vec::new()
    };
    if has_arrived {
        match workplace.arrived_drafts(given) {
            Ok(arrived) => drafts.extend(arrived.into_iter().map(Left::Arrived)),
            Err(error) => return cannot_unlock(error, settings, surroundings),
        }
    }
    for (place, interview) in waiting.iter().enumerate() {
        let place = Place {
            number: place + 1,
            all: waiting.len(),
        };
        let code = sealed_before(&workplace, interview, place, given, asked, settings, surroundings);
        if code != ExitCode::Ok {
            return code;
        }
    }
    if drafts.is_empty() {
        if !waiting.is_empty() {
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
        let code = one(
            &mut workplace,
            draft,
            place,
            secret,
            asked,
            settings,
            surroundings,
        );
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

/// A draft that nobody finished.
enum Left {
    /// Begun on this machine.
    Here(DraftEntry),
    /// A laptop handed it over.
    Arrived(ArrivedDraft),
}

impl Left {
    const fn entry(&self) -> &DraftEntry {
        match self {
            Self::Here(entry) => entry,
            Self::Arrived(draft) => &draft.entry,
        }
    }

    const fn arrived(&self) -> Option<&ArrivedDraft> {
        match self {
            Self::Here(_) => None,
            Self::Arrived(draft) => Some(draft),
        }
    }
}

fn one(
    workplace: &mut Workplace,
    draft: &Left,
    place: Place,
    secret: Option<&str>,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.life;
    if let Some(remark) = draft.arrived().and_then(|draft| draft.foreign) {
        let file = format!("rescue/{}.{}", draft.entry().name, journal::EXTENSION);
        let why = remark_words(remark, &settings.texts.handover.remark);
        let said = fill(&words.rescue_foreign, &[("file", &file), ("why", why)]);
        if let Asked::Listing(list) = asked {
            list.push(LeftDraft {
                name: draft.entry().name.clone(),
                says: vec![said],
                ..LeftDraft::default()
            });
            return ExitCode::Ok;
        }
        surroundings.output.note(&said);
        return ExitCode::Unreadable;
    }
    let mut session = match workplace.resume(draft.entry(), secret) {
        Ok((session, _)) => session,
        Err(error) => return cannot_start(error, workplace.draft_secret(), &settings.texts, surroundings),
    };
    let mut says = vec![summary(session.interview(), draft, place, workplace, settings)];
    if draft.arrived().is_some_and(|draft| draft.replaces) {
        says.push(words.rescue_replaces.clone());
    }
    let waits = draft.arrived().and_then(|draft| draft.waits);
    let is_held = waits == Some(Waits::NotYet) || *session.interview().position() == Position::Held;
    if waits == Some(Waits::DeletionAsked) {
        says.push(words.rescue_asked.clone());
    } else if is_held {
        says.push(words.rescue_held.clone());
    }
    // The coordinator vouches for it: nobody else can know what the person said.
    let must_ask = is_held || waits.is_some();
    let left = LeftDraft {
        name: draft.entry().name.clone(),
        says,
        can_be_used: true,
        can_be_deleted: true,
        must_ask,
    };
    let Some(fate) = asked.fate(left, &words.rescue_ask, settings, surroundings) else {
        return ExitCode::Ok;
    };
    let opening = session.interview().opening();
    let (interview, round) = (opening.interview.clone(), opening.round.clone());
    let (done, said) = if fate == Some(Fate::Use) {
        if answered(session.interview()) == 0 {
            surroundings.output.line(&words.rescue_empty);
            return ExitCode::Ok;
        }
        if must_ask && !asked.has_said_yes(settings, surroundings) {
            surroundings.output.line(&words.rescue_waits);
            return ExitCode::Ok;
        }
        let is_shown = *session.interview().position() == Position::Finished;
        if !finish(&mut session) {
            surroundings.output.line(&words.rescue_not_usable);
            return ExitCode::Ok;
        }
        if let Some(arrived) = draft.arrived()
            && let Err(error) = vouch(workplace, arrived, &round, waits)
        {
            return cannot_unlock(CannotUnlock::Store(error), settings, surroundings);
        }
        // Whoever answered is not here: a code that was never shown would help nobody, so there is none; one that may
        // have been shown holds.
        let sealed = session.seal().and_then(|code| match code {
            Some(_) if !is_shown => session.code_is_unwanted(),
            _ => session.code_is_noted(),
        });
        (sealed, &words.rescue_used)
    } else if fate == Some(Fate::Delete) && asked.is_sure(draft.arrived().is_some(), settings, surroundings) {
        if let Some(arrived) = draft.arrived() {
            // A laptop that has had no receipt yet will hand it over again.
            let buried = if waits == Some(Waits::DeletionAsked) {
                workplace.bury(&interview, secret)
            } else {
                let dropped = workplace.decide(&interview, &round, arrived.steps, Decision::Dropped);
                dropped.map_err(CannotUnlock::Store)
            };
            if let Err(error) = buried {
                return cannot_unlock(error, settings, surroundings);
            }
        }
        (session.delete().map(drop), &words.rescue_deleted)
    } else {
        (Ok(()), &words.rescue_waits)
    };
    drop(session);
    workplace.tidy_arrived();
    if let Err(why) = done {
        surroundings.output.note(trouble::sentence(why, &settings.texts));
        return ExitCode::Unreadable;
    }
    surroundings.output.line(said);
    // What was sealed from a shorter draft says less, and is needed no more.
    let replaces = draft.arrived().is_some_and(|draft| draft.replaces);
    if replaces && let Err(error) = workplace.remove_superseded(&interview, secret) {
        return cannot_unlock(error, settings, surroundings);
    }
    ExitCode::Ok
}

/// Writes down what the person is known to have said, where somebody had asked for something else.
fn vouch(
    workplace: &Workplace,
    draft: &ArrivedDraft,
    round: &Slug,
    waits: Option<Waits>,
) -> Result<(), StoreError> {
    let Some(interview) = &draft.interview else {
        return Ok(());
    };
    if let Some(held) = draft.held_with {
        workplace.decide(interview, round, held, Decision::SaidYes)?;
    }
    if waits == Some(Waits::DeletionAsked) {
        workplace.decide(interview, round, draft.steps, Decision::NotDeleted)?;
    }
    Ok(())
}

/// Asks what becomes of an interview that was sealed from a draft, where the person asked for something else afterwards.
fn sealed_before(
    workplace: &Workplace,
    waiting: &WaitingInterview,
    place: Place,
    secret: Option<&str>,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.life;
    let (number, all) = (place.number.to_string(), place.all.to_string());
    let from = whence(
        waiting.laptop.as_ref(),
        waiting.site.as_ref(),
        workplace,
        settings,
    );
    let (text, question) = match waiting.why {
        Waits::Deleted => (&words.rescue_unsealed, &words.rescue_withdraw),
        Waits::DeletionAsked => (&words.rescue_unsealed_asked, &words.rescue_ask),
        Waits::NotYet => (&words.rescue_unsealed_held, &words.rescue_ask),
    };
    let values = [("place", number.as_str()), ("all", &all), ("laptop", &from)];
    let (interview, round) = (&waiting.interview, &waiting.round);
    let left = LeftDraft {
        name: interview.to_string(),
        says: vec![fill(text, &values)],
        can_be_used: waiting.why != Waits::Deleted,
        can_be_deleted: true,
        must_ask: true,
    };
    let Some(fate) = asked.fate(left, question, settings, surroundings) else {
        return ExitCode::Ok;
    };
    if fate == Some(Fate::Use) {
        if !asked.has_said_yes(settings, surroundings) {
            surroundings.output.line(&words.rescue_still_waits);
            return ExitCode::Ok;
        }
        let is_asked = waiting.why == Waits::DeletionAsked;
        let not_deleted = is_asked.then_some((Decision::NotDeleted, 0));
        let said_yes = (Decision::SaidYes, waiting.held_with);
        for (what, steps) in not_deleted.into_iter().chain([said_yes]) {
            if let Err(error) = workplace.decide(interview, round, steps, what) {
                return cannot_unlock(CannotUnlock::Store(error), settings, surroundings);
            }
        }
        surroundings.output.line(&words.rescue_counts);
        return ExitCode::Ok;
    }
    if fate != Some(Fate::Delete) || !asked.is_sure(false, settings, surroundings) {
        surroundings.output.line(&words.rescue_still_waits);
        return ExitCode::Ok;
    }
    match workplace.let_go(interview, secret) {
        Ok(not_noted) => {
            surroundings.output.line(&words.rescue_withdrawn);
            not_noted.map_or(ExitCode::Ok, |error| {
                cannot_unlock(CannotUnlock::Store(error), settings, surroundings)
            })
        }
        Err(error) => cannot_unlock(error, settings, surroundings),
    }
}

/// Returns where something was held: the laptop and the site, as far as they are known.
fn whence(laptop: Option<&Slug>, site: Option<&Slug>, workplace: &Workplace, settings: &Settings) -> String {
    let words = &settings.texts.life;
    let laptop = laptop.map_or_else(|| words.rescue_some_laptop.clone(), Slug::to_string);
    let known = workplace
        .evaluation()
        .sites
        .iter()
        .find(|known| Some(&known.id) == site);
    match known {
        Some(known) => format!("{laptop}, {}", known.title.get(settings.language())),
        None => laptop,
    }
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

fn summary(
    interview: &Interview,
    draft: &Left,
    place: Place,
    workplace: &Workplace,
    settings: &Settings,
) -> String {
    let words = &settings.texts.life;
    let items = interview.survey().items().count();
    let answered = answered(interview);
    let opening = interview.opening();
    let from = whence(
        opening.laptop.as_ref(),
        opening.site.as_ref(),
        workplace,
        settings,
    );
    let day = draft.entry().last_day.map(|day| date(day, settings.language()));
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
        ("laptop", from),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let text = if draft.arrived().is_some() {
        &words.rescue_arrived
    } else {
        &words.rescue_one
    };
    fill(text, &values)
}
