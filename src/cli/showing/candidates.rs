//! Counting while opening: nobody knows yet whether a new state will be shown, but who would be in it can be told from
//! what was shown before. So they are counted as they are opened, and no interview is kept or opened twice.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::disclosure::choice::{Choice, choice};
use crate::disclosure::interviews::Interviews;
use crate::disclosure::release::Origin;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::record::{InterviewId, InterviewRecord, Mode, TakesInterviews};
use crate::domain::survey::Survey;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workbench::ReadWorkbook;
use crate::fieldwork::workplace::Workplace;
use crate::store::collection::Collection;
use crate::store::keys::Identities;

use super::super::evaluation::{cannot_unlock, open_again, unlock};
use super::super::exit_code::ExitCode;
use super::super::settings::Settings;
use super::super::surroundings::Surroundings;
use super::{Interviewed, Kept};

/// The surveys of the open round, each with the other versions that interviews may have been held with. Where one of
/// these cannot be read, nothing is counted beforehand.
pub struct Versions(Vec<(Arc<Survey>, Option<Vec<Arc<Survey>>>)>);

impl Versions {
    /// Reads them.
    #[must_use]
    pub fn of(workplace: &Workplace) -> Self {
        let surveys = workplace.surveys().as_read().iter();
        let versions = surveys.map(|survey| (Arc::clone(survey), earlier(workplace, survey).ok()));
        Self(versions.collect())
    }

    /// Returns the other versions of a survey that can be read.
    pub(super) fn earlier(&self, survey: &Survey) -> &[Arc<Survey>] {
        let own = self.0.iter().find(|(known, _)| known.id() == survey.id());
        own.and_then(|(_, earlier)| earlier.as_deref())
            .unwrap_or_default()
    }
}

/// Everything that was opened, and what was counted of it.
pub struct Opened<'v> {
    /// The evaluation.
    pub workplace: &'v Workplace,
    /// What there is.
    pub collection: Collection,
    identities: Identities,
    candidates: Candidates<'v>,
}

impl<'v> Opened<'v> {
    /// Opens everything, and counts who would be in the next state of each survey. Says what is wrong.
    ///
    /// # Errors
    /// How the run ends when it stays shut.
    pub fn open(
        workplace: &'v Workplace,
        versions: &'v Versions,
        kept: &Kept,
        by: Option<&Id>,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<Self, ExitCode> {
        let mut candidates = Candidates::next(workplace.evaluation(), versions, kept, by);
        let (collection, identities) = unlock(workplace, &mut candidates, settings, surroundings)?;
        Ok(Self {
            workplace,
            collection,
            identities,
            candidates,
        })
    }

    /// Returns the keys everything was opened with.
    #[must_use]
    pub const fn identities(&self) -> &Identities {
        &self.identities
    }

    /// Reads what the coordinators have written. Says what is wrong.
    ///
    /// # Errors
    /// How the run ends when it cannot be read.
    pub fn workbook(
        &self,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<ReadWorkbook, ExitCode> {
        let read = ReadWorkbook::read(self.workplace, &self.identities);
        read.map_err(|error| cannot_unlock(error, settings, surroundings))
    }

    /// Publishes what these people of a survey said, and groups where they are wanted. Where others were counted while
    /// everything was opened, it is opened once more.
    ///
    /// # Errors
    /// How the run ends where that cannot be done.
    pub fn publish(
        &self,
        interviewed: &Interviewed<'_>,
        (people, groups): (&BTreeSet<InterviewId>, bool),
        (limits, choice): (&crate::disclosure::profile::Settings, &Choice),
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<crate::disclosure::published::Published, ExitCode> {
        let (survey, workplace) = (interviewed.survey(), self.workplace);
        let ready = self.candidates.0.iter().find(|candidate| {
            candidate.survey.id() == survey.id()
                && candidate.groups == groups
                && candidate.whom.is_exactly(people, interviewed.single())
        });
        let published = match ready {
            Some(candidate) => candidate.counted.clone().publish(limits, choice),
            None => {
                let earlier = earlier(workplace, survey)?;
                let round = workplace.evaluation().open_round().map(|round| round.id.clone());
                let mut these = Candidates(vec![Candidate::new(
                    survey,
                    &earlier,
                    (Whom::These(people.clone()), groups, round),
                    choice,
                )]);
                open_again(workplace, &self.identities, &mut these, settings, surroundings)?;
                match these.0.pop() {
                    Some(candidate) => candidate.counted.publish(limits, choice),
                    None => return Err(ExitCode::Unexpected),
                }
            }
        };
        published.map_err(|_| {
            let words = &settings.texts.release.check_failed;
            surroundings.output.error("check_failed", words);
            ExitCode::Refused
        })
    }
}

/// Other versions of a survey that interviews may have been held with.
fn earlier(workplace: &Workplace, survey: &Survey) -> Result<Vec<Arc<Survey>>, ExitCode> {
    let own = &survey.parts().fingerprint;
    let uses = workplace.evaluation().surveys.iter();
    uses.filter(|version| version.id == *survey.id() && version.sha256 != *own)
        .map(|version| {
            workplace
                .survey(&version.sha256)
                .map_err(|_| ExitCode::Unreadable)
        })
        .collect()
}

/// Returns what the questions of a survey are split by, as [`choice`] does.
pub(super) fn choice_of(
    evaluation: &Evaluation,
    survey: &Survey,
    by: Option<&Id>,
) -> Result<Choice, crate::disclosure::choice::NoChoice> {
    let sites: Vec<String> = evaluation.sites.iter().map(|site| site.id.to_string()).collect();
    choice(&evaluation.disclosure.breakdowns, &sites, survey, by)
}

/// Which people are counted.
enum Whom {
    /// Everybody who is in no state yet.
    AllBut(BTreeSet<InterviewId>),
    /// These.
    These(BTreeSet<InterviewId>),
}

impl Whom {
    fn includes(&self, interview: &InterviewId) -> bool {
        match self {
            Self::AllBut(known) => !known.contains(interview),
            Self::These(people) => people.contains(interview),
        }
    }

    /// Returns whether, of everybody there is, these people are counted and nobody else.
    fn is_exactly(&self, people: &BTreeSet<InterviewId>, all: &BTreeSet<InterviewId>) -> bool {
        all.iter()
            .filter(|interview| self.includes(interview))
            .eq(people.iter())
    }
}

/// What is counted of one survey.
struct Candidate<'v> {
    survey: &'v Survey,
    round: Option<Slug>,
    whom: Whom,
    groups: bool,
    nobody: Interviews<'v>,
    counted: Interviews<'v>,
}

impl<'v> Candidate<'v> {
    fn new(
        survey: &'v Survey,
        earlier: &'v [Arc<Survey>],
        (whom, groups, round): (Whom, bool, Option<Slug>),
        choice: &Choice,
    ) -> Self {
        let earlier: Vec<&'v Survey> = earlier.iter().map(|version| &**version).collect();
        let nobody = Interviews::new(survey, &earlier, choice);
        Self {
            survey,
            round,
            whom,
            groups,
            counted: nobody.clone(),
            nobody,
        }
    }

    fn wants(&self, record: &InterviewRecord) -> bool {
        let is_here = record.survey.id == *self.survey.id() && self.round.as_ref() == Some(&record.round);
        is_here
            && match record.mode {
                Mode::Individual => self.whom.includes(&record.interview),
                Mode::Group { .. } => self.groups,
            }
    }
}

/// What is counted while interviews are opened.
struct Candidates<'v>(Vec<Candidate<'v>>);

impl<'v> Candidates<'v> {
    /// Returns those who would be in the next state of each survey: everybody who is in none so far. Groups are told in
    /// words, and stand with the first state.
    fn next(evaluation: &Evaluation, versions: &'v Versions, kept: &Kept, by: Option<&Id>) -> Self {
        let round = evaluation.open_round().map(|round| round.id.clone());
        let candidate = |(survey, earlier): &'v (Arc<Survey>, Option<Vec<Arc<Survey>>>)| {
            let choice = choice_of(evaluation, survey, by).ok()?;
            let (mut known, mut groups) = (BTreeSet::new(), true);
            for state in kept.ledger.states() {
                if state.kept.published().survey().id == *survey.id() {
                    known.extend(state.kept.made_of().iter().cloned());
                    groups &= match state.kept.origin() {
                        Origin::File(_) | Origin::MarkedFile(_) => true,
                        Origin::Interviews => false,
                        Origin::Round(of) => Some(of) != round.as_ref(),
                    };
                }
            }
            let whom = (Whom::AllBut(known), groups, round.clone());
            Some(Candidate::new(survey, earlier.as_ref()?, whom, &choice))
        };
        Self(versions.0.iter().filter_map(candidate).collect())
    }
}

impl TakesInterviews for Candidates<'_> {
    fn take(&mut self, record: &InterviewRecord) {
        for candidate in &mut self.0 {
            if candidate.wants(record) {
                candidate.counted.add(record);
            }
        }
    }

    fn forget(&mut self) {
        for candidate in &mut self.0 {
            candidate.counted = candidate.nobody.clone();
        }
    }
}
