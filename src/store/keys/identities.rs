//! The private keys at hand.

use age::x25519;

use crate::store::keys::opening_key::OpeningKey;

/// Private keys that something may be opened with: a coordinator's, old ones kept after a rotation, a recovery
/// key, a laptop's own. Wiped from memory when let go.
#[derive(Clone)]
pub struct Identities(Vec<OpeningKey>);

impl Identities {
    pub(in crate::store) fn one(identity: x25519::Identity) -> Self {
        Self(vec![OpeningKey::new(identity)])
    }

    /// Returns these and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Returns the public halves (`age1...`).
    pub fn public(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(OpeningKey::public)
    }

    pub(in crate::store) fn as_age(&self) -> impl Iterator<Item = &dyn age::Identity> {
        self.0.iter().map(|key| key as &dyn age::Identity)
    }
}

impl std::fmt::Debug for Identities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identities({})", self.0.len())
    }
}
