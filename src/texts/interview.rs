//! The interview on screen.

use serde::Deserialize;

/// Texts of `[interview]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewTexts {}
