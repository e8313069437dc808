//! `stemme` by itself: the start screen, or its questions line by line.

use crate::fieldwork::desk::Desk;
use crate::texts::fill;
use crate::tui::Start;

use super::choose::choose;
use super::deliver;
use super::evaluation::{is_there, open};
use super::exit_code::ExitCode;
use super::interview;
use super::practice;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::usage;

/// What can be begun with.
#[derive(Clone, Copy)]
enum Choice {
    Resume,
    Interview,
    Practice,
    Deliver,
}

/// Opens the start screen; without a terminal, a few lines of help.
pub fn run(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let somebody_types =
        surroundings.stdin_is_terminal && surroundings.stdout_is_terminal && !settings.no_input;
    if !somebody_types {
        usage::short(&settings.texts, surroundings);
        return ExitCode::Usage;
    }
    if !is_there(settings, surroundings) {
        return practice::begin(None, Start::Home, settings, surroundings);
    }
    let mut workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    if screens::wanted(settings, surroundings) {
        return screens::show(Box::new(workplace), Start::Home, settings, surroundings);
    }
    let words = &settings.texts.command;
    let mut choices = vec![
        (Choice::Interview, words.interview.about.clone()),
        (Choice::Practice, words.practice.about.clone()),
    ];
    if !workplace.drafts().is_empty() {
        choices.insert(0, (Choice::Resume, words.interview.resume.clone()));
    }
    if workplace.waiting().is_some() {
        choices.push((Choice::Deliver, settings.texts.handover.deliver.about.clone()));
    }
    if let Some(key_words) = workplace.key_words() {
        let said = fill(&settings.texts.handover.key_words, &[("words", &key_words)]);
        surroundings.output.line(&said);
    }
    let names: Vec<String> = choices.iter().map(|(_, name)| name.clone()).collect();
    let chosen = choose(&words.start, &names, settings, surroundings).and_then(|place| choices.get(place));
    match chosen {
        Some((Choice::Resume, _)) => interview::resume(&mut workplace, settings, surroundings),
        Some((Choice::Interview, _)) => interview::begin(workplace, None, settings, surroundings),
        Some((Choice::Practice, _)) => practice::at(workplace, None, Start::Home, settings, surroundings),
        Some((Choice::Deliver, _)) => deliver::ask(&mut workplace, settings, surroundings),
        None => ExitCode::NothingToDo,
    }
}
