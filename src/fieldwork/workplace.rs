//! The real desk: an evaluation's folder on this machine.
//!
//! Begins interviews whose every step goes to a journal, goes on with drafts, and opens what is sealed for those
//! who have the key.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::definition;
use crate::definition::problem::Problem;
use crate::domain::evaluation::{Evaluation, Laptop};
use crate::domain::id::Slug;
use crate::domain::interview::Opening;
use crate::domain::record::{InterviewId, Mode, SurveyStamp};
use crate::domain::survey::{Fingerprint, Survey};
use crate::store::StoreError;
use crate::store::closing::PROTOCOL_FILE;
use crate::store::fingerprint::KeyFingerprint;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::keys::{CoordinatorKeys, LAPTOP_DRAFTS_FILE};
use crate::store::kit::{self, Kit};
use crate::store::known::{self, Known};
use crate::store::known_laptops::{KnownLaptops, Strangers};
use crate::store::known_promises::{KnownPromises, Laxer, Promise};

use super::desk::NewInterview;
use super::journal_keeper::RandomSource;
use super::round_surveys::{Mistaken, RoundSurveys, SurveyBytes};

mod arrived;
mod at_desk;
mod unlocking;

pub use arrived::{ArrivedDraft, WaitingInterview};
pub use unlocking::CannotUnlock;

/// Why an evaluation cannot be opened.
#[derive(Debug)]
pub enum CannotOpen {
    /// There is none in this folder.
    NotThere(PathBuf),
    /// The file has mistakes.
    Mistakes {
        /// The file.
        path: PathBuf,
        /// Its bytes, to show the places in.
        bytes: Vec<u8>,
        /// What is wrong.
        problems: Vec<Problem>,
    },
    /// The disk said no, or a survey is missing or changed.
    Store(StoreError),
    /// The kit is not as the coordinator signed it.
    NotAsSigned(PathBuf),
    /// The keys are others than those this machine knows. Somebody has to compare the words first.
    OtherKeys(KeyFingerprint),
}

/// An opened evaluation.
pub struct Workplace {
    folder: EvaluationFolder,
    home: Home,
    evaluation: Evaluation,
    surveys: RoundSurveys,
    kit: Option<Kit>,
    strangers: Strangers,
    laxer: Vec<Laxer>,
    today: Option<Date>,
    zone: TimeZone,
    random: RandomSource,
    /// The coordinator's keys, where they were opened earlier in this run of the program.
    keys: Option<CoordinatorKeys>,
}

impl Workplace {
    /// Opens the evaluation in a folder, with the surveys of its open round. A kit is checked against the
    /// coordinator's signature, and the keys against those this machine knows.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(root: &Path, home: &Path, random: RandomSource) -> Result<Self, CannotOpen> {
        Self::open_unread(root, home, random)?.with_surveys_read()
    }

    /// As [`Self::open`], with surveys that are read when they are wanted: for the start screen, which is to be
    /// there at once. That their bytes are the right ones is checked here too.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open_unread(root: &Path, home: &Path, random: RandomSource) -> Result<Self, CannotOpen> {
        let workplace = Self::at(root, home, random)?;
        if !workplace.evaluation.made_up {
            let known = known::compare(&workplace.home, &workplace.evaluation);
            match known.map_err(CannotOpen::Store)? {
                Known::Same => {}
                Known::First => workplace.keep_known().map_err(CannotOpen::Store)?,
                Known::Changed => return Err(CannotOpen::OtherKeys(workplace.fingerprint())),
            }
        }
        Ok(workplace)
    }

    /// As [`Self::open`], whatever keys this machine knows: for the one who compares the words, and for whoever
    /// changes the keys on purpose. [`Self::keep_known`] notes them.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open_unknown(root: &Path, home: &Path, random: RandomSource) -> Result<Self, CannotOpen> {
        Self::at(root, home, random)?.with_surveys_read()
    }

    fn with_surveys_read(self) -> Result<Self, CannotOpen> {
        match self.surveys.read() {
            Ok(_) => Ok(self),
            Err(mistaken) => Err(CannotOpen::from(mistaken.clone())),
        }
    }

    fn at(root: &Path, home: &Path, random: RandomSource) -> Result<Self, CannotOpen> {
        let (folder, bytes) = EvaluationFolder::open(root).map_err(|error| match error {
            StoreError::NotFound { .. } => CannotOpen::NotThere(root.to_owned()),
            error => CannotOpen::Store(error),
        })?;
        let outcome = definition::evaluation::read(&bytes);
        let Some(evaluation) = outcome.value else {
            return Err(CannotOpen::Mistakes {
                path: folder.evaluation_path(),
                bytes,
                problems: outcome.problems,
            });
        };
        let kit = kit::check(root, &evaluation).map_err(|error| match error {
            StoreError::WrongKey { path } | StoreError::Damaged { path, .. } => CannotOpen::NotAsSigned(path),
            StoreError::NotFound { path } => CannotOpen::NotAsSigned(path),
            error => CannotOpen::Store(error),
        })?;
        // A laptop's folder whose signature somebody took away is no coordinator's folder.
        if kit.is_none() && !evaluation.made_up && folder.keys().join(LAPTOP_DRAFTS_FILE).is_file() {
            return Err(CannotOpen::NotAsSigned(root.join(kit::KIT_FILE)));
        }
        let mut workplace = Self {
            folder,
            home: Home::new(home.to_owned()),
            evaluation,
            surveys: RoundSurveys::read_already(Vec::new()),
            kit,
            strangers: Strangers::default(),
            laxer: Vec::new(),
            today: None,
            zone: TimeZone::UTC,
            random,
            keys: None,
        };
        workplace.keep_site_of_kit();
        workplace.hold_against_known().map_err(CannotOpen::Store)?;
        workplace.look_for_surveys()?;
        Ok(workplace)
    }

    /// Looks for the surveys of the open round.
    fn look_for_surveys(&mut self) -> Result<(), CannotOpen> {
        let round = self.evaluation.open_round().map(|round| round.surveys.clone());
        let mut files = Vec::new();
        for id in round.unwrap_or_default() {
            // The version that was put into use last.
            let mut used = self.evaluation.surveys.iter().rev();
            let named = used.find(|survey| survey.id == id);
            if let Some(sha256) = named.map(|survey| survey.sha256.clone()) {
                files.push(self.survey_bytes(&sha256)?);
            }
        }
        self.surveys = RoundSurveys::unread(files);
        Ok(())
    }

    /// Returns the evaluation as it was in an earlier round, to look at what was done in it: that round is the open one,
    /// and those after it are not there. `None` where there is no such round.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn in_round(mut self, round: &Slug) -> Result<Option<Self>, CannotOpen> {
        let Some(place) = self.evaluation.rounds.iter().position(|own| own.id == *round) else {
            return Ok(None);
        };
        self.evaluation.rounds.truncate(place + 1);
        self.look_for_surveys()?;
        self.with_surveys_read().map(Some)
    }

    /// Says what the clock shows here: what is over and what is old goes by its day, and days are told in its time zone.
    /// Without it nothing is over or old.
    #[must_use]
    pub fn on(mut self, now: &Zoned) -> Self {
        self.today = Some(now.date());
        self.zone = now.time_zone().clone();
        self
    }

    /// Takes the coordinator's keys that were opened before, so that the passphrase need not be worked through again.
    #[must_use]
    pub fn with_keys(mut self, keys: Option<CoordinatorKeys>) -> Self {
        self.keys = keys.filter(|keys| keys.evaluation() == self.evaluation.id);
        self
    }

    /// A kit that is for one site is not asked about the others.
    fn keep_site_of_kit(&mut self) {
        if let Some(site) = self.kit.as_ref().and_then(|kit| kit.site.clone()) {
            self.evaluation.sites.retain(|known| known.id == site);
        }
    }

    /// Returns the kit this is, on a laptop.
    #[must_use]
    pub const fn kit(&self) -> Option<&Kit> {
        self.kit.as_ref()
    }

    /// Returns the fingerprint of the keys interviews are sealed to.
    #[must_use]
    pub fn fingerprint(&self) -> KeyFingerprint {
        KeyFingerprint::of(&self.evaluation)
    }

    /// Lets no laptop count that the coordinator's machine does not know, and no promise be less than it has seen. On a
    /// laptop the coordinator's signature says what the evaluation file may hold.
    fn hold_against_known(&mut self) -> Result<(), StoreError> {
        if self.kit.is_some() {
            return Ok(());
        }
        // A real evaluation does not become a made-up one, for which nothing below holds.
        let is_known = || {
            let known = self.home.known_promises(&self.evaluation.id);
            known.is_ok_and(|path| path.is_file())
        };
        if self.evaluation.made_up && is_known() {
            self.evaluation.made_up = false;
            self.laxer.push(Laxer {
                what: Promise::Real,
                was: "false".to_owned(),
                now: Some("true".to_owned()),
            });
        }
        if !self.evaluation.made_up {
            let mut promises = KnownPromises::of(&self.home, &self.evaluation)?;
            self.laxer.extend(promises.hold_against(&mut self.evaluation)?);
            let mut known = KnownLaptops::of(&self.home, &self.evaluation)?;
            self.strangers = known.hold_against(&mut self.evaluation)?;
        }
        Ok(())
    }

    /// Returns the laptops in the evaluation file that this machine does not know as they stand there. They do not count.
    #[must_use]
    pub const fn strangers(&self) -> &Strangers {
        &self.strangers
    }

    /// Returns what the evaluation file promises less than this machine has seen. What it has seen holds.
    #[must_use]
    pub fn laxer(&self) -> &[Laxer] {
        &self.laxer
    }

    /// Accepts what the evaluation file says of a promise: somebody has said that it is right. Returns whether the file
    /// still says so.
    ///
    /// # Errors
    /// What the system said.
    pub fn accept_laxer(&self, one: &Laxer) -> Result<bool, StoreError> {
        let bytes = self.folder.evaluation_bytes()?;
        let Some(file) = definition::evaluation::read(&bytes).value else {
            return Ok(false);
        };
        let mut promises = KnownPromises::of(&self.home, &file)?;
        let is_accepted = promises.accept(one, &file);
        promises.keep()?;
        Ok(is_accepted)
    }

    /// Takes a version of a survey for one that was put into use on this machine.
    ///
    /// # Errors
    /// What the system said.
    pub fn accept_survey(&self, version: &Fingerprint) -> Result<(), StoreError> {
        if self.evaluation.made_up {
            return Ok(());
        }
        let mut promises = KnownPromises::of(&self.home, &self.evaluation)?;
        promises.know_survey(version);
        promises.keep()
    }

    /// Accepts a laptop as it stands in the evaluation file: it was made here, revoked here, or somebody has said that it
    /// is right.
    ///
    /// # Errors
    /// What the system said.
    pub fn accept_laptop(&self, laptop: &Laptop) -> Result<(), StoreError> {
        if self.evaluation.made_up {
            return Ok(());
        }
        let mut known = KnownLaptops::of(&self.home, &self.evaluation)?;
        known.accept(laptop);
        known.keep()
    }

    /// Notes the keys that this machine is about to give the evaluation.
    ///
    /// # Errors
    /// What the system said.
    pub fn note_coming(&self, evaluation: &Evaluation) -> Result<(), StoreError> {
        if self.evaluation.made_up {
            return Ok(());
        }
        known::note_coming(&self.home, evaluation)
    }

    /// Notes the keys as those this machine knows. A made-up evaluation leaves nothing on the machine, and one of which
    /// something is known was not made up.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep_known(&self) -> Result<(), StoreError> {
        if self.evaluation.made_up {
            return Ok(());
        }
        known::keep(&self.home, &self.evaluation)
    }

    /// Returns the evaluation.
    #[must_use]
    pub const fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// Returns whether it was closed here: keys and answers are gone, and there is a record of it.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.folder.root().join(PROTOCOL_FILE).is_file()
    }

    /// Returns its folder.
    #[must_use]
    pub const fn folder(&self) -> &EvaluationFolder {
        &self.folder
    }

    /// Returns the program's own folder.
    #[must_use]
    pub const fn home(&self) -> &Home {
        &self.home
    }

    /// Returns the version of a survey with this fingerprint.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn survey(&self, fingerprint: &Fingerprint) -> Result<Arc<Survey>, CannotOpen> {
        self.survey_bytes(fingerprint)?.read().map_err(CannotOpen::from)
    }

    fn survey_bytes(&self, fingerprint: &Fingerprint) -> Result<SurveyBytes, CannotOpen> {
        let bytes = self.folder.survey(fingerprint).map_err(CannotOpen::Store)?;
        let file = format!("{}.toml", fingerprint.0);
        let path = self.folder.root().join("surveys").join(file);
        Ok(SurveyBytes { path, bytes })
    }
}

impl From<Mistaken> for CannotOpen {
    fn from(mistaken: Mistaken) -> Self {
        Self::Mistakes {
            path: mistaken.file.path,
            bytes: mistaken.file.bytes,
            problems: mistaken.problems,
        }
    }
}

/// Returns which survey this is, in which version.
#[must_use]
pub fn stamp(survey: &Survey) -> SurveyStamp {
    SurveyStamp {
        id: survey.id().clone(),
        version: survey.parts().version.clone(),
        sha256: survey.parts().fingerprint.clone(),
    }
}

/// Returns the opening of an interview that is nobody's, for practice without an evaluation.
#[must_use]
pub fn practice_opening(wanted: &NewInterview) -> Opening {
    Opening {
        interview: InterviewId::from_bytes([0; 16]),
        survey: stamp(&wanted.survey),
        // The survey's own name is a name for a round as good as any.
        round: wanted.survey.id().clone(),
        site: wanted.site.clone(),
        laptop: None,
        interviewer: None,
        mode: wanted
            .group
            .map_or(Mode::Individual, |people| Mode::Group { people }),
        entered: wanted.entered,
        language: wanted.language,
        order_seed: 1,
        age_bands: Vec::new(),
        made_up: true,
    }
}
