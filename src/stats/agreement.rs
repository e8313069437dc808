//! Two coders who sorted the same open answers: how far they agree, beyond chance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::confidence::{Confidence, Interval};
use super::undefined::{Figure, Undefined, finite};

/// How disagreement is weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighing {
    /// Any two codes that differ count the same.
    #[default]
    Alike,
    /// By the square of the distance between ordered codes.
    Quadratic,
}

/// Agreement of two coders over the units both coded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Units both coded.
    pub n: u64,
    /// Share of them with the same code.
    pub agreed: f64,
    /// Cohen's kappa; none when one code only was used.
    pub kappa: Figure<f64>,
}

/// What two coders gave the units both coded.
pub struct CodedTwice {
    pairs: Vec<(u16, u16)>,
}

impl CodedTwice {
    /// Takes the codes of two coders, unit by unit; `None` where a coder gave none.
    ///
    /// # Errors
    /// Another number of units, or none that both coded.
    pub fn new(first: &[Option<u16>], second: &[Option<u16>]) -> Figure<Self> {
        if first.len() != second.len() {
            return Err(Undefined::Contradiction);
        }
        let pairs: Vec<(u16, u16)> = first
            .iter()
            .zip(second)
            .filter_map(|(a, b)| (*a).zip(*b))
            .collect();
        if pairs.is_empty() {
            return Err(Undefined::NothingCodedTwice);
        }
        Ok(Self { pairs })
    }

    /// Returns the agreement and Cohen's kappa = (po - pe)/(1 - pe). Quadratic weights count how many of the ordered
    /// codes in use lie between two.
    ///
    /// Sources: J. Cohen, Educ Psychol Meas 20 (1960) and Psychol Bull 70 (1968). As scikit-learn `cohen_kappa_score`.
    ///
    /// # Errors
    /// Only when numbers leave their range.
    pub fn agreement(&self, weighing: Weighing) -> Figure<Agreement> {
        let n = self.pairs.len() as f64;
        let same = self.pairs.iter().filter(|(one, other)| one == other).count();
        Ok(Agreement {
            n: self.pairs.len() as u64,
            agreed: finite(same as f64 / n)?,
            kappa: self.kappa(weighing),
        })
    }

    fn kappa(&self, weighing: Weighing) -> Figure<f64> {
        let places = self.places();
        if places.len() < 2 {
            return Err(Undefined::OneCode);
        }
        let far = |one: &u16, other: &u16| match (weighing, places.get(one), places.get(other)) {
            (Weighing::Quadratic, Some(one), Some(other)) => {
                i64::try_from(one.abs_diff(*other)).map_or(0, |d| d * d)
            }
            _ => i64::from(one != other),
        };
        let observed: i64 = self.pairs.iter().map(|(one, other)| far(one, other)).sum();
        let (ones, others) = self.margins();
        let mut expected = 0_i128;
        for (one, often) in &ones {
            for (other, as_often) in &others {
                expected += i128::from(far(one, other)) * i128::from(*often) * i128::from(*as_often);
            }
        }
        finite(1.0 - observed as f64 * self.pairs.len() as f64 / expected as f64)
    }

    /// Returns the interval of unweighted kappa by its large-sample variance; wide and rough below some 50 units.
    ///
    /// Source: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychol Bull 72 (1969). As psych `cohen.kappa`.
    ///
    /// # Errors
    /// One code only.
    pub fn kappa_interval(&self, confidence: Confidence) -> Figure<Interval> {
        let kappa = self.kappa(Weighing::Alike)?;
        let n = self.pairs.len() as f64;
        let (ones, others) = self.margins();
        let share = |margin: &BTreeMap<u16, i64>, code: u16| margin.get(&code).map_or(0.0, |c| *c as f64 / n);
        let agreed = self.pairs.iter().filter(|(one, other)| one == other).count() as f64 / n;
        let chance: f64 = ones
            .keys()
            .map(|code| share(&ones, *code) * share(&others, *code))
            .sum();
        let mut sum = 0.0;
        for (one, other) in &self.pairs {
            let own = if one == other {
                let margins = share(&ones, *one) + share(&others, *other);
                (1.0 - chance) - margins * (1.0 - agreed)
            } else {
                (share(&others, *one) + share(&ones, *other)) * (1.0 - agreed)
            };
            sum += own * own / n;
        }
        let off = agreed * chance - 2.0 * chance + agreed;
        let variance = ((sum - off * off) / (n * (1.0 - chance).powi(4))).max(0.0);
        Interval::around(kappa, confidence.z()? * variance.sqrt()).map(|interval| interval.within(-1.0, 1.0))
    }

    /// The codes in use, in order.
    fn places(&self) -> BTreeMap<u16, usize> {
        let codes: BTreeSet<u16> = self
            .pairs
            .iter()
            .flat_map(|(one, other)| [*one, *other])
            .collect();
        codes.into_iter().zip(0..).collect()
    }

    fn margins(&self) -> (BTreeMap<u16, i64>, BTreeMap<u16, i64>) {
        let (mut ones, mut others) = (BTreeMap::new(), BTreeMap::new());
        for (one, other) in &self.pairs {
            *ones.entry(*one).or_insert(0) += 1;
            *others.entry(*other).or_insert(0) += 1;
        }
        (ones, others)
    }
}

#[cfg(test)]
mod tests {
    use super::{CodedTwice, Weighing};
    use crate::stats::undefined::Undefined;

    fn coded(first: &[u16], second: &[u16]) -> CodedTwice {
        let some = |codes: &[u16]| codes.iter().copied().map(Some).collect::<Vec<_>>();
        CodedTwice::new(&some(first), &some(second)).unwrap()
    }

    #[test]
    fn kappa_by_hand() {
        // 20 agree on yes, 15 on no, 5 and 10 differ: po 0.7, pe 0.5, kappa 0.4.
        let first: Vec<u16> = [vec![1; 25], vec![2; 25]].concat();
        let second: Vec<u16> = [vec![1; 20], vec![2; 5], vec![1; 10], vec![2; 15]].concat();
        let agreement = coded(&first, &second).agreement(Weighing::Alike).unwrap();
        assert!((agreement.agreed - 0.7).abs() < 1e-15);
        assert!((agreement.kappa.unwrap() - 0.4).abs() < 1e-15);
    }

    #[test]
    fn one_code_only_has_agreement_and_no_kappa() {
        let agreement = coded(&[2, 2], &[2, 2]).agreement(Weighing::Alike).unwrap();
        assert_eq!(
            (agreement.agreed.to_bits(), agreement.kappa),
            (1.0_f64.to_bits(), Err(Undefined::OneCode))
        );
    }

    #[test]
    fn units_coded_once_do_not_count() {
        let units = CodedTwice::new(&[Some(1), None, Some(2)], &[Some(1), Some(2), None]).unwrap();
        assert_eq!(units.agreement(Weighing::Alike).unwrap().n, 1);
        assert!(CodedTwice::new(&[Some(1)], &[None]).is_err());
    }
}
