//! A draft that nobody went on with, from the laptop to the coordinator's decision.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::tests::{PASSPHRASE_FILE, at, delivered_and_collected, kit, laptop, made, office};
use crate::cli::exit_code::ExitCode;
use crate::store::atomic::{Access, replace};

/// A conversation that stopped after the first question, long ago.
fn old_draft(root: &Path) {
    laptop(root, "nord-1", &["interview", "--linear"], "\nja\nnei\nhopp\n");
    grow_old(root);
}

/// Nobody goes on with the one draft for long.
fn grow_old(root: &Path) {
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
    let (_, status, _) = office(root, &["status"]);
    assert!(!status.contains("har ikke levert"), "a draft came: {status}");
    assert_eq!(laptop(root, "nord-1", &["wipe", "stick"], "").0, ExitCode::Ok);
    assert_eq!(
        fs::read_dir(root.join("nord-1").join("draft")).unwrap().count(),
        0
    );

    let (code, result, _) = decide(root, "\n");
    assert_eq!(code, ExitCode::Ok);
    assert!(result.contains("fra nord-1, "), "{result}");
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

/// The laptop is broken, or its code is lost: its folder lies on the coordinator's computer.
#[test]
fn the_coordinators_passphrase_goes_on_with_a_laptops_draft() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    laptop(root, "nord-1", &["interview", "--linear"], "\nja\nnei\nhopp\n");
    let (_, result, rest) = office(root, &["collect", "nord-1"]);
    assert!(
        rest.contains("Utkast som ligger igjen i mappa") && rest.contains(": 1."),
        "{result}{rest}"
    );
    let resume = [
        "interview",
        "--resume",
        "-e",
        "nord-1",
        "--linear",
        "--passphrase-file",
        PASSPHRASE_FILE,
    ];
    let (_, result, rest) = at(root, "home", &resume, "");
    assert!(result.contains("fortsetter der det stoppet"), "{result}{rest}");
    let (_, result, _) = at(root, "home-nord-1", &resume, "");
    assert!(
        !result.contains("Dere kan gå videre"),
        "where the coordinator's key is not: {result}"
    );
}

#[test]
fn a_draft_the_coordinator_deleted_never_comes_back() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    let (code, result, rest) = decide(root, "s\nslett\n");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Slettet"), "{result}");
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    assert_eq!(finished(root), "0");
    assert_eq!(fs::read_dir(root.join("ev").join("rescue")).unwrap().count(), 0);
}

/// The laptop's code, from its card.
fn laptop_code(root: &Path) -> String {
    let card = fs::read_to_string(root.join("utskrift").join("kort-nord-1.html")).unwrap();
    let words = card.split("class=\"words\">").nth(1).unwrap();
    words.split("</p>").next().unwrap().replace(" - ", " ")
}

/// The conversation is gone on with on the laptop, and stopped with this choice.
fn stopped(root: &Path, choice: &str) -> String {
    let words = format!("{}\npause\n3\n{choice}\n", laptop_code(root));
    let (code, result, rest) = laptop(root, "nord-1", &["interview", "--resume", "--linear"], &words);
    assert_eq!(code, ExitCode::Ok, "{result}\n{rest}");
    result
}

#[test]
fn what_was_deleted_on_the_laptop_after_it_was_handed_over_never_counts() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    let said = stopped(root, "slett");
    assert!(said.contains("Kopien blir slettet når"), "{said}");
    assert!(!said.contains("Alt som ble svart, er slettet"), "{said}");
    let said = delivered_and_collected(root, "etterpå");
    assert!(said.contains("slettet på PC-en eller trukket: 1"), "{said}");
    assert_eq!(fs::read_dir(root.join("ev").join("rescue")).unwrap().count(), 0);
    let (_, status, _) = office(root, &["status"]);
    assert!(!status.contains("har ikke levert"), "a slip came: {status}");
    let (code, wiped, rest) = laptop(root, "nord-1", &["wipe", "etterpå"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(
        wiped.contains("1 lapper") && !wiped.contains("intervju"),
        "{wiped}"
    );
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    assert_eq!(finished(root), "0");
}

#[test]
fn where_the_draft_was_sealed_before_it_was_deleted_the_coordinator_is_told_and_can_delete() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    stopped(root, "slett");
    let said = delivered_and_collected(root, "etterpå");
    assert!(
        said.contains("De teller ikke. Bestem med stemme rescue"),
        "{said}"
    );
    assert_eq!(finished(root), "0");
    let (code, said, rest) = decide(root, "s\nslett\n");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(said.contains("Du forseglet utkastet"), "{said}");
    assert_eq!(finished(root), "0");
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    assert_eq!(finished(root), "0");
}

#[test]
fn not_yet_said_after_it_was_handed_over_holds_the_copy_until_the_person_says_yes() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    stopped(root, "1");
    delivered_and_collected(root, "etterpå");
    let (_, said, _) = decide(root, "b\n\n");
    assert!(said.contains("ikke bruk dem ennå"), "{said}");
    assert_eq!(finished(root), "0");
    assert_eq!(decide(root, "b\nja\n").0, ExitCode::Ok);
    assert_eq!(finished(root), "1");
}

#[test]
fn not_yet_said_after_the_draft_was_sealed_takes_the_answers_out_until_the_person_says_yes() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    stopped(root, "1");
    let said = delivered_and_collected(root, "etterpå");
    assert!(
        said.contains("«ikke bruk dem ennå» etter at du forseglet utkastet: 1"),
        "{said}"
    );
    assert_eq!(finished(root), "0");
    let (_, said, _) = office(root, &["status"]);
    assert!(said.contains("1 intervju teller ikke"), "{said}");
    let (_, said, _) = decide(root, "b\n\n");
    assert!(said.contains("fra nord-1, "), "{said}");
    assert!(said.contains("teller ikke før personen har sagt ja"), "{said}");
    assert_eq!(finished(root), "0");
    assert_eq!(decide(root, "b\nja\n").0, ExitCode::Ok);
    assert_eq!(finished(root), "1");
    assert_eq!(office(root, &["collect", "etterpå"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "").0, ExitCode::NothingToDo);
    let (code, said, _) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

#[test]
fn a_longer_draft_comes_in_again_and_takes_the_place_of_the_shorter_one() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    let words = format!("{}\nhopp\nhopp\n", laptop_code(root));
    laptop(root, "nord-1", &["interview", "--resume", "--linear"], &words);
    grow_old(root);
    let said = delivered_and_collected(root, "etterpå");
    assert!(said.contains("Utkast som ingen har fullført: 1"), "{said}");
    assert_eq!(finished(root), "1");
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    assert_eq!(finished(root), "1");
    assert_eq!(fs::read_dir(root.join("ev").join("out")).unwrap().count(), 1);
    // The shorter one has nothing new, whenever it comes.
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::NothingToDo);
    let (code, said, _) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

#[test]
fn what_the_person_finished_counts_and_not_what_was_sealed_from_the_draft() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    stopped(root, "2\nferdig\nforsegl\n1");
    let said = delivered_and_collected(root, "etterpå");
    assert!(
        said.contains("Fullført av personen selv etter at du forseglet utkastet: 1"),
        "{said}"
    );
    assert!(said.contains("Nye intervju: 0"), "{said}");
    assert_eq!(finished(root), "1");
    assert_eq!(fs::read_dir(root.join("ev").join("out")).unwrap().count(), 1);
    let (code, said, _) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

#[test]
fn what_the_person_finished_counts_though_the_coordinator_had_dropped_the_draft() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "s\nslett\n").0, ExitCode::Ok);
    let asked = |root: &Path| office(root, &["status", "--json"]).1.contains("\"stopped\":1");
    assert!(asked(root));
    stopped(root, "2\nferdig\nforsegl\n1");
    delivered_and_collected(root, "etterpå");
    assert_eq!(finished(root), "1");
    assert!(!asked(root), "nobody is counted twice");
}

#[test]
fn what_the_coordinator_sealed_is_missed_when_somebody_deletes_it() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    let out = fs::read_dir(root.join("ev").join("out")).unwrap();
    for file in out.flatten() {
        fs::remove_file(file.path()).unwrap();
    }
    let (code, said, _) = office(root, &["verify", "--json"]);
    assert_eq!(code, ExitCode::Unreadable, "{said}");
    let (_, missing) = said.split_once("\"missing\":[").unwrap();
    let (missing, _) = missing.split_once(']').unwrap();
    assert_eq!(
        missing.split(',').count(),
        1,
        "exactly what was deleted: {missing}"
    );
    assert!(!missing.is_empty());
}

#[test]
fn a_deletion_on_a_laptop_that_was_revoked_is_laid_before_the_coordinator() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    stopped(root, "slett");
    let revoke = [
        "keys",
        "revoke",
        "nord-1",
        "-e",
        "ev",
        "--yes",
        "--passphrase-file",
        PASSPHRASE_FILE,
    ];
    let (code, said, rest) = at(root, "home", &revoke, "");
    assert_eq!(code, ExitCode::Ok, "{said}{rest}");
    delivered_and_collected(root, "etterpå");
    let (_, said, _) = decide(root, "b\n\n");
    assert!(said.contains("slettet på en PC som er stengt"), "{said}");
    assert_eq!(finished(root), "0");
    assert_eq!(decide(root, "b\nja\n").0, ExitCode::Ok);
    assert_eq!(finished(root), "1", "it was not the person");
}

/// The files of a folder that end so.
fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect()
}

#[test]
fn a_draft_that_no_laptop_signed_is_not_used_and_one_that_is_gone_is_missed() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    let rescue = root.join("ev").join("rescue");
    let from = files(&rescue, "from");
    let signed = fs::read(&from[0]).unwrap();
    fs::remove_file(&from[0]).unwrap();
    let (_, _, said) = decide(root, "b\n");
    assert!(said.contains("ukjent avsender"), "{said}");
    assert_eq!(finished(root), "0");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Unreadable);
    // It comes once more, and is whose it was.
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(fs::read(&from[0]).unwrap(), signed);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    fs::remove_file(&files(&rescue, "jnl")[0]).unwrap();
    let (code, said, _) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(said.contains("Mangler, men har vært her"), "{said}");
}

#[test]
fn a_draft_that_waits_at_another_coordinators_comes_along_with_their_folder() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    fs::create_dir(root.join("other")).unwrap();
    let rescue = root.join("ev").join("rescue");
    fs::rename(&rescue, root.join("other").join("rescue")).unwrap();
    let (code, said, rest) = office(root, &["collect", "other"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(said.contains("Utkast som ingen har fullført: 1"), "{said}");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    assert_eq!(decide(root, "b\n").0, ExitCode::Ok);
    assert_eq!(finished(root), "1");
}

#[test]
fn the_original_of_a_damaged_draft_goes_from_the_laptop_with_the_receipt() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    let said = "\nja\nnei\nhopp\nhopp\nhopp\nhopp\nhopp\n";
    laptop(root, "nord-1", &["interview", "--linear"], said);
    let (drafts, aside) = (
        root.join("nord-1").join("draft"),
        root.join("nord-1").join("quarantine"),
    );
    let draft = files(&drafts, "jnl").remove(0);
    let mut bytes = fs::read(&draft).unwrap();
    let middle = bytes.len() - 700;
    bytes[middle] ^= 1;
    replace(&draft, &bytes, Access::Owner).unwrap();
    stopped(root, "2\nferdig\nforsegl\n1");
    assert_eq!(
        files(&aside, "jnl").len(),
        1,
        "what could not be read is not thrown away"
    );
    delivered_and_collected(root, "stick");
    assert_eq!(finished(root), "1");
    let (code, _, said) = laptop(root, "nord-1", &["wipe", "stick"], "");
    assert_eq!(code, ExitCode::Ok, "{said}");
    assert_eq!(files(&aside, "jnl").len(), 0);
}

#[test]
fn a_laptop_says_which_deletion_goes_along() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    let draft = files(&root.join("nord-1").join("draft"), "jnl").remove(0);
    let name: String = draft
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .chars()
        .take(4)
        .collect();
    stopped(root, "slett");
    fs::create_dir(root.join("etter")).unwrap();
    let (_, said, _) = laptop(root, "nord-1", &["deliver", "--to", "etter"], "");
    assert!(
        said.contains(&format!("Utkastet {name} er slettet her")),
        "{said}"
    );
    assert_eq!(office(root, &["collect", "etter"]).0, ExitCode::Ok);
    assert_eq!(laptop(root, "nord-1", &["wipe", "etter"], "").0, ExitCode::Ok);
    let marks = fs::read_to_string(root.join("nord-1").join("drafts")).unwrap();
    assert!(!marks.contains("deleted"), "{marks}");
}

#[test]
fn a_typed_word_is_wanted_before_a_draft_goes_for_good() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    handed_over(root);
    assert_eq!(decide(root, "s\n\n").0, ExitCode::Ok);
    assert_eq!(files(&root.join("ev").join("rescue"), "jnl").len(), 1);
}

#[test]
fn a_kit_without_its_signature_begins_nothing_and_hands_nothing_over() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    fs::create_dir(root.join("stick")).unwrap();
    fs::remove_file(root.join("nord-1").join("kit.sig")).unwrap();
    for command in [&["interview", "--linear"][..], &["deliver", "--to", "stick"]] {
        let (code, _, rest) = laptop(root, "nord-1", command, "");
        assert_eq!(code, ExitCode::Refused, "{rest}");
        assert!(rest.contains("kit.sig"), "{rest}");
    }
}
