//! `stemme keys remove`: a coordinator who leaves, or whose key was stolen. What is sealed from now on their key does not
//! open, and what it signs counts nowhere.

use clap::ArgMatches;

use crate::cli::evaluation::open_office;
use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::folder::edit::{remove_recipient, replace_coordinator};
use crate::store::given_up::{self, GivenUp};
use crate::texts::fill;

use super::recover::finish;
use super::{agrees, edit, forget_next, keep_next, say, say_next, say_resealed};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let named = matches.get_one::<String>("name").map_or("", String::as_str);
    remove(named, matches.get_flag("yes"), settings, surroundings)
}

/// Takes out the coordinator's key that is called so; asks first, where nobody has said yes.
///
/// # Errors
/// How the run ends where nothing is changed.
pub(in crate::cli) fn remove(
    named: &str,
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = open_office(settings, surroundings)?;
    let recipients = workplace.evaluation().recipients.clone();
    let Some(gone) = recipients.iter().find(|one| one.name.as_str() == named) else {
        let is_changing = GivenUp::read(workplace.home(), workplace.evaluation());
        if is_changing.is_ok_and(|given_up| !given_up.is_empty()) {
            return go_on(named, &workplace, settings, surroundings);
        }
        let names: Vec<&str> = recipients.iter().map(|one| one.name.as_str()).collect();
        let said = fill(&words.recover_nobody, &[("names", &names.join(", "))]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let (keys, secret) = coordinator(&workplace, settings, surroundings)?;
    if gone.key == keys.public() || recipients.len() < 3 {
        let text = if gone.key == keys.public() {
            &words.remove_own
        } else {
            &words.remove_last
        };
        surroundings.output.note(text);
        return Err(ExitCode::Refused);
    }
    surroundings
        .output
        .note(&fill(&words.remove_intro, &[("name", named)]));
    if !yes && !agrees(&words.ask_remove, settings, surroundings) {
        surroundings.output.note(&words.nothing_changed);
        return Err(ExitCode::NothingToDo);
    }
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    let next = keys.signing_anew(&mut random).map_err(|_| ExitCode::Unexpected)?;
    let text = secret.as_ref().map(|secret| secret.as_str());
    let failed = |error: &StoreError, surroundings: &mut Surroundings| say(error, settings, surroundings);
    // Beside the old one: whichever of them signs what counts is used, wherever this stops.
    keep_next(&workplace, &next, text, surroundings).map_err(|error| failed(&error, surroundings))?;
    let identities = keys.identities();
    let at = (workplace.home(), workplace.folder());
    given_up::sign_again(
        at,
        workplace.evaluation(),
        &identities,
        next.signer(),
        &mut random,
    )
    .map_err(|error| failed(&error, surroundings))?;
    let signer = next.signer().public().to_string();
    let workplace = edit(
        &workplace,
        |text| replace_coordinator(&remove_recipient(text, &gone.key)?, &signer),
        settings,
        surroundings,
    )?;
    super::keep(&workplace, &next, text, settings, surroundings)?;
    let done = finish(&workplace, &identities, &next)
        .and_then(|done| forget_next(&workplace).map(|()| done))
        .map_err(|error| failed(&error, surroundings))?;
    say_resealed(&done, settings, surroundings);
    surroundings
        .output
        .line(&fill(&words.removed, &[("name", named)]));
    if recipients.len() > 3 {
        surroundings.output.note(&words.recovered_others);
    }
    say_next(&workplace, settings, surroundings);
    Ok(())
}

/// Finishes what was broken off after the evaluation had got rid of somebody.
fn go_on(
    named: &str,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let (keys, _) = coordinator(workplace, settings, surroundings)?;
    let done = finish(workplace, &keys.identities(), &keys)
        .and_then(|done| forget_next(workplace).map(|()| done))
        .map_err(|error| say(&error, settings, surroundings))?;
    say_resealed(&done, settings, surroundings);
    let words = &settings.texts.keys;
    surroundings
        .output
        .line(&fill(&words.removed, &[("name", named)]));
    say_next(workplace, settings, surroundings);
    Ok(())
}
