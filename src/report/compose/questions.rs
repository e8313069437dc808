//! All questions in the order of the survey.

use crate::disclosure::published::PublishedItem;
use crate::domain::survey::Item;
use crate::domain::survey::question::{Question, QuestionKind};
use crate::report::document::{Document, Kind};

use super::item::question as wording;
use super::{Sources, item, numbers, picture};

/// Writes every question that is in the release.
pub(super) fn write(sources: &Sources<'_>, document: &mut Document) {
    document.heading(1, sources.words().questions.clone());
    for section in sources.survey.sections() {
        let questions = section.questions.iter().filter(|question| question.report);
        let here: Vec<(&Question, Vec<(&PublishedItem, Item<'_>)>)> = questions
            .map(|question| (question, printed_of(sources, question)))
            .filter(|(_, printed)| !printed.is_empty())
            .collect();
        if !here.is_empty() {
            document.heading(2, section.title.get(sources.language()));
        }
        for (question, printed) in here {
            one(sources, question, &printed, document);
        }
    }
}

fn printed_of<'s>(sources: &Sources<'s>, question: &'s Question) -> Vec<(&'s PublishedItem, Item<'s>)> {
    let items = sources.survey.items_of(question).into_iter();
    items
        .filter_map(|known| Some((sources.published.item(&known.key())?, known)))
        .filter(|(printed, _)| !sources.is_no_column(printed))
        .collect()
}

fn one(
    sources: &Sources<'_>,
    question: &Question,
    printed: &[(&PublishedItem, Item<'_>)],
    document: &mut Document,
) {
    let is_matrix = matches!(question.kind, QuestionKind::Matrix { .. });
    if document.kind == Kind::Results || !is_matrix {
        for (printed, known) in printed {
            let heading = match document.kind {
                Kind::Results => wording(sources, known),
                _ => numbers::headed(&known.key(), sources.survey, &wording(sources, known)),
            };
            item::write(sources, printed, known, (3, heading), document);
        }
        return;
    }
    let title = sources.asked(&question.text);
    let heading = match printed {
        [(_, first), ..] => numbers::headed(&first.key(), sources.survey, &title),
        [] => title.clone(),
    };
    document.heading(3, heading);
    if let Some(chart) = picture::of_matrix(sources, &title, printed) {
        for chart in picture::parted(sources, chart) {
            document.chart(chart);
        }
    }
    for (printed, known) in printed {
        let ask = known
            .scale
            .filter(|_| known.paired)
            .and_then(|scale| scale.ask.as_ref());
        let row = known.row.map(|row| sources.asked(&row.text));
        let parts = [ask.map(|ask| sources.asked(ask)), row];
        let heading = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        item::write(sources, printed, known, (4, heading), document);
    }
}
