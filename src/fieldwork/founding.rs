//! Making an evaluation: what is wanted comes in field by field, then keys are made and proved, then it is written.
//!
//! Until [`Founder::make`] nothing of the evaluation is on the disk; what was typed is kept apart, so that it can be
//! gone on with.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::domain::evaluation::{Evaluation, OFFICE};
use crate::domain::founding::{Field, Here, Unfit, Wanted};
use crate::domain::id::Slug;
use crate::domain::localized::Localized;
use crate::store::atomic::{self, Access};
use crate::store::error::KeyProblem;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::keys::{
    COORDINATOR_FILE, CoordinatorKeys, KeyStrength, LAPTOP_FILE, LaptopKey, RecoveryKey, prove,
};
use crate::store::known;
use crate::store::known_laptops::KnownLaptops;
use crate::store::known_promises::KnownPromises;
use crate::store::shown::Shown;
use crate::store::unfinished::{self, Unfinished};
use crate::store::{NoRandomness, StoreError};

use super::journal_keeper::{Drawn, RandomSource, trouble};
use super::session::Trouble;
use super::survey_file;
use super::workplace::{CannotOpen, Workplace};

mod charter;

pub use charter::Said;

/// How many groups of the recovery key stand in a line.
const GROUPS_A_LINE: usize = 5;
/// How many groups of the recovery key are typed back.
pub const TYPED_BACK: usize = 4;

/// Where an evaluation is made, and with what.
#[derive(Clone)]
pub struct Ground {
    /// The folder that names of folders and files begin from.
    pub folder: PathBuf,
    /// The program's own folder.
    pub home: PathBuf,
    /// What the clock shows.
    pub now: Zoned,
    /// Randomness fit for keys.
    pub random: RandomSource,
    /// The work that goes into the passphrase.
    pub strength: KeyStrength,
    /// Whether what is typed is kept until the evaluation is made.
    pub keeps: bool,
}

/// Why an evaluation was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// Something lies in the folder already.
    NotEmpty(PathBuf),
    /// A file of this name is there already.
    AlreadyThere(PathBuf),
    /// The disk said no.
    Disk(Trouble),
}

impl From<&StoreError> for NotMade {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::NotEmpty { path } => Self::NotEmpty(path.clone()),
            StoreError::AlreadyThere { path } => Self::AlreadyThere(path.clone()),
            error => Self::Disk(trouble(error)),
        }
    }
}

/// Keys that lie nowhere yet.
struct NewKeys {
    id: String,
    passphrase: SecretString,
    coordinator: CoordinatorKeys,
    laptop: LaptopKey,
    recovery: RecoveryKey,
}

/// Somebody who makes an evaluation.
pub struct Founder {
    ground: Ground,
    wanted: Wanted,
    typed: BTreeMap<Field, String>,
    at: Option<Field>,
    keys: Option<NewKeys>,
    shipped: OnceCell<Vec<(String, Localized)>>,
}

impl Founder {
    /// Returns a founder who knows nothing yet.
    #[must_use]
    pub fn new(ground: Ground) -> Self {
        Self {
            ground,
            wanted: Wanted::default(),
            typed: BTreeMap::new(),
            at: None,
            keys: None,
            shipped: OnceCell::new(),
        }
    }

    /// Returns the surveys that come with the program: their names and titles.
    #[must_use]
    pub fn shipped(&self) -> &[(String, Localized)] {
        self.shipped.get_or_init(|| {
            let all = survey_file::all_shipped().into_iter();
            all.map(|found| (found.named, found.survey.parts().title.clone()))
                .collect()
        })
    }

    /// Returns what is known so far.
    #[must_use]
    pub const fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Returns the field that was being asked when it was broken off.
    #[must_use]
    pub const fn at(&self) -> Option<Field> {
        self.at
    }

    /// Returns what was typed at a field, also where it was not taken.
    #[must_use]
    pub fn typed(&self, field: Field) -> Option<&str> {
        self.typed.get(&field).map(String::as_str)
    }

    /// Returns whether something typed earlier waits to be gone on with.
    #[must_use]
    pub fn has_unfinished(&self) -> bool {
        matches!(unfinished::read(&self.unfinished_path()), Ok(Some(_)))
    }

    /// Goes on with what was typed earlier, if something was. What does not fit any more (a day that is over, a file
    /// that is gone) stays as typed, to be corrected.
    pub fn resume(&mut self, round: &str) {
        let Ok(Some(kept)) = unfinished::read(&self.unfinished_path()) else {
            return;
        };
        self.wanted = Wanted::default();
        self.typed.clear();
        for field in Field::ALL {
            if let Some(text) = kept.typed.get(field.name()) {
                let _ = self.read(field, text, round);
                self.typed.insert(field, text.clone());
            }
        }
        self.at = Field::named(&kept.at);
    }

    /// Forgets everything typed, here and on the disk.
    ///
    /// # Errors
    /// What the system said.
    pub fn forget(&mut self) -> Result<(), StoreError> {
        self.wanted = Wanted::default();
        self.typed.clear();
        self.at = None;
        self.keys = None;
        unfinished::forget(&self.unfinished_path())
    }

    /// Takes an answer, and keeps it. `round` is what the round of this half year is called.
    ///
    /// # Errors
    /// [`Unfit`]; what was known before stays.
    pub fn take(&mut self, field: Field, text: &str, round: &str) -> Result<(), Unfit> {
        let taken = self.read(field, text, round);
        self.note(field, text);
        taken
    }

    /// Keeps what is being typed, answer or not. What cannot be kept is still in the field.
    pub fn note(&mut self, field: Field, text: &str) {
        self.typed.insert(field, text.to_owned());
        self.at = Some(field);
        if !self.ground.keeps {
            return;
        }
        let typed = self.typed.iter();
        let kept = Unfinished {
            at: field.name().to_owned(),
            typed: typed
                .map(|(field, text)| (field.name().to_owned(), text.clone()))
                .collect(),
        };
        let _ = unfinished::keep(&self.unfinished_path(), &kept);
    }

    fn read(&mut self, field: Field, text: &str, round: &str) -> Result<(), Unfit> {
        let folder = self.ground.folder.clone();
        let find = |named: &str| survey_file::find(named, &folder);
        let here = here(&self.ground, round, &find);
        self.wanted.take(field, text, &here)
    }

    /// Returns what a field is when nothing is said.
    #[must_use]
    pub fn usual(&self, field: Field, round: &str) -> String {
        let find = |named: &str| survey_file::find(named, &self.ground.folder);
        self.wanted.usual(field, &here(&self.ground, round, &find))
    }

    /// Makes the keys, in memory: they are written with the evaluation, or not at all.
    ///
    /// # Errors
    /// No randomness.
    pub fn make_keys(&mut self, passphrase: &str) -> Result<(), NoRandomness> {
        let random = &mut Drawn(&self.ground.random);
        let mut bytes = [0; 8];
        (self.ground.random)(&mut bytes)?;
        let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let laptop = Slug::new(OFFICE).map_err(|_| NoRandomness)?;
        self.keys = Some(NewKeys {
            passphrase: SecretString::from(passphrase.to_owned()),
            coordinator: CoordinatorKeys::generate(&id, random)?,
            laptop: LaptopKey::generate(&id, laptop, random)?,
            recovery: RecoveryKey::generate(),
            id,
        });
        Ok(())
    }

    /// Returns the recovery key for writing down; nothing before there are keys.
    #[must_use]
    pub fn recovery(&self) -> Vec<Zeroizing<String>> {
        self.keys
            .as_ref()
            .map(|keys| keys.recovery.groups())
            .unwrap_or_default()
    }

    /// Returns whether these are the last groups of the recovery key, or more of it up to the whole, however they are
    /// spaced.
    #[must_use]
    pub fn is_typed_back(&self, typed: &str) -> bool {
        let groups = self.recovery();
        let characters = |text: &str| -> Zeroizing<String> {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            Zeroizing::new(letters.flat_map(char::to_uppercase).collect())
        };
        let whole: Zeroizing<String> = Zeroizing::new(groups.iter().map(|group| group.as_str()).collect());
        let whole = characters(&whole);
        let last = groups.iter().rev().take(TYPED_BACK);
        let least: usize = last.map(|group| group.len()).sum();
        let typed = characters(typed);
        least > 0 && typed.len() >= least && whole.ends_with(typed.as_str())
    }

    /// Writes the recovery key into a new file and reads it back. Returns the file. It is printed from there: what it is, in
    /// these words, and the key in the groups it is typed back in stand below the key that programs read.
    ///
    /// # Errors
    /// [`KeyProblem::NotAKey`] when what was read back is another key; what the system said.
    pub fn write_recovery(&self, path: &Path, about: &str) -> Result<PathBuf, StoreError> {
        let path = self.ground.folder.join(path);
        let Some(keys) = &self.keys else {
            return Err(KeyProblem::NotAKey.into());
        };
        let mut text = Zeroizing::new(String::with_capacity(1024));
        // First, so that the file opens things where a secret is read from a file.
        text.push_str(keys.recovery.text().expose_secret());
        text.push_str("\n#\n");
        for line in about.lines() {
            text.push_str(&format!("# {line}\n"));
        }
        for groups in keys.recovery.groups().chunks(GROUPS_A_LINE) {
            text.push_str("#\n# ");
            for group in groups {
                text.push_str(group);
                text.push_str("  ");
            }
            text.push('\n');
        }
        atomic::write_new(&path, text.as_bytes(), Access::Owner)?;
        let read = fs::read_to_string(&path).map(Zeroizing::new);
        let read = read.map_err(|error| StoreError::at(&path, &error))?;
        match RecoveryKey::read(&read) {
            Ok(key) if key.public() == keys.recovery.public() => Ok(path),
            _ => Err(KeyProblem::NotAKey.into()),
        }
    }

    /// Makes the evaluation: both keys open a test envelope, the coordinator's key is written and read back, the
    /// folder comes last. Returns the folder.
    ///
    /// # Errors
    /// What the system said; then nothing is left behind, and it can be tried again.
    pub fn make(&mut self, said: &Said) -> Result<PathBuf, StoreError> {
        let (Some(keys), Some(root)) = (&self.keys, self.wanted.folder.clone()) else {
            return Err(KeyProblem::NotAKey.into());
        };
        let random = &mut Drawn(&self.ground.random);
        prove(&keys.coordinator.public(), &keys.coordinator.identities(), random)?;
        prove(&keys.recovery.public(), &keys.recovery.identities(), random)?;
        let find = |named: &str| survey_file::find(named, &self.ground.folder);
        let here = here(&self.ground, &said.round, &find);
        let evaluation = charter::evaluation(&self.wanted, keys, said, &here);
        let surveys: Vec<&[u8]> = self
            .wanted
            .surveys
            .iter()
            .map(|found| found.bytes.as_slice())
            .collect();
        let place = Home::new(self.ground.home.clone()).keys(&keys.id)?;
        let files = [place.join(COORDINATOR_FILE), place.join(LAPTOP_FILE)];
        let made = self
            .write_keys(keys, &place, &files)
            .and_then(|()| self.note_known(&evaluation))
            .and_then(|()| EvaluationFolder::create(&root, &evaluation, &surveys, &said.comments).map(drop));
        if made.is_err() {
            for file in &files {
                let _ = atomic::remove(file);
            }
        } else {
            self.keys = None;
            self.typed.clear();
            let _ = unfinished::forget(&self.unfinished_path());
        }
        made.map(|()| root)
    }

    /// Notes what is known of the evaluation before its folder is there: that may lie where others can write.
    fn note_known(&self, evaluation: &Evaluation) -> Result<(), StoreError> {
        let home = Home::new(self.ground.home.clone());
        KnownLaptops::of(&home, evaluation)?;
        KnownPromises::of(&home, evaluation)?;
        Shown::begin(&home, &evaluation.id)?;
        known::keep(&home, evaluation)
    }

    fn write_keys(&self, keys: &NewKeys, place: &Path, files: &[PathBuf; 2]) -> Result<(), StoreError> {
        let [coordinator, laptop] = files;
        atomic::make_folder(place)?;
        keys.coordinator
            .write_wrapped(coordinator, &keys.passphrase, self.ground.strength)?;
        // What was written has to open again: a key that cannot be read would be noticed too late.
        CoordinatorKeys::read_wrapped(coordinator, &keys.passphrase, &keys.id)?;
        keys.laptop.write(laptop)
    }

    /// Opens the evaluation that was made.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(&self, root: &Path) -> Result<Workplace, CannotOpen> {
        let random = RandomSource::clone(&self.ground.random);
        Workplace::open(root, &self.ground.home, random).map(|workplace| workplace.on(&self.ground.now))
    }

    fn unfinished_path(&self) -> PathBuf {
        Home::new(self.ground.home.clone()).unfinished()
    }
}

fn here<'a>(
    ground: &'a Ground,
    round: &'a str,
    find: &'a dyn Fn(&str) -> Result<crate::domain::founding::Found, Unfit>,
) -> Here<'a> {
    Here {
        today: ground.now.date(),
        round,
        folder: &ground.folder,
        find,
        is_free: &is_free,
    }
}

/// Returns whether a folder is empty or not there.
fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    }
}

/// A founder for the tests of this layer, with everything answered that is needed and keys made.
#[cfg(test)]
pub(crate) mod made_up {
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use super::{Founder, Ground, Said};
    use crate::domain::founding::Field;
    use crate::domain::language::Language;
    use crate::domain::order::SplitMix64;
    use crate::store::folder::Comments;
    use crate::store::keys::KeyStrength;

    pub(crate) fn founder(place: &Path) -> Founder {
        let sequence = Mutex::new(SplitMix64::new(7));
        let mut founder = Founder::new(Ground {
            folder: place.to_owned(),
            home: place.join("home"),
            now: "2026-11-22T14:02:00[UTC]".parse().unwrap(),
            random: Arc::new(move |bytes| {
                let mut sequence = sequence.lock().unwrap();
                bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
                Ok(())
            }),
            strength: KeyStrength::NONE,
            keeps: true,
        });
        for (field, text) in [(Field::Title, "x"), (Field::Surveys, "1"), (Field::Folder, "ev")] {
            founder.take(field, text, "Høsten 2026").unwrap();
        }
        founder.make_keys("hest batteri stift korrekt").unwrap();
        founder
    }

    pub(crate) fn said() -> Said {
        Said {
            language: Language::Bokmal,
            round: "Høsten 2026".to_owned(),
            coordinator: "koordinator".to_owned(),
            recovery: "reserve".to_owned(),
            comments: Comments::none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::made_up::{founder, said};
    use crate::domain::founding::Field;
    use crate::store::StoreError;
    use crate::store::atomic::{Access, make_folder, write_new};

    fn key_files(place: &Path) -> usize {
        let folders = std::fs::read_dir(place.join("home/keys")).into_iter().flatten();
        folders
            .map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count())
            .sum()
    }

    #[test]
    fn an_evaluation_that_cannot_be_made_leaves_no_key_and_can_be_made_on_another_try() {
        let place = tempfile::tempdir().unwrap();
        let mut founder = founder(place.path());
        let root = place.path().join("ev");
        // Somebody else was quicker.
        make_folder(&root).unwrap();
        write_new(&root.join("x"), b"x", Access::AsUsual).unwrap();
        let refused = founder.make(&said());
        assert_eq!(refused, Err(StoreError::NotEmpty { path: root.clone() }));
        assert_eq!(key_files(place.path()), 0);
        assert!(founder.has_unfinished(), "what was typed is still there");
        founder.take(Field::Folder, "ev2", "r").unwrap();
        let made = founder.make(&said()).unwrap();
        assert_eq!((made, key_files(place.path())), (place.path().join("ev2"), 2));
        assert!(!founder.has_unfinished());
    }

    #[test]
    fn only_the_last_groups_of_the_recovery_key_show_that_it_was_written_down() {
        let place = tempfile::tempdir().unwrap();
        let founder = founder(place.path());
        let groups = founder.recovery();
        let last: Vec<&str> = groups
            .iter()
            .skip(groups.len() - super::TYPED_BACK)
            .map(|group| group.as_str())
            .collect();
        assert!(founder.is_typed_back(&last.join(" ").to_lowercase()));
        assert!(founder.is_typed_back(&last.join("-")));
        let whole: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
        assert!(
            founder.is_typed_back(&whole.join(" ")),
            "who types all of it is right, too"
        );
        let one_too_many = format!("A{}", last.join(""));
        for wrong in ["", "   ", &one_too_many, "feil feil feil feil"] {
            assert!(!founder.is_typed_back(wrong), "{wrong}");
        }
    }
}
