//! Why the interview stays as it is: what happened and what to do.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

use crate::domain::interview::Refusal;
use crate::domain::interview::wording::number_words;
use crate::domain::language::Language;
use crate::texts::fill;

texts! {
    /// Texts of `[refusal]`.
    pub struct RefusalTexts {
        pub required: String,
        pub too_small: String,
        pub too_large: String,
        pub whole_number: String,
        pub too_many_decimals: String,
        pub one_decimal: String,
        pub not_a_number: String,
        pub not_a_date: String,
        pub too_few: String,
        pub too_many: String,
        pub exclusive: String,
        pub no_such_option: String,
        pub too_long: String,
        pub more_hands: String,
        pub not_offered: String,
        pub not_asked_here: String,
        pub not_now: String,
        pub nothing_to_undo: String,
        pub nothing_to_redo: String,
    }
}

impl RefusalTexts {
    /// Returns the sentence for a refusal; checks of the survey bring their own words and are not here.
    #[must_use]
    pub fn sentence(&self, refusal: &Refusal, language: Language) -> String {
        match refusal {
            Refusal::Required => self.required.clone(),
            Refusal::TooSmall { least } => {
                fill(&self.too_small, &[("least", &number_words(*least, language))])
            }
            Refusal::TooLarge { greatest } => fill(
                &self.too_large,
                &[("greatest", &number_words(*greatest, language))],
            ),
            Refusal::TooManyDecimals { decimals: 0 } => self.whole_number.clone(),
            Refusal::TooManyDecimals { decimals: 1 } => self.one_decimal.clone(),
            Refusal::TooManyDecimals { decimals } => {
                fill(&self.too_many_decimals, &[("decimals", &decimals.to_string())])
            }
            Refusal::TooFew { min } => fill(&self.too_few, &[("min", &min.to_string())]),
            Refusal::TooMany { max } => fill(&self.too_many, &[("max", &max.to_string())]),
            Refusal::Exclusive => self.exclusive.clone(),
            Refusal::NoSuchOption | Refusal::WrongKind => self.no_such_option.clone(),
            Refusal::NoSuchDate => self.not_a_date.clone(),
            Refusal::TooLong => self.too_long.clone(),
            Refusal::MoreHandsThanPeople { people } => {
                fill(&self.more_hands, &[("people", &people.to_string())])
            }
            Refusal::NotOffered => self.not_offered.clone(),
            Refusal::NotAskedHere => self.not_asked_here.clone(),
            Refusal::NotNow | Refusal::CheckStops { .. } | Refusal::CheckAsks { .. } => self.not_now.clone(),
            Refusal::NothingToUndo => self.nothing_to_undo.clone(),
        }
    }
}
