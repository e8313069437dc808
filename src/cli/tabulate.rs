//! `stemme tabulate`: tables of answers collected elsewhere, through the same door as interviews.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Arg, ArgMatches, Command};

use crate::disclosure::decision::{Refusal, Show, decide_file};
use crate::disclosure::interviews::publish_rows;
use crate::disclosure::release::{KeptRelease, Origin};
use crate::domain::coding::Coding;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, LegalFrame, ProfileName, Signing,
};
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::survey::Survey;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::fieldwork::workplace::Workplace;
use crate::import::answers::{Cells, InColumn, Reading, Unreadable};
use crate::report::compose::{self, FileRead, People, Sources};
use crate::store::file_key::FileKey;
use crate::store::hex::hex;
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value, variable};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{evaluation, failure, results, showing, survey_file};

use counting::count;
use said::{say_what_was_read, unreadable};

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
        .arg(value("by", "by", &shared.by_value, &shared.by).value_parser(variable))
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
    let by = matches.get_one::<Id>("by");
    let choice = showing::choice(&evaluation, &survey, by, settings, surroundings)?;
    let coding = Coding::of(&survey, choice.rosters.clone());
    let name = text("answers").unwrap_or_default();
    let counted = count(
        name,
        (&coding, &choice),
        &reading,
        workplace.is_some(),
        surroundings,
    );
    let (parts, read, digest) = counted.map_err(|why| {
        let (id, said) = unreadable(&why, name, &survey, settings);
        surroundings.output.error(id, &said);
        match why {
            Unreadable::NoSuchColumn(_) | Unreadable::MissingIsAnswer { .. } => ExitCode::Usage,
            _ => ExitCode::Unreadable,
        }
    })?;
    say_what_was_read(&read, settings, surroundings);
    let published = publish_rows(&coding, parts, &limits, &choice).map_err(|_| {
        let words = &settings.texts.release.check_failed;
        surroundings.output.error("check_failed", words);
        ExitCode::Refused
    })?;
    let kept = match &workplace {
        Some(workplace) => {
            let names = names(workplace, &digest, settings, surroundings)?;
            let [written, _] = names.clone();
            let kept = KeptRelease::new(published, BTreeSet::new()).from(written);
            let asked = matches.get_flag("yes");
            ledger(
                workplace,
                (kept, &names),
                (&survey, read.rows, by),
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
        legal_frame: LegalFrame::default(),
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
        call: None,
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
    (survey, rows, by): (&Survey, u64, Option<&Id>),
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
            if let (Some(by), Some(before)) = (by, before)
                && !showing::is_split(std::slice::from_ref(before), by)
            {
                let own = std::slice::from_ref(before);
                return Err(showing::not_added(own, by, survey, settings, surroundings));
            }
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
        Show::New(_) | Show::Groups | Show::Refused(_) => {
            surroundings.output.error("other_file", &words.other_file);
            Err(ExitCode::Refused)
        }
    }
}

mod counting;
mod said;
#[cfg(test)]
mod tests;
