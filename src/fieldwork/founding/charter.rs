//! What was wanted and the new keys, as the evaluation they become.

use std::collections::BTreeMap;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, Contact, DisclosureChoice, Evaluation, Laptop, LegalFrame, ProfileName, Recipient, Round,
    Signing, Site, SurveyUse,
};
use crate::domain::founding::{Field, Here, PlannedSite, Wanted};
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::survey::report_plan::Tightening;
use crate::fieldwork::workplace::stamp;
use crate::store::folder::Comments;

use super::NewKeys;

/// After how many hours an old draft is sealed for rescue.
const DRAFT_HOURS: u32 = 72;

/// Words that the evaluation's file holds, in the language it is made in.
#[derive(Clone, Debug)]
pub struct Said {
    /// The language.
    pub language: Language,
    /// What the round of this half year is called.
    pub round: String,
    /// What the coordinator's key is called.
    pub coordinator: String,
    /// What the recovery key is called.
    pub recovery: String,
    /// What the file says about itself.
    pub comments: Comments,
}

pub(super) fn evaluation(wanted: &Wanted, keys: &NewKeys, said: &Said, here: &Here<'_>) -> Evaluation {
    let local = |text: &str| Localized::new(said.language, CleanText::line(text));
    let contact = |(name, phone): &(String, String)| Contact {
        name: local(name),
        phone: CleanText::line(phone),
        // Whoever typed it was asked to ring it first.
        checked: Some(here.today),
    };
    let line = |text: &Option<String>| text.as_deref().map(CleanText::line);
    let recipient = |name: &str, key: String| Recipient {
        name: CleanText::line(name),
        key,
        proved: true,
    };
    let site = |own: &PlannedSite| Site {
        id: own.site.id.clone(),
        title: local(&own.site.title),
        planned: own.planned,
    };
    let survey_use = |found: &crate::domain::founding::Found| {
        let stamp = stamp(&found.survey);
        SurveyUse {
            id: stamp.id,
            version: stamp.version,
            sha256: stamp.sha256,
        }
    };
    let round = wanted.round(here);
    let has_ages = wanted.self_from.is_some() || wanted.guardian_below.is_some();
    let profile = wanted.profile.unwrap_or(ProfileName::Standard);
    Evaluation {
        made_up: false,
        id: keys.id.clone(),
        title: local(wanted.title.as_deref().unwrap_or_default()),
        service: wanted.service.as_deref().map(local),
        commissioner: line(&wanted.commissioner),
        purpose: wanted.purpose.as_deref().map(local),
        languages: wanted.languages(),
        identification: wanted.identification(),
        withdraw_until: wanted.last_withdrawal(),
        delete_by: wanted.delete_day(here.today),
        draft_hours: DRAFT_HOURS,
        rounds: vec![Round {
            id: round.id,
            title: local(&round.title),
            surveys: wanted
                .surveys
                .iter()
                .map(|found| found.survey.id().clone())
                .collect(),
            planned: wanted.planned.filter(|_| wanted.applies(Field::Planned)),
            users: None,
            wanted: Vec::new(),
            period: None,
        }],
        surveys: wanted.surveys.iter().map(survey_use).collect(),
        sites: wanted.sites.iter().flatten().map(site).collect(),
        legal_frame: LegalFrame::default(),
        consent_policy: ConsentPolicy {
            self_from: wanted.self_from,
            guardian_below: wanted.guardian_below,
            reason: line(&wanted.consent_reason).filter(|_| has_ages),
        },
        disclosure: DisclosureChoice {
            profile,
            reason: line(&wanted.reason).filter(|_| profile == ProfileName::SmallSample),
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        recipients: vec![
            recipient(&said.coordinator, keys.coordinator.public()),
            recipient(&said.recovery, keys.recovery.public()),
        ],
        signing: Signing {
            coordinator: Some(keys.coordinator.signer().public().to_string()),
            laptops: vec![Laptop {
                id: keys.laptop.laptop().clone(),
                key: keys.laptop.signer().public().to_string(),
                revoked: false,
            }],
        },
        call: wanted.call.iter().flatten().map(contact).next(),
        contacts: wanted.contacts.iter().flatten().map(contact).collect(),
    }
}
