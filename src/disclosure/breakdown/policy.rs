//! What is printed of each group, for every way in which the groups can have answered.

use super::super::row::code::Code;
use super::blocks::{MOST_GROUPS, Slice};

/// The most worlds that are decided one by one. Beyond it the rule of [`Rule::Inside`] holds.
pub const MOST_WORLDS: usize = 20_000;

/// What is printed of the groups of one question, given how many of all answers lie on one side of its cut.
///
/// The promise it keeps: in no group can anybody conclude that fewer than k, or all but fewer than k, of those who
/// answered are on one side; not from this table, the whole's number, the group sizes, how many of each group answered,
/// and the own answer and group.
#[derive(Clone)]
pub struct Policy {
    threshold: u32,
    total: u32,
    answered: Vec<u32>,
    rule: Rule,
}

#[derive(Clone)]
enum Rule {
    /// Worlds put together one by one.
    Slice(Slice),
    /// Too many worlds for that: every group exactly where all lie between k and all but k, otherwise nothing.
    ///
    /// A world printed exactly is safe in every group. The others are one class. Where some worlds are safe in every
    /// group, so is one of this class: from any of them move people between two groups until one of the two is at k or
    /// all but k. In it everybody's own answer is possible, as k people of every group are on each side. Where no world
    /// is safe in every group nothing is ever printed, and the whole, decided at k + 1, leaves nothing open.
    Inside,
}

impl Policy {
    /// Decides what is printed where `total` of all answers lie on the side and so many answered in each group; `None`
    /// where no policy is possible: fewer than two groups or more than eight, a group in which fewer than 2k + 1
    /// answered, or a total that the whole does not print exactly.
    #[must_use]
    pub fn decide(threshold: u32, total: u32, answered: &[u32]) -> Option<Self> {
        let least = threshold.checked_mul(2)?.checked_add(1)?;
        let people = answered
            .iter()
            .try_fold(0_u32, |sum, size| sum.checked_add(*size))?;
        let groups = (2..=MOST_GROUPS).contains(&answered.len());
        let inside = total > threshold && people.checked_sub(total)? > threshold;
        if !groups || !inside || threshold == 0 || answered.iter().any(|size| *size < least) {
            return None;
        }
        let rule = Slice::decide(threshold, total, answered, MOST_WORLDS).map_or(Rule::Inside, Rule::Slice);
        Some(Self {
            threshold,
            total,
            answered: answered.to_vec(),
            rule,
        })
    }

    /// Returns what is printed for these counts, one per group, each `None` where it is hidden; `None` for counts that
    /// are not these groups' answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<Vec<Option<Code>>> {
        let sum: u32 = counts.iter().sum();
        let fits = counts.len() == self.answered.len()
            && sum == self.total
            && counts.iter().zip(&self.answered).all(|(count, all)| count <= all);
        if !fits {
            return None;
        }
        match &self.rule {
            Rule::Slice(slice) => slice.printed(counts),
            Rule::Inside => {
                let inside = counts.iter().zip(&self.answered).all(|(count, all)| {
                    *count > self.threshold && all.saturating_sub(*count) > self.threshold
                });
                let code = |count: &u32| inside.then_some(Code::Exact(*count));
                Some(counts.iter().map(code).collect())
            }
        }
    }

    /// Returns k.
    #[must_use]
    pub const fn threshold(&self) -> u32 {
        self.threshold
    }

    /// Returns how many of all answers lie on the side.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.total
    }

    /// Returns how many answered in each group.
    #[must_use]
    pub fn answered(&self) -> &[u32] {
        &self.answered
    }

    /// Returns whether anything is ever printed.
    #[must_use]
    pub fn prints_something(&self) -> bool {
        match &self.rule {
            Rule::Slice(slice) => slice.prints_something(),
            Rule::Inside => {
                let people: u32 = self.answered.iter().sum();
                let (total, groups) = (self.total, self.answered.len());
                let least = u32::try_from(groups).unwrap_or(u32::MAX) * (self.threshold + 1);
                total >= least && people - total >= least
            }
        }
    }

    /// Calls `see` for every world, where they are few enough to be decided one by one. For figures and planning.
    pub fn each(&self, see: impl FnMut(&[u32])) {
        if let Rule::Slice(slice) = &self.rule {
            slice.each(see);
        }
    }
}

/// A policy knows no answers.
impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policy(k {}, {:?})", self.threshold, self.answered)
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;
    use crate::disclosure::row::code::Code;

    fn printed(total: u32, counts: &[u32]) -> Vec<Option<Code>> {
        let policy = Policy::decide(5, total, &[15, 14]).unwrap();
        policy.printed(counts).unwrap()
    }

    #[test]
    fn two_groups_in_the_middle_are_printed_exactly() {
        assert_eq!(printed(15, &[8, 7]), [Some(Code::Exact(8)), Some(Code::Exact(7))]);
    }

    #[test]
    fn a_group_with_few_is_coded_together_with_worlds_that_are_safe() {
        // 12 of 29: 5 + 7 is the nearest that is safe in both.
        let few = printed(12, &[2, 10]);
        assert_eq!(few, [Some(Code::AtMost(5)), Some(Code::AtLeast(7))]);
        for first in 0..=5 {
            assert_eq!(printed(12, &[first, 12 - first]), few);
        }
        assert_eq!(printed(12, &[6, 6]), [Some(Code::Exact(6)), Some(Code::Exact(6))]);
    }

    #[test]
    fn where_both_groups_cannot_be_safe_nothing_is_printed() {
        for first in 0..=9 {
            assert_eq!(printed(9, &[first, 9 - first]), [None, None]);
        }
        assert!(!Policy::decide(5, 9, &[15, 14]).unwrap().prints_something());
    }

    #[test]
    fn groups_too_small_and_totals_not_printed_have_no_policy() {
        assert!(Policy::decide(5, 12, &[15, 10]).is_none());
        assert!(Policy::decide(5, 12, &[29]).is_none());
        assert!(Policy::decide(5, 5, &[15, 14]).is_none());
        assert!(Policy::decide(5, 24, &[15, 14]).is_none());
        assert!(Policy::decide(5, 23, &[15, 14]).is_some());
    }

    #[test]
    fn hundreds_of_people_in_many_groups_are_printed_where_all_are_inside() {
        let policy = Policy::decide(5, 900, &[500, 400, 300, 600]).unwrap();
        let exact = policy.printed(&[200, 100, 294, 306]).unwrap();
        assert!(exact.iter().all(|code| matches!(code, Some(Code::Exact(_)))));
        assert_eq!(policy.printed(&[200, 100, 295, 305]), Some(vec![None; 4]));
        assert!(policy.prints_something());
    }
}
