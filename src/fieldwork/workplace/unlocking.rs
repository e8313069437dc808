//! Opening what is sealed in an evaluation, for those who have the key.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::domain::word_code::LaptopCode;
use crate::store::StoreError;
use crate::store::collection::{self, Collection};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::keys::{
    CoordinatorKeys, Identities, LAPTOP_DRAFTS_FILE, LaptopIdentity, RecoveryKey, locate,
};
use crate::store::tombstone;

use super::Workplace;

/// Why sealed interviews cannot be opened.
#[derive(Debug)]
pub enum CannotUnlock {
    /// The key is not on this machine.
    NoKey(PathBuf),
    /// The evaluation was closed: keys and answers are gone.
    Closed,
    /// A passphrase is needed.
    NeedsSecret,
    /// It is not this passphrase.
    WrongSecret,
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
            StoreError::NotFound { .. } if self.is_closed() => CannotUnlock::Closed,
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
    pub(super) fn unlock_drafts(&self, secret: Option<&str>) -> Result<Identities, CannotUnlock> {
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
}
