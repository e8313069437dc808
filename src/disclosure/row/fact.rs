//! What must not be concluded from a row, and how its cells are coded, with and without groups beside it.

use super::code::Coding;
use super::shape::{LevelSet, MOST_LEVELS, Shape};

/// How the cells of a row are coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowCoding {
    usual: Coding,
    /// The two sides of the cut, where the row is also split by groups.
    sides: Option<[LevelSet; 2]>,
    beside_groups: bool,
}

/// Something that must stay deniable: that the count of these levels is unsafe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    levels: LevelSet,
    coding: Coding,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Few, all but few, or everybody.
    Count,
    /// All but k or more, for who did not give the answer: the own answer taken away from the others, too few are left
    /// for any group that is not the own one.
    TooManyForAGroup,
    /// k or fewer on either side of the cut: of two answers nobody is everybody of the other, in the whole and in a group.
    Cut,
}

impl RowCoding {
    pub(super) const fn alone(usual: Coding) -> Self {
        Self {
            usual,
            sides: None,
            beside_groups: false,
        }
    }

    /// Returns the coding of a row of this shape that is also split by groups of at least 2k people each.
    ///
    /// What it is for: let S be an answer or band, c its count, g a group, R a reader; all other groups have 2k people
    /// or more too. In g the count of S can be 0 where c <= k, as the others can take all of S, also with R among them; and
    /// it can be k where k + 1 <= c <= n - k - 1, as without R there are k for S and k against it. R needs c >= k + 1 only
    /// on the cut, and c <= n - k - 1 only without S in another group: where R gave S, or is in g, c <= n - k will do.
    pub(super) fn beside_groups(usual: Coding, shape: &Shape) -> Self {
        Self {
            usual,
            sides: shape.sides().map(|(one, other)| [one, other]),
            beside_groups: true,
        }
    }

    pub(super) const fn usual(&self) -> Coding {
        self.usual
    }

    /// Returns the coding of a cell.
    pub(super) fn of(&self, cell: LevelSet) -> Coding {
        if self.sides.is_some_and(|sides| sides.contains(&cell)) {
            self.usual.of_side()
        } else {
            self.usual
        }
    }

    /// Returns every fact of a row.
    pub(super) fn facts(&self, shape: &Shape) -> Vec<Fact> {
        let fact = |levels: LevelSet, kind: Kind| Fact {
            levels,
            coding: self.usual,
            kind,
        };
        let sets = shape.facts();
        let mut facts: Vec<Fact> = sets.iter().map(|set| fact(*set, Kind::Count)).collect();
        if self.beside_groups {
            facts.extend(sets.iter().map(|set| fact(*set, Kind::TooManyForAGroup)));
            facts.extend(self.sides.iter().map(|[one, _]| fact(*one, Kind::Cut)));
        }
        facts
    }
}

impl Fact {
    /// Returns whether it is true of these counts.
    pub(super) fn is_unsafe(&self, counts: &[u32]) -> bool {
        let count = self.levels.count(counts);
        let (n, k) = (self.coding.people(), self.coding.threshold());
        match self.kind {
            Kind::Count => self.coding.is_unsafe(count),
            Kind::TooManyForAGroup => count >= n - k,
            Kind::Cut => count <= k || count >= n - k,
        }
    }

    /// Returns whether a reader is kept from it: somebody who gave this answer, or the outsider.
    pub(super) fn concerns(&self, reader: usize) -> bool {
        match self.kind {
            Kind::Count | Kind::Cut => true,
            Kind::TooManyForAGroup => reader >= MOST_LEVELS || !self.levels.has(reader),
        }
    }
}
