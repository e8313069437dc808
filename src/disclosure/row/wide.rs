//! The rule for rows of so many people that their sets of answers are too many to go through one by one.
//!
//! Like every policy it is fixed before any answer is seen, and what it prints is proved to leave nothing open.

use super::code::{Code, Coding};
use super::policy::PrintedRow;
use super::shape::{Grain, LevelSet, Shape};

/// What is printed of a row of very many people at threshold k.
///
/// Write A for the levels printed as "k or fewer" and R for the people in them: R is n less the exact counts, so
/// everybody knows it. The levels are printed where their codes leave nothing open ([`WideRule::levels_are_closed`]).
/// Otherwise the finest declared tier is printed whose cells C all hold more than |C| (k + 1) people, and where there
/// is none, nothing.
///
/// Levels: a set U of levels with levels both in A and outside it, and so its complement, holds more than k people. For
/// U within A, and with R > k, who chose a level of U may think that U has k, and anybody else that U has none, or k:
/// there is room for both. The complement of a U that holds all exact levels is such a set itself. With R from 1 to
/// k - 1 everybody in A knows that it is unsafe, and with 0 or k this is so for some declared U only.
///
/// Tiers: the world where one level m of a cell holds one person and every other level more than k is never printed by
/// levels (R = 1), and leaves every U safe that is not m or all but m. A cell of the printed tier that is made of two or
/// more cells of the finer one has two such m to choose from; with m's finer cell at no more than its limit and the
/// rest of the cell in the other, no finer tier is printed either. Every level has somebody in that world, so it is
/// possible for every reader. The same worlds, with the whole row for the cell, close the row that prints nothing.
#[derive(Clone, Debug)]
pub struct WideRule {
    coding: Coding,
    shape: Shape,
    facts: Vec<LevelSet>,
}

impl WideRule {
    /// Returns the rule, or `None` where there is none: fewer people than k + 1 for every level, or k below 2.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        let levels = u32::try_from(shape.levels()).ok()?;
        let enough = levels.checked_mul(threshold.checked_add(1)?)?;
        let fits = shape.levels() >= 2 && !shape.tiers().is_empty() && threshold >= 2 && people > enough;
        fits.then(|| Self {
            coding,
            shape: shape.clone(),
            facts: shape.facts(),
        })
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<PrintedRow> {
        let sum = counts
            .iter()
            .try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
        if counts.len() != self.shape.levels() || sum != self.coding.people() {
            return None;
        }
        let codes: Vec<Code> = counts.iter().map(|count| self.coding.code(*count)).collect();
        if self.levels_are_closed(&codes) {
            return Some(self.by_levels(counts, &codes));
        }
        let tier = (1..self.shape.tiers().len()).find(|tier| self.is_large(*tier, counts));
        let grain = tier.and_then(|tier| Some(self.shape.tiers().get(tier)?.grain));
        let cells = tier.map_or_else(Vec::new, |tier| self.cells_from(tier, counts));
        Some(PrintedRow { grain, cells })
    }

    /// Returns whether the codes of the levels, and n, leave every fact open to doubt for everybody.
    fn levels_are_closed(&self, codes: &[Code]) -> bool {
        let small = small_levels(codes);
        if let Some(most) = codes.iter().position(|code| matches!(code, Code::AtLeast(_))) {
            // Nearly everybody is in one level. Who is in another level of a fact with it knows that all but few are.
            return self
                .facts
                .iter()
                .all(|fact| !fact.has(most) || fact.levels().count() == 1);
        }
        let exact: u32 = codes
            .iter()
            .map(|code| if let Code::Exact(count) = code { *count } else { 0 })
            .sum();
        let (people, threshold) = (self.coding.people() - exact, self.coding.threshold());
        if small.is_empty() || people > threshold {
            return true;
        }
        // Levels outside a fact that are all among the small ones.
        let outside = |fact: &LevelSet| {
            let others: Vec<usize> = (0..codes.len()).filter(|level| !fact.has(*level)).collect();
            others
                .iter()
                .all(|level| small.contains(level))
                .then_some(others.len())
        };
        if people == threshold {
            return self
                .facts
                .iter()
                .filter_map(outside)
                .all(|others| others == 0 || others == small.len());
        }
        people == 0 && self.facts.iter().filter_map(outside).all(|others| others == 0)
    }

    /// The levels, coded, and every coarser tier whose counts follow from them.
    fn by_levels(&self, counts: &[u32], codes: &[Code]) -> PrintedRow {
        let small = small_levels(codes);
        let has_most = codes.iter().any(|code| matches!(code, Code::AtLeast(_)));
        let follows = |cell: &LevelSet| {
            let inside = small.iter().filter(|level| cell.has(**level)).count();
            !has_most && (inside == 0 || inside == small.len())
        };
        let mut cells = Vec::new();
        for tier in self.shape.tiers().iter().rev() {
            if tier.grain == Grain::Levels || tier.cells.iter().all(follows) {
                self.add(&tier.cells, counts, &mut cells);
            }
        }
        PrintedRow {
            grain: Some(Grain::Levels),
            cells,
        }
    }

    fn cells_from(&self, finest: usize, counts: &[u32]) -> Vec<(LevelSet, Code)> {
        let mut cells = Vec::new();
        for tier in self.shape.tiers().iter().skip(finest).rev() {
            self.add(&tier.cells, counts, &mut cells);
        }
        cells
    }

    fn add(&self, tier: &[LevelSet], counts: &[u32], cells: &mut Vec<(LevelSet, Code)>) {
        for cell in tier {
            if cells.iter().all(|(known, _)| known != cell) {
                cells.push((*cell, self.coding.code(cell.count(counts))));
            }
        }
    }

    /// Returns whether every cell C of a tier holds more than |C| (k + 1) people.
    fn is_large(&self, tier: usize, counts: &[u32]) -> bool {
        let Some(tier) = self.shape.tiers().get(tier) else {
            return false;
        };
        tier.cells.iter().all(|cell| {
            let levels = u32::try_from(cell.levels().count()).unwrap_or(u32::MAX);
            cell.count(counts) > levels.saturating_mul(self.coding.threshold() + 1)
        })
    }
}

fn small_levels(codes: &[Code]) -> Vec<usize> {
    let small = codes
        .iter()
        .enumerate()
        .filter(|(_, code)| matches!(code, Code::AtMost(_)));
    small.map(|(level, _)| level).collect()
}

#[cfg(test)]
mod tests {
    use super::WideRule;
    use crate::disclosure::row::code::Code;
    use crate::disclosure::row::shape::{Grain, LevelSet, Shape};

    fn five() -> Shape {
        Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        )
    }

    fn grain(counts: [u32; 5]) -> Option<Grain> {
        let rule = WideRule::decide(counts.iter().sum(), 5, &five()).unwrap();
        rule.printed(&counts).unwrap().grain
    }

    #[test]
    fn a_million_people_are_printed_level_by_level_with_their_bands() {
        let counts = [100_000, 150_000, 250_000, 300_000, 200_000];
        let printed = WideRule::decide(1_000_000, 5, &five())
            .unwrap()
            .printed(&counts)
            .unwrap();
        assert_eq!(printed.grain, Some(Grain::Levels));
        let level = |levels: &[usize]| {
            let cell = printed
                .cells
                .iter()
                .find(|(cell, _)| *cell == LevelSet::of(levels));
            cell.map(|(_, code)| *code)
        };
        assert_eq!(level(&[1]), Some(Code::Exact(150_000)));
        assert_eq!(level(&[3, 4]), Some(Code::Exact(500_000)));
        assert_eq!(level(&[0, 1]), Some(Code::Exact(250_000)));
    }

    #[test]
    fn what_few_people_alone_are_missing_from_the_sum_is_printed_by_bands() {
        assert_eq!(
            grain([3, 20_000, 20_000, 30_000, 29_997]),
            Some(Grain::ThreeBands)
        );
        assert_eq!(grain([3, 7, 20_000, 49_990, 30_000]), Some(Grain::TwoBands));
        assert_eq!(grain([1, 7, 1, 49_991, 50_000]), None);
        assert_eq!(grain([4, 4, 4, 49_988, 50_000]), Some(Grain::Levels));
    }

    #[test]
    fn everybody_in_one_band_is_not_told() {
        assert_eq!(grain([0, 0, 0, 50_000, 50_000]), None);
        assert_eq!(grain([0, 40_000, 10_000, 0, 50_000]), Some(Grain::Levels));
    }

    #[test]
    fn a_row_too_short_for_its_levels_has_no_such_rule() {
        assert!(WideRule::decide(30, 5, &five()).is_none());
        assert!(WideRule::decide(31, 5, &five()).is_some());
        assert!(WideRule::decide(31, 1, &five()).is_none());
    }
}
