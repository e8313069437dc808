//! Clearing a laptop without a receipt: on the day of deletion, and not a day before.

use std::fs;
use std::path::Path;

use super::tests::{at_on, interviews, kit, laptop, made_with};
use crate::cli::exit_code::ExitCode;

const DAY: &str = "2027-06-15T09:00:00[UTC]";
const BEFORE: &str = "2027-06-14T23:59:00[UTC]";

fn wipe(root: &Path, now: &str, arguments: &[&str], input: &str) -> (ExitCode, String, String) {
    let all: Vec<&str> = ["wipe", "-e", "nord-1"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    at_on(root, "home-nord-1", now, &all, input)
}

fn files(root: &Path, folder: &str) -> usize {
    let entries = fs::read_dir(root.join("nord-1").join(folder)).unwrap().flatten();
    entries
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .count()
}

fn field(root: &Path) {
    made_with(root, &["--delete-by", "2027-06-15"]);
    kit(root, "nord-1", "nord");
    interviews(root, "nord-1", 1, 3);
    laptop(root, "nord-1", &["interview", "--linear"], "\nja\nnei\nhopp\n");
    assert_eq!((files(root, "out"), files(root, "draft")), (3, 1));
}

#[test]
fn without_a_receipt_nothing_goes_before_the_day_of_deletion() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    field(root);
    let (code, _, rest) = wipe(root, BEFORE, &["--confirm", "Prøve & <b>mer</b>"], "");
    assert_eq!(code, ExitCode::Refused);
    assert!(rest.contains("først 15.06.2027"), "{rest}");
    assert_eq!((files(root, "out"), files(root, "draft")), (3, 1));
}

#[test]
fn on_the_day_everything_goes_when_somebody_types_the_title() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    field(root);
    let (code, _, rest) = wipe(root, DAY, &[], "nei\n");
    assert_eq!(code, ExitCode::NothingToDo);
    assert!(
        rest.contains("av dem aldri levert: 3") && rest.contains("Utkast: 1"),
        "{rest}"
    );
    assert_eq!((files(root, "out"), files(root, "draft")), (3, 1));
    let (code, result, rest) = wipe(root, DAY, &[], "Prøve & <b>mer</b>\n");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(
        result.contains("3 ferdige intervju, 1 utkast og nøklene"),
        "{result}"
    );
    for folder in ["out", "draft", "slips", "quarantine", "keys"] {
        assert_eq!(files(root, folder), 0, "{folder}");
    }
    let (code, ..) = wipe(root, DAY, &["--confirm", "Prøve & <b>mer</b>"], "");
    assert_eq!(code, ExitCode::NothingToDo);
}
