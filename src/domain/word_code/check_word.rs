//! The check word of a withdrawal code.
//!
//! Words are numbers of 11 bits, read as members of the field GF(2^11) with the polynomial x^11 + x^2 + 1. For the
//! words a, b, c and the check word d: x^3 a + x^2 b + x c + d = 0. The factors x^3, x^2, x, 1 are different and not
//! 0, so that one wrong word is always noticed (a factor times the difference is not 0), and so are two words that
//! changed places (the difference of their factors times the difference of the words is not 0). Any other mistake
//! is noticed 2,047 times in 2,048. Source: weighted check digits over a field, Verhoeff, "Error detecting decimal
//! codes", Mathematical Centre Tracts 29, 1969.

use super::list::{BITS, Word};

/// The polynomial, x^11 + x^2 + 1, which is primitive.
const POLYNOMIAL: u16 = 1 << BITS | 0b101;

/// Returns the check word of three words.
pub(super) const fn of(words: [Word; 3]) -> Word {
    let [a, b, c] = words;
    // Horner: ((a x + b) x + c) x.
    let sum = times_x(a.number()) ^ b.number();
    let sum = times_x(sum) ^ c.number();
    Word::from_number(times_x(sum))
}

const fn times_x(member: u16) -> u16 {
    let shifted = member << 1;
    if shifted >> BITS & 1 == 1 {
        shifted ^ POLYNOMIAL
    } else {
        shifted
    }
}

#[cfg(test)]
mod tests {
    use super::times_x;
    use crate::domain::order::SplitMix64;
    use crate::domain::word_code::list::WORDS;
    use crate::domain::word_code::{NotACode, WithdrawalCode, Word};

    fn codes() -> impl Iterator<Item = WithdrawalCode> {
        let mut random = SplitMix64::new(1);
        (0..50).map(move |_| {
            let [a, b, c, d, e, f, ..] = random.next_u64().to_le_bytes();
            WithdrawalCode::from_random([a, b, c, d, e, f])
        })
    }

    fn is_refused(words: [&str; 4]) -> bool {
        WithdrawalCode::read(&words.join(" ")) == Err(NotACode::Check)
    }

    #[test]
    fn any_single_wrong_word_is_noticed() {
        let code = WithdrawalCode::from_random([1, 2, 3, 4, 5, 6]).words();
        for place in 0..4 {
            for number in 0..WORDS {
                let mut wrong = code;
                wrong[place] = Word::from_number(number).text();
                assert!(wrong == code || is_refused(wrong), "{number} at {place}");
            }
        }
    }

    #[test]
    fn any_two_words_that_changed_places_are_noticed() {
        for code in codes() {
            let words = code.words();
            for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                let mut swapped = words;
                swapped.swap(a, b);
                assert!(words[a] == words[b] || is_refused(swapped), "{words:?}");
            }
        }
    }

    #[test]
    fn the_polynomial_is_primitive() {
        let mut member = 1;
        let mut order = 0;
        loop {
            member = times_x(member);
            order += 1;
            if member == 1 {
                break;
            }
        }
        assert_eq!(order, 2047);
    }

    #[test]
    fn the_code_of_some_words_stays_what_it_is() {
        // Codes stand on cards: a change here would make them worthless.
        let code = WithdrawalCode::from_random([0, 1, 0, 2, 0, 3]);
        insta::assert_snapshot!(code.text().as_str(), @"bunad-flygel-jaktlag-sender");
    }
}
