//! A state that was shown and is wrong: marked, never taken back.

use serde_json::json;

use crate::domain::clean_text::CleanText;
use crate::fieldwork::workplace::Workplace;
use crate::texts::fill;

use super::super::data::{self, Form};
use super::super::exit_code::ExitCode;
use super::super::settings::Settings;
use super::super::showing::{self, Kept};
use super::super::surroundings::Surroundings;

/// Marks a state by the beginning of its name, after somebody said yes.
pub(in crate::cli) fn mark(
    (name, why, yes): (&str, &str, bool),
    workplace: &Workplace,
    mut kept: Kept,
    form: Option<Form>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.release;
    let why = CleanText::line(why);
    if why.is_blank() {
        surroundings.output.error("why_needed", &words.why_needed);
        return Err(ExitCode::Usage);
    }
    let Some(state) = kept.ledger.named(name) else {
        let said = fill(&words.no_such, &[("name", name)]);
        surroundings.output.error("no_such", &said);
        return Err(ExitCode::Usage);
    };
    let name = state.name.clone();
    let values = [("name", name.short())];
    let Some(line) = kept.ledger.mark(&name, why) else {
        let said = fill(&words.already_wrong, &values);
        surroundings.output.error("already_wrong", &said);
        return Err(ExitCode::NothingToDo);
    };
    let question = fill(&words.ask_wrong, &values);
    showing::ask((&question, &question), yes, settings, surroundings)?;
    showing::add(line, &mut kept, workplace, settings, surroundings)?;
    if let Some(form) = form {
        let json = json!({ "format": 1, "wrong": name.as_str() });
        data::write(&json, form, surroundings);
    } else {
        surroundings.output.line(&fill(&words.marked, &values));
    }
    Ok(ExitCode::Ok)
}
