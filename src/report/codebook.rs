//! The codebook: what every variable and code of a survey means, in all its languages, as JSON.
//!
//! Its parts are those of DDI: a study, its instrument, variables with their question, universe and concept,
//! categories with codes and labels, and how to take each value of a data file.

use serde::Serialize;

use crate::disclosure::averages::levels_count;
use crate::disclosure::published::Category;
use crate::domain::category::categories;
use crate::domain::evaluation::Evaluation;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::scale::{Good, Level, Scale};
use crate::domain::survey::{Item, Survey};
use crate::texts::Texts;

/// The shape of this file. Higher when a key changes its meaning; new keys may come at any time.
const FORMAT: u32 = 1;

/// A file that could not be put together; it lives in memory, so this is never seen.
#[derive(Debug, thiserror::Error)]
#[error("codebook: {0}")]
pub struct CodebookError(String);

/// One text in the languages it is there in, in their order.
type Labels = std::collections::BTreeMap<&'static str, String>;

#[derive(Serialize)]
struct Root {
    format: u32,
    kind: &'static str,
    study: Study,
    instrument: Instrument,
    concepts: Vec<Named>,
    missing: Vec<Named>,
    value_status: Vec<Named>,
    /// Figures that follow from tables.
    figures: Vec<Named>,
    variables: Vec<Variable>,
}

#[derive(Serialize)]
struct Study {
    title: Labels,
    made_up: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<Labels>,
    sites: Vec<Named>,
    rounds: Vec<Named>,
}

#[derive(Serialize)]
struct Instrument {
    id: String,
    version: String,
    sha256: String,
    languages: Vec<&'static str>,
    title: Labels,
}

/// A code and its words.
#[derive(Serialize)]
struct Named {
    code: String,
    label: Labels,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    section: String,
    r#type: &'static str,
    question: Labels,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<Labels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Labels>,
    /// `everybody`, or `routed` where it is asked of those only whom a condition fits.
    universe: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    concept: Option<String>,
    background: bool,
    sensitive: bool,
    in_reports: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<String>,
    /// Which end is favourable: `first`, `last`.
    #[serde(skip_serializing_if = "Option::is_none")]
    good: Option<&'static str>,
    categories: Vec<CategoryOut>,
    /// Codes that are counted together where fewer may be shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bands: Vec<Vec<Vec<String>>>,
}

#[derive(Serialize)]
struct CategoryOut {
    code: String,
    /// The value that conditions of the survey use.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// What it counts in means and medians of data files.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Labels>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

/// Returns the codebook as JSON that ends in a line break. `texts` are those of every language.
///
/// # Errors
/// [`CodebookError`], for completeness.
pub fn bytes(survey: &Survey, evaluation: &Evaluation, texts: &[Texts]) -> Result<Vec<u8>, CodebookError> {
    let root = root(survey, evaluation, texts);
    let mut bytes = serde_json::to_vec_pretty(&root).map_err(|error| CodebookError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn root(survey: &Survey, evaluation: &Evaluation, texts: &[Texts]) -> Root {
    let parts = survey.parts();
    let named = |code: &dyn ToString, label: &Localized| Named {
        code: code.to_string(),
        label: labels(label),
    };
    let variables = survey.sections().iter().flat_map(|section| {
        let items = section
            .questions
            .iter()
            .flat_map(|question| survey.items_of(question));
        items.map(move |item| variable(&section.id.to_string(), &item, section.show_if.is_some()))
    });
    Root {
        format: FORMAT,
        kind: "codebook",
        study: Study {
            title: labels(&evaluation.title),
            made_up: evaluation.made_up,
            purpose: evaluation.purpose.as_ref().or(parts.purpose.as_ref()).map(labels),
            sites: evaluation
                .sites
                .iter()
                .map(|site| named(&site.id, &site.title))
                .collect(),
            rounds: evaluation
                .rounds
                .iter()
                .map(|round| named(&round.id, &round.title))
                .collect(),
        },
        instrument: Instrument {
            id: survey.id().to_string(),
            version: parts.version.clone(),
            sha256: parts.fingerprint.0.clone(),
            languages: parts.languages.iter().map(|language| language.code()).collect(),
            title: labels(&parts.title),
        },
        concepts: parts
            .dimensions
            .iter()
            .map(|(id, label)| named(id, label))
            .collect(),
        missing: MISSING.map(|kind| missing(kind, survey, texts)).into(),
        value_status: statuses(texts),
        figures: figures(texts),
        variables: variables.collect(),
    }
}

const MISSING: [Missing; 5] = [
    Missing::NotAsked,
    Missing::Skipped,
    Missing::DontKnow,
    Missing::WontSay,
    Missing::NotApplicable,
];

fn labels(text: &Localized) -> Labels {
    text.iter()
        .map(|(language, text)| (language.code(), text.to_string()))
        .collect()
}

/// A text of the program in every language.
fn of_program(texts: &[Texts], text: impl Fn(&Texts) -> String) -> Labels {
    texts
        .iter()
        .map(|own| (own.language().code(), text(own)))
        .collect()
}

fn missing(kind: Missing, survey: &Survey, texts: &[Texts]) -> Named {
    let own = survey.parts().missing_wording.get(&kind);
    let words = |texts: &Texts| texts.words.missing(kind).to_owned();
    Named {
        code: kind.code().to_owned(),
        label: own.map_or_else(|| of_program(texts, words), labels),
    }
}

fn statuses(texts: &[Texts]) -> Vec<Named> {
    let named = |code: &str, text: fn(&Texts) -> &String| Named {
        code: code.to_owned(),
        label: of_program(texts, |texts| text(texts).clone()),
    };
    vec![
        named("exact", |texts| &texts.paper.status_exact),
        named("coded", |texts| &texts.paper.status_coded),
        named("hidden", |texts| &texts.paper.status_hidden),
        named("merged", |texts| &texts.paper.status_merged),
        named("words", |texts| &texts.paper.status_words),
        named("within", |texts| &texts.paper.status_within),
        named("none", |texts| &texts.paper.status_none),
    ]
}

/// What the names of figures in data files mean.
fn figures(texts: &[Texts]) -> Vec<Named> {
    let known = texts.first().map(|texts| texts.printed.figures.all());
    let codes = known.into_iter().flatten().map(|(code, _)| code);
    let label = |texts: &Texts, code: &str| {
        let mut all = texts.printed.figures.all().into_iter();
        all.find_map(|(own, words)| (own == code).then(|| words.to_owned()))
            .unwrap_or_default()
    };
    codes
        .map(|code| Named {
            code: code.to_owned(),
            label: of_program(texts, |texts| label(texts, code)),
        })
        .collect()
}

fn variable(section: &str, item: &Item<'_>, section_is_routed: bool) -> Variable {
    let question = item.question;
    let row = item.row;
    let routed =
        section_is_routed || question.show_if.is_some() || row.is_some_and(|row| row.show_if.is_some());
    let concept = row
        .and_then(|row| row.dimension.as_ref())
        .or(question.dimension.as_ref());
    let reverse = question.reverse || row.is_some_and(|row| row.reverse);
    let good = item.scale.and_then(|scale| match (scale.good, reverse) {
        (Good::None, _) => None,
        (Good::High, false) | (Good::Low, true) => Some("last"),
        (Good::High, true) | (Good::Low, false) => Some("first"),
    });
    let unit = match &question.kind {
        QuestionKind::Number { unit, .. } => unit.as_ref().map(labels),
        _ => None,
    };
    Variable {
        name: item.key().to_string(),
        section: section.to_owned(),
        r#type: type_of(&question.kind),
        question: labels(&question.text),
        statement: row.map(|row| labels(&row.text)),
        unit,
        universe: if routed { "routed" } else { "everybody" },
        concept: concept.map(ToString::to_string),
        background: question.background,
        sensitive: question.sensitive || row.is_some_and(|row| row.sensitive),
        in_reports: question.report,
        scale: item.scale_id.map(ToString::to_string),
        good,
        categories: categories(item)
            .iter()
            .map(|category| category_out(item, category))
            .collect(),
        bands: item.scale.map(bands).unwrap_or_default(),
    }
}

const fn type_of(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::One(_) => "one",
        QuestionKind::Scale { .. } => "scale",
        QuestionKind::Many { .. } => "many",
        QuestionKind::Matrix { .. } => "matrix",
        QuestionKind::Number { .. } => "number",
        QuestionKind::Date { .. } => "date",
        QuestionKind::Text { .. } => "text",
        QuestionKind::Rank { .. } => "rank",
        QuestionKind::Count(_) => "count",
        QuestionKind::Info => "info",
    }
}

fn category_out(item: &Item<'_>, category: &Category) -> CategoryOut {
    let level = match category {
        Category::Code(code) => item.scale.and_then(|scale| scale.level(code)),
        _ => None,
    };
    let option = match category {
        Category::Code(code) if level.is_none() => {
            item.question.kind.choices().and_then(|own| own.option(code))
        }
        _ => None,
    };
    let label = level
        .map(|level| &level.text)
        .or_else(|| option.map(|option| &option.text));
    CategoryOut {
        code: super::compose::code_of(std::slice::from_ref(category)),
        value: level.map(|level| level.value.to_string()),
        counts: counts(item, category),
        label: label.map(labels),
        retired: option.is_some_and(|option| option.retired),
    }
}

/// What a level counts in means and medians, where there are any: on a scale with an order.
fn counts(item: &Item<'_>, category: &Category) -> Option<i64> {
    let scale = item.scale.filter(|scale| scale.levels.len() > 2)?;
    let is_ordered = scale.good != Good::None || scale.is_ordered();
    let (first, last) = levels_count(item).filter(|_| is_ordered)?;
    let own = |level: &Level| *category == Category::Code(level.code.clone());
    let place = i64::try_from(scale.levels.iter().position(own)?).ok()?;
    Some(if first <= last {
        first + place
    } else {
        first - place
    })
}

fn bands(scale: &Scale) -> Vec<Vec<Vec<String>>> {
    let codes = |bands: &[Vec<crate::domain::id::Id>]| -> Vec<Vec<String>> {
        bands
            .iter()
            .map(|band| band.iter().map(ToString::to_string).collect())
            .collect()
    };
    let Some(bands) = &scale.bands else {
        return Vec::new();
    };
    let three = bands.three.as_ref().map(|three| codes(three));
    three.into_iter().chain([codes(&bands.two)]).collect()
}

/// Returns the texts of every language.
///
/// # Errors
/// [`crate::texts::TextsError`], which the tests keep from ever being seen.
pub fn every_language() -> Result<Vec<Texts>, crate::texts::TextsError> {
    Language::ALL.into_iter().map(Texts::load).collect()
}

#[cfg(test)]
mod tests;
