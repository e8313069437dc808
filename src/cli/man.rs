//! `stemme man`: the manual page, in the language of the run, from the same definitions as the help.

use clap::{Arg, ArgMatches, Command};
use roff::{Inline, Roff, bold, italic, roman};

use crate::texts::Texts;

use super::arguments::{bare, tree};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    bare("man").about(texts.command.man.about.clone())
}

/// Writes the page.
pub fn run(_: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.bytes(page(&settings.texts).as_bytes());
    ExitCode::Ok
}

/// Returns the page as roff.
#[must_use]
pub fn page(texts: &Texts) -> String {
    let words = &texts.command.man;
    let program = tree(texts);
    let mut page = Roff::new();
    let version = concat!("stemme ", env!("CARGO_PKG_VERSION"));
    page.control("TH", ["STEMME", "1", "", version, ""]);
    let about = texts.command.about.clone();
    let about = about.strip_prefix("stemme: ").unwrap_or(&about).to_owned();
    page.control("SH", [words.name.as_str()]);
    page.text([roman(format!("stemme - {about}"))]);
    page.control("SH", [words.synopsis.as_str()]);
    page.text([
        bold("stemme"),
        roman(format!(
            " [{}] [{}]",
            texts.command.value.command, texts.command.value.options
        )),
    ]);
    page.control("SH", [words.description.as_str()]);
    page.text([roman(words.describes.clone())]);
    page.control("SH", [texts.command.heading.commands.trim_end_matches(':')]);
    for command in program.get_subcommands() {
        section(&mut page, command, "stemme");
    }
    page.control("SH", [texts.command.heading.globals.trim_end_matches(':')]);
    program.get_arguments().for_each(|arg| argument(&mut page, arg));
    rows(&mut page, &words.environment, &words.variables);
    rows(&mut page, &words.files, &words.file);
    rows(&mut page, &words.exit, &words.code);
    page.render()
}

/// Commands one after the other; those that only lead to others are not lines of their own.
fn section(page: &mut Roff, command: &Command, before: &str) {
    let name = format!("{before} {}", command.get_name());
    if command.has_subcommands() {
        for inner in command.get_subcommands() {
            section(page, inner, &name);
        }
        return;
    }
    let mut heading = name;
    let aliases: Vec<&str> = command.get_visible_aliases().collect();
    if !aliases.is_empty() {
        heading = format!("{heading} ({})", aliases.join(", "));
    }
    page.control("SS", [heading.as_str()]);
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        page.text([roman(about.to_string())]);
    }
    for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
        argument(page, arg);
    }
}

fn argument(page: &mut Roff, arg: &Arg) {
    if arg.is_hide_set() {
        return;
    }
    let mut line: Vec<Inline> = Vec::new();
    if let Some(short) = arg.get_short() {
        line.push(bold(format!("-{short}")));
        line.push(roman(", "));
    }
    let value = arg
        .get_value_names()
        .and_then(<[_]>::first)
        .map_or_else(|| arg.get_id().to_string(), ToString::to_string);
    match arg.get_long() {
        Some(long) => {
            line.push(bold(format!("--{long}")));
            if arg.get_action().takes_values() {
                line.push(roman(" "));
                line.push(italic(value));
            }
        }
        None => line.push(italic(value)),
    }
    page.control("TP", []);
    page.text(line);
    page.text([roman(arg.get_help().map(ToString::to_string).unwrap_or_default())]);
}

/// A section of names and what they mean: each row is `name: meaning`.
fn rows(page: &mut Roff, heading: &str, rows: &[String]) {
    page.control("SH", [heading]);
    for row in rows {
        let (name, meaning) = row.split_once(": ").unwrap_or((row, ""));
        page.control("TP", []);
        page.text([bold(name)]);
        page.text([roman(meaning)]);
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::cli::commands::COMMANDS;
    use crate::domain::language::Language;
    use crate::texts::Texts;

    #[test]
    fn the_page_has_every_command_and_every_exit_code_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            let page = page(&texts);
            for command in COMMANDS {
                assert!(
                    page.contains(&format!("stemme {}", command.name)),
                    "{}",
                    command.name
                );
            }
            for code in ["0", "1", "2", "3", "4", "5", "6", "130"] {
                assert!(page.contains(&format!("\\fB{code}\\fR")), "{code} in\n{page}");
            }
            assert!(!page.contains('\u{1b}'));
        }
    }
}
