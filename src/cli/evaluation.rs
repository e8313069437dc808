//! Finding and opening the evaluation a command is about, and unlocking what is sealed in it.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::id::Slug;
use crate::domain::record::TakesInterviews;
use crate::fieldwork::desk::{CannotStart, Desk, DraftSecret};
use crate::fieldwork::workplace::{CannotOpen, CannotUnlock, Workplace};
use crate::store::collection::Collection;
use crate::store::folder::EVALUATION_FILE;
use crate::store::keys::{CoordinatorKeys, Identities, RecoveryKey, Signer};
use crate::store::{StoreError, What};
use crate::texts::{Texts, fill};

use super::choose::{self, Left};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{failure, kit, progress, secret, strangers, trouble};

/// How often a passphrase may be mistyped.
const TRIES: usize = 3;

/// Returns the folder a command is about: as named, else the one the program was started in.
#[must_use]
pub fn folder(settings: &Settings, surroundings: &Surroundings) -> PathBuf {
    let named = settings.evaluation.as_ref();
    named.map_or_else(
        || surroundings.working_folder.clone(),
        |named| surroundings.path(named),
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
    let now = (surroundings.now)();
    let workplace = Workplace::open(&root, &surroundings.home, surroundings.randomness())
        .map(|workplace| workplace.on(&now).with_keys(surroundings.keys.clone()))
        .map_err(|error| cannot_open(error, settings, surroundings))?;
    strangers::tell(&workplace, settings, surroundings);
    match &settings.round {
        None => Ok(workplace),
        Some(round) => in_round(workplace, round, settings, surroundings),
    }
}

/// Returns the evaluation as it was in a round. Says which there are, where there is no such one.
fn in_round(
    workplace: Workplace,
    round: &Slug,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    let rounds = workplace.evaluation().rounds.iter();
    let known: Vec<String> = rounds.map(|own| own.id.to_string()).collect();
    match workplace.in_round(round) {
        Ok(Some(workplace)) => Ok(workplace),
        Ok(None) => {
            let values = [("round", round.as_str()), ("known", &known.join(", "))];
            let said = fill(&settings.texts.command.error.no_round, &values);
            surroundings.output.error("no_round", &said);
            Err(ExitCode::Usage)
        }
        Err(error) => Err(cannot_open(error, settings, surroundings)),
    }
}

/// As [`open`], for what the coordinator alone does: refused on an interviewer's laptop before anything else.
///
/// # Errors
/// As [`open`].
pub fn open_office(settings: &Settings, surroundings: &mut Surroundings) -> Result<Workplace, ExitCode> {
    let workplace = open(settings, surroundings)?;
    kit::refuse_on_laptop(&workplace, settings, surroundings)?;
    Ok(workplace)
}

/// As [`open`], with surveys that are read when they are wanted: for the start screen.
///
/// # Errors
/// As [`open`].
pub fn open_for_screens(settings: &Settings, surroundings: &mut Surroundings) -> Result<Workplace, ExitCode> {
    let root = folder(settings, surroundings);
    let now = (surroundings.now)();
    Workplace::open_unread(&root, &surroundings.home, surroundings.randomness())
        .map(|workplace| workplace.on(&now))
        .map_err(|error| cannot_open(error, settings, surroundings))
}

/// Returns whether the keys of the evaluation are other than this machine knew them.
#[must_use]
pub fn has_other_keys(settings: &Settings, surroundings: &Surroundings) -> bool {
    let root = folder(settings, surroundings);
    let opened = Workplace::open_unread(&root, &surroundings.home, surroundings.randomness());
    matches!(opened, Err(CannotOpen::OtherKeys(_)))
}

/// Opens the evaluation in another folder, whatever keys this machine knows.
///
/// # Errors
/// As [`open`].
pub fn open_at(
    root: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Workplace, ExitCode> {
    Workplace::open_unknown(root, &surroundings.home, surroundings.randomness())
        .map_err(|error| cannot_open(error, settings, surroundings))
}

/// As [`open`], whatever keys this machine knows. Only for the one who compares the words.
///
/// # Errors
/// As [`open`].
pub fn open_unknown(settings: &Settings, surroundings: &mut Surroundings) -> Result<Workplace, ExitCode> {
    let root = folder(settings, surroundings);
    let now = (surroundings.now)();
    Workplace::open_unknown(&root, &surroundings.home, surroundings.randomness())
        .map(|workplace| workplace.on(&now))
        .map_err(|error| cannot_open(error, settings, surroundings))
}

fn cannot_open(error: CannotOpen, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.storage;
    let about = |text: &str, name: &str, path: &Path| fill(text, &[(name, &path.display().to_string())]);
    let (id, said, code) = match error {
        CannotOpen::NotThere(path) => (
            "no_evaluation",
            about(&words.no_evaluation, "folder", &path),
            ExitCode::Usage,
        ),
        CannotOpen::Mistakes { path, .. } => (
            "mistakes",
            about(&words.mistakes, "file", &path),
            ExitCode::SurveyErrors,
        ),
        CannotOpen::NotAsSigned(path) => (
            "not_as_signed",
            about(&settings.texts.handover.not_as_signed, "file", &path),
            ExitCode::Refused,
        ),
        CannotOpen::OtherKeys(_) => (
            "other_keys",
            other_keys(settings, surroundings),
            ExitCode::Refused,
        ),
        CannotOpen::Store(error) => return failure::store(&error, settings, surroundings),
    };
    surroundings.output.error(id, &said);
    code
}

/// Says that the keys are others than before, and what to type, wherever one is.
pub(super) fn other_keys(settings: &Settings, surroundings: &Surroundings) -> String {
    let shown = typed_folder(settings, surroundings);
    fill(&settings.texts.handover.other_keys, &[("folder", &shown)])
}

/// The evaluation's folder as one types it after `-e`.
pub(super) fn typed_folder(settings: &Settings, surroundings: &Surroundings) -> String {
    let root = folder(settings, surroundings).display().to_string();
    if root.contains(' ') {
        format!("\"{root}\"")
    } else {
        root
    }
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
    let now = (surroundings.now)();
    let opened = Workplace::open_unknown(&root, &surroundings.home, surroundings.randomness())
        .map(|workplace| workplace.on(&now));
    // Changed here and on purpose: from now on these are the keys that this machine knows.
    let known = opened
        .ok()
        .and_then(|opened| opened.keep_known().ok().map(|()| opened));
    known.ok_or_else(|| {
        surroundings.output.note(&settings.texts.storage.other);
        ExitCode::Unreadable
    })
}

/// Gives a coordinator's computer a key to sign with, where it has none yet, and says what it is called.
///
/// # Errors
/// How the run ends when that cannot be.
pub fn become_office(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Slug>, ExitCode> {
    match workplace.become_office() {
        Ok(Some(name)) => {
            let said = fill(&settings.texts.keys.office, &[("laptop", name.as_str())]);
            surroundings.output.note(&said);
            Ok(Some(name))
        }
        Ok(None) => Ok(None),
        Err(error) => Err(failure::store(&error, settings, surroundings)),
    }
}

/// Opens everything that is sealed, asking for the passphrase where that takes one, and gives each interview that counts
/// to `taker`. Says what is wrong. Returns the keys beside, for [`open_again`].
///
/// # Errors
/// How the run ends when it stays shut.
pub fn unlock(
    workplace: &Workplace,
    taker: &mut dyn TakesInterviews,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(Collection, Identities), ExitCode> {
    with_secret(settings, surroundings, |secret, surroundings| {
        workplace.open_collection_with(secret, taker, &mut |done, all| {
            progress::show(done, all, settings, surroundings);
        })
    })
}

/// Opens everything once more. Says what is wrong.
///
/// # Errors
/// How the run ends then.
pub fn open_again(
    workplace: &Workplace,
    identities: &Identities,
    taker: &mut dyn TakesInterviews,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Collection, ExitCode> {
    let opened = workplace.open_again(identities, taker, &mut |done, all| {
        progress::show(done, all, settings, surroundings);
    });
    opened.map_err(|error| cannot_unlock(error, settings, surroundings))
}

/// Returns the keys that open what is sealed, asking for the passphrase where that takes one. Says what is wrong.
///
/// # Errors
/// How the run ends when it stays shut.
pub fn unlock_keys(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Identities, ExitCode> {
    with_secret(settings, surroundings, |secret, _| workplace.unlock(secret))
}

/// As [`unlock_keys`], and the coordinator's signer where it was not the recovery key that was given.
///
/// # Errors
/// How the run ends when it stays shut.
pub fn unlock_to_sign(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(Identities, Option<Signer>), ExitCode> {
    with_secret(settings, surroundings, |secret, _| {
        workplace.unlock_to_sign(secret)
    })
}

/// Returns the coordinator's keys, which open and sign, asking for the passphrase. Says what is wrong.
///
/// # Errors
/// How the run ends without them.
pub fn coordinator(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<CoordinatorKeys, ExitCode> {
    with_secret(settings, surroundings, |secret, _| workplace.coordinator(secret))
}

/// Says why something cannot be opened with the secret that was given.
pub fn cannot_unlock(error: CannotUnlock, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.storage;
    match error {
        CannotUnlock::NeedsSecret => surroundings
            .output
            .error("needs_passphrase", &words.needs_passphrase),
        CannotUnlock::WrongSecret => surroundings
            .output
            .error("wrong_passphrase", &words.wrong_passphrase),
        CannotUnlock::Closed => surroundings
            .output
            .error("closed", &settings.texts.life.is_closed),
        CannotUnlock::ClosingBegun => surroundings
            .output
            .error("closing_begun", &settings.texts.life.closing_begun),
        CannotUnlock::OnLaptop => {
            surroundings
                .output
                .error("coordinator_only", &settings.texts.handover.coordinator_only);
            return ExitCode::Usage;
        }
        CannotUnlock::NoKey(path) => {
            let said = fill(&words.no_key, &[("file", &path.display().to_string())]);
            surroundings.output.error("no_key", &said);
        }
        CannotUnlock::OldKey(path) => {
            let said = fill(&words.old_key, &[("file", &path.display().to_string())]);
            surroundings.output.error("old_key", &said);
        }
        CannotUnlock::Store(error) => return failure::store(&error, settings, surroundings),
    }
    ExitCode::Unreadable
}

/// Tries something that a passphrase opens, with the one from the file or those that are typed.
fn with_secret<T>(
    settings: &Settings,
    surroundings: &mut Surroundings,
    mut attempt: impl FnMut(Option<&str>, &mut Surroundings) -> Result<T, CannotUnlock>,
) -> Result<T, ExitCode> {
    let mut given = secret::from_file(settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
    let from_file = given.is_some();
    let words = &settings.texts.storage;
    for _ in 0..TRIES {
        let secret = given.as_ref().map(|secret| secret.as_str());
        match attempt(secret, surroundings) {
            Ok(opened) => return Ok(opened),
            Err(CannotUnlock::NeedsSecret) => {}
            // The recovery key opens and does not sign.
            Err(CannotUnlock::WrongSecret)
                if secret.is_some_and(|given| RecoveryKey::read(given).is_ok()) =>
            {
                surroundings
                    .output
                    .error("needs_coordinator", &words.needs_coordinator);
                if from_file {
                    return Err(ExitCode::Unreadable);
                }
            }
            Err(CannotUnlock::WrongSecret) => {
                surroundings
                    .output
                    .error("wrong_passphrase", &words.wrong_passphrase);
                if from_file {
                    return Err(ExitCode::Unreadable);
                }
            }
            Err(error) => return Err(cannot_unlock(error, settings, surroundings)),
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
    let words = &settings.texts.storage;
    let ask = match workplace.draft_secret() {
        DraftSecret::LaptopCode => &settings.texts.handover.laptop_code,
        DraftSecret::Nothing | DraftSecret::Passphrase if !workplace.needs_secret() => return Ok(given),
        DraftSecret::Nothing | DraftSecret::Passphrase => &words.ask_passphrase,
    };
    if given.is_some() {
        return Ok(given);
    }
    match choose::secret(ask, settings, surroundings) {
        Ok(secret) => Ok(Some(secret)),
        Err(Left::Back | Left::Quit) => Err(ExitCode::Ok),
        Err(Left::Ended) => {
            surroundings
                .output
                .error("needs_passphrase", &words.needs_passphrase);
            Err(ExitCode::Unreadable)
        }
    }
}

/// Says why an interview cannot begin or go on, and returns how the run ends. `secret` is what opens drafts here.
pub fn cannot_start(
    error: CannotStart,
    secret: DraftSecret,
    texts: &Texts,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &texts.storage;
    let (said, code) = match error {
        CannotStart::NoEvaluation => (
            texts.interview.cannot.no_evaluation.as_str(),
            ExitCode::NothingToDo,
        ),
        CannotStart::KeysNotProved => (words.keys_not_proved.as_str(), ExitCode::Refused),
        CannotStart::Closed => (texts.life.is_closed.as_str(), ExitCode::Refused),
        CannotStart::DeletionDue => (texts.interview.cannot.deletion_due.as_str(), ExitCode::Refused),
        CannotStart::NoSigningKey => (words.no_signing_key.as_str(), ExitCode::Unreadable),
        CannotStart::WrongSecret if secret == DraftSecret::LaptopCode => {
            (texts.handover.screen.wrong_code.as_str(), ExitCode::Unreadable)
        }
        CannotStart::WrongSecret => (words.wrong_passphrase.as_str(), ExitCode::Unreadable),
        CannotStart::OtherKey => (texts.interview.cannot.other_key.as_str(), ExitCode::Unreadable),
        CannotStart::OpenElsewhere => (words.open_elsewhere.as_str(), ExitCode::Unreadable),
        CannotStart::Damaged => (words.draft_damaged.as_str(), ExitCode::Unreadable),
        CannotStart::Newer => (words.newer.as_str(), ExitCode::Unreadable),
        CannotStart::SurveyGone => (words.survey_gone.as_str(), ExitCode::Unreadable),
        CannotStart::SurveyMistaken => (
            texts.interview.cannot.survey_mistaken.as_str(),
            ExitCode::SurveyErrors,
        ),
        CannotStart::Disk(said) => (trouble::sentence(said, texts), ExitCode::Unreadable),
    };
    surroundings.output.note(said);
    code
}

/// Returns a sentence for what the store said.
#[must_use]
pub fn store_sentence(error: &StoreError, texts: &Texts) -> String {
    let words = &texts.storage;
    let at = |text: &str, path: &Path| fill(text, &[("file", &path.display().to_string())]);
    match error {
        StoreError::DiskFull { path } => at(&words.disk_full_at, path),
        StoreError::ReadOnly { path } => at(&words.read_only_at, path),
        StoreError::NotAllowed { path } => at(&words.not_allowed, path),
        StoreError::Strange { path } => at(&words.strange, path),
        StoreError::NotFound { path } => at(&words.not_found, path),
        StoreError::AlreadyThere { path } => at(&words.already_there, path),
        StoreError::NotEmpty { path } => at(&words.not_empty, path),
        StoreError::Locked { .. } => words.open_elsewhere.clone(),
        StoreError::WrongPassphrase { .. } => words.wrong_passphrase.clone(),
        StoreError::WrongKey { path } => at(&words.wrong_key, path),
        StoreError::Unwrapped { path } => at(&words.unwrapped, path),
        StoreError::Damaged {
            path,
            what: What::List,
        } => at(&words.damaged_list, path),
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
