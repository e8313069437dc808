//! The three questions of the first run, line by line. Each has a default, so that Enter three times is enough.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Role, Spacing};
use crate::texts::{Texts, fill};

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
    while answers.len() < 3 {
        let (ask, rows, usual) = question(answers.len(), &settings.texts);
        let heading = (answers.len() + 1).to_string();
        let ask = format!(
            "{}. {ask}",
            fill(&settings.texts.settings.first_heading, &[("number", &heading)])
        );
        let names: Vec<String> = rows.iter().map(|(name, _)| name.clone()).collect();
        match choose(&ask, &names, Some(usual), &settings, surroundings) {
            Ok(place) => {
                let Some((_, preference)) = rows.into_iter().nth(place) else {
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

/// Returns a question, what can be answered, and the place of the default.
fn question(number: usize, texts: &Texts) -> (String, Vec<(String, Preference)>, usize) {
    let t = &texts.settings;
    let row = |name: &str, aside: &str, preference| (format!("{name} {aside}").trim().to_owned(), preference);
    match number {
        0 => {
            let rows = Language::ALL
                .into_iter()
                .map(|language| row(language.own_name(), "", Preference::Language(language)))
                .collect();
            let usual = Language::ALL
                .iter()
                .position(|language| *language == texts.language());
            (t.first_language.clone(), rows, usual.unwrap_or(0))
        }
        1 => (
            t.first_role.clone(),
            vec![
                row(&t.role_interviewer, "", Preference::Role(Role::Interviewer)),
                row(&t.role_coordinator, "", Preference::Role(Role::Coordinator)),
                row(&t.role_visitor, "", Preference::Role(Role::Visitor)),
            ],
            0,
        ),
        _ => (
            t.first_text.clone(),
            vec![
                row(&t.text_usual, "", Preference::Spacing(Spacing::Normal)),
                row(
                    &t.text_airy,
                    &t.text_airy_aside,
                    Preference::Spacing(Spacing::Airy),
                ),
                row(
                    &t.text_high,
                    &t.text_high_aside,
                    Preference::Contrast(Contrast::High),
                ),
                row(&t.text_linear, &t.text_linear_aside, Preference::Linear(true)),
            ],
            // Whoever comes here line by line wants it so.
            3,
        ),
    }
}
