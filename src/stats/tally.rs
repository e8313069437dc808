//! The raw counts of one item. Never printed: only `disclosure` may read them.

use std::fmt;

use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;

use super::category::Category;

/// How answers of an item are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// One category per person.
    One,
    /// Any number of categories per person; counts sum to more than the people.
    Several,
    /// The first choice of a ranking: one category per person.
    FirstChoice,
    /// Only that there is an answer.
    Answered,
    /// Hands of groups; no persons.
    Hands,
}

/// The counts of one item: who was asked, who answered what, and why others did not.
///
/// `Debug` shows the item only.
#[derive(Clone, PartialEq, Eq)]
pub struct Tally {
    pub(super) item: ItemKey,
    pub(super) counted: Counted,
    pub(super) categories: Vec<Category>,
    pub(super) counts: Vec<u32>,
    pub(super) valid: u32,
    pub(super) missing: [u32; Missing::ALL.len()],
    pub(super) unknown: u32,
    pub(super) versions_differ: bool,
    pub(super) hands: Hands,
}

/// Show of hands in groups, apart from persons.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hands {
    /// Groups that were asked and answered.
    pub groups: u32,
    /// Hands per category.
    pub counts: Vec<u32>,
}

impl Tally {
    /// Returns the item.
    #[must_use]
    pub const fn item(&self) -> &ItemKey {
        &self.item
    }

    /// Returns how answers are counted.
    #[must_use]
    pub const fn counted(&self) -> Counted {
        self.counted
    }

    /// Returns the categories, in the order of the survey.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Returns the people per category, in the same order.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Returns how many people the item was meant for: their survey has it and its conditions held. An interview
    /// that ended early still counts.
    #[must_use]
    pub fn asked(&self) -> u32 {
        self.missing
            .iter()
            .fold(self.valid, |sum, kind| sum.saturating_add(*kind))
    }

    /// Returns how many people answered.
    #[must_use]
    pub const fn valid(&self) -> u32 {
        self.valid
    }

    /// Returns how many of those asked gave this kind of no answer. "Not asked" here is an interview that ended
    /// before; people the item was not meant for are in no count.
    #[must_use]
    pub fn missing(&self, kind: Missing) -> u32 {
        Missing::ALL
            .iter()
            .position(|other| *other == kind)
            .and_then(|p| self.missing.get(p))
            .map_or(0, |c| *c)
    }

    /// Returns how many answers no category holds, as from a survey that said otherwise.
    #[must_use]
    pub const fn unknown(&self) -> u32 {
        self.unknown
    }

    /// Returns whether versions of the survey with interviews asked this item in different ways: other options,
    /// conditions, limits or ways not to answer.
    #[must_use]
    pub const fn versions_differ(&self) -> bool {
        self.versions_differ
    }

    /// Returns the hands of groups.
    #[must_use]
    pub const fn hands(&self) -> &Hands {
        &self.hands
    }
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tally({}, ..)", self.item)
    }
}

impl fmt::Debug for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hands(..)")
    }
}
