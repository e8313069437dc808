//! What may be shown: policies, their check, and the one door to `Published`.
//!
//! Everything here is decided from public sizes before the data is looked at; what is printed of an item is then a
//! look-up. Nothing in this layer says words: it returns codes, and the caller finds the words.

pub mod agreement;
pub mod averages;
pub mod breakdown;
pub mod check;
pub mod choice;
pub mod compared;
pub mod decision;
pub mod exact_share;
pub mod forecast;
pub mod hands;
pub mod interviews;
pub mod ledger;
pub mod many;
pub mod pairs;
pub mod policies;
pub mod publish;
pub mod published;
pub mod quote;
pub mod release;
pub mod row;
pub mod standing;
pub mod tested;
pub mod theme;
pub mod together;
pub mod users;
pub mod voices;
pub mod words;

pub use crate::domain::limits as profile;

#[cfg(test)]
pub(crate) mod made_up;
