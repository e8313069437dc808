//! The folder of one evaluation: what lies where, making one, and reading what it is made of.
//!
//! ```text
//! evaluation.toml       what was commissioned, for whom it is sealed
//! surveys/<sha256>.toml every survey version ever used
//! draft/                journals of interviews under way
//! out/                  sealed interviews
//! slips/                sealed counts of who was asked and gave no interview
//! gone/                 tombstones of withdrawn ones
//! quarantine/           what was set aside
//! rescue/               drafts from laptops that nobody finished, until it is decided what becomes of them
//! releases/             what was published, numbered
//! workbook/             the coordinator's own work
//! keys/                 in made-up evaluations only: keys, unwrapped
//! ```
//!
//! The evaluation file and the surveys are handed out as bytes: reading them is the definition layer's work.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::survey::Fingerprint;
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::listing;

pub mod edit;
pub mod evaluation_file;

pub use evaluation_file::Comments;

/// The largest evaluation or survey file.
pub const MAX_DEFINITION: u64 = 2 * 1024 * 1024;

/// The file that makes a folder an evaluation.
pub const EVALUATION_FILE: &str = "evaluation.toml";

/// Folders of every evaluation.
pub(super) const FOLDERS: [&str; 8] = [
    "surveys",
    "draft",
    "out",
    "slips",
    "gone",
    "quarantine",
    "releases",
    "workbook",
];

/// Folders that are made when they are wanted.
const LATER_FOLDERS: [&str; 2] = ["rescue", "keys"];

/// The folder of one evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationFolder {
    root: PathBuf,
}

impl EvaluationFolder {
    /// Makes the folder of a new evaluation, with the bytes of each survey it uses. The folder may be there if it
    /// is empty. `evaluation.toml` comes last: a folder that a crash left half made is no evaluation.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`]: nothing is ever overwritten; [`StoreError::Damaged`] when the surveys are not
    /// those the evaluation names; what the system said.
    pub fn create(
        root: &Path,
        evaluation: &Evaluation,
        surveys: &[&[u8]],
        comments: &Comments,
    ) -> Result<Self, StoreError> {
        atomic::make_folder(root)?;
        let mut entries = fs::read_dir(root).map_err(|error| StoreError::at(root, &error))?;
        if entries.next().is_some() {
            return Err(StoreError::NotEmpty {
                path: root.to_owned(),
            });
        }
        let fingerprints: Vec<String> = surveys.iter().map(|survey| hex::sha256(survey)).collect();
        let named = |fingerprint: &Fingerprint| fingerprints.contains(&fingerprint.0);
        if !evaluation.surveys.iter().all(|survey| named(&survey.sha256)) {
            return Err(StoreError::damaged(root, What::Bytes));
        }
        let folder = Self {
            root: root.to_owned(),
        };
        let text = evaluation_file::render(evaluation, comments);
        if let Err(error) = folder.fill(&text, surveys) {
            folder.empty(&fingerprints);
            return Err(error);
        }
        Ok(folder)
    }

    fn fill(&self, text: &str, surveys: &[&[u8]]) -> Result<(), StoreError> {
        for name in FOLDERS {
            atomic::make_folder(&self.root.join(name))?;
        }
        for survey in surveys {
            self.keep_survey(survey)?;
        }
        atomic::write_new(&self.evaluation_path(), text.as_bytes(), Access::AsUsual)
    }

    /// Takes away what a creation that failed had made, and nothing else, so that it can be tried again.
    fn empty(&self, fingerprints: &[String]) {
        for fingerprint in fingerprints {
            if let Ok(path) = self.survey_path(&Fingerprint(fingerprint.clone())) {
                let _ = atomic::remove(&path);
            }
        }
        for name in FOLDERS {
            let _ = fs::remove_dir(self.root.join(name));
        }
    }

    /// Returns the evaluation in this folder, and the bytes of its file.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is none; [`StoreError::Strange`] where one of its folders is a link or a file;
    /// what the system said.
    pub fn open(root: &Path) -> Result<(Self, Vec<u8>), StoreError> {
        let folder = Self {
            root: root.to_owned(),
        };
        folder.leads_nowhere_else()?;
        let bytes = folder.evaluation_bytes()?;
        Ok((folder, bytes))
    }

    /// Whoever can write to a share could lay a link where one of our folders was: what the program keeps would go where
    /// the link leads, and what it deletes would be somebody else's.
    pub(super) fn leads_nowhere_else(&self) -> Result<(), StoreError> {
        for name in FOLDERS.iter().chain(&LATER_FOLDERS) {
            let path = self.root.join(name);
            if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_dir()) {
                return Err(StoreError::Strange { path });
            }
        }
        Ok(())
    }

    /// Returns the bytes of the evaluation file as they are now.
    ///
    /// # Errors
    /// What the system said.
    pub fn evaluation_bytes(&self) -> Result<Vec<u8>, StoreError> {
        atomic::read(&self.evaluation_path(), MAX_DEFINITION)
    }

    /// Replaces the evaluation file by an edited one, if it is still what was edited.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when somebody else changed it meanwhile; what the system said.
    pub fn replace_evaluation(&self, was: &[u8], edited: &str) -> Result<(), StoreError> {
        if self.evaluation_bytes()? != was {
            return Err(StoreError::damaged(&self.evaluation_path(), What::Bytes));
        }
        atomic::replace(&self.evaluation_path(), edited.as_bytes(), Access::AsUsual)
    }

    /// Returns the bytes of a survey version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Damaged`] when the bytes are not those of the fingerprint.
    pub fn survey(&self, fingerprint: &Fingerprint) -> Result<Vec<u8>, StoreError> {
        let path = self.survey_path(fingerprint)?;
        let bytes = atomic::read(&path, MAX_DEFINITION)?;
        if hex::sha256(&bytes) == fingerprint.0 {
            Ok(bytes)
        } else {
            Err(StoreError::damaged(&path, What::Bytes))
        }
    }

    /// Puts a survey version into use: keeps its bytes and names it in the evaluation file. A version in use that
    /// is changed under the same name is refused once there is any interview; before, it takes the old one's
    /// place. Every version that was ever kept stays in `surveys/`. `before` is told the version's fingerprint before the
    /// evaluation file names it, so that this machine knows it wherever it stops.
    ///
    /// # Errors
    /// [`StoreError::SurveyChanged`] as above; [`StoreError::NotEditable`] when the evaluation file is written in
    /// a way that cannot be added to; what the system said.
    pub fn add_survey(
        &self,
        evaluation: &Evaluation,
        id: &Slug,
        version: &str,
        bytes: &[u8],
        before: impl FnOnce(&Fingerprint) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let fingerprint = Fingerprint(hex::sha256(bytes));
        let same =
            |survey: &&crate::domain::evaluation::SurveyUse| survey.id == *id && survey.version == version;
        let known = evaluation.surveys.iter().find(same);
        if let Some(known) = known.filter(|known| known.sha256 != fingerprint) {
            if self.has_interviews()? {
                return Err(StoreError::SurveyChanged {
                    id: id.to_string(),
                    version: version.to_owned(),
                });
            }
            self.keep_survey(bytes)?;
            before(&fingerprint)?;
            return self.edit(|text| edit::replace_survey(text, &known.sha256, &fingerprint));
        }
        self.keep_survey(bytes)?;
        before(&fingerprint)?;
        if known.is_none() {
            self.edit(|text| edit::add_survey(text, id, version, &fingerprint))?;
        }
        Ok(())
    }

    /// Edits the evaluation file where it stands, comments and all.
    ///
    /// # Errors
    /// [`StoreError::NotEditable`] when `edit` returns none; what the system said.
    pub fn edit(&self, edit: impl FnOnce(&str) -> Option<String>) -> Result<(), StoreError> {
        let path = self.evaluation_path();
        let was = self.evaluation_bytes()?;
        let text = std::str::from_utf8(&was).map_err(|_| StoreError::damaged(&path, What::Contents))?;
        match edit(text) {
            Some(edited) => self.replace_evaluation(&was, &edited),
            None => Err(StoreError::NotEditable { path }),
        }
    }

    /// Returns whether there is an interview here: sealed, under way, set aside or withdrawn.
    ///
    /// # Errors
    /// What the system said.
    pub fn has_interviews(&self) -> Result<bool, StoreError> {
        for (folder, extension) in [
            (self.out(), "stm"),
            (self.draft(), "jnl"),
            (self.rescue(), "jnl"),
            (self.gone(), "stm"),
            (self.quarantine(), "stm"),
            (self.quarantine(), "jnl"),
        ] {
            if count(&folder, extension)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn keep_survey(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let fingerprint = Fingerprint(hex::sha256(bytes));
        let path = self.survey_path(&fingerprint)?;
        match atomic::write_new(&path, bytes, Access::AsUsual) {
            Err(StoreError::AlreadyThere { .. }) => self.survey(&fingerprint).map(drop),
            written => written,
        }
    }

    fn survey_path(&self, fingerprint: &Fingerprint) -> Result<PathBuf, StoreError> {
        let surveys = self.root.join("surveys");
        if hex::bytes::<32>(&fingerprint.0).is_none() {
            return Err(StoreError::NotFound { path: surveys });
        }
        Ok(surveys.join(format!("{}.toml", fingerprint.0)))
    }

    /// Returns the folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns where the evaluation file lies.
    #[must_use]
    pub fn evaluation_path(&self) -> PathBuf {
        self.root.join(EVALUATION_FILE)
    }

    /// Returns the folder of drafts.
    #[must_use]
    pub fn draft(&self) -> PathBuf {
        self.root.join("draft")
    }

    /// Returns the folder of sealed interviews.
    #[must_use]
    pub fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// Returns the folder of slips.
    #[must_use]
    pub fn slips(&self) -> PathBuf {
        self.root.join("slips")
    }

    /// Returns the folder of tombstones.
    #[must_use]
    pub fn gone(&self) -> PathBuf {
        self.root.join("gone")
    }

    /// Returns the folder of what was set aside.
    #[must_use]
    pub fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    /// Returns the folder of drafts from laptops that wait for the coordinator.
    #[must_use]
    pub fn rescue(&self) -> PathBuf {
        self.root.join("rescue")
    }

    /// Returns the folder of releases.
    #[must_use]
    pub fn releases(&self) -> PathBuf {
        self.root.join("releases")
    }

    /// Returns the folder of the coordinator's work.
    #[must_use]
    pub fn workbook(&self) -> PathBuf {
        self.root.join("workbook")
    }

    /// Returns the folder of unwrapped keys, in made-up evaluations.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }
}

/// Returns how many files of this kind lie in a folder; none in one that is not there.
pub(super) fn count(folder: &Path, extension: &str) -> Result<usize, StoreError> {
    listing::of(folder, extension).map(|found| found.files.len())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Comments, EvaluationFolder};
    use crate::domain::evaluation::{Evaluation, SurveyUse};
    use crate::domain::survey::Fingerprint;
    use crate::store::atomic::{Access, replace, write_new};
    use crate::store::hex::sha256;
    use crate::store::sample::{People, slug};
    use crate::store::{StoreError, What};

    const SURVEY: &[u8] = b"id = \"min-stemme-bup\"\n";

    fn evaluation() -> Evaluation {
        let mut evaluation = People::new().evaluation();
        evaluation.surveys = vec![SurveyUse {
            id: slug("min-stemme-bup"),
            version: "1".to_owned(),
            sha256: Fingerprint(sha256(SURVEY)),
        }];
        evaluation
    }

    #[test]
    fn a_new_evaluation_is_there_with_its_surveys() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("ny");
        let evaluation = evaluation();
        let made = EvaluationFolder::create(&root, &evaluation, &[SURVEY], &Comments::default()).unwrap();
        let (opened, bytes) = EvaluationFolder::open(&root).unwrap();
        assert_eq!(opened, made);
        assert!(
            String::from_utf8(bytes)
                .unwrap()
                .contains("Høsten på poliklinikken")
        );
        assert_eq!(opened.survey(&evaluation.surveys[0].sha256).unwrap(), SURVEY);
        for folder in [made.draft(), made.out(), made.releases(), made.quarantine()] {
            assert!(folder.is_dir());
        }
        assert!(!made.has_interviews().unwrap());
    }

    #[test]
    fn nothing_is_overwritten() {
        let root = tempfile::tempdir().unwrap();
        write_new(&root.path().join("notat.txt"), b"x", Access::AsUsual).unwrap();
        let made = EvaluationFolder::create(root.path(), &evaluation(), &[SURVEY], &Comments::none());
        assert!(matches!(made, Err(StoreError::NotEmpty { .. })));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_evaluation_without_its_survey_is_not_made() {
        let root = tempfile::tempdir().unwrap();
        let made = EvaluationFolder::create(root.path(), &evaluation(), &[b"other"], &Comments::none());
        assert!(matches!(made, Err(StoreError::Damaged { .. })));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_survey_whose_bytes_changed_is_noticed() {
        let root = tempfile::tempdir().unwrap();
        let evaluation = evaluation();
        let folder =
            EvaluationFolder::create(root.path(), &evaluation, &[SURVEY], &Comments::none()).unwrap();
        let fingerprint = &evaluation.surveys[0].sha256;
        let path = root
            .path()
            .join("surveys")
            .join(format!("{}.toml", fingerprint.0));
        replace(&path, b"other", Access::AsUsual).unwrap();
        let damaged = StoreError::damaged(&path, What::Bytes);
        assert_eq!(folder.survey(fingerprint), Err(damaged));
        let outside = Fingerprint("../../evaluation".to_owned());
        assert!(matches!(
            folder.survey(&outside),
            Err(StoreError::NotFound { .. })
        ));
    }

    #[test]
    fn a_survey_changed_under_its_version_is_refused_once_there_is_an_interview() {
        let root = tempfile::tempdir().unwrap();
        let mut evaluation = evaluation();
        let folder =
            EvaluationFolder::create(root.path(), &evaluation, &[SURVEY], &Comments::default()).unwrap();
        let id = slug("min-stemme-bup");

        // Without an interview the changed file takes the old one's place; the old one is kept.
        let mut told = Vec::new();
        let mut add = |evaluation: &_, version: &str, bytes: &[u8]| {
            let before = |fingerprint: &Fingerprint| {
                told.push(fingerprint.clone());
                Ok(())
            };
            folder.add_survey(evaluation, &id, version, bytes, before)
        };
        let (changed, next) = (
            Fingerprint(sha256(b"changed")),
            Fingerprint(sha256(b"changed again")),
        );
        add(&evaluation, "1", b"changed").unwrap();
        let text = String::from_utf8(folder.evaluation_bytes().unwrap()).unwrap();
        assert!(text.contains(&changed.0) && !text.contains(&sha256(SURVEY)));
        assert_eq!(folder.survey(&Fingerprint(sha256(SURVEY))).unwrap(), SURVEY);
        evaluation.surveys[0].sha256 = changed.clone();

        write_new(&folder.draft().join("x.jnl"), b"x", Access::Owner).unwrap();
        let refused = add(&evaluation, "1", b"changed again");
        let expected = StoreError::SurveyChanged {
            id: "min-stemme-bup".to_owned(),
            version: "1".to_owned(),
        };
        assert_eq!(refused, Err(expected));
        assert_eq!(add(&evaluation, "1", b"changed"), Ok(()));
        add(&evaluation, "2", b"changed again").unwrap();
        let text = String::from_utf8(folder.evaluation_bytes().unwrap()).unwrap();
        assert!(text.contains(&changed.0) && text.contains(&next.0));
        // What was refused, nobody was told of.
        assert_eq!(told, [changed.clone(), changed, next]);
    }

    #[test]
    fn an_evaluation_file_changed_meanwhile_is_not_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let folder =
            EvaluationFolder::create(root.path(), &evaluation(), &[SURVEY], &Comments::none()).unwrap();
        let was = folder.evaluation_bytes().unwrap();
        replace(&folder.evaluation_path(), b"# by hand", Access::AsUsual).unwrap();
        assert!(folder.replace_evaluation(&was, "# ours").is_err());
        assert_eq!(folder.evaluation_bytes().unwrap(), b"# by hand");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_folder_is_named_and_never_followed() {
        let place = tempfile::tempdir().unwrap();
        let (root, elsewhere) = (place.path().join("e"), place.path().join("annet"));
        let folder = EvaluationFolder::create(&root, &evaluation(), &[SURVEY], &Comments::none()).unwrap();
        crate::store::atomic::make_folder(&elsewhere).unwrap();
        fs::remove_dir(folder.quarantine()).unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.quarantine()).unwrap();
        let path = folder.quarantine();
        assert_eq!(EvaluationFolder::open(&root), Err(StoreError::Strange { path }));
    }
}
