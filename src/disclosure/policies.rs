//! Policies decided so far in this run, and rows they print that were checked.

use std::collections::{BTreeMap, BTreeSet};

use super::breakdown::bands::{Bands, PrintedBand, SplitSide};
use super::breakdown::policy::Policy as GroupPolicy;
use super::check;
use super::row::code::Code;
use super::row::policy::PrintedRow;
use super::row::rule::RowRule;
use super::row::shape::{Grain, LevelSet, Shape};
use super::row::worlds::Worlds;

/// Everything a policy depends on. All of it is public.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// n.
    pub people: u32,
    /// k.
    pub threshold: u32,
    /// Whether the row is also split by groups, or may be.
    pub beside_groups: bool,
    /// Its levels and bands.
    pub shape: Shape,
}

/// Threshold, people on the side, and those who answered by group.
type GroupKey = (u32, u32, Vec<u32>);

/// That, what is printed of the sides, and the side that is split.
type BandsKey = (GroupKey, Vec<Option<Code>>, SplitSide);

/// A question by groups in three bands: two that make one side of its cut, and the other side.
pub(super) struct ByBands<'a> {
    /// The whole, and its counts.
    pub(super) whole: (&'a Row, &'a [u32]),
    /// The bands, the two that make one side first.
    pub(super) parts: [LevelSet; 3],
    /// Whether the side that was told is the one the two bands make.
    pub(super) is_told: bool,
    /// How many of each group answered.
    pub(super) answered: &'a [u32],
    /// How many of each group are in each band.
    pub(super) counts: &'a [Vec<u32>],
}

/// Keeps policies, so that questions of the same sizes and shape share one. Changes no result, only the time.
#[derive(Debug, Default)]
pub struct Policies {
    decided: BTreeMap<Row, Option<RowRule>>,
    checked: BTreeSet<(Row, PrintedRow)>,
    by_group: BTreeMap<GroupKey, Option<GroupPolicy>>,
    by_bands: BTreeMap<BandsKey, Option<Bands>>,
    failed: bool,
}

/// The check found something that readers could conclude from a row that was about to be printed. Nothing is printed then,
/// not only that row: which row it was would tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the check of what may be shown failed")]
pub struct CheckFailed;

impl Policies {
    /// Returns the finest grain any row of these sizes is printed in; `None` where no policy is possible.
    pub fn finest(&mut self, row: &Row) -> Option<Grain> {
        let rule = self.decided.entry(row.clone()).or_insert_with(|| row.decide());
        match rule {
            Some(RowRule::Decided(policy)) => policy.finest(),
            Some(RowRule::Wide(_) | RowRule::Flat(_)) => Some(Grain::Levels),
            None => None,
        }
    }

    /// Returns what is printed of a row with these counts, one per level, or `None` where no policy is possible for
    /// its sizes. What is returned was checked: a row that would leave something open is never printed.
    pub fn printed(&mut self, row: &Row, counts: &[u32]) -> Option<PrintedRow> {
        let rule = self
            .decided
            .entry(row.clone())
            .or_insert_with(|| row.decide())
            .as_ref()?;
        let known = (row.clone(), rule.printed(counts)?);
        if !self.checked.contains(&known) {
            if !is_closed(row, rule, &known.1) {
                self.failed = true;
                return None;
            }
            self.checked.insert(known.clone());
        }
        Some(known.1)
    }

    /// Looks whether a printed row tells about groups in which so many answered.
    pub(super) fn check_groups(&mut self, row: &Row, printed: &PrintedRow, answered: &[u32]) {
        let rule = self.decided.get(row).and_then(Option::as_ref);
        let open = rule.and_then(|rule| match rule {
            RowRule::Decided(policy) => {
                let print = |counts: &[u32]| policy.printed(counts);
                check::row::open_group_facts(row.threshold, answered, &row.shape, printed, print)
            }
            RowRule::Flat(rule) if Worlds::new(row.people, row.shape.levels()).is_some() => {
                let print = |counts: &[u32]| rule.printed(counts);
                check::row::open_group_facts(row.threshold, answered, &row.shape, printed, print)
            }
            // Looked at with k + 1, which is enough.
            RowRule::Wide(_) | RowRule::Flat(_) => Some(0),
        });
        self.failed |= open != Some(0);
    }

    /// Looks whether a whole and its groups beside each other tell of single answers in single groups, as far as there are
    /// few enough sets of answers to go through. Beyond that the proof stands alone.
    pub(super) fn check_together(
        &mut self,
        (row, all): (&Row, &[u32]),
        side: LevelSet,
        (answered, counts): (&[u32], &[u32]),
    ) {
        let total = counts.iter().sum();
        let rule = self.decided.get(row).and_then(Option::as_ref);
        let policy = self.by_group.get(&(row.threshold, total, answered.to_vec()));
        let (Some(rule), Some(Some(policy))) = (rule, policy) else {
            return;
        };
        if Worlds::new(row.people, row.shape.levels()).is_none() || !policy.prints_something() {
            return;
        }
        let Some(printed) = rule.printed(all) else { return };
        let whole = check::together::Whole {
            shape: &row.shape,
            people: row.people,
            printed: &printed,
            print: &|counts| rule.printed(counts),
        };
        let rest: Vec<usize> = (0..row.shape.levels())
            .filter(|level| !side.has(*level))
            .collect();
        let by_part: Vec<Vec<u32>> = counts
            .iter()
            .zip(answered)
            .map(|(count, all)| vec![*count, all.saturating_sub(*count)])
            .collect();
        let by_group = policy.printed(counts);
        let groups = check::together::Groups {
            parts: &[side, LevelSet::of(&rest)],
            answered,
            counts: &by_part,
            prints_alike: &|other| policy.printed(&part(other, 0)) == by_group,
        };
        let open = check::together::open_facts(row.threshold, &whole, &groups, &groups.alike());
        self.failed |= open.is_some_and(|open| open > 0);
    }

    /// Returns what is printed of the two bands by groups beside the sides, which were printed before: `None` where that is
    /// nothing more, where there are too many sets of answers to decide or to check, or where the check finds something
    /// open.
    pub(super) fn printed_by_bands(&mut self, question: &ByBands<'_>) -> Option<[PrintedBand; 2]> {
        let (row, all) = question.whole;
        let (first, second, alone) = (
            part(question.counts, 0),
            part(question.counts, 1),
            part(question.counts, 2),
        );
        let told = |first: &[u32], second: &[u32], alone: &[u32]| -> Vec<u32> {
            if question.is_told {
                first.iter().zip(second).map(|(one, other)| one + other).collect()
            } else {
                alone.to_vec()
            }
        };
        let own = told(&first, &second, &alone);
        let key: GroupKey = (row.threshold, own.iter().sum(), question.answered.to_vec());
        let (Some(RowRule::Decided(whole)), Some(Some(policy))) = (
            self.decided.get(row).and_then(Option::as_ref),
            self.by_group.get(&key),
        ) else {
            return None;
        };
        let sides = policy.printed(&own)?;
        let split = SplitSide {
            is_told: question.is_told,
            first: first.iter().sum(),
            second: second.iter().sum(),
        };
        let decided = self
            .by_bands
            .entry((key, sides.clone(), split))
            .or_insert_with(|| Bands::decide(policy, &sides, split))
            .as_ref()?;
        let printed = decided.printed(&own, &first)?;
        if printed.iter().flatten().all(Option::is_none) {
            return None;
        }
        let printed_whole = whole.printed(all)?;
        let whole = check::together::Whole {
            shape: &row.shape,
            people: row.people,
            printed: &printed_whole,
            print: &|counts| whole.printed(counts),
        };
        let groups = check::together::Groups {
            parts: &question.parts,
            answered: question.answered,
            counts: question.counts,
            prints_alike: &|other| {
                let (first, second, alone) = (part(other, 0), part(other, 1), part(other, 2));
                let own = told(&first, &second, &alone);
                policy.printed(&own).as_ref() == Some(&sides)
                    && decided.printed(&own, &first).as_ref() == Some(&printed)
            },
        };
        let alike = groups.alike();
        let bands = check::together::open_bands(row.threshold, &groups, &alike);
        // Where there are too many sets of answers to go through, the proof stands alone for single answers.
        let answers = check::together::open_facts(row.threshold, &whole, &groups, &alike);
        let is_open = |open: Option<usize>| open.is_some_and(|open| open > 0);
        self.failed |= is_open(bands) || is_open(answers);
        (bands == Some(0) && !is_open(answers)).then_some(printed)
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
        threshold: u32,
        answered: &[u32],
        counts: &[u32],
    ) -> Option<Vec<Option<Code>>> {
        let total = counts
            .iter()
            .try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
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

/// The counts of one part in every group.
fn part(counts: &[Vec<u32>], part: usize) -> Vec<u32> {
    let of = |row: &Vec<u32>| row.get(part).copied().unwrap_or_default();
    counts.iter().map(of).collect()
}

/// Whether the check finds nothing open in a printed row.
fn is_closed(row: &Row, rule: &RowRule, printed: &PrintedRow) -> bool {
    let print = |counts: &[u32]| rule.printed(counts);
    let above = row.threshold.saturating_add(u32::from(row.beside_groups));
    match rule {
        RowRule::Decided(_) => check::row::check(row.people, row.threshold, &row.shape, printed, print)
            .is_some_and(|found| found.open == 0 && found.worlds > 0),
        RowRule::Wide(_) => check::wide::open_facts(row.people, above, &row.shape, printed, print) == 0,
        // Where a row too large to go through prints nothing there is nothing to look at but the rule itself.
        RowRule::Flat(_) => {
            printed.grain.is_none() && Worlds::new(row.people, row.shape.levels()).is_none()
                || check::flat::open_facts(row.people, above, &row.shape, printed, print) == 0
                || check::row::check(row.people, above, &row.shape, printed, print)
                    .is_some_and(|found| found.open == 0 && found.worlds > 0)
        }
    }
}

impl Row {
    fn decide(&self) -> Option<RowRule> {
        if self.beside_groups {
            RowRule::decide_beside_groups(self.people, self.threshold, &self.shape)
        } else {
            RowRule::decide(self.people, self.threshold, &self.shape)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Policies, Row};
    use crate::disclosure::row::shape::{Grain, Shape};

    fn row(people: u32, shape: &Shape) -> Row {
        Row {
            people,
            threshold: 5,
            beside_groups: false,
            shape: shape.clone(),
        }
    }

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
            let mut grain = |shape| policies.printed(&row(5 * each, shape), &[each; 5]).unwrap().grain;
            assert_eq!(grain(&five), Some(of_bands), "{each}");
            assert_eq!(grain(&options), Some(Grain::Levels), "{each}");
        }
        let yes_and_no = Shape::nominal(2, &[]);
        let counts = [999_998, 2];
        let printed = policies.printed(&row(1_000_000, &yes_and_no), &counts).unwrap();
        assert_eq!(printed.grain, Some(Grain::Levels));
    }
}
