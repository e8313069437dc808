//! The ledger as a list: what was shown, of whom, and what is wrong with it.

use serde_json::json;

use crate::disclosure::ledger::State;
use crate::disclosure::release::{Origin, ReleaseName};
use crate::disclosure::voices::KeptVoices;
use crate::domain::id::Slug;
use crate::domain::survey::Survey;
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
    for state in &states {
        surroundings.output.line(&sentence(state, workplace, settings));
        if let Some(wrong) = state.wrong {
            let said = fill(&words.list_wrong, &[("why", wrong.why.as_str())]);
            surroundings.output.line(&said);
        }
    }
    for said in told(kept, workplace, settings) {
        surroundings.output.line(&said);
    }
    ExitCode::Ok
}

/// Returns what was released of themes and quotes, a sentence each.
pub(in crate::cli) fn told(kept: &Kept, workplace: &Workplace, settings: &Settings) -> Vec<String> {
    let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), settings.language());
    let states = kept.ledger.states();
    let sentence = |(name, line): (&ReleaseName, &KeptVoices)| {
        let (headings, others, quotes) = line.sizes();
        let (headings, others, quotes) = (number(headings), number(others), number(quotes));
        let of = states.iter().find(|state| line.states().contains(state.name));
        let round = of.map_or_else(String::new, |state| {
            round_title(state.kept.origin(), workplace, settings)
        });
        let values = [
            ("name", name.short()),
            ("survey", &survey_title(line.survey(), workplace, settings)),
            ("round", &round),
            ("headings", &headings),
            ("others", &others),
            ("quotes", &quotes),
        ];
        fill(&settings.texts.workbench.voices.list_line, &values)
    };
    kept.ledger.all_voices().into_iter().map(sentence).collect()
}

fn survey_of<'w>(id: &Slug, workplace: &'w Workplace) -> Option<&'w Survey> {
    let mut known = workplace.surveys().as_read().iter();
    known.find(|survey| survey.id() == id).map(|survey| &**survey)
}

fn survey_title(id: &Slug, workplace: &Workplace, settings: &Settings) -> String {
    survey_of(id, workplace).map_or_else(
        || id.to_string(),
        |survey| survey.parts().title.get(settings.language()).to_owned(),
    )
}

/// Returns what the round is called that answers came from.
fn round_title(origin: &Origin, workplace: &Workplace, settings: &Settings) -> String {
    let Origin::Round(round) = origin else {
        return settings.texts.results.none.clone();
    };
    let mut rounds = workplace.evaluation().rounds.iter();
    let known = rounds.find(|known| known.id == *round);
    known.map_or_else(
        || round.to_string(),
        |known| known.title.get(settings.language()).to_owned(),
    )
}

/// Returns what a state is, as a sentence.
pub(in crate::cli) fn sentence(state: &State<'_>, workplace: &Workplace, settings: &Settings) -> String {
    let words = &settings.texts.release;
    let published = state.kept.published();
    let origin = state.kept.origin();
    let text = if origin.is_file() {
        &words.list_file
    } else {
        &words.list_line
    };
    let round = round_title(origin, workplace, settings);
    let id = &published.survey().id;
    let survey = survey_title(id, workplace, settings);
    let (alone, groups) = (published.interviews(), published.groups());
    let (text, n) = if published.is_in_words() {
        (&words.list_words, alone)
    } else if alone == 0 && groups > 0 {
        (&words.list_groups, groups)
    } else {
        (text, alone)
    };
    let n = whole(u64::from(n), settings.language());
    let split = published.items().iter().find_map(|item| item.breakdown.as_ref());
    let split = split.map_or_else(String::new, |breakdown| {
        let by = split_title(&breakdown.by, survey_of(id, workplace), &settings.texts);
        fill(&words.list_split, &[("by", &by)])
    });
    let values = [
        ("name", state.name.short()),
        ("survey", &survey),
        ("round", &round),
        ("n", &n),
        ("split", &split),
    ];
    fill(text, &values)
}
