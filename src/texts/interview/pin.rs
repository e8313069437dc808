//! The PIN for the hidden screen.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[interview.pin]`.
    pub struct PinTexts {
        pub setting: String,
        pub title: String,
        pub about: String,
        pub change: String,
        pub again: String,
        pub label: String,
        pub no_pin: String,
        pub not_same: String,
        pub is_set: String,
        pub removed: String,
        pub ask: String,
        pub wrong: String,
        pub rest: String,
        pub forgot: String,
        pub forgot_code: String,
        pub forgot_passphrase: String,
        pub ask_code: String,
        pub ask_passphrase: String,
        pub forgotten: String,
        pub empty: String,
        pub empty_secret: String,
    }
}
