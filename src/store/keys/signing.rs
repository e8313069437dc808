//! Signatures: who made something. They prove origin and hide nothing.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey};
use zeroize::Zeroizing;

use crate::store::error::KeyProblem;
use crate::store::hex;
use crate::store::randomness::{NoRandomness, Randomness, draw};

/// How a public signing key begins in text.
const PREFIX: &str = "ed25519:";

/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 64;
/// Bytes of a public signing key.
pub const KEY_BYTES: usize = 32;

/// A private signing key. Wiped from memory when let go.
#[derive(Clone)]
pub struct Signer(SigningKey);

/// A public signing key, in text `ed25519:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyingKey([u8; KEY_BYTES]);

impl Signer {
    /// Makes a new key.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn generate(random: &mut dyn Randomness) -> Result<Self, NoRandomness> {
        let secret: Zeroizing<[u8; KEY_BYTES]> = Zeroizing::new(draw(random)?);
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// Returns the public half.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key().to_bytes())
    }

    pub(in crate::store) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(message).to_bytes()
    }

    pub(super) fn secret_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(self.0.to_bytes());
        Zeroizing::new(hex::hex(&*secret))
    }

    pub(super) fn from_secret_text(text: &str) -> Option<Self> {
        let secret = Zeroizing::new(hex::bytes::<KEY_BYTES>(text)?);
        Some(Self(SigningKey::from_bytes(&secret)))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public())
    }
}

impl VerifyingKey {
    /// Returns the key that stands in a file as `ed25519:...`.
    ///
    /// # Errors
    /// [`KeyProblem::NotAKey`].
    pub fn parse(text: &str) -> Result<Self, KeyProblem> {
        let digits = text.strip_prefix(PREFIX).ok_or(KeyProblem::NotAKey)?;
        let bytes = hex::bytes::<KEY_BYTES>(digits).ok_or(KeyProblem::NotAKey)?;
        let on_curve = ed25519_dalek::VerifyingKey::from_bytes(&bytes).is_ok_and(|key| !key.is_weak());
        if on_curve {
            Ok(Self(bytes))
        } else {
            Err(KeyProblem::NotAKey)
        }
    }

    pub(in crate::store) const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    pub(in crate::store) const fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Returns whether this key's owner signed exactly this message.
    pub(in crate::store) fn verifies(&self, message: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        ed25519_dalek::VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(message, &Signature::from_bytes(signature))
                .is_ok()
        })
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", hex::hex(&self.0))
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Signer, VerifyingKey};
    use crate::store::randomness::repeatable;

    #[test]
    fn a_signature_holds_for_its_message_and_key_only() {
        let mut random = repeatable(1);
        let (a, b) = (
            Signer::generate(&mut random).unwrap(),
            Signer::generate(&mut random).unwrap(),
        );
        let signature = a.sign(b"hei");
        assert!(a.public().verifies(b"hei", &signature));
        assert!(!a.public().verifies(b"Hei", &signature));
        assert!(!b.public().verifies(b"hei", &signature));
    }

    #[test]
    fn a_public_key_reads_back_and_a_weak_one_does_not() {
        let key = Signer::generate(&mut repeatable(1)).unwrap().public();
        assert_eq!(VerifyingKey::parse(&key.to_string()), Ok(key));
        let zero = format!("ed25519:01{}", "00".repeat(31));
        assert!(VerifyingKey::parse(&zero).is_err());
        assert!(VerifyingKey::parse("ed25519:00").is_err());
    }

    #[test]
    fn debug_shows_no_secret() {
        let signer = Signer::generate(&mut repeatable(1)).unwrap();
        assert!(!format!("{signer:?}").contains(signer.secret_text().as_str()));
    }
}
