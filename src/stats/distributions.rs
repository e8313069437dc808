//! The distributions figures are read from. The only file that names `statrs`; its statistics are not used.

use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, Normal, StudentsT};
use statrs::function::beta::{checked_beta_reg, checked_ln_beta};
use statrs::function::gamma::checked_gamma_ur;

use super::undefined::{Figure, Undefined, finite};

/// Returns the value below which the standard normal distribution has probability `p`.
pub(super) fn normal_quantile(p: f64) -> Figure<f64> {
    let normal = Normal::new(0.0, 1.0).map_err(|_| Undefined::OutOfRange)?;
    let value = normal.try_inverse_cdf(p).map_err(|_| Undefined::OutOfRange)?;
    finite(value)
}

/// Returns the probability below `z`.
pub(super) fn normal_below(z: f64) -> Figure<f64> {
    let tail = normal_beyond(z.abs())? / 2.0;
    finite(if z < 0.0 { tail } else { 1.0 - tail })
}

/// Returns the probability of a standard normal value at least as far from 0 as `z`.
///
/// By the incomplete gamma function, erfc(x) = Q(1/2, x^2), which keeps its digits in the tail.
pub(super) fn normal_beyond(z: f64) -> Figure<f64> {
    upper_gamma(0.5, z * z / 2.0)
}

/// The largest shapes of a beta distribution, and the steps that halve a bracket to nothing.
const LARGEST_SHAPES: f64 = 50_000.0;
const MOST_HALVINGS: u32 = 200;
/// From here on the first terms of the expansion about the normal quantile are exact to rounding.
const MANY_DEGREES: f64 = 5_000.0;

/// Returns the value below which Student's t has probability `p`. For many degrees by the expansion of R. A. Fisher
/// and E. A. Cornish, Technometrics 2 (1960).
pub(super) fn t_quantile(p: f64, degrees: f64) -> Figure<f64> {
    if degrees > MANY_DEGREES {
        let z = normal_quantile(p)?;
        let first = (z.powi(3) + z) / 4.0;
        let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
        let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
        return finite(z + first / degrees + second / degrees.powi(2) + third / degrees.powi(3));
    }
    let t = StudentsT::new(0.0, 1.0, degrees).map_err(|_| Undefined::OutOfRange)?;
    finite(t.try_inverse_cdf(p).map_err(|_| Undefined::OutOfRange)?)
}

/// Returns the probability of a t value at least as far from 0 as `t`.
pub(super) fn t_beyond(t: f64, degrees: f64) -> Figure<f64> {
    let at = degrees / (degrees + t * t);
    if t.abs() <= f64::MIN_POSITIVE {
        return Ok(1.0);
    }
    finite(checked_beta_reg(degrees / 2.0, 0.5, at).map_err(|_| Undefined::OutOfRange)?)
}

/// Returns the probability of a chi-square value at least as large as `value`.
pub(super) fn chi_square_beyond(value: f64, degrees: f64) -> Figure<f64> {
    upper_gamma(degrees / 2.0, value / 2.0)
}

fn upper_gamma(shape: f64, value: f64) -> Figure<f64> {
    if value <= 0.0 {
        return Ok(1.0);
    }
    let tail = checked_gamma_ur(shape, value).map_err(|_| Undefined::OutOfRange)?;
    Ok(finite(tail)?.clamp(0.0, 1.0))
}

/// Returns the value below which the F distribution has probability `p`.
pub(super) fn f_quantile(p: f64, above: f64, below: f64) -> Figure<f64> {
    let beta = beta_quantile(p, above / 2.0, below / 2.0)?;
    finite(below * beta / (above * (1.0 - beta)))
}

/// Returns the value below which the beta distribution has probability `p`.
///
/// Newton's steps within a bracket that halves: the library's own search is 1e-9 off at times, and does not end for
/// some large shapes. Beyond a sum of shapes of 50,000 the library's fraction converges too slowly.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> Figure<f64> {
    if a + b > LARGEST_SHAPES {
        return Err(Undefined::TooLarge);
    }
    let scale = checked_ln_beta(a, b).map_err(|_| Undefined::OutOfRange)?;
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut value = a / (a + b);
    for _ in 0..MOST_HALVINGS {
        let below = checked_beta_reg(a, b, value).map_err(|_| Undefined::OutOfRange)?;
        if below < p {
            low = value;
        } else {
            high = value;
        }
        let density = ((a - 1.0) * value.ln() + (b - 1.0) * (-value).ln_1p() - scale).exp();
        let newton = value - (below - p) / density;
        let next = if newton > low && newton < high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        if (next - value).abs() <= f64::EPSILON * value {
            return finite(next);
        }
        value = next;
    }
    finite(value)
}

/// Returns the least number of heads in `tosses` fair ones that is reached or undershot with probability `p`.
pub(super) fn fair_tosses_quantile(p: f64, tosses: u64) -> Figure<u64> {
    let tossed = Binomial::new(0.5, tosses).map_err(|_| Undefined::OutOfRange)?;
    Ok(tossed.inverse_cdf(p))
}

/// Up to here logarithms of factorials are summed; beyond, Stirling's series is exact to rounding.
const SUMMED: u64 = 1 << 20;

/// Natural logarithms of factorials of any size, in little memory.
pub(super) struct LnFactorials(Vec<f64>);

impl LnFactorials {
    /// Returns them, the quickest up to `last`.
    pub(super) fn up_to(last: u64) -> Self {
        Self(ln_factorials(usize::try_from(last.min(SUMMED)).unwrap_or(0)))
    }

    /// Returns the logarithm of `n`!.
    pub(super) fn of(&self, n: u64) -> f64 {
        let known = usize::try_from(n).ok().and_then(|n| self.0.get(n));
        known.copied().unwrap_or_else(|| stirling(n as f64))
    }
}

fn stirling(n: f64) -> f64 {
    let half = (std::f64::consts::TAU * n).ln() / 2.0;
    n * n.ln() - n + half + 1.0 / (12.0 * n) - 1.0 / (360.0 * n.powi(3))
}

/// Natural logarithms of 0!, 1!, .. `last`!, summed from the smallest.
pub(super) fn ln_factorials(last: usize) -> Vec<f64> {
    let mut all = Vec::with_capacity(last.saturating_add(1));
    let mut sum = 0.0_f64;
    // Kahan's compensation keeps the sum of thousands of logarithms to the last digits.
    let mut lost = 0.0_f64;
    all.push(0.0);
    for i in 1..=last {
        let term = (i as f64).ln() - lost;
        let next = sum + term;
        lost = (next - sum) - term;
        sum = next;
        all.push(sum);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{LnFactorials, SUMMED, beta_quantile, f_quantile, stirling, t_quantile};
    use crate::stats::undefined::Undefined;

    #[test]
    fn factorials_go_on_without_a_seam() {
        let ln = LnFactorials::up_to(u64::MAX);
        let last = SUMMED as f64;
        assert!((ln.of(SUMMED) - stirling(last)).abs() < 1e-8);
        assert!((ln.of(SUMMED + 1) - ln.of(SUMMED) - (last + 1.0).ln()).abs() < 1e-8);
        assert!(ln.of(u64::from(u32::MAX)).is_finite());
    }

    #[test]
    fn quantiles_of_large_shapes_are_those_of_scipy() {
        let cases = [
            (beta_quantile(0.025, 2500.0, 22_500.0), 0.096_311_736_611_461_63),
            (beta_quantile(0.975, 25_000.0, 25_000.0), 0.504_382_550_437_814_4),
            (beta_quantile(0.025, 1.0, 9999.0), 2.532_030_796_233_783e-6),
            (t_quantile(0.975, 6000.0), 1.960_359_441_493_010_1),
            (t_quantile(0.995, 1e6), 2.575_834_220_105_334_4),
            (f_quantile(0.975, 4999.0, 44_991.0), 1.041_832_690_779_486),
        ];
        for (got, want) in cases {
            let got: f64 = got.unwrap();
            assert!(((got - want) / want).abs() < 1e-9, "{got} {want}");
        }
        assert_eq!(beta_quantile(0.5, 1e5, 1e5), Err(Undefined::TooLarge));
    }
}
