//! Krippendorff's alpha: agreement of any number of coders, units missing allowed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::undefined::{Figure, Undefined, finite};

/// What codes are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Names: any two that differ differ as much.
    Nominal,
    /// An order: two differ by how many codes given lie between them.
    Ordinal,
}

/// Returns Krippendorff's alpha, 1 - observed by expected disagreement, from the matrix of coincidences. Each coder's
/// codes stand unit by unit, `None` where a coder gave none; units coded once do not count.
///
/// Source: K. Krippendorff, Content Analysis (2004), chapter 11. As the `krippendorff` package for Python.
///
/// # Errors
/// Coders with different numbers of units, no unit coded twice, or one code only.
pub fn krippendorff(coders: &[Vec<Option<u16>>], measure: Measure) -> Figure<f64> {
    let units = coders.first().map_or(0, Vec::len);
    if coders.iter().any(|codes| codes.len() != units) {
        return Err(Undefined::Contradiction);
    }
    let mut coincidences: BTreeMap<(u16, u16), f64> = BTreeMap::new();
    for unit in 0..units {
        let mut counts: BTreeMap<u16, u32> = BTreeMap::new();
        for code in coders
            .iter()
            .filter_map(|codes| codes.get(unit).copied().flatten())
        {
            *counts.entry(code).or_insert(0) += 1;
        }
        let given: u32 = counts.values().sum();
        if given < 2 {
            continue;
        }
        for (one, often) in &counts {
            for (other, as_often) in &counts {
                let others = if one == other { as_often - 1 } else { *as_often };
                let pairs = f64::from(*often) * f64::from(others) / f64::from(given - 1);
                *coincidences.entry((*one, *other)).or_insert(0.0) += pairs;
            }
        }
    }
    if coincidences.is_empty() {
        return Err(Undefined::NothingCodedTwice);
    }
    let mut totals: BTreeMap<u16, f64> = BTreeMap::new();
    for ((one, _), pairs) in &coincidences {
        *totals.entry(*one).or_insert(0.0) += pairs;
    }
    if totals.len() < 2 {
        return Err(Undefined::OneCode);
    }
    let distance = |one: u16, other: u16| match measure {
        Measure::Nominal => f64::from(u8::from(one != other)),
        Measure::Ordinal => ordinal_distance(&totals, one, other),
    };
    let observed: f64 = coincidences
        .iter()
        .map(|((one, other), pairs)| pairs * distance(*one, *other))
        .sum();
    let n: f64 = totals.values().sum();
    let mut expected = 0.0;
    for (one, often) in &totals {
        for (other, as_often) in &totals {
            expected += often * as_often * distance(*one, *other) / (n - 1.0);
        }
    }
    finite(1.0 - observed / expected)
}

/// The square of the codes given from one to the other, half of both ends.
fn ordinal_distance(totals: &BTreeMap<u16, f64>, one: u16, other: u16) -> f64 {
    let (low, high) = (one.min(other), one.max(other));
    let between: f64 = totals.range(low..=high).map(|(_, total)| total).sum();
    let end = |code| totals.get(&code).map_or(0.0, |total| *total);
    (between - f64::midpoint(end(low), end(high))).powi(2)
}

#[cfg(test)]
mod tests {
    use super::{Measure, krippendorff};
    use crate::stats::undefined::Undefined;

    fn coder(codes: &str) -> Vec<Option<u16>> {
        codes
            .chars()
            .map(|c| c.to_digit(10).and_then(|d| u16::try_from(d).ok()))
            .collect()
    }

    #[test]
    fn three_coders_with_missing_codes() {
        // The worked example of the encyclopaedia article on the measure: 0.691 nominal, 0.807 ordinal.
        let coders = [
            coder(".....3412113 3.3".replace(' ', "").as_str()),
            coder("1.213343......."),
            coder("..21344.211 33.4".replace(' ', "").as_str()),
        ];
        let nominal = krippendorff(&coders, Measure::Nominal).unwrap();
        let ordinal = krippendorff(&coders, Measure::Ordinal).unwrap();
        assert!((nominal - 0.691).abs() < 5e-4, "{nominal}");
        assert!((ordinal - 0.807).abs() < 5e-4, "{ordinal}");
    }

    #[test]
    fn full_agreement_is_one_and_one_code_is_undefined() {
        let same = [coder("1223"), coder("1223")];
        for measure in [Measure::Nominal, Measure::Ordinal] {
            assert!((krippendorff(&same, measure).unwrap() - 1.0).abs() < 1e-15);
        }
        assert_eq!(
            krippendorff(&[coder("22"), coder("22")], Measure::Nominal),
            Err(Undefined::OneCode)
        );
        assert_eq!(
            krippendorff(&[coder("2."), coder(".2")], Measure::Nominal),
            Err(Undefined::NothingCodedTwice)
        );
    }
}
