//! `stemme keys rotate`: a new key for the coordinator. The old one is kept until nothing needs it any more.

use clap::ArgMatches;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::store::folder::edit::replace_recipient;
use crate::store::keys::prove;

use super::{edit, keep, new_passphrase, reseal_all, rewrite_today, say, say_next};

pub(super) fn run(
    matches: &ArgMatches,
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
        Some(_) => Some(new_passphrase(matches, settings, surroundings)?),
        None => None,
    };
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    prove(&new.public(), &new.identities(), &mut random)
        .map_err(|error| say(&error, settings, surroundings))?;
    // First the key, old one inside: from here on nothing can be shut to us.
    let text = secret.as_ref().map(|secret| secret.as_str());
    keep(&workplace, &new, text, settings, surroundings)?;
    let now = new.public();
    let workplace = edit(
        &workplace,
        |text| replace_recipient(text, &was, &now),
        settings,
        surroundings,
    )?;
    let evaluation = workplace.evaluation().clone();
    reseal_all(
        &workplace,
        &new,
        &evaluation,
        &rewrite_today(&evaluation, surroundings),
        settings,
        surroundings,
    )?;
    surroundings.output.line(&words.rotated);
    say_next(&workplace, settings, surroundings);
    Ok(())
}
