//! What lies where below the program's own folder. Where that folder is, the caller works out.

use std::path::{Path, PathBuf};

use crate::store::error::{KeyProblem, StoreError};

/// The program's own folder (`STEMME_HOME`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// Returns the folder at this path; it need not be there yet.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Returns the folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the folder of an evaluation's keys.
    ///
    /// # Errors
    /// [`KeyProblem::NotAKey`] when the id is not 16 hexadecimal digits: it never leads elsewhere.
    pub fn keys(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("keys", evaluation)
    }

    /// Returns the file of an evaluation's keys as this machine knows them.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn known(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("known", evaluation)
    }

    /// Returns the file of the keys that an evaluation is about to get on this machine.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn coming(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("coming", evaluation)
    }

    /// Returns the file of the coordinator's signing keys that are being given up on this machine.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn given_up(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("given-up", evaluation)
    }

    /// Returns the file of an evaluation's laptops as this machine knows them.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn known_laptops(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("laptops", evaluation)
    }

    /// Returns the file of every envelope of an evaluation that was ever seen.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn ledger(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("ledgers", evaluation)
    }

    /// Returns the file of the envelopes of an evaluation whose signatures were checked.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn checked(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("checked", evaluation)
    }

    /// Returns the file of what an evaluation promised, as this machine has seen it.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn known_promises(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("promises", evaluation)
    }

    /// Returns the folder of what was shown of an evaluation, as this machine has seen it.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn shown(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("shown", evaluation)
    }

    /// Returns the file of what was set aside of an evaluation and looked at on this machine.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn seen(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("seen", evaluation)
    }

    /// Returns the file that says that an evaluation was closed on this machine.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn closed(&self, evaluation: &str) -> Result<PathBuf, StoreError> {
        self.of("closed", evaluation)
    }

    /// Returns the file of what was typed of an evaluation that is not made yet.
    #[must_use]
    pub fn unfinished(&self) -> PathBuf {
        self.0.join("new-evaluation.toml")
    }

    fn of(&self, folder: &str, evaluation: &str) -> Result<PathBuf, StoreError> {
        if crate::store::hex::bytes::<8>(evaluation).is_none() {
            return Err(KeyProblem::NotAKey.into());
        }
        Ok(self.0.join(folder).join(evaluation))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Home;

    #[test]
    fn an_id_never_leads_out_of_the_keys_folder() {
        let home = Home::new(PathBuf::from("/h"));
        assert!(home.keys("../../../../etc/x").is_err());
        assert_eq!(
            home.keys("3f9c2d1ab0e44c53").unwrap(),
            PathBuf::from("/h/keys/3f9c2d1ab0e44c53")
        );
    }
}
