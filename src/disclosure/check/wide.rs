//! The check of a row of one answer each that is too long to be enumerated, and has no bands or groups.
//!
//! Works from the printed codes alone: counts between known bounds that sum to n can be anything the bounds allow.

use crate::disclosure::row::code::Code;
use crate::disclosure::row::policy::PrintedRow;

use super::tells_too_much;

/// Returns how many facts a reader of the printed row could conclude, one for each fact and reader, or `None` where the
/// row is none of this kind. `print` is the printing function as a black box.
pub fn open_facts(
    people: u16,
    threshold: u16,
    levels: usize,
    printed: &PrintedRow,
    print: impl Fn(&[u16]) -> Option<PrintedRow>,
) -> Option<usize> {
    let readers = || (0..levels).map(Some).chain([None]);
    let mut open = 0;
    if printed.grain.is_none() {
        for fact in 0..levels {
            for reader in readers() {
                let other = witness(people, levels, fact, reader)?;
                let same = print(&other).as_ref() == Some(printed);
                let safe = other
                    .get(fact)
                    .is_some_and(|&count| !tells_too_much(count, people, threshold));
                open += usize::from(!same || !safe);
            }
        }
        return Some(open);
    }
    let bounds = bounds(people, levels, printed)?;
    for fact in 0..levels {
        for reader in readers() {
            let Some((least, most)) = possible(people, &bounds, fact, reader)? else {
                continue;
            };
            let mut counts = least..=most;
            let told = counts
                .clone()
                .any(|count| tells_too_much(count, people, threshold));
            let denied = counts.any(|count| !tells_too_much(count, people, threshold));
            open += usize::from(told && !denied);
        }
    }
    Some(open)
}

/// The bounds every printed cell gives, by level.
fn bounds(people: u16, levels: usize, printed: &PrintedRow) -> Option<Vec<(u16, u16)>> {
    let of = |level: usize| {
        let mut own = printed.cells.iter().filter(|(cell, _)| cell.has(level));
        let (cell, code) = own.next()?;
        if own.next().is_some() || cell.levels().count() != 1 {
            return None;
        }
        Some(match *code {
            Code::AtMost(most) => (0, most),
            Code::Exact(count) => (count, count),
            Code::AtLeast(least) => (least, people),
        })
    };
    (0..levels).map(of).collect()
}

/// The counts a level can have for a reader with this own answer; the inner `None` where nobody can have given it.
fn possible(
    people: u16,
    bounds: &[(u16, u16)],
    fact: usize,
    reader: Option<usize>,
) -> Option<Option<(u16, u16)>> {
    let (mut least, mut most) = (0_u32, 0_u32);
    let mut own = (0, 0);
    for (level, &(low, high)) in bounds.iter().enumerate() {
        let low = if reader == Some(level) { low.max(1) } else { low };
        if low > high {
            return Some(None);
        }
        if level == fact {
            own = (u32::from(low), u32::from(high));
        } else {
            least += u32::from(low);
            most += u32::from(high);
        }
    }
    let people = u32::from(people);
    let low = own.0.max(people.saturating_sub(most));
    let high = own.1.min(people.saturating_sub(least));
    if low > high || least > people {
        return Some(None);
    }
    Some(Some((u16::try_from(low).ok()?, u16::try_from(high).ok()?)))
}

/// A set of answers in which the fact is a large count, somebody gave the reader's answer, and one person stands alone.
fn witness(people: u16, levels: usize, fact: usize, reader: Option<usize>) -> Option<Vec<u16>> {
    let other = reader
        .filter(|&reader| reader != fact)
        .or_else(|| (0..levels).find(|&level| level != fact))?;
    let alone = (0..levels).find(|&level| level != fact && level != other)?;
    let half = people.checked_sub(1)? / 2;
    let mut counts = vec![0; levels];
    *counts.get_mut(fact)? = half;
    *counts.get_mut(other)? = people - 1 - half;
    *counts.get_mut(alone)? = 1;
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::open_facts;
    use crate::disclosure::row::code::Coding;
    use crate::disclosure::row::policy::PrintedRow;
    use crate::disclosure::row::shape::{Grain, LevelSet, Shape};
    use crate::disclosure::row::wide::WideRow;
    use crate::disclosure::row::worlds::Worlds;

    #[test]
    fn every_printed_row_of_every_size_tried_is_closed() {
        for levels in 2..=4 {
            for (people, threshold) in [(7, 3), (10, 3), (13, 5), (18, 5), (19, 6)] {
                let rule = WideRow::decide(people, threshold, &Shape::nominal(levels, &[])).unwrap();
                Worlds::new(people, levels).unwrap().each(|world| {
                    let printed = rule.printed(world).unwrap();
                    let open = open_facts(people, threshold, levels, &printed, |c| rule.printed(c));
                    assert_eq!(open, Some(0), "{people} {threshold} {world:?}");
                });
            }
        }
    }

    #[test]
    fn codes_alone_leave_a_count_open_that_the_others_give_away() {
        let coding = Coding::new(200, 5).unwrap();
        let naive = |counts: &[u16]| {
            let codes = counts.iter().enumerate();
            Some(PrintedRow {
                grain: Some(Grain::Levels),
                cells: codes
                    .map(|(level, &count)| (LevelSet::of(&[level]), coding.code(count)))
                    .collect(),
            })
        };
        let printed = naive(&[98, 100, 2]).unwrap();
        assert!(open_facts(200, 5, 3, &printed, naive).unwrap() > 0);
    }
}
