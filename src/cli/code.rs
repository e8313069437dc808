//! `stemme code`: one open answer tagged with themes, words in it replaced, and the last step taken back.

use clap::{Arg, ArgMatches, Command};

use crate::domain::workbook::AnswerRef;
use crate::fieldwork::workbench::Workbench;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::workbench::{self, keep, several, text, texts_of, themes};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.code);
    bare("code")
        .about(words.about.clone())
        .arg(
            Arg::new("answer")
                .value_name(shared.answer_value.clone())
                .help(words.answer.clone())
                .required_unless_present_any(["undo", "redo"]),
        )
        .arg(several("theme", &shared.theme_value, &words.theme))
        .arg(several("not", &shared.theme_value, &words.not))
        .arg(value("bracket", "bracket", &shared.words_value, &words.bracket).requires("as"))
        .arg(value("as", "as", &shared.words_value, &words.word).requires("bracket"))
        .arg(value(
            "unbracket",
            "unbracket",
            &shared.words_value,
            &words.unbracket,
        ))
        .arg(several("no-name", &shared.words_value, &words.no_name))
        .arg(switch("undo", "undo", &words.undo).conflicts_with_all(["answer", "redo"]))
        .arg(switch("redo", "redo", &words.redo).conflicts_with("answer"))
        .args(workbench::shared(texts))
}

/// Codes an answer.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match code(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn code(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let shared = &settings.texts.workbench;
    let (_, mut bench) = workbench::open(matches, settings, surroundings)?;
    for (flag, said) in [("undo", &shared.undone), ("redo", &shared.redone)] {
        if matches.get_flag(flag) {
            let done = if flag == "undo" {
                bench.undo()
            } else {
                bench.redo()
            };
            if !done {
                surroundings
                    .output
                    .error("nothing_to_undo", &shared.nothing_to_undo);
                return Err(ExitCode::NothingToDo);
            }
            keep(&mut bench, settings, surroundings)?;
            surroundings.output.line(said);
            return Ok(ExitCode::Ok);
        }
    }
    let name = text(matches, "answer").unwrap_or_default();
    let answer = workbench::answer(&bench, name, settings, surroundings)?;
    change(matches, &answer, &mut bench, settings, surroundings)?;
    keep(&mut bench, settings, surroundings)?;
    say(&bench, &answer, settings, surroundings);
    Ok(ExitCode::Ok)
}

/// Everything is looked up before anything is done, so that a mistake in one place changes nothing.
fn change(
    matches: &ArgMatches,
    answer: &AnswerRef,
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let on = themes(bench, &texts_of(matches, "theme"), settings, surroundings)?;
    let off = themes(bench, &texts_of(matches, "not"), settings, surroundings)?;
    let place = |words: &str, bench: &Workbench, surroundings: &mut Surroundings| {
        let found = bench.answer(answer).and_then(|answer| answer.place_of(words));
        found.ok_or_else(|| no_words(words, settings, surroundings))
    };
    let bracket = match text(matches, "bracket") {
        Some(words) => Some(place(words, bench, surroundings)?),
        None => None,
    };
    let mut no_names = Vec::new();
    for words in texts_of(matches, "no-name") {
        let at = place(words, bench, surroundings)?;
        // As the search found it: a part of it would not be known again.
        let found = bench.answer(answer).and_then(|answer| {
            let suggestions = answer.suggestions.iter();
            suggestions.map(|found| found.place).find(|found| found.meets(at))
        });
        no_names.push(found.unwrap_or(at));
    }
    let unbracket = match text(matches, "unbracket") {
        Some(word) => {
            let word = word.trim().trim_matches(['[', ']']);
            let brackets = bench.book().brackets_of(answer);
            let own = brackets.iter().find(|(_, bracket)| bracket.word.as_str() == word);
            let own = own.map(|(stamp, _)| (*stamp).clone());
            Some(own.ok_or_else(|| no_words(word, settings, surroundings))?)
        }
        None => None,
    };
    for theme in on {
        if !bench.book().themes_by(bench.coder(), answer).contains(&theme) {
            bench.toggle(answer, &theme);
        }
    }
    for theme in off {
        if bench.book().themes_by(bench.coder(), answer).contains(&theme) {
            bench.toggle(answer, &theme);
        }
    }
    if let Some(place) = bracket {
        bench.bracket(answer, place, text(matches, "as").unwrap_or_default());
    }
    if let Some(bracket) = unbracket {
        bench.unbracket(&bracket);
    }
    for place in no_names {
        bench.no_name(answer, place);
    }
    bench.gone_through(answer);
    Ok(())
}

fn no_words(words: &str, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let said = fill(&settings.texts.workbench.no_words, &[("words", words)]);
    surroundings.output.error("no_words", &said);
    ExitCode::Usage
}

fn say(bench: &Workbench, answer: &AnswerRef, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.workbench.code;
    let themes: Vec<String> = bench
        .themes_seen(answer)
        .into_iter()
        .filter_map(|theme| bench.book().theme(theme))
        .map(|theme| bench.theme_name(theme, settings.language()))
        .collect();
    if themes.is_empty() {
        surroundings.output.line(&words.now_none);
    } else {
        let said = fill(&words.now, &[("themes", &themes.join(", "))]);
        surroundings.output.line(&said);
    }
}
