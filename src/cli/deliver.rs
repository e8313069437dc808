//! `stemme deliver`: hands over finished interviews as one locked file, and says that it was read back.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use crate::fieldwork::desk::{Desk, SHORTEST_NAME};
use crate::fieldwork::handover::CannotHandOver;
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::choose::{self, Left};
use super::evaluation::open;
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::trouble;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.deliver;
    let folder = &texts.command.value.folder;
    bare("deliver")
        .about(words.about.clone())
        .arg(path(value("to", "to", folder, &words.to)).required(true))
}

/// Hands over what is finished.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let Some(to) = matches.get_one::<PathBuf>("to") else {
        return ExitCode::Usage;
    };
    let to = surroundings.path(to);
    hand_over(&mut workplace, &to, settings, surroundings)
}

/// Asks where to, line by line, and hands over.
pub(super) fn ask(
    workplace: &mut Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.handover.deliver;
    let sticks = workplace.sticks();
    let mut lines = Vec::new();
    if !sticks.is_empty() {
        lines.push(words.sticks.clone());
        let numbered = (1..).zip(&sticks);
        lines.extend(numbered.map(|(place, stick): (usize, _)| format!("{place}. {}", stick.display())));
    }
    lines.push(words.where_to.clone());
    loop {
        let line = match choose::line(&lines, settings, surroundings) {
            Ok(line) => line,
            Err(Left::Back | Left::Quit) => return ExitCode::Ok,
            Err(Left::Ended) => return ExitCode::NothingToDo,
        };
        let place = line.trim_end_matches('.').parse::<usize>().ok();
        let stick = place.and_then(|place| sticks.get(place.checked_sub(1)?));
        let to = stick.cloned().unwrap_or_else(|| surroundings.path(line));
        // A folder that is not there was mistyped, or the stick is on its way.
        match hand_over(workplace, &to, settings, surroundings) {
            ExitCode::Usage => {}
            done => return done,
        }
    }
}

fn hand_over(
    workplace: &mut Workplace,
    to: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.handover.deliver;
    let shown = to.display().to_string();
    match workplace.hand_over(to) {
        Ok(done) => {
            let file = done.path.display().to_string();
            let (checked, all) = (done.checked.to_string(), done.interviews.to_string());
            surroundings
                .output
                .line(&fill(&words.written, &[("file", &file)]));
            // Perhaps there is nothing in it but a draft that nobody finished.
            if done.interviews > 0 {
                let values = [("checked", &*checked), ("all", &*all)];
                surroundings.output.line(&fill(&words.checked, &values));
                surroundings.output.line(&words.stays);
            }
            if done.drafts > 0 {
                let count = done.drafts.to_string();
                let said = fill(&settings.texts.life.drafts_delivered, &[("count", &count)]);
                surroundings.output.line(&said);
            }
            for name in workplace.deleted_drafts() {
                let short = name.get(..SHORTEST_NAME).unwrap_or(&name);
                let text = &settings.texts.handover.screen.deletion_goes;
                surroundings.output.line(&fill(text, &[("draft", short)]));
            }
            if done.confirmed > 0 {
                let count = done.confirmed.to_string();
                let values = [("count", count.as_str()), ("folder", &shown)];
                surroundings.output.note(&fill(&words.confirmed, &values));
            }
            ExitCode::Ok
        }
        Err(error) => cannot(error, &shown, settings, surroundings),
    }
}

/// Says why nothing was handed over or removed.
pub(super) fn cannot(
    error: CannotHandOver,
    folder: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.handover.deliver;
    let (said, code) = match error {
        CannotHandOver::Nothing => (words.nothing.clone(), ExitCode::NothingToDo),
        CannotHandOver::NoFolder => (fill(&words.no_folder, &[("folder", folder)]), ExitCode::Usage),
        CannotHandOver::NotTheSame => (words.not_the_same.clone(), ExitCode::Unreadable),
        CannotHandOver::Disk(said) => (
            trouble::sentence(said, &settings.texts).to_owned(),
            ExitCode::Unreadable,
        ),
    };
    surroundings.output.note(&said);
    code
}
