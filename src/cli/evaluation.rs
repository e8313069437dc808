//! Finding and opening the evaluation a command is about, and unlocking what is sealed in it.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::fieldwork::desk::CannotStart;
use crate::fieldwork::workplace::{CannotOpen, CannotUnlock, Workplace};
use crate::store::StoreError;
use crate::store::collection::Collection;
use crate::store::folder::EVALUATION_FILE;
use crate::texts::{Texts, fill};

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{failure, secret, trouble};

/// How often a passphrase may be mistyped.
const TRIES: usize = 3;

/// Returns the folder a command is about: as named, else the one the program was started in.
#[must_use]
pub fn folder(settings: &Settings, surroundings: &Surroundings) -> PathBuf {
    let named = settings.evaluation.as_ref();
    named.map_or_else(
        || surroundings.working_folder.clone(),
        |named| surroundings.working_folder.join(named),
    )
}

/// Returns whether there is an evaluation at hand: named, or in the folder the program was started in.
#[must_use]
pub fn is_there(settings: &Settings, surroundings: &Surroundings) -> bool {
    settings.evaluation.is_some() || folder(settings, surroundings).join(EVALUATION_FILE).is_file()
}

/// Opens the evaluation. Says what is wrong.
///
/// # Errors
/// How the run ends when it cannot be opened.
pub fn open(settings: &Settings, surroundings: &mut Surroundings) -> Result<Workplace, ExitCode> {
    let root = folder(settings, surroundings);
    Workplace::open(&root, &surroundings.home, surroundings.randomness()).map_err(|error| {
        let words = &settings.texts.storage;
        match error {
            CannotOpen::NotThere(path) => {
                let shown = path.display().to_string();
                let said = fill(&words.no_evaluation, &[("folder", &shown)]);
                surroundings.output.error("no_evaluation", &said);
                ExitCode::Usage
            }
            CannotOpen::Mistakes { path, .. } => {
                let shown = path.display().to_string();
                let said = fill(&words.mistakes, &[("file", &shown)]);
                surroundings.output.error("mistakes", &said);
                ExitCode::SurveyErrors
            }
            CannotOpen::Store(error) => failure::store(&error, settings, surroundings),
        }
    })
}

/// Opens an evaluation again after this run changed its keys or laptops.
///
/// # Errors
/// How the run ends when it cannot be opened.
pub fn open_after_change(
    was: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let root = was.folder().root().to_owned();
    Workplace::open(&root, &surroundings.home, surroundings.randomness()).map_err(|_| {
        surroundings.output.note(&settings.texts.storage.other);
        ExitCode::Unreadable
    })
}

/// Opens everything that is sealed, asking for the passphrase where that takes one. Says what is wrong.
///
/// # Errors
/// How the run ends when it stays shut.
pub fn unlock(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Collection, ExitCode> {
    let mut given = secret::from_file(settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
    let from_file = given.is_some();
    let words = &settings.texts.storage;
    for _ in 0..TRIES {
        let secret = given.as_ref().map(|secret| secret.as_str());
        match workplace.open_collection(secret) {
            Ok(collection) => return Ok(collection),
            Err(CannotUnlock::NeedsSecret) => {}
            Err(CannotUnlock::WrongSecret) => {
                surroundings
                    .output
                    .error("wrong_passphrase", &words.wrong_passphrase);
                if from_file {
                    return Err(ExitCode::Unreadable);
                }
            }
            Err(CannotUnlock::NoKey(path)) => {
                let shown = path.display().to_string();
                let said = fill(&words.no_key, &[("file", &shown)]);
                surroundings.output.error("no_key", &said);
                return Err(ExitCode::Unreadable);
            }
            Err(CannotUnlock::Store(error)) => return Err(failure::store(&error, settings, surroundings)),
        }
        given = secret::ask(&words.ask_passphrase, settings, surroundings);
        if given.is_none() {
            surroundings
                .output
                .error("needs_passphrase", &words.needs_passphrase);
            return Err(ExitCode::Unreadable);
        }
    }
    Err(ExitCode::Unreadable)
}

/// Returns the secret that opens drafts, if one is needed and given. Says what is wrong.
///
/// # Errors
/// How the run ends without it.
pub fn draft_secret(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Zeroizing<String>>, ExitCode> {
    let given = secret::from_file(settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
    if given.is_some() || !workplace.needs_secret() {
        return Ok(given);
    }
    let words = &settings.texts.storage;
    match secret::ask(&words.ask_passphrase, settings, surroundings) {
        Some(secret) => Ok(Some(secret)),
        None => {
            surroundings
                .output
                .error("needs_passphrase", &words.needs_passphrase);
            Err(ExitCode::Unreadable)
        }
    }
}

/// Says why an interview cannot begin or go on, and returns how the run ends.
pub fn cannot_start(error: CannotStart, texts: &Texts, surroundings: &mut Surroundings) -> ExitCode {
    let words = &texts.storage;
    let (said, code) = match error {
        CannotStart::KeysNotProved => (words.keys_not_proved.as_str(), ExitCode::Refused),
        CannotStart::NoSigningKey => (words.no_signing_key.as_str(), ExitCode::Unreadable),
        CannotStart::WrongSecret => (words.wrong_passphrase.as_str(), ExitCode::Unreadable),
        CannotStart::OpenElsewhere => (words.open_elsewhere.as_str(), ExitCode::Unreadable),
        CannotStart::Damaged => (words.draft_damaged.as_str(), ExitCode::Unreadable),
        CannotStart::Newer => (words.newer.as_str(), ExitCode::Unreadable),
        CannotStart::SurveyGone => (words.survey_gone.as_str(), ExitCode::Unreadable),
        CannotStart::Disk(said) => (trouble::sentence(said, texts), ExitCode::Unreadable),
    };
    surroundings.output.note(said);
    code
}

/// Returns a sentence for what the store said.
#[must_use]
pub fn store_sentence(error: &StoreError, texts: &Texts) -> String {
    let words = &texts.storage;
    let at = |text: &str, path: &std::path::Path| fill(text, &[("file", &path.display().to_string())]);
    match error {
        StoreError::DiskFull { .. } => words.disk_full.clone(),
        StoreError::ReadOnly { .. } | StoreError::NotAllowed { .. } => words.read_only.clone(),
        StoreError::NotFound { path } => at(&words.not_found, path),
        StoreError::AlreadyThere { path } => at(&words.already_there, path),
        StoreError::NotEmpty { path } => at(&words.not_empty, path),
        StoreError::Locked { .. } => words.open_elsewhere.clone(),
        StoreError::WrongPassphrase { .. } => words.wrong_passphrase.clone(),
        StoreError::WrongKey { path } => at(&words.wrong_key, path),
        StoreError::Unwrapped { path } => at(&words.unwrapped, path),
        StoreError::Damaged { path, .. } => at(&words.damaged, path),
        StoreError::Newer { .. } => words.newer.clone(),
        StoreError::TooLarge { path } => at(&words.too_large, path),
        StoreError::SurveyChanged { id, .. } => fill(&words.survey_changed, &[("survey", id)]),
        StoreError::NotEditable { path } => at(&words.not_editable, path),
        StoreError::Keys(_) => words.bad_key.clone(),
        StoreError::NotFinished { .. }
        | StoreError::Poisoned { .. }
        | StoreError::NoRandomness
        | StoreError::Other { .. } => words.other.clone(),
    }
}
