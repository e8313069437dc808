//! New kits for laptops that are in use: after a survey got a new version, a site was added, or keys changed. The
//! laptop keeps its own keys, drafts and sealed interviews; old drafts finish with the survey they began with.

use std::path::Path;

use super::{
    EVALUATION_FILE, KIT_FILE, Kit, MAX_FILE, copies, hashes, is_coordinators, keep_copy, public_files,
};
use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::{EvaluationFolder, MAX_DEFINITION};
use crate::store::keys::signing::Signer;

/// A renewed `kit.sig` on its way to its place.
const NEXT_FILE: &str = "kit.sig.next";

/// Writes a renewed kit for every laptop that has one and is not revoked, each in a folder of its own name.
/// Returns those laptops.
///
/// # Errors
/// [`StoreError::WrongKey`] when the coordinator's key is not the evaluation's; [`StoreError::AlreadyThere`];
/// what the system said.
pub fn write(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    to: &Path,
    coordinator: &Signer,
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

/// Takes a renewed kit into use in a laptop's folder. `from` is the laptop's own folder among the renewed ones, or
/// the one above. A crash on the way leaves the old kit or the new one.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none for this laptop; [`StoreError::WrongKey`] when another coordinator
/// signed it or it is for other keys; [`StoreError::Damaged`] when it is not as it was signed; what the system said.
pub fn take(root: &Path, kit: &Kit, from: &Path) -> Result<Kit, StoreError> {
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
        && renewed.age == kit.age
        && renewed.signed_by == kit.signed_by;
    if !same {
        return Err(StoreError::WrongKey { path });
    }
    for place in renewed.files.keys().filter(|place| *place != EVALUATION_FILE) {
        let bytes = atomic::read(&from.join(place), MAX_DEFINITION)?;
        match atomic::write_new(&root.join(place), &bytes, Access::AsUsual) {
            // By its name it is the same.
            Err(StoreError::AlreadyThere { .. }) => {}
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
    // Only the coordinator whose kit this was can have signed the next one.
    let old = root.join(KIT_FILE);
    let was = Kit::read(&atomic::read(&old, MAX_FILE).ok()?, &old).ok()?;
    if was.signed_by != kit.signed_by || was.key != kit.key {
        return None;
    }
    atomic::replace(&old, &bytes, Access::AsUsual).ok()?;
    atomic::remove(&path).ok()?;
    Some(kit)
}
