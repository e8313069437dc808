//! A change of keys that was stopped in the middle: whichever keys the evaluation names are used.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::domain::order::SplitMix64;
use crate::domain::record::InterviewId;
use crate::fieldwork::workplace::Workplace;
use crate::store::envelope::may_interview;
use crate::store::keys::CoordinatorKeys;
use crate::store::{given_up, tombstone};

use super::tests::{at, evaluation, finished, ok, with_interview, words};

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

/// Stops a recovery after everything is signed by a new key as well, before the evaluation names it. `withdraws`: the new key
/// has declared one more interview withdrawn.
fn stopped_recovery(root: &Path, seed: u64, withdraws: bool) {
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let workplace = Workplace::open(&root.join("ev"), &root.join("home"), surroundings.randomness()).unwrap();
    let (identities, _) = workplace
        .unlock_to_sign(Some("hest batteri stift korrekt"))
        .unwrap();
    let mut sequence = SplitMix64::new(seed);
    let random = &mut |bytes: &mut [u8]| {
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    };
    let next = CoordinatorKeys::generate(&workplace.evaluation().id, random).unwrap();
    let at = (workplace.home(), workplace.folder());
    given_up::sign_again(at, workplace.evaluation(), &identities, next.signer(), random).unwrap();
    if withdraws {
        let to = may_interview(workplace.evaluation()).unwrap();
        let interview = InterviewId::from_bytes([9; 16]);
        tombstone::put(&workplace.folder().gone(), &interview, &to, next.signer(), random).unwrap();
    }
}

#[test]
fn a_withdrawal_that_only_a_key_given_up_signed_is_not_taken_away() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    stopped_recovery(root, 7003, true);
    let recover = "keys recover -e ev --recovery-file rec.txt --new-passphrase-file pw3";
    ok(root, "home", &words(recover), "");
    assert_eq!(fs::read_dir(root.join("ev/gone")).unwrap().count(), 1);
    let (code, said, _) = at(root, "home", &words("verify -e ev --passphrase-file pw3"), "");
    assert_eq!(code, ExitCode::Unreadable, "{said}");
    assert!(
        said.contains("er ikke et merke for et trukket intervju"),
        "{said}"
    );
}

#[test]
fn a_recovery_that_was_stopped_is_told_and_leaves_nothing_behind_when_it_is_finished() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = with_interview(root);
    fs::write(root.join("code"), code).unwrap();
    let withdraw = words("withdraw -e ev --yes --code-file code --passphrase-file pw");
    ok(root, "home", &withdraw, "");
    let verify = |passphrase| {
        ok(
            root,
            "home",
            &words(&format!("verify -e ev --passphrase-file {passphrase}")),
            "",
        )
    };
    assert!(!verify("pw").contains("ble avbrutt"));
    for seed in [7001, 7002] {
        stopped_recovery(root, seed, false);
        let said = verify("pw");
        assert!(said.contains("Et bytte av nøkler ble avbrutt"), "{said}");
        assert!(said.contains("Alt er her"), "{said}");
    }
    assert_eq!(fs::read_dir(root.join("ev/gone")).unwrap().count(), 3);
    let recover = "keys recover -e ev --recovery-file rec.txt --new-passphrase-file pw3";
    ok(root, "home", &words(recover), "");
    let said = verify("pw3");
    assert!(said.contains("Alt er her") && !said.contains("avbrutt"), "{said}");
    assert_eq!(fs::read_dir(root.join("ev/gone")).unwrap().count(), 1);
    assert_eq!(finished(root, "home", "pw3"), 0, "it stays withdrawn");
}
