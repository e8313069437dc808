//! Answers to tallies, tallies to figures. Undefined is `None`, never NaN.
//!
//! A tally holds raw counts: it goes to `disclosure` and nowhere else, and its `Debug` shows none of them.

pub mod collect;
pub mod pair;
pub mod ranking;
pub mod share;
pub mod tally;

#[cfg(test)]
mod category_tests;
mod count;
#[cfg(test)]
pub(crate) mod made_up;
mod respondent;
mod versions;
