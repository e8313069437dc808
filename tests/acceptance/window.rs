//! The window: hints, sizes and the cursor.

use unicode_width::UnicodeWidthStr;

use crate::laptop::Laptop;
use crate::steps::{on_to, texts, walk};
use crate::terminal::Terminal;

/// Looks at the hints of a screen: whole, in the last rows, and the way out among them.
fn hints_are_whole(terminal: &Terminal, (columns, rows): (u16, u16), language: &str) {
    let lines = terminal.lines();
    let screen = lines.join("\n");
    let words = texts(language).interview;
    let whole = [&words.hint.write, &words.hint.type_to_search, &words.start.safe];
    assert!(
        lines.iter().all(|line| line.width() <= usize::from(columns)),
        "{screen}"
    );
    let hints = &lines[usize::from(rows) - 2..];
    assert!(hints.iter().any(|line| line.contains("Esc: ")), "{screen}");
    assert!(!hints.concat().contains('…'), "{screen}");
    // A hint is a key and what it does, or a sentence; half of one is neither.
    for part in hints.iter().flat_map(|line| line.split("   ")).map(str::trim) {
        let says = part
            .split_once(": ")
            .is_some_and(|(key, says)| !key.is_empty() && !says.is_empty());
        let is_whole = part.is_empty() || says || whole.iter().any(|hint| *hint == part);
        assert!(is_whole, "{part:?}\n{screen}");
    }
}

fn hints_are_whole_everywhere(language: &str) {
    for size in [(80, 24), (60, 16)] {
        let laptop = Laptop::used();
        let mut terminal = laptop.practice(language, size);
        let mut screens = 0;
        walk(&mut terminal, language, |terminal| {
            hints_are_whole(terminal, size, language);
            screens += 1;
        });
        assert!(screens >= 22, "{screens} screens");
        for over in ["Esc", "?", "C-c"] {
            terminal.keys(over);
            hints_are_whole(&terminal, size, language);
            terminal.keys("Esc");
        }
    }
}

/// Check 3.
#[test]
fn no_hint_is_cut_in_bokmal() {
    hints_are_whole_everywhere("nb");
}

/// Check 3.
#[test]
fn no_hint_is_cut_in_nynorsk() {
    hints_are_whole_everywhere("nn");
}

/// Check 3.
#[test]
fn no_hint_is_cut_in_english() {
    hints_are_whole_everywhere("en");
}

/// Check 4.
#[test]
fn a_window_too_small_says_so_whole_and_the_answer_is_there_when_it_grows() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("4");
    let before = terminal.picture();
    assert!(before.0.contains("valgt: 4 Litt enig"), "{}", before.0);
    terminal.resize(50, 10);
    let said: Vec<String> = terminal.see().split_whitespace().map(str::to_owned).collect();
    assert_eq!(said.join(" "), texts("nb").interview.small);
    terminal.keys("2 Enter");
    terminal.resize(80, 24);
    assert_eq!(terminal.picture(), before);
}

/// Check 16.
#[test]
fn the_cursor_can_be_seen_and_stands_on_the_marked_row() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    let mut looked = 0;
    walk(&mut terminal, "nb", |terminal| {
        looked += usize::from(cursor_is_on_the_mark(terminal));
        terminal.keys("Down Down Down");
        looked += usize::from(cursor_is_on_the_mark(terminal));
    });
    assert!(looked >= 20, "{looked} screens with a mark");
    for list in ["Esc", "o"] {
        terminal.keys(list);
        assert!(cursor_is_on_the_mark(&terminal), "{}", terminal.see());
        terminal.keys("Down Down Down");
        assert!(cursor_is_on_the_mark(&terminal), "{}", terminal.see());
        terminal.keys("Esc");
    }
}

/// Check 16, in a text: where the next letter goes.
#[test]
fn the_cursor_stands_where_the_next_letter_goes() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    on_to(&mut terminal, "gjort annerledes?");
    for (words, back) in [("mer tid", 0), ("é ü", 0), ("", 3)] {
        terminal.text(words);
        terminal.keys(&"Left ".repeat(back));
        let (column, row) = terminal.cursor();
        terminal.text("Z");
        let line = terminal.lines()[usize::from(row)].clone();
        assert_eq!(line.chars().nth(usize::from(column)), Some('Z'), "{line}");
        terminal.keys("Bs");
        assert_eq!(terminal.cursor(), (column, row));
    }
}

/// Looks at the one mark on the screen; returns whether there was one.
fn cursor_is_on_the_mark(terminal: &Terminal) -> bool {
    assert!(terminal.shows_cursor(), "{}", terminal.see());
    let lines = terminal.lines();
    let with = |marks: &[&str]| -> Vec<usize> {
        (0..lines.len())
            .filter(|row| marks.iter().any(|mark| lines[*row].contains(mark)))
            .collect()
    };
    // What lies over a question has the cursor, though the row below it keeps its mark.
    let over = with(&["│  > "]);
    let marked = if over.is_empty() {
        with(&[" > ", ">("])
    } else {
        over
    };
    let [only] = marked[..] else {
        return false;
    };
    assert_eq!(usize::from(terminal.cursor().1), only, "{}", lines.join("\n"));
    true
}
