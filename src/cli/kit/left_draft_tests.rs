//! A draft that nobody went on with, from the laptop to the coordinator's decision.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::tests::{PASSPHRASE_FILE, at, kit, laptop, made, office};
use crate::cli::exit_code::ExitCode;

/// A conversation that stopped after the first question, long ago.
fn old_draft(root: &Path) {
    laptop(root, "nord-1", &["interview", "--linear"], "\nja\nnei\nhopp\n");
    let drafts = fs::read_dir(root.join("nord-1").join("draft")).unwrap();
    let drafts: Vec<_> = drafts.flatten().map(|entry| entry.path()).collect();
    assert_eq!(drafts.len(), 1);
    let file = fs::OpenOptions::new().append(true).open(&drafts[0]).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
}

fn decide(root: &Path, answer: &str) -> (ExitCode, String, String) {
    let arguments = ["rescue", "-e", "ev", "--passphrase-file", PASSPHRASE_FILE];
    at(root, "home", &arguments, answer)
}

fn finished(root: &Path) -> String {
    let (_, result, _) = office(root, &["status", "--json"]);
    let (_, after) = result.split_once("\"finished\":").unwrap();
    after.split(',').next().unwrap().to_owned()
}

fn handed_over(root: &Path) {
    kit(root, "nord-1", "nord");
    fs::create_dir(root.join("stick")).unwrap();
    old_draft(root);
    let (code, result, rest) = laptop(root, "nord-1", &["deliver", "--to", "stick"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("koordinator kan ta hånd om dem: 1"), "{result}");
    let (code, result, rest) = office(root, &["collect", "stick"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Utkast som ingen har fullført: 1"), "{result}");
}

#[test]
fn an_old_draft_goes_along_and_counts_when_the_coordinator_says_so() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(finished(root), "0");
    assert_eq!(laptop(root, "nord-1", &["wipe", "stick"], "").0, ExitCode::Ok);
    assert_eq!(
        fs::read_dir(root.join("nord-1").join("draft")).unwrap().count(),
        0
    );

    let (code, result, _) = decide(root, "\n");
    assert_eq!(code, ExitCode::Ok);
    assert!(result.contains("fra en intervju-PC"), "{result}");
    assert_eq!(finished(root), "0");
    let (code, result, rest) = decide(root, "b\n");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Forseglet"), "{result}");
    assert_eq!(finished(root), "1");

    // The delivery still lies on the stick.
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    assert_eq!(finished(root), "1");
}

#[test]
fn a_draft_the_coordinator_deleted_never_comes_back() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    let (code, result, rest) = decide(root, "s\n");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Slettet"), "{result}");
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    assert_eq!(finished(root), "0");
    assert_eq!(fs::read_dir(root.join("ev").join("rescue")).unwrap().count(), 0);
}
