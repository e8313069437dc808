//! `--debug-log FILE`: what happened and how long it took, for whoever looks for a mistake.
//!
//! A line is made of words that stand in the program itself and of numbers; what somebody typed, a path or a name
//! has no way in. Keys are not counted either: on a question their number could tell which option was chosen.

use std::fmt::{self, Write as _};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::store::StoreError;
use crate::store::atomic;
use crate::tui::trace::Event;

/// Where the lines go; nowhere until a file is opened. A copy writes to the same file.
#[derive(Clone)]
pub struct DebugLog {
    to: Arc<Mutex<Option<Box<dyn Write + Send>>>>,
    began: Instant,
}

impl DebugLog {
    /// Returns a log that writes nothing.
    #[must_use]
    pub fn off() -> Self {
        Self {
            to: Arc::default(),
            began: Instant::now(),
        }
    }

    /// Opens a file and adds to what stands there.
    ///
    /// # Errors
    /// What the system said.
    pub fn open(&self, path: &Path) -> Result<(), StoreError> {
        let file = atomic::append(path)?;
        if let Ok(mut to) = self.to.lock() {
            *to = Some(Box::new(file));
        }
        Ok(())
    }

    /// Writes a line. A log that cannot be written holds nobody up.
    pub fn add(&self, event: &Event) {
        let Ok(mut to) = self.to.lock() else {
            return;
        };
        let Some(to) = to.as_mut() else {
            return;
        };
        let at = self.began.elapsed().as_secs_f64();
        let mut line = format!("{at:12.3} s  {} {}", event.what, event.about);
        if let Some(took) = event.took {
            let _ = write!(line, "  {} us", took.as_micros());
        }
        for (name, number) in event.numbers.iter().filter(|(name, _)| !name.is_empty()) {
            let _ = write!(line, "  {name} {number}");
        }
        line.push('\n');
        let _ = to.write_all(line.as_bytes()).and_then(|()| to.flush());
    }

    /// Writes a line without numbers.
    pub fn happened(&self, what: &'static str, about: &'static str, took: Option<Duration>) {
        self.add(&Event {
            took,
            ..Event::new(what, about)
        });
    }
}

impl fmt::Debug for DebugLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DebugLog").finish_non_exhaustive()
    }
}
