//! Disclosure limits: the profiles, and how an evaluation and a survey tighten them. Nothing loosens.
//!
//! They stand here and not with what they are for (`disclosure::profile`), since files that loosen are refused when they
//! are read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{DisclosureChoice, ProfileName};
use crate::domain::survey::report_plan::{Limit, Tightening};

/// The limits no setting goes below. Every profile keeps them.
const FLOOR: Profile = Profile {
    threshold: 3,
    min_base: 7,
    min_group: 8,
    sensitive_threshold: 5,
    sensitive_min_base: 11,
    sensitive_min_group: 12,
    percent_from: 20,
    theme_from: 4,
    quote_reviewers: 1,
};

const STANDARD: Profile = Profile {
    threshold: 5,
    min_base: 11,
    min_group: 12,
    sensitive_threshold: 6,
    sensitive_min_base: 13,
    sensitive_min_group: 14,
    percent_from: 20,
    theme_from: 6,
    quote_reviewers: 1,
};

const STRICT: Profile = Profile {
    threshold: 6,
    min_base: 13,
    min_group: 15,
    sensitive_threshold: 8,
    sensitive_min_base: 17,
    sensitive_min_group: 18,
    percent_from: 20,
    theme_from: 7,
    quote_reviewers: 2,
};

const SMALL_SAMPLE: Profile = Profile {
    threshold: 3,
    min_base: 8,
    min_group: 8,
    sensitive_threshold: 5,
    sensitive_min_base: 11,
    sensitive_min_group: 12,
    percent_from: 20,
    theme_from: 4,
    quote_reviewers: 1,
};

/// Every limit at once, in people or interviews.
#[derive(Clone, Copy)]
struct Profile {
    threshold: u16,
    min_base: u16,
    min_group: u16,
    sensitive_threshold: u16,
    sensitive_min_base: u16,
    sensitive_min_group: u16,
    percent_from: u16,
    theme_from: u16,
    quote_reviewers: u16,
}

impl Profile {
    const fn of(name: ProfileName) -> Self {
        match name {
            ProfileName::Standard => STANDARD,
            ProfileName::Strict => STRICT,
            ProfileName::SmallSample => SMALL_SAMPLE,
        }
    }

    const fn limit(&self, limit: Limit) -> u16 {
        match limit {
            Limit::Threshold => self.threshold,
            Limit::MinBase => self.min_base,
            Limit::MinGroup => self.min_group,
            Limit::SensitiveThreshold => self.sensitive_threshold,
            Limit::SensitiveMinBase => self.sensitive_min_base,
            Limit::SensitiveMinGroup => self.sensitive_min_group,
            Limit::PercentFrom => self.percent_from,
            Limit::ThemeFrom => self.theme_from,
            Limit::QuoteReviewers => self.quote_reviewers,
        }
    }
}

/// The disclosure limits of one evaluation and survey, checked: never looser than the profile.
///
/// Public by design: they stand in the report, and everybody may know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    profile: ProfileName,
    limits: BTreeMap<Limit, u16>,
}

/// Who asked for a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// `[disclosure]` of `evaluation.toml`.
    Evaluation,
    /// `[disclosure]` of the survey.
    Survey,
}

/// Why settings are not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsProblem {
    /// A limit below the one it should tighten.
    #[error("{} = {wanted} loosens; at least {at_least}", .limit.key())]
    Loosens {
        /// Who asked for it.
        asked_by: AskedBy,
        /// Which limit.
        limit: Limit,
        /// What was asked for.
        wanted: u16,
        /// The least it can be.
        at_least: u16,
    },
    /// The profile needs a reason, which the report prints.
    #[error("profile {} needs a reason", .0.code())]
    ReasonMissing(ProfileName),
}

impl Settings {
    /// Returns the limits of an evaluation's profile, tightened by the evaluation and then by the survey.
    ///
    /// # Errors
    /// Every limit that loosens instead, and a reason that is missing.
    pub fn new(choice: &DisclosureChoice, survey: &Tightening) -> Result<Self, Vec<SettingsProblem>> {
        let mut problems = Vec::new();
        if choice.profile == ProfileName::SmallSample
            && choice.reason.as_ref().is_none_or(CleanText::is_blank)
        {
            problems.push(SettingsProblem::ReasonMissing(choice.profile));
        }
        let mut settings = Self::usual(choice.profile);
        settings.tighten(AskedBy::Evaluation, &choice.tightening, &mut problems);
        settings.tighten(AskedBy::Survey, survey, &mut problems);
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(problems)
        }
    }

    /// Returns the least a limit can be under any profile: a survey that asks for less can be used by no evaluation.
    #[must_use]
    pub fn least(limit: Limit) -> u16 {
        let of = |profile: ProfileName| Profile::of(profile).limit(limit).max(FLOOR.limit(limit));
        ProfileName::ALL
            .into_iter()
            .map(of)
            .min()
            .unwrap_or(FLOOR.limit(limit))
    }

    /// Returns what a survey asks for that is looser than these limits.
    #[must_use]
    pub fn loosened_by(&self, survey: &Tightening) -> Vec<SettingsProblem> {
        let mut problems = Vec::new();
        self.clone().tighten(AskedBy::Survey, survey, &mut problems);
        problems
    }

    /// Returns the limits of a profile that nobody tightened: for telling what it means before it is chosen.
    #[must_use]
    pub fn usual(profile: ProfileName) -> Self {
        let limits = Profile::of(profile);
        Self {
            profile,
            limits: Limit::ALL
                .into_iter()
                .map(|limit| (limit, limits.limit(limit)))
                .collect(),
        }
    }

    fn tighten(&mut self, asked_by: AskedBy, by: &Tightening, problems: &mut Vec<SettingsProblem>) {
        for (&limit, &wanted) in &by.limits {
            let at_least = self.limit(limit).max(FLOOR.limit(limit));
            if wanted < at_least {
                problems.push(SettingsProblem::Loosens {
                    asked_by,
                    limit,
                    wanted,
                    at_least,
                });
            } else {
                self.limits.insert(limit, wanted);
            }
        }
        self.keep_in_step();
    }

    /// A sensitive question is never treated more loosely than another one, and a theme that is a heading tells no
    /// more than a coded count.
    fn keep_in_step(&mut self) {
        let pairs = [
            (Limit::SensitiveThreshold, Limit::Threshold),
            (Limit::SensitiveMinBase, Limit::MinBase),
            (Limit::SensitiveMinGroup, Limit::MinGroup),
        ];
        for (stricter, limit) in pairs {
            self.raise(stricter, self.limit(limit));
        }
        self.raise(Limit::ThemeFrom, self.limit(Limit::Threshold).saturating_add(1));
    }

    fn raise(&mut self, limit: Limit, least: u16) {
        let value = self.limits.entry(limit).or_insert(least);
        *value = (*value).max(least);
    }

    /// Returns the profile's name.
    #[must_use]
    pub const fn profile(&self) -> ProfileName {
        self.profile
    }

    /// Returns one limit.
    #[must_use]
    pub fn limit(&self, limit: Limit) -> u16 {
        self.limits.get(&limit).copied().unwrap_or(u16::MAX)
    }

    /// Returns the threshold k of a row.
    #[must_use]
    pub fn threshold(&self, sensitive: bool) -> u16 {
        self.limit(if sensitive {
            Limit::SensitiveThreshold
        } else {
            Limit::Threshold
        })
    }

    /// Returns how many people a row needs to print anything: at least 2k + 1, and at least the least base.
    #[must_use]
    pub fn row_base(&self, sensitive: bool) -> u16 {
        let least = self.limit(if sensitive {
            Limit::SensitiveMinBase
        } else {
            Limit::MinBase
        });
        least.max(self.threshold(sensitive).saturating_mul(2).saturating_add(1))
    }

    /// Returns how many people a group needs to be told apart: at least 2k + 1, and at least the least group.
    #[must_use]
    pub fn group_base(&self, sensitive: bool) -> u16 {
        let least = self.limit(if sensitive {
            Limit::SensitiveMinGroup
        } else {
            Limit::MinGroup
        });
        least.max(self.threshold(sensitive).saturating_mul(2).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{AskedBy, FLOOR, Profile, Settings, SettingsProblem};
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::{DisclosureChoice, ProfileName};
    use crate::domain::survey::report_plan::{Limit, Tightening};

    fn tightening(limits: &[(Limit, u16)]) -> Tightening {
        Tightening {
            limits: limits.iter().copied().collect(),
        }
    }

    fn choice(profile: ProfileName, limits: &[(Limit, u16)]) -> DisclosureChoice {
        DisclosureChoice {
            profile,
            reason: Some(CleanText::line("Bare ni deltok.")),
            tightening: tightening(limits),
            breakdowns: BTreeMap::new(),
        }
    }

    #[test]
    fn no_profile_goes_below_the_floor_and_every_profile_has_room_for_its_codes() {
        for name in ProfileName::ALL {
            let profile = Profile::of(name);
            for limit in Limit::ALL {
                assert!(profile.limit(limit) >= FLOOR.limit(limit), "{name:?} {limit:?}");
            }
            assert!(profile.min_base > 2 * profile.threshold);
            assert!(profile.sensitive_min_base > 2 * profile.sensitive_threshold);
            assert_eq!(profile.theme_from, profile.threshold + 1);
        }
    }

    #[test]
    fn evaluation_and_survey_tighten_in_turn() {
        let evaluation = choice(ProfileName::Standard, &[(Limit::Threshold, 7)]);
        let survey = tightening(&[(Limit::MinBase, 20), (Limit::Threshold, 8)]);
        let settings = Settings::new(&evaluation, &survey).unwrap();
        assert_eq!((settings.threshold(false), settings.threshold(true)), (8, 8));
        assert_eq!((settings.row_base(false), settings.row_base(true)), (20, 20));
        assert_eq!(settings.limit(Limit::ThemeFrom), 9);
    }

    #[test]
    fn a_row_needs_two_k_plus_one_people_whatever_the_least_base() {
        let settings = Settings::new(
            &choice(ProfileName::Standard, &[(Limit::Threshold, 10)]),
            &tightening(&[]),
        );
        assert_eq!(settings.unwrap().row_base(false), 21);
    }

    #[test]
    fn every_loosening_is_reported_and_none_is_taken() {
        let evaluation = choice(ProfileName::Strict, &[(Limit::Threshold, 5)]);
        let survey = tightening(&[(Limit::MinBase, 12), (Limit::MinGroup, 15)]);
        assert_eq!(
            Settings::new(&evaluation, &survey).unwrap_err(),
            [
                SettingsProblem::Loosens {
                    asked_by: AskedBy::Evaluation,
                    limit: Limit::Threshold,
                    wanted: 5,
                    at_least: 6
                },
                SettingsProblem::Loosens {
                    asked_by: AskedBy::Survey,
                    limit: Limit::MinBase,
                    wanted: 12,
                    at_least: 13
                },
            ]
        );
    }

    #[test]
    fn a_survey_cannot_undo_what_the_evaluation_tightened() {
        let evaluation = choice(ProfileName::Standard, &[(Limit::Threshold, 8)]);
        assert!(Settings::new(&evaluation, &tightening(&[(Limit::Threshold, 7)])).is_err());
        assert!(Settings::new(&evaluation, &tightening(&[(Limit::SensitiveThreshold, 7)])).is_err());
    }

    #[test]
    fn a_survey_that_no_profile_accepts_asks_for_less_than_the_least() {
        for limit in Limit::ALL {
            let least = Settings::least(limit);
            let asked = tightening(&[(limit, least - 1)]);
            for profile in ProfileName::ALL {
                assert_eq!(Settings::usual(profile).loosened_by(&asked).len(), 1, "{limit:?}");
            }
            let asked = tightening(&[(limit, least)]);
            let accepting = |profile: ProfileName| Settings::usual(profile).loosened_by(&asked).is_empty();
            assert!(ProfileName::ALL.into_iter().any(accepting), "{limit:?}");
        }
    }

    #[test]
    fn the_profile_for_small_samples_needs_a_reason() {
        let mut small = choice(ProfileName::SmallSample, &[]);
        assert_eq!(
            Settings::new(&small, &tightening(&[])).unwrap().threshold(false),
            3
        );
        small.reason = Some(CleanText::line(" "));
        assert_eq!(
            Settings::new(&small, &tightening(&[])),
            Err(vec![SettingsProblem::ReasonMissing(ProfileName::SmallSample)])
        );
    }
}
