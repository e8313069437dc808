//! The shape of a row: its levels, and the coarser and coarser ways it may be printed.

/// Levels of a row taken together, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelSet(u64);

/// The most levels a shape can have.
pub const MOST_LEVELS: usize = 32;

impl LevelSet {
    /// Returns the set of these levels; levels beyond [`MOST_LEVELS`] are left out.
    #[must_use]
    pub fn of(levels: &[usize]) -> Self {
        let bits = levels
            .iter()
            .filter(|&&level| level < MOST_LEVELS)
            .map(|&level| 1 << level);
        Self(bits.fold(0, |all, bit: u64| all | bit))
    }

    /// Returns whether a level is in the set.
    #[must_use]
    pub const fn has(self, level: usize) -> bool {
        level < MOST_LEVELS && self.0 >> level & 1 == 1
    }

    /// Returns the levels in order.
    pub fn levels(self) -> impl Iterator<Item = usize> {
        (0..MOST_LEVELS).filter(move |&level| self.has(level))
    }

    /// Returns whether every level of `other` is in this set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Returns how many of the people counted by level are in the set.
    #[must_use]
    pub fn count(self, counts: &[u32]) -> u32 {
        let mut left = self.0;
        let mut sum = 0_u32;
        for &count in counts {
            sum = sum.saturating_add(if left & 1 == 1 { count } else { 0 });
            left >>= 1;
        }
        sum
    }

    const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How coarse a cell is: what it is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Single levels or options.
    Levels,
    /// The groups a nominal question declares.
    Groups,
    /// The three bands a scale declares.
    ThreeBands,
    /// The one cut into two a scale declares.
    TwoBands,
}

/// Whether levels have an order. Decides which rows are each other's mirror image, and so which classes move
/// together when a policy has to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrangement {
    /// A scale; read from the other end it is the same scale.
    Ordered,
    /// Options that could stand in any order.
    Nominal,
}

/// One way to cut the levels into cells: every level is in exactly one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tier {
    /// What its cells are.
    pub grain: Grain,
    /// The cells, in the order of the survey.
    pub cells: Vec<LevelSet>,
}

/// A row's levels and its tiers, finest first, each made by merging cells of the one before.
///
/// A row printed in the form of a tier prints the cells of that tier and of every coarser one: so every form is a
/// function of the form before it, which the policy needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    arrangement: Arrangement,
    levels: usize,
    tiers: Vec<Tier>,
    /// Bands and groups the survey declares that make no tier. Not printed, but facts all the same.
    unprinted: Vec<LevelSet>,
}

impl Shape {
    /// Returns the shape of a scale; bands are lists of levels. A band list that is no merging of the finer one is
    /// never printed: the row is then hidden sooner.
    #[must_use]
    pub fn ordered(levels: usize, three: Option<&[Vec<usize>]>, two: Option<&[Vec<usize>]>) -> Self {
        let mut shape = Self::plain(Arrangement::Ordered, levels);
        shape.add(Grain::ThreeBands, three);
        shape.add(Grain::TwoBands, two);
        shape
    }

    /// Returns the shape of options without order. Options in no group stay as they are.
    #[must_use]
    pub fn nominal(options: usize, groups: &[Vec<usize>]) -> Self {
        let mut shape = Self::plain(Arrangement::Nominal, options);
        let grouped = LevelSet::of(&groups.concat());
        let alone = (0..shape.levels)
            .filter(|&option| !grouped.has(option))
            .map(|option| vec![option]);
        let mut cells: Vec<Vec<usize>> = groups.iter().cloned().chain(alone).collect();
        cells.sort_by_key(|cell| cell.iter().min().copied());
        shape.add(Grain::Groups, Some(&cells));
        shape
    }

    fn plain(arrangement: Arrangement, levels: usize) -> Self {
        let cells = (0..levels).map(|level| LevelSet::of(&[level])).collect();
        let finest = Tier {
            grain: Grain::Levels,
            cells,
        };
        // A longer row than level sets can hold has no tier, so nothing of it can be printed.
        let tiers = if levels <= MOST_LEVELS {
            vec![finest]
        } else {
            Vec::new()
        };
        Self {
            arrangement,
            levels,
            tiers,
            unprinted: Vec::new(),
        }
    }

    /// Adds a tier if it merges some cells of the last one, leaves at least two, and does nothing else.
    fn add(&mut self, grain: Grain, cells: Option<&[Vec<usize>]>) {
        let Some(cells) = cells else { return };
        let cells: Vec<LevelSet> = cells.iter().map(|cell| LevelSet::of(cell)).collect();
        let all = cells.iter().fold(LevelSet(0), |all, cell| all.with(*cell));
        let disjoint = cells.iter().enumerate().all(|(place, cell)| {
            !cell.is_empty() && cells.iter().skip(place + 1).all(|other| !cell.overlaps(*other))
        });
        let Some(finer) = self.tiers.last() else { return };
        let merges = finer
            .cells
            .iter()
            .all(|fine| cells.iter().any(|cell| cell.covers(*fine)));
        let coarser = (2..finer.cells.len()).contains(&cells.len());
        if disjoint && merges && coarser && all.levels().eq(0..self.levels) {
            self.tiers.push(Tier { grain, cells });
        } else {
            let declared = cells.into_iter().filter(|cell| !cell.is_empty() && *cell != all);
            self.unprinted.extend(declared);
        }
    }

    /// Returns whether the levels have an order.
    #[must_use]
    pub const fn arrangement(&self) -> Arrangement {
        self.arrangement
    }

    /// Returns how many levels there are.
    #[must_use]
    pub const fn levels(&self) -> usize {
        self.levels
    }

    /// Returns the tiers, finest first.
    #[must_use]
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// Returns the two sides of the row's one cut into two: the cells of its coarsest tier. `None` where that has more
    /// cells, or where the survey declares a band that is no union of printed ones.
    #[must_use]
    pub fn sides(&self) -> Option<(LevelSet, LevelSet)> {
        let [one, other] = self.tiers.last()?.cells.as_slice() else {
            return None;
        };
        let (cells, _) = self.cells();
        let is_printed = |declared: &LevelSet| cells.contains(declared);
        self.unprinted.iter().all(is_printed).then_some((*one, *other))
    }

    /// Returns the three bands of a row with a cut into two, the two that make one side first. `None` where the tier finer
    /// than the cut has more cells than that.
    #[must_use]
    pub fn three(&self) -> Option<[LevelSet; 3]> {
        let (one, other) = self.sides()?;
        let finer = self
            .tiers
            .len()
            .checked_sub(2)
            .and_then(|tier| self.tiers.get(tier))?;
        let [low, middle, high] = *finer.cells.as_slice() else {
            return None;
        };
        let alone = [low, high, middle]
            .into_iter()
            .find(|cell| *cell == one || *cell == other)?;
        let mut split = [low, middle, high].into_iter().filter(|cell| *cell != alone);
        Some([split.next()?, split.next()?, alone])
    }

    /// Returns the coarsest cells of a row that has more than one cut, each a side against all others: every declared band
    /// lies in one of them or apart from it. None where a row has one cut of its own, as [`Shape::sides`] says.
    #[must_use]
    pub fn single_sides(&self) -> Vec<LevelSet> {
        let cells = self.tiers.last().map_or(&[][..], |tier| tier.cells.as_slice());
        if cells.len() < 3 {
            return Vec::new();
        }
        let facts = self.facts();
        let is_side = |cell: &&LevelSet| {
            facts
                .iter()
                .all(|fact| cell.covers(*fact) || !cell.overlaps(*fact))
        };
        cells.iter().filter(is_side).copied().collect()
    }

    /// Returns every different cell, those of the coarsest tier first, and how many of them each tier's form
    /// prints: a form prints its own cells and all coarser ones.
    #[must_use]
    pub fn cells(&self) -> (Vec<LevelSet>, Vec<usize>) {
        let mut cells: Vec<LevelSet> = Vec::new();
        let mut printed = Vec::new();
        for tier in self.tiers.iter().rev() {
            let new: Vec<LevelSet> = tier
                .cells
                .iter()
                .copied()
                .filter(|cell| !cells.contains(cell))
                .collect();
            cells.extend(new);
            printed.push(cells.len());
        }
        printed.reverse();
        (cells, printed)
    }

    /// Returns every set of levels whose count is a fact: all printed cells, as in [`Shape::cells`], and after them what
    /// else the survey declares.
    ///
    /// Both sides of the cut into two are among them: "nobody in the upper band" is "everybody in the lower one".
    #[must_use]
    pub fn facts(&self) -> Vec<LevelSet> {
        let (mut facts, _) = self.cells();
        for declared in &self.unprinted {
            if !facts.contains(declared) {
                facts.push(*declared);
            }
        }
        facts
    }

    /// Returns the shape whose levels are the cells of one tier, for rows that are too long to begin finer; `None`
    /// where a fact is no union of those cells, and so could not be looked after.
    #[must_use]
    pub fn beginning_at(&self, tier: usize) -> Option<Self> {
        let levels = &self.tiers.get(tier)?.cells;
        let merged = |cell: &LevelSet| {
            let places = levels
                .iter()
                .enumerate()
                .filter(|(_, level)| cell.covers(**level));
            LevelSet::of(&places.map(|(place, _)| place).collect::<Vec<_>>())
        };
        let is_union = |set: &LevelSet| {
            levels
                .iter()
                .all(|level| set.covers(*level) || !set.overlaps(*level))
        };
        if !self.unprinted.iter().all(is_union) {
            return None;
        }
        let tiers = self.tiers.get(tier..)?;
        let tiers = tiers
            .iter()
            .map(|tier| Tier {
                grain: tier.grain,
                cells: tier.cells.iter().map(merged).collect(),
            })
            .collect();
        Some(Self {
            arrangement: self.arrangement,
            levels: levels.len(),
            tiers,
            unprinted: self.unprinted.iter().map(merged).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Grain, LevelSet, Shape};

    fn five() -> Shape {
        Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        )
    }

    #[test]
    fn a_form_prints_its_own_cells_and_all_coarser_ones() {
        let (cells, printed) = five().cells();
        let lists: Vec<Vec<usize>> = cells.iter().map(|cell| cell.levels().collect()).collect();
        assert_eq!(
            lists,
            [
                vec![0, 1, 2],
                vec![3, 4],
                vec![0, 1],
                vec![2],
                vec![0],
                vec![1],
                vec![3],
                vec![4]
            ]
        );
        assert_eq!(printed, [8, 4, 2]);
    }

    #[test]
    fn bands_that_do_not_merge_the_finer_ones_are_left_out() {
        let crossing = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0], vec![1, 2, 3, 4]]),
        );
        let grains: Vec<Grain> = crossing.tiers().iter().map(|tier| tier.grain).collect();
        assert_eq!(grains, [Grain::Levels, Grain::ThreeBands]);
        assert_eq!(
            Shape::ordered(4, Some(&[vec![0], vec![1, 2], vec![2, 3]]), None)
                .tiers()
                .len(),
            1
        );
        assert_eq!(Shape::nominal(3, &[vec![0, 1, 2]]).tiers().len(), 1);
        assert_eq!(Shape::nominal(3, &[]).tiers().len(), 1);
    }

    #[test]
    fn declared_bands_that_are_not_printed_are_facts_all_the_same() {
        let crossing = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0], vec![1, 2, 3, 4]]),
        );
        assert!(crossing.facts().contains(&LevelSet::of(&[1, 2, 3, 4])));
        assert!(crossing.beginning_at(0).is_some());
        assert_eq!(crossing.beginning_at(1), None);
    }

    #[test]
    fn a_row_of_more_levels_than_a_set_holds_prints_nothing() {
        assert!(
            Shape::ordered(33, None, Some(&[(0..16).collect(), (16..33).collect()]))
                .tiers()
                .is_empty()
        );
    }

    #[test]
    fn a_cut_has_two_sides_and_every_other_band_lies_on_one_of_them() {
        let sides = Some((LevelSet::of(&[0, 1, 2]), LevelSet::of(&[3, 4])));
        assert_eq!(five().sides(), sides);
        assert_eq!(
            Shape::nominal(2, &[]).sides(),
            Some((LevelSet::of(&[0]), LevelSet::of(&[1])))
        );
        assert_eq!(Shape::nominal(3, &[]).sides(), None);
        let crossing = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0], vec![1, 2, 3, 4]]),
        );
        assert_eq!(crossing.sides(), None);
    }

    #[test]
    fn options_in_no_group_stay_as_they_are() {
        let shape = Shape::nominal(5, &[vec![3, 1], vec![2, 4]]);
        let groups = shape.tiers().last().unwrap();
        let expected: Vec<LevelSet> = [vec![0], vec![1, 3], vec![2, 4]]
            .iter()
            .map(|cell| LevelSet::of(cell))
            .collect();
        assert_eq!(groups.cells, expected);
    }

    #[test]
    fn a_shape_that_begins_at_its_bands_has_the_bands_as_levels() {
        let bands = five().beginning_at(1).unwrap();
        assert_eq!(
            bands,
            Shape::ordered(3, None, Some(&[vec![0, 1], vec![2]])).renamed()
        );
    }

    impl Shape {
        fn renamed(mut self) -> Self {
            self.tiers.first_mut().unwrap().grain = Grain::ThreeBands;
            self
        }
    }
}
