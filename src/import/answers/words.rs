//! From the bytes of a cell to a code.
//!
//! Codes of one byte are a table; those of up to seven bytes are found by one multiplication; what is longer, or is
//! written in other letters, is looked up in order. Text is known in UTF-8 and in the encoding Norwegian Excel writes.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// No code: the cell is none of these words.
pub(super) const NONE: u16 = u16::MAX;
/// The longest cell that fits into a key, beside its length.
const SHORT: usize = 7;

/// The words of one column.
#[derive(Clone, Debug)]
pub(super) struct Words {
    one: [u16; 256],
    short: Vec<(u64, u16)>,
    shift: u32,
    long: BTreeMap<Box<[u8]>, u16>,
    folded: BTreeMap<String, u16>,
    empty: u16,
}

/// Words being gathered: the first meaning a word gets stays.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    exact: BTreeMap<Vec<u8>, u16>,
    folded: BTreeMap<String, u16>,
}

impl Gathering {
    /// Adds a word, as it is written and as other programs write it.
    pub(super) fn add(&mut self, word: &str, code: u16) {
        if word.is_empty() {
            return;
        }
        self.exact.entry(word.as_bytes().to_vec()).or_insert(code);
        if let Some(bytes) = windows_1252(word) {
            self.exact.entry(bytes).or_insert(code);
        }
        self.folded.entry(folded(word)).or_insert(code);
        // A whole number in a column with empty cells is a decimal number to some programs.
        let digits = word.strip_prefix('-').unwrap_or(word);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            for end in [".0", ",0"] {
                self.exact
                    .entry(format!("{word}{end}").into_bytes())
                    .or_insert(code);
            }
        }
    }

    /// Returns the words; an empty cell has this code.
    pub(super) fn words(self, empty: u16) -> Words {
        let mut one = [NONE; 256];
        let mut long = BTreeMap::new();
        let mut shorts = Vec::new();
        for (word, code) in self.exact {
            match word.as_slice() {
                [byte] => {
                    if let Some(place) = one.get_mut(usize::from(*byte)) {
                        *place = code;
                    }
                }
                short if short.len() <= SHORT => shorts.push((key(short), code)),
                _ => {
                    long.insert(word.into_boxed_slice(), code);
                }
            }
        }
        let size = (shorts.len() * 4).next_power_of_two();
        let mut words = Words {
            one,
            short: vec![(0, NONE); size],
            shift: 64 - size.trailing_zeros().max(1),
            long,
            folded: self.folded,
            empty,
        };
        if size == 1 {
            words.short.resize(2, (0, NONE));
        }
        for (key, code) in shorts {
            words.put(key, code);
        }
        words
    }
}

impl Words {
    /// Returns the code of a cell of one byte.
    pub(super) fn of_one(&self, byte: u8) -> u16 {
        self.one.get(usize::from(byte)).copied().unwrap_or(NONE)
    }

    /// Returns the code of a cell exactly as it stands.
    pub(super) fn of(&self, cell: &[u8]) -> u16 {
        match cell {
            [] => self.empty,
            [byte] => self.of_one(*byte),
            short if short.len() <= SHORT => {
                let key = key(short);
                let mut at = self.at(key);
                while let Some((known, code)) = self.short.get(at) {
                    if *known == key || *known == 0 {
                        return *code;
                    }
                    at = (at + 1) % self.short.len();
                }
                NONE
            }
            long => self.long.get(long).copied().unwrap_or(NONE),
        }
    }

    /// Returns the code of a cell whatever white space is around it and however its letters are written.
    pub(super) fn of_any(&self, cell: &[u8]) -> u16 {
        let trimmed = trim(cell);
        let found = self.of(trimmed);
        if found != NONE {
            return found;
        }
        match folded(&text(trimmed)).as_str() {
            // Spaces of another encoding.
            "" => self.empty,
            known => self.folded.get(known).copied().unwrap_or(NONE),
        }
    }

    fn put(&mut self, key: u64, code: u16) {
        let mut at = self.at(key);
        let size = self.short.len();
        while let Some(place) = self.short.get_mut(at) {
            if place.0 == 0 {
                *place = (key, code);
                return;
            }
            at = (at + 1) % size;
        }
    }

    fn at(&self, key: u64) -> usize {
        let spread = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        usize::try_from(spread).unwrap_or(0)
    }
}

/// Returns a short cell and its length as one number; never 0.
fn key(short: &[u8]) -> u64 {
    let bytes = short
        .iter()
        .rev()
        .fold(0, |key, byte| key << 8 | u64::from(*byte));
    bytes << 8 | short.len() as u64
}

/// Returns a cell without the white space around it.
pub(super) fn trim(cell: &[u8]) -> &[u8] {
    // Some programs pad with spaces that do not break.
    let no_break = "\u{a0}".as_bytes();
    let mut cell = cell.trim_ascii();
    while let Some(rest) = cell
        .strip_prefix(no_break)
        .or_else(|| cell.strip_suffix(no_break))
    {
        cell = rest.trim_ascii();
    }
    cell
}

/// Returns a text as it is compared: letters put together and small, one space where any white space stands.
pub(super) fn folded(text: &str) -> String {
    let small = text.nfc().collect::<String>().to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

/// Returns a text as Windows-1252, which Norwegian Excel writes unless asked otherwise; `None` when it is the same in
/// UTF-8 or cannot be written so.
fn windows_1252(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    text.chars().map(windows_1252_byte).collect()
}

/// What Windows-1252 has from 0x80 to 0x9f; five of them are nothing.
const BETWEEN: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
    '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

fn windows_1252_byte(letter: char) -> Option<u8> {
    match letter {
        char::REPLACEMENT_CHARACTER => None,
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(letter)).ok(),
        _ => {
            let place = BETWEEN.iter().position(|known| *known == letter)?;
            Some(0x80 + u8::try_from(place).ok()?)
        }
    }
}

/// Returns the text of bytes in UTF-8, else in Windows-1252.
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| letter(*byte)).collect(),
    }
}

fn letter(byte: u8) -> char {
    let between = byte
        .checked_sub(0x80)
        .and_then(|place| BETWEEN.get(usize::from(place)));
    between.copied().unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{Gathering, NONE, text, trim, windows_1252};

    #[test]
    fn a_word_is_found_in_any_length_and_encoding() {
        let mut gathering = Gathering::default();
        let words = ["1", "ja", "nei", "b3_11", "svært fornøyd", "Å", "7654321"];
        for (code, word) in (0..).zip(words) {
            gathering.add(word, code);
        }
        gathering.add("ja", 99);
        let known = gathering.words(50);
        for (code, word) in (0..).zip(words) {
            assert_eq!(known.of(word.as_bytes()), code, "{word}");
            assert_eq!(
                known.of_any(format!(" {} ", word.to_uppercase()).as_bytes()),
                code,
                "{word}"
            );
        }
        assert_eq!(known.of(b"sv\xe6rt forn\xf8yd"), 4);
        assert_eq!(known.of(b"\xc5"), 5);
        assert_eq!(
            (known.of(b""), known.of(b"1.0"), known.of(b"7654321,0")),
            (50, 0, 6)
        );
        for other in ["2", "jo", "neida", "b3_1", "svært misfornøyd", "11"] {
            assert_eq!(known.of_any(other.as_bytes()), NONE, "{other}");
        }
    }

    #[test]
    fn other_letter_cases_and_spaces_are_the_same_word_in_every_encoding() {
        let words = [
            "Så som så",
            "Svært mye",
            "Áššu – čájeha",
            "Ikke\u{a0}aktuelt",
            "Ærlig talt …",
        ];
        let mut gathering = Gathering::default();
        for (code, word) in (0..).zip(words) {
            gathering.add(word, code);
        }
        let known = gathering.words(50);
        for (code, word) in (0..).zip(words) {
            let taken_apart: String = word.to_uppercase().nfd().collect();
            assert_eq!(known.of_any(taken_apart.as_bytes()), code, "{word}");
            let spaced = word.replace(' ', "\u{a0}\u{202f} ");
            assert_eq!(known.of_any(spaced.as_bytes()), code, "{word}");
            if let Some(bytes) = windows_1252(&word.to_uppercase()) {
                assert_eq!(known.of_any(&bytes), code, "{word}");
                assert_eq!(text(&bytes), word.to_uppercase());
                let wide: Vec<u8> = bytes
                    .iter()
                    .map(|byte| if *byte == b' ' { 0xa0 } else { *byte })
                    .collect();
                assert_eq!(known.of_any(&wide), code, "{word}");
            }
        }
        assert_eq!(windows_1252("č"), None, "no letter of it");
        assert_eq!(
            (known.of_any(b"\xa0"), known.of_any(" \u{a0}\u{a0} ".as_bytes())),
            (50, 50)
        );
        assert_eq!(trim("\u{a0} 12\u{a0}\u{a0}".as_bytes()), b"12");
    }

    #[test]
    fn no_words_know_nothing() {
        let known = Gathering::default().words(0);
        assert_eq!(
            (known.of(b"a"), known.of(b"abc"), known.of(b"abcdefghi")),
            (NONE, NONE, NONE)
        );
    }
}
