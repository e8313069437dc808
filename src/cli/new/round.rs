//! `stemme new round`: the next round of an evaluation, with the surveys of the one before.

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{bare, value};
use crate::cli::evaluation::{open, store_sentence};
use crate::cli::exit_code::ExitCode;
use crate::cli::kit;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::Round;
use crate::domain::founding::named;
use crate::domain::localized::Localized;
use crate::store::folder::edit::add_round;
use crate::texts::{Texts, fill};

/// Returns its arguments.
#[must_use]
pub(super) fn command(texts: &Texts) -> Command {
    let words = &texts.command.new_round;
    bare("round")
        .visible_alias("runde")
        .about(words.about.clone())
        .arg(
            Arg::new("round")
                .value_name(words.round_value.clone())
                .help(words.round.clone())
                .required(true),
        )
        .arg(
            value(
                "planned",
                "planned",
                &texts.command.value.people,
                &texts.command.new_evaluation.planned,
            )
            .value_parser(clap::value_parser!(u32).range(1..=1_000_000)),
        )
        .arg(
            value("wanted", "wanted", "N,N", &words.wanted)
                .value_delimiter(',')
                .value_parser(clap::value_parser!(u32).range(1..=1_000_000)),
        )
}

/// A round to be begun.
pub(in crate::cli) struct New<'n> {
    /// What it is called: `2027v=Våren 2027`, or its title alone.
    pub called: &'n str,
    /// How many interviews are planned.
    pub planned: Option<u32>,
    /// How many are wanted with each survey, in their order.
    pub wanted: Vec<u32>,
}

/// Begins the round.
pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let wanted = matches.get_many::<u32>("wanted");
    let new = New {
        called: matches.get_one::<String>("round").map_or("", String::as_str),
        planned: matches.get_one::<u32>("planned").copied(),
        wanted: wanted
            .map(|numbers| numbers.copied().collect())
            .unwrap_or_default(),
    };
    begin(&new, settings, surroundings).map(|()| ExitCode::Ok)
}

/// Begins a round with the surveys of the one before.
///
/// # Errors
/// How the run ends where there is none.
pub(in crate::cli) fn begin(
    new: &New<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_round;
    let workplace = open(settings, surroundings)?;
    kit::refuse_on_laptop(&workplace, settings, surroundings)?;
    let Some(wanted) = named(new.called).filter(|wanted| !wanted.title.trim().is_empty()) else {
        let said = settings.texts.command.new_evaluation.not_an_id.clone();
        surroundings.output.error("not_an_id", &said);
        return Err(ExitCode::Usage);
    };
    let evaluation = workplace.evaluation();
    if evaluation.rounds.iter().any(|round| round.id == wanted.id) {
        let said = fill(&words.taken, &[("round", wanted.id.as_str())]);
        surroundings.output.error("round_taken", &said);
        return Err(ExitCode::Usage);
    }
    let round = Round {
        id: wanted.id,
        title: Localized::new(settings.language(), CleanText::line(&wanted.title)),
        surveys: evaluation
            .open_round()
            .map(|round| round.surveys.clone())
            .unwrap_or_default(),
        planned: new.planned,
        users: None,
        wanted: new.wanted.clone(),
        period: None,
    };
    let is_read = |edited: &String| definition::evaluation::read(edited.as_bytes()).value.is_some();
    let edited = workplace
        .folder()
        .edit(|text| add_round(text, &round).filter(is_read));
    if let Err(error) = edited {
        let said = store_sentence(&error, &settings.texts);
        surroundings.output.error("not_editable", &said);
        return Err(ExitCode::Unreadable);
    }
    let before = evaluation.open_round().map_or("", |round| round.id.as_str());
    let title = round.title.get(settings.language());
    surroundings.output.line(&fill(&words.made, &[("round", title)]));
    if !settings.quiet {
        surroundings
            .output
            .note(&fill(&words.next, &[("before", before)]));
    }
    Ok(())
}
