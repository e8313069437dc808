//! The file in pieces of whole rows, so that several can be read at once and none needs the file in memory.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

use super::records::{Dialect, Ends};

/// How much is read at once.
const SIZE: usize = 256 * 1024;
/// The longest row. One quote that is never closed makes the rest of the file one row.
const LONGEST_ROW: usize = 16 * 1024 * 1024;

/// Whole rows, in file order by number.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
    /// Whether there is a quote anywhere.
    pub(super) quotes: bool,
}

/// Why a file cannot be taken apart.
#[derive(Debug)]
pub(super) enum Stuck {
    Io(io::Error),
    RowTooLong,
}

/// Takes a file apart.
pub(super) struct Chunks<R> {
    source: R,
    dialect: Dialect,
    /// What was read and is no whole row yet.
    carried: Vec<u8>,
    next: usize,
    at_end: bool,
}

impl<R: Read> Chunks<R> {
    /// Returns the pieces of what was read already and of the rest.
    pub(super) const fn new(source: R, dialect: Dialect, begun: Vec<u8>) -> Self {
        Self {
            source,
            dialect,
            carried: begun,
            next: 0,
            at_end: false,
        }
    }

    /// Returns the next piece in `bytes`, whose memory is used again; `None` at the end.
    pub(super) fn next(&mut self, mut bytes: Vec<u8>) -> Result<Option<Chunk>, Stuck> {
        bytes.clear();
        bytes.append(&mut self.carried);
        let mut wanted = SIZE;
        loop {
            while !self.at_end && bytes.len() < wanted {
                let missing = wanted - bytes.len();
                bytes.reserve(missing);
                let read = (&mut self.source)
                    .take(u64::try_from(missing).unwrap_or(u64::MAX))
                    .read_to_end(&mut bytes)
                    .map_err(Stuck::Io)?;
                self.at_end = read < missing;
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            let quotes = memchr(b'"', &bytes).is_some();
            let whole = match (self.at_end, quotes) {
                (true, _) => Some(bytes.len()),
                (false, true) => Ends::last(self.dialect, &bytes),
                (false, false) => memrchr(self.dialect.end, &bytes).map(|at| at + 1),
            };
            if let Some(whole) = whole {
                self.carried.extend(bytes.drain(whole..));
                let number = self.next;
                self.next += 1;
                return Ok(Some(Chunk {
                    number,
                    bytes,
                    quotes,
                }));
            }
            if wanted >= LONGEST_ROW {
                return Err(Stuck::RowTooLong);
            }
            wanted *= 2;
        }
    }
}
