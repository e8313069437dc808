//! Two answers of the same person to the same statement: how important it is, and how it was.

use std::fmt;

use crate::domain::coding::Coding;
use crate::domain::item::ItemKey;

use super::confidence::Confidence;
use super::count::{Counts, Pair, Whose};
use super::dimension::is_turned;
use super::gap::{Gap, gap, gap_0_100};
use super::undefined::{Figure, Undefined};

/// A matrix row asked on two scales, counted together: only so is the gap known person by person.
///
/// `Debug` shows the items only.
#[derive(Clone, PartialEq, Eq)]
pub struct PairTally {
    one: ItemKey,
    other: ItemKey,
    levels: (usize, usize),
    /// Whether the favourable end is the first level.
    turned: (bool, bool),
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
        let coded = |place| coding.items().iter().find(|item| item.place() == place);
        let (one, other) = (coded(pair.one)?, coded(pair.other)?);
        let all = 0..pair.one_levels * pair.other_levels;
        Some(Self {
            one: one.key.clone(),
            other: other.key.clone(),
            levels: (pair.one_levels, pair.other_levels),
            turned: (
                is_turned(&one.item).unwrap_or(false),
                is_turned(&other.item).unwrap_or(false),
            ),
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

    /// People by the position of their two answers, from 0, the favourable end last.
    fn positions(&self) -> impl Iterator<Item = (usize, usize, u32)> {
        let (levels, others) = self.levels;
        let (turned, other_turned) = self.turned;
        let position = |place: usize, levels: usize, turned: bool| {
            if turned { levels - 1 - place } else { place }
        };
        (0..levels).flat_map(move |one| {
            (0..others).map(move |other| {
                let people = self.count(one, other);
                (
                    position(one, levels, turned),
                    position(other, others, other_turned),
                    people,
                )
            })
        })
    }

    /// Returns the gap in levels, second less first, the favourable end of each scale last.
    ///
    /// # Errors
    /// The scales differ in length, so that levels mean different things; or nobody answered both.
    pub fn gap(&self, confidence: Confidence) -> Figure<Gap> {
        let (levels, others) = self.levels;
        let most = i32::try_from(levels.saturating_sub(1)).map_err(|_| Undefined::OutOfRange)?;
        if levels != others {
            return Err(Undefined::Contradiction);
        }
        let mut people: Vec<(i32, u32)> = (-most..=most).map(|gap| (gap, 0)).collect();
        for (one, other, count) in self.positions() {
            // From all of the first to all of the second: never below 0.
            if let Some((_, own)) = people.get_mut(other + levels - 1 - one) {
                *own += count;
            }
        }
        gap(&people, confidence)
    }

    /// Returns the gap with both scales from 0 to 100, whatever their length.
    ///
    /// # Errors
    /// Nobody answered both, or a scale has one level only.
    pub fn gap_0_100(&self, confidence: Confidence) -> Figure<Gap> {
        gap_0_100(self.positions(), self.levels, confidence)
    }
}

impl fmt::Debug for PairTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairTally({}, {}, ..)", self.one, self.other)
    }
}
