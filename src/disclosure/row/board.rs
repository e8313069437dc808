//! The worlds of a row laid out so that everything printed alike stands together.

use std::ops::Range;

use super::code::Coding;
use super::fact::{Fact, RowCoding};
use super::shape::{LevelSet, MOST_LEVELS, Shape};
use super::worlds::Worlds;

/// Somebody who reads the row: one place per level for people who know that they chose it, and one for all others.
const READERS: usize = MOST_LEVELS + 1;

/// For every reader the facts that are open to them, as bits.
pub(super) type Needs = [u64; READERS];

/// All worlds of a row, sorted by what is printed of them, the coarsest form first.
///
/// Each form is a function of the finer one, so the class of a world in any form is a run of neighbours.
pub(super) struct Board {
    /// Rank of the world at each place.
    ranks: Vec<u32>,
    /// Facts that are true in the world at each place, as bits.
    facts: Vec<u64>,
    /// Levels somebody chose in the world at each place, as bits.
    chosen: Vec<u64>,
    /// The printed digits of the world at each place, packed; the coarsest cells in the highest bits.
    keys: Vec<u128>,
    /// The form each world is printed in now.
    forms: Vec<u8>,
    /// Where each class begins, by form; the last form prints nothing and has one class.
    starts: Vec<Vec<u32>>,
    digit_bits: u32,
    cells: usize,
    all_facts: u64,
    /// The facts each reader is kept from.
    concern: Needs,
}

impl Board {
    /// Lays out the worlds; `None` when the row has too many cells or facts to decide on.
    pub(super) fn new(coding: &RowCoding, shape: &Shape, worlds: &Worlds) -> Option<Self> {
        let (cells, printed) = shape.cells();
        let facts = coding.facts(shape);
        let digit_bits = coding.usual().digit_bits();
        let bits = digit_bits.checked_mul(u32::try_from(cells.len()).ok()?)?;
        if !(1..=64).contains(&facts.len()) || bits > u128::BITS {
            return None;
        }
        let sorted = sorted_worlds(coding, &cells, &facts, digit_bits, worlds)?;
        let len = sorted.len();
        let mut board = Self {
            ranks: Vec::with_capacity(len),
            facts: Vec::with_capacity(len),
            chosen: Vec::with_capacity(len),
            keys: Vec::with_capacity(len),
            forms: vec![0; len],
            starts: Vec::new(),
            digit_bits,
            cells: cells.len(),
            all_facts: u64::MAX >> (64 - facts.len()),
            concern: concern(&facts),
        };
        for world in sorted {
            board.ranks.push(world.rank);
            board.facts.push(world.facts);
            board.chosen.push(world.chosen);
            board.keys.push(world.key);
        }
        board.starts = printed.iter().map(|&count| board.class_starts(count)).collect();
        board.starts.push(vec![0]);
        Some(board)
    }

    fn class_starts(&self, printed: usize) -> Vec<u32> {
        let hidden = u32::try_from(self.cells - printed).unwrap_or(0) * self.digit_bits;
        let mut starts = Vec::new();
        let mut last = None;
        for (place, key) in (0_u32..).zip(&self.keys) {
            let value = key >> hidden;
            if last != Some(value) {
                starts.push(place);
                last = Some(value);
            }
        }
        starts
    }

    /// Returns how many worlds there are.
    pub(super) const fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Returns how many forms there are, the one that prints nothing included.
    pub(super) const fn form_count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the classes of a form that lie in `within`, which is itself a class of this or a coarser form.
    pub(super) fn classes(&self, form: usize, within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let starts = self.starts.get(form).map_or(&[][..], Vec::as_slice);
        let place = move |start: Option<&u32>| start.map_or(within.end, |&start| start as usize);
        let first = starts.partition_point(|&start| (start as usize) < within.start);
        let last = starts.partition_point(|&start| (start as usize) < within.end);
        (first..last).map(move |class| place(starts.get(class))..place(starts.get(class + 1)).min(within.end))
    }

    /// Returns the worlds of a run that are printed in this form.
    fn members(&self, run: &Range<usize>, form: u8) -> impl Iterator<Item = (u64, u64)> {
        let forms = self.forms.get(run.clone()).unwrap_or_default();
        let facts = self.facts.get(run.clone()).unwrap_or_default();
        let chosen = self.chosen.get(run.clone()).unwrap_or_default();
        forms
            .iter()
            .zip(facts.iter().zip(chosen))
            .filter(move |(printed, _)| **printed == form)
            .map(|(_, (facts, chosen))| (*facts, *chosen))
    }

    /// Returns how many worlds of a run are printed in this form.
    pub(super) fn size(&self, run: &Range<usize>, form: u8) -> usize {
        self.members(run, form).count()
    }

    /// Returns the facts that a class leaves open: unsafe in a member, and in every member where that reader's own
    /// answer is possible.
    pub(super) fn open_facts(&self, run: &Range<usize>, form: u8) -> Needs {
        let mut seen_unsafe = [0_u64; READERS];
        let mut seen_safe = [0_u64; READERS];
        for (facts, chosen) in self.members(run, form) {
            for reader in readers(chosen) {
                if let (Some(bad), Some(good)) = (seen_unsafe.get_mut(reader), seen_safe.get_mut(reader)) {
                    *bad |= facts;
                    *good |= !facts & self.all_facts;
                }
            }
        }
        for ((bad, good), concern) in seen_unsafe.iter_mut().zip(seen_safe).zip(self.concern) {
            *bad &= !good & concern;
        }
        seen_unsafe
    }

    /// Takes away from `needs` what the worlds of a run leave safe. True when that was anything.
    pub(super) fn meet(&self, needs: &mut Needs, run: &Range<usize>, form: u8) -> bool {
        let mut met = false;
        for (facts, chosen) in self.members(run, form) {
            for reader in readers(chosen) {
                if let Some(need) = needs.get_mut(reader) {
                    met |= *need & !facts != 0;
                    *need &= facts;
                }
            }
        }
        met
    }

    /// Prints the worlds of a run that are in form `from` in the coarser form `to` from now on.
    pub(super) fn send(&mut self, run: &Range<usize>, from: u8, to: u8) {
        for form in self.forms.get_mut(run.clone()).unwrap_or_default() {
            if *form == from {
                *form = to;
            }
        }
    }

    /// Returns the printed digits of the class that begins at `place`, the coarsest cells first.
    pub(super) fn digits(&self, place: usize, printed: usize) -> Vec<u32> {
        let key = self.keys.get(place).copied().unwrap_or_default();
        let mask = (1_u128 << self.digit_bits) - 1;
        let digit = |cell: usize| {
            let shift = u32::try_from(self.cells - 1 - cell).unwrap_or(0) * self.digit_bits;
            u32::try_from(key >> shift & mask).unwrap_or(u32::MAX)
        };
        (0..printed.min(self.cells)).map(digit).collect()
    }

    /// Leaves the fact at this place of [`Shape::facts`] out of account.
    #[cfg(test)]
    pub(super) fn forget(&mut self, fact: usize) {
        self.all_facts &= !(1 << fact);
        for facts in &mut self.facts {
            *facts &= self.all_facts;
        }
    }

    /// Returns the form of every world by its rank.
    pub(super) fn into_forms(self) -> Vec<u8> {
        let mut by_rank = vec![0; self.len()];
        for (rank, form) in self.ranks.iter().zip(&self.forms) {
            if let Some(place) = by_rank.get_mut(*rank as usize) {
                *place = *form;
            }
        }
        by_rank
    }
}

/// Everybody for whom a world with these levels chosen is possible: the outsider, and who chose one of them.
fn readers(chosen: u64) -> impl Iterator<Item = usize> {
    let mut left = chosen;
    let insiders = std::iter::from_fn(move || {
        let level = left.trailing_zeros();
        left &= left.checked_sub(1)?;
        usize::try_from(level).ok()
    });
    std::iter::once(MOST_LEVELS).chain(insiders)
}

struct World {
    key: u128,
    rank: u32,
    facts: u64,
    chosen: u64,
}

/// For every reader the facts they are kept from.
fn concern(facts: &[Fact]) -> Needs {
    let mut concern = [0; READERS];
    for (reader, needs) in concern.iter_mut().enumerate() {
        for (place, fact) in facts.iter().enumerate() {
            *needs |= u64::from(fact.concerns(reader)) << place;
        }
    }
    concern
}

/// Returns every world with what is printed of it, in the order of print.
fn sorted_worlds(
    coding: &RowCoding,
    cells: &[LevelSet],
    facts: &[Fact],
    digit_bits: u32,
    worlds: &Worlds,
) -> Option<Vec<World>> {
    u32::try_from(worlds.len()).ok()?;
    let cells: Vec<(LevelSet, Coding)> = cells.iter().map(|cell| (*cell, coding.of(*cell))).collect();
    let mut sorted = Vec::with_capacity(worlds.len());
    let mut rank = 0;
    worlds.each(|counts| {
        let mut world = World {
            key: 0,
            rank,
            facts: 0,
            chosen: 0,
        };
        for (cell, coding) in &cells {
            world.key = world.key << digit_bits | u128::from(coding.digit(cell.count(counts)));
        }
        for (place, fact) in facts.iter().enumerate() {
            world.facts |= u64::from(fact.is_unsafe(counts)) << place;
        }
        for (level, &count) in counts.iter().enumerate() {
            world.chosen |= u64::from(count > 0) << level;
        }
        sorted.push(world);
        rank += 1;
    });
    sorted.sort_unstable_by_key(|world| (world.key, world.rank));
    Some(sorted)
}
