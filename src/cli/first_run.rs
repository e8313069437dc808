//! The three questions of the first run, line by line. Each has a default, so that Enter three times is enough.

use crate::domain::language::Language;
use crate::store::preferences::Preference;
use crate::texts::{Texts, fill};
use crate::tui::first_run::Question;

use super::choose::{Left, choose};
use super::configuration::{Configuration, keep};
use super::exit_code::ExitCode;
use super::practice;
use super::settings::Settings;
use super::start;
use super::surroundings::Surroundings;
use super::trouble;

/// Asks, keeps the answers, and offers to practise.
pub(super) fn line_by_line(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let mut settings = settings.clone();
    let mut answers: Vec<Preference> = Vec::new();
    while let Some(question) = Question::ALL.get(answers.len()).copied() {
        let ask = question.ask(&settings.texts);
        let choices = question.choices(&settings.texts);
        let heading = (answers.len() + 1).to_string();
        let ask = format!(
            "{}. {ask}",
            fill(&settings.texts.settings.first_heading, &[("number", &heading)])
        );
        let names: Vec<String> = choices
            .iter()
            .map(|choice| format!("{} {}", choice.name, choice.aside).trim().to_owned())
            .collect();
        let usual = match question {
            Question::Language => Language::ALL
                .iter()
                .position(|language| *language == settings.texts.language()),
            Question::Role => Some(0),
            // Whoever comes here line by line wants it so.
            Question::Text => choices
                .iter()
                .position(|choice| choice.preference == Preference::Linear(true)),
        };
        match choose(&ask, &names, usual.or(Some(0)), &settings, surroundings) {
            Ok(place) => {
                let Some(preference) = choices.get(place).map(|choice| choice.preference) else {
                    continue;
                };
                if let Preference::Language(language) = preference
                    && let Ok(texts) = Texts::load(language)
                {
                    settings.texts = texts;
                }
                answers.push(preference);
            }
            Err(Left::Back) => {
                answers.pop();
            }
            Err(Left::Quit) => return ExitCode::Ok,
            Err(Left::Ended) => return ExitCode::NothingToDo,
        }
    }
    let path = settings.configuration.path.clone();
    let kept = answers
        .into_iter()
        .try_for_each(|answer| keep(&path, answer, &settings.texts));
    if let Err(failed) = kept {
        let why = trouble::sentence(failed, &settings.texts);
        let said = fill(&settings.texts.settings.not_kept, &[("why", why)]);
        surroundings.output.line(&said);
    }
    settings.configuration = Configuration::load(surroundings);
    let words = &settings.texts.settings;
    surroundings.output.line(&words.first_later);
    surroundings.output.line(&words.practise_about);
    let offer = [words.practise_yes.clone(), words.practise_no.clone()];
    match choose(&words.practise_title, &offer, Some(0), &settings, surroundings) {
        Ok(0) => practice::hold(None, &settings, surroundings),
        Ok(_) | Err(Left::Back) => start::go_on(&settings, surroundings),
        Err(Left::Quit) => ExitCode::Ok,
        Err(Left::Ended) => ExitCode::NothingToDo,
    }
}
