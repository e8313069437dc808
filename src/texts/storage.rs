//! What can go wrong with files and keys: what happened, what is safe, what to do.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[storage]`.
    pub struct StorageTexts {
        pub disk_full: String,
        pub read_only: String,
        pub disk_full_at: String,
        pub read_only_at: String,
        pub not_allowed: String,
        pub strange: String,
        pub gone: String,
        pub other: String,
        pub no_evaluation: String,
        pub mistakes: String,
        pub no_survey: String,
        pub survey_mistakes: String,
        pub passphrase_file: String,
        pub ask_passphrase: String,
        pub needs_passphrase: String,
        pub wrong_passphrase: String,
        pub needs_coordinator: String,
        pub no_key: String,
        pub old_key: String,
        pub keys_not_proved: String,
        pub no_signing_key: String,
        pub open_elsewhere: String,
        pub draft_damaged: String,
        pub newer: String,
        pub survey_gone: String,
        pub not_found: String,
        pub already_there: String,
        pub not_empty: String,
        pub wrong_key: String,
        pub unwrapped: String,
        pub damaged: String,
        pub damaged_list: String,
        pub too_large: String,
        pub survey_changed: String,
        pub not_editable: String,
        pub bad_key: String,
    }
}
