//! The 2,048 words.
//!
//! The rules: three to seven letters, a to z only, so that no keyboard and no alphabet is in the way; no two words
//! begin with the same four letters, so that four are enough; one mistyped letter never makes another word of the
//! list; every word is spelled the same in bokmål and in nynorsk; no names, no illness, nothing that hurts to be
//! read to somebody who has had a hard time. The first rules are tested; the words were read for the others, and
//! were looked up in a bokmål and a nynorsk word list.
//!
//! The list never changes: codes made of it stand on cards.

use std::fmt;
use std::sync::LazyLock;

/// How many words there are.
pub const WORDS: u16 = 1 << BITS;
/// Bits that a word stands for.
pub const BITS: usize = 11;
/// So many letters are enough to know a word.
const ENOUGH: usize = 4;
/// A word may have been another one when at most so many letters differ.
const NEAR: usize = 2;
/// The most words that are suggested.
const SUGGESTIONS: usize = 3;

/// The words in alphabetical order: the place is the number.
static LIST: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("words.txt").lines().collect());

/// One word of the list. `Debug` shows nothing: it may be part of somebody's code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Word(u16);

impl Word {
    /// Returns the word with this number; bits beyond the list do not count.
    #[must_use]
    pub const fn from_number(number: u16) -> Self {
        Self(number % WORDS)
    }

    pub(super) const fn from_random(bytes: [u8; 2]) -> Self {
        Self::from_number(u16::from_le_bytes(bytes))
    }

    pub(super) const fn number(self) -> u16 {
        self.0
    }

    /// Returns the word.
    #[must_use]
    pub fn text(self) -> &'static str {
        LIST.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Reads a word in small letters: the whole word, or so much of its beginning that it can be no other.
    ///
    /// # Errors
    /// The words it may have been.
    pub(super) fn read(typed: &str) -> Result<Self, Vec<Self>> {
        let found = match LIST.binary_search(&typed) {
            Ok(place) => Some(place),
            // Words that begin with what was typed come right behind the place where it would stand.
            Err(place) => LIST
                .get(place)
                .filter(|word| typed.len() >= ENOUGH && word.starts_with(typed))
                .map(|_| place),
        };
        found.and_then(Self::at).ok_or_else(|| perhaps(typed))
    }

    fn at(place: usize) -> Option<Self> {
        u16::try_from(place).ok().map(Self)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Word(..)")
    }
}

/// Words that are nearly what was typed, the nearest first; of those equally near, those that begin alike.
fn perhaps(typed: &str) -> Vec<Word> {
    let alike = |word: &str| {
        word.chars()
            .zip(typed.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let mut near: Vec<(usize, usize, usize)> = LIST
        .iter()
        .enumerate()
        .map(|(place, word)| (strsim::osa_distance(word, typed), alike(word), place))
        .filter(|(distance, ..)| *distance <= NEAR)
        .collect();
    near.sort_by_key(|(distance, alike, place)| (*distance, std::cmp::Reverse(*alike), *place));
    near.into_iter()
        .take(SUGGESTIONS)
        .filter_map(|(.., place)| Word::at(place))
        .collect()
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the words are ASCII, as the tests say")]
mod tests {
    use std::collections::BTreeSet;

    use super::{LIST, WORDS, Word};

    #[test]
    fn there_are_2048_words_in_order_each_once() {
        assert_eq!(LIST.len(), usize::from(WORDS));
        assert!(LIST.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_word_has_three_to_seven_letters_of_the_english_alphabet() {
        for word in LIST.iter() {
            assert!((3..=7).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|letter| letter.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn four_letters_are_enough_to_know_a_word() {
        let beginnings: BTreeSet<&str> = LIST.iter().map(|word| &word[..word.len().min(4)]).collect();
        assert_eq!(beginnings.len(), LIST.len());
        for (place, word) in LIST.iter().enumerate() {
            let read = Word::read(&word[..word.len().min(4)]);
            assert_eq!(read, Ok(Word::at(place).unwrap()), "{word}");
        }
    }

    #[test]
    fn one_mistyped_letter_never_makes_another_word() {
        let words: BTreeSet<&str> = LIST.iter().copied().collect();
        for word in LIST.iter() {
            for place in 0..word.len() {
                let (before, after) = (&word[..place], &word[place + 1..]);
                assert!(!words.contains(format!("{before}{after}").as_str()), "{word}");
                for letter in b'a'..=b'z' {
                    let other = format!("{before}{}{after}", char::from(letter));
                    assert!(
                        other == *word || !words.contains(other.as_str()),
                        "{word} {other}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_list_stays_what_it_is() {
        let sum = crc32fast::hash(include_str!("words.txt").as_bytes());
        assert_eq!(sum, 383_252_832, "codes on cards are made of these very words");
    }

    #[test]
    fn less_than_four_letters_are_not_guessed_from() {
        assert!(Word::read("fje").is_err());
        assert!(Word::read("fjel").is_ok());
        assert!(Word::read("").is_err());
    }
}
