//! Single words and names used in many places.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::domain::missing::Missing;
use crate::texts::section::texts;

texts! {
    /// Texts of `[words]`.
    pub struct Words {
        pub yes: String,
        pub no: String,
        pub not_asked: String,
        pub skipped: String,
        pub dont_know: String,
        pub wont_say: String,
        pub not_applicable: String,
        pub key_dont_know: String,
        pub key_wont_say: String,
        pub key_not_applicable: String,
        pub made_up: String,
        pub practice: String,
        pub age_band_under: String,
        pub age_band_between: String,
        pub age_band_from: String,
    }
}

impl Words {
    /// Returns the words for a reason for no answer, where the survey has none of its own.
    #[must_use]
    pub fn missing(&self, kind: Missing) -> &str {
        match kind {
            Missing::NotAsked => &self.not_asked,
            Missing::Skipped => &self.skipped,
            Missing::DontKnow => &self.dont_know,
            Missing::WontSay => &self.wont_say,
            Missing::NotApplicable => &self.not_applicable,
        }
    }
}
