//! The rule for rows without bands: for any number of people and answers.
//!
//! Deciding one set of answers at a time ([`super::policy`]) has nothing between all answers and none to fall back on here. On
//! average over all ways to share 29 people among five options this rule tells 1.7 counts exactly, that one 1.2.
//!
//! Small answers, those of at most k people, are coded; they are S, and s people gave one of them together. The others are
//! more than k each. From n and the exact counts everybody knows s, so the rule goes by s:
//!
//! - s = 0, and at least two others: every count is told. Nobody is no fact, and each other count is between k and n - k.
//! - s > k: the others are told. A small answer can be k, with at least one left for anybody's own small answer. No other
//!   count exceeds n - k, for s > k.
//! - otherwise s could be told to be few. The largest answer is then told as "T - k or more", where T is its count and s
//!   together, if T - k is still larger than every other; the others are exact. The class holds every s from 1 to k (from 0
//!   where all but one answer are small): a small answer can be k, and it can be 0 beside an own answer that is another
//!   small one. With s = k the largest is at most n - k.
//! - where T - k is not larger than every other: the smallest of the others (all that are equally small) is coded together
//!   with the small ones, as "fewer than m", where m is the smallest of those still told. Whoever of the coded ones is few,
//!   one of them is not, and which one is not told: the two exchanged print the same, and nobody's own answer stands in the
//!   way, as both have somebody. That one is safe, for m is larger and told, so that more than k lie outside.
//! - where all the others are equally small, so that none is left to tell: nothing. Here, too, a small one may be exchanged
//!   with one of them.
//!
//! So every class leaves each fact deniable to everybody. The rule treats all answers alike.

use super::code::{Code, Coding};
use super::policy::PrintedRow;
use super::shape::{LevelSet, Shape, Tier};

/// What is printed of a row without bands, of any number of people at threshold k.
#[derive(Clone, Debug)]
pub struct FlatRule {
    coding: Coding,
    tier: Tier,
}

impl FlatRule {
    /// Returns the rule for the coarsest cells of a row, or `None` where there is none: fewer than three cells, a
    /// declared band that is in none of them, or fewer than 2k + 1 people.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        let tier = shape.tiers().last()?.clone();
        let is_inside = |fact: &LevelSet| tier.cells.iter().any(|cell| cell.covers(*fact));
        (tier.cells.len() >= 3 && shape.facts().iter().all(is_inside)).then_some(Self { coding, tier })
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<PrintedRow> {
        let sum = |counts: &[u32]| {
            let all = counts.iter();
            all.fold(0_u32, |sum, count| sum.saturating_add(*count))
        };
        let by_cell: Vec<u32> = self.tier.cells.iter().map(|cell| cell.count(counts)).collect();
        if sum(counts) != self.coding.people() || sum(&by_cell) != self.coding.people() {
            return None;
        }
        let Some(codes) = codes(&by_cell, self.coding.threshold()) else {
            return Some(PrintedRow::nothing());
        };
        Some(PrintedRow {
            grain: Some(self.tier.grain),
            cells: self.tier.cells.iter().copied().zip(codes).collect(),
        })
    }
}

/// Returns how each count is printed, or `None` where nothing is.
fn codes(counts: &[u32], threshold: u32) -> Option<Vec<Code>> {
    let (small, others): (Vec<u32>, Vec<u32>) = counts.iter().partition(|count| **count <= threshold);
    let small: u32 = small.iter().sum();
    let told = small > threshold || small == 0 && others.len() > 1;
    let largest = others.iter().copied().max().unwrap_or_default();
    // T - k.
    let least = (largest + small).saturating_sub(threshold);
    if !told && others.iter().filter(|count| **count >= least).count() > 1 {
        return largest_only(counts, *others.iter().min()?);
    }
    let code = |count: &u32| {
        if *count <= threshold {
            Code::AtMost(threshold)
        } else if told || *count < largest {
            Code::Exact(*count)
        } else {
            Code::AtLeast(least)
        }
    };
    Some(counts.iter().map(code).collect())
}

/// The counts above this one are told, the others are fewer than the smallest of those; `None` where there are none.
fn largest_only(counts: &[u32], coded_to: u32) -> Option<Vec<Code>> {
    let smallest = counts.iter().filter(|count| **count > coded_to).min()?;
    let code = |count: &u32| {
        if *count > coded_to {
            Code::Exact(*count)
        } else {
            Code::AtMost(smallest - 1)
        }
    };
    Some(counts.iter().map(code).collect())
}

#[cfg(test)]
mod tests {
    use super::codes;
    use crate::disclosure::row::code::Code;

    #[test]
    fn answers_of_more_than_k_are_told_beside_small_ones_that_are_many_together() {
        let told = codes(&[700, 3, 240, 4, 53], 5).unwrap();
        assert_eq!(
            told,
            [
                Code::Exact(700),
                Code::AtMost(5),
                Code::Exact(240),
                Code::AtMost(5),
                Code::Exact(53)
            ]
        );
        let nobody = codes(&[700, 0, 300], 5).unwrap();
        assert_eq!(nobody, [Code::Exact(700), Code::AtMost(5), Code::Exact(300)]);
    }

    #[test]
    fn a_few_are_kept_by_telling_less_of_the_largest() {
        let few = codes(&[700, 2, 298], 5).unwrap();
        assert_eq!(few, [Code::AtLeast(697), Code::AtMost(5), Code::Exact(298)]);
        assert_eq!(Some(few), codes(&[697, 5, 298], 5));
        // Which of the two is the few is not told.
        let two = codes(&[500, 2, 498], 5).unwrap();
        assert_eq!(two, [Code::Exact(500), Code::AtMost(499), Code::AtMost(499)]);
        assert_eq!(Some(two), codes(&[500, 498, 2], 5));
        assert_eq!(codes(&[499, 2, 499], 5), None);
    }

    #[test]
    fn everybody_and_all_but_few_are_told_alike() {
        assert_eq!(codes(&[1000, 0, 0], 5), codes(&[996, 1, 3], 5));
    }
}
