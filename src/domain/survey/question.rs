//! Questions: their kind, options, rows and checks.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::survey::scale::{self, Scale};

/// One question, with the three voices: `text` is read aloud, `help` may be, `interviewer_note` never is.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stable id.
    pub id: Id,
    /// What it asks for.
    pub kind: QuestionKind,
    /// Read aloud. May hold `{{id}}`, which stands for an earlier answer's words.
    pub text: Localized,
    /// May be read aloud.
    pub help: Option<Localized>,
    /// For the interviewer only.
    pub interviewer_note: Option<Localized>,
    /// What those say who give a good answer: the end of "17 of 23 say that ...".
    pub said: Option<Localized>,
    /// Follow-up prompts the interviewer can call up.
    pub probes: Vec<Localized>,
    /// Whether going on without an answer takes a choice of why.
    pub required: bool,
    /// Condition; otherwise not asked.
    pub show_if: Option<Expression>,
    /// Quality dimension, for questions that are one item.
    pub dimension: Option<Id>,
    /// Whether a report may be split by it.
    pub background: bool,
    /// Stricter disclosure limits.
    pub sensitive: bool,
    /// The person types the answer, unseen by the interviewer.
    pub self_answer: bool,
    /// Whether it comes into reports at all.
    pub report: bool,
    /// Whether a high level is unfavourable here, against the scale.
    pub reverse: bool,
    /// Ways not to answer that are not offered.
    pub without: BTreeSet<Missing>,
    /// Levels of a background variable that may be merged, in this order.
    pub merge: Vec<Vec<Id>>,
    /// Checks of the answer.
    pub checks: Vec<Check>,
    /// When this open answer may be quoted: a consent point.
    pub quotable: Option<Id>,
    /// The codebook an open answer is coded with.
    pub codebook: Option<Id>,
}

/// What a question asks for.
#[derive(Clone, Debug)]
pub enum QuestionKind {
    /// One option.
    One(Choices),
    /// One level of a named scale.
    Scale {
        /// The scale's name.
        scale: Id,
        /// Drawn with faces above the words.
        faces: bool,
    },
    /// Several options.
    Many {
        /// The options.
        choices: Choices,
        /// At least so many, unless an exclusive option is chosen.
        min: Option<u16>,
        /// At most so many.
        max: Option<u16>,
    },
    /// Statements answered on one scale, or on two.
    Matrix {
        /// The statements.
        rows: Vec<Row>,
        /// One scale's name, or two.
        scales: Vec<Id>,
    },
    /// A number.
    Number {
        /// What is counted.
        unit: Option<Localized>,
        /// Least value.
        min: Option<Number>,
        /// Greatest value.
        max: Option<Number>,
        /// Decimals allowed, 0 to 3.
        decimals: u8,
        /// How it is reported, from least to greatest, both ends included.
        bands: Vec<(Number, Number)>,
    },
    /// A year or a month; a day only where `day` is set.
    Date {
        /// Whether the day is asked for.
        day: bool,
        /// How it is reported: years, both ends included.
        bands: Vec<(i16, i16)>,
    },
    /// Words.
    Text {
        /// Several lines.
        long: bool,
    },
    /// Options in order of importance.
    Rank {
        /// The options.
        choices: Choices,
        /// At most so many places.
        max: Option<u16>,
    },
    /// Group mode: hands per option.
    Count(Choices),
    /// Nothing: read aloud, or a note to the interviewer.
    Info,
}

/// Options to choose from.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Options in file order.
    pub options: Vec<ChoiceOption>,
    /// The scale the options come from, if they do.
    pub scale: Option<Id>,
    /// The order they are put in.
    pub order: Order,
    /// Options that may be merged when few may be shown: name and codes.
    pub groups: Vec<(Localized, Vec<Id>)>,
}

/// The order options or rows are put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// As in the file.
    #[default]
    Fixed,
    /// Shuffled per interview; the seed is kept.
    Random,
    /// Begins at another place per interview.
    Rotate,
}

/// One option.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// Stable code.
    pub code: Id,
    /// Its words.
    pub text: Localized,
    /// Older codes whose answers count as this one.
    pub was: Vec<Id>,
    /// Not offered any more, still tabulated.
    pub retired: bool,
    /// Asks for the person's own words.
    pub specify: bool,
    /// Cannot be chosen together with others.
    pub exclusive: bool,
    /// Stays last whatever the order.
    pub pin_last: bool,
    /// Condition; otherwise not offered.
    pub show_if: Option<Expression>,
}

/// One statement of a matrix.
#[derive(Clone, Debug)]
pub struct Row {
    /// Stable id, unique within the question.
    pub id: Id,
    /// The statement.
    pub text: Localized,
    /// As `said` of a question.
    pub said: Option<Localized>,
    /// Condition; otherwise not asked.
    pub show_if: Option<Expression>,
    /// Quality dimension.
    pub dimension: Option<Id>,
    /// Whether a high level is unfavourable here, against the scale.
    pub reverse: bool,
    /// Stricter disclosure limits for this statement.
    pub sensitive: bool,
}

/// How firmly a check holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The answer cannot stand.
    Stop,
    /// The interviewer may confirm it, which is kept.
    Ask,
}

/// A condition an answer should meet; unknown counts as met.
#[derive(Clone, Debug)]
pub struct Check {
    /// How firmly it holds.
    pub level: Level,
    /// What must be true.
    pub that: Expression,
    /// What to say when it is not.
    pub text: Localized,
}

impl QuestionKind {
    /// Returns the names of the scales this kind is answered on.
    pub fn scale_names(&self) -> impl Iterator<Item = &Id> {
        let (one, many): (Option<&Id>, &[Id]) = match self {
            Self::Scale { scale, .. } => (Some(scale), &[]),
            Self::One(choices) => (choices.scale.as_ref(), &[]),
            Self::Matrix { scales, .. } => (None, scales),
            _ => (None, &[]),
        };
        one.into_iter().chain(many)
    }

    /// Returns the options, for kinds that have their own.
    #[must_use]
    pub const fn choices(&self) -> Option<&Choices> {
        match self {
            Self::One(choices)
            | Self::Many { choices, .. }
            | Self::Rank { choices, .. }
            | Self::Count(choices) => Some(choices),
            _ => None,
        }
    }
}

impl Choices {
    /// Returns the option with this code, also by an older code of its.
    #[must_use]
    pub fn option(&self, code: &Id) -> Option<&ChoiceOption> {
        self.options
            .iter()
            .find(|option| option.code == *code)
            .or_else(|| self.options.iter().find(|option| option.was.contains(code)))
    }
}

impl Question {
    /// Makes the levels of its scale the options of a `one` that is answered on a scale, so that it can be put as
    /// a list like any other.
    pub(super) fn offer_levels(&mut self, scales: &BTreeMap<Id, Scale>) {
        let QuestionKind::One(choices) = &mut self.kind else {
            return;
        };
        let Some(scale) = choices.scale.as_ref().and_then(|name| scales.get(name)) else {
            return;
        };
        choices.options = scale.levels.iter().map(option_of_level).collect();
    }

    /// Returns whether this way not to answer is offered.
    #[must_use]
    pub fn offers(&self, kind: Missing) -> bool {
        !self.without.contains(&kind) && !matches!(self.kind, QuestionKind::Info)
    }
}

/// Returns a level of a scale as an option to choose.
pub(super) fn option_of_level(level: &scale::Level) -> ChoiceOption {
    ChoiceOption {
        code: level.code.clone(),
        text: level.text.clone(),
        was: Vec::new(),
        retired: false,
        specify: false,
        exclusive: false,
        pin_last: false,
        show_if: None,
    }
}
