//! Opening what is sealed in an evaluation, for those who have the key.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::domain::record::TakesInterviews;
use crate::domain::word_code::LaptopCode;
use crate::store::StoreError;
use crate::store::atomic;
use crate::store::checked::{Checked, EnvelopeHash};
use crate::store::closing;
use crate::store::collection::{self, Collection, Opening};
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::keys::{
    CoordinatorKeys, Identities, LAPTOP_DRAFTS_FILE, LaptopIdentity, NEXT_FILE, RecoveryKey, Signer, locate,
};
use crate::store::ledger::Ledger;
use crate::store::tombstone::{self, Tombstones};

use super::Workplace;

/// Why sealed interviews cannot be opened.
#[derive(Debug)]
pub enum CannotUnlock {
    /// The key is not on this machine.
    NoKey(PathBuf),
    /// This is an interviewer's laptop, where the coordinator's key never is.
    OnLaptop,
    /// The evaluation was closed: keys and answers are gone.
    Closed,
    /// Closing was begun, and stopped before the answers went.
    ClosingBegun,
    /// A passphrase is needed.
    NeedsSecret,
    /// It is not this passphrase.
    WrongSecret,
    /// It is the key of before the coordinator's keys were made anew: what it signs counts nowhere.
    OldKey(PathBuf),
    /// The disk said no, or the key file is damaged.
    Store(StoreError),
}

impl Workplace {
    /// Returns whether opening sealed interviews takes a passphrase.
    #[must_use]
    pub fn needs_secret(&self) -> bool {
        match self.key_file() {
            Ok(path) => CoordinatorKeys::is_wrapped(&path).unwrap_or(true),
            Err(_) => true,
        }
    }

    /// Returns whether the coordinator's own key is on this machine: where it is not a laptop's kit.
    #[must_use]
    pub fn has_coordinators_key(&self) -> bool {
        self.kit.is_none() && self.key_file().is_ok()
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
        self.own_keys(secret).map(|(keys, _)| keys.identities())
    }

    /// Returns the coordinator's keys, which open and sign; made-up evaluations need no passphrase.
    ///
    /// # Errors
    /// [`CannotUnlock`]; [`CannotUnlock::OldKey`] where what they sign counts nowhere.
    pub fn coordinator(&self, secret: Option<&str>) -> Result<CoordinatorKeys, CannotUnlock> {
        let (keys, path) = self.own_keys(secret)?;
        if self.signs(&keys) {
            Ok(keys)
        } else {
            Err(CannotUnlock::OldKey(path))
        }
    }

    /// Returns whether the evaluation counts what these keys sign.
    fn signs(&self, keys: &CoordinatorKeys) -> bool {
        let signer = keys.signer().public().to_string();
        let named = self.evaluation.signing.coordinator.as_ref();
        named.is_none_or(|named| *named == signer)
    }

    fn own_keys(&self, secret: Option<&str>) -> Result<(CoordinatorKeys, PathBuf), CannotUnlock> {
        let path = self.key_file()?;
        if let Some(keys) = &self.keys {
            return Ok((keys.clone(), path));
        }
        let found = self.keys_in(path.clone(), secret);
        let may_be_old = match &found {
            Ok((keys, _)) => !self.is_current(keys),
            Err(error) => matches!(error, CannotUnlock::WrongSecret),
        };
        let next = path.with_file_name(NEXT_FILE);
        if !may_be_old || !next.is_file() {
            return found;
        }
        // Other keys were about to take the place of these, and the program stopped after the evaluation named them. They
        // may have a passphrase of their own.
        match self.keys_in(next.clone(), secret) {
            Ok((keys, _)) if self.is_current(&keys) => {
                // Where it cannot be finished now, the next time does it.
                let _ = atomic::take_place(&next, &path);
                Ok((keys, path))
            }
            Err(CannotUnlock::WrongSecret) if found.as_ref().is_ok_and(|(keys, _)| !self.opens(keys)) => {
                Err(CannotUnlock::WrongSecret)
            }
            _ => found,
        }
    }

    /// Returns whether these are the keys the evaluation names: to seal to, and to sign.
    fn is_current(&self, keys: &CoordinatorKeys) -> bool {
        self.signs(keys) && self.opens(keys)
    }

    fn opens(&self, keys: &CoordinatorKeys) -> bool {
        let own = keys.public();
        self.evaluation.recipients.iter().any(|known| known.key == own)
    }

    fn keys_in(
        &self,
        path: PathBuf,
        secret: Option<&str>,
    ) -> Result<(CoordinatorKeys, PathBuf), CannotUnlock> {
        let id = &self.evaluation.id;
        let keys = if CoordinatorKeys::is_wrapped(&path).map_err(CannotUnlock::Store)? {
            let secret = secret.ok_or(CannotUnlock::NeedsSecret)?;
            CoordinatorKeys::read_wrapped(&path, &SecretString::from(secret.to_owned()), id)
        } else {
            CoordinatorKeys::read_unwrapped(&path, id, self.evaluation.made_up)
        };
        match keys {
            Ok(keys) => Ok((keys, path)),
            Err(StoreError::WrongPassphrase { .. }) => Err(CannotUnlock::WrongSecret),
            Err(error) => Err(CannotUnlock::Store(error)),
        }
    }

    fn key_file(&self) -> Result<PathBuf, CannotUnlock> {
        let found = locate(None, self.folder.root(), &self.home, &self.evaluation.id);
        found.map_err(|error| match error {
            StoreError::NotFound { .. } if self.is_closed() => CannotUnlock::Closed,
            StoreError::NotFound { .. } if closing::was_closed(&self.home, &self.evaluation.id) => {
                CannotUnlock::ClosingBegun
            }
            StoreError::NotFound { .. } if self.kit.is_some() => CannotUnlock::OnLaptop,
            StoreError::NotFound { path } => CannotUnlock::NoKey(path),
            error => CannotUnlock::Store(error),
        })
    }

    /// As [`Self::unlock`], and the coordinator's signer where it is theirs: the recovery key signs nothing.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn unlock_to_sign(&self, secret: Option<&str>) -> Result<(Identities, Option<Signer>), CannotUnlock> {
        if let Some(recovery) = secret.and_then(|secret| RecoveryKey::read(secret).ok()) {
            return Ok((recovery.identities(), None));
        }
        let (keys, _) = self.own_keys(secret)?;
        let signer = self.signs(&keys).then(|| keys.signer().clone());
        Ok((keys.identities(), signer))
    }

    /// Opens every sealed interview to see which there are.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn open_collection(&self, secret: Option<&str>) -> Result<Collection, CannotUnlock> {
        self.open_collection_with(secret, &mut (), &mut |_, _| ())
            .map(|(collection, _)| collection)
    }

    /// Opens every sealed interview. Each that counts is given to `taker` and not kept; `progress` is told how many of how
    /// many are open. Returns the keys beside, with which [`Self::open_again`] needs no secret.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn open_collection_with(
        &self,
        secret: Option<&str>,
        taker: &mut dyn TakesInterviews,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(Collection, Identities), CannotUnlock> {
        let identities = self.unlock(secret)?;
        let collection = self.open_again(&identities, taker, progress)?;
        Ok((collection, identities))
    }

    /// As [`Self::open_collection_with`], with keys at hand.
    ///
    /// # Errors
    /// [`CannotUnlock::Store`].
    pub fn open_again(
        &self,
        identities: &Identities,
        taker: &mut dyn TakesInterviews,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Collection, CannotUnlock> {
        // A tombstone wins over every copy, whenever it came.
        let gone = self.gone(identities).map_err(CannotUnlock::Store)?;
        let asked = DraftWishes::of_revoked(&self.folder, identities, &self.evaluation)
            .map_err(CannotUnlock::Store)?;
        let opening = Opening {
            identities,
            evaluation: &self.evaluation,
            gone: &gone,
            checked: &self.checked(),
            asked: &asked,
        };
        let (out, slips) = (self.folder.out(), self.folder.slips());
        let stores = (FolderStore::new(out.clone()), FolderStore::new(slips.clone()));
        // Slips first: they say of which interviews the answers wait.
        let places: [(&Path, &dyn EnvelopeStore); 2] = [(&slips, &stores.1), (&out, &stores.0)];
        collection::read_all(&places, &opening, taker, progress).map_err(CannotUnlock::Store)
    }

    /// Returns the interviews that were withdrawn: those there is a tombstone of, and those this machine's ledger knows
    /// though somebody deleted the tombstone.
    pub(in crate::fieldwork) fn gone(&self, identities: &Identities) -> Result<Tombstones, StoreError> {
        let mut gone = tombstone::read_all(&self.folder.gone(), identities, &self.evaluation)?;
        let ledger = Ledger::read(&self.home.ledger(&self.evaluation.id)?)?;
        gone.interviews.extend(ledger.withdrawn().iter().cloned());
        Ok(gone)
    }

    /// Returns the envelopes whose signature was checked on this machine.
    fn checked(&self) -> Checked {
        let path = self.home.checked(&self.evaluation.id);
        path.map_or_else(
            |_| Checked::default(),
            |path| Checked::read(&path, &self.evaluation),
        )
    }

    /// Notes that the signatures of these envelopes were checked just now, beside those noted before. Where that cannot be
    /// written they are checked again, so nobody is told. A made-up evaluation leaves nothing on the machine.
    pub fn note_checked(&self, hashes: impl IntoIterator<Item = EnvelopeHash>, signer: &Signer) {
        let mut checked = self.checked();
        checked.extend(hashes);
        self.keep_checked(&checked, signer);
    }

    /// As [`Self::note_checked`], of everything there is: what was noted before and is gone is forgotten.
    pub fn note_all_checked(&self, hashes: impl IntoIterator<Item = EnvelopeHash>, signer: &Signer) {
        self.keep_checked(&hashes.into_iter().collect(), signer);
    }

    fn keep_checked(&self, checked: &Checked, signer: &Signer) {
        if let (false, Ok(path)) = (self.evaluation.made_up, self.home.checked(&self.evaluation.id)) {
            let _ = checked.write(&path, &self.evaluation, signer);
        }
    }

    /// Returns a number for a run of the workbench, so that one person at two machines never gives a stamp twice.
    pub(in crate::fieldwork) fn run_number(&self) -> Option<u32> {
        let mut number = [0; 4];
        (self.random)(&mut number).ok()?;
        Some(u32::from_le_bytes(number))
    }

    /// Returns the keys that open drafts here: the laptop's, by the laptop code, in a kit; the coordinator's
    /// elsewhere; the recovery key everywhere.
    pub(super) fn unlock_drafts(&self, secret: Option<&str>) -> Result<Identities, CannotUnlock> {
        let recovery = secret.and_then(|secret| RecoveryKey::read(secret).ok());
        if self.kit.is_none() || recovery.is_some() {
            return self.unlock(secret);
        }
        let code = LaptopCode::read(secret.ok_or(CannotUnlock::NeedsSecret)?);
        let Ok(code) = code else {
            return self.unlock_for_laptop(secret);
        };
        let code = SecretString::from(code.text().as_str().to_owned());
        let path = self.folder.keys().join(LAPTOP_DRAFTS_FILE);
        match LaptopIdentity::read(&path, &code, &self.evaluation.id) {
            Ok(key) => Ok(key.identities()),
            Err(StoreError::WrongPassphrase { .. }) => self.unlock_for_laptop(secret),
            Err(error) => Err(CannotUnlock::Store(error)),
        }
    }

    /// Opens a laptop's drafts where its folder lies on the coordinator's computer: its code is lost, or it is broken.
    fn unlock_for_laptop(&self, secret: Option<&str>) -> Result<Identities, CannotUnlock> {
        if self.key_file().is_err() {
            return Err(CannotUnlock::WrongSecret);
        }
        self.unlock(secret)
    }
}
