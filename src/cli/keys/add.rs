//! `stemme keys add`: a second coordinator, with a key and a passphrase of their own.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::domain::clean_text::CleanText;
use crate::store::folder::edit::add_recipient;
use crate::store::keys::{CoordinatorKeys, prove};
use crate::store::resealing::Rewrite;
use crate::texts::fill;

use super::{edit, new_passphrase, reseal_all, say, say_next};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let name = matches.get_one::<String>("name").map_or("", String::as_str);
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let out = surroundings.path(out);
    let chosen = |surroundings: &mut Surroundings| new_passphrase(matches, settings, surroundings);
    add((name, &out), chosen, settings, surroundings)
}

/// Gives another coordinator a key in a new file, behind the passphrase they choose.
///
/// # Errors
/// How the run ends where nothing is changed.
pub(in crate::cli) fn add(
    (name, out): (&str, &Path),
    chosen: impl FnOnce(&mut Surroundings) -> Result<Zeroizing<String>, ExitCode>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    let name = CleanText::line(name);
    let known = |recipient: &crate::domain::evaluation::Recipient| recipient.name == name;
    if name.is_blank() || workplace.evaluation().recipients.iter().any(known) {
        surroundings.output.note(&words.name_taken);
        return Err(ExitCode::Usage);
    }
    let (keys, _) = coordinator(&workplace, settings, surroundings)?;
    surroundings.output.note(&words.add_intro);
    let passphrase = chosen(surroundings)?;
    let secret = secrecy::SecretString::from(passphrase.as_str().to_owned());
    let id = workplace.evaluation().id.clone();
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    // The key that is proved is the one read back from the file, not the one still in memory.
    let strength = surroundings.key_strength;
    let second = keys.for_another();
    let proved = second
        .write_wrapped(out, &secret, strength)
        .and_then(|()| CoordinatorKeys::read_wrapped(out, &secret, &id))
        .and_then(|read| prove(&second.public(), &read.identities(), &mut random));
    proved.map_err(|error| say(&error, settings, surroundings))?;
    let public = second.public();
    let workplace = edit(
        &workplace,
        |text| add_recipient(text, name.as_str(), &public),
        settings,
        surroundings,
    )?;
    let evaluation = workplace.evaluation().clone();
    reseal_all(
        &workplace,
        &keys,
        &evaluation,
        &Rewrite::Nothing,
        settings,
        surroundings,
    )?;
    let shown = out.display().to_string();
    surroundings
        .output
        .line(&fill(&words.added, &[("name", name.as_str()), ("file", &shown)]));
    say_next(&workplace, settings, surroundings);
    Ok(())
}
