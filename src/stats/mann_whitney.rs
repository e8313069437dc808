//! Two groups on an ordinal item: Mann and Whitney's test, exact with ties for few people.

use serde::Serialize;

use super::distributions::normal_beyond;
use super::level_counts::LevelCounts;
use super::p_value::{How, PValue};
use super::undefined::{Figure, Undefined, finite};

/// Up to this many people in both groups together the test is exact.
const EXACT_UP_TO: u64 = 60;
/// The most steps of the exact computation: a second or so.
const MOST_STEPS: u128 = 2_000_000_000;

/// The test of Mann and Whitney (Wilcoxon's rank sum test).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MannWhitney {
    /// Pairs in which the first group is higher, ties as halves.
    pub u: f64,
    /// Two-sided probability.
    pub p: PValue,
}

/// Whether half a step is taken off before the normal distribution is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// Yes; what reports use.
    Corrected,
    /// No.
    Uncorrected,
}

/// Returns U of the first group and the two-sided probability: exact with ties for up to 60 people in all, else by
/// the normal distribution with tie and continuity correction.
///
/// # Errors
/// A group of nobody, everybody alike, or scales that differ.
pub fn mann_whitney(first: &LevelCounts, second: &LevelCounts) -> Figure<MannWhitney> {
    let u = u_statistic(first, second)?;
    let p = if first.n() + second.n() <= EXACT_UP_TO {
        exact(first, second)?
    } else {
        normal(first, second, Continuity::Corrected)?
    };
    Ok(MannWhitney { u, p })
}

/// Returns the pairs in which the first group is higher, ties as halves.
///
/// # Errors
/// A group of nobody, or scales that differ.
pub fn u_statistic(first: &LevelCounts, second: &LevelCounts) -> Figure<f64> {
    Ok(doubled_u(first, second)? as f64 / 2.0)
}

/// Returns the two-sided probability by the normal distribution with tie correction. As R `wilcox.test(exact = FALSE)`.
///
/// # Errors
/// A group of nobody, everybody alike, or scales that differ.
pub fn normal(first: &LevelCounts, second: &LevelCounts, continuity: Continuity) -> Figure<PValue> {
    let doubled = doubled_u(first, second)?;
    let pooled = pooled(first, second)?;
    let (n1, n2) = (first.n() as f64, second.n() as f64);
    let n = n1 + n2;
    let ties: f64 = pooled
        .iter()
        .map(|people| *people as f64)
        .map(|t| t * t * t - t)
        .sum();
    let variance = n1 * n2 / 12.0 * ((n + 1.0) - ties / (n * (n - 1.0)));
    let away = (doubled - i128::from(first.n()) * i128::from(second.n())).abs() as f64 / 2.0;
    let away = match continuity {
        Continuity::Corrected => (away - 0.5).max(0.0),
        Continuity::Uncorrected => away,
    };
    PValue::new(normal_beyond(finite(away / variance.sqrt())?)?, How::Approximate)
}

/// Returns the exact two-sided probability, ties included: of all ways to deal the answers given to two groups of
/// these sizes, the share in which U is at least as far from its middle as it was. As `coin` in R.
///
/// By dynamic programming over levels: how many of the first group are placed so far, and their U. Ways are weighed
/// by binomial probabilities, which sums of many people cannot overflow; what they add cancels in the share.
///
/// # Errors
/// A group of nobody, everybody alike, scales that differ, or more people than can be counted through in a second.
pub fn exact(first: &LevelCounts, second: &LevelCounts) -> Figure<PValue> {
    let doubled = doubled_u(first, second)?;
    let pooled = pooled(first, second)?;
    let (n1, n2) = (first.n(), second.n());
    let distance = (doubled - i128::from(n1) * i128::from(n2)).unsigned_abs();
    // Both groups see the same distance; dealing the smaller one is less work.
    let dealt = n1.min(n2);
    let rows = Deal::new(&pooled, dealt, n1 + n2)?.run();
    let middle = u128::from(n1) * u128::from(n2);
    let (mut all, mut far) = (0.0, 0.0);
    for (score, weight) in (0_u128..).zip(&rows) {
        all += weight;
        if score.abs_diff(middle) >= distance {
            far += weight;
        }
    }
    PValue::new(far / all, How::Exact)
}

fn doubled_u(first: &LevelCounts, second: &LevelCounts) -> Figure<i128> {
    if first.levels() != second.levels() {
        return Err(Undefined::Contradiction);
    }
    if first.n() == 0 || second.n() == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    let mut below = 0_i128;
    let mut doubled = 0_i128;
    for ((_, own), (_, other)) in first.pairs().zip(second.pairs()) {
        doubled += own * (2 * below + other);
        below += other;
    }
    Ok(doubled)
}

/// People per level that holds anybody, both groups together.
fn pooled(first: &LevelCounts, second: &LevelCounts) -> Figure<Vec<u64>> {
    let sums = first.counts().iter().zip(second.counts());
    let pooled: Vec<u64> = sums
        .map(|(one, other)| u64::from(*one) + u64::from(*other))
        .filter(|people| *people > 0)
        .collect();
    if pooled.len() < 2 {
        return Err(Undefined::NoVariation);
    }
    Ok(pooled)
}

/// Dealing people of known levels to a group.
struct Deal<'a> {
    levels: &'a [u64],
    dealt: usize,
    everybody: u64,
    /// Twice U runs from 0 to here.
    last_score: usize,
}

impl<'a> Deal<'a> {
    fn new(levels: &'a [u64], dealt: u64, everybody: u64) -> Figure<Self> {
        let last_score = 2 * u128::from(dealt) * u128::from(everybody - dealt);
        let steps: u128 = levels
            .iter()
            .map(|people| u128::from(*people.min(&dealt)) + 1)
            .sum::<u128>()
            * (u128::from(dealt) + 1)
            * last_score;
        if steps > MOST_STEPS {
            return Err(Undefined::TooLarge);
        }
        Ok(Self {
            levels,
            dealt: usize::try_from(dealt).map_err(|_| Undefined::TooLarge)?,
            everybody,
            last_score: usize::try_from(last_score).map_err(|_| Undefined::TooLarge)?,
        })
    }

    /// Returns the weight of each value of twice U.
    fn run(&self) -> Vec<f64> {
        let chance = self.dealt as f64 / self.everybody as f64;
        let mut placed = vec![Vec::new(); self.dealt + 1];
        if let Some(start) = placed.first_mut() {
            start.push(1.0);
        }
        let mut before = 0_usize;
        for people in self.levels {
            let people = usize::try_from(*people).unwrap_or(usize::MAX);
            let weights = binomial(people, self.dealt, chance);
            let mut next: Vec<Vec<f64>> = vec![Vec::new(); self.dealt + 1];
            for (count, scores) in placed.iter().enumerate().filter(|(_, scores)| !scores.is_empty()) {
                for (taken, weight) in weights.iter().enumerate().take(self.dealt - count + 1) {
                    // Each of those taken is above the others placed before and level with the others here.
                    let others = (before - count) * 2 + (people - taken);
                    if let Some(row) = next.get_mut(count + taken) {
                        self.shift(row, scores, taken * others, *weight);
                    }
                }
            }
            placed = next;
            before += people;
        }
        placed.pop().unwrap_or_default()
    }

    fn shift(&self, row: &mut Vec<f64>, scores: &[f64], by: usize, weight: f64) {
        let reach = (scores.len() + by).min(self.last_score + 1);
        if row.len() < reach {
            row.resize(reach, 0.0);
        }
        for (own, score) in row.iter_mut().skip(by).zip(scores) {
            *own += score * weight;
        }
    }
}

/// The probabilities of 0, 1, .. successes, as far as `most`.
fn binomial(trials: usize, most: usize, chance: f64) -> Vec<f64> {
    let log_odds = chance.ln() - (-chance).ln_1p();
    let mut log = trials as f64 * (-chance).ln_1p();
    let mut all = Vec::with_capacity(most.min(trials) + 1);
    for taken in 0..=most.min(trials) {
        all.push(log.exp());
        log += ((trials - taken) as f64).ln() - ((taken + 1) as f64).ln() + log_odds;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{exact, mann_whitney};
    use crate::stats::level_counts::LevelCounts;
    use crate::stats::p_value::How;
    use crate::stats::undefined::Undefined;

    fn counts(counts: &[u32]) -> LevelCounts {
        LevelCounts::new(counts.to_vec())
    }

    /// Every way to deal the answers, one by one.
    fn by_listing(first: &[u32], second: &[u32]) -> f64 {
        let mut pooled = Vec::new();
        for (level, (one, other)) in first.iter().zip(second).enumerate() {
            pooled.extend(std::iter::repeat_n(level, (one + other) as usize));
        }
        let n1: u32 = first.iter().sum();
        let u_of = |mask: u32| -> i64 {
            let mut u = 0;
            for (i, a) in pooled.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1) {
                for (j, b) in pooled.iter().enumerate().filter(|(j, _)| mask >> j & 1 == 0) {
                    assert_ne!(i, j);
                    u += match a.cmp(b) {
                        std::cmp::Ordering::Greater => 2,
                        std::cmp::Ordering::Equal => 1,
                        std::cmp::Ordering::Less => 0,
                    };
                }
            }
            u
        };
        let middle = i64::from(n1) * (pooled.len() as i64 - i64::from(n1));
        let doubled = super::doubled_u(&counts(first), &counts(second)).unwrap();
        let observed = (i64::try_from(doubled).unwrap() - middle).abs();
        let (mut all, mut far) = (0.0, 0.0);
        for mask in 0..1_u32 << pooled.len() {
            if mask.count_ones() == n1 {
                all += 1.0;
                far += f64::from(u8::from((u_of(mask) - middle).abs() >= observed));
            }
        }
        far / all
    }

    #[test]
    fn exact_is_what_listing_every_deal_gives() {
        let cases: [(&[u32], &[u32]); 5] = [
            (&[0, 1, 2, 0, 1], &[0, 0, 1, 2, 2]),
            (&[3, 0, 0], &[0, 0, 3]),
            (&[1, 0, 1, 1, 0], &[2, 2, 2, 1, 4]),
            (&[4, 1], &[2, 5]),
            (&[1, 0, 0, 0, 0, 0, 0], &[0, 1, 1, 1, 1, 1, 1]),
        ];
        for (first, second) in cases {
            let p = exact(&counts(first), &counts(second)).unwrap().unadjusted();
            let listed = by_listing(first, second);
            assert!((p - listed).abs() < 1e-12, "{first:?} {second:?}: {p} {listed}");
        }
    }

    #[test]
    fn up_to_sixty_people_are_counted_through() {
        let sixty = mann_whitney(&counts(&[10, 10, 10]), &counts(&[5, 10, 15])).unwrap();
        assert_eq!(sixty.p.how(), How::Exact);
        let more = mann_whitney(&counts(&[10, 10, 10]), &counts(&[5, 10, 16])).unwrap();
        assert_eq!(more.p.how(), How::Approximate);
    }

    #[test]
    fn everybody_alike_or_nobody_is_undefined() {
        let of = |a: &[u32], b: &[u32]| mann_whitney(&counts(a), &counts(b)).unwrap_err();
        assert_eq!(of(&[0, 3], &[0, 4]), Undefined::NoVariation);
        assert_eq!(of(&[0, 0], &[1, 4]), Undefined::NobodyAnswered);
        assert_eq!(of(&[0, 0, 1], &[1, 4]), Undefined::Contradiction);
    }
}
