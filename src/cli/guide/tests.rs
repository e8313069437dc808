//! Tests of this module, as somebody at the command line would see it.

use std::fs;

use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::made_up::stemme;

#[test]
fn every_kind_of_question_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let survey = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/every-type.toml");
    let (code, ..) = stemme(
        folder.path(),
        &["guide", survey, "--to", "md,docx,html", "--out", "ut"],
    );
    assert_eq!(code, ExitCode::Ok);
    let file = |ending: &str| {
        folder
            .path()
            .join(format!("ut/every-type-intervjuguide-nb.{ending}"))
    };
    assert!(file("docx").is_file() && file("html").is_file());
    insta::assert_snapshot!(fs::read_to_string(file("md")).unwrap());
}

#[test]
fn a_survey_that_is_not_there_is_no_guide() {
    let folder = tempfile::tempdir().unwrap();
    let (code, ..) = stemme(folder.path(), &["guide", "finnes-ikke", "--out", "ut"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(!folder.path().join("ut").exists());
}
