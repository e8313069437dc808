//! From the bytes of a cell to a code.
//!
//! Codes of one byte are a table; those of up to seven bytes are found by one multiplication; what is longer, or is
//! written in other letters, is looked up in order. Text is known in UTF-8 and in the encoding Norwegian Excel writes.

use std::collections::BTreeMap;

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
        self.folded.entry(word.to_lowercase()).or_insert(code);
        // A whole number in a column with empty cells is a decimal number to some programs.
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
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
        let text = String::from_utf8_lossy(trimmed);
        self.folded
            .get(&text.trim().to_lowercase())
            .copied()
            .unwrap_or(NONE)
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
    let cell = cell.trim_ascii();
    let cell = cell.strip_prefix("\u{a0}".as_bytes()).unwrap_or(cell);
    cell.strip_suffix("\u{a0}".as_bytes())
        .unwrap_or(cell)
        .trim_ascii()
}

/// Returns a text as Windows-1252, which Norwegian Excel writes unless asked otherwise; `None` when it is the same in
/// UTF-8 or cannot be written so.
fn windows_1252(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    text.chars().map(windows_1252_byte).collect()
}

fn windows_1252_byte(letter: char) -> Option<u8> {
    Some(match letter {
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        '\u{2018}' => 0x91,
        '\u{2019}' => 0x92,
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        '\u{2026}' => 0x85,
        '\u{20ac}' => 0x80,
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(letter)).ok()?,
        _ => return None,
    })
}

/// Returns the text of bytes in UTF-8, else in Windows-1252.
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| letter(*byte)).collect(),
    }
}

fn letter(byte: u8) -> char {
    match byte {
        0x80 => '\u{20ac}',
        0x85 => '\u{2026}',
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201c}',
        0x94 => '\u{201d}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        0x81..=0x9f => char::REPLACEMENT_CHARACTER,
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::{Gathering, NONE};

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
    fn no_words_know_nothing() {
        let known = Gathering::default().words(0);
        assert_eq!(
            (known.of(b"a"), known.of(b"abc"), known.of(b"abcdefghi")),
            (NONE, NONE, NONE)
        );
    }
}
