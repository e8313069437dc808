//! Finding a survey for a command, and saying so when there is none.

use crate::domain::founding::{Found, Unfit};
use crate::fieldwork::survey_file;
use crate::texts::fill;

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns the survey that `named` means: a file that is there, else a shipped survey. Says what is wrong.
///
/// # Errors
/// How the run ends when there is none.
pub fn find(named: &str, settings: &Settings, surroundings: &mut Surroundings) -> Result<Found, ExitCode> {
    let words = &settings.texts.storage;
    survey_file::find(named, &surroundings.working_folder).map_err(|unfit| {
        let (said, code) = match unfit {
            Unfit::SurveyMistakes(_) => (&words.survey_mistakes, ExitCode::SurveyErrors),
            _ => (&words.no_survey, ExitCode::Usage),
        };
        surroundings.output.note(&fill(said, &[("survey", named)]));
        code
    })
}
