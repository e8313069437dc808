//! Rounds, sites and the distress card.

use crate::definition::code::Code;
use crate::definition::evaluation::keys::ReadSurvey;
use crate::definition::evaluation::{MAX_ENTRIES, clean, names};
use crate::definition::fields::{Fields, Reader, Unique};
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::value::{self, Value};
use crate::definition::wording;
use crate::domain::evaluation::{Contact, Round, Site};
use crate::domain::id::Slug;

const ROUND: &[&str] = &["id", "title", "period", "surveys", "planned", "users", "wanted"];
const SITE: &[&str] = &["id", "title", "planned"];
const CONTACT: &[&str] = &["name", "phone", "checked"];
/// More interviews than anybody plans.
const MOST_PLANNED: i64 = 1_000_000;
/// More users than any service has.
const MOST_USERS: i64 = 100_000_000;

/// A round with the places of the surveys it names.
struct ReadRound {
    round: Round,
    surveys: Vec<At<Slug>>,
}

/// A site with the place of the number planned.
pub(crate) struct ReadSite {
    pub(crate) site: Site,
    pub(crate) planned: Option<At<i64>>,
}

/// Reads the rounds: at least one.
pub(crate) fn rounds(
    root: &Fields<'_>,
    surveys: &[ReadSurvey],
    reader: &mut Reader<'_>,
) -> Option<Vec<Round>> {
    let mut ids = Unique::default();
    let listed = root.need(
        "round",
        reader,
        value::list_of(MAX_ENTRIES, |value, reader: &mut Reader<'_>| {
            Some(round(value, reader))
        }),
    )?;
    if listed.value.is_empty() {
        let problem = reader.findings.add(Code::MissingKey, listed.span);
        problem
            .name("round")
            .with(Argument::Other("[[round]]".to_owned()));
        return None;
    }
    let known = names(surveys.iter().map(|survey| &survey.used.id));
    let mut rounds = Vec::new();
    for (id, read) in listed.value.into_iter().flatten() {
        ids.add(&id, reader);
        let Some(read) = read else { continue };
        for survey in &read.surveys {
            if !known.contains(survey.value.as_str()) {
                reader
                    .findings
                    .add(Code::SurveyNotListed, survey.span)
                    .name(&survey.value);
            }
        }
        rounds.push(read.round);
    }
    Some(rounds)
}

fn round(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<(At<Slug>, Option<ReadRound>)> {
    let source = reader.source_language();
    let fields = Fields::open(value, ROUND, reader)?;
    let id = fields.need("id", reader, value::slug);
    let title = fields.need("title", reader, wording::line);
    let period = fields.get("period", reader, wording::line);
    let surveys = fields.need("surveys", reader, value::list_of(MAX_ENTRIES, value::slug));
    let planned = fields.get("planned", reader, value::whole(1, MOST_PLANNED));
    let users = fields.get("users", reader, value::whole(1, MOST_USERS));
    let wanted = fields.get(
        "wanted",
        reader,
        value::list_of(MAX_ENTRIES, value::whole(0, MOST_PLANNED)),
    );
    let id = id?;
    let round = title.zip(surveys).map(|(title, surveys)| ReadRound {
        round: Round {
            id: id.value.clone(),
            title: title.localized(source),
            period: period.map(|period| period.localized(source)),
            surveys: surveys.value.iter().map(|survey| survey.value.clone()).collect(),
            planned: planned.and_then(|planned| u32::try_from(planned.value).ok()),
            users: users.and_then(|users| u32::try_from(users.value).ok()),
            wanted: wanted.map_or_else(Vec::new, |wanted| {
                let numbers = wanted.value.iter();
                numbers
                    .map(|number| u32::try_from(number.value).unwrap_or(0))
                    .collect()
            }),
        },
        surveys: surveys.value,
    });
    Some((id, round))
}

/// Reads the sites.
pub(crate) fn sites(root: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<ReadSite> {
    let mut ids = Unique::default();
    let listed = root.list("site", MAX_ENTRIES, reader, |value, reader: &mut Reader<'_>| {
        let source = reader.source_language();
        let fields = Fields::open(value, SITE, reader)?;
        let id = fields.need("id", reader, value::slug);
        let title = fields.need("title", reader, wording::line);
        let planned = fields.get("planned", reader, value::whole(1, MOST_PLANNED));
        let id = id?;
        let site = Site {
            id: id.value.clone(),
            title: title?.localized(source),
            planned: planned
                .as_ref()
                .and_then(|planned| u32::try_from(planned.value).ok()),
        };
        Some((id, ReadSite { site, planned }))
    });
    let mut sites = Vec::new();
    for (id, site) in listed {
        ids.add(&id, reader);
        sites.push(site);
    }
    sites
}

/// Reads one line of the distress card.
pub(crate) fn contact(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Contact> {
    let source = reader.source_language();
    let fields = Fields::open(value, CONTACT, reader)?;
    let name = fields.need("name", reader, wording::line);
    let phone = fields.need("phone", reader, clean);
    let checked = fields.get("checked", reader, value::date);
    Some(Contact {
        name: name?.localized(source),
        phone: phone?,
        checked: checked.map(|date| date.value),
    })
}
