//! An evaluation's folder as an interviewer's desk: interviews begin, are gone on with and handed over here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::definition;
use crate::domain::evaluation::{Contact, Evaluation, Identification, Laptop, Site};
use crate::domain::id::Id;
use crate::domain::id::Slug;
use crate::domain::interview::{Interview, Opening};
use crate::domain::localized::Localized;
use crate::domain::record::{InterviewId, Mode};
use crate::fieldwork::desk::{
    CannotStart, Desk, DraftEntry, DraftSecret, LeftDrafts, NewInterview, Recovery,
};
use crate::fieldwork::handover::{self, CannotHandOver, Cleared, HandedOver, Waiting};
use crate::fieldwork::journal_keeper::{Drawn, JournalKeeper, Place, trouble};
use crate::fieldwork::round_surveys::RoundSurveys;
use crate::fieldwork::session::{KeepsNothing, Session, Trouble};
use crate::store::draft_marks::DraftMarks;
use crate::store::envelope::{Origin, may_interview};
use crate::store::folder::edit;
use crate::store::journal::{self, Tail};
use crate::store::keys::{LAPTOP_FILE, LaptopKey};
use crate::store::{StoreError, atomic, ballast, collection, handed_draft};

use super::{CannotOpen, CannotUnlock, Workplace, practice_opening, stamp};

impl Workplace {
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

    /// Returns whether a copy of a draft, or of one it goes on from, was handed over; where that cannot be read, it was.
    fn is_handed_over(&self, name: &str, entries: &[journal::Entry]) -> bool {
        let before = entries.iter().filter_map(|entry| match entry {
            journal::Entry::Continues { path, .. } => Path::new(path).file_stem()?.to_str(),
            _ => None,
        });
        let mut names = before.chain([name]);
        self.kit.is_some()
            && DraftMarks::read(self.folder.root())
                .map_or(true, |marks| names.any(|name| marks.is_handed(name)))
    }

    /// Returns the drafts that go along with the next delivery: those nobody went on with for long, but for those that
    /// wait for the person's word. Where that cannot be read, none goes.
    fn left_here(&self) -> Vec<DraftEntry> {
        let Ok(marks) = DraftMarks::read(self.folder.root()) else {
            return Vec::new();
        };
        let goes = |draft: &DraftEntry| self.is_old(draft) && !marks.is_held(&draft.name);
        self.drafts().into_iter().filter(goes).collect()
    }

    /// Returns where the key lies that this machine signs with: at home, or beside a made-up evaluation.
    fn laptop_file(&self) -> Result<PathBuf, CannotStart> {
        let beside = self.folder.keys().join(LAPTOP_FILE);
        let is_beside = self.kit.is_some() || (self.evaluation.made_up && beside.is_file());
        if is_beside {
            return Ok(beside);
        }
        let keys = self.home.keys(&self.evaluation.id);
        Ok(keys.map_err(|_| CannotStart::KeysNotProved)?.join(LAPTOP_FILE))
    }

    /// Returns the key this machine signs with.
    pub(super) fn laptop_key(&self) -> Result<LaptopKey, CannotStart> {
        let path = self.laptop_file()?;
        LaptopKey::read(&path, &self.evaluation.id).map_err(|error| match error {
            StoreError::NotFound { .. } if self.is_closed() => CannotStart::Closed,
            StoreError::NotFound { .. } => CannotStart::NoSigningKey,
            error => CannotStart::Disk(trouble(&error)),
        })
    }

    /// Returns whether what a coordinator's computer signs counts: it may have been revoked from another one.
    fn own_key_counts(&self) -> bool {
        let is_laptop = self.kit.is_some() || self.evaluation.made_up;
        let key = || self.laptop_key().ok();
        is_laptop
            || key().is_none_or(|key| Origin::of(&key.signer().public(), &self.evaluation.signing).counts())
    }

    /// Returns what this machine is called among the laptops, where it is no laptop with a kit: the coordinator's own.
    #[must_use]
    pub fn own_laptop(&self) -> Option<Slug> {
        let key = self.kit.is_none().then(|| self.laptop_key().ok()).flatten();
        key.map(|key| key.laptop().clone())
    }

    /// Gives a coordinator's computer a key to sign with, where it has none yet: the evaluation was made on another one.
    /// Returns its name among the laptops, if it got one.
    ///
    /// # Errors
    /// What the system said.
    pub fn become_office(&self) -> Result<Option<Slug>, StoreError> {
        let has_one = self.laptop_file().is_ok_and(|file| file.is_file()) && self.own_key_counts();
        let is_office = self.has_coordinators_key() && !self.evaluation.made_up && !self.is_closed();
        if has_one || !is_office {
            return Ok(None);
        }
        let id = &self.evaluation.id;
        let bytes = self.folder.evaluation_bytes()?;
        let known = definition::evaluation::read(&bytes).value;
        let known = known.map(|file| file.signing.laptops).unwrap_or_default();
        let is_free = |name: &Slug| !known.iter().any(|laptop| laptop.id == *name);
        let mut names = (2..).map_while(Laptop::further_office);
        let Some(name) = names.find(is_free) else {
            return Ok(None);
        };
        let key = LaptopKey::generate(id, name.clone(), &mut Drawn(&self.random))?;
        let public = key.signer().public();
        // The file first: a name without a key is of no harm, and what nobody knows would not count.
        self.folder.edit(|text| edit::add_laptop(text, &name, &public))?;
        let keys = self.home.keys(id)?;
        atomic::make_folder(&keys)?;
        atomic::remove(&keys.join(LAPTOP_FILE))?;
        key.write(&keys.join(LAPTOP_FILE))?;
        self.accept_laptop(&Laptop {
            id: name.clone(),
            key: public.to_string(),
            revoked: false,
        })?;
        Ok(Some(name))
    }

    fn place(&self) -> Result<(Place, LaptopKey), CannotStart> {
        let to = may_interview(&self.evaluation).map_err(|_| CannotStart::KeysNotProved)?;
        let laptop = self.laptop_key()?;
        if !self.own_key_counts() {
            return Err(CannotStart::NoSigningKey);
        }
        let recipients = match &self.kit {
            Some(kit) => to.recipients().and(&kit.age),
            None => Ok(to.recipients().clone()),
        };
        let place = Place {
            drafts: self.folder.draft(),
            out: self.folder.out(),
            slips: self.folder.slips(),
            aside: self.folder.quarantine(),
            root: self.folder.root().to_owned(),
            recipients: recipients.map_err(|_| CannotStart::KeysNotProved)?,
            to,
            signer: laptop.signer().clone(),
            codes: self.has_codes(),
            rescues: false,
            ledger: self.own_ledger(),
            random: Arc::clone(&self.random),
        };
        Ok((place, laptop))
    }

    /// The letter of whoever interviews: the one that was chosen, or the only one there is.
    fn letter(&self, wanted: &NewInterview) -> Option<Id> {
        let letters = self.letters();
        let chosen = wanted.letter.clone().filter(|letter| letters.contains(letter));
        chosen.or_else(|| match letters {
            [only] => Some(only.clone()),
            _ => None,
        })
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
            interviewer: self.letter(wanted),
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

impl Desk for Workplace {
    fn title(&self) -> Option<&Localized> {
        Some(&self.evaluation.title)
    }

    fn made_up(&self) -> bool {
        self.evaluation.made_up
    }

    fn cannot_begin(&self) -> Option<CannotStart> {
        // The stick was taken out, or the network is away: what is saved lies there.
        if !self.folder.root().is_dir() {
            return Some(CannotStart::Disk(Trouble::Gone));
        }
        let delete_by = self.delete_by();
        if delete_by.zip(self.today).is_some_and(|(day, today)| today >= day) {
            return Some(CannotStart::DeletionDue);
        }
        if may_interview(&self.evaluation).is_err() {
            return Some(CannotStart::KeysNotProved);
        }
        match self.laptop_file() {
            Ok(file) if file.is_file() && self.own_key_counts() => None,
            Ok(_) if self.is_closed() => Some(CannotStart::Closed),
            Ok(_) => Some(CannotStart::NoSigningKey),
            Err(why) => Some(why),
        }
    }

    fn surveys(&self) -> &RoundSurveys {
        &self.surveys
    }

    fn sites(&self) -> &[Site] {
        &self.evaluation.sites
    }

    fn letters(&self) -> &[Id] {
        self.kit.as_ref().map_or(&[], |kit| &kit.letters)
    }

    fn contacts(&self) -> &[Contact] {
        &self.evaluation.contacts
    }

    fn withdraw_until(&self) -> Option<Date> {
        self.evaluation.withdraw_until.filter(|_| self.has_codes())
    }

    fn delete_by(&self) -> Option<Date> {
        self.evaluation
            .delete_by
            .filter(|_| !self.evaluation.made_up && !self.is_closed())
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
                    last_day: modified.map(|time| time.to_zoned(self.zone.clone()).date()),
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

    fn deleted_drafts(&self) -> Vec<String> {
        let marks = DraftMarks::read(self.folder.root());
        marks.map_or_else(
            |_| Vec::new(),
            |marks| marks.deleted().map(|(name, _)| name.to_owned()).collect(),
        )
    }

    fn left_drafts(&self) -> LeftDrafts {
        if self.evaluation.made_up {
            return LeftDrafts::default();
        }
        LeftDrafts {
            hours: self.evaluation.draft_hours,
            here: self.left_here().len(),
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
        let mut drafts: Vec<String> = self.left_here().into_iter().map(|draft| draft.name).collect();
        drafts.sort();
        handover::hand_over(&self.folder, &self.evaluation, &drafts, key.signer(), to)
    }

    fn clear(&mut self, receipts: &Path) -> Result<Cleared, CannotHandOver> {
        handover::clear(&self.folder, &self.evaluation, receipts)
    }

    fn begin(&mut self, wanted: &NewInterview) -> Result<Session, CannotStart> {
        if let Some(why @ CannotStart::DeletionDue) = self.cannot_begin() {
            return Err(why);
        }
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
            place.rescues = true;
        }
        let identities = self.unlock_drafts(secret).map_err(cannot_unlock)?;
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
        let must_sign = draft.arrived && recovered.tail != Tail::Whole;
        let recovery = Recovery {
            torn: recovered.tail != Tail::Whole,
            damaged: recovered.damage.is_some(),
            copy_is_out: self.is_handed_over(&draft.name, &recovered.entries),
        };
        let (kept, entries) = if recovery.damaged {
            let aside = self.folder.quarantine();
            let locked_to = place.to.recipients();
            recovered.rescue(
                &place.drafts,
                &aside,
                (&place.recipients, locked_to),
                &mut Drawn(&self.random),
            )
        } else {
            let entries = recovered.entries.clone();
            recovered.resume().map(|kept| (kept, entries))
        }
        .map_err(|error| cannot_resume(&error))?;
        if must_sign {
            // It was checked when it was shown, and is another file now.
            self.sign_arrived(kept.path())
                .map_err(|error| cannot_resume(&error))?;
        }
        let steps: Vec<_> = entries
            .iter()
            .filter_map(|entry| entry.action().cloned())
            .collect();
        let (interview, _) = Interview::replay(survey, opening.clone(), &steps);
        let keeper = JournalKeeper::reopened(place, opening, kept, entries);
        Ok((Session::resume(interview, steps, Box::new(keeper)), recovery))
    }

    fn prove(&self, secret: &str) -> Result<(), CannotStart> {
        self.unlock_drafts(Some(secret)).map(drop).map_err(cannot_unlock)
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

fn cannot_unlock(error: CannotUnlock) -> CannotStart {
    match error {
        CannotUnlock::Closed | CannotUnlock::ClosingBegun => CannotStart::Closed,
        CannotUnlock::NoKey(_)
        | CannotUnlock::OnLaptop
        | CannotUnlock::OldKey(_)
        | CannotUnlock::NeedsSecret
        | CannotUnlock::WrongSecret => CannotStart::WrongSecret,
        CannotUnlock::Store(error) => CannotStart::Disk(trouble(&error)),
    }
}

fn cannot_resume(error: &StoreError) -> CannotStart {
    match error {
        StoreError::Locked { .. } => CannotStart::OpenElsewhere,
        // The secret was right, or we had not come here: it is the draft that is sealed to others.
        StoreError::WrongKey { .. } => CannotStart::OtherKey,
        StoreError::WrongPassphrase { .. } => CannotStart::WrongSecret,
        StoreError::Newer { .. } => CannotStart::Newer,
        StoreError::Damaged { .. } => CannotStart::Damaged,
        error => CannotStart::Disk(trouble(error)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;
    use jiff::civil::date;

    use crate::domain::founding::Field;
    use crate::fieldwork::desk::{CannotStart, Desk};
    use crate::fieldwork::founding::made_up::{founder, said};

    #[test]
    fn no_code_is_given_after_the_last_day_of_withdrawal() {
        let place = tempfile::tempdir().unwrap();
        let mut founder = founder(place.path());
        for (field, text) in [(Field::Mode, "ja"), (Field::WithdrawUntil, "2026-12-15")] {
            founder.take(field, text, "r").unwrap();
        }
        let root = founder.make(&said()).unwrap();
        let open = || founder.open(&root).unwrap();
        let night: Zoned = "2026-12-15T23:59:00[Europe/Oslo]".parse().unwrap();
        let last = open().on(&night);
        assert!(last.place().unwrap().0.codes);
        assert_eq!(last.withdraw_until(), Some(date(2026, 12, 15)));
        let after = open().on(&"2026-12-16T00:00:00[Europe/Oslo]".parse().unwrap());
        assert!(!after.place().unwrap().0.codes);
        assert_eq!(after.withdraw_until(), None);
    }

    #[test]
    fn the_day_of_a_draft_is_the_day_on_the_clock_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let mut founder = founder(place.path());
        let root = founder.make(&said()).unwrap();
        let workplace = founder.open(&root).unwrap();
        let path = workplace.folder().draft().join(format!("{}.jnl", "a".repeat(32)));
        crate::store::atomic::write_new(&path, b"x", crate::store::atomic::Access::Owner).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        let late: Zoned = "2026-11-22T23:30:00[UTC]".parse().unwrap();
        file.set_modified(late.timestamp().into()).unwrap();
        let day = |zone: &str| {
            let now: Zoned = format!("2026-11-23T10:00:00[{zone}]").parse().unwrap();
            let workplace = founder.open(&root).unwrap().on(&now);
            workplace.drafts().first().unwrap().last_day.unwrap()
        };
        assert_eq!(day("UTC"), date(2026, 11, 22));
        assert_eq!(day("Europe/Oslo"), date(2026, 11, 23));
    }

    #[test]
    fn nothing_begins_from_the_day_of_deletion_on() {
        let place = tempfile::tempdir().unwrap();
        let mut founder = founder(place.path());
        founder.take(Field::DeleteBy, "2027-06-15", "r").unwrap();
        let root = founder.make(&said()).unwrap();
        let on = |day: &str| {
            let now: Zoned = format!("{day}T08:00:00[Europe/Oslo]").parse().unwrap();
            founder.open(&root).unwrap().on(&now).cannot_begin()
        };
        assert_eq!(on("2027-06-14"), None);
        assert_eq!(on("2027-06-15"), Some(CannotStart::DeletionDue));
    }

    #[test]
    fn no_code_is_given_where_nobody_can_withdraw() {
        let place = tempfile::tempdir().unwrap();
        let mut founder = founder(place.path());
        let root = founder.make(&said()).unwrap();
        assert!(!founder.open(&root).unwrap().place().unwrap().0.codes);
    }
}
