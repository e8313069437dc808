//! Handing over to the coordinator, and the laptop code.

use insta::assert_snapshot;
use jiff::civil::date;
use stemme::domain::language::Language;
use stemme::fieldwork::desk::{DraftEntry, LeftDrafts};
use stemme::fieldwork::handover::Waiting;
use stemme::tui::command::Message;
use stemme::tui::desk_facts::DeskFacts;
use stemme::tui::look::Look;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};

fn laptop(language: Language, size: (u16, u16)) -> Screens {
    let mut desk = SampleDesk::new(survey());
    desk.laptop = true;
    desk.drafts = vec![DraftEntry {
        name: "a".to_owned(),
        last_day: None,
        arrived: false,
    }];
    Screens::at(desk, language, size, Look::default())
}

#[test]
fn the_start_screen_shows_what_waits_and_the_check_words() {
    let mut screens = laptop(Language::Bokmal, (80, 24));
    let seen = screens.see().replace('\u{a0}', " ");
    for part in [
        "(PC-koden på kortet åpner det)",
        "4  Lever ferdige intervju  (2 venter)",
        "Kontrollord: fjell kopp lys ravn fjord blomst",
    ] {
        assert!(seen.contains(part), "{part} in {seen}");
    }
}

#[test]
fn handing_over_is_three_keys_and_says_that_it_was_read_back() {
    let mut screens = laptop(Language::Bokmal, (80, 24));
    screens.keys("4");
    assert_snapshot!("where_to", screens.see());
    screens.keys("1");
    assert_snapshot!("handed_over", screens.see());
    screens.keys("2");
    assert_snapshot!("cleared", screens.see());
    screens.keys("1");
    assert!(screens.see().contains("Hva vil du gjøre"));
}

#[test]
fn a_folder_that_is_not_there_can_be_typed_again() {
    let mut screens = laptop(Language::Nynorsk, (80, 24));
    screens.keys("4 2").text("/borte").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Mappa finst ikkje"), "{seen}");
    for _ in 0.."/borte".len() {
        screens.keys("Bs");
    }
    screens.text("/media/ada/STIKKE").keys("Enter");
    assert!(screens.see().contains("levering-7f3a.stemme"));
}

#[test]
fn a_laptop_asks_for_its_code_and_not_for_a_passphrase() {
    let mut screens = laptop(Language::Bokmal, (80, 24));
    screens.keys("1");
    assert_snapshot!("code", screens.see());
    screens.text("feil").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Den koden passer ikke"), "{seen}");
    assert!(!seen.contains("feil"), "what was typed is not shown");
}

#[test]
fn everything_fits_the_smallest_window_in_every_language() {
    for language in Language::ALL {
        let mut screens = laptop(language, (60, 16));
        for keys in ["", "4", "1"] {
            screens.keys(keys);
            for line in screens.lines() {
                assert!(line.chars().count() <= 60 && !line.contains('…'), "{line}");
            }
        }
    }
}

/// A laptop's start screen with other facts.
fn home_with(change: impl FnOnce(&mut DeskFacts)) -> Screens {
    let mut screens = laptop(Language::Bokmal, (80, 24));
    let mut facts = screens.work.desk_facts();
    change(&mut facts);
    screens.send(Message::AtDesk(Box::new(facts)));
    screens
}

#[test]
fn counts_alone_can_be_handed_over_too() {
    let mut screens = home_with(|facts| {
        facts.waiting = Some(Waiting {
            slips: 2,
            ..Waiting::default()
        });
        facts.drafts.clear();
    });
    let seen = screens.see().replace('\u{a0}', " ");
    assert!(
        seen.contains("3  Lever ferdige intervju  (tall på spurte venter)"),
        "{seen}"
    );
    screens.keys("3");
    assert!(
        screens.see().contains("hvor mange som er spurt"),
        "{}",
        screens.see()
    );
    let mut nothing = home_with(|facts| facts.waiting = Some(Waiting::default()));
    assert!(!nothing.see().contains("Lever ferdige"), "{}", nothing.see());
}

#[test]
fn the_start_screen_tells_of_old_drafts_and_of_the_day_of_deletion() {
    let mut screens = home_with(|facts| {
        facts.left_drafts = LeftDrafts {
            hours: 72,
            here: 1,
            arrived: 0,
        };
        facts.delete_by = Some(date(2026, 11, 30));
    });
    assert_snapshot!("home_with_an_old_draft", screens.see());
    let mut late = home_with(|facts| facts.delete_by = Some(date(2026, 11, 1)));
    let seen = late.see().replace('\n', " ");
    assert!(seen.contains("Alt her skulle vært slettet 01.11.2026."), "{seen}");
}
