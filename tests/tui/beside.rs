//! What stands beside the question: the help, the card, the wheel, and row 1.

use std::sync::atomic::Ordering;

use stemme::domain::language::Language;
use stemme::store::preferences::Preferences;
use stemme::tui::input::Input;
use stemme::tui::look::Look;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};
use crate::walk::QUESTIONS;

#[test]
fn the_help_is_searched_by_typing_and_enter_does_what_is_found() {
    for (size, over) in [((80, 24), "?"), ((60, 16), "F1")] {
        let mut screens = Screens::new(Language::Bokmal, size);
        screens.interview();
        screens.keys(over);
        let all = screens.see();
        assert!(all.contains("Søk:"), "{all}");
        screens.text("notat");
        let found = screens.see();
        assert!(found.contains("> N "), "{found}");
        assert!(!found.contains("oversikt"), "{found}");
        screens.keys("Enter");
        assert_eq!(screens.app.view_name(), "note", "{}", screens.see());
        screens.keys("Esc");
        assert_eq!(screens.app.view_name(), "question");
        // What only the keys themselves can say is told and not done.
        screens.keys(over).text("velg").keys("Enter");
        let told = screens.see();
        assert!(told.contains("Dette gjør du på selve skjermen"), "{told}");
        for _ in 0..4 {
            screens.keys("Bs");
        }
        screens.text("finnesikke").keys("Enter");
        assert_eq!(screens.app.view_name(), "help");
        screens.keys("Esc");
        assert_eq!(screens.app.view_name(), "question");
    }
}

#[test]
fn what_the_menu_knows_the_help_finds_too_also_on_the_start_screen() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("?").text("innst").keys("Enter");
    let seen = screens.see();
    assert!(
        seen.contains("Innstillinger") && seen.contains("Kontrast"),
        "{seen}"
    );
    screens.keys("Esc");
    assert!(screens.see().contains("Hva vil du gjøre"), "{}", screens.see());
    screens.keys("? Up PgDn PgDn PgUp");
    assert_eq!(screens.app.view_name(), "help");
}

#[test]
fn the_wheel_moves_lists_and_never_answers() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    let row = |screens: &mut Screens| {
        let lines = screens.lines();
        let marked = lines.iter().find(|line| line.contains(" > ")).cloned();
        marked.unwrap_or_default()
    };
    let before = row(&mut screens);
    screens.input(Input::Wheel(1));
    assert_ne!(row(&mut screens), before);
    screens.input(Input::Wheel(-1));
    assert_eq!(row(&mut screens), before);
    screens.interview();
    for question in QUESTIONS {
        screens.go_to(question);
        let answered = |screens: &Screens| {
            let interview = screens.app.situation().interview.as_ref().unwrap();
            format!("{:?}", interview.counts())
        };
        let before = answered(&screens);
        for turn in [1, 1, -1, 1] {
            screens.input(Input::Wheel(turn));
        }
        assert_eq!(answered(&screens), before, "{question}");
    }
    screens.keys("Esc");
    let menu = screens.cursor();
    screens.input(Input::Wheel(1));
    assert_eq!(screens.cursor().1, menu.1 + 1);
}

#[test]
fn the_card_shows_what_is_chosen_only_where_the_settings_say_so() {
    for show_choice in [false, true] {
        let look = Look {
            show_choice,
            ..Look::default()
        };
        let mut screens = Screens::at(SampleDesk::new(survey()), Language::Bokmal, (80, 24), look);
        screens.interview().keys("4 K");
        assert_eq!(screens.see().contains("(x) "), show_choice, "{}", screens.see());
        screens.keys("2");
        let card = screens.see();
        let marked = card.lines().find(|line| line.contains("(x) "));
        assert_eq!(
            marked.is_some_and(|line| line.contains("2   (x)")),
            show_choice,
            "{card}"
        );
        screens.keys("Esc");
        screens.go_to("trygg").keys("7 F6");
        assert_eq!(screens.see().contains("[7]"), show_choice, "{}", screens.see());
        screens.keys("Esc");
        screens.go_to("viktigst").keys("2 F6");
        assert_eq!(screens.see().contains("(1) "), show_choice, "{}", screens.see());
        screens.keys("Esc");
        screens.go_to("annerledes").text("hemmelig").keys("F6");
        assert!(!screens.see().contains("hemmelig"), "{}", screens.see());
    }
}

#[test]
fn a_setting_the_evaluation_decides_says_so_and_stays() {
    let mut desk = Screens::new(Language::Bokmal, (80, 24));
    desk.decide(Preferences {
        show_choice: Some(false),
        ..Preferences::default()
    });
    desk.keys("Esc S End Up Up Up Up");
    let before = desk.see();
    assert!(before.contains("(evalueringen bestemmer)"), "{before}");
    desk.keys("Enter");
    assert!(!desk.app.situation().look.show_choice);
    assert!(
        desk.see().contains("Dette bestemmer evalueringen"),
        "{}",
        desk.see()
    );
}

#[test]
fn while_something_is_not_saved_row_1_says_nothing_of_saving() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview().keys("4");
    assert!(screens.lines()[0].contains("Lagret"), "{}", screens.see());
    screens.deeds.full.store(1, Ordering::SeqCst);
    screens.keys("2");
    let lines = screens.lines();
    assert!(
        lines.iter().any(|line| line.contains("IKKE lagret")),
        "{}",
        screens.see()
    );
    assert!(!lines[0].contains("Lagret"), "{}", lines[0]);
}
