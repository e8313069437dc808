//! Where people sit at a terminal: the screens.

use crate::fieldwork::desk::Desk;
use crate::tui::results::Documents;
use crate::tui::{Exit, Look, Setup, Start};

use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns whether screens can be shown and are wanted.
#[must_use]
pub fn wanted(settings: &Settings, surroundings: &Surroundings) -> bool {
    !settings.linear
        && !settings.no_input
        && surroundings.stdin_is_terminal
        && surroundings.stdout_is_terminal
}

/// Shows the screens until the person leaves.
pub fn show(
    desk: Box<dyn Desk>,
    start: Start,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    show_with(desk, start, Documents::default(), settings, surroundings)
}

/// Begins with results to read; behind them lies the start screen.
pub fn show_results(
    desk: Box<dyn Desk>,
    results: Documents,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    show_with(desk, Start::Results, results, settings, surroundings)
}

fn show_with(
    desk: Box<dyn Desk>,
    start: Start,
    results: Documents,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    surroundings.output.flush();
    let setup = Setup {
        desk,
        language: settings.language(),
        look: Look {
            colour: settings.colour,
            ascii: settings.ascii,
            ..Look::default()
        },
        clock: surroundings.time,
        today: (surroundings.now)().date(),
        start,
        interviewer: String::new(),
        results,
    };
    match crate::tui::run(setup) {
        Ok(Exit::Left | Exit::Ended) => ExitCode::Ok,
        Ok(Exit::Interrupted) => ExitCode::Interrupted,
        Err(_) => {
            surroundings.output.note(&settings.texts.command.no_screen);
            ExitCode::Unexpected
        }
    }
}
