//! Questions with several answers: each option a yes/no row, decided together because the options are tied.
//!
//! An answer is never empty, and an exclusive option ("ingen av disse") stands alone. Options are therefore not
//! independent: who chose two options knows that the counts sum to one more than the people, and "24 or more of 29
//! chose BUP" tells a person who chose only the school that at most 4 chose "none". [`ManyRule`] is a policy with
//! one form: it prints every option coded, always, and exists only for the ties for which that leaves nothing open
//! (proved below, tested by brute force in `tests/disclosure_brute_force.rs`, and checked for every printed question
//! by `check::many`). For other ties there is no rule and nothing is printed.

use super::row::code::{Code, Coding};

/// The most options besides the exclusive one; the check looks at every set of them.
pub const MOST_OPTIONS: usize = 16;

/// How a question with several answers ties its options, by public sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Options that may be chosen together.
    pub plain: usize,
    /// Options that stand alone.
    pub exclusive: usize,
    /// Fewest plain options in an answer, at least 1.
    pub min: usize,
    /// Most plain options in an answer.
    pub max: usize,
}

/// What is printed of each option of a question with several answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManyRule {
    coding: Coding,
    tie: Tie,
    high: u32,
}

impl ManyRule {
    /// Returns the rule for n people at threshold k, or `None` where the tie needs more than coding each option.
    ///
    /// Write y for the people who chose plain options and x = n - y for the exclusive one, c for the counts. Counts
    /// are possible exactly when every c is at most y and their sum at least y (dealing the choices out in turn, as in
    /// the theorem of Gale and Ryser); and with a person of answer p, when the same holds for the rest.
    ///
    /// Without an exclusive option, from three options on: a count below k is raised to k by people who add the
    /// option. A count above n - k is lowered to n - k; the other options must then hold k - 1 + |p| choices, and they
    /// can, for each may be printed the same with k or more and (m - 1) k >= k - 1 + m. With two options they cannot.
    ///
    /// With one exclusive option, where "n - k - 1 or more" is the highest code: lowering a count c > n - k to n - k
    /// moves at most k - x people to the exclusive option, which stays "k or fewer". Raising x to k leaves
    /// y = n - k, above every exact count and at least one above the highest code's bound, so every answer p stays
    /// possible. An x of more than n - k falls to n - k with the options at k or fewer, and a count below k rises to k
    /// because y can be k + 1. With the usual code "n - k or more" the second and the last step fail for people without
    /// the option.
    #[must_use]
    pub fn decide(people: u32, threshold: u32, tie: Tie) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        let free = tie.min <= 1 && tie.max >= tie.plain && tie.plain <= MOST_OPTIONS;
        let enough = threshold >= 2;
        let high = match tie.exclusive {
            0 if tie.plain >= 3 => people - threshold,
            1 if tie.plain >= 1 => people - threshold - 1,
            _ => return None,
        };
        (free && enough && high > threshold).then_some(Self { coding, tie, high })
    }

    /// Returns how the count of an option is printed.
    #[must_use]
    pub const fn code(&self, count: u32) -> Code {
        if count <= self.coding.threshold() {
            Code::AtMost(self.coding.threshold())
        } else if count >= self.high {
            Code::AtLeast(self.high)
        } else {
            Code::Exact(count)
        }
    }

    /// Returns n.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.coding.people()
    }

    /// Returns k.
    #[must_use]
    pub const fn threshold(&self) -> u32 {
        self.coding.threshold()
    }

    /// Returns the tie the rule is for.
    #[must_use]
    pub const fn tie(&self) -> Tie {
        self.tie
    }
}

#[cfg(test)]
mod tests {
    use super::{ManyRule, Tie};
    use crate::disclosure::row::code::Code;

    fn tie(plain: usize, exclusive: usize) -> Tie {
        Tie {
            plain,
            exclusive,
            min: 1,
            max: plain,
        }
    }

    #[test]
    fn beside_an_exclusive_option_the_highest_code_begins_one_earlier() {
        let rule = ManyRule::decide(29, 5, tie(7, 1)).unwrap();
        assert_eq!(rule.code(22), Code::Exact(22));
        assert_eq!(rule.code(23), Code::AtLeast(23));
        let rule = ManyRule::decide(29, 5, tie(7, 0)).unwrap();
        assert_eq!(rule.code(23), Code::Exact(23));
    }

    #[test]
    fn ties_that_need_more_have_no_rule() {
        assert_eq!(ManyRule::decide(29, 5, tie(2, 0)), None);
        assert_eq!(ManyRule::decide(29, 5, tie(5, 2)), None);
        assert_eq!(ManyRule::decide(29, 5, Tie { max: 3, ..tie(5, 0) }), None);
        assert_eq!(ManyRule::decide(29, 5, Tie { min: 2, ..tie(5, 0) }), None);
        assert_eq!(ManyRule::decide(11, 5, tie(5, 1)), None);
        assert!(ManyRule::decide(12, 5, tie(5, 1)).is_some());
    }
}
