//! Help, and what is said when the arguments were not understood: always in our own words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::texts::{Texts, fill};

use super::arguments::tree;
use super::exit_code::ExitCode;
use super::surroundings::Surroundings;

/// How alike two words must be to be worth a suggestion.
const ALIKE: f64 = 0.75;

/// Answers an error of the arguments; `--help` and `--version` arrive here too.
pub fn answer(error: &clap::Error, texts: &Texts, surroundings: &mut Surroundings) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let path = named_commands(texts, surroundings);
            help(&path, texts, surroundings)
        }
        ErrorKind::DisplayVersion => {
            let version = format!("stemme {}", env!("CARGO_PKG_VERSION"));
            surroundings.output.line(&version);
            ExitCode::Ok
        }
        _ => {
            let path = named_commands(texts, surroundings);
            let said = sentences(error, &path, texts).join("\n");
            surroundings.output.error(ExitCode::Usage.name(), &said);
            let more = ["stemme", "help"]
                .into_iter()
                .chain(path.iter().map(String::as_str));
            let more: Vec<&str> = more.collect();
            let command = more.join(" ");
            let hint = fill(&texts.command.error.more, &[("command", &command)]);
            surroundings.output.note(&hint);
            ExitCode::Usage
        }
    }
}

/// Shows help for the command this path of names leads to.
pub fn help(path: &[String], texts: &Texts, surroundings: &mut Surroundings) -> ExitCode {
    let program = tree(texts);
    let mut command = &program;
    let mut names = vec!["stemme".to_owned()];
    for name in path {
        let Some(found) = find(command, name) else {
            let said = unknown_command(name, command, texts);
            surroundings.output.error(ExitCode::Usage.name(), &said);
            return ExitCode::Usage;
        };
        names.push(found.get_name().to_owned());
        command = found;
    }
    for line in help_lines(command, &names.join(" "), &program, texts) {
        surroundings.output.line(&line);
    }
    ExitCode::Ok
}

/// Says in at most twelve lines, beside the result, what the program can do.
pub fn short(texts: &Texts, surroundings: &mut Surroundings) {
    for line in texts.command.short.lines() {
        surroundings.output.note(line);
    }
}

fn find<'c>(command: &'c Command, name: &str) -> Option<&'c Command> {
    command
        .get_subcommands()
        .find(|known| known.get_name() == name || known.get_all_aliases().any(|alias| alias == name))
}

/// Returns the commands named among the arguments, as far as they lead somewhere.
fn named_commands(texts: &Texts, surroundings: &Surroundings) -> Vec<String> {
    let program = tree(texts);
    let mut command = &program;
    let mut path = Vec::new();
    let mut arguments = surroundings
        .arguments
        .iter()
        .filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        if takes_the_next(argument, &program) {
            // A folder may be called as a command is.
            arguments.next();
        } else if let Some(found) = find(command, argument).filter(|found| found.get_name() != "help") {
            path.push(found.get_name().to_owned());
            command = found;
        }
    }
    path
}

/// Returns whether an argument is a flag of every command whose value is the argument after it.
fn takes_the_next(argument: &str, program: &Command) -> bool {
    let is_it = |arg: &&Arg| {
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        long.as_deref() == Some(argument) || short.as_deref() == Some(argument)
    };
    let mut flags = program
        .get_arguments()
        .filter(|arg| arg.get_action().takes_values());
    flags.any(|arg| is_it(&arg))
}

// Help

fn help_lines(command: &Command, name: &str, program: &Command, texts: &Texts) -> Vec<String> {
    let words = &texts.command;
    let mut lines = Vec::new();
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        lines.extend(about.to_string().lines().map(str::to_owned));
        lines.push(String::new());
    }
    lines.push(words.heading.usage.clone());
    lines.push(format!("  {}", usage_line(command, name, texts)));
    let commands: Vec<(String, String)> = command
        .get_subcommands()
        .map(|known| (names_of(known), about_of(known)))
        .collect();
    section(&mut lines, &words.heading.commands, &commands);
    let is_global = |arg: &&Arg| arg.is_global_set();
    let own = |positional: bool| {
        command
            .get_arguments()
            .filter(|arg| !is_global(arg) && arg.is_positional() == positional && !arg.is_hide_set())
            .map(row)
            .collect::<Vec<_>>()
    };
    section(&mut lines, &words.heading.arguments, &own(true));
    section(&mut lines, &words.heading.options, &own(false));
    let globals: Vec<(String, String)> = program.get_arguments().filter(is_global).map(row).collect();
    section(&mut lines, &words.heading.globals, &globals);
    if let Some(after) = command.get_after_help() {
        lines.push(String::new());
        lines.extend(after.to_string().lines().map(str::to_owned));
    }
    lines
}

fn usage_line(command: &Command, name: &str, texts: &Texts) -> String {
    let mut parts = vec![name.to_owned()];
    if command.has_subcommands() {
        let placeholder = &texts.command.value.command;
        parts.push(if command.is_subcommand_required_set() {
            placeholder.clone()
        } else {
            format!("[{placeholder}]")
        });
    }
    for arg in command.get_positionals() {
        let many = if arg.get_num_args().is_some_and(|count| count.max_values() > 1) {
            " ..."
        } else {
            ""
        };
        let placeholder = placeholder(arg);
        parts.push(if arg.is_required_set() {
            format!("{placeholder}{many}")
        } else {
            format!("[{placeholder}{many}]")
        });
    }
    parts.push(format!("[{}]", texts.command.value.options));
    parts.join(" ")
}

fn section(lines: &mut Vec<String>, heading: &str, rows: &[(String, String)]) {
    let Some(widest) = rows.iter().map(|(left, _)| left.chars().count()).max() else {
        return;
    };
    lines.push(String::new());
    lines.push(heading.to_owned());
    for (left, right) in rows {
        let gap = " ".repeat(widest + 3 - left.chars().count());
        lines.push(format!("  {left}{gap}{right}").trim_end().to_owned());
    }
}

fn names_of(command: &Command) -> String {
    let aliases: Vec<&str> = command.get_visible_aliases().collect();
    if aliases.is_empty() {
        command.get_name().to_owned()
    } else {
        format!("{} ({})", command.get_name(), aliases.join(", "))
    }
}

fn about_of(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn row(arg: &Arg) -> (String, String) {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    (shown(arg), help)
}

fn shown(arg: &Arg) -> String {
    let Some(long) = arg.get_long() else {
        return placeholder(arg);
    };
    let short = arg
        .get_short()
        .map(|short| format!("-{short}, "))
        .unwrap_or_default();
    let value = if arg.get_action().takes_values() {
        format!(" {}", placeholder(arg))
    } else {
        String::new()
    };
    format!("{short}--{long}{value}")
}

fn placeholder(arg: &Arg) -> String {
    arg.get_value_names()
        .and_then(<[_]>::first)
        .map_or_else(|| arg.get_id().to_string(), ToString::to_string)
}

// What was not understood

fn sentences(error: &clap::Error, path: &[String], texts: &Texts) -> Vec<String> {
    let words = &texts.command.error;
    let program = tree(texts);
    let invoked = path
        .iter()
        .fold(&program, |command, name| find(command, name).unwrap_or(command));
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    let about_argument = |text: &str| vec![fill(text, &[("argument", &argument), ("value", &value)])];
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = told(ContextKind::InvalidSubcommand);
            vec![unknown_command(&name, &program, texts)]
        }
        ErrorKind::UnknownArgument => {
            let name = argument.trim_start_matches('-');
            if name == argument {
                // A word where no more words are expected.
                return vec![fill(&words.surplus, &[("argument", &argument)])];
            }
            let known = flags(invoked, &program);
            let known = known.iter().filter(|known| *known != name);
            let nearest = nearest(name, known.map(String::as_str)).map(|near| format!("--{near}"));
            vec![with_suggestion(
                &fill(&words.unknown_flag, &[("argument", &argument)]),
                nearest.as_deref(),
                texts,
            )]
        }
        ErrorKind::InvalidValue if value.is_empty() => about_argument(&words.no_value),
        ErrorKind::InvalidValue => {
            let possible = told(ContextKind::ValidValue);
            let mut said = about_argument(&words.wrong_value);
            if !possible.is_empty() {
                said.push(fill(&words.possible, &[("values", &possible)]));
            }
            said
        }
        ErrorKind::ValueValidation => about_argument(&words.wrong_value),
        ErrorKind::InvalidUtf8 => vec![words.not_text.clone()],
        ErrorKind::MissingRequiredArgument => about_argument(&words.missing),
        ErrorKind::MissingSubcommand => vec![words.missing_command.clone()],
        ErrorKind::ArgumentConflict => {
            let other = told(ContextKind::PriorArg);
            vec![fill(
                &words.conflict,
                &[("argument", &argument), ("other", &other)],
            )]
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => about_argument(&words.no_value),
        _ => vec![words.not_understood.clone()],
    }
}

fn unknown_command(name: &str, among: &Command, texts: &Texts) -> String {
    let known: Vec<&str> = among
        .get_subcommands()
        .flat_map(|command| std::iter::once(command.get_name()).chain(command.get_all_aliases()))
        .collect();
    let said = fill(&texts.command.error.unknown_command, &[("command", name)]);
    with_suggestion(&said, nearest(name, known.into_iter()).as_deref(), texts)
}

fn with_suggestion(said: &str, nearest: Option<&str>, texts: &Texts) -> String {
    match nearest {
        Some(nearest) => {
            let meant = fill(&texts.command.error.did_you_mean, &[("word", nearest)]);
            format!("{said} {meant}")
        }
        None => said.to_owned(),
    }
}

fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    known
        .map(|known| (strsim::jaro_winkler(word, known), known))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known.to_owned())
}

/// Returns the flags one can use with a command.
fn flags(command: &Command, program: &Command) -> Vec<String> {
    let everywhere = program.get_arguments().filter(|arg| arg.is_global_set());
    command
        .get_arguments()
        .chain(everywhere)
        .filter_map(|arg| arg.get_long().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::cli::exit_code::ExitCode;
    use crate::cli::run;
    use crate::cli::surroundings::Surroundings;

    fn said(arguments: &[&str]) -> (ExitCode, String, String) {
        let (mut surroundings, written) = Surroundings::made_up(arguments, "");
        let code = run(&mut surroundings);
        (code, written.0.text(), written.1.text())
    }

    #[test]
    fn without_a_terminal_there_are_at_most_twelve_lines_of_help_beside_the_result() {
        for language in ["nb", "nn", "en"] {
            let (code, result, rest) = said(&["--lang", language]);
            assert_eq!((code, result.as_str()), (ExitCode::Usage, ""));
            assert!(rest.lines().count() <= 12, "{rest}");
        }
    }

    #[test]
    fn help_holds_nothing_of_the_parsers_own_english() {
        for arguments in [
            ["--lang=nb", "-h"],
            ["--lang=nn", "help"],
            ["--lang=nb", "--help"],
        ] {
            let (code, result, rest) = said(&arguments);
            assert_eq!((code, rest.as_str()), (ExitCode::Ok, ""));
            for english in ["Usage", "Options", "Print", "possible", "default", "aliases"] {
                assert!(!result.contains(english), "{english} in {result}");
            }
        }
    }

    #[test]
    fn a_slip_of_the_finger_gets_a_suggestion() {
        let (code, _, rest) = said(&["hjepl"]);
        assert_eq!(code, ExitCode::Usage);
        assert!(
            rest.starts_with("Kommandoen «hjepl» finnes ikke. Mente du «hjelp»?"),
            "{rest}"
        );
        let (_, _, rest) = said(&["--lang=en", "--liner"]);
        assert!(rest.contains("Did you mean “--linear”?"), "{rest}");
    }

    #[test]
    fn a_folder_may_be_called_as_a_command_is() {
        for folder in [["-e", "demo"], ["--evaluation", "check"]] {
            let [flag, name] = folder;
            let (code, result, _) = said(&[flag, name, "status", "--help"]);
            assert_eq!(code, ExitCode::Ok);
            assert!(result.contains("stemme status"), "{result}");
        }
    }

    #[test]
    fn only_what_the_command_takes_is_proposed() {
        // `compare` takes it.
        let (code, _, rest) = said(&["status", "--by"]);
        assert_eq!(code, ExitCode::Usage);
        assert!(!rest.contains("Mente du"), "{rest}");
        let (_, _, rest) = said(&["status", "--site"]);
        assert!(rest.contains("Mente du «--sites»?"), "{rest}");
    }

    #[test]
    fn a_wrong_value_is_answered_with_the_right_ones() {
        let (code, _, rest) = said(&["--color", "blue"]);
        assert_eq!(code, ExitCode::Usage);
        assert!(rest.contains("auto, always, never"), "{rest}");
        let (_, _, rest) = said(&["--evaluation"]);
        assert!(rest.contains("--evaluation"), "{rest}");
    }

    #[test]
    fn the_version_is_one_line() {
        assert!(said(&["-V"]).1.starts_with("stemme 0."));
    }
}
