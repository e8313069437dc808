//! The check of a whole and its groups beside each other: single answers within groups, and bands where these are told
//! by groups.
//!
//! Goes through the sets of answers that print the same of the whole and those that print the same of the groups. Given
//! how many are in each part that is told by groups (the two sides of a cut, or three bands), how the whole's answers
//! spread over the answers of a part and how the part spreads over the groups are free of each other: of any pair the
//! count of an answer in a group lies between two bounds, and every number between them is possible.

use std::ops::ControlFlow;

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

/// Groups as they are printed: how many of each are in each part of the answers.
pub struct Groups<'p> {
    /// The parts: every level is in one of them.
    pub parts: &'p [LevelSet],
    /// How many of each group answered.
    pub answered: &'p [u32],
    /// How many of each group are in each part: a row for each group.
    pub counts: &'p [Vec<u32>],
    /// Whether other counts of the groups print the same, as a black box.
    pub prints_alike: &'p dyn Fn(&[Vec<u32>]) -> bool,
}

/// Counts of the groups that print the same.
pub struct Alike {
    worlds: Vec<Vec<Vec<u32>>>,
    /// Whether there are no others.
    all: bool,
}

/// Somebody who knows the own answer: group and level.
type Insider = (usize, usize);

/// Returns how many counts of single answers in single groups readers could conclude, or `None` when there are too many
/// sets of answers to say so. `threshold` is k. Readers know how many of each group answered.
pub fn open_facts(threshold: u32, whole: &Whole<'_>, groups: &Groups<'_>, alike: &Alike) -> Option<usize> {
    let units = Units::of(whole.people, threshold, whole.shape)?;
    if units.units.len() != whole.shape.levels() || groups.answered.len() != groups.counts.len() {
        return None;
    }
    let totals = groups.totals();
    let (mut wholes, mut all) = (Vec::new(), true);
    units.each_alike(whole.printed, whole.print, &mut |counts| {
        let own = groups.parts.iter().map(|part| part.count(counts));
        if !own.eq(totals.iter().copied()) {
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
    all &= alike.all;
    let levels = whole.shape.levels();
    let insiders = (0..groups.answered.len()).flat_map(|group| (0..levels).map(move |level| (group, level)));
    let readers: Vec<Option<Insider>> = std::iter::once(None).chain(insiders.clone().map(Some)).collect();
    let facts: Vec<Insider> = insiders.collect();
    let mut seen = vec![(false, false); readers.len() * facts.len()];
    for counts in &wholes {
        for by_part in &alike.worlds {
            let pair = Pair {
                threshold,
                parts: groups.parts,
                counts,
                by_part,
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

/// Returns how many counts of bands in single groups readers could conclude, where three bands are told by groups, or `None`
/// when there are too many sets of answers to say so. The last band is a side of the question's cut by itself, so there,
/// and of the two others together, 0 is everybody of the other side.
pub fn open_bands(threshold: u32, groups: &Groups<'_>, alike: &Alike) -> Option<usize> {
    let by_group = &alike.worlds;
    let own =
        (0..groups.answered.len()).flat_map(|group| (0..groups.parts.len()).map(move |part| (group, part)));
    let readers: Vec<Option<Insider>> = std::iter::once(None).chain(own.map(Some)).collect();
    let facts = groups.answered.len() * groups.parts.len();
    let mut seen = vec![(false, false); readers.len() * facts];
    for world in by_group {
        let is_safe: Vec<bool> = world
            .iter()
            .zip(groups.answered)
            .flat_map(|(row, all)| {
                let last = row.len().saturating_sub(1);
                row.iter().enumerate().map(move |(part, count)| {
                    let none = *count == 0 && part != last;
                    none || (*count >= threshold && all.saturating_sub(*count) >= threshold)
                })
            })
            .collect();
        for (reader, found) in readers.iter().zip(seen.chunks_mut(facts.max(1))) {
            let is_possible = reader.is_none_or(|(group, part)| {
                world
                    .get(group)
                    .and_then(|row| row.get(part))
                    .is_some_and(|own| *own > 0)
            });
            if is_possible {
                for ((bad, good), safe) in found.iter_mut().zip(&is_safe) {
                    *bad |= !safe;
                    *good |= safe;
                }
            }
        }
    }
    let open = seen.iter().filter(|(bad, good)| *bad && !good).count();
    (!by_group.is_empty() && (open == 0 || alike.all)).then_some(open)
}

impl Groups<'_> {
    /// How many of everybody are in each part.
    fn totals(&self) -> Vec<u32> {
        let parts = 0..self.parts.len();
        parts
            .map(|part| self.counts.iter().filter_map(|row| row.get(part)).sum())
            .collect()
    }

    /// Looks for the groups' counts that print the same.
    #[must_use]
    pub fn alike(&self) -> Alike {
        let totals = self.totals();
        let mut found = Vec::new();
        let mut tries = 0;
        let mut counts = vec![vec![0; totals.len()]; self.answered.len()];
        let mut left = totals;
        let room = self.answered.first().copied().unwrap_or_default();
        let all = self.spread((0, 0), room, &mut left, &mut counts, &mut |counts| {
            tries += 1;
            if (self.prints_alike)(counts) {
                found.push(counts.to_vec());
            }
            if found.len() >= MOST_LOOKED_AT || tries >= MOST_TRIES {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        Alike {
            worlds: found,
            all: all.is_continue(),
        }
    }

    /// Calls `see` for every way in which those left in each part can be in the groups from this one on, of which so many
    /// have `room` in the parts from this one on.
    fn spread(
        &self,
        (group, part): (usize, usize),
        room: u32,
        left: &mut Vec<u32>,
        counts: &mut Vec<Vec<u32>>,
        see: &mut dyn FnMut(&[Vec<u32>]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if group == self.answered.len() {
            return see(counts);
        }
        let here_most = left.get(part).copied().unwrap_or_default();
        let others: u32 = left.iter().skip(part + 1).sum();
        let is_last = part + 1 >= left.len();
        for here in room.saturating_sub(others)..=room.min(here_most) {
            if let Some(count) = counts.get_mut(group).and_then(|row| row.get_mut(part)) {
                *count = here;
            }
            if let Some(own) = left.get_mut(part) {
                *own = here_most - here;
            }
            let next = if is_last {
                (group + 1, 0)
            } else {
                (group, part + 1)
            };
            let room = if is_last {
                self.answered.get(group + 1).copied().unwrap_or_default()
            } else {
                room - here
            };
            let seen = self.spread(next, room, left, counts, see);
            if let Some(own) = left.get_mut(part) {
                *own = here_most;
            }
            seen?;
        }
        ControlFlow::Continue(())
    }
}

/// A set of answers of the whole, and one of the groups with the same sums.
struct Pair<'p> {
    threshold: u32,
    parts: &'p [LevelSet],
    counts: &'p [u32],
    by_part: &'p [Vec<u32>],
    answered: &'p [u32],
}

impl Pair<'_> {
    fn part_of(&self, level: usize) -> Option<usize> {
        self.parts.iter().position(|part| part.has(level))
    }

    /// People of a group in the part of a level, and of all groups.
    fn room(&self, group: usize, level: usize) -> (u32, u32) {
        let Some(part) = self.part_of(level) else {
            return (0, 0);
        };
        let of = |row: &Vec<u32>| row.get(part).copied().unwrap_or_default();
        (
            self.by_part.get(group).map_or(0, of),
            self.by_part.iter().map(of).sum(),
        )
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
            if self.part_of(reader_level) == self.part_of(level) {
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
    use super::{Groups, Whole, open_bands, open_facts};
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
            parts: &[LevelSet::of(&[3, 4]), LevelSet::of(&[0, 1, 2])],
            answered: &[15, 14],
            counts: &[vec![counts[0], 15 - counts[0]], vec![counts[1], 14 - counts[1]]],
            prints_alike: &|other| print(&[other[0][0], other[1][0]]) == print(&counts),
        };
        open_facts(5, &whole, &groups, &groups.alike())
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

    #[test]
    fn a_band_few_of_a_group_chose_is_found_where_it_is_told_exactly() {
        let counts = [vec![2, 8, 20], vec![18, 12, 0]];
        let open = |prints_alike: &dyn Fn(&[Vec<u32>]) -> bool| {
            let groups = Groups {
                parts: &[LevelSet::of(&[0, 1]), LevelSet::of(&[2]), LevelSet::of(&[3, 4])],
                answered: &[30, 30],
                counts: &counts,
                prints_alike,
            };
            open_bands(5, &groups, &groups.alike()).unwrap()
        };
        assert!(open(&|other| other == counts) > 0);
        assert_eq!(open(&|_| true), 0);
    }
}
