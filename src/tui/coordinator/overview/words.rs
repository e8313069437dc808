//! What the overview says in sentences: of sites, of what can be shown, of what needs attention and what to do about it.

use std::sync::Arc;

use crate::disclosure::standing::{Attention, Point, Reach, Standing, SurveyStanding};
use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::letter::shown;
use crate::domain::record::Gathered;
use crate::domain::roster::{Roster, SiteCount};
use crate::domain::survey::Survey;
use crate::texts::number::{date, percent, plural, whole};
use crate::texts::{Texts, fill};
use crate::tui::coordinator::Opened;
use crate::tui::coordinator::told::Paragraph;
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
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
    let sites = &opened.standing.roster.sites;
    let place = sites.iter().position(|own| own.site == site.site);
    let group = apart
        .groups
        .iter()
        .find(|(places, _)| place.is_some_and(|place| places.contains(&place)));
    match group {
        Some((places, _)) if places.len() == 1 => words.enough_alone.clone(),
        Some(_) => words.enough_together.clone(),
        None if place.and_then(|place| apart.people.get(place)) >= Some(&apart.least) => {
            words.enough_here.clone()
        }
        None => {
            let text = if asks_several(opened) {
                &words.not_enough_each
            } else {
                &words.not_enough
            };
            fill(text, &[("least", &number(apart.least, s))])
        }
    }
}

/// Whether several surveys have answers: then each counts by itself.
fn asks_several(opened: &Opened) -> bool {
    let mut asked = opened.standing.surveys.iter().filter(|own| own.people > 0);
    asked.nth(1).is_some()
}

/// How many interviews each interviewer has held, by letter, where letters are used.
#[must_use]
pub fn interviewers(roster: &Roster, texts: &Texts) -> Option<String> {
    let letters = roster.interviewers.iter().map(|(letter, count)| {
        let count = whole(u64::from(*count), texts.language());
        format!("{} {count}", shown(letter))
    });
    let letters = letters.collect::<Vec<_>>().join("   ");
    let words = &texts.coordinator.overview.interviewers;
    (!letters.is_empty()).then(|| fill(words, &[("letters", &letters)]))
}

/// What so many interviews can show, and what as many as are planned could; survey by survey where several are asked.
#[must_use]
pub fn reach_sentences(standing: &Standing, surveys: &[Arc<Survey>], texts: &Texts) -> Vec<String> {
    let (now, roster) = (&standing.now, &standing.roster);
    let asked = standing.surveys.iter().filter(|survey| survey.people > 0);
    if asked.clone().count() > 1 {
        let of = |own: &SurveyStanding| {
            let title = title_of(&own.survey, surveys, texts);
            let reach = one_reach(&own.reach, texts);
            fill(
                &texts.coordinator.overview.reach_of,
                &[("survey", &title), ("reach", &reach)],
            )
        };
        return asked.map(of).collect();
    }
    let mut said = vec![if roster.people == 0 && roster.groups > 0 {
        texts.coordinator.overview.reach_groups.clone()
    } else {
        one_reach(now, texts)
    }];
    let further = standing.planned.as_ref();
    said.extend(
        further
            .filter(|planned| planned.in_full != now.in_full)
            .map(|planned| one_reach(planned, texts)),
    );
    said
}

/// Who is still missing, site by site and survey by survey; nothing where nobody is, or nothing is planned.
#[must_use]
pub fn missing_sentence(
    roster: &Roster,
    evaluation: &Evaluation,
    surveys: &[Arc<Survey>],
    texts: &Texts,
) -> Option<String> {
    let language = texts.language();
    let titled = |site: &Slug| {
        let known = evaluation.sites.iter().find(|own| own.id == *site);
        known.map_or_else(|| site.to_string(), |own| own.title.get(language).to_owned())
    };
    let at = roster.missing_at().map(|(site, more)| (titled(site), more));
    let with = roster
        .missing_with()
        .map(|(survey, more)| (title_of(survey, surveys, texts), more));
    let of = |(name, more): (String, u32)| format!("{name} {}", whole(u64::from(more), language));
    let all: Vec<String> = at.chain(with).map(of).collect();
    let words = &texts.coordinator.overview;
    (!all.is_empty()).then(|| fill(&words.missing, &[("who", &all.join(", "))]))
}

/// What was shown before and is marked as wrong, survey by survey.
#[must_use]
pub fn wrong_sentences(standing: &Standing, surveys: &[Arc<Survey>], texts: &Texts) -> Vec<String> {
    let of = |own: &SurveyStanding| -> Vec<String> {
        let title = title_of(&own.survey, surveys, texts);
        let wrong = own.wrong.iter();
        wrong
            .map(|(interviews, why)| {
                let n = whole(u64::from(*interviews), texts.language());
                let values = [("survey", title.as_str()), ("n", &n), ("why", why)];
                fill(&texts.coordinator.overview.wrong, &values)
            })
            .collect()
    };
    standing.surveys.iter().flat_map(of).collect()
}

fn one_reach(reach: &Reach, texts: &Texts) -> String {
    let words = &texts.coordinator.overview;
    let number = |value: u32| whole(u64::from(value), texts.language());
    let n = number(reach.people);
    match reach.in_full {
        Some((low, high)) => {
            let (low, high) = (number(low), number(high));
            fill(&words.reach, &[("n", &n), ("low", &low), ("high", &high)])
        }
        None => match reach.coded {
            Some((most, least)) => {
                let bound = |text: &str, bound: u32| fill(text, &[("bound", &number(bound))]);
                let results = &texts.results;
                let (most, least) = (bound(&results.at_most, most), bound(&results.at_least, least));
                let values = [("n", n.as_str()), ("most", &most), ("least", &least)];
                fill(&words.reach_coded, &values)
            }
            None => fill(&words.reach_nothing, &[("n", &n)]),
        },
    }
}

fn title_of(survey: &Slug, surveys: &[Arc<Survey>], texts: &Texts) -> String {
    let known = surveys.iter().find(|own| own.id() == survey);
    known.map_or_else(
        || survey.to_string(),
        |known| known.parts().title.get(texts.language()).to_owned(),
    )
}

/// Returns something that needs attention as a sentence; of the surveys it may be about.
#[must_use]
pub fn sentence(attention: &Attention, surveys: &[Arc<Survey>], texts: &Texts) -> String {
    let words = &texts.coordinator.attention;
    let language = texts.language();
    let number = |value: u32| whole(u64::from(value), language);
    let survey_title = |survey: &Slug| title_of(survey, surveys, texts);
    let laptops = |one: &str, more: &str, laptops: &[Slug]| {
        let names: Vec<&str> = laptops.iter().map(Slug::as_str).collect();
        let text = plural(u64::try_from(names.len()).unwrap_or(0), one, more);
        fill(text, &[("laptops", &names.join(", "))])
    };
    let counted = |one: &str, more: &str, count: usize| {
        let text = plural(u64::try_from(count).unwrap_or(u64::MAX), one, more);
        fill(text, &[("n", &count.to_string())])
    };
    let day = |text: &str, day: jiff::civil::Date| fill(text, &[("date", &date(day, language))]);
    let waiting = |one: &str, more: &str, survey: &Slug, n: u32| {
        let (title, count) = (survey_title(survey), number(n));
        let text = plural(u64::from(n), one, more);
        fill(text, &[("n", &count), ("survey", &title)])
    };
    let groups = |text: &str, survey: &Slug, own: Gathered| {
        let number = |count: u32| whole(u64::from(count), texts.language());
        let values = [
            ("survey", survey_title(survey)),
            ("groups", number(own.groups)),
            ("people", number(own.people)),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        fill(text, &values)
    };
    match attention {
        Attention::NotDelivered(own) => laptops(&words.not_delivered_one, &words.not_delivered, own),
        Attention::Strangers(own) => laptops(&words.strangers_one, &words.strangers, own),
        Attention::Copies(n) => counted(&words.copies_one, &words.copies, *n),
        Attention::Aside(n) => counted(&words.aside_one, &words.aside, *n),
        Attention::Uncoded(n) => counted(&words.uncoded_one, &words.uncoded, *n),
        Attention::Undecided(n) => counted(&words.undecided_one, &words.undecided, *n),
        Attention::Unread(n) => counted(&words.unread_one, &words.unread, *n),
        Attention::Late(n) => counted(&words.late_one, &words.late, *n),
        Attention::Unreadable(n) => counted(&words.unreadable_one, &words.unreadable, *n),
        Attention::Damaged(n) => counted(&words.damaged_one, &words.damaged, *n),
        Attention::Newer(n) => counted(&words.newer_one, &words.newer, *n),
        Attention::Absent(n) => counted(&words.absent_one, &words.absent, *n),
        Attention::Waiting(n) => counted(&words.waiting_one, &words.waiting, *n),
        Attention::Drafts(n) => counted(&words.drafts_one, &words.drafts, *n),
        Attention::Conflict(survey) => fill(&words.conflict, &[("survey", &survey_title(survey))]),
        Attention::CanBeShown(survey, n) => waiting(&words.can_be_shown_one, &words.can_be_shown, survey, *n),
        Attention::TooFew(survey, n) => waiting(&words.too_few_one, &words.too_few, survey, *n),
        Attention::GroupsCanBeShown(survey, own) => groups(&words.groups_can_be_shown, survey, *own),
        Attention::TooFewGroups(survey, own) => groups(&words.too_few_groups, survey, *own),
        Attention::Contacts(n) => counted(&words.contacts_one, &words.contacts, *n),
        Attention::KeysNotProved(n) => counted(&words.keys_one, &words.keys, *n),
        Attention::WithdrawalEnds(until) => day(&words.withdrawal_ends, *until),
        Attention::Codes(n) => counted(&words.codes_one, &words.codes, *n),
        Attention::DeletionSoon(by) => day(&words.deletion_soon, *by),
        Attention::DeletionDue(by) => day(&words.deletion_due, *by),
    }
}

/// Returns a point of the checklist.
pub(in crate::tui::coordinator) fn point_sentence(point: &Point, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.checklist;
    let evaluation = &opened.evaluation;
    let language = s.language();
    let settled = |text: &str, said: &str| {
        let day = evaluation.legal_frame.settled;
        let day = day.map_or_else(String::new, |day| format!(" ({})", date(day, language)));
        fill(text, &[("said", said), ("day", &day)])
    };
    match point {
        Point::Purpose => match &evaluation.purpose {
            Some(purpose) => fill(&words.purpose, &[("purpose", purpose.get(language))]),
            None => words.no_purpose.clone(),
        },
        Point::Commissioner => match &evaluation.commissioner {
            Some(name) => fill(&words.commissioner, &[("name", name.as_str())]),
            None => words.no_commissioner.clone(),
        },
        Point::Assessment => match &evaluation.legal_frame.assessment {
            Some(said) => settled(&words.assessment, said.as_str()),
            None => words.no_assessment.clone(),
        },
        Point::Controller => match &evaluation.legal_frame.controller {
            Some(who) => settled(&words.controller, who.as_str()),
            None => words.no_controller.clone(),
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
        Row::Reach => reach_detail(opened, s),
        Row::Attention(attention) => {
            vec![
                Paragraph::Text(sentence(attention, &opened.surveys, &s.texts)),
                Paragraph::Text(what_to_do(attention, s)),
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
        let place = sites.iter().position(|own| own.site == site.site);
        let asked = place.and_then(|place| apart.people.get(place));
        if let (Some(asked), Some(survey), true) = (asked, &apart.survey, asks_several(opened)) {
            let survey = title_of(survey, &opened.surveys, &s.texts);
            let values = [("survey", survey.as_str()), ("n", &number(*asked, s))];
            said.push(Paragraph::Text(fill(&words.apart_each, &values)));
        }
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

fn reach_detail(opened: &Opened, s: &Situation) -> Vec<Paragraph> {
    let (words, standing) = (&s.texts.coordinator.overview, &opened.standing);
    let mut said = vec![Paragraph::Heading(words.reach_title.clone())];
    let now = reach_sentences(standing, &opened.surveys, &s.texts).into_iter();
    said.extend(now.map(Paragraph::Text));
    if let Some((levels, some)) = standing.now.on_five {
        let share = |share: f64| percent(share, 0, s.language());
        let values = [("levels", share(levels)), ("some", share(some))];
        let [levels, some] = &values;
        said.push(Paragraph::Text(fill(
            &words.reach_five,
            &[(levels.0, &levels.1), (some.0, &some.1)],
        )));
    }
    said.push(Paragraph::Text(words.reach_more.clone()));
    said
}

/// What to do about it, by the keys that do it.
fn what_to_do(attention: &Attention, s: &Situation) -> String {
    let (words, letters) = (&s.texts.coordinator.attention, &s.texts.coordinator.letter);
    let text = match attention {
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
        Attention::GroupsCanBeShown(..) => &words.do_groups_can_be_shown,
        Attention::TooFewGroups(..) => &words.do_too_few_groups,
        Attention::Strangers(_) => &words.do_strangers,
        Attention::Copies(_) => &words.do_copies,
        Attention::Aside(_) => &words.do_aside,
        Attention::Uncoded(_) => &words.do_uncoded,
        Attention::Undecided(_) => &words.do_undecided,
        Attention::Unread(_) => &words.do_unread,
        Attention::Late(_) => &words.do_late,
        Attention::Contacts(_) => &words.do_contacts,
        Attention::KeysNotProved(_) => &words.do_keys,
        Attention::WithdrawalEnds(_) => &words.do_withdrawal,
        Attention::Codes(_) => &words.do_codes,
        Attention::DeletionSoon(_) | Attention::DeletionDue(_) => &words.do_deletion,
    };
    let next = key_name(Key::PageDown, &s.t().key);
    fill(
        text,
        &[
            ("collect", &letters.collect),
            ("drop", &letters.drop),
            ("release", &letters.release),
            ("states", &letters.states),
            ("wrong", &letters.wrong),
            ("coding", &letters.coding),
            ("filter", &letters.filter),
            ("bracket", &letters.bracket),
            ("no_name", &letters.no_name),
            ("quotes", &letters.quotes),
            ("fit", &letters.fit),
            ("unfit", &letters.unfit),
            ("findings", &letters.findings),
            ("stands", &letters.stands),
            ("due", &letters.due),
            ("checklist", &letters.checklist),
            ("upkeep", &letters.upkeep),
            ("laptops", &letters.laptops),
            ("next", &next),
        ],
    )
}
