//! What is half typed at the workbench is there again, however the program ended.

use std::fs;
use std::time::Duration;

use stemme::domain::language::Language;

use crate::coordinator_office::{again, opened};

#[test]
fn a_finding_that_is_half_typed_is_there_again_after_the_program_was_ended() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("F +").text("Mange venter for");
    screens.wait(Duration::from_secs(1));
    drop(screens);

    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    screens.keys("F");
    assert!(screens.see().contains("er tatt vare på"), "{}", screens.see());
    screens.keys("+");
    assert!(screens.see().contains("Mange venter for"), "{}", screens.see());
    screens.text(" lenge").keys("Enter Esc F +");
    let seen = screens.see();
    assert!(seen.contains("Mange venter for lenge"), "{seen}");
    let left = fs::read_dir(place.path().join("d/workbook")).unwrap();
    let half = left
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|end| end == "sth"));
    assert_eq!(half.count(), 0, "what was written is half typed no more");
}

#[test]
fn a_memo_and_what_the_service_answers_are_kept_and_nobody_reads_them_without_the_key() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("K T N").text("Gjelder mest de yngste");
    screens.wait(Duration::from_secs(1));
    drop(screens);
    let files = fs::read_dir(place.path().join("d/workbook")).unwrap().flatten();
    for file in files {
        let bytes = fs::read(file.path()).unwrap();
        let word = "yngste".as_bytes();
        assert!(!bytes.windows(word.len()).any(|window| window == word));
    }
    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    screens.keys("K T N");
    assert!(
        screens.see().contains("Gjelder mest de yngste"),
        "{}",
        screens.see()
    );
}

#[test]
fn a_theme_that_is_there_is_not_made_twice() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens
        .keys("K Enter +")
        .text("Ventetid i telefon")
        .keys("Enter +")
        .text("ventetid i telefon")
        .keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Temaet finnes fra før."), "{seen}");
    assert_eq!(seen.matches("entetid i telefon").count(), 1, "{seen}");
    assert!(seen.contains("[x] Ventetid i telefon"), "{seen}");
}

#[test]
fn an_earlier_day_of_deletion_is_asked_about_and_a_day_that_is_none_stays_to_be_mended() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("M End");
    for _ in 0..9 {
        if screens.see().contains("> [x] Svar og nøkler") || screens.see().contains("> [ ] Svar og nøkler")
        {
            break;
        }
        screens.keys("Up");
    }
    let clear = |screens: &mut crate::harness::Screens| {
        for _ in 0..12 {
            screens.keys("Bs");
        }
    };
    screens.keys("Enter");
    clear(&mut screens);
    screens.text("32.13.2026").keys("Enter");
    assert!(screens.see().contains("32.13.2026"), "{}", screens.see());
}
