//! `stemme restore`: a whole evaluation back from a backup, into a new folder.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::definition;
use crate::domain::evaluation::Evaluation;
use crate::store::StoreError;
use crate::store::backup;
use crate::store::closing;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::ledger::Ledger;
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::evaluation::{become_office, open_at, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.life;
    let placeholder = &texts.command.value;
    let given = |name: &'static str, shown: &str, help: &str| {
        path(
            Arg::new(name)
                .value_name(shown.to_owned())
                .help(help.to_owned())
                .required(true),
        )
    };
    let confirm = value("confirm", "confirm", &placeholder.text, &words.restore_confirm);
    bare("restore")
        .about(words.restore_about.clone())
        .arg(given("file", &placeholder.file, &words.restore_file))
        .arg(given(
            "folder",
            &placeholder.folder,
            &texts.command.new_evaluation.folder,
        ))
        .arg(confirm)
}

/// Restores.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let at = |name: &str| {
        let given = matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
        surroundings.path(given)
    };
    let (file, folder) = (at("file"), at("folder"));
    let confirmed = matches.get_one::<String>("confirm").cloned();
    match restored((&file, &folder), confirmed, settings, surroundings) {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

/// Puts a backup into a new folder. One that was closed, or should be deleted by now, only where its title was
/// `confirmed` or is typed.
///
/// # Errors
/// How the run ends where nothing is restored.
pub(super) fn restored(
    (file, folder): (&Path, &Path),
    confirmed: Option<String>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.life;
    let home = Home::new(surroundings.home.clone());
    let failed = |error: &StoreError, surroundings: &mut Surroundings| {
        surroundings.output.note(&store_sentence(error, &settings.texts));
        ExitCode::Unreadable
    };
    let bytes = backup::evaluation_in(file).map_err(|error| failed(&error, surroundings))?;
    if let Some(evaluation) = definition::evaluation::read(&bytes).value {
        decide(&evaluation, confirmed, &home, settings, surroundings)?;
    }
    // The key goes where this machine looks for it, and nowhere that the file could name.
    let keys = |evaluation: &[u8]| {
        let evaluation = definition::evaluation::read(evaluation).value?;
        home.keys(&evaluation.id).ok()
    };
    let count = backup::restore(file, folder, &keys).map_err(|error| failed(&error, surroundings))?;
    let (shown, count) = (folder.display().to_string(), count.to_string());
    let said = fill(&words.restored, &[("folder", &shown), ("count", &count)]);
    surroundings.output.line(&said);
    // A new computer holds interviews and decides about drafts, too.
    let office = open_at(folder, settings, surroundings)?;
    become_office(&office, settings, surroundings)?;
    if !settings.quiet {
        let next = if remembers_withdrawals(folder, &home) {
            &words.restore_remembered
        } else {
            &words.restore_next
        };
        surroundings.output.note(next);
    }
    Ok(())
}

/// Lets somebody decide, by typing its title, whether an evaluation comes back that was closed here or should be deleted
/// by now: those who answered were promised that it is gone.
fn decide(
    evaluation: &Evaluation,
    given: Option<String>,
    home: &Home,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.life;
    let today = (surroundings.now)().date();
    let why = if closing::was_closed(home, &evaluation.id) {
        words.restore_was_closed.clone()
    } else if let Some(day) = evaluation.delete_by.filter(|day| today >= *day) {
        let day = date(day, settings.language());
        fill(&words.restore_is_due, &[("date", &day)])
    } else {
        return Ok(());
    };
    surroundings.output.note(&why);
    let title = evaluation.title.get(settings.language());
    let given = given.or_else(|| {
        if settings.no_input {
            return None;
        }
        let question = fill(&words.restore_ask, &[("title", title)]);
        surroundings.output.note_part(&format!("{question} "));
        surroundings.read_line()
    });
    if given.is_none_or(|given| given.trim() != title) {
        surroundings.output.note(&words.not_restored);
        return Err(ExitCode::NothingToDo);
    }
    Ok(())
}

/// Whether this machine remembers who withdrew from what was restored: then nobody comes back with an older copy.
fn remembers_withdrawals(folder: &Path, home: &Home) -> bool {
    let evaluation = EvaluationFolder::open(folder)
        .ok()
        .and_then(|(_, bytes)| definition::evaluation::read(&bytes).value);
    let path = evaluation.and_then(|evaluation| home.ledger(&evaluation.id).ok());
    path.and_then(|path| Ledger::read(&path).ok())
        .is_some_and(|ledger| ledger.seen().next().is_some())
}
