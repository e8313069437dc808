//! What the commands of the workbench share: opening it, naming things in it, and waiting until everything is kept.

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::Value;

use crate::domain::id::Id;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{OpenQuestion, Safe, Workbench, coder_named};
use crate::fieldwork::workplace::Workplace;
use crate::texts::{Texts, fill};

use super::arguments::{round, switch, value};
use super::collect::remark_words;
use super::evaluation::{cannot_unlock, coordinator, open as open_evaluation, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{kit, progress};

/// Digits of an interview's name that an answer is called by; more where two begin alike.
const DIGITS: usize = 8;

/// Returns the flags every command of the workbench takes.
pub fn shared(texts: &Texts) -> [Arg; 4] {
    let words = &texts.workbench;
    [
        value("coder", "coder", &words.coder_value, &words.coder).global(true),
        switch("plain", "plain", &words.plain)
            .global(true)
            .conflicts_with("json"),
        switch("json", "json", &words.json).global(true),
        round(texts).global(true),
    ]
}

/// Returns an argument that stands without a flag.
pub fn given(name: &'static str, shown: &str, help: &str) -> Arg {
    Arg::new(name)
        .value_name(shown.to_owned())
        .help(help.to_owned())
        .required(true)
}

/// Returns an argument that may come several times.
pub fn several(name: &'static str, shown: &str, help: &str) -> Arg {
    value(name, name, shown, help).action(ArgAction::Append)
}

/// Returns what was given for an argument; nothing where the command has no such argument.
pub fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    let given = matches.try_get_one::<String>(name).ok().flatten();
    given.map(String::as_str)
}

/// Returns everything that was given for an argument.
pub fn texts_of<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m str> {
    let given = matches.try_get_many::<String>(name).ok().flatten();
    given.unwrap_or_default().map(String::as_str).collect()
}

/// Shows what there is, or does what a subcommand asks for and waits until it is kept.
pub fn listed_or_changed(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
    list: impl FnOnce(&Workplace, &Workbench, &mut Surroundings) -> Result<ExitCode, ExitCode>,
    change: impl FnOnce(&str, &ArgMatches, &mut Workbench, &mut Surroundings) -> Result<(), ExitCode>,
) -> ExitCode {
    let done = open(matches, settings, surroundings).and_then(|(workplace, mut bench)| {
        let Some((what, of)) = matches.subcommand() else {
            let code = list(&workplace, &bench, surroundings);
            bench.wait();
            return code;
        };
        change(what, of, &mut bench, surroundings)?;
        keep(&mut bench, settings, surroundings)?;
        Ok(ExitCode::Ok)
    });
    done.unwrap_or_else(|code| code)
}

/// Opens the workbench. Says what is wrong, and what was set aside.
///
/// # Errors
/// How the run ends when it stays shut.
pub fn open(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(Workplace, Workbench), ExitCode> {
    let words = &settings.texts.workbench;
    let coder = match text(matches, "coder") {
        None => None,
        Some(name) => match coder_named(name) {
            Some(coder) => Some(coder),
            None => {
                let said = fill(&words.no_coder, &[("name", name)]);
                surroundings.output.error("no_coder", &said);
                return Err(ExitCode::Usage);
            }
        },
    };
    let workplace = open_evaluation(settings, surroundings)?;
    kit::refuse_on_laptop(&workplace, settings, surroundings)?;
    let keys = coordinator(&workplace, settings, surroundings)?;
    let bench = Workbench::open(&workplace, &keys, coder, &mut |done, all| {
        progress::show(done, all, settings, surroundings);
    })
    .map_err(|error| cannot_unlock(error, settings, surroundings))?;
    // A name that was mistyped would be one more coder, whom nobody agrees with.
    let coders = bench.book().coders();
    if text(matches, "coder").is_some()
        && !settings.quiet
        && !coders.is_empty()
        && !coders.contains(bench.coder())
    {
        let known: Vec<&str> = coders.iter().map(|coder| coder.as_str()).collect();
        let values = [("name", bench.coder().as_str()), ("known", &known.join(", "))];
        surroundings.output.note(&fill(&words.new_coder, &values));
    }
    for path in bench.set_aside() {
        let file = path.display().to_string();
        surroundings.output.note(&fill(&words.aside, &[("file", &file)]));
    }
    for (path, remark) in bench.remarks() {
        if !bench.set_aside().contains(path) {
            let file = path.display().to_string();
            let why = remark_words(*remark, &settings.texts.handover.remark);
            let values = [("file", file.as_str()), ("why", why)];
            surroundings.output.note(&fill(&words.remark, &values));
        }
    }
    Ok((workplace, bench))
}

/// Waits until everything is on disk, and says so.
///
/// # Errors
/// How the run ends where it could not be kept.
pub fn keep(
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.workbench;
    match bench.wait() {
        Safe::Yes | Safe::Soon => {
            if !settings.quiet {
                surroundings.output.note(&words.kept);
            }
            Ok(())
        }
        Safe::No(error) => {
            let why = store_sentence(&error, &settings.texts);
            let said = fill(&words.not_kept, &[("why", &why)]);
            surroundings.output.error("not_kept", &said);
            Err(ExitCode::Unreadable)
        }
    }
}

/// Returns what an answer is called: its item, and as much of its interview's name as tells it from the others.
pub fn answer_name(bench: &Workbench, answer: &AnswerRef) -> String {
    let own = answer.interview.as_str();
    let others = bench
        .questions()
        .iter()
        .filter(|question| question.item == answer.item);
    let others = others.flat_map(OpenQuestion::answers);
    let alike = others
        .filter(|other| other.answer.interview != answer.interview)
        .map(|other| {
            let pairs = own.bytes().zip(other.answer.interview.as_str().bytes());
            pairs.take_while(|(one, other)| one == other).count()
        })
        .max()
        .unwrap_or(0);
    let digits = own.get(..DIGITS.max(alike + 1)).unwrap_or(own);
    format!("{}/{digits}", answer.item)
}

/// Returns the answer that is called so. Says when there is none.
///
/// # Errors
/// How the run ends then.
pub fn answer(
    bench: &Workbench,
    name: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<AnswerRef, ExitCode> {
    let (item, digits) = name.split_once('/').unwrap_or((name, ""));
    let fits = |question: &&OpenQuestion| question.item.to_string() == item;
    let questions = bench.questions().iter().filter(fits);
    let mut found = questions
        .flat_map(OpenQuestion::answers)
        .filter(|answer| !digits.is_empty() && answer.answer.interview.as_str().starts_with(digits));
    if let (Some(answer), None) = (found.next(), found.next()) {
        return Ok(answer.answer.clone());
    }
    let said = fill(&settings.texts.workbench.no_answer, &[("answer", name)]);
    surroundings.output.error("no_answer", &said);
    Err(ExitCode::Usage)
}

/// Returns the theme that is called so: by its number in the list, its name in data, or its name. Says when there is none.
///
/// # Errors
/// How the run ends then.
pub fn theme(
    bench: &Workbench,
    name: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Id, ExitCode> {
    let wanted = name.trim();
    let tree = bench.tree();
    let numbered = wanted
        .parse::<usize>()
        .ok()
        .and_then(|number| tree.get(number.checked_sub(1)?));
    let by_key = || tree.iter().find(|(_, theme)| theme.id.as_str() == wanted);
    let by_name = || {
        let named = |theme| bench.theme_name(theme, settings.language()).to_lowercase();
        tree.iter()
            .find(|(_, theme)| named(theme) == wanted.to_lowercase())
    };
    if let Some((_, theme)) = numbered.or_else(by_key).or_else(by_name) {
        return Ok(theme.id.clone());
    }
    let said = fill(&settings.texts.workbench.no_theme, &[("theme", wanted)]);
    surroundings.output.error("no_theme", &said);
    Err(ExitCode::Usage)
}

/// Returns the themes that are called so.
///
/// # Errors
/// How the run ends where there is none of one of the names.
pub fn themes(
    bench: &Workbench,
    names: &[&str],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<Id>, ExitCode> {
    let named = names.iter();
    named
        .map(|name| theme(bench, name, settings, surroundings))
        .collect()
}

/// Returns the thing with this number in a list. Says when there is none.
///
/// # Errors
/// How the run ends then.
pub fn numbered(
    all: &[Stamp],
    number: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Stamp, ExitCode> {
    let place = number.trim().parse::<usize>().ok();
    if let Some(stamp) = place.and_then(|place| all.get(place.checked_sub(1)?)) {
        return Ok(stamp.clone());
    }
    let said = fill(&settings.texts.workbench.no_number, &[("number", number)]);
    surroundings.output.error("no_number", &said);
    Err(ExitCode::Usage)
}

/// Writes one record a line, with tabs between the fields.
pub fn record(fields: &[&str], surroundings: &mut Surroundings) {
    let one_line = |field: &&str| field.replace(['\t', '\n', '\r'], " ");
    let fields: Vec<String> = fields.iter().map(one_line).collect();
    surroundings.output.bytes(fields.join("\t").as_bytes());
    surroundings.output.bytes(b"\n");
}

/// Writes a list as JSON.
pub fn list(name: &str, all: Vec<Value>, surroundings: &mut Surroundings) {
    let mut root = serde_json::Map::new();
    root.insert("format".to_owned(), 1.into());
    root.insert(name.to_owned(), all.into());
    surroundings.output.line(&Value::Object(root).to_string());
}

/// Returns a stamp as one word, for other programs.
pub fn stamp_name(stamp: &Stamp) -> String {
    format!("{}-{}-{:x}", stamp.clock, stamp.coder, stamp.run)
}

#[cfg(test)]
mod tests;
