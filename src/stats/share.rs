//! Shares of people with their intervals.

use super::confidence::{Confidence, Interval};
use super::distributions::beta_quantile;
use super::level_counts::LevelCounts;
use super::undefined::{Figure, Undefined, finite};

/// A share of people with an interval; all three between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Share {
    /// Count by n.
    pub share: f64,
    /// Lower bound; exactly 0 for a count of 0.
    pub low: f64,
    /// Upper bound; exactly 1 for a count of n.
    pub high: f64,
}

impl Share {
    /// Returns the bounds.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        Interval {
            low: self.low,
            high: self.high,
        }
    }
}

/// Returns count by n.
///
/// # Errors
/// n is 0, or less than the count.
pub fn ratio(count: u64, n: u64) -> Figure<f64> {
    if n == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    if count > n {
        return Err(Undefined::Contradiction);
    }
    finite(count as f64 / n as f64)
}

/// Returns a share with its Wilson score interval without continuity correction: the interval of every share printed.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
/// agrees with R 4.2.2 `prop.test(correct = FALSE)`. At the ends rounding would leave 5.6e-17 instead of 0.
///
/// # Errors
/// n is 0, or less than the count.
pub fn wilson(count: u64, n: u64, confidence: Confidence) -> Figure<Share> {
    let share = ratio(count, n)?;
    let bounds = score_bounds(share, n as f64, confidence)?;
    Ok(with_exact_ends(share, bounds, count, n))
}

/// The score interval of a share among `people`, which need not be whole.
pub(super) fn score_bounds(share: f64, people: f64, confidence: Confidence) -> Figure<Interval> {
    let z = confidence.z()?;
    let square = z * z;
    let scale = 1.0 + square / people;
    let centre = (share + square / (2.0 * people)) / scale;
    let half = z / scale * (share * (1.0 - share) / people + square / (4.0 * people * people)).sqrt();
    Interval::around(centre, half)
}

pub(super) fn with_exact_ends(share: f64, bounds: Interval, count: u64, n: u64) -> Share {
    Share {
        share,
        low: if count == 0 {
            0.0
        } else {
            bounds.low.clamp(0.0, share)
        },
        high: if count == n {
            1.0
        } else {
            bounds.high.clamp(share, 1.0)
        },
    }
}

/// Returns a share with its exact interval, which never covers less than it says and is wider for it.
///
/// Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934): the bounds are quantiles of Beta(k, n-k+1) and
/// Beta(k+1, n-k). As R `binom.test`.
///
/// # Errors
/// n is 0, or less than the count, or above 49,999, where Wilson's interval is the same to three decimals.
pub fn clopper_pearson(count: u64, n: u64, confidence: Confidence) -> Figure<Share> {
    let share = ratio(count, n)?;
    let (inside, outside, tail) = (count as f64, (n - count) as f64, confidence.tail());
    let low = match count {
        0 => 0.0,
        _ => beta_quantile(tail, inside, outside + 1.0)?,
    };
    let high = match n - count {
        0 => 1.0,
        _ => beta_quantile(1.0 - tail, inside + 1.0, outside)?,
    };
    let bounds = Interval::new(low, high)?;
    Ok(with_exact_ends(share, bounds, count, n))
}

/// Returns the share of those who answered that chose one of the best `levels`, with its Wilson interval.
///
/// # Errors
/// Nobody answered.
pub fn top_box(counts: &LevelCounts, levels: usize, confidence: Confidence) -> Figure<Share> {
    wilson(counts.top(levels), counts.n(), confidence)
}

/// Returns the share of those who answered that chose one of the worst `levels`, with its Wilson interval.
///
/// # Errors
/// Nobody answered.
pub fn bottom_box(counts: &LevelCounts, levels: usize, confidence: Confidence) -> Figure<Share> {
    wilson(counts.bottom(levels), counts.n(), confidence)
}

#[cfg(test)]
mod tests {
    use super::{clopper_pearson, top_box, wilson};
    use crate::stats::confidence::Confidence;
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::undefined::Undefined;

    const USUAL: Confidence = Confidence::NinetyFive;

    #[test]
    fn intervals_are_those_of_r_and_scipy() {
        // R 4.2.2 prop.test(correct = FALSE) and scipy 1.17.1, from the reference values for statistics.
        let cases = [
            (0, 10, 0.0, 0.277_532_799_862_889_26),
            (22, 23, 0.790_088_449_297_411_4, 0.992_283_333_856_546_9),
            (1, 2, 0.094_531_205_734_230_7, 0.905_468_794_265_769_3),
            (3, 5, 0.230_724_281_276_012_97, 0.882_379_225_767_352_1),
            (11, 20, 0.342_085_342_450_342_4, 0.741_802_141_744_375_8),
        ];
        for (count, n, low, high) in cases {
            let share = wilson(count, n, USUAL).unwrap();
            assert!(
                (share.low - low).abs() < 1e-12 && (share.high - high).abs() < 1e-12,
                "{count} of {n}"
            );
        }
    }

    #[test]
    fn the_bounds_at_the_ends_are_exact() {
        for n in 1..200 {
            for interval in [wilson, clopper_pearson] {
                assert!(interval(0, n, USUAL).unwrap().low.to_bits() == 0.0_f64.to_bits());
                assert!(interval(n, n, USUAL).unwrap().high.to_bits() == 1.0_f64.to_bits());
            }
        }
    }

    #[test]
    fn the_exact_interval_of_nobody_out_of_n_has_a_closed_form() {
        // 1 - 0.025^(1/n).
        for n in [1_u32, 5, 23, 400] {
            let high = clopper_pearson(0, u64::from(n), USUAL).unwrap().high;
            let closed = 1.0 - 0.025_f64.powf(1.0 / f64::from(n));
            assert!((high - closed).abs() < 1e-12, "{n}");
        }
    }

    #[test]
    fn a_share_of_nobody_is_undefined() {
        assert_eq!(wilson(0, 0, USUAL), Err(Undefined::NobodyAnswered));
        assert_eq!(wilson(3, 2, USUAL), Err(Undefined::Contradiction));
        assert_eq!(
            top_box(&LevelCounts::new(vec![0; 5]), 2, USUAL),
            Err(Undefined::NobodyAnswered)
        );
    }
}
