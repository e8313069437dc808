//! The preview line by line: what the checker says, everything as it is read out, and one question tried at a time.

use std::sync::Arc;

use crate::cli::choose::{Left, choose};
use crate::cli::diagnostics::{Form, check_files};
use crate::cli::exit_code::ExitCode;
use crate::cli::linear::asking::{item_lines, question_lines, read_aloud};
use crate::cli::practice::{converse, language_for};
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::survey::Survey;
use crate::fieldwork::preview::{at, begin};
use crate::texts::Texts;

use super::followed::Followed;

/// Says everything there is to say, then lets questions be tried as long as somebody is there.
pub(super) fn preview(
    file: &mut Followed,
    group: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let mut last: Option<Arc<Survey>> = None;
    loop {
        if let Some(read) = file.look(&settings.texts) {
            last = read.survey.or(last);
        }
        let checked = check_files(&[file.input()], &settings.texts, Form::Plain);
        if checked.exit_code != ExitCode::Ok {
            surroundings.output.note(&checked.output);
        }
        let asks = surroundings.stdin_is_terminal && !settings.no_input;
        let Some(survey) = last.clone().filter(|_| asks || checked.exit_code == ExitCode::Ok) else {
            return checked.exit_code;
        };
        let language = language_for(&survey, settings);
        let session = begin(&survey, language, group);
        let interview = session.interview();
        let questions = interview.route().questions.clone();
        say(interview, &questions, &settings.texts, surroundings);
        if !asks {
            return checked.exit_code;
        }
        surroundings.output.line("");
        let words = &settings.texts.preview;
        let mut names = vec![words.read_again.clone()];
        names.extend(questions.iter().map(|id| {
            let question = interview.survey().question(id);
            question.map_or_else(String::new, |question| {
                question.text.get(language).replace('\n', " ")
            })
        }));
        match choose(&words.which, &names, Some(0), settings, surroundings) {
            Ok(0) => {}
            Ok(place) => {
                if let Some(id) = questions.get(place - 1) {
                    converse(at(&survey, language, group, id), &[], true, surroundings);
                }
            }
            Err(Left::Back | Left::Quit) => return ExitCode::Ok,
            Err(Left::Ended) => return checked.exit_code,
        }
    }
}

/// Says what is read out before the questions, and every question.
fn say(interview: &Interview, questions: &[Id], texts: &Texts, surroundings: &mut Surroundings) {
    let language = interview.language();
    let consent = &interview.survey().parts().consent;
    let mut lines = read_aloud(interview, consent.read_aloud.get(language), texts);
    for point in &consent.points {
        lines.extend(read_aloud(interview, point.text.get(language), texts));
    }
    let mut section = None;
    for id in questions {
        let its = interview.survey().section_of(id).map(|section| &section.id);
        lines.push(String::new());
        lines.extend(question_lines(interview, id, its != section, texts));
        section = its;
        for (place, item) in interview.items_asked(id).iter().enumerate() {
            lines.extend(item_lines(interview, &item.key(), place == 0, texts));
        }
    }
    for line in lines {
        surroundings.output.line(&line);
    }
}
