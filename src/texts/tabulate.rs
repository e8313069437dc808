//! Tables of answers collected elsewhere.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[tabulate]`.
    pub struct TabulateTexts {
        pub about: String,
        pub survey: String,
        pub survey_value: String,
        pub answers: String,
        pub answers_value: String,
        pub delimiter: String,
        pub cells: String,
        pub missing: String,
        pub missing_value: String,
        pub profile: String,
        pub yes: String,
        pub rows_one: String,
        pub rows: String,
        pub limits_who: String,
        pub wrong_cells_one: String,
        pub wrong_cells: String,
        pub wrong_rows_one: String,
        pub wrong_rows: String,
        pub wrong_list: String,
        pub wrong_cell_at: String,
        pub wrong_row_at: String,
        pub wrong_more: String,
        pub not_found: String,
        pub not_read: String,
        pub empty: String,
        pub not_text: String,
        pub no_column: String,
        pub only_groups: String,
        pub groups_question: String,
        pub for_groups: String,
        pub no_such_column: String,
        pub missing_is_answer: String,
        pub twice: String,
        pub row_too_long: String,
        pub open_quote: String,
        pub empty_rows_one: String,
        pub empty_rows: String,
        pub only_long: String,
        pub unsure_one: String,
        pub unsure: String,
        pub read_as: String,
        pub unused: String,
        pub unnamed: String,
        pub absent: String,
        pub bad_missing: String,
        pub too_few: String,
        pub ask: String,
        pub ask_no_terminal: String,
        pub kept: String,
        pub other_file: String,
        pub no_ledger: String,
        pub profile_ignored: String,
        pub why: WhyTexts,
    }
}

texts! {
    /// Texts of `[tabulate.why]`: what is wrong with a cell or a row.
    pub struct WhyTexts {
        pub no_such_answer: String,
        pub no_number: String,
        pub no_date: String,
        pub outside_limits: String,
        pub too_many_decimals: String,
        pub how_many_options: String,
        pub not_alone: String,
        pub twice: String,
        pub not_asked: String,
        pub check: String,
        pub short_row: String,
        pub long_row: String,
    }
}
