//! Surveys and evaluations as files: the shipped ones are sound, the broken ones are explained.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use stemme::definition::code::Code;
use stemme::definition::problem::{Problem, Severity};
use stemme::definition::survey;

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(in_project(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// One line a problem: file, line, code and the text it points at.
fn shown(path: &Path, problems: &[Problem]) -> String {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let line = |problem: &Problem| {
        let before = bytes.get(..problem.span.start).unwrap_or_default();
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let text = bytes.get(problem.span.range()).unwrap_or_default();
        let text: String = String::from_utf8_lossy(text).chars().take(60).collect();
        let meant = problem
            .suggestion
            .as_ref()
            .map(|suggestion| suggestion.text.as_str());
        format!(
            "{name}:{line} {} {:?} {text:?} {meant:?}\n",
            problem.id(),
            problem.code
        )
    };
    problems.iter().map(line).collect()
}

#[test]
fn the_shipped_surveys_are_sound_and_no_advice_is_left() {
    let mut wrong = String::new();
    for path in toml_files("surveys") {
        let outcome = survey::read(&fs::read(&path).unwrap());
        wrong.push_str(&shown(&path, &outcome.problems));
        assert!(outcome.value.is_some() || !wrong.is_empty());
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_survey_with_every_type_is_sound_and_gets_the_advice_it_asks_for() {
    let outcome = survey::read(&fs::read(in_project("tests/fixtures/every-type.toml")).unwrap());
    let codes: Vec<Code> = outcome.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::Faces, Code::BreakdownHidden]);
    let survey = outcome.value.unwrap();
    assert_eq!(survey.questions().count(), 22);
    assert_eq!(survey.parts().fingerprint.0.len(), 64);
}

#[test]
fn every_broken_survey_is_explained() {
    let expected = [
        ("bands-with-a-gap", vec![Code::BandsWithGap]),
        ("duplicate-id", vec![Code::Twice]),
        ("forward-reference", vec![Code::ForwardReference]),
        ("four-levels-with-three-bands", vec![Code::ThreeBandsOnShortScale]),
        ("group-question-without-group-mode", vec![Code::OnlyInGroups]),
        ("level-that-is-a-missing-kind", vec![Code::MissingAmongOptions]),
        ("missing-title", vec![Code::MissingKey]),
        ("newer-format", vec![Code::NewerFormat]),
        ("not-toml", vec![Code::UnclosedText]),
        ("number-compared-with-text", vec![Code::KindsDoNotMatch]),
        (
            "several-mistakes",
            vec![
                Code::UnknownLanguage,
                Code::BadId,
                Code::UnknownKey,
                Code::UnknownScale,
                Code::Twice,
                Code::UnknownDimension,
                Code::NotOneOf,
                Code::UnknownCodebook,
            ],
        ),
        ("unknown-code", vec![Code::UnknownCodeInCondition]),
        ("unknown-key", vec![Code::UnknownKey]),
        ("unknown-scale", vec![Code::UnknownScale]),
        ("unknown-type", vec![Code::NotOneOf]),
    ];
    let files = toml_files("tests/fixtures/broken");
    assert_eq!(files.len(), expected.len(), "a broken survey without its code");
    for (path, (name, codes)) in files.iter().zip(expected) {
        assert_eq!(path.file_stem().unwrap(), name);
        let outcome = survey::read(&fs::read(path).unwrap());
        let mut errors = outcome.problems;
        errors.retain(|problem| problem.severity() == Severity::Error);
        let found: Vec<Code> = errors.iter().map(|problem| problem.code).collect();
        assert_eq!(found, codes, "\n{}", shown(path, &errors));
        assert!(outcome.value.is_none());
    }
}

#[test]
fn what_was_meant_is_proposed() {
    let meant = |name: &str| {
        let bytes = fs::read(in_project(&format!("tests/fixtures/broken/{name}.toml"))).unwrap();
        let problems = survey::read(&bytes).problems;
        problems
            .into_iter()
            .find_map(|problem| problem.suggestion)
            .unwrap()
            .text
    };
    assert_eq!(meant("unknown-key"), "max");
    assert_eq!(meant("unknown-scale"), "\"enig5\"");
    assert_eq!(meant("unknown-type"), "\"many\"");
    assert_eq!(meant("unknown-code"), "'bup'");
}
