//! Rankings: first choices, and Borda's count.

use std::fmt;

use serde::Serialize;

use super::undefined::{Figure, Undefined, finite};

/// How people ranked options. A person may rank only some of them.
///
/// `Debug` shows no count.
#[derive(Clone, PartialEq, Eq)]
pub struct RankingCounts {
    people: u64,
    first: Vec<u64>,
    /// Twice the Borda points, so that halves stay whole.
    doubled: Vec<u64>,
}

/// What people made of one option.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ranked {
    /// People who put it first.
    pub first: u64,
    /// Mean Borda points, from 0, last for everybody, to m-1, first for everybody.
    pub borda: f64,
}

impl RankingCounts {
    /// Begins with nobody.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self {
            people: 0,
            first: vec![0; options],
            doubled: vec![0; options],
        }
    }

    /// Adds a person's ranking: places of options, the best first. Of m options the first gets m-1 points, the next
    /// m-2 and so on; those not ranked share evenly the points that are left, so that everybody gives the same.
    ///
    /// # Errors
    /// An option twice or one there is not, or no option at all.
    pub fn add(&mut self, ranking: &[usize]) -> Figure<()> {
        let options = self.first.len();
        let distinct: std::collections::BTreeSet<_> = ranking.iter().collect();
        if ranking.is_empty()
            || distinct.len() != ranking.len()
            || ranking.iter().any(|place| *place >= options)
        {
            return Err(Undefined::Contradiction);
        }
        self.people += 1;
        if let Some(first) = ranking.first().and_then(|place| self.first.get_mut(*place)) {
            *first += 1;
        }
        // The points left are 0 to m-r-1; their mean is (m-r-1)/2.
        let rest = (options - ranking.len()).saturating_sub(1) as u64;
        for (place, points) in self.doubled.iter_mut().enumerate() {
            let rank = ranking.iter().position(|ranked| *ranked == place);
            *points += rank.map_or(rest, |rank| 2 * (options - 1 - rank) as u64);
        }
        Ok(())
    }

    /// Returns the options in the order of the survey, over everybody who ranked.
    ///
    /// # Errors
    /// Nobody ranked.
    pub fn ranked(&self) -> Figure<Vec<Ranked>> {
        if self.people == 0 {
            return Err(Undefined::NobodyAnswered);
        }
        let of = |(first, doubled): (&u64, &u64)| {
            let borda = finite(*doubled as f64 / (2.0 * self.people as f64))?;
            Ok(Ranked { first: *first, borda })
        };
        self.first.iter().zip(&self.doubled).map(of).collect()
    }

    /// Returns how many people ranked.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }
}

impl fmt::Debug for RankingCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RankingCounts({} options, ..)", self.first.len())
    }
}

#[cfg(test)]
mod tests {
    use super::RankingCounts;
    use crate::stats::undefined::Undefined;

    #[test]
    fn options_not_ranked_share_what_is_left() {
        let mut counts = RankingCounts::new(4);
        counts.add(&[2, 0]).unwrap();
        let borda: Vec<f64> = counts
            .ranked()
            .unwrap()
            .iter()
            .map(|option| option.borda)
            .collect();
        assert_eq!(borda, [2.0, 0.5, 3.0, 0.5]);
        counts.add(&[0, 1, 2, 3]).unwrap();
        let points: f64 = counts.ranked().unwrap().iter().map(|option| option.borda).sum();
        assert!((points - 6.0).abs() < 1e-15);
        assert_eq!(counts.ranked().unwrap()[0].first, 1);
    }

    #[test]
    fn a_ranking_names_an_option_once() {
        assert_eq!(RankingCounts::new(3).add(&[1, 1]), Err(Undefined::Contradiction));
        assert_eq!(RankingCounts::new(3).ranked(), Err(Undefined::NobodyAnswered));
    }
}
