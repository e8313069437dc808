//! Cliff's delta: how often somebody of one group answers higher than somebody of the other, less the reverse.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::level_counts::LevelCounts;
use super::undefined::{Figure, Undefined, finite};

/// Cliff's delta, -1 to 1; the same as the rank-biserial correlation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CliffsDelta {
    /// P(first higher) - P(first lower).
    pub delta: f64,
    /// P(first higher) + P(alike)/2: the chance that somebody of the first group answers higher (A12).
    pub chance_higher: f64,
    /// Cliff's asymmetric interval; none when a group has one person.
    pub interval: Figure<Interval>,
}

/// Returns Cliff's delta of the first group against the second, with the interval of Cliff (1996): unbiased
/// variance, normal quantile; the variance is at least (1-d^2)/(n1*n2-1), and at complete separation the open end is
/// (n-z^2)/(n+z^2), n the smaller group.
///
/// Sources: N. Cliff, "Answering ordinal questions with ordinal data", Multivar Behav Res 31 (1996); D. Feng and
/// N. Cliff, J Mod Appl Stat Methods 3 (2004).
///
/// # Errors
/// A group of nobody, or scales that differ.
pub fn cliffs_delta(
    first: &LevelCounts,
    second: &LevelCounts,
    confidence: Confidence,
) -> Figure<CliffsDelta> {
    let sums = Dominance::of(first, second)?;
    let pairs = (sums.n1 * sums.n2) as f64;
    Ok(CliffsDelta {
        delta: finite(sums.total as f64 / pairs)?,
        chance_higher: finite((sums.total + sums.n1 * sums.n2) as f64 / (2.0 * pairs))?,
        interval: sums.interval(confidence),
    })
}

/// Sums over the signs of all pairs, from counts.
struct Dominance {
    n1: i128,
    n2: i128,
    /// Sum of signs.
    total: i128,
    /// Number of pairs that differ.
    unlike: i128,
    /// Sum of squares of the row sums, and of the column sums.
    rows: i128,
    columns: i128,
}

impl Dominance {
    fn of(first: &LevelCounts, second: &LevelCounts) -> Figure<Self> {
        if first.levels() != second.levels() {
            return Err(Undefined::Contradiction);
        }
        let (n1, n2) = (i128::from(first.n()), i128::from(second.n()));
        if n1 == 0 || n2 == 0 {
            return Err(Undefined::NobodyAnswered);
        }
        let (mut below1, mut below2) = (0_i128, 0_i128);
        let (mut total, mut alike, mut rows, mut columns) = (0, 0, 0, 0);
        for ((_, own1), (_, own2)) in first.pairs().zip(second.pairs()) {
            // What somebody at this level in the first group is to all of the second, and the reverse.
            let row = below2 - (n2 - below2 - own2);
            let column = (n1 - below1 - own1) - below1;
            total += own1 * row;
            alike += own1 * own2;
            rows += own1 * row * row;
            columns += own2 * column * column;
            below1 += own1;
            below2 += own2;
        }
        Ok(Self {
            n1,
            n2,
            total,
            unlike: n1 * n2 - alike,
            rows,
            columns,
        })
    }

    fn interval(&self, confidence: Confidence) -> Figure<Interval> {
        if self.n1 < 2 || self.n2 < 2 {
            return Err(Undefined::TooFewPeople { needed: 2 });
        }
        let z = confidence.z()?;
        let (n1, n2) = (self.n1 as f64, self.n2 as f64);
        if self.total.abs() == self.n1 * self.n2 {
            let smaller = n1.min(n2);
            let open = (smaller - z * z) / (smaller + z * z);
            return if self.total > 0 {
                Interval::new(open, 1.0)
            } else {
                Interval::new(-1.0, -open)
            };
        }
        let pairs = n1 * n2;
        let delta = self.total as f64 / pairs;
        // Sums of squared distances, kept whole as long as they can be: sum x^2 - (sum x)^2/n.
        let square = (self.total * self.total) as f64;
        let rows = self.rows as f64 - square / n1;
        let columns = self.columns as f64 - square / n2;
        let cells = self.unlike as f64 - square / pairs;
        let unbiased = (rows + columns - cells) / (pairs * (n1 - 1.0) * (n2 - 1.0));
        // Without bias it can come out below what any distribution has.
        let variance = unbiased.max((1.0 - delta * delta) / (pairs - 1.0));
        let rest = 1.0 - delta * delta;
        let spread = z * z * variance;
        let half = z * variance.sqrt() * (rest * rest + spread).sqrt();
        let (centre, scale) = (delta - delta * delta * delta, rest + spread);
        Ok(Interval::new((centre - half) / scale, (centre + half) / scale)?.within(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::cliffs_delta;
    use crate::stats::confidence::Confidence;
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::undefined::Undefined;

    fn counts(counts: &[u32]) -> LevelCounts {
        LevelCounts::new(counts.to_vec())
    }

    #[test]
    fn complete_separation_has_an_open_end_all_the_same() {
        let d = cliffs_delta(&counts(&[3, 0, 0]), &counts(&[0, 0, 3]), Confidence::NinetyFive).unwrap();
        assert!((d.delta + 1.0).abs() < 1e-15);
        let interval = d.interval.unwrap();
        assert!((interval.low + 1.0).abs() < 1e-15 && (interval.high - 0.122_994).abs() < 1e-6);
    }

    #[test]
    fn one_person_gives_delta_and_no_interval() {
        let d = cliffs_delta(&counts(&[0, 1]), &counts(&[5, 5]), Confidence::NinetyFive).unwrap();
        assert_eq!(d.interval, Err(Undefined::TooFewPeople { needed: 2 }));
        assert!((d.delta - 0.5).abs() < 1e-15 && (d.chance_higher - 0.75).abs() < 1e-15);
    }
}
