//! What was said is kept, whatever happens, and what is to be gone is gone.

use crate::laptop::Laptop;
use crate::steps::on_to;

/// Check 12.
#[test]
fn half_a_sentence_survives_a_kill() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text("halv setn");
    // What is typed is kept once it has rested for a second; Ctrl+S would say so, but nobody presses it here.
    std::thread::sleep(std::time::Duration::from_secs(2));
    terminal.settle();
    terminal.kill();
    let terminal = laptop.open_draft();
    let screen = terminal.see();
    assert!(
        screen.contains("gjort annerledes?") && screen.contains("halv setn"),
        "{screen}"
    );
}

/// Check 13.
#[test]
fn a_closed_window_loses_nothing_and_leaves_no_lock() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("2");
    terminal.wait_for("Lagret");
    terminal.close_window();
    let terminal = laptop.open_draft();
    let screen = terminal.see();
    assert!(screen.contains("valgt: 2 Litt uenig"), "{screen}");
}

/// Check 23: sealing.
#[test]
fn enter_seals_nothing_and_1_seals_and_shows_the_code_once() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4");
    on_to(&mut terminal, "Noe står igjen");
    terminal.keys("2");
    terminal.wait_for("Les opp svarene");
    terminal.keys("b");
    terminal.wait_for("Ferdig. Takk!");
    terminal.keys("Enter");
    assert!(
        !terminal.see().contains("Koden for å trekke seg"),
        "{}",
        terminal.see()
    );
    assert_eq!(sealed(&laptop), 0);
    on_to(&mut terminal, "Les opp svarene");
    terminal.keys("b");
    terminal.wait_for("Ferdig. Takk!");
    terminal.keys("1");
    let screen = terminal.wait_for("Koden for å trekke seg");
    let code = screen
        .lines()
        .find(|line| line.matches(" - ").count() == 3)
        .unwrap()
        .trim()
        .to_owned();
    assert_eq!(sealed(&laptop), 1);
    terminal.keys("1 Enter");
    let screen = terminal.wait_for("Forseglet. Bra jobba!");
    assert!(!screen.contains(&code), "{screen}");
    assert!(laptop.files("ev/draft").is_empty());
    terminal.keys("4");
    let screen = terminal.wait_for("Hva vil du gjøre");
    assert!(screen.contains("Utkast på denne PC-en: 0"), "{screen}");
    assert!(screen.contains("Forseglet: 1"), "{screen}");
    assert!(!screen.contains("Fortsett"), "{screen}");
}

/// Returns how many interviews are sealed.
fn sealed(laptop: &Laptop) -> usize {
    let found = laptop.files("ev/out");
    found
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "stm"))
        .count()
}

/// Check 23: stopping and deleting. The answers are locked, so that an answer's word is not found before either;
/// the draft itself must be gone.
#[test]
fn deleting_takes_the_typed_word_and_leaves_nothing() {
    const WORD: &str = "sjiraffhals";
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text(WORD).keys("Tab C-s");
    terminal.wait_for("Alt er lagret");
    assert!(!laptop.files("ev/draft").is_empty());
    terminal.keys("F8");
    terminal.wait_for("Stopp intervjuet");
    terminal.keys("3");
    terminal.wait_for("Slett alt som er svart");
    terminal.keys("3 Enter");
    terminal.wait_for("skriv slett");
    terminal.text("ja").keys("Enter");
    terminal.wait_for("Ingenting er slettet.");
    assert!(!laptop.files("ev/draft").is_empty());
    terminal.keys("Bs Bs").text("slett").keys("Enter");
    terminal.wait_for("Alt er slettet");
    assert!(laptop.files("ev/draft").is_empty());
    let has_word = |(path, bytes): &(std::path::PathBuf, Vec<u8>)| {
        assert!(
            !bytes.windows(WORD.len()).any(|window| window == WORD.as_bytes()),
            "{}",
            path.display()
        );
    };
    laptop.files("").iter().for_each(has_word);
}
