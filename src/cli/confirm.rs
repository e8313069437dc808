//! `stemme confirm`: accepts keys that are others than before, after somebody has heard the six words from the
//! coordinator and typed them. Showing the words and asking for a yes would be clicked away. Where the keys are the same
//! it asks about laptops that this machine does not know.

use clap::{ArgMatches, Command};

use crate::fieldwork::workplace::Workplace;
use crate::store::known::{self, Known};
use crate::texts::Texts;

use super::arguments::bare;
use super::evaluation::{open_unknown, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::strangers;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    bare("confirm").about(texts.handover.confirm.about.clone())
}

/// Compares the words.
pub fn run(_: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    compare(settings, surroundings)
}

/// Asks for the words, line by line.
pub(super) fn compare(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.handover.confirm;
    let workplace = match open_unknown(settings, surroundings) {
        Ok(workplace) => workplace,
        Err(code) => return code,
    };
    let is_known = known::compare(workplace.home(), workplace.evaluation()) == Ok(Known::Same);
    if is_known && workplace.kit().is_none() && strangers::count(&workplace) > 0 {
        return strangers::ask(&workplace, &mut strangers::Asked::Typing, settings, surroundings)
            .err()
            .unwrap_or(ExitCode::Ok);
    }
    if is_known {
        surroundings.output.line(&words.same);
        return ExitCode::NothingToDo;
    }
    surroundings.output.line(&words.ask);
    if settings.no_input {
        return ExitCode::Usage;
    }
    surroundings.output.part("> ");
    let typed = surroundings.read_line().unwrap_or_default();
    accept(&workplace, &typed, settings, surroundings)
}

/// Takes the keys for known, where the words were typed that stand for them.
pub(super) fn accept(
    workplace: &Workplace,
    typed: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.handover.confirm;
    if !workplace.fingerprint().is_typed(typed) {
        surroundings.output.note(&words.wrong);
        return ExitCode::Refused;
    }
    match workplace.keep_known() {
        Ok(()) => {
            surroundings.output.line(&words.done);
            ExitCode::Ok
        }
        Err(error) => {
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            ExitCode::Unreadable
        }
    }
}
