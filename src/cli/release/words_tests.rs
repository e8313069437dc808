//! An evaluation of few people: from the interviews to a report in words alone, and to the numbers that come later.

use std::fs;
use std::path::Path;

use super::held_tests::{held, made, said};
use crate::cli::exit_code::ExitCode;

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
    made(folder, "De få", "min-stemme-bup");
    held(folder, 0..9, None);
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
    held(folder, 9..10, None);
    assert_eq!(said(folder, &["release", "--yes"]).0, ExitCode::Refused);
    held(folder, 10..12, None);
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
