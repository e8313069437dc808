//! Several groups on an ordinal item: Kruskal and Wallis' test, exact or drawn where groups are small.

use serde::Serialize;

use super::dealer::Dealer;
use super::distributions::{LnFactorials, chi_square_beyond};
use super::level_counts::LevelCounts;
use super::p_value::{How, PValue};
use super::undefined::{Figure, Undefined, finite};

/// From this many people in each group on the chi-square distribution fits.
const APPROXIMATE_FROM: u64 = 5;
/// The most ways to deal the levels that are counted through.
const MOST_STEPS: u64 = 5_000_000;
/// Arrangements drawn: so many, or fewer of very many people, so that drawing ends soon too.
const DRAWS: u32 = 100_000;
const FEWEST_DRAWS: u32 = 1_000;
const MOST_DRAWING_STEPS: u64 = 300_000_000;
/// Any fixed number would do; it is part of the definition of the figure.
const SEED: u64 = 19_521_201;
/// Arrangements count as "as far apart" up to this relative difference, as rounding differs with order.
const ALIKE: f64 = 1e-9;

/// The test of Kruskal and Wallis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KruskalWallis {
    /// Test statistic with tie correction.
    pub h: f64,
    /// Groups with anybody in them, less one.
    pub degrees: f64,
    /// People in all groups.
    pub n: u64,
    /// The probability that fits the groups' sizes.
    pub p: PValue,
    /// How much of the spread of ranks lies between groups: H/(n-1), 0 to 1.
    pub epsilon_squared: f64,
}

impl KruskalWallis {
    /// Returns the probability by the chi-square distribution: for comparing with other programs. With three groups
    /// of four it can say 0.011 where 0.0016 is right.
    ///
    /// # Errors
    /// Only when numbers leave their range.
    pub fn chi_square_p(&self) -> Figure<PValue> {
        PValue::new(chi_square_beyond(self.h, self.degrees)?, How::Approximate)
    }
}

/// Returns the test of Kruskal and Wallis over groups, those of nobody left out. With at least five people in each
/// group the probability is that of the chi-square distribution; below, every way to deal the answers is counted, or
/// 100,000 are drawn with a fixed generator where there are too many, fewer where so many people answered that drawing takes
/// long too.
///
/// Source: W. H. Kruskal and W. A. Wallis, JASA 47 (1952). As R `kruskal.test`; small groups as `coin`.
///
/// # Errors
/// Fewer than two groups with anybody in them, everybody alike, or scales that differ.
pub fn kruskal_wallis(groups: &[LevelCounts]) -> Figure<KruskalWallis> {
    let ranked = Ranked::of(groups)?;
    let n = ranked.n as f64;
    let rank_sums = ranked.rank_sums(groups);
    let spread = ranked.spread(&rank_sums);
    let h = finite(((12.0 / (n * (n + 1.0)) * spread) - 3.0 * (n + 1.0)) / ranked.tie_correction())?.max(0.0);
    let degrees = (ranked.sizes.len() - 1) as f64;
    let p = if ranked.sizes.iter().all(|size| *size >= APPROXIMATE_FROM) {
        PValue::new(chi_square_beyond(h, degrees)?, How::Approximate)?
    } else {
        match ranked.counted(spread) {
            Some(p) => PValue::new(p, How::Exact)?,
            None => ranked.drawn(spread, MOST_DRAWING_STEPS)?,
        }
    };
    Ok(KruskalWallis {
        h,
        degrees,
        n: ranked.n,
        p,
        epsilon_squared: finite(h / (n - 1.0))?.min(1.0),
    })
}

/// The answers of all groups in order, and how many each group has.
struct Ranked {
    n: u64,
    /// People in each group that has any.
    sizes: Vec<u64>,
    /// People at each level.
    ties: Vec<u64>,
    /// Twice the mid-rank of each level.
    ranks: Vec<u64>,
}

impl Ranked {
    fn of(groups: &[LevelCounts]) -> Figure<Self> {
        let levels = groups.first().map_or(0, LevelCounts::levels);
        if groups.iter().any(|group| group.levels() != levels) {
            return Err(Undefined::Contradiction);
        }
        let sizes: Vec<u64> = groups.iter().map(LevelCounts::n).filter(|n| *n > 0).collect();
        if sizes.is_empty() {
            return Err(Undefined::NobodyAnswered);
        }
        if sizes.len() < 2 {
            return Err(Undefined::TooFewGroups);
        }
        let mut ties = vec![0_u64; levels];
        for group in groups {
            for (tie, count) in ties.iter_mut().zip(group.counts()) {
                *tie += u64::from(*count);
            }
        }
        if ties.iter().filter(|tie| **tie > 0).count() < 2 {
            return Err(Undefined::NoVariation);
        }
        let ranks = ties.iter().scan(0_u64, |before, tie| {
            let rank = 2 * *before + tie + 1;
            *before += tie;
            Some(rank)
        });
        Ok(Self {
            n: sizes.iter().sum(),
            ranks: ranks.collect(),
            sizes,
            ties,
        })
    }

    /// Twice the sum of ranks of each group that has anybody.
    fn rank_sums(&self, groups: &[LevelCounts]) -> Vec<u64> {
        let of = |group: &LevelCounts| {
            let people = group.counts().iter().zip(&self.ranks);
            people.map(|(count, rank)| u64::from(*count) * rank).sum()
        };
        groups.iter().filter(|group| group.n() > 0).map(of).collect()
    }

    /// Sum of squared rank sums by size: all of H that changes when the answers are dealt anew.
    fn spread(&self, rank_sums: &[u64]) -> f64 {
        let parts = rank_sums.iter().zip(&self.sizes);
        parts
            .map(|(sum, size)| (*sum as f64 / 2.0).powi(2) / *size as f64)
            .sum()
    }

    fn tie_correction(&self) -> f64 {
        let n = self.n as f64;
        let ties: f64 = self
            .ties
            .iter()
            .map(|tie| (*tie as f64).powi(3) - *tie as f64)
            .sum();
        1.0 - ties / (n * n * n - n)
    }

    fn counted(&self, spread: f64) -> Option<f64> {
        let levels: Vec<(u64, u64)> = self
            .ties
            .iter()
            .copied()
            .zip(self.ranks.iter().copied())
            .filter(|(tie, _)| *tie > 0)
            .collect();
        let ln = LnFactorials::up_to(self.n);
        let sum = |counts: &[u64]| counts.iter().map(|count| ln.of(*count)).sum::<f64>();
        // All weights together are one but for rounding.
        let begin = sum(&self.ties) + sum(&self.sizes) - ln.of(self.n);
        let mut counting = Counting {
            ranked: self,
            ln: &ln,
            limit: spread * (1.0 - ALIKE),
            steps: 0,
            all: 0.0,
            far: 0.0,
            room: self.sizes.clone(),
            rank_sums: vec![0; self.sizes.len()],
        };
        counting.deal(&levels, 0, begin)?;
        Some(counting.far / counting.all)
    }

    fn drawn(&self, spread: f64, most_steps: u64) -> Figure<PValue> {
        let ln = LnFactorials::up_to(self.n);
        let mut dealer = Dealer::new(SEED, &ln);
        let (mut far, mut draws) = (0_u32, 0_u32);
        let mut dealt = vec![0; self.sizes.len()];
        let mut sums = vec![0; self.sizes.len()];
        while draws < DRAWS && (draws < FEWEST_DRAWS || dealer.steps < most_steps) {
            draws += 1;
            let mut room = self.sizes.clone();
            sums.fill(0);
            for (tie, rank) in self.ties.iter().zip(&self.ranks) {
                dealer.deal(*tie, &mut room, &mut dealt);
                for (sum, count) in sums.iter_mut().zip(&dealt) {
                    *sum += count * rank;
                }
            }
            far += u32::from(self.spread(&sums) >= spread * (1.0 - ALIKE));
        }
        let p = f64::from(far + 1) / f64::from(draws + 1);
        PValue::new(p, How::Drawn { draws })
    }
}

/// Deals level after level to the groups, in every way.
struct Counting<'a> {
    ranked: &'a Ranked,
    ln: &'a LnFactorials,
    limit: f64,
    steps: u64,
    all: f64,
    far: f64,
    room: Vec<u64>,
    rank_sums: Vec<u64>,
}

impl Counting<'_> {
    /// Deals the first level from `group` on; `None` when there are too many ways. `weight` is a logarithm: of many people
    /// each single way is too rare for a number.
    fn deal(&mut self, levels: &[(u64, u64)], group: usize, weight: f64) -> Option<()> {
        let Some(((people, rank), rest)) = levels.split_first() else {
            let weight = weight.exp();
            self.all += weight;
            if self.ranked.spread(&self.rank_sums) >= self.limit {
                self.far += weight;
            }
            return Some(());
        };
        let Some(room) = self.room.get(group).copied() else {
            return self.deal(rest, 0, weight);
        };
        let room_after: u64 = self.room.iter().skip(group + 1).sum();
        for taken in people.saturating_sub(room_after)..=(*people).min(room) {
            let left = people - taken;
            let own = weight - self.ln.of(taken);
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            self.take(group, taken, *rank);
            if left == 0 {
                self.deal(rest, 0, own)?;
            } else {
                self.deal_left(left, *rank, rest, group + 1, own)?;
            }
            self.give_back(group, taken, *rank);
        }
        Some(())
    }

    fn deal_left(
        &mut self,
        left: u64,
        rank: u64,
        rest: &[(u64, u64)],
        group: usize,
        weight: f64,
    ) -> Option<()> {
        let mut levels = Vec::with_capacity(rest.len() + 1);
        levels.push((left, rank));
        levels.extend_from_slice(rest);
        self.deal(&levels, group, weight)
    }

    fn take(&mut self, group: usize, taken: u64, rank: u64) {
        if let (Some(room), Some(sum)) = (self.room.get_mut(group), self.rank_sums.get_mut(group)) {
            *room -= taken;
            *sum += taken * rank;
        }
    }

    fn give_back(&mut self, group: usize, taken: u64, rank: u64) {
        if let (Some(room), Some(sum)) = (self.room.get_mut(group), self.rank_sums.get_mut(group)) {
            *room += taken;
            *sum -= taken * rank;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ranked, kruskal_wallis};
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::mann_whitney::mann_whitney;
    use crate::stats::p_value::How;
    use crate::stats::undefined::Undefined;

    fn groups(groups: &[&[u32]]) -> Vec<LevelCounts> {
        groups
            .iter()
            .map(|counts| LevelCounts::new(counts.to_vec()))
            .collect()
    }

    #[test]
    fn two_groups_agree_with_the_test_for_two() {
        // With two groups H grows with the distance of U from its middle: the same arrangements are as far.
        let two = groups(&[&[2, 1, 0, 1], &[0, 1, 3, 2]]);
        let several = kruskal_wallis(&two).unwrap();
        let pair = mann_whitney(&two[0], &two[1]).unwrap();
        assert_eq!((several.p.how(), pair.p.how()), (How::Exact, How::Exact));
        assert!((several.p.unadjusted() - pair.p.unadjusted()).abs() < 1e-12);
    }

    #[test]
    fn three_groups_of_four_apart_are_far_rarer_than_chi_square_says() {
        let apart = groups(&[
            &[1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
            &[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
        ]);
        let test = kruskal_wallis(&apart).unwrap();
        // 3! of the 12!/(4!)^3 ways.
        assert!((test.p.unadjusted() - 6.0 / 34_650.0).abs() < 1e-12);
        assert!(test.chi_square_p().unwrap().unadjusted() > 0.005);
    }

    #[test]
    fn drawing_agrees_with_counting() {
        let three = groups(&[&[2, 1, 0, 1], &[0, 1, 3, 2], &[1, 1, 1, 0]]);
        let ranked = Ranked::of(&three).unwrap();
        let spread = ranked.spread(&ranked.rank_sums(&three));
        let drawn = ranked.drawn(spread, super::MOST_DRAWING_STEPS).unwrap();
        let (counted, drawn) = (ranked.counted(spread).unwrap(), drawn.unadjusted());
        assert!(
            (counted - drawn).abs() < 4.0 * (counted / 100_000.0).sqrt(),
            "{counted} {drawn}"
        );
    }

    #[test]
    fn a_few_beside_many_are_counted_out() {
        // Two of two in the upper half: H is far wherever both are on one side, about (1/2)^2 twice.
        let test = kruskal_wallis(&groups(&[&[400, 398], &[0, 2]])).unwrap();
        assert_eq!(test.p.how(), How::Exact);
        let p = 2.0 * (400.0 * 399.0) / (800.0 * 799.0);
        assert!((test.p.unadjusted() - p).abs() < 1e-9, "{}", test.p.unadjusted());
    }

    #[test]
    fn of_millions_of_people_fewer_arrangements_are_drawn() {
        let many = groups(&[
            &[200_000, 300_000, 400_000, 300_000, 250_000],
            &[200_001, 300_000, 400_000, 300_001, 250_000],
            &[1, 1, 0, 1, 1],
        ]);
        let ranked = Ranked::of(&many).unwrap();
        let spread = ranked.spread(&ranked.rank_sums(&many));
        assert_eq!(ranked.counted(spread), None);
        let p = ranked.drawn(spread, 100_000).unwrap();
        assert_eq!(
            p.how(),
            How::Drawn {
                draws: super::FEWEST_DRAWS
            }
        );
        assert!(p.unadjusted() > 0.5);
    }

    #[test]
    fn a_group_of_nobody_is_left_out() {
        let with = kruskal_wallis(&groups(&[&[5, 0, 1], &[0, 0, 0], &[1, 2, 5]])).unwrap();
        assert_eq!((with.degrees.to_bits(), with.n), (1.0_f64.to_bits(), 14));
        let only = kruskal_wallis(&groups(&[&[5, 0], &[0, 0]]));
        assert_eq!(only, Err(Undefined::TooFewGroups));
        let alike = kruskal_wallis(&groups(&[&[5, 0], &[3, 0]]));
        assert_eq!(alike, Err(Undefined::NoVariation));
    }
}
