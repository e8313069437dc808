//! The distributions figures are read from. The only file that names `statrs`; its statistics are not used.

use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF, FisherSnedecor, Normal, StudentsT};
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

/// Returns the value below which Student's t has probability `p`.
pub(super) fn t_quantile(p: f64, degrees: f64) -> Figure<f64> {
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
    let f = FisherSnedecor::new(above, below).map_err(|_| Undefined::OutOfRange)?;
    finite(f.try_inverse_cdf(p).map_err(|_| Undefined::OutOfRange)?)
}

/// Returns the value below which the beta distribution has probability `p`.
///
/// The library's answer can be 1.2e-9 off; Newton's steps bring it to rounding.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> Figure<f64> {
    let beta = Beta::new(a, b).map_err(|_| Undefined::OutOfRange)?;
    let mut value = beta.try_inverse_cdf(p).map_err(|_| Undefined::OutOfRange)?;
    let scale = checked_ln_beta(a, b).map_err(|_| Undefined::OutOfRange)?;
    for _ in 0..3 {
        let below = checked_beta_reg(a, b, value).map_err(|_| Undefined::OutOfRange)?;
        let density = ((a - 1.0) * value.ln() + (b - 1.0) * (-value).ln_1p() - scale).exp();
        let better = value - (below - p) / density;
        if !(better > 0.0 && better < 1.0) {
            break;
        }
        value = better;
    }
    finite(value)
}

/// Returns the least number of heads in `tosses` fair ones that is reached or undershot with probability `p`.
pub(super) fn fair_tosses_quantile(p: f64, tosses: u64) -> Figure<u64> {
    let tossed = Binomial::new(0.5, tosses).map_err(|_| Undefined::OutOfRange)?;
    Ok(tossed.inverse_cdf(p))
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
