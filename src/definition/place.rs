//! Places in a file: where a value stands, and where inside a text something stands.

use std::ops::Range;

/// A stretch of a file, in bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl Span {
    /// Returns the stretch from `start` to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the stretch as a range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the stretch from the beginning of this to the end of `other`.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self::new(self.start, other.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> At<T> {
    pub(crate) const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Returns where a stretch of a decoded TOML text stands in the file. `literal` is where the text stands with its
/// quotation marks. When the file and the decoded text cannot be followed side by side, the whole literal.
pub(crate) fn inside(source: &str, literal: Span, decoded: &str, wanted: Range<usize>) -> Span {
    follow(source, literal, decoded, wanted).unwrap_or(literal)
}

fn follow(source: &str, literal: Span, decoded: &str, wanted: Range<usize>) -> Option<Span> {
    let raw = source.get(literal.range())?;
    let (opening, basic) = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quotes| raw.starts_with(quotes))
        .map(|quotes| (quotes, quotes.starts_with('"')))?;
    let mut at = opening.len();
    if opening.len() == 3 {
        let rest = raw.get(at..)?;
        at += if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        };
    }
    let mut start = None;
    for (place, c) in decoded.char_indices() {
        at += skipped(raw.get(at..)?, basic, opening.len() == 3);
        if place == wanted.start {
            start = Some(at);
        }
        if place >= wanted.end {
            return Some(Span::new(literal.start + start?, literal.start + at));
        }
        at += width(raw.get(at..)?, c, basic)?;
    }
    if wanted.start >= decoded.len() {
        start = start.or(Some(at));
    }
    Some(Span::new(literal.start + start?, literal.start + at))
}

/// Returns how many bytes the source has here that the decoded text has not: a backslash at the end of a line and
/// the white space after it, or the `\r` of a line end.
fn skipped(rest: &str, basic: bool, block: bool) -> usize {
    if !block {
        return 0;
    }
    let Some(after) = rest.strip_prefix('\\').filter(|_| basic) else {
        return 0;
    };
    let trimmed = after.trim_start_matches([' ', '\t', '\r', '\n']);
    let white = after.get(..after.len() - trimmed.len()).unwrap_or_default();
    if white.contains('\n') { 1 + white.len() } else { 0 }
}

/// Returns how many bytes of the source stand for `c`.
fn width(rest: &str, c: char, basic: bool) -> Option<usize> {
    if basic && rest.starts_with('\\') {
        return Some(match rest.as_bytes().get(1)? {
            b'x' => 4,
            b'u' => 6,
            b'U' => 10,
            _ => 2,
        });
    }
    if rest.starts_with(c) {
        return Some(c.len_utf8());
    }
    (c == '\n' && rest.starts_with("\r\n")).then_some(2)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places come from the text itself")]
mod tests {
    use super::{Span, inside};

    fn found(literal: &str, decoded: &str, part: &str) -> String {
        let source = format!("key = {literal}");
        let start = decoded.find(part).unwrap();
        let span = inside(
            &source,
            Span::new(6, source.len()),
            decoded,
            start..start + part.len(),
        );
        source[span.range()].to_owned()
    }

    #[test]
    fn a_part_of_a_plain_text_is_found() {
        assert_eq!(found("\"alder = 'å'\"", "alder = 'å'", "'å'"), "'å'");
        assert_eq!(found("'''\nto\nlinjer'''", "to\nlinjer", "linjer"), "linjer");
    }

    #[test]
    fn escapes_are_followed() {
        assert_eq!(found(r#""a \"b\" \u00e5 c""#, "a \"b\" å c", "c"), "c");
        assert_eq!(found(r#""a \"b\" c""#, "a \"b\" c", "\"b\""), r#"\"b\""#);
        assert_eq!(
            found("\"\"\"\nen \\\n   to\"\"\"", "en to", "to"),
            "to",
            "a backslash at the end of a line"
        );
    }

    #[test]
    fn what_cannot_be_followed_is_the_whole_literal() {
        let source = "key = 12";
        assert_eq!(
            inside(source, Span::new(6, 8), "noe annet", 0..3),
            Span::new(6, 8)
        );
    }
}
