//! Rows that come from elsewhere.

use std::fmt;

use crate::domain::coding::{Coding, TakesRows};
use crate::stats::count::Counter;
use crate::stats::dimension::DimensionCounter;

use super::{By, Tallies, dimension_counter, plan};

/// Counts rows that come from elsewhere. Clones of one that has counted nothing yet can be put together afterwards.
#[derive(Clone)]
pub struct RowCounts {
    counter: Counter,
    dimensions: Option<DimensionCounter>,
}

impl RowCounts {
    /// Returns a count of nobody.
    #[must_use]
    pub fn new(coding: &Coding<'_>, by: &[By]) -> Self {
        Self {
            counter: Counter::new(plan(coding, by)),
            dimensions: None,
        }
    }

    /// Returns a count of nobody that also counts quality dimensions person by person, for indices and alpha. That takes
    /// longer than all the rest.
    #[must_use]
    pub fn with_dimensions(coding: &Coding<'_>, by: &[By]) -> Self {
        Self {
            dimensions: Some(dimension_counter(coding, by)),
            ..Self::new(coding, by)
        }
    }

    /// Adds what a clone counted.
    pub fn merge(&mut self, other: Self) {
        self.counter.merge(other.counter);
        if let (Some(own), Some(other)) = (&mut self.dimensions, &other.dimensions) {
            own.merge(other);
        }
    }

    /// Returns the tallies, by the coding and backgrounds it was begun with.
    #[must_use]
    pub fn tallies(self, coding: &Coding<'_>, by: &[By]) -> Tallies {
        let tallies = Tallies::counted(coding, by, &self.counter.finish());
        match self.dimensions {
            Some(dimensions) => tallies.with_dimensions(dimensions),
            None => tallies,
        }
    }
}

impl TakesRows for RowCounts {
    fn take(&mut self, row: &[u16]) {
        self.counter.take(row);
        if let Some(dimensions) = &mut self.dimensions {
            dimensions.take(row);
        }
    }
}

impl fmt::Debug for RowCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowCounts(..)")
    }
}
