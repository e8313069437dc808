//! What is told of the hands of groups.

use serde::{Deserialize, Serialize};

use super::Category;

/// What is told of an item that groups answered by show of hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedHands {
    /// Groups that answered.
    pub groups: u32,
    /// People in them.
    pub people: u32,
    /// The options, in the order of the survey.
    pub answers: Vec<HandsAnswer>,
}

/// How many raised a hand for one option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandsAnswer {
    /// The option.
    pub what: Category,
    /// How many.
    pub said: HowMany,
}

/// A number of hands in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowMany {
    /// At most a third; nobody, too.
    Few,
    /// More than a third and fewer than two thirds.
    Divided,
    /// At least two thirds; everybody, too.
    Most,
}
