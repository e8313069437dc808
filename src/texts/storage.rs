//! What can go wrong with files and keys: what happened, what is safe, what to do.

use serde::Deserialize;

/// Texts of `[storage]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageTexts {}
