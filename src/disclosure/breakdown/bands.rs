//! Three bands by groups: how the side of a cut that two of the bands make splits between them in every group.
//!
//! Decided within what is printed of the sides: the worlds are all ways in which the groups can have answered that print
//! the same of the sides, with the sums that the whole prints of every band. They are put together until every block is
//! closed. Where that needs all of them nothing more is printed, and what is printed of the sides is closed by itself. So
//! three bands never cost anything that two show.

use std::collections::BTreeMap;

use super::super::row::code::Code;
use super::closing::{Block, Blocks, Seen, coded, printed, spread};
use super::policy::Policy;

/// The most worlds that are decided one by one; beyond, three bands are not printed.
pub const MOST_WORLDS: usize = 5000;
/// The most blocks that are begun.
const MOST_BLOCKS: usize = 600;

/// What is printed of one of the two bands: a code for each group, or nothing.
pub type PrintedBand = Vec<Option<Code>>;

/// A side that two bands make, in the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SplitSide {
    /// Whether it is the side the policy of the sides counts, or the other one.
    pub is_told: bool,
    /// How many of everybody gave an answer in its first band.
    pub first: u32,
    /// How many in its second one.
    pub second: u32,
}

/// What is printed of the bands for every way in which the groups can have answered that prints the same of the sides.
#[derive(Clone)]
pub struct Bands {
    rows: Vec<[PrintedBand; 2]>,
    row_of: BTreeMap<(Vec<u32>, Vec<u32>), usize>,
}

/// Sizes that are the same in every world.
struct Sizes<'a> {
    threshold: u32,
    answered: &'a [u32],
    split: SplitSide,
}

impl Bands {
    /// Decides the bands of groups whose sides are printed as `sides`, or returns `None` where there are too many worlds,
    /// or where the whole does not leave room in each band.
    #[must_use]
    pub fn decide(policy: &Policy, sides: &[Option<Code>], split: SplitSide) -> Option<Self> {
        let sizes = Sizes {
            threshold: policy.threshold(),
            answered: policy.answered(),
            split,
        };
        let on_side = split.first.checked_add(split.second)?;
        let people: u32 = sizes.answered.iter().sum();
        let told = if split.is_told {
            on_side
        } else {
            people.checked_sub(on_side)?
        };
        let has_room = |count: u32| count > sizes.threshold && people.saturating_sub(count) > sizes.threshold;
        if told != policy.total() || ![split.first, split.second].into_iter().all(has_room) {
            return None;
        }
        let mut worlds = Vec::new();
        policy.each(|told| {
            if worlds.len() <= MOST_WORLDS && policy.printed(told).as_deref() == Some(sides) {
                let on_side: Vec<u32> = sizes.on_side(told);
                let mut first = vec![0; on_side.len()];
                spread(split.first, 0, &on_side, &mut first, &mut |first| {
                    worlds.push((told.to_vec(), first.to_vec()));
                    worlds.len() <= MOST_WORLDS
                });
            }
        });
        if worlds.is_empty() || worlds.len() > MOST_WORLDS {
            return None;
        }
        let mut blocks = Blocks::new(sizes.answered.len());
        for (told, first) in &worlds {
            let (codes, world) = sizes.world(&sizes.on_side(told), first);
            blocks.add(codes, world);
        }
        if blocks.begun() > MOST_BLOCKS {
            return None;
        }
        blocks.close();
        let everything = sizes.everything(&worlds);
        let mut rows = Vec::new();
        let mut place_of: BTreeMap<usize, usize> = BTreeMap::new();
        let row_of = worlds
            .into_iter()
            .enumerate()
            .map(|(place, world)| {
                let (root, block) = blocks.of_world(place);
                let row = *place_of.entry(root).or_insert_with(|| {
                    rows.push(block.map_or_else(Default::default, |block| sizes.row(block, &everything)));
                    rows.len() - 1
                });
                (world, row)
            })
            .collect();
        Some(Self { rows, row_of })
    }

    /// Returns what is printed of the two bands, a code for each group. `told` are the counts of the side the policy of
    /// the sides counts, `first` those of the first band. `None` for counts that print otherwise of the sides.
    #[must_use]
    pub fn printed(&self, told: &[u32], first: &[u32]) -> Option<[PrintedBand; 2]> {
        let row = self.row_of.get(&(told.to_vec(), first.to_vec()))?;
        self.rows.get(*row).cloned()
    }
}

/// A policy knows no answers.
impl std::fmt::Debug for Bands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bands({} worlds)", self.row_of.len())
    }
}

impl Sizes<'_> {
    /// How many of each group are on the side that is split.
    fn on_side(&self, told: &[u32]) -> Vec<u32> {
        let groups = told.iter().zip(self.answered);
        groups
            .map(|(told, all)| if self.split.is_told { *told } else { all - told })
            .collect()
    }

    /// The usual codes of a world, and a block of it alone. Its counts are those of the side, of the first band and of the
    /// second one, group by group.
    ///
    /// A side is good in a group as `blocks` says. A band is good in a group where nobody of it gave an answer in the
    /// band, or at least k did and at least k did not, and at least k of the other groups did. The last is for single
    /// answers of the band: see `docs/disclosure.md`. What is not good is bad, for something of it may be unsafe.
    fn world(&self, on_side: &[u32], first: &[u32]) -> (Vec<Code>, Block) {
        let k = self.threshold;
        let second: Vec<u32> = on_side
            .iter()
            .zip(first)
            .map(|(all, first)| all - first)
            .collect();
        let people: u32 = self.answered.iter().sum();
        let all_on_side = self.split.first + self.split.second;
        let is_good =
            |count: u32, of: u32, all: u32| count == 0 || (count >= k && of - count >= k && all - count >= k);
        let mut seen = Seen::default();
        let groups = on_side.iter().zip(first).zip(&second).zip(self.answered);
        for (group, (((on_side, first), second), of)) in groups.clone().enumerate() {
            let others = of - on_side;
            let all_others = people - all_on_side;
            let side = *on_side >= k && others >= k && all_on_side - on_side >= k && all_others - others >= k;
            let first = is_good(*first, *of, self.split.first);
            let second = is_good(*second, *of, self.split.second);
            for (place, good) in [side, first, second].into_iter().enumerate() {
                let bit = 1_u32 << (3 * group + place);
                if good {
                    seen.good |= bit;
                } else {
                    seen.bad |= bit;
                }
            }
        }
        let insiders = groups.flat_map(|(((on_side, first), second), of)| {
            [*first, *second, of - on_side].map(|own| if own > 0 { seen } else { Seen::default() })
        });
        let all_seen = std::iter::once(seen).chain(insiders).collect();
        let counts = [on_side, first, &second].concat();
        let of_groups = self.answered.iter().cycle();
        let codes = counts.iter().zip(of_groups);
        let codes = codes.map(|(count, of)| coded(*count, *of, k)).collect();
        (codes, Block::of_world(counts, all_seen))
    }

    /// The least and the greatest of every count over all worlds: what is known without any band printed.
    fn everything(&self, worlds: &[(Vec<u32>, Vec<u32>)]) -> Vec<(u32, u32)> {
        let mut bounds = vec![(u32::MAX, 0); 3 * self.answered.len()];
        for (told, first) in worlds {
            let on_side = self.on_side(told);
            let second = on_side.iter().zip(first).map(|(all, first)| all - first);
            let counts = on_side.iter().copied().chain(first.iter().copied()).chain(second);
            for ((low, high), count) in bounds.iter_mut().zip(counts) {
                (*low, *high) = ((*low).min(count), (*high).max(count));
            }
        }
        bounds
    }

    fn row(&self, block: &Block, everything: &[(u32, u32)]) -> [PrintedBand; 2] {
        let groups = self.answered.len();
        let of_band = |band: usize| {
            let from = groups * (band + 1);
            let counts = block.low.iter().zip(&block.high).zip(everything);
            let own = counts.skip(from).take(groups).zip(self.answered);
            own.map(|(((low, high), (least, most)), of)| {
                let is_known = low <= least && high >= most;
                if block.is_open() || is_known {
                    None
                } else {
                    printed(*low, *high, *of, self.threshold)
                }
            })
            .collect()
        };
        [of_band(0), of_band(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::{Bands, PrintedBand, SplitSide};
    use crate::disclosure::breakdown::policy::Policy;
    use crate::disclosure::row::code::Code;

    /// What is printed of two groups of 30, 20 of 60 people in each band, the third band being told.
    fn printed(third: [u32; 2], first: [u32; 2]) -> [PrintedBand; 2] {
        let policy = Policy::decide(5, 20, &[30, 30]).unwrap();
        let sides = policy.printed(&third).unwrap();
        let split = SplitSide {
            is_told: false,
            first: 20,
            second: 20,
        };
        let bands = Bands::decide(&policy, &sides, split).unwrap();
        bands.printed(&third, &first).unwrap()
    }

    #[test]
    fn bands_that_many_of_both_groups_chose_are_printed_exactly() {
        let exact = |counts: [u32; 2]| counts.map(|count| Some(Code::Exact(count))).to_vec();
        assert_eq!(printed([10, 10], [9, 11]), [exact([9, 11]), exact([11, 9])]);
    }

    #[test]
    fn a_band_few_of_a_group_chose_looks_as_if_none_or_five_had() {
        let few = printed([10, 10], [2, 18]);
        assert_eq!(few[0], [Some(Code::AtMost(5)), Some(Code::AtLeast(15))]);
        for first in 0..=5 {
            assert_eq!(printed([10, 10], [first, 20 - first]), few);
        }
    }

    #[test]
    fn a_whole_without_room_in_a_band_has_none() {
        let policy = Policy::decide(5, 20, &[30, 30]).unwrap();
        let sides = policy.printed(&[10, 10]).unwrap();
        let split = |first, second| SplitSide {
            is_told: false,
            first,
            second,
        };
        assert!(Bands::decide(&policy, &sides, split(5, 35)).is_none());
        assert!(Bands::decide(&policy, &sides, split(20, 19)).is_none());
    }
}
