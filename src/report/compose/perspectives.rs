//! The same areas seen from several sides: what several surveys printed about them, one below the other. Each number stands
//! in the report on its own survey, too, and none is set against another: other people answered.

use crate::report::document::{Cell, Document, Row, RowKind};
use crate::texts::fill;

use super::Sources;
use super::dimensions::belongs;
use super::findings::{Good, good_answers};

/// Writes the areas of which this survey and at least one of those `beside` it have printed good answers.
pub(super) fn write(sources: &Sources<'_>, beside: &[Sources<'_>], document: &mut Document) {
    let words = &sources.texts.paper;
    let mut begun = false;
    for (area, title) in &sources.survey.parts().dimensions {
        let mut sides = 0;
        let mut rows = Vec::new();
        for own in std::iter::once(sources).chain(beside) {
            let items = own.survey.items();
            let items = items.filter(|item| item.question.report && belongs(item, area));
            let found: Vec<Good<'_>> = items
                .filter_map(|item| Good::of(own.published.item(&item.key())?, item))
                .filter(Good::is_printed)
                .collect();
            if !found.is_empty() {
                sides += 1;
                rows.push(heading(own));
                rows.extend(found.iter().map(|good| good.row(own)));
            } else if sides == 0 {
                // What others say of an area stands beside what this survey says of it.
                break;
            }
        }
        if sides < 2 {
            continue;
        }
        if !begun {
            begun = true;
            document.heading(1, words.perspectives.clone());
            document.paragraph(words.perspectives_about.clone());
        }
        let title = title.get(sources.language());
        document.heading(2, title);
        let code = format!("{area}-perspectives");
        document.table(good_answers(sources, (title, &code, title), rows));
    }
}

/// Whom the rows below are about: the survey, and how many were interviewed.
fn heading(sources: &Sources<'_>) -> Row {
    let title = sources.survey.parts().title.get(sources.language());
    let people = sources.number(sources.published.interviews());
    let name = fill(
        &sources.texts.coordinator.rounds.side,
        &[("survey", title), ("n", &people)],
    );
    let empty = std::iter::repeat_n(Cell::Text(String::new()), 4);
    Row {
        code: sources.survey.id().to_string(),
        kind: RowKind::Sum,
        cells: std::iter::once(Cell::Text(name)).chain(empty).collect(),
    }
}
