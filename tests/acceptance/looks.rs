//! How the screens look: without colour, in plain characters, and turned towards the other person.

use crate::laptop::Laptop;
use crate::steps::{on_to, walk};

/// Returns the numbers of every colour that is set.
fn colours(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    for part in text.split("\x1b[").skip(1) {
        let length = part
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == ';')
            .count();
        let (numbers, rest) = part.split_at(length);
        if rest.starts_with('m') {
            let numbers = numbers.split(';').filter_map(|number| number.parse().ok());
            found.extend(numbers.filter(|number| matches!(number, 30..=38 | 40..=48 | 90..=107)));
        }
    }
    found
}

/// Check 15.
#[test]
fn without_colour_nothing_is_coloured_and_the_marks_are_there() {
    // With colour there is some; else nothing would be shown below.
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("?");
    assert!(!colours(&terminal.bytes()).is_empty());

    let no_colour = Laptop::used().set("NO_COLOR", "1");
    let flag = Laptop::used();
    for (laptop, more) in [
        (&no_colour, &[][..]),
        (&flag, &["--color", "never"]),
        (&flag, &["--no-color"]),
    ] {
        let mut terminal = laptop.practice_with(more, "nb", (80, 24));
        terminal.keys("4 Enter 2");
        let screen = terminal.see();
        assert!(screen.contains("> 2  (x)"), "{screen}");
        terminal.keys("?");
        assert_eq!(colours(&terminal.bytes()), [0_u16; 0], "{more:?}");
    }
}

/// Check 15: a terminal that can do nothing is spoken to in lines.
#[test]
fn a_dumb_terminal_gets_lines() {
    let laptop = Laptop::used().set("TERM", "dumb");
    let mut terminal = laptop.screen(&["practice", crate::laptop::EVERY_TYPE], (80, 24));
    terminal.wait_for("Dette er en øving");
    assert!(!terminal.bytes().contains(&0x1b));
    terminal.keys("C-c");
}

fn drawn(c: char) -> bool {
    ('\u{2190}'..='\u{2bff}').contains(&c) || c >= '\u{1f000}'
}

/// Check 18.
#[test]
fn with_ascii_there_are_no_drawn_characters_and_the_letters_are_there() {
    let laptop = Laptop::used();
    let mut usual = laptop.practice("nb", (80, 24));
    assert!(usual.see().contains(drawn), "{}", usual.see());
    usual.keys("C-c C-c");
    let mut terminal = laptop.practice_with(&["--ascii"], "nb", (80, 24));
    walk(&mut terminal, "nb", |_| {});
    for over in ["Esc", "?", "o"] {
        terminal.keys(over).keys("Esc");
    }
    let all = String::from_utf8(terminal.bytes()).unwrap();
    let odd: Vec<char> = all.chars().filter(|c| drawn(*c)).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert!(all.contains("sjølv") || all.contains("på"));
    let results = laptop.run(&["demo", "--ascii"], "");
    let said = crate::laptop::said(&results);
    assert!(results.status.success() && !said.contains(drawn), "{said}");
    assert!(said.contains('å'), "{said}");
}

/// Check 20.
#[test]
fn the_card_shows_what_is_asked_and_nothing_else() {
    for size in [(80, 24), (40, 12)] {
        let laptop = Laptop::used();
        let mut terminal = laptop.practice("nb", (80, 24));
        terminal.keys("4");
        terminal.keys("n").text("husk dette").keys("PgDn");
        terminal.wait_for("Hvor enig er du?");
        terminal.keys("k");
        terminal.resize(size.0, size.1);
        let mut card = terminal.see();
        // A window of very large letters holds the card in parts.
        for _ in 0..6 {
            terminal.keys("PgDn");
            card.push('\n');
            card.push_str(&terminal.see());
        }
        let words = card.split_whitespace().collect::<Vec<_>>().join(" ");
        for shown in [
            "Jeg ble tatt på alvor på BUP.",
            "Helt uenig",
            "Litt enig",
            "vet ikke",
            "vil ikke svare",
            "Esc",
        ] {
            assert!(words.contains(shown), "{shown}\n{card}");
        }
        for private in [
            "husk dette",
            "Til deg",
            "(x)",
            "valgt",
            "Lagret",
            "Prøveskjema",
            "Kim",
        ] {
            assert!(!words.contains(private), "{private}\n{card}");
        }
        terminal.keys("2 Esc");
        terminal.resize(80, 24);
        let screen = terminal.see();
        assert!(screen.contains("valgt: 2 Litt uenig"), "{screen}");
    }
}

/// Check 20, for every question there is a card for.
#[test]
fn no_card_shows_a_name_a_note_or_an_answer() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    let mut cards = 0;
    walk(&mut terminal, "nb", |terminal| {
        if !terminal.see().contains("K: vis kort") {
            return;
        }
        let before = terminal.picture();
        terminal.keys("F6");
        let card = terminal.see();
        cards += 1;
        for private in ["Til deg", "(x)", "[x]", "Lagret", "Prøveskjema", "Kim"] {
            assert!(!card.contains(private), "{private}\n{card}");
        }
        terminal.keys("Esc");
        assert_eq!(terminal.picture(), before);
    });
    assert!(cards >= 8, "{cards} cards");
    on_to(&mut terminal, "Les opp svarene");
}
