//! Pairs of items: how important something is to people, beside how it was.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::mean::{MeanInterval, Moments};
use super::undefined::{Figure, Undefined};

/// The gap between two items of the same scale over people who answered both.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// People who answered both.
    pub n: u64,
    /// Mean of second minus first, in levels.
    pub mean: f64,
    /// Its t interval, kept within what the scale allows.
    pub interval: Figure<MeanInterval>,
    /// People with the second above the first.
    pub above: u64,
    /// People with both alike.
    pub alike: u64,
    /// People with the second below the first: important, and not found.
    pub below: u64,
}

/// Returns the gap from people by how many levels the second answer lies above the first, as a pair's tally counts
/// them: every gap the scale allows, from the lowest to the highest.
///
/// # Errors
/// Nobody answered both.
pub fn gap(people_by_gap: &[(i32, u32)], confidence: Confidence) -> Figure<Gap> {
    let (mut n, mut sum, mut squares) = (0, 0, 0);
    let (mut below, mut alike, mut above) = (0_u64, 0_u64, 0_u64);
    for (gap, people) in people_by_gap {
        let (distance, count) = (i128::from(*gap), i128::from(*people));
        n += count;
        sum += distance * count;
        squares += distance * distance * count;
        let side = match gap.cmp(&0) {
            std::cmp::Ordering::Less => &mut below,
            std::cmp::Ordering::Equal => &mut alike,
            std::cmp::Ordering::Greater => &mut above,
        };
        *side += u64::from(*people);
    }
    let moments = Moments::of_sums(n, sum, squares)?;
    let ends = people_by_gap.first().zip(people_by_gap.last());
    let ((lowest, _), (highest, _)) = ends.ok_or(Undefined::NobodyAnswered)?;
    let scale = Interval::new(f64::from(*lowest), f64::from(*highest))?;
    Ok(Gap {
        n: moments.n(),
        mean: moments.mean(),
        interval: moments.interval(scale, confidence),
        above,
        alike,
        below,
    })
}

#[cfg(test)]
mod tests {
    use super::gap;
    use crate::stats::confidence::Confidence;
    use crate::stats::undefined::Undefined;

    #[test]
    fn what_is_important_and_not_found_is_a_gap_below_zero() {
        let people = [(-3, 1), (-2, 1), (-1, 0), (0, 1), (1, 0), (2, 1), (3, 0)];
        let gap = gap(&people, Confidence::NinetyFive).unwrap();
        assert_eq!((gap.n, gap.below, gap.alike, gap.above), (4, 2, 1, 1));
        assert!((gap.mean + 0.75).abs() < 1e-15);
    }

    #[test]
    fn nobody_who_answered_both_is_no_gap() {
        for nobody in [&[][..], &[(-1, 0), (0, 0), (1, 0)]] {
            let none = gap(nobody, Confidence::NinetyFive);
            assert_eq!(none, Err(Undefined::NobodyAnswered));
        }
    }
}
