//! Charts as plain data: what is drawn, before anybody draws it.
//!
//! A chart holds published values only, those of the table that follows it in the document.

use crate::domain::language::Language;

mod coded;
mod diverging;
mod dots;
pub(in crate::report) mod font;
#[cfg(test)]
mod gallery;
mod palette;
mod panels;
mod picture;
mod png;
mod run;
mod scene;
mod sheet;
mod svg;
pub mod terminal;

pub use picture::{Framing, Picture};
pub use png::PngError;

/// A picture of published values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: Kind,
    /// The language of its words and numbers.
    pub language: Language,
    /// What it is called where there is little room, as the name of a file.
    pub name: String,
    /// What stands above it: the question; says so when everything is made up.
    pub title: String,
    /// What it says, for those who do not see it: the sentence of the finding.
    pub alt: String,
    /// What is counted in each row, in the order it is drawn: answers, bands, rounds, or the two scales of a gap.
    pub categories: Vec<Category>,
    /// The rows, first one on top; of a run chart there is one.
    pub rows: Vec<Row>,
    /// Whether there are enough people for per cent; without, counts are printed.
    pub percent: bool,
    /// The median of a run chart, in hundredths of a per cent, where the rules let it be drawn.
    pub median: Option<i32>,
}

impl Chart {
    /// Returns whether its numbers are per cent. Where a count is told by its bounds alone, bars side by side are all
    /// told in people: "6 or fewer" beside "33 %" would be read as per cent, too.
    #[must_use]
    pub fn says_percent(&self) -> bool {
        let is_bars = matches!(self.kind, Kind::Diverging | Kind::Bars | Kind::SmallMultiples);
        let mut values = self.rows.iter().flat_map(|row| &row.values);
        self.percent && !(is_bars && values.any(|value| matches!(value, Value::Coded { .. })))
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One bar a row, unfavourable answers to the left of an axis and favourable ones to the right; answers that are
    /// neither stand beside the axis.
    Diverging,
    /// One bar a row, an answer each, all from the same start and of the same people: there is one category.
    Bars,
    /// One dot a row with its interval.
    Dots,
    /// The same for indices, from 0 to 100: so many of a hundred.
    Indices,
    /// One small chart a row (a group of people), all on the same scale.
    SmallMultiples,
    /// One dot a category (a round), joined by a line.
    Run,
    /// Two dots a row, joined by a line: what matters beside what was met.
    Gap,
}

/// What stands between two things that were changed before a round.
pub const MARKS: &str = "; ";

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its words.
    pub label: String,
    /// Where a diverging bar puts it.
    pub side: Side,
    /// What is written beside it: what was changed before a round.
    pub mark: Option<String>,
}

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Strongly unfavourable.
    StronglyAgainst,
    /// Unfavourable.
    Against,
    /// Between.
    Neutral,
    /// Favourable.
    For,
    /// Strongly favourable.
    StronglyFor,
    /// Neither good nor bad: only different.
    Plain,
    /// Not on the scale at all: "vet ikke".
    Beside,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its words: a question, a group of people.
    pub label: String,
    /// How many people it is of, where that is printed.
    pub people: Option<u32>,
    /// A value for every category.
    pub values: Vec<Value>,
}

/// One value, as it is printed in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// So many of so many.
    Exact {
        /// So many.
        count: u32,
        /// Of so many.
        of: u32,
        /// The interval of the share in millionths of all, where there is one.
        interval: Option<(i32, i32)>,
    },
    /// Somewhere from `low` to `high`, both included, of so many.
    Coded {
        /// The least it can be.
        low: u32,
        /// The most it can be.
        high: u32,
        /// Of so many.
        of: u32,
    },
    /// There is a value, and it is not shown.
    Hidden,
    /// There is no value.
    None,
}
