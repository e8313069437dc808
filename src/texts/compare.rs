//! Rounds side by side.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[compare]`.
    pub struct CompareTexts {
        pub tests_flag: String,
        pub perspectives: String,
        pub tests: TestTexts,
        pub about: String,
        pub by: String,
        pub by_title: String,
        pub by_about: String,
        pub by_how: String,
        pub by_difference: String,
        pub by_others: String,
        pub by_group: String,
        pub by_others_difference: String,
        pub means: String,
        pub title: String,
        pub rounds: String,
        pub held_one: String,
        pub held: String,
        pub held_groups: String,
        pub changed: String,
        pub each_round: String,
        pub round_share: String,
        pub other_people: String,
        pub few: String,
        pub runs_how: String,
        pub runs_few: String,
        pub runs_line: String,
        pub round_lies: String,
        pub above: String,
        pub on: String,
        pub below: String,
        pub no_side: String,
        pub runs_quiet: String,
        pub runs_signal: String,
        pub how: String,
        pub caption: String,
        pub column: String,
        pub change: String,
        pub points: String,
        pub finding: String,
        pub higher_one: String,
        pub higher: String,
        pub lower_one: String,
        pub lower: String,
        pub same: String,
        pub chance: String,
        pub beyond_chance: String,
        pub too_few_answers: String,
        pub no_change: String,
        pub not_apart: String,
        pub answers_differ: String,
        pub nothing_common: String,
        pub too_few_rounds: String,
        pub nobody: String,
    }
}

texts! {
    /// Texts of `[compare.tests]`: tests of change, for who asks for them.
    pub struct TestTexts {
        pub title: String,
        pub none: String,
        pub how: String,
        pub holm: String,
        pub hochberg: String,
        pub caption: String,
        pub question: String,
        pub test: String,
        pub rounds: String,
        pub size: String,
        pub p: String,
        pub ranks: String,
        pub several: String,
        pub delta: String,
        pub epsilon: String,
        pub v: String,
        pub options: String,
        pub below: String,
        pub note: String,
    }
}
