//! Where records of a file end: quotes, line breaks in quotes, and the delimiter.

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What stands between cells.
    pub(super) delimiter: u8,
    /// What ends a row; before `\n` a `\r` may stand.
    pub(super) end: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellBegins,
    Plain,
    Quoted,
    QuoteInQuotes,
}

/// Follows bytes and says where rows end. A quote matters at the beginning of a cell only; within quotes two of them
/// are one.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    dialect: Dialect,
    state: State,
}

impl Ends {
    pub(super) const fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            state: State::CellBegins,
        }
    }

    /// Takes a byte and returns whether it ends the row.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let Dialect { delimiter, end } = self.dialect;
        let (state, ends) = match (self.state, byte) {
            (State::Quoted, b'"') => (State::QuoteInQuotes, false),
            (State::Quoted, _) | (State::QuoteInQuotes | State::CellBegins, b'"') => (State::Quoted, false),
            (_, byte) if byte == end => (State::CellBegins, true),
            (_, byte) if byte == delimiter => (State::CellBegins, false),
            _ => (State::Plain, false),
        };
        self.state = state;
        ends
    }

    /// Returns how many bytes the first row takes, its end included; `None` when it does not end here.
    pub(super) fn first(dialect: Dialect, bytes: &[u8]) -> Option<usize> {
        let mut ends = Self::new(dialect);
        bytes.iter().position(|byte| ends.take(*byte)).map(|at| at + 1)
    }

    /// Returns whether a quote that was opened is not closed at the end.
    pub(super) fn is_in_quotes_after(dialect: Dialect, bytes: &[u8]) -> bool {
        let mut ends = Self::new(dialect);
        for byte in bytes {
            ends.take(*byte);
        }
        matches!(ends.state, State::Quoted)
    }

    /// Returns whether the text goes on right behind a closing quote that was opened lines before: what stands between
    /// the two is rows, and neither quote was meant as one.
    pub(super) fn goes_on_after_lines(dialect: Dialect, row: &[u8]) -> bool {
        let mut ends = Self::new(dialect);
        let mut over_lines = false;
        for byte in row {
            let before = ends.state;
            ends.take(*byte);
            match (before, ends.state) {
                (State::QuoteInQuotes, State::Plain) if over_lines && !byte.is_ascii_whitespace() => {
                    return true;
                }
                (State::Quoted, State::Quoted) => over_lines |= *byte == dialect.end,
                (_, State::Quoted | State::QuoteInQuotes) => {}
                _ => over_lines = false,
            }
        }
        false
    }

    /// Returns how many bytes the whole rows at the beginning take.
    pub(super) fn last(dialect: Dialect, bytes: &[u8]) -> Option<usize> {
        let mut ends = Self::new(dialect);
        let mut last = None;
        for (at, byte) in (1..).zip(bytes) {
            if ends.take(*byte) {
                last = Some(at);
            }
        }
        last
    }
}

/// Returns a row without what ends it.
pub(super) fn without_end(dialect: Dialect, row: &[u8]) -> &[u8] {
    let Some(row) = row.strip_suffix(&[dialect.end]) else {
        return row;
    };
    if dialect.end == b'\n' {
        row.strip_suffix(b"\r").unwrap_or(row)
    } else {
        row
    }
}

/// Takes a row apart that holds quotes.
pub(super) struct Quoted {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Quoted {
    pub(super) fn new(dialect: Dialect) -> Self {
        let reader = csv_core::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .terminator(csv_core::Terminator::Any(dialect.end))
            .build();
        Self {
            reader,
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Reads the cells of one row, which is given without its end.
    pub(super) fn read(&mut self, row: &[u8]) {
        self.reader.reset();
        self.text.resize(row.len().max(1), 0);
        // Every cell but the last takes a delimiter.
        self.ends.resize(row.len() + 1, 0);
        let (mut at, mut text, mut cells) = (0, 0, 0);
        loop {
            let input = row.get(at..).unwrap_or_default();
            let (Some(output), Some(ends)) = (self.text.get_mut(text..), self.ends.get_mut(cells..)) else {
                break;
            };
            let (result, read, written, ended) = self.reader.read_record(input, output, ends);
            at += read;
            text += written;
            cells += ended;
            match result {
                csv_core::ReadRecordResult::InputEmpty if !input.is_empty() => {}
                _ => break,
            }
        }
        self.ends.truncate(cells);
    }

    /// Returns how many cells the row has.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns a cell.
    pub(super) fn cell(&self, number: usize) -> &[u8] {
        let begin = match number.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        let end = self.ends.get(number).copied().unwrap_or(begin);
        self.text.get(begin..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Ends, Quoted, without_end};

    const COMMA: Dialect = Dialect {
        delimiter: b',',
        end: b'\n',
    };

    fn cells(row: &str) -> Vec<String> {
        let mut quoted = Quoted::new(COMMA);
        quoted.read(without_end(COMMA, row.as_bytes()));
        (0..quoted.len())
            .map(|cell| String::from_utf8(quoted.cell(cell).to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn quotes_are_taken_off() {
        assert_eq!(cells("\"a,b\",\"c\"\"d\",\"e\nf\"\r\n"), ["a,b", "c\"d", "e\nf"]);
        assert_eq!(cells("\"a\",\n"), ["a", ""]);
        assert_eq!(cells("\"\"\n"), [""]);
        assert_eq!(cells("5\" pipe,x\n"), ["5\" pipe", "x"]);
    }

    #[test]
    fn words_behind_a_quote_that_was_opened_lines_before_are_seen() {
        for torn in ["\"a,b\nc,d\n\"e,f", "a,\"b\nc,\"d", "\"a\"\"\nb\"c,d"] {
            assert!(Ends::goes_on_after_lines(COMMA, torn.as_bytes()), "{torn}");
        }
        for whole in ["a,\"b\nc\",d", "\"Ola\" N,b", "a,\"b\n\"\"c\"\"\",\"d\" e"] {
            assert!(!Ends::goes_on_after_lines(COMMA, whole.as_bytes()), "{whole}");
        }
    }

    #[test]
    fn a_line_break_in_quotes_ends_no_row() {
        let text = b"a,\"b\nc\"\nd,5\" \ne,\"f";
        assert_eq!(Ends::first(COMMA, text), Some(8));
        assert_eq!(Ends::last(COMMA, text), Some(14));
        assert_eq!(Ends::last(COMMA, b"a,\"b\n"), None);
    }
}
