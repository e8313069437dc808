//! The first run and the settings.

use std::sync::{Arc, Mutex};

use crossterm::event::Event;
use stemme::domain::language::Language;
use stemme::fieldwork::session::Trouble;
use stemme::store::preferences::{Contrast, Preference, Role, Spacing};
use stemme::tui::app::{Exit, Start};
use stemme::tui::coordinator::{Door, Office};
use stemme::tui::look::Look;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};
use crate::walk::SIZES;

type Kept = Arc<Mutex<Vec<Preference>>>;

/// A program that keeps what is preferred where the test sees it.
fn keeping(language: Language, size: (u16, u16)) -> (Screens, Kept) {
    let kept = Kept::default();
    let mut screens = Screens::new(language, size);
    let into = Arc::clone(&kept);
    screens.keep(Box::new(move |preference| {
        into.lock().unwrap().push(preference);
        Ok(())
    }));
    (screens, kept)
}

#[test]
fn the_first_run_is_three_questions_with_defaults_then_the_offer_to_practise() {
    let (mut screens, kept) = keeping(Language::Bokmal, (80, 24));
    screens.app.begin(&Start::First);
    assert!(screens.see().contains("1 av 3"), "{}", screens.see());
    screens.keys("Enter");
    assert!(screens.see().contains("2 av 3"), "{}", screens.see());
    screens.keys("Enter");
    assert!(screens.see().contains("3 av 3"), "{}", screens.see());
    assert!(kept.lock().unwrap().is_empty(), "nothing is kept half-way");
    screens.keys("Enter");
    assert!(screens.see().contains("Vil du øve?"), "{}", screens.see());
    assert_eq!(
        *kept.lock().unwrap(),
        [
            Preference::Language(Language::Bokmal),
            Preference::Role(Role::Interviewer),
            Preference::Spacing(Spacing::Normal),
        ]
    );
    screens.keys("2");
    assert!(screens.see().contains("Hva vil du gjøre"), "{}", screens.see());
}

#[test]
fn the_first_run_speaks_the_language_that_was_chosen_and_goes_back() {
    let (mut screens, kept) = keeping(Language::Bokmal, (60, 16));
    screens.app.begin(&Start::First);
    screens.keys("3");
    assert!(screens.see().contains("What will you do?"), "{}", screens.see());
    screens.keys("2 B");
    assert!(screens.see().contains("What will you do?"), "{}", screens.see());
    screens.keys("1 3");
    assert!(
        kept.lock()
            .unwrap()
            .contains(&Preference::Contrast(Contrast::High)),
        "{:?}",
        kept.lock().unwrap()
    );
    assert!(
        kept.lock()
            .unwrap()
            .contains(&Preference::Role(Role::Interviewer))
    );
    assert_eq!(screens.app.situation().look.contrast, Contrast::High);
}

#[test]
fn whoever_needs_a_screen_reader_goes_on_line_by_line() {
    let (mut screens, kept) = keeping(Language::Bokmal, (80, 24));
    screens.app.begin(&Start::First);
    screens.keys("Enter Enter 4");
    assert_eq!(screens.app.exit(), Some(Exit::Linear));
    assert!(kept.lock().unwrap().contains(&Preference::Linear(true)));
}

#[test]
fn every_setting_changes_at_once_and_is_kept() {
    for size in SIZES {
        let (mut screens, kept) = keeping(Language::Bokmal, size);
        screens.keys("Esc S");
        let mut seen = Vec::new();
        for row in 0..11 {
            // The PIN is kept nowhere: it is passed over.
            if row == 9 {
                screens.keys("Down");
            }
            let before = screens.see();
            screens.keys("Right");
            assert_ne!(before, screens.see(), "row {row}");
            assert_eq!(kept.lock().unwrap().len(), row + 1, "row {row}");
            seen.push(screens.see());
            screens.keys("Down");
        }
        let look = screens.app.situation().look;
        assert_eq!(
            look,
            Look {
                spacing: Spacing::Airy,
                contrast: Contrast::High,
                colour: false,
                ascii: true,
                mouse: false,
                auto_next: true,
                hide_unfocused: true,
                show_choice: true,
            }
        );
        assert_eq!(screens.app.situation().language(), Language::Nynorsk);
    }
}

#[test]
fn a_setting_that_cannot_be_kept_holds_all_the_same_and_says_so() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keep(Box::new(|_| Err(Trouble::ReadOnly)));
    screens.keys("Esc S Down Down Right");
    assert_eq!(screens.app.situation().look.contrast, Contrast::High);
    assert!(screens.see().contains("kunne ikke lagres"), "{}", screens.see());
}

#[test]
fn the_language_of_an_interview_changes_in_its_middle_and_place_and_answer_stay() {
    let (mut screens, kept) = keeping(Language::Bokmal, (80, 24));
    screens.interview().keys("4");
    let cursor = screens.cursor();
    screens.keys("Esc S Enter Esc");
    let seen = screens.see();
    assert_eq!(screens.app.situation().language(), Language::Nynorsk);
    assert!(seen.contains("(x)"), "{seen}");
    assert!(seen.contains("Enter: neste") && seen.contains("meny"), "{seen}");
    assert_eq!(cursor, screens.cursor());
    assert!(
        kept.lock().unwrap().is_empty(),
        "an interview's language is no setting of the program"
    );
    screens.keys("Esc P 2");
    assert_eq!(screens.app.situation().language(), Language::Bokmal);
}

#[test]
fn where_the_person_wants_it_a_digit_also_goes_on() {
    let look = Look {
        auto_next: true,
        ..Look::default()
    };
    let mut screens = Screens::at(SampleDesk::new(survey()), Language::Bokmal, (80, 24), look);
    screens.interview();
    let asked = |screens: &Screens| {
        let interview = screens.app.situation().interview.as_ref().unwrap();
        interview.current_question().unwrap().to_string()
    };
    screens.keys("4");
    assert_eq!(asked(&screens), "bestemte");
    screens.keys("V");
    assert_eq!(asked(&screens), "hjalp");
    screens.go_to("bestemte").keys("4");
    assert_eq!(
        asked(&screens),
        "bestemte",
        "its own words are still to be written"
    );
    screens.go_to("viktig").keys("1");
    assert_eq!(asked(&screens), "viktig", "several may be chosen");
    screens.go_to("trygg").keys("1");
    assert_eq!(asked(&screens), "trygg", "ten takes two digits");
}

#[test]
fn the_curtain_falls_when_the_window_is_left_if_wanted() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview();
    let before = screens.see();
    screens.event(&Event::FocusLost);
    assert_eq!(before, screens.see());
    screens.keys("Esc S End Up Up Up Right Esc");
    screens.event(&Event::FocusLost);
    assert!(screens.see().trim().starts_with("Pause."), "{}", screens.see());
    screens.keys("Enter");
    assert_eq!(before, screens.see());
}

#[test]
fn the_first_run_of_a_coordinator_ends_at_the_coordinators_screens_where_there_are_any() {
    for (door, role, ends_there) in [
        (Some(Door::Passphrase), "2", true),
        (Some(Door::Passphrase), "1", false),
        (Some(Door::NotYet), "2", false),
        (None, "2", false),
    ] {
        let mut screens = Screens::new(Language::Bokmal, (80, 24));
        screens.coordinate(door.map(|door| -> (Door, Office) { (door, Box::new(|_, _| None)) }));
        screens.keep(Box::new(|_| Ok(())));
        screens.app.begin(&Start::First);
        screens.keys("1").keys(role).keys("1");
        let seen = screens.see();
        assert_eq!(seen.contains("Passfrase"), ends_there, "{door:?} {role}\n{seen}");
    }
}
