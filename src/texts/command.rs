//! Commands, flags, prompts and what they answer.

use serde::Deserialize;

/// Texts of `[command]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandTexts {}
