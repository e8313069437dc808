//! Cells and rows that are not what they should be: where, and why. Never what stands there.

use crate::domain::interview::accept::Refusal;

/// How many wrong cells are listed one by one; all are counted.
pub const LISTED: usize = 1000;

/// A cell or a row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrongCell {
    /// Row of the file, the heading being row 1, as a spreadsheet numbers them.
    pub row: u64,
    /// Place of the column, from 0; `None` for a whole row.
    pub column: Option<usize>,
    /// What is wrong.
    pub why: Why,
}

/// Why a cell or a row could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// No answer of this question.
    NoSuchAnswer,
    /// No number.
    NoNumber,
    /// No date.
    NoDate,
    /// Outside the limits of the question.
    OutsideLimits,
    /// More decimals than the question takes.
    TooManyDecimals,
    /// Fewer or more options than the question takes.
    HowManyOptions,
    /// An option that stands alone, beside others.
    NotAlone,
    /// The same option twice.
    Twice,
    /// An answer where the survey's conditions do not ask.
    NotAsked,
    /// The survey's own check says that the answer cannot stand.
    Check,
    /// Fewer cells than the heading has.
    ShortRow,
    /// More cells than the heading has.
    LongRow,
}

impl Why {
    /// Returns the name used in data files, the same in every language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchAnswer => "no_such_answer",
            Self::NoNumber => "no_number",
            Self::NoDate => "no_date",
            Self::OutsideLimits => "outside_limits",
            Self::TooManyDecimals => "too_many_decimals",
            Self::HowManyOptions => "how_many_options",
            Self::NotAlone => "not_alone",
            Self::Twice => "twice",
            Self::NotAsked => "not_asked",
            Self::Check => "check",
            Self::ShortRow => "short_row",
            Self::LongRow => "long_row",
        }
    }

    /// Returns why an answer that can be read is none the question takes.
    pub(super) const fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::TooSmall { .. } | Refusal::TooLarge { .. } | Refusal::TooLong => Self::OutsideLimits,
            Refusal::TooManyDecimals { .. } => Self::TooManyDecimals,
            Refusal::TooFew { .. } | Refusal::TooMany { .. } => Self::HowManyOptions,
            Refusal::Exclusive => Self::NotAlone,
            Refusal::NoSuchDate => Self::NoDate,
            _ => Self::NoSuchAnswer,
        }
    }
}

/// Everything wrong that was seen: the first ones by place, and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The first ones, in the order of the file.
    pub listed: Vec<WrongCell>,
    /// How many cells.
    pub cells: u64,
    /// How many rows were left out.
    pub rows: u64,
}

impl Wrong {
    pub(super) fn add(&mut self, wrong: WrongCell) {
        match wrong.column {
            Some(_) => self.cells += 1,
            None => self.rows += 1,
        }
        if self.listed.len() < LISTED {
            self.listed.push(wrong);
        }
    }
}
