//! Whether two versions of a survey ask an item in the same way, so that its answers can be counted together.

use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::number::Number;
use crate::domain::survey::question::{Level, QuestionKind};
use crate::domain::survey::{Item, Survey};

use crate::domain::category::{Category, categories};

/// Everything of an item that decides which answers are possible and who is asked. Words are left out: they may be
/// corrected.
#[derive(PartialEq)]
struct Logic<'s> {
    kind: std::mem::Discriminant<QuestionKind>,
    categories: Vec<Category>,
    /// Code, retired, exclusive, condition.
    options: Vec<(&'s Id, bool, bool, Option<&'s Expression>)>,
    at_least: Option<u16>,
    at_most: Option<u16>,
    limits: (Option<Number>, Option<Number>),
    decimals: u8,
    conditions: [Option<&'s Expression>; 3],
    stops: Vec<&'s Expression>,
    without: Vec<crate::domain::missing::Missing>,
}

/// Returns the questions that both versions have and ask in different ways, in the order of `one`.
#[must_use]
pub fn asked_differently<'s>(one: &'s Survey, other: &Survey) -> Vec<&'s Id> {
    let mut questions: Vec<&Id> = Vec::new();
    for item in one.items() {
        let differs = other
            .item(&item.key())
            .is_some_and(|same_item| !asks_alike(one, &item, other, &same_item));
        if differs && questions.last() != Some(&&item.question.id) {
            questions.push(&item.question.id);
        }
    }
    questions
}

/// Returns whether an item is asked the same way in both versions.
#[must_use]
pub fn asks_alike(one: &Survey, item: &Item<'_>, other: &Survey, same_item: &Item<'_>) -> bool {
    logic(one, item) == logic(other, same_item)
}

fn logic<'s>(survey: &'s Survey, item: &Item<'s>) -> Logic<'s> {
    let question = item.question;
    let options = question.kind.choices().map(|choices| &choices.options);
    let (mut at_least, mut at_most, mut limits, mut places) = (None, None, (None, None), 0);
    match &question.kind {
        QuestionKind::Many { min, max, .. } => (at_least, at_most) = (*min, *max),
        QuestionKind::Rank { max, .. } => at_most = *max,
        QuestionKind::Number {
            min, max, decimals, ..
        } => {
            limits = (*min, *max);
            places = *decimals;
        }
        _ => {}
    }
    Logic {
        kind: std::mem::discriminant(&question.kind),
        categories: categories(item),
        options: options
            .into_iter()
            .flatten()
            .map(|option| {
                (
                    &option.code,
                    option.retired,
                    option.exclusive,
                    option.show_if.as_ref(),
                )
            })
            .collect(),
        at_least,
        at_most,
        limits,
        decimals: places,
        conditions: [
            survey
                .section_of(&question.id)
                .and_then(|section| section.show_if.as_ref()),
            question.show_if.as_ref(),
            item.row.and_then(|row| row.show_if.as_ref()),
        ],
        stops: question
            .checks
            .iter()
            .filter(|check| check.level == Level::Stop)
            .map(|check| &check.that)
            .collect(),
        without: question.without.iter().copied().collect(),
    }
}
