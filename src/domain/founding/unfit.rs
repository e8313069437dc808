//! Why an answer about a new evaluation is not taken.

use std::path::PathBuf;

use crate::domain::language::Language;

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Something has to stand here.
    Needed,
    /// Neither yes nor no.
    NotYesOrNo,
    /// No date.
    NotADate,
    /// The day is over.
    DatePast,
    /// Answers would go before the last day of withdrawal.
    DeleteBeforeWithdraw,
    /// No number of interviews.
    NotACount,
    /// No age.
    NotAnAge,
    /// From this age down nobody could consent.
    GuardianGap(u8),
    /// No profile.
    NotAProfile,
    /// No languages.
    NotLanguages,
    /// A survey lacks this language.
    NotInSurvey(Language),
    /// No name.
    NotAnId,
    /// Two have this name.
    Twice(String),
    /// There is no such survey.
    NoSuchSurvey(String),
    /// The survey has mistakes.
    SurveyMistakes(String),
    /// The survey asks for limits looser than the profile's.
    SurveyLoosens(String),
    /// A name without a number, or the other way round.
    NotAContact(String),
    /// Something lies in the folder already.
    NotEmpty(PathBuf),
}
