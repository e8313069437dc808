//! Where an interview comes from, by its signature.

use crate::domain::evaluation::Signing;
use crate::domain::id::Slug;
use crate::store::keys::signing::VerifyingKey;

/// Whose signature an interview bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The coordinator's.
    Coordinator,
    /// A laptop's that counts.
    Laptop(Slug),
    /// A laptop's that counts no more.
    Revoked(Slug),
    /// Nobody's we know: anybody who has the public keys can seal, but not sign.
    Unknown,
}

impl Origin {
    /// Returns whose key it is in this evaluation.
    #[must_use]
    pub fn of(key: &VerifyingKey, signing: &Signing) -> Self {
        // As text: reading a key is a computation on a curve, and this is done for every envelope.
        let shown = key.to_string();
        let is = |text: &str| text == shown;
        if signing.coordinator.as_deref().is_some_and(is) {
            return Self::Coordinator;
        }
        // A key that stands twice, once revoked, is revoked.
        let mut laptops: Vec<_> = signing.laptops.iter().filter(|laptop| is(&laptop.key)).collect();
        laptops.sort_by_key(|laptop| !laptop.revoked);
        match laptops.first() {
            Some(laptop) if laptop.revoked => Self::Revoked(laptop.id.clone()),
            Some(laptop) => Self::Laptop(laptop.id.clone()),
            None => Self::Unknown,
        }
    }

    /// Returns whether interviews from here are counted.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Coordinator | Self::Laptop(_))
    }
}
