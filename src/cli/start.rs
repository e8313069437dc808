//! `stemme` by itself: the start screen, or its questions line by line.

use crate::fieldwork::desk::Desk;
use crate::fieldwork::practice_desk::PracticeDesk;
use crate::texts::fill;
use crate::tui::results::Documents;
use crate::tui::{Start, retention};

use super::choose::{Left, choose};
use super::confirm;
use super::deliver;
use super::evaluation::{has_other_keys, is_there, open, open_for_screens};
use super::exit_code::ExitCode;
use super::first_run;
use super::interview;
use super::line_settings;
use super::practice;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::usage;

/// How often the words for new keys may be mistyped.
const TRIES: usize = 3;

/// What can be begun with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Resume,
    Interview,
    Practice,
    Deliver,
    Afterwards,
    Settings,
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
            return screens::show(Box::new(PracticeDesk::shipped()), start, settings, surroundings);
        }
        if has_other_keys(settings, surroundings) {
            return screens::show_words(start, settings, surroundings);
        }
        return match open_for_screens(settings, surroundings) {
            Ok(workplace) => {
                screens::show_office(workplace, start, Documents::default(), settings, surroundings)
            }
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
    let mut settings = settings.clone();
    if has_other_keys(&settings, surroundings) {
        let says = settings.texts.coordinator.upkeep.words_about.clone();
        surroundings.output.line(&says);
        let words_fit = (0..TRIES).any(|_| confirm::compare(&settings, surroundings) == ExitCode::Ok);
        if !words_fit {
            return ExitCode::Refused;
        }
    }
    loop {
        let changed = match round(&settings, surroundings) {
            Round::Again => None,
            Round::With(changed) => Some(changed),
            Round::End(code) => return code,
        };
        if surroundings.has_left {
            return ExitCode::Ok;
        }
        if let Some(changed) = changed {
            settings = *changed;
        }
        surroundings.output.line("");
    }
}

/// How the start goes on after something was done.
enum Round {
    Again,
    /// With other settings.
    With(Box<Settings>),
    End(ExitCode),
}

/// Asks once what to do, and does it.
fn round(settings: &Settings, surroundings: &mut Surroundings) -> Round {
    let mut workplace = match is_there(settings, surroundings).then(|| open(settings, surroundings)) {
        Some(Ok(workplace)) => Some(workplace),
        Some(Err(code)) => return Round::End(code),
        None => None,
    };
    let words = &settings.texts.command;
    let mut choices = vec![
        (Choice::Practice, words.practice.about.clone()),
        (Choice::Settings, settings.texts.settings.title.clone()),
        (Choice::Quit, words.quit.clone()),
    ];
    if let Some(workplace) = &workplace {
        choices.insert(0, (Choice::Interview, words.interview.about.clone()));
        if !workplace.drafts().is_empty() {
            choices.insert(0, (Choice::Resume, words.interview.resume.clone()));
        }
        if workplace.waiting().is_some() {
            let deliver = (Choice::Deliver, settings.texts.handover.deliver.about.clone());
            choices.insert(choices.len() - 2, deliver);
        }
        let afterwards = settings.texts.interview.afterwards.start.clone();
        choices.insert(choices.len() - 2, (Choice::Afterwards, afterwards));
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
        Err(Left::Back) => return Round::Again,
        Err(Left::Quit) => return Round::End(ExitCode::Ok),
        Err(Left::Ended) => return Round::End(ExitCode::NothingToDo),
    };
    let done = match (chosen, workplace.take()) {
        (Some(Choice::Resume), Some(mut workplace)) => {
            interview::resume(&mut workplace, None, settings, surroundings)
        }
        (Some(Choice::Interview), Some(workplace)) => {
            interview::begin(workplace, None, settings, surroundings)
        }
        (Some(Choice::Practice), Some(workplace)) => {
            practice::at(workplace, None, Start::Home, settings, surroundings)
        }
        (Some(Choice::Practice), None) => practice::begin(None, Start::Home, settings, surroundings),
        (Some(Choice::Deliver), Some(mut workplace)) => deliver::ask(&mut workplace, settings, surroundings),
        (Some(Choice::Afterwards), Some(workplace)) => {
            interview::enter_afterwards(workplace, settings, surroundings)
        }
        (Some(Choice::Settings), _) => {
            return match line_settings::change(settings, surroundings) {
                Ok(changed) => Round::With(Box::new(changed)),
                Err(Left::Ended) => Round::End(ExitCode::NothingToDo),
                Err(Left::Back | Left::Quit) => Round::Again,
            };
        }
        (Some(Choice::Quit), _) => return Round::End(ExitCode::Ok),
        _ => return Round::End(ExitCode::NothingToDo),
    };
    match done {
        ExitCode::Ok => Round::Again,
        done => Round::End(done),
    }
}
