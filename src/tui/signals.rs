//! Signals that end the program: noticed by the loop, which first keeps what was said.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the forced end looks whether it was told to.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long the loop has to end by itself.
const PATIENCE: Duration = Duration::from_millis(800);

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

    /// Ends the program by force when it has not ended by itself soon after it was told to. Steps are with their
    /// keeper as soon as they are taken, so nothing said is lost.
    pub(super) fn insist(&self) {
        let ended = Arc::clone(&self.ended);
        std::thread::spawn(move || {
            while !ended.load(Ordering::SeqCst) {
                std::thread::sleep(LOOK_EVERY);
            }
            std::thread::sleep(PATIENCE);
            std::process::exit(1);
        });
    }

    /// Returns whether the program is to end.
    pub(super) fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}
