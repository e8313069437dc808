//! Answer scales: named levels that many questions share.

use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::domain::number::Number;

/// Which end of a scale is the favourable one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// The last level.
    High,
    /// The first level.
    Low,
    /// Neither: the levels are only different.
    None,
}

/// An answer scale: levels in order, never holding a kind of missing.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Which end is favourable.
    pub good: Good,
    /// What is asked when a matrix puts this scale beside another one.
    pub ask: Option<Localized>,
    /// Levels in order.
    pub levels: Vec<Level>,
    /// How levels are put together when fewer may be shown; `None` when the levels have no order.
    pub bands: Option<Bands>,
    /// Whether every level is just a number, as from 0 to 10.
    pub numeric: bool,
}

/// One level of a scale.
#[derive(Clone, Debug)]
pub struct Level {
    /// Stable code.
    pub code: Id,
    /// The value it counts as in means.
    pub value: Number,
    /// Its words.
    pub text: Localized,
}

/// Levels put together in order, for disclosure control. Each band is a run of neighbouring codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Three bands: unfavourable, middle, favourable in scale order; absent for scales of four levels or fewer.
    pub three: Option<[Vec<Id>; 3]>,
    /// The one cut into two.
    pub two: [Vec<Id>; 2],
}

impl Scale {
    /// Returns the level with this code.
    #[must_use]
    pub fn level(&self, code: &Id) -> Option<&Level> {
        self.levels.iter().find(|level| level.code == *code)
    }

    /// Returns whether the levels have an order that figures may use.
    #[must_use]
    pub const fn is_ordered(&self) -> bool {
        self.bands.is_some()
    }
}
