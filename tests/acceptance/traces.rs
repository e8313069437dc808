//! What is left behind, on the terminal and in its window.

use std::time::{Duration, Instant};

use crate::laptop::Laptop;
use crate::steps::on_to;
use crate::terminal::Terminal;

/// What is said, and must stand nowhere afterwards.
const SAID: &str = "sjiraffhals";

fn with_something_said(laptop: &Laptop) -> Terminal {
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text(SAID);
    let screen = terminal.see();
    assert!(screen.contains(SAID), "{screen}");
    terminal
}

/// Threat row 12: asked to end, the program ends at once, gives the terminal back with nothing on it, and keeps what
/// was being written.
#[test]
fn a_signal_to_end_gives_the_terminal_back_empty_and_loses_nothing() {
    for signal in ["TERM", "HUP", "INT"] {
        let laptop = Laptop::with_evaluation();
        let mut terminal = with_something_said(&laptop);
        let began = Instant::now();
        terminal.signal(signal);
        terminal.end();
        // A second, and what a busy machine adds to it.
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{signal}: {:?}",
            began.elapsed()
        );
        assert!(!terminal.is_whole_screen() && terminal.shows_cursor(), "{signal}");
        assert!(terminal.echoes_lines(), "{signal}");
        let left = terminal.see_with_history();
        assert!(!left.contains(SAID), "{signal}: {left}");
        let screen = laptop.open_draft().see();
        assert!(screen.contains(SAID), "{signal}: {screen}");
    }
}

/// Threat rows 16 and 17: the window's title says the program's name and no more, and nothing is put on the clipboard.
/// A command to the terminal of this kind begins with `ESC ]` and ends with BEL or `ESC \`.
#[test]
fn neither_the_title_nor_the_clipboard_gets_a_word_that_was_said() {
    let laptop = Laptop::with_evaluation();
    let terminal = with_something_said(&laptop);
    let bytes = terminal.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let commands: Vec<&str> = text
        .split("\x1b]")
        .skip(1)
        .map(|rest| rest.split(['\x07', '\x1b']).next().unwrap_or_default())
        .collect();
    assert!(!commands.is_empty());
    for command in commands {
        assert!(
            command.starts_with("0;") || command.starts_with("2;"),
            "{command}"
        );
        assert!(!command.contains(SAID), "{command}");
    }
}
