//! Tables and reports.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[results]`: how a value is said.
    pub struct ResultTexts {
        pub hidden: String,
        pub at_most: String,
        pub at_least: String,
        pub none: String,
        pub answered: String,
        pub answered_of: String,
        pub averages: AverageTexts,
        pub hands: HandsTexts,
        pub pairs: PairTexts,
        pub share_interval: String,
        pub report: ReportTexts,
        pub command: ResultCommandTexts,
        pub screen: ResultScreenTexts,
    }
}

texts! {
    /// Texts of `[results.screen]`: reading results on the screen.
    pub struct ResultScreenTexts {
        pub title: String,
        pub entry: String,
        pub question: String,
        pub to_start: String,
        pub demo_gone: String,
    }
}

texts! {
    /// Texts of `[results.averages]`: what follows from the numbers of a scale.
    pub struct AverageTexts {
        pub median: String,
        pub median_between: String,
        pub mean: String,
        pub mean_within: String,
        pub interval: String,
        pub interval_cut: String,
        pub together: String,
        pub index_how: String,
        pub no_index: String,
        pub caption: String,
        pub dimension: String,
        pub items: String,
        pub index: String,
        pub index_within: String,
        pub index_interval: String,
        pub index_sd: String,
        pub alpha: String,
        pub alpha_alone: String,
        pub alpha_negative: String,
        pub not_everybody: String,
        pub not_printed: String,
    }
}

texts! {
    /// Texts of `[results.hands]`: hands of groups, in words.
    pub struct HandsTexts {
        pub base: String,
        pub column: String,
        pub few: String,
        pub divided: String,
        pub most: String,
        pub in_words: String,
        pub note: String,
    }
}

texts! {
    /// Texts of `[results.pairs]`: statements asked on two scales.
    pub struct PairTexts {
        pub title: String,
        pub how: String,
        pub no_gap: String,
        pub caption: String,
        pub statement: String,
        pub first: String,
        pub second: String,
        pub gap: String,
        pub with_interval: String,
        pub interval: String,
        pub missed: String,
        pub not_everybody: String,
        pub not_printed: String,
        pub missed_asked: String,
        pub rounded: String,
    }
}

texts! {
    /// Texts of `[results.report]`: what stands in a report.
    pub struct ReportTexts {
        pub title: String,
        pub made_up_title: String,
        pub made_up: String,
        pub who: String,
        pub interviews_one: String,
        pub interviews: String,
        pub of_users: String,
        pub round: String,
        pub service: String,
        pub waiting_one: String,
        pub waiting: String,
        pub limits: String,
        pub limits_who: String,
        pub limits_groups: String,
        pub in_words: String,
        pub in_words_told: String,
        pub in_words_quoted: String,
        pub gathered: String,
        pub gathered_groups: String,
        pub limits_why: String,
        pub limits_small: String,
        pub questions: String,
        pub caption: String,
        pub caption_missing: String,
        pub caption_background: String,
        pub answer: String,
        pub count: String,
        pub share: String,
        pub share_of_asked: String,
        pub reason: String,
        pub or: String,
        pub sum: String,
        pub site: String,
        pub coded_note: String,
        pub and: String,
        pub people: String,
        pub hidden_note: String,
        pub not_shown: String,
        pub too_few: String,
        pub withdrawn: String,
        pub wrong: String,
        pub wrong_same: String,
        pub left_out: String,
        pub groups: String,
        pub outside: String,
        pub year_or_later: String,
        pub year_or_earlier: String,
        pub first_choice: String,
        pub groups_only: String,
        pub groups_open: String,
        pub tied: String,
        pub options_differ: String,
        pub not_decided: String,
        pub too_few_interviews: String,
        pub base_not_shown: String,
        pub sum_note: String,
        pub many_note: String,
        pub interval_note: String,
        pub users_note: String,
        pub all_users_note: String,
        pub missing_sum: String,
        pub open: String,
        pub quoted: String,
        pub method: String,
        pub purpose: String,
        pub survey: String,
        pub held: String,
        pub base: String,
        pub percent: String,
        pub protection: String,
        pub profile: String,
        pub profile_base: String,
        pub profile_sensitive: String,
        pub profile_reason: String,
        pub profile_merged: String,
        pub promise: String,
        pub no_promise: String,
    }
}

texts! {
    /// Texts of `[results.command]`: what `results`, `report` and `demo` say.
    pub struct ResultCommandTexts {
        pub results_about: String,
        pub report_about: String,
        pub demo_about: String,
        pub item: String,
        pub item_value: String,
        pub by: String,
        pub by_value: String,
        pub plain: String,
        pub json: String,
        pub yes: String,
        pub out: String,
        pub seed: String,
        pub seed_value: String,
        pub dir: String,
        pub ask: String,
        pub ask_yes: String,
        pub ask_no_terminal: String,
        pub ask_groups: String,
        pub ask_groups_no_terminal: String,
        pub yes_on_terminal: String,
        pub not_shown: String,
        pub too_few: String,
        pub lost_one: String,
        pub lost: String,
        pub no_interviews: String,
        pub only_groups: String,
        pub kept: String,
        pub no_item: String,
        pub no_format: String,
        pub no_format_named: String,
        pub file_there: String,
        pub written: String,
        pub next_report: String,
        pub demo_intro: String,
        pub demo_dir: String,
        pub demo_temporary: String,
        pub demo_failed: String,
        pub folder_full: String,
        pub loosens: String,
        pub loosens_evaluation: String,
        pub loosens_survey: String,
        pub reason_missing: String,
        pub kept_damaged: String,
        pub kept_newer: String,
        pub settings: String,
        pub new: String,
        pub changed_meanwhile: String,
        pub demo_title: String,
        pub demo_service: String,
        pub demo_round: String,
        pub demo_second: String,
        pub demo_north: String,
        pub demo_south: String,
        pub demo_east: String,
        pub demo_west: String,
        pub demo_reason: String,
        pub demo_key: String,
        pub demo_recovery: String,
        pub demo_contact: String,
        pub demo_contact_talk: String,
    }
}
