//! The index of a person, 0 to 100 over several items, and its table over people.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::mean::{MeanInterval, Moments};
use super::quantile::{Definition, Quartiles, quartiles_of_scores};
use super::undefined::{Figure, Undefined, finite};

/// One item of an index: scales may differ in length, and may be worded the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexItem {
    levels: u8,
    is_reversed: bool,
}

impl IndexItem {
    /// Returns an item of a scale with at least two levels.
    ///
    /// # Errors
    /// A scale of fewer levels tells nobody apart.
    pub fn new(levels: u8, is_reversed: bool) -> Figure<Self> {
        if levels < 2 {
            return Err(Undefined::TooFewCategories);
        }
        Ok(Self { levels, is_reversed })
    }

    /// Returns the position after reverse coding.
    ///
    /// # Errors
    /// A position outside the scale.
    pub fn position(&self, answered: u8) -> Figure<u8> {
        if !(1..=self.levels).contains(&answered) {
            return Err(Undefined::Contradiction);
        }
        Ok(if self.is_reversed {
            self.levels - answered + 1
        } else {
            answered
        })
    }

    /// How many levels up the answer is, and how many there are.
    fn steps(&self, answered: u8) -> Figure<(f64, f64)> {
        let position = self.position(answered)?;
        Ok((f64::from(position - 1), f64::from(self.levels - 1)))
    }
}

/// The smallest share of the items a person must have answered to have an index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinimumAnswered(f64);

impl MinimumAnswered {
    /// Returns a share above 0 and at most 1.
    ///
    /// # Errors
    /// Any other number.
    pub fn new(share: f64) -> Figure<Self> {
        if share > 0.0 && share <= 1.0 {
            Ok(Self(share))
        } else {
            Err(Undefined::Contradiction)
        }
    }

    fn is_met(self, answered: usize, items: usize) -> bool {
        // 0.7 of 10 must be met by 7, whatever 0.7 is in binary.
        answered > 0 && answered as f64 >= self.0 * items as f64 - 1e-9
    }
}

/// At least half, as is usual for patient experience scales.
impl Default for MinimumAnswered {
    fn default() -> Self {
        Self(0.5)
    }
}

/// Returns a person's index: the mean over the answered items of (v-1)/(k-1)*100.
///
/// # Errors
/// Too few of the items answered, no items, or answers that do not fit them.
pub fn person_index(items: &[IndexItem], answers: &[Option<u8>], minimum: MinimumAnswered) -> Figure<f64> {
    if items.len() != answers.len() {
        return Err(Undefined::Contradiction);
    }
    if items.is_empty() {
        return Err(Undefined::TooFewItems);
    }
    let (mut answered, mut sum) = (0_usize, 0.0);
    for (item, answer) in items.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        let (up, of) = item.steps(*answer)?;
        answered += 1;
        sum += up / of;
    }
    if !minimum.is_met(answered, items.len()) {
        return Err(Undefined::TooFewAnswered);
    }
    finite(sum / answered as f64 * 100.0)
}

/// How many people have answered how many items to which sum: what every index is computed from, in whole numbers.
///
/// `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct IndexCounts {
    items: usize,
    /// The steps of all scales fit into so many parts.
    parts: u32,
    /// People by items answered and sum of parts.
    people: BTreeMap<(u16, u32), u64>,
}

impl IndexCounts {
    /// Begins with nobody.
    #[must_use]
    pub fn new(items: &[IndexItem]) -> Self {
        let steps = items.iter().map(|item| u32::from(item.levels - 1));
        Self {
            items: items.len(),
            parts: steps.fold(1, least_common_multiple),
            people: BTreeMap::new(),
        }
    }

    /// Adds a person's positions as they were answered.
    ///
    /// # Errors
    /// Another number of answers than items, or answers that do not fit them.
    pub fn add(&mut self, items: &[IndexItem], answers: &[Option<u8>]) -> Figure<()> {
        if items.len() != answers.len() || items.len() != self.items {
            return Err(Undefined::Contradiction);
        }
        let (mut answered, mut sum) = (0_u16, 0_u32);
        for (item, answer) in items.iter().zip(answers) {
            let Some(answer) = answer else { continue };
            let up = u32::from(item.position(*answer)? - 1);
            let each = self.parts / u32::from(item.levels - 1);
            answered = answered.saturating_add(1);
            sum = up
                .checked_mul(each)
                .and_then(|up| sum.checked_add(up))
                .ok_or(Undefined::OutOfRange)?;
        }
        *self.people.entry((answered, sum)).or_default() += 1;
        Ok(())
    }

    /// Adds what was counted elsewhere of the same items.
    pub fn merge(&mut self, other: &Self) {
        for (key, people) in &other.people {
            *self.people.entry(*key).or_default() += people;
        }
    }

    /// Returns the index values of those who answered enough of the items.
    #[must_use]
    pub fn scores(&self, minimum: MinimumAnswered) -> IndexScores {
        let (mut scores, mut left_out) = (Vec::new(), 0);
        for ((answered, sum), people) in &self.people {
            if minimum.is_met(usize::from(*answered), self.items) {
                let whole = f64::from(self.parts) * f64::from(*answered);
                scores.push((f64::from(*sum) * 100.0 / whole, *people));
            } else {
                left_out += people;
            }
        }
        IndexScores::counted(scores, left_out)
    }
}

/// Scales differ in length by so little that this stays far below what a number holds; if not, it is none.
fn least_common_multiple(one: u32, other: u32) -> u32 {
    let (mut a, mut b) = (one, other);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    (one / a.max(1)).checked_mul(other).unwrap_or(one)
}

impl fmt::Debug for IndexCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IndexCounts({} items, ..)", self.items)
    }
}

/// The index values of people, and how many were left out for answering too few items.
///
/// `Debug` shows neither.
#[derive(Clone, Default, PartialEq)]
pub struct IndexScores {
    /// Values in ascending order, with their people.
    sorted: Vec<(f64, u64)>,
    left_out: u64,
}

impl IndexScores {
    /// Computes the index of each person.
    ///
    /// # Errors
    /// No items, or answers that do not fit them.
    pub fn of<'a>(
        items: &[IndexItem],
        people: impl IntoIterator<Item = &'a [Option<u8>]>,
        minimum: MinimumAnswered,
    ) -> Figure<Self> {
        let (mut scores, mut left_out) = (Vec::new(), 0);
        for answers in people {
            match person_index(items, answers, minimum) {
                Ok(index) => scores.push((index, 1)),
                Err(Undefined::TooFewAnswered) => left_out += 1,
                Err(why) => return Err(why),
            }
        }
        Ok(Self::counted(scores, left_out))
    }

    fn counted(mut scores: Vec<(f64, u64)>, left_out: u64) -> Self {
        scores.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        Self {
            sorted: scores,
            left_out,
        }
    }

    /// Returns how many people have an index.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.sorted.iter().map(|(_, people)| people).sum()
    }

    /// Returns how many people were left out: the report says so beside the table.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Returns number, mean and spread, as for comparing two groups.
    ///
    /// # Errors
    /// Nobody has an index.
    pub fn moments(&self) -> Figure<Moments> {
        Moments::of_scores(&self.sorted)
    }

    /// Returns the table of the index.
    ///
    /// # Errors
    /// Nobody has an index.
    pub fn table(&self, confidence: Confidence) -> Figure<IndexTable> {
        let moments = self.moments()?;
        let scale = Interval {
            low: 0.0,
            high: 100.0,
        };
        Ok(IndexTable {
            n: moments.n(),
            left_out: self.left_out,
            mean: moments.mean(),
            sd: moments.sd(),
            quartiles: quartiles_of_scores(&self.sorted, Definition::default())?,
            interval: moments.interval(scale, confidence),
        })
    }
}

impl fmt::Debug for IndexScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexScores(..)")
    }
}

/// The figures of an index over people, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IndexTable {
    /// People with an index.
    pub n: u64,
    /// People left out for answering too few of the items.
    pub left_out: u64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation with n-1.
    pub sd: Figure<f64>,
    /// Median and quartiles, type 7.
    pub quartiles: Quartiles,
    /// t interval kept within 0 and 100.
    pub interval: Figure<MeanInterval>,
}

#[cfg(test)]
mod tests {
    use super::{IndexItem, IndexScores, MinimumAnswered, person_index};
    use crate::stats::confidence::Confidence;
    use crate::stats::undefined::Undefined;

    fn items(levels: &[u8]) -> Vec<IndexItem> {
        levels
            .iter()
            .map(|k| IndexItem::new(*k, false).unwrap())
            .collect()
    }

    #[test]
    fn scales_of_different_length_weigh_the_same() {
        let mixed = items(&[5, 11, 2]);
        let index = person_index(&mixed, &[Some(3), Some(6), Some(1)], MinimumAnswered::default());
        assert!((index.unwrap() - 100.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn an_item_worded_the_other_way_counts_from_the_other_end() {
        let reversed = [IndexItem::new(5, true).unwrap()];
        assert_eq!(
            person_index(&reversed, &[Some(5)], MinimumAnswered::default()),
            Ok(0.0)
        );
        assert_eq!(
            person_index(&reversed, &[Some(2)], MinimumAnswered::default()),
            Ok(75.0)
        );
    }

    #[test]
    fn half_of_the_items_is_enough_and_less_is_not() {
        let four = items(&[5; 4]);
        let half = [Some(5), Some(5), None, None];
        assert_eq!(person_index(&four, &half, MinimumAnswered::default()), Ok(100.0));
        let less = [Some(5), None, None, None];
        let index = person_index(&four, &less, MinimumAnswered::default());
        assert_eq!(index, Err(Undefined::TooFewAnswered));
        let seven_of_ten: Vec<Option<u8>> = (0..10).map(|i| (i < 7).then_some(1)).collect();
        let minimum = MinimumAnswered::new(0.7).unwrap();
        assert_eq!(person_index(&items(&[5; 10]), &seven_of_ten, minimum), Ok(0.0));
    }

    #[test]
    fn the_table_says_how_many_were_left_out() {
        let two = items(&[5, 5]);
        let people: [&[Option<u8>]; 3] = [&[Some(1), Some(5)], &[None, None], &[Some(5), None]];
        let scores = IndexScores::of(&two, people, MinimumAnswered::default()).unwrap();
        let table = scores.table(Confidence::NinetyFive).unwrap();
        assert_eq!(
            (table.n, table.left_out, table.mean.to_bits()),
            (2, 1, 75.0_f64.to_bits())
        );
    }
}
