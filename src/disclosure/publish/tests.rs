//! What may be printed, from the tallies of a survey to the item.

use std::collections::BTreeMap;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use crate::disclosure::made_up::{cells, item_of, json, people, printed, reason, standard};
use crate::disclosure::published::{
    Answers, Base, Count, Counted, Grain, HowMany, MissingShown, PublishedItem, Reason,
};
use crate::disclosure::row::policy::Policy;
use crate::disclosure::row::shape::Shape;
use crate::disclosure::row::worlds::Worlds;
use crate::domain::answer::{Answer, Response};
use crate::domain::missing::Missing;
use crate::domain::record::Mode;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::scale::{Bands, Scale};
use crate::stats::made_up::{
    choices, chose, chose_all, five, id, matrix, none, on_five, one_of, question, ranked, ranking_of, record,
    records_of, scale, several_of, survey, survey_with, text,
};

#[test]
fn a_scale_is_printed_with_its_bands_and_small_counts_coded() {
    let survey = survey("1", vec![on_five("q")]);
    let item = printed(&survey, "q", &[("a", 0), ("b", 4), ("c", 5), ("d", 9), ("e", 11)]);
    assert_eq!(item.base, Base::Shown { asked: 29, valid: 29 });
    assert_eq!(
        cells(&item, Grain::Levels),
        [
            ("a".to_owned(), Count::AtMost(5)),
            ("b".to_owned(), Count::AtMost(5)),
            ("c".to_owned(), Count::AtMost(5)),
            ("d".to_owned(), Count::Exact(9)),
            ("e".to_owned(), Count::Exact(11))
        ]
    );
    assert_eq!(
        cells(&item, Grain::ThreeBands),
        [
            ("ab".to_owned(), Count::AtMost(5)),
            ("c".to_owned(), Count::AtMost(5)),
            ("de".to_owned(), Count::Exact(20))
        ]
    );
    assert_eq!(
        cells(&item, Grain::TwoBands),
        [
            ("abc".to_owned(), Count::Exact(9)),
            ("de".to_owned(), Count::Exact(20))
        ]
    );
}

#[test]
fn what_the_exact_counts_would_give_away_is_printed_coarser() {
    let survey = survey("1", vec![on_five("q")]);
    let item = printed(&survey, "q", &[("a", 1), ("b", 3), ("c", 6), ("d", 9), ("e", 10)]);
    assert_eq!(cells(&item, Grain::Levels), []);
    assert_eq!(cells(&item, Grain::TwoBands).len(), 2);
}

#[test]
fn per_cent_stand_beside_exact_counts_and_from_twenty_people() {
    let survey = survey("1", vec![one_of("q", "yn")]);
    let share = |item: &PublishedItem| {
        item.cells()
            .iter()
            .map(|cell| cell.share.is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        share(&printed(&survey, "q", &[("y", 13), ("n", 7)])),
        [true, true]
    );
    assert_eq!(
        share(&printed(&survey, "q", &[("y", 12), ("n", 7)])),
        [false, false]
    );
    assert_eq!(
        share(&printed(&survey, "q", &[("y", 28), ("n", 1)])),
        [false, false]
    );
}

#[test]
fn ten_interviews_print_no_number_at_all() {
    let survey = survey("1", vec![on_five("q"), text("t")]);
    let published = standard(&survey, &records_of(&survey, "q", &[("a", 5), ("e", 5)]));
    let item = item_of(&published, "q");
    assert_eq!(
        (item.base, reason(&item)),
        (Base::Hidden, Some(Reason::TooFewInterviews))
    );
    assert_eq!(item_of(&published, "t").base, Base::Hidden);
}

#[test]
fn a_row_of_ten_prints_its_n_and_nothing_else() {
    let survey = survey("1", vec![on_five("q")]);
    let groups: [(usize, &[(&str, Response)]); 2] =
        [(10, &[("q", chose("e"))]), (4, &[("q", none(Missing::DontKnow))])];
    let item = item_of(&standard(&survey, &people(&survey, &groups)), "q");
    assert_eq!(item.base, Base::Shown { asked: 14, valid: 10 });
    assert_eq!(item.missing, MissingShown::Sum(4));
    assert_eq!(reason(&item), Some(Reason::TooFewAnswered));
    assert!(item.cells().iter().all(|cell| cell.count == Count::Hidden));
}

#[test]
fn sensitive_rows_have_stricter_limits() {
    let mut rows = matrix("m", &["r1", "r2"]);
    if let QuestionKind::Matrix { rows, .. } = &mut rows.kind {
        rows[1].sensitive = true;
    }
    let survey = survey("1", vec![rows]);
    let answer = |code| [("m.r1", chose(code)), ("m.r2", chose(code))];
    let records = people(&survey, &[(6, &answer("a")), (6, &answer("e"))]);
    let published = standard(&survey, &records);
    assert_eq!(cells(&item_of(&published, "m.r1"), Grain::Levels).len(), 5);
    assert_eq!(reason(&item_of(&published, "m.r2")), Some(Reason::TooFewAnswered));
}

#[test]
fn hands_of_three_groups_are_told_in_words() {
    let question = question("h", QuestionKind::Count(choices("ab")));
    let survey = survey("1", vec![question]);
    let groups = |numbers: std::ops::Range<u16>| -> Vec<_> {
        numbers
            .map(|number| {
                let hands = BTreeMap::from([(id("a"), 4), (id("b"), 1)]);
                let mut group = record(&survey, number, &[("h", Response::Given(Answer::Hands(hands)))]);
                group.mode = Mode::Group { people: 5 };
                group
            })
            .collect()
    };
    let told = item_of(&standard(&survey, &groups(0..3)), "h").hands.unwrap();
    let said: Vec<HowMany> = told.answers.iter().map(|answer| answer.said).collect();
    assert_eq!(
        (told.groups, told.people, said),
        (3, 15, vec![HowMany::Most, HowMany::Few])
    );
    assert!(item_of(&standard(&survey, &groups(0..2)), "h").hands.is_none());
}

#[test]
fn hands_for_options_that_are_tied_to_each_other_are_not_told() {
    let told = |codes: &str, min, max| {
        let choices = choices(codes);
        let survey = survey("1", vec![question("h", QuestionKind::Many { choices, min, max })]);
        let raised = codes.chars().map(|code| (id(&code.to_string()), 2));
        let answer = Response::Given(Answer::Hands(raised.collect()));
        let groups: Vec<_> = (0..3)
            .map(|number| {
                let mut group = record(&survey, number, &[("h", answer.clone())]);
                group.mode = Mode::Group { people: 10 };
                group
            })
            .collect();
        item_of(&standard(&survey, &groups), "h").hands.is_some()
    };
    assert!(told("abcd", None, None) && told("abcd", Some(1), Some(4)));
    // At most two each: three options that took nearly all leave few for the fourth.
    assert!(!told("abcd", None, Some(2)) && !told("abcd", Some(2), None));
    assert!(
        !told("ab", None, None),
        "who did not raise a hand for one did for the other"
    );
}

#[test]
fn options_of_several_are_printed_each_out_of_n() {
    let survey = survey("1", vec![several_of("m", "xyzN")]);
    let groups: [(usize, &[(&str, Response)]); 4] = [
        (14, &[("m", chose_all("xy"))]),
        (8, &[("m", chose_all("x"))]),
        (4, &[("m", chose_all("z"))]),
        (3, &[("m", chose_all("n"))]),
    ];
    let item = item_of(&standard(&survey, &people(&survey, &groups)), "m");
    assert!(matches!(
        item.answers,
        Answers::Row {
            counted: Counted::Several,
            ..
        }
    ));
    assert_eq!(
        cells(&item, Grain::Levels),
        [
            ("x".to_owned(), Count::Exact(22)),
            ("y".to_owned(), Count::Exact(14)),
            ("z".to_owned(), Count::AtMost(5)),
            ("n".to_owned(), Count::AtMost(5))
        ]
    );
}

#[test]
fn several_answers_with_a_greatest_number_are_coded_unless_nearly_everybody_chose_so_many() {
    let mut limited = several_of("m", "xyz");
    if let QuestionKind::Many { max, .. } = &mut limited.kind {
        *max = Some(2);
    }
    let survey = survey("1", vec![limited]);
    let shown = |answers: &[(usize, &str)]| {
        let each = answers
            .iter()
            .map(|(people, chosen)| (*people, [("m", chose_all(chosen))]))
            .collect::<Vec<_>>();
        let groups: Vec<(usize, &[(&str, Response)])> = each
            .iter()
            .map(|(people, answers)| (*people, answers.as_slice()))
            .collect();
        item_of(&standard(&survey, &people(&survey, &groups)), "m")
    };
    let some = shown(&[(9, "x"), (8, "yz"), (3, "y")]);
    let counts: Vec<Count> = some.cells().iter().map(|cell| cell.count).collect();
    assert_eq!(counts, [Count::Exact(9), Count::Exact(11), Count::Exact(8)]);
    let all = shown(&[(7, "xy"), (7, "yz"), (6, "xz")]);
    assert_eq!(reason(&all), Some(Reason::Protected));
}

#[test]
fn a_ranking_is_printed_by_its_first_choices() {
    let survey = survey("1", vec![ranking_of("r", "xyz")]);
    let records = people(
        &survey,
        &[
            (12, &[("r", ranked("xyz"))]),
            (9, &[("r", ranked("yx"))]),
            (8, &[("r", ranked("z"))]),
        ],
    );
    let item = item_of(&standard(&survey, &records), "r");
    let counts: Vec<Count> = item.cells().iter().map(|cell| cell.count).collect();
    assert_eq!(counts, [Count::Exact(12), Count::Exact(9), Count::Exact(8)]);
}

#[test]
fn a_scale_of_eleven_levels_begins_at_its_bands_from_thirteen_people() {
    let bands = |cells: &[&str]| -> Vec<Vec<crate::domain::id::Id>> {
        cells
            .iter()
            .map(|cell| cell.chars().map(|c| id(&c.to_string())).collect())
            .collect()
    };
    let three: [Vec<_>; 3] = bands(&["abcd", "efg", "hijk"]).try_into().unwrap();
    let two: [Vec<_>; 2] = bands(&["abcdefg", "hijk"]).try_into().unwrap();
    let eleven: Scale = scale(
        "abcdefghijk",
        Some(Bands {
            three: Some(three),
            two,
        }),
    );
    let kind = QuestionKind::Scale {
        scale: id("eleven"),
        faces: false,
    };
    let survey = survey_with("1", vec![(id("eleven"), eleven)], vec![question("q", kind)]);
    let item = printed(&survey, "q", &[("a", 9), ("e", 8), ("k", 8)]);
    assert_eq!(cells(&item, Grain::Levels), []);
    assert_eq!(
        cells(&item, Grain::ThreeBands),
        [
            ("abcd".to_owned(), Count::Exact(9)),
            ("efg".to_owned(), Count::Exact(8)),
            ("hijk".to_owned(), Count::Exact(8))
        ]
    );
}

fn reversed(scale: Scale) -> Scale {
    let mut levels = scale.levels;
    levels.reverse();
    let bands = scale.bands.map(|bands| {
        let mut three = bands.three;
        if let Some(three) = &mut three {
            three.reverse();
        }
        let mut two = bands.two;
        two.reverse();
        Bands { three, two }
    });
    Scale {
        levels,
        bands,
        ..scale
    }
}

const CODES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn by_code(counts: [usize; 5]) -> Vec<(&'static str, usize)> {
    CODES.into_iter().zip(counts).collect()
}

/// Printed counts by code, whatever the order of the cells and of the codes in them.
fn by_name(item: &PublishedItem) -> BTreeMap<(Grain, String), Count> {
    let grains = [Grain::Levels, Grain::Groups, Grain::ThreeBands, Grain::TwoBands];
    let all = grains
        .into_iter()
        .flat_map(|grain| cells(item, grain).into_iter().map(move |c| (grain, c)));
    all.map(|(grain, (name, count))| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        ((grain, letters.into_iter().collect()), count)
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_scale_read_from_its_other_end_prints_the_same(counts in proptest::array::uniform5(0_usize..7)) {
        let forwards = survey("1", vec![on_five("q")]);
        let backwards = survey_with("1", vec![(id("five"), reversed(five()))], vec![on_five("q")]);
        let one = printed(&forwards, "q", &by_code(counts));
        let other = printed(&backwards, "q", &by_code(counts));
        prop_assert_eq!(by_name(&one), by_name(&other));
    }

    #[test]
    fn options_in_another_order_print_the_same(
        counts in proptest::array::uniform5(0_usize..7),
        order in proptest::sample::subsequence(vec![0, 1, 2, 3, 4], 5),
        turn in 0_usize..5,
    ) {
        let mut order = order;
        order.rotate_left(turn);
        order.swap(0, turn);
        let letters: String = order.iter().map(|&place| CODES[place]).collect();
        let one = printed(&survey("1", vec![one_of("q", "abcde")]), "q", &by_code(counts));
        let other = printed(&survey("1", vec![one_of("q", &letters)]), "q", &by_code(counts));
        prop_assert_eq!(by_name(&one), by_name(&other));
    }

    #[test]
    fn people_in_another_order_print_the_same_bytes(counts in proptest::array::uniform5(0_usize..7)) {
        let survey = survey("1", vec![on_five("q")]);
        let mut records = records_of(&survey, "q", &by_code(counts));
        let one = json(&standard(&survey, &records));
        prop_assert_eq!(&one, &json(&standard(&survey, &records)));
        records.reverse();
        prop_assert_eq!(one, json(&standard(&survey, &records)));
    }

    /// What is hidden is nowhere in the bytes: data sets that print the same row are the same to the last byte.
    #[test]
    fn worlds_that_print_alike_are_alike_to_the_last_byte(counts in proptest::array::uniform5(0_usize..6)) {
        let survey = survey("1", vec![on_five("q")]);
        let people = counts.iter().sum::<usize>();
        let one = json(&standard(&survey, &records_of(&survey, "q", &by_code(counts))));
        let three = [vec![0, 1], vec![2], vec![3, 4]];
        let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
        let row = u32::try_from(people).unwrap();
        if let Some(policy) = Policy::decide(row, 5, &shape) {
            let small = counts.map(|count| u32::try_from(count).unwrap());
            let shown = policy.printed(&small);
            let mut alike: Option<[u32; 5]> = None;
            Worlds::new(row, 5).unwrap().each(|world| {
                if policy.printed(world) == shown && *world != small {
                    alike = Some(world.try_into().unwrap());
                }
            });
            if let Some(world) = alike {
                let other = records_of(&survey, "q", &by_code(world.map(|count| count as usize)));
                prop_assert_eq!(one, json(&standard(&survey, &other)));
            }
        }
    }
}
