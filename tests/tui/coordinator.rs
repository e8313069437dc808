//! The coordinator's screens: what they say, where their keys lead, in every language and size.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::date;
use stemme::definition::evaluation;
use stemme::disclosure::ledger::Ledger;
use stemme::disclosure::standing::{Facts, Standing};
use stemme::domain::evaluation::Evaluation;
use stemme::domain::id::Slug;
use stemme::domain::language::Language;
use stemme::domain::record::head::Secret;
use stemme::domain::record::{InterviewId, Mode, RecordHead};
use stemme::domain::slip::Slip;
use stemme::domain::survey::Survey;
use stemme::domain::workbook::left::Left;
use stemme::tui::app::Start;
use stemme::tui::coordinator::{Ask, Door, Heard, Office, Opened};
use unicode_width::UnicodeWidthStr;

use crate::harness::Screens;
use crate::sample_survey::survey;

/// The sizes screens are shown in: the usual one, the smallest, and a wide one.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (60, 16), (130, 36)];

/// Clinic North and South, one laptop that has not handed over, everything planned.
pub fn sample() -> Evaluation {
    let bytes = include_bytes!("../fixtures/evaluation.toml");
    evaluation::read(bytes).value.unwrap()
}

/// So many interviews of a survey in the open round, at the sites in turn.
pub fn heads(survey: &Survey, people: u8) -> Vec<RecordHead> {
    let one = |number: u8| RecordHead {
        interview: InterviewId::from_bytes([number; 16]),
        survey: survey.id().clone(),
        version: stemme::domain::survey::Fingerprint("0".repeat(64)),
        round: Slug::new("2026h").unwrap(),
        site: Slug::new(if number.is_multiple_of(3) { "sor" } else { "nord" }).ok(),
        laptop: None,
        interviewer: None,
        mode: Mode::Individual,
        has_code: false,
        secret: Secret::of_seed(u64::from(number)),
    };
    (0..people).map(one).collect()
}

fn slip() -> Slip {
    Slip {
        schema: 1,
        slip: InterviewId::from_bytes([99; 16]),
        round: Slug::new("2026h").unwrap(),
        site: None,
        asked: 7,
        declined: 6,
        stopped: 1,
        deleted: None,
        held: None,
        decided: None,
        made_up: true,
        newer: BTreeMap::new(),
    }
}

/// An evaluation with so many interviews, opened. What can be shown of them is reckoned once.
pub fn opened(people: u8) -> Opened {
    static OPENED: Mutex<BTreeMap<u8, Opened>> = Mutex::new(BTreeMap::new());
    let mut opened = OPENED.lock().unwrap();
    opened.entry(people).or_insert_with(|| open(people)).clone()
}

fn open(people: u8) -> Opened {
    let (evaluation, survey) = (sample(), survey());
    let facts = Facts {
        heads: &heads(&survey, people),
        slips: &[slip()],
        lost: [0; 4],
        waiting: 0,
        drafts: 0,
        ledger: &Ledger::default(),
        today: date(2026, 12, 5),
        is_closed: false,
        heard: &std::collections::BTreeSet::new(),
        own_laptop: None,
        strangers: &[],
        copies: 0,
        aside: 0,
        left: Left::default(),
    };
    Opened {
        standing: Standing::of(&evaluation, [&survey], &facts),
        surveys: vec![Arc::new(survey)],
        rounds: evaluation.rounds.iter().map(|round| round.id.clone()).collect(),
        evaluation,
        reports: "Dokumenter/stemme/2026-12-05".into(),
    }
}

/// Opens with the passphrase "riktig".
fn with_passphrase(people: u8) -> Option<(Door, Office)> {
    let office = move |ask: Ask, _| match ask {
        Ask::Open(secret) if secret.as_ref().is_some_and(|secret| secret.as_str() == "riktig") => {
            Some(Heard::Opened(Box::new(opened(people))))
        }
        Ask::Open(_) => Some(Heard::Shut("Det er ikke passfrasen.".to_owned())),
        Ask::Look => Some(Heard::Opened(Box::new(opened(people)))),
        _ => None,
    };
    Some((Door::Passphrase, Box::new(office)))
}

fn at_gate(language: Language, size: (u16, u16)) -> Screens {
    let mut screens = Screens::new(language, size);
    screens.coordinate(with_passphrase(23));
    screens.start(&Start::Coordinator);
    screens
}

fn at_overview(language: Language, size: (u16, u16)) -> Screens {
    let mut screens = at_gate(language, size);
    screens.text("riktig").keys("Enter");
    screens
}

/// Walks through keys and writes down every screen on the way.
pub fn walk(screens: &mut Screens, steps: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for (name, keys) in steps {
        screens.keys(keys);
        let (x, y) = screens.cursor();
        all.push_str(&format!("=== {name}, cursor {x},{y}\n{}\n", screens.see()));
    }
    all
}

#[test]
fn the_overview_looks_as_it_did() {
    for language in Language::ALL {
        for size in SIZES {
            let mut screens = at_gate(language, size);
            let mut all = walk(&mut screens, &[("passphrase", "")]);
            screens.text("feil");
            all.push_str(&walk(&mut screens, &[("wrong", "Enter")]));
            screens.text("riktig");
            let steps = [
                ("overview", "Enter"),
                ("second site", "Down"),
                ("a site", "Enter"),
                ("what can be shown", "Esc Down Enter"),
                ("what needs attention", "Esc Down Enter"),
                ("the last row", "Esc End"),
                ("the checklist", "Enter"),
                ("menu", "Esc Esc"),
            ];
            all.push_str(&walk(&mut screens, &steps));
            let name = format!("coordinator_overview_{}_{}x{}", language.code(), size.0, size.1);
            insta::assert_snapshot!(name, all);
        }
    }
}

#[test]
fn every_line_fits_and_the_cursor_stands_on_the_row_with_the_mark() {
    for language in Language::ALL {
        for size in [(60, 16), (80, 24), (99, 30), (110, 24), (200, 60)] {
            let mut screens = at_overview(language, size);
            for _ in 0..8 {
                let lines = screens.lines();
                let (x, y) = screens.cursor();
                assert!(lines[usize::from(y)].contains('>'), "{x},{y}\n{}", screens.see());
                for line in &lines {
                    assert!(line.width() <= usize::from(size.0), "{line}");
                }
                screens.keys("Down");
            }
        }
    }
}

#[test]
fn escape_leads_up_to_the_menu_and_from_there_to_the_start_screen_and_back() {
    let mut screens = at_overview(Language::Bokmal, (80, 24));
    screens.keys("M");
    assert!(screens.see().contains("Dette må være avklart"));
    screens.keys("Esc");
    assert!(screens.see().contains("Poliklinikk Nord"));
    screens.keys("Esc T");
    assert!(screens.see().contains("Hva vil du gjøre"), "{}", screens.see());
    screens.keys("3");
    assert!(screens.see().contains("Poliklinikk Nord"), "{}", screens.see());
}

#[test]
fn a_wrong_passphrase_shows_nothing_and_the_right_one_is_never_on_the_screen() {
    let mut screens = at_gate(Language::Bokmal, (80, 24));
    screens.text("feil").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Det er ikke passfrasen") && !seen.contains("Poliklinikk"));
    screens.text("riktig");
    assert!(!screens.see().contains("riktig"));
    screens.keys("Enter");
    assert!(screens.see().contains("Poliklinikk Nord"));
}

#[test]
fn a_click_moves_to_a_row_and_a_second_one_opens_it() {
    let mut screens = at_overview(Language::English, (80, 24));
    let row = |screens: &mut Screens, words: &str| {
        let lines = screens.lines();
        let y = lines.iter().position(|line| line.contains(words)).unwrap();
        u16::try_from(y).unwrap()
    };
    let y = row(&mut screens, "Clinic South");
    screens.input(stemme::tui::input::Input::Click(6, y));
    assert_eq!(screens.cursor().1, y);
    screens.input(stemme::tui::input::Input::Click(6, y));
    assert!(
        screens.see().contains("A site is shown by itself"),
        "{}",
        screens.see()
    );
}
