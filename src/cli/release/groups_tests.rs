//! An evaluation held in groups only: from the interviews to the report.

use std::fs;

use super::held_tests::{held, made, said};
use crate::cli::exit_code::ExitCode;

#[test]
fn groups_alone_are_shown_in_words_from_three_groups_on_and_told_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    made(folder, "Gruppene", "gruppeintervju");
    held(folder, 0..2, Some(6));
    let (code, tables, beside) = said(folder, &["release", "--yes"]);
    assert_eq!((code, tables.as_str()), (ExitCode::Refused, ""));
    assert!(beside.contains("2 groups with 12 people were interviewed, and nobody alone"));
    assert!(beside.contains("from 3 groups with 15 people in all"), "{beside}");
    held(folder, 2..4, Some(6));
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
    held(folder, 4..5, Some(6));
    assert_eq!(said(folder, &["results"]).1, tables);
    let (code, nothing, _) = said(folder, &["release", "--yes"]);
    assert_eq!((code, nothing.as_str()), (ExitCode::NothingToDo, ""));
    let (_, list, _) = said(folder, &["release", "--list"]);
    assert!(list.contains(": 4 groups  ("), "{list}");
}

#[test]
fn what_groups_told_stands_as_themes_and_the_report_says_of_whom() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    made(folder, "Gruppene", "gruppeintervju");
    held(folder, 0..4, Some(6));
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
