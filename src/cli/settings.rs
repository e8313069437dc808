//! What holds for every command: language, evaluation, colour, and how much is said.
//!
//! A flag goes before an environment variable, that before the person's own `config.toml`, and that before the
//! evaluation's, which decides only what is about the conversation ([`super::configuration`]). What the system says of itself (locale, kind of terminal) decides only where nobody did.

use std::path::PathBuf;

use clap::ArgMatches;

use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::store::preferences::Preferences;
use crate::texts::Texts;
use crate::tui::Look;

use super::configuration::{Configuration, named};
use super::surroundings::Surroundings;

/// What holds for this run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every word, in the language of this run.
    pub texts: Texts,
    /// The evaluation's folder, as given with `--evaluation`.
    pub evaluation: Option<PathBuf>,
    /// An earlier round that is looked at, as given with `--round`.
    pub round: Option<Slug>,
    /// Whether results may be coloured.
    pub colour: bool,
    /// Whether only plain characters and Norwegian letters are drawn.
    pub ascii: bool,
    /// Whether interviews are held line by line.
    pub linear: bool,
    /// Whether nothing may be asked.
    pub no_input: bool,
    /// Whether only results and errors are said.
    pub quiet: bool,
    /// Whether more is said.
    pub verbose: bool,
    /// The file that holds the passphrase.
    pub passphrase_file: Option<PathBuf>,
    /// What the settings files say.
    pub configuration: Configuration,
}

impl Settings {
    /// Returns the settings of a run.
    #[must_use]
    pub fn of(
        matches: &ArgMatches,
        texts: Texts,
        configuration: Configuration,
        surroundings: &Surroundings,
    ) -> Self {
        let preferences = configuration.preferences();
        let set = |name: &str| matches.get_flag(name);
        let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
        let chosen = if set("no_color") {
            Some("never")
        } else {
            matches.get_one::<String>("color").map(String::as_str)
        };
        Self {
            evaluation: path("evaluation"),
            round: None,
            colour: colour(chosen, &preferences, surroundings).0,
            ascii: set("ascii") || needs_ascii(surroundings) || preferences.ascii == Some(true),
            linear: set("linear") || wants_linear(&preferences, surroundings).0,
            no_input: set("no_input"),
            quiet: set("quiet"),
            verbose: set("verbose"),
            passphrase_file: path("passphrase_file"),
            texts,
            configuration,
        }
    }

    /// Returns how the screens look and work.
    #[must_use]
    pub fn look(&self) -> Look {
        let preferences = self.configuration.preferences();
        let usual = Look::default();
        Look {
            colour: self.colour,
            ascii: self.ascii,
            contrast: preferences.contrast.unwrap_or(usual.contrast),
            spacing: preferences.spacing.unwrap_or(usual.spacing),
            mouse: preferences.mouse.unwrap_or(usual.mouse),
            auto_next: preferences.auto_next.unwrap_or(usual.auto_next),
            hide_unfocused: preferences.hide_unfocused.unwrap_or(usual.hide_unfocused),
            show_choice: preferences.show_choice.unwrap_or(usual.show_choice),
        }
    }

    /// Returns the language of this run.
    #[must_use]
    pub fn language(&self) -> Language {
        self.texts.language()
    }
}

/// Returns the language to speak, before the arguments are understood: their errors need words too.
#[must_use]
pub fn language(surroundings: &Surroundings, preferences: &Preferences) -> Language {
    named(surroundings, "lang", None)
        .and_then(Language::from_code)
        .or_else(|| surroundings.variable("STEMME_LANG").and_then(Language::from_code))
        .or(preferences.language)
        .or_else(|| locale(surroundings, "LC_MESSAGES").and_then(Language::from_locale))
        .unwrap_or(Language::Bokmal)
}

/// Returns the locale that holds for a category.
#[must_use]
pub fn locale<'s>(surroundings: &'s Surroundings, category: &str) -> Option<&'s str> {
    ["LC_ALL", category, "LANG"]
        .into_iter()
        .find_map(|name| surroundings.variable(name))
}

/// What decided something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A flag.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A settings file.
    Settings,
    /// Nobody: what the terminal is.
    Terminal,
}

/// Returns whether there is colour, in the order of clig.dev with our own variable first, and what decided it. A
/// setting decides where no variable does.
#[must_use]
pub fn colour(flag: Option<&str>, preferences: &Preferences, surroundings: &Surroundings) -> (bool, By) {
    let is = |name: &&'static str| surroundings.variable(name).is_some();
    let is_on = |name: &&'static str| surroundings.variable(name).is_some_and(|value| value != "0");
    match flag {
        Some("always") => return (true, By::Flag("--color")),
        Some("never") => return (false, By::Flag("--color")),
        _ => {}
    }
    if let Some(name) = ["STEMME_NO_COLOR", "NO_COLOR"].into_iter().find(is) {
        return (false, By::Variable(name));
    }
    if let Some(name) = ["CLICOLOR_FORCE", "FORCE_COLOR"].into_iter().find(is_on) {
        return (true, By::Variable(name));
    }
    if surroundings.variable("CLICOLOR") == Some("0") {
        return (false, By::Variable("CLICOLOR"));
    }
    if preferences.colours == Some(false) {
        return (false, By::Settings);
    }
    if surroundings.variable("TERM") == Some("dumb") {
        return (false, By::Variable("TERM"));
    }
    (surroundings.stdout_is_terminal, By::Terminal)
}

/// Returns whether everything is said line by line: because the terminal can do nothing else, or somebody wants it
/// in the environment or the settings; and what decided it.
#[must_use]
pub fn wants_linear(preferences: &Preferences, surroundings: &Surroundings) -> (bool, By) {
    if surroundings.variable("TERM") == Some("dumb") {
        return (true, By::Variable("TERM"));
    }
    if !crate::tui::can_draw() {
        return (true, By::Terminal);
    }
    let wish = ["STEMME_LINEAR", "ACCESSIBLE"]
        .into_iter()
        .find_map(|name| Some((surroundings.variable(name)? != "0", By::Variable(name))));
    wish.or(preferences.linear.map(|linear| (linear, By::Settings)))
        .unwrap_or((false, By::Terminal))
}

/// Returns whether frames and marks may come out as something else: another encoding, or an old console whose font
/// lacks them.
#[must_use]
pub fn needs_ascii(surroundings: &Surroundings) -> bool {
    if surroundings.is_windows {
        let modern = ["WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM"];
        return !modern
            .into_iter()
            .any(|name| surroundings.variable(name).is_some());
    }
    locale(surroundings, "LC_CTYPE").is_some_and(|locale| {
        let lower = locale.to_ascii_lowercase();
        !lower.contains("utf-8") && !lower.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::{colour, language, needs_ascii, wants_linear};
    use crate::cli::surroundings::Surroundings;
    use crate::domain::language::Language::{self, Bokmal, English, Nynorsk};
    use crate::store::preferences::Preferences;

    fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Surroundings {
        let mut made_up = Surroundings::made_up(arguments, "").0;
        for (name, value) in variables {
            made_up
                .environment
                .insert((*name).to_owned(), (*value).to_owned());
        }
        made_up
    }

    fn spoken(arguments: &[&str], variables: &[(&str, &str)], set: Option<Language>) -> Language {
        let preferences = Preferences {
            language: set,
            ..Preferences::default()
        };
        language(&with(arguments, variables), &preferences)
    }

    #[test]
    fn the_language_comes_from_flag_then_variable_then_settings_then_locale() {
        let variables = [("STEMME_LANG", "en"), ("LC_ALL", "nn_NO.UTF-8")];
        assert_eq!(spoken(&["--lang", "nn"], &variables, Some(Bokmal)), Nynorsk);
        assert_eq!(spoken(&["check", "--lang=en"], &[], None), English);
        assert_eq!(spoken(&[], &variables, Some(Bokmal)), English);
        assert_eq!(spoken(&[], &[("LC_ALL", "nn_NO.UTF-8")], Some(English)), English);
        let locales = [("LC_ALL", "nn_NO.UTF-8"), ("LANG", "en_GB.UTF-8")];
        assert_eq!(spoken(&[], &locales, None), Nynorsk);
        assert_eq!(spoken(&["--lang", "fr"], &[("LANG", "C.UTF-8")], None), Bokmal);
    }

    /// Whether there is colour on a terminal, each step of the order beaten by the one above it.
    #[test]
    fn colour_follows_the_usual_order() {
        let decided = |flag: Option<&str>, variables: &[(&str, &str)], set: Option<bool>| {
            let preferences = Preferences {
                colours: set,
                ..Preferences::default()
            };
            let mut surroundings = with(&[], variables);
            surroundings.stdout_is_terminal = true;
            colour(flag, &preferences, &surroundings).0
        };
        let force = ("CLICOLOR_FORCE", "1");
        assert!(decided(Some("always"), &[("STEMME_NO_COLOR", "1")], None));
        assert!(!decided(Some("never"), &[force], None));
        assert!(!decided(Some("auto"), &[("STEMME_NO_COLOR", "1"), force], None));
        assert!(!decided(None, &[("NO_COLOR", "1"), force], None));
        assert!(
            decided(None, &[("NO_COLOR", "")], None),
            "an empty NO_COLOR says nothing"
        );
        assert!(decided(
            None,
            &[force, ("CLICOLOR", "0"), ("TERM", "dumb")],
            Some(false)
        ));
        assert!(decided(None, &[("FORCE_COLOR", "1"), ("CLICOLOR", "0")], None));
        assert!(!decided(None, &[("CLICOLOR", "0")], Some(true)));
        assert!(!decided(None, &[], Some(false)));
        assert!(!decided(None, &[("TERM", "dumb")], Some(true)));
        assert!(decided(None, &[("TERM", "xterm")], None));
        assert!(
            !colour(None, &Preferences::default(), &with(&[], &[])).0,
            "a pipe has no colours"
        );
    }

    #[test]
    fn line_by_line_where_somebody_wants_it_or_the_terminal_can_do_nothing_else() {
        let linear = |variables: &[(&str, &str)], set: Option<bool>| {
            let preferences = Preferences {
                linear: set,
                ..Preferences::default()
            };
            wants_linear(&preferences, &with(&[], variables)).0
        };
        assert!(linear(&[("ACCESSIBLE", "1")], None));
        assert!(linear(&[("STEMME_LINEAR", "1")], Some(false)));
        assert!(linear(&[("TERM", "dumb"), ("STEMME_LINEAR", "0")], None));
        assert!(linear(&[], Some(true)));
        assert!(!linear(&[("STEMME_LINEAR", "0")], Some(true)));
        assert!(!linear(&[], None));
    }

    #[test]
    fn frames_are_plain_in_another_encoding_and_in_an_old_console() {
        let ascii = |windows: bool, variables: &[(&str, &str)]| {
            let mut surroundings = with(&[], &[]);
            surroundings.environment = variables
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            surroundings.is_windows = windows;
            needs_ascii(&surroundings)
        };
        assert!(ascii(false, &[("LANG", "nb_NO.ISO-8859-1")]));
        assert!(ascii(false, &[("LC_ALL", "C"), ("LANG", "nb_NO.UTF-8")]));
        assert!(!ascii(false, &[("LANG", "nb_NO.utf8")]));
        assert!(ascii(true, &[]));
        assert!(!ascii(true, &[("WT_SESSION", "x")]));
    }
}
