//! Tests of this module, as somebody at the command line would see it.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person or an earlier run would have written"
)]

use std::fs;
use std::path::Path;

use crate::cli::demo::one_round::one_round;
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::made_up::stemme;
use crate::disclosure::made_up::printed;
use crate::disclosure::published::Answers;

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    one_round(folder.path());
    folder
}

fn second_round(folder: &Path) {
    more_rounds(folder, &[12]);
}

/// Adds rounds, of which the same was shown but for one question: so many of 27 were content, and what is shown of that is
/// what the program would show.
fn more_rounds(folder: &Path, content: &[u64]) {
    let shown = fs::read_to_string(folder.join("d/releases/1.json")).unwrap();
    for (number, content) in (2..).zip(content) {
        another_round(folder, &shown, number, *content);
    }
}

/// What is shown of so many people, of whom some are content: most of those very much so, most of the others to some
/// extent.
fn row(content: u64, people: usize) -> Answers {
    let survey = crate::definition::survey::read(include_bytes!("../../../surveys/min-stemme-bup.toml"));
    let content = usize::try_from(content).unwrap();
    let others = people - content;
    let (much, little) = (content.div_ceil(2) + 2, others / 3);
    let counts = [
        ("ikke", little / 2),
        ("liten", little - little / 2),
        ("noen", others - little),
        ("stor", content - much.min(content)),
        ("svaert_stor", much.min(content)),
    ];
    printed(&survey.value.unwrap(), "bup08", &counts).answers
}

fn another_round(folder: &Path, shown: &str, number: usize, content: u64) {
    let evaluation = folder.join("d/evaluation.toml");
    let text = fs::read_to_string(&evaluation).unwrap();
    let (norwegian, english) = match number {
        2 => ("Andre runde".to_owned(), "Second round".to_owned()),
        other => (format!("Runde {other}"), format!("Round {other}")),
    };
    let round = format!(
        "[[round]]\nid = \"r{number}\"\ntitle = {{ nb = \"{norwegian}\", nn = \"{norwegian}\", en = \"{english}\" }}\n\
         surveys = [\"min-stemme-bup\"]\n\n[[survey]]"
    );
    fs::write(&evaluation, text.replacen("[[survey]]", &round, 1)).unwrap();
    let mut shown: serde_json::Value = serde_json::from_str(shown).unwrap();
    shown["origin"]["round"] = format!("r{number}").into();
    let items = shown["published"]["items"].as_array_mut().unwrap();
    let item = items.iter_mut().find(|item| item["item"] == "bup08").unwrap();
    item["answers"] = serde_json::to_value(row(content, 27)).unwrap();
    fs::write(
        folder.join(format!("d/releases/{number}.json")),
        shown.to_string(),
    )
    .unwrap();
}

#[test]
fn one_round_is_nothing_to_compare() {
    let folder = demo();
    let (code, result, said) = stemme(folder.path(), &["-e", "d", "compare"]);
    assert_eq!((code, result.as_str()), (ExitCode::NothingToDo, ""));
    assert!(said.contains("Vist til nå: Første runde."), "{said}");
}

#[test]
fn sites_that_were_not_shown_apart_are_not_put_side_by_side() {
    let folder = demo();
    for (language, words) in [
        ("nb", "Ingenting er vist delt"),
        ("nn", "Ingenting er vist delt"),
        ("en", "Nothing has been shown split"),
    ] {
        let (code, result, said) = stemme(
            folder.path(),
            &["--lang", language, "-e", "d", "compare", "--by", "site"],
        );
        assert_eq!((code, result.as_str()), (ExitCode::Refused, ""));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn two_rounds_stand_side_by_side_with_what_changed() {
    let folder = demo();
    let folder = folder.path();
    second_round(folder);
    let (code, result, said) = stemme(folder, &["-e", "d", "compare", "bup08"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
    for words in [
        "for få målinger (2)",
        "Første runde: 19 av 27 svarte",
        "Andre runde: 12 av 27.",
        "Andelen er 26 prosentpoeng lavere.",
    ] {
        let said = result.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{words}: {result}");
    }
    for language in ["nn", "en"] {
        let (code, result, said) = stemme(folder, &["--lang", language, "-e", "d", "compare"]);
        assert_eq!(code, ExitCode::Ok, "{said}");
        assert!(
            result.contains("[bup08]") && result.contains("[bup05]"),
            "{result}"
        );
        assert!(result.lines().all(|line| line.chars().count() <= 80), "{result}");
    }
    let (code, _, said) = stemme(folder, &["-e", "d", "compare", "bup99"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(said.contains("bup99"), "{said}");
}

#[test]
fn scripts_get_every_count_and_every_difference() {
    let folder = demo();
    let folder = folder.path();
    second_round(folder);
    let (code, lines, _) = stemme(folder, &["-e", "d", "compare", "bup08", "--plain"]);
    assert_eq!(code, ExitCode::Ok);
    let is_line = |group: &str, words: &str| {
        lines
            .lines()
            .any(|line| line.contains(&format!("\t{group}\t")) && line.contains(words))
    };
    assert!(
        is_line("round=r1", "\t19\t") && is_line("round=r2", "\t12\t"),
        "{lines}"
    );
    assert!(
        is_line("change=r1..r2", "\t-0.2593\t\t\t-0.4770\t0.0031\t"),
        "{lines}"
    );
    let (code, json, _) = stemme(folder, &["-e", "d", "compare", "bup08", "--json"]);
    assert_eq!(code, ExitCode::Ok);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let table = &json["surveys"][0]["tables"][0];
    assert_eq!(table["part"], "rounds");
    let values = table["values"].as_array().unwrap();
    let change = values.iter().filter_map(|value| value["difference"].as_f64());
    assert!(change.clone().count() > 1 && change.fold(0.0, f64::min) < -0.2);
    // Tests of change, for who asks for them. Of the example only options are told in full in both rounds.
    let tested = |arguments: &[&str]| {
        let all = [&["-e", "d", "--lang", "en", "compare"][..], arguments].concat();
        let (code, text, _) = stemme(folder, &all);
        assert_eq!(code, ExitCode::Ok);
        text
    };
    assert!(!tested(&[]).contains("Holm"));
    let text = tested(&["--tests", "holm"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("many questions (Holm)") && text.contains("[bup16]"),
        "{text}"
    );
    assert!(text.contains("chi-square or Fisher"), "{text}");
    let lines = tested(&["--tests", "bh", "--plain"]);
    let line = "tests\ttests\tp_benjamini_hochberg\tbup16\t";
    assert!(lines.lines().any(|own| own.starts_with(line)), "{lines}");
}

#[test]
fn the_page_reads_well_in_every_language() {
    let folder = demo();
    let folder = folder.path();
    second_round(folder);
    for language in ["nb", "nn", "en"] {
        let (code, page, said) = stemme(folder, &["--lang", language, "-e", "d", "compare", "bup08"]);
        assert_eq!(code, ExitCode::Ok, "{said}");
        insta::assert_snapshot!(format!("two_rounds_{language}"), page);
    }
}

#[test]
fn twelve_rounds_are_said_to_lie_about_a_middle_line() {
    let folder = demo();
    let folder = folder.path();
    // Six rounds below and six above: one crossing.
    more_rounds(folder, &[18, 17, 19, 18, 17, 9, 8, 10, 9, 8, 10]);
    for language in ["nb", "nn", "en"] {
        let (code, page, said) = stemme(folder, &["--lang", language, "-e", "d", "compare", "bup08"]);
        assert_eq!(code, ExitCode::Ok, "{said}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
        insta::assert_snapshot!(format!("twelve_rounds_{language}"), page);
    }
}

/// As if the sites had been shown apart: of one question exactly and of everybody, of others coded or not at all.
fn shown_by_site(folder: &Path) {
    let shown = include_str!("../../../tests/fixtures/releases/demo-by-site.json");
    let mut shown: serde_json::Value = serde_json::from_str(shown).unwrap();
    let items = shown["published"]["items"].as_array_mut().unwrap();
    let item = items.iter_mut().find(|item| item["item"] == "bup22").unwrap();
    let groups = item["breakdown"]["groups"].as_array_mut().unwrap();
    for (group, people) in groups.iter_mut().zip([24, 25]) {
        group["people"] = people.into();
    }
    item["base"] = serde_json::json!({ "shown": { "asked": 49, "valid": 49 } });
    item["missing"] = serde_json::json!({ "sum": 0 });
    let row = &mut item["breakdown"]["answers"]["row"];
    row["counts"] = serde_json::json!([{ "exact": 17 }, { "exact": 9 }]);
    row["complete"] = true.into();
    for file in fs::read_dir(folder.join("d/releases")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    fs::write(folder.join("d/releases/1.json"), shown.to_string()).unwrap();
}

#[test]
fn sites_stand_side_by_side_in_words_a_reader_understands() {
    let folder = demo();
    let folder = folder.path();
    shown_by_site(folder);
    for (language, wanted) in [("nb", None), ("nn", Some("bup22")), ("en", Some("bup22"))] {
        let arguments = ["--lang", language, "-e", "d", "compare", "--by", "site"];
        let arguments: Vec<&str> = arguments.into_iter().chain(wanted).collect();
        let (code, page, said) = stemme(folder, &arguments);
        assert_eq!(code, ExitCode::Ok, "{said}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
        insta::assert_snapshot!(format!("by_site_{language}"), page);
    }
}

#[test]
fn one_survey_alone_has_no_other_perspective() {
    let folder = demo();
    let (code, out, said) = stemme(folder.path(), &["-e", "d", "compare", "--perspectives"]);
    assert_eq!((code, out.as_str()), (ExitCode::NothingToDo, ""));
    assert!(said.contains("Bare én undersøkelse er vist"), "{said}");
}
