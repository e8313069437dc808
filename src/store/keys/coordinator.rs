//! The coordinator's keys: one opens interviews, one signs kits and tombstones.

use std::path::Path;

use age::x25519;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::store::age_file::{self, KeyStrength, Shut};
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::keys::identities::Identities;
use crate::store::keys::recovery::RecoveryKey;
use crate::store::keys::signing::Signer;
use crate::store::randomness::{NoRandomness, Randomness};

/// The first line of the file, up to its version.
const TITLE: &str = "stemme coordinator ";
const VERSION: u16 = 1;
/// How the line of a key that was given up begins.
const RETIRED: &str = "retired ";
const MAX_FILE: u64 = 64 * 1024;

/// The coordinator's private keys of one evaluation. Wiped from memory when let go.
///
/// The file is text, wrapped by a passphrase as an age file. A line for each key that was given up, and may still be
/// needed for what was sealed to it, comes last:
/// ```text
/// stemme coordinator 1
/// evaluation 3f9c2d1ab0e44c53
/// age AGE-SECRET-KEY-1...
/// ed25519 0123...
/// retired AGE-SECRET-KEY-1...
/// ```
#[derive(Clone)]
pub struct CoordinatorKeys {
    evaluation: String,
    identity: x25519::Identity,
    signer: Signer,
    retired: Vec<x25519::Identity>,
}

impl CoordinatorKeys {
    /// Returns the evaluation they are for.
    #[must_use]
    pub fn evaluation(&self) -> &str {
        &self.evaluation
    }

    /// Makes new keys for an evaluation. (The age key with the operating system's randomness: age offers no
    /// other way.)
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn generate(evaluation: &str, random: &mut dyn Randomness) -> Result<Self, NoRandomness> {
        Ok(Self {
            evaluation: evaluation.to_owned(),
            identity: x25519::Identity::generate(),
            signer: Signer::generate(random)?,
            retired: Vec::new(),
        })
    }

    /// Returns these keys with a new one to open with; the old one is kept for what was sealed to it. The key that
    /// signs stays: kits and tombstones bear its signature.
    #[must_use]
    pub fn rotated(&self) -> Self {
        let retired = std::iter::once(&self.identity).chain(&self.retired);
        Self {
            identity: x25519::Identity::generate(),
            retired: retired.cloned().collect(),
            ..self.clone()
        }
    }

    /// Returns these keys with a new one to sign with: somebody who had the old one signs no more.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn signing_anew(&self, random: &mut dyn Randomness) -> Result<Self, NoRandomness> {
        Ok(Self {
            signer: Signer::generate(random)?,
            ..self.clone()
        })
    }

    /// Returns keys for another coordinator: their own to open with, the evaluation's to sign with.
    #[must_use]
    pub fn for_another(&self) -> Self {
        Self {
            identity: x25519::Identity::generate(),
            retired: Vec::new(),
            ..self.clone()
        }
    }

    /// Returns these keys without those that were given up.
    #[must_use]
    pub fn without_retired(&self) -> Self {
        Self {
            retired: Vec::new(),
            ..self.clone()
        }
    }

    /// Returns these keys with the recovery key kept beside: after a recovery, laptops that have no new kit yet seal to it
    /// and to a key that is lost.
    #[must_use]
    pub fn holding(&self, recovery: &RecoveryKey) -> Self {
        let mut keys = self.clone();
        keys.retired.push(recovery.identity().clone());
        keys
    }

    /// Returns how many keys were given up and are kept.
    #[must_use]
    pub const fn retired(&self) -> usize {
        self.retired.len()
    }

    /// Writes the keys, wrapped by the passphrase, in the place of those in the file.
    ///
    /// # Errors
    /// What the system said; then the file is as it was.
    pub fn replace_wrapped(
        &self,
        path: &Path,
        passphrase: &SecretString,
        strength: KeyStrength,
    ) -> Result<(), StoreError> {
        let wrapped = age_file::wrap(self.text().as_bytes(), passphrase, strength)?;
        atomic::replace(path, &wrapped, Access::Owner)
    }

    /// As [`Self::replace_wrapped`], unwrapped: for made-up evaluations.
    ///
    /// # Errors
    /// What the system said.
    pub fn replace_unwrapped(&self, path: &Path) -> Result<(), StoreError> {
        atomic::replace(path, self.text().as_bytes(), Access::Owner)
    }

    /// Writes the keys, wrapped by the passphrase, to a new file.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`]; what the system said.
    pub fn write_wrapped(
        &self,
        path: &Path,
        passphrase: &SecretString,
        strength: KeyStrength,
    ) -> Result<(), StoreError> {
        let wrapped = age_file::wrap(self.text().as_bytes(), passphrase, strength)?;
        atomic::write_new(path, &wrapped, Access::Owner)
    }

    /// Writes the keys unwrapped to a new file: for made-up evaluations, whose answers nobody gave.
    ///
    /// # Errors
    /// As [`Self::write_wrapped`].
    pub fn write_unwrapped(&self, path: &Path) -> Result<(), StoreError> {
        atomic::write_new(path, self.text().as_bytes(), Access::Owner)
    }

    /// Reads the keys from a file that is wrapped.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`]; [`StoreError::WrongKey`] when they belong to another evaluation;
    /// [`StoreError::Unwrapped`] when the file is not wrapped at all.
    pub fn read_wrapped(
        path: &Path,
        passphrase: &SecretString,
        evaluation: &str,
    ) -> Result<Self, StoreError> {
        let bytes = Zeroizing::new(atomic::read(path, MAX_FILE)?);
        if !age_file::is_age_file(&bytes) {
            let unwrapped = bytes.starts_with(TITLE.as_bytes());
            return Err(if unwrapped {
                StoreError::Unwrapped {
                    path: path.to_owned(),
                }
            } else {
                StoreError::damaged(path, What::Kind)
            });
        }
        let text = age_file::unwrap(&bytes, passphrase).map_err(|shut| match shut {
            Shut::Key => StoreError::WrongPassphrase {
                path: path.to_owned(),
            },
            Shut::Header => StoreError::damaged(path, What::Header),
            Shut::Seal => StoreError::damaged(path, What::Seal),
        })?;
        Self::parse(&text, path, evaluation)
    }

    /// Reads unwrapped keys; accepted only where the evaluation is made up.
    ///
    /// # Errors
    /// [`StoreError::Unwrapped`] in a real evaluation; otherwise as [`Self::read_wrapped`].
    pub fn read_unwrapped(path: &Path, evaluation: &str, made_up: bool) -> Result<Self, StoreError> {
        if !made_up {
            return Err(StoreError::Unwrapped {
                path: path.to_owned(),
            });
        }
        let bytes = Zeroizing::new(atomic::read(path, MAX_FILE)?);
        Self::parse(&bytes, path, evaluation)
    }

    /// Returns whether the file has to be unwrapped with a passphrase.
    ///
    /// # Errors
    /// What the system said.
    pub fn is_wrapped(path: &Path) -> Result<bool, StoreError> {
        let bytes = Zeroizing::new(atomic::read(path, MAX_FILE)?);
        Ok(age_file::is_age_file(&bytes))
    }

    /// Returns the public key that interviews are sealed to (`age1...`).
    #[must_use]
    pub fn public(&self) -> String {
        self.identity.to_public().to_string()
    }

    /// Returns the key for opening.
    #[must_use]
    pub fn identities(&self) -> Identities {
        let retired = self.retired.iter().cloned().map(Identities::one);
        retired.fold(Identities::one(self.identity.clone()), Identities::and)
    }

    /// Returns the key for signing.
    #[must_use]
    pub const fn signer(&self) -> &Signer {
        &self.signer
    }

    fn text(&self) -> Zeroizing<String> {
        // Room enough from the start: a text that grows leaves copies of keys behind.
        let room = 512 + 128 * self.retired.len();
        let mut text = Zeroizing::new(String::with_capacity(room));
        let own = self.identity.to_string();
        let signing = self.signer.secret_text();
        let title = format!("{TITLE}{VERSION}");
        for (word, value) in [
            (title.as_str(), ""),
            ("evaluation ", self.evaluation.as_str()),
            ("age ", own.expose_secret()),
            ("ed25519 ", signing.as_str()),
        ] {
            text.push_str(word);
            text.push_str(value);
            text.push('\n');
        }
        for retired in &self.retired {
            text.push_str(RETIRED);
            text.push_str(retired.to_string().expose_secret());
            text.push('\n');
        }
        text
    }

    fn parse(bytes: &[u8], path: &Path, evaluation: &str) -> Result<Self, StoreError> {
        let damaged = |what| StoreError::damaged(path, what);
        let text = std::str::from_utf8(bytes).map_err(|_| damaged(What::Contents))?;
        let mut lines = text.lines();
        let version = lines.next().and_then(|line| line.strip_prefix(TITLE));
        let version: u16 = version
            .and_then(|version| version.parse().ok())
            .ok_or_else(|| damaged(What::Kind))?;
        if version > VERSION {
            return Err(StoreError::Newer {
                path: path.to_owned(),
            });
        }
        let mut after = |name: &str| lines.next().and_then(|line| line.strip_prefix(name));
        let (Some(belongs_to), Some(age), Some(signing)) =
            (after("evaluation "), after("age "), after("ed25519 "))
        else {
            return Err(damaged(What::Contents));
        };
        if belongs_to != evaluation {
            return Err(StoreError::WrongKey {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            evaluation: evaluation.to_owned(),
            identity: age.parse().map_err(|_| damaged(What::Contents))?,
            signer: Signer::from_secret_text(signing).ok_or_else(|| damaged(What::Contents))?,
            retired: lines
                .filter_map(|line| line.strip_prefix(RETIRED))
                .map(|retired| retired.parse().map_err(|_| damaged(What::Contents)))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl std::fmt::Debug for CoordinatorKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CoordinatorKeys({})", self.evaluation)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use secrecy::SecretString;

    use super::CoordinatorKeys;
    use crate::store::StoreError;
    use crate::store::age_file::KeyStrength;
    use crate::store::randomness::repeatable;

    const ID: &str = "3f9c2d1ab0e44c53";

    #[test]
    fn wrapped_keys_open_with_their_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coordinator.key");
        let keys = CoordinatorKeys::generate(ID, &mut repeatable(1)).unwrap();
        let right = SecretString::from("fire korte ord her");
        keys.write_wrapped(&path, &right, KeyStrength::NONE).unwrap();
        let read = CoordinatorKeys::read_wrapped(&path, &right, ID).unwrap();
        assert_eq!(
            (read.public(), read.signer().public()),
            (keys.public(), keys.signer().public())
        );
        let wrong = CoordinatorKeys::read_wrapped(&path, &SecretString::from("feil"), ID);
        assert_eq!(
            wrong.unwrap_err(),
            StoreError::WrongPassphrase { path: path.clone() }
        );
        let elsewhere = CoordinatorKeys::read_wrapped(&path, &right, "0000000000000000");
        assert_eq!(
            elsewhere.unwrap_err(),
            StoreError::WrongKey { path: path.clone() }
        );
        assert!(CoordinatorKeys::is_wrapped(&path).unwrap());
        let again = keys.write_wrapped(&path, &right, KeyStrength::NONE);
        assert_eq!(again, Err(StoreError::AlreadyThere { path }));
    }

    #[test]
    fn a_key_that_was_given_up_is_kept_until_it_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coordinator.key");
        let first = CoordinatorKeys::generate(ID, &mut repeatable(1)).unwrap();
        let third = first.rotated().rotated();
        third.write_unwrapped(&path).unwrap();
        let read = CoordinatorKeys::read_unwrapped(&path, ID, true).unwrap();
        let public: Vec<_> = read.identities().public().collect();
        assert_eq!((public.len(), read.retired()), (3, 2));
        assert_eq!(public[0], third.public());
        assert_eq!(public[2], first.public());
        assert_eq!(read.signer().public(), first.signer().public());
        read.without_retired().replace_unwrapped(&path).unwrap();
        let read = CoordinatorKeys::read_unwrapped(&path, ID, true).unwrap();
        assert_eq!(read.identities().public().count(), 1);
        let other = first.for_another();
        assert_ne!(other.public(), first.public());
        assert_eq!(other.signer().public(), first.signer().public());
    }

    #[test]
    fn unwrapped_keys_are_taken_in_made_up_evaluations_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coordinator.key");
        let keys = CoordinatorKeys::generate(ID, &mut repeatable(1)).unwrap();
        keys.write_unwrapped(&path).unwrap();
        assert!(CoordinatorKeys::read_unwrapped(&path, ID, true).is_ok());
        let real = CoordinatorKeys::read_unwrapped(&path, ID, false);
        assert_eq!(real.unwrap_err(), StoreError::Unwrapped { path: path.clone() });
        let wrapped = CoordinatorKeys::read_wrapped(&path, &SecretString::from("x"), ID);
        assert_eq!(wrapped.unwrap_err(), StoreError::Unwrapped { path });
    }

    #[test]
    fn a_newer_file_is_named_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coordinator.key");
        let keys = CoordinatorKeys::generate(ID, &mut repeatable(1)).unwrap();
        keys.write_unwrapped(&path).unwrap();
        let text = fs::read_to_string(&path)
            .unwrap()
            .replacen("coordinator 1", "coordinator 2", 1);
        let newer = CoordinatorKeys::parse(text.as_bytes(), &path, ID);
        assert_eq!(newer.unwrap_err(), StoreError::Newer { path });
    }
}
