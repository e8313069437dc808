//! `stemme wipe`: removes from a laptop what the coordinator's receipt says has arrived.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::fieldwork::desk::Desk;
use crate::fieldwork::handover::CannotHandOver;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path};
use super::deliver::cannot;
use super::evaluation::open;
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.wipe;
    let receipt = Arg::new("receipt")
        .value_name(texts.handover.files_value.clone())
        .help(words.receipt.clone())
        .required(true);
    bare("wipe").about(words.about.clone()).arg(path(receipt))
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
        return ExitCode::Usage;
    };
    let receipt = surroundings.working_folder.join(receipt);
    match workplace.clear(&receipt) {
        Ok(count) => {
            let count = count.to_string();
            surroundings
                .output
                .line(&fill(&words.wipe.done, &[("count", &count)]));
            ExitCode::Ok
        }
        Err(CannotHandOver::Nothing) => {
            surroundings.output.note(&words.wipe.nothing);
            ExitCode::NothingToDo
        }
        Err(error) => cannot(error, &receipt.display().to_string(), settings, surroundings),
    }
}
