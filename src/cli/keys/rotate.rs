//! `stemme keys rotate`: a new key for the coordinator. The old one is kept until nothing needs it any more.

use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::fieldwork::workplace::Workplace;
use crate::store::folder::edit::replace_recipient;
use crate::store::keys::{CoordinatorKeys, prove};

use super::{edit, forget_next, keep, keep_next, new_passphrase, reseal_all, rewrite_today, say, say_next};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let chosen = |surroundings: &mut Surroundings| new_passphrase(matches, settings, surroundings);
    rotate(chosen, settings, surroundings)
}

/// Gives the coordinator a new key, behind the passphrase they choose; none is asked for where everything is made up.
///
/// # Errors
/// How the run ends where not all of it was done.
pub(in crate::cli) fn rotate(
    chosen: impl FnOnce(&mut Surroundings) -> Result<Zeroizing<String>, ExitCode>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    let (keys, secret) = coordinator(&workplace, settings, surroundings)?;
    let was = keys.public();
    if !workplace
        .evaluation()
        .recipients
        .iter()
        .any(|known| known.key == was)
    {
        surroundings.output.note(&words.not_a_recipient);
        return Err(ExitCode::Unreadable);
    }
    surroundings.output.note(&words.rotate_intro);
    let new = keys.rotated();
    let secret = match secret {
        Some(_) => Some(chosen(surroundings)?),
        None => None,
    };
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    prove(&new.public(), &new.identities(), &mut random)
        .map_err(|error| say(&error, settings, surroundings))?;
    // Beside the old one, which it holds: whichever of them the evaluation names is used, wherever this stops.
    let text = secret.as_ref().map(|secret| secret.as_str());
    keep_next(&workplace, &new, text, surroundings).map_err(|error| say(&error, settings, surroundings))?;
    let now = new.public();
    let workplace = edit(
        &workplace,
        |text| replace_recipient(text, &was, &now),
        settings,
        surroundings,
    )?;
    // From here on the new passphrase holds: what goes wrong now only has to be done again.
    let done = finish(&workplace, &new, text, settings, surroundings);
    if done.is_err() {
        surroundings.output.note(&words.rotated_half);
        return done;
    }
    surroundings.output.line(&words.rotated);
    say_next(&workplace, settings, surroundings);
    Ok(())
}

/// Puts the new key in the place of the old one, and seals everything to it.
fn finish(
    workplace: &Workplace,
    new: &CoordinatorKeys,
    text: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    keep(workplace, new, text, settings, surroundings)?;
    forget_next(workplace).map_err(|error| say(&error, settings, surroundings))?;
    let evaluation = workplace.evaluation().clone();
    let rewrite = rewrite_today(&evaluation, settings, surroundings);
    reseal_all(workplace, new, &evaluation, &rewrite, settings, surroundings)
}
