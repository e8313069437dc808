//! Disks that say no: full, nearly full, read-only, and files that may not grow. It is said at once, nothing typed is gone,
//! and Enter saves when the disk says yes.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use portable_pty::CommandBuilder;

use crate::laptop::Laptop;
use crate::steps::on_to;
use crate::terminal::Terminal;

/// An interview on a disk of its own.
struct OnDisk {
    terminal: Terminal,
    /// The disk's folder, as it is seen from outside.
    disk: PathBuf,
    _laptop: Laptop,
}

impl OnDisk {
    /// Begins an interview on a disk of 4 MiB; nothing where this machine gives nobody one. Only root can make it.
    fn begin() -> Option<Self> {
        if !does("unshare", &["-m", "true"]) {
            skipped("a disk of its own takes root (unshare -m)");
            return None;
        }
        let laptop = Laptop::with_evaluation();
        fs::create_dir(laptop.path().join("disk")).unwrap();
        let script = format!(
            "mount -t tmpfs -o size=4m none disk && cp -a home ev disk/ && \
             exec env STEMME_HOME=disk/home STEMME_LANG=nb TERM=xterm-256color {} interview -e disk/ev",
            env!("CARGO_BIN_EXE_stemme")
        );
        let terminal = begin(&laptop, "unshare", &["-m", "sh", "-c", &script]);
        let below = laptop.path().strip_prefix("/").unwrap();
        let disk = terminal.root_of_program().join(below).join("disk");
        Some(Self {
            terminal,
            disk,
            _laptop: laptop,
        })
    }

    /// Fills the disk until so many KiB are left. Returns the file that takes the room.
    fn fill(&self, left: u64) -> PathBuf {
        let filler = self.disk.join("filler");
        let mut file = fs::OpenOptions::new()
            .create_new(true)
            .write(true)
            .open(&filler)
            .unwrap();
        while file.write_all(&[7; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length - left * 1024).unwrap();
        filler
    }
}

/// Starts an interview in this folder and goes to its first question.
fn begin(laptop: &Laptop, program: &str, arguments: &[&str]) -> Terminal {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(laptop.path());
    let mut terminal = Terminal::start(command, (80, 24));
    crate::steps::to_first_question(&mut terminal, "nb");
    terminal
}

/// Types more than there is room for, and sees that it is said and that nothing is gone.
fn type_too_much(terminal: &mut Terminal) {
    on_to(terminal, "gjort annerledes?");
    let pasted = "ord og enda et ord. ".repeat(2500);
    terminal.paste(&pasted).text("til slutt");
    let screen = terminal.until("that nothing is saved", |screen| screen.contains("IKKE lagret"));
    assert!(screen.contains("til slutt"), "{screen}");
    assert!(terminal.lives());
}

/// Presses Enter, and sees that everything is saved.
fn save(terminal: &mut Terminal) {
    terminal.keys("Enter");
    let screen = terminal.until("that it is saved", |screen| !screen.contains("IKKE lagret"));
    assert!(
        screen.contains("Lagret") && screen.contains("til slutt"),
        "{screen}"
    );
}

fn does(program: &str, arguments: &[&str]) -> bool {
    let ended = Command::new(program).args(arguments).output();
    ended.is_ok_and(|ended| ended.status.success())
}

#[expect(clippy::print_stderr, reason = "says that nothing was tried out")]
fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}; nothing was tried out");
}

/// Check 14.
#[test]
fn a_full_disk_is_said_at_once_and_enter_saves_when_there_is_room() {
    for left in [0, 16, 64] {
        let Some(mut on) = OnDisk::begin() else { return };
        let filler = on.fill(left);
        type_too_much(&mut on.terminal);
        fs::remove_file(filler).unwrap();
        save(&mut on.terminal);
    }
}

#[test]
fn in_a_folder_that_is_read_only_it_is_said_that_nothing_is_saved() {
    if !does("unshare", &["-m", "true"]) {
        skipped("a folder that is read-only for everybody takes root (unshare -m)");
        return;
    }
    let laptop = Laptop::with_evaluation();
    let script = format!(
        "mount --bind ev ev && mount -o remount,ro,bind ev && \
         exec env STEMME_HOME=home STEMME_LANG=nb TERM=xterm-256color {} interview -e ev",
        env!("CARGO_BIN_EXE_stemme")
    );
    let mut terminal = begin(&laptop, "unshare", &["-m", "sh", "-c", &script]);
    terminal.keys("4");
    let screen = terminal.until("that nothing is saved", |screen| screen.contains("IKKE lagret"));
    assert!(screen.contains("Disken kan ikke skrives til."), "{screen}");
    assert!(terminal.lives());
}

#[test]
fn a_file_that_may_not_grow_is_said_at_once_and_enter_saves_when_it_may() {
    if !does("prlimit", &["--version"]) {
        skipped("taking a limit away again takes prlimit");
        return;
    }
    let laptop = Laptop::with_evaluation();
    let script = format!(
        "exec env STEMME_HOME=home STEMME_LANG=nb TERM=xterm-256color {} interview -e ev",
        env!("CARGO_BIN_EXE_stemme")
    );
    let mut terminal = begin(&laptop, "sh", &["-c", &script]);
    let process = terminal.process();
    let limit = |bytes: &str| {
        let limit = format!("--fsize={bytes}");
        assert!(does("prlimit", &["--pid", &process, &limit]), "{limit}");
    };
    limit("20000:unlimited");
    type_too_much(&mut terminal);
    limit("unlimited:unlimited");
    save(&mut terminal);
}
