//! Pairs of items: how important something is to people, beside how it was.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::mean::{MeanInterval, Moments};
use super::undefined::{Figure, Undefined};

/// The gap between two items over people who answered both: in levels where their scales are of one length, or with both
/// scales from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// People who answered both.
    pub n: u64,
    /// Mean of second minus first.
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
    let mut sums = Sums::default();
    for (gap, people) in people_by_gap {
        sums.add(i128::from(*gap), *people);
    }
    let ends = people_by_gap.first().zip(people_by_gap.last());
    let ((lowest, _), (highest, _)) = ends.ok_or(Undefined::NobodyAnswered)?;
    let scale = Interval::new(f64::from(*lowest), f64::from(*highest))?;
    sums.gap(1.0, scale, confidence)
}

/// Returns the gap in points of two scales that both go from 0 to 100, whatever number of levels they have: from people
/// by the position of their first and of their second answer, from 0, the favourable end last.
///
/// Positions are put on one scale by whole numbers, `second * (k1 - 1) - first * (k2 - 1)`, and divided by
/// `(k1 - 1)(k2 - 1)` at the end.
///
/// # Errors
/// Nobody answered both, a scale has one level only, or a position is outside of its scale.
pub fn gap_0_100(
    people: impl IntoIterator<Item = (usize, usize, u32)>,
    (levels, others): (usize, usize),
    confidence: Confidence,
) -> Figure<Gap> {
    let steps = |levels: usize| match i128::try_from(levels) {
        Ok(levels) if levels > 1 => Ok(levels - 1),
        _ => Err(Undefined::NoVariation),
    };
    let (first_steps, second_steps) = (steps(levels)?, steps(others)?);
    let mut sums = Sums::default();
    for (first, second, count) in people {
        if first >= levels || second >= others {
            return Err(Undefined::Contradiction);
        }
        let position = |place: usize| i128::try_from(place).map_err(|_| Undefined::OutOfRange);
        sums.add(
            position(second)? * first_steps - position(first)? * second_steps,
            count,
        );
    }
    let unit = 100.0 / (first_steps * second_steps) as f64;
    sums.gap(unit, Interval::new(-100.0, 100.0)?, confidence)
}

/// What a gap is computed from, in whole numbers.
#[derive(Default)]
struct Sums {
    n: i128,
    sum: i128,
    squares: i128,
    below: u64,
    alike: u64,
    above: u64,
}

impl Sums {
    fn add(&mut self, distance: i128, people: u32) {
        let count = i128::from(people);
        self.n += count;
        self.sum += distance * count;
        self.squares += distance * distance * count;
        let side = match distance.cmp(&0) {
            std::cmp::Ordering::Less => &mut self.below,
            std::cmp::Ordering::Equal => &mut self.alike,
            std::cmp::Ordering::Greater => &mut self.above,
        };
        *side += u64::from(people);
    }

    /// `unit` is what a distance of one is worth.
    fn gap(self, unit: f64, scale: Interval, confidence: Confidence) -> Figure<Gap> {
        let moments = Moments::of_sums(self.n, self.sum, self.squares)?.times(unit);
        Ok(Gap {
            n: moments.n(),
            mean: moments.mean(),
            interval: moments.interval(scale, confidence),
            above: self.above,
            alike: self.alike,
            below: self.below,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{gap, gap_0_100};
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

    #[test]
    fn scales_of_different_length_both_go_from_0_to_100() {
        // By hand: of four levels 2 is 66.67 and 3 is 100, of five 1 is 25, 2 is 50 and 4 is 100.
        let people = [(2, 1, 1), (3, 2, 1), (3, 4, 1)];
        let of = gap_0_100(people, (4, 5), Confidence::NinetyFive).unwrap();
        assert_eq!((of.n, of.below, of.alike, of.above), (3, 2, 1, 0));
        assert!((of.mean - (25.0 - 200.0 / 3.0 - 50.0) / 3.0).abs() < 1e-12);
        let interval = of.interval.unwrap();
        assert!(interval.is_clipped() || interval.shown().low >= -100.0);
    }

    #[test]
    fn on_one_scale_both_say_the_same() {
        let places = [(3, 0, 2), (2, 2, 5), (1, 3, 1), (4, 4, 3)];
        let by_gap: Vec<(i32, u32)> = (-4..=4)
            .map(|gap: i32| {
                let own = places.iter().filter(|(one, other, _)| other - one == gap);
                (gap, own.map(|(.., people)| *people).sum())
            })
            .collect();
        let levels = gap(&by_gap, Confidence::NinetyFive).unwrap();
        let places = places.map(|(one, other, people)| {
            (
                usize::try_from(one).unwrap(),
                usize::try_from(other).unwrap(),
                people,
            )
        });
        let points = gap_0_100(places, (5, 5), Confidence::NinetyFive).unwrap();
        assert!((points.mean - levels.mean * 25.0).abs() < 1e-12);
        let (one, other) = (levels.interval.unwrap().shown(), points.interval.unwrap().shown());
        assert!((one.low * 25.0 - other.low).abs() < 1e-9 && (one.high * 25.0 - other.high).abs() < 1e-9);
        assert_eq!(
            (levels.above, levels.alike, levels.below),
            (points.above, points.alike, points.below)
        );
    }

    #[test]
    fn a_scale_of_one_level_and_a_place_outside_have_no_gap() {
        let none = gap_0_100([(0, 0, 3)], (1, 5), Confidence::NinetyFive);
        assert_eq!(none, Err(Undefined::NoVariation));
        let outside = gap_0_100([(0, 5, 3)], (4, 5), Confidence::NinetyFive);
        assert_eq!(outside, Err(Undefined::Contradiction));
    }
}
