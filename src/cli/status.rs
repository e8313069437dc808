//! `stemme status`: how far the evaluation has come.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::standing::{Attention, Point, Reach, Standing};
use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::roster::Roster;
use crate::fieldwork::desk::{CannotStart, Desk};
use crate::fieldwork::workbench::OpenWork;
use crate::fieldwork::workplace::Workplace;
use crate::store::collection::Collection;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::overview::{
    interviewers, missing_sentence, reach_sentences, sentence, wrong_sentences,
};

use super::arguments::{bare, round, switch};
use super::coordinator::{left, standing};
use super::data;
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
        .args(data::flags(texts))
        .arg(round(texts))
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
        let mut work = OpenWork::of(&workplace);
        match unlock(&workplace, &mut work, settings, surroundings) {
            Ok((collection, identities)) => {
                let left = left(work, &workplace, &identities, surroundings);
                Some((collection, left))
            }
            Err(code) => return code,
        }
    } else {
        None
    };
    let known = match &collection {
        Some((collection, left)) => match standing(&workplace, (collection, *left), settings, surroundings) {
            Ok(standing) => Some((collection, standing)),
            Err(code) => return code,
        },
        None => None,
    };
    let known = known.as_ref();
    if let Some(form) = data::wanted(matches) {
        let status = as_json(&workplace, known, (drafts, sealed));
        data::write(&status, form, surroundings);
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
    let has_results = known.is_none_or(|(_, standing)| {
        let mut surveys = standing.surveys.iter();
        surveys.any(|survey| survey.states > 0 || survey.is_ready)
    });
    for line in lines {
        surroundings.output.line(&line);
    }
    if !settings.quiet && !workplace.is_closed() {
        let is_laptop = workplace.kit().is_some();
        let next = if workplace.cannot_begin() == Some(CannotStart::DeletionDue) {
            if is_laptop {
                &words.next_wipe
            } else {
                &words.next_close
            }
        } else if is_laptop {
            &words.next_laptop
        } else if has_results {
            &words.next
        } else {
            &words.next_no_results
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
    lines.push(if evaluation.rounds.len() > 1 {
        let held = roster.held().to_string();
        fill(&words.finished_of, &[("count", &held), ("all", &count)])
    } else {
        fill(&words.finished, &[("count", &count)])
    });
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
    lines.extend(interviewers(roster, &settings.texts));
    let surveys = workplace.surveys();
    let is_several = roster.surveys.len() > 1;
    for own in roster
        .surveys
        .iter()
        .filter(|own| is_several || own.planned.is_some())
    {
        let known = surveys.as_read().iter().find(|known| *known.id() == own.survey);
        let title = known.map_or(own.survey.as_str(), |known| known.parts().title.get(language));
        let done = own.held.to_string();
        let values = [("site", title), ("count", done.as_str())];
        lines.push(match own.planned {
            Some(planned) => {
                let planned = planned.to_string();
                let [survey, count] = values;
                fill(&words.site_planned, &[survey, count, ("planned", &planned)])
            }
            None => fill(&words.site, &values),
        });
    }
    let missing = missing_sentence(roster, evaluation, surveys.as_read(), &settings.texts);
    // Nobody is recruited for a round that is over.
    lines.extend(missing.filter(|_| settings.round.is_none()));
    lines.extend(reach_sentences(standing, surveys.as_read(), &settings.texts));
    lines.extend(wrong_sentences(standing, surveys.as_read(), &settings.texts));
    if standing.attention.is_empty() {
        return;
    }
    lines.push(settings.texts.coordinator.overview.attention.clone());
    let attention = standing.attention.iter();
    lines.extend(attention.map(|own| format!("! {}", sentence(own, surveys.as_read(), &settings.texts))));
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
        object.extend(standing_as_json(standing, evaluation));
    }
    status
}

fn held_at(roster: &Roster, site: &Slug) -> Option<u32> {
    let own = roster.sites.iter().find(|own| own.site == *site)?;
    Some(own.held)
}

fn standing_as_json(standing: &Standing, evaluation: &Evaluation) -> serde_json::Map<String, Value> {
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
    let planned_with = |survey: &Slug| {
        let mut counts = roster.surveys.iter();
        counts.find(|own| own.survey == *survey)?.planned
    };
    let surveys: Vec<Value> = standing
        .surveys
        .iter()
        .map(|own| {
            let wrong = own.wrong.iter();
            let wrong: Vec<Value> = wrong
                .map(|(interviews, why)| json!({ "interviews": interviews, "why": why }))
                .collect();
            json!({
                "id": own.survey,
                "interviews": own.people,
                "needed": own.needed,
                "planned": planned_with(&own.survey),
                "released": own.states,
                "waiting": own.waiting,
                "can_be_released": own.is_ready,
                "shows_now": reach(&own.reach),
                "wrong": wrong,
            })
        })
        .collect();
    let attention: Vec<Value> = standing.attention.iter().map(attention_as_json).collect();
    let checklist: Vec<Value> = standing
        .checklist
        .iter()
        .map(|(point, settled)| json!({ "point": point.code(), "settled": settled, "date": day(point, *settled, evaluation) }))
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

fn day(point: &Point, settled: bool, evaluation: &Evaluation) -> Option<String> {
    let day = match point {
        Point::Withdrawal(day) | Point::Deletion(day) => *day,
        Point::Assessment | Point::Controller if settled => evaluation.legal_frame.settled,
        // The one that was tried longest ago.
        Point::Contacts => evaluation.contacts.iter().filter_map(|own| own.checked).min(),
        _ => None,
    };
    day.map(|day| day.to_string())
}

fn attention_as_json(attention: &Attention) -> Value {
    let code = attention.code();
    match attention {
        Attention::NotDelivered(laptops) | Attention::Strangers(laptops) => {
            json!({ "code": code, "laptops": laptops })
        }
        Attention::Unreadable(count)
        | Attention::Damaged(count)
        | Attention::Newer(count)
        | Attention::Absent(count)
        | Attention::Waiting(count)
        | Attention::Drafts(count)
        | Attention::Copies(count)
        | Attention::Aside(count)
        | Attention::Uncoded(count)
        | Attention::Undecided(count)
        | Attention::Unread(count)
        | Attention::Late(count)
        | Attention::Contacts(count)
        | Attention::Codes(count)
        | Attention::KeysNotProved(count) => json!({ "code": code, "count": count }),
        Attention::Conflict(survey) => json!({ "code": code, "survey": survey }),
        Attention::CanBeShown(survey, count) | Attention::TooFew(survey, count) => {
            json!({ "code": code, "survey": survey, "count": count })
        }
        Attention::GroupsCanBeShown(survey, own) | Attention::TooFewGroups(survey, own) => {
            json!({ "code": code, "survey": survey, "groups": own.groups, "people": own.people })
        }
        Attention::WithdrawalEnds(date) | Attention::DeletionSoon(date) | Attention::DeletionDue(date) => {
            json!({ "code": code, "date": date.to_string() })
        }
    }
}
