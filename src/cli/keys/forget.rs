//! `stemme keys forget-old`: throws old keys away, once nothing is sealed to them alone.

use clap::ArgMatches;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::store::resealing::only_old_keys_open;
use crate::texts::fill;

use super::{agrees, keep, say};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    forget(matches.get_flag("yes"), settings, surroundings)
}

/// Throws the old keys away; asks first, where nobody has said yes.
///
/// # Errors
/// How the run ends where they stay.
pub(in crate::cli) fn forget(
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    let (keys, secret) = coordinator(&workplace, settings, surroundings)?;
    let current = keys.without_retired();
    let (named, opens) = (&workplace.evaluation().recipients, current.public());
    if !named.iter().any(|known| known.key == opens) {
        // What the laptops seal, an old one opens.
        surroundings.output.note(&words.not_a_recipient);
        return Err(ExitCode::Refused);
    }
    if keys.retired() == 0 {
        surroundings.output.note(&words.no_old);
        return Err(ExitCode::NothingToDo);
    }
    let needed = only_old_keys_open(workplace.folder(), &current.identities(), &keys.identities())
        .map_err(|error| say(&error, settings, surroundings))?;
    if !needed.is_empty() {
        let count = needed.len().to_string();
        surroundings
            .output
            .note(&fill(&words.old_needed, &[("count", &count)]));
        for path in &needed {
            surroundings.output.note(&format!("  {}", path.display()));
        }
        return Err(ExitCode::Refused);
    }
    // Nothing here needs them. A laptop that was not renewed still seals for them, and nobody here can see that.
    surroundings.output.note(&words.forget_intro);
    if !yes && !agrees(&words.forget_ask, settings, surroundings) {
        surroundings.output.note(&words.nothing_changed);
        return Err(ExitCode::NothingToDo);
    }
    let secret = secret.as_ref().map(|secret| secret.as_str());
    keep(&workplace, &current, secret, settings, surroundings)?;
    surroundings.output.line(&words.old_gone);
    Ok(())
}
