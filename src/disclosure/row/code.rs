//! What a count may look like in print, and which counts tell too much.
//!
//! Both are fixed, public functions of the count and two public sizes; nothing here looks at other counts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The two public sizes that decide how every count of a row is printed: its people and the threshold k.
///
/// Made only where at least 2k + 1 people answered: below that "k or fewer" and "n - k or more" would overlap, and
/// a row prints nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coding {
    people: u32,
    threshold: u32,
    /// Counts up to this are coded, normally k.
    low: u32,
    /// Counts from this on are coded, normally n - k.
    high: u32,
}

/// A count as it is printed. Holds the number only where the number is printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// "k eller færre": 0 to k.
    AtMost(u32),
    /// The count itself, more than k and fewer than n - k.
    Exact(u32),
    /// "n - k eller flere": n - k to n.
    AtLeast(u32),
}

/// Shows what is printed, which is public.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(bound) => write!(f, "..={bound}"),
            Self::Exact(count) => write!(f, "{count}"),
            Self::AtLeast(bound) => write!(f, "{bound}.."),
        }
    }
}

impl Coding {
    /// Returns the coding of a row of `people` at threshold `threshold`; `None` below 2k + 1 people.
    #[must_use]
    pub fn new(people: u32, threshold: u32) -> Option<Self> {
        let fewest = threshold.checked_mul(2)?.checked_add(1)?;
        (threshold >= 1 && people >= fewest).then_some(Self {
            people,
            threshold,
            low: threshold,
            high: people.saturating_sub(threshold),
        })
    }

    /// Returns the coding of a row that is also split by groups: the higher code begins one earlier, so that somebody
    /// who did not give the answer and is in another group cannot tell that too many of a group did. `None` below 2k + 3
    /// people, where [`Coding::of_side`] would overlap.
    #[must_use]
    pub fn beside_groups(people: u32, threshold: u32) -> Option<Self> {
        let usual = Self::new(people, threshold)?;
        let fewest = threshold.checked_mul(2)?.checked_add(3)?;
        (people >= fewest).then_some(Self {
            high: usual.high - 1,
            ..usual
        })
    }

    /// Returns the coding of a side of the cut into two beside groups: what is high of one side is low of the other.
    #[must_use]
    pub const fn of_side(self) -> Self {
        Self {
            low: self.people - self.high,
            ..self
        }
    }

    /// Returns n, the people of the row.
    #[must_use]
    pub const fn people(self) -> u32 {
        self.people
    }

    /// Returns k.
    #[must_use]
    pub const fn threshold(self) -> u32 {
        self.threshold
    }

    /// Returns how a count is printed.
    #[must_use]
    pub const fn code(self, count: u32) -> Code {
        if count <= self.low {
            Code::AtMost(self.low)
        } else if count >= self.high {
            Code::AtLeast(self.high)
        } else {
            Code::Exact(count)
        }
    }

    /// Returns whether a count tells too much: few did (1 to k - 1), all but few did, or everybody did.
    #[must_use]
    pub const fn is_unsafe(self, count: u32) -> bool {
        (count >= 1 && count < self.threshold) || count > self.people - self.threshold
    }

    /// Returns the place of a count's code among all codes of this row, for packing: 0 for "k or fewer".
    pub(super) const fn digit(self, count: u32) -> u32 {
        match self.code(count) {
            Code::AtMost(_) => 0,
            Code::Exact(count) => count - self.low,
            Code::AtLeast(high) => high - self.low,
        }
    }

    /// Returns how many bits every [`Coding::digit`] fits in.
    pub(super) const fn digit_bits(self) -> u32 {
        let largest = self.people - 2 * self.threshold;
        u32::BITS - largest.leading_zeros()
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Coding};

    #[test]
    fn a_count_of_four_is_coded_and_a_count_of_six_is_printed() {
        let coding = Coding::new(29, 5).unwrap();
        assert_eq!(coding.code(4), Code::AtMost(5));
        assert_eq!(coding.code(5), Code::AtMost(5));
        assert_eq!(coding.code(6), Code::Exact(6));
        assert_eq!(coding.code(23), Code::Exact(23));
        assert_eq!(coding.code(24), Code::AtLeast(24));
        assert_eq!(coding.code(29), Code::AtLeast(24));
    }

    #[test]
    fn nobody_and_k_to_n_minus_k_are_safe() {
        let coding = Coding::new(29, 5).unwrap();
        let safe: Vec<u32> = (0..=29).filter(|&count| !coding.is_unsafe(count)).collect();
        let expected: Vec<u32> = std::iter::once(0).chain(5..=24).collect();
        assert_eq!(safe, expected);
    }

    #[test]
    fn every_code_holds_a_safe_count_and_printed_counts_are_safe() {
        for (people, threshold) in [(7, 3), (11, 5), (12, 5), (29, 5), (13, 6)] {
            let coding = Coding::new(people, threshold).unwrap();
            for count in 0..=people {
                let same = |other: &u32| coding.code(*other) == coding.code(count);
                assert!((0..=people).filter(same).any(|other| !coding.is_unsafe(other)));
                if matches!(coding.code(count), Code::Exact(_)) {
                    assert!(!coding.is_unsafe(count));
                }
            }
        }
    }

    #[test]
    fn beside_groups_the_higher_code_begins_one_earlier_and_on_the_sides_the_lower_one_too() {
        let coding = Coding::beside_groups(29, 5).unwrap();
        assert_eq!(coding.code(22), Code::Exact(22));
        assert_eq!(coding.code(23), Code::AtLeast(23));
        assert_eq!(coding.code(6), Code::Exact(6));
        assert_eq!(coding.of_side().code(6), Code::AtMost(6));
        assert_eq!(coding.of_side().code(23), Code::AtLeast(23));
        assert_eq!(Coding::beside_groups(12, 5), None);
        assert_eq!(Coding::new(29, 5).unwrap().of_side(), Coding::new(29, 5).unwrap());
    }

    #[test]
    fn fewer_than_two_k_plus_one_people_have_no_coding() {
        assert_eq!(Coding::new(0, 5), None);
        assert_eq!(Coding::new(10, 5), None);
        assert!(Coding::new(11, 5).is_some());
        assert_eq!(Coding::new(u32::MAX, u32::MAX), None);
        assert_eq!(Coding::new(3, 0), None);
    }

    #[test]
    fn digits_tell_codes_apart_and_fit_their_bits() {
        for (people, threshold) in [(7, 3), (29, 5), (60, 5)] {
            let coding = Coding::new(people, threshold).unwrap();
            for a in 0..=people {
                assert!(coding.digit(a) < 1 << coding.digit_bits());
                for b in 0..=people {
                    assert_eq!(
                        coding.digit(a) == coding.digit(b),
                        coding.code(a) == coding.code(b)
                    );
                }
            }
        }
    }
}
