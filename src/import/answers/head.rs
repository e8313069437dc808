//! The beginning of a file: its encoding, its delimiter, its heading.

use super::records::{Dialect, Ends, Quoted, without_end};
use super::words::{text, trim};

/// The longest heading.
pub(super) const LONGEST: usize = 1024 * 1024;

/// The heading of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) dialect: Dialect,
    /// Column names in order.
    pub(super) names: Vec<String>,
    /// How many bytes the heading takes, marks before it included.
    pub(super) length: usize,
    /// The row it stands in, from 1: empty rows may stand before it.
    pub(super) row: u64,
}

/// Why there is no heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoHead {
    Empty,
    /// Another encoding, or no text at all.
    NotText,
    /// A quote that is not closed as far as was read, in this row.
    OpenQuote(u64),
}

/// Reads the heading off the beginning of a file; `is_all` says whether there is no more.
pub(super) fn head(begin: &[u8], delimiter: Option<u8>, is_all: bool) -> Result<Head, NoHead> {
    let marks = b"\xef\xbb\xbf";
    let body = begin.strip_prefix(marks).unwrap_or(begin);
    if body.contains(&0) || body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") {
        return Err(NoHead::NotText);
    }
    let mut length = begin.len() - body.len();
    let mut row = 1;
    let mut body = body;
    let end = line_end(body);
    // Empty rows before the heading.
    while let Some(line) = body.iter().position(|byte| *byte == end) {
        let (first, rest) = body.split_at(line + 1);
        if !trim(first).is_empty() {
            break;
        }
        row += 1;
        length += first.len();
        body = rest;
    }
    // Excel's own way to say what stands between cells.
    let mut said = None;
    if let Some(rest) = body.strip_prefix(b"sep=")
        && let Some(line) = rest.iter().position(|byte| *byte == end)
    {
        said = rest.first().copied();
        row += 1;
        length += b"sep=".len() + line + 1;
        body = rest.get(line + 1..).unwrap_or_default();
    }
    let dialect = Dialect {
        delimiter: delimiter.or(said).unwrap_or_else(|| sniffed(body, end)),
        end,
    };
    let heading = match Ends::first(dialect, body) {
        Some(heading) => heading,
        None if Ends::is_in_quotes_after(dialect, body) => return Err(NoHead::OpenQuote(row)),
        None if is_all => body.len(),
        None => return Err(NoHead::NotText),
    };
    let line = without_end(dialect, body.get(..heading).unwrap_or_default());
    if Ends::goes_on_after_lines(dialect, line) {
        return Err(NoHead::OpenQuote(row));
    }
    if trim(line).is_empty() {
        return Err(NoHead::Empty);
    }
    let mut quoted = Quoted::new(dialect);
    quoted.read(line);
    let names = (0..quoted.len()).map(|cell| text(trim(quoted.cell(cell))));
    Ok(Head {
        dialect,
        names: names.collect(),
        length: length + heading,
        row,
    })
}

/// `\n`, but for files that know `\r` only.
fn line_end(body: &[u8]) -> u8 {
    if body.contains(&b'\r') && !body.contains(&b'\n') {
        b'\r'
    } else {
        b'\n'
    }
}

/// The delimiter the heading holds most of, outside quotes.
fn sniffed(body: &[u8], end: u8) -> u8 {
    let mut best = (0, b',');
    for delimiter in [b',', b';', b'\t'] {
        let mut inside = false;
        let mut found = 0;
        for byte in body {
            match *byte {
                b'"' => inside = !inside,
                byte if byte == end && !inside => break,
                byte if byte == delimiter && !inside => found += 1,
                _ => {}
            }
        }
        if found > best.0 {
            best = (found, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::{NoHead, head};

    fn names(text: &str) -> (char, Vec<String>, usize) {
        let head = head(text.as_bytes(), None, true).unwrap();
        (char::from(head.dialect.delimiter), head.names, head.length)
    }

    #[test]
    fn the_delimiter_is_what_the_heading_has_most_of() {
        assert_eq!(names("a,b\n1,2\n"), (',', vec!["a".into(), "b".into()], 4));
        assert_eq!(
            names("a;\"b,c,d\";e\n"),
            (';', vec!["a".into(), "b,c,d".into(), "e".into()], 12)
        );
        assert_eq!(names("a\tb\r\n").0, '\t');
        assert_eq!(names("alone\n").0, ',');
        assert_eq!(names("sep=;\na,b;c\n"), (';', vec!["a,b".into(), "c".into()], 12));
    }

    #[test]
    fn marks_and_empty_rows_before_the_heading_are_passed_over() {
        assert_eq!(names("\u{feff}a,b\n1,2"), (',', vec!["a".into(), "b".into()], 7));
        assert_eq!(names("\n \r\na,b\n").2, 8);
        assert_eq!(names("a,b\r1,2\r").2, 4);
    }

    #[test]
    fn what_is_no_text_is_said_so() {
        assert_eq!(head(b"\xff\xfea\0,\0", None, true), Err(NoHead::NotText));
        assert_eq!(head(b"PK\x03\x04\0\0", None, true), Err(NoHead::NotText));
        assert_eq!(head(b" \n\n", None, true), Err(NoHead::Empty));
        assert_eq!(head(b"", None, true), Err(NoHead::Empty));
        assert_eq!(head(b"\n\"a,b\n1,2\n", None, true), Err(NoHead::OpenQuote(2)));
    }
}
