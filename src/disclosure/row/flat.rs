//! What is printed of a row with too many worlds to decide one by one: a rule for any number of people and answers.
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
//! - where T - k is not larger than every other: nothing. This, too, depends on T and the other counts only, so people may
//!   move between small answers and the largest as before.
//!
//! So every class leaves each fact deniable to everybody. The rule treats all answers alike.

use super::code::Code;

/// Returns how each count is printed, or `None` where nothing is.
pub(super) fn printed(counts: &[u16], threshold: u16) -> Option<Vec<Code>> {
    let small: u32 = sum(counts.iter().filter(|count| **count <= threshold));
    let others: Vec<u16> = counts
        .iter()
        .copied()
        .filter(|count| *count > threshold)
        .collect();
    let told = small > u32::from(threshold) || small == 0 && others.len() > 1;
    let largest = others.iter().copied().max().unwrap_or_default();
    // T - k; people are at most u16::MAX together.
    let least = u32::from(largest) + small;
    let least = u16::try_from(least.saturating_sub(u32::from(threshold))).ok()?;
    let as_large = others.iter().filter(|count| **count >= least).count();
    if !told && as_large > 1 {
        return None;
    }
    let code = |count: &u16| {
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

fn sum<'a>(counts: impl Iterator<Item = &'a u16>) -> u32 {
    counts.map(|count| u32::from(*count)).sum()
}

#[cfg(test)]
mod tests {
    use super::printed;
    use crate::disclosure::row::code::Code;

    #[test]
    fn answers_of_more_than_k_are_told_beside_small_ones_that_are_many_together() {
        let codes = printed(&[700, 3, 240, 4, 53], 5).unwrap();
        assert_eq!(
            codes,
            [
                Code::Exact(700),
                Code::AtMost(5),
                Code::Exact(240),
                Code::AtMost(5),
                Code::Exact(53)
            ]
        );
        let nobody = printed(&[700, 0, 300], 5).unwrap();
        assert_eq!(nobody, [Code::Exact(700), Code::AtMost(5), Code::Exact(300)]);
    }

    #[test]
    fn a_few_are_kept_by_telling_less_of_the_largest() {
        let few = printed(&[700, 2, 298], 5).unwrap();
        assert_eq!(few, [Code::AtLeast(697), Code::AtMost(5), Code::Exact(298)]);
        assert_eq!(Some(few), printed(&[697, 5, 298], 5));
        assert_eq!(printed(&[500, 2, 498], 5), None);
    }

    #[test]
    fn everybody_and_all_but_few_are_told_alike() {
        assert_eq!(printed(&[1000, 0, 0], 5), printed(&[996, 1, 3], 5));
    }
}
