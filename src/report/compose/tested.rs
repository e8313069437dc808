//! Tests of change between the last two rounds, for who asks for them.

use crate::disclosure::tested::{Adjustment, Test, Tested, tests};
use crate::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::texts::fill;
use crate::texts::number::decimal;

use super::Sources;
use super::item::{column, question};
use super::rounds::Round;

/// Below this a probability is only said to be less.
const LEAST: f64 = 0.001;

/// Writes the tests of every question whose counts are told in full in the last two of these rounds.
pub fn add_tests(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    adjustment: Adjustment,
    document: &mut Document,
) {
    let [.., before, after] = rounds else { return };
    let words = &sources.texts.compare.tests;
    let tested = tests(sources.survey, (before.published, after.published), adjustment);
    document.heading(1, words.title.clone());
    if tested.is_empty() {
        document.paragraph(words.none.clone());
        return;
    }
    document.paragraph(words.how.clone());
    document.paragraph(
        match adjustment {
            Adjustment::Holm => &words.holm,
            Adjustment::BenjaminiHochberg => &words.hochberg,
        }
        .clone(),
    );
    let data = |name: &str, title: &str| Column {
        group: Some(name.to_owned()),
        ..column(title, Role::Words)
    };
    let name = match adjustment {
        Adjustment::Holm => "p_holm",
        Adjustment::BenjaminiHochberg => "p_benjamini_hochberg",
    };
    document.table(Table {
        item: "tests".to_owned(),
        part: Part::Tests,
        question: String::new(),
        caption: sources.titled(fill(
            &words.caption,
            &[("before", before.title), ("after", after.title)],
        )),
        n: None,
        asked: None,
        columns: vec![
            column(&words.question, Role::Label),
            data("test", &words.test),
            data(name, &words.p),
        ],
        rows: tested.iter().filter_map(|one| row(sources, one)).collect(),
        notes: vec![words.note.clone()],
    });
}

fn row(sources: &Sources<'_>, tested: &Tested) -> Option<Row> {
    let words = &sources.texts.compare.tests;
    let item = sources.survey.item(&tested.item)?;
    let number = |value: f64| decimal(value, 3, sources.language());
    let p = match tested.p {
        None => sources.texts.results.none.clone(),
        Some(p) if p < LEAST => fill(&words.below, &[("least", &number(LEAST))]),
        Some(p) => number(p),
    };
    let test = match tested.test {
        Test::Ranks => &words.ranks,
        Test::Options => &words.options,
    };
    Some(Row {
        code: tested.item.to_string(),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(format!("{} [{}]", question(sources, &item), tested.item)),
            Cell::Text(test.clone()),
            Cell::Text(p),
        ],
    })
}
