//! What was shown of a survey round by round.

use crate::disclosure::ledger::Ledger;
use crate::disclosure::published::Published;
use crate::disclosure::release::Origin;
use crate::disclosure::together::together;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::survey::Survey;

/// Returns what was shown of a survey in each round, in time order. With `by`, what was shown first: only that stands by
/// groups.
#[must_use]
pub fn shown_by_round(
    ledger: &Ledger,
    evaluation: &Evaluation,
    survey: &Survey,
    by: Option<&Id>,
) -> Vec<(Slug, Published)> {
    let rounds = evaluation.rounds.iter();
    rounds
        .filter_map(|round| Some((round.id.clone(), of_round(ledger, survey, &round.id, by)?)))
        .collect()
}

/// What was shown of a survey in a round: everybody together, where people were shown one after the other; where that
/// cannot be said or groups are wanted, those who were shown first. States that are wrong are left out.
fn of_round(ledger: &Ledger, survey: &Survey, round: &Slug, by: Option<&Id>) -> Option<Published> {
    let states = ledger.states();
    let own: Vec<&Published> = states
        .iter()
        .filter(|state| state.wrong.is_none() && *state.kept.origin() == Origin::Round(round.clone()))
        .map(|state| state.kept.published())
        .filter(|published| published.survey().id == *survey.id() && !published.is_in_words())
        .collect();
    let all = together(&own).filter(|_| by.is_none());
    all.or_else(|| own.first().map(|first| (*first).clone()))
}
