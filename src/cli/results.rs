//! `stemme results`: what may be shown, as tables, as lines for scripts, or as JSON.

use clap::{Arg, ArgMatches, Command};

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::report::compose;
use crate::report::document::Document;
use crate::report::{json, plain};
use crate::texts::{Texts, fill};

use super::arguments::{bare, round, switch, value, variable};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing::{self, Asked, Shown};
use super::surroundings::Surroundings;

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.results.command;
    bare("results")
        .about(words.results_about.clone())
        .arg(
            Arg::new("item")
                .value_name(words.item_value.clone())
                .help(words.item.clone()),
        )
        .arg(value("by", "by", &words.by_value, &words.by).value_parser(variable))
        .arg(switch("plain", "plain", &words.plain).conflicts_with("json"))
        .arg(switch("json", "json", &words.json))
        .arg(round(texts))
        .arg(switch("new", "new", &words.new))
        .arg(switch("yes", "yes", &words.yes))
}

/// Shows the results.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let asked = Asked {
        by: matches.get_one::<Id>("by").cloned(),
        yes: matches.get_flag("yes"),
        anew: matches.get_flag("new"),
        told: false,
    };
    let shown = match showing::shown(&asked, settings, surroundings) {
        Ok(shown) => shown,
        Err(code) => return code,
    };
    let wanted = matches.get_one::<String>("item").map(String::as_str);
    let mut documents: Vec<(&str, Document)> = Vec::new();
    for part in &shown.parts {
        for sources in shown.sources(part, &settings.texts) {
            let document = match wanted {
                None => Some(compose::results(&sources)),
                Some(item) => {
                    let key: Option<ItemKey> = item.parse().ok();
                    key.and_then(|key| compose::one(&sources, &key))
                }
            };
            documents.extend(document.map(|document| (part.survey.id().as_str(), document)));
        }
    }
    if documents.is_empty() {
        let words = &settings.texts.results.command;
        let item = wanted.unwrap_or_default();
        let said = fill(&words.no_item, &[("item", item)]);
        surroundings.output.error("no_item", &said);
        return ExitCode::Usage;
    }
    let written = write(matches, &documents, settings, surroundings);
    if written == ExitCode::Ok {
        beside(&shown, settings, surroundings);
    }
    written
}

/// Writes documents in the form that was asked for: tables, lines for scripts, or JSON.
pub fn write(
    matches: &ArgMatches,
    documents: &[(&str, Document)],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    if matches.get_flag("json") {
        return match json::bytes(documents) {
            Ok(bytes) => {
                surroundings.output.bytes(&bytes);
                ExitCode::Ok
            }
            Err(error) => {
                surroundings.output.error("unexpected", &error.to_string());
                ExitCode::Unexpected
            }
        };
    }
    for (place, (_, document)) in documents.iter().enumerate() {
        let bytes = if matches.get_flag("plain") {
            plain::records(document, &settings.texts)
        } else {
            if place > 0 {
                surroundings.output.line("");
            }
            plain::bytes(document, &settings.texts)
        };
        surroundings.output.bytes(&bytes);
    }
    ExitCode::Ok
}

/// Says beside the results what is not in them, and what to do next.
fn beside(shown: &Shown, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.results.command;
    let waiting: u32 = shown.parts.iter().map(showing::Part::waiting).sum();
    if waiting > 0 {
        let waiting = waiting.to_string();
        surroundings.output.note(&fill(&words.kept, &[("n", &waiting)]));
    }
    if !settings.quiet {
        surroundings.output.note(&words.next_report);
    }
}
