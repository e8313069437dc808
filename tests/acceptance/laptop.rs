//! A laptop the program was put on: folders, an evaluation, and the program run on it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_stemme");
/// A survey that holds one question of every type.
pub const EVERY_TYPE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/every-type.toml");
/// What opens a draft on these laptops.
pub const PASSPHRASE: &str = "hest batteri stift korrekt";

/// Where the program's files lie, and what surrounds it.
pub struct Laptop {
    root: TempDir,
    environment: Vec<(String, String)>,
}

impl Laptop {
    /// Returns a laptop the program never ran on.
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("home")).unwrap();
        Self {
            root,
            environment: Vec::new(),
        }
    }

    /// Returns a laptop whose owner has answered the first questions.
    pub fn used() -> Self {
        let laptop = Self::new();
        laptop.write("home/config.toml", "");
        laptop
    }

    /// Returns a laptop with an evaluation, `ev`, that asks every type of question.
    pub fn with_evaluation() -> Self {
        static MADE: OnceLock<Laptop> = OnceLock::new();
        let laptop = Self::used();
        copy(MADE.get_or_init(make_evaluation).path(), laptop.path());
        laptop
    }

    /// Sets a variable of the environment.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Returns the folder everything lies in.
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .truncate(true)
            .write(true)
            .open(self.path().join(name))
            .unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// Returns every file below a folder with its bytes, in order.
    pub fn files(&self, below: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        gather(&self.path().join(below), &mut found);
        found.sort();
        found
    }

    fn environment(&self) -> Vec<(String, String)> {
        let mut all = vec![
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("HOME".to_owned(), self.path().display().to_string()),
            (
                "STEMME_HOME".to_owned(),
                self.path().join("home").display().to_string(),
            ),
            ("STEMME_LANG".to_owned(), "nb".to_owned()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
        ];
        all.extend(self.environment.iter().cloned());
        all
    }

    /// Starts the program in a terminal.
    pub fn screen(&self, arguments: &[&str], size: (u16, u16)) -> Terminal {
        let mut command = CommandBuilder::new(PROGRAM);
        command.env_clear();
        command.args(arguments);
        command.cwd(self.path());
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        Terminal::start(command, size)
    }

    /// Starts an interview that is kept, and goes to its first question.
    pub fn interview(&self) -> Terminal {
        let mut terminal = self.screen(&["interview", "-e", "ev"], (80, 24));
        crate::steps::to_first_question(&mut terminal, "nb");
        terminal
    }

    /// Starts the program again after it was ended, and opens the draft.
    pub fn open_draft(&self) -> Terminal {
        let mut terminal = self.screen(&["-e", "ev"], (80, 24));
        terminal.wait_for("Hei! Hva vil du gjøre?");
        terminal.keys("1");
        terminal.wait_for("Åpne utkastet");
        terminal.text(PASSPHRASE).keys("Enter");
        terminal.until("the draft", |screen| screen.contains("Alt er her"));
        terminal
    }

    /// Starts a practice interview with the survey of every type, and goes to its first question.
    pub fn practice(&self, language: &str, size: (u16, u16)) -> Terminal {
        self.practice_with(&[], language, size)
    }

    /// The same, with more arguments.
    pub fn practice_with(&self, more: &[&str], language: &str, size: (u16, u16)) -> Terminal {
        let arguments = [&["practice", EVERY_TYPE, "--lang", language], more].concat();
        let mut terminal = self.screen(&arguments, size);
        crate::steps::to_first_question(&mut terminal, language);
        terminal
    }

    /// Runs the program with lines on its input and no terminal.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S], input: &str) -> Output {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .envs(self.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = child.stdin.take().unwrap();
        // A program that has ended reads no more.
        let _ = lines.write_all(input.as_bytes());
        drop(lines);
        child.wait_with_output().unwrap()
    }
}

/// Returns what a run said.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns what a run said beside its result.
pub fn noted(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn make_evaluation() -> Laptop {
    let laptop = Laptop::used();
    laptop.write("pw", &format!("{PASSPHRASE}\n"));
    let wanted = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "Prøveevaluering",
        "--survey",
        EVERY_TYPE,
        "--mode",
        "deidentified",
        "--withdraw-until",
        "2099-12-31",
        "--no-input",
        "--passphrase-file",
        "pw",
        "--recovery-out",
        "recovery",
    ];
    let made = laptop.run(&wanted, "");
    assert!(made.status.success(), "{}{}", said(&made), noted(&made));
    laptop
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            found.push((path, bytes));
        }
    }
}
