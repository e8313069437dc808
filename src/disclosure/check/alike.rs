//! Every set of counts that fits a printed row, for the checks.

use std::ops::ControlFlow;

use crate::disclosure::row::code::Code;
use crate::disclosure::row::shape::{LevelSet, Shape, Tier};
use crate::disclosure::row::worlds::Worlds;

use super::super::row::policy::PrintedRow;

/// The most sets of counts that are tried.
const MOST_TRIES: usize = 2_000_000;

/// A row looked at by units: its levels, or its bands where there are too many levels.
pub(super) struct Units {
    people: u32,
    threshold: u32,
    levels: usize,
    pub(super) units: Vec<LevelSet>,
    /// Facts as places of units.
    pub(super) facts: Vec<Vec<usize>>,
}

/// A printed cell as places of units, with the counts it allows.
struct Limit {
    units: Vec<usize>,
    low: u32,
    high: u32,
}

impl Units {
    /// Returns the finest units that are few enough to look at every set of counts; the coarsest where none are, of
    /// which only those that fit the printed codes are looked at.
    pub(super) fn of(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let fits = |tier: &&Tier| Worlds::new(people, tier.cells.len()).is_some();
        let tier = shape.tiers().iter().find(fits).or_else(|| shape.tiers().last())?;
        let units = tier.cells.clone();
        let facts = shape.facts().into_iter().map(|fact| places(&units, fact));
        Some(Self {
            people,
            threshold,
            levels: shape.levels(),
            facts: facts.filter(|units| !units.is_empty()).collect(),
            units,
        })
    }

    /// Returns the count of a fact.
    pub(super) fn count(fact: &[usize], counts: &[u32]) -> u32 {
        fact.iter().filter_map(|&unit| counts.get(unit)).sum()
    }

    /// Calls `see` for every set of counts that `print` prints as `printed`, until it breaks off. Only those that fit the
    /// printed codes are tried, those in the middle first.
    pub(super) fn each_alike(
        &self,
        printed: &PrintedRow,
        print: &dyn Fn(&[u32]) -> Option<PrintedRow>,
        see: &mut dyn FnMut(&[u32]) -> ControlFlow<()>,
    ) {
        let whole = Limit {
            units: (0..self.units.len()).collect(),
            low: self.people,
            high: self.people,
        };
        let cells = printed.cells.iter().map(|(cell, code)| {
            let (low, high) = match *code {
                Code::Exact(count) => (count, count),
                Code::AtMost(most) => (0, most),
                Code::AtLeast(least) => (least, self.people),
            };
            Limit {
                units: places(&self.units, *cell),
                low,
                high,
            }
        });
        let limits: Vec<Limit> = cells.chain(std::iter::once(whole)).collect();
        let mut tries = MOST_TRIES;
        let mut counts = vec![0; self.units.len()];
        // Breaking off is all there is to it.
        let _ = self.spread(0, &limits, &mut counts, &mut |counts| {
            tries -= 1;
            if tries == 0 {
                return ControlFlow::Break(());
            }
            if print(&self.by_level(counts)).as_ref() == Some(printed) {
                see(counts)
            } else {
                ControlFlow::Continue(())
            }
        });
    }

    fn spread(
        &self,
        from: usize,
        limits: &[Limit],
        counts: &mut Vec<u32>,
        see: &mut dyn FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if from == counts.len() {
            return see(counts);
        }
        let (mut low, mut high) = (0, self.people);
        let (least, most) = self.room_after(from, limits);
        let left = self.people.saturating_sub(counts.iter().take(from).sum());
        low = low.max(left.saturating_sub(most));
        high = high.min(left.saturating_sub(least));
        if left < least {
            return ControlFlow::Continue(());
        }
        for limit in limits.iter().filter(|limit| limit.units.contains(&from)) {
            let before = limit.units.iter().filter(|unit| **unit < from);
            let so_far: u32 = before.filter_map(|unit| counts.get(*unit)).sum();
            high = high.min(limit.high.saturating_sub(so_far));
            if limit.high < so_far {
                return ControlFlow::Continue(());
            }
            if limit.units.iter().all(|unit| *unit <= from) {
                low = low.max(limit.low.saturating_sub(so_far));
            }
        }
        let middle = self.threshold.clamp(low, high.max(low));
        for here in (middle..=high).chain(low..middle.min(high.saturating_add(1))) {
            if let Some(count) = counts.get_mut(from) {
                *count = here;
            }
            self.spread(from + 1, limits, counts, see)?;
        }
        ControlFlow::Continue(())
    }

    /// How many people the units after this one hold at least and at most, by the cells of one unit.
    fn room_after(&self, from: usize, limits: &[Limit]) -> (u32, u32) {
        let after = from + 1..self.units.len();
        after.fold((0_u32, 0_u32), |(least, most), unit| {
            let own = limits.iter().filter(|limit| limit.units.as_slice() == [unit]);
            let (low, high) = own.fold((0, self.people), |(low, high), limit| {
                (limit.low.max(low), limit.high.min(high))
            });
            (least.saturating_add(low), most.saturating_add(high))
        })
    }

    /// Counts by level for counts by unit: everybody of a unit at its first level.
    fn by_level(&self, counts: &[u32]) -> Vec<u32> {
        let mut by_level = vec![0; self.levels];
        for (count, unit) in counts.iter().zip(&self.units) {
            if let Some(level) = unit.levels().next().and_then(|first| by_level.get_mut(first)) {
                *level = *count;
            }
        }
        by_level
    }
}

fn places(units: &[LevelSet], cell: LevelSet) -> Vec<usize> {
    let inside = units.iter().enumerate().filter(|(_, unit)| cell.covers(**unit));
    inside.map(|(place, _)| place).collect()
}
