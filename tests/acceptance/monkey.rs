//! Random keys in a real terminal. Ten thousand of them, on every screen, are pressed without one in `tests/tui`.

use crate::laptop::Laptop;
use crate::terminal::key;

/// A plain sequence of numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }
}

/// Check 25. Ctrl+C is not among the keys: pressed twice it ends the program, as it should.
#[test]
fn random_keys_in_practice_do_not_end_the_program_and_keep_nothing() {
    const KEYS: [&str; 50] = [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "a", "b", "d", "e", "f", "g", "h", "k", "n", "o",
        "p", "r", "s", "t", "u", "v", "å", "/", "?", "Enter", "Enter", "Enter", "Esc", "Up", "Down", "Left",
        "Right", "Tab", "Tab", "Space", "Bs", "Del", "PgDn", "PgDn", "PgUp", "Home", "End", "C-z", "C-y",
        "C-s",
    ];
    let laptop = Laptop::used();
    // Settings are kept, and random keys find them; of the interview, nothing is.
    let kept = || {
        let mut files = laptop.files("");
        files.retain(|(name, _)| !name.ends_with("config.toml"));
        files
    };
    let before = kept();
    let mut terminal = laptop.practice("nb", (80, 24));
    let mut dice = Dice(2026);
    for round in 0..60 {
        for _ in 0..12 {
            match dice.below(60) {
                50 => terminal.send("\x1b[200~limt inn\x1b[201~"),
                51 => terminal.send(&key("C-l")),
                place => terminal.send(&key(KEYS[place % KEYS.len()])),
            }
            // Not all at once: that would be a paste.
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        terminal.settle();
        if !terminal.lives() {
            // From the menu somebody can leave; then it was left in good order.
            assert_eq!(terminal.end(), 0, "round {round}\n{}", terminal.see());
            terminal = laptop.practice("nb", (80, 24));
        }
    }
    assert_eq!(kept(), before);
    assert!(terminal.lives());
    terminal.resize(70, 20);
    assert!(!terminal.see().trim().is_empty());
}
