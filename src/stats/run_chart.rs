//! Rounds in time: the median line and whether runs about it say more than chance.

use serde::Serialize;

use super::distributions::fair_tosses_quantile;
use super::guarded::Guarded;
use super::undefined::{Figure, Undefined, finite};

/// From how many useful points on the rules say anything; below, only the line and the table are shown.
pub const RULES_FROM: u32 = 10;

/// A series of figures in time about its median.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RunChart {
    /// Points there are; missing ones left out.
    pub points: u64,
    /// The line.
    pub median: f64,
    /// What the rules say, to be shown from ten useful points on.
    pub rules: Guarded<RunRules>,
}

/// Anhoej's rules for runs about the median.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RunRules {
    /// Points off the median: the ones that count.
    pub useful: u64,
    /// Most points in a row on one side.
    pub longest_run: u64,
    /// Times the line is crossed.
    pub crossings: u64,
    /// The longest run chance allows, round(log2 n) + 3; none without useful points.
    pub longest_run_limit: Option<u64>,
    /// The fewest crossings chance allows: the 5 % quantile of n-1 fair tosses; none without useful points.
    pub crossings_limit: Option<u64>,
    /// Whether either limit is passed: something other than chance has changed.
    pub is_signal: bool,
}

/// Returns the median of a series and what runs about it say. Missing points are left out, points on the median do
/// not count.
///
/// Sources: J. Anhoej and A. V. Olesen, PLoS One 9 (2014); limits: M. F. Schilling, Math Mag 85 (2012) and
/// Z. Chen, Statist Probab Lett 80 (2010). As `qicharts2`.
///
/// # Errors
/// No point at all.
pub fn run_chart(series: &[Option<f64>]) -> Figure<RunChart> {
    let points: Vec<f64> = series
        .iter()
        .flatten()
        .copied()
        .filter(|point| point.is_finite())
        .collect();
    let median = median(&points)?;
    let sides: Vec<bool> = points
        .iter()
        .filter(|point| point.total_cmp(&median).is_ne())
        .map(|point| *point > median)
        .collect();
    let (mut longest, mut current, mut crossings) = (0_u64, 0_u64, 0_u64);
    let mut before = None;
    for side in &sides {
        let is_crossing = before.is_some_and(|before| before != side);
        crossings += u64::from(is_crossing);
        current = if is_crossing { 1 } else { current + 1 };
        longest = longest.max(current);
        before = Some(side);
    }
    let useful = sides.len() as u64;
    let longest_run_limit = useful.checked_ilog2().map(|_| log2_rounded(useful) + 3);
    let crossings_limit = match useful.checked_sub(1) {
        Some(tosses) => Some(fair_tosses_quantile(0.05, tosses)?),
        None => None,
    };
    let rules = RunRules {
        useful,
        longest_run: longest,
        crossings,
        longest_run_limit,
        crossings_limit,
        is_signal: longest_run_limit.is_some_and(|limit| longest > limit)
            || crossings_limit.is_some_and(|limit| crossings < limit),
    };
    Ok(RunChart {
        points: points.len() as u64,
        median,
        rules: Guarded::new(rules, useful, RULES_FROM),
    })
}

fn median(points: &[f64]) -> Figure<f64> {
    let mut sorted = points.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len().checked_sub(1).ok_or(Undefined::NobodyAnswered)?;
    let at = |place: usize| sorted.get(place).copied().ok_or(Undefined::NobodyAnswered);
    let (low, high) = (at(middle / 2)?, at(middle.div_ceil(2))?);
    finite(f64::midpoint(low, high))
}

/// The logarithm to base 2, rounded: up from the square root of 2 times a power, that is when n^2 >= 2^(2k+1).
fn log2_rounded(n: u64) -> u64 {
    let square = u128::from(n) * u128::from(n);
    u64::from(square.max(1).ilog2().div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::{log2_rounded, run_chart};
    use crate::stats::undefined::Undefined;

    fn series(points: &[f64]) -> Vec<Option<f64>> {
        points.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_shift_in_the_middle_is_a_signal() {
        let shift = [
            61.0, 58.0, 63.0, 60.0, 57.0, 62.0, 70.0, 72.0, 69.0, 74.0, 71.0, 73.0,
        ];
        let chart = run_chart(&series(&shift)).unwrap();
        let rules = chart.rules.shown().unwrap();
        assert_eq!((rules.useful, rules.longest_run, rules.crossings), (12, 6, 1));
        assert_eq!(
            (rules.longest_run_limit, rules.crossings_limit),
            (Some(7), Some(3))
        );
        assert!(rules.is_signal);
    }

    #[test]
    fn nine_points_are_too_few_for_rules() {
        let nine: Vec<f64> = (0..10).map(f64::from).take(9).collect();
        let chart = run_chart(&series(&nine)).unwrap();
        assert_eq!(chart.rules.rests_on(), 8);
        assert_eq!(chart.rules.shown(), Err(Undefined::TooFewPeople { needed: 10 }));
    }

    #[test]
    fn a_flat_series_has_no_useful_point_and_no_signal() {
        let chart = run_chart(&series(&[4.0; 15])).unwrap();
        let rules = chart.rules.in_grey();
        assert_eq!(
            (rules.useful, rules.longest_run_limit, rules.is_signal),
            (0, None, false)
        );
        assert_eq!(run_chart(&[None, None]), Err(Undefined::NobodyAnswered));
    }

    #[test]
    fn rounding_the_logarithm_needs_no_floating_point() {
        for n in 1..5000_u64 {
            let float = (n as f64).log2().round();
            assert!((log2_rounded(n) as f64 - float).abs() < 0.5, "{n}");
        }
    }
}
