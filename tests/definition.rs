//! Surveys and evaluations as files: the shipped ones are sound, the broken ones are explained.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use stemme::definition::problem::{Problem, Severity};
use stemme::definition::survey;

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

fn shown(path: &Path, problems: &[Problem]) -> String {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let line = |problem: &Problem| {
        let before = bytes.get(..problem.span.start).unwrap_or_default();
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let text = bytes.get(problem.span.range()).unwrap_or_default();
        let text = String::from_utf8_lossy(text).chars().take(60).collect::<String>();
        format!("{name}:{line} {} {:?} {text:?} {:?} {:?}\n", problem.id(), problem.code, problem.arguments, problem.suggestion.as_ref().map(|s| &s.text))
    };
    problems.iter().map(line).collect()
}

#[test]
fn the_shipped_surveys_are_sound() {
    let mut files = toml_files("surveys");
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-type.toml"));
    let mut wrong = String::new();
    for path in files {
        let outcome = survey::read(&fs::read(&path).unwrap());
        wrong.push_str(&shown(&path, &outcome.problems));
        if outcome.value.is_none() {
            wrong.push_str("no survey\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_broken_survey_is_explained() {
    let mut all = String::new();
    for path in toml_files("tests/fixtures/broken") {
        let outcome = survey::read(&fs::read(&path).unwrap());
        let errors: Vec<Problem> = outcome.problems.into_iter().filter(|p| p.severity() == Severity::Error).collect();
        all.push_str(&shown(&path, &errors));
    }
    panic!("\n{all}");
}
