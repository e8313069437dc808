//! Keys: what can happen to them, and what is to be done then.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[keys]`.
    pub struct KeyTexts {
        pub about: String,
        pub add_about: String,
        pub add_name: String,
        pub add_out: String,
        pub new_passphrase_file: String,
        pub install_about: String,
        pub install_file: String,
        pub rotate_about: String,
        pub reseal_about: String,
        pub revoke_about: String,
        pub revoke_laptop: String,
        pub yes: String,
        pub recover_about: String,
        pub recovery_file: String,
        pub forget_about: String,
        pub recipients: String,
        pub recipient: String,
        pub proved: String,
        pub not_proved: String,
        pub laptops: String,
        pub laptop: String,
        pub counts: String,
        pub revoked: String,
        pub resealed: String,
        pub not_resealed: String,
        pub renew_kits: String,
        pub not_a_recipient: String,
        pub rotate_intro: String,
        pub rotated: String,
        pub name_taken: String,
        pub add_intro: String,
        pub added: String,
        pub installed: String,
        pub installed_aside: String,
        pub no_laptop: String,
        pub revoked_before: String,
        pub revoke_intro: String,
        pub ask_yes: String,
        pub nothing_changed: String,
        pub revoked_now: String,
        pub forget_intro: String,
        pub recover_intro: String,
        pub ask_recovery: String,
        pub not_a_recovery: String,
        pub other_recovery: String,
        pub recovered: String,
        pub recovered_holds: String,
        pub recovered_others: String,
        pub recover_name: String,
        pub recover_whose: String,
        pub recover_nobody: String,
        pub no_old: String,
        pub old_needed: String,
        pub old_gone: String,
    }
}
