//! What holds for every command: language, evaluation, colour, and how much is said.
//!
//! A flag goes before an environment variable. Language: `--lang`, `STEMME_LANG`, then the locale, else bokmål.

use std::path::PathBuf;

use clap::ArgMatches;

use crate::domain::language::Language;
use crate::texts::Texts;

use super::surroundings::Surroundings;

/// What holds for this run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every word, in the language of this run.
    pub texts: Texts,
    /// The evaluation's folder, as given with `--evaluation`.
    pub evaluation: Option<PathBuf>,
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
}

impl Settings {
    /// Returns the settings of a run.
    #[must_use]
    pub fn of(matches: &ArgMatches, texts: Texts, surroundings: &Surroundings) -> Self {
        let set = |name: &str| matches.get_flag(name);
        let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
        let chosen = if set("no_color") {
            Some("never")
        } else {
            matches.get_one::<String>("color").map(String::as_str)
        };
        Self {
            evaluation: path("evaluation"),
            colour: colour(chosen, surroundings),
            ascii: set("ascii") || !is_utf8(surroundings),
            linear: set("linear") || wants_linear(surroundings),
            no_input: set("no_input"),
            quiet: set("quiet"),
            verbose: set("verbose"),
            passphrase_file: path("passphrase_file"),
            texts,
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
pub fn language(surroundings: &Surroundings) -> Language {
    let mut arguments = surroundings
        .arguments
        .iter()
        .filter_map(|argument| argument.to_str());
    let flag = std::iter::from_fn(|| {
        let argument = arguments.next()?;
        if argument == "--" {
            return None;
        }
        Some(match argument.strip_prefix("--lang") {
            Some("") => arguments.next().and_then(Language::from_code),
            Some(rest) => rest.strip_prefix('=').and_then(Language::from_code),
            None => None,
        })
    })
    .flatten()
    .last();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| surroundings.variable(name));
    flag.or_else(|| surroundings.variable("STEMME_LANG").and_then(Language::from_code))
        .or_else(|| locale.and_then(Language::from_locale))
        .unwrap_or(Language::Bokmal)
}

/// The order of clig.dev, with our own variable first.
fn colour(flag: Option<&str>, surroundings: &Surroundings) -> bool {
    let is = |name: &str| surroundings.variable(name).is_some();
    match flag {
        Some("always") => true,
        Some("never") => false,
        _ if is("STEMME_NO_COLOR") || is("NO_COLOR") => false,
        _ if ["CLICOLOR_FORCE", "FORCE_COLOR"]
            .into_iter()
            .any(|name| surroundings.variable(name).is_some_and(|value| value != "0")) =>
        {
            true
        }
        _ if surroundings.variable("CLICOLOR") == Some("0") => false,
        _ if surroundings.variable("TERM") == Some("dumb") => false,
        _ => surroundings.stdout_is_terminal,
    }
}

fn wants_linear(surroundings: &Surroundings) -> bool {
    let on = |name: &str| surroundings.variable(name).is_some_and(|value| value != "0");
    on("STEMME_LINEAR") || on("ACCESSIBLE") || surroundings.variable("TERM") == Some("dumb")
}

fn is_utf8(surroundings: &Surroundings) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| surroundings.variable(name));
    locale.is_none_or(|locale| {
        let lower = locale.to_ascii_lowercase();
        lower.contains("utf-8") || lower.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::{colour, language, wants_linear};
    use crate::cli::surroundings::Surroundings;
    use crate::domain::language::Language::{Bokmal, English, Nynorsk};

    fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Surroundings {
        let mut made_up = Surroundings::made_up(arguments, "").0;
        for (name, value) in variables {
            made_up
                .environment
                .insert((*name).to_owned(), (*value).to_owned());
        }
        made_up
    }

    #[test]
    fn a_flag_goes_before_a_variable_and_a_variable_before_the_locale() {
        assert_eq!(
            language(&with(&["--lang", "nn"], &[("STEMME_LANG", "en")])),
            Nynorsk
        );
        assert_eq!(language(&with(&["check", "--lang=en"], &[])), English);
        assert_eq!(
            language(&with(&[], &[("STEMME_LANG", "en"), ("LC_ALL", "nn_NO.UTF-8")])),
            English
        );
        assert_eq!(
            language(&with(&[], &[("LC_ALL", "nn_NO.UTF-8"), ("LANG", "en_GB.UTF-8")])),
            Nynorsk
        );
        assert_eq!(language(&with(&["--lang", "fr"], &[("LANG", "C.UTF-8")])), Bokmal);
    }

    #[test]
    fn colour_follows_the_usual_variables() {
        assert!(!colour(None, &with(&[], &[])));
        assert!(colour(Some("always"), &with(&[], &[("NO_COLOR", "1")])));
        assert!(colour(None, &with(&[], &[("CLICOLOR_FORCE", "1")])));
        assert!(!colour(
            None,
            &with(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])
        ));
    }

    #[test]
    fn a_screen_reader_setting_means_line_by_line() {
        assert!(wants_linear(&with(&[], &[("ACCESSIBLE", "1")])));
        assert!(wants_linear(&with(&[], &[("TERM", "dumb")])));
        assert!(!wants_linear(&with(&[], &[("STEMME_LINEAR", "0")])));
    }
}
