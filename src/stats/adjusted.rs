//! Many tests at once: probabilities adjusted over the tests of one table.

use serde::{Deserialize, Serialize};

use super::p_value::PValue;
use super::undefined::Figure;

/// How probabilities are adjusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// Holm: the probability that any "finding" of the table is chance stays below the limit.
    #[default]
    Holm,
    /// Benjamini and Hochberg: the expected share of chance among the "findings" stays below the limit.
    BenjaminiHochberg,
}

/// Returns the probabilities of the tests of one table, adjusted for there being many; in the order given. Tests that
/// could not be made stay so and are not counted.
///
/// Sources: S. Holm, Scand J Statist 6 (1979); Y. Benjamini and Y. Hochberg, JRSS B 57 (1995). As R `p.adjust`,
/// which also leaves out `NA`.
#[must_use]
pub fn adjusted(tests: &[Figure<PValue>], adjustment: Adjustment) -> Vec<Figure<f64>> {
    let mut order: Vec<(usize, f64)> = tests
        .iter()
        .enumerate()
        .filter_map(|(place, test)| Some((place, test.ok()?.unadjusted())))
        .collect();
    order.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let made = order.len();
    let mut result: Vec<Figure<f64>> = tests.iter().map(|test| test.map(PValue::unadjusted)).collect();
    let mut put = |place: usize, value: f64| {
        if let Some(own) = result.get_mut(place) {
            *own = Ok(value);
        }
    };
    match adjustment {
        Adjustment::Holm => {
            let mut largest = 0.0_f64;
            for (rank, (place, p)) in order.into_iter().enumerate() {
                largest = largest.max(((made - rank) as f64 * p).min(1.0));
                put(place, largest);
            }
        }
        Adjustment::BenjaminiHochberg => {
            let mut smallest = 1.0_f64;
            for (rank, (place, p)) in order.into_iter().enumerate().rev() {
                smallest = smallest.min(made as f64 / (rank + 1) as f64 * p);
                put(place, smallest);
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Adjustment, adjusted};
    use crate::stats::p_value::PValue;
    use crate::stats::undefined::Undefined;

    #[test]
    fn a_test_that_could_not_be_made_is_not_counted() {
        let tests = [
            PValue::given(0.01),
            Err(Undefined::NoVariation),
            PValue::given(0.04),
        ];
        let holm = adjusted(&tests, Adjustment::Holm);
        assert_eq!(holm, [Ok(0.02), Err(Undefined::NoVariation), Ok(0.04)]);
    }

    #[test]
    fn a_table_of_one_test_needs_no_adjustment() {
        for adjustment in [Adjustment::Holm, Adjustment::BenjaminiHochberg] {
            assert_eq!(adjusted(&[PValue::given(0.03)], adjustment), [Ok(0.03)]);
        }
    }
}
