//! Signals that end the program: noticed by the loop, which first keeps what was said.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// How often the forced end looks whether it was told to.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long the loop has to end by itself.
const PATIENCE: Duration = Duration::from_millis(800);
/// How long giving the terminal back may take at the forced end: what hangs may be the terminal.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// Whether somebody outside wants the program to end.
pub(super) struct Signals {
    ended: Arc<AtomicBool>,
}

impl Signals {
    /// Listens from now on.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
        }
        Ok(Self { ended })
    }

    /// Listens from now on; on this system closing the window ends the input instead.
    #[cfg(not(unix))]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            ended: Arc::new(AtomicBool::new(false)),
        })
    }

    /// Ends the program by force when it has not ended by itself soon after it was told to, as on a disk that takes a
    /// second to write. `give_back` leaves the terminal as it was. Steps are with their keeper as soon as they are
    /// taken, so nothing said is lost.
    pub(super) fn insist(&self, give_back: impl FnOnce() + Send + 'static) {
        let ended = Arc::clone(&self.ended);
        thread::spawn(move || {
            while !ended.load(Ordering::SeqCst) {
                thread::sleep(LOOK_EVERY);
            }
            thread::sleep(PATIENCE);
            let (done, is_done) = mpsc::channel();
            thread::spawn(move || {
                give_back();
                let _ = done.send(());
            });
            let _ = is_done.recv_timeout(LAST_WORDS);
            std::process::exit(1);
        });
    }

    /// Returns whether the program is to end.
    pub(super) fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::env;
    use std::io::Write as _;
    use std::process::Command;
    use std::thread;
    use std::time::Duration;

    use super::Signals;

    const CHILD: &str = "STEMME_HANGS";

    /// Hangs as a program on a slow disk would, where the test below started it.
    #[test]
    fn hangs_after_it_was_told_to_end() {
        let Some(how) = env::var_os(CHILD) else { return };
        let signals = Signals::listen().unwrap();
        signals.insist(move || {
            if how == "terminal" {
                thread::sleep(Duration::from_secs(60));
            }
            let _ = std::io::stdout().write_all(b"given back");
            let _ = std::io::stdout().flush();
        });
        signal_hook::low_level::raise(signal_hook::consts::SIGHUP).unwrap();
        thread::sleep(Duration::from_secs(60));
    }

    fn told_to_end(how: &str) -> (Option<i32>, String) {
        let child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "tui::signals::tests::hangs_after_it_was_told_to_end",
                "--nocapture",
            ])
            .env(CHILD, how)
            .output()
            .unwrap();
        (
            child.status.code(),
            String::from_utf8_lossy(&child.stdout).into_owned(),
        )
    }

    #[test]
    fn a_program_that_hangs_when_told_to_end_gives_the_terminal_back_first() {
        let (code, said) = told_to_end("disk");
        assert_eq!(code, Some(1));
        assert!(said.contains("given back"), "{said}");
    }

    #[test]
    fn a_terminal_that_hangs_too_does_not_keep_the_program() {
        let (code, said) = told_to_end("terminal");
        assert_eq!(code, Some(1));
        assert!(!said.contains("given back"), "{said}");
    }
}
