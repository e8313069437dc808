//! `stemme` by itself: the start screen, or its questions line by line.

use crate::fieldwork::desk::Desk;
use crate::texts::fill;
use crate::tui::{Start, retention};

use super::choose::{Left, choose};
use super::deliver;
use super::evaluation::{is_there, open};
use super::exit_code::ExitCode;
use super::first_run;
use super::interview;
use super::practice;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::usage;

/// What can be begun with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Resume,
    Interview,
    Practice,
    Deliver,
    Quit,
}

/// Opens the start screen; without a terminal, a few lines of help.
pub fn run(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let somebody_types =
        surroundings.stdin_is_terminal && surroundings.stdout_is_terminal && !settings.no_input;
    if !somebody_types {
        usage::short(&settings.texts, surroundings);
        return ExitCode::Usage;
    }
    let first = settings.configuration.is_first_run();
    if screens::wanted(settings, surroundings) {
        let start = if first { Start::First } else { Start::Home };
        if !is_there(settings, surroundings) {
            return practice::begin(None, start, settings, surroundings);
        }
        return match open(settings, surroundings) {
            Ok(workplace) => screens::show(Box::new(workplace), start, settings, surroundings),
            Err(code) => code,
        };
    }
    if first {
        return first_run::line_by_line(settings, surroundings);
    }
    go_on(settings, surroundings)
}

/// Asks line by line what to do, and does it.
pub(super) fn go_on(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    loop {
        let mut workplace = match is_there(settings, surroundings).then(|| open(settings, surroundings)) {
            Some(Ok(workplace)) => Some(workplace),
            Some(Err(code)) => return code,
            None => None,
        };
        let words = &settings.texts.command;
        let mut choices = vec![
            (Choice::Practice, words.practice.about.clone()),
            (Choice::Quit, words.quit.clone()),
        ];
        if let Some(workplace) = &workplace {
            choices.insert(0, (Choice::Interview, words.interview.about.clone()));
            if !workplace.drafts().is_empty() {
                choices.insert(0, (Choice::Resume, words.interview.resume.clone()));
            }
            if workplace.waiting().is_some() {
                let deliver = (Choice::Deliver, settings.texts.handover.deliver.about.clone());
                choices.insert(choices.len() - 1, deliver);
            }
            let today = (surroundings.now)().date();
            let is_laptop = workplace.waiting().is_some();
            if let Some(said) = retention::notice(workplace.delete_by(), today, is_laptop, &settings.texts) {
                surroundings.output.line(&said);
            }
            if let Some(key_words) = workplace.key_words() {
                let said = fill(&settings.texts.handover.key_words, &[("words", &key_words)]);
                surroundings.output.line(&said);
            }
        }
        let names: Vec<String> = choices.iter().map(|(_, name)| name.clone()).collect();
        let chosen = match choose(&words.start, &names, None, settings, surroundings) {
            Ok(place) => choices.get(place).map(|(choice, _)| *choice),
            // There is nothing before the start.
            Err(Left::Back) => continue,
            Err(Left::Quit) => return ExitCode::Ok,
            Err(Left::Ended) => return ExitCode::NothingToDo,
        };
        let done = match (chosen, workplace.take()) {
            (Some(Choice::Resume), Some(mut workplace)) => {
                interview::resume(&mut workplace, settings, surroundings)
            }
            (Some(Choice::Interview), Some(workplace)) => {
                interview::begin(workplace, None, settings, surroundings)
            }
            (Some(Choice::Practice), Some(workplace)) => {
                practice::at(workplace, None, Start::Home, settings, surroundings)
            }
            (Some(Choice::Practice), None) => practice::begin(None, Start::Home, settings, surroundings),
            (Some(Choice::Deliver), Some(mut workplace)) => {
                deliver::ask(&mut workplace, settings, surroundings)
            }
            (Some(Choice::Quit), _) => return ExitCode::Ok,
            _ => return ExitCode::NothingToDo,
        };
        if !matches!(done, ExitCode::Ok) {
            return done;
        }
        surroundings.output.line("");
    }
}
