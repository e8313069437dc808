//! Cronbach's alpha and what each item does to it, from sums of products.

use std::fmt;

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::distributions::f_quantile;
use super::guarded::Guarded;
use super::undefined::{Figure, Undefined, finite};

/// From how many people on alpha may stand in plain text: with five people 0.96 may be anything from 0.78 to 0.995.
pub const ALPHA_FROM: u32 = 30;

/// Sums over the people who answered all items of a scale: what alpha needs, in one pass and whole numbers.
///
/// `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct ScaleSums {
    items: usize,
    complete: i64,
    incomplete: u64,
    sums: Vec<i64>,
    /// Products of item i and item j at i*items + j.
    products: Vec<i64>,
}

impl ScaleSums {
    /// Begins with nobody.
    #[must_use]
    pub fn new(items: usize) -> Self {
        Self {
            items,
            complete: 0,
            incomplete: 0,
            sums: vec![0; items],
            products: vec![0; items * items],
        }
    }

    /// Adds a person's positions after reverse coding; somebody with a missing answer is counted and left out
    /// (listwise).
    ///
    /// # Errors
    /// Another number of answers than items.
    pub fn add(&mut self, positions: &[Option<u8>]) -> Figure<()> {
        if positions.len() != self.items {
            return Err(Undefined::Contradiction);
        }
        let Some(answers) = positions
            .iter()
            .map(|position| position.map(i64::from))
            .collect::<Option<Vec<i64>>>()
        else {
            self.incomplete += 1;
            return Ok(());
        };
        self.complete += 1;
        for (sum, answer) in self.sums.iter_mut().zip(&answers) {
            *sum += answer;
        }
        let pairs = answers
            .iter()
            .flat_map(|one| answers.iter().map(move |other| one * other));
        for (product, pair) in self.products.iter_mut().zip(pairs) {
            *product += pair;
        }
        Ok(())
    }

    /// Adds what was counted elsewhere of the same items.
    pub fn merge(&mut self, other: &Self) {
        self.complete += other.complete;
        self.incomplete += other.incomplete;
        let sums = self.sums.iter_mut().zip(&other.sums);
        for (own, other) in sums.chain(self.products.iter_mut().zip(&other.products)) {
            *own += other;
        }
    }

    /// Returns how many people answered every item.
    #[must_use]
    pub const fn complete(&self) -> i64 {
        self.complete
    }

    /// Returns how many people answered only some, and are left out.
    #[must_use]
    pub const fn incomplete(&self) -> u64 {
        self.incomplete
    }

    /// n times the sum of products of distances to the means: whole, so that "varies" is no question of rounding.
    fn covariance(&self, one: usize, other: usize) -> i128 {
        let sum = |item| self.sums.get(item).map_or(0, |sum| i128::from(*sum));
        let product = self
            .products
            .get(one * self.items + other)
            .map_or(0, |p| i128::from(*p));
        i128::from(self.complete) * product - sum(one) * sum(other)
    }

    fn covariances<'a>(&'a self, ones: &'a [usize], others: &'a [usize]) -> i128 {
        ones.iter()
            .flat_map(|one| others.iter().map(|other| self.covariance(*one, *other)))
            .sum()
    }
}

impl fmt::Debug for ScaleSums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScaleSums({} items, ..)", self.items)
    }
}

/// Cronbach's alpha of a scale and what each item does to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// Alpha from raw covariances.
    pub alpha: f64,
    /// Feldt's interval; none for tens of thousands of people.
    pub interval: Figure<Interval>,
    /// Alpha from correlations, as if all items had the same spread.
    pub standardised: f64,
    /// Mean correlation between two items.
    pub mean_correlation: f64,
    /// Whether alpha is below 0: the report warns "check reverse coding".
    pub is_negative: bool,
    /// People used: those who answered every item.
    pub n: u64,
    /// Items used.
    pub items_used: usize,
    /// Items everybody answered alike, by place: left out and named.
    pub constant: Vec<usize>,
    /// The items used, by place.
    pub items: Vec<ItemReliability>,
}

/// What one item does to a scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ItemReliability {
    /// The item's place in the scale, from 0.
    pub item: usize,
    /// Alpha of the other items.
    pub alpha_if_dropped: Figure<f64>,
    /// Correlation of the item with the sum of the others (corrected item-total correlation).
    pub rest_correlation: Figure<f64>,
    /// Correlation of the item with the sum of all, itself included, which makes it larger.
    pub total_correlation: Figure<f64>,
}

/// Returns Cronbach's alpha, by people who answered every item and items that vary: alpha = k/(k-1) (1 - sum of
/// variances / variance of the sum), from integer sums.
///
/// Sources: L. J. Cronbach, Psychometrika 16 (1951); interval: L. S. Feldt, Psychometrika 30 (1965),
/// 1 - (1-alpha) F quantile with n-1 and (n-1)(k-1) degrees of freedom. As psych and SPSS: listwise, constant items
/// dropped.
///
/// # Errors
/// Fewer than two people, fewer than two items that vary, or a sum that does not.
pub fn reliability(scale: &ScaleSums, confidence: Confidence) -> Figure<Guarded<Reliability>> {
    if scale.items < 2 {
        return Err(Undefined::TooFewItems);
    }
    if scale.complete == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    if scale.complete < 2 {
        return Err(Undefined::TooFewPeople { needed: 2 });
    }
    let (used, constant): (Vec<usize>, Vec<usize>) =
        (0..scale.items).partition(|item| scale.covariance(*item, *item) > 0);
    if used.is_empty() {
        return Err(Undefined::NoVariation);
    }
    let alpha = alpha_of(scale, &used)?;
    let n = u64::try_from(scale.complete).map_err(|_| Undefined::OutOfRange)?;
    let (people, items) = ((n - 1) as f64, (used.len() - 1) as f64);
    let bound = |p: f64| Ok(1.0 - (1.0 - alpha) * f_quantile(p, people, people * items)?);
    let ends = bound(1.0 - confidence.tail()).and_then(|low| Ok((low, bound(confidence.tail())?)));
    let interval = ends.and_then(|(low, high)| Interval::new(low, high));
    let mean_correlation = mean_correlation(scale, &used)?;
    let k = used.len() as f64;
    let figure = Reliability {
        alpha,
        interval,
        standardised: finite(k * mean_correlation / (1.0 + (k - 1.0) * mean_correlation))?,
        mean_correlation,
        is_negative: alpha < 0.0,
        n,
        items_used: used.len(),
        constant,
        items: used
            .iter()
            .map(|item| item_reliability(scale, &used, *item))
            .collect(),
    };
    Ok(Guarded::new(figure, n, ALPHA_FROM))
}

fn alpha_of(scale: &ScaleSums, items: &[usize]) -> Figure<f64> {
    if items.len() < 2 {
        return Err(Undefined::TooFewItems);
    }
    let total = scale.covariances(items, items);
    if total <= 0 {
        return Err(Undefined::NoVariation);
    }
    let own: i128 = items.iter().map(|item| scale.covariance(*item, *item)).sum();
    let k = items.len() as f64;
    finite(k / (k - 1.0) * ((total - own) as f64 / total as f64))
}

fn item_reliability(scale: &ScaleSums, used: &[usize], item: usize) -> ItemReliability {
    let rest: Vec<usize> = used.iter().copied().filter(|other| *other != item).collect();
    ItemReliability {
        item,
        alpha_if_dropped: alpha_of(scale, &rest),
        rest_correlation: correlation(scale, &[item], &rest),
        total_correlation: correlation(scale, &[item], used),
    }
}

/// The correlation of two sums of items.
fn correlation(scale: &ScaleSums, ones: &[usize], others: &[usize]) -> Figure<f64> {
    let (one, other) = (scale.covariances(ones, ones), scale.covariances(others, others));
    if one <= 0 || other <= 0 {
        return Err(Undefined::NoVariation);
    }
    let together = scale.covariances(ones, others) as f64;
    finite(together / ((one as f64).sqrt() * (other as f64).sqrt()))
}

fn mean_correlation(scale: &ScaleSums, used: &[usize]) -> Figure<f64> {
    let (mut pairs, mut sum) = (0.0, 0.0);
    for (place, one) in used.iter().enumerate() {
        for other in used.iter().skip(place + 1) {
            sum += correlation(scale, &[*one], &[*other])?;
            pairs += 1.0;
        }
    }
    finite(sum / pairs)
}

#[cfg(test)]
mod tests {
    use super::{ScaleSums, reliability};
    use crate::stats::confidence::Confidence;
    use crate::stats::undefined::Undefined;

    fn scale(rows: &[&[u8]]) -> ScaleSums {
        let mut sums = ScaleSums::new(rows.first().map_or(0, |row| row.len()));
        for row in rows {
            let answers: Vec<Option<u8>> = row.iter().map(|v| (*v > 0).then_some(*v)).collect();
            sums.add(&answers).unwrap();
        }
        sums
    }

    #[test]
    fn a_constant_item_is_left_out_and_named() {
        let with = scale(&[&[1, 3, 2], &[2, 3, 2], &[4, 3, 5], &[5, 3, 4]]);
        let without = scale(&[&[1, 2], &[2, 2], &[4, 5], &[5, 4]]);
        let one = reliability(&with, Confidence::NinetyFive).unwrap();
        let other = reliability(&without, Confidence::NinetyFive).unwrap();
        assert_eq!(
            (&one.in_grey().constant[..], one.in_grey().items_used),
            (&[1][..], 2)
        );
        assert!((one.in_grey().alpha - other.in_grey().alpha).abs() < 1e-15);
    }

    #[test]
    fn alpha_of_few_people_is_shown_in_grey_only() {
        let few = scale(&[&[1, 2], &[2, 2], &[4, 5], &[5, 4]]);
        let alpha = reliability(&few, Confidence::NinetyFive).unwrap();
        assert_eq!(alpha.shown(), Err(Undefined::TooFewPeople { needed: 30 }));
        let rows: Vec<&[u8]> = (0..30)
            .map(|i| if i % 2 == 0 { &[1, 2][..] } else { &[5, 4] })
            .collect();
        assert!(
            reliability(&scale(&rows), Confidence::NinetyFive)
                .unwrap()
                .shown()
                .is_ok()
        );
    }

    #[test]
    fn whoever_skipped_an_item_is_counted_and_left_out() {
        let sums = scale(&[&[1, 2], &[0, 2], &[4, 5]]);
        assert_eq!((sums.complete(), sums.incomplete()), (2, 1));
    }

    #[test]
    fn a_scale_that_does_not_vary_has_no_alpha() {
        let of = |rows: &[&[u8]]| reliability(&scale(rows), Confidence::NinetyFive).unwrap_err();
        assert_eq!(of(&[&[4, 4], &[4, 4]]), Undefined::NoVariation);
        assert_eq!(of(&[&[4, 1], &[4, 2]]), Undefined::TooFewItems);
        // Two items that cancel: their sum is the same for everybody.
        assert_eq!(of(&[&[1, 5], &[5, 1]]), Undefined::NoVariation);
        assert_eq!(of(&[&[1, 5]]), Undefined::TooFewPeople { needed: 2 });
    }

    #[test]
    fn an_item_worded_the_other_way_makes_alpha_negative() {
        let forgot = scale(&[&[1, 5], &[2, 4], &[4, 2], &[5, 2], &[3, 3]]);
        assert!(
            reliability(&forgot, Confidence::NinetyFive)
                .unwrap()
                .in_grey()
                .is_negative
        );
    }
}
