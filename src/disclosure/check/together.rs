//! The check of a whole and its groups beside each other: single answers within groups.
//!
//! Goes through the sets of answers that print the same of the whole and those that print the same of the groups. Given
//! how many are on the side that is told by groups, how the whole's answers spread over the answers of a side and how the
//! side spreads over the groups are free of each other: of any pair the count of an answer in a group lies between two
//! bounds, and every number between them is possible.

use std::ops::ControlFlow;

use crate::disclosure::row::code::Code;
use crate::disclosure::row::policy::PrintedRow;
use crate::disclosure::row::shape::{LevelSet, Shape};

use super::alike::Units;

/// The most sets of answers of each kind that are looked at beside each other.
const MOST_LOOKED_AT: usize = 400;
/// The most sets of groups' counts that are tried.
const MOST_TRIES: usize = 20_000;

/// A whole as it is printed, and how it prints others.
pub struct Whole<'p> {
    /// Its levels.
    pub shape: &'p Shape,
    /// Its people.
    pub people: u32,
    /// What is printed.
    pub printed: &'p PrintedRow,
    /// The printing function, as a black box.
    pub print: &'p dyn Fn(&[u32]) -> Option<PrintedRow>,
}

/// Groups as they are printed: how many of each are on a side.
pub struct Groups<'p> {
    /// The answers on the side.
    pub side: LevelSet,
    /// How many of each group answered.
    pub answered: &'p [u32],
    /// How many of each are on the side.
    pub counts: &'p [u32],
    /// The printing function, as a black box.
    pub print: &'p dyn Fn(&[u32]) -> Option<Vec<Option<Code>>>,
}

/// Somebody who knows the own answer: group and level.
type Insider = (usize, usize);

/// Returns how many counts of single answers in single groups readers could conclude, or `None` when there are too many
/// sets of answers to say so. `threshold` is k. Readers know how many of each group answered.
pub fn open_facts(threshold: u32, whole: &Whole<'_>, groups: &Groups<'_>) -> Option<usize> {
    let units = Units::of(whole.people, threshold, whole.shape)?;
    if units.units.len() != whole.shape.levels() || groups.answered.len() != groups.counts.len() {
        return None;
    }
    let total: u32 = groups.counts.iter().sum();
    let (mut wholes, mut all) = (Vec::new(), true);
    units.each_alike(whole.printed, whole.print, &mut |counts| {
        if groups.side.count(counts) != total {
            return ControlFlow::Continue(());
        }
        wholes.push(counts.to_vec());
        all = wholes.len() < MOST_LOOKED_AT;
        if all {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    let (by_group, all_groups) = groups.alike(total)?;
    all &= all_groups;
    let levels = whole.shape.levels();
    let insiders = (0..groups.answered.len()).flat_map(|group| (0..levels).map(move |level| (group, level)));
    let readers: Vec<Option<Insider>> = std::iter::once(None).chain(insiders.clone().map(Some)).collect();
    let facts: Vec<Insider> = insiders.collect();
    let mut seen = vec![(false, false); readers.len() * facts.len()];
    for counts in &wholes {
        for on_side in &by_group {
            let pair = Pair {
                threshold,
                side: groups.side,
                counts,
                on_side,
                answered: groups.answered,
            };
            let places = readers
                .iter()
                .flat_map(|reader| facts.iter().map(move |fact| (*reader, *fact)));
            for (seen, (reader, fact)) in seen.iter_mut().zip(places) {
                if !seen.1 {
                    let (bad, good) = pair.can_be(fact, reader);
                    seen.0 |= bad;
                    seen.1 |= good;
                }
            }
        }
        if seen.iter().all(|(_, good)| *good) {
            return Some(0);
        }
    }
    let open = seen.iter().filter(|(bad, good)| *bad && !good).count();
    (open == 0 || all).then_some(open)
}

impl Groups<'_> {
    /// The groups' counts that print the same, and whether these are all.
    fn alike(&self, total: u32) -> Option<(Vec<Vec<u32>>, bool)> {
        let printed = (self.print)(self.counts)?;
        let mut found = Vec::new();
        let mut tries = 0;
        let mut counts = vec![0; self.answered.len()];
        let all = self.spread(total, 0, &mut counts, &mut |counts| {
            tries += 1;
            if (self.print)(counts).as_ref() == Some(&printed) {
                found.push(counts.to_vec());
            }
            if found.len() >= MOST_LOOKED_AT || tries >= MOST_TRIES {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        Some((found, all.is_continue()))
    }

    fn spread(
        &self,
        left: u32,
        from: usize,
        counts: &mut Vec<u32>,
        see: &mut dyn FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(size) = self.answered.get(from) else {
            return see(counts);
        };
        let others: u32 = self.answered.iter().skip(from + 1).sum();
        for here in left.saturating_sub(others)..=left.min(*size) {
            if let Some(count) = counts.get_mut(from) {
                *count = here;
            }
            self.spread(left - here, from + 1, counts, see)?;
        }
        ControlFlow::Continue(())
    }
}

/// A set of answers of the whole, and one of the groups with the same sum.
struct Pair<'p> {
    threshold: u32,
    side: LevelSet,
    counts: &'p [u32],
    on_side: &'p [u32],
    answered: &'p [u32],
}

impl Pair<'_> {
    /// People of a group on the side of a level, and of all groups.
    fn room(&self, group: usize, level: usize) -> (u32, u32) {
        let at = |counts: &[u32]| counts.get(group).copied().unwrap_or_default();
        let (here, all) = (at(self.on_side), self.on_side.iter().sum::<u32>());
        if self.side.has(level) {
            (here, all)
        } else {
            (at(self.answered) - here, self.answered.iter().sum::<u32>() - all)
        }
    }

    /// Whether the count of a level in a group can be unsafe, and whether it can be safe, for a reader who is possible.
    fn can_be(&self, (group, level): Insider, reader: Option<Insider>) -> (bool, bool) {
        let count = |level: usize| self.counts.get(level).copied().unwrap_or_default();
        let (mut here, mut all) = self.room(group, level);
        let (mut left, mut own) = (count(level), 0);
        if let Some((reader_group, reader_level)) = reader {
            if count(reader_level) == 0 || self.room(reader_group, reader_level).0 == 0 {
                return (false, false);
            }
            // The reader's place is taken, and the reader's answer is known.
            if self.side.has(reader_level) == self.side.has(level) {
                all -= 1;
                here -= u32::from(reader_group == group);
            }
            if reader_level == level {
                left -= 1;
                own = u32::from(reader_group == group);
            }
        }
        let low = own + left.saturating_sub(all - here);
        let high = own + left.min(here);
        let size = self.answered.get(group).copied().unwrap_or_default();
        let k = self.threshold;
        let is_safe = |count: u32| count == 0 || count >= k && size.saturating_sub(count) >= k;
        let mut some = low..=high;
        ((low..=high).any(|count| !is_safe(count)), some.any(is_safe))
    }
}

#[cfg(test)]
mod tests {
    use super::{Groups, Whole, open_facts};
    use crate::disclosure::breakdown::policy::Policy as GroupPolicy;
    use crate::disclosure::row::code::Code;
    use crate::disclosure::row::policy::Policy;
    use crate::disclosure::row::shape::{LevelSet, Shape};

    fn five() -> Shape {
        Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        )
    }

    fn open(print: &dyn Fn(&[u32]) -> Option<Vec<Option<Code>>>, counts: [u32; 2]) -> Option<usize> {
        let shape = five();
        let policy = Policy::decide_beside_groups(29, 5, &shape).unwrap();
        let all = [1, 4, 9, 8, 7];
        let printed = policy.printed(&all).unwrap();
        let whole = Whole {
            shape: &shape,
            people: 29,
            printed: &printed,
            print: &|counts| policy.printed(counts),
        };
        let groups = Groups {
            side: LevelSet::of(&[3, 4]),
            answered: &[15, 14],
            counts: &counts,
            print,
        };
        open_facts(5, &whole, &groups)
    }

    #[test]
    fn single_answers_in_groups_are_closed_beside_the_policy() {
        let policy = GroupPolicy::decide(5, 15, &[15, 14]).unwrap();
        for counts in [[8, 7], [2, 13], [13, 2]] {
            assert_eq!(
                open(&|counts| policy.printed(counts), counts),
                Some(0),
                "{counts:?}"
            );
        }
    }

    #[test]
    fn an_answer_few_of_a_group_can_have_given_is_found() {
        let exact = |counts: &[u32]| Some(counts.iter().map(|count| Some(Code::Exact(*count))).collect());
        assert!(open(&exact, [2, 13]).unwrap() > 0);
    }
}
