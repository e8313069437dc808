//! What the checker says about a survey or an evaluation.

use serde::Deserialize;

/// Texts of `[diagnostic]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticTexts {}
