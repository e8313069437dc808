//! Writes what a coordinator does while they go on working: nobody waits for the disk.
//!
//! Events go to a thread, which seals all that came so far in this run and has them on disk before it says so. Where
//! that fails the events wait in memory, the screen says that they are not safe, and the next event or
//! [`Writer::try_again`] tries a new file.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::domain::workbook::log::Event;
use crate::store::atomic;
use crate::store::envelope::SealTo;
use crate::store::error::StoreError;
use crate::store::keys::signing::Signer;

use super::{FULL, put, segment};

/// A segment with more events than this is left alone, so that what each event costs does not grow.
const LARGE: usize = 250;

/// Whether everything is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Safe {
    /// Everything.
    Yes,
    /// Not yet.
    Soon,
    /// It could not be written; it waits in memory.
    No(StoreError),
}

/// Writes the events of one run.
#[derive(Debug)]
pub struct Writer {
    events: Option<Sender<Option<Event>>>,
    reports: Receiver<(u64, Result<(), StoreError>)>,
    thread: Option<JoinHandle<()>>,
    sent: u64,
    kept: u64,
    trouble: Option<StoreError>,
}

impl Writer {
    /// Returns a writer into this folder.
    #[must_use]
    pub fn new(folder: PathBuf, to: SealTo, signer: Signer) -> Self {
        let (events, taken) = channel();
        let (said, reports) = channel();
        let run = Run {
            folder: folder.clone(),
            to,
            signer,
            events: Vec::new(),
            file: None,
        };
        let spawned = thread::Builder::new()
            .name("workbook".to_owned())
            .spawn(move || run.work(&taken, &said));
        let trouble = spawned.as_ref().err().map(|error| StoreError::at(&folder, error));
        Self {
            events: Some(events),
            reports,
            trouble,
            thread: spawned.ok(),
            sent: 0,
            kept: 0,
        }
    }

    /// Hands an event over.
    pub fn write(&mut self, event: Event) {
        self.sent += 1;
        self.send(Some(event));
    }

    /// Tries once more to write what could not be written.
    pub fn try_again(&mut self) {
        self.send(None);
    }

    fn send(&mut self, event: Option<Event>) {
        let sent = self
            .events
            .as_ref()
            .is_some_and(|events| events.send(event).is_ok());
        if !sent && self.trouble.is_none() {
            self.trouble = Some(StoreError::Poisoned { path: PathBuf::new() });
        }
    }

    /// Returns whether everything is on disk, without waiting.
    pub fn safe(&mut self) -> Safe {
        while let Ok(report) = self.reports.try_recv() {
            self.take(report);
        }
        self.state()
    }

    /// Waits until everything is on disk, or cannot be.
    pub fn wait(&mut self) -> Safe {
        while self.kept < self.sent {
            match self.reports.recv() {
                Ok(report) => {
                    self.take(report);
                    if self.trouble.is_some() {
                        break;
                    }
                }
                Err(_) => {
                    self.trouble = self
                        .trouble
                        .take()
                        .or(Some(StoreError::Poisoned { path: PathBuf::new() }));
                    break;
                }
            }
        }
        self.state()
    }

    fn take(&mut self, (kept, outcome): (u64, Result<(), StoreError>)) {
        self.kept = self.kept.max(kept);
        self.trouble = outcome.err();
    }

    fn state(&self) -> Safe {
        match &self.trouble {
            Some(trouble) => Safe::No(trouble.clone()),
            None if self.kept < self.sent => Safe::Soon,
            None => Safe::Yes,
        }
    }
}

/// Waits for what is under way.
impl Drop for Writer {
    fn drop(&mut self) {
        self.events = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread has.
struct Run {
    folder: PathBuf,
    to: SealTo,
    signer: Signer,
    /// The events of the segment that is added to, those not written yet included.
    events: Vec<Event>,
    /// The file that holds the first of them.
    file: Option<PathBuf>,
}

impl Run {
    fn work(mut self, taken: &Receiver<Option<Event>>, said: &Sender<(u64, Result<(), StoreError>)>) {
        let mut kept = 0;
        let mut waiting = 0;
        while let Ok(first) = taken.recv() {
            // Whatever came meanwhile goes into the same file.
            for event in std::iter::once(first).chain(taken.try_iter()).flatten() {
                self.events.push(event);
                waiting += 1;
            }
            let outcome = self.write();
            if outcome.is_ok() {
                kept += waiting;
                waiting = 0;
            }
            if said.send((kept, outcome)).is_err() {
                return;
            }
        }
    }

    fn write(&mut self) -> Result<(), StoreError> {
        if self.events.is_empty() {
            return Ok(());
        }
        let mut written = Vec::new();
        for part in self.events.chunks(FULL) {
            let sealed = segment::seal(part, &self.to, &self.signer)?;
            written.push(put(&self.folder, &sealed)?.0);
        }
        if let Some(old) = self.file.take() {
            // A file too many is no harm; the next run puts them together.
            let _ = atomic::remove(&old);
        }
        if self.events.len() >= LARGE {
            self.events.clear();
        } else {
            self.file = written.pop();
        }
        Ok(())
    }
}
