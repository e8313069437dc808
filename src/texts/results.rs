//! Tables and reports.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use serde::Deserialize;

/// Texts of `[results]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultTexts {
    pub hidden: String,
    pub at_most: String,
    pub at_least: String,
    pub none: String,
    pub answered: String,
    pub answered_of: String,
}
