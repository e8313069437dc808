//! Keys that must never do harm: Esc, the curtain, Ctrl+C.

use crate::laptop::Laptop;
use crate::steps::{on_to, walk};
use crate::terminal::Terminal;

fn esc_twice_is_nothing(terminal: &mut Terminal) {
    let before = terminal.picture();
    let layered = ["Hvordan vil dere gå videre?", "Noe står igjen"];
    if layered.iter().any(|title| before.0.contains(title)) {
        return;
    }
    terminal.keys("Esc");
    assert_ne!(terminal.picture().0, before.0, "Esc did nothing");
    terminal.keys("Esc");
    assert_eq!(terminal.picture(), before);
}

/// Check 8: every screen between consent and closing.
#[test]
fn esc_and_esc_again_is_the_same_screen_and_the_draft_is_as_it_was() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.screen(&["interview", "-e", "ev"], (80, 24));
    terminal.wait_for("Hvem skal svare?");
    terminal.keys("1");
    esc_twice_is_nothing(&mut terminal);
    crate::steps::to_first_question(&mut terminal, "nb");
    let mut screens = 0;
    walk(&mut terminal, "nb", |terminal| {
        let before = laptop.files("ev/draft");
        assert!(!before.is_empty());
        esc_twice_is_nothing(terminal);
        assert_eq!(laptop.files("ev/draft"), before, "{}", terminal.see());
        screens += 1;
    });
    assert!(screens >= 22, "{screens} screens");
    terminal.keys("b");
    terminal.wait_for("Ferdig. Takk!");
    esc_twice_is_nothing(&mut terminal);
}

/// Check 8: whatever lies over a question goes away on Esc, and the question is as it was.
#[test]
fn esc_closes_what_lies_over_a_question() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4");
    terminal.wait_for("Lagret");
    let before = (terminal.picture(), laptop.files("ev/draft"));
    for over in ["n", "o", "p", "k", "f", "?", "Esc d", "Esc s", "Esc e", "Esc a"] {
        terminal.keys(over);
        assert_ne!(terminal.picture().0, before.0.0, "{over} opened nothing");
        // What was opened from the menu may have the menu below it.
        for _ in 0..3 {
            if terminal.picture() == before.0 {
                break;
            }
            terminal.keys("Esc");
        }
        assert_eq!(terminal.picture(), before.0, "{over}");
    }
    assert_eq!(laptop.files("ev/draft"), before.1);
}

/// Check 9.
#[test]
fn esc_and_a_key_in_one_write_change_nothing() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("4");
    let before = terminal.picture();
    for key in ["3", "h", "v", "p"] {
        terminal.write(&format!("\x1b{key}"));
        assert_eq!(terminal.picture(), before, "Esc and {key}");
    }
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text("noe");
    let before = terminal.picture();
    terminal.write("\x1b3").write("\x1bx");
    assert_eq!(terminal.picture(), before);
}

/// Check 10.
#[test]
fn the_curtain_leaves_nothing_to_read_and_takes_nothing_in() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text("noe som er hemmelig");
    let before = terminal.picture();
    terminal.keys("C-l");
    let seen = terminal.see_with_history();
    assert_eq!(
        seen.split_whitespace().collect::<Vec<_>>().join(" "),
        "Pause. Trykk Enter for å fortsette."
    );
    assert_eq!(terminal.title(), "Notater");
    terminal.text("abc123").keys("Esc Tab");
    assert_eq!(terminal.see_with_history(), seen);
    terminal.keys("Enter");
    assert_eq!(terminal.picture(), before);
}

/// Check 11.
#[test]
fn ctrl_c_asks_once_and_the_second_time_gives_the_terminal_back() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    assert!(!terminal.echoes_lines());
    terminal.keys("4");
    terminal.wait_for("Lagret");
    terminal.keys("C-c");
    let screen = terminal.see();
    assert!(screen.contains("Avslutte? Alt er lagret."), "{screen}");
    terminal.keys("C-c");
    assert_eq!(terminal.end(), 130);
    assert!(terminal.shows_cursor());
    assert!(!terminal.is_whole_screen());
    assert!(terminal.echoes_lines());
    assert!(!terminal.see_with_history().contains("enig"));
    let mut terminal = laptop.open_draft();
    assert!(
        terminal.see().contains("valgt: 4 Litt enig"),
        "{}",
        terminal.see()
    );
    assert!(terminal.lives());
}
