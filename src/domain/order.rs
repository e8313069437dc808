//! Random order that stays the same for ever for the same seed.
//!
//! A stored seed must give the same order in every later version, so the generator is fixed here instead of taken
//! from a library that may change its sequence. Generator: `SplitMix64` (Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators", OOPSLA 2014, with the constants of Vigna's public-domain reference).

/// A sequence of pseudorandom numbers from a seed. Not for secrets.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// Returns the sequence of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns the sequence of a seed and a name, so that each question has an order of its own.
    #[must_use]
    pub fn named(seed: u64, name: &str) -> Self {
        // FNV-1a, 64 bit (Fowler, Noll, Vo).
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(seed ^ hash)
    }

    /// Returns the next number.
    pub const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number in `0..bound`, each equally likely; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        // Values in the incomplete last stretch are drawn again, so that none is likelier.
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.next_u64();
            if drawn < limit {
                return usize::try_from(drawn % bound).unwrap_or(0);
            }
        }
    }

    /// Puts the entries in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, entries: &mut [T]) {
        for last in (1..entries.len()).rev() {
            let chosen = self.below(last + 1);
            entries.swap(chosen, last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;

    #[test]
    fn the_sequence_is_that_of_the_published_reference() {
        let mut sequence = SplitMix64::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| sequence.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_order() {
        let order = |seed| {
            let mut entries: Vec<u8> = (0..10).collect();
            SplitMix64::named(seed, "bup01").shuffle(&mut entries);
            entries
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
    }
}
