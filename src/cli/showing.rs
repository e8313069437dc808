//! What may be shown now: the states that were shown before, or a new one, which is written down before anybody
//! sees it.

use std::sync::Arc;

use crate::disclosure::choice::Choice;
use crate::disclosure::published::Published;
use crate::disclosure::quote::Quote;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::domain::workbook::Workbook;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{People, Round, Sources, Work, titled};
use crate::store::collection::Collection;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::Portion;

use super::evaluation::open_office;
use super::exit_code::ExitCode;
use super::release::voices;
use super::settings::Settings;
use super::surroundings::Surroundings;

pub use candidates::{Opened, Versions};
pub use interviewed::Interviewed;
pub use keeping::{
    Kept, add, ask, keep, limits, note_shown, parse, read_all, read_ledger, strange_releases, unreadable,
};

mod breakdown;
mod candidates;
mod interviewed;
mod keeping;
pub mod rounds;

pub(super) use breakdown::not_added;
pub use breakdown::{KnownGroups, is_split};

/// Returns what the questions of a survey are split by: what the evaluation declares, and what is asked for.
///
/// # Errors
/// How the run ends where that cannot be.
pub(super) fn choice(
    evaluation: &Evaluation,
    survey: &Survey,
    by: Option<&Id>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Choice, ExitCode> {
    candidates::choice_of(evaluation, survey, by)
        .map_err(|why| breakdown::refused(&why, by, settings, surroundings))
}

/// What somebody asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What the answers are to be split by.
    pub by: Option<Id>,
    /// Said yes beforehand; counts only where nobody types.
    pub yes: bool,
    /// Wants those who came since to be shown, too.
    pub anew: bool,
    /// Wants to know whether themes or quotes wait to be released.
    pub told: bool,
}

/// What may be shown of an evaluation.
#[derive(Debug)]
pub struct Shown {
    /// The evaluation.
    pub evaluation: Evaluation,
    book: Workbook,
    /// Whether there are themes or quotes that were not released, where that was asked.
    pub told_waits: bool,
    /// The surveys with something to show, in the order of the round.
    pub parts: Vec<Part>,
}

/// What may be shown of one survey.
#[derive(Debug)]
pub struct Part {
    /// The survey.
    pub survey: Arc<Survey>,
    /// Everybody who was shown together, where there are several states, and then each state.
    views: Vec<(Published, People)>,
    /// What was shown of each round, in time order.
    rounds: Vec<(Slug, Published)>,
}

impl Part {
    /// Returns how many finished interviews are in no state.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.views.first().map_or(0, |(_, people)| people.waiting)
    }
}

impl From<Shown> for crate::tui::coordinator::Shown {
    fn from(shown: Shown) -> Self {
        Self {
            evaluation: shown.evaluation,
            book: shown.book,
            parts: shown.parts.into_iter().map(Portion::from).collect(),
        }
    }
}

impl From<Part> for Portion {
    fn from(part: Part) -> Self {
        Self {
            survey: part.survey,
            views: part.views,
            rounds: part.rounds,
        }
    }
}

impl Shown {
    /// Returns what was shown before, and nothing new; a survey of which nothing was shown is left out.
    #[must_use]
    pub fn before(
        workplace: &Workplace,
        collection: &Collection,
        (kept, told): (&Kept, &[Quote]),
        book: Workbook,
    ) -> Self {
        let evaluation = workplace.evaluation();
        let parts = workplace.surveys().as_read().iter().filter_map(|survey| {
            let interviewed =
                Interviewed::of(evaluation, survey, &collection.interviews).with_slips(&collection.slips);
            let is_shown = interviewed.told(kept).iter().any(|state| state.wrong.is_none());
            is_shown.then(|| interviewed.part(kept, told))
        });
        Self {
            evaluation: evaluation.clone(),
            book,
            told_waits: false,
            parts: parts.collect(),
        }
    }

    /// Returns what documents about one survey are composed of: everybody together, and each state.
    pub fn sources<'s>(&'s self, part: &'s Part, texts: &'s Texts) -> impl Iterator<Item = Sources<'s>> {
        part.views.iter().map(move |(published, people)| Sources {
            published,
            people,
            survey: &part.survey,
            evaluation: &self.evaluation,
            texts,
        })
    }

    /// Returns what was shown of a survey in each round, in time order.
    #[must_use]
    pub fn rounds<'s>(&'s self, part: &'s Part, language: Language) -> Vec<Round<'s>> {
        titled(&self.evaluation, &part.rounds, Some(&self.book), language)
    }

    /// Returns what the coordinators have written in the open round, of one survey or of all.
    #[must_use]
    pub fn work<'s>(&'s self, survey: Option<&'s Survey>) -> Option<Work<'s>> {
        let round = self.evaluation.open_round()?;
        Some(Work {
            book: &self.book,
            round: &round.id,
            survey,
        })
    }

    /// Returns the open round's name.
    #[must_use]
    pub fn round(&self) -> &str {
        self.evaluation.open_round().map_or("", |round| round.id.as_str())
    }
}

/// Opens the evaluation and returns what may be shown of it. Says what is wrong.
///
/// # Errors
/// How the run ends where nothing can be shown.
pub fn shown(asked: &Asked, settings: &Settings, surroundings: &mut Surroundings) -> Result<Shown, ExitCode> {
    let workplace = open_office(settings, surroundings)?;
    shown_of(&workplace, asked, settings, surroundings)
}

/// As [`shown`], of an evaluation that is open already.
///
/// # Errors
/// How the run ends where nothing can be shown.
pub fn shown_of(
    workplace: &Workplace,
    asked: &Asked,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Shown, ExitCode> {
    let mut kept = read_ledger(workplace, settings, surroundings)?;
    let versions = Versions::of(workplace);
    let opened = Opened::open(
        workplace,
        &versions,
        &kept,
        asked.by.as_ref(),
        settings,
        surroundings,
    )?;
    mention_lost(&opened.collection, settings, surroundings);
    let told = voices::told(workplace, opened.identities(), &kept, settings, surroundings)?;
    let mut parts = Vec::new();
    let mut refused = None;
    for survey in workplace.surveys().as_read() {
        let interviewed = Interviewed::of(workplace.evaluation(), survey, &opened.collection.interviews)
            .with_slips(&opened.collection.slips);
        let shown = interviewed.shown(asked, &mut kept, &opened, settings, surroundings);
        match shown {
            Ok(()) => parts.push(interviewed.part(&kept, &told)),
            Err(ExitCode::NothingToDo) => refused = refused.or(Some(ExitCode::NothingToDo)),
            Err(ExitCode::Refused) => refused = Some(ExitCode::Refused),
            Err(code) => return Err(code),
        }
    }
    match refused {
        Some(code) if parts.is_empty() || asked.anew => Err(code),
        None if parts.is_empty() => Err(ExitCode::NothingToDo),
        _ => Ok(Shown {
            told_waits: asked.told && voices::is_waiting(&opened, &kept, settings, surroundings)?,
            evaluation: workplace.evaluation().clone(),
            book: opened.workbook(settings, surroundings)?.book,
            parts,
        }),
    }
}

/// What is shown once stays shown: that files could not be read is said before.
pub fn mention_lost(collection: &Collection, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.results.command;
    let counts = &collection.counts;
    let said = match counts.unreadable + counts.damaged + counts.newer + counts.absent {
        0 => return,
        1 => words.lost_one.clone(),
        n => fill(&words.lost, &[("n", &n.to_string())]),
    };
    surroundings.output.note(&said);
}
