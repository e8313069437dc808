//! `stemme keys install`: puts a coordinator's key file where this machine looks for it.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::cli::evaluation::become_office;
use crate::cli::exit_code::ExitCode;
use crate::cli::secret;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::store::StoreError;
use crate::store::atomic::make_folder;
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys};
use crate::texts::fill;

use super::{say, set_aside};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let given = |surroundings: &mut Surroundings| {
        let given = secret::from_file(settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
        let asked = &settings.texts.storage.ask_passphrase;
        given
            .or_else(|| secret::ask(asked, settings, surroundings))
            .ok_or_else(|| {
                surroundings.output.note(&settings.texts.storage.needs_passphrase);
                ExitCode::Unreadable
            })
    };
    install(&file, given, settings, surroundings)
}

/// Puts the key in a file where this machine looks for it, if the passphrase that is given opens it.
///
/// # Errors
/// How the run ends where it is not put there.
pub(in crate::cli) fn install(
    file: &Path,
    given: impl FnOnce(&mut Surroundings) -> Result<Zeroizing<String>, ExitCode>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    let file = surroundings.path(file);
    let given = given(surroundings)?;
    let passphrase = secrecy::SecretString::from(given.as_str().to_owned());
    let evaluation = workplace.evaluation();
    let strength = surroundings.key_strength;
    let installed = CoordinatorKeys::read_wrapped(&file, &passphrase, &evaluation.id).and_then(|keys| {
        let opens = evaluation
            .recipients
            .iter()
            .any(|known| known.key == keys.public());
        let signer = Some(keys.signer().public().to_string());
        if !opens || evaluation.signing.coordinator != signer {
            return Err(StoreError::WrongKey { path: file.clone() });
        }
        let home = workplace.home().keys(&evaluation.id)?;
        make_folder(&home)?;
        let place = home.join(COORDINATOR_FILE);
        // The one that lies here may be from before the keys were made anew. Whether anybody needs it, nobody here knows.
        let aside = set_aside(&place, &home)?;
        keys.replace_wrapped(&place, &passphrase, strength)?;
        Ok(aside)
    });
    let aside = installed.map_err(|error| say(&error, settings, surroundings))?;
    let shown = file.display().to_string();
    surroundings
        .output
        .line(&fill(&words.installed, &[("file", &shown)]));
    if let Some(aside) = aside {
        let shown = aside.display().to_string();
        let said = fill(&words.installed_aside, &[("file", &shown)]);
        surroundings.output.line(&said);
    }
    become_office(&workplace, settings, surroundings).map(drop)
}
