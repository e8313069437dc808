//! Finding and reading a survey: by file, by the name of a shipped one.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::definition;
use crate::domain::survey::Survey;
use crate::texts::fill;

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::shipped;
use super::surroundings::Surroundings;

/// A survey with the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Found {
    /// The survey.
    pub survey: Arc<Survey>,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// Returns the survey that `named` means: a file that is there, else a shipped survey. Says what is wrong.
///
/// # Errors
/// How the run ends when there is none.
pub fn find(named: &str, settings: &Settings, surroundings: &mut Surroundings) -> Result<Found, ExitCode> {
    let words = &settings.texts.storage;
    let path = surroundings.working_folder.join(named);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(_) => match shipped::find(named) {
            Some(shipped) => shipped.bytes.to_vec(),
            None => {
                let said = fill(&words.no_survey, &[("survey", named)]);
                surroundings.output.note(&said);
                return Err(ExitCode::Usage);
            }
        },
    };
    match definition::survey::open(&bytes).value {
        Some(survey) => Ok(Found {
            survey: Arc::new(survey),
            bytes,
        }),
        None => {
            let said = fill(&words.survey_mistakes, &[("survey", named)]);
            surroundings.output.note(&said);
            Err(ExitCode::SurveyErrors)
        }
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    fs::read(path)
}
