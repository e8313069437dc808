//! `stemme compare`: rounds side by side, of what was shown of each.

use clap::{Arg, ArgMatches, Command};

use crate::disclosure::tested::Adjustment;
use crate::domain::id::Id;
use crate::domain::workbook::Workbook;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workbench::ReadWorkbook;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{self, People, Sources};
use crate::report::document::Document;
use crate::texts::{Texts, fill};

use super::arguments::{bare, round, switch, value, variable};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing::rounds::shown_by_round;
use super::surroundings::Surroundings;
use super::{evaluation, results, showing};

mod perspectives;

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (words, shared) = (&texts.compare, &texts.results.command);
    bare("compare")
        .about(words.about.clone())
        .arg(
            Arg::new("item")
                .value_name(shared.item_value.clone())
                .help(shared.item.clone()),
        )
        .arg(value("by", "by", &shared.by_value, &words.by).value_parser(variable))
        .arg(
            value("tests", "tests", "holm|bh", &words.tests_flag)
                .value_parser(["holm", "bh"])
                .conflicts_with("by"),
        )
        .arg(
            switch("perspectives", "perspectives", &words.perspectives)
                .conflicts_with_all(["by", "tests", "item"]),
        )
        .arg(switch("plain", "plain", &shared.plain).conflicts_with("json"))
        .arg(switch("json", "json", &shared.json))
        .arg(round(texts))
}

/// Puts the rounds side by side.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match compare(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn compare(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.compare;
    let by = matches.get_one::<Id>("by");
    // Only what was shown is read; no interview is opened, so no passphrase is asked for.
    let workplace = evaluation::open_office(settings, surroundings)?;
    let ledger = showing::read_ledger(&workplace, settings, surroundings)?.ledger;
    if matches.get_flag("perspectives") {
        return Ok(perspectives::say(
            &workplace,
            &ledger,
            matches,
            settings,
            surroundings,
        ));
    }
    let book = what_was_done(&workplace, settings, surroundings);
    let evaluation = workplace.evaluation();
    let wanted = matches.get_one::<String>("item").map(String::as_str);
    let people = People::default();
    let mut documents: Vec<(&str, Document)> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    let mut is_comparable = false;
    for survey in workplace.surveys().as_read() {
        let states = shown_by_round(&ledger, evaluation, survey, by);
        let rounds = compose::titled(evaluation, &states, book.as_ref(), settings.language());
        for round in &rounds {
            if !shown.iter().any(|title| title == round.title) {
                shown.push(round.title.to_owned());
            }
        }
        let ((None, [_, .., last]) | (Some(_), [.., last])) = (by, rounds.as_slice()) else {
            continue;
        };
        is_comparable = true;
        let sources = Sources {
            published: last.published,
            people: &people,
            survey,
            evaluation,
            texts: &settings.texts,
        };
        let document = match by {
            None => compose::rounds(&sources, &rounds, wanted),
            Some(by) => compose::by_group(&sources, &rounds, by, wanted),
        };
        let adjustment = matches
            .get_one::<String>("tests")
            .map(|named| match named.as_str() {
                "bh" => Adjustment::BenjaminiHochberg,
                _ => Adjustment::Holm,
            });
        let document = document.map(|mut document| {
            if let Some(adjustment) = adjustment {
                compose::add_tests(&sources, &rounds, adjustment, &mut document);
            }
            document
        });
        documents.extend(document.map(|document| (survey.id().as_str(), document)));
    }
    if !is_comparable {
        let shown = match shown.as_slice() {
            [] => words.nobody.clone(),
            shown => shown.join(", "),
        };
        let said = fill(&words.too_few_rounds, &[("rounds", &shown)]);
        surroundings.output.error("too_few_rounds", &said);
        return Err(ExitCode::NothingToDo);
    }
    if let Some(by) = by.filter(|_| documents.is_empty() && wanted.is_none()) {
        let said = fill(&settings.texts.release.by_not_shown, &[("by", by.as_str())]);
        surroundings.output.error("by_not_shown", &said);
        return Err(ExitCode::Refused);
    }
    if documents.is_empty() {
        let words = &settings.texts.results.command.no_item;
        let said = fill(words, &[("item", wanted.unwrap_or_default())]);
        surroundings.output.error("no_item", &said);
        return Err(ExitCode::Usage);
    }
    Ok(results::write(matches, &documents, settings, surroundings))
}

/// What the coordinators have written, for what was done between the rounds; nothing where somebody would have to type a
/// passphrase for it.
fn what_was_done(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Option<Workbook> {
    if workplace.needs_secret() && settings.passphrase_file.is_none() {
        return None;
    }
    let keys = evaluation::coordinator(workplace, settings, surroundings).ok()?;
    let read = ReadWorkbook::read(workplace, &keys.identities()).ok()?;
    Some(read.book)
}

#[cfg(test)]
mod tests;
