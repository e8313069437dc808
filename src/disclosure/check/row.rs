//! The check of a row with one answer each.

use crate::disclosure::row::policy::PrintedRow;
use crate::disclosure::row::shape::{LevelSet, Shape};
use crate::disclosure::row::worlds::Worlds;

use super::tells_too_much;

/// What the check of one printed row found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How many possible sets of counts print the same.
    pub worlds: usize,
    /// Facts that somebody could conclude: unsafe in one of them, and in all that agree with the own answer.
    pub open: usize,
}

/// Returns what readers of a printed row could conclude, or `None` when there are too many sets of counts to look at.
///
/// `print` is the printing function as a black box. A row too long to be looked at level by level is looked at by its
/// bands, which is enough: within a band of several levels the others can always be where the fact needs them (the
/// level at 0, or at k beside an own answer in it, which a safe count of the band allows).
pub fn check(
    people: u32,
    threshold: u32,
    shape: &Shape,
    printed: &PrintedRow,
    print: impl Fn(&[u32]) -> Option<PrintedRow>,
) -> Option<Finding> {
    let tier = (0..shape.tiers().len()).find(|&tier| {
        shape
            .tiers()
            .get(tier)
            .is_some_and(|t| Worlds::new(people, t.cells.len()).is_some())
    })?;
    let units: Vec<LevelSet> = shape.tiers().get(tier)?.cells.clone();
    let facts: Vec<Vec<usize>> = shape
        .facts()
        .iter()
        .map(|fact| {
            (0..units.len())
                .filter(|&u| units.get(u).is_some_and(|unit| fact.covers(*unit)))
                .collect()
        })
        .filter(|units: &Vec<usize>| !units.is_empty())
        .collect();
    // Per reader (each unit, and last the outsider) and fact: seen unsafe, seen safe.
    let mut seen = vec![vec![(false, false); facts.len()]; units.len() + 1];
    let mut worlds = 0;
    let mut counts = vec![0; units.len()];
    spread(people, 0, &mut counts, &mut |counts| {
        if print(&by_level(counts, &units, shape.levels())).as_ref() != Some(printed) {
            return;
        }
        worlds += 1;
        for (reader, facts_seen) in seen.iter_mut().enumerate() {
            if counts.get(reader).is_some_and(|&own| own == 0) {
                continue;
            }
            for (fact, seen) in facts.iter().zip(facts_seen) {
                let count = fact.iter().filter_map(|&unit| counts.get(unit)).sum();
                if tells_too_much(count, people, threshold) {
                    seen.0 = true;
                } else {
                    seen.1 = true;
                }
            }
        }
    });
    let open = seen
        .iter()
        .flatten()
        .filter(|(seen_unsafe, seen_safe)| *seen_unsafe && !seen_safe)
        .count();
    Some(Finding { worlds, open })
}

/// Counts by level for counts by unit: everybody of a unit at its first level.
fn by_level(counts: &[u32], units: &[LevelSet], levels: usize) -> Vec<u32> {
    let mut by_level = vec![0; levels];
    for (count, unit) in counts.iter().zip(units) {
        if let Some(level) = unit.levels().next().and_then(|first| by_level.get_mut(first)) {
            *level = *count;
        }
    }
    by_level
}

/// Calls `see` for every way to spread `left` people over the units from `from` on.
fn spread(left: u32, from: usize, counts: &mut Vec<u32>, see: &mut dyn FnMut(&[u32])) {
    if from + 1 >= counts.len() {
        if let Some(last) = counts.last_mut() {
            *last = left;
        }
        see(counts);
        return;
    }
    for here in 0..=left {
        if let Some(count) = counts.get_mut(from) {
            *count = here;
        }
        spread(left - here, from + 1, counts, see);
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::disclosure::row::code::Coding;
    use crate::disclosure::row::policy::{Policy, PrintedRow};
    use crate::disclosure::row::shape::{Grain, Shape};

    fn five() -> Shape {
        Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        )
    }

    #[test]
    fn a_row_printed_by_the_policy_is_closed() {
        let policy = Policy::decide(20, 5, &five()).unwrap();
        for counts in [
            [0, 1, 3, 7, 9],
            [2, 2, 2, 7, 7],
            [0, 0, 0, 0, 20],
            [4, 4, 4, 4, 4],
        ] {
            let printed = policy.printed(&counts).unwrap();
            let finding = check(20, 5, &five(), &printed, |counts| policy.printed(counts)).unwrap();
            assert_eq!(finding.open, 0, "{counts:?}");
            assert!(finding.worlds > 1);
        }
    }

    #[test]
    fn coding_alone_leaves_a_count_open_that_the_others_give_away() {
        let coding = Coding::new(20, 5).unwrap();
        let (cells, _) = five().cells();
        let naive = |counts: &[u32]| {
            let cells = cells
                .iter()
                .map(|cell| (*cell, coding.code(cell.count(counts))))
                .collect();
            Some(PrintedRow {
                grain: Some(Grain::Levels),
                cells,
            })
        };
        let counts = [1, 0, 6, 6, 7];
        let printed = naive(&counts).unwrap();
        assert!(check(20, 5, &five(), &printed, naive).unwrap().open > 0);
    }
}
