//! What so many interviews can show.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[plan]`.
    pub struct PlanTexts {
        pub about: String,
        pub n: String,
        pub n_value: String,
        pub groups: String,
        pub groups_value: String,
        pub profile: String,
        pub title: String,
        pub how: String,
        pub column_people: String,
        pub column_full: String,
        pub column_single: String,
        pub column_three: String,
        pub column_two: String,
        pub column_none: String,
        pub kind_scale: String,
        pub kind_yes_no: String,
        pub kind_options: String,
        pub full: String,
        pub no_full: String,
        pub too_few: String,
        pub split: String,
        pub split_merged: String,
        pub split_too_small: String,
        pub split_full: String,
        pub split_no_full: String,
        pub caption: String,
        pub bad_number: String,
        pub example: String,
    }
}
