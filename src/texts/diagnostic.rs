//! What the checker says about a survey or an evaluation.

use std::collections::BTreeMap;

use crate::texts::section::texts;

texts! {
    /// Texts of `[diagnostic]`.
    pub struct DiagnosticTexts {
        /// Before a problem that keeps the file from being used.
        pub error: String,
        /// Before a problem that does not.
        pub advice: String,
        /// Before what to do.
        pub help: String,
        /// What was probably meant. `{meant}`
        pub meant: String,
        /// What to write instead. `{meant}`
        pub write: String,
        /// The last line when there is nothing to say.
        pub nothing: String,
        /// The last line counts: one error.
        pub one_error: String,
        /// Several or no errors. `{count}`
        pub errors: String,
        /// One piece of advice.
        pub one_advice: String,
        /// Several or no pieces. `{count}`
        pub advices: String,
        /// One file.
        pub one_file: String,
        /// Several files. `{count}`
        pub files: String,
        /// A file that cannot be read. `{file}`
        pub unreadable: String,
        /// What to do about it.
        pub unreadable_help: String,
        /// A folder where a file was wanted.
        pub folder: String,
        /// What to write instead.
        pub folder_help: String,
        /// Between the last two of a list.
        pub and: String,
        /// What languages are called.
        pub language: LanguageTexts,
        /// What was wanted or found.
        pub kind: KindTexts,
        /// Why another place is shown.
        pub role: RoleTexts,
        /// The words for each code, by its name. A test in `cli` keeps the names those of the codes.
        pub code: BTreeMap<String, CodeTexts>,
    }
}

texts! {
    /// What languages are called in the middle of a sentence.
    pub struct LanguageTexts {
        /// Bokmål.
        pub nb: String,
        /// Nynorsk.
        pub nn: String,
        /// English.
        pub en: String,
    }
}

texts! {
    /// Words for one code.
    pub struct CodeTexts {
        /// What is wrong.
        pub title: String,
        /// Beside the place.
        pub label: String,
        /// What to do.
        pub help: String,
        /// What to do when there is nothing to list in `{allowed}`.
        pub empty: Option<String>,
    }
}

texts! {
    /// Kinds of value, as in "this should be ...".
    pub struct KindTexts {
        /// Text in quotation marks.
        pub text: String,
        /// Text, or a table of texts.
        pub localized: String,
        /// Whole number.
        pub whole: String,
        /// Number.
        pub number: String,
        /// `true` or `false`.
        pub truth: String,
        /// List.
        pub list: String,
        /// List of two.
        pub pair: String,
        /// Table.
        pub table: String,
        /// Date.
        pub date: String,
        /// Text or list.
        pub text_or_list: String,
        /// Something true or false.
        pub condition: String,
        /// Code of one option.
        pub code: String,
        /// Several codes.
        pub codes: String,
        /// Question, number or code.
        pub value: String,
        /// Operator or the end.
        pub operator: String,
        /// The end.
        pub end: String,
        /// Comma or closing parenthesis.
        pub comma_or_end: String,
        /// A question's id.
        pub item: String,
        /// List of codes.
        pub choices: String,
    }
}

texts! {
    /// Why another place is shown.
    pub struct RoleTexts {
        /// The same thing stood here first.
        pub first: String,
        /// Asked here, further down.
        pub later: String,
        /// Must hold too.
        pub also_needed: String,
        /// Said here.
        pub defined_here: String,
    }
}
