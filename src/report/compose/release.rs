//! What is printed, in the terms of the survey: codes of answers instead of places in a row.

use crate::disclosure::row::code::Code;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;

/// A release as a document needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Whether the interviews are made up.
    pub made_up: bool,
    /// The round.
    pub round: Slug,
    /// Interviews in it.
    pub interviews: u32,
    /// Interviews that are finished and not in it.
    pub waiting: u32,
    /// Who took part, by variable.
    pub background: Vec<Background>,
    /// What is printed of each item.
    pub items: Vec<PrintedItem>,
    /// The limits it was decided with.
    pub limits: Limits,
}

/// How many people are in each group of a background variable. Who took part is known to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Background {
    /// The variable: `site`, `age_band`, or a question.
    pub variable: Id,
    /// Groups in order: levels and people.
    pub groups: Vec<(Vec<String>, u32)>,
}

/// What is printed of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedItem {
    /// The item.
    pub key: ItemKey,
    /// How many answered, where that is printed.
    pub n: Option<u32>,
    /// How many were asked, where that is printed.
    pub asked: Option<u32>,
    /// What they answered.
    pub answers: Answers,
    /// Why the others did not.
    pub missing: WhyNot,
    /// What they answered, by group.
    pub breakdown: Option<ByGroup>,
}

/// What is printed of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Counts.
    Cells(Vec<PrintedCell>),
    /// Nothing.
    Hidden,
    /// Nothing, by size: fewer answered than this.
    TooFew(u32),
    /// People answered in their own words.
    Words,
}

/// The count of people who gave one of some answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCell {
    /// Codes of the answers.
    pub codes: Vec<Id>,
    /// The count as it is printed.
    pub count: Code,
}

/// What is printed of why people did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Nothing is printed.
    Unknown,
    /// How many did not answer; why is not printed.
    Sum(u32),
    /// How many, by kind.
    Kinds(Vec<(Missing, Code)>),
}

/// What is printed of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByGroup {
    /// The background variable.
    pub variable: Id,
    /// Groups in order: levels and people.
    pub groups: Vec<(Vec<String>, u32)>,
    /// Codes of the answers, and a count for each group; `None` is hidden.
    pub rows: Vec<(Vec<Id>, Vec<Option<Code>>)>,
}

/// The limits a release was decided with, as its method section says them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Counts up to this are coded.
    pub threshold: u32,
    /// Fewest people in a row that prints anything.
    pub min_base: u32,
    /// Fewest people in a group.
    pub min_group: u32,
    /// As `threshold`, for sensitive questions.
    pub sensitive_threshold: u32,
    /// As `min_base`, for sensitive questions.
    pub sensitive_min_base: u32,
    /// As `min_group`, for sensitive questions.
    pub sensitive_min_group: u32,
    /// Fewest people for per cent.
    pub percent_from: u32,
}

impl Release {
    /// Returns what is printed of an item.
    #[must_use]
    pub fn item(&self, key: &ItemKey) -> Option<&PrintedItem> {
        self.items.iter().find(|item| item.key == *key)
    }
}
