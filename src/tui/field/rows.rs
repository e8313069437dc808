//! A text in rows of a width: broken between words where that is possible, never inside a letter.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Letters as a person sees them, each with where it begins and how many columns it takes.
pub(super) struct Letters<'t> {
    rest: &'t str,
    at: usize,
}

/// One letter.
pub(super) struct Letter<'t> {
    pub(super) at: usize,
    pub(super) text: &'t str,
    pub(super) columns: usize,
}

impl Letter<'_> {
    pub(super) const fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Returns the letters of a text that begins at byte `at` of a larger one.
pub(super) const fn letters(text: &str, at: usize) -> Letters<'_> {
    Letters { rest: text, at }
}

/// Below this no character joins its neighbours, save the two of a Windows line end, which no clean text has.
const FIRST_JOINING: char = '\u{300}';

impl<'t> Iterator for Letters<'t> {
    type Item = Letter<'t>;

    fn next(&mut self) -> Option<Letter<'t>> {
        let mut characters = self.rest.chars();
        let first = characters.next()?;
        let alone = first < FIRST_JOINING && characters.next().is_none_or(|next| next < FIRST_JOINING);
        let (bytes, columns) = if alone {
            (first.len_utf8(), usize::from(first != '\n'))
        } else {
            let letter = self.rest.graphemes(true).next()?;
            (letter.len(), letter.width())
        };
        let (text, rest) = self.rest.split_at_checked(bytes)?;
        let at = self.at;
        self.rest = rest;
        self.at += bytes;
        Some(Letter { at, text, columns })
    }
}

/// The rows of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rows(Vec<Row>);

/// The bytes of one row. Spaces a row ends in belong to it, however many they are; a line break belongs to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Rows {
    /// Breaks a text into rows of at most `width` columns, the spaces at their ends not counted.
    pub(super) fn of(text: &str, width: usize) -> Self {
        let width = width.max(2);
        let mut rows = Vec::new();
        let mut from = 0;
        for paragraph in text.split('\n') {
            let end = from + paragraph.len();
            let last = wrap(paragraph, from, width, &mut rows);
            rows.push(Row { from: last, to: end });
            from = end + 1;
        }
        Self(rows)
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, row: usize) -> Option<Row> {
        self.0.get(row).copied()
    }

    /// Returns the row a place is in; the place between two rows of a paragraph is the beginning of the second.
    pub(super) fn row_of(&self, place: usize) -> usize {
        self.0.partition_point(|row| row.from <= place).saturating_sub(1)
    }

    /// Returns how many columns stand before a place in its row.
    pub(super) fn column_of(&self, text: &str, place: usize) -> usize {
        let from = self.get(self.row_of(place)).map_or(0, |row| row.from);
        let before = text.get(from..place).unwrap_or_default();
        letters(before, from).map(|letter| letter.columns).sum()
    }

    /// Returns the place in a row that lies under a column: before the letter that stands there.
    pub(super) fn place_at(&self, text: &str, row: usize, column: usize) -> usize {
        let row = row.min(self.len().saturating_sub(1));
        let Some(Row { from, to }) = self.get(row) else {
            return 0;
        };
        let last = self.last_of(text, row);
        let mut at = 0;
        for letter in letters(text.get(from..to).unwrap_or_default(), from) {
            if at + letter.columns > column || letter.at >= last {
                return letter.at.min(last);
            }
            at += letter.columns;
        }
        last
    }

    /// Returns the last place that is still in a row: its end, or where the paragraph goes on below, the place
    /// before its last letter.
    pub(super) fn last_of(&self, text: &str, row: usize) -> usize {
        let Some(Row { from, to }) = self.get(row) else {
            return 0;
        };
        let goes_on = self.get(row + 1).is_some_and(|next| next.from == to);
        if !goes_on {
            return to;
        }
        let shown = text.get(from..to).unwrap_or_default();
        letters(shown, from).last().map_or(to, |letter| letter.at)
    }
}

/// Adds the full rows of a paragraph and returns where its last row begins.
fn wrap(paragraph: &str, start: usize, width: usize, rows: &mut Vec<Row>) -> usize {
    let mut from = start;
    let mut column = 0;
    // Where the row may end, and how many columns stand before.
    let mut gap: Option<(usize, usize)> = None;
    for letter in letters(paragraph, start) {
        if is_space(letter.text) {
            column += letter.columns;
            gap = Some((letter.end(), column));
            continue;
        }
        while column + letter.columns > width && letter.at > from {
            let (to, before) = gap.take().unwrap_or((letter.at, column));
            rows.push(Row { from, to });
            from = to;
            column -= before;
        }
        column += letter.columns;
        if matches!(letter.text, "-" | "–" | "—" | "/") {
            gap = Some((letter.end(), column));
        }
    }
    from
}

fn is_space(letter: &str) -> bool {
    letter
        .chars()
        .all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{Rows, letters};
    use crate::domain::clean_text::CleanText;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let rows = Rows::of(text, width);
        rows.0
            .iter()
            .map(|row| text.get(row.from..row.to).unwrap())
            .collect()
    }

    #[test]
    fn rows_break_between_words_and_keep_their_punctuation() {
        assert_eq!(rows("Skriv fritt, så lenge", 12), ["Skriv fritt, ", "så lenge"]);
        assert_eq!(rows("Han sa «hei».", 7), ["Han sa ", "«hei»."]);
        assert_eq!(rows("a-b-c-d", 4), ["a-b-", "c-d"]);
    }

    #[test]
    fn a_word_longer_than_a_row_breaks_between_letters() {
        assert_eq!(rows("x helsetjenesten", 10), ["x ", "helsetjene", "sten"]);
        assert_eq!(
            rows("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        assert_eq!(rows("日本語", 5), ["日本", "語"]);
    }

    #[test]
    fn typed_breaks_and_empty_lines_stay() {
        assert_eq!(rows("a\n\nb\n", 10), ["a", "", "b", ""]);
        assert_eq!(rows("", 10), [""]);
    }

    #[test]
    fn spaces_at_the_end_of_a_row_hang_there() {
        assert_eq!(rows("ab     cd", 4), ["ab     ", "cd"]);
    }

    #[test]
    fn up_and_down_keep_the_column_and_stay_in_the_row() {
        let text = "Skriv fritt, så lenge";
        let rows = Rows::of(text, 12);
        let place = rows.place_at(text, 0, 40);
        assert_eq!((text.get(place..=place), rows.row_of(place)), (Some(" "), 0));
        assert_eq!(rows.place_at(text, 1, 0), text.find("så").unwrap());
        assert_eq!(rows.column_of(text, text.find("å").unwrap()), 1);
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_row_and_no_row_is_too_wide(raw in "[a-zæøå ,.-]{0,80}|\\PC{0,40}", width in 2_usize..40) {
            let text = CleanText::block(&raw).to_string();
            let found = Rows::of(&text, width);
            let mut at = 0;
            for row in &found.0 {
                let broken = text.as_bytes().get(at) == Some(&b'\n') && row.from == at + 1;
                prop_assert!(row.from == at || broken);
                let shown = text.get(row.from..row.to).unwrap().trim_end();
                let wide: usize = letters(shown, 0).map(|letter| letter.columns).sum();
                prop_assert!(wide <= width || letters(shown, 0).count() == 1, "{shown:?}");
                at = row.to;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn a_letter_is_what_the_standard_says(raw in any::<String>()) {
            use unicode_segmentation::UnicodeSegmentation;
            let text = CleanText::block(&raw).to_string();
            let ours: Vec<&str> = letters(&text, 0).map(|letter| letter.text).collect();
            prop_assert_eq!(ours, text.graphemes(true).collect::<Vec<_>>());
        }
    }
}
