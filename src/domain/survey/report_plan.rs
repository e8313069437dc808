//! What the survey plans for the report: tables, themes, quotas and tighter disclosure limits.

use std::collections::BTreeMap;

use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::localized::Localized;

/// How many interviews of some kind the coordinator wants.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Stable id.
    pub id: Id,
    /// Whom it counts.
    pub when: Expression,
    /// How many.
    pub target: u32,
}

/// Disclosure limits that can only tighten the evaluation's: key and value, as in `[disclosure]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tightening {
    /// Limits by name.
    pub limits: BTreeMap<Limit, u16>,
}

/// The name of a disclosure limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Counts of fewer are coded.
    Threshold,
    /// Fewest people in a row that prints anything.
    MinBase,
    /// Fewest people in a group of a breakdown.
    MinGroup,
    /// As `Threshold`, for sensitive questions.
    SensitiveThreshold,
    /// As `MinBase`, for sensitive questions.
    SensitiveMinBase,
    /// As `MinGroup`, for sensitive questions.
    SensitiveMinGroup,
    /// Fewest people for per cent.
    PercentFrom,
    /// Fewest interviews behind a theme that is a heading.
    ThemeFrom,
    /// How many people review a quote.
    QuoteReviewers,
}

impl Limit {
    /// Every limit, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Threshold,
        Self::MinBase,
        Self::MinGroup,
        Self::SensitiveThreshold,
        Self::SensitiveMinBase,
        Self::SensitiveMinGroup,
        Self::PercentFrom,
        Self::ThemeFrom,
        Self::QuoteReviewers,
    ];

    /// Returns the key used in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Threshold => "threshold",
            Self::MinBase => "min_base",
            Self::MinGroup => "min_group",
            Self::SensitiveThreshold => "sensitive_threshold",
            Self::SensitiveMinBase => "sensitive_min_base",
            Self::SensitiveMinGroup => "sensitive_min_group",
            Self::PercentFrom => "percent_from",
            Self::ThemeFrom => "theme_from",
            Self::QuoteReviewers => "quote_reviewers",
        }
    }
}

/// A table the report should have.
#[derive(Clone, Debug)]
pub struct ReportTable {
    /// Stable id.
    pub id: Id,
    /// Heading.
    pub title: Localized,
    /// What the rows are: `dimension` or question ids.
    pub rows: Vec<Id>,
    /// Figures shown.
    pub show: Vec<Id>,
    /// Background variables it is split by.
    pub by: Vec<Id>,
}

/// Themes that open answers start out with.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// Stable id.
    pub id: Id,
    /// Heading.
    pub title: Option<Localized>,
    /// Themes: code and words.
    pub codes: Vec<(Id, Localized)>,
}
