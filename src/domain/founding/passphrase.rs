//! How well a passphrase protects, as far as its shape tells.

/// The fewest characters of a passphrase.
pub const LEAST_PASSPHRASE: usize = 12;
/// Fewer words than this are worth a piece of advice.
const FEW_WORDS: usize = 4;
/// Fewer different characters than this are guessed at once.
const FEW_CHARACTERS: usize = 6;

/// How well a passphrase protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Not accepted: fewer than [`LEAST_PASSPHRASE`] characters.
    TooShort,
    /// Not accepted: the same few characters over and over.
    TooSimple,
    /// Accepted, with the advice to take more words.
    FewWords,
    /// Four words or more.
    Good,
}

impl Strength {
    /// Returns how well a passphrase protects. Words are what counts: four that somebody drew at random are out of
    /// reach, and can be remembered.
    #[must_use]
    pub fn of(passphrase: &str) -> Self {
        let characters: std::collections::BTreeSet<char> =
            passphrase.chars().filter(|c| !c.is_whitespace()).collect();
        if passphrase.chars().count() < LEAST_PASSPHRASE {
            Self::TooShort
        } else if characters.len() < FEW_CHARACTERS {
            Self::TooSimple
        } else if passphrase.split_whitespace().count() < FEW_WORDS {
            Self::FewWords
        } else {
            Self::Good
        }
    }

    /// Returns whether it is accepted.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::FewWords | Self::Good)
    }
}

#[cfg(test)]
mod tests {
    use super::Strength;

    #[test]
    fn four_words_are_good_fewer_get_advice_and_short_or_simple_ones_are_refused() {
        assert_eq!(Strength::of("hest batteri stift korrekt"), Strength::Good);
        assert_eq!(Strength::of("hestbatteristift"), Strength::FewWords);
        assert_eq!(Strength::of("hest og ku"), Strength::TooShort);
        assert_eq!(Strength::of("1111 1111 1111 1111"), Strength::TooSimple);
        assert!(Strength::FewWords.is_accepted() && !Strength::TooSimple.is_accepted());
    }
}
