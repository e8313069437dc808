//! Questions with several answers: each option a yes/no row, decided together because the options are tied.
//!
//! An answer is never empty, and an exclusive option ("ingen av disse") stands alone. Options are therefore not
//! independent: who chose two options knows that the counts sum to one more than the people, and "24 or more of 29
//! chose BUP" tells a person who chose only the school that at most 4 chose "none". [`ManyRule`] is a policy with
//! one form: it prints every option coded, always, and exists only for the ties for which that leaves nothing open
//! (proved below, tested by brute force in `tests/disclosure_brute_force.rs`, and checked for every printed question
//! by `check::many`). Where people could choose so many at most, or had to choose more than one, it has a second form, nothing,
//! for sets of answers in which nearly everybody chose as many, or as few, as they could. For other ties there is no rule
//! and nothing is printed.

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
        let free = tie.min <= tie.max && tie.max >= 2.min(tie.plain) && tie.plain <= MOST_OPTIONS;
        let enough = threshold >= 2;
        let high = match tie.exclusive {
            0 if tie.plain >= 3 => people - threshold,
            1 if tie.plain >= 1 => people - threshold - 1,
            _ => return None,
        };
        let rule = Self { coding, tie, high };
        (free && enough && high > threshold && rule.hides_safely() == Some(true)).then_some(rule)
    }

    /// Whether people could not choose all there is.
    const fn has_most(&self) -> bool {
        self.tie.max < self.tie.plain
    }

    /// Whether one choice was not enough.
    const fn has_least(&self) -> bool {
        self.tie.min > 1
    }

    /// Returns whether the options are printed coded, with these counts of those that can be chosen together and of the
    /// one that stands alone; nothing is printed otherwise. A function of what would be printed, so the choice between
    /// both tells no more than that.
    #[must_use]
    pub fn is_printed(&self, plain: &[u32], exclusive: &[u32]) -> bool {
        (!self.has_most() || self.has_room_above(plain, exclusive))
            && (!self.has_least() || self.has_room_below(plain, exclusive))
    }

    /// Whether people could have chosen more than they did, as far as print tells.
    ///
    /// Where people could choose at most M, counts are possible exactly when, besides what [`decide`](Self::decide) says,
    /// their sum is at most M y. What is printed is closed where the least counts it allows, L together, leave room:
    /// L + k <= M (n - u - 1), u the most the exclusive option can have been chosen. For each step of the proof there
    /// asks at most k more of one option than its least, all others may be at their least, and at most u people stand
    /// alone, so that at least n - u - 1 people beside the reader chose from the others, M each if need be.
    fn has_room_above(&self, plain: &[u32], exclusive: &[u32]) -> bool {
        let (people, threshold) = (u64::from(self.people()), u64::from(self.threshold()));
        let least = |count: &u32| match self.code(*count) {
            Code::Exact(count) | Code::AtLeast(count) => u64::from(count),
            Code::AtMost(_) => 0,
        };
        let alone: u64 = exclusive.iter().map(|count| self.most(*count)).sum();
        let most_of_each = u64::try_from(self.tie.max).unwrap_or(u64::MAX);
        let room = people.saturating_sub(alone + 1).saturating_mul(most_of_each);
        plain.iter().map(least).sum::<u64>() + threshold <= room
    }

    /// Whether people could have chosen fewer than they did, as far as print tells.
    ///
    /// Where people had to choose m of P options at least and could choose M, counts are possible exactly when, besides what
    /// [`decide`](Self::decide) says, their sum is at least m y. Let H(y) be the sum of the most that print allows each
    /// count, none above y, and a the number of options printed "so many or more". What is printed is closed where the
    /// exclusive option is not printed so and, for every y that print allows it,
    /// H(y) - k - min(P, M + a) >= m (y - 1). For the proof there then works at any such y of n - k or more: a count
    /// is raised to k within its most, or lowered to n - k, which takes k from its most, and the reader's own answer takes
    /// one from each option chosen and from each of the a at the most; without a reader, min(P, M + a) >= m makes up for
    /// one more who has to choose. It holds for readers who stopped before they had chosen enough, too. H(y) - m y is
    /// concave, so its ends are enough.
    fn has_room_below(&self, plain: &[u32], exclusive: &[u32]) -> bool {
        let people = u64::from(self.people());
        let is_high = |count: &&u32| matches!(self.code(**count), Code::AtLeast(_));
        let (mut fewest, mut greatest) = (people, people);
        for count in exclusive {
            let least = match self.code(*count) {
                Code::Exact(count) => u64::from(count),
                Code::AtMost(_) => 0,
                Code::AtLeast(_) => return false,
            };
            greatest = people.saturating_sub(least);
            fewest = people.saturating_sub(self.most(*count));
        }
        let options = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let at_the_most = plain.iter().filter(is_high).count();
        let own = options(self.tie.plain.min(self.tie.max.saturating_add(at_the_most)));
        [fewest, greatest].into_iter().all(|choosing| {
            let most: u64 = plain.iter().map(|count| self.most(*count).min(choosing)).sum();
            let wanted = options(self.tie.min).saturating_mul(choosing.saturating_sub(1));
            most >= wanted
                .saturating_add(u64::from(self.threshold()))
                .saturating_add(own)
        })
    }

    /// The most people that print allows an option to have.
    fn most(&self, count: u32) -> u64 {
        match self.code(count) {
            Code::Exact(count) | Code::AtMost(count) => u64::from(count),
            Code::AtLeast(_) => u64::from(self.people()),
        }
    }

    /// Whether all sets of answers of which nothing is printed, together, leave nothing open: to everybody, whatever they
    /// chose, each option may have been chosen by a safe number. In the sets that show it everybody but the reader chose
    /// as many as they could, and all options were chosen alike often; nobody stands alone, or, for the fact that few or
    /// nearly all do, k. The least counts then are the counts, and leave no room. Or, where there is a least, everybody
    /// but the reader chose as few as they could: where all counts are printed exactly the most are the counts, and leave
    /// none either. More sets of which nothing is printed do no harm, so where there is a most and a least one is enough.
    fn hides_safely(&self) -> Option<bool> {
        let limits = [
            self.has_most().then_some((self.tie.max, false)),
            self.has_least().then_some((self.tie.min, true)),
        ];
        let mut ways = limits.into_iter().flatten().peekable();
        if ways.peek().is_none() {
            return Some(true);
        }
        let fits = |(chosen, at_least)| self.hides_safely_with(chosen, at_least);
        Some(ways.filter_map(fits).any(|fits| fits))
    }

    /// The same where everybody but the reader chose so many.
    fn hides_safely_with(&self, chosen: usize, at_least: bool) -> Option<bool> {
        let (each, options) = (u32::try_from(chosen).ok()?, u32::try_from(self.tie.plain).ok()?);
        let alone = [Some(0), (self.tie.exclusive > 0).then_some(self.threshold())];
        let fits = alone.into_iter().flatten().all(|alone| {
            let choosing = self.people().saturating_sub(alone);
            let others = each.saturating_mul(choosing.saturating_sub(1));
            let greatest = if at_least {
                // The reader may have chosen any of them, and all are to be printed exactly.
                others.div_ceil(options).saturating_add(2)
            } else {
                each.saturating_mul(choosing).div_ceil(options)
            };
            others / options > self.threshold() && greatest <= self.high
        });
        Some(fits)
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

/// Returns the threshold the groups of one option are decided with.
///
/// What is told of the groups is how many of each chose one option s, of those the whole tells exactly. A world of the
/// whole, and a way in which s lies in the groups, are free of each other: whoever chose s in the whole may be any of those
/// who chose it in a group, so people are dealt out to the groups as they are, with all their answers, and every tie
/// holds. So facts of the whole, and of s in the groups, are closed each in their own part.
///
/// Proof that k + 1 is enough for every other option o in a group g in which a people answered, and every reader R. The
/// whole is decided at k + 1 ([`whole_threshold`](super::breakdown::whole_threshold)): of the worlds that print the same
/// and fit R's own answer take one in which at least k + 1 people chose o and k + 1 did not. Of the ways in which s can lie
/// in the groups, which are decided at k + 1 too, take one that fits R in which at least k + 1 of g chose s and k + 1 did
/// not. Without R, then, k of g at least are to be taken from those who chose s, and k from those who did not. Fill g
/// with as many who chose o as can be. Either one of the two parts of g is full of them, which are k with R or without,
/// or all who chose o are in g, which are k + 1, or k beside R. In the same way g can hold k who did not choose o. And
/// every number between the least and the most who can be in g is possible, for one exchange of two people with one
/// answer to s changes it by one; as the most is k or more, the least a - k or less, and a at least 2k + 3, one of
/// them is safe.
#[must_use]
pub const fn groups_threshold(threshold: u32) -> u32 {
    threshold.saturating_add(1)
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
        // Everybody chose four of five, so each was chosen by nearly everybody.
        assert_eq!(ManyRule::decide(20, 5, Tie { max: 4, ..tie(5, 0) }), None);
        assert_eq!(ManyRule::decide(29, 5, Tie { max: 1, ..tie(5, 0) }), None);
        // Everybody chose four of five or all.
        assert_eq!(ManyRule::decide(20, 5, Tie { min: 4, ..tie(5, 0) }), None);
        assert_eq!(
            ManyRule::decide(
                29,
                5,
                Tie {
                    min: 3,
                    max: 2,
                    ..tie(5, 0)
                }
            ),
            None
        );
        assert_eq!(ManyRule::decide(11, 5, tie(5, 1)), None);
        assert!(ManyRule::decide(12, 5, tie(5, 1)).is_some());
    }

    #[test]
    fn of_at_most_so_many_nothing_is_printed_where_nearly_everybody_chose_so_many() {
        let rule = ManyRule::decide(29, 5, Tie { max: 3, ..tie(8, 0) }).unwrap();
        // 80 of 87 choices, of which 70 are told for certain.
        assert!(rule.is_printed(&[20, 15, 12, 11, 12, 5, 4, 1], &[]));
        assert!(!rule.is_printed(&[11, 11, 11, 11, 11, 11, 11, 9], &[]));
        let free = ManyRule::decide(29, 5, tie(8, 0)).unwrap();
        assert!(free.is_printed(&[29; 8], &[]));
    }

    #[test]
    fn of_at_least_so_many_nothing_is_printed_where_nearly_everybody_chose_no_more() {
        let rule = ManyRule::decide(29, 5, Tie { min: 2, ..tie(6, 1) }).unwrap();
        // 77 choices of at least 58.
        assert!(rule.is_printed(&[20, 15, 12, 11, 12, 7], &[0]));
        // 59 choices.
        assert!(!rule.is_printed(&[12, 10, 10, 10, 9, 8], &[0]));
        // Nearly everybody stands alone.
        assert!(!rule.is_printed(&[4, 3, 2, 1, 0, 0], &[25]));
    }
}
