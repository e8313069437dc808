//! The check of a row without bands that names only its largest answers: for every fact and reader a set of answers is
//! looked for that prints the same and in which the fact is not true. Nothing is taken on trust but the printing function,
//! which is asked.

use crate::disclosure::row::code::Code;
use crate::disclosure::row::policy::PrintedRow;
use crate::disclosure::row::shape::{LevelSet, Shape};

use super::tells_too_much;

/// Returns how many facts may be open: for which no set of answers was found that lets a reader doubt them. The cells of
/// the printed row are looked at as they are; within a cell of several answers others can always be where a fact needs
/// them.
pub fn open_facts(
    people: u32,
    threshold: u32,
    shape: &Shape,
    printed: &PrintedRow,
    print: impl Fn(&[u32]) -> Option<PrintedRow>,
) -> usize {
    let cells: Vec<(LevelSet, Code)> = printed.cells.clone();
    let row = Row {
        people,
        threshold,
        levels: shape.levels(),
        cells: &cells,
    };
    let worlds: Vec<Vec<u32>> = row
        .candidates()
        .into_iter()
        .filter(|world| print(&row.by_level(world)).as_ref() == Some(printed))
        .collect();
    let mut open = 0;
    for fact in 0..cells.len() {
        for reader in std::iter::once(None).chain((0..cells.len()).map(Some)) {
            let possible =
                |world: &&Vec<u32>| reader.is_none_or(|own| world.get(own).is_some_and(|count| *count > 0));
            let safe = |world: &Vec<u32>| {
                world
                    .get(fact)
                    .is_some_and(|count| !tells_too_much(*count, people, threshold))
            };
            let doubted = worlds.iter().filter(possible).any(safe);
            open += usize::from(!doubted && row.can_be(reader));
        }
    }
    open
}

struct Row<'c> {
    people: u32,
    threshold: u32,
    levels: usize,
    cells: &'c [(LevelSet, Code)],
}

impl Row<'_> {
    /// Whether anybody can have given an answer at all.
    fn can_be(&self, reader: Option<usize>) -> bool {
        reader.is_none_or(|own| !matches!(self.cells.get(own), Some((_, Code::Exact(0) | Code::AtMost(0)))))
    }

    /// Sets of counts with the exact cells as printed: of the people in the others as many as may be in one or more cells
    /// alike, and up to k together in one or two of the rest.
    fn candidates(&self) -> Vec<Vec<u32>> {
        let mut fixed = vec![0; self.cells.len()];
        let mut coded = Vec::new();
        for (place, (_, code)) in self.cells.iter().enumerate() {
            match code {
                Code::Exact(count) => {
                    if let Some(own) = fixed.get_mut(place) {
                        *own = *count;
                    }
                }
                Code::AtMost(_) | Code::AtLeast(_) => coded.push(place),
            }
        }
        let Some(left) = self.people.checked_sub(fixed.iter().sum()) else {
            return Vec::new();
        };
        let mut worlds = Vec::new();
        for (turn, _) in coded.iter().enumerate() {
            // Every coded cell stands first once, so each is among the large ones and each among the rest.
            let order: Vec<usize> = coded
                .iter()
                .cycle()
                .skip(turn)
                .take(coded.len())
                .copied()
                .collect();
            for large in 1..order.len() {
                for few in 0..=self.threshold.min(left) {
                    let each = (left - few) / u32::try_from(large).unwrap_or(u32::MAX);
                    if each * u32::try_from(large).unwrap_or(0) + few != left {
                        continue;
                    }
                    for rest in order.iter().skip(large) {
                        let mut world = fixed.clone();
                        let shares = order.iter().take(large).map(|place| (*place, each));
                        for (place, count) in shares.chain([(*rest, few)]) {
                            if let Some(own) = world.get_mut(place) {
                                *own += count;
                            }
                        }
                        worlds.push(world);
                    }
                }
            }
        }
        worlds
    }

    /// Counts by level: everybody of a cell at its first level.
    fn by_level(&self, counts: &[u32]) -> Vec<u32> {
        let mut by_level = vec![0; self.levels];
        for (count, (cell, _)) in counts.iter().zip(self.cells) {
            if let Some(level) = cell.levels().next().and_then(|first| by_level.get_mut(first)) {
                *level = *count;
            }
        }
        by_level
    }
}

#[cfg(test)]
mod tests {
    use super::open_facts;
    use crate::disclosure::row::code::Code;
    use crate::disclosure::row::flat::FlatRule;
    use crate::disclosure::row::policy::PrintedRow;
    use crate::disclosure::row::shape::{Grain, Shape};

    #[test]
    fn two_large_answers_and_a_small_one_that_cannot_be_told_apart_are_closed() {
        let shape = Shape::nominal(4, &[]);
        let rule = FlatRule::decide(1000, 5, &shape).unwrap();
        for counts in [
            [500, 498, 2, 0],
            [400, 398, 200, 2],
            [333, 333, 333, 1],
            [2, 300, 3, 695],
        ] {
            let printed = rule.printed(&counts).unwrap();
            let open = open_facts(1000, 5, &shape, &printed, |counts| rule.printed(counts));
            assert_eq!(open, 0, "{counts:?}");
        }
    }

    #[test]
    fn a_few_that_are_told_by_what_is_left_are_found() {
        let shape = Shape::nominal(3, &[]);
        let exact = |counts: &[u32]| {
            let (cells, _) = shape.cells();
            let code = |count: u32| {
                if count > 5 {
                    Code::Exact(count)
                } else {
                    Code::AtMost(5)
                }
            };
            Some(PrintedRow {
                grain: Some(Grain::Levels),
                cells: cells
                    .iter()
                    .map(|cell| (*cell, code(cell.count(counts))))
                    .collect(),
            })
        };
        let printed = exact(&[500, 498, 2]).unwrap();
        assert!(open_facts(1000, 5, &shape, &printed, exact) > 0);
    }
}
