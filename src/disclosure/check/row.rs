//! The check of a row with one answer each, and of what it tells about groups.

use std::ops::ControlFlow;

use crate::disclosure::row::policy::PrintedRow;
use crate::disclosure::row::shape::Shape;

use super::alike::Units;
use super::tells_too_much;

/// What the check of one printed row found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How many possible sets of counts that print the same were looked at.
    pub worlds: usize,
    /// Facts that somebody could conclude: unsafe in one of them, and in all that agree with the own answer.
    pub open: usize,
}

/// Returns what readers of a printed row could conclude, or `None` when there are too many sets of counts to look at.
///
/// `print` is the printing function as a black box. A row too long to be looked at level by level is looked at by its
/// bands, which is enough: within a band of several levels the others can always be where the fact needs them (the
/// level at 0, or at k beside an own answer in it, which a safe count of the band allows).
///
/// Ends as soon as every fact was seen safe for everybody.
pub fn check(
    people: u32,
    threshold: u32,
    shape: &Shape,
    printed: &PrintedRow,
    print: impl Fn(&[u32]) -> Option<PrintedRow>,
) -> Option<Finding> {
    let units = Units::of(people, threshold, shape)?;
    // Per reader (each unit, and last the outsider) and fact: seen unsafe, seen safe.
    let mut seen = vec![vec![(false, false); units.facts.len()]; units.units.len() + 1];
    let mut worlds = 0;
    units.each_alike(printed, &print, &mut |counts| {
        worlds += 1;
        for (reader, facts_seen) in seen.iter_mut().enumerate() {
            if counts.get(reader).is_some_and(|&own| own == 0) {
                continue;
            }
            for (fact, seen) in units.facts.iter().zip(facts_seen) {
                if tells_too_much(Units::count(fact, counts), people, threshold) {
                    seen.0 = true;
                } else {
                    seen.1 = true;
                }
            }
        }
        if worlds > 1 && seen.iter().flatten().all(|(_, seen_safe)| *seen_safe) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let open = seen
        .iter()
        .flatten()
        .filter(|(seen_unsafe, seen_safe)| *seen_unsafe && !seen_safe)
        .count();
    Some(Finding { worlds, open })
}

/// Returns how many facts about groups readers of a printed whole could conclude, where so many of each group
/// answered; `None` when there are too many sets of counts to look at.
///
/// Of every set of counts that prints the same, and for everybody by group and own answer, it looks between which bounds
/// each count of each group can lie. `threshold` is k of the groups.
pub fn open_group_facts(
    threshold: u32,
    answered: &[u32],
    shape: &Shape,
    printed: &PrintedRow,
    print: impl Fn(&[u32]) -> Option<PrintedRow>,
) -> Option<usize> {
    let people = answered
        .iter()
        .try_fold(0_u32, |sum, size| sum.checked_add(*size))?;
    let units = Units::of(people, threshold, shape)?;
    let mut sizes: Vec<u32> = answered.to_vec();
    sizes.sort_unstable();
    sizes.dedup();
    // Somebody outside, and everybody by unit, in the group looked at or in another one.
    let insiders = (0..units.units.len()).flat_map(|unit| [Some((unit, true)), Some((unit, false))]);
    let readers: Vec<Option<(usize, bool)>> = std::iter::once(None).chain(insiders).collect();
    let is_of_two = |fact: &[usize]| {
        let rest: Vec<usize> = (0..units.units.len())
            .filter(|unit| !fact.contains(unit))
            .collect();
        shape.sides().is_some() && units.facts.contains(&rest)
    };
    let facts: Vec<(&Vec<usize>, bool)> = units.facts.iter().map(|fact| (fact, is_of_two(fact))).collect();
    let mut seen = vec![(false, false); sizes.len() * readers.len() * facts.len()];
    units.each_alike(printed, &print, &mut |counts| {
        let mut place = seen.iter_mut();
        for size in &sizes {
            for reader in &readers {
                let is_possible =
                    reader.is_none_or(|(own, _)| counts.get(own).is_some_and(|&count| count > 0));
                for (fact, of_two) in &facts {
                    let Some(seen) = place.next() else { break };
                    if is_possible {
                        let count = Units::count(fact, counts);
                        let own = reader.map(|(own, in_group)| (fact.contains(&own), in_group));
                        let bounds = bounds_in_group(count, people, *size, own);
                        let (bad, good) = can_be(bounds, *size, threshold, *of_two);
                        seen.0 |= bad;
                        seen.1 |= good;
                    }
                }
            }
        }
        if seen.iter().all(|(_, good)| *good) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    Some(seen.iter().filter(|(bad, good)| *bad && !good).count())
}

/// Between which bounds the count of a group of `size` lies, where it is `count` in a whole of `people`. `own` is
/// somebody whose answer is known: whether it counts, and whether in this group.
fn bounds_in_group(count: u32, people: u32, size: u32, own: Option<(bool, bool)>) -> (u32, u32) {
    let (counted, in_group) = own.map_or((false, false), |(counts, here)| (counts, here));
    let known = u32::from(own.is_some());
    let (fixed, left) = (u32::from(counted && in_group), count - u32::from(counted));
    // Others in the group, and others anywhere.
    let room = size - u32::from(in_group) * known;
    let others = people - known;
    (fixed + left.saturating_sub(others - room), fixed + left.min(room))
}

/// Whether a count within bounds can be unsafe, and whether it can be safe. Of two answers nobody is everybody of the
/// other, so 0 is unsafe too.
fn can_be((low, high): (u32, u32), size: u32, threshold: u32, of_two: bool) -> (bool, bool) {
    let is_safe = |count: u32| {
        let middle = count >= threshold && size.saturating_sub(count) >= threshold;
        middle || count == 0 && !of_two
    };
    let mut all = low..=high;
    ((low..=high).any(|count| !is_safe(count)), all.any(is_safe))
}

#[cfg(test)]
mod tests {
    use super::{check, open_group_facts};
    use crate::disclosure::row::code::Coding;
    use crate::disclosure::row::policy::{Policy, PrintedRow};
    use crate::disclosure::row::shape::{Grain, Shape};

    fn five() -> Shape {
        Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        )
    }

    #[test]
    fn a_row_printed_by_the_policy_is_closed() {
        let policy = Policy::decide(20, 5, &five()).unwrap();
        for counts in [
            [0, 1, 3, 7, 9],
            [2, 2, 2, 7, 7],
            [0, 0, 0, 0, 20],
            [4, 4, 4, 4, 4],
        ] {
            let printed = policy.printed(&counts).unwrap();
            let finding = check(20, 5, &five(), &printed, |counts| policy.printed(counts)).unwrap();
            assert_eq!(finding.open, 0, "{counts:?}");
            assert!(finding.worlds > 1);
        }
    }

    #[test]
    fn the_whole_decided_with_one_more_tells_nothing_of_groups_and_the_usual_one_does() {
        let two = Shape::nominal(2, &[]);
        let open = |threshold: u32, counts: [u32; 2]| {
            let policy = Policy::decide(16, threshold, &two).unwrap();
            let printed = policy.printed(&counts).unwrap();
            open_group_facts(3, &[8, 8], &two, &printed, |counts| policy.printed(counts)).unwrap()
        };
        assert!(open(3, [14, 2]) > 0);
        assert_eq!(open(4, [14, 2]), 0);
        let policy = Policy::decide(29, 6, &five()).unwrap();
        for counts in [
            [0, 1, 3, 7, 18],
            [2, 2, 2, 7, 16],
            [0, 0, 0, 0, 29],
            [5, 6, 6, 6, 6],
        ] {
            let printed = policy.printed(&counts).unwrap();
            let open = open_group_facts(5, &[15, 14], &five(), &printed, |counts| policy.printed(counts));
            assert_eq!(open, Some(0), "{counts:?}");
        }
    }

    #[test]
    fn coding_alone_leaves_a_count_open_that_the_others_give_away() {
        let coding = Coding::new(20, 5).unwrap();
        let (cells, _) = five().cells();
        let naive = |counts: &[u32]| {
            let cells = cells
                .iter()
                .map(|cell| (*cell, coding.code(cell.count(counts))))
                .collect();
            Some(PrintedRow {
                grain: Some(Grain::Levels),
                cells,
            })
        };
        let counts = [1, 0, 6, 6, 7];
        let printed = naive(&counts).unwrap();
        assert!(check(20, 5, &five(), &printed, naive).unwrap().open > 0);
    }
}
