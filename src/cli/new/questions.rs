//! Asking what was not given, one question a line; "tilbake" goes back.

use crate::cli::exit_code::ExitCode;
use crate::cli::linear::vocabulary::{Vocabulary, Word};
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::founding::{Field, Form};
use crate::fieldwork::founding::Founder;
use crate::fieldwork::survey_file;
use crate::texts::fill;
use crate::tui::founding::offered_about;

/// Asks for every field that was not given.
///
/// # Errors
/// How the run ends when no more answers come.
pub(super) fn ask(
    founder: &mut Founder,
    round: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let vocabulary = Vocabulary::load(settings.language()).map_err(|_| ExitCode::Unexpected)?;
    let asked: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| !founder.wanted().has(*field))
        .collect();
    surroundings.output.note(&words.intro);
    let mut place = 0;
    while let Some(field) = asked.get(place).copied() {
        if !founder.wanted().applies(field) {
            place += 1;
            continue;
        }
        let usual = founder.usual(field, round);
        for line in lines(field, &usual, settings) {
            surroundings.output.note(&line);
        }
        surroundings.output.note_part("> ");
        let Some(line) = surroundings.read_line() else {
            surroundings.output.note("");
            surroundings.output.note(&words.ended);
            return Err(ExitCode::NothingToDo);
        };
        if !surroundings.stdin_is_terminal {
            surroundings.output.note(&line);
        }
        if vocabulary.word(&line) == Some(Word::Back) {
            let before = (0..place).rev().find(|at| {
                asked
                    .get(*at)
                    .is_some_and(|field| founder.wanted().applies(*field))
            });
            match before {
                Some(before) => place = before,
                None => surroundings.output.note(&words.first_question),
            }
            continue;
        }
        let said = line.trim();
        let answer = match (field, said) {
            (Field::Folder, "") => usual.as_str(),
            _ => said,
        };
        match founder.take(field, answer, round) {
            Ok(()) => place += 1,
            Err(unfit) => surroundings.output.note(&settings.texts.unfit(&unfit)),
        }
    }
    Ok(())
}

fn lines(field: Field, usual: &str, settings: &Settings) -> Vec<String> {
    let t = &settings.texts.founding;
    let asked = t.asked(field);
    let mut lines = vec![String::new(), asked.ask.clone(), asked.about.clone()];
    match field.form() {
        Form::One(names) => lines.extend(names.iter().map(|name| {
            let about = offered_about(name, &settings.texts);
            format!("  {name}: {about}")
        })),
        Form::Several if field == Field::Surveys => {
            let shipped = survey_file::all_shipped();
            lines.extend((1..).zip(&shipped).map(|(place, found): (usize, _)| {
                format!("{place}. {}", found.survey.parts().title.get(settings.language()))
            }));
        }
        _ => {}
    }
    let usual = if field == Field::Surveys { "1" } else { usual };
    if !usual.is_empty() {
        lines.push(fill(&t.usual, &[("default", usual)]));
    } else if !field.is_needed() {
        lines.push(t.press_enter.clone());
    }
    lines
}
