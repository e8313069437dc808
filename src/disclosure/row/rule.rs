//! Which rule a row is printed by, from public sizes alone.

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
    /// Very many people.
    Wide(WideRule),
}

impl RowRule {
    /// Returns the rule of a row: its levels one world at a time while they are few enough, then its bands up to
    /// [`MOST_BY_BANDS`] people, and beyond that the rule for very many people.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let by_world = || Policy::decide(people, threshold, shape).map(Self::Decided);
        let wide = || WideRule::decide(people, threshold, shape).map(Self::Wide);
        if people > MOST_BY_BANDS {
            return wide().or_else(by_world);
        }
        let whole = Worlds::new(people, shape.levels()).is_some();
        if whole || shape.tiers().len() > 1 {
            by_world().or_else(wide)
        } else {
            wide()
        }
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<PrintedRow> {
        match self {
            Self::Decided(policy) => policy.printed(counts),
            Self::Wide(rule) => rule.printed(counts),
        }
    }
}
