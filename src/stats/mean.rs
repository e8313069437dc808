//! Mean and standard deviation, exact from counts, and the t interval kept within the scale.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::level_counts::LevelCounts;
use super::undefined::{Figure, Undefined, finite};

/// Number, mean and variance of a group: what intervals and comparisons of means need.
///
/// From counts both come from integer sums, s = sum v*c and q = sum v^2*c, as s/n and (q*n - s^2)/(n(n-1)): exact
/// until the last division, in whatever order people were counted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Moments {
    n: u64,
    mean: f64,
    /// `None` for one person.
    variance: Option<f64>,
}

impl Moments {
    /// Takes the moments of positions 1 to k.
    ///
    /// # Errors
    /// Nobody answered.
    pub fn of(counts: &LevelCounts) -> Figure<Self> {
        let (mut n, mut sum, mut squares) = (0_i128, 0_i128, 0_i128);
        for (position, people) in counts.pairs() {
            n += people;
            sum += position * people;
            squares += position * position * people;
        }
        Self::of_sums(n, sum, squares)
    }

    pub(super) fn of_sums(n: i128, sum: i128, squares: i128) -> Figure<Self> {
        if n <= 0 {
            return Err(Undefined::NobodyAnswered);
        }
        let spread = squares
            .checked_mul(n)
            .zip(sum.checked_mul(sum))
            .ok_or(Undefined::OutOfRange)?;
        let variance = (n > 1).then(|| (spread.0 - spread.1) as f64 / (n as f64 * (n - 1) as f64));
        Ok(Self {
            n: u64::try_from(n).map_err(|_| Undefined::OutOfRange)?,
            mean: finite(sum as f64 / n as f64)?,
            variance: variance.map(finite).transpose()?,
        })
    }

    /// Takes the moments of scores with their people, summed from the smallest so that their order does not matter.
    pub(super) fn of_scores(sorted: &[(f64, u64)]) -> Figure<Self> {
        let people: u64 = sorted.iter().map(|(_, people)| people).sum();
        if people == 0 {
            return Err(Undefined::NobodyAnswered);
        }
        let n = people as f64;
        let over = |of: &dyn Fn(f64) -> f64| -> f64 {
            sorted
                .iter()
                .map(|(score, people)| of(*score) * *people as f64)
                .sum()
        };
        let mean = finite(over(&|score| score) / n)?;
        let same = sorted.first().map(|(score, _)| score) == sorted.last().map(|(score, _)| score);
        let spread = over(&|score| (score - mean).powi(2));
        let variance = (people > 1).then(|| if same { 0.0 } else { spread / (n - 1.0) });
        Ok(Self {
            n: people,
            mean,
            variance: variance.map(finite).transpose()?,
        })
    }

    /// The same with every value so many times as large.
    pub(super) fn times(self, factor: f64) -> Self {
        Self {
            n: self.n,
            mean: self.mean * factor,
            variance: self.variance.map(|variance| variance * factor * factor),
        }
    }

    /// Returns how many people.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Returns the mean.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the variance with n-1.
    ///
    /// # Errors
    /// Fewer than two people.
    pub fn variance(&self) -> Figure<f64> {
        self.variance.ok_or(Undefined::TooFewPeople { needed: 2 })
    }

    /// Returns the standard deviation.
    ///
    /// # Errors
    /// Fewer than two people.
    pub fn sd(&self) -> Figure<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Returns the standard error of the mean.
    ///
    /// # Errors
    /// Fewer than two people.
    pub fn standard_error(&self) -> Figure<f64> {
        Ok((self.variance()? / self.n as f64).sqrt())
    }

    /// Returns the t interval of the mean, kept within the ends of the scale.
    ///
    /// # Errors
    /// Fewer than two people, or everybody answered the same: then there is a mean and no interval.
    pub fn interval(&self, scale: Interval, confidence: Confidence) -> Figure<MeanInterval> {
        self.narrowed(self.standard_error()?, scale, confidence)
    }

    /// The same with a standard error of one's own.
    pub(super) fn narrowed(
        &self,
        error: f64,
        scale: Interval,
        confidence: Confidence,
    ) -> Figure<MeanInterval> {
        if error <= 0.0 {
            return Err(Undefined::NoVariation);
        }
        let half = confidence.t((self.n - 1) as f64)? * error;
        Ok(MeanInterval {
            unclipped: Interval::around(self.mean, half)?,
            scale,
        })
    }
}

/// Returns the t interval of the mean position, kept within [1, k].
///
/// # Errors
/// Fewer than two people, or everybody answered the same.
pub fn mean_interval(counts: &LevelCounts, confidence: Confidence) -> Figure<MeanInterval> {
    Moments::of(counts)?.interval(ends(counts)?, confidence)
}

/// The first and the last position of a scale.
pub(super) fn ends(counts: &LevelCounts) -> Figure<Interval> {
    Interval::new(1.0, counts.levels().max(1) as f64)
}

/// Returns the mean as a number from 0, all at the worst level, to 100, all at the best: (mean - 1)/(k - 1)*100.
///
/// # Errors
/// Nobody answered, or the scale has one level.
pub fn mean_0_100(counts: &LevelCounts) -> Figure<f64> {
    if counts.levels() < 2 {
        return Err(Undefined::TooFewCategories);
    }
    let (mut n, mut sum) = (0_i128, 0_i128);
    for (position, people) in counts.pairs() {
        n += people;
        sum += (position - 1) * people;
    }
    if n == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    finite((sum * 100) as f64 / (n as f64 * (counts.levels() - 1) as f64))
}

/// Returns the skewness g1 = m3/m2^1.5: below 0 when most are near the top and some far below, where the t interval
/// fits badly and the bootstrap interval does better.
///
/// # Errors
/// Nobody answered, or everybody answered the same.
pub fn skewness(counts: &LevelCounts) -> Figure<f64> {
    let n = Moments::of(counts)?.n;
    if counts.is_flat() {
        return Err(Undefined::NoVariation);
    }
    let (squares, cubes) = central_sums(counts, n);
    finite((n as f64).sqrt() * cubes / squares.powf(1.5))
}

/// Sums of squares and cubes of the distances to the mean, from integers.
pub(super) fn central_sums(counts: &LevelCounts, n: u64) -> (f64, f64) {
    let n = i128::from(n);
    let sum: i128 = counts.pairs().map(|(position, people)| position * people).sum();
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (position, people) in counts.pairs() {
        let distance = (position * n - sum) as f64 / n as f64;
        squares += people as f64 * distance * distance;
        cubes += people as f64 * distance * distance * distance;
    }
    (squares, cubes)
}

/// The t interval of a mean. What is shown lies within the scale; whether it had to be cut is said beside it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanInterval {
    unclipped: Interval,
    scale: Interval,
}

impl MeanInterval {
    /// Returns the interval within the scale.
    #[must_use]
    pub fn shown(&self) -> Interval {
        self.unclipped.within(self.scale.low, self.scale.high)
    }

    /// Returns whether the interval went beyond the scale and was cut there: it is marked.
    #[must_use]
    pub fn is_clipped(&self) -> bool {
        self.unclipped.low < self.scale.low || self.unclipped.high > self.scale.high
    }

    /// Returns the interval as other programs give it, for comparing with them.
    #[must_use]
    pub const fn unclipped(&self) -> Interval {
        self.unclipped
    }
}

#[cfg(test)]
mod tests {
    use super::{Moments, mean_0_100, mean_interval};
    use crate::stats::confidence::Confidence;
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::undefined::Undefined;

    fn counts(counts: &[u32]) -> LevelCounts {
        LevelCounts::new(counts.to_vec())
    }

    #[test]
    fn an_interval_beyond_the_scale_is_cut_and_marked() {
        // 22 fives and a one: [4.47, 5.19] before it is cut.
        let interval = mean_interval(&counts(&[1, 0, 0, 0, 22]), Confidence::NinetyFive).unwrap();
        assert!(interval.is_clipped());
        assert!((interval.unclipped().high - 5.186_760_533_548_527).abs() < 1e-9);
        assert!((interval.shown().high - 5.0).abs() < 1e-15);
        let inside = mean_interval(&counts(&[5, 5, 5, 5, 5]), Confidence::NinetyFive).unwrap();
        assert!(!inside.is_clipped());
    }

    #[test]
    fn one_person_has_a_mean_and_no_spread() {
        let one = Moments::of(&counts(&[0, 0, 1])).unwrap();
        assert!((one.mean() - 3.0).abs() < 1e-15);
        assert_eq!(one.sd(), Err(Undefined::TooFewPeople { needed: 2 }));
    }

    #[test]
    fn everybody_alike_has_a_mean_and_no_interval() {
        let same = counts(&[0, 4, 0]);
        assert_eq!(Moments::of(&same).unwrap().sd(), Ok(0.0));
        assert_eq!(
            mean_interval(&same, Confidence::NinetyFive),
            Err(Undefined::NoVariation)
        );
    }

    #[test]
    fn the_mean_of_millions_keeps_its_digits() {
        // Everybody at 100 but one: a sum of squares in floating point would lose the variance.
        let mut many = vec![0; 100];
        (many[99], many[98]) = (3_999_999_999, 1);
        let moments = Moments::of(&counts(&many)).unwrap();
        let n = 4e9_f64;
        assert!((moments.variance().unwrap() * n - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_ends_of_0_to_100_are_the_ends_of_the_scale() {
        assert_eq!(mean_0_100(&counts(&[3, 0, 0])), Ok(0.0));
        assert_eq!(mean_0_100(&counts(&[0, 0, 3])), Ok(100.0));
        assert_eq!(mean_0_100(&counts(&[3])), Err(Undefined::TooFewCategories));
    }
}
