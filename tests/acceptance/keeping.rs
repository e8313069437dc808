//! What was said is kept, whatever happens, and what is to be gone is gone.

use std::fs;
use std::io::Write;
use std::process::Command;

use portable_pty::CommandBuilder;

use crate::laptop::Laptop;
use crate::steps::on_to;
use crate::terminal::Terminal;

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

/// Check 14. Needs a disk of its own, which only root can make.
#[test]
#[expect(clippy::print_stderr, reason = "says that nothing was tried out")]
fn a_full_disk_is_said_at_once_and_enter_saves_when_there_is_room() {
    let can = Command::new("unshare").args(["-m", "true"]).output();
    if !can.is_ok_and(|tried| tried.status.success()) {
        eprintln!("SKIPPED: a disk of its own takes root (unshare -m); nothing was tried out");
        return;
    }
    let laptop = Laptop::with_evaluation();
    fs::create_dir(laptop.path().join("full")).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=4m none full && cp -a home ev full/ && \
         exec env STEMME_HOME=full/home STEMME_LANG=nb TERM=xterm-256color {} interview -e full/ev",
        env!("CARGO_BIN_EXE_stemme")
    );
    let mut command = CommandBuilder::new("unshare");
    command.args(["-m", "sh", "-c", &script]);
    command.cwd(laptop.path());
    let mut terminal = Terminal::start(command, (80, 24));
    crate::steps::to_first_question(&mut terminal, "nb");
    let inside = terminal
        .root_of_program()
        .join(laptop.path().strip_prefix("/").unwrap());
    let filler = inside.join("full/filler");
    let mut file = fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .open(&filler)
        .unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
    drop(file);
    on_to(&mut terminal, "gjort annerledes?");
    let pasted = "ord og enda et ord. ".repeat(2500);
    terminal.paste(&pasted).text("til slutt");
    let screen = terminal.until("that nothing is saved", |screen| screen.contains("IKKE lagret"));
    assert!(screen.contains("til slutt"), "{screen}");
    assert!(terminal.lives());
    fs::remove_file(&filler).unwrap();
    terminal.keys("Enter");
    let screen = terminal.until("that it is saved", |screen| !screen.contains("IKKE lagret"));
    assert!(
        screen.contains("Lagret") && screen.contains("til slutt"),
        "{screen}"
    );
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
