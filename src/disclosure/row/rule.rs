//! Which rule a row is printed by, from public sizes alone.

use super::flat::FlatRule;
use super::policy::{Policy, PrintedRow};
use super::shape::Shape;
use super::wide::WideRule;
use super::worlds::Worlds;

/// The most people a row may have to be decided by its bands, set of answers by set of answers.
pub const MOST_BY_BANDS: u32 = 300;

/// The rule of one row.
#[derive(Clone, Debug)]
pub enum RowRule {
    /// Every possible set of answers has its own form.
    Decided(Policy),
    /// Very many people, with bands to fall back on.
    Wide(WideRule),
    /// Without bands to fall back on: more is told than one set of answers at a time would come to, whatever the size.
    Flat(FlatRule),
}

impl RowRule {
    /// Returns the rule of a row. Without bands: [`FlatRule`]. With bands: its levels one world at a time while they are few
    /// enough, then its bands up to [`MOST_BY_BANDS`] people, and beyond that the rule for very many people.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let by_world = || Policy::decide(people, threshold, shape).map(Self::Decided);
        Self::of(people, shape, by_world, threshold)
    }

    /// As [`RowRule::decide`], for a row that is also split by groups of at least 2k people each.
    ///
    /// What a rule keeps at k + 1 it keeps for groups at k, too: without one reader, who may be in another group, there
    /// are still k people on either side of every count that is not 0.
    #[must_use]
    pub fn decide_beside_groups(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let by_world = || Policy::decide_beside_groups(people, threshold, shape).map(Self::Decided);
        Self::of(people, shape, by_world, threshold.checked_add(1)?)
    }

    fn of(people: u32, shape: &Shape, by_world: impl Fn() -> Option<Self>, threshold: u32) -> Option<Self> {
        let wide = || WideRule::decide(people, threshold, shape).map(Self::Wide);
        let flat = || FlatRule::decide(people, threshold, shape).map(Self::Flat);
        let whole = Worlds::new(people, shape.levels()).is_some();
        let by_bands = shape.tiers().len() > 1 && people <= MOST_BY_BANDS;
        if shape.tiers().len() == 1 {
            flat().or_else(by_world).or_else(wide)
        } else if whole && people <= MOST_BY_BANDS || by_bands {
            by_world().or_else(flat).or_else(wide)
        } else {
            wide().or_else(flat).or_else(by_world)
        }
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<PrintedRow> {
        match self {
            Self::Decided(policy) => policy.printed(counts),
            Self::Wide(rule) => rule.printed(counts),
            Self::Flat(rule) => rule.printed(counts),
        }
    }
}
