//! Counts drawn at random: how many of some are among those that are dealt.

use super::distributions::LnFactorials;
use super::random::SplitMix;

/// Draws counts, and keeps account of the work.
pub(super) struct Dealer<'f> {
    random: SplitMix,
    ln: &'f LnFactorials,
    /// Steps taken so far.
    pub(super) steps: u64,
}

impl<'f> Dealer<'f> {
    pub(super) const fn new(seed: u64, ln: &'f LnFactorials) -> Self {
        Self {
            random: SplitMix::new(seed),
            ln,
            steps: 0,
        }
    }

    /// Deals `people` to places with so much room each, all people and all rooms alike: how many go to each. The rooms
    /// get smaller by as much.
    pub(super) fn deal(&mut self, people: u64, room: &mut [u64], dealt: &mut [u64]) {
        let mut left = people;
        let mut others: u64 = room.iter().sum();
        for (room, dealt) in room.iter_mut().zip(dealt) {
            others -= *room;
            *dealt = self.among(*room, others, left);
            *room -= *dealt;
            left -= *dealt;
        }
    }

    /// Draws how many of `own` are among `drawn` out of `own + others`: the hypergeometric distribution, turned round
    /// from its middle outwards, so that the work is that of its spread and not of the people.
    fn among(&mut self, own: u64, others: u64, drawn: u64) -> u64 {
        self.steps += 1;
        let (least, most) = (drawn.saturating_sub(others), own.min(drawn));
        if least >= most {
            return most;
        }
        let ways = |all: u64, some: u64| self.ln.of(all) - self.ln.of(some) - self.ln.of(all - some);
        let middle =
            (u128::from(own) + 1) * (u128::from(drawn) + 1) / (u128::from(own) + u128::from(others) + 2);
        let middle = u64::try_from(middle).unwrap_or(most).clamp(least, most);
        let at_middle = (ways(own, middle) + ways(others, drawn - middle) - ways(own + others, drawn)).exp();
        // From one count to the next, up and down.
        let up = |x: u64| {
            let (more, fewer) = ((own - x) as f64 * (drawn - x) as f64, (x + 1) as f64);
            more / (fewer * (others + x + 1 - drawn) as f64)
        };
        let mut left = self.random.fraction() - at_middle;
        let (mut above, mut below) = (middle, middle);
        let (mut at_above, mut at_below) = (at_middle, at_middle);
        while left >= 0.0 && (above < most || below > least) {
            self.steps += 1;
            if above < most {
                at_above *= up(above);
                above += 1;
                left -= at_above;
                if left < 0.0 {
                    return above;
                }
            }
            if below > least {
                below -= 1;
                at_below /= up(below);
                left -= at_below;
                if left < 0.0 {
                    return below;
                }
            }
        }
        // Also where rounding left a grain over.
        middle
    }
}

#[cfg(test)]
mod tests {
    use super::Dealer;
    use crate::stats::distributions::LnFactorials;

    #[test]
    fn counts_come_as_often_as_they_should() {
        let ln = LnFactorials::up_to(30);
        let mut dealer = Dealer::new(1, &ln);
        // 7 of 12 dealt, 5 of them own: C(5,x) C(7,7-x) / C(12,7), of 792.
        let ways = [1.0, 35.0, 210.0, 350.0, 175.0, 21.0];
        let mut seen = [0.0_f64; 6];
        for _ in 0..40_000 {
            seen[usize::try_from(dealer.among(5, 7, 7)).unwrap()] += 1.0;
        }
        for (seen, ways) in seen.iter().zip(ways) {
            let expected = 40_000.0 * ways / 792.0;
            assert!(
                (seen - expected).abs() < 4.0 * expected.sqrt() + 1.0,
                "{seen} {expected}"
            );
        }
    }

    #[test]
    fn everybody_is_dealt_and_no_place_holds_more_than_its_room() {
        let ln = LnFactorials::up_to(30);
        let mut dealer = Dealer::new(2, &ln);
        for people in 0..=12 {
            let mut room = [5, 0, 3, 4];
            let mut dealt = [0; 4];
            dealer.deal(people, &mut room, &mut dealt);
            assert_eq!(dealt.iter().sum::<u64>(), people);
            assert!(dealt.iter().zip([5, 0, 3, 4]).all(|(dealt, room)| *dealt <= room));
        }
    }

    #[test]
    fn the_work_is_that_of_the_spread() {
        let ln = LnFactorials::up_to(2_000_000);
        let mut dealer = Dealer::new(3, &ln);
        let sum: u64 = (0..200)
            .map(|_| dealer.among(1_000_000, 1_000_000, 1_000_000))
            .sum();
        // The spread is 354.
        assert!((sum as f64 / 200.0 - 500_000.0).abs() < 4.0 * 354.0 / 200.0_f64.sqrt());
        assert!(dealer.steps < 200 * 2000, "{}", dealer.steps);
    }
}
