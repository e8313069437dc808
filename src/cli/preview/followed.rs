//! A survey's file that somebody is writing: read again when it changes, believed when it stands still.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::cli::diagnostics::{Mistakes, mistakes};
use crate::definition;
use crate::fieldwork::shipped;
use crate::texts::{Texts, fill};
use crate::tui::preview::{Follow, Reread};

/// More than a survey may have: enough to see that a file is too large, without reading all of it.
const READ_AT_MOST: u64 = 3 * 1024 * 1024;
/// A file whose size and time say that it did not change is read all the same after so many looks: some disks know
/// times by the second only, and some editors set them back.
const READ_AFTER: u32 = 8;

/// What the file looked like without opening it.
type Stamp = (u64, Option<SystemTime>);

/// A survey's file.
pub(super) struct Followed {
    /// `None` for a survey that comes with the program.
    path: Option<PathBuf>,
    name: String,
    bytes: Vec<u8>,
    /// What was read last and is not believed yet: an editor may be in the middle of writing it.
    doubtful: Option<Vec<u8>>,
    stamp: Option<Stamp>,
    looks: u32,
    mistakes: Option<Mistakes>,
    /// Looks in a row at which the file was not there.
    away: u32,
    /// There was a version without mistakes.
    shown: bool,
    told: Option<String>,
    first: bool,
}

impl Followed {
    /// Returns the file that is meant, else the survey that comes with the program under this name.
    pub(super) fn open(folder: &Path, named: &str) -> Option<Self> {
        let path = folder.join(named);
        let (path, bytes) = match read(&path) {
            Ok(bytes) => (Some(path), bytes),
            Err(_) => (None, shipped::find(named)?.bytes()),
        };
        Some(Self {
            path,
            name: named.to_owned(),
            bytes,
            doubtful: None,
            stamp: None,
            looks: 0,
            mistakes: None,
            away: 0,
            shown: false,
            told: None,
            first: true,
        })
    }

    /// Returns the name it was given.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns what stands in it.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Looks at the file; returns what is new, in these words.
    pub(super) fn look(&mut self, texts: &Texts) -> Option<Reread> {
        let changed = std::mem::take(&mut self.first) || self.read_again();
        let survey = changed
            .then(|| {
                let read = definition::survey::read(&self.bytes);
                self.mistakes = mistakes(&read.problems, &self.bytes, texts);
                read.value.filter(|_| self.mistakes.is_none()).map(Arc::new)
            })
            .flatten();
        self.shown |= survey.is_some();
        let trouble = self.trouble(texts);
        let new = survey.is_some() || trouble != self.told;
        self.told.clone_from(&trouble);
        new.then_some(Reread { survey, trouble })
    }

    /// Returns the file as the screens follow it.
    pub(super) fn following(mut self) -> Follow {
        let mut loaded: Option<Texts> = None;
        Box::new(move |language| {
            if loaded.as_ref().is_none_or(|texts| texts.language() != language) {
                loaded = Texts::load(language).ok();
                // What is wrong is said in the language of the screen.
                self.first |= self.mistakes.is_some();
            }
            self.look(loaded.as_ref()?)
        })
    }

    /// Reads the file where it may have changed. Returns whether it did. Errors, and that it is not there, are
    /// believed at the second look: an editor that writes it anew needs a moment.
    fn read_again(&mut self) -> bool {
        let Some(path) = &self.path else {
            return false;
        };
        let stamp = fs::metadata(path)
            .ok()
            .map(|about| (about.len(), about.modified().ok()));
        self.looks += 1;
        let same = stamp.is_some() && stamp == self.stamp && self.away == 0;
        if same && self.doubtful.is_none() && self.looks < READ_AFTER {
            return false;
        }
        self.looks = 0;
        self.stamp = stamp;
        let Ok(read) = read(path) else {
            self.away += 1;
            return false;
        };
        self.away = 0;
        if read == self.bytes {
            self.doubtful = None;
            return false;
        }
        let believed =
            self.doubtful.as_ref() == Some(&read) || definition::survey::read(&read).value.is_some();
        if believed {
            self.doubtful = None;
            self.bytes = read;
        } else {
            self.doubtful = Some(read);
        }
        believed
    }

    /// Returns what is wrong now, as one note.
    fn trouble(&self, texts: &Texts) -> Option<String> {
        let words = &texts.preview;
        if self.away > 1 {
            return Some(fill(&words.away, &[("file", &self.name)]));
        }
        let mistakes = self.mistakes.as_ref()?;
        let line = mistakes.line.to_string();
        let mut said = fill(&words.trouble, &[("line", &line), ("says", &mistakes.first)]);
        let more = match mistakes.more {
            0 => String::new(),
            1 => words.one_more.clone(),
            more => fill(&words.more, &[("count", &more.to_string())]),
        };
        for sentence in [more.as_str(), &words.keeps] {
            if !sentence.is_empty() && (self.shown || sentence != words.keeps) {
                said.push(' ');
                said.push_str(sentence);
            }
        }
        Some(said)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ErrorKind> {
    let read = fs::File::open(path).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(READ_AT_MOST).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    read.map_err(|error| error.kind())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tempfile::TempDir;

    use super::Followed;
    use crate::domain::language::Language;
    use crate::store::atomic::{Access, replace};
    use crate::texts::Texts;
    use crate::tui::preview::Reread;

    const SURVEY: &str = include_str!("../../../tests/fixtures/every-type.toml");

    fn write(folder: &TempDir, text: &str) {
        replace(&folder.path().join("s.toml"), text.as_bytes(), Access::AsUsual).unwrap();
    }

    /// Looks until something is new, as the screens do four times a second.
    fn seen(file: &mut Followed) -> Reread {
        let texts = Texts::load(Language::English).unwrap();
        (0..20)
            .find_map(|_| file.look(&texts))
            .expect("nothing new was seen")
    }

    fn started() -> (TempDir, Followed) {
        let folder = tempfile::tempdir().unwrap();
        write(&folder, SURVEY);
        let mut file = Followed::open(folder.path(), "s.toml").unwrap();
        assert!(seen(&mut file).survey.is_some());
        (folder, file)
    }

    #[test]
    fn a_change_is_seen_once() {
        let (folder, mut file) = started();
        let texts = Texts::load(Language::English).unwrap();
        assert!((0..20).all(|_| file.look(&texts).is_none()));
        write(&folder, &SURVEY.replacen("Who decided", "Who chose", 1));
        let read = seen(&mut file);
        assert!(read.survey.is_some() && read.trouble.is_none());
        assert!((0..20).all(|_| file.look(&texts).is_none()));
    }

    #[test]
    fn mistakes_are_told_with_their_place_and_gone_when_they_are_mended() {
        let (folder, mut file) = started();
        let question = "  text.nb  = \"Hvem bestemte";
        let broken = SURVEY.replacen(question, &format!("  tipe = 1\n  kind = 2\n{question}"), 1);
        write(&folder, &broken);
        let read = seen(&mut file);
        assert!(read.survey.is_none());
        let trouble = read.trouble.unwrap();
        let line = 1 + broken.lines().position(|line| line.contains("tipe")).unwrap();
        assert!(trouble.contains(&format!("line {line}: ")), "{trouble}");
        assert!(
            trouble.contains("tipe") && trouble.contains("one more"),
            "{trouble}"
        );
        assert!(
            trouble.ends_with("You see the last version without mistakes."),
            "{trouble}"
        );
        write(&folder, SURVEY);
        let read = seen(&mut file);
        assert!(read.survey.is_some() && read.trouble.is_none());
    }

    #[test]
    fn a_file_that_is_half_written_for_a_moment_is_not_told_of() {
        let (folder, mut file) = started();
        let texts = Texts::load(Language::English).unwrap();
        write(&folder, "");
        assert!(file.look(&texts).is_none());
        write(&folder, &SURVEY.replacen("Who decided", "Who chose", 1));
        let read = seen(&mut file);
        assert!(read.survey.is_some() && read.trouble.is_none());
    }

    #[test]
    fn a_file_that_stays_away_is_told_of_and_shown_again_when_it_is_back() {
        let (folder, mut file) = started();
        replace(&folder.path().join("other"), b"", Access::AsUsual).unwrap();
        folder.close().unwrap();
        let read = seen(&mut file);
        assert!(read.survey.is_none() && read.trouble.unwrap().contains("s.toml"));
    }

    #[test]
    fn what_was_never_without_mistakes_has_no_last_version() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder, "format = 1\n");
        let mut file = Followed::open(folder.path(), "s.toml").unwrap();
        let read = seen(&mut file);
        assert!(!read.trouble.unwrap().contains("last version"));
        write(&folder, SURVEY);
        assert!(seen(&mut file).survey.is_some());
    }

    #[test]
    fn a_survey_that_comes_with_the_program_is_shown_by_its_name() {
        let mut file = Followed::open(Path::new("no-such-folder"), "min-stemme-bup").unwrap();
        assert!(seen(&mut file).survey.is_some());
        assert!(Followed::open(Path::new("no-such-folder"), "no-such-survey").is_none());
    }
}
