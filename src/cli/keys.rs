//! `stemme keys`: who can open the interviews, and everything that can happen to a key.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use zeroize::Zeroizing;

use crate::definition;
use crate::domain::evaluation::Evaluation;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::store::hex;
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys, NEXT_FILE};
use crate::store::resealing::{Resealed, Rewrite, reseal};
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, switch, value};
use super::evaluation::{open, open_office, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

pub(super) mod add;
pub(super) mod forget;
pub(super) mod install;
pub(super) mod recover;
pub(super) mod remove;
pub(super) mod revoke;
pub(super) mod rotate;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.keys;
    let placeholder = &texts.command.value;
    let file = |name: &'static str, help: &str| path(value(name, name, &placeholder.file, help));
    let given = |name: &'static str, shown: &str, help: &str| {
        Arg::new(name)
            .value_name(shown.to_owned())
            .help(help.to_owned())
            .required(true)
    };
    bare("keys")
        .about(words.about.clone())
        .subcommand(
            bare("add")
                .visible_alias("legg-til")
                .about(words.add_about.clone())
                .arg(given("name", &placeholder.text, &words.add_name))
                .arg(path(given("out", &placeholder.file, &words.add_out)))
                .arg(file("new-passphrase-file", &words.new_passphrase_file)),
        )
        .subcommand(
            bare("install")
                .visible_alias("installer")
                .about(words.install_about.clone())
                .arg(path(given("file", &placeholder.file, &words.install_file))),
        )
        .subcommand(
            bare("rotate")
                .visible_alias("bytt")
                .about(words.rotate_about.clone())
                .arg(file("new-passphrase-file", &words.new_passphrase_file)),
        )
        .subcommand(
            bare("reseal")
                .visible_alias("forsegl-om")
                .about(words.reseal_about.clone()),
        )
        .subcommand(
            bare("revoke")
                .visible_alias("steng")
                .about(words.revoke_about.clone())
                .arg(given("laptop", "ID", &words.revoke_laptop))
                .arg(switch("yes", "yes", &words.yes)),
        )
        .subcommand(
            bare("remove")
                .visible_alias("fjern")
                .about(words.remove_about.clone())
                .arg(given("name", &placeholder.text, &words.remove_name))
                .arg(switch("yes", "yes", &words.yes)),
        )
        .subcommand(
            bare("recover")
                .visible_alias("gjenopprett")
                .about(words.recover_about.clone())
                .arg(value("name", "name", &placeholder.text, &words.recover_name))
                .arg(file("recovery-file", &words.recovery_file))
                .arg(file("new-passphrase-file", &words.new_passphrase_file)),
        )
        .subcommand(
            bare("forget-old")
                .visible_alias("glem-gamle")
                .about(words.forget_about.clone())
                .arg(switch("yes", "yes", &words.yes)),
        )
}

/// Does what was asked for; without a subcommand says how things stand.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let done = match matches.subcommand() {
        Some(("add", of)) => add::run(of, settings, surroundings),
        Some(("install", of)) => install::run(of, settings, surroundings),
        Some(("rotate", of)) => rotate::run(of, settings, surroundings),
        Some(("reseal", _)) => reseal_now(settings, surroundings),
        Some(("revoke", of)) => revoke::run(of, settings, surroundings),
        Some(("remove", of)) => remove::run(of, settings, surroundings),
        Some(("recover", of)) => recover::run(of, settings, surroundings),
        Some(("forget-old", of)) => forget::run(of, settings, surroundings),
        _ => list(settings, surroundings),
    };
    match done {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

fn list(settings: &Settings, surroundings: &mut Surroundings) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = open(settings, surroundings)?;
    let evaluation = workplace.evaluation();
    let mut lines = vec![words.recipients.clone()];
    for recipient in &evaluation.recipients {
        let proved = if recipient.proved {
            &words.proved
        } else {
            &words.not_proved
        };
        lines.push(fill(
            &words.recipient,
            &[("name", recipient.name.as_str()), ("proved", proved)],
        ));
    }
    lines.push(words.laptops.clone());
    for laptop in &evaluation.signing.laptops {
        let counts = if laptop.revoked {
            &words.revoked
        } else {
            &words.counts
        };
        lines.push(fill(
            &words.laptop,
            &[("laptop", laptop.id.as_str()), ("counts", counts)],
        ));
    }
    for line in lines {
        surroundings.output.line(&line);
    }
    Ok(())
}

/// Seals everything again to the keys that count now.
///
/// # Errors
/// How the run ends where it is not.
pub(super) fn reseal_now(settings: &Settings, surroundings: &mut Surroundings) -> Result<(), ExitCode> {
    let workplace = open_office(settings, surroundings)?;
    let (keys, _) = super::withdraw::coordinator(&workplace, settings, surroundings)?;
    let evaluation = workplace.evaluation().clone();
    let rewrite = rewrite_today(&evaluation, settings, surroundings);
    reseal_all(&workplace, &keys, &evaluation, &rewrite, settings, surroundings)
}

/// What changes when everything is sealed again today. After the last day of withdrawal the tags go: they have done their
/// work. They are gone for good, and a clock can be wrong, so who sits here is asked whether the day is right.
fn rewrite_today(evaluation: &Evaluation, settings: &Settings, surroundings: &mut Surroundings) -> Rewrite {
    let words = &settings.texts.keys;
    let today = (surroundings.now)().date();
    let Some(until) = evaluation.withdraw_until.filter(|until| today > *until) else {
        return Rewrite::Nothing;
    };
    let language = settings.language();
    let days = [("today", date(today, language)), ("until", date(until, language))];
    let days = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    if settings.no_input || agrees(&fill(&words.end_codes, &days), settings, surroundings) {
        return Rewrite::DropTags;
    }
    surroundings.output.note(&words.codes_kept);
    Rewrite::Nothing
}

/// Seals everything again and says how it went.
fn reseal_all(
    workplace: &Workplace,
    keys: &CoordinatorKeys,
    evaluation: &Evaluation,
    rewrite: &Rewrite,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let done = reseal(
        workplace.folder(),
        &keys.identities(),
        evaluation,
        keys.signer(),
        rewrite,
    )
    .map_err(|error| say(&error, settings, surroundings))?;
    say_resealed(&done, settings, surroundings);
    Ok(())
}

fn say_resealed(done: &Resealed, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.keys;
    let count = done.files.to_string();
    surroundings
        .output
        .line(&fill(&words.resealed, &[("count", &count)]));
    if !done.shut.is_empty() {
        let count = done.shut.len().to_string();
        surroundings
            .output
            .note(&fill(&words.not_resealed, &[("count", &count)]));
    }
}

/// Returns a new passphrase, from the file that was named or typed twice.
fn new_passphrase(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Zeroizing<String>, ExitCode> {
    let file = matches.get_one::<PathBuf>("new-passphrase-file");
    super::new::passphrase(file.map(PathBuf::as_path), settings, surroundings)
}

/// Says what the store said, and returns how the run ends.
fn say(error: &StoreError, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.note(&store_sentence(error, &settings.texts));
    ExitCode::Unreadable
}

/// Changes the evaluation file, and returns the evaluation as it stands then.
fn edit(
    workplace: &Workplace,
    change: impl FnOnce(&str) -> Option<String>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let mut not_noted = None;
    let edited = workplace.folder().edit(|text| {
        let edited = change(text)?;
        let coming = definition::evaluation::read(edited.as_bytes()).value?;
        not_noted = workplace.note_coming(&coming).err();
        not_noted.is_none().then_some(edited)
    });
    if let Err(error) = edited {
        return Err(say(&not_noted.unwrap_or(error), settings, surroundings));
    }
    super::evaluation::open_after_change(workplace, settings, surroundings)
}

/// The largest key file.
const MAX_KEY: u64 = 1024 * 1024;

/// Puts the coordinator's keys in the place of those on this machine: wrapped, but where everything is made up.
fn keep(
    workplace: &Workplace,
    keys: &CoordinatorKeys,
    secret: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let written = (|| {
        let beside = workplace.folder().keys().join(COORDINATOR_FILE);
        let Some(secret) = secret else {
            return keys.replace_unwrapped(&beside);
        };
        let home = workplace.home().keys(&workplace.evaluation().id)?;
        atomic::make_folder(&home)?;
        let file = home.join(COORDINATOR_FILE);
        let passphrase = secrecy::SecretString::from(secret.to_owned());
        keys.replace_wrapped(&file, &passphrase, surroundings.key_strength)?;
        // What was written has to open again.
        CoordinatorKeys::read_wrapped(&file, &passphrase, &workplace.evaluation().id).map(drop)
    })();
    written.map_err(|error| say(&error, settings, surroundings))
}

/// Writes keys down that are about to take the place of those on this machine, beside them.
fn keep_next(
    workplace: &Workplace,
    next: &CoordinatorKeys,
    secret: Option<&str>,
    surroundings: &Surroundings,
) -> Result<(), StoreError> {
    let Some(secret) = secret else {
        return next.replace_unwrapped(&workplace.folder().keys().join(NEXT_FILE));
    };
    let home = workplace.home().keys(&workplace.evaluation().id)?;
    let passphrase = secrecy::SecretString::from(secret.to_owned());
    next.replace_wrapped(&home.join(NEXT_FILE), &passphrase, surroundings.key_strength)
}

/// The next key is the own one now.
fn forget_next(workplace: &Workplace) -> Result<(), StoreError> {
    let home = workplace.home().keys(&workplace.evaluation().id)?;
    for place in [home, workplace.folder().keys()] {
        if place.join(COORDINATOR_FILE).is_file() {
            atomic::remove(&place.join(NEXT_FILE))?;
        }
    }
    Ok(())
}

/// Says what has to be done by people after keys changed: an evaluation as it is now.
fn say_next(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) {
    if let Some(key_words) = workplace.key_words() {
        let said = fill(&settings.texts.handover.key_words, &[("words", &key_words)]);
        surroundings.output.line(&said);
    }
    surroundings.output.note(&settings.texts.keys.renew_kits);
}

/// Asks whether it shall be done.
fn agrees(question: &str, settings: &Settings, surroundings: &mut Surroundings) -> bool {
    if settings.no_input {
        return false;
    }
    surroundings.output.note_part(&format!("{question} "));
    let line = surroundings.read_line().unwrap_or_default();
    ["ja", "j", "yes", "y"].contains(&line.trim().to_lowercase().as_str())
}

/// Keeps a copy of the key file that lies at this place, under another name. Returns where, if there is one.
fn set_aside(place: &Path, home: &Path) -> Result<Option<PathBuf>, StoreError> {
    let bytes = match atomic::read(place, MAX_KEY) {
        Err(StoreError::NotFound { .. }) => return Ok(None),
        read => read?,
    };
    let digits: String = hex::sha256(&bytes).chars().take(8).collect();
    let aside = home.join(format!("coordinator-{digits}.key"));
    match atomic::write_new(&aside, &bytes, Access::Owner) {
        Ok(()) | Err(StoreError::AlreadyThere { .. }) => Ok(Some(aside)),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod stopped_tests;
#[cfg(test)]
mod tests;
