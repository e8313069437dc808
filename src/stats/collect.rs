//! From interviews to tallies: one pass over records or rows, whatever is counted.

use std::fmt;
use std::sync::Arc;

use crate::domain::coding::Coding;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::Survey;

use super::count::{Background, Counts, Plan, Whose};
use super::dimension::{DimensionCounter, DimensionPlan, DimensionTally};
use super::pair::PairTally;
use super::tally::Tally;

pub use records::Counting;
pub use rows::RowCounts;

mod records;
mod rows;

/// The tallies of every item of a survey, over the interviews of all its versions.
///
/// `Debug` shows no counts of answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Tallies {
    interviews: u32,
    groups: u32,
    left_out: u32,
    tallies: Vec<Tally>,
    pairs: Vec<PairTally>,
    dimensions: Vec<DimensionTally>,
    splits: Vec<Split>,
}

/// What to count by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A question with categories, one per person.
    Item(ItemKey),
    /// `site` or `round`.
    Roster(Id),
}

/// The tallies by one background.
#[derive(Clone, PartialEq, Eq)]
pub struct Split {
    by: By,
    groups: Vec<GroupTallies>,
}

/// The tallies of one group of a background.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupTallies {
    level: Option<usize>,
    people: u32,
    tallies: Vec<Tally>,
    pairs: Vec<PairTally>,
    dimensions: Vec<DimensionTally>,
}

impl Tallies {
    /// Counts the answers of `records` by the items of `survey`. Records of `earlier` versions count where they have
    /// the item; records of another survey or of a version not given are left out and counted as such.
    #[must_use]
    pub fn of<'r>(
        survey: &Survey,
        earlier: &[&Survey],
        records: impl IntoIterator<Item = &'r InterviewRecord>,
    ) -> Self {
        Self::by(&Coding::of(survey, Vec::new()), earlier, &[], records)
    }

    /// As [`Tallies::of`], and by these backgrounds too.
    #[must_use]
    pub fn by<'r>(
        coding: &Coding<'_>,
        earlier: &[&Survey],
        by: &[By],
        records: impl IntoIterator<Item = &'r InterviewRecord>,
    ) -> Self {
        let mut counting = Counting::begin(coding.clone(), earlier, by);
        for record in records {
            counting.add(record);
        }
        counting.finish()
    }

    /// Returns how many people were interviewed one by one.
    #[must_use]
    pub const fn interviews(&self) -> u32 {
        self.interviews
    }

    /// Returns how many groups were interviewed.
    #[must_use]
    pub const fn groups(&self) -> u32 {
        self.groups
    }

    /// Returns how many records are of another survey, or of a version that was not given.
    #[must_use]
    pub const fn left_out(&self) -> u32 {
        self.left_out
    }

    /// Returns the tallies in file order.
    #[must_use]
    pub fn all(&self) -> &[Tally] {
        &self.tallies
    }

    /// Returns the tally of an item.
    #[must_use]
    pub fn tally(&self, item: &ItemKey) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.item == *item)
    }

    /// Returns the matrix rows asked on two scales, counted together.
    #[must_use]
    pub fn pairs(&self) -> &[PairTally] {
        &self.pairs
    }

    /// Returns the quality dimensions, counted person by person; none where that was not asked for.
    #[must_use]
    pub fn dimensions(&self) -> &[DimensionTally] {
        &self.dimensions
    }

    /// Returns the tallies by each background that was asked for, in that order.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    fn counted(coding: &Coding<'_>, by: &[By], counts: &Counts) -> Self {
        let whole = tallies(coding, counts, Whose::All);
        let splits = by.iter().enumerate().map(|(number, by)| {
            let levels = levels(coding, by).map_or(0, |background| background.levels);
            let groups = (0..=levels).map(|level| {
                let whose = Whose::Level(number, level);
                GroupTallies {
                    level: (level < levels).then_some(level),
                    people: counts.people(whose),
                    tallies: tallies(coding, counts, whose),
                    pairs: pairs(coding, counts, whose),
                    dimensions: Vec::new(),
                }
            });
            Split {
                by: by.clone(),
                groups: groups.collect(),
            }
        });
        Self {
            interviews: counts.rows(),
            groups: 0,
            left_out: 0,
            tallies: whole,
            pairs: pairs(coding, counts, Whose::All),
            dimensions: Vec::new(),
            splits: splits.collect(),
        }
    }

    /// Adds what was counted by dimension, of the same people.
    fn with_dimensions(mut self, counter: DimensionCounter) -> Self {
        let (whole, by) = counter.finish();
        self.dimensions = whole;
        let groups = self.splits.iter_mut().flat_map(|split| &mut split.groups);
        for (group, dimensions) in groups.zip(by.into_iter().flatten()) {
            group.dimensions = dimensions;
        }
        self
    }
}

impl Split {
    /// Returns what it is by.
    #[must_use]
    pub const fn by(&self) -> &By {
        &self.by
    }

    /// Returns its groups: the levels in order, and last those of no level.
    #[must_use]
    pub fn groups(&self) -> &[GroupTallies] {
        &self.groups
    }
}

impl GroupTallies {
    /// Returns the level's place among the levels; `None` for those of no level.
    #[must_use]
    pub const fn level(&self) -> Option<usize> {
        self.level
    }

    /// Returns how many people are in the group.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.people
    }

    /// Returns the tallies in file order.
    #[must_use]
    pub fn all(&self) -> &[Tally] {
        &self.tallies
    }

    /// Returns the matrix rows asked on two scales, counted together.
    #[must_use]
    pub fn pairs(&self) -> &[PairTally] {
        &self.pairs
    }

    /// Returns the quality dimensions, counted person by person; none where that was not asked for.
    #[must_use]
    pub fn dimensions(&self) -> &[DimensionTally] {
        &self.dimensions
    }
}

impl fmt::Debug for Tallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tallies({} items, ..)", self.tallies.len())
    }
}

impl fmt::Debug for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Split({:?}, ..)", self.by)
    }
}

impl fmt::Debug for GroupTallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GroupTallies(..)")
    }
}

fn tallies(coding: &Coding<'_>, counts: &Counts, whose: Whose) -> Vec<Tally> {
    let items = coding.items().iter();
    items.map(|item| Tally::of(item, counts, whose)).collect()
}

fn pairs(coding: &Coding<'_>, counts: &Counts, whose: Whose) -> Vec<PairTally> {
    let pairs = counts.plan().pairs().iter().enumerate();
    pairs
        .filter_map(|(number, pair)| PairTally::of(coding, pair, number, counts, whose))
        .collect()
}

/// Where a background stands in the row; `None` for what is none.
fn levels(coding: &Coding<'_>, by: &By) -> Option<Background> {
    match by {
        By::Item(key) => {
            let item = coding.items().iter().find(|item| item.key == *key)?;
            Some(Background {
                place: item.place(),
                levels: item.own_categories(),
            })
        }
        By::Roster(name) => {
            let mut rosters = coding.rosters().iter().enumerate();
            let (number, roster) = rosters.find(|(_, roster)| roster.name == *name)?;
            Some(Background {
                place: coding.roster_place(number),
                levels: roster.levels.len(),
            })
        }
    }
}

fn backgrounds(coding: &Coding<'_>, by: &[By]) -> Vec<Background> {
    // A background that is not there has no level: everybody is in none.
    let nowhere = Background {
        place: usize::MAX,
        levels: 0,
    };
    by.iter()
        .map(|by| levels(coding, by).unwrap_or(nowhere))
        .collect()
}

fn plan(coding: &Coding<'_>, by: &[By]) -> Arc<Plan> {
    Arc::new(Plan::of(coding, backgrounds(coding, by)))
}

fn dimension_counter(coding: &Coding<'_>, by: &[By]) -> DimensionCounter {
    DimensionCounter::new(Arc::new(DimensionPlan::of(coding, backgrounds(coding, by))))
}

#[cfg(test)]
mod tests;
