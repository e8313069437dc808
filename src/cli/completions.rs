//! `stemme completions`: what the shell can fill in.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

use crate::texts::Texts;

use super::arguments::{bare, tree};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

const SHELLS: [(&str, Shell); 5] = [
    ("bash", Shell::Bash),
    ("zsh", Shell::Zsh),
    ("fish", Shell::Fish),
    ("powershell", Shell::PowerShell),
    ("elvish", Shell::Elvish),
];

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.completions;
    bare("completions").about(words.about.clone()).arg(
        Arg::new("shell")
            .value_name("bash|zsh|fish|powershell|elvish")
            .help(words.shell.clone())
            .value_parser(PossibleValuesParser::new(SHELLS.map(|(name, _)| name)))
            .required(true),
    )
}

/// Writes the shell's script.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let wanted = matches.get_one::<String>("shell");
    let Some((_, shell)) = SHELLS
        .into_iter()
        .find(|(name, _)| wanted.is_some_and(|wanted| wanted == name))
    else {
        return ExitCode::Usage;
    };
    let mut script = Vec::new();
    generate(shell, &mut tree(&settings.texts), "stemme", &mut script);
    surroundings.output.bytes(&script);
    ExitCode::Ok
}

#[cfg(test)]
mod tests {
    use super::SHELLS;
    use crate::cli::exit_code::ExitCode;
    use crate::cli::run;
    use crate::cli::surroundings::Surroundings;

    #[test]
    fn every_shell_gets_a_script_that_knows_the_commands() {
        for (shell, _) in SHELLS {
            let (mut surroundings, written) = Surroundings::made_up(&["completions", shell], "");
            assert_eq!(run(&mut surroundings), ExitCode::Ok);
            let script = written.0.text();
            assert!(
                script.contains("interview") && script.contains("passphrase-file"),
                "{shell}"
            );
        }
    }
}
