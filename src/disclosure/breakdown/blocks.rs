//! Worlds of a breakdown put together into blocks until none leaves anything open.
//!
//! Worlds whose groups are coded alike begin as one block. A block that leaves something open goes together with the
//! nearest blocks that hold what it lacks: a world, possible for the reader in question, in which the group in question is
//! safe. Two closed blocks together are closed, so this only ever helps, and it ends, as blocks only become fewer.
//! Nearness, and all blocks equally near, are the same for groups in any order and for either side of the cut; so
//! is therefore the result. What is printed of a group is the least and the greatest count of its block.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::super::row::code::Code;

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
        let mut blocks = Blocks::of(threshold, total, answered, &keys);
        blocks.close();
        let mut rows = Vec::new();
        let mut place_of: BTreeMap<usize, u32> = BTreeMap::new();
        let row_of = (0..keys.len())
            .map(|world| {
                let root = blocks.root_of_world(world);
                *place_of.entry(root).or_insert_with(|| {
                    rows.push(blocks.printed(root));
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

/// Calls `see` for every way in which `left` answers can lie in the groups from `from` on, in the order of [`pack`], until it
/// returns false.
fn spread(
    left: u32,
    from: usize,
    answered: &[u32],
    counts: &mut Vec<u32>,
    see: &mut dyn FnMut(&[u32]) -> bool,
) -> bool {
    let Some(size) = answered.get(from) else {
        return left > 0 || see(counts);
    };
    let others: u32 = answered.iter().skip(from + 1).sum();
    for here in left.saturating_sub(others)..=left.min(*size) {
        if let Some(count) = counts.get_mut(from) {
            *count = here;
        }
        if !spread(left - here, from + 1, answered, counts, see) {
            return false;
        }
    }
    true
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

/// Groups as bits, for one reader: those unsafe in some world possible for the reader, and those safe in some.
#[derive(Clone, Copy, Default)]
struct Seen {
    bad: u16,
    good: u16,
}

impl Seen {
    const fn lacks(self) -> u16 {
        self.bad & !self.good
    }
}

/// Worlds that are printed alike so far.
#[derive(Clone)]
struct Block {
    low: Vec<u32>,
    high: Vec<u32>,
    worlds: u32,
    /// By reader: the outsider, then for every group somebody on the side, and somebody on the other.
    seen: Vec<Seen>,
}

impl Block {
    fn is_open(&self) -> bool {
        self.seen.iter().any(|seen| seen.lacks() != 0)
    }

    /// Returns whether `other` holds something this block lacks.
    fn is_helped_by(&self, other: &Self) -> bool {
        let pairs = self.seen.iter().zip(&other.seen);
        pairs
            .into_iter()
            .any(|(own, other)| own.lacks() & other.good != 0)
    }

    fn take(&mut self, other: &Self) {
        for (low, other) in self.low.iter_mut().zip(&other.low) {
            *low = (*low).min(*other);
        }
        for (high, other) in self.high.iter_mut().zip(&other.high) {
            *high = (*high).max(*other);
        }
        self.worlds += other.worlds;
        for (seen, other) in self.seen.iter_mut().zip(&other.seen) {
            seen.bad |= other.bad;
            seen.good |= other.good;
        }
    }

    /// How far apart two blocks are; then how wide they would be together, and how many worlds.
    fn distance(&self, other: &Self) -> (u32, u32, u32) {
        let own = self.low.iter().zip(&self.high);
        let others = other.low.iter().zip(&other.high);
        let (mut gap, mut width) = (0, 0);
        for ((low, high), (other_low, other_high)) in own.zip(others) {
            gap += (*other_low).max(*low).saturating_sub((*high).min(*other_high));
            width += (*high).max(*other_high) - (*low).min(*other_low);
        }
        (gap, width, other.worlds)
    }
}

struct Blocks {
    threshold: u32,
    total: u32,
    answered: Vec<u32>,
    block_of: Vec<usize>,
    /// A block that was taken into another one points to it.
    parent: Vec<usize>,
    blocks: Vec<Block>,
}

impl Blocks {
    fn of(threshold: u32, total: u32, answered: &[u32], keys: &[u128]) -> Self {
        let mut of_code: BTreeMap<Vec<Code>, usize> = BTreeMap::new();
        let mut blocks: Vec<Block> = Vec::new();
        let mut block_of = Vec::with_capacity(keys.len());
        for key in keys {
            let counts = unpack(*key, answered.len());
            let codes = counts.iter().zip(answered);
            let codes = codes.map(|(count, all)| coded(*count, *all, threshold)).collect();
            let world = world(&counts, answered, threshold);
            let place = match of_code.entry(codes) {
                Entry::Occupied(known) => {
                    if let Some(block) = blocks.get_mut(*known.get()) {
                        block.take(&world);
                    }
                    *known.get()
                }
                Entry::Vacant(new) => {
                    blocks.push(world);
                    *new.insert(blocks.len() - 1)
                }
            };
            block_of.push(place);
        }
        Self {
            threshold,
            total,
            answered: answered.to_vec(),
            block_of,
            parent: (0..blocks.len()).collect(),
            blocks,
        }
    }

    fn root(&self, mut block: usize) -> usize {
        while let Some(parent) = self.parent.get(block).copied().filter(|parent| *parent != block) {
            block = parent;
        }
        block
    }

    fn root_of_world(&self, world: usize) -> usize {
        self.root(self.block_of.get(world).copied().unwrap_or_default())
    }

    /// Puts blocks together until none is open.
    fn close(&mut self) {
        let mut roots: Vec<usize> = (0..self.blocks.len()).collect();
        loop {
            let mut together: BTreeSet<(usize, usize)> = BTreeSet::new();
            let alive: Vec<(usize, &Block)> = roots
                .iter()
                .filter_map(|root| Some((*root, self.blocks.get(*root)?)))
                .collect();
            let mut open = 0;
            for (root, block) in alive.iter().filter(|(_, block)| block.is_open()) {
                open += 1;
                let helpers = alive
                    .iter()
                    .filter(|(other, helper)| other != root && block.is_helped_by(helper));
                let mut nearest = None;
                let mut best: Vec<usize> = Vec::new();
                for (other, helper) in helpers {
                    let distance = block.distance(helper);
                    if nearest.is_none_or(|nearest| distance < nearest) {
                        nearest = Some(distance);
                        best.clear();
                    }
                    if nearest == Some(distance) {
                        best.push(*other);
                    }
                }
                together.extend(best.into_iter().map(|other| (*root, other)));
            }
            if open == 0 {
                return;
            }
            if together.is_empty() {
                // What is lacking is nowhere: nothing may be told apart.
                together = roots
                    .windows(2)
                    .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
                    .collect();
                if together.is_empty() {
                    return;
                }
            }
            for (one, other) in together {
                self.unite(one, other);
            }
            roots.retain(|root| self.parent.get(*root) == Some(root));
        }
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (into, from) = (one.min(other), one.max(other));
        if into == from {
            return;
        }
        let Some(taken) = self.blocks.get(from).cloned() else {
            return;
        };
        if let Some(block) = self.blocks.get_mut(into) {
            block.take(&taken);
        }
        if let Some(parent) = self.parent.get_mut(from) {
            *parent = into;
        }
    }

    /// What is printed of the groups of a block.
    fn printed(&self, root: usize) -> Vec<Option<Code>> {
        let Some(block) = self.blocks.get(root) else {
            return Vec::new();
        };
        let people: u32 = self.answered.iter().sum();
        let sizes = block.low.iter().zip(&block.high).zip(&self.answered);
        sizes
            .map(|((low, high), all)| {
                // What the sum alone says is nothing printed of this group.
                let others = people - *all;
                let least = self.total.saturating_sub(others);
                let by_sum = *low <= least && (*high == *all || *high == self.total);
                if block.is_open() || by_sum {
                    None
                } else {
                    printed(*low, *high, *all, self.threshold)
                }
            })
            .collect()
    }
}

/// The usual code of a count.
const fn coded(count: u32, all: u32, threshold: u32) -> Code {
    if count <= threshold {
        Code::AtMost(threshold)
    } else if count >= all - threshold {
        Code::AtLeast(all - threshold)
    } else {
        Code::Exact(count)
    }
}

/// What is printed of a group whose count lies between `low` and `high` in its block.
fn printed(low: u32, high: u32, all: u32, threshold: u32) -> Option<Code> {
    let top = all - threshold;
    match (low <= threshold, high >= top) {
        (true, true) => None,
        (true, false) => Some(Code::AtMost(high.max(threshold))),
        (false, true) => Some(Code::AtLeast(low.min(top))),
        (false, false) if low == high => Some(Code::Exact(low)),
        // Somewhere in the middle: the nearer end is told.
        (false, false) => match (low + high).cmp(&all) {
            std::cmp::Ordering::Less => Some(Code::AtMost(high)),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Code::AtLeast(low)),
        },
    }
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
        let bit = 1 << group;
        if good {
            all.good |= bit;
        } else {
            all.bad |= bit;
        }
    }
    let insiders = counts.iter().zip(answered).flat_map(|(count, size)| {
        [*count > 0, size > count].map(|possible| if possible { all } else { Seen::default() })
    });
    Block {
        low: counts.to_vec(),
        high: counts.to_vec(),
        worlds: 1,
        seen: std::iter::once(all).chain(insiders).collect(),
    }
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
