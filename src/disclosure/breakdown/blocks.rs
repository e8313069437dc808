//! All worlds of one sum of groups, and what is printed of each.
//!
//! A world is how many of each group lie on one side of the cut. What is printed of a group is the least and the greatest
//! count of the world's block (`closing`).

use std::collections::BTreeMap;

use super::super::row::code::Code;
use super::closing::{Block, Blocks, Seen, coded, printed, spread};

/// The most groups: places of a packed world.
pub(super) const MOST_GROUPS: usize = 8;

const BITS: u32 = 16;

/// All worlds of one total, and what is printed of each.
#[derive(Clone)]
pub(super) struct Slice {
    groups: usize,
    /// Worlds, packed, in order.
    keys: Vec<u128>,
    /// The printed row of each world, by its place in `rows`.
    row_of: Vec<u32>,
    rows: Vec<Vec<Option<Code>>>,
}

impl Slice {
    /// Decides every world of this total, or returns `None` when there are more than `most`.
    pub(super) fn decide(threshold: u32, total: u32, answered: &[u32], most: usize) -> Option<Self> {
        // A packed world has so much room for each group.
        if answered.iter().any(|size| *size > u32::from(u16::MAX)) {
            return None;
        }
        let mut keys = Vec::new();
        let mut counts = vec![0; answered.len()];
        spread(total, 0, answered, &mut counts, &mut |counts| {
            keys.push(pack(counts));
            keys.len() <= most
        });
        if keys.len() > most {
            return None;
        }
        let mut blocks = Blocks::new(answered.len());
        for key in &keys {
            let counts = unpack(*key, answered.len());
            let codes = counts.iter().zip(answered);
            let codes = codes.map(|(count, all)| coded(*count, *all, threshold)).collect();
            blocks.add(codes, world(&counts, answered, threshold));
        }
        blocks.close();
        let mut rows = Vec::new();
        let mut place_of: BTreeMap<usize, u32> = BTreeMap::new();
        let row_of = (0..keys.len())
            .map(|world| {
                let (root, block) = blocks.of_world(world);
                *place_of.entry(root).or_insert_with(|| {
                    rows.push(block.map_or_else(Vec::new, |block| row(block, threshold, total, answered)));
                    u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
                })
            })
            .collect();
        Some(Self {
            groups: answered.len(),
            keys,
            row_of,
            rows,
        })
    }

    pub(super) fn printed(&self, counts: &[u32]) -> Option<Vec<Option<Code>>> {
        let world = self.keys.binary_search(&pack(counts)).ok()?;
        self.rows.get(*self.row_of.get(world)? as usize).cloned()
    }

    pub(super) fn prints_something(&self) -> bool {
        self.rows.iter().flatten().any(Option::is_some)
    }

    pub(super) fn each(&self, mut see: impl FnMut(&[u32])) {
        for key in &self.keys {
            see(&unpack(*key, self.groups));
        }
    }
}

fn pack(counts: &[u32]) -> u128 {
    counts
        .iter()
        .fold(0, |key, count| key << BITS | u128::from(*count))
}

fn unpack(key: u128, groups: usize) -> Vec<u32> {
    let at = |place: usize| {
        let shift = u32::try_from(groups - 1 - place).unwrap_or(0) * BITS;
        u32::try_from(key >> shift & u128::from(u16::MAX)).unwrap_or(0)
    };
    (0..groups).map(at).collect()
}

/// What is printed of the groups of a block.
fn row(block: &Block, threshold: u32, total: u32, answered: &[u32]) -> Vec<Option<Code>> {
    let people: u32 = answered.iter().sum();
    let sizes = block.low.iter().zip(&block.high).zip(answered);
    sizes
        .map(|((low, high), all)| {
            // What the sum alone says is nothing printed of this group.
            let others = people - *all;
            let least = total.saturating_sub(others);
            let by_sum = *low <= least && (*high == *all || *high == total);
            if block.is_open() || by_sum {
                None
            } else {
                printed(*low, *high, *all, threshold)
            }
        })
        .collect()
}

/// A block of one world.
///
/// A group is good in it when at least k are on each side in the group, and at least k in the other groups together. The
/// latter is for single answers within the group, which are facts too: an answer that fewer than k gave can then be of
/// others altogether, and one that k or more gave can be of k here (see `docs/disclosure.md`). A group is bad
/// wherever it is not good, for something of it may then be unsafe.
fn world(counts: &[u32], answered: &[u32], threshold: u32) -> Block {
    let sum = |counts: &[u32]| counts.iter().sum::<u32>();
    let (on_side, people) = (sum(counts), sum(answered));
    let enough = |on_side: u32, others: u32| on_side >= threshold && others >= threshold;
    let mut all = Seen::default();
    for (group, (count, size)) in counts.iter().zip(answered).enumerate() {
        let (here, of) = (*count, *size);
        let elsewhere = on_side - here;
        let good = enough(here, of - here) && enough(elsewhere, people - of - elsewhere);
        let bit = 1_u32 << group;
        if good {
            all.good |= bit;
        } else {
            all.bad |= bit;
        }
    }
    let insiders = counts.iter().zip(answered).flat_map(|(count, size)| {
        [*count > 0, size > count].map(|possible| if possible { all } else { Seen::default() })
    });
    Block::of_world(counts.to_vec(), std::iter::once(all).chain(insiders).collect())
}

#[cfg(test)]
mod tests {
    use super::{Slice, pack, unpack};

    #[test]
    fn worlds_are_packed_in_order_and_read_back() {
        let slice = Slice::decide(3, 11, &[7, 8, 9], 1000).unwrap();
        assert!(slice.keys.is_sorted());
        let mut worlds = 0;
        slice.each(|counts| {
            assert_eq!(unpack(pack(counts), 3), counts);
            assert_eq!(counts.iter().sum::<u32>(), 11);
            worlds += 1;
        });
        assert_eq!(worlds, slice.keys.len());
    }

    #[test]
    fn more_worlds_than_allowed_are_not_begun() {
        assert!(Slice::decide(3, 11, &[7, 8, 9], 10).is_none());
    }
}
