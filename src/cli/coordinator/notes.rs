//! What commands say while a screen is shown: kept, and given to the screen.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use crate::cli::output::Output;

/// What commands say while a screen is shown.
#[derive(Clone, Default)]
pub(super) struct Notes(Arc<Mutex<Vec<u8>>>);

impl Notes {
    /// Returns a door to these notes; results go to their own, too.
    pub(super) fn output(&self, results: &Self) -> Output {
        let both = Both(self.clone(), results.clone());
        Output::new(Box::new(both), Box::new(self.clone())).without_prompts()
    }

    /// Forgets what was said.
    pub(super) fn clear(&self) {
        if let Ok(mut kept) = self.0.lock() {
            kept.clear();
        }
    }

    /// Returns what was said.
    pub(super) fn text(&self) -> String {
        let kept = self.0.lock().map(|kept| kept.clone()).unwrap_or_default();
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}

impl Write for Notes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Ok(mut kept) = self.0.lock() {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is said in two places.
struct Both(Notes, Notes);

impl Write for Both {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(bytes)?;
        self.1.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
