//! Settings and the first run.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[settings]`.
    pub struct SettingsTexts {
        /// Line by line: the last row, what to do, and what was done.
        pub line_done: String,
        pub line_ask: String,
        pub line_changed: String,
        pub title: String,
        pub about: String,
        pub about_interview: String,
        pub change: String,
        pub not_kept: String,
        /// What a new `config.toml` says about itself.
        pub file_head: String,
        pub on: String,
        pub off: String,
        pub language: String,
        pub spacing: String,
        pub spacing_tight: String,
        pub spacing_normal: String,
        pub spacing_airy: String,
        pub contrast: String,
        pub contrast_usual: String,
        pub contrast_high: String,
        pub colours: String,
        pub glyphs: String,
        pub glyphs_unicode: String,
        pub glyphs_ascii: String,
        pub mouse: String,
        pub auto_next: String,
        pub hide_unfocused: String,
        pub show_choice: String,
        pub decided: String,
        pub decided_aside: String,
        pub linear: String,
        pub linear_next: String,
        pub role: String,
        pub role_interviewer: String,
        pub role_coordinator: String,
        pub role_visitor: String,
        pub first_heading: String,
        pub first_language: String,
        pub first_role: String,
        pub first_text: String,
        pub first_later: String,
        pub first_enter: String,
        pub text_usual: String,
        pub text_airy: String,
        pub text_airy_aside: String,
        pub text_high: String,
        pub text_high_aside: String,
        pub text_linear: String,
        pub text_linear_aside: String,
        pub linear_from_now: String,
        pub practise_title: String,
        pub practise_about: String,
        pub practise_yes: String,
        pub practise_no: String,
    }
}
