//! The evaluation: what was commissioned, where and when, under which consent and disclosure policy.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::survey::Fingerprint;
use crate::domain::survey::report_plan::Tightening;

/// One commissioned evaluation, as `evaluation.toml` says.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// True for the demo and tests only: keys may lie beside it unwrapped.
    pub made_up: bool,
    /// Random, made once; 16 hexadecimal digits. Salt of the withdrawal codes.
    pub id: String,
    /// Title as people see it.
    pub title: Localized,
    /// The service that is evaluated.
    pub service: Option<Localized>,
    /// Who asked for it.
    pub commissioner: Option<CleanText>,
    /// What it is for.
    pub purpose: Option<Localized>,
    /// Languages it is held in.
    pub languages: Vec<Language>,
    /// Whether a person can withdraw afterwards.
    pub identification: Identification,
    /// Last day of withdrawal.
    pub withdraw_until: Option<Date>,
    /// When answers and keys go.
    pub delete_by: Option<Date>,
    /// After how many hours an old draft is sealed for rescue.
    pub draft_hours: u32,
    /// Rounds in time order; the last one is open. Never empty.
    pub rounds: Vec<Round>,
    /// Every survey version in use.
    pub surveys: Vec<SurveyUse>,
    /// Sites, a background variable.
    pub sites: Vec<Site>,
    /// What was settled about the legal frame.
    pub legal_frame: LegalFrame,
    /// From which age who consents.
    pub consent_policy: ConsentPolicy,
    /// What may be shown.
    pub disclosure: DisclosureChoice,
    /// Whom finished interviews are sealed to.
    pub recipients: Vec<Recipient>,
    /// Keys that sign.
    pub signing: Signing,
    /// Who takes the codes of those who withdraw, and is called when something is wrong with a laptop.
    pub call: Option<Contact>,
    /// The distress card.
    pub contacts: Vec<Contact>,
}

impl Evaluation {
    /// Returns the words of its own titles and places, in small letters: where they stand, they name nobody.
    #[must_use]
    pub fn own_words(&self) -> BTreeSet<String> {
        let titles = std::iter::once(&self.title)
            .chain(&self.service)
            .chain(self.rounds.iter().map(|round| &round.title))
            .chain(self.sites.iter().map(|site| &site.title));
        let said = titles.flat_map(|title| Language::ALL.map(|language| title.get(language)));
        let who = self.commissioner.as_ref().map(CleanText::as_str);
        said.chain(who).flat_map(words_of).collect()
    }
}

/// Returns the words of a text, in small letters.
pub fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether interviews can be told apart afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identification {
    /// No withdrawal code at all.
    Anonymous,
    /// A withdrawal code until a date.
    Deidentified,
}

/// One round of interviews.
#[derive(Clone, Debug)]
pub struct Round {
    /// Stable id.
    pub id: Slug,
    /// Title.
    pub title: Localized,
    /// When its interviews are held, as reports say it: "oktober og november 2026".
    pub period: Option<Localized>,
    /// Surveys of this round.
    pub surveys: Vec<Slug>,
    /// How many interviews are planned.
    pub planned: Option<u32>,
    /// How many use the service: of so many those interviewed are a part.
    pub users: Option<u32>,
    /// How many interviews are wanted with each survey, in the order of the surveys; fewer numbers than surveys leave the
    /// last ones open.
    pub wanted: Vec<u32>,
}

impl Round {
    /// Returns how many interviews are wanted with a survey.
    #[must_use]
    pub fn wanted_with(&self, survey: &Slug) -> Option<u32> {
        let place = self.surveys.iter().position(|own| own == survey)?;
        self.wanted.get(place).copied()
    }
}

/// One survey version in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyUse {
    /// The survey's name.
    pub id: Slug,
    /// Its version.
    pub version: String,
    /// Hash of the file, which lies in `surveys/` under this name.
    pub sha256: Fingerprint,
}

/// One place the service is given.
#[derive(Clone, Debug)]
pub struct Site {
    /// Stable id.
    pub id: Slug,
    /// Title.
    pub title: Localized,
    /// How many interviews are planned.
    pub planned: Option<u32>,
}

/// The legal frame as it was settled outside the program, kept so that it is known later. The program decides none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalFrame {
    /// Whether it is quality work or research, and who found so.
    pub assessment: Option<CleanText>,
    /// Who is the data controller.
    pub controller: Option<CleanText>,
    /// The day it was last settled.
    pub settled: Option<Date>,
}

/// From which age who consents. Ages are settings with a written reason, never constants.
#[derive(Clone, Debug, Default)]
pub struct ConsentPolicy {
    /// From this age the young person consents alone; `None` when age is not asked.
    pub self_from: Option<u8>,
    /// Below this age the interviewer confirms that a guardian's written consent exists.
    pub guardian_below: Option<u8>,
    /// Why, and who decided.
    pub reason: Option<CleanText>,
}

/// An age band asked before consent.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgeBand {
    /// `u16`, `16_17` or `18p`.
    pub code: Id,
    /// Youngest age in it.
    pub from: Option<u8>,
    /// First age above it.
    pub below: Option<u8>,
    /// Whether a guardian's consent must exist.
    pub guardian: bool,
}

impl ConsentPolicy {
    /// Returns the age bands that follow from the limits, youngest first; none when there are no limits.
    #[must_use]
    pub fn age_bands(&self) -> Vec<AgeBand> {
        let mut limits: Vec<u8> = self.self_from.into_iter().chain(self.guardian_below).collect();
        limits.sort_unstable();
        limits.dedup();
        if limits.is_empty() {
            return Vec::new();
        }
        let lows = std::iter::once(None).chain(limits.iter().copied().map(Some));
        let highs = limits.iter().copied().map(Some).chain(std::iter::once(None));
        let needs_guardian = |low: Option<u8>| {
            self.guardian_below
                .is_some_and(|limit| low.is_none_or(|low| low < limit))
        };
        lows.zip(highs)
            .filter_map(|(from, below)| {
                let code = match (from, below) {
                    (None, Some(below)) => format!("u{below}"),
                    (Some(from), Some(below)) => format!("{from}_{}", below.saturating_sub(1)),
                    (Some(from), None) => format!("{from}p"),
                    (None, None) => return None,
                };
                Some(AgeBand {
                    code: Id::new(&code).ok()?,
                    from,
                    below,
                    guardian: needs_guardian(from),
                })
            })
            .collect()
    }
}

/// The disclosure settings an evaluation chose.
#[derive(Clone, Debug)]
pub struct DisclosureChoice {
    /// The profile's name.
    pub profile: ProfileName,
    /// Why, where the profile needs a reason.
    pub reason: Option<CleanText>,
    /// Single limits that tighten it.
    pub tightening: Tightening,
    /// At most one breakdown per question, declared before results are first shown; `*` stands for all others.
    pub breakdowns: BTreeMap<String, Id>,
}

/// A set of disclosure limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProfileName {
    /// For most evaluations.
    Standard,
    /// For evaluations where more is at stake.
    Strict,
    /// For the smallest; needs a reason, which the report prints.
    SmallSample,
}

impl ProfileName {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Strict, Self::SmallSample];

    /// Returns the name used in files and flags.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Strict => "strict",
            Self::SmallSample => "small-sample",
        }
    }

    /// Returns the profile with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.code() == code)
    }
}

/// Somebody finished interviews are sealed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// What the key is called.
    pub name: CleanText,
    /// The public key, `age1...`.
    pub key: String,
    /// Whether it has opened a test envelope.
    pub proved: bool,
}

/// Keys that sign: the coordinator's, and each laptop's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// The coordinator's public key, `ed25519:...`.
    pub coordinator: Option<String>,
    /// Laptops.
    pub laptops: Vec<Laptop>,
}

/// A laptop that may hold interviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laptop {
    /// Its id, as printed on its card.
    pub id: Slug,
    /// Its public signing key, `ed25519:...`.
    pub key: String,
    /// Whether what it signs counts no more.
    pub revoked: bool,
}

/// A line of the distress card.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Whom to call.
    pub name: Localized,
    /// The number, confirmed by the evaluation.
    pub phone: CleanText,
    /// When it was last confirmed.
    pub checked: Option<Date>,
}

/// What a coordinator's own computer is called among the laptops, where the evaluation was made on it.
pub const OFFICE: &str = "pc-1";

impl Laptop {
    /// Returns what another coordinator's computer is called, or one that took the first one's place.
    #[must_use]
    pub fn further_office(number: usize) -> Option<Slug> {
        Slug::new(&format!("{OFFICE}-{number}")).ok()
    }

    /// Returns whether a laptop of this name is a coordinator's own computer, which hands over to nobody.
    #[must_use]
    pub fn is_office(id: &Slug) -> bool {
        let rest = id.as_str().strip_prefix(OFFICE);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

impl Evaluation {
    /// Returns the open round: the last one.
    #[must_use]
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds.last()
    }
}

#[cfg(test)]
mod tests {
    use super::ConsentPolicy;

    fn codes(self_from: Option<u8>, guardian_below: Option<u8>) -> Vec<(String, bool)> {
        let policy = ConsentPolicy {
            self_from,
            guardian_below,
            reason: None,
        };
        policy
            .age_bands()
            .into_iter()
            .map(|band| (band.code.to_string(), band.guardian))
            .collect()
    }

    #[test]
    fn age_bands_follow_from_the_policy() {
        assert_eq!(
            codes(Some(16), Some(16)),
            [("u16".to_owned(), true), ("16p".to_owned(), false)]
        );
        assert_eq!(
            codes(Some(16), Some(18)),
            [
                ("u16".to_owned(), true),
                ("16_17".to_owned(), true),
                ("18p".to_owned(), false)
            ]
        );
        assert_eq!(codes(None, None), []);
    }
}
