//! Breakdowns: one question by groups of people, decided from what is printed of the whole.
//!
//! A world of a breakdown is how many of each group's answers lie on one side of the question's cut into two. Group
//! sizes are known to everybody (the roster), and so, to be safe, is how many of each group answered. What is printed of
//! the whole fixes the sum; everything else about the whole is independent of the groups once the sum is fixed.
//!
//! The whole of a question with a declared breakdown tells a little less (`row::policy`, `many`): somebody in another
//! group takes the own answer away from a count of the whole, and what is left must still allow k in this group.

use std::collections::BTreeMap;

use crate::domain::id::Id;
use crate::domain::item::ItemKey;

pub mod bands;
pub mod merge;
pub mod policy;

mod blocks;
mod closing;

/// Which question is split by what. Public: declared before results are first shown.
#[derive(Clone, Debug, Default)]
pub struct Breakdowns {
    splits: Vec<Declared>,
    of: BTreeMap<ItemKey, usize>,
}

/// A background that questions are split by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name.
    pub by: Id,
    /// Its levels, by code or name, in the declared order; those of the tallies' split.
    pub levels: Vec<String>,
    /// Whether who is in which group is planning data, as sites and rounds are. Otherwise it is an answer of the survey,
    /// and the sizes of groups are used only where that answer's row is printed exactly.
    pub known: bool,
    /// Places of levels that may go together where groups are small, in the order in which they do; with none declared,
    /// neighbours do.
    pub merge: Vec<Vec<usize>>,
}

/// A question already has a breakdown; a second one would tell about the groups crossed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{item} is split by {} already", .first.as_str())]
pub struct SecondBreakdown {
    /// The question.
    pub item: ItemKey,
    /// What it is split by.
    pub first: Id,
}

impl Breakdowns {
    /// Returns these splits, with no question split yet. Their order is that of the tallies' splits.
    #[must_use]
    pub const fn new(splits: Vec<Declared>) -> Self {
        Self {
            splits,
            of: BTreeMap::new(),
        }
    }

    /// Splits a question by the split at this place.
    ///
    /// # Errors
    /// [`SecondBreakdown`] where the question is split by something else already.
    pub fn declare(&mut self, item: ItemKey, split: usize) -> Result<(), SecondBreakdown> {
        match self.of.get(&item) {
            Some(first) if *first != split => {
                let first = self.splits.get(*first).map(|declared| declared.by.clone());
                first.map_or(Ok(()), |first| Err(SecondBreakdown { item, first }))
            }
            _ => {
                self.of.insert(item, split);
                Ok(())
            }
        }
    }

    /// Returns the place of a question's split among the tallies' splits, and what it is by.
    #[must_use]
    pub fn of(&self, item: &ItemKey) -> Option<(usize, &Declared)> {
        let split = *self.of.get(item)?;
        Some((split, self.splits.get(split)?))
    }

    /// Returns the splits.
    #[must_use]
    pub fn splits(&self) -> &[Declared] {
        &self.splits
    }
}

/// Returns the threshold a question with several answers is decided with beside groups.
///
/// Proof that k + 1 is enough, for any groups in which 2k or more answered. Let c be the count of an option in the whole,
/// g a group, and R a reader. At k + 1, among the sets of answers that print the same and fit R's own answer there is one
/// with k + 1 <= c <= n - k - 1. So at least k people other than R chose the option, and at least k other than R did
/// not; who of them is in g is not printed, so k of the first and k of the second may be: the count in g is safe.
#[must_use]
pub const fn whole_threshold(threshold: u32) -> u32 {
    threshold.saturating_add(1)
}

/// Returns the fewest people in a row that prints anything: where it looks after groups, with room for one more on either
/// side.
#[must_use]
pub fn least_of_row(threshold: u32, base: u32, beside_groups: bool) -> u32 {
    let room = threshold.saturating_add(u32::from(beside_groups));
    base.max(room.saturating_mul(2).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::{Breakdowns, Declared};
    use crate::stats::made_up::{id, key};

    #[test]
    fn a_second_breakdown_of_a_question_is_refused_and_the_first_stays() {
        let declared = |name: &str| Declared {
            by: id(name),
            levels: vec!["one".to_owned(), "two".to_owned()],
            known: true,
            merge: Vec::new(),
        };
        let mut breakdowns = Breakdowns::new(vec![declared("site"), declared("round")]);
        breakdowns.declare(key("q"), 0).unwrap();
        breakdowns.declare(key("q"), 0).unwrap();
        let refused = breakdowns.declare(key("q"), 1).unwrap_err();
        assert_eq!(refused.first, id("site"));
        assert_eq!(breakdowns.of(&key("q")).unwrap().1.by, id("site"));
    }
}
