//! The check of a row of very many people: for every fact and reader a set of answers is looked for that prints the
//! same and in which the fact is not true. Nothing is taken on trust but the printing function, which is asked.

use crate::disclosure::row::code::Code;
use crate::disclosure::row::policy::PrintedRow;
use crate::disclosure::row::shape::{LevelSet, Shape};

use super::tells_too_much;

/// Returns how many facts may be open: for which no set of answers was found that lets a reader doubt them.
pub fn open_facts(
    people: u32,
    threshold: u32,
    shape: &Shape,
    printed: &PrintedRow,
    print: impl Fn(&[u32]) -> Option<PrintedRow>,
) -> usize {
    let row = Row {
        people,
        threshold,
        shape,
        bounds: bounds(people, shape.levels(), printed),
    };
    let same = |counts: &Vec<u32>| print(counts).as_ref() == Some(printed);
    let one_alone: Vec<Vec<u32>> = row.one_alone(printed).into_iter().filter(same).collect();
    let mut open = 0;
    for fact in shape.facts() {
        let doubts = |counts: &Vec<u32>, reader: Option<usize>| {
            let there = reader.is_none_or(|level| counts.get(level).is_some_and(|own| *own > 0));
            there && !tells_too_much(fact.count(counts), people, threshold)
        };
        let readers = (0..shape.levels())
            .filter(|level| row.is_possible(*level))
            .map(Some);
        for reader in readers.chain(std::iter::once(None)) {
            let found = one_alone.iter().any(|counts| doubts(counts, reader))
                || row
                    .filled(fact, reader)
                    .iter()
                    .any(|counts| doubts(counts, reader) && same(counts));
            open += usize::from(!found);
        }
    }
    open
}

struct Row<'s> {
    people: u32,
    threshold: u32,
    shape: &'s Shape,
    /// Fewest and most people of each level, by its own printed cell.
    bounds: Vec<(u32, u32)>,
}

fn bounds(people: u32, levels: usize, printed: &PrintedRow) -> Vec<(u32, u32)> {
    let of = |level: usize| {
        let own = printed.cells.iter().find(|(cell, _)| cell.levels().eq([level]));
        match own {
            Some((_, Code::AtMost(most))) => (0, *most),
            Some((_, Code::Exact(count))) => (*count, *count),
            Some((_, Code::AtLeast(least))) => (*least, people),
            None => (0, people),
        }
    };
    (0..levels).map(of).collect()
}

impl Row<'_> {
    /// Whether anybody can have chosen a level at all.
    fn is_possible(&self, level: usize) -> bool {
        let others = self
            .bounds
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != level);
        let fewest = others.fold(0_u32, |sum, (_, (low, _))| sum.saturating_add(*low));
        self.bounds.get(level).is_some_and(|(_, high)| *high > 0) && fewest < self.people
    }

    /// Counts within the bounds with as many, and with as few, people in the fact as there can be.
    fn filled(&self, fact: LevelSet, reader: Option<usize>) -> Vec<Vec<u32>> {
        let inside_first = |inside: bool| {
            let mut counts: Vec<u32> = self.bounds.iter().map(|(low, _)| *low).collect();
            if let Some(own) = reader.and_then(|level| counts.get_mut(level)) {
                *own = (*own).max(1);
            }
            let mut left = self.people.checked_sub(counts.iter().sum())?;
            let order = [inside, !inside].map(|side| {
                (0..counts.len())
                    .filter(|level| fact.has(*level) == side)
                    .collect::<Vec<_>>()
            });
            for level in order.concat() {
                if let (Some(count), Some((_, high))) = (counts.get_mut(level), self.bounds.get(level)) {
                    let more = high.saturating_sub(*count).min(left);
                    *count += more;
                    left -= more;
                }
            }
            (left == 0).then_some(counts)
        };
        [true, false].into_iter().filter_map(inside_first).collect()
    }

    /// Counts with the printed cells where one level has one person and all others have more than k.
    fn one_alone(&self, printed: &PrintedRow) -> Vec<Vec<u32>> {
        let everybody = vec![(
            LevelSet::of(&(0..self.shape.levels()).collect::<Vec<_>>()),
            self.people,
        )];
        let tiers = self.shape.tiers();
        let place = tiers.iter().position(|tier| Some(tier.grain) == printed.grain);
        let coarse = place.and_then(|place| {
            let cells = tiers.get(place)?.cells.iter();
            let exact = cells.map(|set| {
                let (_, code) = printed.cells.iter().find(|(cell, _)| cell == set)?;
                match code {
                    Code::Exact(count) => Some((*set, *count)),
                    Code::AtMost(_) | Code::AtLeast(_) => None,
                }
            });
            exact.collect::<Option<Vec<_>>>()
        });
        let cells = coarse.unwrap_or(everybody);
        let finer = place.unwrap_or(tiers.len()).checked_sub(1);
        let Some(finer) = finer.and_then(|finer| tiers.get(finer)) else {
            return Vec::new();
        };
        let alone = (0..self.shape.levels()).filter_map(|alone| {
            let own = finer.cells.iter().find(|cell| cell.has(alone))?;
            self.spread(&cells, *own, alone)
        });
        alone.collect()
    }

    /// One person at `alone`, k + 1 at every other level of its finer cell, and the rest of each cell shared evenly.
    fn spread(&self, cells: &[(LevelSet, u32)], own: LevelSet, alone: usize) -> Option<Vec<u32>> {
        let mut counts = vec![0; self.shape.levels()];
        for (cell, people) in cells {
            let mut left = *people;
            let mut shared = Vec::new();
            for level in cell.levels() {
                let fixed = match (level == alone, own.has(level)) {
                    (true, _) => 1,
                    (false, true) => self.threshold + 1,
                    (false, false) => {
                        shared.push(level);
                        continue;
                    }
                };
                *counts.get_mut(level)? = fixed;
                left = left.checked_sub(fixed)?;
            }
            let mut to_come = u32::try_from(shared.len()).ok()?;
            if to_come == 0 && left > 0 {
                return None;
            }
            for level in shared {
                let part = left / to_come;
                *counts.get_mut(level)? = part;
                left -= part;
                to_come -= 1;
            }
        }
        Some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::open_facts;
    use crate::disclosure::row::code::Coding;
    use crate::disclosure::row::policy::PrintedRow;
    use crate::disclosure::row::shape::{Grain, Shape};
    use crate::disclosure::row::wide::WideRule;

    #[test]
    fn a_row_of_a_hundred_thousand_printed_by_its_rule_is_closed() {
        let shape = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        );
        let rule = WideRule::decide(100_000, 5, &shape).unwrap();
        for counts in [
            [10_000, 20_000, 30_000, 20_000, 20_000],
            [3, 20_000, 20_000, 30_000, 29_997],
            [3, 7, 20_000, 49_990, 30_000],
            [1, 7, 1, 49_991, 50_000],
            [0, 0, 0, 50_000, 50_000],
            [4, 4, 4, 49_988, 50_000],
            [0, 1, 2, 0, 99_997],
        ] {
            let printed = rule.printed(&counts).unwrap();
            let open = open_facts(100_000, 5, &shape, &printed, |counts| rule.printed(counts));
            assert_eq!(open, 0, "{counts:?}");
        }
    }

    #[test]
    fn three_people_missing_from_the_sum_of_exact_counts_are_found() {
        let shape = Shape::nominal(3, &[]);
        let coding = Coding::new(100_000, 5).unwrap();
        let naive = |counts: &[u32]| {
            let (cells, _) = shape.cells();
            let cells = cells.iter().map(|cell| (*cell, coding.code(cell.count(counts))));
            Some(PrintedRow {
                grain: Some(Grain::Levels),
                cells: cells.collect(),
            })
        };
        let printed = naive(&[3, 50_000, 49_997]).unwrap();
        assert!(open_facts(100_000, 5, &shape, &printed, naive) > 0);
    }
}
