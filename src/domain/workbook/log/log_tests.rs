//! The log: each thing once, taken back and again, and nothing of interviews that are gone.

use std::collections::BTreeSet;

use super::{Change, Log};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::workbook::quote::Place;
use crate::domain::workbook::theme::tests::{answer, id};
use crate::domain::workbook::{Stamp, Workbook};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

fn named(log: &mut Log, coder: &str, name: &str) -> Stamp {
    let theme = id("venting");
    let name = CleanText::line(name);
    log.add(&id(coder), 1, Change::ThemeName { theme, name }).stamp
}

fn names_in_force(log: &Log) -> Vec<String> {
    log.in_force()
        .filter_map(|(_, change)| match change {
            Change::ThemeName { name, .. } => Some(name.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn what_is_taken_back_comes_back_when_that_is_taken_back_too() {
    let mut log = Log::default();
    named(&mut log, "a", "Venting");
    let second = named(&mut log, "a", "Å vente");
    let back = log
        .add(
            &id("a"),
            1,
            Change::TakenBack {
                event: second.clone(),
            },
        )
        .stamp;
    assert_eq!(names_in_force(&log), ["Venting"]);
    log.add(&id("b"), 7, Change::TakenBack { event: back });
    assert_eq!(names_in_force(&log), ["Venting", "Å vente"]);
}

#[test]
fn nothing_stays_of_an_interview_that_is_gone() {
    let mut log = Log::default();
    let theme = id("venting");
    for number in [1, 2] {
        let answer = answer(number);
        let theme = theme.clone();
        log.add(&id("a"), 1, Change::Tag { answer, theme });
    }
    let gone = BTreeSet::from([answer(1).interview]);
    log.forget(&gone);
    assert_eq!(log.len(), 1);
    assert!(
        log.events()
            .all(|(_, change)| change.answer() == Some(&answer(2)))
    );
}

#[test]
fn no_text_shows_in_debug() {
    let mut log = Log::default();
    named(&mut log, "a", "Kari");
    assert!(!format!("{log:?} {:?}", log.events().collect::<Vec<_>>()).contains("Kari"));
}

/// Anything two coders can do with three themes and three answers.
fn change() -> impl Strategy<Value = Change> {
    let theme = || prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(|text| Id::new(text).unwrap());
    let answer = || (0..3_u8).prop_map(answer);
    let stamp = || {
        (1..12_u64, prop_oneof![Just("x"), Just("y")]).prop_map(|(clock, coder)| Stamp {
            clock,
            coder: id(coder),
            run: 1,
        })
    };
    let place = Place { from: 0, to: 4 };
    prop_oneof![
        (theme(), theme()).prop_map(|(theme, under)| Change::Theme {
            theme,
            name: CleanText::line("x"),
            under: Some(under)
        }),
        (theme(), theme()).prop_map(|(theme, into)| Change::ThemeMerged { theme, into }),
        (theme(), theme()).prop_map(|(theme, under)| Change::ThemeUnder {
            theme,
            under: Some(under)
        }),
        theme().prop_map(|theme| Change::ThemeDropped { theme }),
        (theme(), theme(), answer()).prop_map(|(theme, into, answer)| Change::ThemeSplit {
            theme,
            into,
            name: CleanText::line("y"),
            answers: vec![answer]
        }),
        (answer(), theme()).prop_map(|(answer, theme)| Change::Tag { answer, theme }),
        (answer(), theme()).prop_map(|(answer, theme)| Change::Untag { answer, theme }),
        (answer(), theme()).prop_map(move |(answer, theme)| Change::Quote { answer, place, theme }),
        (stamp(), any::<bool>()).prop_map(|(quote, fit)| Change::QuoteReviewed { quote, fit }),
        (stamp(), answer()).prop_map(|(quote, answer)| Change::QuoteWords {
            quote,
            answer,
            words: CleanText::line("z")
        }),
        stamp().prop_map(|event| Change::TakenBack { event }),
    ]
}

proptest! {
    #[test]
    fn two_coordinators_come_to_one_workbook_however_their_logs_are_merged(
        first in vec(change(), 0..12),
        second in vec(change(), 0..12),
        order in any::<u64>(),
    ) {
        let (mut x, mut y) = (Log::default(), Log::default());
        let mut events: Vec<_> = first.into_iter().map(|change| x.add(&id("x"), 1, change)).collect();
        events.extend(second.into_iter().map(|change| y.add(&id("y"), 1, change)));
        let straight: Log = events.iter().cloned().collect();
        // Another order, and some of them twice.
        let mut turned = events.clone();
        if !turned.is_empty() {
            let by = usize::try_from(order % 97).unwrap() % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        let mut other: Log = turned.iter().cloned().collect();
        other.extend(events);
        assert!(other == straight);
        assert!(Workbook::of([], &other) == Workbook::of([], &straight));
    }

    #[test]
    fn an_event_read_from_its_own_json_is_the_same(change in change()) {
        let event = Log::default().add(&id("x"), 9, change);
        let json = serde_json::to_string(&event).unwrap();
        assert!(serde_json::from_str::<super::Event>(&json).unwrap() == event);
    }

    #[test]
    fn no_order_of_merging_and_moving_makes_a_circle(changes in vec(change(), 0..40)) {
        let mut log = Log::default();
        for change in changes {
            log.add(&id("x"), 1, change);
        }
        let workbook = Workbook::of([], &log);
        for theme in workbook.themes() {
            assert!(workbook.path(&theme.id).len() <= 3);
        }
    }
}
