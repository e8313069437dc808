//! The one font of the pictures: how wide words are, where a line breaks, and the outlines of letters.
//!
//! Open Sans stands in the program, so that a picture is the same on every machine; its licence lies beside it.

use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec;
use ttf_parser::{Face, OutlineBuilder};

/// As the build packed it, unpacked for the first picture.
static OPEN_SANS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/OpenSans-Regular.deflate"));
    decompress_to_vec(packed).unwrap_or_default()
});

/// A letter without an outline of its own takes this much of the size.
const UNKNOWN_WIDTH: i32 = 600;
const PER_SIZE: i32 = 1000;

/// The font, ready to measure.
pub(in crate::report) struct Font {
    face: Option<Face<'static>>,
}

impl Font {
    /// Opens the font that stands in the program.
    pub(in crate::report) fn new() -> Self {
        Self {
            face: Face::parse(&OPEN_SANS, 0).ok(),
        }
    }

    /// How wide the words are, in the unit of `size`, the height of the letters.
    pub(in crate::report) fn width(&self, words: &str, size: i32) -> i32 {
        words.chars().map(|c| self.advance(c, size)).sum()
    }

    /// How far one letter moves on.
    pub(in crate::report) fn advance(&self, letter: char, size: i32) -> i32 {
        let known = self.face.as_ref().and_then(|face| {
            let glyph = face.glyph_index(letter)?;
            let width = i32::from(face.glyph_hor_advance(glyph)?);
            Some(width * size / i32::from(face.units_per_em()))
        });
        known.unwrap_or(size * UNKNOWN_WIDTH / PER_SIZE)
    }

    /// How many units of the font are one size.
    pub(in crate::report) fn units(&self) -> u16 {
        self.face.as_ref().map_or(1, Face::units_per_em)
    }

    /// Draws the outline of a letter in units of the font; a letter it does not have is an empty box.
    pub(in crate::report) fn outline(&self, letter: char, into: &mut dyn OutlineBuilder) {
        if let Some(face) = &self.face {
            let glyph = face.glyph_index(letter).unwrap_or_default();
            // A space has no outline.
            let _ = face.outline_glyph(glyph, into);
        }
    }

    /// Breaks words into at most `most` lines no wider than `width`; what does not fit ends in "…".
    pub(in crate::report) fn wrapped(&self, words: &str, size: i32, width: i32, most: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in words.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            for piece in self.pieces(word, size, width) {
                let room = lines.last().is_some_and(|line| {
                    line.is_empty()
                        || self.width(line, size) + self.width(" ", size) + self.width(&piece, size) <= width
                });
                if !room {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(&piece);
                }
            }
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(line) = lines.last_mut() {
                while !line.is_empty() && self.width(line, size) + self.width("…", size) > width {
                    line.pop();
                }
                line.push('…');
            }
        }
        lines
    }

    /// Cuts a word that is wider than a line.
    fn pieces(&self, word: &str, size: i32, width: i32) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let full = pieces.last().is_some_and(|piece| {
                !piece.is_empty() && self.width(piece, size) + self.advance(letter, size) > width
            });
            if full {
                pieces.push(String::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(letter);
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::Font;

    #[test]
    fn the_font_has_the_letters_of_norwegian_and_sami_and_the_signs_of_charts() {
        let font = Font::new();
        let face = font.face.as_ref().unwrap();
        for letter in "æøåÆØÅáčđŋšŧž«»“”‘’–−±≤≥%…\u{a0}".chars() {
            assert!(face.glyph_index(letter).is_some(), "{letter}");
        }
    }

    #[test]
    fn digits_are_equally_wide() {
        let font = Font::new();
        let mut widths: Vec<i32> = ('0'..='9').map(|digit| font.advance(digit, 1000)).collect();
        widths.dedup();
        assert_eq!(widths.len(), 1);
    }

    #[test]
    fn lines_break_between_words_and_the_last_one_says_that_something_is_left_out() {
        let font = Font::new();
        let width = font.width("tatt på", 120);
        assert_eq!(font.wrapped("tatt på alvor", 120, width, 9), ["tatt på", "alvor"]);
        assert!(
            font.wrapped("tatt på alvor", 120, width, 1)
                .concat()
                .ends_with('…')
        );
        let long = font.wrapped(&"a".repeat(100), 120, width, 99);
        assert!(long.len() > 1 && long.iter().all(|line| font.width(line, 120) <= width));
    }
}
