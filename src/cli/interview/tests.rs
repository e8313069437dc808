//! Beginning and going on line by line, on a laptop.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;

use crate::cli::exit_code::ExitCode;
use crate::cli::kit::tests::{PASSPHRASE_FILE, at, kit, laptop, made};

/// Stops after the first question: a draft is left.
fn begun(root: &Path) {
    laptop(root, "nord-1", &["interview", "--linear"], "\nja\nnei\nhopp\n");
}

/// The names of the drafts, in order.
fn drafts(root: &Path) -> Vec<String> {
    let found = fs::read_dir(root.join("nord-1").join("draft")).unwrap();
    let mut names: Vec<String> = found
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The beginning of a name, as it is shown.
fn begin(name: &str) -> String {
    name.chars().take(4).collect()
}

/// A laptop, and its code from the card.
fn with_laptop(root: &Path) -> String {
    made(root);
    kit(root, "nord-1", "nord");
    let card = fs::read_to_string(root.join("utskrift").join("kort-nord-1.html")).unwrap();
    let words = card.split("class=\"words\">").nth(1).unwrap();
    words.split("</p>").next().unwrap().replace(" - ", " ")
}

#[test]
fn a_mistyped_laptop_code_is_asked_for_again_and_the_draft_stays() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let code = with_laptop(root);
    begun(root);
    let resume = ["interview", "--resume", "--linear"];
    let (outcome, said, rest) = laptop(
        root,
        "nord-1",
        &resume,
        &format!("fjell kopp\nhjelp\n{code}\npause\n2\n"),
    );
    assert_eq!(outcome, ExitCode::Ok, "{said}\n{rest}");
    assert_eq!(rest.matches("Den koden passer ikke").count(), 1, "{rest}");
    assert!(said.contains("Alt er her."), "{said}");
    let (outcome, said, rest) = laptop(root, "nord-1", &resume, "a\nb\nc\nd\n");
    assert_eq!(outcome, ExitCode::Unreadable, "{said}\n{rest}");
    assert_eq!(rest.matches("Den koden passer ikke").count(), 3, "{rest}");
    assert_eq!(drafts(root).len(), 1);
}

#[test]
fn a_draft_is_named_by_the_beginning_of_its_name() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let code = with_laptop(root);
    let resume = |name: &str, input: &str| {
        laptop(
            root,
            "nord-1",
            &["interview", "--resume", name, "--linear"],
            input,
        )
    };
    let (outcome, _, rest) = resume("7f", "");
    assert_eq!(outcome, ExitCode::NothingToDo, "{rest}");
    begun(root);
    begun(root);
    let names = drafts(root);
    assert_eq!(names.len(), 2);
    // A new interview is begun all the same; that others are not finished is said.
    let (_, _, rest) = laptop(root, "nord-1", &["interview", "--linear"], "");
    assert!(
        rest.contains("2 intervjuer er ikke ferdige") && rest.contains("--resume"),
        "{rest}"
    );
    let (outcome, _, rest) = resume("zz", "");
    assert_eq!(outcome, ExitCode::Usage);
    assert!(rest.contains("begynner på «zz»"), "{rest}");
    assert!(
        rest.contains(&begin(&names[0])) && rest.contains(&begin(&names[1])),
        "{rest}"
    );
    let (outcome, said, rest) = resume(&names[1], &format!("{code}\npause\n2\n"));
    assert_eq!(outcome, ExitCode::Ok, "{rest}");
    assert!(said.contains("Alt er her."), "{said}");
    // Nobody can choose here, and none is named: the run says which there are.
    let (outcome, _, rest) = laptop(
        root,
        "nord-1",
        &["interview", "--resume", "--linear", "--no-input"],
        "",
    );
    assert_eq!(outcome, ExitCode::Usage);
    assert!(
        rest.contains("--resume") && rest.contains(&begin(&names[0])),
        "{rest}"
    );
}

#[test]
fn a_small_group_is_advised_and_may_go_on_or_be_asked_one_by_one() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    fs::write(root.join(PASSPHRASE_FILE), "hest batteri stift korrekt").unwrap();
    let every_type = include_str!("../../../tests/fixtures/every-type.toml");
    fs::write(root.join("every-type.toml"), every_type).unwrap();
    for (folder, survey) in [("ev", "every-type.toml"), ("groups", "gruppeintervju")] {
        let new = [
            "new",
            "evaluation",
            folder,
            "--title",
            "Grupper",
            "--survey",
            survey,
            "--passphrase-file",
            PASSPHRASE_FILE,
            "--recovery-out",
            &format!("{folder}.txt"),
        ];
        let (outcome, _, rest) = at(root, "home", &new, "");
        assert_eq!(outcome, ExitCode::Ok, "{rest}");
    }
    let hold = |input: &str| at(root, "home", &["interview", "-e", "ev", "--linear"], input).1;
    let said = hold("2\n2\n2\n");
    assert!(said.contains("Er dere færre enn 3"), "{said}");
    assert!(said.contains("Intervjuet begynner"), "{said}");
    let alone = hold("2\n2\n1\n");
    assert!(alone.contains("Intervjuet begynner"), "{alone}");
    let enough = hold("2\n3\n");
    assert!(!enough.contains("færre enn"), "{enough}");
    // Back from the advice is the number of people again.
    let again = hold("2\n2\ntilbake\n4\n");
    assert_eq!(again.matches("Hvor mange er dere").count(), 2, "{again}");
    assert!(again.contains("Intervjuet begynner"), "{again}");
    // Where nothing is asked of one person alone, nobody is asked whether it is one.
    let groups = ["interview", "-e", "groups", "--linear"];
    let (_, said, _) = at(root, "home", &groups, "2\n1\n");
    assert!(said.starts_with("Hvor mange er dere"), "{said}");
    assert!(!said.contains("Intervju én og én"), "{said}");
    assert!(said.contains("Intervjuet begynner"), "{said}");
    let silent = ["interview", "-e", "groups", "--linear", "--no-input"];
    let (outcome, _, rest) = at(root, "home", &silent, "");
    assert_eq!(outcome, ExitCode::Usage);
    assert!(rest.contains("--group"), "{rest}");
}
