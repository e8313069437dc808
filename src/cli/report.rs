//! `stemme report`: what may be shown, written to files that people read and programs take.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::fieldwork::workplace::Workplace;
use crate::report::chart::{Framing, Picture};
use crate::report::codebook;
use crate::report::compose::{self, Contents, Part, Plan, Sources};
use crate::texts::{Texts, fill};

use crate::tui::coordinator::findings::names;

use super::arguments::{bare, path, round, switch, value, variable};
use super::evaluation::open;
use super::exit_code::ExitCode;
use super::papers::{Files, Format, formats};
use super::settings::Settings;
use super::showing::{self, Asked, Shown};
use super::surroundings::Surroundings;

/// A paper beside the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// One page for those who took part.
    OnePage,
    /// The sheet for the dialogue conference.
    Conference,
    /// What every variable and code means.
    Codebook,
    /// Every chart as a file of its own, for slides.
    Pictures,
}

impl Paper {
    pub(super) const ALL: [Self; 4] = [Self::OnePage, Self::Conference, Self::Codebook, Self::Pictures];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OnePage => "one-page",
            Self::Conference => "conference",
            Self::Codebook => "codebook",
            Self::Pictures => "pictures",
        }
    }
}

/// What somebody wants written.
pub(super) struct Wanted {
    pub(super) formats: Vec<Format>,
    pub(super) papers: Vec<Paper>,
    pub(super) is_final: bool,
    pub(super) authors: Vec<CleanText>,
    pub(super) contents: Contents,
}

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (words, own) = (&texts.results.command, &texts.paper.command);
    let folder = &texts.command.value.folder;
    bare("report")
        .about(words.report_about.clone())
        .arg(value("to", "to", "docx,xlsx,html", &own.formats).default_value("docx,xlsx,html"))
        .arg(path(value("out", "out", folder, &words.out)).default_value("."))
        .arg(switch("final", "final", &own.final_report))
        .arg(value("author", "author", &own.author_value, &own.author).action(ArgAction::Append))
        .arg(also(own))
        .arg(value("without", "without", &own.without_value, &own.without))
        .arg(value("by", "by", &words.by_value, &words.by).value_parser(variable))
        .arg(switch("yes", "yes", &words.yes))
        .arg(switch("json", "json", &words.json))
        .arg(round(texts))
}

fn also(own: &crate::texts::paper::PaperCommandTexts) -> Arg {
    value("also", "also", &own.also_value, &own.also)
}

/// Writes the report.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let wanted = match wanted(matches, settings, surroundings) {
        Ok(wanted) => wanted,
        Err(code) => return code,
    };
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let out = surroundings.path(out);
    let asked = Asked {
        by: matches.get_one::<Id>("by").cloned(),
        yes: matches.get_flag("yes"),
        anew: false,
        told: true,
    };
    let shown = refuse_early(wanted.is_final, None, settings, surroundings)
        .and_then(|()| showing::shown(&asked, settings, surroundings));
    let shown = match shown {
        Ok(shown) => shown,
        Err(code) => return code,
    };
    if shown.told_waits {
        let words = &settings.texts.workbench.voices.waiting;
        surroundings.output.note(words);
    }
    if let Some(work) = shown.work(None) {
        let own = shown.evaluation.own_words();
        for named in names::told(work.book, work.round, &own, &settings.texts) {
            surroundings.output.note(&named.says);
        }
    }
    match files(&shown, &wanted, settings, surroundings) {
        Ok(files) => files.write(&out, matches.get_flag("json"), settings, surroundings),
        Err(code) => code,
    }
}

/// Reads what is wanted. Says what there is not.
fn wanted(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Wanted, ExitCode> {
    let words = &settings.texts.paper.command;
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let formats = formats(text("to"), &Format::ALL, settings, surroundings)?;
    let mut papers = Vec::new();
    for name in text("also")
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let Some(paper) = Paper::ALL.into_iter().find(|paper| paper.name() == name) else {
            let known = Paper::ALL.map(Paper::name).join(", ");
            let said = fill(&words.no_paper, &[("paper", name), ("known", &known)]);
            surroundings.output.error("no_paper", &said);
            return Err(ExitCode::Usage);
        };
        if !papers.contains(&paper) {
            papers.push(paper);
        }
    }
    let on_paper = papers
        .iter()
        .any(|paper| matches!(paper, Paper::OnePage | Paper::Conference));
    if on_paper && !formats.iter().any(|format| format.is_text()) {
        let known = Format::ALL.into_iter().filter(|format| format.is_text());
        let known: Vec<&str> = known.map(Format::name).collect();
        let said = fill(&words.not_on_paper, &[("known", &known.join(", "))]);
        surroundings.output.error("no_format", &said);
        return Err(ExitCode::Usage);
    }
    let authors = matches.get_many::<String>("author").unwrap_or_default();
    let authors = authors
        .map(|author| CleanText::line(author))
        .filter(|author| !author.is_blank());
    Ok(Wanted {
        formats,
        papers,
        is_final: matches.get_flag("final"),
        authors: authors.collect(),
        contents: contents(text("without"), settings, surroundings)?,
    })
}

/// The parts of a report by the names they are left out by.
const PARTS: [&str; 4] = ["questions", "groups", "quotes", "appendix"];

/// Reads what is left out. Says what there is not.
fn contents(
    without: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Contents, ExitCode> {
    let mut contents = Contents::default();
    let names = without.split(',').map(str::trim);
    for name in names.filter(|name| !name.is_empty()) {
        match name {
            "questions" => contents.questions = false,
            "groups" => contents.groups = false,
            "quotes" => contents.quotes = false,
            "appendix" => contents.appendix = false,
            _ => {
                let words = &settings.texts.paper.command;
                let values = [("part", name), ("known", &*PARTS.join(", "))];
                let said = fill(&words.no_part, &values);
                surroundings.output.error("no_part", &said);
                return Err(ExitCode::Usage);
            }
        }
    }
    Ok(contents)
}

/// Refuses the final report while somebody can still withdraw: what is final is not taken back. Opens the evaluation
/// where the caller has not.
pub(super) fn refuse_early(
    is_final: bool,
    workplace: Option<&Workplace>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    if !is_final {
        return Ok(());
    }
    let until = match workplace {
        Some(workplace) => workplace.evaluation().withdraw_until,
        None => open(settings, surroundings)?.evaluation().withdraw_until,
    };
    let today = (surroundings.now)().date();
    match until.filter(|until| today <= *until) {
        None => Ok(()),
        Some(until) => {
            let day = crate::texts::number::date(until, settings.language());
            let said = fill(
                &settings.texts.coordinator.report.still_withdraw,
                &[("date", &day)],
            );
            surroundings.output.error("still_withdraw", &said);
            Err(ExitCode::Refused)
        }
    }
}

/// Composes everything that is wanted.
pub(super) fn files(
    shown: &Shown,
    wanted: &Wanted,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Files, ExitCode> {
    let texts = &settings.texts;
    let words = &texts.paper.command;
    let language = settings.language();
    let mut files = Files::default();
    for part in &shown.parts {
        let survey = part.survey.id().as_str();
        let name = |what: &str, of: Part| {
            let (round, code, part) = (shown.round(), language.code(), part_name(of));
            format!("{survey}-{round}-{what}-{code}{part}")
        };
        for sources in shown.sources(part, texts) {
            let of = sources.people.part;
            let is_whole = matches!(of, Part::Only | Part::Together { .. });
            let work = shown.work(Some(&part.survey)).filter(|_| is_whole);
            if wanted.is_final && is_whole && compose::is_raw(&sources, work.as_ref()) {
                surroundings.output.note(&words.final_raw);
            }
            if let Some(work) = work.as_ref().filter(|_| wanted.is_final) {
                for number in compose::not_raised(work) {
                    let said = fill(&words.final_open, &[("n", &number.to_string())]);
                    surroundings.output.note(&said);
                }
            }
            let plan = Plan {
                is_final: wanted.is_final,
                authors: wanted.authors.clone(),
                contents: wanted.contents,
                rounds: if is_whole {
                    shown.rounds(part, language)
                } else {
                    Vec::new()
                },
                beside: if is_whole {
                    let others = shown
                        .parts
                        .iter()
                        .filter(|other| other.survey.id() != part.survey.id());
                    others
                        .filter_map(|other| shown.sources(other, texts).next())
                        .collect()
                } else {
                    Vec::new()
                },
                work,
            };
            let document = compose::report(&sources, &plan);
            let (text, data): (Vec<Format>, Vec<Format>) =
                wanted.formats.iter().partition(|format| format.is_text());
            let stage = if wanted.is_final {
                &words.file_final
            } else {
                &words.file_process
            };
            let about = (survey, &document);
            files.add(&name(stage, of), about, &text, settings, surroundings)?;
            // The draft and the final report may lie in one folder.
            let numbers = if wanted.is_final {
                &words.file_numbers_final
            } else {
                &words.file_numbers
            };
            files.add(&name(numbers, of), about, &data, settings, surroundings)?;
            if is_whole {
                for paper in &wanted.papers {
                    let document = match paper {
                        Paper::OnePage => (
                            compose::one_page(&sources, work.as_ref(), wanted.is_final),
                            &words.file_one_page,
                        ),
                        Paper::Conference => (
                            compose::conference(&sources, work.as_ref()),
                            &words.file_conference,
                        ),
                        Paper::Codebook | Paper::Pictures => continue,
                    };
                    let (document, what) = document;
                    files.add(
                        &name(what, of),
                        (survey, &document),
                        &text,
                        settings,
                        surroundings,
                    )?;
                }
                if wanted.papers.contains(&Paper::Pictures) {
                    for (item, chart) in document.pictures() {
                        let picture = Picture::of(chart, texts, Framing::OnItsOwn);
                        let name = name(&format!("{}-{item}", words.file_picture), of);
                        let png = picture.png().map_err(|error| error.to_string());
                        files.add_bytes(format!("{name}.png"), png, surroundings)?;
                        let svg = Ok(picture.svg("chart").into_bytes());
                        files.add_bytes(format!("{name}.svg"), svg, surroundings)?;
                    }
                }
                if wanted.papers.contains(&Paper::Codebook) {
                    let name = format!("{survey}-{}-{}.json", words.file_codebook, language.code());
                    files.add_bytes(name, codebook_of(&sources), surroundings)?;
                }
            }
        }
    }
    Ok(files)
}

fn codebook_of(sources: &Sources<'_>) -> Result<Vec<u8>, String> {
    let texts = codebook::every_language().map_err(|error| error.to_string())?;
    codebook::bytes(sources.survey, sources.evaluation, &texts).map_err(|error| error.to_string())
}

/// What a file's name says of the state it is about, where there are several.
fn part_name(part: Part) -> String {
    match part {
        Part::Only | Part::Together { .. } => String::new(),
        Part::First => "-1".to_owned(),
        Part::Since { number } => format!("-{number}"),
    }
}
