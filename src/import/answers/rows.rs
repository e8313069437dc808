//! Rows of a piece of the file, one after another, to whoever takes them.

use memchr::{memchr, memchr2};

use crate::domain::answer::{Answer, Response};
use crate::domain::category::Category;
use crate::domain::coding::{CodedItem, Coding, Said, TakesRows};
use crate::domain::id::Id;
use crate::domain::missing::Missing;

use super::cell;
use super::chunks::Chunk;
use super::columns::{Column, Target};
use super::records::{Dialect, Ends, Quoted, without_end};
use super::routing::{Beside, Decides, Remembered, Routing};
use super::torn;
use super::words::{NONE, text, trim};
use super::wrong::{Why, Wrong, WrongCell};

/// What every reader of pieces shares.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) dialect: Dialect,
    pub(super) columns: &'a [Column],
    pub(super) coding: &'a Coding<'a>,
    pub(super) routing: &'a Routing<'a>,
}

/// What was wrong in one piece, with rows numbered from its beginning.
pub(super) struct ChunkResult {
    pub(super) number: usize,
    pub(super) rows: u64,
    /// Rows without anything in them.
    pub(super) empty: u64,
    pub(super) wrong: Wrong,
    /// The first row with a quote that is never closed, or closed rows later.
    pub(super) open_quote: Option<u64>,
    /// Rows over several lines, and the first of them with its lines.
    pub(super) long: u64,
    pub(super) first_long: Option<(u64, u64)>,
}

/// Reads rows.
pub(super) struct RowReader<'a, T> {
    shared: Shared<'a>,
    taker: T,
    state: State,
    quoted: Quoted,
}

/// The row being read.
struct State {
    row: Vec<u16>,
    beside: Beside,
    remembered: Remembered,
    /// Items whose options stand in columns of their own, and what was read of them.
    split: Vec<SplitItem>,
    wrong: Vec<(usize, Why)>,
    /// Whether anything stands in it.
    holds: bool,
    /// Per item, answers of which nobody can tell whether they were asked for.
    unsure: Vec<u64>,
    taken: u64,
}

struct SplitItem {
    item: usize,
    chosen: Vec<bool>,
    missing: Option<Missing>,
    is_wrong: bool,
    column: usize,
}

impl<'a, T: TakesRows> RowReader<'a, T> {
    pub(super) fn new(shared: Shared<'a>, taker: T) -> Self {
        let mut split: Vec<SplitItem> = Vec::new();
        for (column, target) in shared.columns.iter().enumerate() {
            if let Target::Option(item, _) = target.target
                && !split.iter().any(|known| known.item == item)
            {
                let coded = shared.coding.items().get(item);
                split.push(SplitItem {
                    item,
                    chosen: vec![false; coded.map_or(0, |item| item.categories.len())],
                    missing: None,
                    is_wrong: false,
                    column,
                });
            }
        }
        let beside = Beside {
            responses: vec![None; shared.coding.items().len()],
            ..Beside::default()
        };
        Self {
            state: State {
                row: shared.coding.empty_row(),
                beside,
                remembered: shared.routing.remembered(),
                split,
                wrong: Vec::new(),
                holds: false,
                unsure: vec![0; shared.coding.items().len()],
                taken: 0,
            },
            quoted: Quoted::new(shared.dialect),
            shared,
            taker,
        }
    }

    /// Returns who took the rows, how many they are, and per item the answers that may not have been asked for.
    pub(super) fn done(self) -> (T, u64, Vec<u64>) {
        (self.taker, self.state.taken, self.state.unsure)
    }

    /// Reads the rows of a piece.
    pub(super) fn read(&mut self, chunk: &Chunk) -> ChunkResult {
        let mut result = ChunkResult {
            number: chunk.number,
            rows: 0,
            empty: 0,
            wrong: Wrong::default(),
            open_quote: None,
            long: 0,
            first_long: None,
        };
        let mut rest = chunk.bytes.as_slice();
        while !rest.is_empty() {
            result.rows += 1;
            if !chunk.quotes {
                rest = self.plain(rest, &mut result);
                continue;
            }
            let end = Ends::first(self.shared.dialect, rest);
            let (row, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            if end.is_none() && Ends::is_in_quotes_after(self.shared.dialect, row) {
                result.open_quote = result.open_quote.or(Some(result.rows));
                continue;
            }
            if memchr(b'"', row).is_some() {
                self.in_quotes(without_end(self.shared.dialect, row), &mut result);
            } else {
                self.plain(row, &mut result);
            }
        }
        result
    }

    /// Reads a row without quotes and returns what comes after it.
    fn plain<'b>(&mut self, bytes: &'b [u8], result: &mut ChunkResult) -> &'b [u8] {
        let Dialect { delimiter, end } = self.shared.dialect;
        let columns = self.shared.columns;
        let mut rest = bytes;
        let mut read = 0;
        self.state.holds = false;
        for (number, column) in columns.iter().enumerate() {
            read = number + 1;
            // Most cells hold one letter, and where that is all a column needs there is nothing more to it.
            if let [byte, between, tail @ ..] = rest
                && *between == delimiter
                && let code = column.words.of_one(*byte)
                && code != NONE
                && let Some(place) = self.state.row.get_mut(column.place)
            {
                *place = code;
                self.state.holds = true;
                rest = tail;
                continue;
            }
            let (cell, tail, ends) = next_cell(rest, delimiter, end);
            rest = tail;
            self.state.holds = self.state.holds || !trim(cell).is_empty();
            self.state.take(&self.shared, number, column, cell);
            if ends {
                self.end(read, None, result);
                return rest;
            }
        }
        // More cells than the heading has: nothing, where they are empty.
        let mut surplus = false;
        loop {
            let (cell, tail, ends) = next_cell(rest, delimiter, end);
            rest = tail;
            surplus |= !trim(cell).is_empty();
            if ends {
                break;
            }
        }
        self.state.holds |= surplus;
        self.end(read, surplus.then_some(Why::LongRow), result);
        rest
    }

    /// Reads a row with quotes, given without its end.
    fn in_quotes(&mut self, row: &[u8], result: &mut ChunkResult) {
        self.quoted.read(row);
        let end = self.shared.dialect.end;
        if memchr(end, row).is_some() {
            if torn::is_several(row, &self.quoted, &self.shared) {
                result.open_quote = result.open_quote.or(Some(result.rows));
                return;
            }
            result.long += 1;
            let long = (result.rows, torn::lines(row, end));
            result.first_long = result.first_long.or(Some(long));
        }
        let columns = self.shared.columns;
        self.state.holds = (0..self.quoted.len()).any(|cell| !trim(self.quoted.cell(cell)).is_empty());
        for (number, column) in columns.iter().enumerate().take(self.quoted.len()) {
            self.state
                .take(&self.shared, number, column, self.quoted.cell(number));
        }
        let surplus = (columns.len()..self.quoted.len()).any(|cell| !trim(self.quoted.cell(cell)).is_empty());
        let read = self.quoted.len().min(columns.len());
        self.end(read, surplus.then_some(Why::LongRow), result);
    }

    /// Ends a row: hands it on, and says what is wrong with it.
    fn end(&mut self, read: usize, why: Option<Why>, result: &mut ChunkResult) {
        // As at the end of many files: nobody.
        if !self.state.holds {
            self.state.forget();
            result.empty += 1;
            return;
        }
        let short = read < self.shared.columns.len();
        if let Some(why) = why.or(short.then_some(Why::ShortRow)) {
            self.state.forget();
            result.wrong.add(WrongCell {
                row: result.rows,
                column: None,
                why,
            });
            return;
        }
        self.state.options(&self.shared);
        self.state.route(&self.shared);
        if !self.state.wrong.is_empty() {
            self.state.wrong.sort_unstable();
            self.state.wrong.dedup_by_key(|(column, _)| *column);
            for (column, why) in self.state.wrong.drain(..) {
                result.wrong.add(WrongCell {
                    row: result.rows,
                    column: Some(column),
                    why,
                });
            }
        }
        self.taker.take(&self.state.row);
        self.state.taken += 1;
    }
}

/// Returns the next cell, what comes after it, and whether it ends the row.
fn next_cell(bytes: &[u8], delimiter: u8, end: u8) -> (&[u8], &[u8], bool) {
    // Most cells are short.
    let mut near = bytes.iter().take(8);
    let at = match near.position(|byte| *byte == delimiter || *byte == end) {
        Some(at) => Some(at),
        None => memchr2(delimiter, end, bytes),
    };
    let Some((cell, [mark, tail @ ..])) = at.and_then(|at| bytes.split_at_checked(at)) else {
        return (bytes, &[], true);
    };
    if *mark == delimiter {
        return (cell, tail, false);
    }
    let cell = if end == b'\n' {
        cell.strip_suffix(b"\r").unwrap_or(cell)
    } else {
        cell
    };
    (cell, tail, true)
}

impl State {
    /// Takes one cell.
    fn take(&mut self, shared: &Shared<'_>, number: usize, column: &Column, cell: &[u8]) {
        match &column.target {
            Target::Nothing => {}
            Target::Words(item) => {
                let mut code = column.words.of(cell);
                if code == NONE {
                    code = column.words.of_any(cell);
                }
                if code == NONE {
                    self.wrong.push((number, Why::NoSuchAnswer));
                    code = shared
                        .coding
                        .items()
                        .get(*item)
                        .map_or(0, |item| item.code(Said::Wrong));
                }
                if let Some(place) = self.row.get_mut(column.place) {
                    *place = code;
                }
            }
            Target::Typed(item) => {
                let Some(coded) = shared.coding.items().get(*item) else {
                    return;
                };
                match cell::read(coded, &column.words, cell) {
                    Ok(response) => self.respond(shared, *item, coded, response),
                    Err(why) => {
                        self.wrong.push((number, why));
                        coded.write_said(Said::Wrong, &mut self.row);
                    }
                }
            }
            Target::Option(item, option) => {
                let Some(split) = self.split.iter_mut().find(|split| split.item == *item) else {
                    return;
                };
                match column.words.of_any(cell) {
                    NONE => {
                        self.wrong.push((number, Why::NoSuchAnswer));
                        split.is_wrong = true;
                    }
                    code => match cell::missing_kind(code) {
                        Some(Missing::Skipped) => {}
                        Some(kind) => split.missing = split.missing.or(Some(kind)),
                        None => {
                            if let Some(chosen) = split.chosen.get_mut(*option) {
                                *chosen = code == 1;
                            }
                        }
                    },
                }
            }
            Target::Background(name) => self.background(shared, name, cell),
        }
    }

    fn respond(&mut self, shared: &Shared<'_>, number: usize, item: &CodedItem<'_>, response: Response) {
        item.write(Some(&response), &mut self.row);
        if shared.routing.needs_response(number)
            && let Some(place) = self.beside.responses.get_mut(number)
        {
            *place = Some(response);
        }
    }

    fn background(&mut self, shared: &Shared<'_>, name: &Id, cell: &[u8]) {
        let level = text(trim(cell));
        let mut rosters = shared.coding.rosters().iter().enumerate();
        if let Some((number, _)) = rosters.find(|(_, roster)| roster.name == *name) {
            let code = shared.coding.roster_code(number, Some(&level));
            if let Some(place) = self.row.get_mut(shared.coding.roster_place(number)) {
                *place = code;
            }
        }
        if level.is_empty() {
            self.beside.backgrounds.remove(name);
        } else {
            self.beside.backgrounds.insert(name.clone(), level);
        }
    }

    /// Puts together what stands in a column per option.
    fn options(&mut self, shared: &Shared<'_>) {
        for number in 0..self.split.len() {
            let Some(split) = self.split.get_mut(number) else {
                continue;
            };
            let (item, column) = (split.item, split.column);
            let Some(coded) = shared.coding.items().get(item) else {
                continue;
            };
            let codes = coded.categories.iter().zip(&mut split.chosen);
            let codes = codes.filter_map(|(category, chosen)| match category {
                Category::Code(code) if std::mem::take(chosen) => Some(code.clone()),
                _ => None,
            });
            let answer = Answer::Choices {
                codes: codes.collect(),
                specify: None,
            };
            let is_empty = matches!(&answer, Answer::Choices { codes, .. } if codes.is_empty());
            let missing = split.missing.take();
            let response = match (std::mem::take(&mut split.is_wrong), missing, is_empty) {
                (true, ..) => Err(None),
                (false, Some(_), false) => Err(Some(Why::NotAlone)),
                (false, missing, true) => Ok(Response::Missing(missing.unwrap_or(Missing::Skipped))),
                (false, None, false) => match cell::check(coded, &answer) {
                    Ok(()) => Ok(Response::Given(answer)),
                    Err(why) => Err(Some(why)),
                },
            };
            match response {
                Ok(response) => self.respond(shared, item, coded, response),
                Err(why) => {
                    self.wrong.extend(why.map(|why| (column, why)));
                    coded.write_said(Said::Wrong, &mut self.row);
                }
            }
        }
    }

    /// Puts the survey's conditions to the row.
    fn route(&mut self, shared: &Shared<'_>) {
        for number in 0..shared.routing.steps.len() {
            let Some(step) = shared.routing.steps.get(number) else {
                continue;
            };
            let truth = shared.routing.truth(
                number,
                &self.row,
                &self.beside,
                shared.coding,
                &mut self.remembered,
            );
            match step.decides {
                Decides::Meant(item) if truth == Some(false) => {
                    if self.has_answer(shared, item) {
                        self.wrong
                            .extend(column_of(shared, item).map(|column| (column, Why::NotAsked)));
                    }
                    self.say(shared, item, Said::NotMeant);
                }
                // Whoever said something was asked.
                Decides::Meant(item) if truth.is_none() => {
                    if !self.has_said(shared, item) {
                        self.say(shared, item, Said::NotMeant);
                    } else if let Some(unsure) = self.unsure.get_mut(item) {
                        *unsure += 1;
                    }
                }
                Decides::Stands(first, items) if truth == Some(false) => {
                    for item in first..first + items {
                        if self.has_answer(shared, item) {
                            self.wrong
                                .extend(column_of(shared, item).map(|column| (column, Why::Check)));
                            self.say(shared, item, Said::Wrong);
                        }
                    }
                }
                Decides::Meant(_) | Decides::Stands(..) => {}
            }
        }
    }

    fn has_answer(&self, shared: &Shared<'_>, item: usize) -> bool {
        let said = self.said(shared, item);
        matches!(said, Some(Said::Category(_) | Said::Given | Said::Unknown))
    }

    /// Whether something stands there, be it only that somebody did not want to answer.
    fn has_said(&self, shared: &Shared<'_>, item: usize) -> bool {
        let none = Said::Missing(Missing::Skipped);
        let said = self.said(shared, item);
        said.is_some_and(|said| {
            said != none && said != Said::Missing(Missing::NotAsked) && said != Said::NotMeant
        })
    }

    fn said(&self, shared: &Shared<'_>, item: usize) -> Option<Said> {
        let coded = shared.coding.items().get(item)?;
        Some(coded.said(*self.row.get(coded.place())?))
    }

    fn say(&mut self, shared: &Shared<'_>, item: usize, said: Said) {
        if let Some(coded) = shared.coding.items().get(item) {
            coded.write_said(said, &mut self.row);
        }
    }

    /// Leaves a row out.
    fn forget(&mut self) {
        self.wrong.clear();
        for split in &mut self.split {
            split.chosen.fill(false);
            split.missing = None;
            split.is_wrong = false;
        }
    }
}

/// The column an item's answer stands in, the first where there are several.
fn column_of(shared: &Shared<'_>, item: usize) -> Option<usize> {
    shared.columns.iter().position(|column| match column.target {
        Target::Words(own) | Target::Typed(own) | Target::Option(own, _) => own == item,
        Target::Nothing | Target::Background(_) => false,
    })
}
