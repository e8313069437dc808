//! Median and quartiles from counts, by a definition that is said.

use serde::{Deserialize, Serialize};

use super::level_counts::LevelCounts;
use super::undefined::{Figure, Undefined, finite};

/// The nine definitions of a sample quantile in use, numbered as by R. Reports take [`Type7`](Self::Type7) and say so;
/// the others are there to say what another program shows.
///
/// Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", Am Stat 50 (1996).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Definition {
    /// The observation at which the share is reached.
    Type1,
    /// The same, halfway to the next where it is reached exactly. SAS.
    Type2,
    /// The nearest observation, the even one of two.
    Type3,
    /// Between observations, from n*p.
    Type4,
    /// Hazen: from n*p + 1/2.
    Type5,
    /// Weibull: from (n+1)*p. SPSS and Minitab.
    Type6,
    /// From (n-1)*p + 1. R, numpy, pandas, Excel `QUARTILE.INC`.
    #[default]
    Type7,
    /// Unbiased for the median: from (n+1/3)*p + 1/3.
    Type8,
    /// Unbiased for normal values: from (n+1/4)*p + 3/8.
    Type9,
}

/// The three quartiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quartiles {
    /// A quarter lies below.
    pub first: f64,
    /// Half lies below.
    pub median: f64,
    /// Three quarters lie below.
    pub third: f64,
}

/// Returns the quartiles of positions 1 to k.
///
/// # Errors
/// Nobody answered.
pub fn quartiles(counts: &LevelCounts, definition: Definition) -> Figure<Quartiles> {
    let reached = counts.cumulative();
    of_sorted(counts.n(), definition, |place| {
        // As many levels lie wholly before the place as are reached by fewer people.
        let before = reached.iter().take_while(|people| **people < place).count();
        Some((before + 1) as f64)
    })
}

/// Returns the quartiles of scores in ascending order, with their people.
pub(super) fn quartiles_of_scores(sorted: &[(f64, u64)], definition: Definition) -> Figure<Quartiles> {
    let reached: Vec<u64> = sorted
        .iter()
        .scan(0, |sum, (_, people)| {
            *sum += people;
            Some(*sum)
        })
        .collect();
    of_sorted(reached.last().copied().unwrap_or(0), definition, |place| {
        let before = reached.partition_point(|people| *people < place);
        sorted.get(before).map(|(score, _)| *score)
    })
}

fn of_sorted(n: u64, definition: Definition, at: impl Fn(u64) -> Option<f64>) -> Figure<Quartiles> {
    if n == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    let quantile = |quarters: u64| {
        let (whole, part) = position(n, quarters, definition);
        let place = |place: u64| at(place.clamp(1, n)).ok_or(Undefined::OutOfRange);
        let (low, high) = (place(whole)?, place(whole.saturating_add(1))?);
        finite(low + (high - low) * part)
    };
    Ok(Quartiles {
        first: quantile(1)?,
        median: quantile(2)?,
        third: quantile(3)?,
    })
}

/// The observation before the quantile, from 1, and how far towards the next one it lies.
fn position(n: u64, quarters: u64, definition: Definition) -> (u64, f64) {
    // In 96ths the offsets of all nine definitions are whole, so that the place is exact.
    let (n, p) = (u128::from(n), u128::from(quarters));
    let place = match definition {
        Definition::Type1 | Definition::Type2 | Definition::Type4 => 24 * n * p,
        // 48 is half; taken off before the place is rounded down.
        Definition::Type3 => (24 * n * p).saturating_sub(48),
        Definition::Type5 => 24 * n * p + 48,
        Definition::Type6 => 24 * (n + 1) * p,
        Definition::Type7 => 24 * n.saturating_sub(1) * p + 96,
        Definition::Type8 => 8 * (3 * n + 1) * p + 32,
        Definition::Type9 => 6 * (4 * n + 1) * p + 36,
    };
    let whole = u64::try_from(place / 96).unwrap_or(u64::MAX);
    let rest = place % 96;
    let part = match definition {
        Definition::Type1 => f64::from(u8::from(rest > 0)),
        Definition::Type2 if rest == 0 => 0.5,
        Definition::Type2 => 1.0,
        Definition::Type3 => f64::from(u8::from(rest > 0 || whole % 2 == 1)),
        _ => rest as f64 / 96.0,
    };
    (whole, part)
}

#[cfg(test)]
mod tests {
    use super::{Definition, quartiles};
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::undefined::Undefined;

    #[test]
    fn the_definition_decides_where_a_quartile_lies() {
        // 2, 3, 4, 4, 5: R 4.2.2 and numpy 2.4.6.
        let counts = LevelCounts::new(vec![0, 1, 1, 2, 1]);
        let of = |definition| {
            let q = quartiles(&counts, definition).unwrap();
            (q.first, q.third)
        };
        assert_eq!(of(Definition::Type7), (3.0, 4.0));
        assert_eq!(of(Definition::Type6), (2.5, 4.5));
        assert_eq!(of(Definition::Type3), (2.0, 4.0));
    }

    #[test]
    fn one_person_is_every_quartile() {
        let q = quartiles(&LevelCounts::new(vec![0, 1, 0]), Definition::Type7).unwrap();
        assert_eq!((q.first, q.median, q.third), (2.0, 2.0, 2.0));
    }

    #[test]
    fn nobody_has_no_median() {
        let none = quartiles(&LevelCounts::new(vec![0, 0]), Definition::Type7);
        assert_eq!(none, Err(Undefined::NobodyAnswered));
    }
}
