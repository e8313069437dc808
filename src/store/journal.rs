//! The journal of one draft: what was done in an interview, in order, encrypted, synced before it is said to be
//! saved.
//!
//! # Format, version 1
//! All integers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeJ` and a zero byte |
//! | 2 | version, 1 |
//! | 4 | length of the wrapped key |
//! | so many | the journal's own key K (32 bytes), as an age file sealed to the coordinators and the laptop |
//!
//! then records, numbered from 0:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | length of nonce and ciphertext |
//! | 4 | CRC-32 of nonce and ciphertext |
//! | 24 | nonce, random |
//! | rest | XChaCha20-Poly1305 under K; associated data: the 8 bytes of the kind, then the record's number (8 bytes) |
//!
//! A record is JSON, filled up with spaces to a power of two of at least 256 bytes: the survey lies on the same
//! disk in clear, and the length of an unpadded record would tell which option was chosen. Record 0 is the
//! [`Opening`](crate::domain::interview::Opening), the others are an [`Entry`] each.
//!
//! What is typed is kept as changes (`write`), so that text, cursor and everything that can be taken back come
//! back. Journals from before hold whole texts (`typing`) and are read as ever; the linear mode still writes those. A
//! program from before keeps a `write` it does not know, unread: the answer is there once it was given, and what was
//! only half written is there again in the newer program.
//!
//! Names are random. A journal is written beside its place with everything known so far, renamed, and from then
//! on only appended to.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::store::atomic;
use crate::store::error::StoreError;
use crate::store::listing;

pub mod draft;
pub mod entry;
mod format;
mod key;
pub mod recover;
pub mod rewrap;
mod search;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod sim_disk_tests;
#[cfg(test)]
mod sim_folder_tests;
#[cfg(test)]
mod sim_journal;

pub use draft::{Draft, Older, remove_damaged};
pub use entry::{Entry, NewerEntry};
pub use format::MAX_JOURNAL as MAX_DRAFT;
pub use recover::{Damage, Recovered, Tail, read_in_memory, recover, recover_all};

/// How a journal's name ends.
pub const EXTENSION: &str = "jnl";

/// One draft on disk, unopened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFile {
    /// Where.
    pub path: PathBuf,
    /// When it was last added to, by the file's time.
    pub modified: Option<SystemTime>,
    /// Whether a running program has it open.
    pub in_use: bool,
}

/// Returns every draft in a folder, by name. A folder that is not there has none.
///
/// # Errors
/// What the system said about the folder.
pub fn list_drafts(folder: &Path) -> Result<Vec<DraftFile>, StoreError> {
    let mut drafts = Vec::new();
    for path in listing::of(folder, EXTENSION)?.files {
        let modified = fs::metadata(&path).and_then(|found| found.modified()).ok();
        let in_use = File::open(&path).is_ok_and(|file| atomic::hold(&file, &path).is_err());
        drafts.push(DraftFile {
            path,
            modified,
            in_use,
        });
    }
    Ok(drafts)
}
