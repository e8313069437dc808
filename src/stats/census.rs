//! When most of the users answered: response rate, and intervals that know how many there are.
//!
//! "As if the respondents were drawn at random": the report says so beside every one of these.

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::distributions::ln_factorials;
use super::level_counts::LevelCounts;
use super::mean::{MeanInterval, Moments, ends};
use super::share::{Share, ratio, score_bounds, with_exact_ends};
use super::undefined::{Figure, Undefined, finite};

/// The largest group for which the exact interval is counted through.
const EXACT_UP_TO: u32 = 20_000;

/// A figure with its interval, or the figure alone because there is nobody else to be unsure about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    /// Everybody answered: this is the figure.
    Everybody(f64),
    /// Some did not.
    Estimated(T),
}

/// All users of a service, of whom some answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Users(u32);

impl Users {
    /// Takes the number of users.
    #[must_use]
    pub const fn new(users: u32) -> Self {
        Self(users)
    }

    /// Returns n by N.
    ///
    /// # Errors
    /// More answered than there are.
    pub fn response_rate(self, n: u64) -> Figure<f64> {
        ratio(n, u64::from(self.0))
    }

    /// How many did not answer, given that some did.
    fn others(self, n: u64) -> Figure<u64> {
        if n == 0 {
            return Err(Undefined::NobodyAnswered);
        }
        u64::from(self.0).checked_sub(n).ok_or(Undefined::Contradiction)
    }

    /// Returns the standard error of a mean, sd/sqrt(n) * sqrt(1 - n/N).
    ///
    /// # Errors
    /// Fewer than two people, or more than there are.
    pub fn standard_error(self, counts: &LevelCounts) -> Figure<f64> {
        let left = self.others(counts.n())? as f64 / f64::from(self.0);
        finite(Moments::of(counts)?.standard_error()? * left.sqrt())
    }

    /// Returns the mean with its t interval, narrower by sqrt(1 - n/N) and kept within the scale.
    ///
    /// # Errors
    /// Fewer than two people, everybody alike, or more than there are.
    pub fn mean(self, counts: &LevelCounts, confidence: Confidence) -> Figure<Known<MeanInterval>> {
        let moments = Moments::of(counts)?;
        if self.others(counts.n())? == 0 {
            return Ok(Known::Everybody(moments.mean()));
        }
        moments
            .narrowed(self.standard_error(counts)?, ends(counts)?, confidence)
            .map(Known::Estimated)
    }

    /// Returns a share with its Wilson interval for n(N-1)/(N-n) people.
    ///
    /// # Errors
    /// Nobody answered, a count above n, or more than there are.
    pub fn share(self, count: u64, n: u64, confidence: Confidence) -> Figure<Known<Share>> {
        let share = ratio(count, n)?;
        let others = self.others(n)?;
        if others == 0 {
            return Ok(Known::Everybody(share));
        }
        let people = n as f64 * f64::from(self.0 - 1) / others as f64;
        let bounds = score_bounds(share, people, confidence)?;
        Ok(Known::Estimated(with_exact_ends(share, bounds, count, n)))
    }

    /// Returns the standard error of a share, sqrt(p(1-p)/(n-1) * (1 - n/N)).
    ///
    /// # Errors
    /// Fewer than two people, a count above n, or more than there are.
    pub fn share_error(self, count: u64, n: u64) -> Figure<f64> {
        let share = ratio(count, n)?;
        let left = self.others(n)? as f64 / f64::from(self.0);
        if n < 2 {
            return Err(Undefined::TooFewPeople { needed: 2 });
        }
        finite((share * (1.0 - share) / (n - 1) as f64 * left).sqrt())
    }

    /// Returns the exact interval of a share: all shares of the users that neither one-sided hypergeometric test
    /// refuses.
    ///
    /// # Errors
    /// Nobody answered, a count above n, more than there are, or more than 20,000 users.
    pub fn share_exact(self, count: u64, n: u64, confidence: Confidence) -> Figure<Interval> {
        ratio(count, n)?;
        self.others(n)?;
        if self.0 > EXACT_UP_TO {
            return Err(Undefined::TooLarge);
        }
        let size = |value: u64| usize::try_from(value).map_err(|_| Undefined::TooLarge);
        let (all, n, count) = (size(u64::from(self.0))?, size(n)?, size(count)?);
        let ln = ln_factorials(all);
        let choose = |of: usize, taken: usize| -> f64 {
            let at = |place: usize| ln.get(place).map_or(0.0, |ln| *ln);
            at(of) - at(taken) - at(of - taken)
        };
        let chance = |good: usize, counted: usize| -> f64 {
            if counted > good || n < counted || n - counted > all - good {
                return 0.0;
            }
            (choose(good, counted) + choose(all - good, n - counted) - choose(all, n)).exp()
        };
        let at_least = |good: usize| -> f64 { (count..=n).map(|k| chance(good, k)).sum() };
        let at_most = |good: usize| -> f64 { (0..=count).map(|k| chance(good, k)).sum() };
        // Both grow or fall with the share of the users, so that the ends are found by halving.
        let (first, last) = (count, all - (n - count));
        let tail = confidence.tail();
        let (mut low, mut reached) = (first, last);
        while low < reached {
            let middle = usize::midpoint(low, reached);
            if at_least(middle) > tail {
                reached = middle;
            } else {
                low = middle + 1;
            }
        }
        let (mut high, mut from) = (last, first);
        while from < high {
            let middle = (from + high).div_ceil(2);
            if at_most(middle) > tail {
                from = middle;
            } else {
                high = middle - 1;
            }
        }
        Interval::new(low as f64 / all as f64, high as f64 / all as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Users};
    use crate::stats::confidence::Confidence;
    use crate::stats::undefined::Undefined;

    #[test]
    fn an_interval_narrows_when_most_of_the_users_answered() {
        // 18 of 30 who answered, of 45 users: [.42, .75] becomes [.50, .70], exact [.49, .69].
        let users = Users::new(45);
        let Ok(Known::Estimated(share)) = users.share(18, 30, Confidence::NinetyFive) else {
            panic!("some did not answer");
        };
        assert!(
            (share.low - 0.50).abs() < 0.006 && (share.high - 0.70).abs() < 0.006,
            "{share:?}"
        );
        let exact = users.share_exact(18, 30, Confidence::NinetyFive).unwrap();
        assert!(
            (exact.low - 0.49).abs() < 0.006 && (exact.high - 0.69).abs() < 0.006,
            "{exact:?}"
        );
    }

    #[test]
    fn when_everybody_answered_there_is_no_interval() {
        let share = Users::new(20).share(11, 20, Confidence::NinetyFive);
        assert_eq!(share, Ok(Known::Everybody(0.55)));
        assert_eq!(Users::new(20).response_rate(21), Err(Undefined::Contradiction));
    }
}
