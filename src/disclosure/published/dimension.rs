//! What is printed over several items of a person.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::item::ItemKey;

/// Spread and interval of the index of a dimension, and whether its items go together. The index itself follows from the
/// printed counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedDimension {
    /// The dimension.
    pub dimension: Id,
    /// Its items.
    pub items: Vec<ItemKey>,
    /// The standard deviation of people's indices, with one decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<f64>,
    /// The lower end of the 95 % t interval of the index, with one decimal, kept within 0 and 100.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Cronbach's alpha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<Alpha>,
}

/// Cronbach's alpha with Feldt's 95 % interval, with two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alpha {
    /// Alpha.
    pub alpha: f64,
    /// The lower end of the interval; none for tens of thousands of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Items used: those that not everybody answered alike.
    pub items: u32,
}
