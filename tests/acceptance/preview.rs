//! A survey previewed while it is written: the file changes under the screen, breaks, and is mended.

use std::fs;

use crate::laptop::{EVERY_TYPE, Laptop, said};
use crate::steps::texts;
use crate::terminal::Terminal;

struct Written {
    laptop: Laptop,
    survey: String,
}

impl Written {
    fn new() -> Self {
        let written = Self {
            laptop: Laptop::used(),
            survey: fs::read_to_string(EVERY_TYPE).unwrap(),
        };
        written.laptop.write("s.toml", &written.survey);
        written
    }

    fn preview(&self, more: &[&str], size: (u16, u16)) -> Terminal {
        let arguments = [&["vis", "s.toml"], more].concat();
        self.laptop.screen(&arguments, size)
    }

    /// Saves the file with some words exchanged.
    fn save(&self, from: &str, to: &str) {
        let changed = self.survey.replacen(from, to, 1);
        assert_ne!(changed, self.survey);
        self.laptop.write("s.toml", &changed);
    }
}

/// Goes through what is said before the questions, by paging, and on to the question with these words.
fn page_to(terminal: &mut Terminal, words: &str) {
    for _ in 0..40 {
        if terminal.see().contains(words) {
            return;
        }
        terminal.keys("PgDn");
    }
    panic!("never seen: {words}\n{}", terminal.see());
}

#[test]
fn the_preview_follows_the_file_stays_at_the_question_and_tells_of_mistakes() {
    let written = Written::new();
    let mut terminal = written.preview(&[], (80, 24));
    let words = texts("nb");
    let mark = format!("({})", words.preview.mark);
    page_to(&mut terminal, "Hvem bestemte hva du skulle få hjelp til?");
    assert!(terminal.lines()[0].contains(&mark), "{}", terminal.see());
    terminal.keys("1");

    written.save("Hvem bestemte hva du", "Hvem bestemte mest om hva du");
    let screen = terminal.wait_for("Hvem bestemte mest om hva du");
    assert!(screen.contains("1  (x)"), "what was tried stays\n{screen}");

    written.save(
        "type     = \"one\"\n  required = true",
        "tipe = \"one\"\n  required = maybe",
    );
    let screen = terminal.wait_for("Feil i fila, linje");
    assert!(screen.contains("Hvem bestemte mest om hva du"), "{screen}");
    let said = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&words.preview.keeps), "{screen}");
    assert!(terminal.lines()[0].contains(&mark), "{screen}");
    // The question can still be used, and others be gone to.
    let screen = terminal.keys("2").see();
    assert!(screen.contains("2  (x)"), "{screen}");

    written.laptop.write("s.toml", &written.survey);
    let screen = terminal.until("mended", |screen| !screen.contains("Feil i fila"));
    assert!(
        screen.contains("Hvem bestemte hva du") && screen.contains("2  (x)"),
        "{screen}"
    );

    terminal.keys("C-c C-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_preview_begun_on_a_broken_file_waits_until_it_is_mended() {
    let written = Written::new();
    written.save("format    = 1", "format    = ");
    let terminal = written.preview(&["--lang", "en"], (80, 24));
    let words = texts("en");
    terminal.wait_for(&words.preview.waiting);
    assert!(
        terminal.see().contains("Mistake in the file, line "),
        "{}",
        terminal.see()
    );
    written.laptop.write("s.toml", &written.survey);
    let screen = terminal.until("the survey", |screen| !screen.contains("Mistake in the file"));
    assert!(screen.contains(&words.interview.consent.title), "{screen}");
}

#[test]
fn a_smaller_window_is_drawn_into_a_corner_of_the_one_there_is() {
    let written = Written::new();
    let terminal = written.preview(&["--size", "60x16"], (90, 30));
    let lines = terminal.lines();
    assert!(
        lines[..16].iter().all(|line| line.chars().nth(60) == Some('│')),
        "{}",
        terminal.see()
    );
    assert!(
        lines[16].ends_with('┘') && lines[17..].iter().all(String::is_empty),
        "{}",
        terminal.see()
    );
}

#[test]
fn nothing_is_kept_and_the_menu_leads_out() {
    let written = Written::new();
    let before = written.laptop.files("home");
    let mut terminal = written.preview(&[], (80, 24));
    page_to(&mut terminal, "Hvem bestemte");
    terminal.keys("1 Esc").keys(&texts("nb").interview.letter.stop);
    assert_eq!(terminal.end(), 0);
    assert_eq!(written.laptop.files("home"), before);
}

#[test]
fn in_a_pipe_the_screens_are_printed() {
    let written = Written::new();
    let printed = written.laptop.run(&["preview", "s.toml", "--size", "60x16"], "");
    assert!(printed.status.success());
    let printed = said(&printed);
    assert!(
        printed.contains("=== bestemte\n") && !printed.contains('\u{1b}'),
        "{printed}"
    );
}
