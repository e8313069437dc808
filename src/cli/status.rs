//! `stemme status`: how far the evaluation has come.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::standing::{Attention, Point, Reach, Standing};
use crate::domain::id::Slug;
use crate::domain::roster::Roster;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::store::collection::Collection;
use crate::texts::number::plural;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch};
use super::coordinator::standing;
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
        .arg(switch("plain", "plain", &texts.results.command.plain).conflicts_with("json"))
        .arg(switch("json", "json", &words.json))
        .arg(switch("sites", "sites", &words.sites))
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
    let known = match &collection {
        Some(collection) => match standing(&workplace, collection, settings, surroundings) {
            Ok(standing) => Some((collection, standing)),
            Err(code) => return code,
        },
        None => None,
    };
    let known = known.as_ref();
    if matches.get_flag("json") {
        let status = as_json(&workplace, known, (drafts, sealed));
        surroundings.output.line(&status.to_string());
        return ExitCode::Ok;
    }
    if matches.get_flag("plain") {
        for (name, value) in records(&workplace, known, (drafts, sealed)) {
            surroundings.output.line(&format!("{name}\t{value}"));
        }
        return ExitCode::Ok;
    }
    let evaluation = workplace.evaluation();
    let mut lines = vec![evaluation.title.get(language).to_owned()];
    if evaluation.made_up {
        lines.push(settings.texts.words.made_up.clone());
    }
    if let Some(round) = evaluation.open_round() {
        lines.push(fill(&words.round, &[("round", round.title.get(language))]));
    }
    lines.push(fill(&words.drafts, &[("count", &drafts.to_string())]));
    lines.push(fill(&words.sealed, &[("count", &sealed.to_string())]));
    let arrived = workplace.left_drafts().arrived;
    if arrived > 0 {
        let life = &settings.texts.life;
        let words = if arrived == 1 {
            &life.to_rescue_one
        } else {
            &life.to_rescue_more
        };
        lines.push(fill(words, &[("count", &arrived.to_string())]));
    }
    if workplace.is_closed() {
        lines.push(settings.texts.life.is_closed.clone());
    }
    if let Some((collection, standing)) = known {
        said(&workplace, collection, standing, settings, &mut lines);
    }
    for line in lines {
        surroundings.output.line(&line);
    }
    if !settings.quiet && !workplace.is_closed() {
        let next = if workplace.kit().is_some() {
            &words.next_laptop
        } else {
            &words.next
        };
        surroundings.output.note(next);
    }
    ExitCode::Ok
}

type Known<'k> = Option<&'k (&'k Collection, Standing)>;

/// What the coordinator's screen says, line by line.
fn said(
    workplace: &Workplace,
    collection: &Collection,
    standing: &Standing,
    settings: &Settings,
    lines: &mut Vec<String>,
) {
    let (words, language) = (&settings.texts.command.status, settings.language());
    let roster = &standing.roster;
    let evaluation = workplace.evaluation();
    let count = collection.counts.finished.to_string();
    lines.push(fill(&words.finished, &[("count", &count)]));
    if roster.without.asked > 0 {
        let values = [
            ("asked", roster.asked().to_string()),
            ("declined", roster.without.declined.to_string()),
            ("stopped", roster.without.stopped.to_string()),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, count)| (*name, count.as_str()))
            .collect();
        lines.push(fill(&words.asked, &values));
    }
    for (site, known) in roster.sites.iter().zip(&evaluation.sites) {
        let done = site.held.to_string();
        let values = [("site", known.title.get(language)), ("count", done.as_str())];
        lines.push(match site.planned {
            Some(planned) => {
                let planned = planned.to_string();
                let [site, count] = values;
                fill(&words.site_planned, &[site, count, ("planned", &planned)])
            }
            None => fill(&words.site, &values),
        });
    }
    let life = &settings.texts.life;
    let waiting = collection.counts.waiting;
    if waiting > 0 {
        let words = plural(
            u64::try_from(waiting).unwrap_or(u64::MAX),
            &life.waiting_one,
            &life.waiting_more,
        );
        lines.push(fill(words, &[("count", &waiting.to_string())]));
    }
    let lost = collection.counts.unreadable + collection.counts.damaged;
    if lost > 0 {
        lines.push(fill(&words.unreadable, &[("count", &lost.to_string())]));
    }
    let words = &settings.texts.coordinator.overview;
    let number = |value: u32| value.to_string();
    for reach in [Some(&standing.now), standing.planned.as_ref()]
        .into_iter()
        .flatten()
    {
        let n = number(reach.people);
        lines.push(match reach.in_full {
            Some((low, high)) => {
                let (low, high) = (number(low), number(high));
                fill(&words.reach, &[("n", &n), ("low", &low), ("high", &high)])
            }
            None => match reach.coded {
                Some((most, least)) => {
                    let bound = |text: &str, bound: u32| fill(text, &[("bound", &number(bound))]);
                    let results = &settings.texts.results;
                    let (most, least) = (bound(&results.at_most, most), bound(&results.at_least, least));
                    let values = [("n", n.as_str()), ("most", &most), ("least", &least)];
                    fill(&words.reach_coded, &values)
                }
                None => fill(&words.reach_nothing, &[("n", &n)]),
            },
        });
    }
    let names: Vec<&str> = roster.silent().map(Slug::as_str).collect();
    if !names.is_empty() {
        let own = &settings.texts.coordinator.attention;
        let text = if names.len() == 1 {
            &own.not_delivered_one
        } else {
            &own.not_delivered
        };
        lines.push(fill(text, &[("laptops", &names.join(", "))]));
    }
}

fn as_json(workplace: &Workplace, known: Known<'_>, (drafts, sealed): (usize, usize)) -> Value {
    let evaluation = workplace.evaluation();
    let roster = known.map(|(_, standing)| &standing.roster);
    let held = |site: &Slug| held_at(roster?, site);
    let sites: Vec<_> = evaluation
        .sites
        .iter()
        .map(|site| json!({ "id": site.id, "planned": site.planned, "finished": held(&site.id) }))
        .collect();
    let counts = known.map(|(collection, _)| collection.counts);
    let mut status = json!({
        "evaluation": evaluation.id,
        "made_up": evaluation.made_up,
        "round": evaluation.open_round().map(|round| round.id.as_str()),
        "drafts": drafts,
        "sealed": sealed,
        "finished": counts.map(|counts| counts.finished),
        "waiting": counts.map(|counts| counts.waiting),
        "unreadable": counts.map(|counts| counts.unreadable),
        "damaged": counts.map(|counts| counts.damaged),
        "asked": roster.map(Roster::asked),
        "declined": roster.map(|roster| roster.without.declined),
        "stopped": roster.map(|roster| roster.without.stopped),
        "sites": sites,
    });
    if let (Some((_, standing)), Value::Object(object)) = (known, &mut status) {
        object.extend(standing_as_json(standing));
    }
    status
}

fn held_at(roster: &Roster, site: &Slug) -> Option<u32> {
    let own = roster.sites.iter().find(|own| own.site == *site)?;
    Some(own.held)
}

fn standing_as_json(standing: &Standing) -> serde_json::Map<String, Value> {
    let roster = &standing.roster;
    let counted = |counts: Vec<(&str, u32)>| -> Vec<Value> {
        counts
            .into_iter()
            .map(|(id, finished)| json!({ "id": id, "finished": finished }))
            .collect()
    };
    let reach = |reach: &Reach| {
        json!({
            "interviews": reach.people,
            "exact": reach.in_full.map(|(low, high)| [low, high]),
            "coded": reach.coded.map(|(most, least)| [most, least]),
            "five_levels": reach.on_five.map(|(levels, _)| levels),
            "two_bands_or_more": reach.on_five.map(|(_, some)| some),
        })
    };
    let surveys: Vec<Value> = standing
        .surveys
        .iter()
        .map(|own| {
            json!({
                "id": own.survey,
                "interviews": own.people,
                "needed": own.needed,
                "released": own.states,
                "waiting": own.waiting,
                "can_be_released": own.is_ready,
            })
        })
        .collect();
    let attention: Vec<Value> = standing.attention.iter().map(attention_as_json).collect();
    let checklist: Vec<Value> = standing
        .checklist
        .iter()
        .map(|(point, settled)| json!({ "point": point.code(), "settled": settled, "date": day(point) }))
        .collect();
    let apart = standing.apart.as_ref().map(|apart| {
        let name = |place: &usize| roster.sites.get(*place).map(|site| site.site.as_str());
        let groups: Vec<Value> = apart
            .groups
            .iter()
            .map(|(places, people)| {
                let sites: Vec<&str> = places.iter().filter_map(name).collect();
                json!({ "sites": sites, "interviews": people })
            })
            .collect();
        json!({ "at_least": apart.least, "groups": groups })
    });
    let planned = standing.planned.as_ref().map(reach);
    let own = json!({
        "planned": roster.planned,
        "people": roster.people,
        "groups": roster.groups,
        "without_site": roster.elsewhere,
        "interviewers": counted(roster.interviewers.iter().map(|(id, n)| (id.as_str(), *n)).collect()),
        "laptops": counted(roster.laptops.iter().map(|(id, n)| (id.as_str(), *n)).collect()),
        "shows_now": reach(&standing.now),
        "would_show": planned,
        "sites_apart": apart,
        "surveys": surveys,
        "attention": attention,
        "checklist": checklist,
    });
    match own {
        Value::Object(own) => own,
        _ => serde_json::Map::new(),
    }
}

fn day(point: &Point) -> Option<String> {
    match point {
        Point::Withdrawal(day) | Point::Deletion(day) => day.map(|day| day.to_string()),
        _ => None,
    }
}

fn attention_as_json(attention: &Attention) -> Value {
    let code = attention.code();
    match attention {
        Attention::NotDelivered(laptops) => json!({ "code": code, "laptops": laptops }),
        Attention::Unreadable(count)
        | Attention::Damaged(count)
        | Attention::Newer(count)
        | Attention::Absent(count)
        | Attention::Waiting(count)
        | Attention::Drafts(count)
        | Attention::Contacts(count)
        | Attention::KeysNotProved(count) => json!({ "code": code, "count": count }),
        Attention::Conflict(survey) => json!({ "code": code, "survey": survey }),
        Attention::CanBeShown(survey, count) | Attention::TooFew(survey, count) => {
            json!({ "code": code, "survey": survey, "count": count })
        }
        Attention::WithdrawalEnds(date) | Attention::DeletionSoon(date) | Attention::DeletionDue(date) => {
            json!({ "code": code, "date": date.to_string() })
        }
    }
}

/// The same as JSON says, one name and value a line: tables are named by what stands in them.
fn records(workplace: &Workplace, known: Known<'_>, counts: (usize, usize)) -> Vec<(String, String)> {
    let mut records = Vec::new();
    flatten("", &as_json(workplace, known, counts), &mut records);
    records
}

fn flatten(name: &str, value: &Value, records: &mut Vec<(String, String)>) {
    let under = |key: &str| {
        if name.is_empty() {
            key.to_owned()
        } else {
            format!("{name}.{key}")
        }
    };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                flatten(&under(key), value, records);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            for (place, value) in list.iter().enumerate() {
                let key = value.get("id").and_then(Value::as_str).map(str::to_owned);
                flatten(&under(&key.unwrap_or_else(|| place.to_string())), value, records);
            }
        }
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(plain).collect();
            records.push((name.to_owned(), list.join(",")));
        }
        other => records.push((name.to_owned(), plain(other))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
