//! Answers split by groups of people: why they are not, where somebody asked for it.

use crate::disclosure::choice::NoChoice;
use crate::disclosure::ledger::State;
use crate::domain::id::Id;
use crate::domain::survey::Survey;
use crate::texts::fill;

use super::super::exit_code::ExitCode;
use super::super::settings::Settings;
use super::super::surroundings::Surroundings;

/// How many are in each group of a background that everybody knows.
#[derive(Clone, Debug)]
pub struct KnownGroups {
    /// The background.
    pub by: String,
    /// What its levels are called, in order.
    pub levels: Vec<String>,
    /// How many are in each.
    pub sizes: Vec<u32>,
}

/// Returns whether some question of these states was decided split by this background.
#[must_use]
pub fn is_split(states: &[State<'_>], by: &Id) -> bool {
    let items = states.iter().flat_map(|state| state.kept.published().items());
    items
        .filter_map(|item| item.breakdown.as_ref())
        .any(|own| own.by == *by)
}

/// Says why answers cannot be split as somebody wants.
pub(super) fn refused(
    why: &NoChoice,
    by: Option<&Id>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.release;
    match why {
        NoChoice::Unknown(known) => {
            let known: Vec<&str> = known.iter().map(Id::as_str).collect();
            let values = [("by", by.map_or("", Id::as_str)), ("known", &known.join(", "))];
            surroundings
                .output
                .error("by_unknown", &fill(&words.by_unknown, &values));
            ExitCode::Usage
        }
        NoChoice::Second { item, first } => {
            let item = item.to_string();
            let values = [("item", item.as_str()), ("first", first.as_str())];
            surroundings
                .output
                .error("by_second", &fill(&words.by_second, &values));
            ExitCode::Refused
        }
    }
}

/// Says why no breakdown is added to what was shown: the questions are split by something else, or the whole was decided
/// and shown without looking after groups.
pub(in crate::cli) fn not_added(
    states: &[State<'_>],
    by: &Id,
    survey: &Survey,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.release;
    let split = states
        .iter()
        .flat_map(|state| state.kept.published().items())
        .find_map(|item| {
            let own = item.breakdown.as_ref()?;
            Some((item.item.to_string(), own.by.as_str()))
        });
    if let Some((item, first)) = split {
        let values = [("item", item.as_str()), ("first", first)];
        surroundings
            .output
            .error("by_second", &fill(&words.by_second, &values));
    } else {
        let title = survey.parts().title.get(settings.language());
        let values = [("survey", title), ("by", by.as_str())];
        surroundings
            .output
            .error("by_late", &fill(&words.by_late, &values));
    }
    ExitCode::Refused
}
