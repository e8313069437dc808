//! Made-up people for the demo and the tests: they answer the real interview machine, by a seed.
//!
//! The same seed gives the same answers to the same survey, whatever the order of the questions. A person has a
//! mood that colours a good part of what they say, leaves some questions open and gives a reason, and talks in
//! short sentences that nobody ever said.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::id::{Id, Slug};
use crate::domain::interview::{Action, Interview, Position, Refusal};
use crate::domain::missing::Missing;
use crate::domain::order::SplitMix64;
use crate::domain::record::{Entered, QuotePermission};
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};

use super::desk::{CannotStart, Desk, NewInterview};
use super::session::{Saved, Session, Trouble};

mod answers;
mod said;

use answers::{Chance, HUNDRED};

/// Somebody made up.
#[derive(Clone, Debug)]
pub struct MadeUpPerson {
    seed: u64,
    /// Place among the made-up people, so that no two say the same words where that can be helped.
    place: usize,
    mood: usize,
    /// The question after which the person stops, as a place from 0.
    stops_at: Option<usize>,
}

/// The interview came to a step that it refuses however it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a made-up interview cannot go on")]
pub struct Stuck;

/// Why a desk was not filled with made-up interviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFilled {
    /// An interview could not begin.
    #[error("cannot begin: {0:?}")]
    CannotStart(CannotStart),
    /// An interview did not come to its end.
    #[error(transparent)]
    Stuck(#[from] Stuck),
    /// It could not be kept or sealed.
    #[error("cannot be kept: {0:?}")]
    Trouble(Trouble),
}

/// More steps than any interview takes: a survey of ten thousand questions is refused long before.
const MOST_STEPS: usize = 100_000;

impl MadeUpPerson {
    /// Returns the person at a place in the made-up group of a seed.
    #[must_use]
    pub fn new(seed: u64, place: usize) -> Self {
        let own = SplitMix64::named(seed, &format!("person {place}")).next_u64();
        let mut chance = Chance::new(own, "person");
        // Everybody is spread evenly from gloomy to content, so that a small group looks like a group.
        let mood = SplitMix64::named(seed, "mood").below(HUNDRED) + place * 37;
        Self {
            seed: own,
            place,
            mood: mood % HUNDRED,
            stops_at: (chance.percent() < 4).then(|| 5 + chance.below(10)),
        }
    }

    /// Makes the person so much gloomier, in hundredths: a service is better in one year than in another.
    #[must_use]
    pub const fn gloomier(mut self, by: usize) -> Self {
        self.mood = self.mood.saturating_sub(by);
        self
    }

    /// Returns the person's next step; `None` when the interview is over.
    #[must_use]
    pub fn next_step(&self, interview: &Interview) -> Option<Action> {
        match interview.position() {
            Position::Information => Some(Action::Next),
            Position::AgeBand => {
                let bands = &interview.opening().age_bands;
                let chosen = self.chance("age").below(bands.len());
                bands.get(chosen).map(|band| Action::AgeBand(band.code.clone()))
            }
            Position::Guardian => Some(Action::Guardian(true)),
            Position::Point(place) => {
                let point = interview.survey().parts().consent.points.get(*place)?;
                let given = point.required || self.chance(point.id.as_str()).percent() < 70;
                let point = point.id.clone();
                Some(Action::Consent { point, given })
            }
            Position::Question(question) => Some(self.at_question(interview, question)),
            Position::ReadBack(row) => self.at_readback(interview, *row),
            Position::Held => Some(Action::Resume),
            Position::Closing => Some(Action::Finish),
            Position::Declined | Position::Finished => None,
        }
    }

    fn at_question(&self, interview: &Interview, question: &Id) -> Action {
        let place = interview.place_of(question).map(|(number, _)| number);
        if self.stops_at.is_some() && place == self.stops_at {
            return Action::StopAndUse;
        }
        let items = interview.items_asked(question);
        let open = items
            .iter()
            .find(|item| interview.response(&item.key()).is_none());
        open.map_or(Action::Next, |item| self.says(interview, item))
    }

    /// Returns what the person does about one item, whatever stands there: an answer, a reason for none, or nothing.
    #[must_use]
    pub fn says(&self, interview: &Interview, item: &Item<'_>) -> Action {
        let key = item.key();
        let mut chance = self.chance(&key.to_string());
        let by_self = interview.is_answered_alone(item.question);
        if let Some(kind) = answers::why_not(item, &mut chance) {
            return match kind {
                Missing::Skipped | Missing::NotAsked => Action::Skip,
                kind => Action::Missing {
                    item: key,
                    kind,
                    by_self,
                },
            };
        }
        let said = match &item.question.kind {
            QuestionKind::Text { .. } => said::words(&item.question.id, self.place),
            _ => answers::closed(interview, item, self.mood, &mut chance),
        };
        match said {
            Some(answer) => Action::Answer {
                item: key,
                answer,
                by_self,
            },
            None => Action::Skip,
        }
    }

    fn at_readback(&self, interview: &Interview, row: usize) -> Option<Action> {
        let rows = interview.readback_rows();
        let Some(row) = rows.get(row) else {
            return Some(Action::EndReadBack);
        };
        if row.may_quote && interview.quote(&row.item).is_none() {
            let permission = match self.chance(&format!("quote {}", row.item)).percent() {
                0..45 => QuotePermission::AsItStands,
                45..75 => QuotePermission::Rewritten,
                _ => QuotePermission::No,
            };
            let item = row.item.clone();
            return Some(Action::Quote { item, permission });
        }
        Some(Action::Approve(row.item.clone()))
    }

    fn chance(&self, about: &str) -> Chance {
        Chance::new(self.seed, about)
    }
}

/// Holds the whole interview with a made-up person, to its end.
///
/// # Errors
/// [`Stuck`] when a step is refused and no other way on is left.
pub fn hold(session: &mut Session, person: &MadeUpPerson) -> Result<(), Stuck> {
    for _ in 0..MOST_STEPS {
        let Some(step) = person.next_step(session.interview()) else {
            return Ok(());
        };
        if let Err(refusal) = session.apply(step.clone()) {
            let other = way_round(&step, refusal).ok_or(Stuck)?;
            if session.apply(other).is_err() {
                session.apply(Action::Skip).map_err(|_| Stuck)?;
            }
        }
    }
    Err(Stuck)
}

/// Made-up people who are interviewed one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// Their places among the made-up people of a seed.
    pub places: Range<usize>,
    /// How much gloomier they are than others, in hundredths.
    pub gloom: usize,
}

impl Crowd {
    /// Returns the first so many.
    #[must_use]
    pub const fn of(people: usize) -> Self {
        Self {
            places: 0..people,
            gloom: 0,
        }
    }
}

/// Holds and seals an interview with each of these made-up people, by turns at the desk's sites.
///
/// # Errors
/// [`NotFilled`]; the interviews sealed before it stay.
pub fn fill(desk: &mut dyn Desk, survey: &Arc<Survey>, seed: u64, crowd: &Crowd) -> Result<(), NotFilled> {
    let sites: Vec<Slug> = desk.sites().iter().map(|site| site.id.clone()).collect();
    for place in crowd.places.clone() {
        let site = place.checked_rem(sites.len()).and_then(|turn| sites.get(turn));
        let wanted = NewInterview {
            survey: Arc::clone(survey),
            site: site.cloned(),
            language: survey.source_language(),
            group: None,
            entered: Entered::Live,
            letter: None,
        };
        let mut session = desk.begin(&wanted).map_err(NotFilled::CannotStart)?;
        hold(
            &mut session,
            &MadeUpPerson::new(seed, place).gloomier(crowd.gloom),
        )?;
        if let Saved::Failed(trouble) = session.wait() {
            return Err(NotFilled::Trouble(trouble));
        }
        session.seal().map_err(NotFilled::Trouble)?;
        session.code_is_noted().map_err(NotFilled::Trouble)?;
    }
    Ok(())
}

/// What to do when a step is refused.
fn way_round(step: &Action, refusal: Refusal) -> Option<Action> {
    match (step, refusal) {
        (_, Refusal::CheckAsks { question, check }) => Some(Action::Confirm { question, check }),
        (Action::Answer { item, by_self, .. }, _) => Some(Action::Missing {
            item: item.clone(),
            kind: Missing::DontKnow,
            by_self: *by_self,
        }),
        (Action::Missing { .. } | Action::Next, _) => Some(Action::Skip),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
