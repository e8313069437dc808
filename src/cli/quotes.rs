//! `stemme quotes`: quotes, which of them are ready for a report, and their review.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::quote::NoQuote;
use crate::domain::survey::report_plan::Limit;
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{MayQuote, Workbench};
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::coding::quotes::{not_quotable, problem, reason, rejected};

use super::arguments::bare;
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing;
use super::surroundings::Surroundings;
use super::workbench::{self, answer_name, given, keep, numbered, record, text, theme};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.quotes);
    let quote = || given("quote", &shared.number_value, &words.quote);
    let under =
        || super::arguments::value("theme", "theme", &shared.theme_value, &words.theme).required(true);
    bare("quotes")
        .about(words.about.clone())
        .args(workbench::shared(texts))
        .subcommand(
            bare("mark")
                .visible_alias("merk")
                .about(words.mark_about.clone())
                .args([
                    given("answer", &shared.answer_value, &texts.workbench.code.answer),
                    given("words", &shared.words_value, &words.mark_words),
                    under(),
                ]),
        )
        .subcommand(
            bare("fit")
                .visible_alias("godkjenn")
                .about(words.fit_about.clone())
                .arg(quote()),
        )
        .subcommand(
            bare("unfit")
                .visible_alias("avvis")
                .about(words.unfit_about.clone())
                .arg(quote()),
        )
        .subcommand(
            bare("reword")
                .visible_alias("omskriv")
                .about(words.reword_about.clone())
                .args([quote(), given("words", &shared.words_value, &words.reword_words)]),
        )
        .subcommand(
            bare("move")
                .visible_alias("flytt")
                .about(words.move_about.clone())
                .args([quote(), under()]),
        )
        .subcommand(
            bare("drop")
                .visible_alias("fjern")
                .about(words.drop_about.clone())
                .arg(quote()),
        )
}

/// Does what was asked for; without a subcommand shows the quotes.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match quotes(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn quotes(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.quotes;
    let (workplace, mut bench) = workbench::open(matches, settings, surroundings)?;
    let Some((what, of)) = matches.subcommand() else {
        let code = list(&workplace, &bench, matches, settings, surroundings);
        bench.wait();
        return code;
    };
    let all: Vec<Stamp> = bench.quotes().into_iter().map(|facts| facts.quote).collect();
    let own = |surroundings: &mut Surroundings| {
        numbered(
            &all,
            text(of, "quote").unwrap_or_default(),
            settings,
            surroundings,
        )
    };
    let under = |bench: &Workbench, surroundings: &mut Surroundings| {
        theme(
            bench,
            text(of, "theme").unwrap_or_default(),
            settings,
            surroundings,
        )
    };
    match what {
        "mark" => {
            let under = under(&bench, surroundings)?;
            let name = text(of, "answer").unwrap_or_default();
            let answer = workbench::answer(&bench, name, settings, surroundings)?;
            let said = text(of, "words").unwrap_or_default();
            let place = bench.answer(&answer).and_then(|answer| answer.place_of(said));
            let marked = place.and_then(|place| bench.mark_quote(&answer, place, &under));
            if marked.is_none() {
                let said = fill(&settings.texts.workbench.no_words, &[("words", said)]);
                surroundings.output.error("no_words", &said);
                return Err(ExitCode::Usage);
            }
        }
        "fit" => {
            let quote = own(surroundings)?;
            surroundings.output.note(&words.fit_careful);
            bench.review_quote(&quote, true);
        }
        "unfit" => bench.review_quote(&own(surroundings)?, false),
        "reword" => {
            let quote = own(surroundings)?;
            let facts = bench.quotes().into_iter().find(|facts| facts.quote == quote);
            // Words that may stand as they were said could never stand again.
            if facts.is_some_and(|facts| facts.may_quote != MayQuote::InOtherWords) {
                surroundings.output.error("not_to_reword", &words.not_to_reword);
                return Err(ExitCode::Refused);
            }
            bench.reword_quote(&quote, text(of, "words").unwrap_or_default());
        }
        "move" => {
            let (quote, under) = (own(surroundings)?, under(&bench, surroundings)?);
            bench.move_quote(&quote, &under);
        }
        _ => bench.drop_quote(&own(surroundings)?),
    }
    keep(&mut bench, settings, surroundings)?;
    if what == "mark" {
        let number = bench.quotes().len().to_string();
        let quote = bench.quotes().pop();
        let answer = quote.as_ref().and_then(|facts| bench.answer(&facts.answer));
        let never = answer.and_then(|answer| not_quotable(answer, &settings.texts.workbench.voices));
        let says = match never {
            Some(why) => fill(&words.marked_in_vain, &[("number", &number), ("why", &why)]),
            None => fill(&words.marked, &[("number", &number)]),
        };
        surroundings.output.line(&says);
    }
    Ok(ExitCode::Ok)
}

fn list(
    workplace: &Workplace,
    bench: &Workbench,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let texts = &settings.texts.workbench;
    let words = &texts.quotes;
    let all = bench.quotes();
    if all.is_empty() && !matches.get_flag("json") {
        surroundings.output.note(&words.none);
        return Ok(ExitCode::NothingToDo);
    }
    let mut json_of: Vec<Value> = Vec::new();
    for (number, facts) in (1_u32..).zip(&all) {
        let survey = bench.surveys().iter().find(|survey| *survey.id() == facts.survey);
        let needed = match survey {
            Some(survey) => {
                let choice = &workplace.evaluation().disclosure;
                showing::limits(choice, survey, settings, surroundings)?.limit(Limit::QuoteReviewers)
            }
            None => 1,
        };
        let problem = problem(facts, needed);
        let says = match (rejected(facts, &texts.voices), problem) {
            (Some(rejected), None | Some(NoQuote::MayGiveAway)) => rejected,
            (Some(rejected), Some(why)) => format!("{rejected} {}", reason(why, &texts.voices)),
            (None, Some(why)) => reason(why, &texts.voices),
            (None, None) => words.ready.clone(),
        };
        let name = answer_name(bench, &facts.answer);
        let theme = bench.book().theme(&facts.theme);
        let theme = theme.map_or_else(String::new, |theme| bench.theme_name(theme, settings.language()));
        if matches.get_flag("json") {
            json_of.push(json!({
                "number": number,
                "answer": name,
                "theme": facts.theme,
                "words": facts.words,
                "rewritten": facts.is_rewritten,
                "ready": problem.is_none(),
                "says": says,
                "reviewers": facts.reviewers,
                "rejected_by": facts.rejected_by,
                "needed": needed,
            }));
        } else if matches.get_flag("plain") {
            let ready = if problem.is_none() { "ready" } else { "not_ready" };
            let fields = [
                &number.to_string(),
                &name,
                facts.theme.as_str(),
                ready,
                facts.words.as_str(),
            ];
            record(&fields, surroundings);
        } else {
            let values = [("words", facts.words.as_str()), ("theme", theme.as_str())];
            let line = fill(&texts.voices.quote, &values);
            surroundings.output.line(&format!("{number}. {line}"));
            surroundings.output.line(&format!("   {name}  {says}"));
        }
    }
    if matches.get_flag("json") {
        workbench::list("quotes", json_of, surroundings);
    }
    Ok(ExitCode::Ok)
}
