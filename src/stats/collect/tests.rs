//! Tests of this module.

use std::collections::BTreeMap;

use super::Tallies;
use crate::domain::answer::{Answer, Response};
use crate::domain::missing::Missing;
use crate::domain::record::Mode;
use crate::domain::survey::Survey;
use crate::domain::survey::question::QuestionKind;
use crate::stats::made_up::{
    choices, chose, chose_all, equals, id, key, none, on_five, one_of, question, ranked, ranking_of, record,
    said, several_of, survey, text,
};

fn counts(tallies: &Tallies, item: &str) -> Vec<u32> {
    tallies.tally(&key(item)).unwrap().counts().to_vec()
}

#[test]
fn each_kind_of_question_is_counted_in_its_way() {
    let survey = survey(
        "1",
        vec![
            on_five("q"),
            several_of("m", "abX"),
            ranking_of("r", "abc"),
            text("t"),
        ],
    );
    let records = [
        record(
            &survey,
            1,
            &[
                ("q", chose("d")),
                ("m", chose_all("ab")),
                ("r", ranked("ba")),
                ("t", said("hei")),
            ],
        ),
        record(
            &survey,
            2,
            &[
                ("q", chose("d")),
                ("m", chose_all("x")),
                ("r", ranked("b")),
                ("t", none(Missing::Skipped)),
            ],
        ),
        record(
            &survey,
            3,
            &[("q", none(Missing::DontKnow)), ("m", chose_all("b"))],
        ),
    ];
    let tallies = Tallies::of(&survey, &[], &records);
    assert_eq!(tallies.interviews(), 3);
    assert_eq!(counts(&tallies, "q"), [0, 0, 0, 2, 0]);
    assert_eq!(counts(&tallies, "m"), [1, 2, 1]);
    assert_eq!(counts(&tallies, "r"), [0, 2, 0]);
    let q = tallies.tally(&key("q")).unwrap();
    assert_eq!((q.asked(), q.valid(), q.missing(Missing::DontKnow)), (3, 2, 1));
    let t = tallies.tally(&key("t")).unwrap();
    assert_eq!((t.asked(), t.valid()), (3, 1));
    assert_eq!(
        (t.missing(Missing::Skipped), t.missing(Missing::NotAsked)),
        (1, 1)
    );
}

#[test]
fn who_is_routed_past_is_in_no_count() {
    let mut follow_up = on_five("b");
    follow_up.show_if = Some(equals("a", "y"));
    let survey = survey("1", vec![one_of("a", "yn"), follow_up]);
    let records = [
        record(&survey, 1, &[("a", chose("y")), ("b", chose("e"))]),
        record(&survey, 2, &[("a", chose("n")), ("b", none(Missing::NotAsked))]),
        record(&survey, 3, &[("a", chose("y")), ("b", none(Missing::NotAsked))]),
        record(
            &survey,
            4,
            &[("a", none(Missing::WontSay)), ("b", none(Missing::NotAsked))],
        ),
    ];
    let tallies = Tallies::of(&survey, &[], &records);
    let b = tallies.tally(&key("b")).unwrap();
    assert_eq!((b.asked(), b.valid(), b.missing(Missing::NotAsked)), (2, 1, 1));
}

#[test]
fn hands_of_groups_are_no_persons() {
    let survey = survey(
        "1",
        vec![question("h", QuestionKind::Count(choices("ab"))), on_five("q")],
    );
    let mut group = record(
        &survey,
        1,
        &[(
            "h",
            Response::Given(Answer::Hands(BTreeMap::from([(id("a"), 4), (id("b"), 1)]))),
        )],
    );
    group.mode = Mode::Group { people: 5 };
    let tallies = Tallies::of(&survey, &[], &[group]);
    assert_eq!((tallies.interviews(), tallies.groups()), (0, 1));
    let hands = tallies.tally(&key("h")).unwrap();
    assert_eq!(
        (hands.hands().groups, hands.hands().counts.clone()),
        (1, vec![4, 1])
    );
    assert_eq!((hands.asked(), tallies.tally(&key("q")).unwrap().asked()), (0, 0));
}

#[test]
fn hands_for_a_question_that_one_person_answers_too_are_kept_apart_from_the_persons() {
    let survey = survey("1", vec![on_five("q")]);
    let raised = Answer::Hands(BTreeMap::from([(id("a"), 4), (id("e"), 2)]));
    let mut group = record(&survey, 1, &[("q", Response::Given(raised))]);
    group.mode = Mode::Group { people: 5 };
    let one = record(&survey, 2, &[("q", chose("b"))]);
    let tallies = Tallies::of(&survey, &[], &[group, one]);
    assert_eq!(counts(&tallies, "q"), [0, 1, 0, 0, 0]);
    let hands = tallies.tally(&key("q")).unwrap().hands();
    assert_eq!((hands.people, hands.counts.clone()), (5, vec![4, 0, 0, 0, 2]));
}

fn with_options(version: &str, options: &str) -> Survey {
    survey(version, vec![one_of("a", options), on_five("q")])
}

#[test]
fn versions_count_together_and_say_where_they_differ() {
    let (new, old) = (with_options("2", "xyz"), with_options("1", "xy"));
    let records = [
        record(&new, 1, &[("a", chose("z")), ("q", chose("a"))]),
        record(&old, 2, &[("a", chose("x"))]),
    ];
    let tallies = Tallies::of(&new, &[&old], &records);
    assert_eq!(counts(&tallies, "a"), [1, 0, 1]);
    assert!(tallies.tally(&key("a")).unwrap().versions_differ());
    assert!(!tallies.tally(&key("q")).unwrap().versions_differ());
    let unused = Tallies::of(&new, &[&old], records.iter().take(1));
    assert!(!unused.tally(&key("a")).unwrap().versions_differ());
    let unknown = Tallies::of(&new, &[], &records);
    assert_eq!((unknown.interviews(), unknown.left_out()), (1, 1));
}

#[test]
fn a_renamed_option_counts_under_its_new_code() {
    let mut renamed = one_of("a", "xy");
    if let QuestionKind::One(choices) = &mut renamed.kind {
        choices.options[0].was = vec![id("old")];
    }
    let survey = survey("1", vec![renamed]);
    let records = [
        record(&survey, 1, &[("a", chose("old"))]),
        record(&survey, 2, &[("a", chose("gone"))]),
    ];
    let tallies = Tallies::of(&survey, &[], &records);
    let a = tallies.tally(&key("a")).unwrap();
    assert_eq!((a.counts(), a.valid(), a.unknown()), (&[1, 0][..], 2, 1));
}

#[test]
fn debug_shows_no_count() {
    let survey = survey("1", vec![on_five("q")]);
    let tallies = Tallies::of(&survey, &[], &[record(&survey, 1, &[("q", chose("a"))])]);
    let shown = format!("{tallies:?} {:?} {:?}", tallies.all(), tallies.all()[0].hands());
    assert_eq!(shown, "Tallies(1 items, ..) [Tally(q, ..)] Hands(..)");
}
