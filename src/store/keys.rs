//! Keys: who can open interviews, and who signed them.
//!
//! | key | what for | where it lies |
//! |---|---|---|
//! | coordinator | opens interviews, signs kits and tombstones | `coordinator.key`, wrapped by a passphrase, in the home folder |
//! | recovery | opens interviews when the coordinator's is lost | on paper, in the organisation's safe |
//! | laptop | signs interviews, so that their origin is known | `laptop.key`, unwrapped: it proves origin, it opens nothing |
//! | laptop, for drafts | opens what is not finished yet on that laptop | `laptop.age` in the kit, wrapped by the laptop code |
//!
//! A laptop seals without any secret but its own signing key, so an interview never waits for a passphrase.

use std::path::{Path, PathBuf};

use crate::store::error::StoreError;
use crate::store::home::Home;

pub mod coordinator;
pub mod identities;
pub mod laptop;
mod laptop_file;
pub mod laptop_identity;
mod opening_key;
pub mod proof;
pub mod recipients;
pub mod recovery;
pub mod signing;

pub use crate::store::age_file::KeyStrength;
pub use coordinator::CoordinatorKeys;
pub use identities::Identities;
pub use laptop::LaptopKey;
pub use laptop_identity::LaptopIdentity;
pub use proof::prove;
pub use recipients::Recipients;
pub use recovery::RecoveryKey;
pub use signing::{Signer, VerifyingKey};

/// The coordinator's key file, in the home folder or a made-up evaluation's `keys/`.
pub const COORDINATOR_FILE: &str = "coordinator.key";
/// The coordinator's next key file, while another key is made to sign with: whichever of the two signs what counts is used.
pub const NEXT_FILE: &str = "coordinator-next.key";
/// A laptop's signing key file.
pub const LAPTOP_FILE: &str = "laptop.key";
/// The file of a laptop's key for drafts, wrapped by the laptop code.
pub const LAPTOP_DRAFTS_FILE: &str = "laptop.age";

/// Returns where the coordinator's key is: the file that was named, else the evaluation's own `keys/`, else home.
///
/// # Errors
/// [`StoreError::NotFound`] with the last place looked at.
pub fn locate(
    named: Option<&Path>,
    evaluation_folder: &Path,
    home: &Home,
    evaluation_id: &str,
) -> Result<PathBuf, StoreError> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let beside = evaluation_folder.join("keys").join(COORDINATOR_FILE);
    if beside.is_file() {
        return Ok(beside);
    }
    let at_home = home.keys(evaluation_id)?.join(COORDINATOR_FILE);
    if at_home.is_file() {
        return Ok(at_home);
    }
    Err(StoreError::NotFound { path: at_home })
}
