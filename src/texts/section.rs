//! Reading a text file into typed structs: every key exactly once, all mistakes at once.
//!
//! Derived deserialisers would do the same, but for structs of a hundred texts each they become functions so large
//! that building the program took minutes longer; [`texts!`] reads field by field instead.

use std::collections::BTreeMap;

/// A table of a text file that is being read.
pub(super) struct Section<'a> {
    table: toml::Table,
    path: String,
    wrong: &'a mut Vec<String>,
}

impl<'a> Section<'a> {
    /// Begins to read a whole file. What is wrong with it is added to `wrong`.
    pub(super) fn of_file(file: &str, wrong: &'a mut Vec<String>) -> Self {
        let table = file.parse().unwrap_or_else(|error: toml::de::Error| {
            wrong.push(error.to_string());
            toml::Table::new()
        });
        Self {
            table,
            path: String::new(),
            wrong,
        }
    }

    /// Reads what stands under a key.
    #[inline(never)]
    pub(super) fn read<T: FromTexts>(&mut self, key: &str) -> T {
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        T::from_texts(self.table.remove(key), path, self.wrong)
    }

    /// Ends the reading: what was not read is too much.
    pub(super) fn end(self) {
        for key in self.table.keys() {
            self.wrong.push(format!("unknown: {}.{key}", self.path));
        }
    }
}

/// What can stand in a text file.
pub(super) trait FromTexts: Sized {
    /// Reads a value; where it is missing or of another kind, says so in `wrong` and goes on without.
    fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self;
}

/// Reads a table; an empty one where there is none.
pub(super) fn section(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Section<'_> {
    let table = match value {
        Some(toml::Value::Table(table)) => table,
        _ => {
            wrong.push(format!("not a table: {path}"));
            toml::Table::new()
        }
    };
    Section { table, path, wrong }
}

impl FromTexts for String {
    fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self {
        match value {
            Some(toml::Value::String(text)) => text,
            _ => {
                wrong.push(format!("not a text: {path}"));
                Self::new()
            }
        }
    }
}

impl FromTexts for Option<String> {
    fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self {
        value.map(|value| String::from_texts(Some(value), path, wrong))
    }
}

impl FromTexts for Vec<String> {
    fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self {
        let Some(toml::Value::Array(list)) = value else {
            wrong.push(format!("not a list: {path}"));
            return Self::new();
        };
        let each = list.into_iter().enumerate();
        each.map(|(nr, value)| String::from_texts(Some(value), format!("{path}[{nr}]"), wrong))
            .collect()
    }
}

impl<T: FromTexts> FromTexts for BTreeMap<String, T> {
    fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self {
        let Some(toml::Value::Table(table)) = value else {
            wrong.push(format!("not a table: {path}"));
            return Self::new();
        };
        let each = table.into_iter();
        each.map(|(key, value)| {
            let read = T::from_texts(Some(value), format!("{path}.{key}"), wrong);
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
            fn from_texts(value: Option<toml::Value>, path: String, wrong: &mut Vec<String>) -> Self {
                let mut section = $crate::texts::section::section(value, path, wrong);
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

    fn read(file: &str) -> (Two, Vec<String>) {
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
                "unknown: .three"
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_wrong() {
        assert!(read("[two").1.len() > 1);
    }
}
