//! Tests of this module.

use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::domain::survey::report_plan::ReportTable;
use crate::domain::survey::sample::{id, survey, words};
use crate::report::compose::tests::composed;
use crate::report::compose::{Plan, Sources, report};
use crate::report::document::{Document, Part, Table};
use crate::report::wording::cell_words;
use crate::texts::Texts;

fn with_table(rows: &[&str], show: &[&str], by: &[&str]) -> Document {
    let ids = |names: &[&str]| -> Vec<Id> { names.iter().map(|name| id(name)).collect() };
    let mut parts = survey().parts().clone();
    parts.dimensions = vec![(id("mote"), words("Møtet"))];
    for question in parts.sections.iter_mut().flat_map(|part| &mut part.questions) {
        if matches!(question.id.as_str(), "q01" | "q04") {
            question.dimension = Some(id("mote"));
        }
    }
    parts.report_tables = vec![ReportTable {
        id: id("oversikt"),
        title: words("Slik har unge det"),
        rows: ids(rows),
        show: ids(show),
        by: ids(by),
    }];
    let survey = Survey::new(parts).unwrap();
    composed(false, Language::Bokmal, |sources| {
        report(
            &Sources {
                survey: &survey,
                ..*sources
            },
            &Plan::default(),
        )
    })
}

fn planned(document: &Document) -> &Table {
    let mut tables = document.tables();
    tables.find(|table| table.item == "oversikt").unwrap()
}

fn lines(document: &Document) -> Vec<String> {
    let texts = Texts::load(Language::Bokmal).unwrap();
    let table = planned(document);
    let heads = table.columns.iter().map(|column| column.title.clone());
    let mut lines = vec![heads.collect::<Vec<_>>().join(" | ")];
    for row in &table.rows {
        let words = row.cells.iter().map(|cell| cell_words(cell, &texts));
        lines.push(words.collect::<Vec<_>>().join(" | "));
    }
    lines
}

#[test]
fn a_table_the_survey_asks_for_holds_what_is_printed_of_its_questions_and_no_more() {
    let document = with_table(&["q01", "q02"], &["n", "favourable", "mean", "missing"], &[]);
    insta::assert_snapshot!(lines(&document).join("\n"));
    let table = planned(&document);
    assert_eq!(table.part, Part::Summary);
    assert!(table.values().is_empty(), "its values stand in their own tables");
}

#[test]
fn a_table_by_dimension_has_each_dimension_with_its_questions() {
    let document = with_table(&["dimension"], &["n", "favourable", "mean"], &["site"]);
    insta::assert_snapshot!(lines(&document).join("\n"));
}

#[test]
fn counts_and_the_middle_stand_in_words() {
    let document = with_table(&["q01"], &["counts", "percent", "median"], &[]);
    insta::assert_snapshot!(lines(&document).join("\n"));
}
