//! What can go wrong with files and keys: what happened, what is safe, what to do.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use serde::Deserialize;

/// Texts of `[storage]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageTexts {
    pub disk_full: String,
    pub read_only: String,
    pub gone: String,
    pub other: String,
}
