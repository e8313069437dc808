//! The raw counts of one item. Never printed: only `disclosure` may read them.

use std::fmt;

use crate::domain::category::Category;
use crate::domain::coding::{CodedItem, Said};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;

use super::count::{Counts, Whose};

pub use crate::domain::coding::Counted;

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
    pub(super) wrong: u32,
    /// For a ranking: people per option and rank, the first rank first.
    pub(super) ranks: Vec<Vec<u32>>,
    /// For a ranking: people who left an option out, by how many others they ranked, one first.
    pub(super) left_out: Vec<Vec<u32>>,
    pub(super) versions_differ: bool,
    pub(super) hands: Hands,
}

/// Show of hands in groups, apart from persons.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hands {
    /// Groups that were asked and answered.
    pub groups: u32,
    /// People in those groups: the base, where everybody can raise one hand per category.
    pub people: u32,
    /// Hands per category.
    pub counts: Vec<u32>,
}

impl Tally {
    /// Returns the tally of an item, from what was counted of these people.
    pub(super) fn of(item: &CodedItem<'_>, counts: &Counts, whose: Whose) -> Self {
        let own = |said: Said| counts.count(whose, item.place(), usize::from(item.code(said)));
        let categories = item.categories.len();
        let part = |part: usize, code: usize| counts.count(whose, item.part(part), code);
        let by_category: Vec<u32> = match item.counted {
            Counted::One | Counted::FirstChoice => (0..categories)
                .map(|category| own(Said::Category(category)))
                .collect(),
            Counted::Several => (0..categories).map(|option| part(option, 1)).collect(),
            Counted::Answered | Counted::Hands => vec![0; categories],
        };
        let ranking = |codes: std::ops::Range<usize>| -> Vec<Vec<u32>> {
            let options = match item.counted {
                Counted::FirstChoice => 0..categories,
                _ => 0..0,
            };
            options
                .map(|option| codes.clone().map(|code| part(option, code)).collect())
                .collect()
        };
        let unknown = own(Said::Unknown);
        let in_categories: u32 = match item.counted {
            Counted::One | Counted::FirstChoice => by_category.iter().sum(),
            _ => 0,
        };
        Self {
            item: item.key.clone(),
            counted: item.counted,
            categories: item.categories.clone(),
            valid: in_categories + own(Said::Given) + unknown,
            counts: by_category,
            missing: Missing::ALL.map(|kind| own(Said::Missing(kind))),
            unknown,
            wrong: own(Said::Wrong),
            ranks: ranking(item.rank_codes()),
            left_out: ranking(item.left_out_codes()),
            versions_differ: false,
            hands: Hands {
                groups: 0,
                people: 0,
                counts: vec![0; categories],
            },
        }
    }

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
            .fold(self.valid.saturating_add(self.wrong), |sum, kind| {
                sum.saturating_add(*kind)
            })
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

    /// Returns how many answers could not be read: cells of a file that hold something else than an answer. They are
    /// among those asked, and neither in n nor a kind of missing.
    #[must_use]
    pub const fn wrong(&self) -> u32 {
        self.wrong
    }

    /// Returns how many people gave each option each rank, the first rank first; empty for what is no ranking.
    #[must_use]
    pub fn ranks(&self) -> &[Vec<u32>] {
        &self.ranks
    }

    /// Returns how many people left each option of a ranking out, by how many others they ranked, one first.
    #[must_use]
    pub fn left_out(&self) -> &[Vec<u32>] {
        &self.left_out
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
