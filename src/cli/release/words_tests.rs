//! An evaluation of few people: from the interviews to a report in words alone, and to the numbers that come later.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::cli::surroundings::made_up::stemme;
use crate::domain::record::Entered;
use crate::fieldwork::desk::{Desk, NewInterview};
use crate::fieldwork::made_up::{MadeUpPerson, hold};
use crate::fieldwork::workplace::Workplace;

fn made(folder: &Path) {
    fs::write(folder.join("pw"), "hest batteri stift korrekt").unwrap();
    let flags = [
        ["--title", "De få"],
        ["--service", "Ungdomstorget"],
        ["--survey", "min-stemme-bup"],
        ["--mode", "anonymous"],
        ["--contact", "Vakt: 00 00 00 00"],
        ["--passphrase-file", "pw"],
        ["--recovery-out", "rec.txt"],
    ];
    let arguments = [&["new", "evaluation", "ev"][..], &flags.concat()].concat();
    let (code, _, said) = stemme(folder, &arguments);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

fn interviewed(folder: &Path, people: std::ops::Range<usize>) {
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let mut workplace = Workplace::open(
        &folder.join("ev"),
        &folder.join("home"),
        surroundings.randomness(),
    )
    .unwrap();
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    for person in people {
        let wanted = NewInterview {
            survey: Arc::clone(&survey),
            site: None,
            language: survey.source_language(),
            group: None,
            entered: Entered::Live,
            letter: None,
        };
        let mut session = workplace.begin(&wanted).unwrap();
        hold(&mut session, &MadeUpPerson::new(1, person)).unwrap();
        session.wait();
        session.seal().unwrap();
        session.code_is_noted().unwrap();
    }
}

fn said(folder: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
    let before = ["-e", "ev", "--lang", "en", "--passphrase-file", "pw"];
    stemme(folder, &[&before[..], arguments].concat())
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let (_, out, beside) = said(folder, &[arguments, &["--json", "--yes"]].concat());
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{arguments:?}: {out}{beside}"))
}

fn interview(answer: &str) -> &str {
    answer.split('/').nth(1).unwrap()
}

/// One answer in words of each interview.
fn told(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for question in json(folder, &["answers"])["questions"].as_array().unwrap() {
        let answers = json(folder, &["answers", question["item"].as_str().unwrap()]);
        for answer in answers["answers"].as_array().unwrap() {
            let name = answer["answer"].as_str().unwrap();
            if !names.iter().any(|known| interview(known) == interview(name)) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn code(folder: &Path, answers: &[String], theme: &str) {
    for name in answers {
        let (code, _, beside) = said(folder, &["code", name, "--theme", theme]);
        assert_eq!(code, ExitCode::Ok, "{beside}");
    }
}

#[test]
fn nine_people_are_told_of_in_themes_without_any_number_and_numbers_come_as_if_nothing_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    made(folder);
    interviewed(folder, 0..9);
    assert_eq!(said(folder, &["release", "--yes"]).0, ExitCode::Refused);
    let answers = told(folder);
    assert!(answers.len() >= 6, "{answers:?}");
    for theme in ["Waiting", "The food"] {
        assert_eq!(said(folder, &["themes", "new", theme]).0, ExitCode::Ok);
    }
    // As many as k hold a theme: one is lacking.
    code(folder, &answers[..5], "Waiting");
    let (refused, nothing, _) = said(folder, &["release", "--yes"]);
    assert_eq!((refused, nothing.as_str()), (ExitCode::Refused, ""));
    code(folder, &answers[5..6], "The food");
    let (done, out, beside) = said(folder, &["release", "--yes"]);
    assert_eq!(done, ExitCode::Ok, "{beside}");
    assert!(out.contains("themes and quotes without numbers"), "{out}");
    assert!(
        beside.contains("too few were interviewed for numbers"),
        "{beside}"
    );
    assert!(
        beside.contains("Waiting") && beside.contains("The food"),
        "{beside}"
    );
    let ledger = fs::read_dir(folder.join("ev/releases")).unwrap();
    for file in ledger {
        let kept = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!kept.contains("cells") && !kept.contains("valid"), "{kept}");
    }
    let (shown, results, beside) = said(folder, &["results"]);
    assert_eq!(shown, ExitCode::Ok, "{beside}");
    let (listed, list, _) = said(folder, &["release", "--list"]);
    assert!(
        listed == ExitCode::Ok && list.contains("without numbers"),
        "{list}"
    );
    for flags in [&[][..], &["--final"]] {
        let report = [
            "report",
            "--to",
            "md,docx,xlsx,html,json,csv",
            "--also",
            "one-page,conference",
        ];
        let out = if flags.is_empty() { "ut" } else { "sist" };
        let (code, _, beside) = said(folder, &[&report[..], &["--out", out], flags].concat());
        assert_eq!(code, ExitCode::Ok, "{beside}");
        let files = fs::read_dir(folder.join(out)).unwrap();
        let texts = files.map(|file| file.unwrap().path());
        let all: String = texts
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .map(|path| fs::read_to_string(path).unwrap())
            .map(|text| text.split("## Appendix").next().unwrap().to_owned())
            .collect();
        for path in fs::read_dir(folder.join(out))
            .unwrap()
            .map(|file| file.unwrap().path())
        {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
            match ending {
                "json" => {
                    let data: serde_json::Value =
                        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                    for survey in data["surveys"].as_array().unwrap() {
                        assert_eq!(survey["tables"].as_array().map_or(0, Vec::len), 0, "{survey}");
                    }
                }
                // The names of the columns, and no row.
                "csv" => assert!(
                    fs::read_to_string(&path).unwrap().lines().count() <= 2,
                    "{path:?}"
                ),
                "html" => {
                    let page = fs::read_to_string(&path).unwrap();
                    for wrong in ["or fewer", "[hidden]", "n = ", "of 9"] {
                        assert!(!page.contains(wrong), "{wrong}: {path:?}");
                    }
                }
                _ => {}
            }
        }
        for text in [&all, &results] {
            assert!(text.contains("no numbers are told here"), "{text}");
            assert!(text.contains("Waiting") && text.contains("The food"), "{text}");
            assert!(text.contains("all themes stand alike"), "{text}");
            for wrong in [
                " %", "per cent", "of 9", "or fewer", "or more", "[hidden]", "n = ",
            ] {
                assert!(!text.contains(wrong), "{wrong}: {text}");
            }
        }
    }
    // The tenth comes too late for the words, and there are too few for numbers.
    interviewed(folder, 9..10);
    assert_eq!(said(folder, &["release", "--yes"]).0, ExitCode::Refused);
    interviewed(folder, 10..12);
    // All who are counted are a first state of numbers. What the newcomers hold is told by nothing.
    assert_eq!(said(folder, &["themes", "new", "The stairs"]).0, ExitCode::Ok);
    let before: Vec<&str> = answers.iter().map(|name| interview(name)).collect();
    let mut new = told(folder);
    new.retain(|name| !before.contains(&interview(name)));
    assert!(!new.is_empty() && new.len() <= 12 - answers.len(), "{new:?}");
    code(folder, &new, "The stairs");
    let (done, out, beside) = said(folder, &["release", "--yes"]);
    assert_eq!(done, ExitCode::Ok, "{beside}");
    assert!(out.contains("11 interviews"), "{out}");
    let (_, results, _) = said(folder, &["results"]);
    assert!(results.contains("11 interviews are included"), "{results}");
    assert!(
        results.contains("Waiting") && !results.contains("The stairs"),
        "{results}"
    );
    assert!(!results.contains("no numbers are told here"), "{results}");
}
