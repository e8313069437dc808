//! What one item was answered with, or why it was not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

pub mod spoken;

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::missing::Missing;
use crate::domain::number::Number;

/// The most bytes an open answer or note may have.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// An answer to one item.
///
/// `Debug` says the kind only: an answer never reaches a log or an error text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// One option or scale point, with the person's own words where the option asks for them.
    Choice {
        /// The option's code.
        code: Id,
        /// What "noe annet" was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        specify: Option<CleanText>,
    },
    /// Several options; never none (that is an option of its own, or a kind of missing).
    Choices {
        /// The options' codes.
        codes: BTreeSet<Id>,
        /// What "noe annet" was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        specify: Option<CleanText>,
    },
    /// A number in the question's unit.
    Number {
        /// The number.
        value: Number,
        /// Whether it was said to be "about".
        #[serde(default)]
        about: bool,
    },
    /// A year, a month of a year, or where the survey insists a day.
    Date {
        /// Year, four digits.
        year: i16,
        /// Month, 1 to 12.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        month: Option<i8>,
        /// Day of the month, 1 to 31.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<i8>,
    },
    /// Words, as the person said them.
    Text(CleanText),
    /// Options in order, the most important first.
    Ranking(Vec<Id>),
    /// Group interviews: hands raised per option. Counts of a group, never of persons.
    Hands(BTreeMap<Id, u32>),
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Choice { .. } => "Choice(..)",
            Self::Choices { .. } => "Choices(..)",
            Self::Number { .. } => "Number(..)",
            Self::Date { .. } => "Date(..)",
            Self::Text(_) => "Text(..)",
            Self::Ranking(_) => "Ranking(..)",
            Self::Hands(_) => "Hands(..)",
        })
    }
}

impl Answer {
    /// Returns the plain choice of one option.
    #[must_use]
    pub const fn choice(code: Id) -> Self {
        Self::Choice { code, specify: None }
    }

    /// Returns the person's own words in this answer: an open answer, or what "noe annet" was.
    #[must_use]
    pub const fn words(&self) -> Option<&CleanText> {
        match self {
            Self::Text(text) => Some(text),
            Self::Choice { specify, .. } | Self::Choices { specify, .. } => specify.as_ref(),
            _ => None,
        }
    }
}

/// An answer or the reason why there is none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Answered.
    Given(Answer),
    /// Not answered, and why.
    Missing(Missing),
}

impl Response {
    /// Returns the answer, if there is one.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Given(answer) => Some(answer),
            Self::Missing(_) => None,
        }
    }

    /// Returns why there is no answer.
    #[must_use]
    pub const fn missing(&self) -> Option<Missing> {
        match self {
            Self::Given(_) => None,
            Self::Missing(kind) => Some(*kind),
        }
    }
}

/// Why somebody did not answer is theirs too: says only that something stands here.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Response(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Response};
    use crate::domain::clean_text::CleanText;
    use crate::domain::id::Id;

    #[test]
    fn debug_shows_no_answer() {
        let said = Response::Given(Answer::Text(CleanText::line("blåbær")));
        let chosen = Answer::choice(Id::new("ja").unwrap());
        assert_eq!(format!("{said:?} {chosen:?}"), "Response(..) Choice(..)");
    }
}
