//! The ledger as a list: what was shown, of whom, and what is wrong with it.

use serde_json::json;

use crate::disclosure::ledger::State;
use crate::disclosure::release::Origin;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::texts::fill;
use crate::texts::number::whole;

use super::super::data::{self, Form};
use super::super::exit_code::ExitCode;
use super::super::settings::Settings;
use super::super::showing::Kept;
use super::super::surroundings::Surroundings;
use super::titles::split_title;

/// Says every state that was shown.
pub(super) fn say(
    workplace: &Workplace,
    kept: &Kept,
    form: Option<Form>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.release;
    let states = kept.ledger.states();
    if let Some(form) = form {
        // Older states name a file by a plain hash; who has only few rows to guess could try them all against it.
        let of = |state: &State<'_>| {
            let round = match state.kept.origin() {
                Origin::Round(round) => Some(round),
                Origin::File(_) | Origin::MarkedFile(_) | Origin::Interviews => None,
            };
            json!({
                "name": state.name.as_str(),
                "survey": state.kept.published().survey().id,
                "round": round,
                "file": state.kept.origin().is_file(),
                "interviews": state.kept.published().interviews(),
                "groups": state.kept.published().groups(),
                "wrong": state.wrong.map(|wrong| wrong.why.as_str()),
            })
        };
        let states: Vec<_> = states.iter().map(of).collect();
        let told: Vec<_> = kept
            .ledger
            .all_voices()
            .into_iter()
            .map(|(name, line)| {
                let (headings, others, quotes) = line.sizes();
                json!({
                    "name": name.as_str(),
                    "survey": line.survey(),
                    "headings": headings,
                    "others": others,
                    "quotes": quotes,
                })
            })
            .collect();
        let json = json!({ "format": 1, "states": states, "voices": told });
        data::write(&json, form, surroundings);
        return ExitCode::Ok;
    }
    if states.is_empty() {
        surroundings.output.note(&words.list_none);
        return ExitCode::NothingToDo;
    }
    for state in states {
        surroundings.output.line(&sentence(&state, workplace, settings));
        if let Some(wrong) = state.wrong {
            let said = fill(&words.list_wrong, &[("why", wrong.why.as_str())]);
            surroundings.output.line(&said);
        }
    }
    let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), settings.language());
    for (name, line) in kept.ledger.all_voices() {
        let (headings, others, quotes) = line.sizes();
        let (headings, others, quotes) = (number(headings), number(others), number(quotes));
        let values = [
            ("name", name.short()),
            ("survey", line.survey().as_str()),
            ("headings", headings.as_str()),
            ("others", others.as_str()),
            ("quotes", quotes.as_str()),
        ];
        let said = fill(&settings.texts.workbench.voices.list_line, &values);
        surroundings.output.line(&said);
    }
    ExitCode::Ok
}

/// Returns what a state is, as a sentence.
pub(in crate::cli) fn sentence(state: &State<'_>, workplace: &Workplace, settings: &Settings) -> String {
    let words = &settings.texts.release;
    let published = state.kept.published();
    let (text, round) = match state.kept.origin() {
        Origin::File(_) | Origin::MarkedFile(_) => (&words.list_file, String::new()),
        Origin::Round(round) => {
            let mut rounds = workplace.evaluation().rounds.iter();
            let known = rounds.find(|known| known.id == *round);
            let title = known.map(|known| known.title.get(settings.language()).to_owned());
            (&words.list_line, title.unwrap_or_else(|| round.to_string()))
        }
        Origin::Interviews => (&words.list_line, settings.texts.results.none.clone()),
    };
    let mut known = workplace.surveys().as_read().iter();
    let own = known.find(|survey| *survey.id() == published.survey().id);
    let survey = own.map_or_else(
        || published.survey().id.to_string(),
        |survey| survey.parts().title.get(settings.language()).to_owned(),
    );
    let (alone, groups) = (published.interviews(), published.groups());
    let (text, n) = if published.is_in_words() {
        (&words.list_words, alone)
    } else if alone == 0 && groups > 0 {
        (&words.list_groups, groups)
    } else {
        (text, alone)
    };
    let n = whole(u64::from(n), settings.language());
    let values = [
        ("name", state.name.short()),
        ("survey", survey.as_str()),
        ("round", round.as_str()),
        ("n", n.as_str()),
    ];
    let said = fill(text, &values);
    let mut split = published
        .items()
        .iter()
        .filter_map(|item| item.breakdown.as_ref());
    match split.next() {
        Some(breakdown) => {
            let surveys = own.into_iter().map(|survey| &**survey);
            let by = split_title(&breakdown.by, surveys, &settings.texts);
            format!("{said}{}", fill(&words.list_split, &[("by", &by)]))
        }
        None => said,
    }
}
