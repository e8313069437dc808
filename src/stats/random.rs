//! A generator of our own, so that what is drawn stays the same for ever.

/// `SplitMix64`. Source: G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014.
pub(super) struct SplitMix(u64);

impl SplitMix {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number from 0 on, below 1.
    pub(super) fn fraction(&mut self) -> f64 {
        // The upper 53 bits, as many as a number of this kind holds.
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix;

    #[test]
    fn the_first_numbers_are_those_published() {
        // Vigna's splitmix64.c with seed 1234567.
        let mut drawn = SplitMix::new(1_234_567);
        assert_eq!(
            [drawn.next(), drawn.next(), drawn.next()],
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }
}
