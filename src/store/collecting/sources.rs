//! Going through what was named: files, folders and deliveries, and what of it is handed on.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::store::age_file;
use crate::store::atomic;
use crate::store::delivery::{self, Reader};
use crate::store::envelope::{self, EnvelopeName, MAX_ENVELOPE};
use crate::store::error::StoreError;
use crate::store::folder::EVALUATION_FILE;
use crate::store::handed_draft;
use crate::store::journal;
use crate::store::judging::{Remark, is_absent};
use crate::store::kit::KIT_FILE;
use crate::store::receipt;
use crate::store::taken_elsewhere;
use crate::store::workbook;

use super::run::Run;

/// How deep folders are looked into.
const DEEPEST: usize = 8;
/// Envelopes opened together, and how many bytes of them at most.
const TOGETHER: usize = 256;
const TOGETHER_BYTES: usize = 32 * 1024 * 1024;

impl Run<'_, '_> {
    /// Takes a file or everything in a folder. `named` files are taken whatever they are called.
    pub(super) fn source(&mut self, path: &Path, depth: usize, named: bool) -> Result<(), StoreError> {
        let found = if named {
            fs::metadata(path)
        } else {
            fs::symlink_metadata(path)
        };
        match found {
            Err(error) => self.skip(path, StoreError::at(path, &error)),
            Ok(found) if found.is_dir() => return self.folder(path, depth),
            Ok(found) if found.is_file() => return self.file(path, named),
            Ok(_) => {}
        }
        Ok(())
    }

    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), StoreError> {
        let is_own = self.own.is_some() && path.canonicalize().ok() == self.own;
        if is_own || depth > DEEPEST {
            return Ok(());
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => {
                self.skip(path, StoreError::at(path, &error));
                return Ok(());
            }
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => paths.push(entry.path()),
                // The share went away in the middle of its list.
                Err(error) => {
                    self.skip(path, StoreError::at(path, &error));
                    break;
                }
            }
        }
        paths.sort();
        for path in paths {
            self.source(&path, depth + 1, false)?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, named: bool) -> Result<(), StoreError> {
        let mut head = [0; 32];
        let begins = File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(32).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        let begins = match begins {
            Ok(begins) => begins,
            Err(error) => {
                self.skip(path, StoreError::at(path, &error));
                return Ok(());
            }
        };
        for (to, from) in head.iter_mut().zip(&begins) {
            *to = *from;
        }
        let called = path.extension().and_then(|extension| extension.to_str());
        if called == Some(workbook::EXTENSION) {
            return self.segment(path);
        }
        // One that waits in another coordinator's folder; without its laptop's word it is nobody's.
        if called == Some(journal::EXTENSION) {
            return match handed_draft::as_handed(path, self.collector.evaluation) {
                Some(draft) => self.draft(&draft).map(drop),
                None => {
                    self.collected.left += 1;
                    Ok(())
                }
            };
        }
        let is_ours = named || matches!(called, Some(envelope::EXTENSION | delivery::EXTENSION));
        if head.starts_with(&delivery::MAGIC) {
            return self.delivery(path);
        }
        if receipt::is_receipt(&begins) {
            let named = taken_elsewhere::named_in(path, self.collector.evaluation);
            self.receipts.push((path.to_owned(), named));
            return Ok(());
        }
        // A kit's is the coordinator's own, signed.
        if path.file_name().is_some_and(|name| name == EVALUATION_FILE)
            && !path.with_file_name(KIT_FILE).exists()
        {
            self.collected.evaluation_files.push(path.to_owned());
            return Ok(());
        }
        if !is_ours {
            return Ok(());
        }
        if is_absent(&begins) {
            self.collected.absent.push(path.to_owned());
            return Ok(());
        }
        let is_called = matches!(called, Some(envelope::EXTENSION | delivery::EXTENSION));
        if !is_called && !age_file::is_age_file(&begins) && !handed_draft::is_one(&begins) {
            self.collected.strange.push(path.to_owned());
            return Ok(());
        }
        match atomic::read(path, MAX_ENVELOPE) {
            Ok(bytes) => self.add(path, bytes),
            Err(error) => {
                self.skip(path, error);
                Ok(())
            }
        }
    }

    /// Takes in a piece of another coordinator's workbook, or sets it aside.
    pub(super) fn segment(&mut self, path: &Path) -> Result<(), StoreError> {
        self.collected.envelopes += 1;
        let bytes = match workbook::bytes_of(path) {
            Ok(Some(bytes)) => bytes,
            other => {
                let too_large = || StoreError::TooLarge {
                    path: path.to_owned(),
                };
                self.skip(path, other.err().unwrap_or_else(too_large));
                return Ok(());
            }
        };
        let collector = self.collector;
        let place = match workbook::segment::open(&bytes, collector.identities, collector.evaluation) {
            Ok(_) => self.folder.workbook(),
            Err(Remark::Absent) => {
                self.collected.absent.push(path.to_owned());
                return Ok(());
            }
            Err(remark) => {
                *self.collected.aside.entry(remark).or_default() += 1;
                self.folder.quarantine()
            }
        };
        let is_aside = place == self.folder.quarantine();
        let (_, is_new) = workbook::put(&place, &bytes)?;
        match (is_aside, is_new) {
            (true, _) => {}
            (false, true) => self.collected.workbook += 1,
            (false, false) => self.collected.copies += 1,
        }
        Ok(())
    }

    fn delivery(&mut self, path: &Path) -> Result<(), StoreError> {
        let reader = match Reader::open(path) {
            Ok(reader) => reader,
            Err(error) => {
                self.broken(path, error);
                return Ok(());
            }
        };
        if reader.evaluation() != self.collector.evaluation.id {
            self.collected.elsewhere.push(path.to_owned());
            return Ok(());
        }
        self.collected.deliveries += 1;
        for envelope in reader {
            match envelope {
                // An envelope in a delivery has no name but its own.
                Ok(bytes) => {
                    let name = EnvelopeName::of(&bytes).file_name();
                    self.add(Path::new(&name), bytes)?;
                }
                Err(error) => self.broken(path, error),
            }
        }
        Ok(())
    }

    fn broken(&mut self, path: &Path, error: StoreError) {
        match error {
            StoreError::Damaged { .. } => self.collected.cut.push(path.to_owned()),
            StoreError::Newer { .. } => self.collected.newer.push(path.to_owned()),
            error => self.skip(path, error),
        }
    }

    fn skip(&mut self, path: &Path, error: StoreError) {
        self.collected.unreadable.push((path.to_owned(), error));
    }

    fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), StoreError> {
        if handed_draft::is_one(&bytes) {
            return self.draft(&bytes).map(drop);
        }
        self.bytes += bytes.len();
        self.batch.push((path.to_owned(), bytes));
        if self.batch.len() >= TOGETHER || self.bytes >= TOGETHER_BYTES {
            self.flush()?;
        }
        Ok(())
    }
}
