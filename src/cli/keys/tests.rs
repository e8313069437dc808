//! The life of keys from the command line, and what becomes of the interviews meanwhile.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Zoned;

use crate::cli::exit_code::ExitCode;
use crate::cli::run;
use crate::cli::surroundings::Surroundings;
use crate::domain::order::SplitMix64;
use crate::fieldwork::workplace::Workplace;

static RUNS: AtomicU64 = AtomicU64::new(1);

/// One coordinator's machine: a home folder, a passphrase in `pw`.
pub(super) fn at(root: &Path, home: &str, arguments: &[&str], input: &str) -> (ExitCode, String, String) {
    on(None, root, home, arguments, input)
}

/// The same, on a day of its own.
fn on(
    day: Option<&str>,
    root: &Path,
    home: &str,
    arguments: &[&str],
    input: &str,
) -> (ExitCode, String, String) {
    let (mut surroundings, written) = Surroundings::made_up(arguments, input);
    if let Some(day) = day {
        let now: Zoned = format!("{day}T12:00[UTC]").parse().unwrap();
        surroundings.now = Arc::new(move || now.clone());
    }
    surroundings.working_folder = root.to_owned();
    surroundings.home = root.join(home);
    // Another run, other random bytes.
    let run_number = RUNS.fetch_add(1, Ordering::Relaxed);
    let sequence = Mutex::new(SplitMix64::new(run_number));
    surroundings.random = Arc::new(move |bytes| {
        let mut sequence = sequence.lock().unwrap();
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    });
    let code = run(&mut surroundings);
    (code, written.0.text(), written.1.text())
}

pub(super) fn ok(root: &Path, home: &str, arguments: &[&str], input: &str) -> String {
    let (code, result, rest) = at(root, home, arguments, input);
    assert_eq!(code, ExitCode::Ok, "{arguments:?}\n{result}\n{rest}");
    format!("{result}{rest}")
}

/// An evaluation without interviews; three passphrases lie in files.
pub(super) fn evaluation(root: &Path) {
    for (name, passphrase) in [
        ("pw", "hest batteri stift korrekt"),
        ("pw2", "fjell kopp lys og fjord"),
        ("pw3", "bord stol lampe og bok"),
    ] {
        fs::write(root.join(name), passphrase).unwrap();
    }
    let new = "new evaluation ev --title Prøve --survey min-stemme-bup --withdraw-until 2026-12-15 \
               --passphrase-file pw --recovery-out rec.txt";
    ok(root, "home", &words(new), "");
}

/// An evaluation with one sealed interview, whose code is returned.
pub(super) fn with_interview(root: &Path) -> String {
    evaluation(root);
    interview(root)
}

pub(super) fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

fn interview(root: &Path) -> String {
    let begin = words("interview -e ev --linear");
    ok(root, "home", &begin, "\nja\nnei\nhopp\nhopp\n");
    let resume = words("interview -e ev --resume --linear --passphrase-file pw");
    let (_, result, _) = at(root, "home", &resume, "pause\n3\n2\nferdig\nforsegl\n");
    let code = result
        .lines()
        .find(|line| line.starts_with("    ") && line.split('-').count() == 4)
        .unwrap()
        .trim()
        .to_owned();
    let last = code.rsplit('-').next().unwrap();
    ok(root, "home", &resume, &format!("{last}\n1\n"));
    code
}

pub(super) fn finished(root: &Path, home: &str, passphrase: &str) -> u64 {
    let status = ["status", "-e", "ev", "--json", "--passphrase-file", passphrase];
    let result = at(root, home, &status, "").1;
    let status: serde_json::Value = serde_json::from_str(&result).unwrap();
    assert_eq!(status["unreadable"].as_u64(), Some(0));
    status["finished"].as_u64().unwrap()
}

#[test]
fn a_key_is_changed_and_the_old_one_thrown_away_when_nothing_needs_it() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    let before = fs::read_to_string(root.join("ev/evaluation.toml")).unwrap();
    let rotate = "keys rotate -e ev --passphrase-file pw --new-passphrase-file pw2";
    let said = ok(root, "home", &words(rotate), "");
    assert!(said.contains("Forseglet på nytt: 1"), "{said}");
    let after = fs::read_to_string(root.join("ev/evaluation.toml")).unwrap();
    assert_ne!(before, after);
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(finished(root, "home", "pw2"), 1);
    let old = at(
        root,
        "home",
        &words("status -e ev --json --passphrase-file pw"),
        "",
    );
    assert_eq!(old.0, ExitCode::Unreadable);
    ok(
        root,
        "home",
        &words("keys forget-old -e ev --passphrase-file pw2 --yes"),
        "",
    );
    assert_eq!(finished(root, "home", "pw2"), 1);
    let again = at(
        root,
        "home",
        &words("keys forget-old -e ev --passphrase-file pw2"),
        "",
    );
    assert_eq!(again.0, ExitCode::NothingToDo);
}

#[test]
fn codes_end_after_the_last_day_when_whoever_sits_there_says_that_the_day_is_right() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = with_interview(root);
    fs::write(root.join("code"), &code).unwrap();
    let after = Some("2026-12-16");
    let status = words("status -e ev --passphrase-file pw");
    let said = on(after, root, "home", &status, "").1;
    assert!(
        said.contains("1 intervju kan fortsatt finnes med koden"),
        "{said}"
    );
    assert!(!ok(root, "home", &status, "").contains("kan fortsatt finnes"));
    // The clock of this computer is wrong, and nothing is lost by it.
    let reseal = words("keys reseal -e ev --passphrase-file pw");
    let (done, _, said) = on(after, root, "home", &reseal, "nei\n");
    assert_eq!(done, ExitCode::Ok, "{said}");
    assert!(
        said.contains("I dag er 16.12.2026") && said.contains("Kodene er som før."),
        "{said}"
    );
    let add = words("keys add kari kari.key -e ev --passphrase-file pw --new-passphrase-file pw2");
    assert_eq!(on(after, root, "home", &add, "").0, ExitCode::Ok);
    assert!(
        on(after, root, "home", &status, "")
            .1
            .contains("kan fortsatt finnes")
    );
    // It is right.
    assert_eq!(on(after, root, "home", &reseal, "ja\n").0, ExitCode::Ok);
    assert!(
        !on(after, root, "home", &status, "")
            .1
            .contains("kan fortsatt finnes")
    );
    let withdraw = words("withdraw -e ev --yes --code-file code --passphrase-file pw");
    let (done, _, said) = at(root, "home", &withdraw, "");
    assert_ne!(done, ExitCode::Ok, "{said}");
    assert_eq!(finished(root, "home", "pw"), 1);
}

#[test]
fn a_second_coordinator_opens_what_was_sealed_before() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = with_interview(root);
    let add = "keys add vikar vikar.key -e ev --passphrase-file pw --new-passphrase-file pw2";
    let said = ok(root, "home", &words(add), "");
    assert!(said.contains("«vikar» kan nå åpne"), "{said}");
    let install = words("keys install vikar.key -e ev --passphrase-file pw2");
    let said = ok(root, "home2", &install, "");
    assert_eq!(finished(root, "home2", "pw2"), 1);
    assert_eq!(finished(root, "home", "pw"), 1);
    // It signs what it seals by a name of its own, which the other one accepts.
    assert!(said.contains("heter «pc-1-2»"), "{said}");
    ok(
        root,
        "home2",
        &words("interview -e ev --linear"),
        "\nja\nnei\nhopp\nhopp\n",
    );
    let told = at(root, "home", &words("keys -e ev"), "").2;
    assert!(told.contains("«pc-1-2» står i evalueringsfila"), "{told}");
    ok(root, "home", &words("confirm -e ev"), "pc-1-2\n");
    let status = words("status -e ev --sites --passphrase-file pw");
    assert!(!ok(root, "home", &status, "").contains("har ikke levert"));
    // Both can delete, and what one deletes is gone for the other.
    fs::write(root.join("code"), code).unwrap();
    let withdraw = "withdraw -e ev --yes --code-file code --passphrase-file pw2";
    // The second factor has to fit, also where the code fits only one.
    let (outcome, _, rest) = at(root, "home2", &words(&format!("{withdraw} --round r77")), "");
    assert_eq!(outcome, ExitCode::Usage, "{rest}");
    assert_eq!(finished(root, "home", "pw"), 1);
    ok(root, "home2", &words(withdraw), "");
    assert_eq!(finished(root, "home", "pw"), 0);
}

#[test]
fn a_coordinator_who_leaves_is_taken_out_and_their_key_opens_and_signs_nothing_more() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = with_interview(root);
    let add = "keys add vikar vikar.key -e ev --passphrase-file pw --new-passphrase-file pw2";
    ok(root, "home", &words(add), "");
    let install = words("keys install vikar.key -e ev --passphrase-file pw2");
    ok(root, "home2", &install, "");
    let remove = |name: &str| {
        let remove = format!("keys remove {name} -e ev --yes --passphrase-file pw");
        at(root, "home", &words(&remove), "")
    };
    assert_eq!(remove("ingen").0, ExitCode::Usage);
    assert_eq!(remove("koordinator").0, ExitCode::Refused, "the own key");
    let (outcome, result, rest) = remove("vikar");
    assert_eq!(outcome, ExitCode::Ok, "{rest}");
    assert!(result.contains("«vikar» er tatt ut"), "{result}");
    assert_eq!(finished(root, "home", "pw"), 1);
    ok(root, "home", &words("confirm -e ev"), "pc-1-2\n");
    ok(root, "home", &words("verify -e ev --passphrase-file pw"), "");
    let keys = fs::read_dir(root.join("home/keys"))
        .unwrap()
        .flatten()
        .next()
        .unwrap();
    assert!(!keys.path().join("coordinator-next.key").exists());
    assert_eq!(
        remove("reservenøkkel").0,
        ExitCode::Refused,
        "two have to be left"
    );
    // Whoever left opens nothing, also not by typing the new words, and deletes nobody's answers.
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let there = Workplace::open_unknown(&root.join("ev"), &root.join("home"), surroundings.randomness());
    let typed = format!("{}\n", there.unwrap().fingerprint());
    ok(root, "home2", &words("confirm -e ev"), &typed);
    fs::write(root.join("code"), code).unwrap();
    let withdraw = words("withdraw -e ev --yes --code-file code --passphrase-file pw2");
    assert_ne!(at(root, "home2", &withdraw, "").0, ExitCode::Ok);
    let status = ["status", "-e", "ev", "--json", "--passphrase-file", "pw2"];
    let status: serde_json::Value = serde_json::from_str(&at(root, "home2", &status, "").1).unwrap();
    assert_eq!(
        (status["finished"].as_u64(), status["unreadable"].as_u64()),
        (Some(0), Some(1))
    );
    // The laptop of the office goes on.
    interview(root);
    assert_eq!(finished(root, "home", "pw"), 2);
}

#[test]
fn a_lost_laptop_is_revoked_and_what_it_had_delivered_still_counts() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    let unknown = at(
        root,
        "home",
        &words("keys revoke nord-9 -e ev --passphrase-file pw"),
        "",
    );
    assert_eq!(unknown.0, ExitCode::Usage);
    assert!(unknown.2.contains("pc-1"), "{}", unknown.2);
    // Not the computer that one sits at: what it seals would count nowhere.
    let revoke = words("keys revoke pc-1 -e ev --yes --passphrase-file pw");
    assert_eq!(at(root, "home", &revoke, "").0, ExitCode::Refused);
    let keys = fs::read_dir(root.join("home/keys"))
        .unwrap()
        .flatten()
        .next()
        .unwrap();
    let own = keys.path().join("laptop.key");
    let key = fs::read(&own).unwrap();
    fs::remove_file(&own).unwrap();
    ok(root, "home", &revoke, "");
    // Revoked from elsewhere, nothing begins there any more.
    fs::write(&own, key).unwrap();
    let begun = at(root, "home", &words("interview -e ev --linear"), "\nja\nnei\n");
    assert_ne!(begun.0, ExitCode::Ok);
    assert_eq!(fs::read_dir(root.join("ev/draft")).unwrap().count(), 0);
    assert_eq!(finished(root, "home", "pw"), 1);
    let file = fs::read_to_string(root.join("ev/evaluation.toml")).unwrap();
    assert!(
        file.contains("revoked = true") || file.contains("revoked     = true"),
        "{file}"
    );
    // Somebody puts an older file back: what this machine knows is written once more.
    let older = file.replace("revoked = true", "revoked = false");
    fs::write(root.join("ev/evaluation.toml"), older).unwrap();
    let again = words("keys revoke pc-1 -e ev --passphrase-file pw");
    ok(root, "home", &again, "");
    assert_eq!(fs::read_to_string(root.join("ev/evaluation.toml")).unwrap(), file);
    assert_eq!(at(root, "home", &again, "").0, ExitCode::NothingToDo);
}

#[test]
fn a_lost_passphrase_is_replaced_with_the_recovery_key() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = with_interview(root);
    fs::write(root.join("code"), &code).unwrap();
    interview(root);
    // One is withdrawn before: it stays withdrawn.
    ok(
        root,
        "home",
        &words("withdraw -e ev --yes --code-file code --passphrase-file pw"),
        "",
    );
    assert_eq!(finished(root, "home", "pw"), 1);
    let wrong = "keys recover -e ev --recovery-file pw --new-passphrase-file pw3";
    assert_eq!(at(root, "home", &words(wrong), "").0, ExitCode::Unreadable);
    let recover = "keys recover -e ev --recovery-file rec.txt --new-passphrase-file pw3";
    ok(root, "home", &words(recover), "");
    assert_eq!(finished(root, "home", "pw3"), 1);
    assert_eq!(fs::read_dir(root.join("ev/gone")).unwrap().count(), 1);
}

#[test]
fn where_two_people_have_a_key_nobodys_is_replaced_without_it_being_said_whose() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    let add = "keys add vikar vikar.key -e ev --passphrase-file pw --new-passphrase-file pw2";
    ok(root, "home", &words(add), "");
    ok(
        root,
        "home2",
        &words("keys install vikar.key -e ev --passphrase-file pw2"),
        "",
    );
    let recover = "keys recover -e ev --recovery-file rec.txt --new-passphrase-file pw3 --no-input";
    let before = fs::read(root.join("ev/evaluation.toml")).unwrap();
    let (code, _, rest) = at(root, "home2", &words(recover), "");
    assert_eq!(code, ExitCode::Usage, "{rest}");
    assert!(rest.contains("koordinator") && rest.contains("vikar"), "{rest}");
    assert_eq!(fs::read(root.join("ev/evaluation.toml")).unwrap(), before);
    ok(root, "home2", &words(&format!("{recover} --name vikar")), "");
    assert_eq!(finished(root, "home2", "pw3"), 1);
    let opens = at(
        root,
        "home",
        &words("status -e ev --sites --passphrase-file pw"),
        "",
    );
    assert!(
        !opens.2.contains("passer ikke"),
        "the other key opens still: {}",
        opens.2
    );
    // What it signs counts nowhere, and the new file takes its place.
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let there = Workplace::open_unknown(&root.join("ev"), &root.join("home2"), surroundings.randomness());
    let typed = format!("{}\n", there.unwrap().fingerprint());
    ok(root, "home", &words("confirm -e ev"), &typed);
    let reseal = words("keys reseal -e ev --passphrase-file pw");
    let (code, _, rest) = at(root, "home", &reseal, "");
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("fra før nøklene ble laget på nytt"), "{rest}");
    let add = "keys add ny ny.key -e ev --passphrase-file pw3 --new-passphrase-file pw";
    ok(root, "home2", &words(add), "");
    let there = Workplace::open_unknown(&root.join("ev"), &root.join("home2"), surroundings.randomness());
    let typed = format!("{}\n", there.unwrap().fingerprint());
    ok(root, "home", &words("confirm -e ev"), &typed);
    let said = ok(
        root,
        "home",
        &words("keys install ny.key -e ev --passphrase-file pw"),
        "",
    );
    assert!(said.contains("heter nå"), "{said}");
    ok(root, "home", &reseal, "");
}

#[test]
fn a_backup_brings_back_everything_and_a_closed_evaluation_holds_nothing() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    ok(root, "home", &words("backup kopi.stemme -e ev"), "");
    let early = at(root, "home", &words("close -e ev --confirm Prøve"), "");
    assert_eq!(early.0, ExitCode::Refused, "{}", early.2);
    let wrong = at(root, "home", &words("close -e ev --now --confirm Noe"), "");
    assert_eq!(wrong.0, ExitCode::NothingToDo);
    assert_eq!(finished(root, "home", "pw"), 1);
    let said = ok(root, "home", &words("close -e ev --now"), "Prøve\n");
    assert!(said.contains("forseglede intervjuer: 1"), "{said}");
    assert_eq!(fs::read_dir(root.join("ev/out")).unwrap().count(), 0);
    assert!(root.join("ev/deletion.txt").exists());
    let gone = at(
        root,
        "home",
        &words("status -e ev --sites --passphrase-file pw"),
        "",
    );
    assert_eq!(gone.0, ExitCode::Unreadable);
    // On another machine, from the backup: the passphrase opens it there.
    fs::rename(root.join("ev"), root.join("closed")).unwrap();
    let said = ok(root, "home2", &words("restore kopi.stemme ev"), "");
    assert!(said.contains("heter «pc-1-2»"), "{said}");
    assert_eq!(finished(root, "home2", "pw"), 1);
    // On the machine that closed it, somebody has to decide.
    for (arguments, typed) in [
        ("restore kopi.stemme igjen", "ja\n"),
        ("restore kopi.stemme igjen --confirm Noe", ""),
    ] {
        let (code, result, said) = at(root, "home", &words(arguments), typed);
        assert_eq!((code, result.as_str()), (ExitCode::NothingToDo, ""), "{said}");
        assert!(said.contains("er lukket på denne PC-en"), "{said}");
        assert!(!root.join("igjen").exists());
    }
    ok(root, "home", &words("restore kopi.stemme igjen"), "Prøve\n");
    assert!(root.join("igjen/evaluation.toml").exists());
}

#[test]
fn a_draft_nobody_finished_is_used_only_when_the_coordinator_says_so() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    ok(
        root,
        "home",
        &words("interview -e ev --linear"),
        "\nja\nnei\nhopp\nhopp\n",
    );
    let young = at(root, "home", &words("rescue -e ev --passphrase-file pw"), "");
    assert!(matches!(young.0, ExitCode::NothingToDo | ExitCode::Ok));
    let rescue = words("rescue --all -e ev --passphrase-file pw");
    let said = ok(root, "home", &rescue, "\n");
    assert!(said.contains("ikke lest opp"), "{said}");
    assert_eq!(finished(root, "home", "pw"), 1);
    ok(root, "home", &rescue, "b\n");
    assert_eq!(finished(root, "home", "pw"), 2);
    assert_eq!(fs::read_dir(root.join("ev/draft")).unwrap().count(), 0);
}

#[test]
fn answers_that_must_not_be_used_yet_are_not_rescued() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    with_interview(root);
    let hold = "\nja\nnei\nhopp\npause\n3\n1\n";
    at(root, "home", &words("interview -e ev --linear"), hold);
    let said = ok(
        root,
        "home",
        &words("rescue --all -e ev --passphrase-file pw"),
        "b\n",
    );
    assert!(said.contains("stoppet med «ikke bruk dem ennå»"), "{said}");
    assert_eq!(finished(root, "home", "pw"), 1);
}
