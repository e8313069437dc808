//! A coordinator's signing key is given up for another one: the passphrase was lost, or a coordinator was taken out.
//!
//! Which signature counts, the evaluation file says. So everything is signed by the new key first, beside what the old one
//! signed, then the file names the new key, and then what the old one signed goes. Both keys are noted on this machine
//! before the first of that: wherever it stops, every file of a key that does not count is a copy of one that counts, and
//! is known as that until it is taken away.

use std::path::Path;

use crate::domain::evaluation::Evaluation;
use crate::store::atomic::{self, Access};
use crate::store::envelope::{self, Opened, may_interview};
use crate::store::error::{KeyProblem, StoreError};
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{Signer, VerifyingKey};
use crate::store::randomness::Randomness;
use crate::store::{resealing, titled, tombstone, unsealed, workbook};

/// The first line, up to the version.
const TITLE: &str = "stemme given up ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 64 * 1024;

/// The keys that took part in changes that are not finished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenUp(Vec<VerifyingKey>);

impl GivenUp {
    /// Reads which keys took part in changes that this machine has not finished.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn read(home: &Home, evaluation: &Evaluation) -> Result<Self, StoreError> {
        let path = home.given_up(&evaluation.id)?;
        let bytes = match atomic::read(&path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(Self::default()),
            read => read?,
        };
        let lines = titled::lines(&bytes, TITLE, VERSION, &path)?;
        Ok(Self(
            lines.filter_map(|line| VerifyingKey::parse(line).ok()).collect(),
        ))
    }

    /// Notes that what the evaluation's key signed will be signed by this one, before it is.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn note(home: &Home, evaluation: &Evaluation, now: VerifyingKey) -> Result<(), StoreError> {
        let path = home.given_up(&evaluation.id)?;
        let mut keys = Self::read(home, evaluation)?.0;
        for key in signing(evaluation).into_iter().chain([now]) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let lines = keys.iter().map(|key| format!("{key}\n"));
        let text = format!("{TITLE}{VERSION}\n{}", lines.collect::<String>());
        if let Some(folder) = path.parent() {
            atomic::make_folder(folder)?;
        }
        atomic::replace(&path, text.as_bytes(), Access::Owner)
    }

    /// Returns whether every change is finished.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the keys that count no more, or not yet.
    fn others<'k>(&'k self, evaluation: &Evaluation) -> impl Iterator<Item = VerifyingKey> + 'k {
        let current = signing(evaluation);
        self.0.iter().copied().filter(move |key| Some(*key) != current)
    }

    /// Returns whether a file is a copy, signed by a key that counts no more or not yet, of one that counts.
    #[must_use]
    pub fn signed(&self, path: &Path, identities: &Identities, evaluation: &Evaluation) -> bool {
        if self.is_empty() {
            return false;
        }
        let bytes = unsealed::read(path).ok().flatten().unwrap_or_default();
        let signer = match envelope::open(&bytes, identities, &evaluation.id) {
            Ok(Opened::Interview { signed_by, .. } | Opened::Slip { signed_by, .. }) => Some(signed_by),
            _ => None,
        };
        self.others(evaluation).any(|key| {
            signer == Some(key)
                || tombstone::signed_by(path, identities, evaluation, key).is_some()
                || workbook::is_signed_by(path, identities, evaluation, key)
        })
    }

    /// Takes away what keys that do not count signed: there is another of each. A withdrawal of which there is none (another
    /// machine went on with the old key) stays, and is told of. Then the change is finished.
    ///
    /// # Errors
    /// What the system said; the rest goes the next time.
    pub fn settle(
        &self,
        home: &Home,
        folder: &EvaluationFolder,
        identities: &Identities,
        evaluation: &Evaluation,
    ) -> Result<(), StoreError> {
        let withdrawn = tombstone::read_all(&folder.gone(), identities, evaluation)?.interviews;
        for key in self.others(evaluation) {
            for path in unsealed::files(&folder.gone())? {
                let interview = tombstone::signed_by(&path, identities, evaluation, key);
                if interview.is_some_and(|interview| withdrawn.contains(&interview)) {
                    atomic::remove(&path)?;
                }
            }
            resealing::remove_signed_by(folder, identities, evaluation, key)?;
            for place in [folder.workbook(), folder.quarantine()] {
                workbook::remove_signed_by(&place, identities, evaluation, key)?;
            }
        }
        atomic::remove(&home.given_up(&evaluation.id)?)
    }
}

/// Signs by a new key, as well, what the signature of the evaluation's key vouches for. Nothing is taken away yet.
///
/// # Errors
/// What the system said.
pub fn sign_again(
    (home, folder): (&Home, &EvaluationFolder),
    evaluation: &Evaluation,
    identities: &Identities,
    now: &Signer,
    random: &mut dyn Randomness,
) -> Result<(), StoreError> {
    GivenUp::note(home, evaluation, now.public())?;
    let to = may_interview(evaluation).map_err(|_| StoreError::Keys(KeyProblem::None))?;
    let gone = tombstone::read_all(&folder.gone(), identities, evaluation)?;
    for interview in &gone.interviews {
        tombstone::put(&folder.gone(), interview, &to, now, random)?;
    }
    if let Some(was) = signing(evaluation) {
        resealing::sign_again(folder, identities, evaluation, &to, was, now)?;
        workbook::sign_again(&folder.workbook(), identities, &to, was, now)?;
    }
    resealing::sign_drafts_for_next(folder, evaluation, now)
}

/// The key whose signature counts.
fn signing(evaluation: &Evaluation) -> Option<VerifyingKey> {
    let text = evaluation.signing.coordinator.as_deref();
    text.and_then(|text| VerifyingKey::parse(text).ok())
}
