//! Tests of what is printed by groups.

use std::collections::BTreeMap;

use crate::disclosure::breakdown::{Breakdowns, Declared};
use crate::disclosure::made_up::{item_of, reason, settings};
use crate::disclosure::policies::Policies;
use crate::disclosure::publish::{added_breakdown, publish, publish_by};
use crate::disclosure::published::{
    Category, Count, GroupAnswers, NoBreakdown, Published, PublishedBreakdown, Reason,
};
use crate::domain::coding::{Coding, Roster};
use crate::domain::evaluation::ProfileName;
use crate::domain::id::Slug;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::Survey;
use crate::stats::collect::{By, Tallies};
use crate::stats::made_up::{
    chose, chose_all, id, key, none, on_five, one_of, ranked, ranking_of, record, several_of, survey,
};

/// People by site and answer.
fn people(survey: &Survey, groups: &[(&str, &str, usize)]) -> Vec<InterviewRecord> {
    let each = groups
        .iter()
        .flat_map(|(site, answer, count)| std::iter::repeat_n((*site, *answer), *count));
    let each = (0..).zip(each);
    each.map(|(number, (site, answer))| {
        let response = if answer.is_empty() {
            none(crate::domain::missing::Missing::Skipped)
        } else {
            chose(answer)
        };
        let mut record = record(survey, number, &[("q", response)]);
        record.site = Slug::new(site).ok();
        record
    })
    .collect()
}

const SITES: [&str; 3] = ["north", "south", "west"];

fn sites() -> Roster {
    Roster {
        name: id("site"),
        levels: SITES.map(str::to_owned).to_vec(),
    }
}

fn by_site() -> Breakdowns {
    let mut breakdowns = Breakdowns::new(vec![Declared {
        by: id("site"),
        levels: SITES.map(str::to_owned).to_vec(),
        known: true,
        merge: Vec::new(),
    }]);
    breakdowns.declare(key("q"), 0).unwrap();
    breakdowns
}

fn tallies(survey: &Survey, records: &[InterviewRecord]) -> Tallies {
    let coding = Coding::of(survey, vec![sites()]);
    Tallies::by(&coding, &[], &[By::Roster(id("site"))], records)
}

fn published(survey: &Survey, groups: &[(&str, &str, usize)]) -> Published {
    let tallies = tallies(survey, &people(survey, groups));
    let settings = settings(ProfileName::Standard);
    publish_by(&mut Policies::default(), survey, &tallies, &settings, &by_site()).unwrap()
}

fn breakdown(survey: &Survey, groups: &[(&str, &str, usize)]) -> PublishedBreakdown {
    item_of(&published(survey, groups), "q").breakdown.unwrap()
}

fn why(breakdown: &PublishedBreakdown) -> Option<NoBreakdown> {
    match breakdown.answers {
        GroupAnswers::Hidden { reason } => Some(reason),
        GroupAnswers::Row { .. } => None,
    }
}

#[test]
fn a_question_is_printed_by_its_groups_beside_the_whole() {
    let survey = survey("1", vec![on_five("q")]);
    let shown = breakdown(
        &survey,
        &[
            ("north", "d", 9),
            ("north", "b", 6),
            ("south", "e", 6),
            ("south", "c", 8),
        ],
    );
    let upper: Vec<Category> = ["d", "e"].map(|code| Category::Code(id(code))).to_vec();
    assert_eq!(
        shown.answers,
        GroupAnswers::Row {
            what: upper,
            counts: vec![Count::Exact(9), Count::Exact(6)],
            complete: true,
            bands: Vec::new(),
        }
    );
    let sizes: Vec<(Vec<usize>, u32)> = shown
        .groups
        .iter()
        .map(|group| (group.levels.clone(), group.people))
        .collect();
    assert_eq!(sizes, [(vec![0], 15), (vec![1], 14)]);
}

#[test]
fn three_bands_are_told_by_groups_where_the_whole_tells_all_of_them() {
    let survey = survey("1", vec![on_five("q")]);
    let bands = |of_each: usize| {
        let one = |site| {
            let levels = [("a", 1), ("b", 1), ("c", 2), ("d", 1), ("e", 1)];
            levels.map(|(level, times)| (site, level, times * of_each))
        };
        let people: Vec<_> = [one("north"), one("south")].concat();
        published(&survey, &people)
    };
    let codes =
        |codes: &[&str]| -> Vec<Category> { codes.iter().map(|code| Category::Code(id(code))).collect() };
    // 60 people, of whom every set of answers is looked at, and 120.
    for of_each in [5_u32, 10] {
        let shown = bands(of_each as usize);
        let counts = vec![Count::Exact(2 * of_each); 2];
        let own = item_of(&shown, "q").breakdown.unwrap();
        let told: Vec<(Vec<Category>, Vec<Count>)> = own
            .bands()
            .iter()
            .map(|band| (band.what.clone(), band.counts.clone()))
            .collect();
        assert_eq!(
            told,
            [(codes(&["a", "b"]), counts.clone()), (codes(&["c"]), counts)]
        );
        assert_eq!(shown.format(), 4);
    }
}

#[test]
fn a_group_with_few_is_coded_and_a_small_one_merged() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let shown = breakdown(
        &survey,
        &[
            ("north", "y", 2),
            ("north", "n", 13),
            ("south", "y", 9),
            ("south", "n", 4),
            ("west", "y", 1),
        ],
    );
    assert_eq!(shown.groups[1].levels, [1, 2]);
    assert_eq!(shown.counts(), [Count::AtMost(5), Count::AtLeast(7)]);
}

#[test]
fn what_a_breakdown_gives_away_is_not_printed_of_the_whole() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let groups = [
        ("north", "y", 13),
        ("north", "n", 2),
        ("south", "y", 11),
        ("south", "n", 3),
    ];
    let with = item_of(&published(&survey, &groups), "q");
    let alone = publish(
        &survey,
        &Tallies::of(&survey, &[], &people(&survey, &groups)),
        &settings(ProfileName::Standard),
    );
    assert_eq!(item_of(&alone, "q").cells()[0].count, Count::AtLeast(24));
    assert_eq!(with.cells()[0].count, Count::AtLeast(23));
    assert_eq!(why(&with.breakdown.unwrap()), Some(NoBreakdown::WholeNotExact));
}

#[test]
fn how_many_of_a_group_answered_is_not_printed() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let group = |north: usize, south: usize| {
        breakdown(
            &survey,
            &[
                ("north", "y", 7),
                ("north", "n", 9 - north),
                ("north", "", north),
                ("south", "y", 7),
                ("south", "n", 9 - south),
                ("south", "", south),
            ],
        )
    };
    assert_eq!(group(1, 0), group(0, 1));
    assert!(matches!(
        group(1, 0).answers,
        GroupAnswers::Row { complete: false, .. }
    ));
}

#[test]
fn groups_too_small_are_told_by_their_size_and_cost_the_whole_nothing() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let groups = [
        ("north", "y", 19),
        ("north", "n", 2),
        ("south", "y", 5),
        ("south", "n", 3),
    ];
    let item = item_of(&published(&survey, &groups), "q");
    assert_eq!(item.cells()[0].count, Count::AtLeast(24));
    assert_eq!(why(&item.breakdown.unwrap()), Some(NoBreakdown::GroupsTooSmall));
}

#[test]
fn the_limit_that_is_told_is_the_one_that_was_used() {
    let survey = survey("1", vec![on_five("q")]);
    let least = |groups: &[(&str, &str, usize)]| {
        let published = published(&survey, groups);
        let item = item_of(&published, "q");
        assert_eq!(reason(&item), Some(Reason::TooFewAnswered));
        (item.valid().unwrap(), item.least_answered(published.terms()))
    };
    // Split by two sites that are large enough, a row needs room for one more on either side.
    let twelve = |site| [(site, "a", 2), (site, "d", 4), (site, "", 6)];
    assert_eq!(least(&[twelve("north"), twelve("south")].concat()), (12, 13));
    // Sites that are too small cost nothing.
    let small = |site| [(site, "a", 2), (site, "d", 3), (site, "", 1)];
    assert_eq!(least(&[small("north"), small("south")].concat()), (10, 11));
}

#[test]
fn a_group_in_which_too_few_answered_prints_nothing() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let groups = [
        ("north", "y", 7),
        ("north", "n", 8),
        ("south", "y", 10),
        ("south", "", 3),
    ];
    assert_eq!(
        why(&breakdown(&survey, &groups)),
        Some(NoBreakdown::TooFewAnswered)
    );
}

#[test]
fn a_question_without_a_cut_is_split_by_the_answer_nearest_to_half_of_everybody() {
    let survey = survey("1", vec![one_of("q", "xyz")]);
    let groups = [
        ("north", "x", 10),
        ("north", "y", 8),
        ("south", "z", 10),
        ("south", "y", 8),
    ];
    // y: 16 of 36, x and z 10 each.
    let shown = breakdown(&survey, &groups);
    assert_eq!(
        shown.answers,
        GroupAnswers::Row {
            what: vec![Category::Code(id("y"))],
            counts: vec![Count::Exact(8), Count::Exact(8)],
            complete: true,
            bands: Vec::new(),
        }
    );
}

#[test]
fn where_no_answer_is_told_exactly_none_is_told_by_groups() {
    let survey = survey("1", vec![one_of("q", "xyz")]);
    let groups = [("north", "x", 18), ("south", "x", 16), ("south", "y", 2)];
    assert_eq!(
        why(&breakdown(&survey, &groups)),
        Some(NoBreakdown::WholeNotExact)
    );
}

#[test]
fn a_breakdown_added_later_takes_the_whole_as_it_was_printed() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let settings = settings(ProfileName::Standard);
    let add = |groups: &[(&str, &str, usize)]| {
        let records = people(&survey, groups);
        let first = publish(&survey, &Tallies::of(&survey, &[], &records), &settings);
        let tallies = tallies(&survey, &records);
        let mut policies = Policies::default();
        added_breakdown(
            &mut policies,
            &survey,
            &tallies,
            &settings,
            &by_site(),
            (&first, &key("q")),
        )
        .unwrap()
        .unwrap()
    };
    let middle = add(&[
        ("north", "y", 7),
        ("north", "n", 8),
        ("south", "y", 6),
        ("south", "n", 8),
    ]);
    assert_eq!(middle.counts(), [Count::Exact(7), Count::Exact(6)]);
    let high = add(&[
        ("north", "y", 13),
        ("north", "n", 2),
        ("south", "y", 11),
        ("south", "n", 3),
    ]);
    assert_eq!(why(&high), Some(NoBreakdown::WholeNotExact));
}

#[test]
fn people_and_groups_in_another_order_print_the_same() {
    let survey = survey("1", vec![on_five("q")]);
    let groups = [
        ("north", "d", 3),
        ("north", "b", 12),
        ("south", "e", 9),
        ("south", "c", 5),
    ];
    let mut records = people(&survey, &groups);
    let settings = settings(ProfileName::Standard);
    let print = |records: &[InterviewRecord]| {
        let tallies = tallies(&survey, records);
        publish_by(&mut Policies::default(), &survey, &tallies, &settings, &by_site()).unwrap()
    };
    let one = print(&records);
    records.reverse();
    assert_eq!(one, print(&records));
    let turned = groups.map(|(site, answer, count)| {
        let other = BTreeMap::from([("north", "south"), ("south", "north")]);
        (other[site], answer, count)
    });
    let mut other = breakdown(&survey, &turned).counts().to_vec();
    other.reverse();
    assert_eq!(breakdown(&survey, &groups).counts(), other);
    assert_eq!(other.len(), 2);
}

/// People by site and the options they chose, a letter each.
fn choosing(survey: &Survey, groups: &[(&str, &str, usize)]) -> Vec<InterviewRecord> {
    let each = groups
        .iter()
        .flat_map(|(site, answer, count)| std::iter::repeat_n((*site, *answer), *count));
    (0..)
        .zip(each)
        .map(|(number, (site, answer))| {
            let mut record = record(survey, number, &[("q", chose_all(answer))]);
            record.site = Slug::new(site).ok();
            record
        })
        .collect()
}

#[test]
fn of_several_answers_the_option_nearest_to_half_is_told_by_groups() {
    let survey = survey("1", vec![several_of("q", "abcZ")]);
    let groups = [
        ("north", "ab", 8),
        ("north", "b", 4),
        ("north", "c", 4),
        ("south", "a", 7),
        ("south", "bc", 6),
        ("south", "z", 3),
    ];
    let tallies = tallies(&survey, &choosing(&survey, &groups));
    let settings = settings(ProfileName::Standard);
    let published = publish_by(&mut Policies::default(), &survey, &tallies, &settings, &by_site()).unwrap();
    let shown = item_of(&published, "q").breakdown.unwrap();
    // 15 of 32 chose a, 18 b and 10 c: a is nearest to 16. Groups are coded with k + 1.
    assert_eq!(
        shown.answers,
        GroupAnswers::Row {
            what: vec![Category::Code(id("a"))],
            counts: vec![Count::Exact(8), Count::Exact(7)],
            complete: true,
            bands: Vec::new(),
        }
    );
}

#[test]
fn of_several_answers_no_groups_are_added_to_a_whole_that_did_not_look_after_them() {
    let survey = survey("1", vec![several_of("q", "abc")]);
    let groups = [("north", "ab", 16), ("south", "bc", 10), ("south", "a", 6)];
    let records = choosing(&survey, &groups);
    let settings = settings(ProfileName::Standard);
    let whole = publish(&survey, &Tallies::of(&survey, &[], &records), &settings);
    let added = added_breakdown(
        &mut Policies::default(),
        &survey,
        &tallies(&survey, &records),
        &settings,
        &by_site(),
        (&whole, &key("q")),
    );
    assert_eq!(added.unwrap(), None);
}

#[test]
fn the_first_choice_of_a_ranking_is_split_as_an_option_is() {
    let survey = survey("1", vec![ranking_of("q", "abc")]);
    let answers = |site: &'static str, first: &'static str, count| std::iter::repeat_n((site, first), count);
    let each = answers("north", "ab", 8)
        .chain(answers("north", "ba", 4))
        .chain(answers("north", "cb", 4))
        .chain(answers("south", "ac", 7))
        .chain(answers("south", "bc", 9));
    let records: Vec<InterviewRecord> = (0..)
        .zip(each)
        .map(|(number, (site, order))| {
            let mut record = record(&survey, number, &[("q", ranked(order))]);
            record.site = Slug::new(site).ok();
            record
        })
        .collect();
    let settings = settings(ProfileName::Standard);
    let tallies = tallies(&survey, &records);
    let published = publish_by(&mut Policies::default(), &survey, &tallies, &settings, &by_site()).unwrap();
    let shown = item_of(&published, "q").breakdown.unwrap();
    let GroupAnswers::Row { what, counts, .. } = shown.answers else {
        panic!("{shown:?}");
    };
    assert_eq!(what, [Category::Code(id("a"))]);
    assert_eq!(counts, [Count::Exact(8), Count::Exact(7)]);
}
