//! `stemme findings`: what was found, in the coordinators' words, and what the dialogue conference made of it.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::workbook::finding::{Finding, Standing};
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{NewFinding, Workbench};
use crate::report::compose;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::findings::names;

use super::arguments::{bare, switch, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing::{self, Asked};
use super::surroundings::Surroundings;
use super::workbench::{self, given, numbered, record, several, stamp_name, text, texts_of, themes};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.findings);
    let placeholder = &texts.command.value;
    let finding = || given("finding", &shared.number_value, &words.finding);
    let about = || {
        [
            value("area", "area", &words.area_value, &words.area),
            value("for", "for", &placeholder.text, &words.addressee),
            several("item", &texts.workbench.answers.item_value, &words.item),
            several("theme", &shared.theme_value, &words.theme),
        ]
    };
    let standings = Standing::ALL.map(Standing::code);
    bare("findings")
        .about(words.about.clone())
        .args(workbench::shared(texts))
        .arg(switch("suggest", "suggest", &words.suggest))
        .subcommand(
            bare("new")
                .visible_alias("nytt")
                .about(words.new_about.clone())
                .arg(given("text", &placeholder.text, &words.text))
                .args(about()),
        )
        .subcommand(
            bare("edit")
                .visible_alias("endre")
                .about(words.edit_about.clone())
                .arg(finding())
                .arg(value("text", "text", &placeholder.text, &words.text))
                .args(about()),
        )
        .subcommand(
            bare("move")
                .visible_alias("flytt")
                .about(words.before_about.clone())
                .arg(finding())
                .arg(value("before", "before", &shared.number_value, &words.before)),
        )
        .subcommand(
            bare("stands")
                .visible_alias("star")
                .about(words.stands_about.clone())
                .arg(finding())
                .arg(given("standing", &standings.join("|"), &words.standing).value_parser(standings)),
        )
        .subcommand(
            bare("answer")
                .visible_alias("svar")
                .about(words.answer_about.clone())
                .arg(finding())
                .arg(given("text", &placeholder.text, &words.answer_text)),
        )
        .subcommand(
            bare("said")
                .visible_alias("sagt")
                .about(words.said_about.clone())
                .arg(given("text", &placeholder.text, &words.said_text))
                .arg(value(
                    "finding",
                    "finding",
                    &shared.number_value,
                    &words.said_finding,
                )),
        )
        .subcommand(
            bare("drop")
                .visible_alias("fjern")
                .about(words.drop_about.clone())
                .arg(finding()),
        )
}

/// Does what was asked for; without a subcommand shows the findings.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    workbench::listed_or_changed(
        matches,
        settings,
        surroundings,
        |_, bench, surroundings| {
            let code = list(bench, matches, settings, surroundings);
            if matches.get_flag("suggest") {
                suggest(settings, surroundings)
            } else {
                Ok(code)
            }
        },
        |what, of, bench, surroundings| {
            let written = ["text", "for"].into_iter().filter_map(|name| text(of, name));
            let own = bench.own_words();
            for warning in written.filter_map(|written| names::warning(written, own, &settings.texts)) {
                surroundings.output.note(&warning);
            }
            change(what, of, bench, settings, surroundings)
        },
    )
}

/// The stamps of the findings of the open round, in the order they are told.
pub(super) fn stamps(bench: &Workbench) -> Vec<Stamp> {
    let round = bench.round().cloned();
    let own = round.iter().flat_map(|round| bench.findings_of(round));
    own.map(|(stamp, _)| stamp.clone()).collect()
}

fn change(
    what: &str,
    of: &ArgMatches,
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench.findings;
    let all = stamps(bench);
    let given = |name: &str| text(of, name).unwrap_or_default();
    let clean = |name: &str| CleanText::block(given(name).trim());
    let empty = |surroundings: &mut Surroundings| {
        surroundings.output.error("empty", &words.empty);
        ExitCode::Usage
    };
    match what {
        "new" => {
            let (dimension, items, themes) = about(of, bench, settings, surroundings)?;
            let new = NewFinding {
                text: clean("text"),
                dimension,
                addressee: CleanText::line(given("for").trim()),
                items: items.unwrap_or_default(),
                themes: themes.unwrap_or_default(),
            };
            bench.write_finding(new).ok_or_else(|| empty(surroundings))?;
        }
        "said" => {
            let about = match text(of, "finding") {
                Some(number) => Some(numbered(&all, number, settings, surroundings)?),
                None => None,
            };
            bench
                .was_said(about, clean("text"))
                .ok_or_else(|| empty(surroundings))?;
        }
        _ => {
            let finding = numbered(&all, given("finding"), settings, surroundings)?;
            match what {
                "edit" => edit(of, &finding, bench, settings, surroundings)?,
                "move" => {
                    let before = match text(of, "before") {
                        Some(number) => Some(numbered(&all, number, settings, surroundings)?),
                        None => None,
                    };
                    bench.tell_before(&finding, before);
                }
                "stands" => {
                    let named = given("standing");
                    let standing = Standing::ALL.into_iter().find(|known| known.code() == named);
                    bench.finding_stands(&finding, standing.unwrap_or_default());
                }
                "answer" => bench.service_answers(&finding, clean("text")),
                _ => bench.drop_finding(&finding),
            }
        }
    }
    Ok(())
}

fn edit(
    of: &ArgMatches,
    finding: &Stamp,
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let (dimension, items, themes) = about(of, bench, settings, surroundings)?;
    let Some(was) = bench.book().finding(finding).cloned() else {
        return Ok(());
    };
    if let Some(words) = text(of, "text") {
        bench.reword_finding(finding, CleanText::block(words.trim()));
    }
    if let Some(addressee) = text(of, "for") {
        bench.finding_is_for(finding, CleanText::line(addressee.trim()));
    }
    if dimension.is_some() || items.is_some() || themes.is_some() {
        bench.finding_is_about(
            finding,
            dimension.or(was.dimension),
            items.unwrap_or(was.items),
            themes.unwrap_or(was.themes),
        );
    }
    Ok(())
}

/// The area, the questions and the themes that were named; nothing for those that were not.
fn about(
    of: &ArgMatches,
    bench: &Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(Option<Id>, Option<Vec<ItemKey>>, Option<Vec<Id>>), ExitCode> {
    let words = &settings.texts.workbench.findings;
    let mut areas: Vec<&Id> = Vec::new();
    for (id, _) in bench
        .surveys()
        .iter()
        .flat_map(|survey| &survey.parts().dimensions)
    {
        if !areas.contains(&id) {
            areas.push(id);
        }
    }
    let area = match text(of, "area") {
        None => None,
        Some(name) => match areas.iter().find(|id| id.as_str() == name) {
            Some(id) => Some((*id).clone()),
            None => {
                let known: Vec<&str> = areas.iter().map(|id| id.as_str()).collect();
                let values = [("area", name), ("known", &*known.join(", "))];
                surroundings
                    .output
                    .error("no_area", &fill(&words.no_area, &values));
                return Err(ExitCode::Usage);
            }
        },
    };
    let mut items = Vec::new();
    for name in texts_of(of, "item") {
        let key: Option<ItemKey> = name.parse().ok();
        let known = |key: &ItemKey| bench.surveys().iter().any(|survey| survey.item(key).is_some());
        match key.filter(known) {
            Some(key) => items.push(key),
            None => {
                let said = fill(&words.no_item, &[("item", name)]);
                surroundings.output.error("no_item", &said);
                return Err(ExitCode::Usage);
            }
        }
    }
    let named = themes(bench, &texts_of(of, "theme"), settings, surroundings)?;
    let some = |given: bool| given.then_some(());
    let items = some(of.contains_id("item")).map(|()| items);
    let themes = some(of.contains_id("theme")).map(|()| named);
    Ok((area, items, themes))
}

fn list(
    bench: &Workbench,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.workbench.findings;
    let round = bench.round().cloned();
    let all: Vec<(&Stamp, &Finding)> = round.iter().flat_map(|round| bench.findings_of(round)).collect();
    let said = |finding: Option<&Stamp>| -> Vec<String> {
        let own = round.iter().flat_map(|round| bench.statements_of(round));
        own.filter(|(_, said)| said.finding.as_ref() == finding)
            .map(|(_, said)| said.text.to_string())
            .collect()
    };
    if matches.get_flag("json") {
        let of = |(number, (stamp, finding)): (u32, &(&Stamp, &Finding))| {
            let items: Vec<String> = finding.items.iter().map(ToString::to_string).collect();
            json!({
                "number": number,
                "finding": stamp_name(stamp),
                "text": finding.text,
                "area": finding.dimension,
                "for": finding.addressee,
                "items": items,
                "themes": finding.themes,
                "stands": finding.standing.code(),
                "answer": finding.answer,
                "said": said(Some(*stamp)),
            })
        };
        let all: Vec<Value> = (1..).zip(&all).map(of).collect();
        let json = json!({ "format": 1, "findings": all, "said": said(None) });
        surroundings.output.line(&json.to_string());
        return ExitCode::Ok;
    }
    if all.is_empty() {
        surroundings.output.note(&words.none);
        return ExitCode::NothingToDo;
    }
    let paper = &settings.texts.paper;
    for (number, (stamp, finding)) in (1_u32..).zip(&all) {
        let number = number.to_string();
        if matches.get_flag("plain") {
            let fields = [
                number.as_str(),
                finding.standing.code(),
                finding.addressee.as_str(),
                finding.text.as_str(),
                finding.answer.as_str(),
            ];
            record(&fields, surroundings);
            continue;
        }
        surroundings.output.line(&format!("{number}. {}", finding.text));
        let mut about = vec![paper.work.standing(finding.standing).to_owned()];
        if !finding.addressee.is_blank() {
            let addressee = finding.addressee.as_str();
            about.push(fill(&paper.work.addressee, &[("addressee", addressee)]));
        }
        about.extend(said(Some(*stamp)));
        if !finding.answer.is_blank() {
            about.push(format!("{}: {}", paper.conference_service, finding.answer));
        }
        for line in about {
            surroundings.output.line(&format!("   {line}"));
        }
    }
    ExitCode::Ok
}

/// Sentences made from what was shown before.
fn suggest(settings: &Settings, surroundings: &mut Surroundings) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.findings;
    let shown = showing::shown(&Asked::default(), settings, surroundings)?;
    surroundings.output.line("");
    surroundings.output.line(&words.suggestions);
    for part in &shown.parts {
        if let Some(sources) = shown.sources(part, &settings.texts).next() {
            for (item, sentence) in compose::suggestions(&sources) {
                surroundings.output.line(&format!("[{item}] {sentence}"));
            }
        }
    }
    Ok(ExitCode::Ok)
}
