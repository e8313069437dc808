//! Every kind of problem the reader can find, each with a number that never changes.

use crate::definition::problem::{FileKind, Severity};

/// Declares the codes once: name, number, severity, and what it means.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal $severity:ident;)+) => {
        /// What is wrong, or could be better. The number is stable: it stands in scripts, mails and manuals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Returns the number, the same in surveys (`S014`) and evaluations (`E014`).
            #[must_use]
            pub const fn number(self) -> u16 {
                match self {
                    $(Self::$name => $number,)+
                }
            }

            /// Returns the name, as in this list.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// Returns whether the file cannot be used, or could be better.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    // The file as a whole.
    /// The file is larger than 2 MiB.
    TooLarge = 1 Error;
    /// The file is not UTF-8 text.
    NotUtf8 = 2 Error;
    /// A text has no closing quotation mark.
    UnclosedText = 3 Error;
    /// A key has no `=` after it.
    MissingEquals = 4 Error;
    /// A key has no value.
    MissingValue = 5 Error;
    /// A key or heading stands twice.
    DuplicateKey = 6 Error;
    /// A text stands without quotation marks, or with typographic ones.
    UnquotedText = 7 Error;
    /// A bracket is not closed.
    UnclosedBracket = 8 Error;
    /// A comma is missing between two things.
    MissingComma = 9 Error;
    /// There is a comma or an equals sign too many.
    ExtraSign = 10 Error;
    /// A backslash in a text is followed by something it cannot stand before.
    BadEscape = 11 Error;
    /// A key has letters that only a key in quotation marks may have.
    BadKey = 12 Error;
    /// The file is not TOML for another reason; the TOML reader's own words follow.
    NotToml = 13 Error;
    /// A key that does not exist here.
    UnknownKey = 14 Error;
    /// A value of another kind than the key takes.
    WrongKind = 15 Error;
    /// A key that must be there is not.
    MissingKey = 16 Error;
    /// The file is written for a newer version of the program.
    NewerFormat = 17 Error;
    /// Tables or lists stand too deep inside one another.
    TooDeep = 18 Error;
    /// There is more of something than the limit allows.
    TooMany = 19 Error;
    /// An id or code has characters it may not have, or is too long.
    BadId = 20 Error;
    /// A language that is none of `nb`, `nn` and `en`.
    UnknownLanguage = 21 Error;
    /// The same id or code stands twice.
    Twice = 22 Error;
    /// A text is empty.
    EmptyText = 23 Error;
    /// A number is outside what is allowed here.
    OutOfRange = 24 Error;
    /// A number has more than three decimals, or is too large.
    BadNumber = 25 Error;
    /// A word that is none of those allowed here.
    NotOneOf = 26 Error;
    /// A date that does not exist, or is no date.
    BadDate = 27 Error;
    /// An id that the program uses itself.
    ReservedId = 28 Error;
    /// The parts do not fit together in a way no other code names.
    Inconsistent = 29 Error;
    /// There are more problems than are listed.
    MoreProblems = 30 Error;
    /// A heading of a list stands in single brackets.
    SingleBrackets = 31 Error;
    /// A character that no editor shows.
    ControlCharacter = 32 Error;

    // The survey.
    /// No consent point is required, so nothing says who takes part.
    NothingToAgreeTo = 40 Error;
    /// A key that questions of this type do not have.
    KeyNotForType = 41 Error;
    /// A question that needs options or a scale has neither.
    NoOptions = 42 Error;
    /// A question has both options of its own and a scale.
    OptionsAndScale = 43 Error;
    /// A scale that is not defined.
    UnknownScale = 44 Error;
    /// A dimension that is not defined.
    UnknownDimension = 45 Error;
    /// A codebook that is not defined.
    UnknownCodebook = 46 Error;
    /// A consent point that is not defined.
    UnknownConsentPoint = 47 Error;
    /// A group of options that is not defined.
    UnknownGroup = 48 Error;
    /// A question that is not in the survey.
    UnknownQuestion = 49 Error;
    /// A code that is none of the options or levels.
    UnknownCode = 50 Error;
    /// A report may be split by background variables only.
    NotBackground = 51 Error;
    /// A built-in scale is defined again.
    BuiltInScale = 52 Error;
    /// A scale has fewer than two levels.
    ScaleTooShort = 53 Error;
    /// The values of a scale do not rise from level to level, or only some levels have one.
    ValuesDoNotRise = 54 Error;
    /// A scale of this length must say its bands.
    BandsNeeded = 55 Error;
    /// Bands must hold every level once, in the order of the scale.
    BandsDoNotCover = 56 Error;
    /// A scale of four levels or fewer has no three bands.
    ThreeBandsOnShortScale = 57 Error;
    /// A number or date that is reported needs bands.
    NumberNeedsBands = 58 Error;
    /// The bands of a number or date overlap, leave something out or go backwards.
    BandsWithGap = 59 Error;
    /// The least is more than the greatest.
    MinAboveMax = 60 Error;
    /// More choices are asked for than there are options.
    MoreThanOptions = 61 Error;
    /// A kind of missing stands among the options or levels.
    MissingAmongOptions = 62 Error;
    /// A question for groups is not named in `[group_mode]`.
    OnlyInGroups = 63 Error;
    /// All options are retired, or only one is left.
    TooFewOptions = 64 Error;
    /// An older code is also a code in use.
    CodeInUse = 65 Error;
    /// A matrix takes one scale, or two different ones.
    OneOrTwoScales = 66 Error;
    /// `{{` without `}}`.
    UnclosedPipe = 67 Error;
    /// `{{id}}` names nothing that is asked.
    UnknownPipe = 68 Error;
    /// `{{id}}` names something that is asked later.
    PipeForward = 69 Error;

    // Conditions and checks.
    /// Something else was expected here in a condition.
    Unexpected = 100 Error;
    /// Typographic quotation marks in a condition.
    TypographicQuotes = 101 Error;
    /// A code in a condition has no closing quotation mark.
    UnclosedQuote = 102 Error;
    /// A condition is too long or too deep.
    ConditionTooLong = 103 Error;
    /// A name in a condition that is no question.
    UnknownName = 104 Error;
    /// A condition looks at a question that comes later.
    ForwardReference = 105 Error;
    /// A condition looks at the question it belongs to.
    SelfReference = 106 Error;
    /// A function that does not exist.
    UnknownFunction = 107 Error;
    /// A function with too few or too many values.
    WrongArguments = 108 Error;
    /// A code in a condition that the question does not have.
    UnknownCodeInCondition = 109 Error;
    /// Two things that cannot be compared or calculated with.
    KindsDoNotMatch = 110 Error;
    /// The whole is no condition: it is neither true nor false.
    NotACondition = 111 Error;
    /// A matrix is named without a row, or a row without its scale.
    RowNeeded = 112 Error;
    /// A row or scale that the matrix does not have.
    UnknownRow = 113 Error;
    /// A background value that does not exist.
    UnknownBackground = 114 Error;
    /// The point stands for the answer, and there is none here.
    PointOutsideCheck = 115 Error;
    /// A condition is empty.
    EmptyCondition = 116 Error;
    /// A word or sign of another program's conditions.
    NotOurOperator = 117 Error;
    /// A parenthesis or bracket in a condition is not closed.
    UnclosedParenthesis = 118 Error;
    /// Several options are compared as if they were one.
    UseHas = 119 Error;
    /// Levels that are words are compared by size.
    UseScore = 120 Error;
    /// The question has no answer that a condition could look at.
    NoAnswer = 121 Error;

    // Advice.
    /// A text lacks a language of the survey.
    MissingTranslation = 200 Advice;
    /// A sentence has more than 20 words.
    LongSentence = 201 Advice;
    /// A question asks two things.
    TwoQuestions = 202 Advice;
    /// A question leads to an answer.
    LeadingWording = 203 Advice;
    /// A full date is asked for.
    FullDate = 204 Advice;
    /// Faces suit children under 13.
    Faces = 205 Advice;
    /// An open answer is likely to hold names.
    NamesLikely = 206 Advice;
    /// A breakdown will be hidden at the planned number of interviews.
    BreakdownHidden = 207 Advice;
    /// A text does not fit a small window with large letters.
    DoesNotFit = 208 Advice;
    /// The interview takes more than 45 minutes.
    LongInterview = 209 Advice;
    /// A required question leaves no way not to answer.
    NoWayOut = 210 Advice;
    /// A condition can never be true.
    NeverTrue = 211 Advice;
    /// A scale, codebook, dimension or group is never used.
    Unused = 212 Advice;
    /// A text holds characters that nobody sees; they are left out.
    HiddenCharacters = 213 Advice;
    /// A text in a language the survey does not have.
    SurplusLanguage = 214 Advice;
    /// `{{id}}` may be unanswered; then "…" is said.
    PipeMayBeBlank = 215 Advice;
    /// A key that changes nothing here.
    WithoutEffect = 216 Advice;
    /// What is asked next tells what somebody answered alone.
    RoutingTells = 217 Advice;

    // The evaluation.
    /// The smallest disclosure profile needs a reason.
    ProfileNeedsReason = 300 Error;
    /// Ages of consent need a reason.
    PolicyNeedsReason = 301 Error;
    /// Between two ages nobody could consent.
    NobodyConsents = 302 Error;
    /// A recipient's key is no `age1...` key.
    NotAnAgeKey = 303 Error;
    /// A signing key is no `ed25519:...` key.
    NotASigningKey = 304 Error;
    /// A question has more than one breakdown.
    TwoBreakdowns = 305 Error;
    /// A fingerprint is not 64 hexadecimal digits.
    BadFingerprint = 306 Error;
    /// The evaluation's id is not 16 hexadecimal digits.
    BadEvaluationId = 307 Error;
    /// An anonymous evaluation has a last day of withdrawal, but no code to withdraw with.
    WithdrawalMismatch = 308 Error;
    /// Answers would be deleted before withdrawal ends.
    DeletedBeforeWithdrawal = 309 Error;
    /// A round uses a survey that is not listed.
    SurveyNotListed = 320 Advice;
    /// There are fewer than two recipients.
    FewRecipients = 321 Advice;
    /// The last day of withdrawal is not decided.
    NoWithdrawalDate = 322 Advice;
    /// Answers are split by what is no background of the surveys.
    UnknownSplitBackground = 323 Advice;
    /// A breakdown is declared for a question that no survey has.
    UnknownSplitQuestion = 324 Advice;
}

impl Code {
    /// Returns the code as people see it: `S014` in a survey, `E014` in an evaluation.
    #[must_use]
    pub fn id(self, file: FileKind) -> String {
        let letter = match file {
            FileKind::Survey => 'S',
            FileKind::Evaluation => 'E',
        };
        format!("{letter}{:03}", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use crate::definition::problem::FileKind;

    #[test]
    fn numbers_rise_and_none_stands_twice() {
        let numbers: Vec<u16> = Code::ALL.iter().map(|code| code.number()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    }

    #[test]
    fn a_code_is_named_after_its_file() {
        assert_eq!(Code::UnknownKey.id(FileKind::Survey), "S014");
        assert_eq!(Code::UnknownKey.id(FileKind::Evaluation), "E014");
    }
}
