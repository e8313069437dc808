//! Bootstrap intervals of a mean without random numbers.
//!
//! Drawing n people with replacement from n who answered on k levels gives a sum on a lattice of n(k-1)+1 points. Its
//! distribution is the n-fold convolution of the shares, found by repeated squaring: exact to rounding, and the same
//! in every report.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::distributions::{normal_below, normal_quantile};
use super::level_counts::LevelCounts;
use super::mean::central_sums;
use super::undefined::{Figure, Undefined, finite};

/// The most lattice points computed: 10,000 people on five levels, 4,000 on eleven.
const LARGEST_LATTICE: u64 = 40_001;
/// Sums of rounded probabilities reach a limit this much early or late.
const ROUNDING: f64 = 1e-12;

/// Bootstrap intervals of a mean position. Both lie within the scale by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bootstrap {
    /// Between the quantiles of the bootstrap distribution.
    pub percentile: Interval,
    /// The same, corrected for bias and for a spread that changes with the mean.
    pub bca: Interval,
    /// The correction for bias.
    pub z0: f64,
    /// The acceleration: how fast the spread changes.
    pub a: f64,
}

/// Returns the ideal bootstrap intervals of the mean position.
///
/// z0 = Phi^-1(P(S < s) + P(S = s)/2), which counts half of the ties as scipy does; boot in R counts none.
/// a = sum d^3 / (6 (sum d^2)^1.5). Source: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987).
///
/// # Errors
/// Fewer than three people, everybody answered the same, or a lattice of more than 40,001 points.
pub fn bootstrap(counts: &LevelCounts, confidence: Confidence) -> Figure<Bootstrap> {
    let n = counts.n();
    if n == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    if n < 3 {
        return Err(Undefined::TooFewPeople { needed: 3 });
    }
    if counts.is_flat() {
        return Err(Undefined::NoVariation);
    }
    let steps = counts.levels().saturating_sub(1) as u64;
    if n.saturating_mul(steps) >= LARGEST_LATTICE {
        return Err(Undefined::TooLarge);
    }
    let shares: Vec<f64> = counts
        .counts()
        .iter()
        .map(|count| f64::from(*count) / n as f64)
        .collect();
    let sums = convolved(&shares, n);
    let observed = counts
        .counts()
        .iter()
        .zip(0_u64..)
        .map(|(people, level)| u64::from(*people) * level);
    let observed = usize::try_from(observed.sum::<u64>()).map_err(|_| Undefined::TooLarge)?;
    let below: f64 = sums.iter().take(observed).sum();
    let at = sums.get(observed).map_or(0.0, |p| *p);
    let z0 = normal_quantile(below + at / 2.0)?;
    let (squares, cubes) = central_sums(counts, n);
    let a = finite(cubes / (6.0 * squares.powf(1.5)))?;
    let tail = confidence.tail();
    let mean = |p: f64| 1.0 + quantile(&sums, p) as f64 / n as f64;
    let corrected = |p: f64| {
        let z = z0 + normal_quantile(p)?;
        normal_below(z0 + z / (1.0 - a * z)).map(mean)
    };
    Ok(Bootstrap {
        percentile: Interval::new(mean(tail), mean(1.0 - tail))?,
        bca: Interval::new(corrected(tail)?, corrected(1.0 - tail)?)?,
        z0,
        a,
    })
}

/// The distribution of the sum of `draws` levels counted from 0.
fn convolved(shares: &[f64], draws: u64) -> Vec<f64> {
    let mut result = vec![1.0];
    for bit in (0..u64::BITS - draws.leading_zeros()).rev() {
        result = product(&result, &result);
        if draws >> bit & 1 == 1 {
            result = product(&result, shares);
        }
    }
    result
}

fn product(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; (one.len() + other.len()).saturating_sub(1)];
    for (place, left) in one.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        for (sum, right) in sums.iter_mut().skip(place).zip(other) {
            *sum += left * right;
        }
    }
    sums
}

/// The first point at which probability `p` is reached.
fn quantile(sums: &[f64], p: f64) -> usize {
    let mut reached = 0.0;
    for (point, own) in sums.iter().enumerate() {
        reached += own;
        if reached >= p - ROUNDING {
            return point;
        }
    }
    sums.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{bootstrap, convolved};
    use crate::stats::confidence::Confidence;
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::undefined::Undefined;

    #[test]
    fn the_distribution_of_two_draws_is_counted_by_hand() {
        // Shares 1/4, 3/4: sums 0, 1, 2 with 1/16, 6/16, 9/16.
        assert_eq!(convolved(&[0.25, 0.75], 2), [0.0625, 0.375, 0.5625]);
        let many = convolved(&[0.2, 0.3, 0.5], 23);
        assert!((many.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(many.len(), 47);
    }

    #[test]
    fn the_interval_of_a_skewed_item_stays_within_the_scale() {
        let counts = LevelCounts::new(vec![1, 0, 0, 0, 22]);
        let interval = bootstrap(&counts, Confidence::NinetyFive).unwrap();
        assert!((interval.bca.low - 4.130_434_782_608_695).abs() < 1e-12);
        assert!((interval.bca.high - 5.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_resampled_says_why() {
        let of = |counts: &[u32]| bootstrap(&LevelCounts::new(counts.to_vec()), Confidence::NinetyFive);
        assert_eq!(of(&[1, 1]), Err(Undefined::TooFewPeople { needed: 3 }));
        assert_eq!(of(&[0, 9]), Err(Undefined::NoVariation));
        assert_eq!(of(&[30_000, 30_000]), Err(Undefined::TooLarge));
    }
}
