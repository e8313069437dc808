//! `stemme withdraw`: deletes the answers of somebody who withdraws, by the code on the card.
//!
//! Nobody learns whose answers they were: nothing is said about the interview, before or after.

use std::path::PathBuf;

use clap::{ArgMatches, Command};
use zeroize::Zeroizing;

use crate::domain::evaluation::{Evaluation, Identification};
use crate::domain::word_code::{NotACode, WithdrawalCode};
use crate::fieldwork::workplace::{CannotUnlock, Workplace};
use crate::store::keys::{CoordinatorKeys, RecoveryKey};
use crate::store::withdrawal::{self, Hit};
use crate::texts::number::date;
use crate::texts::withdrawal::WithdrawalTexts;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, switch, value};
use super::evaluation::{open_office, store_sentence};
use super::exit_code::ExitCode;
use super::secret;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// How often a code or passphrase may be mistyped.
const TRIES: usize = 3;

/// Returns its arguments. The code is none of them: arguments stay in the shell's history.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.withdrawal;
    let placeholder = &texts.command.value;
    bare("withdraw")
        .about(words.about.clone())
        .arg(path(value(
            "code_file",
            "code-file",
            &placeholder.file,
            &words.code_file,
        )))
        .arg(value("site", "site", &placeholder.site, &words.site))
        .arg(value("round", "round", "ID", &words.round))
        .arg(switch("yes", "yes", &words.yes))
}

/// Withdraws.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let which = Which {
        site: text("site"),
        round: text("round"),
    };
    let asked = |surroundings: &mut Surroundings| code(matches, settings, surroundings);
    match withdraw(&which, asked, matches.get_flag("yes"), settings, surroundings) {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

/// What tells two interviews with the same code apart.
pub(super) struct Which<'w> {
    /// Where it was held.
    pub site: Option<&'w str>,
    /// In which round.
    pub round: Option<&'w str>,
}

/// Deletes the answers with the code that `asked` returns; asks once more, where nobody has said yes.
///
/// # Errors
/// How the run ends where nothing is deleted.
pub(super) fn withdraw(
    which: &Which<'_>,
    asked: impl FnOnce(&mut Surroundings) -> Result<WithdrawalCode, ExitCode>,
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.withdrawal;
    let workplace = open_office(settings, surroundings)?;
    let evaluation = workplace.evaluation();
    if evaluation.identification == Identification::Anonymous {
        surroundings.output.note(&words.anonymous);
        return Err(ExitCode::Refused);
    }
    let today = (surroundings.now)().date();
    if let Some(until) = evaluation.withdraw_until.filter(|until| today > *until) {
        let until = date(until, settings.language());
        surroundings.output.note(&fill(&words.ended, &[("date", &until)]));
        return Err(ExitCode::Refused);
    }
    are_known(which, evaluation, words, surroundings)?;
    let code = asked(surroundings)?;
    let (keys, _) = coordinator(&workplace, settings, surroundings)?;
    let tag = withdrawal::tag(&code, &evaluation.id).ok_or(ExitCode::Unexpected)?;
    let identities = keys.identities();
    let hits = withdrawal::find(workplace.folder(), &identities, evaluation, &tag)
        .map_err(|error| said(&store_sentence(&error, &settings.texts), surroundings))?;
    let hit = the_one(hits, which, words, surroundings)?;
    if !yes && !confirmed(settings, surroundings) {
        surroundings.output.note(&words.not_deleted);
        return Err(ExitCode::NothingToDo);
    }
    let left = workplace
        .withdraw(&hit.interview, &keys)
        .map_err(|error| said(&store_sentence(&error, &settings.texts), surroundings))?;
    surroundings.output.line(&words.deleted);
    if let Some(error) = left {
        surroundings.output.note(&words.left);
        return Err(said(&store_sentence(&error, &settings.texts), surroundings));
    }
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    Ok(())
}

fn said(sentence: &str, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.note(sentence);
    ExitCode::Unreadable
}

/// Sees to it that the site and the round that were named are there.
fn are_known(
    which: &Which<'_>,
    evaluation: &Evaluation,
    words: &WithdrawalTexts,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let sites: Vec<&str> = evaluation.sites.iter().map(|site| site.id.as_str()).collect();
    let rounds: Vec<&str> = evaluation.rounds.iter().map(|round| round.id.as_str()).collect();
    for (named, known, text) in [
        (which.site, &sites, &words.no_site),
        (which.round, &rounds, &words.no_round),
    ] {
        if let Some(named) = named
            && !known.contains(&named)
        {
            let values = [("name", named), ("known", &known.join(", "))];
            surroundings.output.note(&fill(text, &values));
            return Err(ExitCode::Usage);
        }
    }
    Ok(())
}

/// Returns the one interview that is meant.
fn the_one(
    mut hits: Vec<Hit>,
    which: &Which<'_>,
    words: &WithdrawalTexts,
    surroundings: &mut Surroundings,
) -> Result<Hit, ExitCode> {
    let (site, round) = (which.site, which.round);
    let found = hits.len();
    let several = found > 1;
    hits.retain(|hit| {
        site.is_none_or(|wanted| hit.site.as_ref().is_some_and(|site| site.as_str() == wanted))
            && round.is_none_or(|wanted| hit.round.as_str() == wanted)
    });
    let narrowed = site.is_some() || round.is_some();
    match hits.as_slice() {
        [hit] => Ok(hit.clone()),
        [] if found == 0 => {
            surroundings.output.note(&words.none);
            Err(ExitCode::NothingToDo)
        }
        // What somebody wrote beside the code says another interview: nothing is deleted on half a word.
        [] if !several => {
            surroundings.output.note(&words.elsewhere);
            Err(ExitCode::Refused)
        }
        _ => {
            let text = if narrowed {
                &words.several_still
            } else {
                &words.several
            };
            surroundings.output.note(text);
            Err(ExitCode::Usage)
        }
    }
}

/// Returns the code, from a file or typed.
fn code(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<WithdrawalCode, ExitCode> {
    let words = &settings.texts.withdrawal;
    if let Some(file) = matches.get_one::<PathBuf>("code_file") {
        let file = surroundings.path(file);
        let Ok(text) = secret::text_of(&file) else {
            let shown = file.display().to_string();
            let text = fill(&settings.texts.storage.not_found, &[("file", &shown)]);
            return Err(said(&text, surroundings));
        };
        return WithdrawalCode::read(&text).map_err(|why| {
            surroundings.output.note(&not_a_code(&why, words));
            ExitCode::Usage
        });
    }
    for _ in 0..TRIES {
        let Some(typed) = secret::ask(&words.ask_code, settings, surroundings) else {
            break;
        };
        match WithdrawalCode::read(&typed) {
            Ok(code) => return Ok(code),
            Err(why) => surroundings.output.note(&not_a_code(&why, words)),
        }
    }
    surroundings.output.note(&words.not_deleted);
    Err(ExitCode::Usage)
}

/// Returns what to say about a code that is none.
pub(super) fn not_a_code(why: &NotACode, words: &WithdrawalTexts) -> String {
    match why {
        NotACode::Count { found, wanted } => fill(
            &words.count,
            &[("found", &found.to_string()), ("wanted", &wanted.to_string())],
        ),
        NotACode::Unknown { place, perhaps } => {
            let perhaps: Vec<&str> = perhaps.iter().map(|word| word.text()).collect();
            let place = place.to_string();
            if perhaps.is_empty() {
                fill(&words.unknown_word, &[("place", &place)])
            } else {
                let perhaps = perhaps.join(", ");
                fill(&words.perhaps, &[("place", &place), ("words", &perhaps)])
            }
        }
        NotACode::Check => words.check.clone(),
    }
}

fn confirmed(settings: &Settings, surroundings: &mut Surroundings) -> bool {
    let words = &settings.texts.withdrawal;
    if settings.no_input {
        return false;
    }
    let question = fill(&words.confirm, &[("word", &words.confirm_word)]);
    surroundings.output.note_part(&format!("{question} "));
    surroundings
        .read_line()
        .is_some_and(|line| line.trim().to_lowercase() == words.confirm_word)
}

/// Returns the coordinator's keys, which sign, and the passphrase they took: asks for it where they are wrapped.
///
/// # Errors
/// How the run ends without them; this has been said.
pub(super) fn coordinator(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(CoordinatorKeys, Option<Zeroizing<String>>), ExitCode> {
    let mut given = secret::from_file(settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
    let from_file = given.is_some();
    let words = &settings.texts.storage;
    for _ in 0..TRIES {
        match workplace.coordinator(given.as_ref().map(|secret| secret.as_str())) {
            Ok(keys) => return Ok((keys, given)),
            Err(CannotUnlock::NeedsSecret) => {}
            Err(CannotUnlock::WrongSecret) => {
                let is_recovery = given
                    .as_ref()
                    .is_some_and(|given| RecoveryKey::read(given).is_ok());
                surroundings.output.note(if is_recovery {
                    &settings.texts.withdrawal.needs_coordinator
                } else {
                    &words.wrong_passphrase
                });
                if from_file {
                    return Err(ExitCode::Unreadable);
                }
            }
            Err(CannotUnlock::Closed) => {
                return Err(said(&settings.texts.life.is_closed, surroundings));
            }
            Err(CannotUnlock::ClosingBegun) => {
                return Err(said(&settings.texts.life.closing_begun, surroundings));
            }
            Err(CannotUnlock::OnLaptop) => {
                return Err(said(&settings.texts.handover.coordinator_only, surroundings));
            }
            Err(CannotUnlock::NoKey(path)) => {
                let shown = path.display().to_string();
                let text = fill(&words.no_key, &[("file", &shown)]);
                return Err(said(&text, surroundings));
            }
            Err(CannotUnlock::OldKey(path)) => {
                let shown = path.display().to_string();
                let text = fill(&words.old_key, &[("file", &shown)]);
                return Err(said(&text, surroundings));
            }
            Err(CannotUnlock::Store(error)) => {
                return Err(said(&store_sentence(&error, &settings.texts), surroundings));
            }
        }
        given = secret::ask(&words.ask_passphrase, settings, surroundings);
        if given.is_none() {
            return Err(said(&words.needs_passphrase, surroundings));
        }
    }
    Err(ExitCode::Unreadable)
}
