//! Nothing that matters stays out of view, and no key is pressed in vain.

use std::sync::atomic::Ordering;

use stemme::domain::interview::{Interview, Position};
use stemme::domain::language::Language;
use stemme::domain::missing::Missing;
use stemme::domain::survey::Survey;
use stemme::fieldwork::desk::DraftEntry;
use stemme::tui::Look;
use stemme::tui::input::Input;
use stemme::tui::look::Spacing;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};

/// The smallest window.
const SMALL: (u16, u16) = (60, 16);

fn begun(size: (u16, u16), spacing: Spacing) -> Screens {
    let look = Look {
        spacing,
        ..Look::default()
    };
    let mut screens = Screens::at(SampleDesk::new(survey()), Language::Bokmal, size, look);
    screens.interview();
    screens
}

fn small() -> Screens {
    begun(SMALL, Spacing::Normal)
}

/// The screen, without the spaces that keep words together.
fn see(screens: &mut Screens) -> String {
    screens.see().replace('\u{a0}', " ")
}

fn interview(screens: &Screens) -> &Interview {
    screens.app.situation().interview.as_ref().unwrap()
}

fn question(screens: &Screens) -> String {
    interview(screens)
        .current_question()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn open_rows(screens: &Screens, of: &str) -> usize {
    let interview = interview(screens);
    let items = interview.items_asked(&crate::sample_survey::id(of));
    let open = items
        .iter()
        .filter(|item| interview.response(&item.key()).is_none());
    open.count()
}

#[test]
fn enter_shows_the_rows_without_an_answer_and_says_so_before_it_goes_on() {
    for key in ["Enter", "PgDn"] {
        let mut screens = small();
        screens.go_to("par").keys("1 1").keys(key);
        assert_eq!(question(&screens), "par");
        let seen = see(&mut screens);
        assert!(seen.contains("Her mangler 2 svar"), "{seen}");
        assert!(
            seen.contains("«Å vite hvor en"),
            "the row without an answer is the one to read out\n{seen}"
        );
        assert_eq!(open_rows(&screens, "par"), 2);
        screens.keys("2");
        screens.keys(key);
        assert!(
            see(&mut screens).contains("Her mangler 1 svar."),
            "{}",
            see(&mut screens)
        );
        screens.keys(key);
        assert_ne!(question(&screens), "par");
        assert_eq!(open_rows(&screens, "par"), 0, "passed over is not open");
    }
}

#[test]
fn skipping_the_last_row_goes_to_one_that_is_open_before_it_leaves() {
    let mut screens = small();
    screens.go_to("pastander").keys("Down Down H");
    assert_eq!(question(&screens), "pastander");
    assert_eq!(open_rows(&screens, "pastander"), 2);
    screens.keys("H H H");
    assert_ne!(question(&screens), "pastander");
}

#[test]
fn a_way_not_to_answer_that_is_chosen_is_left_by_enter() {
    let mut screens = begun((80, 24), Spacing::Normal);
    screens.go_to("ett_ord").keys("Tab Tab Enter");
    assert!(
        see(&mut screens).contains("[(x) vet ikke]"),
        "{}",
        see(&mut screens)
    );
    assert!(
        see(&mut screens).contains("Enter: neste"),
        "{}",
        see(&mut screens)
    );
    screens.keys("Enter");
    assert_ne!(question(&screens), "ett_ord");
    let item = "ett_ord".parse().unwrap();
    let response = interview(&screens).response(&item).unwrap();
    assert_eq!(response.missing(), Some(Missing::DontKnow));
}

#[test]
fn the_same_answer_twice_is_taken_back_at_once() {
    let mut screens = begun((80, 24), Spacing::Normal);
    screens.go_to("alvor").keys("2 2 2 C-z");
    assert_eq!(interview(&screens).response(&"alvor".parse().unwrap()), None);
    assert!(see(&mut screens).contains("Angret:"), "{}", see(&mut screens));
}

#[test]
fn a_name_is_spoken_of_where_the_lines_below_the_field_do_not_fit() {
    for (width, height) in [SMALL, (80, 18), (80, 24)] {
        let mut screens = begun((width, height), Spacing::Normal);
        screens.go_to("annerledes").text("Kari Nordmann sa det");
        let seen = see(&mut screens);
        assert!(
            seen.contains("Ser ut som et navn: «Kari Nordmann»"),
            "{width}x{height}\n{seen}"
        );
        assert_eq!(seen.matches("Ser ut som").count(), 1, "{seen}");
    }
}

#[test]
fn who_answers_alone_sees_that_it_is_fine_not_to_answer() {
    for spacing in [Spacing::Tight, Spacing::Normal, Spacing::Airy] {
        let mut screens = begun(SMALL, spacing);
        screens.go_to("trodd");
        let seen = see(&mut screens);
        assert!(seen.contains("vil ikke svare"), "{spacing:?}\n{seen}");
    }
}

#[test]
fn a_name_that_was_pasted_is_spoken_of_at_once() {
    let mut screens = begun((80, 24), Spacing::Normal);
    let pasted = || Input::Paste("Kari Nordmann sa det.".to_owned());
    screens.go_to("annerledes").input(pasted());
    let seen = see(&mut screens);
    assert!(seen.contains("Ser ut som et navn: «Kari Nordmann»"), "{seen}");
    screens.go_to("alvor").keys("N").input(pasted());
    let seen = see(&mut screens);
    assert!(seen.contains("Ser ut som et navn: «Kari Nordmann»"), "{seen}");
}

#[test]
fn a_name_in_the_words_of_something_else_can_be_exchanged() {
    let mut screens = begun((80, 24), Spacing::Normal);
    screens.go_to("bestemte").keys("4 Enter").text("Kari ");
    assert!(see(&mut screens).contains("Tab: bytt"), "{}", see(&mut screens));
    screens.keys("Tab");
    assert!(
        see(&mut screens).contains("[ [en person]"),
        "{}",
        see(&mut screens)
    );
    // Also when it was noticed only after the field was left.
    screens.keys("C-z End").text("og Ola").keys("Enter Tab");
    assert!(see(&mut screens).contains("Tab: bytt"), "{}", see(&mut screens));
    screens.keys("Tab");
    // The other name stands before the cursor: it is asked about when the field is entered again.
    screens.keys("Tab Tab Tab");
    assert!(
        see(&mut screens).contains("[ [en person] og [en person]"),
        "{}",
        see(&mut screens)
    );
}

#[test]
fn a_long_answer_is_read_back_to_its_end_before_it_is_right() {
    for size in [SMALL, (80, 24)] {
        let mut screens = begun(size, Spacing::Normal);
        let words: Vec<String> = (0..150).map(|word| format!("ord{word}")).collect();
        screens.go_to("annerledes").text(&words.join(" ")).keys("PgDn");
        let mut seen = String::new();
        screens.keys("Esc P 3 2 Enter");
        let item = "annerledes".parse().unwrap();
        let at = |screens: &Screens| match interview(screens).position() {
            Position::ReadBack(row) => Some(interview(screens).readback_rows()[*row].item.clone()),
            _ => None,
        };
        while at(&screens).is_some_and(|row| row != item) {
            screens.keys("Down");
        }
        for _ in 0..150 {
            seen.push_str(&see(&mut screens));
            if !see(&mut screens).contains("Enter: les videre") {
                break;
            }
            screens.keys("Enter");
            assert_eq!(at(&screens).as_ref(), Some(&item));
        }
        for word in &words {
            assert!(seen.contains(word.as_str()), "{word}\n{seen}");
        }
        let last = see(&mut screens);
        for quote in ["1  ( )", "2  ( )", "3  ( )"] {
            assert!(last.contains(quote), "{last}");
        }
        screens.keys("PgUp");
        assert!(see(&mut screens).contains("«ord0"), "{}", see(&mut screens));
    }
}

#[test]
fn all_three_ways_to_quote_are_seen_while_they_are_asked_for() {
    let mut screens = small();
    screens
        .go_to("annerledes")
        .text("Ventetida")
        .keys("PgDn Esc P 3 2 Enter");
    while !see(&mut screens).contains("Kan vi bruke ordene dine") {
        screens.keys("Down");
    }
    screens.keys("Enter");
    let seen = see(&mut screens);
    assert!(
        seen.contains("Spør om vi kan bruke ordene, og velg 1, 2 eller 3"),
        "{seen}"
    );
    for quote in ["1  ( )", "2  ( )", "3  ( )"] {
        assert!(seen.contains(quote), "{seen}");
    }
}

#[test]
fn the_withdrawal_code_is_seen_in_every_look_and_window() {
    for language in Language::ALL {
        for spacing in [Spacing::Tight, Spacing::Normal, Spacing::Airy] {
            let look = Look {
                spacing,
                ..Look::default()
            };
            let mut screens = Screens::at(SampleDesk::new(survey()), language, SMALL, look);
            screens.deeds.with_code.store(1, Ordering::SeqCst);
            screens.interview();
            screens.go_to("trodd").keys("1 Enter Enter Esc");
            screens.keys(if language == Language::English {
                "J 1"
            } else {
                "B 1"
            });
            let code = stemme::domain::word_code::WithdrawalCode::from_random([0, 1, 0, 2, 0, 3])
                .words()
                .join(" - ");
            for keys in ["", "Enter", "Down", "Enter"] {
                screens.keys(keys);
                assert!(see(&mut screens).contains(&code), "{keys}\n{}", see(&mut screens));
            }
        }
    }
}

#[test]
fn an_empty_field_is_said_kindly_when_enter_is_pressed_in_it() {
    for (laptop, says) in [
        (false, "Be koordinator skrive passfrasen."),
        (true, "Skriv de fire ordene på kortet."),
    ] {
        let mut desk = SampleDesk::new(survey());
        desk.laptop = laptop;
        desk.drafts = vec![DraftEntry {
            name: "x".to_owned(),
            last_day: None,
            arrived: false,
        }];
        let mut screens = Screens::at(desk, Language::Bokmal, SMALL, Look::default());
        screens.keys("1 Enter");
        let seen = see(&mut screens);
        assert!(seen.contains("! Her er det tomt."), "{seen}");
        assert!(seen.replace("\n      ", " ").contains(says), "{seen}");
        screens.text("x");
        assert!(
            !see(&mut screens).contains("Her er det tomt"),
            "{}",
            see(&mut screens)
        );
    }
}

#[test]
fn a_group_that_says_no_is_called_a_group() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("1 2").text("12").keys("Enter Enter 2 Enter 2 Enter");
    let seen = see(&mut screens);
    assert!(seen.contains("at ei gruppe sa nei"), "{seen}");
    assert!(seen.contains("Takk for at dere hørte på meg"), "{seen}");
}

#[test]
fn an_answer_given_alone_that_was_taken_back_is_not_called_answered() {
    let mut screens = begun((80, 24), Spacing::Normal);
    screens.go_to("trodd").keys("1 Enter Enter");
    screens.go_to("trodd").keys("C-z");
    let seen = see(&mut screens);
    assert!(seen.contains("Ikke besvart. Svaret er tatt tilbake."), "{seen}");
    screens.keys("C-y");
    assert!(
        see(&mut screens).contains("Besvart (skjult)"),
        "{}",
        see(&mut screens)
    );
}

#[test]
fn the_menu_shows_first_what_somebody_may_need_at_once() {
    let mut screens = small();
    screens.keys("Esc");
    let seen = see(&mut screens);
    for line in ["Pause", "Noen har det vanskelig", "Skjul skjermen"] {
        assert!(seen.contains(line), "{line}\n{seen}");
    }
}

#[test]
fn a_survey_for_groups_alone_asks_nobody_alone() {
    let mut parts = survey().parts().clone();
    let all = survey().questions().map(|question| question.id.clone()).collect();
    parts.group_mode.as_mut().unwrap().only = all;
    let desk = SampleDesk::new(Survey::new(parts).unwrap());
    let mut screens = Screens::at(desk, Language::Bokmal, SMALL, Look::default());
    screens.keys("1");
    assert!(
        see(&mut screens).contains("Hvor mange er dere i gruppa?"),
        "{}",
        see(&mut screens)
    );
    screens.text("2").keys("Enter");
    let seen = see(&mut screens);
    assert!(
        seen.contains("1  Fortsett som gruppe") && !seen.contains("én og én\n"),
        "{seen}"
    );
}

#[test]
fn what_the_digits_mean_stays_in_view_in_a_matrix() {
    for spacing in [Spacing::Normal, Spacing::Airy] {
        let mut screens = begun(SMALL, spacing);
        screens.go_to("par");
        for _ in 0..4 {
            let seen = see(&mut screens);
            let first = ["1 ikke viktig", "1 ikke i det hele tatt"];
            assert!(first.iter().any(|words| seen.contains(words)), "{seen}");
            assert!(seen.contains("«Tenk på hjelpen."), "{seen}");
            screens.keys("1");
        }
    }
}
