//! When a question is asked, in words for the one who reads it on paper: the program is not there to follow it.

use crate::domain::expression::{Comparison, Expression, Value};
use crate::domain::id::Id;
use crate::domain::interview::wording::option_words;
use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::texts::{Texts, fill};

/// Returns when to ask, by the number of the question that decides it. What would take more than one question or
/// answers in words to say is left to the one who asks.
pub(super) fn words(condition: &Expression, survey: &Survey, texts: &Texts) -> String {
    said(condition, survey, texts).unwrap_or_else(|| texts.paper.guide.only_some.clone())
}

fn said(condition: &Expression, survey: &Survey, texts: &Texts) -> Option<String> {
    let words = &texts.paper.guide;
    let (form, item, codes) = match condition {
        Expression::Compare(Comparison::Equal, item, code) => {
            (&words.only_if, key(item)?, vec![code_of(code)?])
        }
        Expression::Compare(Comparison::NotEqual, item, code) => {
            (&words.only_unless, key(item)?, vec![code_of(code)?])
        }
        Expression::In(item, codes) => (
            &words.only_if,
            key(item)?,
            codes.iter().map(code_of).collect::<Option<Vec<_>>>()?,
        ),
        Expression::Has(item, code) => (&words.only_with, key(item)?, vec![code_of(code)?]),
        Expression::Answered(item) => (&words.only_answered, item, Vec::new()),
        _ => return None,
    };
    // A row of statements has a number, but no words of its own to name it by here.
    let number = survey
        .number(item.question_id())
        .filter(|_| item.row_id().is_none())?;
    let known = survey.item(item)?;
    let answers: Option<Vec<String>> = codes
        .iter()
        .map(|code| {
            let answer = option_words(&known, code, texts.language())?;
            Some(fill(&texts.results.report.quoted, &[("answer", &answer)]))
        })
        .collect();
    let answers = answers?;
    let either = match answers.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} {} {last}", before.join(", "), texts.results.report.or)
        }
        Some((only, _)) => only.clone(),
        None => String::new(),
    };
    Some(fill(
        form,
        &[("number", &number.to_string()), ("answers", &either)],
    ))
}

const fn key(part: &Expression) -> Option<&ItemKey> {
    match part {
        Expression::Item(item) => Some(item),
        _ => None,
    }
}

fn code_of(part: &Expression) -> Option<Id> {
    match part {
        Expression::Literal(Value::Word(code)) => Id::new(code).ok(),
        _ => None,
    }
}
