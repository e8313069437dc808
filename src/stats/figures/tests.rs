//! Tests of this module: what the reference values cannot show.

mod finite;

use std::collections::BTreeMap;

use super::{Method, SurveyFigures, Versus, figures};
use crate::domain::answer::{Answer, Response};
use crate::domain::coding::{Coding, ROUND, Roster, SITE};
use crate::domain::id::Slug;
use crate::domain::missing::Missing;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::survey::Survey;
use crate::domain::survey::question::QuestionKind;
use crate::stats::adjusted::Adjustment;
use crate::stats::census::Users;
use crate::stats::collect::{By, Tallies};
use crate::stats::made_up::{
    choices, chose, chose_all, id, none, on_five, one_of, question, ranked, ranking_of, record, records_of,
    several_of, survey,
};
use crate::stats::undefined::Undefined;

fn of(survey: &Survey, records: &[InterviewRecord], method: &Method) -> SurveyFigures {
    let coding = Coding::of(survey, Vec::new());
    figures(&coding, &Tallies::of(survey, &[], records), method)
}

#[test]
fn hands_are_counted_by_people_and_no_persons() {
    let survey = survey("1", vec![question("h", QuestionKind::Count(choices("ab")))]);
    let group = |number, people, hands: [u32; 2]| {
        let hands = BTreeMap::from([(id("a"), hands[0]), (id("b"), hands[1])]);
        let mut group = record(&survey, number, &[("h", Response::Given(Answer::Hands(hands)))]);
        group.mode = Mode::Group { people };
        group
    };
    let figures = of(
        &survey,
        &[group(1, 5, [4, 1]), group(2, 3, [2, 0])],
        &Method::default(),
    );
    assert_eq!((figures.groups, figures.all.people), (2, 0));
    let item = &figures.all.items[0];
    let hands = item.hands.as_ref().unwrap();
    assert_eq!((hands.groups, hands.people, item.valid), (2, 8, 0));
    assert_eq!(hands.shares, [Ok(0.75), Ok(0.125)]);
    assert!(item.categories.is_empty());
}

#[test]
fn options_that_can_be_chosen_together_have_the_people_as_base() {
    let survey = survey("1", vec![several_of("m", "abX")]);
    let records: Vec<_> = (1..)
        .zip([
            chose_all("ab"),
            chose_all("a"),
            chose_all("x"),
            none(Missing::DontKnow),
        ])
        .map(|(number, response)| record(&survey, number, &[("m", response)]))
        .collect();
    let figures = of(&survey, &records, &Method::default());
    let item = &figures.all.items[0];
    assert_eq!((item.asked, item.valid), (4, 3));
    let shares: Vec<f64> = item.categories.iter().map(|c| c.share.unwrap().share).collect();
    for (share, expected) in shares.iter().zip([2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]) {
        assert!((share - expected).abs() < 1e-12);
    }
    assert_eq!(
        item.categories[0].percent,
        Err(Undefined::TooFewPeople { needed: 20 })
    );
}

#[test]
fn a_ranking_nobody_answered_says_so() {
    let survey = survey("1", vec![ranking_of("r", "ab")]);
    let nobody = of(&survey, &[], &Method::default());
    let ranking = nobody.all.items[0].ranking.as_ref().unwrap();
    assert_eq!(ranking.as_ref().err(), Some(&Undefined::NobodyAnswered));
    let one = of(
        &survey,
        &[record(&survey, 1, &[("r", ranked("ba"))])],
        &Method::default(),
    );
    let standings = one.all.items[0].ranking.as_ref().unwrap().as_ref().unwrap();
    assert_eq!((standings[0].first, standings[1].first), (0, 1));
}

#[test]
fn all_users_answered_leaves_a_mean_and_no_interval() {
    let survey = survey("1", vec![on_five("q")]);
    let method = Method {
        users: Some(Users::new(4)),
        ..Method::default()
    };
    let figures = of(&survey, &records_of(&survey, "q", &[("a", 1), ("e", 3)]), &method);
    assert_eq!(figures.response_rate, Some(Ok(1.0)));
    let of_users = figures.all.items[0].ordinal.as_ref().unwrap().of_users;
    assert_eq!(of_users, Some(Ok(crate::stats::census::Known::Everybody(4.0))));
}

/// Rounds and sites are backgrounds like any other; a version where an option had another code counts with the new one.
#[test]
fn rounds_sites_and_versions_are_counted_together() {
    let mut renamed = one_of("o", "xy");
    if let QuestionKind::One(choices) = &mut renamed.kind {
        choices.options[0].was = vec![id("z")];
        choices.options[1].retired = true;
    }
    let new = survey("2", vec![on_five("q"), renamed]);
    let old = survey("1", vec![on_five("q"), one_of("o", "zy")]);
    let rosters = vec![
        Roster {
            name: id(ROUND),
            levels: vec!["r1".to_owned(), "r2".to_owned()],
        },
        Roster {
            name: id(SITE),
            levels: vec!["north".to_owned()],
        },
    ];
    let by = [By::Roster(id(ROUND)), By::Roster(id(SITE))];
    let one = |survey: &Survey, number, round: &str, site: Option<&str>, level: &str, option: &str| {
        let mut record = record(survey, number, &[("q", chose(level)), ("o", chose(option))]);
        record.round = Slug::new(round).unwrap();
        record.site = site.map(|site| Slug::new(site).unwrap());
        record
    };
    let records = [
        one(&old, 1, "r1", Some("north"), "a", "z"),
        one(&old, 2, "r1", None, "b", "y"),
        one(&old, 3, "r1", None, "d", "z"),
        one(&new, 4, "r2", Some("north"), "e", "x"),
        one(&new, 5, "r2", Some("north"), "d", "x"),
        one(&new, 6, "r2", None, "d", "x"),
    ];
    let coding = Coding::of(&new, rosters);
    let tallies = Tallies::by(&coding, &[&old], &by, &records);
    let method = Method {
        tests: Some(Adjustment::Holm),
        ..Method::default()
    };
    let figures = figures(&coding, &tallies, &method);
    let counts: Vec<u32> = figures.all.items[1].categories.iter().map(|c| c.count).collect();
    assert_eq!(counts, [5, 1], "z is x now, and y is still counted");

    let rounds = &figures.splits[0];
    assert_eq!(
        rounds.groups.iter().map(|group| group.people).collect::<Vec<_>>(),
        [3, 3, 0]
    );
    let over = &rounds.comparisons[0];
    assert_eq!(over.pairs.len(), 1);
    assert_eq!(over.pairs[0].versus, Versus::Group(1, 0));
    let top = over.pairs[0].top.unwrap().unwrap();
    assert!((top.difference - 2.0 / 3.0).abs() < 1e-12);
    let run = over.run.unwrap().unwrap();
    assert_eq!(run.points, 2);
    assert_eq!(
        run.rules.shown().err(),
        Some(Undefined::TooFewPeople { needed: 10 })
    );
    // Two tests of the rounds, adjusted together by Holm: the smaller one doubled.
    let p: Vec<f64> = rounds
        .comparisons
        .iter()
        .flat_map(|item| &item.tests)
        .map(|test| test.of.p().unwrap().unadjusted())
        .collect();
    assert_eq!(p.len(), 2);
    let least = p[0].min(p[1]);
    let adjusted = rounds
        .comparisons
        .iter()
        .flat_map(|item| &item.tests)
        .map(|test| test.adjusted.unwrap())
        .fold(1.0, f64::min);
    assert!((adjusted - (2.0 * least).min(1.0)).abs() < 1e-12);

    let sites = &figures.splits[1];
    assert_eq!(
        sites.groups.iter().map(|group| group.people).collect::<Vec<_>>(),
        [3, 3]
    );
    assert!(sites.comparisons[0].pairs.is_empty(), "one site beside nothing");
}

#[test]
fn debug_shows_no_figure() {
    let survey = survey("1", vec![on_five("q")]);
    let figures = of(
        &survey,
        &records_of(&survey, "q", &[("a", 7)]),
        &Method::default(),
    );
    let shown = format!(
        "{figures:?} {:?} {:?} {:?} {:?}",
        figures.all, figures.all.items[0], figures.all.items[0].categories[0], figures.all.items[0].ordinal
    );
    assert!(!shown.contains('7'), "{shown}");
}
