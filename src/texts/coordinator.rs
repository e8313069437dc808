//! The coordinator's screens.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[coordinator]`.
    pub struct CoordinatorTexts {
        pub entry: String,
        pub to_start: String,
        pub opening: String,
        pub working: String,
        pub gate_title: String,
        pub gate_about: String,
        pub gate_label: String,
        pub more: String,
        pub letter: CoordinatorLetters,
        pub hint: CoordinatorHints,
        pub overview: OverviewTexts,
        pub attention: AttentionTexts,
        pub checklist: ChecklistTexts,
    }
}

texts! {
    /// Texts of `[coordinator.letter]`: letters of keys.
    pub struct CoordinatorLetters {
        pub results: String,
        pub checklist: String,
    }
}

texts! {
    /// Texts of `[coordinator.hint]`: what keys do.
    pub struct CoordinatorHints {
        pub results: String,
        pub checklist: String,
    }
}

texts! {
    /// Texts of `[coordinator.overview]`: how far it has come.
    pub struct OverviewTexts {
        pub title: String,
        pub round_of: String,
        pub held: String,
        pub held_of: String,
        pub groups: String,
        pub asked: String,
        pub declined: String,
        pub stopped: String,
        pub site: String,
        pub finished: String,
        pub target: String,
        pub progress: String,
        pub enough: String,
        pub enough_alone: String,
        pub enough_together: String,
        pub not_enough: String,
        pub not_in: String,
        pub elsewhere: String,
        pub interviewers: String,
        pub reach: String,
        pub reach_nothing: String,
        pub reach_title: String,
        pub reach_five: String,
        pub reach_more: String,
        pub apart_how: String,
        pub apart_none: String,
        pub apart_groups: String,
        pub attention: String,
        pub nothing: String,
        pub checklist: String,
    }
}

texts! {
    /// Texts of `[coordinator.attention]`: what needs attention, and what to do about it.
    pub struct AttentionTexts {
        pub not_delivered_one: String,
        pub not_delivered: String,
        pub unreadable_one: String,
        pub unreadable: String,
        pub damaged_one: String,
        pub damaged: String,
        pub newer_one: String,
        pub newer: String,
        pub absent_one: String,
        pub absent: String,
        pub drafts_one: String,
        pub drafts: String,
        pub conflict: String,
        pub can_be_shown_one: String,
        pub can_be_shown: String,
        pub too_few_one: String,
        pub too_few: String,
        pub contacts_one: String,
        pub contacts: String,
        pub keys_one: String,
        pub keys: String,
        pub withdrawal_ends: String,
        pub deletion_soon: String,
        pub deletion_due: String,
        pub do_not_delivered: String,
        pub do_unreadable: String,
        pub do_damaged: String,
        pub do_newer: String,
        pub do_absent: String,
        pub do_drafts: String,
        pub do_conflict: String,
        pub do_can_be_shown: String,
        pub do_too_few: String,
        pub do_contacts: String,
        pub do_keys: String,
        pub do_withdrawal: String,
        pub do_deletion: String,
    }
}

texts! {
    /// Texts of `[coordinator.checklist]`: what has to be settled.
    pub struct ChecklistTexts {
        pub title: String,
        pub about: String,
        pub how: String,
        pub purpose: String,
        pub no_purpose: String,
        pub commissioner: String,
        pub no_commissioner: String,
        pub consent: String,
        pub consent_no_ages: String,
        pub no_age: String,
        pub no_reason: String,
        pub withdrawal: String,
        pub no_withdrawal: String,
        pub contacts: String,
        pub no_contacts: String,
        pub contacts_not_checked: String,
        pub keys: String,
        pub deletion: String,
        pub no_deletion: String,
        pub closed: String,
    }
}
