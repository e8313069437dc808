//! A new evaluation made on screen, from the first question to the open folder.

use std::path::Path;
use std::sync::{Arc, Mutex};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use stemme::domain::language::Language;
use stemme::domain::order::SplitMix64;
use stemme::fieldwork::founding::{Founder, Ground};
use stemme::store::atomic::{Access, write_new};
use stemme::store::keys::KeyStrength;
use stemme::tui::app::Start;
use stemme::tui::coordinator::{Ask, Door};

use crate::harness::Screens;
use crate::walk::SIZES;

const PASSPHRASE: &str = "hest batteri stift korrekt";

/// A program at its start screen that can make evaluations below `place`.
fn at(place: &Path, language: Language, size: (u16, u16)) -> Screens {
    let sequence = Mutex::new(SplitMix64::new(7));
    let founder = Founder::new(Ground {
        folder: place.to_owned(),
        home: place.join("home"),
        now: "2026-11-22T14:02:00[UTC]".parse().unwrap(),
        random: Arc::new(move |bytes| {
            let mut sequence = sequence.lock().unwrap();
            bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
            Ok(())
        }),
        strength: KeyStrength::NONE,
        keeps: true,
    });
    let mut screens = Screens::new(language, size);
    screens.found(founder);
    screens
}

fn begun(place: &Path, language: Language, size: (u16, u16)) -> Screens {
    let mut screens = at(place, language, size);
    screens.start(&Start::Founding { given: Vec::new() });
    screens
}

/// The screen, where folders of the test have a name that stays.
fn seen(screens: &mut Screens, place: &Path) -> String {
    screens.see().replace(&place.display().to_string(), "PLACE")
}

/// Answers everything, and calls `look` on each screen before it is answered.
fn answer_all(screens: &mut Screens, look: &mut dyn FnMut(&str, &mut Screens)) {
    let mut put = |screens: &mut Screens, name: &str, text: &str, keys: &str| {
        look(name, screens);
        screens.text(text).keys(keys);
    };
    put(screens, "title", "Min stemme", "Enter");
    put(screens, "service", "BUP Nord", "Enter");
    put(screens, "commissioner", "", "Enter");
    put(screens, "purpose", "Bli bedre", "Enter");
    put(screens, "round", "", "Enter");
    put(screens, "sites", "Nord", "Enter");
    put(screens, "sites, one there", "Sør: 12", "Enter Enter");
    put(screens, "surveys", "", "Enter");
    put(screens, "languages", "", "Enter");
    put(screens, "mode", "2", "Enter");
    put(screens, "withdraw until", "15.12.", "");
    put(screens, "withdraw until, understood", "", "Enter");
    put(screens, "delete by", "", "Enter");
    put(screens, "self from", "16", "Enter");
    put(screens, "guardian below", "16", "Enter");
    put(screens, "consent reason", "Avklart", "Enter");
    put(screens, "profile", "3", "Enter");
    put(screens, "reason", "Svært få er med", "Enter");
    put(screens, "call", "Prosjektkoordinator 900 00 000", "Enter");
    put(screens, "contacts", "Legevakta 116 117", "Enter Enter");
    // Typed over, so that the picture is the same wherever the test runs.
    for _ in 0..200 {
        screens.keys("Bs");
    }
    put(screens, "folder", "evaluering", "Enter");
    look("summary", screens);
}

/// Returns the last four groups of the recovery key, as a person reads them from the screen.
fn last_groups(seen: &str) -> String {
    let is_group =
        |word: &&str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let groups: Vec<&str> = seen
        .lines()
        .skip_while(|line| !line.contains("AGE-SECRET-KEY-1"))
        .take(4)
        .flat_map(str::split_whitespace)
        .filter(is_group)
        .collect();
    groups[groups.len() - 4..].join(" ").to_lowercase()
}

#[test]
fn an_evaluation_is_made_from_the_start_screen_and_can_be_interviewed_in_at_once() {
    let place = tempfile::tempdir().unwrap();
    let mut s = at(place.path(), Language::Bokmal, (80, 24));
    let turned = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&turned);
    s.coordinate(Some((
        Door::NotYet,
        Box::new(move |ask, _| {
            if let Ask::Turn(folder) = ask {
                heard.lock().unwrap().push(folder);
            }
            None
        }),
    )));
    assert!(s.see().contains("Lag en ny evaluering"), "{}", s.see());
    assert!(!s.see().contains("For koordinator"), "{}", s.see());
    s.start_entry("Lag en ny evaluering");
    answer_all(&mut s, &mut |_, _| {});
    s.keys("End Enter");
    s.text(PASSPHRASE).keys("Enter");
    s.text(PASSPHRASE).keys("Enter");
    let key = s.see();
    assert!(!place.path().join("evaluering").exists(), "nothing is made yet");
    s.keys("1").text("feil feil feil feil").keys("Enter");
    assert!(s.see().contains("Det stemte ikke"), "{}", s.see());
    for _ in 0.."feil feil feil feil".len() {
        s.keys("Bs");
    }
    s.text(&last_groups(&key)).keys("Enter");
    assert!(s.see().contains("Evalueringen er laget"), "{}", s.see());
    s.keys("Enter");
    let home = s.see();
    assert!(
        home.contains("Min stemme") && home.contains("Kontrollord"),
        "{home}"
    );
    assert!(!home.contains("Lag en ny evaluering"), "{home}");
    assert!(home.contains("For koordinator"), "{home}");
    assert_eq!(*turned.lock().unwrap(), [place.path().join("evaluering")]);
    let file = std::fs::read_to_string(place.path().join("evaluering/evaluation.toml")).unwrap();
    for part in [
        "title = { nb = \"Min stemme\" }",
        "id = \"sor\"",
        "withdraw_until = 2026-12-15",
        "self_from = 16",
        "profile = \"small-sample\"",
        "phone = \"116 117\"",
    ] {
        assert!(file.contains(part), "{part} in {file}");
    }
    assert!(!file.contains(PASSPHRASE));
    assert!(!place.path().join("home/new-evaluation.toml").exists());
    s.keys("1");
    assert!(s.see().contains("Sør"), "the sites are asked for: {}", s.see());
}

#[test]
fn what_was_typed_is_there_again_after_the_window_was_closed() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.text("Min stemme").keys("Enter").text("halv setn");
    s.wait(std::time::Duration::from_secs(2));
    drop(s);
    let mut s = at(place.path(), Language::Bokmal, (80, 24));
    assert!(
        s.see().contains("Fortsett på den nye evalueringen"),
        "{}",
        s.see()
    );
    s.start(&Start::Founding { given: Vec::new() });
    assert!(s.see().contains("Alt du skrev, er tatt vare på"), "{}", s.see());
    s.keys("1");
    assert!(s.see().contains("halv setn"), "{}", s.see());
    s.keys("PgUp");
    assert!(s.see().contains("Min stemme"), "{}", s.see());
    // The other choice deletes it.
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.keys("2");
    assert!(!s.see().contains("Min stemme"), "{}", s.see());
    assert!(!place.path().join("home/new-evaluation.toml").exists());
}

#[test]
fn going_back_and_forth_loses_nothing_and_what_does_not_fit_is_said_beside_it() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.keys("Enter");
    assert!(s.see().contains("! Det må stå noe her."), "{}", s.see());
    s.text("Navn").keys("Enter").text("Tjeneste").keys("PgUp");
    assert!(s.see().contains("Navn"), "{}", s.see());
    s.keys("Enter");
    assert!(s.see().contains("[ Tjeneste"), "{}", s.see());
    // Buttons do the same.
    s.keys("Tab Tab Enter");
    assert!(s.see().contains("Hva heter evalueringen?"), "{}", s.see());
    s.keys("Tab Enter");
    assert!(s.see().contains("Hvilken tjeneste"), "{}", s.see());
    s.keys("Enter Enter Enter Enter");
    s.text("Nord").keys("Enter").text("nord").keys("Enter");
    assert!(s.see().contains("! «nord» står der to ganger."), "{}", s.see());
    for _ in 0.."nord".len() {
        s.keys("Bs");
    }
    s.keys("Bs");
    assert!(s.see().contains("[ Nord"), "the last one came back: {}", s.see());
}

#[test]
fn a_row_of_the_summary_is_changed_and_what_it_makes_needed_is_asked() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.text("Navn");
    for _ in 0..17 {
        s.keys("Enter");
    }
    assert!(s.see().contains("Stemmer dette?"), "{}", s.see());
    // Up to "Trekke seg", which was left at no.
    for _ in 0..9 {
        s.keys("Down");
    }
    s.keys("Enter");
    assert!(s.see().contains("trekke seg etterpå"), "{}", s.see());
    s.keys("2 Enter");
    assert!(s.see().contains("siste dag for å trekke seg"), "{}", s.see());
    s.text("1.1.2020").keys("Enter");
    assert!(s.see().contains("allerede over"), "{}", s.see());
    for _ in 0.."1.1.2020".len() {
        s.keys("Bs");
    }
    s.text("15.12.2026").keys("Enter");
    assert!(s.see().contains("15.12.2026"), "{}", s.see());
    assert!(s.see().contains("Stemmer dette?"), "{}", s.see());
}

#[test]
fn a_passphrase_is_never_seen_and_a_weak_or_mistyped_one_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::English, (80, 24));
    answer_all(&mut s, &mut |_, _| {});
    s.keys("End Enter").text("short").keys("Enter");
    assert!(s.see().contains("at least 12"), "{}", s.see());
    for _ in 0.."short".len() {
        s.keys("Bs");
    }
    s.text(PASSPHRASE);
    assert!(
        s.see().contains("It is good") && !s.see().contains("hest"),
        "{}",
        s.see()
    );
    s.keys("Enter").text("something else entirely").keys("Enter");
    assert!(s.see().contains("not the same"), "{}", s.see());
    assert!(!s.see().contains('*'), "both are typed again: {}", s.see());
    let kept = std::fs::read_to_string(place.path().join("home/new-evaluation.toml")).unwrap();
    assert!(kept.contains("Min stemme") && !kept.contains("hest"), "{kept}");
}

#[test]
fn the_recovery_key_can_go_to_a_file_and_an_old_file_is_never_written_over() {
    let place = tempfile::tempdir().unwrap();
    write_new(&place.path().join("der.txt"), b"", Access::AsUsual).unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    answer_all(&mut s, &mut |_, _| {});
    s.keys("End Enter").text(PASSPHRASE).keys("Enter");
    s.text(PASSPHRASE).keys("Enter 2");
    s.text("der.txt").keys("Enter");
    assert!(s.see().contains("finnes allerede"), "{}", s.see());
    s.keys("Home").text("ny-").keys("Enter");
    let shown = s.see().replace('\n', " ");
    assert!(shown.contains("Reservenøkkelen ligger i"), "{shown}");
    let text = std::fs::read_to_string(place.path().join("ny-der.txt")).unwrap();
    assert!(text.starts_with("AGE-SECRET-KEY-1"));
}

#[test]
fn esc_opens_the_menu_and_the_way_to_the_start_keeps_everything() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.text("Min st").keys("Esc");
    assert!(
        s.see().replace('\u{a0}', " ").contains("Til start"),
        "{}",
        s.see()
    );
    s.keys("Esc");
    assert!(s.see().contains("[ Min st"), "{}", s.see());
    s.keys("Esc T");
    assert!(
        s.see().contains("Fortsett på den nye evalueringen"),
        "{}",
        s.see()
    );
    s.start_entry("Fortsett på den nye evalueringen");
    s.keys("1");
    assert!(s.see().contains("[ Min st"), "{}", s.see());
}

#[test]
fn the_mouse_chooses_and_presses() {
    let place = tempfile::tempdir().unwrap();
    let mut s = begun(place.path(), Language::Bokmal, (80, 24));
    s.text("Navn");
    s.click("[Neste]");
    assert!(s.see().contains("Hvilken tjeneste"), "{}", s.see());
    s.click("[Tilbake]");
    assert!(s.see().contains("Hva heter evalueringen?"), "{}", s.see());
    for _ in 0..9 {
        s.keys("Enter");
    }
    s.click("Ja, med en kode");
    assert!(s.see().contains("(x) Ja, med en kode"), "{}", s.see());
}

#[test]
fn every_screen_fits_in_every_language() {
    for language in Language::ALL {
        for size in SIZES {
            let place = tempfile::tempdir().unwrap();
            let mut s = begun(place.path(), language, size);
            let mut all = String::new();
            let mut look = |name: &str, s: &mut Screens| {
                let lines = s.lines();
                for line in &lines {
                    let wide = unicode_width::UnicodeWidthStr::width(line.as_str());
                    assert!(
                        wide <= usize::from(size.0) && !line.contains('…'),
                        "{name}: {line}"
                    );
                }
                assert!(!lines.last().unwrap().is_empty() || !lines[lines.len() - 2].is_empty());
                all.push_str(&format!("== {name}\n{}\n", seen(s, place.path())));
            };
            answer_all(&mut s, &mut look);
            s.keys("End");
            look("summary, end", &mut s);
            s.keys("Enter");
            look("passphrase", &mut s);
            s.text(PASSPHRASE);
            look("passphrase, typed", &mut s);
            s.keys("Enter");
            look("again", &mut s);
            s.text(PASSPHRASE).keys("Enter");
            let key = s.see();
            assert!(key.contains("AGE-SECRET-KEY-1"), "{key}");
            s.keys("2");
            look("recovery file", &mut s);
            s.keys("PgUp 1");
            look("type back", &mut s);
            s.text(&last_groups(&key)).keys("Enter");
            assert!(
                place.path().join("evaluering/evaluation.toml").exists(),
                "{}",
                s.see()
            );
            let (width, height) = size;
            assert_snapshot!(format!("founding_{}_{width}x{height}", language.code()), all);
        }
    }
}

/// Clicks in the middle of these words.
fn click_at(s: &mut Screens, words: &str) {
    let lines = s.lines();
    let (y, line) = lines
        .iter()
        .enumerate()
        .find(|(_, line)| line.contains(words))
        .unwrap();
    let before = line.split(words).next().unwrap();
    let x = unicode_width::UnicodeWidthStr::width(before) + 2;
    s.event(&Event::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: u16::try_from(x).unwrap(),
        row: u16::try_from(y).unwrap(),
        modifiers: KeyModifiers::NONE,
    }));
}

impl Screens {
    fn click(&mut self, words: &str) -> &mut Self {
        click_at(self, words);
        self
    }

    /// Presses the number in front of a row of the start screen.
    fn start_entry(&mut self, words: &str) -> &mut Self {
        let lines = self.lines();
        let line = lines.iter().find(|line| line.contains(words)).unwrap();
        let number = line.chars().find(char::is_ascii_digit).unwrap();
        self.event(&Event::Key(KeyEvent::new(
            KeyCode::Char(number),
            KeyModifiers::NONE,
        )));
        self
    }
}
