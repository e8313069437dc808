//! What is printed, and nothing else: the only results a report, a screen or a file ever sees.
//!
//! A value that is not printed is not here: [`Count`] has no number where a count is coded or hidden. A [`Published`]
//! is made by [`publish`](super::publish::publish) or read back from a kept release, nowhere else.

use serde::{Deserialize, Serialize};

use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::record::SurveyStamp;

use super::breakdown::least_of_row;
use super::voices::PublishedVoices;

pub use super::row::shape::Grain;
pub use crate::domain::category::Category;
pub use crate::stats::share::Share;

pub use dimension::{Alpha, PublishedDimension};

pub use breakdown::{GroupAnswers, GroupBand, NoBreakdown, PublishedBreakdown, PublishedGroup};

pub use hands::{HandsAnswer, HowMany, PublishedHands};

mod breakdown;
mod dimension;
mod hands;

/// The newest shape of the serialised form. A higher one is refused. 2 is 1 with breakdowns; 3 is 2 with figures over
/// several items, in a kept release that says its version in front; 4 is 3 with breakdowns in three bands and hands in
/// words.
pub const FORMAT: u16 = 4;
/// The first version with figures over several items.
const WITH_DIMENSIONS: u16 = 3;

/// Everything printed of one survey's answers, for the whole group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    format: u16,
    survey: SurveyStamp,
    terms: Terms,
    interviews: u32,
    groups: u32,
    left_out: u32,
    items: Vec<PublishedItem>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dimensions: Vec<PublishedDimension>,
    /// What people told, which is kept beside and joined to it where it is shown.
    #[serde(skip)]
    voices: Option<PublishedVoices>,
}

/// Gives `Published` a way back from its serialised form, for this module only.
#[derive(Deserialize)]
#[serde(remote = "Published", deny_unknown_fields)]
struct PublishedForm {
    format: u16,
    survey: SurveyStamp,
    terms: Terms,
    interviews: u32,
    groups: u32,
    left_out: u32,
    items: Vec<PublishedItem>,
    #[serde(default)]
    dimensions: Vec<PublishedDimension>,
    #[serde(skip)]
    voices: Option<PublishedVoices>,
}

/// The disclosure rules a release was made under; they stand in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The profile's name.
    pub profile: String,
    /// k: counts of at most k, and of all but k, are coded.
    pub threshold: u16,
    /// Fewest people in a row that prints anything.
    pub row_base: u16,
    /// k of sensitive questions.
    pub sensitive_threshold: u16,
    /// Fewest people in a row of a sensitive question.
    pub sensitive_row_base: u16,
    /// Fewest people for per cent.
    pub percent_from: u16,
}

/// What is printed of one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedItem {
    /// The item.
    pub item: ItemKey,
    /// Whether the stricter limits held.
    pub sensitive: bool,
    /// How many were asked and answered.
    pub base: Base,
    /// The answers.
    pub answers: Answers,
    /// Why others did not answer.
    pub missing: MissingShown,
    /// The answers by groups of people, where the question has a declared breakdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakdown: Option<PublishedBreakdown>,
    /// What is told of the hands of groups, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hands: Option<PublishedHands>,
}

/// How many people an item was meant for and how many answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Both printed.
    Shown {
        /// People the item was meant for.
        asked: u32,
        /// People who answered: n.
        valid: u32,
    },
    /// Not printed: there are too few interviews, or it would tell a count of an earlier question that is not printed
    /// exactly.
    Hidden,
}

/// The printed answers of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// A row of cells.
    Row {
        /// How answers are counted.
        counted: Counted,
        /// The finest cells printed; coarser ones stand after them.
        form: Grain,
        /// The cells, finest first, each grain in the order of the survey.
        cells: Vec<Cell>,
    },
    /// No count is printed; `cells` are the finest cells, all hidden.
    Hidden {
        /// How answers are counted.
        counted: Counted,
        /// Why, by what is public.
        reason: Reason,
        /// The cells a table has all the same.
        cells: Vec<Cell>,
    },
    /// Words: only how many answered, which is the base.
    Words,
}

/// How answers of a row are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// One answer per person; cells of one grain sum to n.
    One,
    /// Any number of answers per person; each cell is out of n.
    Several,
    /// The first choice of a ranking.
    FirstChoice,
}

/// One printed cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// How coarse it is.
    pub grain: Grain,
    /// The categories counted together, in the order of the survey.
    pub what: Vec<Category>,
    /// The count as printed.
    pub count: Count,
    /// The share of n with its interval, beside an exact count and where n is large enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
}

/// A count as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// The number of people.
    Exact(u32),
    /// So many people or fewer.
    AtMost(u32),
    /// So many people or more.
    AtLeast(u32),
    /// Not printed.
    Hidden,
}

impl Count {
    /// Returns the least and the greatest number of people the printed count says, out of `n`.
    #[must_use]
    pub const fn bounds(self, n: u32) -> (u32, u32) {
        match self {
            Self::Exact(count) => (count, count),
            Self::AtMost(most) => (0, most),
            Self::AtLeast(least) => (least, n),
            Self::Hidden => (0, n),
        }
    }

    /// Returns how many the others of `n` people are, as it follows from this count.
    #[must_use]
    pub const fn rest_of(self, n: u32) -> Self {
        match self {
            Self::Exact(count) => Self::Exact(n.saturating_sub(count)),
            Self::AtMost(most) => Self::AtLeast(n.saturating_sub(most)),
            Self::AtLeast(least) => Self::AtMost(n.saturating_sub(least)),
            Self::Hidden => Self::Hidden,
        }
    }
}

/// Why no answers of an item are printed. Says nothing that is not public anyway: sizes, the survey, earlier rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Fewer interviews than numbers are printed for at all.
    TooFewInterviews,
    /// Fewer answered than a row needs; n is printed.
    TooFewAnswered,
    /// The question was put to those who gave a certain answer before, and that count is not printed exactly.
    BaseNotShown,
    /// Any number here could tell of few people; which, is not said.
    Protected,
    /// The question's sizes or its limits on answers are beyond what can be decided exactly.
    NotDecided,
    /// Not everybody was offered the same options.
    OptionsDiffer,
    /// The survey's checks tie the answer to another question that is printed.
    TiedToAnother,
    /// Hands of groups are told in words only.
    GroupsOnly,
}

/// Why people did not answer, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingShown {
    /// Only how many: asked less n.
    Sum(u32),
    /// By kind.
    Kinds(Vec<MissingCell>),
    /// Nothing, as the base is not printed.
    Hidden,
}

/// People who did not answer for one of these reasons, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingCell {
    /// The kinds counted together.
    pub kinds: Vec<Missing>,
    /// The count as printed.
    pub count: Count,
}

/// Why a kept release cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not what this program writes.
    #[error("not a kept release")]
    Damaged,
    /// Written by a newer program.
    #[error("made by a newer version of the program")]
    Newer,
}

impl Published {
    /// The one constructor, for [`publish`](super::publish::publish).
    pub(super) fn new(survey: SurveyStamp, terms: Terms, people: People, items: Vec<PublishedItem>) -> Self {
        let People {
            interviews,
            groups,
            left_out,
        } = people;
        let breakdowns = || items.iter().filter_map(|item| item.breakdown.as_ref());
        let with_bands = breakdowns().any(|breakdown| !breakdown.bands().is_empty())
            || items.iter().any(|item| item.hands.is_some());
        let format = match (with_bands, breakdowns().next()) {
            (true, _) => FORMAT,
            (false, Some(_)) => 2,
            (false, None) => 1,
        };
        Self {
            format,
            survey,
            terms,
            interviews,
            groups,
            left_out,
            items,
            dimensions: Vec::new(),
            voices: None,
        }
    }

    /// Leaves out everything but whom it is about: where they are too few for numbers, and themes and quotes are all that
    /// is told.
    #[must_use]
    pub fn in_words(mut self) -> Self {
        self.items.clear();
        self.dimensions.clear();
        self.left_out = 0;
        self
    }

    /// Returns whether it is about people who are too few for numbers: it prints none, and nothing of any question.
    #[must_use]
    pub const fn is_in_words(&self) -> bool {
        self.items.is_empty() && self.interviews > 0
    }

    /// Adds what people told.
    pub(super) fn with_voices(mut self, voices: Option<PublishedVoices>) -> Self {
        self.voices = voices;
        self
    }

    /// Adds what is printed over the items of dimensions.
    pub(super) fn with_dimensions(mut self, dimensions: Vec<PublishedDimension>) -> Self {
        if !dimensions.is_empty() {
            self.raise_format(WITH_DIMENSIONS);
        }
        self.dimensions = dimensions;
        self
    }

    /// Reads what [`Serialize`] wrote. Only for kept releases: nothing else has been printed before.
    ///
    /// # Errors
    /// The field that does not fit.
    pub(super) fn read<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        PublishedForm::deserialize(from)
    }

    /// Returns the version of the serialised form.
    #[must_use]
    pub const fn format(&self) -> u16 {
        self.format
    }

    /// Says a higher version, because of what it is kept with.
    pub(super) const fn raise_format(&mut self, format: u16) {
        if self.format < format {
            self.format = format;
        }
    }

    /// Returns the survey the answers are from.
    #[must_use]
    pub const fn survey(&self) -> &SurveyStamp {
        &self.survey
    }

    /// Returns the rules it was made under.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
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

    /// Returns how many interviews are in no count because their version of the survey is not there.
    #[must_use]
    pub const fn left_out(&self) -> u32 {
        self.left_out
    }

    /// Returns the items in file order.
    #[must_use]
    pub fn items(&self) -> &[PublishedItem] {
        &self.items
    }

    /// Returns what is printed over the items of dimensions, in the order of the survey.
    #[must_use]
    pub fn dimensions(&self) -> &[PublishedDimension] {
        &self.dimensions
    }

    /// Returns what people told, where it was released.
    #[must_use]
    pub const fn voices(&self) -> Option<&PublishedVoices> {
        self.voices.as_ref()
    }

    /// Returns what is printed of one item.
    #[must_use]
    pub fn item(&self, item: &ItemKey) -> Option<&PublishedItem> {
        self.items.iter().find(|published| published.item == *item)
    }
}

/// People and groups, by the roster.
#[derive(Clone, Copy)]
pub(super) struct People {
    pub(super) interviews: u32,
    pub(super) groups: u32,
    pub(super) left_out: u32,
}

impl PublishedItem {
    /// Returns n where it is printed.
    #[must_use]
    pub const fn valid(&self) -> Option<u32> {
        match self.base {
            Base::Shown { valid, .. } => Some(valid),
            Base::Hidden => None,
        }
    }

    /// Returns the fewest people who had to answer for a number, by the terms and whether the item looks after groups: who
    /// is told that fewer have answered is never told more than did.
    #[must_use]
    pub fn least_answered(&self, terms: &Terms) -> u32 {
        let (threshold, base) = if self.sensitive {
            (terms.sensitive_threshold, terms.sensitive_row_base)
        } else {
            (terms.threshold, terms.row_base)
        };
        let least = |beside_groups| least_of_row(threshold.into(), base.into(), beside_groups);
        let too_small = GroupAnswers::Hidden {
            reason: NoBreakdown::GroupsTooSmall,
        };
        let is_split = self
            .breakdown
            .as_ref()
            .is_some_and(|own| own.answers != too_small);
        // Groups that are an answer of the survey are found too small only after the whole was decided.
        let is_enough = self.valid().is_some_and(|valid| valid >= least(false));
        least(is_split || is_enough)
    }

    /// Returns so many of everybody asked, to be said as per cent beside so many of those who answered. None where the
    /// count or the base is not printed exactly, where fewer than `percent_from` answered, and where everybody asked
    /// answered, for then it is the same per cent. It is worked out from printed numbers, so it tells no more than they do.
    #[must_use]
    pub fn part_of_asked(&self, count: Count, percent_from: u16) -> Option<(u32, u32)> {
        match (self.base, count) {
            (Base::Shown { asked, valid }, Count::Exact(count))
                if valid >= u32::from(percent_from) && asked > valid =>
            {
                Some((count, asked))
            }
            _ => None,
        }
    }

    /// Returns the cells, hidden ones included.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        match &self.answers {
            Answers::Row { cells, .. } | Answers::Hidden { cells, .. } => cells,
            Answers::Words => &[],
        }
    }
}
