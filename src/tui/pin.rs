//! The PIN that brings a hidden screen back.
//!
//! It locks the screen and protects no file: what is kept is locked with the laptop code or a passphrase whether
//! there is a PIN or not. So it is never written anywhere, holds until the program ends, and who forgets it gets on
//! with what opens a draft.

use zeroize::Zeroizing;

/// How many digits there may be.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=6;

/// Four to six digits.
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// Returns the PIN, where what was typed can be one.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let fits = DIGITS.contains(&typed.len()) && typed.bytes().all(|c| c.is_ascii_digit());
        fits.then(|| Self(Zeroizing::new(typed.to_owned())))
    }

    /// Returns whether these are its digits.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        *self.0 == typed
    }
}

#[cfg(test)]
mod tests {
    use super::Pin;

    #[test]
    fn four_to_six_digits_are_a_pin_and_nothing_else_is() {
        for good in ["0000", "12345", "987654"] {
            assert!(Pin::new(good).is_some_and(|pin| pin.is(good)), "{good}");
        }
        for bad in ["", "123", "1234567", "12a4", "１２３４", " 1234"] {
            assert!(Pin::new(bad).is_none(), "{bad}");
        }
        assert!(!Pin::new("1234").unwrap().is("12345"));
    }
}
