//! Gaps as a reader sees them.

use crate::disclosure::made_up::{pair_records, pair_survey, standard};
use crate::domain::language::Language;
use crate::report::chart::Kind;
use crate::report::compose::tests::evaluation;
use crate::report::compose::{People, Plan, Sources, report, results};
use crate::report::csv_profile::{self, Profile};
use crate::report::document::{Block, Document, Part};
use crate::report::{json, plain};
use crate::texts::Texts;

type Statement = (&'static str, [usize; 4], [usize; 5]);

/// Of 32 people; of the first statement every count is printed, of the second some are coded.
const TOLD: [Statement; 2] = [
    ("p1", [6, 6, 8, 12], [7, 7, 6, 6, 6]),
    ("p2", [2, 5, 9, 16], [4, 3, 8, 9, 8]),
];

fn composed(
    language: Language,
    statements: &[Statement],
    compose: impl Fn(&Sources<'_>) -> Document,
) -> Document {
    let names: Vec<&str> = statements.iter().map(|(name, ..)| *name).collect();
    let survey = pair_survey(&names);
    let published = standard(&survey, &pair_records(&survey, statements));
    compose(&Sources {
        published: &published,
        people: &People::default(),
        survey: &survey,
        evaluation: &evaluation(true),
        texts: &Texts::load(language).unwrap(),
    })
}

/// What stands in the part about gaps.
fn part(document: &Document) -> String {
    let texts = Texts::load(document.language).unwrap();
    let page = String::from_utf8(plain::bytes(document, &texts)).unwrap();
    let title = &texts.results.pairs.title;
    let own = page.split(title.as_str()).nth(1).unwrap();
    assert!(own.lines().all(|line| line.chars().count() <= 80), "{own}");
    own.trim().to_owned()
}

#[test]
fn how_important_stands_beside_how_it_was() {
    for language in Language::ALL {
        let document = composed(language, &TOLD, results);
        insta::assert_snapshot!(format!("gaps_{}", language.code()), part(&document));
    }
}

#[test]
fn a_report_has_the_gaps_too() {
    let document = composed(Language::Bokmal, &TOLD, |sources| {
        report(sources, &Plan::default())
    });
    assert!(document.tables().any(|table| table.part == Part::Pairs));
}

#[test]
fn data_files_have_every_gap_with_how_to_take_it() {
    let document = composed(Language::Bokmal, &TOLD, results);
    let csv = String::from_utf8(csv_profile::bytes(&document, Profile::Plain).unwrap()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json::bytes(&[("a", document)]).unwrap()).unwrap();
    let tables = json["surveys"][0]["tables"].as_array().unwrap();
    let table = tables.iter().find(|table| table["part"] == "pairs").unwrap();
    let figure = |of: &str, name: &str| {
        let figures = table["figures"].as_array().unwrap();
        let own = figures
            .iter()
            .find(|figure| figure["of"] == of && figure["figure"] == name);
        own.unwrap().clone()
    };
    // 100 * ((7 + 12 + 18 + 24) / 128 - (6 + 16 + 36) / 96) by hand.
    assert_eq!(figure("p1", "gap")["value"], -12.76);
    assert!(figure("p1", "gap")["interval_low"].as_f64().unwrap() < -12.76);
    let coded = figure("p2", "gap");
    assert!(coded["status"] == "within" && coded["value"].is_null() && coded["low"].is_number());
    // 20 of 32 find it important and 12 met it.
    assert_eq!(
        (&figure("p1", "missed")["low"], &figure("p1", "missed")["high"]),
        (&8.0.into(), &20.0.into())
    );
    assert!(
        csv.lines()
            .any(|line| line.starts_with("m,figure,") && line.contains(",gap,-12.760,")),
        "{csv}"
    );
}

#[test]
fn where_no_gap_follows_one_line_says_so() {
    let few: [Statement; 1] = [("p1", [1, 1, 2, 2], [1, 1, 1, 1, 2])];
    insta::assert_snapshot!(part(&composed(Language::Bokmal, &few, results)));
}

#[test]
fn the_picture_of_two_answers_says_which_answers_are_counted_and_of_how_many() {
    let document = composed(Language::Bokmal, &TOLD, |sources| {
        report(sources, &Plan::default())
    });
    let gap = document.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) if chart.kind == Kind::Gap => Some(chart),
        _ => None,
    });
    let gap = gap.unwrap();
    for category in &gap.categories {
        assert!(category.label.contains('«'), "{}", category.label);
    }
    assert!(gap.rows.iter().all(|row| row.people == Some(32)));
    // A sentence for either answer of both statements.
    assert_eq!(gap.alt.matches("av 32 svarte «").count(), 4, "{}", gap.alt);
}
