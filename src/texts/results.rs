//! Tables and reports.

use serde::Deserialize;

/// Texts of `[results]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultTexts {}
