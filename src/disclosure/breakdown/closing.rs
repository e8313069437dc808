//! Worlds put together into blocks until none leaves anything open.
//!
//! Worlds that are coded alike begin as one block. A block that leaves something open goes together with the nearest
//! blocks that hold what it lacks: a world, possible for the reader in question, in which what is open is safe. Two
//! closed blocks together are closed, so this only ever helps, and it ends, as blocks only become fewer. Nearness, and
//! all blocks equally near, are the same for groups in any order and for either side of a cut; so is therefore the
//! result.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::super::row::code::Code;

/// What may be open, as bits, for one reader: unsafe in some world possible for the reader, and safe in some.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) bad: u32,
    pub(super) good: u32,
}

impl Seen {
    const fn lacks(self) -> u32 {
        self.bad & !self.good
    }
}

/// Worlds that are printed alike so far.
#[derive(Clone)]
pub(super) struct Block {
    /// The least of every count.
    pub(super) low: Vec<u32>,
    /// The greatest of every count.
    pub(super) high: Vec<u32>,
    worlds: u32,
    /// By reader.
    seen: Vec<Seen>,
}

impl Block {
    /// A block of one world, with what every reader sees in it.
    pub(super) fn of_world(counts: Vec<u32>, seen: Vec<Seen>) -> Self {
        Self {
            low: counts.clone(),
            high: counts,
            worlds: 1,
            seen,
        }
    }

    /// Whether some reader could conclude something.
    pub(super) fn is_open(&self) -> bool {
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

    /// How far apart two blocks are, in the first counts and then in the others; then how wide they would be together,
    /// and how many worlds.
    fn distance(&self, other: &Self, first: usize) -> (u32, u32, u32, u32) {
        let own = self.low.iter().zip(&self.high);
        let others = other.low.iter().zip(&other.high);
        let (mut gap, mut other_gap, mut width) = (0, 0, 0);
        for (place, ((low, high), (other_low, other_high))) in own.zip(others).enumerate() {
            let apart = (*other_low).max(*low).saturating_sub((*high).min(*other_high));
            if place < first {
                gap += apart;
            } else {
                other_gap += apart;
            }
            width += (*high).max(*other_high) - (*low).min(*other_low);
        }
        (gap, other_gap, width, other.worlds)
    }
}

/// All worlds of a class, in blocks.
pub(super) struct Blocks {
    /// How many of a world's counts say first how near blocks are.
    first: usize,
    of_code: BTreeMap<Vec<Code>, usize>,
    block_of: Vec<usize>,
    /// A block that was taken into another one points to it.
    parent: Vec<usize>,
    blocks: Vec<Block>,
}

impl Blocks {
    /// Returns no blocks yet.
    pub(super) const fn new(first: usize) -> Self {
        Self {
            first,
            of_code: BTreeMap::new(),
            block_of: Vec::new(),
            parent: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Adds a world, to the block of those coded alike.
    pub(super) fn add(&mut self, codes: Vec<Code>, world: Block) {
        let place = match self.of_code.entry(codes) {
            Entry::Occupied(known) => {
                if let Some(block) = self.blocks.get_mut(*known.get()) {
                    block.take(&world);
                }
                *known.get()
            }
            Entry::Vacant(new) => {
                self.parent.push(self.blocks.len());
                self.blocks.push(world);
                *new.insert(self.blocks.len() - 1)
            }
        };
        self.block_of.push(place);
    }

    /// Returns how many blocks were begun.
    pub(super) const fn begun(&self) -> usize {
        self.blocks.len()
    }

    /// Returns the block a world is in, by the order in which worlds were added.
    pub(super) fn of_world(&self, world: usize) -> (usize, Option<&Block>) {
        let root = self.root(self.block_of.get(world).copied().unwrap_or_default());
        (root, self.blocks.get(root))
    }

    fn root(&self, mut block: usize) -> usize {
        while let Some(parent) = self.parent.get(block).copied().filter(|parent| *parent != block) {
            block = parent;
        }
        block
    }

    /// Puts blocks together until none is open.
    pub(super) fn close(&mut self) {
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
                    let distance = block.distance(helper, self.first);
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
}

/// The usual code of a count.
pub(super) const fn coded(count: u32, all: u32, threshold: u32) -> Code {
    if count <= threshold {
        Code::AtMost(threshold)
    } else if count >= all - threshold {
        Code::AtLeast(all - threshold)
    } else {
        Code::Exact(count)
    }
}

/// What is printed of a group of so many whose count lies between `low` and `high` in its block.
pub(super) fn printed(low: u32, high: u32, all: u32, threshold: u32) -> Option<Code> {
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

/// Calls `see` for every way in which `left` answers can lie in the groups from `from` on, at most so many in each, until it
/// returns false.
pub(super) fn spread(
    left: u32,
    from: usize,
    most: &[u32],
    counts: &mut Vec<u32>,
    see: &mut dyn FnMut(&[u32]) -> bool,
) -> bool {
    let Some(size) = most.get(from) else {
        return left > 0 || see(counts);
    };
    let others: u32 = most.iter().skip(from + 1).sum();
    for here in left.saturating_sub(others)..=left.min(*size) {
        if let Some(count) = counts.get_mut(from) {
            *count = here;
        }
        if !spread(left - here, from + 1, most, counts, see) {
            return false;
        }
    }
    true
}
