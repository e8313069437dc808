//! Pairs of items: how important something is to people, beside how it was.

use std::fmt;

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::mean::{MeanInterval, Moments};
use super::undefined::{Figure, Undefined};

/// People who answered both items of a pair, by both positions. Both scales have the same length.
///
/// `Debug` shows no count.
#[derive(Clone, PartialEq, Eq)]
pub struct PairCounts {
    levels: u8,
    /// People by second minus first, from -(k-1) to k-1.
    differences: Vec<u32>,
}

/// The gap between two items over people who answered both.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// People who answered both.
    pub n: u64,
    /// Mean of second minus first, in levels.
    pub mean: f64,
    /// Its t interval, within -(k-1) and k-1.
    pub interval: Figure<MeanInterval>,
    /// People with the second above the first.
    pub above: u64,
    /// People with both alike.
    pub alike: u64,
    /// People with the second below the first: important, and not found.
    pub below: u64,
}

impl PairCounts {
    /// Begins with nobody.
    #[must_use]
    pub fn new(levels: u8) -> Self {
        let width = (2 * usize::from(levels)).saturating_sub(1);
        Self {
            levels,
            differences: vec![0; width],
        }
    }

    /// Adds a person's positions; somebody who did not answer both is left out.
    ///
    /// # Errors
    /// A position outside the scale.
    pub fn add(&mut self, first: Option<u8>, second: Option<u8>) -> Figure<()> {
        let Some((first, second)) = first.zip(second) else {
            return Ok(());
        };
        if ![first, second]
            .iter()
            .all(|position| (1..=self.levels).contains(position))
        {
            return Err(Undefined::Contradiction);
        }
        let place = usize::from(second) + usize::from(self.levels) - 1 - usize::from(first);
        if let Some(count) = self.differences.get_mut(place) {
            *count = count.saturating_add(1);
        }
        Ok(())
    }

    /// Returns the gap.
    ///
    /// # Errors
    /// Nobody answered both.
    pub fn gap(&self, confidence: Confidence) -> Figure<Gap> {
        let reach = i128::from(self.levels) - 1;
        let (mut n, mut sum, mut squares) = (0, 0, 0);
        let mut sides = [0_u64; 3];
        for (difference, people) in (-reach..).zip(&self.differences) {
            let count = i128::from(*people);
            n += count;
            sum += difference * count;
            squares += difference * difference * count;
            let [below, alike, above] = &mut sides;
            let side = match difference.cmp(&0) {
                std::cmp::Ordering::Less => below,
                std::cmp::Ordering::Equal => alike,
                std::cmp::Ordering::Greater => above,
            };
            *side += u64::from(*people);
        }
        let moments = Moments::of_sums(n, sum, squares)?;
        let scale = Interval::new(-(reach as f64), reach as f64)?;
        let [below, alike, above] = sides;
        Ok(Gap {
            n: moments.n(),
            mean: moments.mean(),
            interval: moments.interval(scale, confidence),
            above,
            alike,
            below,
        })
    }
}

impl fmt::Debug for PairCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairCounts({} levels, ..)", self.levels)
    }
}

#[cfg(test)]
mod tests {
    use super::PairCounts;
    use crate::stats::confidence::Confidence;
    use crate::stats::undefined::Undefined;

    #[test]
    fn what_is_important_and_not_found_is_a_gap_below_zero() {
        let mut pairs = PairCounts::new(5);
        for (importance, experience) in [(5, 2), (5, 3), (4, 4), (3, 5)] {
            pairs.add(Some(importance), Some(experience)).unwrap();
        }
        pairs.add(Some(5), None).unwrap();
        let gap = pairs.gap(Confidence::NinetyFive).unwrap();
        assert_eq!((gap.n, gap.below, gap.alike, gap.above), (4, 2, 1, 1));
        assert!((gap.mean + 0.75).abs() < 1e-15);
        assert_eq!(pairs.add(Some(6), Some(1)), Err(Undefined::Contradiction));
        assert_eq!(
            PairCounts::new(5).gap(Confidence::NinetyFive),
            Err(Undefined::NobodyAnswered)
        );
    }
}
