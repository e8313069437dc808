//! Promises that hold on every screen, in every language, in both sizes.

use stemme::domain::language::Language;
use stemme::fieldwork::desk::DraftEntry;
use stemme::texts::Texts;
use stemme::tui::app::Start;
use stemme::tui::look::Look;
use unicode_width::UnicodeWidthStr;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};

pub const SIZES: [(u16, u16); 2] = [(80, 24), (60, 16)];
pub const QUESTIONS: [&str; 15] = [
    "alvor",
    "bestemte",
    "hjalp",
    "snakke",
    "trygg",
    "viktig",
    "pastander",
    "par",
    "viktigst",
    "halvveis",
    "dager",
    "start",
    "ett_ord",
    "annerledes",
    "trodd",
];

/// Calls `check` on every screen there is.
pub fn everywhere(language: Language, size: (u16, u16), check: &mut dyn FnMut(&str, &mut Screens)) {
    let letters = Texts::load(language).unwrap().interview.letter.clone();
    let mut s = Screens::new(language, size);
    s.app.begin(&Start::First);
    check("first, language", &mut s);
    s.keys("Enter");
    check("first, role", &mut s);
    s.keys("Enter");
    check("first, text", &mut s);
    s.keys("Enter");
    check("first, practice", &mut s);
    let mut s = Screens::new(language, size);
    check("home", &mut s);
    beginning(language, size, check);
    group(language, size, check);
    let mut s = Screens::new(language, size);
    s.interview();
    for question in QUESTIONS {
        s.go_to(question);
        check(question, &mut s);
        if s.app_shows_card() {
            s.keys("F6");
            check(&format!("card of {question}"), &mut s);
            s.keys("Esc");
        }
        if question == "dager" || question == "annerledes" {
            s.keys("Tab");
            check(&format!("{question} on a button"), &mut s);
        }
        if question == "hjalp" {
            s.keys("/");
            check("hjalp filtered", &mut s);
            s.keys("Esc");
        }
    }
    s.go_to("dager");
    s.text("1200").keys("Enter");
    check("number too large", &mut s);
    s.keys("Bs Bs Bs Bs").text("60").keys("Enter");
    check("check asks", &mut s);
    s.keys("Esc");
    s.go_to("bestemte");
    s.keys("Enter");
    check("required", &mut s);
    s.keys("Esc 4 Enter");
    check("own words", &mut s);
    s.keys("Enter");
    s.go_to("viktig");
    s.keys("1 2")
        .keys(&Texts::load(language).unwrap().words.key_dont_know);
    check("cleared", &mut s);
    s.go_to("alvor");
    s.keys("Esc");
    check("menu", &mut s);
    s.keys(&letters.pause);
    check("pause", &mut s);
    s.keys(&letters.distress);
    check("distress", &mut s);
    s.keys("Esc 3");
    check("stop", &mut s);
    s.keys("3 Enter");
    check("delete", &mut s);
    s.keys("Enter");
    check("delete, wrong word", &mut s);
    s.keys("Esc Esc");
    s.keys("Esc").keys(&letters.settings);
    check("settings", &mut s);
    for _ in 0..9 {
        s.keys("Down");
    }
    s.keys("Enter");
    check("pin", &mut s);
    s.text("1234").keys("Enter");
    check("pin again", &mut s);
    s.keys("Esc Esc").keys(&letters.note);
    check("note", &mut s);
    s.keys("Esc").keys(&letters.overview);
    check("overview", &mut s);
    s.keys("Esc").keys(&letters.probes);
    check("probes", &mut s);
    s.keys("Esc Esc").keys(&letters.scribe);
    check("scribe", &mut s);
    s.keys("Esc ?");
    check("help", &mut s);
    s.keys("Esc C-c");
    check("quit", &mut s);
    s.go_to("trodd");
    s.keys("1 Enter");
    check("handed back", &mut s);
    s.go_to("alvor").go_to("trodd");
    check("answered unseen", &mut s);
    s.go_to("annerledes");
    s.text("For mange ganger.").keys("PgDn");
    s.go_to("trodd");
    s.keys("Enter");
    check("left", &mut s);
    s.keys("Esc");
    check("read-back", &mut s);
    s.keys(&letters.card);
    check("card of read-back", &mut s);
    s.keys("Esc");
    for _ in 0..12 {
        s.keys("Down");
    }
    check("read-back further down", &mut s);
    for _ in 0..5 {
        s.keys("Down");
    }
    check("read-back, quote", &mut s);
    s.keys(&letters.last);
    check("closing", &mut s);
    s.keys("1");
    check("sealed", &mut s);
    s.keys("3");
    check("wants to talk", &mut s);
    let mut s = Screens::new(language, size);
    s.deeds.with_code.store(1, std::sync::atomic::Ordering::SeqCst);
    s.interview();
    s.go_to("trodd")
        .keys("1 Enter Enter Esc")
        .keys(&letters.last)
        .keys("1");
    check("code", &mut s);
    s.keys(&letters.card);
    check("card of the code", &mut s);
    s.keys("Esc 1 Enter");
    check("sealed with a code", &mut s);
    practice(language, size, check);
    afterwards(language, size, check);
    let mut s = Screens::new(language, size);
    s.interview();
    s.keys("Esc").keys(&letters.stop).keys("1 Enter");
    check("held", &mut s);
    s.deeds.full.store(1, std::sync::atomic::Ordering::SeqCst);
    s.keys("2");
    s.go_to("alvor");
    s.keys("3");
    check("not saved", &mut s);
}

/// The start screen, drafts, and everything before the first question.
fn beginning(language: Language, size: (u16, u16), check: &mut dyn FnMut(&str, &mut Screens)) {
    let letters = Texts::load(language).unwrap().interview.letter.clone();
    let draft = |day| DraftEntry {
        name: format!("draft {day}"),
        last_day: Some(jiff::civil::date(2026, 11, day)),
        arrived: false,
    };
    let mut desk = SampleDesk::new(survey());
    desk.drafts = vec![draft(20), draft(18)];
    let mut s = Screens::at(desk, language, size, Look::default());
    check("home with drafts", &mut s);
    s.keys("1");
    check("drafts", &mut s);
    s.keys("2");
    check("secret", &mut s);
    let mut s = Screens::new(language, size);
    s.keys("1");
    check("one_or_group", &mut s);
    s.keys("1");
    check("information of one", &mut s);
    s.keys(&letters.card);
    check("card of the information", &mut s);
    s.keys("Esc Enter");
    while s.is_at_information() {
        s.keys("Enter");
    }
    check("age", &mut s);
    s.keys(&letters.card);
    check("card of age", &mut s);
    s.keys("Esc 1 Enter");
    check("guardian", &mut s);
    s.keys("1 Enter");
    check("consent", &mut s);
    s.keys(&letters.card);
    check("card of consent", &mut s);
    s.keys("Esc 3 Enter");
    check("more about it", &mut s);
    s.keys("Esc 2 Enter");
    check("declined", &mut s);
}

/// A group: how many, too few, consent of each, hands, what was said.
fn group(language: Language, size: (u16, u16), check: &mut dyn FnMut(&str, &mut Screens)) {
    let mut s = Screens::new(language, size);
    s.keys("1 2");
    check("people", &mut s);
    s.keys("3 Enter");
    check("few people", &mut s);
    s.keys("2");
    check("information", &mut s);
    while s.is_at_information() {
        s.keys("Enter");
    }
    check("youngest", &mut s);
    s.keys("1 Enter");
    check("guardian of each", &mut s);
    s.keys("1 Enter");
    check("consent of each", &mut s);
    s.keys("1 Enter 1 Enter");
    s.go_to("hender");
    s.keys("2");
    check("hender", &mut s);
    s.keys("F6");
    check("card of hender", &mut s);
    s.keys("Esc 9");
    check("too many hands", &mut s);
    s.go_to("annerledes");
    check("statements", &mut s);
    s.keys("PgDn 2");
    check("read-back to the group", &mut s);
}

/// Practice: the mark in row 1, and what the made-up person says.
fn practice(language: Language, size: (u16, u16), check: &mut dyn FnMut(&str, &mut Screens)) {
    let mut s = Screens::new(language, size);
    s.keys("2 1");
    check("practice information", &mut s);
    let mut s = Screens::new(language, size);
    s.begin("Practice");
    for question in ["alvor", "bestemte", "pastander", "annerledes", "trodd"] {
        s.go_to(question);
        check(&format!("practice {question}"), &mut s);
    }
    let letters = Texts::load(language).unwrap().interview.letter.clone();
    s.keys("1 Enter Enter Esc").keys(&letters.last);
    check("practice closing", &mut s);
    s.keys("1");
    check("practised", &mut s);
}

/// An interview entered afterwards.
fn afterwards(language: Language, size: (u16, u16), check: &mut dyn FnMut(&str, &mut Screens)) {
    let letters = Texts::load(language).unwrap().interview.letter.clone();
    let mut s = Screens::new(language, size);
    s.keys(&letters.afterwards);
    check("afterwards", &mut s);
    s.keys("2 1");
    check("information afterwards", &mut s);
    while s.is_at_information() {
        s.keys("Enter");
    }
    s.keys("2 Enter");
    check("consent afterwards", &mut s);
    s.keys("1 Enter 1 Enter");
    s.go_to("trodd");
    check("trodd afterwards", &mut s);
    s.keys(&letters.pause);
    check("pause afterwards", &mut s);
    s.keys("3");
    check("stop afterwards", &mut s);
    s.keys("Esc").go_to("annerledes");
    s.text("For mange ganger.").keys("PgDn").go_to("trodd");
    s.keys("Enter Esc");
    check("read-back afterwards", &mut s);
    for _ in 0..17 {
        s.keys("Down");
    }
    check("read-back afterwards, quote", &mut s);
    s.keys(&letters.last);
    check("closing afterwards", &mut s);
    s.keys("1");
    check("sealed afterwards", &mut s);
}

fn each(check: &mut dyn FnMut(&str, &mut Screens)) {
    for language in Language::ALL {
        for size in SIZES {
            everywhere(language, size, &mut |name, screens| {
                check(
                    &format!("{name}, {} {}x{}", language.code(), size.0, size.1),
                    screens,
                );
            });
        }
    }
}

#[test]
fn hints_are_whole_stand_in_the_last_two_rows_and_name_the_way_out() {
    each(&mut |name, screens| {
        let (width, height) = screens.app.situation().size;
        let lines = screens.lines();
        for line in &lines {
            assert!(line.width() <= usize::from(width), "{name}: {line}");
        }
        // A card has one hint row: it must fit a window of very large letters.
        let rows = if name.starts_with("card") { 1 } else { 2 };
        let hints = &lines[usize::from(height) - rows..];
        assert!(
            !hints[0].trim().is_empty(),
            "{name}: no hints\n{}",
            lines.join("\n")
        );
        assert!(
            hints.iter().any(|line| line.contains("Esc: ")),
            "{name}\n{}",
            lines.join("\n")
        );
        // Where one row is enough for the keys, the other holds a sentence, and it fits.
        let says_more = ["home", "first, ", "settings"];
        if says_more.iter().any(|start| name.starts_with(start)) {
            assert!(!hints[1].trim().is_empty(), "{name}\n{}", lines.join("\n"));
        }
        for line in hints {
            assert!(!line.contains('…'), "{name}: {line}");
            assert!(line.width() < usize::from(width), "{name}: {line}");
        }
        // A hint is a key and what it does, or a sentence; half of one is neither.
        let texts = Texts::load(screens.app.situation().language()).unwrap();
        let settings = &texts.settings;
        let texts = &texts.interview;
        let whole = [
            &texts.hint.write,
            &texts.hint.type_to_search,
            &texts.start.safe,
            &settings.about,
            &settings.about_interview,
            &settings.first_enter,
        ];
        for part in hints.iter().flat_map(|line| line.split("   ")).map(str::trim) {
            let says = part.split_once(": ").is_some_and(|(_, says)| !says.is_empty());
            assert!(
                part.is_empty() || says || whole.iter().any(|hint| *hint == part),
                "{name}: {part:?}"
            );
        }
    });
}

#[test]
fn the_cursor_stands_on_the_focused_row() {
    each(&mut |name, screens| {
        let (x, y) = screens.cursor();
        let lines = screens.lines();
        let line = &lines[usize::from(y)];
        let marked: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.contains(" > ") || line.contains(">(") || line.contains("│ > "))
            .map(|(at, _)| at)
            .collect();
        let (_, height) = screens.app.situation().size;
        let top = if name.starts_with("card") { 1 } else { 2 };
        let end = if name.starts_with("card") {
            height - 1
        } else {
            height - 3
        };
        assert!(
            y >= top && y < end,
            "{name}: cursor at {x},{y}\n{}",
            lines.join("\n")
        );
        if let [only] = marked[..] {
            assert_eq!(usize::from(y), only, "{name}: {line}\n{}", lines.join("\n"));
        }
    });
}

#[test]
fn esc_and_esc_again_is_the_same_picture() {
    each(&mut |name, screens| {
        let layered = [
            "menu",
            "pause",
            "distress",
            "stop",
            "delete",
            "settings",
            "pin",
            "note",
            "overview",
            "probes",
            "help",
            "required",
            "check asks",
            "one_or_group",
            "people",
            "hjalp filtered",
            "card",
            "drafts",
            "secret",
            "few people",
            "scribe",
            "left",
            "more about it",
        ];
        if layered.iter().any(|layer| name.starts_with(layer)) || name.starts_with("afterwards,") {
            return;
        }
        let before = (screens.see(), screens.cursor());
        screens.keys("Esc");
        assert_ne!(before.0, screens.see(), "{name}: Esc did nothing");
        screens.keys("Esc");
        assert_eq!(before.0, screens.see(), "{name}");
        assert_eq!(before.1, screens.cursor(), "{name}");
    });
}

#[test]
fn the_curtain_shows_nothing_swallows_keys_and_returns_to_the_same_place() {
    each(&mut |name, screens| {
        let before = (screens.see(), screens.cursor());
        screens.keys("C-l");
        let hidden = screens.see();
        // Whether to leave is asked in front of the curtain too.
        let lines = if name.starts_with("quit") { 3 } else { 1 };
        assert_eq!(hidden.trim().lines().count(), lines, "{name}: {hidden}");
        assert!(
            !hidden.contains("BUP") && !hidden.contains("stemme"),
            "{name}: {hidden}"
        );
        screens.text("abc123").keys("Esc Tab Bs");
        assert_eq!(hidden, screens.see(), "{name}");
        screens.keys("Enter");
        assert_eq!(before.0, screens.see(), "{name}");
        assert_eq!(before.1, screens.cursor(), "{name}");
    });
}

#[test]
fn a_window_too_small_says_so_whole_and_comes_back_as_it_was() {
    for language in Language::ALL {
        let mut screens = Screens::new(language, (80, 24));
        screens.interview().keys("4");
        let before = (screens.see(), screens.cursor());
        screens.resize(50, 10);
        let small = Texts::load(language).unwrap().interview.small.clone();
        let said = screens.see().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said, small);
        screens.keys("2 Enter");
        screens.resize(80, 24);
        assert_eq!(before.0, screens.see());
        assert_eq!(before.1, screens.cursor());
    }
}

#[test]
fn with_ascii_only_letters_are_not_ascii() {
    let look = Look {
        ascii: true,
        ..Look::default()
    };
    let mut screens = Screens::at(SampleDesk::new(survey()), Language::Bokmal, (80, 24), look);
    screens.interview();
    for question in QUESTIONS {
        screens.go_to(question);
        let seen = screens.see();
        let odd = |c: char| ('\u{2190}'..='\u{2bff}').contains(&c) || c >= '\u{1f000}';
        assert!(!seen.contains(odd), "{question}\n{seen}");
    }
}

#[test]
fn every_letter_stands_for_one_thing_and_is_typed_without_shift_or_altgr() {
    for language in Language::ALL {
        let texts = Texts::load(language).unwrap();
        let words = &texts.words;
        let mut letters = texts.interview.letter.all().to_vec();
        letters.extend([
            words.key_dont_know.as_str(),
            words.key_wont_say.as_str(),
            words.key_not_applicable.as_str(),
        ]);
        let mut once = letters.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), letters.len(), "{letters:?}");
        assert!(
            letters
                .iter()
                .all(|letter| letter.len() == 1 && letter.chars().all(|c| c.is_ascii_uppercase()))
        );
    }
}

#[test]
fn every_screen_looks_as_it_did() {
    for language in Language::ALL {
        for size in SIZES {
            let mut all = String::new();
            everywhere(language, size, &mut |name, screens| {
                let (x, y) = screens.cursor();
                all.push_str(&format!("=== {name}, cursor {x},{y}\n{}\n", screens.see()));
            });
            insta::assert_snapshot!(format!("screens_{}_{}x{}", language.code(), size.0, size.1), all);
        }
    }
}
