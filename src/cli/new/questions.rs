//! Asking what was not given, one question a line; "tilbake" goes back.

use crate::cli::exit_code::ExitCode;
use crate::cli::linear::vocabulary::{Vocabulary, Word};
use crate::cli::settings::Settings;
use crate::cli::shipped::SHIPPED;
use crate::cli::surroundings::Surroundings;
use crate::definition;
use crate::domain::language::Language;
use crate::texts::fill;

use super::field::Field;
use super::wanted::{Wanted, default_round};

/// Asks for every field that was not given.
///
/// # Errors
/// How the run ends when no more answers come.
pub(super) fn ask(
    wanted: &mut Wanted,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let vocabulary = Vocabulary::load(settings.language()).map_err(|_| ExitCode::Unexpected)?;
    let given = wanted.clone();
    let asked: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| !given.has(*field))
        .collect();
    surroundings.output.note(&words.intro);
    let mut place = 0;
    while let Some(field) = asked.get(place).copied() {
        if !wanted.applies(field) {
            place += 1;
            continue;
        }
        for line in lines(field, wanted, settings, surroundings) {
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
            let before = (0..place)
                .rev()
                .find(|at| asked.get(*at).is_some_and(|field| wanted.applies(*field)));
            match before {
                Some(before) => place = before,
                None => surroundings.output.note(&words.first_question),
            }
            continue;
        }
        match wanted.take(field, &line, settings, surroundings) {
            Ok(()) => place += 1,
            Err(said) => surroundings.output.note(&said),
        }
    }
    Ok(())
}

fn lines(field: Field, wanted: &Wanted, settings: &Settings, surroundings: &Surroundings) -> Vec<String> {
    let default = match field {
        Field::Round => default_round(settings, surroundings).title,
        Field::Languages => {
            let languages = wanted.languages();
            languages
                .iter()
                .map(|language| language.code())
                .collect::<Vec<_>>()
                .join(",")
        }
        Field::DeleteBy => wanted
            .delete_day(surroundings)
            .map(|day| day.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let mut lines = Vec::new();
    if field == Field::Surveys {
        lines.extend((1..).zip(SHIPPED).map(|(place, shipped): (usize, _)| {
            format!(
                "{place}. {}",
                title(shipped.bytes, settings.language()).unwrap_or(shipped.id.to_owned())
            )
        }));
    }
    lines.push(fill(field.question(&settings.texts), &[("default", &default)]));
    lines
}

fn title(bytes: &[u8], language: Language) -> Option<String> {
    let survey = definition::survey::open(bytes).value?;
    Some(survey.parts().title.get(language).to_owned())
}
