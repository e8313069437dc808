//! The start screen, and the very first one.

use crate::laptop::Laptop;

/// Returns the rows that can be chosen.
fn choices(lines: &[String]) -> Vec<&String> {
    let is_choice = |line: &&String| {
        let row = line.trim_start().trim_start_matches("> ");
        let mut letters = row.chars();
        letters
            .next()
            .is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && letters.next() == Some(' ')
            && letters.next() == Some(' ')
    };
    lines.iter().filter(is_choice).collect()
}

/// Check 1.
#[test]
fn bare_stemme_asks_what_to_do_with_at_most_five_choices_and_two_rows_of_hints() {
    for arguments in [&[][..], &["-e", "ev"]] {
        let laptop = Laptop::with_evaluation();
        let mut terminal = laptop.screen(arguments, (80, 24));
        if !arguments.is_empty() {
            // Where the coordinator's key is, the passphrase is asked for first.
            terminal.wait_for("Passfrase:");
            terminal.keys("Esc");
        }
        let screen = terminal.wait_for("Hva vil du gjøre");
        let lines = terminal.lines();
        let choices = choices(&lines);
        assert!(!choices.is_empty() && choices.len() <= 5, "{screen}");
        assert!(
            lines[22].contains("Enter: ") && lines[22].contains("Esc: "),
            "{screen}"
        );
        assert!(!lines[23].trim().is_empty(), "{screen}");
        assert!(terminal.is_whole_screen());
    }
}

/// Check 2.
#[test]
fn the_first_run_is_three_questions_with_defaults_and_the_offer_to_practise() {
    let laptop = Laptop::new();
    let mut terminal = laptop.screen(&[], (80, 24));
    for (number, asked) in [
        ("1 av 3", "Hvilket språk vil du bruke?"),
        ("2 av 3", "Hva skal du gjøre?"),
        ("3 av 3", "Hvordan vil du ha teksten?"),
    ] {
        let screen = terminal.wait_for(number);
        assert!(screen.contains(asked), "{screen}");
        terminal.keys("Enter");
    }
    let screen = terminal.wait_for("Vil du øve?");
    assert!(
        !screen.contains("av 3") && screen.contains("Ja, øv nå"),
        "{screen}"
    );
    let settings = std::fs::read_to_string(laptop.path().join("home/config.toml")).unwrap();
    for kept in ["sprak = \"nb\"", "rolle = \"intervju\"", "luft = \"normal\""] {
        assert!(settings.contains(kept), "{settings}");
    }
    terminal.keys("Enter");
    terminal.until("the practice", |screen| screen.contains("Øving"));
    terminal.keys("C-c C-c");
    terminal.end();
    // The second time nothing is asked.
    let terminal = laptop.screen(&[], (80, 24));
    terminal.wait_for("Hva vil du gjøre");
}
