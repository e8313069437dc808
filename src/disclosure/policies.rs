//! Policies decided so far in this run, and rows they print that were checked.

use std::collections::{BTreeMap, BTreeSet};

use super::check;
use super::row::policy::{Policy, PrintedRow};
use super::row::shape::{Grain, Shape};
use super::row::wide::WideRow;

/// People, threshold and shape: everything a policy depends on. All of it is public.
type Key = (u16, u16, Shape);

/// Keeps policies, so that questions of the same sizes and shape share one. Changes no result, only the time.
#[derive(Debug, Default)]
pub struct Policies {
    decided: BTreeMap<Key, Option<Policy>>,
    checked: BTreeSet<(Key, PrintedRow)>,
}

impl Policies {
    /// Returns the finest grain any row of these sizes is printed in; `None` where no policy is possible.
    pub fn finest(&mut self, people: u16, threshold: u16, shape: &Shape) -> Option<Grain> {
        let key = (people, threshold, shape.clone());
        let policy = self
            .decided
            .entry(key)
            .or_insert_with(|| Policy::decide(people, threshold, shape));
        match policy {
            Some(policy) => policy.finest(),
            None => WideRow::decide(people, threshold, shape).map(|_| Grain::Levels),
        }
    }

    /// Returns what is printed of a row with these counts, one per level, or `None` where no policy is possible for
    /// its sizes. What is returned was checked: a row that would leave something open is never printed.
    pub fn printed(
        &mut self,
        people: u16,
        threshold: u16,
        shape: &Shape,
        counts: &[u16],
    ) -> Option<PrintedRow> {
        let key = (people, threshold, shape.clone());
        let policy = self
            .decided
            .entry(key.clone())
            .or_insert_with(|| Policy::decide(people, threshold, shape))
            .as_ref();
        let Some(policy) = policy else {
            return wide(people, threshold, shape, counts);
        };
        let printed = policy.printed(counts)?;
        let known = (key, printed);
        if !self.checked.contains(&known) {
            let found = check::row::check(people, threshold, shape, &known.1, |c| policy.printed(c))?;
            if found.open > 0 || found.worlds == 0 {
                return None;
            }
            self.checked.insert(known.clone());
        }
        Some(known.1)
    }
}

/// A row too long for a policy, where there is a rule for rows of any length.
fn wide(people: u16, threshold: u16, shape: &Shape, counts: &[u16]) -> Option<PrintedRow> {
    let rule = WideRow::decide(people, threshold, shape)?;
    let printed = rule.printed(counts)?;
    let print = |counts: &[u16]| rule.printed(counts);
    let open = check::wide::open_facts(people, threshold, shape.levels(), &printed, print);
    (open == Some(0)).then_some(printed)
}
