//! What an interview leaves behind on an interviewer's machine, and what somebody without the key gets to see.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use stemme::domain::clean_text::CleanText;
use stemme::domain::record::InterviewRecord;
use stemme::fieldwork::workplace::Workplace;

const PROGRAM: &str = env!("CARGO_BIN_EXE_stemme");
const PASSPHRASE: &str = "hest batteri stift korrekt";
/// What nobody without the key may ever see.
const MARKER: &str = "Blåbærsyltetøymerke";

/// Runs the program; returns everything it said.
fn run(root: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .current_dir(root)
        .env("STEMME_HOME", root.join("home"))
        .env("STEMME_LANG", "nb")
        .env("TMPDIR", root.join("tmp"))
        .env("XDG_CACHE_HOME", root.join("xdg"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that wants nothing may have ended before it is told anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    )
}

fn write(path: &Path, text: &str) {
    let mut file = fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .open(path)
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// An evaluation with one sealed interview and one draft, both with the marker in them. Returns the code.
fn field(root: &Path) -> String {
    for folder in ["tmp", "xdg"] {
        fs::DirBuilder::new().create(root.join(folder)).unwrap();
    }
    write(&root.join("pw"), PASSPHRASE);
    let new = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "x",
        "--survey",
        "min-stemme-bup",
        "--withdraw-until",
        "2099-12-15",
        "--passphrase-file",
        "pw",
        "--recovery-out",
        "rec.txt",
    ];
    run(root, &new, "");
    let begin = ["interview", "-e", "ev", "--linear"];
    let said = format!("\nja\nnei\nnotat\n{MARKER}\nhopp\npause\n3\n2\nferdig\nforsegl\n");
    run(root, &begin, &said);
    let resume = [
        "interview",
        "-e",
        "ev",
        "--resume",
        "--linear",
        "--passphrase-file",
        "pw",
    ];
    let shown = run(root, &resume, "");
    let code = shown
        .lines()
        .find(|line| line.starts_with("    ") && line.split('-').count() == 4);
    assert!(code.is_some(), "no code in {shown}");
    let code = code.unwrap().trim().to_owned();
    let last = code.rsplit('-').next().unwrap().to_owned();
    run(root, &resume, &format!("{last}\n1\n"));
    run(root, &begin, &format!("\nja\nnei\nnotat\n{MARKER}\nhopp\n"));
    code
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Returns the files in which a text stands, in UTF-8 or UTF-16.
fn holding(root: &Path, text: &str) -> Vec<PathBuf> {
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let forms = [text.as_bytes().to_vec(), little, big];
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        forms
            .iter()
            .any(|form| bytes.windows(form.len()).any(|part| part == form.as_slice()))
    };
    files(root).into_iter().filter(holds).collect()
}

#[test]
fn neither_the_disk_nor_any_command_without_the_key_shows_an_answer() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let code = field(root);
    // The marker is really in there: with the key it is found.
    let random = Arc::new(|bytes: &mut [u8]| {
        bytes.fill(1);
        Ok(())
    });
    let workplace = Workplace::open(&root.join("ev"), &root.join("home"), random).unwrap();
    let mut records: Vec<InterviewRecord> = Vec::new();
    workplace
        .open_collection_with(Some(PASSPHRASE), &mut records, &mut |_, _| ())
        .unwrap();
    let notes: Vec<&str> = records
        .iter()
        .flat_map(|record| record.notes.values().map(CleanText::as_str))
        .collect();
    assert_eq!(notes, [MARKER]);

    assert_eq!(holding(root, MARKER), Vec::<PathBuf>::new());
    assert_eq!(holding(root, &code), Vec::<PathBuf>::new());
    for folder in ["tmp", "xdg"] {
        assert_eq!(files(&root.join(folder)), Vec::<PathBuf>::new(), "{folder}");
    }

    // The interviewer has the folder, the program and no key.
    let key = files(&root.join("home"))
        .into_iter()
        .find(|path| path.ends_with("coordinator.key"))
        .unwrap();
    fs::remove_file(key).unwrap();
    write(&root.join("code"), &code);
    let commands: [&[&str]; 16] = [
        &["status", "-e", "ev"],
        &["status", "-e", "ev", "--json"],
        &["status", "-e", "ev", "--sites"],
        &["results", "-e", "ev", "--yes"],
        &["results", "-e", "ev", "--json", "--yes"],
        &["report", "-e", "ev"],
        &["withdraw", "-e", "ev", "--yes", "--code-file", "code"],
        &["keys", "-e", "ev"],
        &["keys", "reseal", "-e", "ev"],
        &["keys", "rotate", "-e", "ev"],
        &["keys", "forget-old", "-e", "ev"],
        &["rescue", "-e", "ev", "--all"],
        &["interview", "-e", "ev", "--resume", "--linear"],
        &["backup", "kopi", "-e", "ev"],
        &["restore", "kopi", "igjen"],
        &["check", "ev/evaluation.toml"],
    ];
    for command in commands {
        for input in ["", "gjetning på passfrase\n1\nja\n"] {
            let said = run(root, command, input);
            assert!(!said.contains(MARKER), "{command:?}: {said}");
        }
    }
    assert_eq!(holding(root, MARKER), Vec::<PathBuf>::new());
    let sealed = files(&root.join("ev/out"));
    let sealed = sealed
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "stm"));
    assert_eq!(sealed.count(), 1, "nobody without the key deletes");
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_no_image_of_the_memory() {
    // The shell allows images of any size; the program takes that back for itself.
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!(
            "ulimit -S -c $(ulimit -H -c); exec {PROGRAM} practice --linear"
        ))
        .env("STEMME_LANG", "nb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It is under way when it has said something.
    let mut byte = [0];
    child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    let core: Vec<&str> = core.unwrap().split_whitespace().skip(4).take(2).collect();
    assert_eq!(core, ["0", "0"], "{limits}");
    let killed = Command::new("kill")
        .args(["-SEGV", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    let ended = child.wait().unwrap();
    assert!(!std::os::unix::process::ExitStatusExt::core_dumped(&ended));
}

/// Threat rows 4 and 18: what a report leaves behind is the report. Watched by strace, since a file that was there for
/// a moment is found by nothing else.
#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stderr, reason = "says that nothing was tried out")]
fn a_report_opens_nothing_for_writing_but_what_was_asked_for() {
    let can = Command::new("strace")
        .args(["-qq", "-e", "trace=none", "true"])
        .output();
    if !can.is_ok_and(|tried| tried.status.success()) {
        eprintln!("SKIPPED: watching the program takes strace; nothing was tried out");
        return;
    }
    let place = tempfile::tempdir().unwrap();
    // As the system names it.
    let root = fs::canonicalize(place.path()).unwrap();
    for folder in ["tmp", "xdg", "out"] {
        fs::DirBuilder::new().create(root.join(folder)).unwrap();
    }
    run(&root, &["demo", "--dir", "ev", "--quiet"], "");
    // The first results of all are a release, which is kept; the report after that keeps nothing.
    run(&root, &["results", "-e", "ev", "--yes"], "");
    let log = root.join("strace.log");
    let done = Command::new("strace")
        .args([
            "-f",
            "-qq",
            "-s",
            "500",
            "-e",
            "trace=open,openat,openat2,creat,mkdir,mkdirat,memfd_create",
        ])
        .arg("-o")
        .arg(&log)
        .args([
            PROGRAM,
            "report",
            "-e",
            "ev",
            "--out",
            "out",
            "--to",
            "csv,csv-plain,md,json",
            "--yes",
        ])
        .current_dir(&root)
        .env("STEMME_HOME", root.join("home"))
        .env("TMPDIR", root.join("tmp"))
        .env("XDG_CACHE_HOME", root.join("xdg"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let log = fs::read_to_string(log).unwrap();
    let writes = |line: &&str| {
        [
            "O_WRONLY",
            "O_RDWR",
            "O_CREAT",
            "O_TMPFILE",
            "creat(",
            "mkdir",
            "memfd_create(",
        ]
        .iter()
        .any(|sign| line.contains(sign))
    };
    let out = root.join("out").display().to_string();
    let (asked_for, other): (Vec<&str>, Vec<&str>) =
        log.lines().filter(writes).partition(|line| line.contains(&out));
    assert!(asked_for.len() >= 4, "{log}");
    let other: Vec<&str> = other
        .into_iter()
        .filter(|line| !line.contains("\"/dev/"))
        .collect();
    assert_eq!(other, Vec::<&str>::new());
}
