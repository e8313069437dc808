//! `stemme status`: how far the evaluation has come.

use std::collections::BTreeMap;

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::domain::slip::Asked;
use crate::fieldwork::desk::Desk;
use crate::store::collection::Collection;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch};
use super::evaluation::{open, unlock};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.command.status;
    bare("status")
        .about(words.about.clone())
        .arg(switch("json", "json", &words.json))
        .arg(switch("sites", "sites", &words.sites))
}

/// How many were asked, from interviews and slips together.
#[derive(Clone, Copy)]
struct Response {
    all: u64,
    without: Asked,
}

impl Response {
    fn of(collection: &Collection) -> Self {
        let without = Asked::of(&collection.slips);
        let finished = u64::try_from(collection.counts.finished).unwrap_or(u64::MAX);
        Self {
            all: without.asked.saturating_add(finished),
            without,
        }
    }
}

/// Says how many drafts and sealed interviews there are; with the coordinator's key, how many per site.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let workplace = match open(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let words = &settings.texts.command.status;
    let language = settings.language();
    let (drafts, sealed) = (workplace.drafts().len(), workplace.sealed());
    // The key is used where it was asked for, or where opening takes no passphrase.
    let opened = matches.get_flag("sites") || settings.passphrase_file.is_some() || !workplace.needs_secret();
    let collection = if opened {
        match unlock(&workplace, &mut (), settings, surroundings) {
            Ok((collection, _)) => Some(collection),
            Err(code) => return code,
        }
    } else {
        None
    };
    let evaluation = workplace.evaluation();
    let finished = collection.as_ref().map(|collection| {
        let mut per_site: BTreeMap<&str, usize> = BTreeMap::new();
        for head in &collection.interviews {
            *per_site
                .entry(head.site.as_ref().map_or("", |site| site.as_str()))
                .or_default() += 1;
        }
        per_site
    });
    let asked = collection.as_ref().map(Response::of);
    if matches.get_flag("json") {
        let sites: Vec<_> = evaluation
            .sites
            .iter()
            .map(|site| {
                let done = finished
                    .as_ref()
                    .map(|finished| finished.get(site.id.as_str()).copied().unwrap_or(0));
                json!({ "id": site.id, "planned": site.planned, "finished": done })
            })
            .collect();
        let status = json!({
            "evaluation": evaluation.id,
            "made_up": evaluation.made_up,
            "round": evaluation.open_round().map(|round| round.id.as_str()),
            "drafts": drafts,
            "sealed": sealed,
            "finished": collection.as_ref().map(|collection| collection.counts.finished),
            "unreadable": collection.as_ref().map(|collection| collection.counts.unreadable),
            "damaged": collection.as_ref().map(|collection| collection.counts.damaged),
            "asked": asked.map(|asked| asked.all),
            "declined": asked.map(|asked| asked.without.declined),
            "stopped": asked.map(|asked| asked.without.stopped),
            "sites": sites,
        });
        surroundings.output.line(&status.to_string());
        return ExitCode::Ok;
    }
    let mut lines = vec![evaluation.title.get(language).to_owned()];
    if evaluation.made_up {
        lines.push(settings.texts.words.made_up.clone());
    }
    if let Some(round) = evaluation.open_round() {
        lines.push(fill(&words.round, &[("round", round.title.get(language))]));
    }
    lines.push(fill(&words.drafts, &[("count", &drafts.to_string())]));
    lines.push(fill(&words.sealed, &[("count", &sealed.to_string())]));
    if let (Some(collection), Some(finished)) = (&collection, &finished) {
        let count = collection.counts.finished.to_string();
        lines.push(fill(&words.finished, &[("count", &count)]));
        if let Some(asked) = asked.filter(|asked| asked.without.asked > 0) {
            let values = [
                ("asked", asked.all.to_string()),
                ("declined", asked.without.declined.to_string()),
                ("stopped", asked.without.stopped.to_string()),
            ];
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, count)| (*name, count.as_str()))
                .collect();
            lines.push(fill(&words.asked, &values));
        }
        for site in &evaluation.sites {
            let done = finished.get(site.id.as_str()).copied().unwrap_or(0).to_string();
            let values = [("site", site.title.get(language)), ("count", done.as_str())];
            lines.push(match site.planned {
                Some(planned) => {
                    let planned = planned.to_string();
                    let [site, count] = values;
                    fill(&words.site_planned, &[site, count, ("planned", &planned)])
                }
                None => fill(&words.site, &values),
            });
        }
        let lost = collection.counts.unreadable + collection.counts.damaged;
        if lost > 0 {
            lines.push(fill(&words.unreadable, &[("count", &lost.to_string())]));
        }
    }
    for line in lines {
        surroundings.output.line(&line);
    }
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    ExitCode::Ok
}
