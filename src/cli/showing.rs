//! What may be shown now: the states that were shown before, or a new one, which is written down before anybody
//! sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::disclosure::choice::Choice;
use crate::disclosure::decision::{Refusal, Show, decide};
use crate::disclosure::ledger::{Conflict, State};
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::published::Published;
use crate::disclosure::quote::Quote;
use crate::disclosure::release::{KeptRelease, Origin, ReleaseName};
use crate::disclosure::together::together;
use crate::disclosure::voices::with_voices;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::record::{InterviewId, Mode, RecordHead};
use crate::domain::slip::{Asked as Slips, Slip};
use crate::domain::survey::Survey;
use crate::domain::workbook::Workbook;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{Background, Part as DocumentPart, People, Round, Sources, Work, titled};
use crate::store::collection::Collection;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::Portion;

use super::evaluation::open;
use super::exit_code::ExitCode;
use super::release::voices;
use super::settings::Settings;
use super::surroundings::Surroundings;

pub use candidates::{Opened, Versions};
pub use keeping::{Kept, add, ask, keep, limits, parse, read_ledger, unreadable};

mod breakdown;
mod candidates;
mod keeping;
pub mod rounds;

pub use breakdown::{KnownGroups, is_split};

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
    evaluation: Evaluation,
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
            let is_shown = interviewed.states(kept).iter().any(|state| state.wrong.is_none());
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

    /// Returns what the coordinators have written in the open round.
    #[must_use]
    pub fn work(&self) -> Option<Work<'_>> {
        let round = self.evaluation.open_round()?;
        Some(Work {
            book: &self.book,
            round: &round.id,
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
    let workplace = open(settings, surroundings)?;
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

/// The interviews of a survey in the open round.
pub struct Interviewed<'a> {
    evaluation: &'a Evaluation,
    survey: &'a Arc<Survey>,
    heads: Vec<&'a RecordHead>,
    /// Those held one by one: these are counted.
    single: BTreeSet<InterviewId>,
    /// How many were asked besides, where that can be said of this survey.
    without: Option<Slips>,
}

impl<'a> Interviewed<'a> {
    /// Returns the interviews of a survey.
    #[must_use]
    pub fn of(evaluation: &'a Evaluation, survey: &'a Arc<Survey>, interviews: &'a [RecordHead]) -> Self {
        let round = evaluation.open_round().map(|round| &round.id);
        let heads: Vec<&RecordHead> = interviews
            .iter()
            .filter(|head| head.survey == *survey.id() && Some(&head.round) == round)
            .collect();
        let single = heads.iter().filter(|head| head.mode == Mode::Individual);
        let single = single.map(|head| head.interview.clone()).collect();
        Self {
            evaluation,
            survey,
            heads,
            single,
            without: None,
        }
    }

    /// Adds how many said no or stopped in the open round. Slips do not say which survey somebody was asked for, so a
    /// round with several is left alone.
    #[must_use]
    pub fn with_slips(mut self, slips: &[Slip]) -> Self {
        let round = self
            .evaluation
            .open_round()
            .filter(|round| round.surveys.len() == 1);
        let own: Vec<&Slip> = round.map_or_else(Vec::new, |round| {
            slips.iter().filter(|slip| slip.round == round.id).collect()
        });
        self.without = (!own.is_empty()).then(|| Slips::of(own));
        self
    }

    /// Returns the survey.
    #[must_use]
    pub const fn survey(&self) -> &Arc<Survey> {
        self.survey
    }

    /// Returns the interviews held one by one.
    #[must_use]
    pub const fn single(&self) -> &BTreeSet<InterviewId> {
        &self.single
    }

    /// Returns the states of the survey in the open round.
    #[must_use]
    pub fn states<'k>(&self, kept: &'k Kept) -> Vec<State<'k>> {
        let round = self.evaluation.open_round();
        round.map_or_else(Vec::new, |round| {
            kept.ledger.of_round(self.survey.id(), &round.id, &self.single)
        })
    }

    /// Decides what may be shown; a new state is asked for and written down.
    fn shown(
        &self,
        asked: &Asked,
        kept: &mut Kept,
        opened: &Opened<'_>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        let limits = limits(&self.evaluation.disclosure, self.survey, settings, surroundings)?;
        let choice = self.choice(asked.by.as_ref(), settings, surroundings)?;
        let show = decide(&self.states(kept), &self.single, &limits, asked.anew);
        let people = match show {
            Show::Kept { .. } => {
                let states = self.states(kept);
                return match &asked.by {
                    Some(by) if !is_split(&states, by) => Err(breakdown::not_added(
                        &states,
                        by,
                        self.survey,
                        settings,
                        surroundings,
                    )),
                    _ => Ok(()),
                };
            }
            Show::First => self.single.clone(),
            Show::New(people) => people,
            Show::Refused(refusal) => return Err(self.refused(&refusal, settings, surroundings)),
        };
        if !self.evaluation.made_up {
            self.ask(people.len(), asked.yes, settings, surroundings)?;
        }
        self.keep_new(people, (&limits, &choice), kept, opened, settings, surroundings)?;
        Ok(())
    }

    /// Returns what the questions are split by. Says why what is wanted cannot be.
    ///
    /// # Errors
    /// How the run ends then.
    pub fn choice(
        &self,
        by: Option<&Id>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<Choice, ExitCode> {
        candidates::choice_of(self.evaluation, self.survey, by)
            .map_err(|why| breakdown::refused(&why, by, settings, surroundings))
    }

    /// Returns the groups of these people, of the splits that are planning data: where somebody was interviewed.
    #[must_use]
    pub fn groups(&self, people: &BTreeSet<InterviewId>, choice: &Choice) -> Vec<KnownGroups> {
        let known = choice
            .breakdowns
            .splits()
            .iter()
            .filter(|declared| declared.known);
        let of = |level: &String| {
            let own = self.heads.iter().filter(|head| {
                people.contains(&head.interview)
                    && head
                        .site
                        .as_ref()
                        .is_some_and(|site| site.as_str() == level.as_str())
            });
            u32::try_from(own.count()).unwrap_or(u32::MAX)
        };
        known
            .map(|declared| KnownGroups {
                by: declared.by.to_string(),
                levels: declared.levels.clone(),
                sizes: declared.levels.iter().map(of).collect(),
            })
            .collect()
    }

    /// Makes a state of these people and writes it down. Nothing of it was seen before this returns.
    ///
    /// # Errors
    /// How the run ends where it cannot be kept.
    pub fn keep_new(
        &self,
        people: BTreeSet<InterviewId>,
        (limits, choice): (&Limits, &Choice),
        kept: &mut Kept,
        opened: &Opened<'_>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<KeptRelease, ExitCode> {
        let before: BTreeSet<ReleaseName> =
            self.states(kept).iter().map(|state| state.name.clone()).collect();
        // Groups are told in words, and stand with the first state.
        let published = opened.publish(
            self,
            (&people, before.is_empty()),
            (limits, choice),
            settings,
            surroundings,
        )?;
        let round = self.evaluation.open_round();
        let origin = round.map_or(Origin::Interviews, |round| Origin::Round(round.id.clone()));
        let state = KeptRelease::new(published, people).from(origin).after(before);
        keep(&state, kept, opened.workplace, settings, surroundings)
    }

    /// Returns everything that may be shown of the survey. States that are wrong are left out. `told` are the quotes there
    /// are now, for the words of those that were released.
    pub fn part(&self, kept: &Kept, told: &[Quote]) -> Part {
        let states = self.states(kept);
        let known: BTreeSet<&InterviewId> = states.iter().flat_map(|state| state.kept.made_of()).collect();
        let waiting = self
            .single
            .iter()
            .filter(|interview| !known.contains(interview))
            .count();
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let shown: Vec<&KeptRelease> = states
            .iter()
            .filter(|state| state.wrong.is_none())
            .map(|state| state.kept)
            .collect();
        let gone = |state: &KeptRelease| state.made_of().difference(&self.single).count();
        let people = |states: &[&KeptRelease], part: DocumentPart| People {
            without: self.without,
            background: sites(self.evaluation, &self.heads, states),
            file: None,
            waiting: small(waiting),
            withdrawn: small(states.iter().map(|state| gone(state)).sum()),
            part,
        };
        let published: Vec<&Published> = shown.iter().map(|state| state.published()).collect();
        let told = kept
            .ledger
            .voices(self.survey.id(), &states)
            .published(&self.single, told);
        let mut views = Vec::new();
        if let Some(all) = together(&published) {
            views.push((
                with_voices(all, told.clone()),
                people(
                    &shown,
                    DocumentPart::Together {
                        parts: small(shown.len()),
                    },
                ),
            ));
        }
        for (number, state) in (1..).zip(&shown) {
            let part = match (shown.len(), number) {
                (1, _) => DocumentPart::Only,
                (_, 1) => DocumentPart::First,
                (_, number) => DocumentPart::Since { number },
            };
            // What people told is about everybody who was shown.
            let told = told.clone().filter(|_| part == DocumentPart::Only);
            views.push((
                with_voices(state.published().clone(), told),
                people(&[state], part),
            ));
        }
        Part {
            survey: Arc::clone(self.survey),
            views,
            rounds: rounds::shown_by_round(&kept.ledger, self.evaluation, self.survey, None),
        }
    }

    fn title(&self, settings: &Settings) -> String {
        self.survey.parts().title.get(settings.language()).to_owned()
    }

    /// Says why nothing new is shown.
    pub fn refused(
        &self,
        refusal: &Refusal,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> ExitCode {
        let (words, own) = (&settings.texts.results.command, &settings.texts.release);
        let title = self.title(settings);
        let (id, text, code) = match refusal {
            Refusal::TooFewInterviews { .. } if self.single.is_empty() => {
                ("no_interviews", &words.no_interviews, ExitCode::NothingToDo)
            }
            Refusal::TooFewInterviews { .. } => ("too_few", &words.too_few, ExitCode::Refused),
            Refusal::TooFewNew { new: 0, .. } => ("nothing_new", &own.nothing_new, ExitCode::NothingToDo),
            Refusal::TooFewNew { .. } => ("too_few_new", &own.too_few_new, ExitCode::Refused),
            Refusal::Conflict(_) => ("ledger_conflict", &own.conflict, ExitCode::Refused),
            Refusal::AllWrong | Refusal::OtherFile => ("all_wrong", &own.all_wrong, ExitCode::Refused),
        };
        let (n, least) = match refusal {
            Refusal::TooFewInterviews { needed } => (self.single.len(), *needed),
            Refusal::TooFewNew { new, needed } => (*new, *needed),
            _ => (self.single.len(), 0),
        };
        let (one, other) = match refusal {
            Refusal::Conflict(Conflict { one, other, .. }) => (one.short(), other.short()),
            _ => ("", ""),
        };
        let (n, least) = (n.to_string(), least.to_string());
        let values = [
            ("n", n.as_str()),
            ("least", least.as_str()),
            ("survey", title.as_str()),
            ("one", one),
            ("other", other),
        ];
        let mut said = fill(text, &values);
        if matches!(refusal, Refusal::TooFewNew { .. }) && !settings.quiet {
            said = format!("{said} {}", own.shown_before);
        }
        surroundings.output.error(id, &said);
        code
    }

    /// Asks whether to show so many interviews now.
    ///
    /// # Errors
    /// How the run ends where nobody said yes.
    pub fn ask(
        &self,
        interviews: usize,
        yes: bool,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        let (words, n, title) = (
            &settings.texts.results.command,
            interviews.to_string(),
            self.title(settings),
        );
        let values = [("n", n.as_str()), ("survey", title.as_str())];
        let said = (fill(&words.ask, &values), fill(&words.ask_no_terminal, &values));
        ask((&said.0, &said.1), yes, settings, surroundings)
    }
}

/// How many of those in these states were interviewed where; nothing where that cannot be said of all of them any more.
fn sites(evaluation: &Evaluation, heads: &[&RecordHead], states: &[&KeptRelease]) -> Vec<Background> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut all = 0;
    for head in heads.iter().filter(|head| {
        states
            .iter()
            .any(|state| state.made_of().contains(&head.interview))
    }) {
        if let Some(site) = &head.site {
            *counts.entry(site.as_str()).or_default() += 1;
            all += 1;
        }
    }
    let Ok(variable) = Id::new("site") else {
        return Vec::new();
    };
    let in_states: u32 = states.iter().map(|state| state.published().interviews()).sum();
    if all == 0 || all != in_states {
        return Vec::new();
    }
    let known = evaluation.sites.iter().map(|site| site.id.as_str());
    let groups = known.map(|site| (site.to_owned(), counts.get(site).copied().unwrap_or(0)));
    let groups: Vec<(String, u32)> = groups.collect();
    vec![Background { variable, groups }]
}
