//! The curtain with a PIN: nothing is seen, nothing is lost, and whoever forgot the PIN gets on.

use std::time::Duration;

use stemme::domain::language::Language;
use stemme::tui::app::Exit;
use stemme::tui::command::Message;
use stemme::tui::input::{Input, Key};
use stemme::tui::look::Look;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};

/// An interview with a half-written answer, and a PIN.
fn with_pin(desk: SampleDesk, language: Language, size: (u16, u16)) -> Screens {
    let mut screens = Screens::at(desk, language, size, Look::default());
    screens.interview().go_to("annerledes").text("Fire ganger");
    let letters = screens.app.situation().t().letter.clone();
    screens.keys("Esc").keys(&letters.settings);
    for _ in 0..9 {
        screens.keys("Down");
    }
    screens.keys("Enter").text("4711").keys("Enter");
    screens.text("4711").keys("Enter Esc");
    assert!(screens.app.situation().pin.is_some(), "{}", screens.see());
    assert!(screens.see().contains("Fire ganger"), "{}", screens.see());
    screens
}

fn usual() -> Screens {
    with_pin(SampleDesk::new(survey()), Language::Bokmal, (80, 24))
}

fn laptop() -> Screens {
    let desk = SampleDesk {
        laptop: true,
        ..SampleDesk::new(survey())
    };
    with_pin(desk, Language::Bokmal, (80, 24))
}

#[test]
fn the_pin_brings_back_the_same_screen_and_cursor_and_nothing_else_does() {
    let mut screens = usual();
    let before = (screens.see(), screens.cursor());
    screens.keys("C-l");
    let hidden = screens.see();
    assert!(
        hidden.contains("Skriv PIN") && !hidden.contains("Fire"),
        "{hidden}"
    );
    screens.keys("Esc").text("abc").keys("Up");
    screens.input(Input::Paste("4711".to_owned()));
    assert_eq!(hidden, screens.see());
    screens.keys("Enter");
    let empty = screens.see();
    assert!(empty.contains("Her er det tomt. Skriv PIN-en først."), "{empty}");
    screens.text("471").keys("Enter");
    assert!(screens.see().contains("Ingenting er borte"), "{}", screens.see());
    screens.text("47112").keys("Bs Enter");
    assert_eq!(before, (screens.see(), screens.cursor()));
}

#[test]
fn digits_are_not_seen_while_they_are_typed_and_the_cursor_follows() {
    let mut screens = usual();
    screens.keys("C-l");
    let (x, y) = screens.cursor();
    screens.text("47");
    assert!(screens.see().contains("[ **"), "{}", screens.see());
    assert!(!screens.see().contains('4'), "{}", screens.see());
    assert_eq!(screens.cursor(), (x + 2, y));
}

#[test]
fn after_five_wrong_tries_there_is_half_a_minute_between_two() {
    let mut screens = usual();
    screens.keys("C-l");
    for _ in 0..5 {
        screens.text("0000").keys("Enter");
    }
    assert!(screens.see().contains("halvt minutt"), "{}", screens.see());
    screens.text("4711").keys("Enter");
    assert_eq!(
        screens.app.view_name(),
        "curtain",
        "the right one is not tried yet"
    );
    screens.wait(Duration::from_secs(31));
    assert!(!screens.see().contains("halvt minutt"), "{}", screens.see());
    screens.text("4711").keys("Enter");
    assert_eq!(screens.app.view_name(), "question");
}

#[test]
fn whoever_forgot_the_pin_gets_on_with_the_laptop_code_and_has_no_pin_any_more() {
    let mut screens = laptop();
    let before = screens.cursor();
    screens.keys("C-l").text("1234").keys("Enter");
    assert!(screens.see().contains("Tab: skriv PC-koden"), "{}", screens.see());
    screens.keys("Tab").text("feil kode").keys("Enter");
    assert!(screens.see().contains("passer ikke"), "{}", screens.see());
    screens.text("rik").input(Input::Paste("tig".to_owned()));
    assert!(!screens.see().contains("rik"), "{}", screens.see());
    screens.keys("Enter");
    assert_eq!(screens.app.view_name(), "question");
    assert!(screens.see().contains("PIN-en er tatt bort"), "{}", screens.see());
    assert!(screens.see().contains("Fire ganger"), "{}", screens.see());
    assert_eq!(before, screens.cursor());
    screens.keys("C-l Enter");
    assert_eq!(screens.app.view_name(), "question");
}

#[test]
fn esc_goes_from_the_code_back_to_the_pin() {
    let mut screens = laptop();
    screens.keys("C-l Tab");
    assert!(screens.see().contains("Skriv PC-koden"), "{}", screens.see());
    screens.text("fjell").keys("Esc").text("4711").keys("Enter");
    assert_eq!(screens.app.view_name(), "question");
}

#[test]
fn the_program_can_always_be_left_and_asks_first() {
    let mut screens = usual();
    screens.keys("C-l C-c");
    assert!(screens.see().contains("Avslutte?"), "{}", screens.see());
    assert!(!screens.see().contains("Fire"), "{}", screens.see());
    screens.keys("C-c");
    assert_eq!(screens.app.exit(), Some(Exit::Interrupted));
}

#[test]
fn a_pin_is_four_to_six_digits_typed_twice_and_enter_alone_removes_it() {
    let mut screens = Screens::new(Language::Bokmal, (60, 16));
    let to_pin = |screens: &mut Screens| {
        for _ in 0..9 {
            screens.keys("Down");
        }
        screens.keys("Enter");
    };
    screens.keys("Esc S");
    to_pin(&mut screens);
    screens.text("12").keys("Enter");
    assert!(screens.see().contains("4 til 6 tall"), "{}", screens.see());
    screens.text("1234").keys("Enter").text("1243").keys("Enter");
    assert!(screens.see().contains("ikke de samme"), "{}", screens.see());
    assert!(screens.app.situation().pin.is_none());
    screens.text("1234").keys("Enter").text("1234").keys("Enter");
    assert!(screens.see().contains("PIN-en er på"), "{}", screens.see());
    screens.keys("Enter Enter");
    assert!(screens.see().contains("tatt bort"), "{}", screens.see());
    assert!(screens.app.situation().pin.is_none());
}

#[test]
fn what_the_curtain_says_is_whole_and_tells_nothing_of_the_survey() {
    let mut all = String::new();
    for language in Language::ALL {
        for size in [(60, 16), (40, 8)] {
            let desk = SampleDesk {
                laptop: true,
                ..SampleDesk::new(survey())
            };
            let mut screens = with_pin(desk, language, (60, 16));
            screens.keys("C-l");
            screens.resize(size.0, size.1);
            let mut look = |screens: &mut Screens| {
                let seen = screens.see();
                let (x, y) = screens.cursor();
                assert!(!seen.contains("BUP") && !seen.contains("stemme"), "{seen}");
                assert!(x < size.0 && y < size.1, "{x},{y}");
                all.push_str(&format!(
                    "=== {} {size:?}, cursor {x},{y}\n{seen}\n",
                    language.code()
                ));
            };
            look(&mut screens);
            screens.text("00").keys("Enter");
            look(&mut screens);
            screens.keys("Tab").text("fjell").keys("Enter");
            look(&mut screens);
        }
    }
    insta::assert_snapshot!("curtain_with_pin", all);
}

/// Sends keys in one read: no time passes between them, and nothing is drawn.
fn at_once(screens: &mut Screens, keys: &[Key]) {
    for key in keys {
        screens.send(Message::Input(Input::Key(*key)));
    }
}

#[test]
fn a_key_that_means_nothing_does_not_take_back_what_is_still_to_be_drawn() {
    let nothing = Key::F(9);
    for keys in [
        [Key::Ctrl('l'), Key::Char('x')],
        [Key::Ctrl('l'), Key::Ctrl('l')],
        [Key::Char('4'), nothing],
        [Key::Enter, Key::Enter],
        [Key::Esc, nothing],
    ] {
        let mut screens = Screens::new(Language::Bokmal, (80, 24));
        screens.interview().go_to("alvor").keys("2");
        screens.app.take_dirty();
        at_once(&mut screens, &[nothing]);
        assert!(!screens.app.take_dirty(), "nothing happened");
        at_once(&mut screens, &keys);
        assert!(screens.app.take_dirty(), "{keys:?}");
    }
}

#[test]
fn a_held_enter_reads_one_answer_back_and_does_not_fly_past_the_hand_back() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview().go_to("trodd");
    screens.keys("1");
    at_once(&mut screens, &[Key::Enter, Key::Enter, Key::Enter]);
    assert!(screens.see().contains("Takk"), "{}", screens.see());
    screens.keys("Enter");
    assert!(!screens.see().contains("Takk"), "{}", screens.see());
    if screens.see().contains("står igjen") {
        screens.keys("Esc");
    }
    let read = |screens: &mut Screens| {
        let seen = screens.see();
        let line = seen
            .lines()
            .find(|line| line.contains(" lest opp"))
            .unwrap()
            .to_owned();
        line.trim()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    };
    assert_eq!(read(&mut screens), "0", "{}", screens.see());
    screens.wait(Duration::from_secs(1));
    for _ in 0..12 {
        at_once(&mut screens, &[Key::Enter]);
        screens.wait(Duration::from_millis(28));
    }
    assert_eq!(read(&mut screens), "1", "{}", screens.see());
    screens.keys("Enter");
    assert_eq!(read(&mut screens), "2", "{}", screens.see());
}
