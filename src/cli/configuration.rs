//! The settings files that count for a run: the person's own, and one beside the evaluation.
//!
//! What is said in a flag goes before the environment, and that before the files ([`super::settings`]). Of the files,
//! the person's own goes first for everything that somebody needs to see, hear and type: whoever sees badly and set
//! high contrast keeps it in every evaluation, also on a laptop that others use. The evaluation's file says what holds
//! where a person said nothing, and it goes first for what is about the conversation
//! ([`Preferences::of_the_conversation`]).

use std::path::{Path, PathBuf};

use crate::fieldwork::session::Trouble;
use crate::store::StoreError;
use crate::store::folder::EVALUATION_FILE;
use crate::store::preferences::{self, FILE, Preference, Preferences, ReadFile};
use crate::texts::Texts;

use super::surroundings::Surroundings;

/// The files as they were read.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// Where the person's own file is, or would be.
    pub path: PathBuf,
    /// Whether it was named with `--config`.
    pub is_named: bool,
    /// What the person's own file says.
    pub own: ReadFile,
    /// Why it cannot be read, if it cannot.
    pub trouble: Option<StoreError>,
    /// Where the evaluation's file is, or would be.
    pub evaluation_path: Option<PathBuf>,
    /// What the evaluation's file says.
    pub evaluation: ReadFile,
}

impl Configuration {
    /// Reads the files. A file that cannot be read says nothing; `stemme doctor` tells, and every command where
    /// somebody named it.
    #[must_use]
    pub fn load(surroundings: &Surroundings) -> Self {
        let named_file = named(surroundings, "config", None);
        let path = match named_file {
            Some(named) => surroundings.path(named),
            None => surroundings.config_folder.join(FILE),
        };
        let (own, trouble) = match preferences::load(&path) {
            Ok(own) => (own, None),
            Err(error) => (ReadFile::default(), Some(error)),
        };
        let folder = match named(surroundings, "evaluation", Some('e')) {
            Some(named) => surroundings.path(named),
            None => surroundings.working_folder.clone(),
        };
        let beside = folder.join(FILE);
        let evaluation_path = (folder.join(EVALUATION_FILE).is_file() && beside != path).then_some(beside);
        let evaluation = evaluation_path
            .as_deref()
            .and_then(|path| preferences::load(path).ok())
            .unwrap_or_default();
        Self {
            path,
            is_named: named_file.is_some(),
            own,
            trouble,
            evaluation_path,
            evaluation,
        }
    }

    /// Returns what the files say together.
    #[must_use]
    pub fn preferences(&self) -> Preferences {
        let below = self.own.preferences.or(self.evaluation.preferences);
        self.decided().or(below)
    }

    /// Returns what the evaluation decides for everybody.
    #[must_use]
    pub fn decided(&self) -> Preferences {
        self.evaluation.preferences.of_the_conversation()
    }

    /// Returns whether the program was never run here before.
    #[must_use]
    pub const fn is_first_run(&self) -> bool {
        !self.own.is_there && self.trouble.is_none()
    }
}

/// Keeps one thing a person wants in the person's own file.
///
/// # Errors
/// Why not, as the person needs to know it.
pub fn keep(path: &Path, preference: Preference, texts: &Texts) -> Result<(), Trouble> {
    preferences::keep(path, preference, &texts.settings.file_head).map_err(|error| match error {
        StoreError::DiskFull { .. } => Trouble::DiskFull,
        StoreError::ReadOnly { .. } | StoreError::NotAllowed { .. } => Trouble::ReadOnly,
        StoreError::NotFound { .. } => Trouble::Gone,
        _ => Trouble::Other,
    })
}

/// Returns the last value of a flag before the arguments are understood: `--name value`, `--name=value`, `-n value`.
pub(super) fn named<'s>(surroundings: &'s Surroundings, long: &str, short: Option<char>) -> Option<&'s str> {
    let mut arguments = surroundings
        .arguments
        .iter()
        .filter_map(|argument| argument.to_str());
    let mut found = None;
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        let after_long = argument
            .strip_prefix("--")
            .and_then(|argument| argument.strip_prefix(long));
        let after_short = short.and_then(|short| argument.strip_prefix('-')?.strip_prefix(short));
        match (after_long, after_short) {
            (Some(""), _) | (None, Some("")) => found = arguments.next().or(found),
            (Some(rest), _) => found = rest.strip_prefix('=').or(found),
            (None, Some(rest)) => found = Some(rest.strip_prefix('=').unwrap_or(rest)),
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Configuration, named};
    use crate::cli::surroundings::Surroundings;
    use crate::store::atomic::{Access, replace};
    use crate::store::preferences::{Contrast, Preferences, Spacing};

    fn write(path: &Path, text: &str) {
        replace(path, text.as_bytes(), Access::AsUsual).unwrap();
    }

    #[test]
    fn a_flag_is_found_before_the_arguments_are_understood() {
        let with = |arguments: &[&str]| {
            let surroundings = Surroundings::made_up(arguments, "").0;
            named(&surroundings, "evaluation", Some('e')).map(str::to_owned)
        };
        assert_eq!(with(&["status", "-e", "a"]).as_deref(), Some("a"));
        assert_eq!(with(&["-ea", "status"]).as_deref(), Some("a"));
        assert_eq!(
            with(&["--evaluation=a", "--evaluation", "b"]).as_deref(),
            Some("b")
        );
        assert_eq!(with(&["--evaluations", "b"]), None);
        assert_eq!(with(&["--", "-e", "b"]), None);
    }

    #[test]
    fn what_a_person_needs_to_see_goes_before_the_evaluations_file_and_the_conversation_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("home")).unwrap();
        write(
            &at("home/config.toml"),
            "kontrast = 'høy'\nluft = 'tett'\nvis_valg = true\n",
        );
        write(
            &at("config.toml"),
            "kontrast = 'vanlig'\nluft = 'luftig'\nmus = false\nvis_valg = false\nskjul_uten_fokus = true\n",
        );
        let mut surroundings = Surroundings::made_up(&[], "").0;
        surroundings.working_folder = folder.path().to_owned();
        surroundings.config_folder = at("home");
        let alone = Configuration::load(&surroundings).preferences();
        assert_eq!((alone.spacing, alone.mouse), (Some(Spacing::Tight), None));
        write(&at("evaluation.toml"), "");
        let both = Configuration::load(&surroundings);
        assert!(!both.is_first_run());
        let all = both.preferences();
        assert_eq!(
            (all.contrast, all.spacing),
            (Some(Contrast::High), Some(Spacing::Tight))
        );
        assert_eq!(all.mouse, Some(false), "nobody else said anything");
        assert_eq!((all.show_choice, all.hide_unfocused), (Some(false), Some(true)));
        assert_eq!(
            both.decided(),
            Preferences {
                show_choice: Some(false),
                hide_unfocused: Some(true),
                ..Preferences::default()
            }
        );
    }

    #[test]
    fn a_named_file_takes_the_place_of_the_usual_one() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("mine.toml"), "mus = false\n");
        let mut surroundings = Surroundings::made_up(&["--config", "mine.toml"], "").0;
        surroundings.working_folder = folder.path().to_owned();
        assert_eq!(
            Configuration::load(&surroundings).preferences().mouse,
            Some(false)
        );
    }
}
