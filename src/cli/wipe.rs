//! `stemme wipe`: removes from a laptop what the coordinator's receipt says has arrived; on the day of deletion, without
//! a receipt, everything.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::fieldwork::desk::Desk;
use crate::fieldwork::handover::CannotHandOver;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::closing::{self, Deleted};
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::deliver::cannot;
use super::evaluation::{open, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.wipe;
    let receipt = Arg::new("receipt")
        .value_name(texts.handover.files_value.clone())
        .help(words.receipt.clone());
    let confirm = value("confirm", "confirm", &texts.command.value.text, &words.confirm);
    bare("wipe")
        .about(words.about.clone())
        .arg(path(receipt))
        .arg(confirm.conflicts_with("receipt"))
}

/// Removes what has arrived.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let words = &settings.texts.handover;
    if workplace.kit().is_none() {
        surroundings.output.note(&words.laptop_only);
        return ExitCode::Usage;
    }
    let Some(receipt) = matches.get_one::<PathBuf>("receipt") else {
        let given = matches.get_one::<String>("confirm").cloned();
        return match everything(&workplace, given, settings, surroundings) {
            Ok(()) => ExitCode::Ok,
            Err(code) => code,
        };
    };
    let receipt = surroundings.path(receipt);
    match workplace.clear(&receipt) {
        Ok(cleared) => {
            let counts = [
                (&words.wipe.done, cleared.interviews),
                (&words.wipe.done_drafts, cleared.drafts),
                (&words.wipe.done_slips, cleared.slips),
            ];
            for (text, count) in counts {
                if count > 0 {
                    let said = fill(text, &[("count", &count.to_string())]);
                    surroundings.output.line(&said);
                }
            }
            ExitCode::Ok
        }
        Err(CannotHandOver::Nothing) => {
            surroundings.output.note(&words.wipe.nothing);
            ExitCode::NothingToDo
        }
        Err(error) => cannot(error, &receipt.display().to_string(), settings, surroundings),
    }
}

/// Removes everything, once the day of deletion has come and somebody has typed what is deleted.
///
/// # Errors
/// How the run ends where nothing is removed.
pub(super) fn everything(
    workplace: &Workplace,
    given: Option<String>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover.wipe;
    let evaluation = workplace.evaluation();
    let today = (surroundings.now)().date();
    match evaluation.delete_by {
        Some(day) if today >= day => {}
        Some(day) => {
            let day = date(day, settings.language());
            surroundings.output.note(&fill(&words.early, &[("date", &day)]));
            return Err(ExitCode::Refused);
        }
        None => {
            surroundings.output.note(&words.no_date);
            return Err(ExitCode::Refused);
        }
    }
    let waiting = workplace.waiting().unwrap_or_default();
    let counts = [workplace.sealed(), waiting.waiting, workplace.drafts().len()];
    let [count, not_delivered, drafts] = counts.map(|count| count.to_string());
    let values = [
        ("count", count.as_str()),
        ("waiting", not_delivered.as_str()),
        ("drafts", drafts.as_str()),
    ];
    surroundings.output.note(&fill(&words.intro, &values));
    if counts.iter().skip(1).any(|count| *count > 0) {
        surroundings.output.note(&words.not_delivered);
    }
    let title = evaluation.title.get(settings.language());
    let life = &settings.texts.life;
    let given = given.or_else(|| {
        if settings.no_input {
            return None;
        }
        let question = fill(&life.close_ask, &[("title", title)]);
        surroundings.output.note_part(&format!("{question} "));
        surroundings.read_line()
    });
    if given.is_none_or(|given| given.trim() != title) {
        surroundings.output.note(&life.not_closed);
        return Err(ExitCode::NothingToDo);
    }
    let deleted = closing::clear_laptop(workplace.folder()).map_err(|error| {
        let said = match &error {
            StoreError::Locked { .. } => words.in_use.clone(),
            error => store_sentence(error, &settings.texts),
        };
        surroundings.output.note(&said);
        ExitCode::Unreadable
    })?;
    if deleted == Deleted::default() {
        surroundings.output.note(&words.empty);
        return Err(ExitCode::NothingToDo);
    }
    let (count, drafts) = (deleted.sealed.to_string(), deleted.drafts.to_string());
    let values = [("count", count.as_str()), ("drafts", drafts.as_str())];
    surroundings.output.line(&fill(&words.gone, &values));
    Ok(())
}
