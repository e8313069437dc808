//! Answers as rows of a CSV file: one person per row, one item per column.
//!
//! The file is read once, in pieces of whole rows, by as many readers as wanted; memory does not grow with it. What
//! columns and cells may hold is in `docs/tabulate.md`.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::domain::coding::{Coding, TakesRows};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;

mod cell;
mod chunks;
mod columns;
mod head;
mod records;
mod routing;
mod rows;
mod words;
pub mod wrong;

use chunks::{Chunk, Chunks, Stuck};
use columns::columns;
use head::{NoHead, head};
use routing::Routing;
use rows::{ChunkResult, RowReader, Shared};
use wrong::{LISTED, Wrong};

/// What cells of answers hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cells {
    /// Codes, words or values; where a cell could mean two things, in that order.
    #[default]
    Any,
    /// The codes of the survey.
    Codes,
    /// The words of the survey, in any of its languages.
    Labels,
    /// The values that levels count as.
    Values,
}

impl Cells {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Any, Self::Codes, Self::Labels, Self::Values];

    /// Returns the name used in flags.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Codes => "codes",
            Self::Labels => "labels",
            Self::Values => "values",
        }
    }

    const fn codes(self) -> bool {
        matches!(self, Self::Any | Self::Codes)
    }

    const fn labels(self) -> bool {
        matches!(self, Self::Any | Self::Labels)
    }

    const fn values(self) -> bool {
        matches!(self, Self::Any | Self::Values)
    }
}

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What stands between cells; found out when not said.
    pub delimiter: Option<u8>,
    /// What cells hold.
    pub cells: Cells,
    /// Words for why there is no answer, beside the codes; the first meaning of a word stays.
    pub missing: Vec<(String, Missing)>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatWasRead {
    /// People: rows handed on.
    pub rows: u64,
    /// What stands between cells.
    pub delimiter: u8,
    /// Names of all columns in order.
    pub columns: Vec<String>,
    /// Columns that are none of the survey's.
    pub unused: Vec<String>,
    /// Items no column holds.
    pub absent: Vec<ItemKey>,
    /// What could not be read.
    pub wrong: Wrong,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// What the system said.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// There is no heading.
    #[error("empty")]
    Empty,
    /// Not text, or text in an encoding that is not read here.
    #[error("not text")]
    NotText,
    /// No column is one of the survey's.
    #[error("no column of the survey")]
    NoColumn,
    /// A column that stands twice, or says what another one says.
    #[error("column twice")]
    ColumnTwice(String),
    /// A row longer than any could be: most likely a quote that is never closed.
    #[error("row too long")]
    RowTooLong,
}

/// Reads a file and hands its rows to `takers`, each of which works by itself. Returns them with what was read.
///
/// The result is the same however many takers there are, if putting them together is.
///
/// # Errors
/// [`Unreadable`], before any row was taken but for what the system says.
pub fn read<T: TakesRows + Send>(
    mut source: impl Read,
    coding: &Coding<'_>,
    reading: &Reading,
    takers: Vec<T>,
) -> Result<(Vec<T>, WhatWasRead), Unreadable> {
    let mut begun = Vec::new();
    let most = u64::try_from(head::LONGEST).unwrap_or(u64::MAX);
    // A heading is short: the rest comes in pieces.
    let mut size = 64 * 1024;
    let heading = loop {
        let read = source.by_ref().take(size).read_to_end(&mut begun)?;
        let is_all = u64::try_from(read).unwrap_or(u64::MAX) < size;
        match head(&begun, reading.delimiter, is_all) {
            Ok(heading) => break heading,
            Err(NoHead::Empty) if is_all => return Err(Unreadable::Empty),
            Err(_) if is_all || begun.contains(&0) || size > most => return Err(Unreadable::NotText),
            Err(_) => size *= 4,
        }
    };
    begun.drain(..heading.length);
    let routing = Routing::of(coding);
    let columns = columns(&heading.names, coding, reading, &routing.looked_at());
    if let Some(twice) = columns.twice {
        return Err(Unreadable::ColumnTwice(twice));
    }
    if columns.unused.len() == heading.names.len() {
        return Err(Unreadable::NoColumn);
    }
    let shared = Shared {
        dialect: heading.dialect,
        columns: &columns.all,
        coding,
        routing: &routing,
    };
    let chunks = Chunks::new(source, heading.dialect, begun);
    let (takers, rows, wrong) = in_pieces(chunks, shared, takers, heading.row)?;
    let read = WhatWasRead {
        rows,
        delimiter: heading.dialect.delimiter,
        columns: heading.names,
        unused: columns.unused,
        absent: columns.absent,
        wrong,
    };
    Ok((takers, read))
}

/// Has each taker read pieces as they come.
fn in_pieces<T: TakesRows + Send>(
    mut chunks: Chunks<impl Read>,
    shared: Shared<'_>,
    takers: Vec<T>,
    heading_row: u64,
) -> Result<(Vec<T>, u64, Wrong), Unreadable> {
    let (full, ready) = sync_channel::<Chunk>(takers.len());
    let ready = Mutex::new(ready);
    let (used, empty) = channel::<Vec<u8>>();
    let done = std::thread::scope(|scope| {
        let workers: Vec<_> = takers
            .into_iter()
            .map(|taker| {
                let (ready, used) = (&ready, used.clone());
                scope.spawn(move || work(RowReader::new(shared, taker), ready, &used))
            })
            .collect();
        let stuck = loop {
            match chunks.next(empty.try_recv().unwrap_or_default()) {
                Ok(Some(chunk)) => {
                    if full.send(chunk).is_err() {
                        break None;
                    }
                }
                Ok(None) => break None,
                Err(stuck) => break Some(stuck),
            }
        };
        drop(full);
        let joined = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
        let joined: Result<Vec<_>, _> = joined.collect();
        match joined {
            Ok(done) => stuck.map_or(Ok(done), Err),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    let done = done.map_err(|stuck| match stuck {
        Stuck::Io(error) => Unreadable::Io(error),
        Stuck::RowTooLong => Unreadable::RowTooLong,
    })?;
    let (mut takers, mut rows, mut pieces) = (Vec::new(), 0, Vec::new());
    for (taker, taken, own) in done {
        takers.push(taker);
        rows += taken;
        pieces.extend(own);
    }
    Ok((takers, rows, in_order(pieces, heading_row)))
}

type Done<T> = (T, u64, Vec<ChunkResult>);

fn work<T: TakesRows>(
    mut reader: RowReader<'_, T>,
    ready: &Mutex<Receiver<Chunk>>,
    used: &Sender<Vec<u8>>,
) -> Done<T> {
    let mut results: Vec<ChunkResult> = Vec::new();
    let mut listed = 0;
    loop {
        let next = ready.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(chunk) = next else { break };
        let mut result = reader.read(&chunk);
        // Pieces come in order: what is beyond the list here is beyond it in the whole file too.
        result.wrong.listed.truncate(LISTED.saturating_sub(listed));
        result.wrong.listed.shrink_to_fit();
        listed += result.wrong.listed.len();
        results.push(result);
        // Nobody waiting for it is no trouble.
        let _ = used.send(chunk.bytes);
    }
    let (taker, taken) = reader.done();
    (taker, taken, results)
}

/// Puts together what was wrong in pieces, with the rows of the whole file.
fn in_order(mut pieces: Vec<ChunkResult>, heading_row: u64) -> Wrong {
    pieces.sort_by_key(|piece| piece.number);
    let mut before = heading_row;
    let mut all = Wrong::default();
    for piece in pieces {
        all.cells += piece.wrong.cells;
        all.rows += piece.wrong.rows;
        let room = LISTED.saturating_sub(all.listed.len());
        let own = piece.wrong.listed.into_iter().take(room);
        all.listed.extend(own.map(|mut wrong| {
            wrong.row += before;
            wrong
        }));
        before += piece.rows;
    }
    all
}
