//! Tests of this module.

use super::{in_words, titled};
use crate::disclosure::compared::Step;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::domain::survey::sample::id;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::finding::ActionStatus;
use crate::domain::workbook::log::{Change, Log, Stamp};
use crate::report::compose::tests::{composed, evaluation};
use crate::texts::Texts;

fn said(before: (u32, u32), after: (u32, u32)) -> String {
    let texts = Texts::load(Language::Bokmal).unwrap();
    in_words(&texts.compare, Step::made_up(before, after))
}

#[test]
fn a_difference_is_said_with_how_much_chance_can_make() {
    assert_eq!(
        said((12, 25), (19, 27)),
        "Andelen er 22 prosentpoeng høyere. En slik forskjell kan være tilfeldig."
    );
    assert!(said((40, 50), (20, 50)).starts_with("Andelen er 40 prosentpoeng lavere. Forskjellen er større"));
    assert_eq!(said((100, 200), (101, 201)), "Andelen er omtrent den samme.");
}

#[test]
fn no_language_says_where_things_are_heading() {
    for language in Language::ALL {
        let texts = Texts::load(language).unwrap();
        for after in [5, 20, 25, 26, 45] {
            let said = in_words(&texts.compare, Step::made_up((25, 50), (after, 50))).to_lowercase();
            for word in [
                "trend",
                "utvikling",
                "bedre",
                "betre",
                "verre",
                "worse",
                "better",
                "improv",
            ] {
                assert!(!said.contains(word), "{said}");
            }
        }
    }
}

/// The mark at each round: what was promised in the first round, and how far it has come by the third; the second round
/// shows nothing.
fn marks(status: ActionStatus, then: impl FnOnce(Stamp) -> Vec<Change>) -> Vec<Option<String>> {
    let slug = |name: &str| Slug::new(name).unwrap();
    let mut evaluation = evaluation(true);
    let first = evaluation.rounds[0].clone();
    for name in ["r2", "r3"] {
        evaluation.rounds.push(crate::domain::evaluation::Round {
            id: slug(name),
            ..first.clone()
        });
    }
    let mut log = Log::default();
    let promised = log.add(
        &id("a"),
        1,
        Change::Action {
            round: slug("r1"),
            finding: None,
            text: CleanText::line("Ny timebestilling"),
            owner: CleanText::default(),
            due: None,
        },
    );
    let action = promised.stamp;
    let came = Change::ActionStatus {
        action: action.clone(),
        status,
    };
    for change in std::iter::once(came).chain(then(action)) {
        log.add(&id("a"), 1, change);
    }
    let book = Workbook::of([], &log);
    composed(true, Language::Bokmal, |sources| {
        let printed = ["r1", "r3"].map(|round| (slug(round), sources.published.clone()));
        let rounds = titled(&evaluation, &printed, Some(&book), Language::Bokmal);
        rounds.into_iter().map(|round| round.changed).collect()
    })
}

#[test]
fn an_action_that_was_done_marks_the_next_round_that_is_shown() {
    let done = Some("Ny timebestilling".to_owned());
    assert_eq!(marks(ActionStatus::Done, |_| Vec::new()), [None, done]);
    assert_eq!(marks(ActionStatus::Begun, |_| Vec::new()), [None, None]);
}

#[test]
fn a_mark_is_taken_away_and_something_else_that_was_changed_is_marked_with_its_day() {
    let unmarked = |action| {
        let marked = false;
        vec![Change::ActionMarked { action, marked }]
    };
    assert_eq!(marks(ActionStatus::Done, unmarked), [None, None]);
    let altered = |after: &'static str| {
        move |_| {
            vec![Change::Altered {
                round: Slug::new(after).unwrap(),
                text: CleanText::line("Nytt venterom"),
                day: jiff::civil::Date::new(2027, 3, 1).ok(),
            }]
        }
    };
    let both = Some("Ny timebestilling; Nytt venterom (01.03.2027)".to_owned());
    assert_eq!(marks(ActionStatus::Done, altered("r2")), [None, both]);
    // What came after the last round waits for the next one.
    assert_eq!(marks(ActionStatus::Planned, altered("r3")), [None, None]);
}
