//! What an evaluation promised to those who answer, as this machine has seen it: how few are never told of, until when
//! somebody can withdraw, when answers go, from which age who consents. The evaluation file lies where others can write. A
//! line of it that protects less than this machine has seen changes nothing here until the coordinator has said so on this
//! machine; one that protects more is learned.
//!
//! # Format, version 1
//! `stemme promises 1`, then a line `profile <name>`, a line `limit <name> <number>` for every limit, and, where they are
//! known, lines `withdraw_until <date>`, `delete_by <date>`, `self_from <age>` and `guardian_below <age>`; last a line
//! `survey <SHA-256>` for each version of a survey that is known: which questions are sensitive stands in there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;

use crate::domain::evaluation::{Evaluation, Identification, ProfileName, SurveyUse};
use crate::domain::limits::Settings;
use crate::domain::survey::Fingerprint;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::home::Home;
use crate::store::titled;

/// The first line, up to the version.
const TITLE: &str = "stemme promises ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 64 * 1024;

/// What this machine has seen of an evaluation's promises, each at its strictest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPromises {
    path: PathBuf,
    profile: ProfileName,
    limits: BTreeMap<Limit, u16>,
    withdraw_until: Option<Date>,
    delete_by: Option<Date>,
    self_from: Option<u8>,
    guardian_below: Option<u8>,
    /// The fingerprints of the versions.
    surveys: BTreeSet<String>,
}

/// A line of the evaluation file that makes a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// That the evaluation is a real one.
    Real,
    /// The disclosure profile, with all its limits.
    Profile,
    /// One limit.
    Limit(Limit),
    /// The last day of withdrawal.
    WithdrawUntil,
    /// When answers and keys go.
    DeleteBy,
    /// From which age somebody consents alone.
    SelfFrom,
    /// Below which age a guardian's consent must exist.
    GuardianBelow,
    /// A version of a survey that was put into use elsewhere: what is sensitive in it, nobody here knows.
    Survey,
}

impl Promise {
    /// Returns the key as it stands in the evaluation file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Real => "made_up",
            Self::Profile => "profile",
            Self::Limit(limit) => limit.key(),
            Self::WithdrawUntil => "withdraw_until",
            Self::DeleteBy => "delete_by",
            Self::SelfFrom => "self_from",
            Self::GuardianBelow => "guardian_below",
            Self::Survey => "survey",
        }
    }
}

/// A promise that the evaluation file keeps less well than before. What was known holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laxer {
    /// Which.
    pub what: Promise,
    /// What holds here.
    pub was: String,
    /// What the file says; nothing where it says nothing.
    pub now: Option<String>,
}

impl KnownPromises {
    /// Reads what this machine knows; at the first time the evaluation is opened here, that is what its file says.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn of(home: &Home, evaluation: &Evaluation) -> Result<Self, StoreError> {
        let path = home.known_promises(&evaluation.id)?;
        let bytes = match atomic::read(&path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => {
                let known = Self::said_by(evaluation, path);
                known.keep()?;
                return Ok(known);
            }
            read => read?,
        };
        let damaged = || StoreError::damaged(&path, What::Contents);
        let (mut profile, mut limits) = (None, BTreeMap::new());
        let (mut withdraw_until, mut delete_by) = (None, None);
        let (mut self_from, mut guardian_below) = (None, None);
        let mut surveys = BTreeSet::new();
        for line in titled::lines(&bytes, TITLE, VERSION, &path)? {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["profile", name] => profile = ProfileName::from_code(name),
                ["limit", name, number] => {
                    let limit = Limit::ALL.into_iter().find(|limit| limit.key() == *name);
                    let number = number.parse().map_err(|_| damaged())?;
                    limits.insert(limit.ok_or_else(damaged)?, number);
                }
                ["withdraw_until", date] => withdraw_until = Some(date.parse().map_err(|_| damaged())?),
                ["delete_by", date] => delete_by = Some(date.parse().map_err(|_| damaged())?),
                ["self_from", age] => self_from = Some(age.parse().map_err(|_| damaged())?),
                ["guardian_below", age] => guardian_below = Some(age.parse().map_err(|_| damaged())?),
                ["survey", version] => drop(surveys.insert((*version).to_owned())),
                _ => return Err(damaged()),
            }
        }
        // Noted before versions were.
        if surveys.is_empty() {
            surveys = Self::said_by(evaluation, PathBuf::new()).surveys;
        }
        Ok(Self {
            profile: profile.ok_or_else(damaged)?,
            limits,
            withdraw_until,
            delete_by,
            self_from,
            guardian_below,
            surveys,
            path,
        })
    }

    /// What an evaluation file says.
    fn said_by(evaluation: &Evaluation, path: PathBuf) -> Self {
        let settings = Settings::new(&evaluation.disclosure, &Tightening::default())
            .unwrap_or_else(|_| Settings::usual(evaluation.disclosure.profile));
        let can_withdraw = evaluation.identification == Identification::Deidentified;
        Self {
            path,
            profile: settings.profile(),
            limits: Limit::ALL.map(|limit| (limit, settings.limit(limit))).into(),
            withdraw_until: evaluation.withdraw_until.filter(|_| can_withdraw),
            delete_by: evaluation.delete_by,
            self_from: evaluation.consent_policy.self_from,
            guardian_below: evaluation.consent_policy.guardian_below,
            surveys: evaluation
                .surveys
                .iter()
                .map(|version| version.sha256.0.clone())
                .collect(),
        }
    }

    /// Takes a version of a survey for one that was put into use here.
    pub fn know_survey(&mut self, version: &Fingerprint) {
        self.surveys.insert(version.0.clone());
    }

    fn limit(&self, limit: Limit) -> u16 {
        self.limits.get(&limit).copied().unwrap_or(0)
    }

    /// Returns what an evaluation file promises less than this machine knows.
    #[must_use]
    pub fn kept_less_by(&self, evaluation: &Evaluation) -> Vec<Laxer> {
        let file = Self::said_by(evaluation, PathBuf::new());
        let mut laxer = Vec::new();
        let mut add = |what, was: String, now: Option<String>| laxer.push(Laxer { what, was, now });
        if strictness(file.profile) < strictness(self.profile) {
            let now = Some(file.profile.code().to_owned());
            add(Promise::Profile, self.profile.code().to_owned(), now);
        } else {
            let is_less = |limit: Limit| file.limit(limit) < self.limit(limit);
            for limit in Limit::ALL {
                let (was, now) = (self.limit(limit), file.limit(limit));
                if is_less(limit) && !follows(limit).is_some_and(is_less) {
                    add(Promise::Limit(limit), was.to_string(), Some(now.to_string()));
                }
            }
        }
        let shown = |date: Option<Date>| date.map(|date| date.to_string());
        if let Some(was) = self.withdraw_until
            && file.withdraw_until.is_none_or(|now| now < was)
        {
            add(
                Promise::WithdrawUntil,
                was.to_string(),
                shown(file.withdraw_until),
            );
        }
        if let Some(was) = self.delete_by
            && file.delete_by.is_none_or(|now| now > was)
        {
            add(Promise::DeleteBy, was.to_string(), shown(file.delete_by));
        }
        for (what, was, now) in [
            (Promise::SelfFrom, self.self_from, file.self_from),
            (Promise::GuardianBelow, self.guardian_below, file.guardian_below),
        ] {
            if let Some(was) = was
                && now.is_none_or(|now| now < was)
            {
                add(what, was.to_string(), now.map(|now| now.to_string()));
            }
        }
        for version in &evaluation.surveys {
            if !self.surveys.contains(&version.sha256.0) {
                add(Promise::Survey, String::new(), Some(named(version)));
            }
        }
        laxer
    }

    /// Lets what this machine knows hold in `evaluation` where its file promises less, and learns what it promises more.
    /// Returns what it promises less.
    ///
    /// # Errors
    /// What the system said.
    pub fn hold_against(&mut self, evaluation: &mut Evaluation) -> Result<Vec<Laxer>, StoreError> {
        let laxer = self.kept_less_by(evaluation);
        let was = self.clone();
        self.learn(evaluation);
        if *self != was {
            self.keep()?;
        }
        for one in &laxer {
            match one.what {
                Promise::Real | Promise::Survey => {}
                Promise::Profile | Promise::Limit(_) => {
                    let disclosure = &mut evaluation.disclosure;
                    disclosure.profile = self.profile;
                    let usual = Settings::usual(self.profile);
                    let stricter = self
                        .limits
                        .iter()
                        .filter(|(limit, least)| **least > usual.limit(**limit));
                    disclosure.tightening.limits = stricter.map(|(limit, least)| (*limit, *least)).collect();
                }
                Promise::WithdrawUntil => {
                    evaluation.withdraw_until = self.withdraw_until;
                    evaluation.identification = Identification::Deidentified;
                }
                Promise::DeleteBy => evaluation.delete_by = self.delete_by,
                Promise::SelfFrom => evaluation.consent_policy.self_from = self.self_from,
                Promise::GuardianBelow => evaluation.consent_policy.guardian_below = self.guardian_below,
            }
        }
        Ok(laxer)
    }

    fn learn(&mut self, evaluation: &Evaluation) {
        let file = Self::said_by(evaluation, PathBuf::new());
        if strictness(file.profile) > strictness(self.profile) {
            self.profile = file.profile;
        }
        for (limit, least) in file.limits {
            let known = self.limits.entry(limit).or_insert(least);
            *known = least.max(*known);
        }
        self.withdraw_until = self.withdraw_until.max(file.withdraw_until);
        self.delete_by = self.delete_by.into_iter().chain(file.delete_by).min();
        self.self_from = self.self_from.max(file.self_from);
        self.guardian_below = self.guardian_below.max(file.guardian_below);
    }

    /// Accepts what the evaluation file says of one promise: somebody has said that it is right. Returns whether the file
    /// still says it.
    pub fn accept(&mut self, one: &Laxer, evaluation: &Evaluation) -> bool {
        let says_it = self.kept_less_by(evaluation).contains(one);
        let file = Self::said_by(evaluation, PathBuf::new());
        match one.what {
            _ if !says_it => {}
            Promise::Real => {}
            Promise::Profile => (self.profile, self.limits) = (file.profile, file.limits),
            Promise::Limit(limit) => {
                for (own, least) in &mut self.limits {
                    if *own == limit || follows(*own) == Some(limit) {
                        *least = file.limit(*own);
                    }
                }
            }
            Promise::WithdrawUntil => self.withdraw_until = file.withdraw_until,
            Promise::DeleteBy => self.delete_by = file.delete_by,
            Promise::SelfFrom => self.self_from = file.self_from,
            Promise::GuardianBelow => self.guardian_below = file.guardian_below,
            Promise::Survey => {
                let own = evaluation.surveys.iter();
                for version in own.filter(|version| one.now.as_deref() == Some(&named(version))) {
                    self.know_survey(&version.sha256);
                }
            }
        }
        says_it
    }

    /// Writes what this machine knows.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep(&self) -> Result<(), StoreError> {
        let mut text = format!("{TITLE}{VERSION}\nprofile {}\n", self.profile.code());
        for (limit, least) in &self.limits {
            text.push_str(&format!("limit {} {least}\n", limit.key()));
        }
        for (promise, date) in [
            (Promise::WithdrawUntil, self.withdraw_until),
            (Promise::DeleteBy, self.delete_by),
        ] {
            if let Some(date) = date {
                text.push_str(&format!("{} {date}\n", promise.key()));
            }
        }
        for (promise, age) in [
            (Promise::SelfFrom, self.self_from),
            (Promise::GuardianBelow, self.guardian_below),
        ] {
            if let Some(age) = age {
                text.push_str(&format!("{} {age}\n", promise.key()));
            }
        }
        for version in &self.surveys {
            text.push_str(&format!("survey {version}\n"));
        }
        if let Some(folder) = self.path.parent() {
            atomic::make_folder(folder)?;
        }
        atomic::replace(&self.path, text.as_bytes(), Access::Owner)
    }
}

/// A version of a survey as people name it.
fn named(version: &SurveyUse) -> String {
    format!("{} {}", version.id, version.version)
}

/// The limit that another one is never below: where that is lowered, so is this.
const fn follows(limit: Limit) -> Option<Limit> {
    match limit {
        Limit::SensitiveThreshold | Limit::ThemeFrom => Some(Limit::Threshold),
        Limit::SensitiveMinBase => Some(Limit::MinBase),
        Limit::SensitiveMinGroup => Some(Limit::MinGroup),
        _ => None,
    }
}

/// The higher, the less is told of few.
const fn strictness(profile: ProfileName) -> u8 {
    match profile {
        ProfileName::SmallSample => 0,
        ProfileName::Standard => 1,
        ProfileName::Strict => 2,
    }
}

#[cfg(test)]
mod known_promises_tests;
