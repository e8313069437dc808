//! `stemme restore`: a whole evaluation back from a backup, into a new folder.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::definition;
use crate::store::backup;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::ledger::Ledger;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path};
use super::evaluation::store_sentence;
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
    bare("restore")
        .about(words.restore_about.clone())
        .arg(given("file", &placeholder.file, &words.restore_file))
        .arg(given(
            "folder",
            &placeholder.folder,
            &texts.command.new_evaluation.folder,
        ))
}

/// Restores.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.life;
    let at = |name: &str| {
        let given = matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
        surroundings.path(given)
    };
    let (file, folder) = (at("file"), at("folder"));
    let home = Home::new(surroundings.home.clone());
    // The key goes where this machine looks for it, and nowhere that the file could name.
    let keys = |evaluation: &[u8]| {
        let evaluation = definition::evaluation::read(evaluation).value?;
        home.keys(&evaluation.id).ok()
    };
    match backup::restore(&file, &folder, &keys) {
        Ok(count) => {
            let (shown, count) = (folder.display().to_string(), count.to_string());
            let said = fill(&words.restored, &[("folder", &shown), ("count", &count)]);
            surroundings.output.line(&said);
            if !settings.quiet {
                let remembers = remembers_withdrawals(&folder, &home);
                let next = if remembers {
                    &words.restore_remembered
                } else {
                    &words.restore_next
                };
                surroundings.output.note(next);
            }
            ExitCode::Ok
        }
        Err(error) => {
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            ExitCode::Unreadable
        }
    }
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
