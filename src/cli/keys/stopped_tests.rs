//! A change of keys that was stopped in the middle: whichever keys the evaluation names are used.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::{Path, PathBuf};

use super::tests::{at, evaluation, finished, ok, with_interview, words};
use crate::cli::exit_code::ExitCode;

/// Stops a change of keys after `change` has been made to what lies in the home folder and the evaluation file.
fn stopped_rotation(root: &Path, evaluation_changed: bool) -> PathBuf {
    let keys = fs::read_dir(root.join("home/keys")).unwrap().flatten().next();
    let keys = keys.unwrap().path();
    let (own, next) = (keys.join("coordinator.key"), keys.join("coordinator-next.key"));
    let (was, file) = (
        fs::read(&own).unwrap(),
        fs::read(root.join("ev/evaluation.toml")).unwrap(),
    );
    let rotate = words("keys rotate -e ev --passphrase-file pw --new-passphrase-file pw3");
    ok(root, "home", &rotate, "");
    fs::rename(&own, &next).unwrap();
    fs::write(&own, was).unwrap();
    if !evaluation_changed {
        // As it was before this machine knew of other keys.
        let known = root.join("home/known");
        for entry in fs::read_dir(&known).unwrap().flatten() {
            fs::remove_file(entry.path()).unwrap();
        }
        fs::write(root.join("ev/evaluation.toml"), file).unwrap();
    }
    keys
}

#[test]
fn a_change_of_keys_that_was_stopped_after_the_evaluation_named_the_new_one_goes_on_with_it() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    let keys = stopped_rotation(root, true);
    let old = at(
        root,
        "home",
        &words("status -e ev --sites --passphrase-file pw"),
        "",
    );
    assert_eq!(old.0, ExitCode::Unreadable, "the old passphrase holds no more");
    assert_eq!(finished(root, "home", "pw3"), 1);
    assert!(!keys.join("coordinator-next.key").exists(), "it took its place");
    ok(
        root,
        "home",
        &words("keys rotate -e ev --passphrase-file pw3 --new-passphrase-file pw2"),
        "",
    );
    ok(
        root,
        "home",
        &words("keys forget-old -e ev --yes --passphrase-file pw2"),
        "",
    );
    assert_eq!(finished(root, "home", "pw2"), 1);
}

#[test]
fn a_change_of_keys_that_was_stopped_before_changes_nothing_and_the_old_passphrase_holds() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    evaluation(root);
    let keys = stopped_rotation(root, false);
    let new = at(
        root,
        "home",
        &words("status -e ev --sites --passphrase-file pw3"),
        "",
    );
    assert_eq!(
        new.0,
        ExitCode::Unreadable,
        "the new passphrase does not hold yet"
    );
    assert_eq!(finished(root, "home", "pw"), 0);
    // The key that the evaluation names is not thrown away as an old one.
    fs::rename(keys.join("coordinator-next.key"), keys.join("coordinator.key")).unwrap();
    let forget = words("keys forget-old -e ev --yes --passphrase-file pw3");
    let (code, _, said) = at(root, "home", &forget, "");
    assert_eq!(code, ExitCode::Refused, "{said}");
    assert!(said.contains("Ingenting er endret"), "{said}");
}
