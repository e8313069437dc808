//! What several surveys print about the same area, beside each other: young people and those close to them, for example.

use clap::ArgMatches;
use serde_json::{Value, json};

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::showing::rounds::shown_by_round;
use crate::cli::surroundings::Surroundings;
use crate::cli::workbench::record;
use crate::disclosure::ledger::Ledger;
use crate::disclosure::published::Published;
use crate::domain::id::Id;
use crate::domain::survey::{Item, Survey};
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{Glance, People, Sources, glances};
use crate::tui::coordinator::rounds::side_title;

/// What a survey printed about an area.
struct Side<'s> {
    survey: &'s Survey,
    published: &'s Published,
    printed: Vec<Glance>,
}

/// Says what stands beside what.
pub(super) fn say(
    workplace: &Workplace,
    ledger: &Ledger,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let (evaluation, language) = (workplace.evaluation(), settings.language());
    let people = People::default();
    let surveys = workplace.surveys();
    let shown: Vec<(&Survey, Published)> = surveys
        .as_read()
        .iter()
        .filter_map(|survey| {
            let (_, last) = shown_by_round(ledger, evaluation, survey, None).pop()?;
            Some((&**survey, last))
        })
        .collect();
    let mut areas: Vec<(&Id, &str)> = Vec::new();
    for (survey, _) in &shown {
        for (area, title) in &survey.parts().dimensions {
            if areas.iter().all(|(known, _)| *known != area) {
                areas.push((area, title.get(language)));
            }
        }
    }
    let mut json_of: Vec<Value> = Vec::new();
    for (area, title) in areas {
        let sides = shown.iter().map(|(survey, published)| {
            let sources = Sources {
                published,
                people: &people,
                survey,
                evaluation,
                texts: &settings.texts,
            };
            let is_about = |glance: &Glance| {
                let mut items = survey.items();
                items.any(|item| item.key() == glance.item && dimension_of(&item) == Some(area))
            };
            Side {
                survey,
                published,
                printed: glances(&sources).into_iter().filter(is_about).collect(),
            }
        });
        let sides: Vec<Side<'_>> = sides.filter(|side| !side.printed.is_empty()).collect();
        if sides.len() < 2 {
            continue;
        }
        json_of.push(json!({
            "area": area,
            "title": title,
            "surveys": sides.iter().map(|side| as_json(side, settings)).collect::<Vec<_>>(),
        }));
        if matches.get_flag("plain") {
            for side in &sides {
                for glance in &side.printed {
                    let item = glance.item.to_string();
                    let survey = side.survey.id().as_str();
                    record(
                        &[area.as_str(), survey, &item, &glance.question, &glance.value],
                        surroundings,
                    );
                }
            }
        } else if !matches.get_flag("json") {
            surroundings.output.line(title);
            for side in &sides {
                let name = side_title(side.published, side.survey, &settings.texts);
                surroundings.output.line(&format!("  {name}"));
                for Glance { question, value, .. } in &side.printed {
                    surroundings.output.line(&format!("    {question}  {value}"));
                }
            }
        }
    }
    let words = &settings.texts.coordinator.rounds;
    if json_of.is_empty() {
        surroundings
            .output
            .error("one_perspective", &words.one_perspective);
        return ExitCode::NothingToDo;
    }
    if matches.get_flag("json") {
        let all = json!({ "format": 1, "perspectives": json_of });
        surroundings.output.line(&all.to_string());
    } else if !matches.get_flag("plain") && !settings.quiet {
        surroundings.output.note(&words.perspectives_how);
    }
    ExitCode::Ok
}

fn as_json(side: &Side<'_>, settings: &Settings) -> Value {
    let questions = side.printed.iter().map(|glance| {
        json!({ "item": glance.item.to_string(), "question": glance.question, "value": glance.value })
    });
    json!({
        "survey": side.survey.id(),
        "title": side.survey.parts().title.get(settings.language()),
        "interviews": side.published.interviews(),
        "questions": questions.collect::<Vec<_>>(),
    })
}

fn dimension_of<'s>(item: &Item<'s>) -> Option<&'s Id> {
    item.row
        .and_then(|row| row.dimension.as_ref())
        .or(item.question.dimension.as_ref())
}
