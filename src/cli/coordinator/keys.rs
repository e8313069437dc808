//! What happens to a coordinator's key, as the screens ask for it.

use std::io::Cursor;
use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::exit_code::ExitCode;
use crate::cli::keys::{forget, install, recover, reseal_now, rotate};
use crate::cli::secret;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::tui::coordinator::Task;

use super::Session;
use super::tasks::Dealt;

/// What agrees where a command asks.
const YES: &[u8] = b"ja\n";

impl Session {
    /// Does something to a key.
    pub(super) fn key(&mut self, task: Task, settings: &Settings) -> Result<Dealt, ExitCode> {
        match task {
            Task::NewKey(passphrase) => {
                let is_made_up = !self.has_secret();
                if !is_made_up {
                    self.is_strong(&passphrase)?;
                }
                // The new key is wrapped with a passphrase where the old one was: that is seen when it is read again.
                self.surroundings.keys = None;
                let next = passphrase.clone();
                let rotated = rotate::rotate(|_| Ok(passphrase), settings, &mut self.surroundings);
                if !is_made_up && self.opens(&next) {
                    self.now_opens(next);
                }
                self.keys_changed();
                rotated.map(|()| Dealt::Done)
            }
            Task::ForgetOld => {
                self.surroundings.keys = None;
                let forgotten = forget::forget(true, settings, &mut self.surroundings);
                self.keys_changed();
                forgotten.map(|()| Dealt::Done)
            }
            Task::Install { file, passphrase } => {
                let next = passphrase.clone();
                let installed = install::install(&file, |_| Ok(passphrase), settings, &mut self.surroundings);
                self.took(installed, next)
            }
            Task::Recover {
                recovery,
                name,
                passphrase,
            } => {
                self.is_strong(&passphrase)?;
                let next = passphrase.clone();
                let given = recover::Given {
                    recovery: |surroundings: &mut Surroundings| Ok(typed(recovery, surroundings)),
                    name: Some(name).filter(|name| !name.is_empty()),
                    // Whose key is lost was typed, under words that say what becomes of the one here.
                    is_theirs: true,
                    passphrase: |_: &mut Surroundings| Ok(passphrase),
                };
                let recovered = recover::recover(given, settings, &mut self.surroundings);
                self.took(recovered, next)
            }
            Task::Reseal(without_codes) => {
                // Whoever sits at the screen has seen the days, and said what becomes of the codes.
                if without_codes {
                    self.surroundings.input = Box::new(Cursor::new(YES));
                }
                reseal_now(settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            _ => Err(ExitCode::Unexpected),
        }
    }

    /// Another key lies here: where the evaluation is open, it stays so with its passphrase.
    fn took(&mut self, done: Result<(), ExitCode>, next: Zeroizing<String>) -> Result<Dealt, ExitCode> {
        done?;
        if !self.has_secret() {
            return Ok(Dealt::Key);
        }
        self.now_opens(next);
        self.keys_changed();
        Ok(Dealt::Done)
    }

    const fn has_secret(&self) -> bool {
        self.secret.is_some() || self.settings.passphrase_file.is_some()
    }

    /// From here on this is the passphrase, wherever the one before came from.
    fn now_opens(&mut self, secret: Zeroizing<String>) {
        self.secret = Some(secret);
        self.settings.passphrase_file = None;
    }

    /// Whether a passphrase opens the coordinator's key now: after a new key that was stopped in the middle, either may.
    fn opens(&mut self, secret: &Zeroizing<String>) -> bool {
        let said = self.notes.text();
        let workplace = super::open(&self.settings, &mut self.surroundings);
        self.notes.clear();
        self.surroundings.output.note(&said);
        workplace.is_ok_and(|workplace| workplace.coordinator(Some(secret.as_str())).is_ok())
    }
}

/// The recovery key as it was typed, or as it stands in the file that was.
fn typed(recovery: Zeroizing<String>, surroundings: &Surroundings) -> Zeroizing<String> {
    let file = surroundings.path(Path::new(recovery.trim()));
    secret::text_of(&file).unwrap_or(recovery)
}
