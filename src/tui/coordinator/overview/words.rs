//! What the overview says in sentences: of sites, of what can be shown, of what needs attention and what to do about it.

use crate::disclosure::standing::{Attention, Point, Reach, Standing};
use crate::domain::id::Slug;
use crate::domain::roster::SiteCount;
use crate::texts::fill;
use crate::texts::number::{date, percent, plural};
use crate::tui::coordinator::Opened;
use crate::tui::coordinator::told::Paragraph;
use crate::tui::situation::Situation;

use super::{Row, checklist, number};

/// Returns the name of a site.
pub(super) fn site_name(site: &Slug, opened: &Opened, s: &Situation) -> String {
    let known = opened.evaluation.sites.iter().find(|own| own.id == *site);
    known.map_or_else(
        || site.to_string(),
        |known| known.title.get(s.language()).to_owned(),
    )
}

/// Whether a site can be shown by itself: alone, merged with others, or not yet.
pub(super) fn enough(site: &SiteCount, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.overview;
    let Some(apart) = &opened.standing.apart else {
        return String::new();
    };
    if site.held == 0 && site.planned.is_none_or(|planned| planned == 0) {
        return words.not_in.clone();
    }
    let sites = &opened.standing.roster.sites;
    let place = sites.iter().position(|own| own.site == site.site);
    let group = apart
        .groups
        .iter()
        .find(|(places, _)| place.is_some_and(|place| places.contains(&place)));
    match group {
        Some((places, _)) if places.len() == 1 => words.enough_alone.clone(),
        Some(_) => words.enough_together.clone(),
        None if site.people >= apart.least => words.enough_here.clone(),
        None => fill(&words.not_enough, &[("least", &number(apart.least, s))]),
    }
}

/// What so many interviews can show, and what as many as are planned could.
pub(super) fn reach_sentence(now: &Reach, planned: Option<&Reach>, s: &Situation) -> String {
    let mut said = vec![one_reach(now, s)];
    if let Some(planned) = planned.filter(|planned| planned.in_full != now.in_full) {
        said.push(one_reach(planned, s));
    }
    said.join(" ")
}

fn one_reach(reach: &Reach, s: &Situation) -> String {
    let words = &s.texts.coordinator.overview;
    let n = number(reach.people, s);
    match reach.in_full {
        Some((low, high)) => {
            let (low, high) = (number(low, s), number(high, s));
            fill(&words.reach, &[("n", &n), ("low", &low), ("high", &high)])
        }
        None => match reach.coded {
            Some((most, least)) => {
                let bound = |text: &str, bound: u32| fill(text, &[("bound", &number(bound, s))]);
                let results = &s.texts.results;
                let (most, least) = (bound(&results.at_most, most), bound(&results.at_least, least));
                let values = [("n", n.as_str()), ("most", &most), ("least", &least)];
                fill(&words.reach_coded, &values)
            }
            None => fill(&words.reach_nothing, &[("n", &n)]),
        },
    }
}

fn survey_title(survey: &Slug, opened: &Opened, s: &Situation) -> String {
    let known = opened.surveys.iter().find(|own| own.id() == survey);
    known.map_or_else(
        || survey.to_string(),
        |known| known.parts().title.get(s.language()).to_owned(),
    )
}

/// Returns something that needs attention as a sentence.
pub(super) fn sentence(attention: &Attention, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.attention;
    let counted = |one: &str, more: &str, count: usize| {
        let text = plural(u64::try_from(count).unwrap_or(u64::MAX), one, more);
        fill(text, &[("n", &count.to_string())])
    };
    let day = |text: &str, day: jiff::civil::Date| fill(text, &[("date", &date(day, s.language()))]);
    let waiting = |one: &str, more: &str, survey: &Slug, n: u32| {
        let (title, count) = (survey_title(survey, opened, s), number(n, s));
        let text = plural(u64::from(n), one, more);
        fill(text, &[("n", &count), ("survey", &title)])
    };
    match attention {
        Attention::NotDelivered(laptops) => {
            let names: Vec<&str> = laptops.iter().map(Slug::as_str).collect();
            let text = plural(
                u64::try_from(names.len()).unwrap_or(0),
                &words.not_delivered_one,
                &words.not_delivered,
            );
            fill(text, &[("laptops", &names.join(", "))])
        }
        Attention::Unreadable(n) => counted(&words.unreadable_one, &words.unreadable, *n),
        Attention::Damaged(n) => counted(&words.damaged_one, &words.damaged, *n),
        Attention::Newer(n) => counted(&words.newer_one, &words.newer, *n),
        Attention::Absent(n) => counted(&words.absent_one, &words.absent, *n),
        Attention::Waiting(n) => counted(&words.waiting_one, &words.waiting, *n),
        Attention::Drafts(n) => counted(&words.drafts_one, &words.drafts, *n),
        Attention::Conflict(survey) => fill(&words.conflict, &[("survey", &survey_title(survey, opened, s))]),
        Attention::CanBeShown(survey, n) => waiting(&words.can_be_shown_one, &words.can_be_shown, survey, *n),
        Attention::TooFew(survey, n) => waiting(&words.too_few_one, &words.too_few, survey, *n),
        Attention::Contacts(n) => counted(&words.contacts_one, &words.contacts, *n),
        Attention::KeysNotProved(n) => counted(&words.keys_one, &words.keys, *n),
        Attention::WithdrawalEnds(until) => day(&words.withdrawal_ends, *until),
        Attention::DeletionSoon(by) => day(&words.deletion_soon, *by),
        Attention::DeletionDue(by) => day(&words.deletion_due, *by),
    }
}

/// Returns a point of the checklist.
pub(super) fn point_sentence(point: &Point, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.checklist;
    let evaluation = &opened.evaluation;
    let language = s.language();
    match point {
        Point::Purpose => match &evaluation.purpose {
            Some(purpose) => fill(&words.purpose, &[("purpose", purpose.get(language))]),
            None => words.no_purpose.clone(),
        },
        Point::Commissioner => match &evaluation.commissioner {
            Some(name) => fill(&words.commissioner, &[("name", name.as_str())]),
            None => words.no_commissioner.clone(),
        },
        Point::Consent => {
            let policy = &evaluation.consent_policy;
            let age = |age: Option<u8>| age.map_or_else(|| words.no_age.clone(), |age| age.to_string());
            let (own, guardian) = (age(policy.self_from), age(policy.guardian_below));
            let reason = policy
                .reason
                .as_ref()
                .map_or(words.no_reason.as_str(), |reason| reason.as_str());
            let text = if policy.self_from.is_none() && policy.guardian_below.is_none() {
                &words.consent_no_ages
            } else {
                &words.consent
            };
            fill(
                text,
                &[("own", &own), ("guardian", &guardian), ("reason", reason)],
            )
        }
        Point::Withdrawal(Some(day)) => fill(&words.withdrawal, &[("date", &date(*day, language))]),
        Point::Withdrawal(None) => words.no_withdrawal.clone(),
        Point::Contacts => {
            let mut checked: Vec<_> = evaluation
                .contacts
                .iter()
                .filter_map(|contact| contact.checked)
                .collect();
            checked.sort_unstable();
            match (checked.first(), evaluation.contacts.len()) {
                (Some(day), n) => {
                    let values = [("n", n.to_string()), ("date", date(*day, language))];
                    let [n, day] = &values;
                    fill(&words.contacts, &[(n.0, &n.1), (day.0, &day.1)])
                }
                (None, 0) => words.no_contacts.clone(),
                (None, _) => words.contacts_not_checked.clone(),
            }
        }
        Point::Keys => fill(&words.keys, &[("n", &evaluation.recipients.len().to_string())]),
        Point::Deletion(Some(day)) => fill(&words.deletion, &[("date", &date(*day, language))]),
        Point::Deletion(None) => words.no_deletion.clone(),
        Point::Closed => words.closed.clone(),
    }
}

/// What more there is to say about a row.
pub(super) fn detail(row: Row<'_>, opened: &Opened, s: &Situation) -> Vec<Paragraph> {
    match row {
        Row::Site(site) => site_detail(site, opened, s),
        Row::Reach => reach_detail(&opened.standing, s),
        Row::Attention(attention) => {
            let more = what_to_do(attention, s);
            vec![
                Paragraph::Text(sentence(attention, opened, s)),
                Paragraph::Text(more.to_owned()),
            ]
        }
        Row::Checklist => checklist(opened, s).paragraphs,
    }
}

fn site_detail(site: &SiteCount, opened: &Opened, s: &Situation) -> Vec<Paragraph> {
    let words = &s.texts.coordinator.overview;
    let name = site_name(&site.site, opened, s);
    let mut said = vec![Paragraph::Heading(name)];
    let held = number(site.held, s);
    said.push(Paragraph::Text(match site.planned {
        Some(planned) => fill(&words.held_of, &[("n", &held), ("planned", &number(planned, s))]),
        None => fill(&words.held, &[("n", &held)]),
    }));
    if let Some(apart) = &opened.standing.apart {
        let least = number(apart.least, s);
        said.push(Paragraph::Text(fill(&words.apart_how, &[("least", &least)])));
        let sites = &opened.standing.roster.sites;
        let names = |places: &[usize]| {
            let names = places.iter().filter_map(|place| {
                let own = sites.get(*place)?;
                Some(site_name(&own.site, opened, s))
            });
            names.collect::<Vec<_>>().join(" + ")
        };
        if apart.groups.is_empty() {
            said.push(Paragraph::Text(words.apart_none.clone()));
        } else {
            said.push(Paragraph::Text(words.apart_groups.clone()));
            said.extend(apart.groups.iter().map(|(places, people)| {
                let text = format!("{}: {}", names(places), number(*people, s));
                Paragraph::Marked("-".to_owned(), text)
            }));
        }
    }
    said
}

fn reach_detail(standing: &Standing, s: &Situation) -> Vec<Paragraph> {
    let words = &s.texts.coordinator.overview;
    let mut said = vec![Paragraph::Heading(words.reach_title.clone())];
    said.push(Paragraph::Text(one_reach(&standing.now, s)));
    if let Some((levels, some)) = standing.now.on_five {
        let share = |share: f64| percent(share, 0, s.language());
        let values = [("levels", share(levels)), ("some", share(some))];
        let [levels, some] = &values;
        said.push(Paragraph::Text(fill(
            &words.reach_five,
            &[(levels.0, &levels.1), (some.0, &some.1)],
        )));
    }
    if let Some(planned) = &standing.planned {
        said.push(Paragraph::Text(one_reach(planned, s)));
    }
    said.push(Paragraph::Text(words.reach_more.clone()));
    said
}

fn what_to_do<'s>(attention: &Attention, s: &'s Situation) -> &'s str {
    let words = &s.texts.coordinator.attention;
    match attention {
        Attention::NotDelivered(_) => &words.do_not_delivered,
        Attention::Unreadable(_) => &words.do_unreadable,
        Attention::Damaged(_) => &words.do_damaged,
        Attention::Newer(_) => &words.do_newer,
        Attention::Absent(_) => &words.do_absent,
        Attention::Waiting(_) => &words.do_waiting,
        Attention::Drafts(_) => &words.do_drafts,
        Attention::Conflict(_) => &words.do_conflict,
        Attention::CanBeShown(..) => &words.do_can_be_shown,
        Attention::TooFew(..) => &words.do_too_few,
        Attention::Contacts(_) => &words.do_contacts,
        Attention::KeysNotProved(_) => &words.do_keys,
        Attention::WithdrawalEnds(_) => &words.do_withdrawal,
        Attention::DeletionSoon(_) | Attention::DeletionDue(_) => &words.do_deletion,
    }
}
