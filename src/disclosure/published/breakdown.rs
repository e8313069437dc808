//! What is printed of one item by groups of people.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;

use super::{Category, Count};

/// What is printed of one item by groups of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedBreakdown {
    /// The background people are grouped by.
    pub by: Id,
    /// The groups, in the declared order; none where their sizes are not known.
    pub groups: Vec<PublishedGroup>,
    /// The answers.
    pub answers: GroupAnswers,
}

/// One group: neighbouring levels of the background, merged by their sizes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedGroup {
    /// Places of its levels in the declared order; one more than the last stands for people of no level.
    pub levels: Vec<usize>,
    /// People of the group the item was meant for. How many of them answered is not printed.
    pub people: u32,
}

/// The printed answers of the groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupAnswers {
    /// People with answers on one side of the item's cut into two.
    Row {
        /// The answers on that side, in the order of the survey.
        what: Vec<Category>,
        /// One count for each group, in their order; of all groups together it is printed with the whole.
        counts: Vec<Count>,
        /// Whether everybody the item was meant for answered, so that the other side is the rest of each group.
        complete: bool,
        /// The two bands that make one side of the cut, where the groups tell of them, too; else none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bands: Vec<GroupBand>,
    },
    /// No count is printed.
    Hidden {
        /// Why, by what is public.
        reason: NoBreakdown,
    },
}

/// People with answers in one band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBand {
    /// The answers of the band, in the order of the survey.
    pub what: Vec<Category>,
    /// One count for each group, in their order; of all groups together it is printed with the whole.
    pub counts: Vec<Count>,
}

/// Why no answers are printed by groups. Says nothing that is not public anyway: sizes, the survey, the whole as printed,
/// how many answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoBreakdown {
    /// Even merged there are not two groups of the fewest people a group needs.
    GroupsTooSmall,
    /// The groups are an answer of the survey, and its row is not printed exactly.
    GroupsNotKnown,
    /// The question has no cut into two: only such are split.
    NoCut,
    /// Who was asked is itself an answer.
    BaseNotShown,
    /// The whole does not print exactly how many are on each side of the cut.
    WholeNotExact,
    /// In some group too few answered.
    TooFewAnswered,
    /// Any number here could tell of few people; which, is not said.
    Protected,
    /// Beyond what can be decided.
    NotDecided,
}

impl PublishedBreakdown {
    /// Returns one count for each group, or nothing where none is printed.
    #[must_use]
    pub fn counts(&self) -> &[Count] {
        match &self.answers {
            GroupAnswers::Row { counts, .. } => counts,
            GroupAnswers::Hidden { .. } => &[],
        }
    }

    /// Returns the two bands that make one side of the cut, where they are printed.
    #[must_use]
    pub fn bands(&self) -> &[GroupBand] {
        match &self.answers {
            GroupAnswers::Row { bands, .. } => bands,
            GroupAnswers::Hidden { .. } => &[],
        }
    }

    /// Takes the bands away again.
    pub(in crate::disclosure) fn without_bands(mut self) -> Self {
        if let GroupAnswers::Row { bands, .. } = &mut self.answers {
            bands.clear();
        }
        self
    }
}
