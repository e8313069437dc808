//! Probabilities of tests, kept from being read off one by one.

use serde::Serialize;

use super::undefined::{Figure, Undefined, finite};

/// How a probability was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By counting every arrangement.
    Exact,
    /// By a distribution that fits when there are many people.
    Approximate,
    /// By arrangements drawn with this program's own generator, the same ones every time.
    Drawn {
        /// How many were drawn.
        draws: u32,
    },
}

/// The probability of a test before it is seen together with the other tests of its table.
///
/// A report prints what [`adjusted`](super::adjusted::adjusted) makes of all the tests of a table; a single test is
/// a table of one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PValue {
    p: f64,
    how: How,
}

impl PValue {
    pub(super) fn new(p: f64, how: How) -> Figure<Self> {
        Ok(Self {
            p: finite(p)?.clamp(0.0, 1.0),
            how,
        })
    }

    /// Returns a probability that came from elsewhere.
    ///
    /// # Errors
    /// [`Undefined::Contradiction`] for a number that is no probability.
    pub fn given(p: f64) -> Figure<Self> {
        if (0.0..=1.0).contains(&p) {
            Self::new(p, How::Approximate)
        } else {
            Err(Undefined::Contradiction)
        }
    }

    /// Returns the probability as if this were the only test made.
    #[must_use]
    pub const fn unadjusted(self) -> f64 {
        self.p
    }

    /// Returns how it was found, for the method note.
    #[must_use]
    pub const fn how(self) -> How {
        self.how
    }
}
