//! Answers to tallies, tallies to figures. Undefined is `None`, never NaN.
//!
//! A tally holds raw counts: it goes to `disclosure` and nowhere else, and its `Debug` shows none of them.

pub mod adjusted;
pub mod agreement;
pub mod bootstrap;
pub mod census;
pub mod cliffs_delta;
pub mod collect;
pub mod confidence;
pub mod crosstab;
pub mod difference;
pub mod dimension;
pub mod figures;
pub mod fisher;
pub mod gap;
pub mod guarded;
pub mod index;
pub mod krippendorff;
pub mod kruskal_wallis;
pub mod level_counts;
pub mod mann_whitney;
pub mod mean;
pub mod p_value;
pub mod pair;
pub mod percent;
pub mod quantile;
pub mod ranking;
pub mod reliability;
pub mod run_chart;
pub mod share;
pub mod tally;
pub mod undefined;

#[cfg(test)]
mod category_tests;
mod count;
mod dealer;
mod distributions;
#[cfg(test)]
pub(crate) mod made_up;
mod random;
mod respondent;
