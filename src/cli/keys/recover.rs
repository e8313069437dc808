//! `stemme keys recover`: the passphrase is lost. The recovery key opens everything and a new key takes its place.

use std::path::PathBuf;

use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::cli::evaluation::become_office;
use crate::cli::exit_code::ExitCode;
use crate::cli::secret;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::evaluation::Recipient;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::folder::edit::{replace_coordinator, replace_recipient};
use crate::store::given_up::{self, GivenUp};
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys, Identities, RecoveryKey, prove};
use crate::store::resealing::{self, Resealed, Rewrite};
use crate::texts::fill;

use super::{agrees, edit, keep, new_passphrase, say, say_next, say_resealed, set_aside};

/// Where what is needed for a new key comes from.
pub(in crate::cli) struct Given<R, P> {
    /// The recovery key, as it is typed or stands in its file.
    pub recovery: R,
    /// Whose key is lost, where that was said.
    pub name: Option<String>,
    /// Whether it was said that this is their machine.
    pub is_theirs: bool,
    /// The new passphrase.
    pub passphrase: P,
}

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let given = Given {
        recovery: |surroundings: &mut Surroundings| typed(matches, settings, surroundings),
        name: matches.get_one::<String>("name").cloned(),
        is_theirs: false,
        passphrase: |surroundings: &mut Surroundings| new_passphrase(matches, settings, surroundings),
    };
    recover(given, settings, surroundings)
}

/// Puts a new key in the place of one that is lost.
///
/// # Errors
/// How the run ends where not all of it was done.
pub(in crate::cli) fn recover<R, P>(
    given: Given<R, P>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode>
where
    R: FnOnce(&mut Surroundings) -> Result<Zeroizing<String>, ExitCode>,
    P: FnOnce(&mut Surroundings) -> Result<Zeroizing<String>, ExitCode>,
{
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    surroundings.output.note(&words.recover_intro);
    let typed = (given.recovery)(surroundings)?;
    let recovery = RecoveryKey::read(&typed).map_err(|_| {
        surroundings.output.note(&words.not_a_recovery);
        ExitCode::Unreadable
    })?;
    let recipients = &workplace.evaluation().recipients;
    let is_known = recipients.iter().any(|known| known.key == recovery.public());
    let others: Vec<Recipient> = recipients
        .iter()
        .filter(|known| known.key != recovery.public())
        .cloned()
        .collect();
    if !is_known || others.is_empty() {
        surroundings.output.note(&words.other_recovery);
        return Err(ExitCode::Unreadable);
    }
    let lost = whose(&others, given.name, settings, surroundings)?;
    let place = workplace.home().keys(&workplace.evaluation().id);
    let place = place.map_err(|error| say(&error, settings, surroundings))?;
    if others.len() > 1 && !given.is_theirs && place.join(COORDINATOR_FILE).is_file() {
        is_theirs(&lost, settings, surroundings)?;
    }
    let passphrase = (given.passphrase)(surroundings)?;
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    let id = workplace.evaluation().id.clone();
    let keys = CoordinatorKeys::generate(&id, &mut random).map_err(|_| ExitCode::Unexpected)?;
    // Laptops seal to the lost key and to this one until they have a new kit.
    let keys = keys.holding(&recovery);
    prove(&keys.public(), &keys.identities(), &mut random)
        .map_err(|error| say(&error, settings, surroundings))?;
    // A key that is well may lie here: somebody else's was to be replaced.
    let aside = set_aside(&place.join(COORDINATOR_FILE), &place);
    let aside = aside.map_err(|error| say(&error, settings, surroundings))?;
    keep(&workplace, &keys, Some(&passphrase), settings, surroundings)?;
    if let Some(aside) = aside {
        let shown = aside.display().to_string();
        let text = if others.len() > 1 {
            &words.recover_aside
        } else {
            &words.installed_aside
        };
        let said = fill(text, &[("file", &shown), ("name", lost.name.as_str())]);
        surroundings.output.line(&said);
    }
    let identities = recovery.identities();
    let at = (workplace.home(), workplace.folder());
    given_up::sign_again(
        at,
        workplace.evaluation(),
        &identities,
        keys.signer(),
        &mut random,
    )
    .map_err(|error| say(&error, settings, surroundings))?;
    let (was, now) = (lost.key, keys.public());
    let signer = keys.signer().public().to_string();
    let workplace = edit(
        &workplace,
        |text| replace_coordinator(&replace_recipient(text, &was, &now)?, &signer),
        settings,
        surroundings,
    )?;
    let done = finish(&workplace, &identities, &keys).map_err(|error| say(&error, settings, surroundings))?;
    say_resealed(&done, settings, surroundings);
    surroundings.output.line(&words.recovered);
    surroundings.output.note(&words.recovered_holds);
    if others.len() > 1 {
        surroundings.output.note(&words.recovered_others);
    }
    say_next(&workplace, settings, surroundings);
    become_office(&workplace, settings, surroundings).map(drop)
}

/// Returns whose key is lost. Where several people have one, nobody's is replaced without it being said whose.
fn whose(
    others: &[Recipient],
    named: Option<String>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Recipient, ExitCode> {
    let words = &settings.texts.keys;
    if let ([only], None) = (others, &named) {
        return Ok(only.clone());
    }
    let names: Vec<&str> = others.iter().map(|one| one.name.as_str()).collect();
    let names = names.join(", ");
    let named = named.unwrap_or_else(|| {
        let question = fill(&words.recover_whose, &[("names", &names)]);
        surroundings.output.note_part(&format!("{question} "));
        if settings.no_input {
            return String::new();
        }
        surroundings.read_line().unwrap_or_default()
    });
    let found = others.iter().find(|one| one.name.as_str() == named.trim());
    found.cloned().ok_or_else(|| {
        let said = fill(&words.recover_nobody, &[("names", &names)]);
        surroundings.output.note(&said);
        ExitCode::Usage
    })
}

/// Says that the new key takes the place of the one that lies on this computer, which may be somebody else's, and asks.
/// A script that named whose key is lost has said so.
fn is_theirs(lost: &Recipient, settings: &Settings, surroundings: &mut Surroundings) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let named = [("name", lost.name.as_str())];
    surroundings.output.note(&fill(&words.recover_here, &named));
    if settings.no_input || agrees(&fill(&words.recover_here_ask, &named), settings, surroundings) {
        return Ok(());
    }
    surroundings.output.note(&words.nothing_changed);
    Err(ExitCode::NothingToDo)
}

/// The recovery key, from the file that was named or typed.
fn typed(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Zeroizing<String>, ExitCode> {
    match matches.get_one::<PathBuf>("recovery-file") {
        Some(file) => {
            let file = surroundings.path(file);
            secret::text_of(&file)
                .map_err(|error| say(&StoreError::at(&file, &error), settings, surroundings))
        }
        None => {
            Ok(secret::ask(&settings.texts.keys.ask_recovery, settings, surroundings).unwrap_or_default())
        }
    }
}

/// Takes away what keys that are given up signed, and seals the rest to the new one.
pub(super) fn finish(
    workplace: &Workplace,
    identities: &Identities,
    keys: &CoordinatorKeys,
) -> Result<Resealed, StoreError> {
    let (home, folder, evaluation) = (workplace.home(), workplace.folder(), workplace.evaluation());
    GivenUp::read(home, evaluation)?.settle(home, folder, identities, evaluation)?;
    resealing::reseal(folder, identities, evaluation, keys.signer(), &Rewrite::Nothing)
}
