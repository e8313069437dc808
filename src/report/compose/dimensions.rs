//! The survey's areas: the good answers of each question that belongs to one.

use crate::disclosure::published::Answers;
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::report::document::Document;

use super::findings::{self, Good};
use super::{Sources, averages};

/// Writes the areas, where the survey has any.
pub(super) fn write(sources: &Sources<'_>, document: &mut Document) {
    let areas = &sources.survey.parts().dimensions;
    if areas.is_empty() {
        return;
    }
    let words = &sources.texts.paper;
    document.heading(1, words.dimensions.clone());
    document.paragraph(words.dimensions_about.clone());
    if averages::no_index(sources) {
        document.paragraph(sources.texts.results.averages.no_index.clone());
    }
    for (area, title) in areas {
        let title = title.get(sources.language());
        document.heading(2, title);
        let own = sources
            .survey
            .items()
            .filter(|item| item.question.report && belongs(item, area));
        let printed: Vec<_> = own
            .filter_map(|item| Some((sources.published.item(&item.key())?, item)))
            .collect();
        let found: Vec<Good<'_>> = printed
            .iter()
            .filter_map(|(printed, item)| Good::of(printed, *item))
            .collect();
        if found.is_empty() {
            let only_words = printed
                .iter()
                .all(|(printed, _)| matches!(printed.answers, Answers::Words));
            let said = if only_words {
                &words.dimension_open
            } else {
                &words.dimension_none
            };
            document.paragraph(said.clone());
        } else {
            findings::table(sources, &found, (title, area.as_str(), None), title, document);
        }
    }
}

/// Returns whether a question is of an area.
pub(super) fn belongs(item: &Item<'_>, area: &Id) -> bool {
    let own = item.row.and_then(|row| row.dimension.as_ref());
    own.or(item.question.dimension.as_ref()) == Some(area)
}
