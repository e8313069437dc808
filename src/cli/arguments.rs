//! The arguments every command takes, and the whole command tree.
//!
//! Built with words from the texts; what clap would say by itself never reaches anybody ([`super::usage`]).

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::texts::Texts;

use super::commands::{COMMANDS, Entry};

/// Returns the arguments understood. Only a command that is named among them is built with its own arguments: their
/// words are a third of the way to the start screen.
///
/// # Errors
/// clap's error, which holds no words for people yet; also for `--help` and `--version`.
pub fn parse(texts: &Texts, arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let name = OsString::from("stemme");
    let named = |entry: &Entry| arguments.iter().any(|argument| entry.is_called(argument));
    let understood = program(texts, |entry| {
        if named(entry) {
            (entry.command)(texts)
        } else {
            bare(entry.name)
        }
    });
    understood.try_get_matches_from(std::iter::once(&name).chain(arguments))
}

/// Returns the whole command tree.
#[must_use]
pub fn tree(texts: &Texts) -> Command {
    program(texts, |entry| (entry.command)(texts))
}

fn program(texts: &Texts, command: impl Fn(&Entry) -> Command) -> Command {
    let words = &texts.command;
    let program = bare("stemme").about(words.about.clone());
    let program = program
        .version(env!("CARGO_PKG_VERSION"))
        .propagate_version(true)
        .args(globals(texts));
    let program = COMMANDS.iter().fold(program, |program, entry| {
        program.subcommand(command(entry).visible_aliases(entry.aliases))
    });
    program.subcommand(
        bare("help")
            .visible_alias("hjelp")
            .about(words.help.about.clone())
            .arg(
                Arg::new("of")
                    .num_args(0..)
                    .value_name(words.value.command.clone()),
            ),
    )
}

/// Returns a command without what clap adds by itself.
#[must_use]
pub fn bare(name: &'static str) -> Command {
    Command::new(name)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
}

/// Returns a flag that takes a value.
#[must_use]
pub fn value(name: &'static str, long: &'static str, placeholder: &str, help: &str) -> Arg {
    Arg::new(name)
        .long(long)
        .value_name(placeholder.to_owned())
        .help(help.to_owned())
}

/// Returns a flag that is there or not.
#[must_use]
pub fn switch(name: &'static str, long: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(long)
        .action(ArgAction::SetTrue)
        .help(help.to_owned())
}

/// Reads the name of a background variable.
///
/// # Errors
/// When it is no name.
pub fn variable(text: &str) -> Result<Id, String> {
    Id::new(text).map_err(|_| text.to_owned())
}

/// Returns the flag of commands that look at what was done in a round: it can be an earlier one.
#[must_use]
pub fn round(texts: &Texts) -> Arg {
    value("round", "round", "ID", &texts.command.flag.round).value_parser(slug)
}

fn slug(text: &str) -> Result<Slug, String> {
    Slug::new(text).map_err(|_| text.to_owned())
}

/// Returns what names a file or folder.
#[must_use]
pub fn path(arg: Arg) -> Arg {
    arg.value_parser(PathBufValueParser::new())
}

fn globals(texts: &Texts) -> Vec<Arg> {
    let flag = &texts.command.flag;
    let placeholder = &texts.command.value;
    let languages = Language::ALL.map(Language::code);
    let own = [
        path(value(
            "evaluation",
            "evaluation",
            &placeholder.folder,
            &flag.evaluation,
        ))
        .short('e'),
        path(value("config", "config", &placeholder.file, &flag.config)),
        value("lang", "lang", "nb|nn|en", &flag.lang).value_parser(languages),
        value("color", "color", "auto|always|never", &flag.color).value_parser(["auto", "always", "never"]),
        switch("no_color", "no-color", &flag.no_color),
        switch("ascii", "ascii", &flag.ascii),
        switch("linear", "linear", &flag.linear),
        switch("no_input", "no-input", &flag.no_input),
        switch("quiet", "quiet", &flag.quiet).short('q'),
        switch("verbose", "verbose", &flag.verbose).short('v'),
        path(value(
            "debug_log",
            "debug-log",
            &placeholder.file,
            &flag.debug_log,
        )),
        value(
            "passphrase_file",
            "passphrase-file",
            &placeholder.file,
            &flag.passphrase_file,
        )
        .value_parser(value_parser!(PathBuf)),
    ];
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .visible_alias("hjelp")
        .action(ArgAction::Help)
        .help(flag.help.clone());
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(flag.version.clone());
    own.into_iter()
        .chain([help, version])
        .map(|arg| arg.global(true))
        .collect()
}
