//! Tests of this module.

use super::{Good, main, table};
use crate::domain::language::Language;
use crate::report::chart::{Kind, Value};
use crate::report::compose::tests::composed;
use crate::report::compose::{Sources, one};
use crate::report::document::{Block, Cell, Document};

#[test]
fn a_coded_count_stands_by_what_it_carries() {
    // q04.p1: 22 or more of 27 gave a good answer, which is at least two thirds; q01: 19 of 29 are fewer.
    let found = composed(false, Language::Bokmal, |sources| {
        let main = main(sources);
        let keys = |found: &[Good<'_>]| {
            found
                .iter()
                .map(|good| good.item.key().to_string())
                .collect::<Vec<_>>()
        };
        (keys(&main.strong), keys(&main.weak))
    });
    assert_eq!(found, (vec!["q04.p1".to_owned()], vec!["q01".to_owned()]));
}

#[test]
fn a_picture_has_the_interval_of_the_question_s_own_table() {
    for users in [None, Some(58), Some(29)] {
        let (drawn, printed) = composed(false, Language::Bokmal, |sources| {
            let mut evaluation = sources.evaluation.clone();
            evaluation.rounds.last_mut().unwrap().users = users;
            let evaluation = &evaluation;
            let sources = &Sources {
                evaluation,
                ..*sources
            };
            let main = main(sources);
            let found: Vec<Good<'_>> = main.weak.iter().chain(&main.strong).copied().collect();
            let mut document = Document::new(Language::Bokmal, String::new(), false);
            table(sources, &found, ("", "", None), "", &mut document);
            let own = one(sources, &"q01".parse().unwrap()).unwrap();
            let cells: Vec<Cell> = own
                .tables()
                .flat_map(|table| &table.rows)
                .flat_map(|row| row.cells.clone())
                .collect();
            (document.blocks, cells)
        });
        let Some(Block::Chart(chart)) = drawn.first() else {
            panic!("no picture");
        };
        let Value::Exact { count, of, interval } = chart.rows[0].values[0] else {
            panic!("{chart:?}");
        };
        assert_eq!((chart.kind, count, of), (Kind::Dots, 19, 29));
        let own = printed
            .iter()
            .find(|cell| matches!(cell, Cell::Share { part: 19, of: 29, .. }));
        assert_eq!(interval, own.unwrap().interval());
        assert_eq!(interval.is_none(), users == Some(29));
    }
}
