//! What may be shown now: the state that was shown before, or a first one, which is written down before anybody
//! sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::disclosure::interviews::publish_interviews;
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::release::{KeptRelease, Origin, Refusal, Show, Wish, decide};
use crate::domain::evaluation::{DisclosureChoice, Evaluation};
use crate::domain::id::Id;
use crate::domain::record::{InterviewId, InterviewRecord, Mode};
use crate::domain::survey::Survey;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{Background, People, Sources};
use crate::store::{StoreError, releases};
use crate::texts::{Texts, fill};

use super::evaluation::{open, unlock};
use super::exit_code::ExitCode;
use super::failure;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// What somebody asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Said yes beforehand; counts only where nobody types.
    pub yes: bool,
    /// Wants a new state although one was shown.
    pub anew: bool,
}

/// What may be shown of an evaluation.
#[derive(Debug)]
pub struct Shown {
    evaluation: Evaluation,
    /// The surveys with something to show, in the order of the round.
    pub parts: Vec<Part>,
}

/// What may be shown of one survey.
#[derive(Debug)]
pub struct Part {
    /// The survey.
    pub survey: Arc<Survey>,
    /// What is printed of it.
    pub kept: KeptRelease,
    /// Who took part.
    pub people: People,
}

impl Shown {
    /// Returns what a document about one survey is composed of.
    #[must_use]
    pub fn sources<'s>(&'s self, part: &'s Part, texts: &'s Texts) -> Sources<'s> {
        Sources {
            published: part.kept.published(),
            people: &part.people,
            survey: &part.survey,
            evaluation: &self.evaluation,
            texts,
        }
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
pub fn shown(asked: Asked, settings: &Settings, surroundings: &mut Surroundings) -> Result<Shown, ExitCode> {
    let workplace = open(settings, surroundings)?;
    shown_of(&workplace, asked, settings, surroundings)
}

/// Says why a breakdown cannot be chosen with the results.
pub fn refuse_breakdown(settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let words = &settings.texts.results.command.by_refused;
    surroundings.output.error("by_refused", words);
    ExitCode::Refused
}

/// As [`shown`], of an evaluation that is open already.
///
/// # Errors
/// How the run ends where nothing can be shown.
pub fn shown_of(
    workplace: &Workplace,
    asked: Asked,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Shown, ExitCode> {
    let kept = read_kept(workplace, settings, surroundings)?;
    let collection = unlock(workplace, settings, surroundings)?;
    let mut showing = Showing {
        workplace,
        asked,
        settings,
        surroundings,
        kept,
    };
    let mut parts = Vec::new();
    let mut refused = None;
    for survey in workplace.surveys() {
        match showing.part(survey, &collection.records) {
            Ok(part) => parts.push(part),
            Err(ExitCode::NothingToDo) => refused = refused.or(Some(ExitCode::NothingToDo)),
            Err(ExitCode::Refused) => refused = Some(ExitCode::Refused),
            Err(code) => return Err(code),
        }
    }
    match refused {
        Some(code) if parts.is_empty() || asked.anew => Err(code),
        None if parts.is_empty() => Err(ExitCode::NothingToDo),
        _ => Ok(Shown {
            evaluation: workplace.evaluation().clone(),
            parts,
        }),
    }
}

/// Reads every state that was shown. One that cannot be read stops everything: what it printed would be forgotten.
///
/// # Errors
/// How the run ends then.
pub fn read_kept(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<KeptRelease>, ExitCode> {
    let files = releases::read_all(&workplace.folder().releases())
        .map_err(|error| failure::store(&error, settings, surroundings))?;
    files
        .iter()
        .map(|file| {
            KeptRelease::read(file).map_err(|error| {
                let words = &settings.texts.results.command.kept_damaged;
                let said = fill(words, &[("detail", &error.to_string())]);
                surroundings.output.error("kept_damaged", &said);
                ExitCode::Unreadable
            })
        })
        .collect()
}

/// Writes a first state down and returns it as it will be read, so that later runs show the same. Nothing of it may
/// be shown before this returns. `so_far` is how many states there were when it was decided.
///
/// # Errors
/// How the run ends where it cannot be kept.
pub fn keep(
    kept: &KeptRelease,
    so_far: usize,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<KeptRelease, ExitCode> {
    let words = &settings.texts.results.command;
    let bytes = serde_json::to_vec_pretty(kept).map_err(|_| ExitCode::Unexpected)?;
    // What cannot be read back would be forgotten, and shown a second time.
    let kept = KeptRelease::read(&bytes).map_err(|error| {
        let said = fill(&words.kept_damaged, &[("detail", &error.to_string())]);
        surroundings.output.error("kept_damaged", &said);
        ExitCode::Unexpected
    })?;
    let so_far = u32::try_from(so_far).map_err(|_| ExitCode::Unexpected)?;
    match releases::add(&workplace.folder().releases(), so_far, &bytes) {
        Ok(_) => Ok(kept),
        Err(StoreError::AlreadyThere { .. }) => {
            surroundings
                .output
                .error("changed_meanwhile", &words.changed_meanwhile);
            Err(ExitCode::Unexpected)
        }
        Err(error) => Err(failure::store(&error, settings, surroundings)),
    }
}

/// Returns the disclosure limits of an evaluation and a survey. Says what is wrong with them.
///
/// # Errors
/// How the run ends where they are not strict enough.
pub fn limits(
    choice: &DisclosureChoice,
    survey: &Survey,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Limits, ExitCode> {
    Limits::new(choice, &survey.parts().tightening).map_err(|problems| {
        let details: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let words = &settings.texts.results.command.settings;
        let said = fill(words, &[("detail", &details.join("; "))]);
        surroundings.output.error("settings", &said);
        ExitCode::SurveyErrors
    })
}

/// Asks whether to show now: what is shown stays. `question` and `elsewhere` are said where somebody can answer, and
/// where nobody can.
///
/// # Errors
/// How the run ends where nobody said yes.
pub fn ask(
    (question, elsewhere): (&str, &str),
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.results.command;
    if !surroundings.stdin_is_terminal || settings.no_input {
        if yes && !surroundings.stdin_is_terminal {
            return Ok(());
        }
        surroundings.output.error("ask_no_terminal", elsewhere);
        return Err(ExitCode::Usage);
    }
    if yes {
        surroundings.output.note(&words.yes_on_terminal);
    }
    surroundings.output.note_part(&format!("{question} "));
    let answer = surroundings.read_line().unwrap_or_default();
    let answer = answer.trim().to_lowercase();
    if !answer.is_empty() && words.ask_yes.to_lowercase().starts_with(&answer) {
        return Ok(());
    }
    surroundings.output.error("not_shown", &words.not_shown);
    Err(ExitCode::NothingToDo)
}

struct Showing<'a> {
    workplace: &'a Workplace,
    asked: Asked,
    settings: &'a Settings,
    surroundings: &'a mut Surroundings,
    kept: Vec<KeptRelease>,
}

impl Showing<'_> {
    fn part(&mut self, survey: &Arc<Survey>, records: &[InterviewRecord]) -> Result<Part, ExitCode> {
        let evaluation = self.workplace.evaluation();
        let round = evaluation.open_round().map(|round| &round.id);
        let records: Vec<&InterviewRecord> = records
            .iter()
            .filter(|record| record.survey.id == *survey.id() && Some(&record.round) == round)
            .collect();
        let single = records.iter().filter(|record| record.mode == Mode::Individual);
        let interviews: BTreeSet<InterviewId> = single.map(|record| record.interview.clone()).collect();
        let limits = limits(&evaluation.disclosure, survey, self.settings, self.surroundings)?;
        let kept = self
            .kept
            .iter()
            .rev()
            .filter(|kept| kept.published().survey().id == *survey.id())
            .find(|kept| round.is_some_and(|round| kept.is_of_round(round, &interviews)))
            .cloned();
        let wish = Wish {
            by: None,
            anew: self.asked.anew,
        };
        let (kept, waiting, withdrawn) = match decide(kept.as_ref(), &interviews, &limits, wish) {
            Show::Kept {
                not_in_it,
                withdrawn_since,
            } => match kept {
                Some(kept) => (kept, not_in_it, withdrawn_since),
                None => return Err(ExitCode::Unexpected),
            },
            Show::First => (self.first(survey, &records, interviews, &limits)?, 0, 0),
            Show::Refused(refusal) => return Err(self.refused(refusal, survey, &interviews, kept.as_ref())),
        };
        let people = People {
            background: sites(evaluation, &records, &kept),
            file: None,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            withdrawn: u32::try_from(withdrawn).unwrap_or(u32::MAX),
        };
        Ok(Part {
            survey: Arc::clone(survey),
            kept,
            people,
        })
    }

    fn words(&self) -> &crate::texts::results::ResultCommandTexts {
        &self.settings.texts.results.command
    }

    fn fail(&mut self, id: &'static str, text: &str, values: &[(&str, String)]) {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.surroundings.output.error(id, &fill(text, &values));
    }

    fn title(&self, survey: &Survey) -> String {
        survey.parts().title.get(self.settings.language()).to_owned()
    }

    fn refused(
        &mut self,
        refusal: Refusal,
        survey: &Survey,
        interviews: &BTreeSet<InterviewId>,
        kept: Option<&KeptRelease>,
    ) -> ExitCode {
        let words = self.words().clone();
        match refusal {
            Refusal::TooFewInterviews { .. } if interviews.is_empty() => {
                self.fail("no_interviews", &words.no_interviews, &[]);
                ExitCode::NothingToDo
            }
            Refusal::TooFewInterviews { needed } => {
                let values = [
                    ("n", interviews.len().to_string()),
                    ("survey", self.title(survey)),
                    ("least", needed.to_string()),
                ];
                self.fail("too_few", &words.too_few, &values);
                ExitCode::Refused
            }
            Refusal::SecondState => {
                let new = kept.map_or(0, |kept| interviews.difference(kept.made_of()).count());
                self.fail("second_refused", &words.second_refused, &[("n", new.to_string())]);
                ExitCode::Refused
            }
            Refusal::Breakdown | Refusal::OtherFile => {
                self.fail("by_refused", &words.by_refused, &[]);
                ExitCode::Refused
            }
        }
    }

    /// Decides a first state and writes it down. Nothing of it was seen before this returns.
    fn first(
        &mut self,
        survey: &Survey,
        records: &[&InterviewRecord],
        interviews: BTreeSet<InterviewId>,
        limits: &Limits,
    ) -> Result<KeptRelease, ExitCode> {
        if !self.workplace.evaluation().made_up {
            self.ask(survey, interviews.len())?;
        }
        let earlier = self.earlier(survey)?;
        let earlier: Vec<&Survey> = earlier.iter().map(|version| &**version).collect();
        let published = publish_interviews(survey, &earlier, records.iter().copied(), limits);
        let round = self.workplace.evaluation().open_round();
        let origin = round.map_or(Origin::Interviews, |round| Origin::Round(round.id.clone()));
        let kept = KeptRelease::new(published, interviews).from(origin);
        let so_far = self.kept.len();
        let kept = keep(&kept, so_far, self.workplace, self.settings, self.surroundings)?;
        self.kept.push(kept.clone());
        Ok(kept)
    }

    /// Other versions of a survey that interviews may have been held with.
    fn earlier(&self, survey: &Survey) -> Result<Vec<Arc<Survey>>, ExitCode> {
        let own = &survey.parts().fingerprint;
        let uses = self.workplace.evaluation().surveys.iter();
        uses.filter(|version| version.id == *survey.id() && version.sha256 != *own)
            .map(|version| {
                self.workplace
                    .survey(&version.sha256)
                    .map_err(|_| ExitCode::Unreadable)
            })
            .collect()
    }

    /// Asks whether to show now.
    fn ask(&mut self, survey: &Survey, interviews: usize) -> Result<(), ExitCode> {
        let (words, n, title) = (self.words(), interviews.to_string(), self.title(survey));
        let values = [("n", n.as_str()), ("survey", title.as_str())];
        let said = (fill(&words.ask, &values), fill(&words.ask_no_terminal, &values));
        ask(
            (&said.0, &said.1),
            self.asked.yes,
            self.settings,
            self.surroundings,
        )
    }
}

/// How many of those in a state were interviewed where; nothing where that cannot be said of all of them any more.
fn sites(evaluation: &Evaluation, records: &[&InterviewRecord], kept: &KeptRelease) -> Vec<Background> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut all = 0;
    for record in records
        .iter()
        .filter(|record| kept.made_of().contains(&record.interview))
    {
        if let Some(site) = &record.site {
            *counts.entry(site.as_str()).or_default() += 1;
            all += 1;
        }
    }
    let Ok(variable) = Id::new("site") else {
        return Vec::new();
    };
    if all == 0 || all != kept.published().interviews() {
        return Vec::new();
    }
    let known = evaluation.sites.iter().map(|site| site.id.as_str());
    let groups = known.map(|site| (site.to_owned(), counts.get(site).copied().unwrap_or(0)));
    let groups: Vec<(String, u32)> = groups.collect();
    vec![Background { variable, groups }]
}
