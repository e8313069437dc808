//! How a run ended, as the number that scripts see.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// All went well.
    Ok,
    /// Something nobody thought of.
    Unexpected,
    /// The command was not understood.
    Usage,
    /// A survey or evaluation has errors.
    SurveyErrors,
    /// Data could not be read, or the key was wrong.
    Unreadable,
    /// The disclosure rules say no.
    Refused,
    /// There was nothing to do.
    NothingToDo,
    /// Ctrl+C.
    Interrupted,
}

impl ExitCode {
    /// Returns a word for it, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unexpected => "unexpected",
            Self::Usage => "usage",
            Self::SurveyErrors => "survey_errors",
            Self::Unreadable => "unreadable",
            Self::Refused => "refused",
            Self::NothingToDo => "nothing_to_do",
            Self::Interrupted => "interrupted",
        }
    }

    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::SurveyErrors => 3,
            Self::Unreadable => 4,
            Self::Refused => 5,
            Self::NothingToDo => 6,
            Self::Interrupted => 130,
        }
    }
}
