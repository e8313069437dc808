//! Two categorical items against each other: chi-square and Cramer's V.

use std::fmt;

use serde::Serialize;

use super::distributions::chi_square_beyond;
use super::fisher::fisher;
use super::p_value::{How, PValue};
use super::undefined::{Figure, Undefined, finite};

/// Below this many expected people in a cell the chi-square distribution fits badly.
const FEW_EXPECTED: f64 = 5.0;

/// Counts of two items against each other, rows and columns that hold nobody left out.
///
/// `Debug` shows no count.
#[derive(Clone, PartialEq, Eq)]
pub struct Crosstab {
    columns: usize,
    /// Row after row.
    cells: Vec<u32>,
}

impl Crosstab {
    /// Takes rows of counts, all of the same length.
    ///
    /// # Errors
    /// Rows of different lengths, nobody at all, or fewer than two rows or columns that hold anybody.
    pub fn new(rows: &[Vec<u32>]) -> Figure<Self> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return Err(Undefined::Contradiction);
        }
        let holds: Vec<bool> = (0..width)
            .map(|column| {
                rows.iter()
                    .any(|row| row.get(column).is_some_and(|count| *count > 0))
            })
            .collect();
        let columns = holds.iter().filter(|holds| **holds).count();
        let cells: Vec<u32> = rows
            .iter()
            .filter(|row| row.iter().any(|count| *count > 0))
            .flat_map(|row| {
                row.iter()
                    .zip(&holds)
                    .filter(|(_, holds)| **holds)
                    .map(|(count, _)| *count)
            })
            .collect();
        if cells.is_empty() {
            return Err(Undefined::NobodyAnswered);
        }
        if columns < 2 || cells.len() / columns < 2 {
            return Err(Undefined::TooFewCategories);
        }
        Ok(Self { columns, cells })
    }

    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.cells.chunks(self.columns)
    }

    pub(super) fn row_sums(&self) -> Vec<u64> {
        self.rows()
            .map(|row| row.iter().copied().map(u64::from).sum())
            .collect()
    }

    pub(super) fn column_sums(&self) -> Vec<u64> {
        let mut sums = vec![0; self.columns];
        for row in self.rows() {
            for (sum, count) in sums.iter_mut().zip(row) {
                *sum += u64::from(*count);
            }
        }
        sums
    }

    pub(super) fn n(&self) -> u64 {
        self.cells.iter().copied().map(u64::from).sum()
    }

    pub(super) fn transposed(&self) -> Self {
        let rows = self.cells.len() / self.columns;
        let cells = (0..self.columns)
            .flat_map(|column| self.cells.iter().skip(column).step_by(self.columns).copied())
            .collect();
        Self { columns: rows, cells }
    }

    /// Returns the figures of the table.
    ///
    /// # Errors
    /// Only when numbers leave their range.
    pub fn association(&self) -> Figure<Association> {
        let (rows, columns, n) = (self.row_sums(), self.column_sums(), self.n() as f64);
        let (mut chi_square, mut least, mut few) = (0.0, f64::INFINITY, 0_u32);
        for (row, own) in self.rows().zip(&rows) {
            for (count, other) in row.iter().zip(&columns) {
                let expected = *own as f64 * *other as f64 / n;
                chi_square += (f64::from(*count) - expected).powi(2) / expected;
                least = least.min(expected);
                few += u32::from(expected < FEW_EXPECTED);
            }
        }
        let (r, c) = (rows.len() as f64, columns.len() as f64);
        let degrees = (r - 1.0) * (c - 1.0);
        let shorter = r.min(c) - 1.0;
        // Bergsma's correction takes off what chance alone would give.
        let phi = (chi_square / n - degrees / (n - 1.0)).max(0.0);
        let shrunk = |k: f64| k - (k - 1.0).powi(2) / (n - 1.0);
        let room = shrunk(r).min(shrunk(c)) - 1.0;
        Ok(Association {
            chi_square: finite(chi_square)?,
            degrees: finite(degrees)?,
            chi_square_p: PValue::new(chi_square_beyond(chi_square, degrees)?, How::Approximate)?,
            least_expected: finite(least)?,
            share_few_expected: finite(f64::from(few) / (r * c))?,
            cramers_v: finite((chi_square / n / shorter).sqrt())?.min(1.0),
            cramers_v_corrected: if room > 0.0 {
                Ok(finite((phi / room).sqrt())?.min(1.0))
            } else {
                Err(Undefined::TooFewPeople { needed: 3 })
            },
        })
    }

    /// Returns the probability that fits the table: chi-square where every cell expects five people or more, else
    /// Fisher's test in Freeman and Halton's form.
    ///
    /// # Errors
    /// Only when numbers leave their range.
    pub fn independence(&self) -> Figure<PValue> {
        let association = self.association()?;
        if association.share_few_expected > 0.0 {
            fisher(self)
        } else {
            Ok(association.chi_square_p)
        }
    }
}

impl fmt::Debug for Crosstab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crosstab({} columns, ..)", self.columns)
    }
}

/// How strongly two items go together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Association {
    /// Pearson's chi-square, without Yates' correction.
    pub chi_square: f64,
    /// Degrees of freedom.
    pub degrees: f64,
    /// Probability by the chi-square distribution; fits badly where few are expected.
    pub chi_square_p: PValue,
    /// The smallest number of people expected in a cell.
    pub least_expected: f64,
    /// The share of cells that expect fewer than five; always reported beside the probability.
    pub share_few_expected: f64,
    /// Cramer's V, 0 to 1. Source: H. Cramer, Mathematical Methods of Statistics (1946).
    pub cramers_v: f64,
    /// V corrected for what chance alone gives. Source: W. Bergsma, J Korean Stat Soc 42 (2013).
    pub cramers_v_corrected: Figure<f64>,
}

#[cfg(test)]
mod tests {
    use super::Crosstab;
    use crate::stats::p_value::How;
    use crate::stats::undefined::Undefined;

    fn table(rows: &[&[u32]]) -> Crosstab {
        Crosstab::new(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn empty_rows_and_columns_are_left_out_first() {
        let with = table(&[&[5, 0, 2], &[0, 0, 0], &[1, 0, 7]]);
        assert!(with == table(&[&[5, 2], &[1, 7]]));
    }

    #[test]
    fn small_cells_are_tested_exactly_and_large_ones_are_not() {
        let few = table(&[&[0, 8], &[5, 4]]).independence().unwrap();
        assert_eq!(few.how(), How::Exact);
        assert!((few.unadjusted() - 0.029_411_764_705_882_353).abs() < 1e-12);
        let many = table(&[&[20, 30], &[25, 25]]).independence().unwrap();
        assert_eq!(many.how(), How::Approximate);
    }

    #[test]
    fn a_table_of_one_row_has_nothing_to_compare() {
        assert_eq!(
            Crosstab::new(&[vec![1, 2], vec![0, 0]]),
            Err(Undefined::TooFewCategories)
        );
        assert_eq!(Crosstab::new(&[vec![0, 0]]), Err(Undefined::NobodyAnswered));
        assert_eq!(
            Crosstab::new(&[vec![1, 2], vec![0]]),
            Err(Undefined::Contradiction)
        );
    }
}
