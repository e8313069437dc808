//! Text in columns: how wide it is, where it breaks.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns how many columns a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Returns the same as a screen coordinate.
#[must_use]
pub fn columns16(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}

/// Breaks a text into lines of at most `width` columns, between words where that is possible. A line break in the
/// text stays one; an empty line stays empty.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    // Two spaces and more keep things apart: they stay.
    let text = text.replace("  ", "\u{a0} ");
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let gap = usize::from(!line.is_empty());
            if columns(&line) + gap + columns(word) <= width {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                continue;
            }
            let mut word = word;
            if !line.is_empty() {
                // What keeps words apart keeps nothing apart at the end or the beginning of a line.
                line.truncate(line.trim_end_matches('\u{a0}').len());
                word = word.trim_start_matches('\u{a0}');
                lines.push(std::mem::take(&mut line));
            }
            for part in parts(word, width) {
                if columns(&line) + columns(part) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(part);
            }
        }
        lines.push(line);
    }
    lines
}

/// Returns what must not be broken inside, each at most `width` columns: graphemes, or their characters where scripts
/// put so many marks on one letter that not even it fits.
fn parts(word: &str, width: usize) -> impl Iterator<Item = &str> {
    word.graphemes(true).flat_map(move |part| {
        let letters = if columns(part) > width { 1 } else { part.len() };
        let mut begin = 0;
        std::iter::from_fn(move || {
            let rest = part.get(begin..).filter(|rest| !rest.is_empty())?;
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let piece = rest.get(..first.max(letters))?;
            begin += piece.len();
            Some(piece)
        })
    })
}

/// Returns a text cut to `width` columns, with "…" where something is left out.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    let text = text.replace('\n', " ");
    if columns(&text) <= width {
        return text;
    }
    let mut kept = String::new();
    for part in text.graphemes(true) {
        if columns(&kept) + columns(part) + 1 > width {
            break;
        }
        kept.push_str(part);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// Returns the part of a text that stands in `width` columns after the first `skip`.
#[must_use]
pub fn window(text: &str, skip: usize, width: usize) -> String {
    let mut at = 0;
    let mut seen = String::new();
    for part in text.graphemes(true) {
        let wide = columns(part);
        if at >= skip && at + wide <= skip + width {
            seen.push_str(part);
        }
        at += wide;
    }
    seen
}

/// Returns a text followed by spaces up to `width` columns.
#[must_use]
pub fn pad(text: &str, width: usize) -> String {
    let spaces = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(spaces))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};

    use super::{columns, cut, pad, wrap};

    #[test]
    fn lines_break_between_words_and_long_words_inside() {
        assert_eq!(wrap("Spør om du er usikker", 10), ["Spør om du", "er usikker"]);
        assert_eq!(
            wrap("spesialisthelsetjenesten", 10),
            ["spesialist", "helsetjene", "sten"]
        );
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn a_letter_with_more_marks_than_fit_is_broken_inside() {
        let letter = "A\u{11937}\u{b47}";
        assert!(columns(letter) > 2);
        assert_eq!(wrap(letter, 2).concat(), letter);
        assert!(wrap(letter, 2).iter().all(|line| columns(line) <= 2));
    }

    #[test]
    fn width_is_columns_and_not_bytes() {
        assert_eq!(columns("Blåbærsyltetøy"), 14);
        assert_eq!(cut("Blåbærsyltetøy", 6), "Blåbæ…");
        assert_eq!(pad("blå", 5), "blå  ");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in any::<String>(), width in 2_usize..90) {
            for line in wrap(&text, width) {
                prop_assert!(columns(&line) <= width.max(2), "{line:?}");
            }
            prop_assert!(columns(&cut(&text, width)) <= width);
        }
    }
}
