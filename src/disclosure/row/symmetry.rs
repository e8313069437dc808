//! When two classes of a row are the same but for the names of the levels.

use super::shape::{Arrangement, LevelSet, Shape};

/// Returns what a printed value looks like with the names of the levels taken away: two values with the same look
/// turn into each other when nominal options are renamed (groups with their options), or when a scale is read from
/// its other end.
///
/// `digits` are the printed digits in the order of [`Shape::cells`], as many as the form prints.
pub(super) fn looks(shape: &Shape, digits: &[u32]) -> Vec<u32> {
    match shape.arrangement() {
        Arrangement::Ordered => from_either_end(shape, digits),
        Arrangement::Nominal => without_names(shape, digits),
    }
}

/// The smaller of the value read forwards and read backwards, tier by tier.
fn from_either_end(shape: &Shape, digits: &[u32]) -> Vec<u32> {
    let (_, printed) = shape.cells();
    let mut backwards = Vec::with_capacity(digits.len());
    let mut begin = 0;
    for &end in printed.iter().rev().filter(|&&end| end <= digits.len()) {
        backwards.extend(digits.get(begin..end).unwrap_or_default().iter().rev());
        begin = end;
    }
    backwards.min(digits.to_vec())
}

/// Every coarse cell as its size, its digit and the sorted digits of its finer cells; then all of them sorted.
fn without_names(shape: &Shape, digits: &[u32]) -> Vec<u32> {
    let (cells, _) = shape.cells();
    let coarsest = shape.tiers().last().map_or(0, |tier| tier.cells.len());
    let known: Vec<(LevelSet, u32)> = cells.into_iter().zip(digits.iter().copied()).collect();
    let (coarse, fine) = known.split_at_checked(coarsest).unwrap_or((&known, &[]));
    let mut parts: Vec<Vec<u32>> = coarse
        .iter()
        .map(|(cell, digit)| {
            let mut inside: Vec<u32> = fine
                .iter()
                .filter(|(small, _)| cell.covers(*small))
                .map(|(_, digit)| *digit)
                .collect();
            inside.sort_unstable();
            let size = u32::try_from(cell.levels().count()).unwrap_or(u32::MAX);
            [size, *digit].into_iter().chain(inside).collect()
        })
        .collect();
    parts.sort_unstable();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::looks;
    use crate::disclosure::row::shape::Shape;

    #[test]
    fn a_scale_looks_the_same_from_its_other_end() {
        let shape = Shape::ordered(4, None, Some(&[vec![0, 1], vec![2, 3]]));
        // Printed cells: {0,1} {2,3} {0} {1} {2} {3}.
        assert_eq!(
            looks(&shape, &[1, 2, 3, 4, 5, 6]),
            looks(&shape, &[2, 1, 6, 5, 4, 3])
        );
        assert_ne!(
            looks(&shape, &[1, 2, 3, 4, 5, 6]),
            looks(&shape, &[1, 2, 4, 3, 5, 6])
        );
    }

    #[test]
    fn options_may_be_renamed_with_their_group() {
        let shape = Shape::nominal(4, &[vec![0, 1], vec![2, 3]]);
        assert_eq!(
            looks(&shape, &[1, 2, 3, 4, 5, 6]),
            looks(&shape, &[2, 1, 6, 5, 3, 4])
        );
        assert_ne!(
            looks(&shape, &[1, 2, 3, 4, 5, 6]),
            looks(&shape, &[1, 2, 3, 5, 4, 6])
        );
    }
}
