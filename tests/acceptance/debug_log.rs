//! The log of events and timings holds nothing anybody said.

use crate::laptop::{Laptop, said};
use crate::steps::{on_to, texts};

/// Words that stand nowhere else.
const ANSWER: &str = "kvitrevise";
const NOTE: &str = "myrullbekk";
const NAME: &str = "Tordis Fjellvang";

fn log(laptop: &Laptop) -> String {
    std::fs::read_to_string(laptop.path().join("log")).unwrap()
}

fn holds_nothing(log: &str, private: &[&str]) {
    for private in private {
        for part in private.split_whitespace() {
            assert!(
                !log.to_lowercase().contains(&part.to_lowercase()),
                "{part}\n{log}"
            );
        }
    }
    // A line is a time, words of the program, and numbers of the program.
    for line in log.lines() {
        let mut parts = line.split_whitespace();
        assert!(parts.next().unwrap().parse::<f64>().is_ok(), "{line}");
        assert_eq!(parts.next(), Some("s"), "{line}");
        assert!(line.is_ascii(), "{line}");
    }
}

#[test]
fn a_log_of_the_screens_tells_events_and_times_and_no_word_that_was_typed() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.screen(&["interview", "-e", "ev", "--debug-log", "log"], (80, 24));
    crate::steps::to_first_question(&mut terminal, "nb");
    terminal.keys("4");
    terminal.keys("n").text(NOTE).keys("PgDn");
    terminal.keys("Enter");
    on_to(&mut terminal, "gjort annerledes?");
    terminal.text(ANSWER).paste(NAME);
    terminal.keys("Tab C-s");
    terminal.wait_for("Alt er lagret");
    terminal.keys("C-c C-c");
    assert_eq!(terminal.end(), 130);
    let log = log(&laptop);
    holds_nothing(&log, &[ANSWER, NOTE, NAME, "annerledes", "alvor", "Prøveskjema"]);
    for told in [
        "command interview",
        "window size  columns 80  rows 24",
        "view question",
        "slowest question",
        "effect begin",
        "effect steps",
        "input paste",
        "saved safe",
        "screens end interrupted",
        "program ends  code 130",
    ] {
        assert!(log.contains(told), "{told}\n{log}");
    }
}

#[test]
fn a_log_of_an_interview_line_by_line_tells_no_answer_either() {
    let laptop = Laptop::used();
    let lines = [
        "", "ja", "ja", "4", "notat", NOTE, "oversikt", "", "hopp", "hopp", "hopp",
    ];
    let mut input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    input.push_str(&format!("{ANSWER}\n{NAME}\n"));
    let held = laptop.run(
        &[
            "practice",
            crate::laptop::EVERY_TYPE,
            "--linear",
            "--debug-log",
            "log",
        ],
        &input,
    );
    assert!(said(&held).contains(NOTE), "the note was taken");
    let log = log(&laptop);
    holds_nothing(&log, &[ANSWER, NOTE, NAME, "alvor", "every-type"]);
    for told in ["mode line by line", "position question", "program ends  code"] {
        assert!(log.contains(told), "{told}\n{log}");
    }
}

#[test]
fn a_log_that_cannot_be_written_is_said_and_nothing_begins() {
    let laptop = Laptop::used();
    let run = laptop.run(&["practice", "--linear", "--debug-log", "nowhere/log"], "");
    assert_ne!(run.status.code(), Some(0));
    assert!(!crate::laptop::noted(&run).is_empty());
    assert!(!said(&run).contains(&texts("nb").linear.practice));
}
