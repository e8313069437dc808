//! The example evaluation: its file, its survey, and throw-away keys beside it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::settings::Settings;
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, Contact, DisclosureChoice, Evaluation, Identification, Laptop, LegalFrame, ProfileName,
    Recipient, Round, Signing, Site, SurveyUse,
};
use crate::domain::id::{Id, NotAnId, Slug};
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::order::SplitMix64;
use crate::domain::survey::report_plan::Tightening;
use crate::fieldwork::journal_keeper::{Drawn, RandomSource};
use crate::fieldwork::shipped;
use crate::store::StoreError;
use crate::store::atomic;
use crate::store::folder::{Comments, EvaluationFolder};
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys, LAPTOP_FILE, LaptopKey, RecoveryKey, prove};
use crate::texts::results::ResultCommandTexts;
use crate::texts::{Texts, TextsError};

/// The survey young people are interviewed with.
const YOUNG: &str = "min-stemme-bup";
/// The survey those close to them are interviewed with, in the second round.
const CLOSE: &str = "parorende";

/// What an example is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Its surveys; its first round has the first of them.
    surveys: &'static [&'static str],
    /// How many sites it has, at most four.
    sites: usize,
    /// How many interviews are planned in the first round.
    first: u32,
    /// How many interviews are planned at each site.
    at_each: u32,
    /// Questions that are shown by site, so that sites can learn from each other.
    by_site: &'static [&'static str],
}

/// What everybody sees.
pub(super) const TWO_ROUNDS: Frame = Frame {
    surveys: &[YOUNG, CLOSE],
    sites: 4,
    first: 24,
    at_each: 18,
    by_site: &["bup05", "bup08", "bup16", "bup23", "bup24"],
};

/// How many interviews are wanted with each survey in the second round.
const SECOND_ROUND: [u32; 2] = [54, 18];
/// From which age the example lets people consent alone.
const CONSENT_AGE: u8 = 16;

/// Numbers that are nobody's: no Norwegian number of eight digits begins with nought.
const NOBODYS_NUMBERS: [&str; 2] = ["00 00 00 00", "00 00 00 01"];

/// Why the example could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotMade {
    /// The disk said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The survey built into the program is not right; the tests keep this from ever being seen.
    #[error("no survey")]
    NoSurvey,
    /// The texts built into the program are not right.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// A name built into the program is no name.
    #[error(transparent)]
    Name(#[from] NotAnId),
}

/// What tests need that ask for no more: one round at two sites.
#[cfg(test)]
pub(super) const ONE_ROUND: Frame = Frame {
    surveys: &[YOUNG],
    sites: 2,
    first: 30,
    at_each: 15,
    by_site: &[],
};

/// Makes the example evaluation in a folder that is empty or not there.
pub(super) fn create(
    folder: &Path,
    (frame, seed): (&Frame, u64),
    settings: &Settings,
    random: &RandomSource,
) -> Result<(), NotMade> {
    let read = |name: &str| {
        let shipped = shipped::find(name).ok_or(NotMade::NoSurvey)?;
        let bytes = shipped.bytes();
        let survey = definition::survey::open(&bytes).value;
        survey.map(|survey| (bytes, survey)).ok_or(NotMade::NoSurvey)
    };
    let surveys: Vec<_> = frame
        .surveys
        .iter()
        .map(|name| read(name))
        .collect::<Result<_, _>>()?;
    let (_, young) = surveys.first().ok_or(NotMade::NoSurvey)?;
    let words = Texts::load(settings.language())?.results.command.clone();
    let id = format!("{:016x}", SplitMix64::named(seed, "demo").next_u64());
    let random = &mut Drawn(random);
    let coordinator = CoordinatorKeys::generate(&id, random).map_err(StoreError::from)?;
    let recovery = RecoveryKey::generate();
    let laptop = LaptopKey::generate(&id, Slug::new("demo-1")?, random).map_err(StoreError::from)?;
    prove(&coordinator.public(), &coordinator.identities(), random)?;
    prove(&recovery.public(), &recovery.identities(), random)?;
    let recipient = |name: &str, key: String| Recipient {
        name: CleanText::line(name),
        key,
        proved: true,
    };
    let evaluation = Evaluation {
        made_up: true,
        id,
        title: localized(|words| &words.demo_title)?,
        service: Some(localized(|words| &words.demo_service)?),
        commissioner: None,
        purpose: young.parts().purpose.clone(),
        languages: Language::ALL.to_vec(),
        identification: Identification::Anonymous,
        withdraw_until: None,
        delete_by: None,
        draft_hours: 72,
        rounds: vec![Round {
            id: Slug::new("r1")?,
            title: localized(|words| &words.demo_round)?,
            surveys: vec![Slug::new(YOUNG)?],
            planned: Some(frame.first),
            users: None,
            wanted: Vec::new(),
            period: None,
        }],
        surveys: surveys
            .iter()
            .map(|(_, survey)| SurveyUse {
                id: survey.id().clone(),
                version: survey.parts().version.clone(),
                sha256: survey.parts().fingerprint.clone(),
            })
            .collect(),
        sites: sites(frame)?,
        legal_frame: LegalFrame::default(),
        consent_policy: ConsentPolicy {
            self_from: Some(CONSENT_AGE),
            guardian_below: Some(CONSENT_AGE),
            reason: Some(CleanText::line(&words.demo_reason)),
        },
        disclosure: DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: by_site(frame)?,
        },
        recipients: vec![
            recipient(&words.demo_key, coordinator.public()),
            recipient(&words.demo_recovery, recovery.public()),
        ],
        signing: Signing {
            coordinator: Some(coordinator.signer().public().to_string()),
            laptops: vec![Laptop {
                id: laptop.laptop().clone(),
                key: laptop.signer().public().to_string(),
                revoked: false,
            }],
        },
        call: Some(contact(
            localized(|words| &words.demo_contact)?,
            NOBODYS_NUMBERS[0],
        )),
        contacts: vec![
            contact(localized(|words| &words.demo_contact)?, NOBODYS_NUMBERS[0]),
            contact(localized(|words| &words.demo_contact_talk)?, NOBODYS_NUMBERS[1]),
        ],
    };
    let bytes: Vec<&[u8]> = surveys.iter().map(|(bytes, _)| bytes.as_slice()).collect();
    let made = EvaluationFolder::create(folder, &evaluation, &bytes, &Comments::default())?;
    let keys = made.keys();
    atomic::make_folder(&keys)?;
    coordinator.write_unwrapped(&keys.join(COORDINATOR_FILE))?;
    laptop.write(&keys.join(LAPTOP_FILE))?;
    Ok(())
}

/// Returns the second round: the same young people's survey, and one for those close to them.
pub(super) fn second_round() -> Result<Round, NotMade> {
    Ok(Round {
        id: Slug::new("r2")?,
        title: localized(|words| &words.demo_second)?,
        surveys: vec![Slug::new(YOUNG)?, Slug::new(CLOSE)?],
        planned: None,
        users: None,
        wanted: SECOND_ROUND.to_vec(),
        period: None,
    })
}

fn by_site(frame: &Frame) -> Result<BTreeMap<String, Id>, NotMade> {
    let site = Id::new("site")?;
    let items = frame.by_site.iter();
    Ok(items.map(|item| ((*item).to_owned(), site.clone())).collect())
}

fn sites(frame: &Frame) -> Result<Vec<Site>, NotMade> {
    let known = [
        ("nord", localized(|words| &words.demo_north)?),
        ("sor", localized(|words| &words.demo_south)?),
        ("ost", localized(|words| &words.demo_east)?),
        ("vest", localized(|words| &words.demo_west)?),
    ];
    let site = |(id, title)| {
        Ok(Site {
            id: Slug::new(id)?,
            title,
            planned: Some(frame.at_each),
        })
    };
    known.into_iter().take(frame.sites).map(site).collect()
}

fn contact(name: Localized, phone: &str) -> Contact {
    Contact {
        name,
        phone: CleanText::line(phone),
        checked: None,
    }
}

/// Returns a text of the program in all its languages.
fn localized(text: impl Fn(&ResultCommandTexts) -> &String) -> Result<Localized, TextsError> {
    let words = |language: Language| {
        let texts = Texts::load(language)?;
        Ok(CleanText::line(text(&texts.results.command)))
    };
    let mut all = Localized::new(Language::Bokmal, words(Language::Bokmal)?);
    for language in [Language::Nynorsk, Language::English] {
        all = all.with(language, words(language)?);
    }
    Ok(all)
}
