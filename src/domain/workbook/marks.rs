//! What a quote that was released is recognised by, without its words.

use serde::{Deserialize, Serialize};

/// Marks of a quote, made with what only those know who can open its interview. Without the interview they say nothing,
/// and nobody can try words against them; when the interview is gone nobody ever can.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteMarks {
    /// The same for every quote of an interview.
    pub person: String,
    /// The same for a quote whatever its words.
    pub quote: String,
    /// Of the quote in these words.
    pub words: String,
}
