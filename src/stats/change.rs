//! What changed from one group of people to another.

use serde::{Deserialize, Serialize};

use super::share::Share;

/// The difference of two shares, later less earlier, with its 95 % interval; all between -1 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Later share less earlier share.
    pub change: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Change {
    /// Returns whether no change at all lies within the interval.
    #[must_use]
    pub fn can_be_none(&self) -> bool {
        self.low <= 0.0 && 0.0 <= self.high
    }
}

/// Returns the difference of two shares with Newcombe's interval, made of their own Wilson intervals: so a difference
/// and the shares it is of never contradict each other. `None` where it is no number.
///
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
/// Medicine 17 (1998), method 10.
#[must_use]
pub fn change(before: &Share, after: &Share) -> Option<Change> {
    let difference = after.share - before.share;
    let down = (after.share - after.low).hypot(before.high - before.share);
    let up = (after.high - after.share).hypot(before.share - before.low);
    let found = Change {
        change: difference,
        low: (difference - down).max(-1.0),
        high: (difference + up).min(1.0),
    };
    [found.change, found.low, found.high]
        .iter()
        .all(|value| value.is_finite())
        .then_some(found)
}
