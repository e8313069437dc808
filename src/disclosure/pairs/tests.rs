//! Tests of what follows of statements on two scales.

use crate::disclosure::made_up::{pair_records, pair_survey, standard};
use crate::disclosure::published::{Category, Cell, Count, Grain};
use crate::domain::answer::Response;
use crate::domain::missing::Missing;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::Survey;
use crate::stats::collect::Tallies;
use crate::stats::confidence::Confidence;
use crate::stats::gap::gap_0_100;
use crate::stats::level_counts::LevelCounts;
use crate::stats::made_up::{id, key, none};

use super::{NoIndex, PrintedGap, pairs, widest, without};

fn told(records: &[InterviewRecord], survey: &Survey) -> Result<PrintedGap, NoIndex> {
    let mut pairs = pairs(survey, &standard(survey, records));
    assert_eq!(pairs.len(), 1);
    pairs.remove(0).gap
}

fn gap(first: [usize; 4], second: [usize; 5]) -> Result<PrintedGap, NoIndex> {
    let survey = pair_survey(&["p"]);
    told(&pair_records(&survey, &[("p", first, second)]), &survey)
}

#[test]
fn where_both_rows_are_printed_the_gap_is_that_of_the_people() {
    let survey = pair_survey(&["p"]);
    let mut records = pair_records(&survey, &[("p", [6, 6, 8, 12], [7, 7, 6, 6, 6])]);
    let beside = key("m.p.five");
    // The second time the other way round: those who find it most important met least of it.
    for turned in [false, true] {
        if turned {
            let mut second: Vec<Response> = records
                .iter()
                .map(|record| record.answers[&beside].clone())
                .collect();
            for record in &mut records {
                record.answers.insert(beside.clone(), second.pop().unwrap());
            }
        }
        let tallies = Tallies::of(&survey, &[], &records);
        let real = tallies.pairs()[0].gap_0_100(Confidence::NinetyFive).unwrap();
        let told = told(&records, &survey).unwrap();
        assert!((told.gap.0 - real.mean).abs() < 1e-9 && (told.gap.1 - real.mean).abs() < 1e-9);
        let (low, high) = told.interval.unwrap();
        let real = real.interval.unwrap().shown();
        assert!(low <= real.low + 1e-9 && real.high <= high + 1e-9);
    }
}

/// All 120 ways to put five first answers together with five second ones.
#[test]
fn no_way_to_put_answers_together_has_a_wider_interval() {
    let (first, second) = ([0, 1, 1, 3, 3], [0, 2, 3, 3, 4]);
    let counts = |places: &[usize], levels: usize| {
        let count = |level| places.iter().filter(|place| **place == level).count();
        LevelCounts::new(
            (0..levels)
                .map(|level| u32::try_from(count(level)).unwrap())
                .collect(),
        )
    };
    let (low, high) = widest(&counts(&first, 4), &counts(&second, 5)).unwrap();
    let mut seen = 0;
    let mut reached = false;
    orders(&mut second.to_vec(), 0, &mut |order| {
        let people = first.iter().zip(order).map(|(one, other)| (*one, *other, 1));
        let own = gap_0_100(people, (4, 5), Confidence::NinetyFive).unwrap();
        if let Ok(interval) = own.interval {
            let own = interval.shown();
            assert!(low <= own.low + 1e-9 && own.high <= high + 1e-9);
            reached |= (own.low - low).abs() < 1e-9 && (own.high - high).abs() < 1e-9;
        }
        seen += 1;
    });
    assert!(seen == 120 && reached);
}

fn orders(places: &mut Vec<usize>, from: usize, each: &mut impl FnMut(&[usize])) {
    if from == places.len() {
        each(places);
        return;
    }
    for other in from..places.len() {
        places.swap(from, other);
        orders(places, from + 1, each);
        places.swap(from, other);
    }
}

#[test]
fn coded_counts_leave_a_gap_between_two_numbers_and_no_interval() {
    let told = gap([2, 5, 9, 16], [4, 3, 8, 9, 8]).unwrap();
    // (5 + 18 + 48) / 96 and (3 + 16 + 27 + 32) / 128 by hand.
    let real = 100.0 * (78.0 / 128.0 - 71.0 / 96.0);
    assert!(
        told.gap.0 <= real && real <= told.gap.1 && told.gap.0 < told.gap.1,
        "{told:?}"
    );
    let first = 100.0 * 71.0 / 96.0;
    assert!(told.first.0 <= first && first <= told.first.1);
    assert_eq!(told.interval, None);
}

#[test]
fn one_who_left_an_answer_out_takes_the_gap_away() {
    let survey = pair_survey(&["p"]);
    let mut records = pair_records(&survey, &[("p", [6, 6, 8, 12], [7, 7, 6, 6, 6])]);
    let answers = &mut records[0].answers;
    answers.insert(key("m.p.five"), none(Missing::DontKnow));
    assert_eq!(told(&records, &survey), Err(NoIndex::NotEverybody));
}

#[test]
fn few_people_have_no_gap() {
    assert_eq!(gap([1, 1, 2, 2], [1, 1, 1, 1, 2]), Err(NoIndex::NotPrinted));
}

#[test]
fn to_whom_it_matters_and_who_did_not_meet_it_lies_between_what_both_counts_leave() {
    let cell = |count| Cell {
        grain: Grain::TwoBands,
        what: vec![Category::Code(id("d"))],
        count,
        share: None,
    };
    let of = |first, second, answered, people| without(&cell(first), &cell(second), answered, people);
    assert_eq!(of(Count::Exact(20), Count::Exact(8), (29, 29), 29), (12, 20));
    assert_eq!(of(Count::AtLeast(24), Count::AtMost(5), (29, 29), 29), (19, 29));
    // Three left the second one out: they may be among the twenty.
    assert_eq!(of(Count::Exact(20), Count::Exact(8), (29, 26), 29), (9, 18));
    assert_eq!(of(Count::Hidden, Count::Exact(8), (29, 29), 29), (0, 21));
}
