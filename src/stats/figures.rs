//! Every figure of a survey in one place, from its tallies: of everybody, of each group, and groups beside each other.
//!
//! Definitions, sources and limits of each figure: `docs/statistics.md`. What of it may be shown is for `disclosure` to
//! say.

use std::fmt;

use crate::domain::coding::Coding;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;

use super::adjusted::Adjustment;
use super::census::Users;
use super::collect::{By, GroupTallies, Split, Tallies};
use super::confidence::Confidence;
use super::dimension::DimensionTally;
use super::gap::Gap;
use super::guarded::Guarded;
use super::index::{IndexTable, MinimumAnswered};
use super::pair::PairTally;
use super::quantile::Definition;
use super::reliability::{Reliability, reliability};
use super::undefined::Figure;

pub use comparison::{ItemComparison, PairComparison, Test, TestOf, Versus};
pub use item::{CategoryFigures, HandsFigures, ItemFigures, OrdinalFigures};

mod comparison;
mod item;

/// How figures are computed, where there is a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// Of every interval.
    pub confidence: Confidence,
    /// The quartiles' definition, said beside them.
    pub quartiles: Definition,
    /// How many of the favourable levels count as the top, and of the others as the bottom; never all of a scale.
    pub boxes: usize,
    /// How much a person must have answered to have an index.
    pub minimum: MinimumAnswered,
    /// How many users the service has, where that is known: intervals then know how many are left.
    pub users: Option<Users>,
    /// Whether shares have their exact interval too.
    pub exact_shares: bool,
    /// Whether means have their bootstrap interval too; takes time with thousands of people.
    pub bootstrap: bool,
    /// Whether groups are tested against each other, and how the probabilities of a table are adjusted. Off unless
    /// somebody asks.
    pub tests: Option<Adjustment>,
}

impl Default for Method {
    fn default() -> Self {
        Self {
            confidence: Confidence::default(),
            quartiles: Definition::default(),
            boxes: 2,
            minimum: MinimumAnswered::default(),
            users: None,
            exact_shares: false,
            bootstrap: false,
            tests: None,
        }
    }
}

/// The figures of a survey.
///
/// `Debug` of this and of its parts shows no figure.
pub struct SurveyFigures {
    /// Everybody.
    pub all: GroupFigures,
    /// Groups interviewed together: no persons, only hands.
    pub groups: u32,
    /// Interviews of a version that was not given, or of another survey.
    pub left_out: u32,
    /// Those interviewed among all users, where the number of users is known.
    pub response_rate: Option<Figure<f64>>,
    /// By each background that was counted by.
    pub splits: Vec<SplitFigures>,
}

/// The figures of some people.
pub struct GroupFigures {
    /// The level's place among the levels of its background; `None` for everybody, and for those of no level.
    pub level: Option<usize>,
    /// How many they are.
    pub people: u32,
    /// Each item, in file order.
    pub items: Vec<ItemFigures>,
    /// Statements asked on two scales.
    pub pairs: Vec<PairFigures>,
    /// Quality dimensions, where they were counted.
    pub dimensions: Vec<DimensionFigures>,
}

/// How important something is to people, beside how it was.
pub struct PairFigures {
    /// The item on the first scale.
    pub one: ItemKey,
    /// The item on the second scale.
    pub other: ItemKey,
    /// Second less first in levels, person by person; undefined where the scales differ in length.
    pub gap: Figure<Gap>,
    /// The same with both scales from 0 to 100.
    pub gap_0_100: Figure<Gap>,
}

/// The figures of a quality dimension.
pub struct DimensionFigures {
    /// The dimension.
    pub dimension: Id,
    /// Its items, in file order.
    pub items: Vec<ItemKey>,
    /// The index of a person, 0 to 100, over people.
    pub index: Figure<IndexTable>,
    /// Cronbach's alpha and what each item does to it; items by their place in `items`.
    pub reliability: Figure<Guarded<Reliability>>,
}

/// The figures by one background.
pub struct SplitFigures {
    /// The background.
    pub by: By,
    /// Its groups: the levels in order, and last those of no level.
    pub groups: Vec<GroupFigures>,
    /// Each item with its groups beside each other. Those of no level are left out.
    pub comparisons: Vec<ItemComparison>,
}

/// Returns every figure of a survey.
#[must_use]
pub fn figures(coding: &Coding<'_>, tallies: &Tallies, method: &Method) -> SurveyFigures {
    let all = Group {
        level: None,
        people: tallies.interviews(),
        tallies: tallies.all(),
        pairs: tallies.pairs(),
        dimensions: tallies.dimensions(),
    };
    let splits = tallies.splits().iter();
    SurveyFigures {
        all: all.figures(coding, method),
        groups: tallies.groups(),
        left_out: tallies.left_out(),
        response_rate: method
            .users
            .map(|users| users.response_rate(u64::from(tallies.interviews()))),
        splits: splits.map(|split| split_figures(coding, split, method)).collect(),
    }
}

fn split_figures(coding: &Coding<'_>, split: &Split, method: &Method) -> SplitFigures {
    let groups = split.groups().iter().map(|group| {
        // The number of users is that of the whole service.
        let method = Method {
            users: None,
            ..*method
        };
        Group::of(group).figures(coding, &method)
    });
    SplitFigures {
        by: split.by().clone(),
        groups: groups.collect(),
        comparisons: comparison::comparisons(coding, split, method),
    }
}

struct Group<'t> {
    level: Option<usize>,
    people: u32,
    tallies: &'t [super::tally::Tally],
    pairs: &'t [PairTally],
    dimensions: &'t [DimensionTally],
}

impl<'t> Group<'t> {
    fn of(group: &'t GroupTallies) -> Self {
        Self {
            level: group.level(),
            people: group.people(),
            tallies: group.all(),
            pairs: group.pairs(),
            dimensions: group.dimensions(),
        }
    }

    fn figures(&self, coding: &Coding<'_>, method: &Method) -> GroupFigures {
        let items = coding.items().iter().zip(self.tallies);
        GroupFigures {
            level: self.level,
            people: self.people,
            items: items
                .map(|(item, tally)| ItemFigures::of(&item.item, tally, method))
                .collect(),
            pairs: self.pairs.iter().map(|pair| pair_figures(pair, method)).collect(),
            dimensions: self
                .dimensions
                .iter()
                .map(|dimension| dimension_figures(dimension, method))
                .collect(),
        }
    }
}

fn pair_figures(pair: &PairTally, method: &Method) -> PairFigures {
    let (one, other) = pair.items();
    PairFigures {
        one: one.clone(),
        other: other.clone(),
        gap: pair.gap(method.confidence),
        gap_0_100: pair.gap_0_100(method.confidence),
    }
}

fn dimension_figures(dimension: &DimensionTally, method: &Method) -> DimensionFigures {
    let scores = dimension.index().scores(method.minimum);
    DimensionFigures {
        dimension: dimension.dimension().clone(),
        items: dimension.items().to_vec(),
        index: scores.table(method.confidence),
        reliability: reliability(dimension.sums(), method.confidence),
    }
}

impl fmt::Debug for SurveyFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SurveyFigures(..)")
    }
}

impl fmt::Debug for GroupFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GroupFigures(..)")
    }
}

impl fmt::Debug for PairFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairFigures({}, {}, ..)", self.one, self.other)
    }
}

impl fmt::Debug for DimensionFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DimensionFigures({}, ..)", self.dimension)
    }
}

impl fmt::Debug for SplitFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SplitFigures({:?}, ..)", self.by)
    }
}

#[cfg(test)]
mod tests;
