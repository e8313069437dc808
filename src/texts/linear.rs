//! The interview line by line.

use serde::Deserialize;

/// Texts of `[linear]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinearTexts {}
