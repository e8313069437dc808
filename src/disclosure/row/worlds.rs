//! Every way in which n people can have answered a row of L answers: the worlds a policy is decided over.

/// The most worlds that are decided one by one: 60 people at five levels (635,376) fit.
pub const MOST_WORLDS: usize = 700_000;

/// All compositions of `people` into `levels` non-negative counts, in lexicographic order.
///
/// A world is a slice of `levels` counts with sum `people`; its rank is its place in that order.
#[derive(Clone, Debug)]
pub struct Worlds {
    people: u32,
    levels: usize,
    /// `ways[l * (people + 1) + r]`: in how many ways r people share l + 1 levels.
    ways: Vec<usize>,
    len: usize,
}

impl Worlds {
    /// Returns the worlds of these sizes, or `None` when there are more than [`MOST_WORLDS`] or no level.
    #[must_use]
    pub fn new(people: u32, levels: usize) -> Option<Self> {
        let width = people as usize + 1;
        if levels == 0 || levels > 64 || width > MOST_WORLDS {
            return None;
        }
        // Pascal's rule by rows: ways(l, r) = ways(l, r - 1) + ways(l - 1, r).
        let mut row: Vec<usize> = vec![1; width];
        let mut ways = row.clone();
        for _ in 1..levels {
            let mut sum = 0_usize;
            for cell in &mut row {
                sum = sum.saturating_add(*cell);
                *cell = sum;
            }
            if sum > MOST_WORLDS {
                return None;
            }
            ways.extend_from_slice(&row);
        }
        let len = *row.last()?;
        Some(Self {
            people,
            levels,
            ways,
            len,
        })
    }

    /// Returns how many worlds there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always at least one world")]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Returns the place of a world, or `None` when the counts are no world of these sizes.
    #[must_use]
    pub fn rank(&self, counts: &[u32]) -> Option<usize> {
        if counts.len() != self.levels {
            return None;
        }
        let mut left = self.people;
        let mut rank = 0;
        for (place, &count) in counts.iter().enumerate() {
            let rest = left.checked_sub(count)?;
            // Worlds that agree so far and have less here: all ways from this level on, less those with at least
            // `count` here.
            let levels_on = self.levels - place;
            rank += self.ways(levels_on, left)? - self.ways(levels_on, rest)?;
            left = rest;
        }
        (left == 0).then_some(rank)
    }

    fn ways(&self, levels: usize, people: u32) -> Option<usize> {
        let width = self.people as usize + 1;
        self.ways.get((levels - 1) * width + people as usize).copied()
    }

    /// Calls `see` for every world in order of rank.
    pub fn each(&self, mut see: impl FnMut(&[u32])) {
        let mut counts = vec![0; self.levels];
        if let Some(last) = counts.last_mut() {
            *last = self.people;
        }
        loop {
            see(&counts);
            if !step(&mut counts) {
                return;
            }
        }
    }
}

/// Goes to the next composition in lexicographic order: one person moves from the last level that has somebody to
/// the level before it, and the others of that level to the very last. False after the last composition.
fn step(counts: &mut [u32]) -> bool {
    let Some(from) = counts.iter().rposition(|&count| count > 0) else {
        return false;
    };
    let Some(to) = from.checked_sub(1) else {
        return false;
    };
    let moved = counts.get_mut(from).map_or(0, std::mem::take);
    if let Some(count) = counts.get_mut(to) {
        *count += 1;
    }
    if let Some(last) = counts.last_mut() {
        *last = moved.saturating_sub(1);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::Worlds;

    #[test]
    fn every_world_has_the_rank_of_its_place() {
        for (people, levels) in [(0, 3), (5, 1), (7, 2), (6, 4), (9, 5)] {
            let worlds = Worlds::new(people, levels).unwrap();
            let mut place = 0;
            worlds.each(|counts| {
                assert_eq!(counts.iter().sum::<u32>(), people);
                assert_eq!(worlds.rank(counts), Some(place), "{counts:?}");
                place += 1;
            });
            assert_eq!(place, worlds.len());
        }
    }

    #[test]
    fn sixty_people_at_five_levels_fit_and_eleven_levels_fit_up_to_twelve_people() {
        assert_eq!(Worlds::new(60, 5).unwrap().len(), 635_376);
        assert!(Worlds::new(62, 5).is_none());
        assert!(Worlds::new(12, 11).is_some());
        assert!(Worlds::new(13, 11).is_none());
    }

    #[test]
    fn counts_with_another_sum_are_no_world() {
        let worlds = Worlds::new(9, 3).unwrap();
        assert_eq!(worlds.rank(&[1, 2, 3]), None);
        assert_eq!(worlds.rank(&[9, 9, 9]), None);
        assert_eq!(worlds.rank(&[9, 0]), None);
    }
}
