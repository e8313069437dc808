//! Codes that people say aloud, write on a card and type back: a few words out of 2,048.
//!
//! | code | words | what |
//! |---|---|---|
//! | withdrawal code | 3 random, 1 check | takes a person's answers out afterwards |
//! | laptop code | 4 random | goes on with a draft on one laptop |
//! | fingerprint | 6 | stands for a public key, so that two people can compare it |
//!
//! Typing is forgiving ([`read`]): capitals, spaces, hyphens and commas do not matter, the first four letters of a
//! word are enough, and a word that is not in the list comes back with the words it may have been.

use std::fmt;

use zeroize::Zeroizing;

pub mod check_word;
pub mod list;

pub use list::Word;

/// What is shown between the words of a code.
const BETWEEN: &str = "-";

/// Why a typed code is not taken. `Debug` shows nothing that was typed.
#[derive(Clone, PartialEq, Eq)]
pub enum NotACode {
    /// Too few or too many words.
    Count {
        /// How many there are.
        found: usize,
        /// How many there must be.
        wanted: usize,
    },
    /// A word that is not in the list.
    Unknown {
        /// Which, from 1.
        place: usize,
        /// Words it may have been, the likeliest first; at most three.
        perhaps: Vec<Word>,
    },
    /// Every word is in the list, and they do not belong together: one is wrong, or two changed places.
    Check,
}

impl fmt::Debug for NotACode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { found, wanted } => write!(f, "Count({found} of {wanted})"),
            Self::Unknown { place, .. } => write!(f, "Unknown({place})"),
            Self::Check => f.write_str("Check"),
        }
    }
}

/// The code that takes a person's answers out: three random words and a check word. `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct WithdrawalCode([Word; 4]);

/// The code of one laptop: four random words. `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct LaptopCode([Word; 4]);

impl WithdrawalCode {
    /// How many random bytes a code takes.
    pub const RANDOM_BYTES: usize = 6;

    /// Makes a code of random bytes: 33 bits of them count.
    #[must_use]
    pub const fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        let [a, b, c, d, e, f] = bytes;
        Self::with_check([
            Word::from_random([a, b]),
            Word::from_random([c, d]),
            Word::from_random([e, f]),
        ])
    }

    const fn with_check(words: [Word; 3]) -> Self {
        let [first, second, third] = words;
        Self([first, second, third, check_word::of(words)])
    }

    /// Reads a code as it was typed.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn read(typed: &str) -> Result<Self, NotACode> {
        let [first, second, third, check] = read(typed)?;
        let code = Self::with_check([first, second, third]);
        let Self([.., expected]) = code;
        if check == expected {
            Ok(code)
        } else {
            Err(NotACode::Check)
        }
    }

    /// Returns the code as it is written on the card, `fjell-kopp-lys-...`. For the screen that shows it, and for
    /// hashing.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        text(&self.0)
    }

    /// Returns the words.
    #[must_use]
    pub fn words(&self) -> [&'static str; 4] {
        self.0.map(Word::text)
    }
}

impl LaptopCode {
    /// How many random bytes a code takes.
    pub const RANDOM_BYTES: usize = 8;

    /// Makes a code of random bytes: 44 bits of them count.
    #[must_use]
    pub const fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        let [a, b, c, d, e, f, g, h] = bytes;
        Self([
            Word::from_random([a, b]),
            Word::from_random([c, d]),
            Word::from_random([e, f]),
            Word::from_random([g, h]),
        ])
    }

    /// Reads a code as it was typed.
    ///
    /// # Errors
    /// [`NotACode`]; whether it is the right one, only the key it wraps can tell.
    pub fn read(typed: &str) -> Result<Self, NotACode> {
        read(typed).map(Self)
    }

    /// Returns the code as it stands on the card. This text is the passphrase of the laptop's key.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        text(&self.0)
    }

    /// Returns the words.
    #[must_use]
    pub fn words(&self) -> [&'static str; 4] {
        self.0.map(Word::text)
    }
}

impl fmt::Debug for WithdrawalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithdrawalCode(..)")
    }
}

impl fmt::Debug for LaptopCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LaptopCode(..)")
    }
}

/// Returns the six words of a fingerprint: the first 66 bits of a hash, 11 bits a word, the highest first.
#[must_use]
pub fn fingerprint(hash: &[u8; 32]) -> [&'static str; 6] {
    let mut bits = hash
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    [(); 6].map(|()| {
        let number = bits
            .by_ref()
            .take(list::BITS)
            .fold(0, |number, bit| number << 1 | u16::from(bit));
        Word::from_number(number).text()
    })
}

/// Reads `N` words as they were typed.
///
/// # Errors
/// [`NotACode::Count`] or [`NotACode::Unknown`].
pub fn read<const N: usize>(typed: &str) -> Result<[Word; N], NotACode> {
    let tokens: Vec<Zeroizing<String>> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(|token| Zeroizing::new(token.to_lowercase()))
        .collect();
    let words: Vec<Result<Word, Vec<Word>>> = tokens.iter().map(|token| Word::read(token)).collect();
    // A word that is not in the list is told before a count that is wrong: "fjellkopp" is one word too few.
    if let Some((place, Err(perhaps))) = words.iter().enumerate().find(|(_, word)| word.is_err()) {
        return Err(NotACode::Unknown {
            place: place + 1,
            perhaps: perhaps.clone(),
        });
    }
    let words: Vec<Word> = words.into_iter().flatten().collect();
    let found = words.len();
    words.try_into().map_err(|_| NotACode::Count { found, wanted: N })
}

fn text(words: &[Word]) -> Zeroizing<String> {
    let words: Vec<&str> = words.iter().map(|word| word.text()).collect();
    Zeroizing::new(words.join(BETWEEN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{LaptopCode, NotACode, WithdrawalCode, fingerprint, list};

    fn code() -> WithdrawalCode {
        WithdrawalCode::from_random([1, 2, 3, 4, 5, 6])
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let words = code().words();
        let first_four = words.map(|word| word.chars().take(4).collect::<String>());
        for typed in [
            code().text().to_string(),
            words.join(" "),
            words.join(" - ").to_uppercase(),
            format!("  {}.\n", words.join(", ")),
            first_four.join("–"),
        ] {
            assert_eq!(WithdrawalCode::read(&typed), Ok(code()), "{typed}");
        }
    }

    #[test]
    fn a_word_that_is_not_in_the_list_comes_back_with_what_it_may_have_been() {
        let read = LaptopCode::read("fjell kopp lus blomst");
        let Err(NotACode::Unknown { place, perhaps }) = read else {
            panic!("{read:?}");
        };
        assert_eq!(place, 3);
        assert!(perhaps.iter().any(|word| word.text() == "lys"));
        let nothing = LaptopCode::read("fjell kopp lys qqqqqqq");
        let unknown = NotACode::Unknown {
            place: 4,
            perhaps: Vec::new(),
        };
        assert_eq!(nothing, Err(unknown));
    }

    #[test]
    fn too_few_and_too_many_words_are_counted() {
        for (typed, found) in [("", 0), ("fjell kopp lys", 3), ("fjell kopp lys fjord fjell", 5)] {
            assert_eq!(
                WithdrawalCode::read(typed),
                Err(NotACode::Count { found, wanted: 4 })
            );
        }
    }

    #[test]
    fn two_words_run_together_are_not_taken_for_the_first() {
        let read = WithdrawalCode::read("fjellkopp lys fjord fjell");
        assert!(matches!(read, Err(NotACode::Unknown { place: 1, .. })));
    }

    #[test]
    fn debug_shows_neither_code_nor_what_was_typed() {
        let words = code().words();
        let shown = format!(
            "{:?} {:?} {:?}",
            code(),
            LaptopCode::from_random([7; 8]),
            LaptopCode::read("fjell kopp lus blomst")
        );
        for word in words.iter().copied().chain(["fjell", "lys", "lus"]) {
            assert!(!shown.contains(word), "{shown}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_first_66_bits() {
        let words = |numbers: [u16; 6]| numbers.map(|number| list::Word::from_number(number).text());
        assert_eq!(fingerprint(&[0; 32]), words([0; 6]));
        assert_eq!(fingerprint(&[255; 32]), words([2047; 6]));
        let mut one = [0; 32];
        one[1] = 0b0010_0000;
        assert_eq!(fingerprint(&one), words([1, 0, 0, 0, 0, 0]));
        let mut last = [0; 32];
        last[8] = 0b0100_0000;
        assert_eq!(fingerprint(&last), words([0, 0, 0, 0, 0, 1]));
        let mut beyond = [0; 32];
        beyond[8] = 0b0010_0000;
        assert_eq!(fingerprint(&beyond), words([0; 6]));
    }

    proptest! {
        #[test]
        fn every_code_reads_back(bytes in any::<[u8; 8]>()) {
            let laptop = LaptopCode::from_random(bytes);
            prop_assert_eq!(LaptopCode::read(&laptop.text()), Ok(laptop));
            let [a, b, c, d, e, f, ..] = bytes;
            let code = WithdrawalCode::from_random([a, b, c, d, e, f]);
            prop_assert_eq!(WithdrawalCode::read(&code.text()), Ok(code));
        }
    }
}
