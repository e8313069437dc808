//! What a person wants of the program on this machine: `config.toml`, read whole and written key by key.
//!
//! The file may be written by hand. Norwegian keys are what the program writes; English ones mean the same. Reading
//! never fails: what is not understood is told and passed over, and what is not there is decided elsewhere. Writing
//! changes one key in its place, so that comments and the keys of a newer program stay.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::language::Language;
use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;

mod key;

use key::Key;

/// The file's name, in the program's own folder and in an evaluation's.
pub const FILE: &str = "config.toml";
/// More than such a file ever is.
const LARGEST: u64 = 256 * 1024;

/// How much air there is between lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Spacing {
    /// Never an empty line between options.
    Tight,
    /// An empty line between options wherever there is room.
    #[default]
    Normal,
    /// Empty lines always, and shorter lines; the screen scrolls where there is no room.
    Airy,
}

/// How much the text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Contrast {
    /// Dimmed text for what is only for the interviewer.
    #[default]
    Usual,
    /// The terminal's own two colours, bold and reversed only: nothing dimmed.
    High,
}

/// What somebody does with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Role {
    /// Holds interviews.
    #[default]
    Interviewer,
    /// Coordinates an evaluation.
    Coordinator,
    /// Only looks.
    Visitor,
}

/// One thing a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The language of the program.
    Language(Language),
    /// What the person does.
    Role(Role),
    /// Air.
    Spacing(Spacing),
    /// Contrast.
    Contrast(Contrast),
    /// Colours where the terminal has them.
    Colours(bool),
    /// Only ASCII for lines and marks.
    Ascii(bool),
    /// The mouse.
    Mouse(bool),
    /// A digit that answers also goes on.
    AutoNext(bool),
    /// Line by line, for screen readers.
    Linear(bool),
    /// The curtain falls when the window is left.
    HideUnfocused(bool),
    /// The card shows what is chosen already.
    ShowChoice(bool),
}

/// Everything a person said; `None` where nothing was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Preferences {
    /// The language of the program.
    pub language: Option<Language>,
    /// What the person does.
    pub role: Option<Role>,
    /// Air.
    pub spacing: Option<Spacing>,
    /// Contrast.
    pub contrast: Option<Contrast>,
    /// Colours where the terminal has them.
    pub colours: Option<bool>,
    /// Only ASCII for lines and marks.
    pub ascii: Option<bool>,
    /// The mouse.
    pub mouse: Option<bool>,
    /// A digit that answers also goes on.
    pub auto_next: Option<bool>,
    /// Line by line, for screen readers.
    pub linear: Option<bool>,
    /// The curtain falls when the window is left.
    pub hide_unfocused: Option<bool>,
    /// The card shows what is chosen already.
    pub show_choice: Option<bool>,
}

/// Something in the file that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: PassedKind,
}

/// Why something in the file was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassedKind {
    /// The file is no TOML from here.
    NotToml,
    /// No such key.
    UnknownKey(String),
    /// The key has no such value. What it may be stands in the second part.
    WrongValue(String, String),
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ReadFile {
    /// Whether there is a file.
    pub is_there: bool,
    /// What it says.
    pub preferences: Preferences,
    /// What was passed over.
    pub passed: Vec<Passed>,
}

impl Preferences {
    /// Returns these, and `below` where these say nothing.
    #[must_use]
    pub fn or(self, below: Self) -> Self {
        Self {
            language: self.language.or(below.language),
            role: self.role.or(below.role),
            spacing: self.spacing.or(below.spacing),
            contrast: self.contrast.or(below.contrast),
            colours: self.colours.or(below.colours),
            ascii: self.ascii.or(below.ascii),
            mouse: self.mouse.or(below.mouse),
            auto_next: self.auto_next.or(below.auto_next),
            linear: self.linear.or(below.linear),
            hide_unfocused: self.hide_unfocused.or(below.hide_unfocused),
            show_choice: self.show_choice.or(below.show_choice),
        }
    }

    /// Returns only what is about the conversation and the person who is interviewed, not about the one who looks at
    /// the screen: those who plan an evaluation decide it for every laptop.
    #[must_use]
    pub fn of_the_conversation(self) -> Self {
        Self {
            hide_unfocused: self.hide_unfocused,
            show_choice: self.show_choice,
            ..Self::default()
        }
    }

    /// Takes one thing in.
    pub const fn take(&mut self, preference: Preference) {
        match preference {
            Preference::Language(language) => self.language = Some(language),
            Preference::Role(role) => self.role = Some(role),
            Preference::Spacing(spacing) => self.spacing = Some(spacing),
            Preference::Contrast(contrast) => self.contrast = Some(contrast),
            Preference::Colours(on) => self.colours = Some(on),
            Preference::Ascii(on) => self.ascii = Some(on),
            Preference::Mouse(on) => self.mouse = Some(on),
            Preference::AutoNext(on) => self.auto_next = Some(on),
            Preference::Linear(on) => self.linear = Some(on),
            Preference::HideUnfocused(on) => self.hide_unfocused = Some(on),
            Preference::ShowChoice(on) => self.show_choice = Some(on),
        }
    }
}

/// Reads a file; one that is not there says nothing.
///
/// # Errors
/// What the system said, when there is a file and it cannot be read.
pub fn load(path: &Path) -> Result<ReadFile, StoreError> {
    let size = match fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(ReadFile::default());
        }
        Err(error) => return Err(StoreError::at(path, &error)),
    };
    if size > LARGEST {
        return Err(StoreError::TooLarge {
            path: path.to_owned(),
        });
    }
    let bytes = fs::read(path).map_err(|error| StoreError::at(path, &error))?;
    let (preferences, passed) = read(&String::from_utf8_lossy(&bytes));
    Ok(ReadFile {
        is_there: true,
        preferences,
        passed,
    })
}

/// Returns what a file's text says, and what in it was passed over.
#[must_use]
pub fn read(text: &str) -> (Preferences, Vec<Passed>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut preferences = Preferences::default();
    let mut passed = Vec::new();
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        passed.push(Passed {
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            kind: PassedKind::NotToml,
        });
    }
    for (name, value) in root.get_ref() {
        let line = line_of(text, name.span().start);
        let Some(key) = Key::named(name.get_ref()) else {
            if !key::IGNORED.contains(&name.get_ref().as_ref()) {
                let kind = PassedKind::UnknownKey(name.get_ref().to_string());
                passed.push(Passed { line, kind });
            }
            continue;
        };
        match said(value).and_then(|said| key.value(&said)) {
            Some(preference) => preferences.take(preference),
            None => {
                let kind = PassedKind::WrongValue(name.get_ref().to_string(), key.values().join(", "));
                passed.push(Passed { line, kind });
            }
        }
    }
    passed.sort_by_key(|passed| passed.line);
    (preferences, passed)
}

/// Keeps one thing a person wants. `head` is what a new file says about itself, line by line.
///
/// # Errors
/// What the system said; [`StoreError::NotEditable`] when the file is no TOML: it stays as it is.
pub fn keep(path: &Path, preference: Preference, head: &str) -> Result<(), StoreError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => new_file(head),
        Err(error) => return Err(StoreError::at(path, &error)),
    };
    let changed = changed(&text, preference).ok_or_else(|| StoreError::NotEditable {
        path: path.to_owned(),
    })?;
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder)?;
    }
    atomic::replace(path, changed.as_bytes(), Access::AsUsual)
}

fn new_file(head: &str) -> String {
    let comments: String = head.lines().map(|line| format!("# {line}\n")).collect();
    format!("{comments}format = 1\n")
}

/// Returns the text with one key changed in its place, or added before the first table.
fn changed(text: &str, preference: Preference) -> Option<String> {
    let (name, value) = key::written(preference);
    let key = Key::named(name)?;
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let mut places: Vec<std::ops::Range<usize>> = root
        .get_ref()
        .iter()
        .filter(|(name, _)| Key::named(name.get_ref()) == Some(key))
        .map(|(_, value)| value.span())
        .collect();
    places.sort_by_key(|place| place.start);
    let edited = if places.is_empty() {
        let end = first_table(text);
        let (before, after) = (text.get(..end)?, text.get(end..)?);
        let newline = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        format!("{before}{newline}{name} = {value}\n{after}")
    } else {
        // The same thing may stand under its Norwegian and its English name: then both say it.
        let mut edited = text.to_owned();
        for place in places.into_iter().rev() {
            edited = format!(
                "{}{value}{}",
                edited.get(..place.start)?,
                edited.get(place.end..)?
            );
        }
        edited
    };
    let mut wanted = Preferences::default();
    wanted.take(preference);
    let (now, passed) = read(&edited);
    let is_toml = passed.iter().all(|passed| passed.kind != PassedKind::NotToml);
    (is_toml && wanted.or(now) == now).then_some(edited)
}

/// Returns where the first table begins, or the end.
fn first_table(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            return at;
        }
        at += line.len();
    }
    at
}

/// Returns a value as a word: `true`, `"ja"` and `ja` are the same.
fn said(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.trim().to_lowercase()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{
        Access, Contrast, FILE, Passed, PassedKind, Preference, Preferences, Role, Spacing, atomic, changed,
        keep, load, read,
    };
    use crate::domain::language::Language;

    const EVERY: [Preference; 15] = [
        Preference::Language(Language::Nynorsk),
        Preference::Role(Role::Interviewer),
        Preference::Role(Role::Coordinator),
        Preference::Role(Role::Visitor),
        Preference::Spacing(Spacing::Tight),
        Preference::Spacing(Spacing::Normal),
        Preference::Spacing(Spacing::Airy),
        Preference::Contrast(Contrast::High),
        Preference::Colours(false),
        Preference::Ascii(true),
        Preference::Mouse(false),
        Preference::AutoNext(true),
        Preference::Linear(true),
        Preference::HideUnfocused(true),
        Preference::ShowChoice(true),
    ];

    #[test]
    fn norwegian_and_english_keys_say_the_same() {
        let norwegian = "språk = 'nn'";
        assert!(
            read(norwegian)
                .1
                .iter()
                .all(|passed| passed.kind == PassedKind::NotToml)
        );
        let norwegian = "\"språk\" = 'nn'\nluft = 'luftig'\nkontrast = 'høy'\nfarger = 'nei'\ntegn = 'ascii'\nmus = 'nei'\nauto_neste = 'ja'\nrolle = 'koordinator'";
        let english = "language = 'nn'\nspacing = 'airy'\ncontrast = 'high'\ncolours = 'no'\nglyphs = 'ascii'\nmouse = false\nauto_next = true\nrole = 'coordinator'";
        let (one, passed) = read(norwegian);
        assert_eq!(passed, []);
        assert_eq!((one, passed), read(english));
        assert_eq!(one.spacing, Some(Spacing::Airy));
        assert_eq!(one.mouse, Some(false));
        assert_eq!(one.linear, None);
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line_and_the_rest_counts() {
        let (read, passed) =
            read("format = 1\nluft = 'vid'\nbevegelse = 'nei'\nfont = 3\nmus = false\n[mer]\na = 1\n");
        assert_eq!(read.mouse, Some(false));
        assert_eq!(
            passed,
            [
                Passed {
                    line: 2,
                    kind: PassedKind::WrongValue("luft".into(), "tett, normal, luftig".into())
                },
                Passed {
                    line: 4,
                    kind: PassedKind::UnknownKey("font".into())
                },
                Passed {
                    line: 6,
                    kind: PassedKind::UnknownKey("mer".into())
                },
            ]
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        for preference in EVERY {
            let text = changed("", preference).unwrap();
            let mut wanted = Preferences::default();
            wanted.take(preference);
            assert_eq!(read(&text), (wanted, vec![]), "{text}");
        }
    }

    #[test]
    fn a_key_changes_in_its_place_and_everything_else_stays() {
        let text = "# mine\nluft = 'tett' # helst\nnytt = 1\n\n[senere]\nx = 2\n";
        let edited = changed(text, Preference::Spacing(Spacing::Airy)).unwrap();
        assert_eq!(edited, text.replace("'tett'", "\"luftig\""));
        let added = changed(text, Preference::Mouse(false)).unwrap();
        assert_eq!(added, text.replace("[senere]", "mus = false\n[senere]"));
        let english = changed("spacing = 'tight'", Preference::Spacing(Spacing::Normal)).unwrap();
        assert_eq!(english, "spacing = \"normal\"");
        assert_eq!(changed("no TOML [", Preference::Mouse(false)), None);
    }

    #[test]
    fn the_upper_wins_key_by_key() {
        let upper = Preferences {
            mouse: Some(false),
            ..Preferences::default()
        };
        let lower = Preferences {
            mouse: Some(true),
            linear: Some(true),
            ..Preferences::default()
        };
        let both = upper.or(lower);
        assert_eq!((both.mouse, both.linear), (Some(false), Some(true)));
    }

    #[test]
    fn a_file_is_made_with_its_folder_and_a_broken_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join(FILE);
        assert!(!load(&path).unwrap().is_there);
        keep(&path, Preference::Mouse(false), "settings\nof mine").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# settings\n# of mine\nformat = 1\nmus = false\n");
        assert_eq!(load(&path).unwrap().preferences.mouse, Some(false));
        atomic::replace(&path, b"mus = ", Access::AsUsual).unwrap();
        assert!(keep(&path, Preference::Mouse(true), "").is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mus = ");
        assert!(load(&path).unwrap().is_there);
    }
}
