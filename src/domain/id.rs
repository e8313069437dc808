//! Stable names: the only keys in data, logic, translations and reports.

use std::fmt;

use compact_str::CompactString;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stable key of letters `a-z`, digits and `_`: of a question, row, option, scale, dimension or theme.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(CompactString);

/// A stable name that may also hold `-`: of a survey, round, site or laptop.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(CompactString);

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key of a-z, 0-9 and _")]
pub struct NotAnId;

/// The most characters a key may have.
pub const MAX_LENGTH: usize = 64;

impl Id {
    /// Returns the key, or an error when a character is not `a-z`, `0-9` or `_`, or there are 0 or more than 64.
    ///
    /// # Errors
    /// [`NotAnId`] as above.
    pub fn new(text: &str) -> Result<Self, NotAnId> {
        let fits = text
            .bytes()
            .all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if fits && (1..=MAX_LENGTH).contains(&text.len()) {
            Ok(Self(text.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Slug {
    /// Returns the name, or an error when a character is not `a-z`, `0-9`, `_` or `-`, or there are 0 or more than 64.
    ///
    /// # Errors
    /// [`NotAnId`] as above.
    pub fn new(text: &str) -> Result<Self, NotAnId> {
        let fits = text
            .bytes()
            .all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        if fits && (1..=MAX_LENGTH).contains(&text.len()) {
            Ok(Self(text.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What both kinds of key do alike: print themselves, and stand in files as plain text that is checked on reading.
macro_rules! key_traits {
    ($key:ty) => {
        impl fmt::Display for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $key {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $key {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(ReadWith(Self::new))
            }
        }
    };
}

/// Reads a text without a copy of it: an interview has a hundred keys, and thousands of interviews are read.
pub(super) struct ReadWith<F>(pub(super) F);

impl<T, F: FnOnce(&str) -> Result<T, NotAnId>> Visitor<'_> for ReadWith<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

key_traits!(Id);
key_traits!(Slug);

#[cfg(test)]
mod tests {
    use super::{Id, Slug};

    #[test]
    fn a_key_has_only_small_letters_digits_and_underscore() {
        assert!(Id::new("bup01_a").is_ok());
        for wrong in ["", "Bup", "å", "a-b", "a b", "a.b"] {
            assert!(Id::new(wrong).is_err(), "{wrong}");
        }
        assert!(Slug::new("min-stemme-bup").is_ok());
    }
}
