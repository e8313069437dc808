//! Why a figure has no value: a reason a report can print, in place of 0 or NaN.

use serde::{Deserialize, Serialize};

/// A figure, or the reason why there is none.
pub type Figure<T> = Result<T, Undefined>;

/// Why a figure is undefined. Codes only: the report finds the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// Nobody gave an answer that counts.
    NobodyAnswered,
    /// Fewer people than the figure needs.
    TooFewPeople {
        /// How many there must be at least.
        needed: u32,
    },
    /// Everybody answered the same, so that there is no spread to measure.
    NoVariation,
    /// Fewer than two groups have anybody in them.
    TooFewGroups,
    /// Fewer than two items vary.
    TooFewItems,
    /// Fewer than two rows or two columns hold anybody.
    TooFewCategories,
    /// Too small a share of the items was answered.
    TooFewAnswered,
    /// Only one code was used, so that agreement by chance is certain.
    OneCode,
    /// No unit was coded by two coders.
    NothingCodedTwice,
    /// The table or the group is larger than the method can take.
    TooLarge,
    /// The input contradicts itself: a count above n, levels outside the scale, scales that differ.
    Contradiction,
    /// The computation left the range of numbers a computer holds.
    OutOfRange,
}

/// Lets a number out of a computation only when it is one.
pub(super) fn finite(value: f64) -> Figure<f64> {
    // Adding zero turns -0 into 0, which would print as "-0".
    if value.is_finite() {
        Ok(value + 0.0)
    } else {
        Err(Undefined::OutOfRange)
    }
}
