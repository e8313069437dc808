//! Envelopes whose signature was checked on this machine: the coordinator's word, so that it need not be checked again
//! each time the results are looked at. Checking one costs nearly half of what opening it costs.
//!
//! It names them by the whole SHA-256 of their bytes, so that it says nothing about any other bytes, and the
//! coordinator's signature stands below, so that nobody else can add to it. Who signed an envelope, and whether that
//! laptop still counts, is looked at every time. Without the file, or where it is not good, every signature is
//! checked: it saves time and decides nothing.
//!
//! The file is a signed text:
//! ```text
//! stemme checked 1
//! evaluation 3f9c2d1ab0e44c53
//! ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
//! signed-by ed25519:...
//! signature ...
//! ```

use std::collections::BTreeSet;
use std::path::Path;

use crate::domain::evaluation::Evaluation;
use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::hex;
use crate::store::keys::signing::Signer;
use crate::store::signed_text;

const TITLE: &str = "stemme checked";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// The SHA-256 of an envelope's bytes.
pub type EnvelopeHash = [u8; 32];

/// Envelopes whose signature was found good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked(BTreeSet<EnvelopeHash>);

impl Checked {
    /// Reads what the coordinator of this evaluation wrote; nothing where that is not there or not good.
    #[must_use]
    pub fn read(path: &Path, evaluation: &Evaluation) -> Self {
        Self::try_read(path, evaluation).unwrap_or_default()
    }

    fn try_read(path: &Path, evaluation: &Evaluation) -> Option<Self> {
        let bytes = atomic::read(path, MAX_FILE).ok()?;
        let text = signed_text::read(&bytes, TITLE, VERSION, path).ok()?;
        let mut lines = text.lines.iter();
        let belongs = lines.next()?.strip_prefix("evaluation ")? == evaluation.id;
        let is_ours = evaluation.signing.coordinator.as_deref() == Some(text.signed_by.to_string().as_str());
        if !belongs || !is_ours {
            return None;
        }
        lines
            .map(|line| hex::bytes::<32>(line))
            .collect::<Option<_>>()
            .map(Self)
    }

    /// Returns whether the envelope with this hash is among them.
    #[must_use]
    pub fn has(&self, hash: &EnvelopeHash) -> bool {
        self.0.contains(hash)
    }

    /// Adds envelopes that were checked just now.
    pub fn extend(&mut self, hashes: impl IntoIterator<Item = EnvelopeHash>) {
        self.0.extend(hashes);
    }

    /// Writes them down. `signer` is the coordinator.
    ///
    /// # Errors
    /// What the system said. Nothing is lost then but time.
    pub fn write(&self, path: &Path, evaluation: &Evaluation, signer: &Signer) -> Result<(), StoreError> {
        let mut lines = vec![format!("evaluation {}", evaluation.id)];
        lines.extend(self.0.iter().map(|hash| hex::hex(hash)));
        let text = signed_text::write(TITLE, VERSION, &lines, signer);
        if let Some(folder) = path.parent() {
            atomic::make_folder(folder)?;
        }
        atomic::replace(path, text.as_bytes(), Access::Owner)
    }
}

impl FromIterator<EnvelopeHash> for Checked {
    fn from_iter<I: IntoIterator<Item = EnvelopeHash>>(hashes: I) -> Self {
        Self(hashes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Checked;
    use crate::store::atomic::{self, Access};
    use crate::store::keys::Signer;
    use crate::store::randomness::repeatable;
    use crate::store::sample::People;

    #[test]
    fn only_the_coordinators_word_about_this_evaluation_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checked").join("x");
        let mut evaluation = People::new().evaluation();
        let mut random = repeatable(3);
        let (ours, other) = (
            Signer::generate(&mut random).unwrap(),
            Signer::generate(&mut random).unwrap(),
        );
        evaluation.signing.coordinator = Some(ours.public().to_string());
        let checked: Checked = [[1; 32], [2; 32]].into_iter().collect();
        assert_eq!(Checked::read(&path, &evaluation), Checked::default());
        checked.write(&path, &evaluation, &ours).unwrap();
        assert_eq!(Checked::read(&path, &evaluation), checked);
        assert!(checked.has(&[2; 32]) && !checked.has(&[3; 32]));
        let mut elsewhere = evaluation.clone();
        elsewhere.id = "0000000000000000".to_owned();
        assert_eq!(Checked::read(&path, &elsewhere), Checked::default());
        let text = std::fs::read_to_string(&path).unwrap().replace("0101", "0103");
        atomic::replace(&path, text.as_bytes(), Access::Owner).unwrap();
        assert_eq!(Checked::read(&path, &evaluation), Checked::default());
        checked.write(&path, &evaluation, &other).unwrap();
        assert_eq!(Checked::read(&path, &evaluation), Checked::default());
    }
}
