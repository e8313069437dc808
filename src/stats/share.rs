//! A share with its interval.

use statrs::distribution::{ContinuousCDF, Normal};

/// The confidence level of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// A share of people with its 95 % interval; all three between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Share {
    /// Count by n.
    pub share: f64,
    /// Lower bound; exactly 0 for a count of 0.
    pub low: f64,
    /// Upper bound; exactly 1 for a count of n.
    pub high: f64,
}

/// Returns a share with its Wilson score interval without continuity correction; `None` where n is 0 or less than the
/// count.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
/// agrees with R 4.2.2 `prop.test(correct = FALSE)`. At the ends rounding would leave 5.6e-17 instead of 0.
#[must_use]
pub fn wilson(count: u32, n: u32) -> Option<Share> {
    if n == 0 || count > n {
        return None;
    }
    let z = Normal::new(0.0, 1.0)
        .ok()?
        .inverse_cdf(f64::midpoint(1.0, CONFIDENCE));
    let (people, share) = (f64::from(n), f64::from(count) / f64::from(n));
    let square = z * z;
    let scale = 1.0 + square / people;
    let centre = (share + square / (2.0 * people)) / scale;
    let half = z / scale * (share * (1.0 - share) / people + square / (4.0 * people * people)).sqrt();
    Some(Share {
        share,
        low: if count == 0 {
            0.0
        } else {
            (centre - half).clamp(0.0, share)
        },
        high: if count == n {
            1.0
        } else {
            (centre + half).clamp(share, 1.0)
        },
    })
}

#[cfg(test)]
mod tests {
    use super::wilson;

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
            let share = wilson(count, n).unwrap();
            assert!(
                (share.low - low).abs() < 1e-12 && (share.high - high).abs() < 1e-12,
                "{count} of {n}"
            );
        }
    }

    #[test]
    fn the_bounds_at_the_ends_are_exact() {
        for n in 1..200 {
            assert!(wilson(0, n).unwrap().low.to_bits() == 0.0_f64.to_bits());
            assert!(wilson(n, n).unwrap().high.to_bits() == 1.0_f64.to_bits());
        }
    }

    #[test]
    fn a_share_of_nobody_is_undefined() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }
}
