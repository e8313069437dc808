//! Two coordinators with a folder each, who bring in each other's: nothing is lost on the way, either way, and both are told
//! in the end that all is well.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;

use super::tests::{at, interviews, kit, laptop, made};
use crate::cli::exit_code::ExitCode;

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const ANNE: [&str; 2] = ["home", "ev"];
const KARI: [&str; 2] = ["home-kari", "evk"];

/// Runs a command of one of them in her own folder.
fn by(root: &Path, [home, folder]: [&str; 2], command: &str, input: &str) -> (ExitCode, String, String) {
    let passphrase = if home == ANNE[0] { "pw" } else { "pw2" };
    let all = format!("{command} -e {folder} --passphrase-file {passphrase}");
    at(root, home, &all.split(' ').collect::<Vec<_>>(), input)
}

fn is_well(root: &Path, who: [&str; 2]) -> bool {
    let (code, result, rest) = by(root, who, "verify", "");
    assert!(
        matches!(code, ExitCode::Ok | ExitCode::Unreadable),
        "{result}{rest}"
    );
    code == ExitCode::Ok
}

/// Anne has five interviews from a stick when Kari gets a key and a copy of the folder.
fn two_folders(root: &Path) {
    made(root);
    kit(root, "nord-1", "nord");
    interviews(root, "nord-1", 1, 5);
    fs::create_dir(root.join("usb")).unwrap();
    assert_eq!(
        laptop(root, "nord-1", &["deliver", "--to", "usb"], "").0,
        ExitCode::Ok
    );
    assert_eq!(by(root, ANNE, "collect usb", "").0, ExitCode::Ok);
    fs::write(root.join("pw2"), "kaffe lampe sykkel elleve").unwrap();
    let add = "keys add kari kari.key -e ev --passphrase-file pw --new-passphrase-file pw2";
    let run = |home: &str, command: &str| {
        let (code, _, rest) = at(root, home, &command.split(' ').collect::<Vec<_>>(), "");
        assert_eq!(code, ExitCode::Ok, "{rest}");
    };
    run("home", add);
    copied(&root.join("ev"), &root.join("evk"));
    let install = "keys install kari.key -e evk --passphrase-file pw2";
    run(KARI[0], install);
}

fn receipts_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_receipt = |path: &std::path::PathBuf| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        name.starts_with("kvittering")
    };
    paths.filter(is_receipt).collect()
}

#[test]
fn an_old_delivery_that_only_the_first_opens_is_no_trouble_where_a_receipt_names_it() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    two_folders(root);
    let (_, result, rest) = by(root, KARI, "collect usb", "");
    assert!(
        result.contains("tatt inn av en annen koordinator: 5"),
        "{result}{rest}"
    );
    assert!(is_well(root, KARI));
}

#[test]
fn an_old_delivery_without_a_receipt_is_settled_when_each_has_brought_in_the_others_folder() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    two_folders(root);
    for receipt in receipts_in(&root.join("usb")) {
        fs::remove_file(receipt).unwrap();
    }
    let (_, result, _) = by(root, KARI, "collect usb", "");
    assert!(
        result.contains("låst med andre nøkler: 5") && result.contains("Be dem om å hente inn denne mappa"),
        "{result}"
    );
    assert!(!is_well(root, KARI));
    let (code, result, rest) = by(root, ANNE, "collect evk", "");
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    let (code, result, rest) = by(root, KARI, "collect ev", "");
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    assert!(is_well(root, KARI));
    // The same with what Anne wrote beside her own files.
    for receipt in receipts_in(&root.join("evk")) {
        fs::rename(&receipt, root.join("usb").join(receipt.file_name().unwrap())).unwrap();
    }
    assert!(!is_well(root, KARI));
    by(root, KARI, "collect usb", "");
    fs::remove_dir_all(root.join("usb")).unwrap();
    assert!(is_well(root, KARI), "the receipt is kept");
}

#[test]
fn a_laptop_that_either_of_them_made_counts_at_the_others_when_its_name_is_typed() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    two_folders(root);
    let ways = [(KARI, ANNE, "sor-1"), (ANNE, KARI, "sor-2")];
    // Both call theirs the same.
    for (maker, _, name) in ways {
        let (code, _, rest) = by(
            root,
            maker,
            &format!("kit felles --to {name} --site sor --print ut-{name}"),
            "",
        );
        assert_eq!(code, ExitCode::Ok, "{rest}");
    }
    for (number, (maker, other, name)) in ways.into_iter().enumerate() {
        interviews(root, name, number as u64 + 2, 3);
        let usb = format!("usb-{name}");
        fs::create_dir(root.join(&usb)).unwrap();
        assert_eq!(laptop(root, name, &["deliver", "--to", &usb], "").0, ExitCode::Ok);
        let (_, result, _) = by(root, other, &format!("collect {usb}"), "");
        assert!(result.contains("ukjent avsender: 3"), "{result}");
        let (_, result, rest) = by(root, other, &format!("collect {}", maker[1]), "");
        assert!(rest.contains("confirm"), "{result}{rest}");
        assert!(!is_well(root, other));
        let file = |folder: &str| fs::read_to_string(root.join(folder).join("evaluation.toml")).unwrap();
        let before = file(other[1]);
        let (_, result, _) = by(root, other, "confirm", "\n\n\n\n");
        assert_eq!(file(other[1]), before, "{result}");
        // Kari's own computer is asked about first.
        let typed = ["pc-1-2\nfelles-2\n", "felles-2\n"][number];
        let (code, result, rest) = by(root, other, "confirm", typed);
        assert_eq!(code, ExitCode::Ok, "{result}{rest}");
        let (_, result, _) = by(root, other, &format!("collect {usb}"), "");
        assert!(result.contains("Nye intervju: 3"), "{result}");
        assert!(is_well(root, other), "{}", by(root, other, "verify", "").2);
        by(root, maker, &format!("collect {usb}"), "");
        assert!(is_well(root, maker), "{}", by(root, maker, "verify", "").2);
    }
}
