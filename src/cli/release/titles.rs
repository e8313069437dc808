//! What questions and splits are called where what can be shown is said: coordinators know a question by its words.

use crate::domain::id::Id;
use crate::domain::interview::wording::unfilled;
use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::texts::{Texts, fill};
use crate::tui::wrap::cut;

/// Widest a question stands in a list of them.
const WIDEST: usize = 48;

/// Returns these questions by their words, cut where they are long: of a matrix, the statement alone.
pub(in crate::cli) fn titles<'i>(
    items: impl IntoIterator<Item = &'i ItemKey>,
    survey: &Survey,
    texts: &Texts,
) -> String {
    let titled = |item: &ItemKey| title(item, survey, texts);
    items.into_iter().map(titled).collect::<Vec<_>>().join(", ")
}

fn title(key: &ItemKey, survey: &Survey, texts: &Texts) -> String {
    let Some(item) = survey.item(key) else {
        return key.to_string();
    };
    let words = item.row.map_or(&item.question.text, |row| &row.text);
    let words = unfilled(words.get(texts.language()));
    let words = words.split_whitespace().collect::<Vec<_>>();
    fill(
        &texts.results.report.quoted,
        &[("answer", &cut(&words.join(" "), WIDEST))],
    )
}

/// Returns what answers are split by, in words.
pub(in crate::cli) fn split_title<'s>(
    by: &Id,
    surveys: impl IntoIterator<Item = &'s Survey>,
    texts: &Texts,
) -> String {
    let words = &texts.results.report;
    if by.as_str() == "site" {
        return words.site.clone();
    }
    let question = surveys.into_iter().find_map(|survey| survey.question(by));
    question.map_or_else(
        || by.to_string(),
        |question| cut(&unfilled(question.text.get(texts.language())), WIDEST),
    )
}
