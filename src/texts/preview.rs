//! A survey previewed while it is written.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[preview]`.
    pub struct PreviewTexts {
        pub about: String,
        pub file: String,
        pub size: String,
        pub group: String,
        pub mark: String,
        pub information: String,
        pub trouble: String,
        pub one_more: String,
        pub more: String,
        pub keeps: String,
        pub away: String,
        pub narrow: String,
        pub waiting: String,
        pub waiting_safe: String,
        pub read_again: String,
        pub which: String,
    }
}
