//! Policies decided so far in this run, and rows they print that were checked.

use std::collections::{BTreeMap, BTreeSet};

use super::check;
use super::row::policy::PrintedRow;
use super::row::rule::RowRule;
use super::row::shape::Shape;

/// People, threshold and shape: everything a policy depends on. All of it is public.
type Key = (u32, u32, Shape);

/// Keeps policies, so that questions of the same sizes and shape share one. Changes no result, only the time.
#[derive(Debug, Default)]
pub struct Policies {
    decided: BTreeMap<Key, Option<RowRule>>,
    checked: BTreeSet<(Key, PrintedRow)>,
}

impl Policies {
    /// Returns what is printed of a row with these counts, one per level, or `None` where no policy is possible for
    /// its sizes. What is returned was checked: a row that would leave something open is never printed.
    pub fn printed(
        &mut self,
        people: u32,
        threshold: u32,
        shape: &Shape,
        counts: &[u32],
    ) -> Option<PrintedRow> {
        let key = (people, threshold, shape.clone());
        let rule = self
            .decided
            .entry(key.clone())
            .or_insert_with(|| RowRule::decide(people, threshold, shape))
            .as_ref()?;
        let printed = rule.printed(counts)?;
        let known = (key, printed);
        if !self.checked.contains(&known) {
            let print = |counts: &[u32]| rule.printed(counts);
            let closed = match rule {
                RowRule::Decided(_) => {
                    let found = check::row::check(people, threshold, shape, &known.1, print)?;
                    found.open == 0 && found.worlds > 0
                }
                RowRule::Wide(_) => check::wide::open_facts(people, threshold, shape, &known.1, print) == 0,
            };
            if !closed {
                return None;
            }
            self.checked.insert(known.clone());
        }
        Some(known.1)
    }
}

#[cfg(test)]
mod tests {
    use super::Policies;
    use crate::disclosure::row::shape::{Grain, Shape};

    #[test]
    fn rows_of_any_size_are_printed_and_checked() {
        let five = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        );
        let options = Shape::nominal(5, &[]);
        let mut policies = Policies::default();
        for (each, of_bands) in [
            (16, Grain::ThreeBands),
            (61, Grain::Levels),
            (20_000, Grain::Levels),
            (200_000, Grain::Levels),
        ] {
            let mut grain = |shape| policies.printed(5 * each, 5, shape, &[each; 5]).unwrap().grain;
            assert_eq!(grain(&five), Some(of_bands), "{each}");
            assert_eq!(grain(&options), Some(Grain::Levels), "{each}");
        }
        let yes_and_no = Shape::nominal(2, &[]);
        let counts = [999_998, 2];
        let printed = policies.printed(1_000_000, 5, &yes_and_no, &counts).unwrap();
        assert_eq!(printed.grain, Some(Grain::Levels));
    }
}
