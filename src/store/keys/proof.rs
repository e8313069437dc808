//! The proof that a private key opens what its public half seals, before anything is sealed for real.

use crate::store::age_file;
use crate::store::error::{KeyProblem, StoreError};
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;
use crate::store::randomness::{Randomness, draw};

/// Seals a test envelope to this public key alone and opens it again with the private key at hand: the key that
/// was typed back from paper, the file that was unwrapped again, not the one still in memory from making it.
///
/// # Errors
/// [`KeyProblem::NotProved`] when it does not open; [`KeyProblem::NotAKey`] for something else than a public key.
pub fn prove(recipient: &str, identity: &Identities, random: &mut dyn Randomness) -> Result<(), StoreError> {
    let test: [u8; 64] = draw(random)?;
    let sealed = age_file::seal(&test, &Recipients::new([recipient])?)?;
    match age_file::open(&sealed, identity) {
        Ok(opened) if opened.as_slice() == test => Ok(()),
        _ => Err(KeyProblem::NotProved.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::prove;
    use crate::store::StoreError;
    use crate::store::error::KeyProblem;
    use crate::store::keys::RecoveryKey;
    use crate::store::randomness::repeatable;

    #[test]
    fn only_the_right_key_is_proved() {
        let (a, b) = (RecoveryKey::generate(), RecoveryKey::generate());
        let mut random = repeatable(1);
        assert_eq!(prove(&a.public(), &a.identities(), &mut random), Ok(()));
        assert_eq!(
            prove(&a.public(), &b.identities(), &mut random),
            Err(StoreError::Keys(KeyProblem::NotProved))
        );
    }
}
