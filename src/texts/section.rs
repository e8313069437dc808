//! Reading a text file into typed structs: every key exactly once, all mistakes at once.
//!
//! Derived deserialisers would do the same, but for structs of a hundred texts each they become functions so large
//! that building the program took minutes longer; [`texts!`] reads field by field instead.

use std::collections::BTreeMap;
use std::fmt;

use toml::de::{DeTable, DeValue};

/// A table of a text file that is being read.
pub(super) struct Section<'a> {
    table: DeTable<'static>,
    place: &'a Place<'a>,
    wrong: &'a mut Vec<String>,
}

/// Where in a text file something stands. Made for every text and put into words only where one is wrong.
pub struct Place<'a> {
    within: Option<&'a Place<'a>>,
    key: &'a str,
}

impl Place<'static> {
    /// The whole file.
    const FILE: Self = Self {
        within: None,
        key: "",
    };
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(within) = self.within else {
            return Ok(());
        };
        if within.within.is_some() {
            write!(f, "{within}.")?;
        }
        f.write_str(self.key)
    }
}

impl<'a> Section<'a> {
    /// Begins to read a whole file. What is wrong with it is added to `wrong`.
    pub(super) fn of_file(file: &'static str, wrong: &'a mut Vec<String>) -> Self {
        let table = match DeTable::parse(file) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                wrong.push(error.to_string());
                DeTable::new()
            }
        };
        Self {
            table,
            place: &Place::FILE,
            wrong,
        }
    }

    /// Reads what stands under a key.
    #[inline(never)]
    pub(super) fn read<T: FromTexts>(&mut self, key: &str) -> T {
        let value = self.table.remove(key).map(toml::Spanned::into_inner);
        T::from_texts(value, &self.place.at(key), self.wrong)
    }

    /// Ends the reading: what was not read is too much.
    pub(super) fn end(self) {
        for key in self.table.keys() {
            self.wrong
                .push(format!("unknown: {}", self.place.at(key.get_ref())));
        }
    }
}

impl<'a> Place<'a> {
    const fn at(&'a self, key: &'a str) -> Self {
        Self {
            within: Some(self),
            key,
        }
    }
}

/// What can stand in a text file.
pub trait FromTexts: Sized {
    /// Reads a value; where it is missing or of another kind, says so in `wrong` and goes on without.
    fn from_texts(value: Option<DeValue<'static>>, place: &Place<'_>, wrong: &mut Vec<String>) -> Self;
}

/// Reads a table; an empty one where there is none.
pub(super) fn section<'a>(
    value: Option<DeValue<'static>>,
    place: &'a Place<'a>,
    wrong: &'a mut Vec<String>,
) -> Section<'a> {
    let table = match value {
        Some(DeValue::Table(table)) => table,
        _ => {
            wrong.push(format!("not a table: {place}"));
            DeTable::new()
        }
    };
    Section { table, place, wrong }
}

impl FromTexts for String {
    fn from_texts(value: Option<DeValue<'static>>, place: &Place<'_>, wrong: &mut Vec<String>) -> Self {
        match value {
            Some(DeValue::String(text)) => text.into_owned(),
            _ => {
                wrong.push(format!("not a text: {place}"));
                Self::new()
            }
        }
    }
}

impl FromTexts for Option<String> {
    fn from_texts(value: Option<DeValue<'static>>, place: &Place<'_>, wrong: &mut Vec<String>) -> Self {
        value.map(|value| String::from_texts(Some(value), place, wrong))
    }
}

impl FromTexts for Vec<String> {
    fn from_texts(value: Option<DeValue<'static>>, place: &Place<'_>, wrong: &mut Vec<String>) -> Self {
        let Some(DeValue::Array(list)) = value else {
            wrong.push(format!("not a list: {place}"));
            return Self::new();
        };
        let each = list.into_iter().enumerate();
        each.map(|(nr, value)| {
            let nr = nr.to_string();
            String::from_texts(Some(value.into_inner()), &place.at(&nr), wrong)
        })
        .collect()
    }
}

impl<T: FromTexts> FromTexts for BTreeMap<String, T> {
    fn from_texts(value: Option<DeValue<'static>>, place: &Place<'_>, wrong: &mut Vec<String>) -> Self {
        let Some(DeValue::Table(table)) = value else {
            wrong.push(format!("not a table: {place}"));
            return Self::new();
        };
        let each = table.into_iter();
        each.map(|(key, value)| {
            let key = key.into_inner().into_owned();
            let read = T::from_texts(Some(value.into_inner()), &place.at(&key), wrong);
            (key, read)
        })
        .collect()
    }
}

/// Declares a struct of texts whose fields are the keys of a table of the text files, all of them needed.
macro_rules! texts {
    ($(#[$about:meta])* $seen:vis struct $name:ident {
        $($(#[$field_about:meta])* $field_seen:vis $field:ident: $kind:ty,)+
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        $seen struct $name { $($(#[$field_about])* $field_seen $field: $kind,)+ }

        impl $crate::texts::section::FromTexts for $name {
            fn from_texts(
                value: Option<toml::de::DeValue<'static>>,
                place: &$crate::texts::section::Place<'_>,
                wrong: &mut Vec<String>,
            ) -> Self {
                let mut section = $crate::texts::section::section(value, place, wrong);
                let read = Self { $($field: section.read(stringify!($field)),)+ };
                section.end();
                read
            }
        }
    };
}
pub(super) use texts;

#[cfg(test)]
mod tests {
    use super::Section;

    texts! {
        struct Two {
            first: String,
            second: Vec<String>,
        }
    }

    fn read(file: &'static str) -> (Two, Vec<String>) {
        let mut wrong = Vec::new();
        let mut section = Section::of_file(file, &mut wrong);
        let two = section.read("two");
        section.end();
        (two, wrong)
    }

    #[test]
    fn a_file_with_every_text_is_right() {
        let (two, wrong) = read("[two]\nfirst = 'a'\nsecond = ['b', 'c']");
        assert_eq!((two.first.as_str(), two.second.len()), ("a", 2));
        assert!(wrong.is_empty());
    }

    #[test]
    fn every_missing_surplus_and_misplaced_text_is_named_at_once() {
        let (_, wrong) = read("[two]\nthird = 'c'\nsecond = 'b'\n[three]");
        assert_eq!(
            wrong,
            [
                "not a text: two.first",
                "not a list: two.second",
                "unknown: two.third",
                "unknown: three"
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_wrong() {
        assert!(read("[two").1.len() > 1);
    }
}
