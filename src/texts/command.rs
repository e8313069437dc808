//! Commands, flags, prompts and what they answer.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use serde::Deserialize;

/// Texts of `[command]`. Each command has a table of its own beside these.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandTexts {
    pub about: String,
    /// At most twelve lines, for `stemme` without a terminal.
    pub short: String,
    pub heading: Headings,
    pub value: Values,
    pub flag: Flags,
    pub error: UsageErrors,
    pub help: About,
}

/// Texts of `[command.heading]`, in help.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    pub usage: String,
    pub commands: String,
    pub arguments: String,
    pub options: String,
    pub globals: String,
}

/// Texts of `[command.value]`: what stands for a value in help.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    pub command: String,
    pub options: String,
    pub folder: String,
    pub file: String,
    pub survey: String,
    pub text: String,
    pub date: String,
    pub age: String,
}

/// Texts of `[command.flag]`: flags every command takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flags {
    pub evaluation: String,
    pub lang: String,
    pub color: String,
    pub no_color: String,
    pub ascii: String,
    pub linear: String,
    pub no_input: String,
    pub quiet: String,
    pub verbose: String,
    pub passphrase_file: String,
    pub help: String,
    pub version: String,
}

/// Texts of `[command.error]`: arguments that were not understood.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageErrors {
    pub unknown_command: String,
    pub did_you_mean: String,
    pub unknown_flag: String,
    pub surplus: String,
    pub no_value: String,
    pub wrong_value: String,
    pub possible: String,
    pub missing: String,
    pub missing_command: String,
    pub conflict: String,
    pub not_understood: String,
    pub more: String,
}

/// A command that needs no more words than what it is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub about: String,
}
