//! An interview through a pipe, killed without warning: what was said to be saved is there.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_stemme");

fn stemme(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(root)
        .env("STEMME_HOME", root.join("home"))
        .env("STEMME_LANG", "nb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Reads until `wanted` has been said.
fn read_until(child: &mut Child, wanted: &str) -> String {
    let mut said = Vec::new();
    let out = child.stdout.as_mut().unwrap();
    let mut byte = [0];
    while !String::from_utf8_lossy(&said).contains(wanted) {
        assert_eq!(
            out.read(&mut byte).unwrap(),
            1,
            "{}",
            String::from_utf8_lossy(&said)
        );
        said.push(byte[0]);
    }
    String::from_utf8(said).unwrap_or_default()
}

#[test]
fn what_was_saved_survives_a_kill() {
    let root = tempfile::tempdir().unwrap();
    fs::copy("tests/fixtures/every-type.toml", root.path().join("alt.toml")).unwrap();
    let mut file = fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .open(root.path().join("pw"))
        .unwrap();
    writeln!(file, "hest batteri stift korrekt").unwrap();
    let made = stemme(
        root.path(),
        &[
            "new",
            "evaluation",
            "ev",
            "--title",
            "x",
            "--survey",
            "alt.toml",
            "--mode",
            "anonymous",
            "--passphrase-file",
            "pw",
            "--recovery-out",
            "rec",
        ],
    );
    let made = { made }.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let mut child = stemme(root.path(), &["interview", "-e", "ev", "--linear"])
        .spawn()
        .unwrap();
    // One person; the information; consent; two answers.
    let lines = "1\n\nja\nja\n4\n4\nmormor\n";
    child.stdin.as_mut().unwrap().write_all(lines.as_bytes()).unwrap();
    read_until(&mut child, "Du valgte 4, Noe annet: mormor. Lagret.");
    child.kill().unwrap();
    child.wait().unwrap();

    let mut child = stemme(
        root.path(),
        &[
            "interview",
            "-e",
            "ev",
            "--resume",
            "--linear",
            "--passphrase-file",
            "pw",
        ],
    )
    .spawn()
    .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("tilbake\n\ntilbake\ntilbake\n".as_bytes())
        .unwrap();
    let resumed = child.wait_with_output().unwrap();
    let said = String::from_utf8(resumed.stdout).unwrap();
    assert!(resumed.status.success(), "{said}");
    assert!(said.contains("Her står det nå: Noe annet: mormor."), "{said}");
    assert!(said.contains("Her står det nå: Litt enig."), "{said}");
    assert!(!said.contains('\u{1b}'));
}
