//! Ways through an interview.

use stemme::domain::language::Language;
use stemme::texts::Texts;

use crate::terminal::Terminal;

/// Returns the texts of a language.
pub fn texts(language: &str) -> Texts {
    Texts::load(Language::from_code(language).unwrap()).unwrap()
}

/// Returns how the first question begins.
pub fn first_question(language: &str) -> &'static str {
    match language {
        "nb" => "Hvor enig er du?",
        "nn" => "Kor einig er du?",
        _ => "How much do you agree?",
    }
}

/// Goes from the start of an interview through information, age and consent to the first question.
pub fn to_first_question(terminal: &mut Terminal, language: &str) {
    let words = texts(language).interview;
    for _ in 0..16 {
        let screen = terminal.see();
        if screen.contains(first_question(language)) {
            return;
        }
        if screen.contains(&words.start.one_or_group) {
            terminal.keys("1");
        } else if screen.contains(&words.consent.age) {
            terminal.keys("2 Enter");
        } else if screen.contains("1  ( ) ") {
            terminal.keys("1 Enter");
        } else {
            terminal.keys("Enter");
        }
    }
    panic!("no first question\n{}", terminal.see());
}

/// Walks every question to the read-back and shows each screen on the way to `look`. Answers only what opens the
/// last section.
pub fn walk(terminal: &mut Terminal, language: &str, mut look: impl FnMut(&mut Terminal)) {
    let words = texts(language).interview;
    look(terminal);
    terminal.keys("4");
    for _ in 0..60 {
        terminal.keys("PgDn");
        look(terminal);
        let screen = terminal.see();
        if screen.contains(&words.required.title) {
            terminal.keys("3");
            look(terminal);
        } else if screen.contains(&words.parked.title) {
            terminal.keys("2");
            terminal.wait_for(&words.readback.title);
            look(terminal);
            return;
        } else if screen.contains(&words.readback.title) {
            return;
        }
    }
    panic!("no read-back\n{}", terminal.see());
}

/// Goes on until these words stand on the screen.
pub fn on_to(terminal: &mut Terminal, words: &str) {
    for _ in 0..40 {
        let screen = terminal.see();
        if screen.contains(words) {
            return;
        }
        terminal.keys(if screen.contains("Hvordan vil dere gå videre?") {
            "3"
        } else {
            "PgDn"
        });
    }
    panic!("never seen: {words}\n{}", terminal.see());
}
