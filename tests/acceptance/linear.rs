//! Line by line, and in a pipe.

use crate::laptop::{EVERY_TYPE, Laptop, noted, said};

/// Check 17.
#[test]
fn a_whole_interview_is_held_line_by_line() {
    let laptop = Laptop::used();
    let beginning = ["", "ja", "ja", "4", "tilbake", "2", "pause", "1"];
    let questions = ["hopp"; 30];
    let lines = [&beginning[..], &questions, &["ferdig", "forsegl"], &[""; 3]].concat();
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    for arguments in [
        &["practice", EVERY_TYPE, "--linear", "--lang", "nb"][..],
        &["interview", EVERY_TYPE, "--practice", "--linear", "--lang", "nb"],
    ] {
        let held = laptop.run(arguments, &input);
        let all = said(&held);
        assert!(!held.stdout.contains(&0x1b) && !held.stderr.contains(&0x1b));
        assert_eq!(held.status.code(), Some(0), "{all}{}", noted(&held));
        assert!(all.contains("Du valgte 4, Litt enig."), "{all}");
        assert!(all.contains("Her står det nå: Litt enig."), "{all}");
        assert!(all.contains("Du valgte 2, Litt uenig."), "{all}");
        assert!(all.contains("Pause. "), "{all}");
        assert!(!all.contains("tatt vare på") && !all.contains("Lagret"), "{all}");
        // Whoever hears it must hear a whole sentence before it is their turn.
        let lines: Vec<&str> = all.lines().collect();
        let mut prompts = 0;
        for pair in lines.windows(2).filter(|pair| pair[1].starts_with('>')) {
            assert!(
                pair[0].ends_with(['.', '?', ':']),
                "no sentence: {}\n{all}",
                pair[0]
            );
            prompts += 1;
        }
        assert!(prompts > 30, "{prompts}\n{all}");
        let end: Vec<&str> = all.lines().rev().take(8).collect();
        assert!(end.iter().any(|line| line.contains("Øvingen er ferdig")), "{all}");
    }
}

/// Check 17: what is not understood changes nothing and is told.
#[test]
fn a_line_that_is_no_answer_is_told_and_the_question_stays() {
    let laptop = Laptop::used();
    let held = laptop.run(
        &["practice", EVERY_TYPE, "--linear"],
        "\nja\nja\n77\nnoe rart\n4\n",
    );
    let all = said(&held);
    assert!(all.contains("Det valget finnes ikke her."), "{all}");
    assert!(all.contains("Du valgte 4, Litt enig."), "{all}");
    assert!(!all.contains("Du valgte 7"), "{all}");
}

/// Check 25: no terminal, no screens.
#[test]
fn in_a_pipe_there_is_help_beside_the_result() {
    let laptop = Laptop::used();
    let bare = laptop.run::<&str>(&[], "");
    assert_eq!(bare.status.code(), Some(2));
    assert!(bare.stdout.is_empty());
    let help = noted(&bare);
    assert!(help.contains("stemme") && help.lines().count() >= 3, "{help}");
}

/// Check 25.
#[test]
fn a_mistyped_command_is_suggested_and_never_run() {
    let laptop = Laptop::used();
    let before = laptop.files("");
    let mistyped = laptop.run(&["chekc", EVERY_TYPE], "");
    assert_eq!(mistyped.status.code(), Some(2));
    let said = noted(&mistyped);
    assert!(said.contains("Mente du «check»?"), "{said}");
    assert_eq!(laptop.files(""), before);
}

/// Check 25: what a program reads is valid, also when it went wrong.
#[test]
fn a_report_as_json_is_one_valid_value() {
    let laptop = Laptop::used();
    let demo = laptop.run(&["demo", "--dir", "example"], "");
    assert!(demo.status.success(), "{}", noted(&demo));
    let report = laptop.run(
        &["-e", "example", "report", "--json", "--to", "md", "--out", "out"],
        "",
    );
    assert!(report.status.success(), "{}", noted(&report));
    let json: serde_json::Value = serde_json::from_str(&said(&report)).unwrap();
    assert_eq!(json["format"], 1, "{json:#}");
    // What goes wrong is told in JSON too.
    let nowhere = laptop.run(&["-e", "nowhere", "report", "--json"], "");
    assert_ne!(nowhere.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_str(&said(&nowhere)).unwrap();
    assert_eq!(json["error"]["code"], nowhere.status.code().unwrap(), "{json:#}");
}

/// Returns the number before a choice.
fn number_of(screen: &str, choice: &str) -> String {
    let line = screen.lines().rfind(|line| line.contains(choice)).unwrap();
    line.split('.').next().unwrap().trim().to_owned()
}

#[test]
fn the_start_line_by_line_knows_the_settings_and_interviews_held_before() {
    let laptop = Laptop::with_evaluation().set("STEMME_LINEAR", "1");
    let mut terminal = laptop.screen(&["-e", "ev"], (100, 60));
    let screen = terminal.wait_for("Innstillinger");
    let settings = number_of(&screen, "Innstillinger");
    let before = number_of(&screen, "Legg inn fra notater eller papir");
    terminal.text(&settings).keys("Enter");
    let screen = terminal.wait_for("Kontrast: vanlig.");
    terminal.text(&number_of(&screen, "Kontrast")).keys("Enter");
    terminal.wait_for("Kontrast: høy.");
    let kept = std::fs::read_to_string(laptop.path().join("home/config.toml")).unwrap();
    assert!(kept.contains("kontrast = \"høy\""), "{kept}");
    terminal.text("hjelp").keys("Enter");
    terminal.wait_for("Skriv tallet foran det du vil");
    terminal.text("tilbake").keys("Enter");
    terminal.until("the start again", |screen| {
        screen.matches("Legg inn fra notater eller papir").count() == 2
    });
    terminal.text(&before).keys("Enter");
    terminal.wait_for("Hva legger du inn fra?");
    terminal.text("2").keys("Enter");
    terminal.wait_for("Hvem skal svare?");
    terminal.text("1").keys("Enter");
    let screen = terminal.wait_for("er holdt før (fra papir)");
    assert!(screen.contains("Dette skal den andre ha hørt"), "{screen}");
    assert!(!terminal.bytes().contains(&0x1b));
}
