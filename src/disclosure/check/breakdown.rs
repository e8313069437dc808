//! The check of a question by groups.

use std::ops::ControlFlow;

use crate::disclosure::row::code::Code;

/// The most sets of answers that are looked at.
const MOST_LOOKED_AT: usize = 50_000;

/// Returns how many facts readers of a printed breakdown could conclude, or `None` when that cannot be looked at.
///
/// `print` is the printing function of the groups' counts, as a black box. A fact is that in one group fewer than k, or
/// all but fewer than k, of those who answered lie on one side. Possible counts are those with the same sum, which the
/// whole prints. Readers are the outsider and somebody on either side in each group; all know how many of each group
/// answered.
pub fn open_facts(
    threshold: u32,
    answered: &[u32],
    counts: &[u32],
    print: impl Fn(&[u32]) -> Option<Vec<Option<Code>>>,
) -> Option<usize> {
    let printed = print(counts)?;
    if printed.len() != answered.len() || counts.len() != answered.len() {
        return None;
    }
    let total = counts.iter().sum();
    let mut looking = Looking {
        threshold,
        answered,
        ranges: printed
            .iter()
            .zip(answered)
            .map(|(code, all)| range(*code, *all))
            .collect(),
        looked_at: 0,
        found: vec![(false, false); answered.len() * (2 * answered.len() + 1)],
    };
    let mut world = vec![0; answered.len()];
    let all_seen = looking.each(total, 0, &mut world, &|world| {
        print(world).as_ref() == Some(&printed)
    });
    if looking.looked_at >= MOST_LOOKED_AT && all_seen.is_continue() {
        // Too many to see all of them, and some fact has not been seen safe for everybody.
        return by_witness(threshold, answered, &printed, total, &print);
    }
    Some(looking.found.iter().filter(|(bad, good)| *bad && !good).count())
}

fn range(code: Option<Code>, all: u32) -> (u32, u32) {
    match code {
        None => (0, all),
        Some(Code::Exact(count)) => (count, count),
        Some(Code::AtMost(most)) => (0, most.min(all)),
        Some(Code::AtLeast(least)) => (least, all),
    }
}

struct Looking<'a> {
    threshold: u32,
    answered: &'a [u32],
    /// What the printed codes allow.
    ranges: Vec<(u32, u32)>,
    looked_at: usize,
    /// For every reader and group: a possible world in which the group is unsafe, and one in which it is safe.
    found: Vec<(bool, bool)>,
}

impl Looking<'_> {
    /// Looks at every world with this sum that prints the same; breaks off when everything was seen safe.
    fn each(
        &mut self,
        left: u32,
        from: usize,
        world: &mut Vec<u32>,
        prints_alike: &dyn Fn(&[u32]) -> bool,
    ) -> ControlFlow<()> {
        let Some(&(low, high)) = self.ranges.get(from) else {
            if left == 0 && self.looked_at < MOST_LOOKED_AT {
                self.looked_at += 1;
                if prints_alike(world) {
                    self.see(world);
                    if self.found.iter().all(|(_, good)| *good) {
                        return ControlFlow::Break(());
                    }
                }
            }
            return ControlFlow::Continue(());
        };
        let rest = self.ranges.iter().skip(from + 1);
        let (least, most) = rest.fold((0_u32, 0_u32), |(least, most), (low, high)| {
            (least.saturating_add(*low), most.saturating_add(*high))
        });
        for here in low.max(left.saturating_sub(most))..=high.min(left) {
            if left - here < least || self.looked_at >= MOST_LOOKED_AT {
                break;
            }
            if let Some(count) = world.get_mut(from) {
                *count = here;
            }
            self.each(left - here, from + 1, world, prints_alike)?;
        }
        ControlFlow::Continue(())
    }

    fn see(&mut self, world: &[u32]) {
        let groups = self.answered.len();
        for (reader, found) in self.found.chunks_mut(groups).enumerate() {
            let is_possible = match reader.checked_sub(1) {
                None => true,
                Some(insider) => {
                    let own = world.get(insider / 2).zip(self.answered.get(insider / 2));
                    own.is_some_and(|(count, all)| if insider % 2 == 0 { *count > 0 } else { count < all })
                }
            };
            if !is_possible {
                continue;
            }
            for ((count, all), (bad, good)) in world.iter().zip(self.answered).zip(found) {
                if *count < self.threshold || all - count < self.threshold {
                    *bad = true;
                } else {
                    *good = true;
                }
            }
        }
    }
}

/// Where there are too many worlds: everything is closed when one that prints the same has k people of every group on
/// each side, for then everybody's own answer is possible in it and every group is safe. Looks for it by moving
/// people, one group after the other, to where the printed codes end.
fn by_witness(
    threshold: u32,
    answered: &[u32],
    printed: &[Option<Code>],
    total: u32,
    print: &impl Fn(&[u32]) -> Option<Vec<Option<Code>>>,
) -> Option<usize> {
    let bounds: Vec<(u32, u32)> = printed
        .iter()
        .zip(answered)
        .map(|(code, all)| {
            let (low, high) = range(*code, *all);
            (low.max(threshold), high.min(all.saturating_sub(threshold)))
        })
        .collect();
    let is_witness = |world: &[u32]| print(world).as_deref() == Some(printed);
    for first in 0..bounds.len() {
        // Every group at its least; the first as full as may be, then the others in turn.
        let mut world: Vec<u32> = bounds.iter().map(|(low, _)| *low).collect();
        let mut left = total.checked_sub(world.iter().sum())?;
        let order = (first..bounds.len()).chain(0..first);
        for group in order {
            if let (Some(count), Some((low, high))) = (world.get_mut(group), bounds.get(group)) {
                let more = left.min(high.checked_sub(*low)?);
                *count += more;
                left -= more;
            }
        }
        if left == 0 && is_witness(&world) {
            return Some(0);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::open_facts;
    use crate::disclosure::breakdown::policy::Policy;
    use crate::disclosure::row::code::Code;

    fn usual(counts: &[u32], answered: &[u32]) -> Option<Vec<Option<Code>>> {
        let code = |(count, all): (&u32, &u32)| {
            Some(match *count {
                count if count <= 5 => Code::AtMost(5),
                count if count >= all - 5 => Code::AtLeast(all - 5),
                count => Code::Exact(count),
            })
        };
        Some(counts.iter().zip(answered).map(code).collect())
    }

    #[test]
    fn the_usual_codes_beside_the_sum_are_found_open() {
        let open = open_facts(5, &[15, 14], &[2, 10], |counts| usual(counts, &[15, 14]));
        assert!(open.unwrap() > 0);
    }

    #[test]
    fn a_policy_is_found_closed_also_with_very_many_worlds() {
        for (answered, counts) in [
            (vec![15, 14], vec![2, 10]),
            (vec![500, 400, 300, 600], vec![2, 400, 200, 100]),
            (vec![500, 400, 300, 600], vec![120, 100, 200, 100]),
        ] {
            let policy = Policy::decide(5, counts.iter().sum(), &answered).unwrap();
            let open = open_facts(5, &answered, &counts, |counts| policy.printed(counts));
            assert_eq!(open, Some(0), "{answered:?}");
        }
    }

    #[test]
    fn exact_counts_of_very_many_people_are_found_open_where_a_group_has_few() {
        let exact = |counts: &[u32]| Some(counts.iter().map(|count| Some(Code::Exact(*count))).collect());
        assert!(open_facts(5, &[500, 400, 300], &[2, 300, 100], exact).unwrap() > 0);
    }
}
