//! `stemme backup`: the whole evaluation in one file, read back.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::store::backup;
use crate::store::keys::COORDINATOR_FILE;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path};
use super::evaluation::{open_office, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.life;
    bare("backup").about(words.backup_about.clone()).arg(path(
        Arg::new("file")
            .value_name(texts.command.value.file.clone())
            .help(words.backup_file.clone())
            .required(true),
    ))
}

/// Makes the backup.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let file = surroundings.path(file);
    back_up(&file, settings, surroundings)
}

/// Makes the backup in a new file, and says what is in it.
pub(super) fn back_up(file: &Path, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.life;
    let workplace = match open_office(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let keys = workplace.home().keys(&workplace.evaluation().id);
    let key = keys.ok().map(|folder| folder.join(COORDINATOR_FILE));
    match backup::write(workplace.folder().root(), key.as_deref(), file) {
        Ok(count) => {
            let (shown, count) = (file.display().to_string(), count.to_string());
            let said = fill(&words.backed_up, &[("file", &shown), ("count", &count)]);
            surroundings.output.line(&said);
            if !settings.quiet {
                surroundings.output.note(&words.backup_next);
            }
            ExitCode::Ok
        }
        Err(error) => {
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            ExitCode::Unreadable
        }
    }
}
