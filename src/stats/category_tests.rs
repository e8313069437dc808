//! What answers are counted under.

use crate::domain::answer::Answer;
use crate::domain::category::{Category, categories, place_of};
use crate::domain::item::ItemKey;
use crate::domain::number::Number;
use crate::domain::survey::Survey;
use crate::domain::survey::question::QuestionKind;
use crate::stats::made_up::{id, question, survey};

fn weeks(bands: &[(i64, i64)], decimals: u8) -> Survey {
    let bands = bands
        .iter()
        .map(|(a, b)| (Number::whole(*a), Number::whole(*b)))
        .collect();
    let (min, max) = (Some(Number::whole(0)), Some(Number::whole(200)));
    let kind = QuestionKind::Number {
        unit: None,
        min,
        max,
        decimals,
        bands,
    };
    survey("1", vec![question("w", kind)])
}

#[test]
fn bands_that_leave_something_out_have_a_category_for_it() {
    let outside = |survey: &Survey| {
        let item = survey.item(&ItemKey::question(id("w"))).unwrap();
        categories(&item).contains(&Category::Outside)
    };
    assert!(!outside(&weeks(&[(0, 4), (5, 12), (13, 200)], 0)));
    assert!(outside(&weeks(&[(0, 4), (5, 12), (13, 200)], 1)), "4.5 weeks");
    assert!(outside(&weeks(&[(0, 4), (6, 200)], 0)));
    assert!(outside(&weeks(&[(0, 4), (5, 100)], 0)));
}

#[test]
fn a_number_counts_under_its_band() {
    let survey = weeks(&[(0, 4), (5, 12)], 0);
    let item = survey.item(&ItemKey::question(id("w"))).unwrap();
    let all = categories(&item);
    let place = |value| {
        place_of(
            &Answer::Number {
                value: Number::whole(value),
                about: true,
            },
            &item,
            &all,
        )
    };
    assert_eq!(
        [place(0), place(4), place(5), place(77)],
        [Some(0), Some(0), Some(1), Some(2)]
    );
}
