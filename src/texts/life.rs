//! Backup, restoring, rescue of drafts, and closing an evaluation.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[life]`.
    pub struct LifeTexts {
        pub backup_about: String,
        pub backup_file: String,
        pub backed_up: String,
        pub backup_next: String,
        pub restore_about: String,
        pub restore_file: String,
        pub restored: String,
        pub restore_next: String,
        pub close_about: String,
        pub close_now: String,
        pub close_confirm: String,
        pub close_early: String,
        pub close_no_date: String,
        pub close_no_tables: String,
        pub close_intro: String,
        pub close_ask: String,
        pub not_closed: String,
        pub closed: String,
        pub protocol: String,
        pub rescue_about: String,
        pub rescue_all: String,
        pub rescue_none: String,
        pub rescue_one: String,
        pub rescue_read_back: String,
        pub rescue_not_read_back: String,
        pub rescue_ask: String,
        pub rescue_use: String,
        pub rescue_delete: String,
        pub rescue_used: String,
        pub rescue_deleted: String,
        pub rescue_waits: String,
        pub rescue_held: String,
        pub rescue_said_yes: String,
        pub rescue_yes: String,
        pub rescue_sure: String,
        pub rescue_word: String,
        pub rescue_empty: String,
        pub rescue_unsealed: String,
        pub rescue_withdraw: String,
        pub rescue_withdrawn: String,
        pub deleted_collected: String,
        pub removed_collected: String,
        pub rescue_not_usable: String,
        pub rescue_arrived: String,
        pub rescue_all_done: String,
        pub is_closed: String,
        pub delete_soon: String,
        pub delete_due: String,
        pub delete_due_laptop: String,
        pub old_draft_one: String,
        pub old_draft_more: String,
        pub to_rescue_one: String,
        pub to_rescue_more: String,
        pub drafts_collected: String,
        pub drafts_delivered: String,
    }
}
