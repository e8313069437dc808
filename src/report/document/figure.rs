//! Figures that follow from a table, for data files; sentences above the table say them in words.

/// A figure that follows from printed counts. Numbers are in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is: `mean`, `sd`, `median`, `quartile_1`, `quartile_3`, `index`, `alpha`; of statements on two
    /// scales, both from 0 to 100, `first_mean`, `second_mean` and `gap`, and of people `missed`; from one round to the
    /// next `mean_difference` and `cliffs_delta`.
    pub name: &'static str,
    /// The item of the table it follows from.
    pub item: String,
    /// The row of that table it is of, where it is not of the whole table: a dimension.
    pub of: Option<String>,
    /// The figure, where it is exact.
    pub value: Option<i32>,
    /// Between which numbers it lies, where it is not: the least and the most.
    pub within: Option<(i32, i32)>,
    /// Its 95 % interval.
    pub interval: Option<(i32, i32)>,
}

impl Figure {
    /// Returns how to take it, as data files say it: `exact`, `within` or `none`.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        match (self.value, self.within) {
            (Some(_), _) => "exact",
            (None, Some(_)) => "within",
            (None, None) => "none",
        }
    }

    /// Whether it is of two rounds, and not of one.
    #[must_use]
    pub fn is_of_rounds(&self) -> bool {
        matches!(self.name, "mean_difference" | "cliffs_delta")
    }
}

/// Rounds about their median, by one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunChart {
    /// The item.
    pub item: String,
    /// The answer's code.
    pub code: String,
    /// The median share, in hundredths of a percentage point.
    pub median: i32,
    /// Each round, and where it lies: `above`, `on` or `below`.
    pub sides: Vec<(String, Option<&'static str>)>,
    /// Rounds off the median: those that count.
    pub useful: u64,
    /// Most rounds in a row on one side, and the most chance allows.
    pub longest_run: (u64, Option<u64>),
    /// Times the median is crossed, and the fewest chance allows.
    pub crossings: (u64, Option<u64>),
    /// Whether something other than chance has changed.
    pub signal: bool,
}
