//! The coordinator's screens.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

mod bench;
mod upkeep;

pub use bench::{CodingTexts, FindingsTexts, UndoneTexts};
pub use upkeep::UpkeepTexts;

texts! {
    /// Texts of `[coordinator]`.
    pub struct CoordinatorTexts {
        pub entry: String,
        pub not_kept: String,
        pub to_start: String,
        pub opening: String,
        pub working: String,
        pub gate_title: String,
        pub gate_about: String,
        pub gate_label: String,
        pub more: String,
        pub letter: CoordinatorLetters,
        pub hint: CoordinatorHints,
        pub undone: UndoneTexts,
        pub overview: OverviewTexts,
        pub attention: AttentionTexts,
        pub checklist: ChecklistTexts,
        pub results: ResultsTexts,
        pub explain: ExplainTexts,
        pub rounds: RoundsTexts,
        pub marks: MarksTexts,
        pub release: ReleaseScreenTexts,
        pub ledger: LedgerTexts,
        pub report: ReportScreenTexts,
        pub collect: CollectScreenTexts,
        pub surveys: SurveysTexts,
        pub coding: CodingTexts,
        pub findings: FindingsTexts,
        pub upkeep: UpkeepTexts,
    }
}

texts! {
    /// Texts of `[coordinator.letter]`: letters of keys.
    pub struct CoordinatorLetters {
        pub use_draft: String,
        pub own_laptop: String,
        pub coding: String,
        pub findings: String,
        pub quotes: String,
        pub coder: String,
        pub themes: String,
        pub memo: String,
        pub split_theme: String,
        pub move_theme: String,
        pub beside: String,
        pub earlier: String,
        pub fit: String,
        pub unfit: String,
        pub drop: String,
        pub mark: String,
        pub bracket: String,
        pub no_name: String,
        pub filter: String,
        pub rename: String,
        pub merge: String,
        pub stands: String,
        pub said: String,
        pub addressee: String,
        pub answer: String,
        pub conference: String,
        pub action: String,
        pub owner: String,
        pub due: String,
        pub states: String,
        pub wrong: String,
        pub note: String,
        pub words_out: String,
        pub words_in: String,
        pub surveys: String,
        pub open: String,
        pub language: String,
        pub size: String,
        pub rounds: String,
        pub marks: String,
        pub release: String,
        pub report: String,
        pub collect: String,
        pub picture: String,
        pub split: String,
        pub explain: String,
        pub hidden: String,
        pub results: String,
        pub checklist: String,
        pub laptops: String,
        pub upkeep: String,
    }
}

texts! {
    /// Texts of `[coordinator.hint]`: what keys do.
    pub struct CoordinatorHints {
        pub other_key: String,
        pub coding: String,
        pub findings: String,
        pub surveys: String,
        pub states: String,
        pub note: String,
        pub words_out: String,
        pub words_in: String,
        pub try_question: String,
        pub open_file: String,
        pub rounds: String,
        pub marks: String,
        pub release: String,
        pub report: String,
        pub collect: String,
        pub table: String,
        pub chart: String,
        pub split: String,
        pub split_by: String,
        pub explain: String,
        pub all: String,
        pub only_hidden: String,
        pub next_view: String,
        pub section: String,
        pub other_site: String,
        pub to_sites: String,
        pub to_perspectives: String,
        pub to_rounds: String,
        pub next_row: String,
        pub page_through: String,
        pub collect_from: String,
        pub other_round: String,
        pub results: String,
        pub checklist: String,
        pub laptops: String,
        pub upkeep: String,
    }
}

texts! {
    /// Texts of `[coordinator.overview]`: how far it has come.
    pub struct OverviewTexts {
        pub title: String,
        pub round_of: String,
        pub earlier_round: String,
        pub held: String,
        pub held_of: String,
        pub groups: String,
        pub asked: String,
        pub declined: String,
        pub stopped: String,
        pub site: String,
        pub survey_of: String,
        pub finished: String,
        pub target: String,
        pub progress: String,
        pub enough: String,
        pub enough_alone: String,
        pub enough_here: String,
        pub enough_together: String,
        pub not_enough: String,
        pub not_enough_each: String,
        pub elsewhere: String,
        pub interviewers: String,
        pub reach: String,
        pub reach_nothing: String,
        /// Numbers are shown, none in full: `{n}`, `{most}`, `{least}`.
        pub reach_coded: String,
        pub reach_groups: String,
        pub missing: String,
        pub wrong: String,
        pub reach_of: String,
        pub reach_title: String,
        pub reach_five: String,
        pub reach_more: String,
        pub apart_how: String,
        pub apart_each: String,
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
        pub waiting_one: String,
        pub waiting: String,
        pub drafts_one: String,
        pub drafts: String,
        pub strangers_one: String,
        pub strangers: String,
        pub copies_one: String,
        pub copies: String,
        pub aside_one: String,
        pub aside: String,
        pub uncoded_one: String,
        pub uncoded: String,
        pub undecided_one: String,
        pub undecided: String,
        pub unread_one: String,
        pub unread: String,
        pub late_one: String,
        pub late: String,
        pub conflict: String,
        pub can_be_shown_one: String,
        pub can_be_shown: String,
        pub too_few_one: String,
        pub too_few: String,
        pub groups_can_be_shown: String,
        pub too_few_groups: String,
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
        pub do_waiting: String,
        pub do_drafts: String,
        pub do_conflict: String,
        pub do_can_be_shown: String,
        pub do_too_few: String,
        pub do_groups_can_be_shown: String,
        pub do_too_few_groups: String,
        pub do_contacts: String,
        pub do_keys: String,
        pub codes_one: String,
        pub codes: String,
        pub do_codes: String,
        pub do_withdrawal: String,
        pub do_deletion: String,
        pub do_strangers: String,
        pub do_copies: String,
        pub do_aside: String,
        pub off_the_list: String,
        pub aside_seen: String,
        pub do_uncoded: String,
        pub do_undecided: String,
        pub do_unread: String,
        pub do_late: String,
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
        pub assessment: String,
        pub no_assessment: String,
        pub controller: String,
        pub no_controller: String,
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
        pub settle: String,
        pub label_purpose: String,
        pub label_commissioner: String,
        pub label_assessment: String,
        pub label_controller: String,
        pub label_reason: String,
        pub label_tried: String,
        pub label_deletion: String,
        pub not_here: String,
        pub tried_later: String,
        pub deletion_later: String,
        pub deletion_earlier: String,
    }
}

texts! {
    /// Texts of `[coordinator.results]`: what was shown, to look through.
    pub struct ResultsTexts {
        pub note_label: String,
        pub noted: String,
        pub title: String,
        pub heading: String,
        pub heading_groups: String,
        pub nothing: String,
        pub none_found: String,
        pub view: String,
        pub together: String,
        pub part: String,
        pub against: String,
        pub favour: String,
        pub value: String,
        pub missing: String,
        pub value_asked: String,
        pub value_of: String,
        pub value_answers: String,
        pub value_answered: String,
    }
}

texts! {
    /// Texts of `[coordinator.explain]`: what hidden counts mean.
    pub struct ExplainTexts {
        pub why: String,
        pub coded: String,
        pub hidden: String,
        pub here: String,
        pub together: String,
        pub by: String,
        pub groups_hidden: String,
        pub groups_apart: String,
        pub groups_merged: String,
        pub more: String,
        pub more_together: String,
        pub more_ready: String,
        pub more_needed: String,
    }
}

texts! {
    /// Texts of `[coordinator.rounds]`: rounds, sites, perspectives.
    pub struct RoundsTexts {
        pub title: String,
        pub sites: String,
        pub perspectives: String,
        pub site: String,
        pub one_round: String,
        pub no_sites: String,
        pub one_perspective: String,
        pub own_site: String,
        pub network: String,
        pub merged: String,
        pub site_hidden: String,
        pub network_how: String,
        /// Too few other sites for a network.
        pub network_few: String,
        pub perspectives_how: String,
        pub side: String,
        /// The heading of a table of rounds.
        pub by_round: String,
    }
}

texts! {
    /// Texts of `[coordinator.marks]`: what was changed between rounds.
    pub struct MarksTexts {
        pub title: String,
        pub about: String,
        pub before: String,
        pub after: String,
        pub write: String,
        pub hint_write: String,
        pub hint_mark: String,
        pub label_words: String,
        pub label_day: String,
        pub take_away: String,
        pub not_done: String,
    }
}

texts! {
    /// Texts of `[coordinator.release]`: what can be shown next.
    pub struct ReleaseScreenTexts {
        pub title: String,
        pub stays: String,
        pub split: String,
        pub split_none: String,
        pub split_declared: String,
        pub not_yet: String,
        pub now: String,
    }
}

texts! {
    /// Texts of `[coordinator.report]`: making the report.
    pub struct ReportScreenTexts {
        pub title: String,
        pub nothing: String,
        pub to: String,
        pub language: String,
        pub stage: String,
        pub also: String,
        pub contents: String,
        pub questions: String,
        pub themes: String,
        pub appendix: String,
        pub author: String,
        pub several: String,
        pub word: String,
        pub excel: String,
        pub html: String,
        pub csv: String,
        pub draft: String,
        pub final_report: String,
        pub one_page: String,
        pub conference: String,
        pub codebook: String,
        pub pictures: String,
        pub make: String,
        pub cancel: String,
        pub preview: String,
        pub control: String,
        pub not_in_full: String,
        pub split: String,
        pub split_by: String,
        pub split_none: String,
        pub split_how: String,
        pub read: String,
        pub read_hint: String,
        pub other_report: String,
        pub see_names: String,
        pub names_title: String,
        pub names_about: String,
        pub go_there: String,
        pub no_quotes: String,
        pub unread: String,
        pub none_unread: String,
        pub names: String,
        pub no_names: String,
        pub quotes: String,
        pub method: String,
        pub no_method: String,
        pub raw: String,
        pub waiting: String,
        pub still_withdraw: String,
        pub folder: String,
        pub choose_one: String,
        pub made: String,
    }
}

texts! {
    /// Texts of `[coordinator.collect]`: bringing in deliveries.
    pub struct CollectScreenTexts {
        pub title: String,
        pub about: String,
        pub from_stick: String,
        pub label: String,
        pub copies: String,
        pub type_first: String,
    }
}

texts! {
    /// Texts of `[coordinator.surveys]`: a survey while it is written.
    pub struct SurveysTexts {
        pub in_use: String,
        pub own_files: String,
        pub only_looked_at: String,
        pub takes: String,
        pub new_of: String,
        pub new_about: String,
        pub label_title: String,
        pub made: String,
        pub table_name: String,
        pub translated_name: String,
        pub fill_table: String,
        pub no_table: String,
        pub title: String,
        pub heading: String,
        pub about: String,
        pub template: String,
        pub no_questions: String,
        pub advice_one: String,
        pub advice: String,
        pub error_one: String,
        pub errors: String,
        pub error_mark: String,
        pub advice_mark: String,
        pub remark: String,
        pub nothing_wrong: String,
        pub not_shown: String,
        pub trying: String,
        pub open_yourself: String,
    }
}

texts! {
    /// Texts of `[coordinator.ledger]`: everything that was shown.
    pub struct LedgerTexts {
        pub title: String,
        pub about: String,
        pub none: String,
        pub mark: String,
        pub is_wrong: String,
        pub careful: String,
        pub why: String,
        pub needs_why: String,
    }
}
