//! What was shown, and what is shown next.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[release]`.
    pub struct ReleaseTexts {
        pub about: String,
        pub wrong: String,
        pub wrong_value: String,
        pub why: String,
        pub why_value: String,
        pub merge: String,
        pub list: String,
        pub preview: String,
        pub preview_first: String,
        pub preview_since: String,
        pub preview_how: String,
        pub exact: String,
        pub no_exact: String,
        pub levels: String,
        pub groups: String,
        pub bands: String,
        pub two_bands: String,
        pub several: String,
        pub words: String,
        pub routed: String,
        pub never: String,
        pub by_groups: String,
        pub by_group: String,
        pub by_too_small: String,
        pub by_added: String,
        pub done: String,
        pub done_numbers: String,
        pub done_without: String,
        pub next: String,
        pub nothing_new: String,
        pub too_few_new: String,
        pub conflict: String,
        pub all_wrong: String,
        pub part_title: String,
        pub together: String,
        pub first: String,
        pub since: String,
        pub list_line: String,
        pub list_file: String,
        pub list_wrong: String,
        pub list_none: String,
        pub no_such: String,
        pub already_wrong: String,
        pub why_needed: String,
        pub ask_wrong: String,
        pub marked: String,
        pub merge_none: String,
        pub merged: String,
        pub merge_other: String,
        pub merge_nothing: String,
        pub by_unknown: String,
        pub by_second: String,
        pub by_withdrawn: String,
        pub by_not_shown: String,
    }
}
