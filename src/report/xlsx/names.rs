//! Names of sheets: what the format allows, and no two alike.

use std::collections::BTreeSet;

use crate::report::xml::one_line;

/// Counted as UTF-16 counts.
const LONGEST: usize = 31;

/// The names that are taken, as they are told apart: without regard to case.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Takes a name as like the wanted one as can be.
    pub(super) fn taken(&mut self, wanted: &str) -> String {
        let legal: String = one_line(wanted)
            .chars()
            .map(|c| if "[]:*?/\\".contains(c) { '-' } else { c })
            .collect();
        let legal = legal.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let mut number = 1;
        loop {
            let end = if number == 1 {
                String::new()
            } else {
                format!(" ({number})")
            };
            let mut name = cut(legal, LONGEST - end.len());
            name.push_str(&end);
            // "History" is the one name the format keeps for itself.
            let free = !name.is_empty() && !name.eq_ignore_ascii_case("history");
            if free && self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

fn cut(words: &str, most: usize) -> String {
    let mut kept = String::new();
    let mut length = 0;
    for c in words.chars() {
        length += c.len_utf16();
        if length > most {
            break;
        }
        kept.push(c);
    }
    kept.trim_end_matches(['\'', ' ']).to_owned()
}

/// Returns a name as references write it.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_legal_and_no_two_alike() {
        let mut names = Names::default();
        assert_eq!(names.taken("a/b: [c]*?\\"), "a-b- -c----");
        assert_eq!(names.taken("'Sør'"), "Sør");
        assert_eq!(names.taken("sør"), "sør (2)");
        assert_eq!(names.taken("History"), "History (2)");
        assert_eq!(names.taken(&"å".repeat(40)).chars().count(), 31);
        assert_eq!(names.taken(&"å".repeat(40)).chars().count(), 31);
        assert_eq!(names.taken("\u{1}"), " (2)");
    }
}
