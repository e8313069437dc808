//! Answers to one item as counts by level: what every figure of an item is computed from.

use std::fmt;

use super::undefined::{Figure, Undefined};

/// People per level of an ordered scale, by position 1 to k. Missing answers are not in it.
///
/// `Debug` shows no count.
#[derive(Clone, PartialEq, Eq)]
pub struct LevelCounts {
    counts: Vec<u32>,
}

impl LevelCounts {
    /// Takes the counts of the levels, in the order of the scale.
    #[must_use]
    pub const fn new(counts: Vec<u32>) -> Self {
        Self { counts }
    }

    /// Counts positions from 1 to `levels`; `None` is a missing answer and is left out.
    ///
    /// # Errors
    /// [`Undefined::Contradiction`] for a position outside the scale.
    pub fn of_positions(levels: u8, positions: impl IntoIterator<Item = Option<u8>>) -> Figure<Self> {
        let mut counts = vec![0_u32; usize::from(levels)];
        for position in positions.into_iter().flatten() {
            let place = usize::from(position).checked_sub(1);
            let count = place.and_then(|place| counts.get_mut(place));
            let count = count.ok_or(Undefined::Contradiction)?;
            *count = count.saturating_add(1);
        }
        Ok(Self { counts })
    }

    /// Returns the counts with the scale turned round, for items worded the other way.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            counts: self.counts.iter().rev().copied().collect(),
        }
    }

    /// Returns the people per level.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Returns how many levels the scale has.
    #[must_use]
    pub const fn levels(&self) -> usize {
        self.counts.len()
    }

    /// Returns how many people answered.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.counts.iter().copied().map(u64::from).sum()
    }

    /// Returns how many people chose one of the best `levels`: the last ones.
    #[must_use]
    pub fn top(&self, levels: usize) -> u64 {
        self.counts
            .iter()
            .rev()
            .take(levels)
            .copied()
            .map(u64::from)
            .sum()
    }

    /// Returns how many people chose one of the worst `levels`: the first ones.
    #[must_use]
    pub fn bottom(&self, levels: usize) -> u64 {
        self.counts.iter().take(levels).copied().map(u64::from).sum()
    }

    /// Returns people up to and including each level.
    #[must_use]
    pub fn cumulative(&self) -> Vec<u64> {
        let running = self.counts.iter().scan(0_u64, |sum, count| {
            *sum += u64::from(*count);
            Some(*sum)
        });
        running.collect()
    }

    /// Positions from 1 with their people.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (i128, i128)> + '_ {
        (1_i128..).zip(self.counts.iter().map(|count| i128::from(*count)))
    }

    /// Whether at most one level holds anybody.
    pub(super) fn is_flat(&self) -> bool {
        self.counts.iter().filter(|count| **count > 0).count() < 2
    }
}

impl fmt::Debug for LevelCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LevelCounts({} levels, ..)", self.counts.len())
    }
}

#[cfg(test)]
mod tests {
    use super::LevelCounts;
    use crate::stats::undefined::Undefined;

    #[test]
    fn a_position_outside_the_scale_is_no_answer_to_count() {
        for outside in [0, 6] {
            let wrong = LevelCounts::of_positions(5, [Some(1), Some(outside)]);
            assert_eq!(wrong, Err(Undefined::Contradiction));
        }
        let right = LevelCounts::of_positions(3, [Some(1), None, Some(3)]);
        assert_eq!(right.map(|c| c.counts().to_vec()), Ok(vec![1, 0, 1]));
    }

    #[test]
    fn turning_a_scale_round_swaps_best_and_worst() {
        let counts = LevelCounts::new(vec![1, 2, 3, 4]);
        assert_eq!((counts.top(2), counts.bottom(1)), (7, 1));
        assert_eq!((counts.reversed().top(1), counts.reversed().bottom(2)), (1, 7));
        assert_eq!(counts.cumulative(), [1, 3, 6, 10]);
    }

    #[test]
    fn debug_shows_no_count() {
        assert_eq!(
            format!("{:?}", LevelCounts::new(vec![7, 9])),
            "LevelCounts(2 levels, ..)"
        );
    }
}
