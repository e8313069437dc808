//! Tests of medians, means and indices as they follow from printed rows.

use std::collections::BTreeSet;

use crate::disclosure::breakdown::{Breakdowns, Declared};
use crate::disclosure::made_up::{item_of, people, printed, settings, standard};
use crate::disclosure::policies::Policies;
use crate::disclosure::publish::publish_by;
use crate::disclosure::release::KeptRelease;
use crate::domain::answer::Response;
use crate::domain::coding::{Coding, Roster};
use crate::domain::evaluation::ProfileName;
use crate::domain::id::Slug;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::survey::Survey;
use crate::domain::survey::scale::Good;
use crate::stats::collect::{By, Tallies};
use crate::stats::made_up::{chose, five, id, key, none, on_five, survey, survey_with, words};

use super::{Averages, Mean, Median, NoIndex, averages, indices, means_apart};

fn of(counts: [usize; 5]) -> Averages {
    let survey = survey("1", vec![on_five("q")]);
    let counts: Vec<(&str, usize)> = ["a", "b", "c", "d", "e"].into_iter().zip(counts).collect();
    let item = printed(&survey, "q", &counts);
    averages(&survey.item(&key("q")).unwrap(), &item).unwrap()
}

#[test]
fn where_every_count_is_printed_the_mean_is_that_of_the_answers() {
    // By hand: s = 6 + 12 + 18 + 24 + 40 = 100, q = 6 + 24 + 54 + 96 + 200 = 380, n = 32.
    let of = of([6, 6, 6, 6, 8]);
    let Some(Mean::Exact { mean, sd, interval }) = of.mean else {
        panic!("{of:?}");
    };
    assert!((mean - 3.125).abs() < 1e-12);
    assert!((sd.unwrap() - ((380.0 * 32.0 - 100.0 * 100.0) / (32.0 * 31.0_f64)).sqrt()).abs() < 1e-12);
    assert!(interval.unwrap().low < 3.125 && !interval.unwrap().cut);
    assert_eq!(of.median, Some(Median::At(id("c"))));
    assert_eq!((of.first, of.last), (1, 5));
    // Places 8.75 and 24.25 of 6 1s, 6 2s, 6 3s, 6 4s and 8 5s.
    assert_eq!(of.quartiles, Some((2.0, 4.25)));
}

#[test]
fn two_rounds_whose_counts_are_all_printed_are_set_apart_as_their_answers_are() {
    let survey = survey("1", vec![on_five("q")]);
    let item = survey.item(&key("q")).unwrap();
    let of = |counts: [usize; 5]| {
        let counts: Vec<(&str, usize)> = ["a", "b", "c", "d", "e"].into_iter().zip(counts).collect();
        printed(&survey, "q", &counts)
    };
    let before = of([6, 6, 6, 6, 6]);
    let apart = means_apart(&item, &before, &of([6, 6, 7, 9, 9])).unwrap();
    assert!((apart.before - 3.0).abs() < 1e-12 && (apart.after - 120.0 / 37.0).abs() < 1e-12);
    // scipy 1.17, ttest_ind(equal_var=False).confidence_interval(), and delta by comparing each with each.
    let interval = apart.difference.interval;
    assert!((apart.difference.difference - 0.243_243_243_243_243).abs() < 1e-12);
    assert!((interval.low - -0.459_639_415_122_081).abs() < 1e-9);
    assert!((interval.high - 0.946_125_901_608_568).abs() < 1e-9);
    assert!((apart.delta.0 - 0.097_297_297_297_297).abs() < 1e-12 && apart.delta.1.is_some());
    assert_eq!(means_apart(&item, &before, &of([1, 2, 6, 10, 11])), None);
}

#[test]
fn levels_that_are_just_numbers_count_as_those_numbers() {
    let mut numbers = five();
    numbers.numeric = true;
    numbers.good = Good::Low;
    for (level, value) in numbers.levels.iter_mut().zip(0..) {
        level.value = Number::whole(value);
    }
    let survey = survey_with("1", vec![(id("five"), numbers)], vec![on_five("q")]);
    let counts: Vec<(&str, usize)> = ["a", "b", "c", "d", "e"]
        .into_iter()
        .zip([6, 6, 6, 6, 8])
        .collect();
    let of = averages(&survey.item(&key("q")).unwrap(), &printed(&survey, "q", &counts)).unwrap();
    assert_eq!((of.first, of.last), (0, 4));
    assert!(matches!(of.mean, Some(Mean::Exact { mean, .. }) if (mean - 2.125).abs() < 1e-12));
}

#[test]
fn two_people_in_the_middle_may_have_given_two_answers() {
    assert_eq!(
        of([10, 8, 6, 6, 6]).median,
        Some(Median::Between(id("b"), id("c")))
    );
}

#[test]
fn coded_counts_leave_a_mean_between_two_numbers_and_perhaps_a_median() {
    let of = of([4, 3, 8, 9, 8]);
    let Some(Mean::Within { low, high }) = of.mean else {
        panic!("{of:?}");
    };
    let real = f64::from(4 + 2 * 3 + 3 * 8 + 4 * 9 + 5 * 8) / 32.0;
    assert!(low <= real && real <= high && high - low < 0.2, "{low} {high}");
    assert_eq!(of.median, Some(Median::At(id("d"))));
}

/// Every set of counts that prints the same lies within, so the figures tell it from none of them.
#[test]
fn sets_of_answers_that_print_alike_have_the_same_figures_and_all_lie_within() {
    let survey = survey("1", vec![on_five("q")]);
    let item = survey.item(&key("q")).unwrap();
    let codes = ["a", "b", "c", "d", "e"];
    for counts in [[2, 1, 4, 7, 9], [1, 5, 2, 6, 9], [0, 0, 9, 7, 7], [5, 4, 5, 4, 5]] {
        let shown = printed(&survey, "q", &codes.into_iter().zip(counts).collect::<Vec<_>>());
        let figures = averages(&item, &shown).unwrap();
        for (from, to) in [(0, 1), (1, 0), (1, 2), (3, 4), (4, 3), (2, 3)] {
            let mut moved = counts;
            if moved[from] == 0 {
                continue;
            }
            moved[from] -= 1;
            moved[to] += 1;
            let other = printed(&survey, "q", &codes.into_iter().zip(moved).collect::<Vec<_>>());
            if other.answers == shown.answers {
                assert_eq!(averages(&item, &other).unwrap(), figures);
                let sum: usize = moved.iter().zip(1..).map(|(count, value)| count * value).sum();
                let mean = f64::from(u32::try_from(sum).unwrap()) / 23.0;
                if let Some(Mean::Within { low, high }) = figures.mean {
                    assert!(low <= mean && mean <= high);
                }
            }
        }
    }
}

fn two_items() -> Survey {
    let in_dimension = |name: &str| {
        let mut question = on_five(name);
        question.dimension = Some(id("hjelp"));
        question
    };
    let made = survey("1", vec![in_dimension("q"), in_dimension("r")]);
    let mut parts = made.parts().clone();
    parts.dimensions = vec![(id("hjelp"), words("Hjelp"))];
    Survey::new(parts).unwrap()
}

#[test]
fn an_index_follows_where_everybody_answered_everything() {
    let survey = two_items();
    let answers = |one: &str, other: &str| [("q", chose(one)), ("r", chose(other))];
    let mut groups: Vec<(usize, [(&str, Response); 2])> = Vec::new();
    for (count, one, other) in [
        (7, "a", "e"),
        (7, "b", "d"),
        (6, "c", "c"),
        (6, "d", "b"),
        (6, "e", "e"),
    ] {
        groups.push((count, answers(one, other)));
    }
    let of = |groups: &[(usize, [(&str, Response); 2])]| {
        let groups: Vec<(usize, &[(&str, Response)])> = groups
            .iter()
            .map(|(count, answers)| (*count, &answers[..]))
            .collect();
        standard(&survey, &people(&survey, &groups))
    };
    let published = of(&groups);
    let index = &indices(&survey, &published)[0];
    // q: (7 * 25 + 6 * 50 + 6 * 75 + 6 * 100) / 32 = 47.65625; r: (6 * 25 + 6 * 50 + 7 * 75 + 13 * 100) / 32 = 71.09375.
    let (low, high) = index.index.unwrap();
    assert!(
        (index.items, index.people) == (2, 32) && low <= 59.375 && 59.375 <= high,
        "{index:?}"
    );

    groups[0].1[1].1 = none(Missing::Skipped);
    let published = of(&groups);
    assert_eq!(indices(&survey, &published)[0].index, Err(NoIndex::NotEverybody));
    assert!(item_of(&published, "r").valid().is_some());
}

fn three_items() -> Survey {
    let mut parts = two_items().parts().clone();
    let mut third = on_five("s");
    third.dimension = Some(id("hjelp"));
    parts.sections[0].questions.push(third);
    Survey::new(parts).unwrap()
}

/// 32 people over five levels of three items, the second and third moved along by so much.
fn all_told(by: usize) -> Vec<(usize, [(&'static str, Response); 3])> {
    let levels = ["a", "b", "c", "d", "e"];
    let level = |place: usize| chose(levels[place % 5]);
    let groups = (0..).zip([7, 7, 6, 6, 6]);
    groups
        .map(|(place, count)| {
            let answers = [
                ("q", level(place)),
                ("r", level(place + by)),
                ("s", level(place + 2 * by)),
            ];
            (count, answers)
        })
        .collect()
}

#[test]
fn alpha_is_told_where_every_count_of_every_item_is() {
    let survey = three_items();
    let publish = |groups: &[(usize, [(&str, Response); 3])]| {
        let groups: Vec<(usize, &[(&str, Response)])> = groups
            .iter()
            .map(|(count, answers)| (*count, &answers[..]))
            .collect();
        standard(&survey, &people(&survey, &groups))
    };
    let published = publish(&all_told(0));
    let beside = &published.dimensions()[0];
    let alpha = beside.alpha.unwrap();
    assert!((alpha.alpha - 1.0).abs() < 1e-9, "the same answer three times");
    assert!(beside.low < 48.0 && 48.0 < beside.high);
    assert_eq!(published.format(), 3);
    let kept = KeptRelease::new(published.clone(), BTreeSet::new());
    assert_eq!(
        KeptRelease::read(&serde_json::to_vec(&kept).unwrap()).unwrap(),
        kept
    );
    assert_eq!(indices(&survey, &published)[0].beside.as_ref(), Some(beside));

    // Fewer gave one answer, and counts are coded.
    let mut coded = all_told(0);
    (coded[3].0, coded[4].0) = (10, 2);
    assert!(publish(&coded).dimensions().is_empty());
    // Somebody left one out.
    let mut missing = all_told(0);
    missing[0].1[2].1 = none(Missing::Skipped);
    assert!(publish(&missing).dimensions().is_empty());
}

#[test]
fn alpha_is_not_told_beside_groups() {
    let survey = three_items();
    let groups = all_told(1);
    let groups: Vec<(usize, &[(&str, Response)])> = groups
        .iter()
        .map(|(count, answers)| (*count, &answers[..]))
        .collect();
    let mut records = people(&survey, &groups);
    for (place, record) in records.iter_mut().enumerate() {
        record.site = Some(Slug::new(if place % 2 == 0 { "north" } else { "south" }).unwrap());
    }
    let levels = ["north", "south"].map(str::to_owned).to_vec();
    let roster = Roster {
        name: id("site"),
        levels: levels.clone(),
    };
    let coding = Coding::of(&survey, vec![roster]);
    let tallies = Tallies::by(&coding, &[], &[By::Roster(id("site"))], &records);
    let publish = |split: bool| {
        let mut breakdowns = Breakdowns::new(vec![Declared {
            by: id("site"),
            levels: levels.clone(),
            known: true,
            merge: Vec::new(),
        }]);
        if split {
            breakdowns.declare(key("s"), 0).unwrap();
        }
        let settings = settings(ProfileName::Standard);
        publish_by(
            &mut Policies::default(),
            &survey,
            &tallies,
            &settings,
            &breakdowns,
        )
        .unwrap()
    };
    assert_eq!(publish(false).dimensions().len(), 1);
    assert!(publish(true).dimensions().is_empty());
}
