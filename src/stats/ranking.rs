//! What a ranking comes to: first choices, and the Borda count.

use super::tally::Tally;
use super::undefined::{Figure, Undefined};

/// One option of a ranking.
#[derive(Clone, Copy, PartialEq)]
pub struct Standing {
    /// People who put it first.
    pub first: u32,
    /// People who gave it a rank at all.
    pub ranked: u32,
    /// Its mean Borda points over those who answered: 0 for last of all, one less than the options for first of all.
    pub borda: f64,
}

/// Returns the standing of each option.
///
/// Borda points with m options: rank r gives m - r points. The l options a person left out share what is left of the
/// points evenly, (l - 1) / 2 each: leaving some out says that they come after the others, and not in which order. So
/// every person gives away m (m - 1) / 2 points, however many options were ranked. An option that is not offered any
/// more counts as left out.
///
/// Source: J. C. de Borda, "Mémoire sur les élections au scrutin" (1781); the even share for options left out is that
/// of D. Black, "Partial justification of the Borda count", Public Choice 28 (1976).
///
/// # Errors
/// No ranking, or nobody answered.
pub fn standings(tally: &Tally) -> Figure<Vec<Standing>> {
    let people = tally.valid();
    let options = u32::try_from(tally.ranks().len()).map_err(|_| Undefined::OutOfRange)?;
    if options == 0 {
        return Err(Undefined::TooFewCategories);
    }
    if people == 0 {
        return Err(Undefined::NobodyAnswered);
    }
    let standing = |(ranks, left_out): (&Vec<u32>, &Vec<u32>)| {
        // Doubled, the points are whole numbers: no rounding until the mean.
        let ranked_points = (1..).zip(ranks).map(|(rank, people): (u32, &u32)| {
            u64::from(2 * options.saturating_sub(rank)) * u64::from(*people)
        });
        let left_points = (1..).zip(left_out).map(|(ranked, people): (u32, &u32)| {
            u64::from(options.saturating_sub(ranked).saturating_sub(1)) * u64::from(*people)
        });
        let doubled: u64 = ranked_points.chain(left_points).sum();
        Standing {
            first: ranks.first().copied().unwrap_or(0),
            ranked: ranks.iter().sum(),
            borda: quotient(doubled, 2 * u64::from(people)),
        }
    };
    Ok(tally.ranks().iter().zip(tally.left_out()).map(standing).collect())
}

/// Both below 2^53 for any number of people there are.
#[expect(
    clippy::cast_precision_loss,
    reason = "people times options stays far below 2^53"
)]
fn quotient(above: u64, below: u64) -> f64 {
    above as f64 / below as f64
}

#[cfg(test)]
mod tests {
    use super::standings;
    use crate::domain::missing::Missing;
    use crate::stats::collect::Tallies;
    use crate::stats::made_up::{key, none, ranked, ranking_of, record, survey};

    #[test]
    fn options_left_out_share_the_points_that_are_left() {
        let survey = survey("1", vec![ranking_of("r", "abcd")]);
        let said = ["abcd", "ba", "b"].map(ranked);
        let silent = none(Missing::DontKnow);
        let records: Vec<_> = (1..)
            .zip(said.into_iter().chain([silent]))
            .map(|(number, response)| record(&survey, number, &[("r", response)]))
            .collect();
        let tallies = Tallies::of(&survey, &[], &records);
        let standings = standings(tallies.tally(&key("r")).unwrap()).unwrap();
        // a: 3 + 2 + 1; b: 2 + 3 + 3; c: 1 + 0.5 + 1; d: 0 + 0.5 + 1; each person gives 6 points in all.
        let expected = [(1, 2, 6.0), (2, 3, 8.0), (0, 1, 2.5), (0, 1, 1.5)];
        for (standing, (first, ranked, points)) in standings.iter().zip(expected) {
            assert_eq!((standing.first, standing.ranked), (first, ranked));
            assert!((standing.borda - points / 3.0).abs() < 1e-12);
        }
    }

    #[test]
    fn nobody_gives_no_standing() {
        let survey = survey("1", vec![ranking_of("r", "ab")]);
        let tallies = Tallies::of(&survey, &[], &[]);
        assert!(standings(tallies.tally(&key("r")).unwrap()).is_err());
    }
}
