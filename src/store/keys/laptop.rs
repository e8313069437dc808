//! A laptop's signing key: it tells where an interview comes from, and opens nothing.

use std::path::Path;

use zeroize::Zeroizing;

use crate::domain::id::Slug;
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::keys::laptop_file::{LaptopFile, MAX_FILE};
use crate::store::keys::signing::Signer;
use crate::store::randomness::{NoRandomness, Randomness};

const FILE: LaptopFile = LaptopFile {
    title: "stemme laptop",
    key: "ed25519",
};

/// The signing key of one laptop in one evaluation, unwrapped: interviews start and seal without a code.
///
/// The file is text of four lines, for the owner's eyes only:
/// ```text
/// stemme laptop 1
/// evaluation 3f9c2d1ab0e44c53
/// laptop nord-1
/// ed25519 0123...
/// ```
#[derive(Clone)]
pub struct LaptopKey {
    evaluation: String,
    laptop: Slug,
    signer: Signer,
}

impl LaptopKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn generate(
        evaluation: &str,
        laptop: Slug,
        random: &mut dyn Randomness,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            evaluation: evaluation.to_owned(),
            laptop,
            signer: Signer::generate(random)?,
        })
    }

    /// Writes the key to a new file.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`]; what the system said.
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        let text = FILE.text(&self.evaluation, &self.laptop, &self.signer.secret_text());
        atomic::write_new(path, text.as_bytes(), Access::Owner)
    }

    /// Reads the key of this evaluation.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when it belongs to another evaluation; [`StoreError::Newer`];
    /// [`StoreError::Damaged`].
    pub fn read(path: &Path, evaluation: &str) -> Result<Self, StoreError> {
        let bytes = Zeroizing::new(atomic::read(path, MAX_FILE)?);
        let read = FILE.read(&bytes, evaluation, path)?;
        let signer = Signer::from_secret_text(&read.key);
        Ok(Self {
            evaluation: evaluation.to_owned(),
            laptop: read.laptop,
            signer: signer.ok_or_else(|| StoreError::damaged(path, What::Contents))?,
        })
    }

    /// Returns the laptop's id.
    #[must_use]
    pub const fn laptop(&self) -> &Slug {
        &self.laptop
    }

    /// Returns the key for signing.
    #[must_use]
    pub const fn signer(&self) -> &Signer {
        &self.signer
    }
}

impl std::fmt::Debug for LaptopKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LaptopKey({})", self.laptop)
    }
}

#[cfg(test)]
mod tests {
    use super::LaptopKey;
    use crate::domain::id::Slug;
    use crate::store::StoreError;
    use crate::store::randomness::repeatable;

    #[test]
    fn a_laptop_key_reads_back_in_its_own_evaluation() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("laptop.key");
        let laptop = Slug::new("nord-1").unwrap();
        let key = LaptopKey::generate("3f9c2d1ab0e44c53", laptop.clone(), &mut repeatable(1)).unwrap();
        key.write(&path).unwrap();
        let read = LaptopKey::read(&path, "3f9c2d1ab0e44c53").unwrap();
        assert_eq!(
            (read.laptop(), read.signer().public()),
            (&laptop, key.signer().public())
        );
        let elsewhere = LaptopKey::read(&path, "0000000000000000");
        assert_eq!(elsewhere.unwrap_err(), StoreError::WrongKey { path });
    }
}
