//! Surveys that are being written, as the screens ask for them: checked, begun from a template, translated by a table.

use std::path::{Path, PathBuf};

use crate::cli::evaluation::{open, store_sentence};
use crate::cli::exit_code::ExitCode;
use crate::cli::translate;
use crate::domain::clean_text::CleanText;
use crate::fieldwork::desk::Desk;
use crate::texts::fill;
use crate::tui::coordinator::surveys::{Source, SurveyFile};
use crate::tui::coordinator::{Done, Heard, Place};

use super::{FOLDER, Session, free, surveys};

impl Session {
    /// The surveys of the evaluation, and those that lie beside it, where people have their documents, and where they are.
    pub(super) fn surveys(&mut self) -> Vec<SurveyFile> {
        let root = self.settings.evaluation.clone().unwrap_or_default();
        let language = self.settings.language();
        let workplace = open(&self.settings, &mut self.surroundings).ok();
        let used = workplace
            .iter()
            .flat_map(|workplace| workplace.surveys().as_read());
        let used = used.map(|survey| SurveyFile {
            title: survey.parts().title.get(language).to_owned(),
            source: Source::InUse(in_use(&root).join(format!("{}.toml", survey.parts().fingerprint.0))),
        });
        let mut found: Vec<SurveyFile> = used.collect();
        let own = self.surroundings.documents.join(FOLDER);
        found.extend(surveys::files(
            &[&root, &own, &self.surroundings.working_folder],
            language,
        ));
        found
    }

    /// What the checker says of a survey.
    pub(super) fn check(&mut self, path: &Path) -> Result<Heard, ExitCode> {
        let bytes = self.bytes_of(path)?;
        let mut checked = surveys::check(path, &bytes, &self.settings.texts);
        let root = self.settings.evaluation.as_deref();
        checked.is_in_use = root.is_some_and(|root| path.starts_with(in_use(root)));
        self.read = bytes;
        self.read_in = self.settings.language();
        Ok(Heard::Checked(Box::new(checked)))
    }

    /// A copy of a survey that comes with the program, to be changed.
    pub(super) fn template(&mut self, name: &str, title: &CleanText) -> Result<Heard, ExitCode> {
        let folder = self.surroundings.documents.join(FOLDER);
        let words = &self.settings.texts.coordinator.surveys;
        match surveys::from_template(name, title, &folder) {
            Ok(path) => {
                let shown = path.display().to_string();
                let said = fill(&words.made, &[("file", &shown)]);
                self.made(&path, said)
            }
            Err(error) => {
                let said = store_sentence(&error, &self.settings.texts);
                self.surroundings.output.error("store", &said);
                Err(ExitCode::Unreadable)
            }
        }
    }

    /// The words of a survey in a table beside it.
    pub(super) fn words_out(&mut self, survey: &Path) -> Result<Heard, ExitCode> {
        let table = free(&beside(
            survey,
            &self.settings.texts.coordinator.surveys.table_name,
        ));
        let bytes = self.bytes_of(survey)?;
        translate::write_table(&bytes, &table, &self.settings, &mut self.surroundings)?;
        let mut said = self.results_said();
        said.push(self.settings.texts.coordinator.surveys.fill_table.clone());
        Ok(Heard::Done(Box::new(Done {
            place: Place::Surveys,
            said,
            opened: None,
            shown: None,
        })))
    }

    /// The words of the newest table beside a survey, in a survey of its own.
    pub(super) fn words_in(&mut self, survey: &Path) -> Result<Heard, ExitCode> {
        let words = &self.settings.texts.coordinator.surveys;
        let Some(table) = surveys::newest_table(survey) else {
            self.surroundings.output.error("no_table", &words.no_table);
            return Err(ExitCode::NothingToDo);
        };
        let to = free(&beside(survey, &words.translated_name));
        let bytes = self.bytes_of(survey)?;
        translate::take_table(&bytes, &table, &to, &self.settings, &mut self.surroundings)?;
        let said = self.said().join(" ");
        self.made(&to, said)
    }

    /// Checks a survey that was made just now, and says so.
    fn made(&mut self, path: &Path, said: String) -> Result<Heard, ExitCode> {
        match self.check(path)? {
            Heard::Checked(checked) => Ok(Heard::Made(checked, said)),
            other => Ok(other),
        }
    }

    fn bytes_of(&mut self, survey: &Path) -> Result<Vec<u8>, ExitCode> {
        surveys::read(survey).ok_or_else(|| {
            let shown = survey.display().to_string();
            let said = fill(&self.settings.texts.storage.not_found, &[("file", &shown)]);
            self.surroundings.output.error("not_found", &said);
            ExitCode::Unreadable
        })
    }
}

/// Where the surveys of an evaluation lie: as they were put into use, never changed.
fn in_use(root: &Path) -> PathBuf {
    root.join("surveys")
}

/// Returns a file beside a survey that is called after it.
fn beside(survey: &Path, ending: &str) -> PathBuf {
    let name = survey.file_stem().unwrap_or_default().to_string_lossy();
    survey.with_file_name(format!("{name}-{ending}"))
}
