//! The ledger on disk as commands read it and add to it, and the question that is asked before.

use crate::disclosure::ledger::Ledger;
use crate::disclosure::profile::{AskedBy, Settings as Limits, SettingsProblem};
use crate::disclosure::published::Unreadable;
use crate::disclosure::release::{KeptRelease, ReleaseName};
use crate::domain::evaluation::DisclosureChoice;
use crate::domain::survey::Survey;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::releases::{self, ReleaseFile};
use crate::store::shown::Shown;
use crate::texts::{Texts, fill};

use super::super::evaluation::typed_folder;
use super::super::exit_code::ExitCode;
use super::super::failure;
use super::super::settings::Settings;
use super::super::surroundings::Surroundings;

/// The ledger as it was read, and how many files it was read from.
#[derive(Debug)]
pub struct Kept {
    /// Everything that was shown.
    pub ledger: Ledger,
    /// The files it stands in.
    pub files: Vec<ReleaseFile>,
}

/// Reads everything that was shown. What cannot be read stops everything: what it printed would be forgotten.
///
/// # Errors
/// How the run ends then.
pub fn read_ledger(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Kept, ExitCode> {
    let kept = read_all(workplace, settings, surroundings)?;
    let strangers = strange_releases(workplace, &kept.files)
        .map_err(|error| failure::store(&error, settings, surroundings))?;
    if let Some(first) = strangers.first() {
        let folder = typed_folder(settings, surroundings);
        let name = first.sha256.get(..8).unwrap_or_default();
        let values = [("name", name), ("folder", &*folder)];
        let said = fill(&settings.texts.handover.strangers.release, &values);
        surroundings.output.error("strange_release", &said);
        return Err(ExitCode::Refused);
    }
    Ok(kept)
}

/// As [`read_ledger`], whatever of it this machine knows: for counting how things stand, where no figure is shown.
///
/// # Errors
/// How the run ends where it cannot be read.
pub fn read_all(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Kept, ExitCode> {
    let failed =
        |error: &StoreError, surroundings: &mut Surroundings| failure::store(error, settings, surroundings);
    if let Some((_, back)) = known(workplace).map_err(|error| failed(&error, surroundings))?
        && back > 0
    {
        let count = back.to_string();
        let said = fill(
            &settings.texts.handover.strangers.releases_back,
            &[("count", &count)],
        );
        surroundings.output.note(&said);
    }
    let files =
        releases::read_all(&workplace.folder().releases()).map_err(|error| failed(&error, surroundings))?;
    let ledger = parse(&files).map_err(|error| unreadable(error, settings, surroundings))?;
    Ok(Kept { ledger, files })
}

/// Returns what this machine remembers of what was shown, and how many of them were put back. A laptop and a made-up
/// evaluation leave nothing on the machine.
fn known(workplace: &Workplace) -> Result<Option<(Shown, usize)>, StoreError> {
    let evaluation = workplace.evaluation();
    if evaluation.made_up || workplace.kit().is_some() {
        return Ok(None);
    }
    Shown::of(workplace.home(), &evaluation.id, workplace.folder()).map(Some)
}

/// Returns those of these releases that this machine neither showed nor took in.
///
/// # Errors
/// What the system said.
pub fn strange_releases(
    workplace: &Workplace,
    files: &[ReleaseFile],
) -> Result<Vec<ReleaseFile>, StoreError> {
    let Some((shown, _)) = known(workplace)? else {
        return Ok(Vec::new());
    };
    let strange = files.iter().filter(|file| !shown.knows(file));
    Ok(strange.cloned().collect())
}

/// Takes a release for one that was shown: somebody has said that it is right, or it is about to be.
///
/// # Errors
/// What the system said.
pub fn note_shown(workplace: &Workplace, file: &ReleaseFile) -> Result<(), StoreError> {
    known(workplace)?.map_or(Ok(()), |(mut shown, _)| shown.note(file))
}

/// Returns the ledger that stands in these files.
///
/// # Errors
/// Why it cannot be read.
pub fn parse(files: &[ReleaseFile]) -> Result<Ledger, CannotRead> {
    let read = |files: &[ReleaseFile]| {
        let named = files.iter();
        Ledger::read(named.map(|file| (ReleaseName::new(&file.sha256), file.bytes.as_slice())))
    };
    read(files).map_err(|why| {
        // The first without which those before it can be read.
        let number =
            (1..=files.len()).find(|&count| files.get(..count).is_some_and(|some| read(some).is_err()));
        CannotRead { why, number }
    })
}

/// Why the ledger cannot be read, and which of its files is to blame, counted from 1.
#[derive(Clone, Copy, Debug)]
pub struct CannotRead {
    why: Unreadable,
    number: Option<usize>,
}

/// Says why the ledger cannot be read.
pub fn unreadable(error: CannotRead, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.results.command;
    let (id, said) = match error.why {
        Unreadable::Damaged => ("kept_damaged", &words.kept_damaged),
        Unreadable::Newer => ("kept_newer", &words.kept_newer),
    };
    let file = match error.number {
        Some(number) => format!("releases/{number}.json"),
        None => "releases".to_owned(),
    };
    surroundings.output.error(id, &fill(said, &[("file", &file)]));
    ExitCode::Unreadable
}

/// Writes a new state down and returns it as it will be read, so that later runs show the same. Nothing of it may
/// be shown before this returns.
///
/// # Errors
/// How the run ends where it cannot be kept.
pub fn keep(
    state: &KeptRelease,
    kept: &mut Kept,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<KeptRelease, ExitCode> {
    let bytes = serde_json::to_vec_pretty(state).map_err(|_| ExitCode::Unexpected)?;
    // What cannot be read back would be forgotten, and shown a second time.
    let state = KeptRelease::read(&bytes).map_err(|why| {
        unreadable(CannotRead { why, number: None }, settings, surroundings);
        ExitCode::Unexpected
    })?;
    add(bytes, kept, workplace, settings, surroundings)?;
    Ok(state)
}

/// Adds a file to the ledger, unless somebody else has added one since it was read.
///
/// # Errors
/// How the run ends where it cannot be kept.
pub fn add(
    bytes: Vec<u8>,
    kept: &mut Kept,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let so_far = u32::try_from(kept.files.len()).map_err(|_| ExitCode::Unexpected)?;
    let folder = workplace.folder().releases();
    // Nothing of it is shown before it is remembered here, too.
    let file = ReleaseFile::of(bytes);
    let failed =
        |error: &StoreError, surroundings: &mut Surroundings| failure::store(error, settings, surroundings);
    let mut shown = known(workplace).map_err(|error| failed(&error, surroundings))?;
    if let Some((shown, _)) = &mut shown {
        shown.note(&file).map_err(|error| failed(&error, surroundings))?;
    }
    let added = releases::add(&folder, so_far, &file.bytes);
    if added.is_err()
        && let Some((shown, _)) = &mut shown
    {
        shown
            .forget(&file)
            .map_err(|error| failed(&error, surroundings))?;
    }
    match added {
        Ok(_) => {}
        Err(StoreError::AlreadyThere { .. }) => {
            let words = &settings.texts.results.command.changed_meanwhile;
            surroundings.output.error("changed_meanwhile", words);
            return Err(ExitCode::Unexpected);
        }
        Err(error) => return Err(failed(&error, surroundings)),
    }
    kept.files.push(file);
    kept.ledger = parse(&kept.files).map_err(|error| unreadable(error, settings, surroundings))?;
    Ok(())
}

/// Returns the disclosure limits of an evaluation and a survey. Says what is wrong with them.
///
/// # Errors
/// How the run ends where they are not strict enough.
pub fn limits(
    choice: &DisclosureChoice,
    survey: &Survey,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Limits, ExitCode> {
    Limits::new(choice, &survey.parts().tightening).map_err(|problems| {
        let details: Vec<String> = problems
            .iter()
            .map(|problem| limit_sentence(problem, &settings.texts))
            .collect();
        let words = &settings.texts.results.command.settings;
        let said = fill(words, &[("detail", &details.join("; "))]);
        surroundings.output.error("settings", &said);
        ExitCode::SurveyErrors
    })
}

/// Returns why a limit is not accepted.
fn limit_sentence(problem: &SettingsProblem, texts: &Texts) -> String {
    let words = &texts.results.command;
    match problem {
        SettingsProblem::Loosens {
            asked_by,
            limit,
            wanted,
            at_least,
        } => {
            let place = match asked_by {
                AskedBy::Evaluation => &words.loosens_evaluation,
                AskedBy::Survey => &words.loosens_survey,
            };
            let (wanted, least) = (wanted.to_string(), at_least.to_string());
            let values = [
                ("limit", limit.key()),
                ("wanted", &wanted),
                ("place", place),
                ("least", &least),
            ];
            fill(&words.loosens, &values)
        }
        SettingsProblem::ReasonMissing(profile) => {
            fill(&words.reason_missing, &[("profile", profile.code())])
        }
    }
}

/// Asks whether to show now: what is shown stays. `question` and `elsewhere` are said where somebody can answer, and
/// where nobody can.
///
/// # Errors
/// How the run ends where nobody said yes.
pub fn ask(
    (question, elsewhere): (&str, &str),
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.results.command;
    if !surroundings.stdin_is_terminal || settings.no_input {
        if yes && !surroundings.stdin_is_terminal {
            return Ok(());
        }
        surroundings.output.error("ask_no_terminal", elsewhere);
        return Err(ExitCode::Usage);
    }
    if yes {
        surroundings.output.note(&words.yes_on_terminal);
    }
    surroundings.output.note_part(&format!("{question} "));
    let answer = surroundings.read_line().unwrap_or_default();
    let answer = answer.trim().to_lowercase();
    if !answer.is_empty() && words.ask_yes.to_lowercase().starts_with(&answer) {
        return Ok(());
    }
    surroundings.output.error("not_shown", &words.not_shown);
    Err(ExitCode::NothingToDo)
}
