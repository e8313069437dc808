//! What was changed between rounds: marked on a screen of its own, seen in the chart.

use std::time::Duration;

use stemme::domain::language::Language;

use crate::coordinator_office::{again, looks, opened};

#[test]
fn marks_look_as_they_did() {
    looks(
        "marks",
        &[
            ("rounds", "ROUNDS"),
            ("what was changed", "ALTERED"),
            ("no mark", "Enter"),
            ("writing", "Down Enter"),
            ("a name", "K a r i Space s l u t t e t"),
            ("the day", "Enter"),
            ("no day", "a s a p Enter"),
            ("written", "Bs Bs Bs Bs Enter"),
            ("rounds again", "Esc"),
        ],
    );
}

#[test]
fn what_is_written_stands_in_the_chart_and_goes_again() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("S I Down Enter").text("Nytt venterom");
    screens.wait(Duration::from_secs(1));
    drop(screens);

    // What was half typed is there again.
    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    screens.keys("S I");
    assert!(screens.see().contains("tatt vare på"), "{}", screens.see());
    screens.keys("Down Enter Enter").text("01.03.2026").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("> [x] Nytt venterom (01.03.2026)"), "{seen}");
    screens.keys("Esc");
    assert!(screens.see().contains("Nytt venterom"), "{}", screens.see());

    screens.keys("I Down X");
    assert!(!screens.see().contains("Nytt venterom"), "{}", screens.see());
    screens.keys("C-z");
    let seen = screens.see();
    assert!(
        seen.contains("Nytt venterom") && seen.contains("Angret: et merke"),
        "{seen}"
    );
    screens.keys("C-y Esc");
    assert!(!screens.see().contains("Nytt venterom"), "{}", screens.see());
}
