//! `stemme close`: the end of an evaluation. Tables stay; keys and answers go.

use clap::{ArgMatches, Command};

use crate::fieldwork::workplace::Workplace;
use crate::store::{StoreError, closing, releases};
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value};
use super::evaluation::{open_office, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.life;
    let placeholder = &texts.command.value;
    bare("close")
        .about(words.close_about.clone())
        .arg(switch("now", "now", &words.close_now))
        .arg(value(
            "confirm",
            "confirm",
            &placeholder.text,
            &words.close_confirm,
        ))
}

/// Closes the evaluation.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let confirmed = matches.get_one::<String>("confirm").cloned();
    match close(matches.get_flag("now"), confirmed, settings, surroundings) {
        Ok(()) => ExitCode::Ok,
        Err(code) => code,
    }
}

/// Closes the evaluation, `now` also before its day, where its title was `confirmed` or is typed.
///
/// # Errors
/// How the run ends where it stays open.
pub(super) fn close(
    now: bool,
    confirmed: Option<String>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.life;
    let workplace = open_office(settings, surroundings)?;
    let evaluation = workplace.evaluation();
    let today = (surroundings.now)().date();
    let is_due = evaluation.delete_by.is_some_and(|day| today >= day);
    if !is_due && !now {
        let said = match evaluation.delete_by {
            Some(day) => fill(&words.close_early, &[("date", &date(day, settings.language()))]),
            None => words.close_no_date.clone(),
        };
        surroundings.output.note(&said);
        return Err(ExitCode::Refused);
    }
    let said = |error: &StoreError, surroundings: &mut Surroundings| {
        surroundings.output.note(&store_sentence(error, &settings.texts));
        ExitCode::Unreadable
    };
    let tables = releases::read_all(&workplace.folder().releases())
        .map_err(|error| said(&error, surroundings))?
        .len();
    if tables == 0 {
        surroundings.output.note(&words.close_no_tables);
    }
    if tables > 0 {
        surroundings.output.note(&words.close_files);
    }
    let title = evaluation.title.get(settings.language()).to_owned();
    let given = confirmed.or_else(|| asked(&title, settings, surroundings));
    if given.is_none_or(|given| given.trim() != title) {
        surroundings.output.note(&words.not_closed);
        return Err(ExitCode::NothingToDo);
    }
    let deleted = closing::close(workplace.folder(), workplace.home(), &evaluation.id)
        .map_err(|error| said(&error, surroundings))?;
    let day = date(today, settings.language());
    let text = protocol(&workplace, &title, &day, deleted, tables, &settings.texts);
    let file =
        closing::keep_protocol(workplace.folder(), &text).map_err(|error| said(&error, surroundings))?;
    surroundings.output.line(&text);
    let shown = file.display().to_string();
    surroundings
        .output
        .note(&fill(&words.closed, &[("file", &shown)]));
    Ok(())
}

fn asked(title: &str, settings: &Settings, surroundings: &mut Surroundings) -> Option<String> {
    let words = &settings.texts.life;
    if settings.no_input {
        return None;
    }
    surroundings.output.note(&words.close_intro);
    let question = fill(&words.close_ask, &[("title", title)]);
    surroundings.output.note_part(&format!("{question} "));
    surroundings.read_line()
}

fn protocol(
    workplace: &Workplace,
    title: &str,
    day: &str,
    deleted: closing::Deleted,
    tables: usize,
    texts: &Texts,
) -> String {
    let counts = [
        ("keys", deleted.keys),
        ("sealed", deleted.sealed),
        ("drafts", deleted.drafts),
        ("other", deleted.other),
        ("releases", tables),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let mut values = vec![
        ("title", title),
        ("id", &*workplace.evaluation().id),
        ("date", day),
    ];
    values.extend(counts.iter().map(|(name, count)| (*name, count.as_str())));
    fill(&texts.life.protocol, &values)
}
