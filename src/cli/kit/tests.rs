//! Two laptops and a coordinator, from kit to receipt; and what happens where somebody tampers with a kit.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Zoned;

use super::html::escaped;
use crate::cli::exit_code::ExitCode;
use crate::cli::run;
use crate::cli::surroundings::Surroundings;
use crate::domain::order::SplitMix64;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::journal_keeper::RandomSource;
use crate::fieldwork::made_up::{Crowd, fill};
use crate::fieldwork::workplace::Workplace;

/// Where the passphrase stands, below the root.
pub(in crate::cli) const PASSPHRASE_FILE: &str = "pw";
const PASSPHRASE: &str = "hest batteri stift korrekt";

/// Every run of the program draws its own: two laptops with the same names for interviews would be another test.
pub(super) fn unlike_any_before() -> RandomSource {
    static SEED: AtomicU64 = AtomicU64::new(100);
    let sequence = Mutex::new(SplitMix64::new(SEED.fetch_add(1, Ordering::Relaxed)));
    Arc::new(move |bytes| {
        let mut sequence = sequence.lock().unwrap();
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    })
}

/// Runs a command on the machine whose home this is.
pub(in crate::cli) fn at(
    root: &Path,
    home: &str,
    arguments: &[&str],
    input: &str,
) -> (ExitCode, String, String) {
    at_on(root, home, "2026-11-22T14:02:00[UTC]", arguments, input)
}

/// As [`at`], on another day.
pub(super) fn at_on(
    root: &Path,
    home: &str,
    now: &str,
    arguments: &[&str],
    input: &str,
) -> (ExitCode, String, String) {
    let (mut surroundings, written) = Surroundings::made_up(arguments, input);
    let now: Zoned = now.parse().unwrap();
    surroundings.now = Arc::new(move || now.clone());
    surroundings.random = unlike_any_before();
    surroundings.working_folder = root.to_owned();
    surroundings.home = root.join(home);
    let code = run(&mut surroundings);
    (code, written.0.text(), written.1.text())
}

pub(in crate::cli) fn office(root: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
    let all: Vec<&str> = arguments
        .iter()
        .copied()
        .chain(["-e", "ev", "--passphrase-file", "pw"])
        .collect();
    at(root, "home", &all, "")
}

pub(in crate::cli) fn made(root: &Path) {
    made_with(root, &[]);
}

pub(super) fn made_with(root: &Path, more: &[&str]) {
    fs::write(root.join(PASSPHRASE_FILE), PASSPHRASE).unwrap();
    let arguments = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "Prøve & <b>mer</b>",
        "--survey",
        "min-stemme-bup",
        "--site",
        "nord=Nord",
        "--site",
        "sor=Sør",
        "--withdraw-until",
        "2026-12-15",
        "--passphrase-file",
        "pw",
        "--recovery-out",
        "rec.txt",
    ];
    let arguments: Vec<&str> = arguments.iter().chain(more).copied().collect();
    let (code, _, rest) = at(root, "home", &arguments, "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
}

pub(in crate::cli) fn kit(root: &Path, name: &str, site: &str) {
    let (code, result, rest) = office(
        root,
        &["kit", name, "--to", name, "--site", site, "--print", "utskrift"],
    );
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Kontrollord: "), "{result}");
}

/// Made-up people answer on a laptop; everything is kept and sealed as it would be for real.
pub(super) fn interviews(root: &Path, name: &str, seed: u64, people: usize) {
    let home = root.join(format!("home-{name}"));
    let mut workplace = Workplace::open(&root.join(name), &home, unlike_any_before()).unwrap();
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    fill(&mut workplace, &survey, seed, &Crowd::of(people)).unwrap();
}

/// Hands over from the laptop into a new folder and collects from it; returns what collecting says.
pub(super) fn delivered_and_collected(root: &Path, to: &str) -> String {
    fs::create_dir(root.join(to)).unwrap();
    let (code, _, rest) = laptop(root, "nord-1", &["deliver", "--to", to], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    let (code, result, rest) = office(root, &["collect", to]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    result
}

pub(in crate::cli) fn laptop(
    root: &Path,
    name: &str,
    arguments: &[&str],
    input: &str,
) -> (ExitCode, String, String) {
    let all: Vec<&str> = arguments.iter().copied().chain(["-e", name]).collect();
    at(root, &format!("home-{name}"), &all, input)
}

#[test]
fn two_laptops_deliver_the_coordinator_collects_and_the_receipt_clears_them() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    kit(root, "sor-1", "sor");
    interviews(root, "nord-1", 1, 3);
    interviews(root, "sor-1", 2, 2);
    fs::create_dir(root.join("stick")).unwrap();
    for (name, all) in [("nord-1", "3 av 3"), ("sor-1", "2 av 2")] {
        let (code, result, rest) = laptop(root, name, &["deliver", "--to", "stick"], "");
        assert_eq!(code, ExitCode::Ok, "{rest}");
        assert!(result.contains(all), "{result}");
        let early = laptop(root, name, &["wipe", "stick"], "");
        assert_eq!(early.0, ExitCode::NothingToDo, "nothing goes without a receipt");
    }

    let (code, result, rest) = office(root, &["collect", "stick"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("Nye intervju: 5"), "{result}");
    assert!(result.contains("kvittering-"), "{result}");
    let (code, result, _) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Ok, "{result}");
    assert!(result.contains("Alt er her"), "{result}");
    let (_, result, _) = office(root, &["status", "--json"]);
    assert!(result.contains("\"finished\":5"), "{result}");

    let (code, result, _) = laptop(root, "nord-1", &["wipe", "stick"], "");
    assert_eq!(code, ExitCode::Ok);
    assert!(result.contains("Slettet her: 3"), "{result}");
    assert_eq!(
        fs::read_dir(root.join("nord-1").join("out"))
            .unwrap()
            .flatten()
            .filter(|entry| { entry.path().extension().is_some_and(|end| end == "stm") })
            .count(),
        0
    );

    // Somebody with access to the folder deletes one: it is missed by name, for scripts and for people.
    let out = root.join("ev").join("out");
    let gone = fs::read_dir(&out).unwrap().flatten().map(|entry| entry.path());
    let gone = gone
        .filter(|path| path.extension().is_some_and(|end| end == "stm"))
        .min()
        .unwrap();
    fs::remove_file(&gone).unwrap();
    let (code, result, _) = office(root, &["verify", "--json"]);
    assert_eq!(code, ExitCode::Unreadable);
    let name = gone.file_stem().unwrap().to_str().unwrap();
    assert!(result.contains(&format!("\"missing\":[\"{name}\"]")), "{result}");
    // The delivery still lies on the stick, so collecting once more mends it.
    assert_eq!(office(root, &["collect", "stick"]).0, ExitCode::Ok);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
}

/// Threat row 8.
#[test]
fn a_kit_with_swapped_keys_begins_nothing() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    assert_eq!(laptop(root, "nord-1", &["status"], "").0, ExitCode::Ok);
    let file = root.join("nord-1").join("evaluation.toml");
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replace(first_recipient(&whole), &age_key())).unwrap();
    for command in [
        &["interview", "--linear"][..],
        &["status"],
        &["deliver", "--to", "."],
    ] {
        let (code, result, rest) = laptop(root, "nord-1", command, "1\n");
        assert_eq!(code, ExitCode::Refused, "{command:?}");
        assert_eq!(result, "", "{command:?}");
        assert!(rest.contains("ikke slik koordinator signerte"), "{rest}");
    }
    let drafts = fs::read_dir(root.join("nord-1").join("draft")).unwrap();
    assert_eq!(drafts.count(), 0);
}

/// Threat row 8, where the attacker takes the signature away with the kit: this machine still knows the keys.
#[test]
fn keys_that_changed_stop_everything_until_somebody_types_the_words() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    assert_eq!(office(root, &["status"]).0, ExitCode::Ok);
    let file = root.join("ev").join("evaluation.toml");
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replace(first_recipient(&whole), &age_key())).unwrap();
    let (code, result, rest) = office(root, &["interview", "--linear"]);
    assert_eq!((code, result.as_str()), (ExitCode::Refused, ""));
    assert!(rest.contains("ev confirm"), "{rest}");

    let (code, _, rest) = at(
        root,
        "home",
        &["confirm", "-e", "ev"],
        "fjell kopp lys ravn fjell kopp\n",
    );
    assert_eq!(code, ExitCode::Refused, "{rest}");
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let home = root.join("home");
    let opened = Workplace::open_unknown(&root.join("ev"), &home, surroundings.randomness()).unwrap();
    let words = opened.fingerprint().to_string();
    let (code, result, rest) = at(root, "home", &["confirm", "-e", "ev"], &format!("{words}\n"));
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(!result.contains(&words), "the words are never shown here");
    assert_eq!(office(root, &["status", "--json"]).0, ExitCode::Ok);
}

fn first_recipient(text: &str) -> &str {
    text.split('"').find(|part| part.starts_with("age1")).unwrap()
}

fn age_key() -> String {
    crate::store::keys::RecoveryKey::generate().public()
}

#[test]
fn the_cards_hold_the_code_and_the_words_and_nothing_that_runs() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made_with(
        root,
        &[
            "--call",
            "Prosjektleder: 900 00 000",
            "--contact",
            "Legevakta: 116 117",
        ],
    );
    kit(root, "nord-1", "nord");
    let print = root.join("utskrift");
    let card = fs::read_to_string(print.join("kort-nord-1.html")).unwrap();
    let blank = fs::read_to_string(print.join("angrekort.html")).unwrap();
    for page in [&card, &blank] {
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
        assert!(page.contains("Prøve &amp; &lt;b&gt;mer&lt;/b&gt;"), "{page}");
    }
    assert_eq!(blank.matches("class=\"card\"").count(), 6);
    assert!(
        blank.contains("Ring Prosjektleder, 900 00 000, og les opp koden."),
        "a code is not told to a crisis line: {blank}"
    );
    assert!(
        card.contains("Prosjektleder: 900 00 000") && card.contains("Legevakta: 116 117"),
        "{card}"
    );
    assert!(blank.contains("15.12.2026"), "{blank}");
    // The code on the card opens the drafts' key; nothing in the kit holds it.
    let words = card.split("class=\"words\">").nth(1).unwrap();
    let code = words.split("</p>").next().unwrap().replace(" - ", "-");
    assert_eq!(code.split('-').count(), 4);
    for entry in walk(&root.join("nord-1")) {
        let text = String::from_utf8_lossy(&fs::read(&entry).unwrap()).into_owned();
        assert!(!text.contains(&code), "{}", entry.display());
    }
    assert_eq!(
        escaped("<a href='x'>&\""),
        "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
    );
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn a_name_that_is_taken_or_no_name_is_refused_and_a_laptop_makes_no_kits() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    let (code, _, rest) = office(root, &["kit", "nord-1", "--to", "ny"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("finnes allerede"), "{rest}");
    assert_eq!(office(root, &["kit", "Nord 1", "--to", "ny"]).0, ExitCode::Usage);
    let (code, _, rest) = office(root, &["kit", "nord-2", "--to", "ny", "--site", "vest"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("nord, sor"), "{rest}");
    let (code, _, rest) = laptop(root, "nord-1", &["kit", "nord-3", "--to", "ny"], "");
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("koordinator"), "{rest}");
    assert!(!root.join("ny").exists());
}

/// Threat row 7: whoever can write to the folder cannot write a laptop into being, nor a lost one back to life.
#[test]
fn a_laptop_that_somebody_writes_into_the_file_counts_when_its_name_is_typed_and_not_before() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    let file = root.join("ev").join("evaluation.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let key = crate::store::keys::Signer::generate(&mut crate::store::randomness::repeatable(9)).unwrap();
    let added = format!("\n[[signing.laptop]]\nid = \"ny\"\nkey = \"{}\"\n", key.public());
    fs::write(&file, format!("{whole}{added}")).unwrap();
    let (code, result, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable, "{result}");
    assert!(
        rest.contains("«ny» står i evalueringsfila, men er ikke laget på denne PC-en"),
        "{rest}"
    );
    let confirm = |typed: &str| at(root, "home", &["confirm", "-e", "ev"], typed);
    let (_, result, _) = confirm("ja\n");
    assert!(result.contains("«ny» er som før"), "{result}");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Unreadable);
    assert_eq!(confirm("ny\n").0, ExitCode::Ok);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);

    // A revocation that is taken back in the file.
    let (code, _, rest) = office(root, &["keys", "revoke", "nord-1", "--yes"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    let revoked = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{whole}{added}")).unwrap();
    let (code, _, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(
        rest.contains("«nord-1» er sperret, men evalueringsfila sier noe annet"),
        "{rest}"
    );

    // A sync program kept one of two files and called the other one a copy: nothing in it is lost.
    fs::write(root.join("ev").join("evaluation.sync-conflict-1.toml"), &revoked).unwrap();
    fs::write(&file, revoked.replace(&added, "")).unwrap();
    let (code, _, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("evaluation.sync-conflict-1.toml"), "{rest}");
    let (code, result, _) = confirm("ny\n");
    assert_eq!(code, ExitCode::Ok, "{result}");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains(&key.public().to_string())
    );
}

/// Whoever can write to the folder cannot make the promises to those who answer less: what this machine has seen holds.
#[test]
fn a_promise_that_somebody_makes_less_in_the_file_holds_until_the_coordinator_types_the_change() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    let file = root.join("ev").join("evaluation.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let shorter = whole.replace("withdraw_until = 2026-12-15", "withdraw_until = 2026-11-01");
    assert_ne!(shorter, whole);
    fs::write(&file, &shorter).unwrap();
    let (code, _, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(
        rest.contains("sier withdraw_until: 2026-11-01. Denne PC-en har sett withdraw_until: 2026-12-15"),
        "{rest}"
    );
    let (code, _, rest) = office(root, &["kit", "nord-1", "--to", "nord-1", "--site", "nord"]);
    assert_eq!(code, ExitCode::Refused, "{rest}");
    assert!(!root.join("nord-1").exists());
    let confirm = |typed: &str| at(root, "home", &["confirm", "-e", "ev"], typed);
    let (_, result, _) = confirm("ja\n");
    assert!(result.contains("2026-12-15 gjelder fortsatt"), "{result}");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Unreadable);
    assert_eq!(confirm("2026-11-01\n").0, ExitCode::Ok);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
    // A real evaluation is not made a made-up one, for which no passphrase is asked.
    fs::write(&file, whole.replacen("made_up = false", "made_up = true", 1)).unwrap();
    let (code, _, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("regnes fortsatt som ekte"), "{rest}");
}

/// Whoever can write to the folder cannot make what was shown forgotten, nor other than it was.
#[test]
fn what_was_shown_is_put_back_and_what_nobody_showed_is_not_used() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    let shown = include_str!("../../../tests/fixtures/releases/bands-and-hands-4.json");
    let file = root.join("ev").join("releases").join("1.json");
    fs::write(&file, shown).unwrap();
    // As on a machine that sees the evaluation for the first time.
    fs::remove_dir_all(root.join("home").join("shown")).unwrap();
    let list = ["release", "--list"];
    let (code, listed, rest) = office(root, &list);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    fs::remove_file(&file).unwrap();
    let (code, again, rest) = office(root, &list);
    assert_eq!((code, again), (ExitCode::Ok, listed), "{rest}");
    assert!(rest.contains("borte fra releases: 1"), "{rest}");
    assert_eq!(fs::read_to_string(&file).unwrap(), shown);
    // Somebody writes other figures in.
    fs::write(&file, shown.replacen("most", "few", 1)).unwrap();
    for command in [&list[..], &["results"], &["report"], &["compare"]] {
        let (code, result, rest) = office(root, command);
        assert_eq!((code, result.as_str()), (ExitCode::Refused, ""), "{rest}");
    }
    let (code, _, rest) = office(root, &["verify"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("verken har vist eller tatt inn"), "{rest}");
    let (code, result, _) = at(root, "home", &["confirm", "-e", "ev"], "slett\n");
    assert_eq!(code, ExitCode::Ok, "{result}");
    assert_eq!(fs::read_to_string(&file).unwrap(), shown);
    assert_eq!(office(root, &list).0, ExitCode::Ok);
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);
}

#[test]
fn the_final_report_waits_until_nobody_can_withdraw_any_more() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    let written = ["report", "--final", "--to", "md", "--out", "ut"];
    let (code, result, rest) = office(root, &written);
    assert_eq!((code, result.as_str()), (ExitCode::Refused, ""), "{rest}");
    assert!(rest.contains("15.12.2026"), "{rest}");
    assert!(!root.join("ut").exists());
    assert_ne!(
        office(root, &["report", "--to", "md", "--out", "ut"]).0,
        ExitCode::Refused
    );
}

#[test]
fn a_card_that_is_there_already_burns_no_name() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    let card = root.join("kort-nord-1.html");
    fs::write(&card, "en annens").unwrap();
    let (code, _, rest) = office(root, &["kit", "nord-1", "--to", "nord-1", "--site", "nord"]);
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("kort-nord-1.html"), "{rest}");
    assert!(!root.join("nord-1").exists(), "a kit whose code is on no card");
    assert_eq!(fs::read_to_string(&card).unwrap(), "en annens");
    fs::remove_file(&card).unwrap();
    let (code, _, rest) = office(root, &["kit", "nord-1", "--to", "nord-1", "--site", "nord"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    // A kit that cannot be made leaves no card either.
    let (code, _, rest) = office(root, &["kit", "nord-2", "--to", "nord-1", "--site", "nord"]);
    assert_eq!(code, ExitCode::Unreadable, "{rest}");
    assert!(!root.join("kort-nord-2.html").exists());
}

#[test]
fn a_new_survey_version_reaches_the_laptop_and_its_interviews_stay() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    interviews(root, "nord-1", 1, 1);
    let surveys = root.join("ev").join("surveys");
    let old = fs::read_dir(surveys).unwrap().flatten().next().unwrap().path();
    let text = fs::read_to_string(old).unwrap();
    let version = text.lines().find(|line| line.starts_with("version")).unwrap();
    fs::write(
        root.join("ny.toml"),
        text.replace(version, "version = \"2027-01-01\""),
    )
    .unwrap();
    let (code, result, rest) = office(root, &["renew", "--survey", "ny.toml", "--to", "nye"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(
        result.contains("2027-01-01") && result.contains("nord-1"),
        "{result}"
    );
    assert!(!rest.contains("spurt på en annen måte"), "{rest}");
    let (code, _, rest) = laptop(root, "nord-1", &["renew", "--from", "nye"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let home = root.join("home-nord-1");
    let opened = Workplace::open(&root.join("nord-1"), &home, surroundings.randomness()).unwrap();
    assert_eq!(opened.surveys().as_read()[0].parts().version, "2027-01-01");
    assert_eq!(opened.evaluation().surveys.len(), 2);
    assert_eq!(opened.sealed(), 1);
}

#[test]
fn a_survey_version_that_asks_in_another_way_is_told_of_before_it_is_out() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    let surveys = root.join("ev").join("surveys");
    let old = fs::read_dir(surveys).unwrap().flatten().next().unwrap().path();
    let text = fs::read_to_string(old).unwrap();
    let version = text.lines().find(|line| line.starts_with("version")).unwrap();
    let survey = crate::definition::survey::open(text.as_bytes()).value.unwrap();
    let option = text.lines().find(|line| line.contains("\"skole_jobb\"")).unwrap();
    let retired = format!("{}, retired = \"2026-01-01\" }},", option.trim_end_matches(" },"));
    let changed = text
        .replace(version, "version = \"2027-01-01\"")
        .replacen(option, &retired, 1);
    fs::write(root.join("ny.toml"), changed).unwrap();
    let (code, _, rest) = office(root, &["renew", "--survey", "ny.toml", "--to", "nye"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    let named = survey
        .questions()
        .filter(|q| rest.contains(&format!(" {} ", q.id)))
        .count();
    assert!(rest.contains("spurt på en annen måte") && named == 1, "{rest}");
}
