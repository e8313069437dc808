//! The item: the smallest thing that has one answer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::id::{Id, NotAnId, ReadWith};

/// Names one item: a question, a row of a matrix, or a row on one of a matrix's two scales.
///
/// Written `question`, `question.row` or `question.row.scale`: the form used in data, conditions and reports.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    question: Id,
    row: Option<Id>,
    scale: Option<Id>,
}

impl ItemKey {
    /// Returns the key of a question that is one item by itself.
    #[must_use]
    pub const fn question(question: Id) -> Self {
        Self {
            question,
            row: None,
            scale: None,
        }
    }

    /// Returns the key of a matrix row; `scale` only where the matrix has two.
    #[must_use]
    pub const fn row(question: Id, row: Id, scale: Option<Id>) -> Self {
        Self {
            question,
            row: Some(row),
            scale,
        }
    }

    /// Returns the question's id.
    #[must_use]
    pub const fn question_id(&self) -> &Id {
        &self.question
    }

    /// Returns the matrix row's id.
    #[must_use]
    pub const fn row_id(&self) -> Option<&Id> {
        self.row.as_ref()
    }

    /// Returns the scale's name where the row is asked on two.
    #[must_use]
    pub const fn scale_id(&self) -> Option<&Id> {
        self.scale.as_ref()
    }
}

impl From<Id> for ItemKey {
    fn from(question: Id) -> Self {
        Self::question(question)
    }
}

impl FromStr for ItemKey {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.split('.');
        let question = Id::new(parts.next().unwrap_or_default())?;
        let row = parts.next().map(Id::new).transpose()?;
        let scale = parts.next().map(Id::new).transpose()?;
        if parts.next().is_some() {
            Err(NotAnId)
        } else {
            Ok(Self { question, row, scale })
        }
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.question)?;
        for part in [&self.row, &self.scale].into_iter().flatten() {
            write!(f, ".{part}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ItemKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.row.is_none() && self.scale.is_none() {
            self.question.serialize(serializer)
        } else {
            serializer.collect_str(self)
        }
    }
}

impl<'de> Deserialize<'de> for ItemKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ReadWith(str::parse))
    }
}

#[cfg(test)]
mod tests {
    use super::ItemKey;

    #[test]
    fn a_key_reads_back_as_it_was_written() {
        for text in ["bup01", "opplevelse.lyttet", "tid_par.p02.viktig4"] {
            assert_eq!(text.parse::<ItemKey>().unwrap().to_string(), text);
        }
        assert!("a.b.c.d".parse::<ItemKey>().is_err());
        assert!("a..c".parse::<ItemKey>().is_err());
    }
}
