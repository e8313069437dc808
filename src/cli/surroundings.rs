//! Everything the program gets from the system it runs on.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::Time;

use crate::fieldwork::journal_keeper::RandomSource;
use crate::store::keys::{CoordinatorKeys, KeyStrength};

use super::debug_log::DebugLog;
use super::output::Output;

/// What `main` hands in, and tests make up.
pub struct Surroundings {
    /// Arguments, without the program's name.
    pub arguments: Vec<OsString>,
    /// Environment variables.
    pub environment: BTreeMap<String, String>,
    /// The folder the program was started in.
    pub working_folder: PathBuf,
    /// Where keys and unfinished interviews lie.
    pub home: PathBuf,
    /// Where the settings lie.
    pub config_folder: PathBuf,
    /// Where people look for what they have written.
    pub documents: PathBuf,
    /// Whether this is Windows, whose older consoles draw little.
    pub is_windows: bool,
    /// Whether a person types.
    pub stdin_is_terminal: bool,
    /// Whether a person reads the result.
    pub stdout_is_terminal: bool,
    /// Whether a person reads the rest.
    pub stderr_is_terminal: bool,
    /// What is typed or piped in.
    pub input: Box<dyn BufRead + Send>,
    /// Reads a line that does not show while it is typed; used only where a person types.
    pub hidden_line: Box<dyn FnMut() -> io::Result<String>>,
    /// Where words go.
    pub output: Output,
    /// Where it is told what happened, when somebody wants to know.
    pub log: DebugLog,
    /// Whether the person said at a prompt that the program is to end.
    pub has_left: bool,
    /// The clock.
    pub now: Arc<dyn Fn() -> Zoned>,
    /// The time of day, for screens that go on for long.
    pub time: fn() -> Time,
    /// Fills bytes with randomness fit for keys.
    pub random: RandomSource,
    /// The work that goes into a passphrase: normal, but for tests.
    pub key_strength: KeyStrength,
    /// The coordinator's keys, once the screens have opened them.
    pub keys: Option<CoordinatorKeys>,
}

impl Surroundings {
    /// Returns an environment variable that is set to something.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        let value = self.environment.get(name)?;
        (!value.is_empty()).then_some(value.as_str())
    }

    /// Returns where a path leads that was given with the command, without steps to the folder it stands in: people
    /// read it.
    #[must_use]
    pub fn path(&self, given: impl AsRef<Path>) -> PathBuf {
        self.working_folder.join(given).components().collect()
    }

    /// Returns the source of randomness, to be handed on.
    #[must_use]
    pub fn randomness(&self) -> RandomSource {
        Arc::clone(&self.random)
    }

    /// Returns the next line without its end, or `None` when there is no more. Bytes that are no UTF-8 are
    /// replaced, never refused.
    pub fn read_line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        match self.input.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => None,
            Ok(_) => {
                let text = String::from_utf8_lossy(&bytes);
                Some(text.trim_end_matches(['\n', '\r']).to_owned())
            }
        }
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings")
            .field("arguments", &self.arguments)
            .field("working_folder", &self.working_folder)
            .finish_non_exhaustive()
    }
}

/// Surroundings for tests: nothing of the machine they run on.
#[cfg(test)]
pub(crate) mod made_up {
    use std::io::{self, Cursor, Write};
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex};

    use super::Surroundings;
    use crate::cli;
    use crate::cli::debug_log::DebugLog;
    use crate::cli::exit_code::ExitCode;
    use crate::cli::output::Output;
    use crate::domain::order::SplitMix64;
    use crate::store::keys::KeyStrength;

    /// What was written to one stream.
    #[derive(Clone, Default)]
    pub(crate) struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Runs the program in a folder and returns how it went, the result and the rest.
    pub(crate) fn stemme(folder: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
        let (mut surroundings, written) = Surroundings::made_up(arguments, "");
        folder.clone_into(&mut surroundings.working_folder);
        surroundings.home = folder.join("home");
        let code = cli::run(&mut surroundings);
        (code, written.0.text(), written.1.text())
    }

    impl Surroundings {
        /// Returns surroundings with these arguments and this input, and what will be written: result and rest.
        pub(crate) fn made_up(arguments: &[&str], input: &str) -> (Self, (Written, Written)) {
            let written = (Written::default(), Written::default());
            let sequence = Mutex::new(SplitMix64::new(7));
            let surroundings = Self {
                arguments: arguments.iter().map(Into::into).collect(),
                environment: [("LANG".to_owned(), "C.UTF-8".to_owned())].into(),
                working_folder: PathBuf::from("."),
                home: PathBuf::from("no-such-home"),
                config_folder: PathBuf::from("no-such-home"),
                documents: PathBuf::from("no-such-home"),
                is_windows: false,
                stdin_is_terminal: false,
                stdout_is_terminal: false,
                stderr_is_terminal: false,
                input: Box::new(Cursor::new(input.as_bytes().to_vec())),
                hidden_line: Box::new(|| Err(io::ErrorKind::Unsupported.into())),
                output: Output::new(Box::new(written.0.clone()), Box::new(written.1.clone())),
                log: DebugLog::off(),
                has_left: false,
                now: Arc::new(|| "2026-11-22T14:02:00[UTC]".parse().unwrap()),
                time: || jiff::civil::time(14, 2, 0, 0),
                random: Arc::new(move |bytes| {
                    let mut sequence = sequence.lock().unwrap();
                    bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
                    Ok(())
                }),
                key_strength: KeyStrength::NONE,
                keys: None,
            };
            (surroundings, written)
        }
    }
}
