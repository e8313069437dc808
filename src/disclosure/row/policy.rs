//! The release policy of one row: which form each world is printed in, decided before any data is seen.

use super::board::Board;
use super::code::{Code, Coding};
use super::fact::RowCoding;
use super::fixpoint::close;
use super::shape::{Grain, LevelSet, Shape};
use super::worlds::Worlds;

/// What is printed of one row, and nothing else: the form and the coded cells. Holds no hidden count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedRow {
    /// The finest cells printed; `None` when nothing is.
    pub grain: Option<Grain>,
    /// The cells printed, the coarsest first: levels taken together, and their coded count.
    pub cells: Vec<(LevelSet, Code)>,
}

/// What is printed of a row of n people at threshold k, for every set of counts it can have.
///
/// The promise it keeps: for every unsafe count of a level or declared band, for an outsider and for everybody who
/// knows the own answer, there is another set of counts with the same printed row in which that count is safe.
#[derive(Clone)]
pub struct Policy {
    coding: Coding,
    /// The finest tier's cells as sets of the row's own levels.
    basis: Vec<LevelSet>,
    /// Every cell as a set of the row's own levels and of places in `basis`, and how it is coded.
    cells: Vec<(LevelSet, LevelSet, Coding)>,
    /// Grain and number of cells of each form, finest first; the form after the last prints nothing.
    forms: Vec<(Grain, usize)>,
    worlds: Worlds,
    form_of: Vec<u8>,
}

impl Policy {
    /// Decides the policy of a row, or returns `None` where no policy is possible: fewer than 2k + 1 people, fewer
    /// than two levels, or too many worlds even for the coarsest tier. All of this is decided by public sizes.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        Self::decide_coded(shape, coding, |_| RowCoding::alone(coding))
    }

    /// As [`Policy::decide`], for a row that is also split by groups of at least 2k people each: nothing about a group can
    /// be concluded from it either. `None` also below 2k + 3 people.
    #[must_use]
    pub fn decide_beside_groups(people: u32, threshold: u32, shape: &Shape) -> Option<Self> {
        let coding = Coding::beside_groups(people, threshold)?;
        Self::decide_coded(shape, coding, |shape| RowCoding::beside_groups(coding, shape))
    }

    fn decide_coded(shape: &Shape, coding: Coding, of: impl Fn(&Shape) -> RowCoding) -> Option<Self> {
        if shape.levels() < 2 {
            return None;
        }
        (0..shape.tiers().len()).find_map(|tier| Self::decide_from(coding, shape, tier, &of))
    }

    fn decide_from(
        coding: Coding,
        shape: &Shape,
        tier: usize,
        of: &impl Fn(&Shape) -> RowCoding,
    ) -> Option<Self> {
        let reduced = shape.beginning_at(tier)?;
        let worlds = Worlds::new(coding.people(), reduced.levels())?;
        let row_coding = of(&reduced);
        let mut board = Board::new(&row_coding, &reduced, &worlds)?;
        close(&mut board, &reduced);
        let basis = shape.tiers().get(tier)?.cells.clone();
        let (cells, printed) = reduced.cells();
        let own_levels = |cell: &LevelSet| {
            let levels = cell
                .levels()
                .filter_map(|place| basis.get(place))
                .flat_map(|set| set.levels());
            LevelSet::of(&levels.collect::<Vec<_>>())
        };
        let cells = cells
            .iter()
            .map(|cell| (own_levels(cell), *cell, row_coding.of(*cell)))
            .collect();
        let forms = reduced
            .tiers()
            .iter()
            .map(|tier| tier.grain)
            .zip(printed)
            .collect();
        Some(Self {
            coding,
            basis,
            cells,
            forms,
            worlds,
            form_of: board.into_forms(),
        })
    }

    /// Returns n.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.coding.people()
    }

    /// Returns k.
    #[must_use]
    pub const fn threshold(&self) -> u32 {
        self.coding.threshold()
    }

    /// Returns the finest form any world is printed in.
    #[must_use]
    pub fn finest(&self) -> Option<Grain> {
        self.forms.first().map(|(grain, _)| *grain)
    }

    /// Returns in how many worlds the row is printed in which form, finest first, and last in how many not at all.
    #[must_use]
    pub fn worlds_by_form(&self) -> Vec<(Option<Grain>, usize)> {
        let mut worlds = vec![0_usize; self.forms.len() + 1];
        for form in &self.form_of {
            if let Some(count) = worlds.get_mut(usize::from(*form)) {
                *count += 1;
            }
        }
        let grains = self.forms.iter().map(|(grain, _)| Some(*grain)).chain([None]);
        grains.zip(worlds).collect()
    }

    /// Returns what is printed for these counts, one per level; `None` when they are not n people's answers.
    #[must_use]
    pub fn printed(&self, counts: &[u32]) -> Option<PrintedRow> {
        let world: Vec<u32> = self.basis.iter().map(|cell| cell.count(counts)).collect();
        let form = *self.form_of.get(self.worlds.rank(&world)?)?;
        let Some((grain, printed)) = self.forms.get(usize::from(form)) else {
            return Some(PrintedRow::nothing());
        };
        let cells = self.cells.iter().take(*printed);
        Some(PrintedRow {
            grain: Some(*grain),
            cells: cells
                .map(|(levels, places, coding)| (*levels, coding.code(places.count(&world))))
                .collect(),
        })
    }
}

impl PrintedRow {
    /// Nothing printed.
    pub(super) const fn nothing() -> Self {
        Self {
            grain: None,
            cells: Vec::new(),
        }
    }
}

/// A policy knows no answers; what it decided is many and dull.
impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policy({:?}, {} worlds)", self.coding, self.worlds.len())
    }
}
