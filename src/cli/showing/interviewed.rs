//! The interviews of a survey in the open round: which state of them may be shown, and what is said where none may.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::strangers;
use crate::cli::surroundings::Surroundings;
use crate::disclosure::choice::Choice;
use crate::disclosure::decision::{Refusal, Show, decide};
use crate::disclosure::forecast::asked_by_version;
use crate::disclosure::hands::fewest;
use crate::disclosure::ledger::{Conflict, State, left_out, parts};
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::published::Published;
use crate::disclosure::quote::Quote;
use crate::disclosure::release::{KeptRelease, Origin, ReleaseName};
use crate::disclosure::together::together;
use crate::disclosure::voices::with_voices;
use crate::disclosure::words;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::record::{Gathered, InterviewId, Mode, RecordHead};
use crate::domain::slip::{Asked as Slips, Slip};
use crate::domain::survey::Survey;
use crate::report::compose::{Background, Part as DocumentPart, People};
use crate::texts::fill;

use super::{
    Asked, Kept, KnownGroups, Opened, Part, Versions, ask, breakdown, is_split, keep, limits, rounds,
};

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

    /// Returns of how many of these people each question was asked at all, where that was not all of them: versions of a
    /// survey ask different things. Which version somebody had is no answer.
    #[must_use]
    pub fn asked(&self, people: &BTreeSet<InterviewId>, versions: &Versions) -> BTreeMap<ItemKey, u32> {
        let with = |version: &Survey| {
            let own = self.heads.iter().filter(|head| {
                people.contains(&head.interview) && head.version == version.parts().fingerprint
            });
            u32::try_from(own.count()).unwrap_or(u32::MAX)
        };
        let earlier = versions.earlier(self.survey).iter().map(|version| &**version);
        let all = std::iter::once(&**self.survey).chain(earlier);
        let counted: Vec<(&Survey, u32)> = all.map(|version| (version, with(version))).collect();
        asked_by_version(self.survey, &counted)
    }

    /// Returns how many were interviewed together.
    #[must_use]
    pub fn gathered(&self) -> Gathered {
        Gathered::of(self.heads.iter().copied())
    }

    /// Returns the groups that were interviewed together.
    #[must_use]
    pub fn groups_held(&self) -> BTreeSet<InterviewId> {
        Gathered::names(self.heads.iter().copied()).cloned().collect()
    }

    /// Returns who of these states is still there: people who were interviewed one by one, or the groups, where nobody was.
    #[must_use]
    pub fn still_there(&self, state: &KeptRelease) -> BTreeSet<InterviewId> {
        let made_of = state.made_of();
        let own = self.heads.iter().map(|head| &head.interview);
        own.filter(|interview| made_of.contains(interview))
            .cloned()
            .collect()
    }

    /// Returns the states of the survey in the open round.
    #[must_use]
    pub fn states<'k>(&self, kept: &'k Kept) -> Vec<State<'k>> {
        let round = self.evaluation.open_round();
        round.map_or_else(Vec::new, |round| {
            kept.ledger.of_round(self.survey.id(), &round.id, &self.single)
        })
    }

    /// Returns the states in words alone of the survey in the open round.
    #[must_use]
    pub fn in_words<'k>(&self, kept: &'k Kept) -> Vec<State<'k>> {
        let round = self.evaluation.open_round();
        round.map_or_else(Vec::new, |round| {
            kept.ledger.in_words(self.survey.id(), &round.id, &self.single)
        })
    }

    /// Returns the states that stand in reports: those in words alone only as long as there are no others.
    #[must_use]
    pub fn told<'k>(&self, kept: &'k Kept) -> Vec<State<'k>> {
        let states = self.states(kept);
        if states.is_empty() {
            self.in_words(kept)
        } else {
            states
        }
    }

    /// Decides what may be shown; a new state is asked for and written down.
    pub(super) fn shown(
        &self,
        asked: &Asked,
        kept: &mut Kept,
        opened: &Opened<'_>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        let limits = limits(&self.evaluation.disclosure, self.survey, settings, surroundings)?;
        let choice = self.choice(asked.by.as_ref(), settings, surroundings)?;
        let show = decide(
            &self.states(kept),
            (&self.single, self.gathered()),
            &limits,
            asked.anew,
        );
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
            Show::Groups => self.groups_held(),
            Show::New(people) => people,
            Show::Refused(Refusal::TooFewInterviews { .. }) if words::stand(&self.in_words(kept)) => {
                return Ok(());
            }
            Show::Refused(refusal) => return Err(self.refused(&refusal, settings, surroundings)),
        };
        if !self.evaluation.made_up {
            self.ask(&people, asked.yes, settings, surroundings)?;
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
        super::choice(self.evaluation, self.survey, by, settings, surroundings)
    }

    /// Returns whether the questions can be split by this, beside what the evaluation says.
    #[must_use]
    pub fn can_split(&self, by: &Id) -> bool {
        super::candidates::choice_of(self.evaluation, self.survey, Some(by)).is_ok()
    }

    /// Returns the groups of these people, of the splits that are planning data: where somebody was interviewed.
    #[must_use]
    pub fn groups(
        &self,
        people: &BTreeSet<InterviewId>,
        choice: &Choice,
        language: Language,
    ) -> Vec<KnownGroups> {
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
        let titled = |level: &String| {
            let mut sites = self.evaluation.sites.iter();
            let site = sites.find(|site| site.id.as_str() == level.as_str());
            site.map_or_else(|| level.clone(), |site| site.title.get(language).to_owned())
        };
        known
            .map(|declared| KnownGroups {
                by: declared.by.to_string(),
                levels: declared.levels.iter().map(titled).collect(),
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
        strangers::refuse_strange_survey(opened.workplace, settings, surroundings)?;
        let before: BTreeSet<ReleaseName> =
            self.states(kept).iter().map(|state| state.name.clone()).collect();
        let alone = people.intersection(&self.single).cloned().collect();
        // Groups are told in words, and stand with the first state.
        let published = opened.publish(
            self,
            (&alone, before.is_empty()),
            (limits, choice),
            settings,
            surroundings,
        )?;
        let state = KeptRelease::new(published, people)
            .from(self.origin())
            .after(before);
        keep(&state, kept, opened.workplace, settings, surroundings)
    }

    fn origin(&self) -> Origin {
        let round = self.evaluation.open_round();
        round.map_or(Origin::Interviews, |round| Origin::Round(round.id.clone()))
    }

    /// Writes down a state of everybody in words alone.
    ///
    /// # Errors
    /// How the run ends where it cannot be kept.
    pub fn keep_words(
        &self,
        (limits, choice): (&Limits, &Choice),
        kept: &mut Kept,
        opened: &Opened<'_>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        strangers::refuse_strange_survey(opened.workplace, settings, surroundings)?;
        let of = (&self.single, false);
        let published = opened.publish(self, of, (limits, choice), settings, surroundings)?;
        let state = KeptRelease::new(published.in_words(), self.single.clone()).from(self.origin());
        keep(&state, kept, opened.workplace, settings, surroundings).map(|_| ())
    }

    /// Returns everything that may be shown of the survey. States that are wrong are left out. `told` are the quotes there
    /// are now, for the words of those that were released.
    pub fn part(&self, kept: &Kept, told: &[Quote]) -> Part {
        let states = self.told(kept);
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
        let gone = |state: &KeptRelease| state.made_of().len() - self.still_there(state).len();
        let wrong: Vec<(u32, String)> = left_out(&states)
            .into_iter()
            .map(|(people, wrong)| (small(people), wrong.why.to_string()))
            .collect();
        let people = |states: &[&KeptRelease], part: DocumentPart| People {
            wrong: wrong.clone(),
            without: self.without,
            background: sites(self.evaluation, &self.heads, states),
            gathered: self.gathered_in(states),
            file: None,
            waiting: small(waiting),
            withdrawn: small(states.iter().map(|state| gone(state)).sum()),
            part,
        };
        let published: Vec<&Published> = shown.iter().map(|state| state.published()).collect();
        let all = [self.in_words(kept), self.states(kept)].concat();
        let told = kept.ledger.voices(self.survey.id(), &all).published(
            &self.heads.iter().map(|head| head.interview.clone()).collect(),
            told,
        );
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
        // A part keeps its number when one before it turns out to be wrong.
        let parts = parts(&states);
        let numbered = (1..).zip(&parts).filter(|(_, state)| state.wrong.is_none());
        for (number, state) in numbered.map(|(number, state)| (number, &state.kept)) {
            let part = match (parts.len(), number) {
                (1, _) => DocumentPart::Only,
                (_, 1) => DocumentPart::First,
                (_, number) => DocumentPart::Since { number },
            };
            // What people told is about everybody who was shown.
            let told = told.clone().filter(|_| shown.len() == 1);
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

    /// The groups these states are about, where they are about groups alone and all of them are still there.
    fn gathered_in(&self, states: &[&KeptRelease]) -> Option<Gathered> {
        let is_of_groups = states
            .iter()
            .all(|state| state.published().interviews() == 0 && state.published().groups() > 0);
        let own = self.heads.iter().copied().filter(|head| {
            states
                .iter()
                .any(|state| state.made_of().contains(&head.interview))
        });
        let gathered = Gathered::of(own);
        let told: u32 = states.iter().map(|state| state.published().groups()).sum();
        (is_of_groups && gathered.groups == told).then_some(gathered)
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
            Refusal::TooFewInterviews { .. } if self.single.is_empty() && !self.heads.is_empty() => {
                ("only_groups", &words.only_groups, ExitCode::Refused)
            }
            Refusal::TooFewInterviews { .. } if self.single.is_empty() => {
                ("no_interviews", &words.no_interviews, ExitCode::NothingToDo)
            }
            Refusal::TooFewInterviews { .. } => ("too_few", &words.too_few, ExitCode::Refused),
            // What groups said is told once, whoever comes later.
            Refusal::TooFewNew { new: 0, .. } if self.single.is_empty() => {
                ("groups_shown", &own.groups_shown, ExitCode::NothingToDo)
            }
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
        let gathered = self.gathered();
        let (groups, in_groups) = (gathered.groups.to_string(), gathered.people.to_string());
        let enough = limits(&self.evaluation.disclosure, self.survey, settings, surroundings)
            .map(|limits| fewest(&limits))
            .unwrap_or_default();
        let (least_groups, least_people) = (enough.groups.to_string(), enough.people.to_string());
        let values = [
            ("n", n.as_str()),
            ("groups", groups.as_str()),
            ("people", in_groups.as_str()),
            ("least_groups", least_groups.as_str()),
            ("least_people", least_people.as_str()),
            ("least", least.as_str()),
            ("survey", title.as_str()),
            ("one", one),
            ("other", other),
        ];
        let mut said = fill(text, &values);
        if matches!(refusal, Refusal::TooFewNew { .. }) && !settings.quiet {
            said = format!("{said} {}", own.shown_before);
        }
        // Whoever sits at the screen has a key for it there.
        if matches!(refusal, Refusal::Conflict(_)) && !settings.quiet {
            said = format!("{said} {}", own.conflict_how);
        }
        surroundings.output.error(id, &said);
        code
    }

    /// Asks whether to show these interviews now.
    ///
    /// # Errors
    /// How the run ends where nobody said yes.
    pub fn ask(
        &self,
        people: &BTreeSet<InterviewId>,
        yes: bool,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        let (words, n, title) = (
            &settings.texts.results.command,
            people.len().to_string(),
            self.title(settings),
        );
        let in_groups = self.gathered().people.to_string();
        let values = [
            ("n", n.as_str()),
            ("people", in_groups.as_str()),
            ("survey", title.as_str()),
        ];
        let (asks, elsewhere) = if people.is_disjoint(&self.single) {
            (&words.ask_groups, &words.ask_groups_no_terminal)
        } else {
            (&words.ask, &words.ask_no_terminal)
        };
        let said = (fill(asks, &values), fill(elsewhere, &values));
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
