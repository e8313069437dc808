//! Per cent as it may be printed: none among few people, no decimals among fewer than a hundred.

use serde::Serialize;

use super::undefined::{Figure, Undefined};

/// From how many people on a share is given in per cent; below, "17 of 23".
pub const PERCENT_FROM: u32 = 20;
/// From how many people on a per cent has a decimal.
const DECIMAL_FROM: u64 = 100;

/// A share in per cent, rounded as it is printed. There is none below [`PERCENT_FROM`] people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Percent {
    tenths: u64,
    decimals: u8,
}

impl Percent {
    /// Returns the share of `count` among `n` in per cent, rounded half up from the integers.
    ///
    /// # Errors
    /// Fewer than [`PERCENT_FROM`] people, or more counted than there are.
    pub fn of(count: u64, n: u64) -> Figure<Self> {
        if count > n {
            return Err(Undefined::Contradiction);
        }
        if n < u64::from(PERCENT_FROM) {
            return Err(Undefined::TooFewPeople { needed: PERCENT_FROM });
        }
        let decimals = u8::from(n >= DECIMAL_FROM);
        let (parts, each) = if decimals == 0 { (100, 10) } else { (1000, 1) };
        let (count, n) = (u128::from(count), u128::from(n));
        let rounded = (2 * parts * count + n) / (2 * n);
        Ok(Self {
            tenths: u64::try_from(rounded * each).map_err(|_| Undefined::OutOfRange)?,
            decimals,
        })
    }

    /// Returns the per cent in tenths: 739 is 73.9 %.
    #[must_use]
    pub const fn tenths(self) -> u64 {
        self.tenths
    }

    /// Returns how many decimals are printed: 0 or 1.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }
}

#[cfg(test)]
mod tests {
    use super::Percent;
    use crate::stats::undefined::Undefined;

    #[test]
    fn there_is_no_per_cent_among_nineteen() {
        assert_eq!(Percent::of(10, 19), Err(Undefined::TooFewPeople { needed: 20 }));
        assert!(Percent::of(10, 20).is_ok());
    }

    #[test]
    fn decimals_come_with_a_hundred_people() {
        let shown = |count, n| Percent::of(count, n).map(|p| (p.tenths(), p.decimals())).unwrap();
        assert_eq!(shown(17, 23), (740, 0));
        assert_eq!(shown(1, 99), (10, 0));
        assert_eq!(shown(1, 100), (10, 1));
        assert_eq!(shown(739, 1000), (739, 1));
        assert_eq!(shown(1, 200), (5, 1));
        assert_eq!(shown(0, 20), (0, 0));
        assert_eq!(shown(20, 20), (1000, 0));
    }
}
