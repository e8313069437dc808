//! What answers to an item are counted under.

use serde::{Deserialize, Serialize};

use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::number::Number;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;

/// One thing answers are counted under: an option, a scale level, or a declared band.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// An option or a scale level, by its code.
    Code(Id),
    /// Numbers from the first to the second, both included.
    Numbers(Number, Number),
    /// Years from the first to the second, both included.
    Years(i16, i16),
    /// What no declared band holds; there only where the bands may leave something out.
    Outside,
}

/// Returns the categories of an item in the order of the survey; none for words, and for numbers and dates without
/// bands, which are never reported.
#[must_use]
pub fn categories(item: &Item<'_>) -> Vec<Category> {
    if let Some(scale) = item.scale {
        return scale
            .levels
            .iter()
            .map(|level| Category::Code(level.code.clone()))
            .collect();
    }
    match &item.question.kind {
        QuestionKind::Number {
            min,
            max,
            decimals,
            bands,
            ..
        } => {
            let mut all: Vec<Category> = bands.iter().map(|(a, b)| Category::Numbers(*a, *b)).collect();
            let whole = leaves_nothing_out(bands, *min, *max, *decimals);
            if !bands.is_empty() && !whole {
                all.push(Category::Outside);
            }
            all
        }
        QuestionKind::Date { bands, .. } => {
            let mut all: Vec<Category> = bands.iter().map(|(a, b)| Category::Years(*a, *b)).collect();
            if !bands.is_empty() {
                all.push(Category::Outside);
            }
            all
        }
        kind => {
            let options = kind.choices().map(|choices| &choices.options);
            options
                .into_iter()
                .flatten()
                .map(|option| Category::Code(option.code.clone()))
                .collect()
        }
    }
}

/// Whether every number the question accepts lies in a band: limits within the ends, and no gap between neighbours.
fn leaves_nothing_out(
    bands: &[(Number, Number)],
    min: Option<Number>,
    max: Option<Number>,
    decimals: u8,
) -> bool {
    let step = 10_i64.pow(3_u32.saturating_sub(u32::from(decimals)));
    let (Some((first, _)), Some((_, last)), Some(min), Some(max)) = (bands.first(), bands.last(), min, max)
    else {
        return false;
    };
    let joined = bands
        .iter()
        .zip(bands.iter().skip(1))
        .all(|((_, end), (begin, _))| {
            begin.thousandths() > end.thousandths() && begin.thousandths() - end.thousandths() <= step
        });
    joined && *first <= min && max <= *last
}

/// Returns the place of the category an answer with one category counts under: a choice, the first of a ranking, a
/// number or a date. `None` for an answer no category holds.
#[must_use]
pub fn place_of(answer: &Answer, item: &Item<'_>, categories: &[Category]) -> Option<usize> {
    let found = match answer {
        Answer::Choice { code, .. } => return place_of_code(code, item, categories),
        Answer::Ranking(codes) => return place_of_code(codes.first()?, item, categories),
        Answer::Number { value, .. } => categories
            .iter()
            .position(|c| matches!(c, Category::Numbers(low, high) if (low..=high).contains(&value))),
        Answer::Date { year, .. } => categories
            .iter()
            .position(|c| matches!(c, Category::Years(low, high) if (low..=high).contains(&year))),
        Answer::Choices { .. } | Answer::Text(_) | Answer::Hands(_) => return None,
    };
    found.or_else(|| {
        categories
            .iter()
            .position(|category| *category == Category::Outside)
    })
}

/// Returns the place of the category of a code, older codes of an option included.
#[must_use]
pub fn place_of_code(code: &Id, item: &Item<'_>, categories: &[Category]) -> Option<usize> {
    let code = match (item.scale, item.question.kind.choices()) {
        (None, Some(choices)) => &choices.option(code)?.code,
        _ => code,
    };
    categories
        .iter()
        .position(|category| matches!(category, Category::Code(own) if own == code))
}
