//! Answers as rows of a CSV file: one person per row, one item per column.
//!
//! The file is read once, in pieces of whole rows, by as many readers as wanted; memory does not grow with it. What
//! columns and cells may hold is in `docs/tabulate.md`.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::domain::coding::{Coding, TakesRows};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;

mod cell;
mod chunks;
mod columns;
mod head;
mod records;
mod routing;
mod rows;
mod torn;
mod words;
pub mod wrong;

use chunks::{Chunk, Chunks, Stuck};
use columns::{Target, columns};
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
    /// Words for why there is no answer, beside the codes; the first meaning of a word stays. A number that could be an
    /// answer to a question needs to be said for its column.
    pub missing: Vec<(String, Missing)>,
    /// The same for one column each, before everything else.
    pub in_column: Vec<InColumn>,
}

/// What a word means in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InColumn {
    /// The column, by any name it may have.
    pub column: String,
    /// The word.
    pub word: String,
    /// Why there is no answer; `None` when it is one.
    pub kind: Option<Missing>,
}

/// Answers that were counted though nobody can tell whether they were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    /// The item.
    pub item: ItemKey,
    /// How many answers.
    pub answers: u64,
    /// What it depends on and the file does not hold, by name.
    pub on: Vec<String>,
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
    /// Columns named for a question that only groups are asked; nothing is read from them.
    pub for_groups: Vec<String>,
    /// Items no column holds.
    pub absent: Vec<ItemKey>,
    /// Rows with nothing in any cell: nobody.
    pub empty_rows: u64,
    /// Answers that may not have been asked for, where the file lacks what that depends on.
    pub unsure: Vec<Unsure>,
    /// The only row that goes over several lines, and over how many.
    pub only_long: Option<(u64, u64)>,
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
    /// No column is one of the survey's; with an item a column could be named for, if there is any.
    #[error("no column of the survey")]
    NoColumn(Option<ItemKey>),
    /// The columns of the survey that there are belong to questions that only groups are asked; one of them.
    #[error("{0} is for groups")]
    OnlyForGroups(String),
    /// A column that stands twice, or says what another one says.
    #[error("column twice")]
    ColumnTwice(String),
    /// A row longer than any could be: most likely a quote that is never closed.
    #[error("row {0} is too long")]
    RowTooLong(u64),
    /// A quote that is never closed, or closed rows later: what stands in between cannot be told apart.
    #[error("row {0} has an open quote")]
    OpenQuote(u64),
    /// A word was said for a column that is not there.
    #[error("no column {0}")]
    NoSuchColumn(String),
    /// A word for no answer is an answer in a column.
    #[error("{word} is an answer in {column}")]
    MissingIsAnswer {
        /// The column.
        column: String,
        /// The word.
        word: String,
    },
}

/// Reads a file and hands its rows to `takers`, each of which works by itself. Returns them with what was read.
///
/// The result is the same however many takers there are, if putting them together is.
///
/// # Errors
/// [`Unreadable`]; what the takers took is gone then.
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
            Err(NoHead::OpenQuote(row)) if is_all || size > most => return Err(Unreadable::OpenQuote(row)),
            Err(_) if is_all || begun.contains(&0) || size > most => return Err(Unreadable::NotText),
            Err(_) => size *= 4,
        }
    };
    begun.drain(..heading.length);
    let mut routing = Routing::of(coding);
    let columns = columns(&heading.names, coding, reading, &routing.looked_at());
    routing.without(&columns.absent);
    if let Some(twice) = columns.twice {
        return Err(Unreadable::ColumnTwice(twice));
    }
    if columns.unused.len() + columns.for_groups.len() == heading.names.len() {
        if let Some(column) = columns.for_groups.into_iter().next() {
            return Err(Unreadable::OnlyForGroups(column));
        }
        return Err(Unreadable::NoColumn(columns::example(coding)));
    }
    if let Some(nowhere) = columns.nowhere {
        return Err(Unreadable::NoSuchColumn(nowhere));
    }
    if let Some((column, word)) = columns.is_answer {
        return Err(Unreadable::MissingIsAnswer { column, word });
    }
    let shared = Shared {
        dialect: heading.dialect,
        columns: &columns.all,
        coding,
        routing: &routing,
    };
    let chunks = Chunks::new(source, heading.dialect, begun);
    let done = in_pieces(chunks, shared, takers, heading.row)?;
    let background = |column: &columns::Column| match &column.target {
        Target::Background(name) => Some(name.clone()),
        _ => None,
    };
    let held: Vec<Id> = columns.all.iter().filter_map(background).collect();
    let unsure = (0..).zip(coding.items()).zip(&done.unsure);
    let unsure = unsure.filter(|(_, answers)| **answers > 0);
    let unsure = unsure.map(|((number, item), answers)| Unsure {
        item: item.key.clone(),
        answers: *answers,
        on: routing.missed_by(number, &held),
    });
    let unsure = unsure.filter(|unsure| !unsure.on.is_empty()).collect();
    let read = WhatWasRead {
        rows: done.rows,
        empty_rows: done.empty,
        unsure,
        only_long: done.only_long,
        delimiter: heading.dialect.delimiter,
        columns: heading.names,
        unused: columns.unused,
        for_groups: columns.for_groups,
        absent: columns.absent,
        wrong: done.wrong,
    };
    Ok((done.takers, read))
}

/// What all readers of pieces found together.
struct Done<T> {
    takers: Vec<T>,
    rows: u64,
    unsure: Vec<u64>,
    empty: u64,
    only_long: Option<(u64, u64)>,
    wrong: Wrong,
}

/// Has each taker read pieces as they come.
fn in_pieces<T: TakesRows + Send>(
    mut chunks: Chunks<impl Read>,
    shared: Shared<'_>,
    takers: Vec<T>,
    heading_row: u64,
) -> Result<Done<T>, Unreadable> {
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
            Ok(done) => (done, stuck),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    let (each, stuck) = done;
    let (mut takers, mut rows, mut pieces) = (Vec::new(), 0, Vec::new());
    let mut unsure = vec![0; shared.coding.items().len()];
    for ((taker, taken, own_unsure), own) in each {
        takers.push(taker);
        rows += taken;
        for (all, own) in unsure.iter_mut().zip(own_unsure) {
            *all += own;
        }
        pieces.extend(own);
    }
    pieces.sort_by_key(|piece| piece.number);
    if let Some(row) = first_open_quote(&pieces, heading_row) {
        return Err(Unreadable::OpenQuote(row));
    }
    let last = heading_row + pieces.iter().map(|piece| piece.rows).sum::<u64>();
    match stuck {
        Some(Stuck::Io(error)) => return Err(Unreadable::Io(error)),
        Some(Stuck::RowTooLong) => return Err(Unreadable::RowTooLong(last + 1)),
        None => {}
    }
    let long: u64 = pieces.iter().map(|piece| piece.long).sum();
    Ok(Done {
        takers,
        rows,
        unsure,
        empty: pieces.iter().map(|piece| piece.empty).sum(),
        only_long: first_long(&pieces, heading_row).filter(|_| long == 1),
        wrong: in_order(pieces, heading_row),
    })
}

/// The pieces, each with the number of rows before it; the heading and what stands before it are rows too.
fn with_rows_before(pieces: &[ChunkResult], heading_row: u64) -> impl Iterator<Item = (u64, &ChunkResult)> {
    pieces.iter().scan(heading_row, |before, piece| {
        let own = *before;
        *before += piece.rows;
        Some((own, piece))
    })
}

fn first_open_quote(pieces: &[ChunkResult], heading_row: u64) -> Option<u64> {
    with_rows_before(pieces, heading_row).find_map(|(before, piece)| Some(before + piece.open_quote?))
}

fn first_long(pieces: &[ChunkResult], heading_row: u64) -> Option<(u64, u64)> {
    with_rows_before(pieces, heading_row).find_map(|(before, piece)| {
        let (row, lines) = piece.first_long?;
        Some((before + row, lines))
    })
}

/// What one reader found: its taker, how many rows it took, answers that may not have been asked for, and its pieces.
type Own<T> = ((T, u64, Vec<u64>), Vec<ChunkResult>);

fn work<T: TakesRows>(
    mut reader: RowReader<'_, T>,
    ready: &Mutex<Receiver<Chunk>>,
    used: &Sender<Vec<u8>>,
) -> Own<T> {
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
    (reader.done(), results)
}

/// Puts together what was wrong in pieces, with the rows of the whole file.
fn in_order(pieces: Vec<ChunkResult>, heading_row: u64) -> Wrong {
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
