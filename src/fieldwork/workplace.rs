//! The real desk: an evaluation's folder on this machine.
//!
//! Begins interviews whose every step goes to a journal, goes on with drafts, and opens what is sealed for those
//! who have the key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::definition;
use crate::definition::problem::Problem;
use crate::domain::evaluation::{Contact, Evaluation, Identification, Site};
use crate::domain::interview::{Interview, Opening};
use crate::domain::localized::Localized;
use crate::domain::record::{InterviewId, Mode, SurveyStamp};
use crate::domain::survey::{Fingerprint, Survey};
use crate::domain::word_code::LaptopCode;
use crate::store::collection::{self, Collection};
use crate::store::envelope::may_interview;
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::fingerprint::KeyFingerprint;
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::home::Home;
use crate::store::journal::{self, Tail};
use crate::store::keys::{
    CoordinatorKeys, Identities, LAPTOP_DRAFTS_FILE, LAPTOP_FILE, LaptopIdentity, LaptopKey, RecoveryKey,
    locate,
};
use crate::store::kit::{self, Kit};
use crate::store::known::{self, Known};
use crate::store::{StoreError, atomic, ballast, tombstone};

use super::desk::{CannotStart, Desk, DraftEntry, DraftSecret, LeftDrafts, NewInterview, Recovery};
use super::handover::{self, CannotHandOver, HandedOver, Waiting};
use super::journal_keeper::{Drawn, JournalKeeper, Place, RandomSource, trouble};
use super::session::{KeepsNothing, Session, Trouble};

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

/// Why sealed interviews cannot be opened.
#[derive(Debug)]
pub enum CannotUnlock {
    /// The key is not on this machine.
    NoKey(PathBuf),
    /// A passphrase is needed.
    NeedsSecret,
    /// It is not this passphrase.
    WrongSecret,
    /// The disk said no, or the key file is damaged.
    Store(StoreError),
}

/// An opened evaluation.
pub struct Workplace {
    folder: EvaluationFolder,
    home: Home,
    evaluation: Evaluation,
    surveys: Vec<Arc<Survey>>,
    kit: Option<Kit>,
    today: Option<Date>,
    random: RandomSource,
}

impl Workplace {
    /// Opens the evaluation in a folder, with the surveys of its open round. A kit is checked against the
    /// coordinator's signature, and the keys against those this machine knows.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(root: &Path, home: &Path, random: RandomSource) -> Result<Self, CannotOpen> {
        let workplace = Self::open_unknown(root, home, random)?;
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
        let mut workplace = Self {
            folder,
            home: Home::new(home.to_owned()),
            evaluation,
            surveys: Vec::new(),
            kit,
            today: None,
            random,
        };
        workplace.keep_site_of_kit();
        let round = workplace
            .evaluation
            .open_round()
            .map(|round| round.surveys.clone());
        for id in round.unwrap_or_default() {
            // The version that was put into use last.
            let named = workplace
                .evaluation
                .surveys
                .iter()
                .rev()
                .find(|survey| survey.id == id);
            if let Some(sha256) = named.map(|survey| survey.sha256.clone()) {
                let survey = workplace.survey(&sha256)?;
                workplace.surveys.push(survey);
            }
        }
        Ok(workplace)
    }

    /// Says which day it is: what is over and what is old goes by it. Without a day nothing is.
    #[must_use]
    pub const fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Returns whether people can withdraw their answers, and still can today.
    fn has_codes(&self) -> bool {
        let until = self.evaluation.withdraw_until;
        let is_over = until.zip(self.today).is_some_and(|(until, today)| today > until);
        self.evaluation.identification == Identification::Deidentified && !is_over
    }

    fn is_old(&self, draft: &DraftEntry) -> bool {
        let hours = self.evaluation.draft_hours;
        self.today.is_some_and(|today| draft.is_old(today, hours))
    }

    /// Returns the drafts that laptops handed over and that are still to be decided on. Those of interviews that came
    /// finished since, that were withdrawn, or of which a longer draft came, are removed.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn arrived_drafts(&self, secret: Option<&str>) -> Result<Vec<DraftEntry>, CannotUnlock> {
        let identities = self.unlock(secret)?;
        let rescue = self.folder.rescue();
        let found = journal::recover_all(&rescue, &identities).map_err(CannotUnlock::Store)?;
        let mut best: BTreeMap<InterviewId, (usize, PathBuf)> = BTreeMap::new();
        let mut needless = Vec::new();
        let mut entries = Vec::new();
        for (path, recovered) in found {
            let Ok(recovered) = recovered else {
                // It is named when it is opened.
                entries.extend(arrived(&path));
                continue;
            };
            let length = recovered.entries.len();
            let interview = recovered.opening.interview.clone();
            match best.get_mut(&interview) {
                Some(known) if known.0 >= length => needless.push(path),
                Some(known) => needless.push(std::mem::replace(known, (length, path)).1),
                None => drop(best.insert(interview, (length, path))),
            }
        }
        if !best.is_empty() {
            let gone = tombstone::read_all(&self.folder.gone(), &identities, &self.evaluation)
                .map_err(CannotUnlock::Store)?;
            let collection = self.open_collection(secret)?;
            let finished: BTreeSet<&InterviewId> = collection
                .records
                .iter()
                .map(|record| &record.interview)
                .collect();
            for (interview, (_, path)) in best {
                if finished.contains(&interview) || gone.interviews.contains(&interview) {
                    needless.push(path);
                } else {
                    entries.extend(arrived(&path));
                }
            }
        }
        for path in needless {
            atomic::remove(&path).map_err(CannotUnlock::Store)?;
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Sees to it that an interview never comes back, whatever a laptop hands over.
    ///
    /// # Errors
    /// [`CannotUnlock`]: it takes the coordinator's own keys.
    pub fn bury(&self, interview: &InterviewId, secret: Option<&str>) -> Result<(), CannotUnlock> {
        let keys = self.coordinator(secret)?;
        let gone = self.folder.gone();
        let to = may_interview(&self.evaluation).map_err(|_| CannotUnlock::NeedsSecret)?;
        tombstone::put(&gone, interview, &to, keys.signer(), &mut Drawn(&self.random))
            .map_err(CannotUnlock::Store)
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

    /// Notes the keys as those this machine knows.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep_known(&self) -> Result<(), StoreError> {
        known::keep(&self.home, &self.evaluation)
    }

    /// Returns the evaluation.
    #[must_use]
    pub const fn evaluation(&self) -> &Evaluation {
        &self.evaluation
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
        let bytes = self.folder.survey(fingerprint).map_err(CannotOpen::Store)?;
        let outcome = definition::survey::open(&bytes);
        match outcome.value {
            Some(survey) => Ok(Arc::new(survey)),
            None => Err(CannotOpen::Mistakes {
                path: self
                    .folder
                    .root()
                    .join("surveys")
                    .join(format!("{}.toml", fingerprint.0)),
                bytes,
                problems: outcome.problems,
            }),
        }
    }

    /// Returns whether opening sealed interviews takes a passphrase.
    #[must_use]
    pub fn needs_secret(&self) -> bool {
        match self.key_file() {
            Ok(path) => CoordinatorKeys::is_wrapped(&path).unwrap_or(true),
            Err(_) => true,
        }
    }

    /// Returns the keys that open what is sealed here. `secret` is the coordinator's passphrase, or the recovery
    /// key as it is printed; made-up evaluations need none.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn unlock(&self, secret: Option<&str>) -> Result<Identities, CannotUnlock> {
        if let Some(recovery) = secret.and_then(|secret| RecoveryKey::read(secret).ok()) {
            return Ok(recovery.identities());
        }
        self.coordinator(secret).map(|keys| keys.identities())
    }

    /// Returns the coordinator's keys, which open and sign; made-up evaluations need no passphrase.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn coordinator(&self, secret: Option<&str>) -> Result<CoordinatorKeys, CannotUnlock> {
        let path = self.key_file()?;
        let id = &self.evaluation.id;
        let keys = if CoordinatorKeys::is_wrapped(&path).map_err(CannotUnlock::Store)? {
            let secret = secret.ok_or(CannotUnlock::NeedsSecret)?;
            CoordinatorKeys::read_wrapped(&path, &SecretString::from(secret.to_owned()), id)
        } else {
            CoordinatorKeys::read_unwrapped(&path, id, self.evaluation.made_up)
        };
        match keys {
            Ok(keys) => Ok(keys),
            Err(StoreError::WrongPassphrase { .. }) => Err(CannotUnlock::WrongSecret),
            Err(error) => Err(CannotUnlock::Store(error)),
        }
    }

    fn key_file(&self) -> Result<PathBuf, CannotUnlock> {
        let found = locate(None, self.folder.root(), &self.home, &self.evaluation.id);
        found.map_err(|error| match error {
            StoreError::NotFound { path } => CannotUnlock::NoKey(path),
            error => CannotUnlock::Store(error),
        })
    }

    /// Opens every sealed interview.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn open_collection(&self, secret: Option<&str>) -> Result<Collection, CannotUnlock> {
        self.open_collection_with(secret, &mut |_, _| ())
    }

    /// Opens every sealed interview, and tells how many of how many are open.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn open_collection_with(
        &self,
        secret: Option<&str>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Collection, CannotUnlock> {
        let identities = self.unlock(secret)?;
        let (out, slips) = (self.folder.out(), self.folder.slips());
        let stores = (FolderStore::new(out.clone()), FolderStore::new(slips.clone()));
        let places: [(&Path, &dyn EnvelopeStore); 2] = [(&out, &stores.0), (&slips, &stores.1)];
        let mut found = collection::read_all(&places, &identities, &self.evaluation, progress)
            .map_err(CannotUnlock::Store)?;
        self.leave_out_withdrawn(&mut found, &identities)?;
        Ok(found)
    }

    /// A tombstone wins over every copy, whenever it came.
    fn leave_out_withdrawn(
        &self,
        found: &mut Collection,
        identities: &Identities,
    ) -> Result<(), CannotUnlock> {
        let gone = tombstone::read_all(&self.folder.gone(), identities, &self.evaluation)
            .map_err(CannotUnlock::Store)?;
        gone.apply(found);
        Ok(())
    }

    /// Returns the keys that open drafts here: the laptop's, by the laptop code, in a kit; the coordinator's
    /// elsewhere; the recovery key everywhere.
    fn unlock_drafts(&self, secret: Option<&str>) -> Result<Identities, CannotUnlock> {
        let recovery = secret.and_then(|secret| RecoveryKey::read(secret).ok());
        if self.kit.is_none() || recovery.is_some() {
            return self.unlock(secret);
        }
        let code = LaptopCode::read(secret.ok_or(CannotUnlock::NeedsSecret)?);
        let code = code.map_err(|_| CannotUnlock::WrongSecret)?;
        let code = SecretString::from(code.text().as_str().to_owned());
        let path = self.folder.keys().join(LAPTOP_DRAFTS_FILE);
        match LaptopIdentity::read(&path, &code, &self.evaluation.id) {
            Ok(key) => Ok(key.identities()),
            Err(StoreError::WrongPassphrase { .. }) => Err(CannotUnlock::WrongSecret),
            Err(error) => Err(CannotUnlock::Store(error)),
        }
    }

    /// Returns the key this machine signs with: from home, or beside a made-up evaluation.
    fn laptop_key(&self) -> Result<LaptopKey, CannotStart> {
        let beside = self.folder.keys().join(LAPTOP_FILE);
        let is_beside = self.kit.is_some() || (self.evaluation.made_up && beside.is_file());
        let path = if is_beside {
            beside
        } else {
            let keys = self.home.keys(&self.evaluation.id);
            keys.map_err(|_| CannotStart::KeysNotProved)?.join(LAPTOP_FILE)
        };
        LaptopKey::read(&path, &self.evaluation.id).map_err(|error| match error {
            StoreError::NotFound { .. } => CannotStart::NoSigningKey,
            error => CannotStart::Disk(trouble(&error)),
        })
    }

    fn place(&self) -> Result<(Place, LaptopKey), CannotStart> {
        let to = may_interview(&self.evaluation).map_err(|_| CannotStart::KeysNotProved)?;
        let laptop = self.laptop_key()?;
        let recipients = match &self.kit {
            Some(kit) => to.recipients().and(&kit.age),
            None => Ok(to.recipients().clone()),
        };
        let place = Place {
            drafts: self.folder.draft(),
            out: self.folder.out(),
            slips: self.folder.slips(),
            recipients: recipients.map_err(|_| CannotStart::KeysNotProved)?,
            to,
            signer: laptop.signer().clone(),
            codes: self.has_codes(),
            random: Arc::clone(&self.random),
        };
        Ok((place, laptop))
    }

    fn opening(&self, wanted: &NewInterview, laptop: Option<&LaptopKey>) -> Option<Opening> {
        let mut id = [0; 16];
        (self.random)(&mut id).ok()?;
        let mut seed = [0; 8];
        (self.random)(&mut seed).ok()?;
        Some(Opening {
            interview: InterviewId::from_bytes(id),
            survey: stamp(&wanted.survey),
            round: self.evaluation.open_round()?.id.clone(),
            site: wanted.site.clone(),
            laptop: laptop.map(|laptop| laptop.laptop().clone()),
            interviewer: None,
            mode: wanted
                .group
                .map_or(Mode::Individual, |people| Mode::Group { people }),
            entered: wanted.entered,
            language: wanted.language,
            order_seed: u64::from_le_bytes(seed),
            age_bands: self.evaluation.consent_policy.age_bands(),
            made_up: self.evaluation.made_up,
        })
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

impl Desk for Workplace {
    fn title(&self) -> &Localized {
        &self.evaluation.title
    }

    fn made_up(&self) -> bool {
        self.evaluation.made_up
    }

    fn surveys(&self) -> &[Arc<Survey>] {
        &self.surveys
    }

    fn sites(&self) -> &[Site] {
        &self.evaluation.sites
    }

    fn contacts(&self) -> &[Contact] {
        &self.evaluation.contacts
    }

    fn withdraw_until(&self) -> Option<Date> {
        self.evaluation.withdraw_until.filter(|_| self.has_codes())
    }

    fn drafts(&self) -> Vec<DraftEntry> {
        let found = journal::list_drafts(&self.folder.draft()).unwrap_or_default();
        let mut drafts: Vec<_> = found.into_iter().filter(|draft| !draft.in_use).collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.modified));
        drafts
            .into_iter()
            .filter_map(|draft| {
                let modified = draft
                    .modified
                    .and_then(|time| jiff::Timestamp::try_from(time).ok());
                Some(DraftEntry {
                    name: draft.path.file_stem()?.to_str()?.to_owned(),
                    last_day: modified.map(|time| time.to_zoned(TimeZone::system()).date()),
                    arrived: false,
                })
            })
            .collect()
    }

    fn sealed(&self) -> usize {
        collection::count(&self.folder.out()).unwrap_or(0)
    }

    fn draft_secret(&self) -> DraftSecret {
        match (&self.kit, self.evaluation.made_up) {
            (Some(_), _) => DraftSecret::LaptopCode,
            (None, true) => DraftSecret::Nothing,
            (None, false) => DraftSecret::Passphrase,
        }
    }

    fn key_words(&self) -> Option<String> {
        (!self.evaluation.made_up).then(|| self.fingerprint().to_string())
    }

    fn waiting(&self) -> Option<Waiting> {
        self.kit.as_ref()?;
        handover::waiting(&self.folder).ok()
    }

    fn left_drafts(&self) -> LeftDrafts {
        if self.evaluation.made_up {
            return LeftDrafts::default();
        }
        LeftDrafts {
            hours: self.evaluation.draft_hours,
            here: self.drafts().iter().filter(|draft| self.is_old(draft)).count(),
            arrived: handed_draft::count(&self.folder.rescue()).unwrap_or(0),
        }
    }

    fn sticks(&self) -> Vec<PathBuf> {
        handover::sticks()
    }

    fn hand_over(&mut self, to: &Path) -> Result<HandedOver, CannotHandOver> {
        let key = self.laptop_key().map_err(|error| match error {
            CannotStart::Disk(trouble) => CannotHandOver::Disk(trouble),
            _ => CannotHandOver::Disk(Trouble::Gone),
        })?;
        let mut drafts: Vec<String> = self
            .drafts()
            .into_iter()
            .filter(|draft| self.is_old(draft))
            .map(|draft| draft.name)
            .collect();
        drafts.sort();
        handover::hand_over(&self.folder, &self.evaluation, &drafts, key.signer(), to)
    }

    fn clear(&mut self, receipts: &Path) -> Result<usize, CannotHandOver> {
        handover::clear(&self.folder, &self.evaluation, receipts)
    }

    fn begin(&mut self, wanted: &NewInterview) -> Result<Session, CannotStart> {
        let (place, laptop) = self.place()?;
        // Room for sealing is kept free from the start; where there is none, sealing will say so.
        let _ = ballast::take_in(&place.out, &mut Drawn(&self.random));
        let opening = self
            .opening(wanted, Some(&laptop))
            .ok_or(CannotStart::Disk(Trouble::Other))?;
        let interview = Interview::begin(Arc::clone(&wanted.survey), opening);
        Ok(Session::begin(interview, Box::new(JournalKeeper::new(place))))
    }

    fn resume(
        &mut self,
        draft: &DraftEntry,
        secret: Option<&str>,
    ) -> Result<(Session, Recovery), CannotStart> {
        let (mut place, _) = self.place()?;
        if draft.arrived {
            place.drafts = self.folder.rescue();
        }
        let identities = self.unlock_drafts(secret).map_err(|error| match error {
            CannotUnlock::NoKey(_) | CannotUnlock::NeedsSecret | CannotUnlock::WrongSecret => {
                CannotStart::WrongSecret
            }
            CannotUnlock::Store(error) => CannotStart::Disk(trouble(&error)),
        })?;
        let path = place
            .drafts
            .join(format!("{}.{}", draft.name, journal::EXTENSION));
        let recovered = journal::recover(&path, &identities).map_err(|error| cannot_resume(&error))?;
        if recovered.newer() > 0 {
            return Err(CannotStart::Newer);
        }
        let opening = recovered.opening.clone();
        let survey = self.survey(&opening.survey.sha256).map_err(|error| match error {
            CannotOpen::Store(error) if !matches!(error, StoreError::NotFound { .. }) => {
                CannotStart::Disk(trouble(&error))
            }
            _ => CannotStart::SurveyGone,
        })?;
        let recovery = Recovery {
            torn: recovered.tail != Tail::Whole,
            damaged: recovered.damage.is_some(),
        };
        let (kept, entries) = if recovery.damaged {
            let aside = self.folder.quarantine();
            recovered.rescue(&place.drafts, &aside, &place.recipients, &mut Drawn(&self.random))
        } else {
            let entries = recovered.entries.clone();
            recovered.resume().map(|kept| (kept, entries))
        }
        .map_err(|error| cannot_resume(&error))?;
        let steps: Vec<_> = entries
            .iter()
            .filter_map(|entry| entry.action().cloned())
            .collect();
        let (interview, _) = Interview::replay(survey, opening.clone(), &steps);
        let keeper = JournalKeeper::reopened(place, opening, kept, entries);
        Ok((Session::resume(interview, steps, Box::new(keeper)), recovery))
    }

    fn practice(&mut self, wanted: &NewInterview) -> Session {
        practice(wanted, self.opening(wanted, None), &self.evaluation)
    }
}

fn practice(wanted: &NewInterview, opening: Option<Opening>, evaluation: &Evaluation) -> Session {
    let mut opening = opening.unwrap_or_else(|| practice_opening(wanted));
    opening.age_bands = evaluation.consent_policy.age_bands();
    opening.made_up = true;
    let interview = Interview::begin(Arc::clone(&wanted.survey), opening);
    Session::begin(interview, Box::new(KeepsNothing))
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

fn arrived(path: &Path) -> Option<DraftEntry> {
    Some(DraftEntry {
        name: path.file_stem()?.to_str()?.to_owned(),
        last_day: None,
        arrived: true,
    })
}

fn cannot_resume(error: &StoreError) -> CannotStart {
    match error {
        StoreError::Locked { .. } => CannotStart::OpenElsewhere,
        StoreError::WrongKey { .. } | StoreError::WrongPassphrase { .. } => CannotStart::WrongSecret,
        StoreError::Newer { .. } => CannotStart::Newer,
        StoreError::Damaged { .. } => CannotStart::Damaged,
        error => CannotStart::Disk(trouble(error)),
    }
}
