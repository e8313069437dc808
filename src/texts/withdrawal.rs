//! Withdrawal: the code on the screen, and the command that deletes by it.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[withdrawal]`.
    pub struct WithdrawalTexts {
        pub code_title: String,
        pub code_aloud: String,
        pub code_until: String,
        pub code_once: String,
        pub code_noted: String,
        pub code_unwanted: String,
        pub code_unwanted_how: String,
        pub code_unwanted_sure: String,
        pub code_unwanted_done: String,
        pub code_last_word: String,
        pub code_not_last: String,
        pub code_waits: String,
        pub about: String,
        pub code_file: String,
        pub site: String,
        pub round: String,
        pub yes: String,
        pub ask_code: String,
        pub unknown_word: String,
        pub perhaps: String,
        pub count: String,
        pub check: String,
        pub none: String,
        pub several: String,
        pub several_still: String,
        pub elsewhere: String,
        /// `{name}`, `{known}`.
        pub no_site: String,
        pub no_round: String,
        pub confirm: String,
        pub confirm_word: String,
        pub not_deleted: String,
        pub deleted: String,
        pub left: String,
        pub next: String,
        pub ended: String,
        pub anonymous: String,
        pub needs_coordinator: String,
    }
}
