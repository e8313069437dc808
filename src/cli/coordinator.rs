//! What the coordinator's screens ask for, done by what the commands do: the same doors, and nothing more is shown.
//!
//! Here the commands speak to nobody: what they say is kept and given to the screen.

use std::io::{self, Cursor, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use zeroize::Zeroizing;

use crate::disclosure::standing::{Facts, Standing};
use crate::domain::language::Language;
use crate::domain::record::TakesInterviews;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::store::collection::Collection;
use crate::texts::Texts;
use crate::tui::coordinator::{Ask, Door, Heard, Office, Opened, Portion, Shown};

use super::debug_log::DebugLog;
use super::evaluation::{cannot_unlock, open, unlock};
use super::exit_code::ExitCode;
use super::output::Output;
use super::settings::Settings;
use super::showing::{self, Interviewed};
use super::surroundings::Surroundings;

/// Returns what does the coordinator's things, where the coordinator's key is on this machine.
#[must_use]
pub fn office(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &Surroundings,
) -> Option<(Door, Office)> {
    if !workplace.has_coordinators_key() {
        return None;
    }
    let opens = !workplace.needs_secret() || settings.passphrase_file.is_some();
    let door = if opens { Door::Open } else { Door::Passphrase };
    let mut session = Session::new(workplace.folder().root().to_owned(), settings, surroundings);
    Some((door, Box::new(move |ask, language| session.take(ask, language))))
}

/// Counts how an evaluation stands that was opened.
///
/// # Errors
/// How the run ends where the ledger cannot be read.
pub fn standing(
    workplace: &Workplace,
    collection: &Collection,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Standing, ExitCode> {
    let kept = showing::read_ledger(workplace, settings, surroundings)?;
    let counts = &collection.counts;
    let left = workplace.left_drafts();
    let facts = Facts {
        heads: &collection.interviews,
        slips: &collection.slips,
        lost: [counts.unreadable, counts.damaged, counts.newer, counts.absent],
        drafts: left.arrived + left.here,
        ledger: &kept.ledger,
        today: (surroundings.now)().date(),
        is_closed: workplace.is_closed(),
    };
    let surveys = workplace.surveys().as_read().iter().map(|survey| &**survey);
    Ok(Standing::of(workplace.evaluation(), surveys, &facts))
}

/// The screens' coordinator, from the passphrase on.
struct Session {
    settings: Settings,
    surroundings: Surroundings,
    notes: Notes,
    secret: Option<Zeroizing<String>>,
}

impl Session {
    fn new(root: PathBuf, settings: &Settings, surroundings: &Surroundings) -> Self {
        let notes = Notes::default();
        Self {
            settings: Settings {
                evaluation: Some(root),
                no_input: false,
                quiet: true,
                ..settings.clone()
            },
            surroundings: Surroundings {
                arguments: Vec::new(),
                environment: surroundings.environment.clone(),
                working_folder: surroundings.working_folder.clone(),
                home: surroundings.home.clone(),
                config_folder: surroundings.config_folder.clone(),
                is_windows: surroundings.is_windows,
                // Whoever sits at the screen was asked there.
                stdin_is_terminal: false,
                stdout_is_terminal: false,
                stderr_is_terminal: false,
                input: Box::new(io::empty()),
                hidden_line: Box::new(|| Err(io::ErrorKind::Unsupported.into())),
                output: notes.output(),
                log: DebugLog::off(),
                has_left: false,
                now: Arc::clone(&surroundings.now),
                time: surroundings.time,
                random: surroundings.randomness(),
                key_strength: surroundings.key_strength,
            },
            notes,
            secret: None,
        }
    }

    fn take(&mut self, ask: Ask, language: Language) -> Option<Heard> {
        if self.settings.language() != language
            && let Ok(texts) = Texts::load(language)
        {
            self.settings.texts = texts;
        }
        self.notes.clear();
        self.surroundings.output = self.notes.output();
        let given = self
            .secret
            .as_ref()
            .map_or_else(String::new, |secret| format!("{}\n", **secret));
        self.surroundings.input = Box::new(Cursor::new(given.into_bytes()));
        let heard = match ask {
            Ask::Open(secret) => {
                let before = std::mem::replace(&mut self.secret, secret);
                let opened = self.opened();
                if opened.is_err() {
                    self.secret = before;
                    return Some(Heard::Shut(self.why()));
                }
                opened
            }
            Ask::Look => self.opened(),
            Ask::Results => self.results(),
        };
        Some(heard.unwrap_or_else(|_| Heard::Refused(self.why())))
    }

    /// Returns what was said last, or that something went wrong.
    fn why(&self) -> String {
        let said = self.surroundings.output.said().map(|(_, said)| said.to_owned());
        said.or_else(|| Some(self.notes.text()).filter(|text| !text.is_empty()))
            .unwrap_or_else(|| self.settings.texts.storage.other.clone())
    }

    /// Opens what is sealed; each interview that counts is given to `taker`.
    fn unlocked(
        &mut self,
        workplace: &Workplace,
        taker: &mut dyn TakesInterviews,
    ) -> Result<Collection, ExitCode> {
        let Some(secret) = &self.secret else {
            let opened = unlock(workplace, taker, &self.settings, &mut self.surroundings);
            return opened.map(|(collection, _)| collection);
        };
        let opened = workplace.open_collection_with(Some(secret.as_str()), taker, &mut |_, _| ());
        match opened {
            Ok((collection, _)) => Ok(collection),
            Err(error) => Err(cannot_unlock(error, &self.settings, &mut self.surroundings)),
        }
    }

    fn opened(&mut self) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let collection = self.unlocked(&workplace, &mut ())?;
        let standing = standing(&workplace, &collection, &self.settings, &mut self.surroundings)?;
        Ok(Heard::Opened(Box::new(Opened {
            evaluation: workplace.evaluation().clone(),
            surveys: workplace.surveys().as_read().to_vec(),
            standing,
        })))
    }

    /// What was shown before; a survey of which nothing was shown is left out.
    fn results(&mut self) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let collection = self.unlocked(&workplace, &mut ())?;
        let kept = showing::read_ledger(&workplace, &self.settings, &mut self.surroundings)?;
        let evaluation = workplace.evaluation();
        let mut parts = Vec::new();
        for survey in workplace.surveys().as_read() {
            let interviewed =
                Interviewed::of(evaluation, survey, &collection.interviews).with_slips(&collection.slips);
            let states = interviewed.states(&kept);
            if states.iter().any(|state| state.wrong.is_none()) {
                parts.push(Portion::from(interviewed.part(&kept)));
            }
        }
        Ok(Heard::Results(Box::new(Shown {
            evaluation: evaluation.clone(),
            parts,
        })))
    }
}

/// What commands say while a screen is shown.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<u8>>>);

impl Notes {
    fn output(&self) -> Output {
        Output::new(Box::new(self.clone()), Box::new(self.clone()))
    }

    fn clear(&self) {
        if let Ok(mut kept) = self.0.lock() {
            kept.clear();
        }
    }

    fn text(&self) -> String {
        let kept = self.0.lock().map(|kept| kept.clone()).unwrap_or_default();
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}

impl Write for Notes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Ok(mut kept) = self.0.lock() {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
