//! `stemme tabulate`: tables of answers collected elsewhere, through the same door as interviews.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::rc::Rc;

use clap::{Arg, ArgMatches, Command};
use sha2::{Digest, Sha256};

use crate::disclosure::decision::{Refusal, Show, decide_file};
use crate::disclosure::interviews::{Rows, publish_rows};
use crate::disclosure::release::{KeptRelease, Origin};
use crate::domain::coding::Coding;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, ProfileName, Signing,
};
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::survey::Survey;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::fieldwork::workplace::Workplace;
use crate::import::answers::wrong::{Why, WrongCell};
use crate::import::answers::{Cells, InColumn, Reading, Unreadable, WhatWasRead, read};
use crate::report::compose::{self, FileRead, People, Sources};
use crate::store::file_key::FileKey;
use crate::store::hex::hex;
use crate::texts::number::{plural, whole};
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{evaluation, failure, results, showing, survey_file};

/// More readers than this find nothing to do.
const MOST_READERS: usize = 8;
/// How many wrong cells are named unless somebody wants all that are listed.
const NAMED: usize = 10;
/// What a word is said to be that is an answer in its column.
const ANSWER: &str = "answer";

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.tabulate;
    let shared = &texts.results.command;
    let named = |name: &'static str, placeholder: &str, help: &str| {
        Arg::new(name)
            .value_name(placeholder.to_owned())
            .help(help.to_owned())
            .required(true)
    };
    bare("tabulate")
        .about(words.about.clone())
        .arg(named("survey", &words.survey_value, &words.survey))
        .arg(named("answers", &words.answers_value, &words.answers))
        .arg(value("delimiter", "delimiter", ",|;|tab", &words.delimiter).value_parser([",", ";", "tab"]))
        .arg(
            value("cells", "cells", "any|codes|labels|values", &words.cells)
                .value_parser(Cells::ALL.map(Cells::code)),
        )
        .arg(
            value("missing", "missing", &words.missing_value, &words.missing).action(clap::ArgAction::Append),
        )
        .arg(
            value("profile", "profile", "standard|strict", &words.profile)
                .value_parser([ProfileName::Standard.code(), ProfileName::Strict.code()]),
        )
        .arg(switch("plain", "plain", &shared.plain).conflicts_with("json"))
        .arg(switch("json", "json", &shared.json))
        .arg(switch("yes", "yes", &words.yes))
}

/// Makes the tables.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match tabulate(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn tabulate(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let mut reading = reading(matches, settings, surroundings)?;
    let workplace = if evaluation::is_there(settings, surroundings) {
        Some(evaluation::open(settings, surroundings)?)
    } else {
        None
    };
    if workplace.is_some() && text("profile").is_some() {
        let said = &settings.texts.tabulate.profile_ignored;
        surroundings.output.error("profile_ignored", said);
        return Err(ExitCode::Usage);
    }
    let survey = survey_file::find(text("survey").unwrap_or_default(), settings, surroundings)?.survey;
    for (kind, text) in &survey.parts().missing_wording {
        let own = text.iter().map(|(_, text)| (text.as_str().to_owned(), *kind));
        reading.missing.extend(own);
    }
    let evaluation = match &workplace {
        Some(workplace) => workplace.evaluation().clone(),
        None => stand_in(&survey, text("profile")),
    };
    let limits = showing::limits(&evaluation.disclosure, &survey, settings, surroundings)?;
    let coding = Coding::of(&survey, Vec::new());
    let name = text("answers").unwrap_or_default();
    let counted = count(name, &coding, &reading, workplace.is_some(), surroundings);
    let (parts, read, digest) = counted.map_err(|why| {
        let (id, said) = unreadable(&why, name, &survey, settings);
        surroundings.output.error(id, &said);
        match why {
            Unreadable::NoSuchColumn(_) | Unreadable::MissingIsAnswer { .. } => ExitCode::Usage,
            _ => ExitCode::Unreadable,
        }
    })?;
    say_what_was_read(&read, settings, surroundings);
    let published = publish_rows(&coding, parts, &limits);
    let kept = match &workplace {
        Some(workplace) => {
            let names = names(workplace, &digest, settings, surroundings)?;
            let [written, _] = names.clone();
            let kept = KeptRelease::new(published, BTreeSet::new()).from(written);
            let asked = matches.get_flag("yes");
            ledger(
                workplace,
                (kept, &names),
                (&survey, read.rows),
                &limits,
                asked,
                settings,
                surroundings,
            )?
        }
        None => {
            let needed = limits.limit(Limit::MinBase);
            if read.rows < u64::from(needed) {
                return Err(too_few(read.rows, needed, settings, surroundings));
            }
            KeptRelease::new(published, BTreeSet::new())
        }
    };
    let people = People {
        file: Some(FileRead {
            wrong_cells: read.wrong.cells,
            wrong_rows: read.wrong.rows,
        }),
        ..People::default()
    };
    let document = compose::results(&Sources {
        published: kept.published(),
        people: &people,
        survey: &survey,
        evaluation: &evaluation,
        texts: &settings.texts,
    });
    let written = results::write(
        matches,
        &[(survey.id().as_str(), document)],
        settings,
        surroundings,
    );
    if written == ExitCode::Ok && workplace.is_none() && !settings.quiet {
        surroundings.output.note(&settings.texts.tabulate.no_ledger);
    }
    Ok(written)
}

/// How the file is to be read, by the flags.
fn reading(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Reading, ExitCode> {
    let delimiter = matches
        .get_one::<String>("delimiter")
        .map(|said| match said.as_str() {
            "tab" => b'\t',
            other => other.bytes().next().unwrap_or(b','),
        });
    let cells = matches.get_one::<String>("cells").map(String::as_str);
    let cells = Cells::ALL.into_iter().find(|kind| Some(kind.code()) == cells);
    let (mut missing, mut in_column) = (Vec::new(), Vec::new());
    for said in matches.get_many::<String>("missing").into_iter().flatten() {
        match word_for_missing(said) {
            Some((None, word, Some(kind))) => missing.push((word, kind)),
            Some((Some(column), word, kind)) => in_column.push(InColumn { column, word, kind }),
            Some((None, _, None)) | None => {
                let kinds = Missing::ALL.map(Missing::code).join(", ");
                let words = &settings.texts.tabulate.bad_missing;
                let said = fill(words, &[("value", said), ("kinds", &kinds)]);
                surroundings.output.error("bad_missing", &said);
                return Err(ExitCode::Usage);
            }
        }
    }
    for texts in Language::ALL
        .into_iter()
        .filter_map(|language| Texts::load(language).ok())
    {
        let words = &texts.words;
        missing.extend([
            (words.not_asked.clone(), Missing::NotAsked),
            (words.skipped.clone(), Missing::Skipped),
            (words.dont_know.clone(), Missing::DontKnow),
            (words.wont_say.clone(), Missing::WontSay),
            (words.not_applicable.clone(), Missing::NotApplicable),
        ]);
    }
    Ok(Reading {
        delimiter,
        cells: cells.unwrap_or_default(),
        missing,
        in_column,
    })
}

/// Takes `99=dont_know`, `weeks:99=dont_know` and `weeks:99=answer` apart: the column, the word, and the kind unless
/// it is an answer.
fn word_for_missing(said: &str) -> Option<(Option<String>, String, Option<Missing>)> {
    let (word, kind) = said.rsplit_once('=')?;
    let kind = match kind.trim() {
        ANSWER => None,
        kind => Some(Missing::from_code(kind)?),
    };
    let (column, word) = match word.rsplit_once(':') {
        Some((column, word)) => (Some(column.trim().to_owned()), word),
        None => (None, word),
    };
    Some((column, word.trim().to_owned(), kind))
}

/// An evaluation where there is none: the survey's title, and the protection that was asked for.
fn stand_in(survey: &Survey, profile: Option<&str>) -> Evaluation {
    let parts = survey.parts();
    Evaluation {
        made_up: false,
        id: String::new(),
        title: parts.title.clone(),
        service: None,
        commissioner: None,
        purpose: None,
        languages: parts.languages.clone(),
        identification: Identification::Anonymous,
        withdraw_until: None,
        delete_by: None,
        draft_hours: 0,
        rounds: Vec::new(),
        surveys: Vec::new(),
        sites: Vec::new(),
        consent_policy: ConsentPolicy::default(),
        disclosure: DisclosureChoice {
            profile: profile
                .and_then(ProfileName::from_code)
                .unwrap_or(ProfileName::Standard),
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        recipients: Vec::new(),
        signing: Signing::default(),
        contacts: Vec::new(),
    }
}

/// Everything a file of this SHA-256 may stand as in the ledger, what it is written as first.
fn names(
    workplace: &Workplace,
    digest: &[u8; 32],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<[Origin; 2], ExitCode> {
    let random = surroundings.randomness();
    let key = FileKey::read_or_make(
        workplace.home(),
        &workplace.evaluation().id,
        &mut |bytes: &mut [u8]| random(bytes),
    )
    .map_err(|error| failure::store(&error, settings, surroundings))?;
    Ok([Origin::MarkedFile(key.mark(digest)), Origin::File(hex(digest))])
}

/// Counts the file's rows on every core. The SHA-256 is none of the file where it is not wanted.
fn count(
    name: &str,
    coding: &Coding<'_>,
    reading: &Reading,
    fingerprint: bool,
    surroundings: &mut Surroundings,
) -> Result<(Vec<Rows>, WhatWasRead, [u8; 32]), Unreadable> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let takers = vec![Rows::new(coding); cores.min(MOST_READERS)];
    let hash = fingerprint.then(|| Rc::new(RefCell::new(Sha256::new())));
    let source: Box<dyn Read + '_> = if name == "-" {
        Box::new(&mut surroundings.input)
    } else {
        Box::new(File::open(surroundings.path(name))?)
    };
    let source = Hashed {
        source,
        hash: hash.clone(),
    };
    let (parts, read) = read(source, coding, reading, takers)?;
    let digest = hash.map_or([0; 32], |hash| hash.borrow().clone().finalize().into());
    Ok((parts, read, digest))
}

/// Takes the fingerprint of what passes.
struct Hashed<R> {
    source: R,
    hash: Option<Rc<RefCell<Sha256>>>,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        if let (Some(hash), Some(read)) = (&self.hash, buffer.get(..length)) {
            hash.borrow_mut().update(read);
        }
        Ok(length)
    }
}

fn too_few(rows: u64, needed: u16, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let (n, least) = (rows.to_string(), needed.to_string());
    let words = &settings.texts.tabulate.too_few;
    let said = fill(words, &[("n", &n), ("least", &least)]);
    surroundings.output.error("too_few", &said);
    if rows == 0 {
        ExitCode::NothingToDo
    } else {
        ExitCode::Refused
    }
}

/// Decides what of a file may be shown in an evaluation, and writes a first state down.
fn ledger(
    workplace: &Workplace,
    (first, names): (KeptRelease, &[Origin]),
    (survey, rows): (&Survey, u64),
    limits: &crate::disclosure::profile::Settings,
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<KeptRelease, ExitCode> {
    let mut kept = showing::read_ledger(workplace, settings, surroundings)?;
    let states = kept.ledger.of_files(survey.id());
    let words = &settings.texts.tabulate;
    match decide_file(&states, names, rows, limits) {
        Show::Kept { .. } => {
            let before = states.iter().find(|state| names.contains(state.kept.origin()));
            surroundings.output.note(&words.kept);
            before.map(|state| state.kept.clone()).ok_or(ExitCode::Unexpected)
        }
        Show::First => {
            if !workplace.evaluation().made_up {
                let (n, title) = (rows.to_string(), survey.parts().title.get(settings.language()));
                let values = [("n", n.as_str()), ("survey", title)];
                let said = (fill(&words.ask, &values), fill(&words.ask_no_terminal, &values));
                showing::ask((&said.0, &said.1), yes, settings, surroundings)?;
            }
            showing::keep(&first, &mut kept, workplace, settings, surroundings)
        }
        Show::Refused(Refusal::TooFewInterviews { needed }) => {
            Err(too_few(rows, needed, settings, surroundings))
        }
        Show::Refused(Refusal::AllWrong) => {
            let title = survey.parts().title.get(settings.language());
            let said = fill(&settings.texts.release.all_wrong, &[("survey", title)]);
            surroundings.output.error("all_wrong", &said);
            Err(ExitCode::Refused)
        }
        Show::New(_) | Show::Refused(_) => {
            surroundings.output.error("other_file", &words.other_file);
            Err(ExitCode::Refused)
        }
    }
}

/// Says how the file was read and everything in it that could not be: never what stands there.
fn say_what_was_read(read: &WhatWasRead, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.tabulate;
    let number = |value: u64| whole(value, settings.language());
    let mut lines = Vec::new();
    if !settings.quiet {
        let delimiter = match read.delimiter {
            b'\t' => "tab".to_owned(),
            other => {
                let quoted = &settings.texts.results.report.quoted;
                fill(quoted, &[("answer", &char::from(other).to_string())])
            }
        };
        lines.push(fill(
            &words.read_as,
            &[("n", &number(read.rows)), ("delimiter", &delimiter)],
        ));
        if !read.unused.is_empty() {
            let named = read.unused.iter().map(|name| match name.trim() {
                "" => words.unnamed.as_str(),
                name => name,
            });
            let columns = named.collect::<Vec<_>>().join(", ");
            lines.push(fill(&words.unused, &[("columns", &columns)]));
        }
        if !read.for_groups.is_empty() {
            lines.push(fill(
                &words.for_groups,
                &[("columns", &read.for_groups.join(", "))],
            ));
        }
        if !read.absent.is_empty() {
            let items: Vec<String> = read.absent.iter().map(ToString::to_string).collect();
            lines.push(fill(&words.absent, &[("items", &items.join(", "))]));
        }
    }
    if read.empty_rows > 0 {
        let text = plural(read.empty_rows, &words.empty_rows_one, &words.empty_rows);
        lines.push(fill(text, &[("n", &number(read.empty_rows))]));
    }
    if let Some((row, over)) = read.only_long {
        lines.push(fill(
            &words.only_long,
            &[("row", &number(row)), ("lines", &number(over))],
        ));
    }
    for unsure in &read.unsure {
        let text = plural(unsure.answers, &words.unsure_one, &words.unsure);
        let (n, item) = (number(unsure.answers), unsure.item.to_string());
        let values = [
            ("n", n.as_str()),
            ("item", &item),
            ("columns", &unsure.on.join(", ")),
        ];
        lines.push(fill(text, &values));
    }
    let wrong = &read.wrong;
    if !wrong.listed.is_empty() {
        lines.push(words.wrong_list.clone());
        let shown = if settings.verbose { usize::MAX } else { NAMED };
        lines.extend(
            wrong
                .listed
                .iter()
                .take(shown)
                .map(|wrong| wrong_line(wrong, read, settings)),
        );
        let named = u64::try_from(shown.min(wrong.listed.len())).unwrap_or(u64::MAX);
        let more = (wrong.cells + wrong.rows).saturating_sub(named);
        if more > 0 {
            lines.push(fill(&words.wrong_more, &[("n", &number(more))]));
        }
    }
    for line in lines {
        surroundings.output.note(&line);
    }
}

fn wrong_line(wrong: &WrongCell, read: &WhatWasRead, settings: &Settings) -> String {
    let words = &settings.texts.tabulate;
    let row = whole(wrong.row, settings.language());
    let why = why(wrong.why, settings);
    let column = wrong.column.and_then(|column| read.columns.get(column));
    match column {
        Some(column) => fill(
            &words.wrong_cell_at,
            &[("row", &row), ("column", column), ("why", why)],
        ),
        None => fill(&words.wrong_row_at, &[("row", &row), ("why", why)]),
    }
}

fn why(why: Why, settings: &Settings) -> &str {
    let words = &settings.texts.tabulate.why;
    let said = match why {
        Why::NoSuchAnswer => &words.no_such_answer,
        Why::NoNumber => &words.no_number,
        Why::NoDate => &words.no_date,
        Why::OutsideLimits => &words.outside_limits,
        Why::TooManyDecimals => &words.too_many_decimals,
        Why::HowManyOptions => &words.how_many_options,
        Why::NotAlone => &words.not_alone,
        Why::Twice => &words.twice,
        Why::NotAsked => &words.not_asked,
        Why::Check => &words.check,
        Why::ShortRow => &words.short_row,
        Why::LongRow => &words.long_row,
    };
    said.as_str()
}

/// Returns why a file gives no tables: as a name, and in words.
fn unreadable(why: &Unreadable, name: &str, survey: &Survey, settings: &Settings) -> (&'static str, String) {
    let words = &settings.texts.tabulate;
    let (id, text) = match why {
        Unreadable::Io(error) if error.kind() == io::ErrorKind::NotFound => ("not_found", &words.not_found),
        Unreadable::Io(_) => ("not_read", &words.not_read),
        Unreadable::Empty => ("empty", &words.empty),
        Unreadable::NotText => ("not_text", &words.not_text),
        Unreadable::NoColumn(Some(_)) => ("no_column", &words.no_column),
        Unreadable::NoColumn(None) => ("only_groups", &words.only_groups),
        Unreadable::OnlyForGroups(_) => ("only_groups", &words.groups_question),
        Unreadable::ColumnTwice(_) => ("column_twice", &words.twice),
        Unreadable::RowTooLong(_) => ("row_too_long", &words.row_too_long),
        Unreadable::OpenQuote(_) => ("open_quote", &words.open_quote),
        Unreadable::NoSuchColumn(_) => ("no_such_column", &words.no_such_column),
        Unreadable::MissingIsAnswer { .. } => ("missing_is_answer", &words.missing_is_answer),
    };
    let (column, word) = match why {
        Unreadable::ColumnTwice(column)
        | Unreadable::NoSuchColumn(column)
        | Unreadable::OnlyForGroups(column) => (column.as_str(), ""),
        Unreadable::MissingIsAnswer { column, word } => (column.as_str(), word.as_str()),
        _ => ("", ""),
    };
    let row = match why {
        Unreadable::RowTooLong(row) | Unreadable::OpenQuote(row) => whole(*row, settings.language()),
        _ => String::new(),
    };
    let item = match why {
        Unreadable::NoColumn(Some(item)) => item.to_string(),
        _ => String::new(),
    };
    let values = [
        ("file", name),
        ("survey", survey.parts().title.get(settings.language())),
        ("column", column),
        ("row", &row),
        ("word", word),
        ("item", &item),
    ];
    (id, fill(text, &values))
}

#[cfg(test)]
mod tests;
