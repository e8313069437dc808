//! How sure an interval is, and the interval.

use serde::{Deserialize, Serialize};

use super::distributions::{normal_quantile, t_quantile};
use super::undefined::{Figure, finite};

/// The confidence of an interval. Only the three that are in use; reports take 95 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// 90 %.
    Ninety,
    /// 95 %.
    #[default]
    NinetyFive,
    /// 99 %.
    NinetyNine,
}

impl Confidence {
    /// Returns the confidence as a share.
    #[must_use]
    pub const fn share(self) -> f64 {
        match self {
            Self::Ninety => 0.90,
            Self::NinetyFive => 0.95,
            Self::NinetyNine => 0.99,
        }
    }

    /// Returns the probability left below (and above) the interval.
    pub(super) const fn tail(self) -> f64 {
        match self {
            Self::Ninety => 0.05,
            Self::NinetyFive => 0.025,
            Self::NinetyNine => 0.005,
        }
    }

    /// Returns how many standard errors the normal distribution puts on each side.
    pub(super) fn z(self) -> Figure<f64> {
        normal_quantile(1.0 - self.tail())
    }

    /// Returns the same for the t distribution.
    pub(super) fn t(self, degrees: f64) -> Figure<f64> {
        t_quantile(1.0 - self.tail(), degrees)
    }
}

/// An interval, both ends finite and in order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    pub(super) fn new(low: f64, high: f64) -> Figure<Self> {
        let (low, high) = (finite(low)?, finite(high)?);
        Ok(Self {
            low: low.min(high),
            high: low.max(high),
        })
    }

    pub(super) fn around(centre: f64, half: f64) -> Figure<Self> {
        Self::new(centre - half, centre + half)
    }

    pub(super) fn within(self, low: f64, high: f64) -> Self {
        Self {
            low: self.low.clamp(low, high),
            high: self.high.clamp(low, high),
        }
    }
}
