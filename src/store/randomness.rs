//! Where random bytes come from: the caller, so that tests can repeat them.

/// A source of random bytes that nobody can guess. The program hands in the operating system's.
///
/// Names, draft keys, nonces and signing keys come from here. What `age` needs for itself (file keys, ephemeral
/// keys, its own nonces, new X25519 identities) it takes from the operating system and offers no other way: two
/// runs with the same `Randomness` therefore give the same bytes everywhere but inside an age file.
pub trait Randomness {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`NoRandomness`] when there are none to be had; `bytes` must not be used then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct NoRandomness;

impl<F: FnMut(&mut [u8]) -> Result<(), NoRandomness>> Randomness for F {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self(bytes)
    }
}

/// Returns `N` random bytes.
pub(crate) fn draw<const N: usize>(random: &mut dyn Randomness) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// Bytes that are the same in every run.
#[cfg(test)]
pub(crate) fn repeatable(seed: u64) -> impl FnMut(&mut [u8]) -> Result<(), NoRandomness> + Send {
    let mut sequence = crate::domain::order::SplitMix64::new(seed);
    move |bytes: &mut [u8]| {
        for byte in bytes {
            *byte = sequence.next_u64().to_le_bytes()[0];
        }
        Ok(())
    }
}
