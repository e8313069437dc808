//! The commands there are. One that does not exist yet is not listed.

use std::ffi::OsStr;

use clap::{ArgMatches, Command};

use crate::domain::id::Slug;
use crate::texts::Texts;

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{
    actions, answers, backup, check, close, code, collect, compare, completions, confirm, deliver, demo,
    doctor, findings, guide, interview, keys, kit, man, new, plan, practice, preview, quotes, release, renew,
    report, rescue, restore, results, start, status, tabulate, themes, translate, usage, verify, wipe,
    withdraw,
};

/// One command: its names, its arguments, what it does.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// English name, the same in every language of the program.
    pub name: &'static str,
    /// Norwegian names.
    pub aliases: &'static [&'static str],
    /// Its arguments, with words from the texts.
    pub command: fn(&Texts) -> Command,
    /// What it does.
    pub run: fn(&ArgMatches, &Settings, &mut Surroundings) -> ExitCode,
}

impl Entry {
    /// Returns whether a word on the command line is one of its names.
    #[must_use]
    pub fn is_called(&self, word: &OsStr) -> bool {
        self.name == word || self.aliases.iter().any(|alias| *alias == word)
    }
}

/// Every command, in the order help lists them.
pub const COMMANDS: &[Entry] = &[
    Entry {
        name: "new",
        aliases: &["ny"],
        command: new::command,
        run: new::run,
    },
    Entry {
        name: "plan",
        aliases: &["planlegg"],
        command: plan::command,
        run: plan::run,
    },
    Entry {
        name: "kit",
        aliases: &["pakke"],
        command: kit::command,
        run: kit::run,
    },
    Entry {
        name: "renew",
        aliases: &["forny"],
        command: renew::command,
        run: renew::run,
    },
    Entry {
        name: "check",
        aliases: &["sjekk"],
        command: check::command,
        run: check::run,
    },
    Entry {
        name: "preview",
        aliases: &["vis"],
        command: preview::command,
        run: preview::run,
    },
    Entry {
        name: "translate",
        aliases: &["oversett", "omset"],
        command: translate::command,
        run: translate::run,
    },
    Entry {
        name: "interview",
        aliases: &["intervju"],
        command: interview::command,
        run: interview::run,
    },
    Entry {
        name: "practice",
        aliases: &["ov", "øv"],
        command: practice::command,
        run: practice::run,
    },
    Entry {
        name: "deliver",
        aliases: &["lever"],
        command: deliver::command,
        run: deliver::run,
    },
    Entry {
        name: "wipe",
        aliases: &["rydd"],
        command: wipe::command,
        run: wipe::run,
    },
    Entry {
        name: "confirm",
        aliases: &["bekreft"],
        command: confirm::command,
        run: confirm::run,
    },
    Entry {
        name: "collect",
        aliases: &["hent"],
        command: collect::command,
        run: collect::run,
    },
    Entry {
        name: "verify",
        aliases: &["kontroller"],
        command: verify::command,
        run: verify::run,
    },
    Entry {
        name: "status",
        aliases: &[],
        command: status::command,
        run: status::run,
    },
    Entry {
        name: "results",
        aliases: &["resultat"],
        command: results::command,
        run: results::run,
    },
    Entry {
        name: "answers",
        aliases: &["svar"],
        command: answers::command,
        run: answers::run,
    },
    Entry {
        name: "themes",
        aliases: &["tema"],
        command: themes::command,
        run: themes::run,
    },
    Entry {
        name: "code",
        aliases: &["kode"],
        command: code::command,
        run: code::run,
    },
    Entry {
        name: "quotes",
        aliases: &["sitat"],
        command: quotes::command,
        run: quotes::run,
    },
    Entry {
        name: "findings",
        aliases: &["funn"],
        command: findings::command,
        run: findings::run,
    },
    Entry {
        name: "actions",
        aliases: &["tiltak"],
        command: actions::command,
        run: actions::run,
    },
    Entry {
        name: "release",
        aliases: &["utgi"],
        command: release::command,
        run: release::run,
    },
    Entry {
        name: "report",
        aliases: &["rapport"],
        command: report::command,
        run: report::run,
    },
    Entry {
        name: "guide",
        aliases: &["intervjuguide"],
        command: guide::command,
        run: guide::run,
    },
    Entry {
        name: "tabulate",
        aliases: &["tabuler"],
        command: tabulate::command,
        run: tabulate::run,
    },
    Entry {
        name: "compare",
        aliases: &["sammenlign", "samanlikn"],
        command: compare::command,
        run: compare::run,
    },
    Entry {
        name: "withdraw",
        aliases: &["trekk"],
        command: withdraw::command,
        run: withdraw::run,
    },
    Entry {
        name: "rescue",
        aliases: &["berg"],
        command: rescue::command,
        run: rescue::run,
    },
    Entry {
        name: "keys",
        aliases: &["nokler", "nøkler"],
        command: keys::command,
        run: keys::run,
    },
    Entry {
        name: "backup",
        aliases: &["kopier"],
        command: backup::command,
        run: backup::run,
    },
    Entry {
        name: "restore",
        aliases: &["gjenopprett"],
        command: restore::command,
        run: restore::run,
    },
    Entry {
        name: "close",
        aliases: &["lukk"],
        command: close::command,
        run: close::run,
    },
    Entry {
        name: "demo",
        aliases: &[],
        command: demo::command,
        run: demo::run,
    },
    Entry {
        name: "doctor",
        aliases: &["helse"],
        command: doctor::command,
        run: doctor::run,
    },
    Entry {
        name: "completions",
        aliases: &[],
        command: completions::command,
        run: completions::run,
    },
    Entry {
        name: "man",
        aliases: &[],
        command: man::command,
        run: man::run,
    },
];

/// Does what was asked for.
pub fn dispatch(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match matches.subcommand() {
        None => start::run(settings, surroundings),
        Some(("help", of)) => {
            let path: Vec<String> = of
                .get_many::<String>("of")
                .map(|names| names.cloned().collect())
                .unwrap_or_default();
            usage::help(&path, &settings.texts, surroundings)
        }
        Some((name, of)) => match COMMANDS.iter().find(|entry| entry.name == name) {
            Some(entry) => {
                let round = of.try_get_one::<Slug>("round").ok().flatten().cloned();
                let settings = Settings {
                    round,
                    ..settings.clone()
                };
                (entry.run)(of, &settings, surroundings)
            }
            None => ExitCode::Unexpected,
        },
    }
}
