//! The chapters of a text file: its outermost tables, each read when somebody first looks into it.
//!
//! A run needs few of them, and reading all takes longer than the rest of the way to the first frame.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::section::{FromTexts, Section};

/// One chapter of a text file. Copies share what has been read.
pub struct Chapter<T> {
    within: Arc<Shared<T>>,
}

struct Shared<T> {
    key: &'static str,
    text: &'static str,
    read: OnceLock<Read<T>>,
}

struct Read<T> {
    texts: T,
    wrong: Vec<String>,
}

/// The chapters of one file that nobody has taken yet.
pub(super) struct Chapters {
    texts: BTreeMap<&'static str, &'static str>,
    wrong: Vec<String>,
}

impl Chapters {
    /// Cuts a file at the lines where another outermost table begins.
    pub(super) fn of_file(file: &'static str) -> Self {
        let mut chapters = Self {
            texts: BTreeMap::new(),
            wrong: Vec::new(),
        };
        let mut open: Option<(&'static str, usize)> = None;
        // A search for a single character is the quick one.
        let lines = [0]
            .into_iter()
            .chain(file.match_indices('\n').map(|(end, _)| end + 1));
        for start in lines {
            let text = file.get(start..).unwrap_or_default();
            if !text.starts_with('[') {
                continue;
            }
            let name = chapter_name(text);
            if open.is_some_and(|(current, _)| current == name) {
                continue;
            }
            if let Some((current, from)) = open.replace((name, start)) {
                chapters.add(current, file.get(from..start).unwrap_or_default());
            }
        }
        if let Some((current, from)) = open {
            chapters.add(current, file.get(from..).unwrap_or_default());
        }
        chapters
    }

    fn add(&mut self, name: &'static str, text: &'static str) {
        if self.texts.insert(name, text).is_some() {
            self.wrong.push(format!("in two places: {name}"));
        }
    }

    /// Takes a chapter, unread.
    pub(super) fn take<T>(&mut self, key: &'static str) -> Chapter<T> {
        let text = self.texts.remove(key).unwrap_or_else(|| {
            self.wrong.push(format!("not a table: {key}"));
            ""
        });
        Chapter {
            within: Arc::new(Shared {
                key,
                text,
                read: OnceLock::new(),
            }),
        }
    }

    /// Ends the taking and returns what is wrong: what was not taken is too much.
    pub(super) fn end(mut self) -> Vec<String> {
        let left = self.texts.keys().map(|key| format!("unknown: {key}"));
        self.wrong.extend(left);
        self.wrong
    }
}

/// Returns the first part of the name of the table whose head a text begins with.
fn chapter_name(text: &'static str) -> &'static str {
    let name = text.trim_start_matches('[');
    let end = name.find(['.', ']', ' ']).unwrap_or(name.len());
    name.get(..end).unwrap_or_default()
}

impl<T: FromTexts> Chapter<T> {
    fn read(&self) -> &Read<T> {
        let shared = &self.within;
        shared.read.get_or_init(|| {
            let mut wrong = Vec::new();
            let mut section = Section::of_file(shared.text, &mut wrong);
            let texts = section.read(shared.key);
            section.end();
            Read { texts, wrong }
        })
    }

    /// Reads the chapter and returns what is wrong with it.
    pub(super) fn mistakes(&self) -> &[String] {
        &self.read().wrong
    }
}

impl<T: FromTexts> Deref for Chapter<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.read().texts
    }
}

impl<T> Clone for Chapter<T> {
    fn clone(&self) -> Self {
        Self {
            within: Arc::clone(&self.within),
        }
    }
}

impl<T> fmt::Debug for Chapter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chapter({})", self.within.key)
    }
}

#[cfg(test)]
mod tests {
    use super::{Chapter, Chapters};
    use crate::texts::section::texts;

    texts! {
        struct Kit {
            about: String,
        }
    }

    texts! {
        struct Command {
            quit: String,
            kit: Kit,
        }
    }

    const FILE: &str =
        "# about\n[command]\nquit = 'slutt'\n[command.kit]\nabout = '[sett]'\n\n[keys]\nx = ''\n";

    #[test]
    fn a_chapter_holds_its_tables_up_to_the_next_chapter() {
        let mut chapters = Chapters::of_file(FILE);
        let command: Chapter<Command> = chapters.take("command");
        assert_eq!(
            (command.quit.as_str(), command.clone().kit.about.as_str()),
            ("slutt", "[sett]")
        );
        assert!(command.mistakes().is_empty());
        assert_eq!(chapters.end(), ["unknown: keys"]);
    }

    #[test]
    fn a_missing_chapter_and_one_in_two_places_are_named() {
        let mut chapters = Chapters::of_file("[a]\n[b]\n[a]\n");
        let _: Chapter<Kit> = chapters.take("a");
        let _: Chapter<Kit> = chapters.take("b");
        let _: Chapter<Kit> = chapters.take("c");
        assert_eq!(chapters.end(), ["in two places: a", "not a table: c"]);
    }

    #[test]
    fn what_is_wrong_inside_a_chapter_is_known_once_it_is_read() {
        let kit: Chapter<Kit> = Chapters::of_file("[kit]\nabot = 'x'\n").take("kit");
        assert_eq!(kit.about, "");
        assert_eq!(kit.mistakes(), ["not a text: kit.about", "unknown: kit.abot"]);
    }
}
