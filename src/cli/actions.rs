//! `stemme actions`: what somebody will do, who, by when, and how far it has come.

use clap::{ArgMatches, Command};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::domain::clean_text::CleanText;
use crate::domain::workbook::finding::{Action, ActionStatus};
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{NewAction, Workbench};
use crate::texts::number::date;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::findings::names;

use super::arguments::{bare, value};
use super::exit_code::ExitCode;
use super::findings::stamps as findings;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::workbench::{self, given, numbered, record, stamp_name, text};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.actions);
    let placeholder = &texts.command.value;
    let action = || given("action", &shared.number_value, &words.action);
    let about = || {
        [
            value("owner", "owner", &placeholder.text, &words.owner),
            value("due", "due", &placeholder.date, &words.due),
        ]
    };
    let statuses = ActionStatus::ALL.map(ActionStatus::code);
    bare("actions")
        .about(words.about.clone())
        .args(workbench::shared(texts))
        .subcommand(
            bare("new")
                .visible_alias("nytt")
                .about(words.new_about.clone())
                .arg(given("text", &placeholder.text, &words.text))
                .arg(value("finding", "finding", &shared.number_value, &words.finding))
                .args(about()),
        )
        .subcommand(
            bare("edit")
                .visible_alias("endre")
                .about(words.edit_about.clone())
                .arg(action())
                .arg(value("text", "text", &placeholder.text, &words.text))
                .args(about()),
        )
        .subcommand(
            bare("status")
                .about(words.status_about.clone())
                .arg(action())
                .arg(given("status", &statuses.join("|"), &words.status).value_parser(statuses)),
        )
        .subcommand(
            bare("drop")
                .visible_alias("fjern")
                .about(words.drop_about.clone())
                .arg(action()),
        )
}

/// Does what was asked for; without a subcommand shows the actions.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    workbench::listed_or_changed(
        matches,
        settings,
        surroundings,
        |_, bench, surroundings| Ok(list(bench, matches, settings, surroundings)),
        |what, of, bench, surroundings| {
            let written = ["text", "owner"].into_iter().filter_map(|name| text(of, name));
            let own = bench.own_words();
            for warning in written.filter_map(|written| names::warning(written, own, &settings.texts)) {
                surroundings.output.note(&warning);
            }
            change(what, of, bench, settings, surroundings)
        },
    )
}

/// The actions in the order they are shown: those of earlier rounds after those of the open one, under one count.
fn in_order(bench: &Workbench) -> Vec<(Stamp, Action)> {
    let round = bench.round().cloned();
    let now = round.iter().flat_map(|round| bench.actions_of(round));
    now.chain(bench.carried())
        .map(|(stamp, action)| (stamp.clone(), action.clone()))
        .collect()
}

fn change(
    what: &str,
    of: &ArgMatches,
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench.actions;
    let line = |name: &str| text(of, name).map(|given| CleanText::line(given.trim()));
    let due: Option<Date> = match text(of, "due").filter(|_| matches!(what, "new" | "edit")) {
        None => None,
        Some(given) => match given.trim().parse() {
            Ok(due) => Some(due),
            Err(_) => {
                let said = fill(&words.no_date, &[("date", given)]);
                surroundings.output.error("no_date", &said);
                return Err(ExitCode::Usage);
            }
        },
    };
    if what == "new" {
        let finding = match text(of, "finding") {
            Some(number) => Some(numbered(&findings(bench), number, settings, surroundings)?),
            None => None,
        };
        let new = NewAction {
            finding,
            text: line("text").unwrap_or_default(),
            owner: line("owner").unwrap_or_default(),
            due,
        };
        if bench.promise(new).is_none() {
            let words = &settings.texts.workbench.findings.empty;
            surroundings.output.error("empty", words);
            return Err(ExitCode::Usage);
        }
        return Ok(());
    }
    let all = in_order(bench);
    let stamps: Vec<Stamp> = all.iter().map(|(stamp, _)| stamp.clone()).collect();
    let number = text(of, "action").unwrap_or_default();
    let action = numbered(&stamps, number, settings, surroundings)?;
    match what {
        "edit" => {
            if let Some((_, was)) = all.iter().find(|(stamp, _)| *stamp == action) {
                let words = line("text").unwrap_or_else(|| was.text.clone());
                let owner = line("owner").unwrap_or_else(|| was.owner.clone());
                bench.change_action(&action, words, owner, due.or(was.due));
            }
        }
        "status" => {
            let named = text(of, "status").unwrap_or_default();
            let status = ActionStatus::ALL.into_iter().find(|known| known.code() == named);
            bench.action_has_come(&action, status.unwrap_or_default());
        }
        _ => bench.drop_action(&action),
    }
    Ok(())
}

fn list(
    bench: &Workbench,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.workbench.actions;
    let today = (surroundings.now)().date();
    let all = in_order(bench);
    let findings = findings(bench);
    let finding_of = |action: &Action| {
        let finding = action.finding.as_ref()?;
        findings
            .iter()
            .position(|known| known == finding)
            .map(|place| place + 1)
    };
    if matches.get_flag("json") {
        let of = |(number, (stamp, action)): (u32, &(Stamp, Action))| {
            json!({
                "number": number,
                "action": stamp_name(stamp),
                "round": action.round,
                "finding": finding_of(action),
                "text": action.text,
                "owner": action.owner,
                "due": action.due,
                "status": action.status.code(),
                "late": action.is_late(today),
            })
        };
        let all: Vec<Value> = (1..).zip(&all).map(of).collect();
        workbench::list("actions", all, surroundings);
        return ExitCode::Ok;
    }
    if all.is_empty() {
        surroundings.output.note(&words.none);
        return ExitCode::NothingToDo;
    }
    let mut carried = false;
    for (number, (_, action)) in (1_u32..).zip(&all) {
        let number = number.to_string();
        let due = action.due.map(|due| date(due, settings.language()));
        if matches.get_flag("plain") {
            let due = action.due.map_or_else(String::new, |due| due.to_string());
            let fields = [
                number.as_str(),
                action.round.as_str(),
                action.status.code(),
                &due,
                action.owner.as_str(),
                action.text.as_str(),
            ];
            record(&fields, surroundings);
            continue;
        }
        if !carried && Some(&action.round) != bench.round() {
            carried = true;
            surroundings.output.line(&words.carried);
        }
        let mut about = vec![settings.texts.paper.work.status(action.status).to_owned()];
        if !action.owner.is_blank() {
            about.push(action.owner.to_string());
        }
        about.extend(due);
        if action.is_late(today) {
            about.push(words.late.clone());
        }
        surroundings.output.line(&format!("{number}. {}", action.text));
        surroundings.output.line(&format!("   {}", about.join(", ")));
    }
    ExitCode::Ok
}
