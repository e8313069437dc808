//! Differences between two groups or rounds, with intervals.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::distributions::t_beyond;
use super::mean::Moments;
use super::p_value::{How, PValue};
use super::share::wilson;
use super::undefined::{Figure, Undefined, finite};

/// A difference with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// First minus second.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Returns the difference of two shares, `count` of `n` each, with Newcombe's hybrid score interval.
///
/// d - sqrt((p1-l1)^2 + (u2-p2)^2) to d + sqrt((u1-p1)^2 + (p2-l2)^2), l and u Wilson's bounds, so that it fits the
/// intervals printed beside the shares. Source: R. G. Newcombe, Stat Med 17 (1998), method 10.
///
/// # Errors
/// A group of nobody, or a count above its n.
pub fn share_difference(first: (u64, u64), second: (u64, u64), confidence: Confidence) -> Figure<Difference> {
    let (one, other) = (
        wilson(first.0, first.1, confidence)?,
        wilson(second.0, second.1, confidence)?,
    );
    let difference = one.share - other.share;
    let down = (one.share - one.low).hypot(other.high - other.share);
    let up = (one.high - one.share).hypot(other.share - other.low);
    Ok(Difference {
        difference: finite(difference)?,
        interval: Interval::new(difference - down, difference + up)?.within(-1.0, 1.0),
    })
}

/// The difference of two means by Welch, which lets the groups differ in spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanDifference {
    /// First mean minus second, with its interval.
    pub difference: Difference,
    /// Test statistic.
    pub t: f64,
    /// Degrees of freedom, by Satterthwaite.
    pub degrees: f64,
    /// Two-sided probability.
    pub p: PValue,
}

/// Returns the difference of two means with Welch's interval. As R `t.test`.
///
/// Source: B. L. Welch, Biometrika 34 (1947).
///
/// # Errors
/// Fewer than two people in a group, or no variation in either.
pub fn mean_difference(first: &Moments, second: &Moments, confidence: Confidence) -> Figure<MeanDifference> {
    let (one, other) = (
        first.variance()? / first.n() as f64,
        second.variance()? / second.n() as f64,
    );
    let error = one + other;
    if error <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let difference = first.mean() - second.mean();
    let parts = one * one / (first.n() - 1) as f64 + other * other / (second.n() - 1) as f64;
    let (t, degrees) = (finite(difference / error.sqrt())?, finite(error * error / parts)?);
    Ok(MeanDifference {
        difference: Difference {
            difference: finite(difference)?,
            interval: Interval::around(difference, confidence.t(degrees)? * error.sqrt())?,
        },
        t,
        degrees,
        p: PValue::new(t_beyond(t, degrees)?, How::Approximate)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{mean_difference, share_difference};
    use crate::stats::confidence::Confidence;
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::mean::Moments;
    use crate::stats::undefined::Undefined;

    const USUAL: Confidence = Confidence::NinetyFive;

    #[test]
    fn nobody_of_ten_against_four_of_twelve() {
        // statsmodels 0.15.0, confint_proportions_2indep(method = "newcomb").
        let d = share_difference((0, 10), (4, 12), USUAL).unwrap();
        assert!((d.interval.low + 0.609_377_911_127_200_4).abs() < 1e-12);
        assert!((d.interval.high - 0.005_978_713_235_036_015).abs() < 1e-12);
    }

    #[test]
    fn swapping_the_groups_turns_the_difference_round() {
        let one = share_difference((3, 20), (11, 17), USUAL).unwrap();
        let other = share_difference((11, 17), (3, 20), USUAL).unwrap();
        assert!((one.interval.low + other.interval.high).abs() < 1e-15);
    }

    #[test]
    fn a_group_of_nobody_has_no_difference() {
        assert_eq!(
            share_difference((0, 0), (4, 12), USUAL),
            Err(Undefined::NobodyAnswered)
        );
        let (one, flat) = (LevelCounts::new(vec![0, 1]), LevelCounts::new(vec![0, 5]));
        let of = |a: &LevelCounts, b: &LevelCounts| {
            mean_difference(&Moments::of(a).unwrap(), &Moments::of(b).unwrap(), USUAL)
        };
        assert_eq!(of(&one, &flat), Err(Undefined::TooFewPeople { needed: 2 }));
        assert_eq!(of(&flat, &flat), Err(Undefined::NoVariation));
    }
}
