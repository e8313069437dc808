//! Laptops, copies, keys, withdrawal and the end: what they look like, and that the screens do what the commands do.

use std::fs;
use std::path::Path;

use stemme::domain::language::Language;

use crate::coordinator_office::opened;
use crate::coordinator_screens::looks;

#[test]
fn laptops_and_the_rest_look_as_they_did() {
    looks(
        "upkeep",
        &[
            ("laptops", "LAPTOPS"),
            ("revoking", "Enter"),
            ("not the word", "x Enter"),
            ("kit", "Esc End Up Enter"),
            ("site", "n o r d Enter Right"),
            ("done", "Enter Enter Enter"),
            ("safekeeping", "Esc Esc UPKEEP"),
            ("backup", "Enter"),
            ("restore", "Esc Down Enter"),
            ("nothing filled in", "Down Down Enter"),
            ("is everything here", "Esc Down Enter"),
            ("drafts", "Esc Down Down Down Down Down Down Down Down Down Enter"),
            ("use them", "USE"),
            ("delete them", "Esc Down DROP"),
            ("not the word either", "x Enter"),
            ("what has changed", "Esc Esc Up Up Up Up Up Up Up Up Enter"),
            ("accepting", "Enter"),
            ("a coordinator leaves", "Esc Esc Down Enter"),
            ("another coordinator", "Esc Down Down Enter"),
            ("new key", "Esc Down Enter"),
            ("old keys", "Esc Down Enter"),
            ("the next round", "Esc End Up Up Up Enter"),
            ("the close", "Esc End Enter"),
        ],
    );
}

/// The files in a folder and below.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}

#[test]
fn a_kit_is_made_its_code_is_shown_once_and_the_laptop_is_revoked_by_its_name() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    let stick = place.path().join("stick");
    screens
        .keys("P End Up Enter")
        .text("nord-1")
        .keys("Enter Right Enter Enter");
    for _ in 0..200 {
        screens.keys("Bs");
    }
    screens.text(&stick.display().to_string()).keys("Enter");
    let seen = screens.see();
    assert!(
        seen.contains("PC-koden") && seen.contains("vises bare nå"),
        "{seen}"
    );
    let made = files(&stick);
    assert!(
        made.iter().any(|file| file.ends_with("stemme-nord-1/kit.sig")),
        "{made:?}"
    );
    let printed = files(&place.path().join("Documents"));
    assert!(
        printed.iter().any(|file| file.ends_with("kort-nord-1.html")),
        "{printed:?}"
    );
    let card = fs::read_to_string(&printed[0]).unwrap();
    let code = seen.lines().find(|line| line.contains(" - ")).unwrap();
    assert!(card.contains(code.trim()), "{code}");

    screens.keys("Enter");
    assert!(screens.see().contains("> nord-1"), "{}", screens.see());
    screens.keys("Enter").text("nord-2").keys("Enter");
    assert!(screens.see().contains("Ingenting er endret"), "{}", screens.see());
    screens.keys("Bs").text("1").keys("Enter");
    assert!(screens.see().contains("nord-1 er stengt"), "{}", screens.see());
    screens.keys("Enter");
    assert!(screens.see().contains("nord-1: stengt"), "{}", screens.see());
}

#[test]
fn a_backup_is_made_and_put_back_in_a_new_folder() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    let (file, folder) = (place.path().join("stick/kopi"), place.path().join("tilbake"));
    let clear = |screens: &mut crate::harness::Screens| {
        for _ in 0..200 {
            screens.keys("Bs");
        }
    };
    screens.keys("T Enter");
    clear(&mut screens);
    screens.text(&file.display().to_string()).keys("Enter");
    assert!(
        screens.see().contains("lest tilbake og like"),
        "{}",
        screens.see()
    );
    screens
        .keys("Enter Down Enter")
        .text(&file.display().to_string())
        .keys("Enter");
    clear(&mut screens);
    screens.text(&folder.display().to_string()).keys("Enter Enter");
    assert!(screens.see().contains("hentet tilbake i"), "{}", screens.see());
    assert!(folder.join("evaluation.toml").is_file());
}

#[test]
fn an_evaluation_is_closed_when_its_title_is_typed_and_nothing_opens_afterwards() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 40));
    let root = place.path().join("d");
    screens.keys("T End Enter").text("Min stemme").keys("Enter");
    assert!(screens.see().contains("Ingenting er endret"), "{}", screens.see());
    assert!(!files(&root.join("out")).is_empty());
    screens.text(" teller – eksempel").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Sletteprotokoll"), "{seen}");
    assert!(files(&root.join("out")).is_empty() && files(&root.join("workbook")).is_empty());
    assert!(root.join("deletion.txt").is_file());
    screens.keys("Esc");
    let seen = screens.see();
    assert!(!seen.contains("For koordinator"), "{seen}");
}
