//! Rows of any length and size, by a rule that needs no enumeration: options with no order, bands or groups, or a scale
//! without bands.
//!
//! Write R for the people in cells coded "k or fewer". The rule: print every level coded; print nothing where no cell
//! is "n - k or more" and 0 < R < k. Both forms are functions of the codes (R is n less the exact cells). Why no class
//! leaves a fact open, to an outsider or to a reader with the own answer p:
//!
//! - A cell "n - k or more" leaves at most k people to the others, in any way. The cell itself is safe at n - k, with k
//!   people anywhere among the others; another cell is safe at 0, or at k for whoever stands in it.
//! - No such cell, R = 0: the cells coded "k or fewer" hold nobody, which is safe, and all others are exact.
//! - No such cell, R >= k, c cells coded "k or fewer": such a cell can hold k, and R - k fits into the c - 1 others, for
//!   R is at most c k. A reader of one of these others needs R > k, or else the cell can hold 0 with R = k there.
//! - Nothing printed, 0 < R < k: an unsafe cell is one of the small ones, and there are at least two exact ones (one
//!   would hold more than n - k). Change places of the unsafe cell and an exact one other than p: printed the same, and
//!   safe, and p keeps somebody.
//!
//! This is what [`Policy`](super::policy::Policy) decides by enumeration for the same rows, which the tests show.

use super::code::{Code, Coding};
use super::policy::PrintedRow;
use super::shape::{Grain, LevelSet, Shape};

/// The rule for one row.
#[derive(Clone, Copy, Debug)]
pub struct WideRow {
    coding: Coding,
    levels: usize,
}

impl WideRow {
    /// Returns the rule for n people at threshold k, or `None` where the shape has bands or groups, or fewer than 2k + 1
    /// people or two levels.
    #[must_use]
    pub fn decide(people: u16, threshold: u16, shape: &Shape) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        let plain = shape.tiers().len() == 1 && shape.facts().len() == shape.levels();
        (plain && shape.levels() >= 2).then_some(Self {
            coding,
            levels: shape.levels(),
        })
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u16]) -> Option<PrintedRow> {
        let all: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        if counts.len() != self.levels || all != u64::from(self.coding.people()) {
            return None;
        }
        let codes: Vec<Code> = counts.iter().map(|&count| self.coding.code(count)).collect();
        let small: u16 = counts
            .iter()
            .zip(&codes)
            .filter(|(_, code)| matches!(code, Code::AtMost(_)))
            .map(|(count, _)| *count)
            .sum();
        let has_most = codes.iter().any(|code| matches!(code, Code::AtLeast(_)));
        if !has_most && (1..self.coding.threshold()).contains(&small) {
            return Some(PrintedRow {
                grain: None,
                cells: Vec::new(),
            });
        }
        let cells = codes.into_iter().enumerate();
        Some(PrintedRow {
            grain: Some(Grain::Levels),
            cells: cells
                .map(|(level, code)| (LevelSet::of(&[level]), code))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WideRow;
    use crate::disclosure::row::policy::Policy;
    use crate::disclosure::row::shape::Shape;
    use crate::disclosure::row::worlds::Worlds;

    #[test]
    fn the_rule_prints_what_the_policy_decides_by_enumeration() {
        for levels in 2..=5 {
            let shape = Shape::nominal(levels, &[]);
            for (people, threshold) in [
                (7, 3),
                (8, 3),
                (9, 3),
                (14, 3),
                (11, 5),
                (13, 5),
                (16, 5),
                (20, 6),
            ] {
                let policy = Policy::decide(people, threshold, &shape).unwrap();
                let rule = WideRow::decide(people, threshold, &shape).unwrap();
                Worlds::new(people, levels).unwrap().each(|world| {
                    assert_eq!(
                        rule.printed(world),
                        policy.printed(world),
                        "{levels} {people} {threshold} {world:?}"
                    );
                });
            }
        }
    }

    #[test]
    fn bands_and_groups_have_no_such_rule() {
        let banded = Shape::ordered(4, None, Some(&[vec![0, 1], vec![2, 3]]));
        assert!(WideRow::decide(200, 5, &banded).is_none());
        assert!(WideRow::decide(200, 5, &Shape::nominal(4, &[vec![0, 1]])).is_none());
        assert!(WideRow::decide(10, 5, &Shape::nominal(4, &[])).is_none());
    }
}
