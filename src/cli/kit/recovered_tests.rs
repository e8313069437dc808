//! The life after the coordinator's key was lost and made anew: what laptops hold comes in, and they go on.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;

use super::tests::{
    PASSPHRASE_FILE, at, delivered_and_collected, interviews, kit, laptop, made, office, unlike_any_before,
};
use crate::cli::exit_code::ExitCode;
use crate::fieldwork::workplace::Workplace;

fn recovered(root: &Path) {
    fs::write(root.join("pw"), "en helt ny passfrase med ord").unwrap();
    let recover = [
        "keys",
        "recover",
        "-e",
        "ev",
        "--recovery-file",
        "rec.txt",
        "--new-passphrase-file",
        "pw",
    ];
    let (code, result, rest) = at(root, "home", &recover, "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(rest.contains("stemme keys forget-old"), "{result}{rest}");
}

fn words(root: &Path) -> String {
    let workplace = Workplace::open_unknown(&root.join("ev"), &root.join("home"), unlike_any_before());
    workplace.unwrap().fingerprint().to_string()
}

#[test]
fn after_a_recovery_laptops_go_on_when_somebody_has_typed_the_words() {
    assert_eq!(PASSPHRASE_FILE, "pw");
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    kit(root, "nord-1", "nord");
    interviews(root, "nord-1", 1, 2);
    recovered(root);

    // Sealed to the lost key, and it comes in.
    let said = delivered_and_collected(root, "en");
    assert!(said.contains("Nye intervju: 2"), "{said}");
    assert_eq!(office(root, &["verify"]).0, ExitCode::Ok);

    // The receipt is of a key the laptop does not know, and nothing goes there.
    assert_eq!(
        laptop(root, "nord-1", &["wipe", "en"], "").0,
        ExitCode::NothingToDo
    );
    let (code, _, rest) = office(root, &["renew", "--to", "nye"]);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    let renew = ["renew", "--from", "nye"];
    let was = fs::read(root.join("nord-1/kit.sig")).unwrap();
    let (code, _, rest) = laptop(root, "nord-1", &renew, "seks andre ord enn de som gjelder\n");
    assert_eq!(code, ExitCode::Refused, "{rest}");
    assert_eq!(fs::read(root.join("nord-1/kit.sig")).unwrap(), was);
    let (code, result, rest) = laptop(root, "nord-1", &renew, &format!("{}\n", words(root)));
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    assert!(
        !format!("{result}{rest}").contains(&words(root)),
        "the words are shown nowhere"
    );

    interviews(root, "nord-1", 2, 1);
    let said = delivered_and_collected(root, "to");
    assert!(said.contains("Nye intervju: 1"), "{said}");
    let (code, said, rest) = laptop(root, "nord-1", &["wipe", "to"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(said.contains("Slettet her: 3 intervju"), "{said}");
}

#[test]
fn the_recovery_key_opens_and_does_not_collect_and_the_message_says_so() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    made(root);
    fs::create_dir(root.join("stick")).unwrap();
    let collect = ["collect", "stick", "-e", "ev", "--passphrase-file", "rec.txt"];
    let (code, _, rest) = at(root, "home", &collect, "");
    assert_eq!(code, ExitCode::Unreadable);
    assert!(
        rest.contains("stemme keys recover") && !rest.contains("passer ikke"),
        "{rest}"
    );
}
