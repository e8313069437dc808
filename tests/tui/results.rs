//! Reading results on the screen.

use stemme::domain::language::Language;
use stemme::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use stemme::tui::look::Look;
use stemme::tui::results::Documents;
use unicode_width::UnicodeWidthStr;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};
use crate::walk::SIZES;

const QUESTION: &str = "I hvilken grad blir det du sier, tatt på alvor?";

fn table(item: &str) -> Table {
    let column = |title: &str, role| Column {
        title: title.to_owned(),
        role,
        group: None,
        people: None,
        n: None,
    };
    let row = |code: &str, label: &str, count: Cell, share: Cell| Row {
        code: code.to_owned(),
        kind: RowKind::Single,
        cells: vec![Cell::Text(label.to_owned()), count, share],
    };
    Table {
        item: item.to_owned(),
        name: String::new(),
        part: Part::Answers,
        question: QUESTION.to_owned(),
        caption: format!("Svar [{item}] (oppdiktet)"),
        n: Some(23),
        asked: Some(25),
        columns: vec![
            column("Svar", Role::Label),
            column("Antall", Role::Count),
            column("Andel", Role::Share),
        ],
        rows: vec![
            row("ikke", "Ikke i det hele tatt", Cell::AtMost(5), Cell::None),
            row("noen", "I noen grad", Cell::Hidden, Cell::None),
            row(
                "stor",
                "I stor grad",
                Cell::Exact(10),
                Cell::Share {
                    part: 10,
                    of: 23,
                    between: None,
                    of_users: None,
                },
            ),
        ],
        notes: vec!["«5 eller færre»: skrives slik for at ingen skal kjennes igjen.".to_owned()],
    }
}

fn documents() -> Documents {
    let mut documents = Documents::default();
    for language in Language::ALL {
        let title = format!("Møtet ({}) (oppdiktet)", language.code());
        let mut document = Document::new(language, title, true);
        document.heading(1, "Spørsmål");
        for item in ["q1", "q2", "q3", "q4"] {
            document.heading(3, QUESTION);
            document.table(table(item));
        }
        documents.add(document);
    }
    documents
}

fn at_home(language: Language, size: (u16, u16)) -> Screens {
    let desk = SampleDesk::new(survey());
    Screens::with_results(desk, language, size, Look::default(), documents())
}

fn reading(language: Language, size: (u16, u16)) -> Screens {
    let mut screens = at_home(language, size);
    screens.keys("3");
    screens
}

#[test]
fn results_look_as_they_did() {
    for language in Language::ALL {
        for size in SIZES {
            let mut all = String::new();
            let mut screens = at_home(language, size);
            screens.keys("Down Down");
            for (name, keys) in [
                ("home", ""),
                ("first", "Enter"),
                ("page two", "PgDn"),
                ("second question", "Right Right"),
                ("last", "End"),
                ("home again", "Esc"),
            ] {
                screens.keys(keys);
                let (x, y) = screens.cursor();
                all.push_str(&format!("=== {name}, cursor {x},{y}\n{}\n", screens.see()));
            }
            insta::assert_snapshot!(format!("results_{}_{}x{}", language.code(), size.0, size.1), all);
        }
    }
}

#[test]
fn reading_down_page_by_page_shows_every_line_and_up_again_comes_to_the_first() {
    for size in SIZES {
        let mut screens = reading(Language::Bokmal, (size.0, 200));
        let all = screens.lines();
        let mut screens = reading(Language::Bokmal, size);
        let first = screens.see();
        let mut pages = vec![screens.lines()];
        for _ in 0..20 {
            screens.keys("PgDn");
            pages.push(screens.lines());
        }
        // Without the head and the hints, which differ.
        let body = &all[2..197];
        for line in body {
            assert!(pages.concat().contains(line), "{line}");
        }
        let last = screens.see();
        screens.keys("End");
        assert_eq!(screens.see(), last);
        for _ in 0..20 {
            screens.keys("PgUp");
        }
        assert_eq!(screens.see(), first);
        screens.keys("Down Up");
        assert_eq!(screens.see(), first);
    }
}

#[test]
fn the_arrow_to_the_right_stops_at_every_heading_with_the_cursor_on_it() {
    for size in SIZES {
        let mut screens = reading(Language::Bokmal, size);
        screens.keys("Right");
        for _ in 0..2 {
            screens.keys("Right");
            let (_, y) = screens.cursor();
            let line = screens.lines().get(usize::from(y)).cloned().unwrap();
            assert!(line.contains("I hvilken grad"), "{line}");
        }
        screens.keys("Left Left Left Left");
        assert!(screens.see().contains("Møtet (nb)"));
    }
}

#[test]
fn results_speak_the_language_of_the_screen_and_fit_a_window_that_shrinks() {
    let mut screens = reading(Language::English, (80, 24));
    assert!(screens.see().contains("Møtet (en)"));
    screens.keys("End");
    screens.resize(60, 16);
    let lines = screens.lines();
    assert!(lines.iter().all(|line| line.width() <= 60), "{lines:?}");
    screens.resize(200, 60);
    assert!(screens.see().contains("Møtet (en)"), "{}", screens.see());
}

#[test]
fn without_results_nothing_offers_them() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    assert!(!screens.see().contains("resultatene"));
    let mut screens = at_home(Language::Bokmal, (80, 24));
    assert!(screens.see().contains("Se resultatene"), "{}", screens.see());
}
