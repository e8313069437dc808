//! Tests of change over the rounds, for who asks for them.

use crate::disclosure::published::Published;
use crate::disclosure::tested::{Adjustment, Test, Tested, tests};
use crate::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::texts::fill;
use crate::texts::number::decimal;

use super::Sources;
use super::item::question;
use super::rounds::Round;
use super::tables::column;

/// Below this a probability is only said to be less.
const LEAST: f64 = 0.001;

/// Writes the tests of every question whose counts are told in full in at least two of these rounds.
pub fn add_tests(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    adjustment: Adjustment,
    document: &mut Document,
) {
    let words = &sources.texts.compare.tests;
    let published: Vec<&Published> = rounds.iter().map(|round| round.published).collect();
    let tested = tests(sources.survey, &published, adjustment);
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
        name: String::new(),
        part: Part::Tests,
        question: String::new(),
        caption: sources.titled(words.caption.clone()),
        n: None,
        asked: None,
        columns: vec![
            column(&words.question, Role::Label),
            data("rounds", &words.rounds),
            data("test", &words.test),
            data("size", &words.size),
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
    let none = || sources.texts.results.none.clone();
    let p = match tested.p {
        None => none(),
        Some(p) if p < LEAST => fill(&words.below, &[("least", &number(LEAST))]),
        Some(p) => number(p),
    };
    let (test, size) = match tested.test {
        Test::Ranks => (&words.ranks, &words.delta),
        Test::RanksOfSeveral => (&words.several, &words.epsilon),
        Test::Options => (&words.options, &words.v),
    };
    let said = |value: f64| decimal(value, 2, sources.language()).replace('-', "\u{2212}");
    let size = tested
        .size
        .map_or_else(none, |value| fill(size, &[("value", &said(value))]));
    Some(Row {
        code: tested.item.to_string(),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(format!("{} [{}]", question(sources, &item), tested.item)),
            Cell::Text(sources.number(u32::try_from(tested.rounds).unwrap_or(u32::MAX))),
            Cell::Text(test.clone()),
            Cell::Text(size),
            Cell::Text(p),
        ],
    })
}
