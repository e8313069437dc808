//! Policies decided so far in this run, and rows they print that were checked.

use std::collections::{BTreeMap, BTreeSet};

use super::breakdown::policy::Policy as GroupPolicy;
use super::check;
use super::row::code::Code;
use super::row::policy::{Policy, PrintedRow};
use super::row::shape::Shape;
use super::row::worlds::Worlds;

/// Everything a policy depends on. All of it is public.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// n.
    pub people: u16,
    /// k.
    pub threshold: u16,
    /// Whether the row is also split by groups, or may be.
    pub beside_groups: bool,
    /// Its levels and bands.
    pub shape: Shape,
}

/// Threshold, people on the side, and those who answered by group.
type GroupKey = (u16, u16, Vec<u16>);

/// Keeps policies, so that questions of the same sizes and shape share one. Changes no result, only the time.
#[derive(Debug, Default)]
pub struct Policies {
    decided: BTreeMap<Row, Option<Policy>>,
    checked: BTreeSet<(Row, PrintedRow)>,
    by_group: BTreeMap<GroupKey, Option<GroupPolicy>>,
    failed: bool,
}

/// The check found something that readers could conclude from a row that was about to be printed. Nothing is printed then,
/// not only that row: which row it was would tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the check of what may be shown failed")]
pub struct CheckFailed;

impl Policies {
    /// Returns what is printed of a row with these counts, one per level, or `None` where no policy is possible for
    /// its sizes. What is returned was checked: a row that would leave something open is never printed.
    pub fn printed(&mut self, row: &Row, counts: &[u16]) -> Option<PrintedRow> {
        let policy = self
            .decided
            .entry(row.clone())
            .or_insert_with(|| row.decide())
            .as_ref()?;
        let known = (row.clone(), policy.printed(counts)?);
        if !self.checked.contains(&known) {
            let found = check::row::check(row.people, row.threshold, &row.shape, &known.1, |c| {
                policy.printed(c)
            })?;
            if found.open > 0 || found.worlds == 0 {
                self.failed = true;
                return None;
            }
            self.checked.insert(known.clone());
        }
        Some(known.1)
    }

    /// Looks whether a printed row tells about groups in which so many answered.
    pub(super) fn check_groups(&mut self, row: &Row, printed: &PrintedRow, answered: &[u16]) {
        let policy = self.decided.get(row).and_then(Option::as_ref);
        let open = policy.and_then(|policy| {
            let print = |counts: &[u16]| policy.printed(counts);
            check::row::open_group_facts(row.threshold, answered, &row.shape, printed, print)
        });
        self.failed |= open != Some(0);
    }

    /// Says that a check found something open.
    pub(super) const fn fail(&mut self) {
        self.failed = true;
    }

    /// Returns whether any check found something open. Then nothing may be printed.
    #[must_use]
    pub const fn check_failed(&self) -> bool {
        self.failed
    }

    /// Returns what is printed of each group where `counts` lie on one side of a question's cut, so many having answered
    /// in each, and the sum being printed: each `None` where it is hidden. `None` where no policy is possible, or where
    /// the check finds something open.
    pub fn printed_by_group(
        &mut self,
        threshold: u16,
        answered: &[u16],
        counts: &[u16],
    ) -> Option<Vec<Option<Code>>> {
        let total = counts
            .iter()
            .try_fold(0_u16, |sum, count| sum.checked_add(*count))?;
        let policy = self
            .by_group
            .entry((threshold, total, answered.to_vec()))
            .or_insert_with(|| GroupPolicy::decide(threshold, total, answered))
            .as_ref()?;
        let printed = policy.printed(counts)?;
        // Where nothing is ever printed the groups have one class, and the whole was looked at before.
        if policy.prints_something() {
            let open = check::breakdown::open_facts(threshold, answered, counts, |c| policy.printed(c));
            if open != Some(0) {
                self.failed = true;
                return None;
            }
        }
        Some(printed)
    }
}

impl Row {
    fn coarsest(&self) -> usize {
        self.shape.tiers().last().map_or(0, |tier| tier.cells.len())
    }

    fn decide(&self) -> Option<Policy> {
        if self.beside_groups {
            Policy::decide_beside_groups(self.people, self.threshold, &self.shape)
        } else {
            Policy::decide(self.people, self.threshold, &self.shape)
        }
    }
}
