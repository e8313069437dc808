//! `stemme` by itself.

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::usage;

/// Opens the start screen; without a terminal, a few lines of help.
pub fn run(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    usage::short(&settings.texts, surroundings);
    ExitCode::Usage
}
