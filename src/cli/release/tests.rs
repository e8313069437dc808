//! Tests of this module, as somebody at the command line would see it.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what an earlier run of somebody else would have written"
)]

use std::path::Path;

use crate::cli::demo::one_round::one_round_of;
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::made_up::stemme;

/// An evaluation of 29 made-up interviews, of which nothing was shown and nothing was sorted.
fn demo() -> tempfile::TempDir {
    demo_of(2026)
}

fn demo_of(seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    one_round_of(folder.path(), seed);
    for of in ["releases", "workbook"] {
        for file in std::fs::read_dir(folder.path().join("d").join(of)).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
    }
    folder
}

fn list(folder: &Path, evaluation: &str) -> serde_json::Value {
    let (_, text, _) = stemme(folder, &["-e", evaluation, "release", "--list", "--json"]);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_can_be_shown_is_said_before_it_is_written_down_and_shown_after() {
    let folder = demo();
    let (code, text, said) = stemme(folder.path(), &["-e", "d", "release", "--lang", "en"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
    insta::assert_snapshot!("before", said);
    let line = text.lines().next().unwrap();
    let name = line.trim_start_matches("Written down as ").get(..8).unwrap();
    assert!(line.ends_with("29 interviews."), "{line}");
    insta::assert_snapshot!("written", text.replace(name, "01234567"));
    let (code, again, said) = stemme(folder.path(), &["-e", "d", "release", "--lang", "en"]);
    assert_eq!((code, again.as_str()), (ExitCode::NothingToDo, ""));
    assert!(said.contains("Nothing has come since"), "{said}");
    assert_eq!(list(folder.path(), "d")["states"].as_array().unwrap().len(), 1);
}

/// What is said before says the same of any two sets of answers: it looks at none.
#[test]
fn what_is_said_before_is_the_same_whatever_was_answered() {
    let said = |seed: u64| {
        let folder = demo_of(seed);
        stemme(folder.path(), &["-e", "d", "release", "--lang", "nn"]).2
    };
    assert_eq!(said(1), said(2));
}

#[test]
fn a_wrong_state_is_shown_no_more_and_its_people_never_again() {
    let folder = demo();
    stemme(folder.path(), &["-e", "d", "release"]);
    let name = list(folder.path(), "d")["states"][0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let mark = [
        "-e",
        "d",
        "release",
        "--lang",
        "en",
        "--yes",
        "--wrong",
        name.get(..8).unwrap(),
        "--why",
        "Two questions had changed places.",
    ];
    let (code, _, said) = stemme(
        folder.path(),
        &["-e", "d", "release", "--wrong", "ffff", "--why", "x", "--yes"],
    );
    assert_eq!(code, ExitCode::Usage, "{said}");
    let (code, text, said) = stemme(folder.path(), &mark);
    assert_eq!(code, ExitCode::Ok, "{said}");
    assert!(text.contains("stays known"), "{text}");
    for command in [&["results"][..], &["report"], &["release"]] {
        let arguments = [&["-e", "d", "--lang", "en"][..], command].concat();
        let (code, text, said) = stemme(folder.path(), &arguments);
        assert!(
            matches!(code, ExitCode::Refused | ExitCode::NothingToDo),
            "{command:?} {said}"
        );
        assert_eq!(text, "");
    }
    let listed = list(folder.path(), "d");
    assert_eq!(listed["states"][0]["wrong"], "Two questions had changed places.");
}

/// Copies a whole folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn two_coordinators_ledgers_come_together_and_a_conflict_is_explained() {
    let folder = demo();
    copy(&folder.path().join("d"), &folder.path().join("e"));
    stemme(folder.path(), &["-e", "d", "release"]);
    let merge = |into: &str, from: &str| {
        stemme(
            folder.path(),
            &["-e", into, "--lang", "en", "release", "--merge", from],
        )
    };
    let (code, _, said) = merge("d", "e");
    assert_eq!(code, ExitCode::NothingToDo, "{said}");
    let (code, text, said) = merge("e", "d");
    assert_eq!(code, ExitCode::Ok, "{said}");
    assert!(text.starts_with("1 taken in"), "{text}");
    assert_eq!(list(folder.path(), "d"), list(folder.path(), "e"));
    assert_eq!(
        merge("e", "d").1,
        "Everything the other one has shown was here already.\n"
    );
    // Somebody else has shown the same people in another way.
    let path = folder.path().join("e/releases/1.json");
    let other =
        std::fs::read_to_string(&path)
            .unwrap()
            .replacen("\"interviews\": 29", "\"interviews\": 28", 1);
    std::fs::write(&path, other).unwrap();
    let (code, _, said) = merge("d", "e");
    assert_eq!(code, ExitCode::Refused);
    assert!(said.contains("Agree on which one holds"), "{said}");
    let (code, text, said) = stemme(folder.path(), &["-e", "d", "--lang", "en", "results"]);
    assert_eq!((code, text.as_str()), (ExitCode::Refused, ""), "{said}");
    let (code, ..) = merge("e", "d");
    assert_eq!(
        (code, list(folder.path(), "d")),
        (ExitCode::Refused, list(folder.path(), "e")),
        "in either order"
    );
}

#[test]
fn answers_are_split_by_what_was_chosen_first_and_by_nothing_else() {
    let folder = demo();
    let said = |arguments: &[&str]| {
        stemme(
            folder.path(),
            &[&["-e", "d", "--lang", "en"][..], arguments].concat(),
        )
    };
    let (code, _, beside) = said(&["release", "--by", "nothing"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(beside.contains("Choose one of these: site"), "{beside}");
    let (code, _, beside) = said(&["release", "--by", "site"]);
    assert_eq!(code, ExitCode::Ok, "{beside}");
    assert!(
        beside.contains("Split by “site”, with these groups: Clinic North (1"),
        "{beside}"
    );
    let (code, tables, _) = said(&["results", "--by", "site"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(tables.contains("By site [bup"), "{tables}");
    let (code, nothing, beside) = said(&["results", "--by", "bup01"]);
    // A question that is no background would be crossed with every other.
    assert_eq!((code, nothing.as_str()), (ExitCode::Usage, ""));
    assert!(beside.contains("Choose one of these: site"), "{beside}");
    let (code, json, _) = said(&["compare", "--by", "site", "--json"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(json.contains("site=nord"), "{json}");
    let (code, ..) = said(&["report", "--by", "site", "--out", "ut"]);
    assert_eq!(code, ExitCode::Ok);
}
