//! New kits for laptops that are in use: after a survey got a new version, a site was added, or keys changed. The
//! laptop keeps its own keys, drafts and sealed interviews; old drafts finish with the survey they began with.

use std::path::{Path, PathBuf};

use super::{
    EVALUATION_FILE, KIT_FILE, Kit, MAX_FILE, copies, hashes, is_coordinators, keep_copy, public_files,
};
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::{EvaluationFolder, MAX_DEFINITION};
use crate::store::keys::signing::Signer;

/// A renewed `kit.sig` on its way to its place.
const NEXT_FILE: &str = "kit.sig.next";

/// Writes a renewed kit for every laptop that has one and is not revoked, each in a folder of its own name.
/// Returns those laptops. `letters`: from now on these are the letters of those who interview with that laptop.
///
/// # Errors
/// [`StoreError::WrongKey`] when the coordinator's key is not the evaluation's; [`StoreError::AlreadyThere`];
/// what the system said.
pub fn write(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    to: &Path,
    coordinator: &Signer,
    letters: Option<(&Slug, &[Id])>,
) -> Result<Vec<Slug>, StoreError> {
    is_coordinators(folder, evaluation, coordinator)?;
    let files = public_files(folder, evaluation, &folder.evaluation_bytes()?)?;
    let mut renewed = Vec::new();
    for laptop in evaluation.signing.laptops.iter().filter(|laptop| !laptop.revoked) {
        let path = copies(folder).join(format!("{}.sig", laptop.id));
        let bytes = match atomic::read(&path, MAX_FILE) {
            // A machine that was set up without a kit: the coordinator's own.
            Err(StoreError::NotFound { .. }) => continue,
            read => read?,
        };
        let mut kit = Kit::read(&bytes, &path)?;
        if kit.key.to_string() != laptop.key {
            return Err(StoreError::WrongKey { path });
        }
        if let Some((_, letters)) = letters.filter(|(of, _)| **of == laptop.id) {
            kit.letters = letters.to_vec();
        }
        kit.files = hashes(&files);
        kit.signed_by = coordinator.public();
        let signed = kit.sign(coordinator);
        let place = to.join(laptop.id.as_str());
        atomic::make_folder(&place.join("surveys"))?;
        for (name, bytes) in &files {
            atomic::replace(&place.join(name), bytes, Access::AsUsual)?;
        }
        atomic::replace(&place.join(KIT_FILE), signed.as_bytes(), Access::AsUsual)?;
        keep_copy(folder, &laptop.id, &signed)?;
        renewed.push(laptop.id.clone());
    }
    Ok(renewed)
}

/// A renewed kit that lies somewhere for a laptop.
#[derive(Debug)]
pub struct Offer {
    kit: Kit,
    bytes: Vec<u8>,
    from: PathBuf,
    has_new_signer: bool,
}

impl Offer {
    /// Returns whether another key signed it than the kit in use: the coordinator had to make a new one, or somebody
    /// else made the kit. Only people can tell, by the words.
    #[must_use]
    pub const fn has_new_signer(&self) -> bool {
        self.has_new_signer
    }

    /// Returns the bytes of the evaluation file it brings.
    ///
    /// # Errors
    /// What the system said.
    pub fn evaluation_bytes(&self) -> Result<Vec<u8>, StoreError> {
        atomic::read(&self.from.join(EVALUATION_FILE), MAX_DEFINITION)
    }

    /// Returns whether the coordinator of this evaluation signed it.
    #[must_use]
    pub fn is_of(&self, evaluation: &Evaluation) -> bool {
        let coordinator = evaluation.signing.coordinator.as_deref();
        self.kit.evaluation == evaluation.id && coordinator == Some(self.kit.signed_by.to_string().as_str())
    }
}

/// Looks at a renewed kit for this laptop. `from` is the laptop's own folder among the renewed ones, or the one above.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none for this laptop; [`StoreError::WrongKey`] when it is for other keys;
/// [`StoreError::Damaged`] when it is not as it was signed; what the system said.
pub fn look(kit: &Kit, from: &Path) -> Result<Offer, StoreError> {
    let own = from.join(kit.laptop.as_str());
    let from = if own.join(KIT_FILE).is_file() {
        own
    } else {
        from.to_owned()
    };
    let path = from.join(KIT_FILE);
    let bytes = atomic::read(&path, MAX_FILE)?;
    let renewed = Kit::read(&bytes, &path)?;
    renewed.is_here(&from)?;
    let same = renewed.evaluation == kit.evaluation
        && renewed.laptop == kit.laptop
        && renewed.key == kit.key
        && renewed.age == kit.age;
    if !same {
        return Err(StoreError::WrongKey { path });
    }
    let has_new_signer = renewed.signed_by != kit.signed_by;
    Ok(Offer {
        kit: renewed,
        bytes,
        from,
        has_new_signer,
    })
}

/// Takes a renewed kit into use in a laptop's folder. A crash on the way leaves the old kit or the new one. Where it has a
/// new signer, the caller has had the words compared.
///
/// # Errors
/// What the system said.
pub fn take(root: &Path, offer: Offer) -> Result<Kit, StoreError> {
    let Offer {
        kit: renewed,
        bytes,
        from,
        ..
    } = offer;
    for place in renewed.files.keys().filter(|place| *place != EVALUATION_FILE) {
        let bytes = atomic::read(&from.join(place), MAX_DEFINITION)?;
        match atomic::write_new(&root.join(place), &bytes, Access::AsUsual) {
            // By its name it is the same, unless somebody changed it.
            Err(StoreError::AlreadyThere { .. }) => {
                let there = atomic::read(&root.join(place), MAX_DEFINITION);
                if there.is_ok_and(|there| there != bytes) {
                    atomic::replace(&root.join(place), &bytes, Access::AsUsual)?;
                }
            }
            written => written?,
        }
    }
    let evaluation = atomic::read(&from.join(EVALUATION_FILE), MAX_DEFINITION)?;
    atomic::replace(&root.join(NEXT_FILE), &bytes, Access::AsUsual)?;
    atomic::replace(&root.join(EVALUATION_FILE), &evaluation, Access::AsUsual)?;
    atomic::replace(&root.join(KIT_FILE), &bytes, Access::AsUsual)?;
    atomic::remove(&root.join(NEXT_FILE))?;
    Ok(renewed)
}

/// Finishes a renewal that was cut off after the evaluation file was replaced.
pub(super) fn finish(root: &Path) -> Option<Kit> {
    let path = root.join(NEXT_FILE);
    let bytes = atomic::read(&path, MAX_FILE).ok()?;
    let kit = Kit::read(&bytes, &path).ok()?;
    kit.is_here(root).ok()?;
    // Who signed it, is looked at when the evaluation is opened: keys that this machine does not know stop everything
    // there until somebody has compared the words.
    let old = root.join(KIT_FILE);
    let was = Kit::read(&atomic::read(&old, MAX_FILE).ok()?, &old).ok()?;
    if was.key != kit.key {
        return None;
    }
    atomic::replace(&old, &bytes, Access::AsUsual).ok()?;
    atomic::remove(&path).ok()?;
    Some(kit)
}
