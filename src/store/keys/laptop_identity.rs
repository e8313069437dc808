//! A laptop's own key for opening its drafts, wrapped by the laptop code on its card.

use std::path::Path;

use age::x25519;
use secrecy::{ExposeSecret, SecretString};

use crate::domain::id::Slug;
use crate::store::age_file::{self, KeyStrength, Shut};
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::keys::identities::Identities;
use crate::store::keys::laptop_file::{LaptopFile, MAX_FILE};

const FILE: LaptopFile = LaptopFile {
    title: "stemme laptop drafts",
    key: "age",
};

/// The key that opens a laptop's drafts. Wiped from memory when let go.
///
/// The file is text of four lines, wrapped by the laptop code as an age file:
/// ```text
/// stemme laptop drafts 1
/// evaluation 3f9c2d1ab0e44c53
/// laptop nord-1
/// age AGE-SECRET-KEY-1...
/// ```
#[derive(Clone)]
pub struct LaptopIdentity {
    evaluation: String,
    laptop: Slug,
    identity: x25519::Identity,
}

impl LaptopIdentity {
    /// Makes a new key. (With the operating system's randomness: age offers no other way.)
    #[must_use]
    pub fn generate(evaluation: &str, laptop: Slug) -> Self {
        Self {
            evaluation: evaluation.to_owned(),
            laptop,
            identity: x25519::Identity::generate(),
        }
    }

    /// Returns the public half (`age1...`), to which drafts are sealed.
    #[must_use]
    pub fn public(&self) -> String {
        self.identity.to_public().to_string()
    }

    /// Returns the key for opening.
    #[must_use]
    pub fn identities(&self) -> Identities {
        Identities::one(self.identity.clone())
    }

    /// Writes the key, wrapped by the laptop code, to a new file.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`]; what the system said.
    pub fn write(&self, path: &Path, code: &SecretString, strength: KeyStrength) -> Result<(), StoreError> {
        let key = self.identity.to_string();
        let text = FILE.text(&self.evaluation, &self.laptop, key.expose_secret());
        let wrapped = age_file::wrap(text.as_bytes(), code, strength)?;
        atomic::write_new(path, &wrapped, Access::Owner)
    }

    /// Reads the key with the laptop code.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`] when it is another code; [`StoreError::WrongKey`] when the key belongs to
    /// another evaluation; [`StoreError::Newer`]; [`StoreError::Damaged`]; what the system said.
    pub fn read(path: &Path, code: &SecretString, evaluation: &str) -> Result<Self, StoreError> {
        let damaged = |what| StoreError::damaged(path, what);
        let owned = || path.to_owned();
        let bytes = atomic::read(path, MAX_FILE)?;
        let text = age_file::unwrap(&bytes, code).map_err(|shut| match shut {
            Shut::Key => StoreError::WrongPassphrase { path: owned() },
            Shut::Header => damaged(What::Header),
            Shut::Seal => damaged(What::Seal),
        })?;
        let read = FILE.read(&text, evaluation, path)?;
        Ok(Self {
            evaluation: evaluation.to_owned(),
            laptop: read.laptop,
            identity: read.key.parse().map_err(|_| damaged(What::Contents))?,
        })
    }
}

impl std::fmt::Debug for LaptopIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LaptopIdentity({})", self.laptop)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::LaptopIdentity;
    use crate::store::StoreError;
    use crate::store::age_file::KeyStrength;
    use crate::store::sample::{EVALUATION, slug};

    #[test]
    fn the_laptop_code_opens_it_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("laptop.age");
        let key = LaptopIdentity::generate(EVALUATION, slug("nord-1"));
        let code = SecretString::from("fjell kopp lys ravn");
        key.write(&path, &code, KeyStrength::NONE).unwrap();
        let read = LaptopIdentity::read(&path, &code, EVALUATION).unwrap();
        assert_eq!(read.public(), key.public());
        let wrong = LaptopIdentity::read(&path, &SecretString::from("fjell kopp lys sol"), EVALUATION);
        let expected = StoreError::WrongPassphrase { path: path.clone() };
        assert_eq!(wrong.unwrap_err(), expected);
        let elsewhere = LaptopIdentity::read(&path, &code, "0000000000000000");
        assert_eq!(elsewhere.unwrap_err(), StoreError::WrongKey { path });
    }
}
