//! An evaluation held in groups only: from the interviews to the report.

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

/// Makes an evaluation for groups.
fn made(folder: &Path) {
    fs::write(folder.join("pw"), "hest batteri stift korrekt").unwrap();
    let flags = [
        ["--title", "Gruppene"],
        ["--service", "Ungdomstorget"],
        ["--survey", "gruppeintervju"],
        ["--mode", "anonymous"],
        ["--contact", "Vakt: 00 00 00 00"],
        ["--passphrase-file", "pw"],
        ["--recovery-out", "rec.txt"],
    ];
    let arguments = [&["new", "evaluation", "ev"][..], &flags.concat()].concat();
    let (code, _, said) = stemme(folder, &arguments);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

/// Interviews so many groups, each of six.
fn gathered(folder: &Path, groups: std::ops::Range<usize>) {
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let mut workplace = Workplace::open(
        &folder.join("ev"),
        &folder.join("home"),
        surroundings.randomness(),
    )
    .unwrap();
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    for group in groups {
        let wanted = NewInterview {
            survey: Arc::clone(&survey),
            site: None,
            language: survey.source_language(),
            group: Some(6),
            entered: Entered::Live,
            letter: None,
        };
        let mut session = workplace.begin(&wanted).unwrap();
        hold(&mut session, &MadeUpPerson::new(1, group)).unwrap();
        session.wait();
        session.seal().unwrap();
        session.code_is_noted().unwrap();
    }
}

fn said(folder: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
    let before = ["-e", "ev", "--lang", "en", "--passphrase-file", "pw"];
    stemme(folder, &[&before[..], arguments].concat())
}

#[test]
fn groups_alone_are_shown_in_words_from_three_groups_on_and_told_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    made(folder);
    gathered(folder, 0..2);
    let (code, tables, beside) = said(folder, &["release", "--yes"]);
    assert_eq!((code, tables.as_str()), (ExitCode::Refused, ""));
    assert!(beside.contains("2 groups with 12 people were interviewed, and nobody alone"));
    assert!(beside.contains("from 3 groups with 15 people in all"), "{beside}");
    gathered(folder, 2..4);
    let (_, status, _) = said(folder, &["status", "--sites"]);
    assert!(
        status.contains("what 4 groups with 24 people said is ready to be shown in words"),
        "{status}"
    );
    let (code, done, beside) = said(folder, &["release", "--yes"]);
    assert_eq!(code, ExitCode::Ok, "{beside}");
    assert!(done.ends_with("“Group interview”, 4 groups.\n"), "{done}");
    assert!(
        beside.contains("By show of hands") || beside.contains("by show of hands"),
        "{beside}"
    );
    let (code, tables, _) = said(folder, &["results"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(tables.contains("4 groups with 24 people in all were interviewed. Nobody was interviewed"));
    assert!(tables.contains("people answered by show of hands"), "{tables}");
    assert!(tables.contains("told in the themes"), "{tables}");
    assert!(
        !tables.contains("not here any more") && !tables.contains("No longer here"),
        "{tables}"
    );
    // A fifth group comes too late.
    gathered(folder, 4..5);
    assert_eq!(said(folder, &["results"]).1, tables);
    let (code, nothing, _) = said(folder, &["release", "--yes"]);
    assert_eq!((code, nothing.as_str()), (ExitCode::NothingToDo, ""));
    let (_, list, _) = said(folder, &["release", "--list"]);
    assert!(list.ends_with(": 4 groups\n"), "{list}");
}

#[test]
fn what_groups_told_stands_as_themes_and_the_report_says_of_whom() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    made(folder);
    gathered(folder, 0..4);
    assert_eq!(said(folder, &["release", "--yes"]).0, ExitCode::Ok);
    let (_, answers, _) = said(folder, &["answers", "g13", "--json", "--yes"]);
    let answers: serde_json::Value = serde_json::from_str(&answers).unwrap();
    let name = answers
        .to_string()
        .split('"')
        .find(|text| text.starts_with("g13/"))
        .unwrap()
        .to_owned();
    let (code, _, beside) = said(folder, &["code", &name, "--theme", "bli_hort"]);
    assert_eq!(code, ExitCode::Ok, "{beside}");
    let (code, _, beside) = said(folder, &["release", "--yes"]);
    assert_eq!(code, ExitCode::Ok, "{beside}");
    let (code, ..) = said(
        folder,
        &[
            "findings",
            "new",
            "Groups want to be heard.",
            "--theme",
            "bli_hort",
        ],
    );
    assert_eq!(code, ExitCode::Ok);
    for flags in [&[][..], &["--final"]] {
        let report = ["report", "--to", "md,docx,html", "--also", "one-page,conference"];
        let out = if flags.is_empty() { "ut" } else { "sist" };
        let (code, _, beside) = said(folder, &[&report[..], &["--out", out], flags].concat());
        assert_eq!(code, ExitCode::Ok, "{beside}");
        let all: String = fs::read_dir(folder.join(out))
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        assert!(all.contains("4 groups with 24 people in all"), "{all}");
        assert!(all.contains("Groups want to be heard."), "{all}");
        for wrong in [" 0 interviews", "the 0 who", "talked to 0", "(4 groups"] {
            assert!(!all.contains(wrong), "{wrong}: {all}");
        }
    }
}
