//! Where people sit at a terminal: the screens.

use crate::fieldwork::desk::Desk;
use crate::fieldwork::practice_desk::PracticeDesk;
use crate::fieldwork::workplace::Workplace;
use crate::store::preferences::Role;
use crate::texts::Texts;
use crate::tui::coordinator::{Door, Office};
use crate::tui::preview::{Follow, Preview};
use crate::tui::results::Documents;
use crate::tui::{Exit, Setup, Start};

use super::configuration::{Configuration, keep};
use super::coordinator;
use super::evaluation::is_there;
use super::exit_code::ExitCode;
use super::new::founder;
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
    show_with(desk, start, Shown::default(), settings, surroundings)
}

/// Shows a survey that somebody is writing, and follows its file.
pub fn preview(
    preview: Preview,
    follow: Follow,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let shown = Shown {
        preview: Some((preview, follow)),
        ..Shown::default()
    };
    let desk = Box::new(PracticeDesk::empty());
    show_with(desk, Start::Preview, shown, settings, surroundings)
}

/// Begins with the coordinator's screens, where there are any; behind them lies the start screen.
pub fn show_office(
    workplace: Workplace,
    start: Start,
    results: Documents,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let office = coordinator::office(&workplace, settings, surroundings);
    let has_key = office.as_ref().is_some_and(|(door, _)| door.has_key());
    // An interview that is under way here goes before everything else, and so does who says that they interview.
    let interviews = settings.configuration.preferences().role == Some(Role::Interviewer);
    let start = match start {
        Start::Home if has_key && workplace.drafts().is_empty() && !interviews => Start::Coordinator,
        other => other,
    };
    let shown = Shown {
        office,
        results,
        ..Shown::default()
    };
    show_with(Box::new(workplace), start, shown, settings, surroundings)
}

/// Shows practice, and where the words are typed that stand for keys that are other than before.
pub fn show_words(start: Start, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let shown = Shown {
        office: Some(coordinator::office_of_other_keys(settings, surroundings)),
        ..Shown::default()
    };
    show_with(
        Box::new(PracticeDesk::shipped()),
        start,
        shown,
        settings,
        surroundings,
    )
}

/// What is shown beside interviews.
#[derive(Default)]
struct Shown {
    office: Option<(Door, Office)>,
    results: Documents,
    preview: Option<(Preview, Follow)>,
}

fn show_with(
    desk: Box<dyn Desk>,
    start: Start,
    shown: Shown,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    surroundings.output.flush();
    let is_at_home = shown.preview.is_none() && !is_there(settings, surroundings);
    // Whoever coordinates one evaluation may make another.
    let founds = matches!(start, Start::Founding { .. })
        || is_at_home
        || shown.office.as_ref().is_some_and(|(door, _)| door.has_key());
    let office = shown.office;
    let office = office.or_else(|| founds.then(|| coordinator::office_to_be(settings, surroundings)));
    let log = surroundings.log.clone();
    let (file, words) = (settings.configuration.path.clone(), settings.texts.clone());
    let setup = Setup {
        desk,
        texts: settings.texts.clone(),
        look: settings.look(),
        preferences: settings.configuration.preferences(),
        decided: settings.configuration.decided(),
        keep: Box::new(move |preference| keep(&file, preference, &words)),
        clock: surroundings.time,
        today: (surroundings.now)().date(),
        start,
        interviewer: String::new(),
        founder: founds.then(|| founder(true, surroundings)),
        results: shown.results,
        office,
        preview: shown.preview,
        trace: Box::new(move |event| log.add(&event)),
    };
    match crate::tui::run(setup) {
        Ok(Exit::Left | Exit::Ended) => ExitCode::Ok,
        Ok(Exit::Interrupted) => ExitCode::Interrupted,
        Ok(Exit::Linear) => line_by_line(settings, surroundings),
        Ok(Exit::Anew) => super::start::run(settings, surroundings),
        Err(_) => {
            surroundings.output.note(&settings.texts.command.no_screen);
            ExitCode::Unexpected
        }
    }
}

/// Goes on line by line, as the person just chose in the first run.
fn line_by_line(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let configuration = Configuration::load(surroundings);
    let language = super::settings::language(surroundings, &configuration.preferences());
    let settings = Settings {
        linear: true,
        texts: Texts::load(language).unwrap_or_else(|_| settings.texts.clone()),
        configuration,
        ..settings.clone()
    };
    surroundings.output.line(&settings.texts.settings.linear_from_now);
    super::start::go_on(&settings, surroundings)
}
