//! Two answers of the same person to the same statement: how important it is, and how it was.

use std::fmt;

use crate::domain::coding::Coding;
use crate::domain::item::ItemKey;

use super::count::{Counts, Pair, Whose};

/// A matrix row asked on two scales, counted together: only so is the gap known person by person.
///
/// `Debug` shows the items only.
#[derive(Clone, PartialEq, Eq)]
pub struct PairTally {
    one: ItemKey,
    other: ItemKey,
    levels: (usize, usize),
    counts: Vec<u32>,
}

impl PairTally {
    pub(super) fn of(
        coding: &Coding<'_>,
        pair: &Pair,
        number: usize,
        counts: &Counts,
        whose: Whose,
    ) -> Option<Self> {
        let key = |place| {
            let mut items = coding.items().iter();
            items
                .find(|item| item.place() == place)
                .map(|item| item.key.clone())
        };
        let all = 0..pair.one_levels * pair.other_levels;
        Some(Self {
            one: key(pair.one)?,
            other: key(pair.other)?,
            levels: (pair.one_levels, pair.other_levels),
            counts: all.map(|both| counts.pair(whose, number, both)).collect(),
        })
    }

    /// Returns the two items, in the order of the survey's scales.
    #[must_use]
    pub const fn items(&self) -> (&ItemKey, &ItemKey) {
        (&self.one, &self.other)
    }

    /// Returns how many people gave this level of the first scale and that of the second, by their places.
    #[must_use]
    pub fn count(&self, one: usize, other: usize) -> u32 {
        let (_, levels) = self.levels;
        if other >= levels {
            return 0;
        }
        self.counts.get(one * levels + other).copied().unwrap_or(0)
    }

    /// Returns how many people answered both.
    #[must_use]
    pub fn both(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Returns how many people lie each gap apart, second less first, by place on the two scales: from all of the
    /// first to all of the second. `None` where the scales differ in length, so that places mean different things.
    #[must_use]
    pub fn gaps(&self) -> Option<Vec<(i32, u32)>> {
        let (levels, others) = self.levels;
        if levels != others {
            return None;
        }
        let most = i32::try_from(levels.saturating_sub(1)).ok()?;
        let gap = |gap: i32| {
            let people = (0..levels).filter_map(|one| {
                let other = i32::try_from(one).ok()?.checked_add(gap)?;
                Some(self.count(one, usize::try_from(other).ok()?))
            });
            (gap, people.sum())
        };
        Some((-most..=most).map(gap).collect())
    }
}

impl fmt::Debug for PairTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairTally({}, {}, ..)", self.one, self.other)
    }
}
