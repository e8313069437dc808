//! Answering, taking back, writing, and reading back.

use crate::laptop::Laptop;
use crate::steps::on_to;

/// Check 5.
#[test]
fn a_digit_chooses_and_enter_goes_on() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("4");
    let screen = terminal.see();
    assert!(screen.contains("Hvor enig er du?"), "{screen}");
    let marks = screen.lines().find(|line| line.contains("(x)")).unwrap();
    let chosen = marks.find("(x)").unwrap();
    let after = marks.match_indices("( )").filter(|(at, _)| *at > chosen).count();
    assert_eq!((marks.matches("( )").count(), after), (4, 1), "{screen}");
    terminal.keys("Enter");
    let screen = terminal.see();
    assert!(screen.contains("Hvem bestemte hva"), "{screen}");
}

/// Check 5: where the settings say so, one key does both.
#[test]
fn with_the_setting_a_digit_also_goes_on() {
    let laptop = Laptop::used();
    laptop.write("home/config.toml", "auto_neste = \"ja\"\n");
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("4");
    terminal.wait_for("Hvem bestemte hva");
    terminal.keys("t");
    let screen = terminal.wait_for("Hvor enig er du?");
    assert!(screen.contains("valgt: 4 Litt enig"), "{screen}");
}

/// Check 19.
#[test]
fn the_language_changes_in_the_middle_and_answer_and_place_stay() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4");
    let screen = terminal.wait_for("valgt: 4 Litt enig");
    assert!(screen.contains("Enter: neste"), "{screen}");
    let cursor = terminal.cursor();
    terminal.keys("Esc s");
    terminal.wait_for("Innstillinger");
    terminal.keys("Enter");
    terminal.wait_for("Innstillingar");
    terminal.keys("Esc");
    let screen = terminal.wait_for("Kor einig er du?");
    assert!(screen.contains("valt: 4 Litt einig"), "{screen}");
    assert!(screen.contains("Lagra "), "{screen}");
    assert_eq!(terminal.cursor(), cursor);
    terminal.keys("Esc");
    // In the box of the menu words do not part.
    let holds = |screen: &str, words: &str| screen.replace('\u{a0}', " ").contains(words);
    let screen = terminal.until("the menu", |screen| holds(screen, "Nokon har det vanskeleg"));
    assert!(holds(&screen, "Skriv notat"), "{screen}");
    terminal.keys("Esc Enter");
    terminal.wait_for("Kven bestemte kva");
}

/// Check 6.
#[test]
fn a_required_question_never_blocks() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    terminal.keys("4 Enter");
    terminal.wait_for("Hvem bestemte hva");
    terminal.keys("Enter");
    let screen = terminal.wait_for("Hvordan vil dere gå videre?");
    for way in ["1  Svar på spørsmålet", "2  Vil ikke svare", "3  Hopp over nå"] {
        assert!(screen.contains(way), "{screen}");
    }
    terminal.keys("Esc");
    terminal.wait_for("Hvem bestemte hva");
    terminal.keys("h");
    terminal.wait_for("Hvem har hjulpet deg mest?");
    terminal.keys("o");
    let screen = terminal.wait_for("Oversikt");
    let row = screen
        .lines()
        .find(|line| line.contains("Hvem bestemte"))
        .unwrap();
    assert!(row.trim_start().starts_with("~ "), "{screen}");
}

/// Check 7. The text is compared on the screen, and again after the program was killed and the draft read back.
#[test]
fn what_is_written_is_kept_letter_for_letter() {
    const WRITTEN: &str = "Blåbærsyltetøy på Øya, é ü «sitat» @ { [ €";
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text(WRITTEN);
    // Letters may come in two parts, and are kept in one.
    terminal.write(" pa\u{30a}");
    let wanted = format!("{WRITTEN} på");
    let screen = terminal.see();
    assert!(screen.contains(&wanted), "{screen}");
    terminal.keys("C-s");
    terminal.wait_for("Alt er lagret");
    terminal.kill();
    let terminal = laptop.open_draft();
    let screen = terminal.see();
    assert!(screen.contains(&wanted), "{screen}");
}

/// A paste that is not marked as one is more than is read from a terminal at once.
#[test]
fn thousands_of_letters_sent_at_once_all_arrive() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    let sent = "alle ord skal med ".repeat(170);
    terminal.send(&format!("{sent}til slutt"));
    terminal.wait_for("med til slutt");
}

/// Check 21.
#[test]
fn every_change_can_be_taken_back_and_it_is_said_what() {
    let laptop = Laptop::used();
    let mut terminal = laptop.practice("nb", (80, 24));
    let before = terminal.see();
    terminal.keys("2");
    assert_ne!(terminal.see(), before);
    terminal.keys("C-z");
    let screen = terminal.see();
    assert!(
        !screen.contains("(x)") && !screen.contains("valgt: 2"),
        "{screen}"
    );
    assert!(screen.contains("Angret: "), "{screen}");

    on_to(&mut terminal, "Hva var viktig for deg?");
    terminal.keys("1 3");
    assert_eq!(terminal.see().matches("[x]").count(), 2);
    terminal.keys("v");
    let screen = terminal.see();
    assert!(screen.contains("Tok bort 2 valg"), "{screen}");
    terminal.keys("C-z");
    let screen = terminal.see();
    assert!(screen.contains("Angret: "), "{screen}");
    assert_eq!(screen.matches("[x]").count(), 2, "{screen}");

    on_to(&mut terminal, "gjort annerledes?");
    terminal.text("hørt mer");
    // Ctrl+Left, then Ctrl+Delete: the last word goes.
    terminal.write("\x1b[1;5D").write("\x1b[3;5~");
    let screen = terminal.see();
    assert!(
        screen.contains("hørt") && !screen.contains("hørt mer"),
        "{screen}"
    );
    terminal.keys("C-z");
    assert!(terminal.see().contains("hørt mer"), "{}", terminal.see());
    terminal.keys("C-y");
    assert!(!terminal.see().contains("hørt mer"), "{}", terminal.see());
}

/// Check 22.
#[test]
fn reading_back_corrects_and_returns_to_the_row_and_asks_about_the_words() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.interview();
    terminal.keys("4 Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text("Ringe tilbake.").keys("PgDn");
    on_to(&mut terminal, "Nå svarer du selv.");
    terminal.keys("1 Enter");
    on_to(&mut terminal, "Noe står igjen");
    terminal.keys("2");
    let screen = terminal.wait_for("Les opp svarene");
    assert!(screen.contains("Ikke svart"), "{screen}");
    // What is asked at the row, and the answer below it.
    let marked = |screen: &str| {
        let mut lines = screen.lines().skip_while(|line| !line.contains(" > "));
        let asked = lines.next().unwrap().trim_end_matches("...").trim().to_owned();
        (asked, lines.next().unwrap().trim().to_owned())
    };
    terminal.keys("Down Down");
    let (asked, answer) = marked(&terminal.see());
    assert_eq!(answer, "Ikke svart");
    terminal.keys("r");
    terminal.wait_for("Hvem har hjulpet deg mest?");
    // The order is another in every interview.
    let screen = terminal.keys("Down Space").wait_for("(x) ");
    let chosen = screen.lines().find_map(|line| line.split("(x) ").nth(1));
    let wanted = format!("«{}»", chosen.unwrap().trim());
    terminal.keys("Enter");
    let screen = terminal.wait_for("Les opp svarene");
    assert_eq!(marked(&screen), (asked, wanted), "{screen}");
    // Down to the words, which ask whether they may be used, and the answer nobody sees.
    let mut asked = false;
    let mut masked = false;
    for _ in 0..30 {
        let screen = terminal.keys("Down").see();
        asked |= screen.contains("Kan vi bruke ordene dine i rapporten?");
        masked |= screen
            .lines()
            .any(|line| line.contains("trodd") || line.contains("ikke trodde"))
            && screen.contains("skjult");
    }
    assert!(asked, "{}", terminal.see());
    assert!(masked, "{}", terminal.see());
}
